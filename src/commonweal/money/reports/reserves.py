"""Reserves over a year: opening, used, added and closing, what was promised, and what is free."""

from collections.abc import Iterator

from commonweal.authority.scheme import cited
from commonweal.money.bridge import bridge
from commonweal.money.budgets import Reserve
from commonweal.money.pence import signed
from commonweal.record.figures import across
from commonweal.record.manuscript import Block, Heading, Note, Paragraph, Row, Run, Table, line, row
from commonweal.record.snapshot import Snapshot

from .bridges import told
from .telling import YES, Mine, Named, amount

_HEADS = (
    "Reserve", "Opening", "Used", "Added", "Closing", "Promised to later years", "Free",
    "Ring-fenced", "Purpose",
)  # fmt: skip


def reserves(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """Every reserve, with a bridge from its opening to its closing."""
    found = mine.all(Reserve)
    if not found:
        return
    yield Heading("Reserves")
    yield Paragraph(
        line(
            "A reserve is money kept for later years. A ring-fenced one may fund its purpose and "
            "nothing else. What is free is what it closes with, less what was promised of it."
        )
    )
    yield Table("Reserves over the year", _HEADS, tuple(_row(snapshot, *each) for each in found))
    for each in found:
        yield from _moved(snapshot, each)


def worked_out(fact: Reserve) -> int | None:
    """What a reserve closes with by its own movements; none if one is not recorded."""
    if fact.opening is None or fact.used is None or fact.added is None:
        return None
    return fact.opening - fact.used + fact.added


def _closing(fact: Reserve) -> int | None:
    """As printed, if it is."""
    return worked_out(fact) if fact.closing is None else fact.closing


def _row(snapshot: Snapshot, name: str, fact: Reserve) -> Row:
    closing = _closing(fact)
    adds_up = closing is not None and closing == worked_out(fact)
    made = across("Opening", "Added", less=["Used"]) if adds_up else None
    free = None if closing is None or fact.committed is None else closing - fact.committed
    return row(
        Run(f"{fact.name}, {fact.year}", name), amount(fact.opening), amount(fact.used),
        amount(fact.added), amount(closing, made), amount(fact.committed),
        amount(free, across("Closing", less=["Promised to later years"])),
        YES[fact.ring_fenced], fact.purpose or "", key=name, sources=cited(snapshot, [fact]),
    )  # fmt: skip


def _moved(snapshot: Snapshot, named: Named[Reserve]) -> Iterator[Block]:
    _, fact = named
    closing, made = _closing(fact), worked_out(fact)
    if fact.without:
        yield Paragraph(line(f"If {fact.name} of {fact.year} is not used: {fact.without}"))
    if made is not None and closing != made:
        yield Note(
            line(
                f"{fact.name}, {fact.year}: its source prints {signed(closing or 0)} at the close, "
                f"but its own movements make {signed(made)}."
            )
        )
    if fact.opening is None or closing is None:
        return
    moves = [("Used", -(fact.used or 0)), ("Added", fact.added or 0)]
    title = f"{fact.name} of {snapshot.name(fact.holder)}, {fact.year}"
    moved = [each for each in moves if each[1]]
    yield from told(title, bridge(fact.opening, closing, moved), "Opening", "Closing")
