"""Tables of activity as NHS England's statistics have them: a row an organisation and period.

What a file's columns are is data, a `Layout`; how they are read and tried is the same for all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from commonweal.outcomes.indicators import Polarity
from commonweal.outcomes.methods.states import State
from commonweal.outcomes.store.measures import Measure

from . import periods
from .taken import (
    Correction,
    Fault,
    Taken,
    WrongFile,
    dated,
    in_its_words,
    numbers,
    once,
    rows_of,
    without,
    wrong,
)

PROVIDERS = {r"^[RT][A-Z0-9]{2}$": "trust", r"^[A-Z0-9]{3,6}$": "other provider"}
"""What a code of a provider is of, by how it is written; the first that fits."""

BOARDS = {r"^E54\d{6}$": "integrated care board"}
_KEY = ("area", "period", "group")
_LISTED = 6


class Figure(NamedTuple):
    """One figure that each row has, by the headings of the columns it is made of.

    number  how many, of all or of something
    of      what the number is a part of
    value   the figure as published, where it is not worked out from those two
    times   what the published figure is to be multiplied by, to be in its measure's unit
    """

    indicator: str
    measure: Measure
    number: str
    of: str = ""
    value: str = ""
    times: float = 1

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(each for each in (self.number, self.of, self.value) if each)


class Layout(NamedTuple):
    """What the columns of one publication's files are.

    kinds   what an area's code is of, by a pattern that it fits
    days    the period of a row out of its text, half-open
    group   the heading of what divides the people, and what it divides them by
    whole   the group that is everybody
    within  headings of two numbers, of which the first cannot be above the second
    tried   what else can be wrong with the rows, whose numbers are numbers by then
    """

    source: str
    area: str
    period: str
    figures: tuple[Figure, ...]
    kinds: Mapping[str, str]
    vintage: int | None = None
    days: Callable[[str], tuple[date, date]] = periods.period
    group: str = ""
    grouping: str = ""
    whole: str = ""
    within: tuple[tuple[str, str], ...] = ()
    tried: Callable[[pl.DataFrame], Iterable[Fault]] = lambda _: ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Headings of the columns that hold numbers, each once."""
        return tuple(dict.fromkeys(c for figure in self.figures for c in figure.columns))

    @property
    def form(self) -> dict[str, str]:
        """Our name of each column that tells a row from another."""
        named = {self.area: "area", self.period: "period"}
        return named | ({self.group: "group"} if self.group else {})


def counted(name: str, *, polarity: Polarity = "neither") -> Measure:
    """The measure of a plain number of people, beds or visits."""
    return Measure(name=name, method="count", polarity=polarity, comparison="none")


def share(name: str, *, polarity: Polarity) -> Measure:
    """The measure of a part of a whole, as a percentage with limits."""
    return Measure(
        name=name, method="proportion", per=100, polarity=polarity, comparison="limits at 95%"
    )


def take_in(table: pl.DataFrame, layouts: Sequence[Layout], what: str) -> Taken:
    """The figures of a file in one of some layouts.

    what    the publication, for an error
    raises  WrongFile
    """
    layout = _which(table, layouts, what)
    needed = [*layout.form, *layout.numbers]
    rows = rows_of(table, needed, what).rename(layout.form)
    if not layout.group:
        rows = rows.with_columns(group=pl.lit(layout.whole))
    rows, empty = _of_nobody(rows, layout.numbers)
    rows, faults = numbers(rows, *layout.numbers)
    days, undated = dated(rows, layout.days)
    faults += [*undated, *_strange(rows, layout), *_crossed(rows, layout), *layout.tried(rows)]
    states = [f"state of {name}" for name in layout.numbers]
    said = [*layout.numbers, *states]
    rows, several, repeated = once(without(rows, faults), _KEY, said, layout.numbers[0])
    figures = pl.concat(_observed(rows, layout, each, days) for each in layout.figures)
    made = {each.indicator: each.measure for each in layout.figures}
    return Taken(figures, made, in_its_words([*faults, *several], layout.form), (*empty, *repeated))


