"""Who bears a fund's overspend, step by step of its agreement; what becomes of an underspend."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from commonweal.authority.scheme import cited
from commonweal.money.bridge import bridge
from commonweal.money.funds import Agreement
from commonweal.money.pence import signed
from commonweal.money.sharing_risk import Borne, Outcome, bear, returned
from commonweal.record.figures import Spot, Total
from commonweal.record.manuscript import Block, Heading, Note, Paragraph, Row, Table, line, row
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital

from .bridges import told
from .telling import amount, link

_HEADS = ("Step", "Borne by", "Sum")
_NONE = "Not applicable"


def met(
    snapshot: Snapshot, agreement: Agreement | None, over: int | None, shares: Mapping[str, int]
) -> Iterator[Block]:
    """How an overspend, or an underspend, is met.

    over    what is expected beyond the budget; below nothing, what is left of it
    shares  what each partner puts in, to give an underspend back by
    """
    yield Heading("Who bears the difference")
    if over is None:
        yield Paragraph(
            line("It cannot be told: the budget, or what is expected to be spent, is not recorded.")
        )
    elif not over:
        yield Paragraph(
            line("Nobody: spending, as expected or as it came about, is what was budgeted.")
        )
    elif over > 0:
        yield from _overspend(snapshot, agreement, over)
    else:
        yield from _underspend(snapshot, agreement, -over, shares)


def _overspend(snapshot: Snapshot, agreement: Agreement | None, over: int) -> Iterator[Block]:
    if agreement is None or not agreement.steps:
        yield Note(
            line(
                f"Spending, as expected or as it came about, is {signed(over)} over the budget. "
                "How the partners meet an overspend is not recorded."
            )
        )
        return
    found = bear(over, [each.step() for each in agreement.steps])
    yield Paragraph(
        line(
            f"Spending, as expected or as it came about, is {signed(over)} over the budget. The "
            "agreement’s steps are taken in their order, each before the next."
        )
    )
    yield _steps(snapshot, agreement, over, found)
    moves = [(f"{each.step}, {_bearer(snapshot, each)}", -each.pence) for each in found.borne]
    title = "The overspend and who bears it"
    yield from told(title, bridge(over, found.left, moves), "Overspend", "Borne by nobody yet")


def _bearer(snapshot: Snapshot, each: Borne) -> str:
    return "money set aside" if each.bearer == each.step else snapshot.name(each.bearer)


def _steps(snapshot: Snapshot, agreement: Agreement, over: int, found: Outcome) -> Table:
    sources = cited(snapshot, [agreement])
    keys = [f"{each.step}, {each.bearer}" for each in found.borne]
    rows: list[Row] = [
        row(each.step, capital(_bearer(snapshot, each)) if each.bearer == each.step
            else link(snapshot, each.bearer), amount(each.pence), key=key, sources=sources)
        for key, each in zip(keys, found.borne, strict=True)
    ]  # fmt: skip
    rows.append(
        row(
            "No step provides for it", "Nobody yet", amount(found.left), key="left", sources=sources
        )
    )
    made = Total(tuple(Spot(each, "Sum") for each in (*keys, "left")))
    rows.append(row("The overspend", _NONE, amount(over, made), key="overspend"))
    return Table("Steps of the agreement, as far as they are needed", _HEADS, tuple(rows))


def _underspend(
    snapshot: Snapshot, agreement: Agreement | None, left: int, shares: Mapping[str, int]
) -> Iterator[Block]:
    rule = agreement.underspend if agreement else "not stated"
    told_of = f"Spending, as expected or as it came about, is {signed(left)} under the budget."
    if rule == "stays in the pool":
        yield Paragraph(line(f"{told_of} By the agreement it stays in the fund."))
    elif rule == "not stated" or not shares:
        yield Note(line(f"{told_of} What becomes of it is not recorded."))
    else:
        parts = returned(left, {name: Decimal(pence) for name, pence in shares.items()})
        rows = [row(link(snapshot, name), amount(p), key=name) for name, p in parts.items()]
        made = Total(tuple(Spot(name, "Sum") for name in parts))
        rows.append(row("All of it", amount(left, made), key="all of it"))
        yield Paragraph(line(f"{told_of} By the agreement it goes back by share."))
        yield Table("What goes back to each partner", ("Partner", "Sum"), tuple(rows))
