"""What was taken from a published file: its figures, what was put right, and what is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from commonweal.outcomes.methods.frames import MARKS
from commonweal.outcomes.methods.states import State
from commonweal.outcomes.store.measures import Measure
from commonweal.record.errors import SpeakingError

from .periods import UnknownPeriod

ROW = "row"
"""The column that says where in the file a row stands; the headings stand in row 1."""


class WrongFile(SpeakingError):
    """A file that is not what its source publishes; the text says what it lacks."""


class Fault(NamedTuple):
    """One thing wrong with one row, which is therefore not taken."""

    row: int
    column: str
    text: str
    because: str

    def in_words(self, file: str) -> str:
        """As a person reads it.

        >>> Fault(7, "Count", "1O", "It is no number.").in_words("smokers.csv")
        'smokers.csv, row 7, Count, “1O”: It is no number.'
        """
        return f"{file}, row {self.row}, {self.column}, “{self.text}”: {self.because}"


class Correction(NamedTuple):
    """One kind of thing that was put right, and in how many rows."""

    name: str
    rows: int
    why: str


class Taken(NamedTuple):
    """The figures of a file as observations, and all there is to say of them.

    measures  by the name that the figures have for their indicator
    """

    figures: pl.DataFrame
    measures: Mapping[str, Measure]
    faults: tuple[Fault, ...]
    corrections: tuple[Correction, ...]


def rows_of(table: pl.DataFrame, needed: Sequence[str], source: str) -> pl.DataFrame:
    """The rows of a table as text, each with where it stands.

    raises  WrongFile
    """
    lacking = [name for name in needed if name not in table.columns]
    if lacking:
        raise WrongFile(
            f"A file of {source} has a column {', '.join(map(repr, lacking))}; this one has "
            f"{', '.join(map(repr, table.columns[:12]))}. Look whether it is of another source."
        )
    if table.is_empty():
        raise WrongFile(f"The file of {source} has headings but no rows.")
    text = pl.col(needed).cast(pl.String).str.strip_chars()
    return table.select(text).with_row_index(ROW, offset=2)


def numbers(rows: pl.DataFrame, *columns: str) -> tuple[pl.DataFrame, list[Fault]]:
    """Columns of text as numbers, each with its state in a column `state of ...`.

    An empty cell is missing; a mark is what it stands for; what is neither is a fault.
    """
    faults: list[Fault] = []
    marks = {mark: state.value for mark, state in MARKS.items()}
    for name in columns:
        text = pl.col(name).fill_null("").str.strip_chars()
        number = text.str.replace_all(",", "").cast(pl.Float64, strict=False)
        number = pl.when(number.is_finite()).then(number)
        state = (
            pl.when(number.is_not_null())
            .then(State.KNOWN.value)
            .otherwise(text.str.to_lowercase().replace_strict(marks, default=None))
            .cast(pl.Int8)
        )
        read = rows.select(ROW, text.alias("text"), number.alias(name), state.alias("state"))
        faults += wrong(read.filter(pl.col("state").is_null()), name, "It is no number.", "text")
        rows = rows.with_columns(read[name], read["state"].alias(f"state of {name}"))
    return rows, faults


def dated(
    rows: pl.DataFrame, days: Callable[[str], tuple[date, date]]
) -> tuple[dict[str, tuple[date, date]], list[Fault]]:
    """The days of each text that the column `period` has, and a fault for each row without any."""
    known: dict[str, tuple[date, date]] = {}
    faults: list[Fault] = []
    said = pl.col("period").fill_null("")
    for text in rows.select(said)["period"].unique():
        try:
            known[text] = days(text)
        except UnknownPeriod as unknown:
            faults += wrong(rows.filter(said == text), "period", str(unknown))
    return known, faults


def stated(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """With one state for each row: of the states of some columns, the last in the list of `State`.

    A row that is not known keeps none of their numbers, from which what is withheld could be found.
    """
    rows = rows.with_columns(
        pl.max_horizontal(f"state of {name}" for name in columns).alias("state")
    )
    known = pl.col("state") == State.KNOWN.value
    return rows.with_columns(pl.when(known).then(pl.col(name)).alias(name) for name in columns)


def coded(rows: pl.DataFrame, pattern: str, of: str) -> Iterator[Fault]:
    """A fault for each row whose code of an area is not written as such codes are."""
    strange = rows.filter(~pl.col("area").fill_null("").str.contains(pattern))
    yield from wrong(strange, "area", f"It is no code of {of}.")


def wrong(rows: pl.DataFrame, column: str, because: str, text: str = "") -> Iterator[Fault]:
    """A fault for each of the rows.

    text  the column that holds what the file says, where it is not `column`
    """
    for row, said in rows.select(ROW, pl.col(text or column).cast(pl.String)).iter_rows():
        yield Fault(row, column, said or "", because)


def in_its_words(faults: Sequence[Fault], form: Mapping[str, str]) -> tuple[Fault, ...]:
    """Faults in the order of the file, each with the heading that the file has for its column.

    form  our name of each column of the file
    """
    headings = {ours: theirs for theirs, ours in form.items()}
    named = [each._replace(column=headings.get(each.column, each.column)) for each in faults]
    return tuple(sorted(named))


def without(rows: pl.DataFrame, faults: Sequence[Fault]) -> pl.DataFrame:
    """The rows that have no fault."""
    bad = {fault.row for fault in faults}
    return rows.filter(~pl.col(ROW).is_in(bad)) if bad else rows


def once(
    rows: pl.DataFrame, key: Sequence[str], said: Sequence[str], column: str
) -> tuple[pl.DataFrame, list[Fault], list[Correction]]:
    """Rows of which each thing has one.

    key     columns that tell one thing from another
    said    columns of what is said of it: rows that say the same are taken once, and counted
    column  the one that a fault names, where two rows say different things of one
    """
    single = rows.unique([*key, *said], keep="first", maintain_order=True)
    repeated = rows.height - single.height
    several = single.filter(pl.struct(key).is_duplicated())
    faults = list(
        wrong(several, column, "The file has several figures for this area, period and group.")
    )
    why = "The same row stands in the file more than once; it is taken once."
    made = [Correction("repeated rows", repeated, why)] if repeated else []
    return without(single, faults), faults, made
