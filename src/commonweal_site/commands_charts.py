"""The commands on charts: control charts and funnels of a table in a file, without any record."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from commonweal.outcomes.methods.polarity import Polarity
from commonweal.record.errors import SpeakingError, did_you_mean

if TYPE_CHECKING:
    import polars as pl

    from commonweal.outcomes.methods.chart_frames import Charted, Charting
    from commonweal.outcomes.methods.funnels import Funnel
    from commonweal_site.drawings.svg import Drawing

type _Reader = Callable[[Path], pl.DataFrame]
type _Frame = pl.DataFrame

ABOUT = """\
  chart FILE.csv     a control chart of every series of a table; one of them as a picture
  funnel FILE.csv    which units of a table differ by more than their size explains

  commonweal outcomes chart waits.csv --polarity higher --target 92 --format svg > waits.svg
  commonweal outcomes chart falls.csv --kind u --per 1000 --by ward --format json
  commonweal outcomes funnel smokers.csv --method proportion --per 100 --widened"""

POLARITIES = {
    "higher": Polarity.HIGHER_IS_BETTER,
    "lower": Polarity.LOWER_IS_BETTER,
    "neither": Polarity.NEITHER,
}
# Named here as well, so that the other commands start without NumPy.
RULES = ("plot-the-dots", "six-point", "western-electric", "nelson")
FUNNELS = ("proportion", "rate", "ratio")


class CannotDraw(SpeakingError):
    """More than one picture can show, or a name that is not there."""


def add(
    does: "argparse._SubParsersAction[argparse.ArgumentParser]",
    formats: Callable[..., None],
    read: _Reader,
) -> None:
    """Add `chart` and `funnel` to what `outcomes` can do."""
    _add_chart(does.add_parser("chart", help="a control chart of every series"), formats, read)
    _add_funnel(does.add_parser("funnel", help="who differs by more than size"), formats, read)


def _add_chart(
    parser: argparse.ArgumentParser, formats: Callable[..., None], read: _Reader
) -> None:
    said = parser.add_argument
    said("file", type=Path, metavar="FILE", help="a table: .csv or .parquet")
    said("--kind", default="xmr", metavar="K", help="xmr, p, u, c, t, g or run (default: xmr)")
    said("--by", nargs="*", default=[], metavar="COLUMN", help="columns that name a series")
    said("--series", metavar="NAME", help="one of them, for a picture")
    said("--period", default="period", metavar="COLUMN", help="(default: period)")
    said("--value", default="value", metavar="COLUMN", help="(default: value)")
    said("--denominator", default="denominator", metavar="COLUMN", help="for p and u")
    said("--every", metavar="STEP", help="how far apart days are, such as 1mo, 1w or 1d")
    said("--rules", default="plot-the-dots", metavar="SET", help=", ".join(RULES))
    said("--rebased", nargs="*", default=[], metavar="PERIOD", help="where a phase begins")
    said("--baseline", type=int, metavar="N", help="limits rest on the first N of each phase")
    said("--per", type=float, default=1, metavar="N", help="for p and u, such as 100 or 1000")
    said("--laney", action="store_true", help="for p and u with very large denominators")
    said("--polarity", choices=POLARITIES, default="neither", help="which way is better")
    said("--target", type=float, metavar="N", help="what is to be reached")
    _drawn(parser, "value")
    formats(parser, "csv", "json", "svg")
    parser.set_defaults(run=partial(_chart, read), without_record=True)


def _add_funnel(
    parser: argparse.ArgumentParser, formats: Callable[..., None], read: _Reader
) -> None:
    said = parser.add_argument
    said("file", type=Path, metavar="FILE", help="a table: .csv or .parquet")
    said("--method", choices=FUNNELS, default="proportion", help="(default: proportion)")
    said("--widened", action="store_true", help="for overdispersion")
    said("--name", default="name", metavar="COLUMN", help="of the units (default: name)")
    said("--count", default="count", metavar="COLUMN", help="(default: count)")
    said("--denominator", default="denominator", metavar="COLUMN", help="or expected events")
    said("--per", type=float, default=100, metavar="N", help="(default: 100)")
    said("--confidence", type=float, nargs="+", default=[0.95, 0.998], metavar="L")
    said("--size", default="people", metavar="WORDS", help="what the denominators are")
    _drawn(parser, "value")
    formats(parser, "csv", "json", "svg")
    parser.set_defaults(run=partial(_funnel, read), without_record=True)


def _drawn(parser: argparse.ArgumentParser, unit: str) -> None:
    parser.add_argument("--title", metavar="WORDS", help="of the picture (default: the file)")
    parser.add_argument("--unit", default=unit, metavar="WORDS", help="what the numbers are")


def _chart(read: _Reader, args: argparse.Namespace) -> int:
    from commonweal.outcomes.methods.chart_frames import Charting, charted, points, signs

    table = _dated(read(args.file), args.period)
    known = table[args.period].to_list() if args.period in table.columns else []
    how = Charting(
        kind=args.kind, by=tuple(args.by), period=args.period, value=args.value,
        denominator=args.denominator, every=args.every, rules=args.rules,
        rebased=[_as_period(each, known) for each in args.rebased], baseline=args.baseline,
        per=args.per, laney=args.laney, polarity=POLARITIES[args.polarity], target=args.target,
    )  # fmt: skip
    if args.kind == "run":
        return _run(table, how, args)
    if args.format == "svg":
        return _picture(_one(charted(table, how), how, args))
    made = points(table, how)
    if args.format == "csv":
        return _write(made.write_csv())
    data = {
        "rules": how.rules, "target": how.target,
        "signs": signs(table, how).to_dicts(), "points": made.to_dicts(),
    }  # fmt: skip
    return _write(_json(data))


def _run(table: _Frame, how: "Charting", args: argparse.Namespace) -> int:
    """A run chart: values around their median."""
    import polars as pl

    from commonweal.outcomes.methods.chart_frames import charted
    from commonweal.outcomes.methods.run_charts import run
    from commonweal.outcomes.methods.states import Figures
    from commonweal_site.drawings.run_chart import Run, run_chart

    made = charted(table, how._replace(kind="xmr"))
    grid = Figures(made.chart.values, made.chart.states)
    phases = [made.periods.index(each) for each in how.rebased] or None
    chart = run(grid, phases=phases, baseline=args.baseline)
    names = [", ".join(map(str, row)) for row in made.groups.rows()]
    periods = [_period_in_words(each) for each in made.periods]
    if args.format == "svg":
        at = _which(names, args.series)
        title = ": ".join(filter(None, (args.title or args.file.stem, names[at])))
        one = type(chart)(*(each[at] for each in chart))
        return _picture(run_chart(Run(title, one, periods, args.unit, how.polarity)))
    rows = [
        {"series": name, how.period: str(period), "value": value, "median": middle,
         "longest_run": longest, "crossings": crossings, "unusual": unusual, "signals": signal}
        for name, *columns in zip(names, *(each.tolist() for each in (
            chart.values, chart.median, chart.longest, chart.crossings, chart.unusual,
            chart.signals)), strict=True)
        for period, value, middle, longest, crossings, unusual, signal
        in zip(made.periods, *columns, strict=True)
    ]  # fmt: skip
    frame = pl.DataFrame(rows).with_columns(pl.col("value", "median").fill_nan(None))
    return _write(frame.write_csv() if args.format == "csv" else _json(frame.to_dicts()))


def _dated(table: _Frame, period: str) -> _Frame:
    """The table with its periods as days, if they are all written as days."""
    import polars as pl

    if period not in table.columns or table[period].dtype != pl.String:
        return table
    days = table[period].str.to_date("%Y-%m-%d", strict=False)
    return table if days.has_nulls() else table.with_columns(days.alias(period))


def _as_period(said: str, known: list[object]) -> object:
    """What somebody wrote, as the period it means; as written, if it means none."""
    return next((each for each in known if str(each) == said), said)


def _one(made: "Charted", how: "Charting", args: argparse.Namespace) -> "Drawing":
    from commonweal_site.drawings.control_chart import Series, control_chart

    names = [", ".join(map(str, row)) for row in made.groups.rows()]
    at = _which(names, args.series)
    title = ": ".join(filter(None, (args.title or args.file.stem, names[at])))
    periods = [_period_in_words(each) for each in made.periods]
    return control_chart(
        Series(title, made.chart.of(at), periods, args.unit, how.polarity, how.target)
    )


def _which(names: list[str], wanted: str | None) -> int:
    if wanted is None and len(names) == 1:
        return 0
    if wanted not in names:
        asked = "Say which with --series" if wanted is None else f"No series is called {wanted!r}"
        raise CannotDraw(f"{asked}. {did_you_mean(wanted or '', names)}")
    return names.index(wanted)


def _period_in_words(period: object) -> str:
    return f"{period.day} {period:%b %Y}" if isinstance(period, date) else str(period)


def _funnel(read: _Reader, args: argparse.Namespace) -> int:
    from commonweal.outcomes.methods import chart_frames, funnels, overdispersion
    from commonweal.outcomes.methods.frames import column
    from commonweal_site.drawings.funnel import Units, funnel_plot

    methods: dict[tuple[str, bool], Callable[..., Funnel]] = {
        ("proportion", False): funnels.proportion_funnel,
        ("proportion", True): overdispersion.overdispersed_proportion,
        ("rate", False): funnels.rate_funnel,
        ("rate", True): overdispersion.overdispersed_rate,
        ("ratio", False): funnels.ratio_funnel,
        ("ratio", True): overdispersion.overdispersed_ratio,
    }
    method = partial(methods[args.method, args.widened], per=args.per, confidence=args.confidence)
    table = read(args.file)
    if args.format == "svg":
        if args.name not in table.columns:
            known = did_you_mean(args.name, table.columns)
            raise CannotDraw(f"There is no column {args.name!r} to name the units. {known}")
        made = method(column(table, args.count), column(table, args.denominator))
        names = [str(each) for each in table[args.name]]
        title = args.title or args.file.stem
        return _picture(funnel_plot(Units(title, made, names, args.unit, args.size)))
    rows = chart_frames.funnel(table, method, count=args.count, denominator=args.denominator)
    return _write(rows.write_csv() if args.format == "csv" else _json(rows.to_dicts()))


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False, default=str) + "\n"


def _write(text: str) -> int:
    sys.stdout.write(text)
    return 0


def _picture(drawing: "Drawing") -> int:
    from commonweal_site.drawings.alone import alone

    return _write(alone(drawing.svg))
