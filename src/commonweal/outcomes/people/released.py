"""Answers about people made fit to leave: the only way out of the engine for counts of them.

Small counts are withheld, and with them what would give them away by subtraction; what is left is
rounded; rates are worked out of the rounded counts. `methods.disclosure` says how.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from commonweal.outcomes.methods.disclosure import protected, rounded, withheld, withheld_with
from commonweal.outcomes.methods.frames import with_estimate
from commonweal.outcomes.methods.proportions import proportion
from commonweal.outcomes.methods.rates import rate
from commonweal.outcomes.methods.states import Figures, Floats

ALL = "all"
"""The name of a total, of parts or of groups."""

_TOGETHER = 60  # groups that are shown with a total of all of them


class Control(NamedTuple):
    """How small a count may be shown, and what to round to.

    source  NHS Digital, Disclosure control for Hospital Episode Statistics: 1 to 7 withheld, the
            rest to the nearest 5
    """

    fewest: int = 8
    to: int = 5

    def checked(self) -> "Control":
        """Itself.

        raises  BadThreshold, if it withholds or rounds nothing
        """
        rounded(withheld([0], fewest=self.fewest), to=self.to)
        return self


def parts(
    counted: pl.DataFrame, by: Sequence[str], names: Sequence[str], control: Control
) -> pl.DataFrame:
    """How the people of each group are divided, each into one part.

    counted  by, part (a number from 1) and people
    names    of the parts, in order
    returns  by, part, count, of (the people of the group), value (percent), lower_95, upper_95 and
             state; a row for every part. Of at most 60 groups there is one of all groups too
    """
    groups, table = _table(counted, by, len(names))
    made = _shown(table, control)
    shown = Figures(made.values[:, :-1], made.states[:, :-1])
    of = Figures(
        np.repeat(made.values[:, -1:], len(names), axis=1),
        np.repeat(made.states[:, -1:], len(names), axis=1),
    )
    labels = labelled(groups, by, len(made.values))
    return _proportions(_long(labels, names, "part", shown, of), shown, of)


def each(
    counted: pl.DataFrame,
    by: Sequence[str],
    names: Mapping[str, str],
    control: Control,
) -> pl.DataFrame:
    """How many people of each group have each of several things, of which they may have many.

    counted  by, people, and a column of counts for every key of `names`
    names    the column of each thing, with its name
    returns  as `parts`
    """
    ordered = counted.sort(*by)
    columns = [listed(ordered[name].to_numpy(), control) for name in names]
    people = listed(ordered["people"].to_numpy(), control)
    shown, of = _side_by_side(columns), _side_by_side([people] * len(columns))
    labels = labelled(ordered.select(*by), by, len(shown.values))
    named = _long(labels, list(names.values()), "condition", shown, of)
    return _proportions(named, shown, of)


def used(
    events: pl.DataFrame,
    people: pl.DataFrame,
    by: Sequence[str],
    names: Sequence[str],
    control: Control,
) -> pl.DataFrame:
    """Events for each use of care and each group, per 1,000 people.

    events   by, use, events and users: a count is withheld where there are few users
    people   by and people
    returns  by, use, count, of, value (per 1,000) and state. No limits: one person may have had
             many of the events, and those of single events would be too narrow
    """
    ordered = people.select(*by, "people").sort(*by)
    of = listed(ordered["people"].to_numpy(), control)
    columns = []
    for name in names:
        of_use = ordered.join(events.filter(pl.col("use") == name), on=list(by), how="left")
        of_use = of_use.sort(*by).with_columns(pl.col("events", "users").fill_null(0))
        users = listed(of_use["users"].to_numpy(), control)
        happened = of_use["events"].to_numpy().astype(float)
        if len(users.values) > len(happened):
            happened = np.append(happened, happened.sum())
        (left,) = withheld_with(users, happened)
        columns.append(rounded(Figures(left, users.states), to=control.to))
    shown, whole = _side_by_side(columns), _side_by_side([of] * len(columns))
    labels = labelled(ordered.select(*by), by, len(shown.values))
    made = rate(_flat(shown), _flat(whole), per=1_000)
    named = _long(labels, names, "use", shown, whole)
    return _to_decimals(with_estimate(named, made, 0.95).drop("lower_95", "upper_95"))


# --- how they are put together --------------------------------------------------------------------


def _table(counted: pl.DataFrame, by: Sequence[str], width: int) -> tuple[pl.DataFrame, Floats]:
    """The groups in order, and their people by part."""
    groups = counted.select(*by).unique().sort(*by)
    at = counted.join(groups.with_row_index("row"), on=list(by), nulls_equal=True)
    table = np.zeros((groups.height, width))
    table[at["row"].to_numpy(), at["part"].to_numpy() - 1] = at["people"].to_numpy()
    return groups, table


def _shown(table: Floats, control: Control) -> Figures:
    """With totals of parts; and of groups, where there are few enough to go by them."""
    if 1 < len(table) <= _TOGETHER and table.shape[1] > 1:
        made = protected(table, fewest=control.fewest)
    else:
        rows = [protected(row, fewest=control.fewest) for row in table]
        made = Figures(np.stack([r.values for r in rows]), np.stack([r.states for r in rows]))
    return rounded(made, to=control.to)


def listed(counts: Floats, control: Control) -> Figures:
    """Counts of groups with their total at the end; without one where groups are many, or one."""
    if not 1 < len(counts) <= _TOGETHER:
        alone = withheld(counts.astype(float), fewest=control.fewest)
        return rounded(alone, to=control.to)
    return rounded(protected(counts, fewest=control.fewest), to=control.to)


def _side_by_side(columns: Sequence[Figures]) -> Figures:
    values = np.stack([column.values for column in columns], axis=1)
    return Figures(values, np.stack([column.states for column in columns], axis=1))


def labelled(groups: pl.DataFrame, by: Sequence[str], rows: int) -> pl.DataFrame:
    """The labels of groups as words; with one of all groups, if there are so many rows."""
    said = groups.select(pl.col(name).cast(pl.String).fill_null("not known") for name in by)
    if rows == groups.height:
        return said
    return pl.concat([said, pl.DataFrame({name: [ALL] for name in by})])


def _long(
    labels: pl.DataFrame, names: Sequence[str], what: str, shown: Figures, of: Figures
) -> pl.DataFrame:
    """A row for each group and name, with the counts that may be shown."""
    repeated = labels.with_row_index("row").join(
        pl.DataFrame({what: list(names)}).with_row_index("column"), how="cross"
    )
    counts = (
        pl.Series(name, _flat(each).values).fill_nan(None).cast(pl.Int64)
        for name, each in {"count": shown, "of": of}.items()
    )
    return repeated.sort("row", "column").select(*labels.columns, what).with_columns(*counts)


def _proportions(named: pl.DataFrame, shown: Figures, of: Figures) -> pl.DataFrame:
    count, whole = _flat(shown), _flat(of)
    # Both were rounded, so that a part can come out a little above its whole.
    capped = np.where(whole.states == 0, np.minimum(count.values, whole.values), count.values)
    made = proportion(count._replace(values=capped), whole, per=100)
    return _to_decimals(with_estimate(named, made, 0.95))


def _to_decimals(frame: pl.DataFrame) -> pl.DataFrame:
    """No more decimals than rounded counts can bear."""
    return frame.with_columns(pl.selectors.float().round(4))


def _flat(figures: Figures) -> Figures:
    """In one row, with no number wherever the state says that there is none."""
    states = figures.states.ravel()
    return Figures(np.where(states == 0, figures.values.ravel(), np.nan), states)
