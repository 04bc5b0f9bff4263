"""Control charts, funnels and disclosure control on Polars frames; figures as in `frames`."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from commonweal.record.errors import did_you_mean

from . import control_charts
from .control_charts import Chart
from .disclosure import withheld, withheld_with
from .frames import UnknownColumn, banded, column, states_in_words
from .funnels import Funnel
from .icons import Assurance, Variation, icons, judged
from .phases import BadPhases
from .polarity import Polarity
from .rule_sets import in_words, leading, rule_set
from .states import BadFigures, Codes, Figures

KINDS = ("xmr", "p", "u", "c", "t", "g")
_SHARES = ("p", "u")


class UnknownKindOfChart(BadFigures):
    """No control chart has that name."""


class OutOfStep(BadFigures):
    """A day that is none of the periods."""


class Charting(NamedTuple):
    """What is to be charted, and how.

    kind         a function of `control_charts`
    by           columns that name the series; none for one series
    value        the measure or, with a denominator, the count
    denominator  people or exposure: for p and u only
    every        how far apart the periods are, such as "1mo", if they are days; without it, a
                 period that no row has cannot be told to be missing
    rebased      periods at which a phase begins
    """

    kind: str = "xmr"
    by: Sequence[str] = ()
    period: str = "period"
    value: str = "value"
    denominator: str = "denominator"
    every: str | None = None
    rules: str = "plot-the-dots"
    rebased: Sequence[object] = ()
    baseline: int | None = None
    per: float = 1
    laney: bool = False
    polarity: Polarity = Polarity.NEITHER
    target: float | None = None


class Charted(NamedTuple):
    """A chart of every series: series by periods."""

    groups: pl.DataFrame
    periods: list[object]
    chart: Chart


def charted(frame: pl.DataFrame, how: Charting) -> Charted:
    """Every series of a frame. A period that a series has no row for is a missing point.

    raises  UnknownKindOfChart, UnknownColumn, DuplicateRow, OutOfStep, BadPhases, UnknownRuleSet,
            and as the chart
    """
    if how.kind not in KINDS:
        known = did_you_mean(how.kind, KINDS)
        raise UnknownKindOfChart(f"No control chart is called {how.kind!r}. {known}")
    periods = _periods(frame, how)
    wanted = [how.value, how.denominator] if how.kind in _SHARES else [how.value]
    groups, taken = _with_gaps(frame, how, periods, wanted)
    return Charted(groups, periods, _made(how, taken, _places(how.rebased, periods)))


def points(frame: pl.DataFrame, how: Charting) -> pl.DataFrame:
    """A row for each series and period.

    returns  `value`, `state`, `centre`, `lower`, `upper`, `shows` (`icons.Variation` in words),
             `why` (the leading reason) and `trial` (whether the limits rest on too few)
    raises   as `charted`
    """
    groups, periods, chart = charted(frame, how)
    rows = groups.join(
        pl.DataFrame({how.period: periods}), how="cross", maintain_order="left_right"
    )
    lines = {
        "value": chart.values, "centre": chart.centre, "lower": chart.lower, "upper": chart.upper,
    }  # fmt: skip
    reasons = leading(chart.signals).ravel().tolist()
    return rows.with_columns(
        *(pl.Series(name, line.ravel()).fill_nan(None) for name, line in lines.items()),
        _words("state", states_in_words(chart.states.ravel())),
        _words("shows", _said(Variation, judged(chart, how.polarity).ravel())),
        _words("why", [in_words(each, chart.rules) if each else None for each in reasons]),
        pl.Series("trial", chart.trial.ravel()),
    )


def signs(frame: pl.DataFrame, how: Charting) -> pl.DataFrame:
    """A row for each series: `variation` and `assurance` in words, and the period they rest on.

    raises  as `charted`
    """
    groups, periods, chart = charted(frame, how)
    found = icons(chart, how.polarity, [how.target] * len(groups))
    latest = [None if at < 0 else periods[at] for at in found.at.tolist()]
    return groups.with_columns(
        pl.Series(how.period, latest),
        _words("variation", _said(Variation, found.variation)),
        _words("assurance", _said(Assurance, found.assurance)),
    )


def _words(name: str, said: Sequence[str | None]) -> pl.Series:
    return pl.Series(name, said, dtype=pl.String)


def _said(of: type[Variation | Assurance], codes: Codes) -> list[str]:
    return [of(code).words for code in codes.tolist()]


def _periods(frame: pl.DataFrame, how: Charting) -> list[object]:
    if how.period not in frame.columns:
        known = did_you_mean(how.period, frame.columns)
        raise UnknownColumn(f"There is no column {how.period!r}. {known}")
    given = frame[how.period].unique().sort()
    if how.every is None or not len(given):
        return given.to_list()
    if given.dtype != pl.Date:
        raise OutOfStep(f"The column {how.period!r} is {given.dtype}, not days: leave `every` out.")
    whole = pl.date_range(given[0], given[-1], how.every, eager=True)
    odd = given.filter(~given.is_in(whole.implode()))
    if len(odd):
        raise OutOfStep(f"{odd[0]} is not one of the days every {how.every} from {given[0]}.")
    return whole.to_list()


def _with_gaps(
    frame: pl.DataFrame, how: Charting, periods: list[object], wanted: Sequence[str]
) -> tuple[pl.DataFrame, list[Figures]]:
    """Series by periods, with a missing point where there is no row."""
    every = pl.DataFrame({how.period: periods}, schema={how.period: frame[how.period].dtype})
    keys = [*how.by, how.period]
    known = [name for name in how.by if name in frame.columns]
    series = frame.select(known).unique(maintain_order=True) if known else pl.DataFrame([{}])
    full = series.join(every, how="cross", maintain_order="left_right")
    if set(keys) <= set(frame.columns):
        frame = full.join(frame, on=keys, how="left", maintain_order="left", nulls_equal=True)
    return banded(frame, how.by, how.period, periods, wanted)


def _places(rebased: Sequence[object], periods: list[object]) -> list[int]:
    unknown = [each for each in rebased if each not in periods]
    if unknown:
        known = did_you_mean(str(unknown[0]), [str(each) for each in periods])
        raise BadPhases(f"No phase can begin at {unknown[0]}: it is none of the periods. {known}")
    return [periods.index(each) for each in rebased]


def _made(how: Charting, taken: list[Figures], places: list[int]) -> Chart:
    rules = rule_set(how.rules)
    phases: npt.NDArray[np.intp] | None = np.array(places, np.intp) if places else None
    if how.kind in _SHARES:
        share = control_charts.p if how.kind == "p" else control_charts.u
        return share(
            *taken, per=how.per, laney=how.laney, rules=rules, phases=phases, baseline=how.baseline
        )
    alone = {
        "xmr": control_charts.xmr,
        "c": control_charts.c,
        "t": control_charts.t,
        "g": control_charts.g,
    }
    return alone[how.kind](taken[0], rules=rules, phases=phases, baseline=how.baseline)


def funnel(
    frame: pl.DataFrame,
    method: Callable[[Figures, Figures], Funnel],
    *,
    count: str = "count",
    denominator: str = "denominator",
) -> pl.DataFrame:
    """The rows with the columns of a funnel.

    method   from `funnels` or `overdispersion`; `functools.partial` sets what else it takes
    returns  `value`, `state`, `lower_95` and `upper_95` (and so on for each level), and `side_95`:
             "above", "below", "inside", or null without a value
    raises   UnknownColumn, and as the method
    """
    made = method(column(frame, count), column(frame, denominator))
    columns = [pl.Series("value", made.values).fill_nan(None)]
    columns.append(_words("state", states_in_words(made.states)))
    for number, level in enumerate(made.levels.tolist()):
        said = f"{100 * level:.6g}".replace(".", "_")
        columns += [
            pl.Series(f"lower_{said}", made.lower[number]).fill_nan(None),
            pl.Series(f"upper_{said}", made.upper[number]).fill_nan(None),
            _words(f"side_{said}", _sides(made, number)),
        ]
    return frame.with_columns(columns)


_SIDES = {1: "above", 0: "inside", -1: "below"}


def _sides(made: Funnel, level: int) -> list[str | None]:
    known = np.isfinite(made.values).tolist()
    sides = zip(made.sides[level].tolist(), known, strict=True)
    return [_SIDES[side] if there else None for side, there in sides]


def released(
    frame: pl.DataFrame,
    *,
    fewest: int,
    count: str = "count",
    with_it: Sequence[str] = (),
    noughts: bool = False,
) -> pl.DataFrame:
    """The rows as they may leave the store: small counts withheld, and with them what they give.

    Whatever else is worked out of a count must be named, or it gives the count away. Totals are
    another matter: `disclosure.protected`.

    with_it  columns withheld where the count is: rates, limits
    returns  `state` says which counts are withheld
    raises   UnknownColumn, and as `disclosure.withheld`
    """
    made = withheld(column(frame, count), fewest=fewest, noughts=noughts)
    others = withheld_with(made, *(column(frame, name).values for name in with_it))
    columns = zip((count, *with_it), (made.values, *others), strict=True)
    return frame.with_columns(
        *(pl.Series(name, values).fill_nan(None) for name, values in columns),
        _words("state", states_in_words(made.states)),
    )
