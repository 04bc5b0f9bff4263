"""What those who are asked think of an assumption, side by side, and the range that pools them.

Ranges hold in eight cases of ten. Pooled, the low ends are averaged and the high ends are averaged,
each view counting alike: the average of quantiles.

Source: K. C. Lichtendahl, Y. Grushka-Cockayne and R. L. Winkler, Is it better to average
probabilities or quantiles?, Management Science 2013;59:1594-1611.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from .errors import CannotProject
from .facts import Acts, ScenarioAssumption, View
from .scales import kept, plain, plain_unit

_PLACES = Decimal("0.0001")


class Pooled(NamedTuple):
    """The range that pools some views, and how it was worked out."""

    low: Decimal
    high: Decimal
    views: int
    working: str


def pooled(views: Sequence[View]) -> Pooled:
    """The mean of the low ends and the mean of the high ends, to four places.

    raises  CannotProject where nobody was asked

    >>> one, other = (View(who=w, low=Decimal(a), high=Decimal(b)) for w, a, b in ("A02", "B46"))
    >>> pooled([one, other])[:2]
    (Decimal('2'), Decimal('4'))
    """
    if not views:
        raise CannotProject(["Nobody was asked, so there is nothing to pool."])
    low, low_working = _mean([view.low for view in views])
    high, high_working = _mean([view.high for view in views])
    return Pooled(low, high, len(views), f"Low: {low_working}. High: {high_working}.")


def _mean(ends: Sequence[Decimal]) -> tuple[Decimal, str]:
    made = (sum(ends, Decimal(0)) / len(ends)).quantize(_PLACES).normalize()
    added = " + ".join(f"{end:f}" for end in ends)
    return Decimal(f"{made:f}"), f"({added}) ÷ {len(ends)} = {made:f}"


def disagree(it: ScenarioAssumption) -> bool:
    """Whether no number lies in the range of everybody who was asked."""
    return bool(it.views) and max(v.low for v in it.views) > min(v.high for v in it.views)


def beside(it: ScenarioAssumption) -> str:
    """The views of those asked set beside each other, and what the scenario takes."""
    lows, highs = [view.low for view in it.views], [view.high for view in it.views]
    shared = (
        "No number lies in every range: they disagree."
        if disagree(it)
        else f"Every range holds {said_range(it.acts, (max(lows), min(highs)))}."
    )
    asked = "1 was asked" if len(it.views) == 1 else f"{len(it.views)} were asked"
    widest = said_range(it.acts, (min(lows), max(highs)))
    takes = said_plainly(it).replace("Not stated", "a number that is not stated")
    return f"{asked}: from {widest}. {shared} The scenario takes {takes}."


# --- as a person says it -------------------------------------------------------------------------


def from_plain(acts: Acts, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """A range in that unit as it is kept, its lower end first.

    >>> from_plain("avoidance", Decimal(10), Decimal(45))
    (Decimal('0.55'), Decimal('0.9'))
    """
    made = sorted(kept(acts, end) for end in (low, high))
    return made[0], made[1]


def said_range(acts: Acts, ends: Sequence[Decimal]) -> str:
    """Ends as a person says them.

    >>> said_range("avoidance", [Decimal("0.55"), Decimal("0.9")])
    '10 to 45% less'
    """
    told = sorted(plain(acts, end) for end in ends)
    words = " to ".join(dict.fromkeys(f"{float(end):,.4g}" for end in told))
    return f"{words}{plain_unit(acts)}".replace("-", "−")


def said_plainly(it: ScenarioAssumption) -> str:
    """The number or range of an assumption as a person says it."""
    ranged = [end for end in (it.low, it.high) if end is not None]
    known = ranged or [end for end in (it.central,) if end is not None]
    return said_range(it.acts, known) if known else "Not stated"
