"""Figures of small areas or practices made up into places, systems and England.

Only counts and denominators can be added up, never rates: the sums are then judged by the method of
the indicator, as any other figure. A member without a figure is counted, not taken for nought; so
is one with a count and no denominator, unless the figures are counts that have none.
"""

from typing import Any

import ibis
import polars as pl

from commonweal.outcomes.methods.states import State

MEMBERS = {"member": pl.String, "area": pl.String, "weight": pl.Float64}
"""What belongs to what: a code, the code of the area it is a part of, and how much of it, from 0 to
1; null where nobody knows how much."""

_AT = ("indicator", "starts", "ends", "sex", "age", "grouping", "group")


def members_table(name: str = "members") -> Any:
    """The table of members, for expressions."""
    kept = {"member": "string", "area": "string", "weight": "float64"}
    return ibis.table(kept, name=name)


def rolled_up(
    figures: Any,
    members: Any,
    *,
    kind: str,
    vintage: int | None = None,
    least: float = 1,
    of_denominators: bool = True,
) -> Any:
    """Counts and denominators of areas out of those of their members.

    figures  as `questions.as_known` or `of_indicator` gives them, none twice
    members  a table with the columns of MEMBERS
    kind, vintage  of the areas that are made
    least    the share of its members, by number, that must have a figure. With fewer the area has
             none: its state is then the last in the list of `State` that any of them has
    of_denominators  False: counts that have no denominator, such as deaths; none is then made
    returns  observations, and beside them members, answered, missing and suppressed: how many. One
             whose weight is not known is missing; one to which the figure does not apply has
             answered, and adds nothing
    """
    rows = _members_by_period(figures, members, of_denominators=of_denominators)
    known = rows.state == State.KNOWN.value
    answered = known | (rows.state == State.NOT_APPLICABLE.value)
    summed = rows.group_by("area", *_AT).agg(
        rung=rows.rung.max(),
        count=(rows["count"] * rows.weight).sum(where=known),
        denominator=(rows.denominator * rows.weight).sum(where=known),
        members=rows.count(),
        answered=answered.sum(),
        missing=(rows.state == State.MISSING.value).sum(),
        suppressed=(rows.state == State.SUPPRESSED.value).sum(),
        worst=rows.state.max(),
        known=known.sum(),
        revision=rows.revision.max(),
    )
    enough = (summed.answered >= summed.members * least) & (summed.known > 0)
    state = ibis.ifelse(enough, State.KNOWN.value, summed.worst).cast("int8")
    none = ibis.null("float64")
    return summed.mutate(
        kind=ibis.literal(kind), vintage=ibis.literal(vintage, "int16"), state=state,
        count=ibis.ifelse(enough, summed["count"], none),
        denominator=ibis.ifelse(enough & of_denominators, summed.denominator, none),
        value=none, lower=none, upper=none, source=ibis.literal("made up of its members"),
    ).drop("worst", "known")  # fmt: skip


def _members_by_period(figures: Any, members: Any, *, of_denominators: bool) -> Any:
    """Every member for every period, sex, age and group that there is, figure or none."""
    wanted = members.cross_join(figures.select(*_AT).distinct())
    there = figures.rename(of="area")
    joined = wanted.left_join(
        there, [wanted.member == there.of, *(wanted[name] == there[name] for name in _AT)]
    )
    counted = there["count"].notnull() & wanted.weight.notnull()
    if of_denominators:
        counted &= there.denominator.notnull()
    withheld = there.state.notnull() & (there.state != State.KNOWN.value)
    state = ibis.cases(
        (withheld, there.state), (counted, State.KNOWN.value), else_=State.MISSING.value
    )
    return joined.select(
        wanted.area, *(wanted[name] for name in _AT), wanted.weight,
        there["count"], there.denominator, there.rung, there.revision, state=state.cast("int8"),
    )  # fmt: skip


def in_none(figures: Any, members: Any) -> Any:
    """The codes that have figures but belong to nothing, with how many figures of each are lost."""
    left = figures.anti_join(members, figures.area == members.member)
    return left.group_by("area", "kind", "vintage").agg(figures=left.count())
