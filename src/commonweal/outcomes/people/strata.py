"""Strata of risk: how likely an unplanned admission is, by how people alike fared in the last year.

People are put into cells by age, long-term conditions, and unplanned admissions and attendances in
the year before. What befell those who were in a cell a year ago is expected of those who are in it
now. Nothing is fitted or borrowed: whoever asks can follow the sum. It ranks groups of people for
planning, and is no prediction for anybody.

The four strata, and the shares of people they begin at, are those of the Combined Predictive Model
(The King's Fund, New York University and Health Dialog, 2006); its score is another.
"""

import polars as pl

STRATA = ("very high", "high", "moderate", "low")
"""The strata, the likeliest first."""

_BEGIN_AT = (0.005, 0.05, 0.2)  # of all people, the likeliest first
_BORROWED = 20  # people at the average rate that are added to every cell, so that few prove little


def ranked(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """For each cell the admissions to be expected a person in the next year, and its stratum.

    then     `questions.of_cells`
    now      cell and people, for all people
    returns  cell, expected, part (the number in STRATA from 1). A cell is never divided: it is in
             the stratum in which the middle one of its people stands
    """
    average = float(then["admissions"].sum()) / max(int(then["people"].sum()), 1)
    expected = (pl.col("admissions") + average * _BORROWED) / (pl.col("people_then") + _BORROWED)
    cells = (
        now.group_by("cell").agg(pl.col("people").sum())
        .join(then.rename({"people": "people_then"}), on="cell", how="left")
        .with_columns(pl.col("admissions", "people_then").fill_null(0))
        .with_columns(expected=expected)
        .sort("expected", "cell", descending=[True, False])
    )  # fmt: skip
    above = pl.col("people").cum_sum() - pl.col("people") / 2
    middle = above / max(cells["people"].sum(), 1)
    part = sum((middle >= share).cast(pl.Int8) for share in _BEGIN_AT)
    return cells.select("cell", "expected", part=part + 1)


def in_strata(cells: pl.DataFrame, then: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """By group and stratum: people, and the unplanned admissions to be expected in the next year.

    cells   `questions.in_cells` by the group
    then    `questions.of_cells`
    """
    found = ranked(then, cells.select("cell", "people"))
    joined = cells.join(found, on="cell")
    return joined.group_by(*by, "part").agg(
        pl.col("people").sum(), expected=(pl.col("people") * pl.col("expected")).sum()
    )
