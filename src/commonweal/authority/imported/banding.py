"""Bands of amounts: for one function each amount belongs to exactly one of them.

The test is the hit policy “unique” of Decision Model and Notation: two bands that overlap, or a gap
between bands, is an error in the data.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from commonweal.authority.facts import LimitKind, pounds
from commonweal.record.sheets import Fault

from .amounts import Limit
from .said import Said

_A_POUND = 100


class Placed(NamedTuple):
    """Something a scheme says, with its function and holder found on record."""

    function: str
    holder: str
    kept: bool
    limit: Limit
    said: Said
    area: str | None = None


class _Band(NamedTuple):
    above: int
    upper: int | None
    placed: Placed

    @property
    def words(self) -> str:
        top = f" to {pounds(self.upper)}" if self.upper is not None else " and more"
        return f"over {pounds(self.above)}{top}"


def _subject(placed: Placed) -> tuple[str, str]:
    """What bands are set beside one another for: one function in one area."""
    return placed.function, placed.area or ""


def with_ends(placed: Sequence[Placed], *, measured: LimitKind) -> list[Placed]:
    """What was said, each band beginning where the one below it ends.

    measured  what limits are measured by where nothing says
    """
    uppers: dict[tuple[str, str], set[int | None]] = {}
    for each in placed:
        uppers.setdefault(_subject(each), set()).add(each.limit.upper)
    return [
        each._replace(limit=_ended(each.limit, uppers[_subject(each)], measured)) for each in placed
    ]


def _ended(limit: Limit, uppers: set[int | None], measured: LimitKind) -> Limit:
    if limit.least is not None:
        limit = limit._replace(above=_above(limit.least, uppers), least=None)
    if limit.upper is not None and limit.kind == "not stated":
        limit = limit._replace(kind=measured)
    return limit


def _above(least: int, uppers: set[int | None]) -> int:
    """Amounts from £50,001 are those above £50,000, where another band ends there."""
    return next((end for end in (least - 1, least - _A_POUND) if end in uppers), least - 1)


def band_faults(placed: Sequence[Placed], *, shared: bool) -> Iterator[Fault]:
    """Bands of one function that overlap or leave a gap.

    shared  several holders may have the very same band

    What is marked as reserved is no band: it may begin far above what others were given.
    """
    ordered = sorted((each for each in placed if not each.said.kept), key=_subject)
    for _, group in groupby(ordered, key=_subject):
        of_function = [each for each in group if each.limit.says == "limit"]
        if any(each.limit.banded for each in of_function):
            yield from _faults(with_ends(of_function, measured="not stated"), shared=shared)


def _faults(placed: Sequence[Placed], *, shared: bool) -> Iterator[Fault]:
    bands = sorted(
        (
            _Band(each.limit.above or 0, each.limit.upper, each)
            for each in placed
            if each.limit.banded or each.limit.upper is not None or each.limit.kind == "no limit"
        ),
        key=lambda band: (band.above, band.upper is None, band.upper or 0),
    )
    low, *rest = bands
    for high in rest:
        same = low[:2] == high[:2]
        one_cell = low.placed.said.at == high.placed.said.at
        if same and (one_cell or shared):
            continue
        if low.upper is None or high.above < low.upper:
            yield _fault(
                high, f"this band ({high.words}) overlaps {_where(low)}.{_edge(low, high)}"
            )  # fmt: skip
        elif high.above > low.upper:
            between = f"over {pounds(low.upper)} to {pounds(high.above)}"
            yield _fault(
                high, f"this band ({high.words}) leaves a gap after {_where(low)}: nobody decides "
                f"{between}."
            )  # fmt: skip
        low = max(low, high, key=lambda band: (band.upper is None, band.upper or 0))


def _edge(low: _Band, high: _Band) -> str:
    if low.upper is not None and high.above == low.upper - 1:
        return f" Which of the two decides exactly {pounds(low.upper)}? Write ‘over’ in one."
    return " Let each amount belong to one band."


def _where(band: _Band) -> str:
    return f"the band {band.words} ({band.placed.said.at})"


def _fault(band: _Band, because: str) -> Fault:
    return Fault(band.placed.said.at, band.placed.said.raw, because)
