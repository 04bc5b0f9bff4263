"""How the figures of an indicator are to be worked out and judged."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from commonweal.outcomes.indicators import Comparison, Indicator, Method, Polarity

type Compared = Comparison | Literal["overlapping limits at 95%"]


class Measure(Struct, frozen=True, kw_only=True):
    """What an indicator is, in as far as its figures hang on it.

    per     100 for a percentage; a rate's as many people; 1 where it has no unit of its own
    method  a proportion or a crude rate is worked out anew from count and denominator where both
            are there; of any other the published value and limits are taken
    """

    name: str
    method: Method = "not stated"
    per: float = 1
    polarity: Polarity = "not stated"
    comparison: Compared = "not stated"
    minimum_count: int | None = None


def measure_of(indicator: Indicator) -> Measure:
    """The measure of an indicator on record.

    >>> measure_of(Indicator(name="Smokers", method="proportion", unit="percentage")).per
    100
    """
    per = indicator.per or (100 if indicator.unit == "percentage" else 1)
    return Measure(
        name=indicator.name, method=indicator.method, per=per, polarity=indicator.polarity,
        comparison=indicator.comparison, minimum_count=indicator.minimum_count,
    )  # fmt: skip


def measure_for(indicator: Indicator, published: Measure | None) -> Measure:
    """The measure of an indicator on record; what the record does not say, as its source says it.

    published  what the source of the figures says; None where it says nothing
    """
    own = measure_of(indicator)
    if published is None:
        return own
    silent = {
        part: getattr(published, part)
        for part in ("method", "polarity", "comparison")
        if getattr(own, part) == "not stated"
    }
    if indicator.per is None and indicator.unit == "not stated":
        silent["per"] = published.per
    if own.minimum_count is None:
        silent["minimum_count"] = published.minimum_count
    return replace(own, **silent)


def store_name(name: str, indicator: Indicator) -> str:
    """Under which name the store has the figures of an indicator on record."""
    return indicator.figures or name
