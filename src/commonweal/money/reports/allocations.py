"""What was passed on, by stream and style of delegation."""

from collections.abc import Iterator

from commonweal.authority.scheme import cited
from commonweal.money.allocations import Allocation
from commonweal.record.manuscript import Block, Heading, Table, row
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital

from .telling import Mine, link, stated


def allocations(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """Every allocation."""
    found = mine.all(Allocation)
    if not found:
        return
    yield Heading("Allocations")
    rows = [
        row(
            link(snapshot, fact.taker), link(snapshot, fact.giver),
            "" if fact.stream == "not stated" else capital(fact.stream),
            "" if fact.style == "not stated" else capital(fact.style), fact.year or "",
            stated(fact.sum), key=name, sources=cited(snapshot, [fact]),
        )
        for name, fact in found
    ]  # fmt: skip
    heads = ("For", "From", "Stream", "Style of delegation", "Year", "Sum")
    yield Table("What was passed on", heads, tuple(rows))
