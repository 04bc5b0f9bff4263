"""100% of what was delegated to each place: from allocation to scheme, decision and outcome."""

from collections.abc import Iterator, Sequence

from commonweal.authority.scheme import cited
from commonweal.bodies.facts import Body
from commonweal.money.allocations import Allocation
from commonweal.money.funds import Fund
from commonweal.money.statements import Held, Reconciled, reconcile
from commonweal.record.figures import Spot, Total
from commonweal.record.manuscript import Block, Heading, Paragraph, Row, Run, Table, line, row
from commonweal.record.snapshot import Snapshot

from .bridges import told
from .telling import Mine, amount, link, stated

_HEADS = ("What", "Is", "Sum", "Rests on", "To achieve")
_NONE = "Not applicable"


def places(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """For each place with a fund of its own, or to which money was passed on."""
    areas = {fund.area for _, fund in mine.all(Fund) if fund.area}
    for _, fact in mine.all(Allocation):
        if fact.giver:
            areas |= _areas_of(snapshot, fact.taker)
    if not areas:
        return
    yield Heading("Places: 100% of what was delegated")
    yield Paragraph(
        line(
            "Each place’s money is followed from what bodies above passed on to it, to its funds, "
            "their schemes, the decision that each rests on and what it is to achieve. What is in "
            "no fund, or planned for no scheme, is shown as such."
        )
    )
    for area in sorted(areas):
        yield Heading(snapshot.name(area), 2)
        for year in _years(mine, area):
            yield from _place(snapshot, reconcile(snapshot, area, year), year)


def _years(mine: Mine, area: str) -> list[str | None]:
    """The financial years of a place's money, the newest first; none, if no year is stated."""
    funds = {fund.year for _, fund in mine.all(Fund) if fund.area == area}
    passed = {
        fact.year
        for _, fact in mine.all(Allocation)
        if area in _areas_of(mine.snapshot, fact.taker)
    }
    return [*sorted(filter(None, funds | passed), reverse=True)] or [None]


def _areas_of(snapshot: Snapshot, taker: str) -> set[str]:
    """The places that a body that was passed money decides for."""
    body = snapshot.get(taker)
    areas = body.areas if isinstance(body, Body) else (taker,)
    return {each for each in areas if getattr(snapshot.get(each), "type", "") == "place"}


def _place(snapshot: Snapshot, found: Reconciled, year: str | None) -> Iterator[Block]:
    name = f"{snapshot.name(found.place)}{f', {year}' if year else ''}"
    yield Paragraph(line(_verdict(found)))
    yield Table(f"{name}: from allocation to scheme", _HEADS, tuple(_rows(snapshot, found)))
    if found.unexplained is not None and found.bridge.steps:
        yield from told(
            f"{name}: from what was passed on to nothing", found.bridge, "Passed on", "Left over"
        )


def _verdict(found: Reconciled) -> str:
    """What is explained and what is not, in a sentence."""
    if not found.allocated:
        return (
            "What was passed on to this place is not recorded, so its funds cannot be set against "
            "it."
        )
    if found.unexplained is None:
        return "A sum is not recorded, so whether all of it is explained cannot be told."
    if not found.unexplained:
        return "All of what was passed on is in a fund."
    if found.unexplained < 0:
        return (
            "Its funds hold more than was passed on to it; where the rest comes from is not "
            "explained here."
        )
    return "Not all of what was passed on is in a fund; the rest is not explained."


def _rows(snapshot: Snapshot, found: Reconciled) -> Iterator[Row]:
    for name, fact in found.allocated:
        yield row(
            Run(fact.label(snapshot.name), name), "Passed on to it", stated(fact.sum), _NONE, _NONE,
            key=name, sources=cited(snapshot, [fact]),
        )  # fmt: skip
    for held in found.funds:
        yield from _fund(snapshot, held)
    made = Total(
        tuple(Spot(name, "Sum") for name, _ in found.allocated),
        tuple(Spot(held.fund, "Sum") for held in found.funds),
    )
    yield row(
        "In no fund", "Not explained", amount(found.unexplained, made), _NONE, _NONE,
        key="unexplained",
    )  # fmt: skip


def _fund(snapshot: Snapshot, held: Held) -> Iterator[Row]:
    fund = snapshot.fact(held.fund)
    total = fund.total if isinstance(fund, Fund) else None
    yield row(
        link(snapshot, held.fund), "Fund", stated(total), _NONE, _NONE, key=held.fund,
        sources=cited(snapshot, [fund]),
    )  # fmt: skip
    for each in held.schemes:
        yield row(
            link(snapshot, each.scheme), "Scheme", amount(each.pence),
            link(snapshot, each.decision), each.outcome or "", key=each.scheme,
            sources=cited(snapshot, [snapshot.fact(each.scheme)]),
        )  # fmt: skip
    yield row(
        link(snapshot, held.fund), "Planned for no scheme",
        amount(held.unplanned, _unplanned(held, [each.scheme for each in held.schemes])),
        _NONE, _NONE, key=f"{held.fund} unplanned",
    )  # fmt: skip


def _unplanned(held: Held, schemes: Sequence[str]) -> Total:
    return Total((Spot(held.fund, "Sum"),), tuple(Spot(each, "Sum") for each in schemes))
