"""The commands on outcomes: public-health methods on a table in a file, and figures in store."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from commonweal.record.errors import SpeakingError, did_you_mean
from commonweal_site import commands_charts, commands_figures, commands_segments

if TYPE_CHECKING:
    import polars as pl

type _Command = Callable[..., argparse.ArgumentParser]
type _Table = pl.DataFrame

ABOUT = """\
  compute METHOD --input FILE.csv    a measure for every row or group of a table

  commonweal outcomes compute rate --input deaths.csv --per 1000
  commonweal outcomes compute direct --input deaths-by-age.csv --confidence 0.95 0.998
  commonweal outcomes compute indirect --input areas.csv --reference england.csv

Every column that a method does not use tells groups apart, unless --by names them. A cell may be
empty (missing), [c] or * (suppressed), [x] (not available) or [z] (not applicable): none is nought.
What comes out has the value, its limits, and a state for each row. No record is needed."""


class BadTable(SpeakingError):
    """A file that no table can be read from."""


class Method(NamedTuple):
    """What can be computed: what it is, the columns it uses, and how."""

    about: str
    uses: tuple[str, ...]
    run: Callable[[_Table, list[str], argparse.Namespace], _Table]


def add(
    command: _Command,
    formats: Callable[..., None],
    day: Callable[[str], date],
    snapshot: Callable[[argparse.Namespace], Any],
) -> None:
    """Add the command `outcomes` and what it can do."""
    more = (commands_charts, commands_figures, commands_segments)
    about = "\n\n".join((ABOUT, *(each.ABOUT for each in more)))
    parser = command("outcomes", lambda _: 0, "work out measures of health from a table", about)
    does = parser.add_subparsers(dest="outcomes", metavar="WHAT", required=True)
    listed = "\n".join(
        f"  {name:18}{method.about}\n{'':20}columns: {', '.join(method.uses)}"
        for name, method in METHODS.items()
    )
    compute = does.add_parser(
        "compute", help="a measure for every row or group of a table",
        description=f"A measure for every row or group of a table.\n\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    compute.add_argument("method", metavar="METHOD", choices=METHODS, help=", ".join(METHODS))
    compute.add_argument(
        "--input", type=Path, required=True, metavar="FILE", help="a table: .csv or .parquet"
    )
    compute.add_argument("--reference", type=Path, metavar="FILE", help="bands of the reference")
    compute.add_argument("--by", nargs="*", metavar="COLUMN", help="columns that name a group")
    compute.add_argument("--per", type=float, metavar="N", help="such as 100 or 100000")
    compute.add_argument(
        "--confidence", type=float, nargs="*", default=[0.95], metavar="L",
        help="one level or several, such as 0.95 0.998 (default: 0.95)",
    )  # fmt: skip
    compute.add_argument("--number", type=int, default=10, metavar="N", help="how many quantiles")
    formats(compute, "csv", "json")
    compute.set_defaults(run=_compute, without_record=True)
    commands_charts.add(does, formats, _read)
    commands_figures.add(does, formats, _read, day, snapshot)
    commands_segments.add(does, formats, day)


def _compute(args: argparse.Namespace) -> int:
    method = METHODS[args.method]
    table = _read(args.input)
    by = args.by if args.by is not None else [c for c in table.columns if c not in method.uses]
    made = method.run(table, by, args)
    if args.format == "json":
        text = json.dumps(made.to_dicts(), indent=2, ensure_ascii=False, default=str)
        sys.stdout.write(f"{text}\n")
    else:
        sys.stdout.write(made.write_csv())
    return 0


def _read(path: Path, *, text: bool = False) -> _Table:
    """A table in a file; of a .csv every column as it is written, if `text`."""
    import polars as pl

    if not path.is_file():
        near = did_you_mean(path.name, [each.name for each in path.absolute().parent.glob("*.csv")])
        raise BadTable(f"There is no file {path}. {near}")
    read: dict[str, Callable[[Path], _Table]] = {
        ".csv": partial(pl.read_csv, infer_schema=not text, infer_schema_length=None),
        ".gz": partial(pl.read_csv, infer_schema=not text, infer_schema_length=None),
        ".parquet": pl.read_parquet,
    }
    if path.suffix not in read:
        raise BadTable(f"{path.name} is neither .csv nor .parquet; a .csv may end in .csv.gz.")
    try:
        return read[path.suffix](path)
    except (pl.exceptions.PolarsError, OSError) as wrong:
        said = str(wrong).splitlines()[0]
        raise BadTable(f"{path.name} cannot be read as a table: {said}") from None


def _options(args: argparse.Namespace) -> dict[str, Any]:
    """The levels, and the unit if one was given."""
    per = {} if args.per is None else {"per": args.per}
    return {"confidence": args.confidence, **per}


def _proportion(table: _Table, _: list[str], args: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import proportions

    return proportions(table, **_options(args))


def _rate(table: _Table, _: list[str], args: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import rates

    return rates(table, **_options(args))


def _mean(table: _Table, by: list[str], args: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import means

    return means(table, by=by, confidence=args.confidence)


def _direct(table: _Table, by: list[str], args: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import directly_standardised_rates

    return directly_standardised_rates(table, by=by, **_options(args))


def _indirect(table: _Table, by: list[str], args: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import indirectly_standardised

    if args.reference is None:
        raise BadTable("An indirect ratio needs --reference FILE, with band, count and population.")
    return indirectly_standardised(table, _read(args.reference), by=by, **_options(args))


def _life_expectancy(table: _Table, by: list[str], args: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import life_expectancies

    return life_expectancies(table, by=by, confidence=args.confidence)


def _quantile(table: _Table, by: list[str], args: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import in_quantiles

    return in_quantiles(table, number=args.number, by=by if args.by is not None else [])


def _inequality(table: _Table, by: list[str], args: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import inequalities

    return inequalities(table, by=by, **_options(args))


def _trend(table: _Table, by: list[str], _: argparse.Namespace) -> _Table:
    from commonweal.outcomes.methods.frames import trends

    return trends(table, by=by)


METHODS = {
    "proportion": Method(
        "how many of those who could, with Wilson's limits", ("count", "denominator"), _proportion
    ),
    "rate": Method(
        "events per 100,000 people, with Byar's limits, exact below ten",
        ("count", "population"), _rate,
    ),
    "mean": Method("the mean of each group, with Student's limits", ("value",), _mean),
    "direct": Method(
        "the rate at the ages of the European standard population of 2013",
        ("band", "count", "population"), _direct,
    ),
    "indirect": Method(
        "events over those expected at the rates of a reference, times 100",
        ("band", "count", "population"), _indirect,
    ),
    "life-expectancy": Method(
        "years still to live at the beginning of each band of age",
        ("age", "deaths", "population"), _life_expectancy,
    ),
    "quantile": Method(
        "deciles, or as many as --number, the highest value in 1; ranked together unless --by",
        ("value",), _quantile,
    ),
    "inequality": Method(
        "slope and relative index, the most deprived quantile first",
        ("quantile", "value", "population", "error"), _inequality,
    ),
    "trend": Method(
        "whether a proportion has been rising or falling over its latest five years",
        ("year", "count", "denominator"), _trend,
    ),
}  # fmt: skip
