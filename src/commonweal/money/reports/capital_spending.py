"""Capital against its limit: what counts, provider by provider, and what may still be spent."""

from collections.abc import Iterator

from commonweal.authority.scheme import cited
from commonweal.money.allocations import CapitalPlan
from commonweal.money.bridge import bridge
from commonweal.money.capital import Charged, Spend, charged
from commonweal.money.pence import signed
from commonweal.record.figures import Spot, Total, across
from commonweal.record.manuscript import Block, Cited, Heading, Paragraph, Row, Table, line, row
from commonweal.record.snapshot import Snapshot

from .bridges import told
from .telling import Mine, amount, link, summed

_HEADS = ("Provider", "Gross", "National schemes", "Disposals", "Given", "Counts")
_COUNTS = across("Gross", less=["National schemes", "Disposals", "Given"])
_NONE = "Not applicable"


def capital(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """Every capital plan."""
    for _, plan in mine.all(CapitalPlan):
        yield from _one(snapshot, plan)


def _one(snapshot: Snapshot, plan: CapitalPlan) -> Iterator[Block]:
    yield Heading(f"Capital, {plan.year} ({plan.version})")
    spends = [
        Spend(each.body, each.gross, each.disposals, each.given, each.national)
        for each in plan.lines
    ]
    found = None if plan.limit is None else charged(spends, plan.limit)
    yield Paragraph(line(_verdict(found)))
    rows = [_row(snapshot, plan, each) for each in spends]
    if rows:
        rows += _foot(spends, found, cited(snapshot, [plan]))
    yield Table(f"Capital by provider, {plan.year} ({plan.version})", _HEADS, tuple(rows))
    if found is not None and spends:
        steps = [(snapshot.name(each.name), -each.charge) for each in spends]
        title = f"Capital, {plan.year} ({plan.version}): from the limit to what is left"
        yield from told(title, bridge(found.limit, found.headroom, steps), "Limit", "Left of it")


def _verdict(found: Charged | None) -> str:
    if found is None:
        return "Its limit is not recorded."
    kept = (
        f"{signed(found.headroom)} is left"
        if found.headroom >= 0
        else f"it is broken by {signed(-found.headroom)}"
    )
    return (
        f"{signed(found.charge)} counts against a limit of {signed(found.limit)}; {kept}. What "
        "counts is gross spending less national schemes, disposals at book value, and grants and "
        "donations. Cash in the bank gives no room."
    )


def _row(snapshot: Snapshot, plan: CapitalPlan, each: Spend) -> Row:
    return row(
        link(snapshot, each.name), amount(each.gross), amount(each.national),
        amount(each.disposals), amount(each.given), amount(each.charge, _COUNTS), key=each.name,
        sources=cited(snapshot, [plan]),
    )  # fmt: skip


def _foot(spends: list[Spend], found: Charged | None, sources: tuple[Cited, ...]) -> Iterator[Row]:
    keys = [each.name for each in spends]
    yield row(
        "All providers", summed([each.gross for each in spends], "Gross", keys),
        summed([each.national for each in spends], "National schemes", keys),
        summed([each.disposals for each in spends], "Disposals", keys),
        summed([each.given for each in spends], "Given", keys),
        summed([each.charge for each in spends], "Counts", keys), key="all providers",
    )  # fmt: skip
    if found is not None:
        blank = [_NONE] * 4
        yield row("Limit", *blank, amount(found.limit), key="limit", sources=sources)
        made = Total((Spot("limit", "Counts"),), (Spot("all providers", "Counts"),))
        yield row("Left of it", *blank, amount(found.headroom, made), key="headroom")