def _which(table: pl.DataFrame, layouts: Sequence[Layout], what: str) -> Layout:
    """The layout whose columns the file has; of several, the one with the most of them."""
    fits = [each for each in layouts if {*each.form, *each.numbers} <= set(table.columns)]
    if fits:
        return max(fits, key=lambda each: len({*each.form, *each.numbers}))
    near = max(layouts, key=lambda each: len({*each.form, *each.numbers} & set(table.columns)))
    lacking = [each for each in (*near.form, *near.numbers) if each not in table.columns]
    raise WrongFile(
        f"No layout of {what} is that of this file. The nearest has also {_few(lacking)}; the file "
        f"has {_few(table.columns)}. Look whether the source has renamed a column, or the file is "
        "of another source."
    )


def _few(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    listed = ", ".join(map(repr, names[:_LISTED]))
    return f"{listed} and {more} more" if more > 0 else listed


def _of_nobody(rows: pl.DataFrame, columns: Sequence[str]) -> tuple[pl.DataFrame, list[Correction]]:
    """Without the rows that have neither a code nor a single number."""
    nothing = pl.all_horizontal(pl.col(name).fill_null("") == "" for name in ("area", *columns))
    left = rows.filter(~nothing)
    why = "A row with neither a code nor a figure says nothing, and is left out."
    gone = rows.height - left.height
    return left, [Correction("rows of nobody", gone, why)] if gone else []


def _strange(rows: pl.DataFrame, layout: Layout) -> Iterator[Fault]:
    """Codes that are of nothing the layout knows, and groups without a name."""
    fits = pl.any_horizontal(
        pl.col("area").fill_null("").str.contains(pattern) for pattern in layout.kinds
    )
    of = " or ".join(dict.fromkeys(layout.kinds.values()))
    yield from wrong(rows.filter(~fits), "area", f"It is no code of: {of}.")
    if layout.group:
        nameless = rows.filter(pl.col("group").fill_null("") == "")
        yield from wrong(nameless, "group", "The group has no name.")


def _crossed(rows: pl.DataFrame, layout: Layout) -> Iterator[Fault]:
    """Numbers below nought, and parts above their whole."""
    for name in layout.numbers:
        yield from wrong(rows.filter(pl.col(name) < 0), name, "It is below nought.")
    parts = [(each.number, each.of) for each in layout.figures if each.of and not each.value]
    for part, whole in dict.fromkeys((*parts, *layout.within)):
        above = rows.filter(pl.col(part) > pl.col(whole))
        yield from wrong(above, part, f"It is more than {whole}.")


def _observed(
    rows: pl.DataFrame, layout: Layout, figure: Figure, days: Mapping[str, tuple[date, date]]
) -> pl.DataFrame:
    state = pl.max_horizontal(f"state of {name}" for name in figure.columns)
    known = state == State.KNOWN.value
    starts = {said: day for said, (day, _) in days.items()}
    ends = {said: day for said, (_, day) in days.items()}
    whole = pl.col("group") == layout.whole
    none = pl.lit(None, pl.Float64)
    # What is a part of nothing is its own value; what is a part of something is worked out.
    value = pl.col(figure.value or figure.number) if figure.value or not figure.of else none
    return rows.select(
        "area", state=state.cast(pl.Int8), indicator=pl.lit(figure.indicator),
        value=pl.when(known).then(value * figure.times),
        count=pl.when(known).then(pl.col(figure.number)),
        denominator=pl.when(known).then(pl.col(figure.of)) if figure.of else none,
        kind=kind_of(layout.kinds), vintage=pl.lit(layout.vintage, pl.Int16),
        starts=pl.col("period").replace_strict(starts, return_dtype=pl.Date),
        ends=pl.col("period").replace_strict(ends, return_dtype=pl.Date),
        sex=pl.lit("persons"), age=pl.lit("all ages"), source=pl.lit(layout.source),
        grouping=pl.when(whole).then(pl.lit("")).otherwise(pl.lit(layout.grouping)),
        group=pl.when(whole).then(pl.lit("")).otherwise(pl.col("group")),
    )  # fmt: skip


def kind_of(kinds: Mapping[str, str]) -> pl.Expr:
    """What the code in the column `area` is of, by the first pattern that it fits."""
    found = pl.lit(None, pl.String)
    for pattern, kind in reversed(list(kinds.items())):
        fits = pl.col("area").str.contains(pattern)
        found = pl.when(fits).then(pl.lit(kind)).otherwise(found)
    return found.alias("kind")
