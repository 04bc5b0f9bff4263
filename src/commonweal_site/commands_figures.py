"""The commands on the store of figures: taking in published files, and asking for every area."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from commonweal_site.outcomes.keeping import Store

type _Reader = Callable[..., "pl.DataFrame"]
type _Snapshot = Callable[[argparse.Namespace], Any]

ABOUT = """\
  import FILE --source fingertips    take a published file into the store of figures
  figures INDICATOR                  every area of an indicator, with limits, beside England
  worse                              what is worse than England and getting worse
  stored                             what the store has, and each revision of it

  commonweal outcomes import smokers.csv --source fingertips --plan
  commonweal outcomes figures fingertips-241 --kind "integrated care board" --format json
  commonweal outcomes figures exampleshire/indicator/school-ready
  commonweal outcomes worse --system exampleshire"""

# Named here as well, so that the other commands start without DuckDB.
SOURCES = (
    "fingertips", "qof", "deaths", "deprivation", "populations", "list-sizes", "waiting-times",
    "emergency", "beds", "discharge", "health-index",
)  # fmt: skip


def add(
    does: "argparse._SubParsersAction[argparse.ArgumentParser]",
    formats: Callable[..., None],
    read: _Reader,
    day: Callable[[str], date],
    snapshot: _Snapshot,
) -> None:
    """Add `import`, `figures` and `stored` to what `outcomes` can do."""
    taking = does.add_parser("import", help="take a published file into the store of figures")
    taking.add_argument(
        "file", type=Path, metavar="FILE", help="a table: .csv, .csv.gz or .parquet"
    )
    taking.add_argument("--source", choices=SOURCES, required=True, help="who publishes it")
    taking.add_argument(
        "--indicators", type=Path, metavar="FILE", help="its list of indicators, with polarity"
    )
    taking.add_argument(
        "--plan", action="store_true", help="say what would be taken; write nothing"
    )
    taking.add_argument("--period", metavar="P", help="where the file does not say: 2019/20")
    taking.add_argument(
        "--leave-out", action="store_true", help="take the rest without the rows that are wrong"
    )
    taking.set_defaults(run=lambda args: _import(args, read, snapshot))
    asking = does.add_parser("figures", help="every area of an indicator")
    asking.add_argument(
        "indicator", metavar="INDICATOR", help="in the store, or on record: kent/indicator/smokers"
    )
    asking.add_argument("--kind", metavar="K", help="of what the areas are, such as district")
    asking.add_argument("--vintage", type=int, metavar="YEAR", help="of the area codes")
    asking.add_argument("--sex", metavar="S", help="persons, female or male")
    asking.add_argument("--age", metavar="A", help="as the source puts it, such as '65+ yrs'")
    asking.add_argument("--as-at", type=day, metavar="DATE", help="periods that were over by then")
    asking.add_argument("--revision", type=int, metavar="N", help="as the store stood after it")
    formats(asking, "csv", "json")
    asking.set_defaults(run=lambda args: _figures(args, snapshot))
    worse = does.add_parser("worse", help="what is worse than England and getting worse")
    worse.add_argument("--system", metavar="S", help="one system, such as exampleshire")
    worse.add_argument("--as-at", type=day, metavar="DATE", help="on that day (default: today)")
    formats(worse, "csv", "json")
    worse.set_defaults(run=lambda args: _worse(args, snapshot))
    there = does.add_parser("stored", help="what the store of figures has")
    formats(there, "csv", "json")
    there.set_defaults(run=_stored)
    for parser in (taking, asking, worse, there):
        parser.add_argument(
            "--dir", type=Path, metavar="D", default=argparse.SUPPRESS,
            help="folder of the record (default: $COMMONWEAL_DIR or ./commonweal-data)",
        )  # fmt: skip


def _store() -> "Store":
    from commonweal_site.outcomes.reading import store

    return store()


def _import(args: argparse.Namespace, read: _Reader, snapshot: _Snapshot) -> int:
    from commonweal_site.day import today
    from commonweal_site.outcomes import importing

    def record(day: date) -> Any:
        return snapshot(argparse.Namespace(as_at=day, known=None))

    listed = read(args.indicators, text=True) if args.indicators else None
    # Of the sources only this one has codes of boards.
    boards = importing.boards_by_year(record, today()) if args.source == "fingertips" else {}
    asked = importing.Asked(args.source, args.period, listed)
    found = importing.read(args.file, read(args.file, text=True), asked, boards)
    if args.plan:
        sys.stdout.write(f"{found.in_words()}\nNothing was written.\n")
        return 1 if found.taken.faults else 0
    made = importing.append(_store(), found, leave_out=args.leave_out, recorded=datetime.now(UTC))
    sys.stdout.write(f"{found.in_words()}\nWritten as revision {made.number}.\n")
    return 0


def _figures(args: argparse.Namespace, snapshot: _Snapshot) -> int:
    made = _on_record(args, snapshot) if "/" in args.indicator else _in_store(args)
    return _write(made, args.format)


def _on_record(args: argparse.Namespace, snapshot: _Snapshot) -> "pl.DataFrame":
    """By an indicator on record: its own definition says how its figures are judged."""
    from commonweal_site.day import today
    from commonweal_site.outcomes.reading import Choice, reading

    known = None
    if args.revision is not None:
        known = _store().revision(args.revision).recorded
    record = snapshot(argparse.Namespace(as_at=args.as_at or today(), known=None))
    found = reading(record, args.indicator, known)
    rows = found.of(Choice(args.sex, args.age))
    wanted = {"kind": args.kind, "vintage": args.vintage}
    return found.judged(rows.filter(**{k: v for k, v in wanted.items() if v is not None}))


def _in_store(args: argparse.Namespace) -> "pl.DataFrame":
    """By its name in the store: its source says how its figures are judged."""
    from commonweal.outcomes.store.every_area import every_area
    from commonweal.outcomes.store.observations import figures_table
    from commonweal.outcomes.store.questions import of_indicators
    from commonweal.outcomes.store.release import released
    from commonweal_site.day import today

    store = _store()
    question = of_indicators(
        figures_table(), [args.indicator], as_at=args.as_at or today(), revision=args.revision
    )
    rows = store.engine(args.indicator, revision=args.revision).ask(question)
    measure = store.measure(args.indicator, args.revision)
    # All of it goes through the door before anything is chosen: one sex gives the other away.
    return every_area(_chosen(released(rows, measure), args), measure)


def _chosen(rows: "pl.DataFrame", args: argparse.Namespace) -> "pl.DataFrame":
    """The rows of everybody that were asked for, and England's beside them whatever its kind."""
    import polars as pl

    from commonweal.outcomes.store.observations import ENGLAND

    kept = rows.filter(pl.col("grouping") == "")
    for name in ("kind", "vintage", "sex", "age"):
        if (wanted := getattr(args, name)) is not None:
            beside = pl.col("area") == ENGLAND if name in {"kind", "vintage"} else False
            kept = kept.filter((pl.col(name) == wanted) | beside)
    return kept


def _worse(args: argparse.Namespace, snapshot: _Snapshot) -> int:
    from commonweal_site.day import today
    from commonweal_site.outcomes.worsening import as_table, worsening

    record = snapshot(argparse.Namespace(as_at=args.as_at or today(), known=None))
    return _write(as_table(worsening(record, args.system).rows), args.format)


def _stored(args: argparse.Namespace) -> int:
    from commonweal.outcomes.store.observations import figures_table
    from commonweal.outcomes.store.questions import what_there_is

    there = what_there_is(figures_table())
    ordered = there.order_by("indicator", "kind", "vintage", "sex", "age", "grouping")
    return _write(_store().engine().ask(ordered), args.format)


def _write(table: "pl.DataFrame", form: str) -> int:
    if form == "json":
        text = json.dumps(table.to_dicts(), indent=2, ensure_ascii=False, default=str)
        sys.stdout.write(f"{text}\n")
    else:
        sys.stdout.write(table.write_csv())
    return 0
