"""`commonweal outcomes segment`: people counted by segment, stratum, condition and use of care."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from commonweal_site.outcomes.people.asking import People
    from commonweal_site.outcomes.people.engines import Engine

ABOUT = """\
  segment                            people of every place by segment, risk, condition and use

  commonweal outcomes segment --by place
  commonweal outcomes segment --people FOLDER --show undetected --condition "atrial fibrillation"
  commonweal outcomes segment --people 200000 --keep FOLDER --show strata --by place fifth"""

# Named here as well, so that the other commands start without DuckDB.
SHOWN = {
    "segments": "everybody in one segment of --scheme",
    "frailty": "people of 65 and over by frailty",
    "hospital-frailty": "people of 75 and over by the hospital frailty risk score",
    "strata": "by risk of an unplanned admission",
    "conditions": "how many have each condition recorded",
    "uses": "admissions, attendances and contacts in the last year, per 1,000",
    "undetected": "people whose --condition nobody has recorded, and what finding them averts",
}
INVENTED = 20_000
"""People that are invented where none are given."""


def add(
    does: "argparse._SubParsersAction[argparse.ArgumentParser]",
    formats: Callable[..., None],
    day: Callable[[str], date],
) -> None:
    """Add `segment` to what `outcomes` can do."""
    listed = "\n".join(f"  {name:18}{about}" for name, about in SHOWN.items())
    parser = does.add_parser(
        "segment", help="people by segment, risk, condition and use of care",
        description="Counts of people for whole places. Small counts are withheld; no row about a "
        f"person is ever written.\n\n--show\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "--people", metavar="N|FOLDER", default=str(INVENTED),
        help="a folder of Parquet files about people, or how many to invent (default: "
        f"{INVENTED:,} invented)",
    )  # fmt: skip
    parser.add_argument("--show", choices=SHOWN, default="segments", help="what to count")
    parser.add_argument(
        "--by", nargs="+", default=["place"], metavar="G",
        help="system, place, area, practice, sex, fifth or ages; several if you like",
    )  # fmt: skip
    parser.add_argument("--scheme", default="suffolk", metavar="S", help="suffolk or bridges")
    parser.add_argument(
        "--condition", default="hypertension", metavar="C", help="for --show undetected"
    )
    parser.add_argument("--as-at", type=day, metavar="DATE", help="the day (default: today)")
    parser.add_argument("--fewest", type=int, default=8, metavar="N", help="smallest count shown")
    parser.add_argument("--round-to", type=int, default=5, metavar="N", help="the nearest multiple")
    parser.add_argument("--on", choices=("duckdb", "spark"), default="duckdb", help="what counts")
    parser.add_argument(
        "--master", default="local[*]", metavar="A", help="Spark's cluster (default: this machine)"
    )
    parser.add_argument(
        "--scratch", type=Path, metavar="FOLDER", help="that Spark's cluster and this machine reach"
    )
    parser.add_argument("--memory", default="3GB", metavar="M", help="beyond it, work on disk")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of invented people")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep invented people there")
    formats(parser, "csv", "json")
    parser.set_defaults(run=_segment, without_record=True)


def _segment(args: argparse.Namespace) -> int:
    from commonweal.outcomes.people.released import Control
    from commonweal_site.day import today
    from commonweal_site.outcomes.people.asking import People

    as_at = args.as_at or today()
    # What can be wrong with the question is said before anything is counted.
    notes, control = _notes(args), Control(args.fewest, args.round_to).checked()
    with _folder(args, as_at) as folder, _engine(args, folder) as engine:
        people = People(engine, as_at, control)
        table = _asked(people, args)
    notes += people.left_out
    if args.format == "json":
        said = {
            "as_at": as_at.isoformat(), "by": args.by, "show": args.show,
            "invented": args.people.isdigit(), "notes": notes, "rows": table.to_dicts(),
        }  # fmt: skip
        sys.stdout.write(f"{json.dumps(said, indent=2, ensure_ascii=False)}\n")
        return 0
    sys.stderr.write("".join(f"{note}\n" for note in notes))
    sys.stdout.write(table.write_csv())
    return 0


@contextmanager
def _engine(args: argparse.Namespace, folder: str) -> "Iterator[Engine]":
    if args.on == "spark":
        from commonweal_site.outcomes.spark import on_spark

        with on_spark(args.master, args.scratch) as spark:
            spark.hold_people(folder)
            yield spark
        return
    from commonweal_site.outcomes.people.engines import on_folder

    with on_folder(Path(folder), memory=args.memory) as duckdb:
        yield duckdb


@contextmanager
def _folder(args: argparse.Namespace, as_at: date) -> Iterator[str]:
    """Where the people are; invented ones that nobody asked to keep go when they were counted."""
    from commonweal.outcomes.people.rows import BadPeople
    from commonweal_site.outcomes.people.writing import write

    if not args.people.isdigit():
        # Only Spark knows whether there is anything at an address.
        if "://" not in args.people and not Path(args.people).is_dir():
            raise BadPeople(
                f"--people {args.people} is neither a folder nor a number of people to invent."
            )
        yield args.people
        return
    with TemporaryDirectory(prefix="commonweal-people-") as passing:
        folder = args.keep or Path(passing)
        write(folder, int(args.people), as_at=as_at, seed=args.seed)
        yield str(folder)


def _asked(people: "People", args: argparse.Namespace) -> "pl.DataFrame":
    asked: dict[str, Callable[[], Any]] = {
        "segments": lambda: people.segments(args.by, args.scheme),
        "frailty": lambda: people.frailty(args.by),
        "hospital-frailty": lambda: people.hospital_frailty(args.by),
        "strata": lambda: people.strata(args.by),
        "conditions": lambda: people.recorded(args.by),
        "uses": lambda: people.uses(args.by),
        "undetected": lambda: people.undetected(args.by, args.condition),
    }
    table: pl.DataFrame = asked[args.show]()
    return table


def _notes(args: argparse.Namespace) -> list[str]:
    """What must be known to read the figures, a sentence each."""
    from commonweal.outcomes.people.cohorts import cohort
    from commonweal.outcomes.people.questions import grouped_by
    from commonweal.outcomes.people.segments import scheme

    grouped_by(args.by)
    notes = []
    if args.people.isdigit():
        notes.append(
            f"These {int(args.people):,} people are invented. They are nobody, and nowhere."
        )
    if args.show == "segments":
        chosen = scheme(args.scheme)
        notes += [f"Segments: {chosen.source}.", chosen.note]
    if args.show == "undetected":
        of = cohort(args.condition)
        notes += [
            f"Expected: {of.source}.",
            *(f"A {each.event} averted: {each.source}." for each in of.averts),
            "Averted and saved: at most, in three years, were all found and treated as in a trial.",
        ]
    notes.append(
        f"Counts from 1 to {args.fewest - 1} are withheld, with any that would give them away; the "
        f"others are to the nearest {args.round_to}, and rates are of those."
    )
    return notes
