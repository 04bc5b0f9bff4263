"""The Better Care Fund plan of an area: money in and out, floors, conditions, metrics, checks."""

from collections.abc import Iterator
from decimal import Decimal

from commonweal.authority.scheme import cited
from commonweal.money.better_care import (
    BetterCarePlan,
    floors,
    left_over,
    misplanned,
)
from commonweal.record.figures import across
from commonweal.record.manuscript import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital

from .telling import YES, Mine, amount, link, percent, summed

_ALL = "all sources"


def better_care(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """Every plan."""
    for name, plan in mine.all(BetterCarePlan):
        yield Heading(f"Better Care Fund, {plan.year}: {snapshot.name(plan.board)}")
        yield Paragraph(line("The plan on record: ", Run(snapshot.name(name), name), "."))
        yield _money_in(snapshot, plan)
        yield _money_out(snapshot, plan)
        yield _floors(snapshot, plan)
        conditions = [
            row(each.name, YES[each.met], key=each.name, sources=cited(snapshot, [plan]))
            for each in plan.conditions
        ]
        yield Table("National conditions", ("Condition", "Met"), tuple(conditions))
        yield _metrics(snapshot, plan)
        yield Heading("What does not hold together", 2)
        faults = tuple(line(each) for each in told_wrong(plan))
        yield (
            Bullets(faults)
            if faults
            else Paragraph(
                line("Every source is planned to the penny, shares add up and floors are met.")
            )
        )


def _money_in(snapshot: Snapshot, plan: BetterCarePlan) -> Table:
    left = left_over(plan)
    rows = [
        row(
            each.name, capital(each.type), link(snapshot, each.payer), amount(each.pence),
            amount(each.pence - left[each.name]),
            amount(left[each.name], across("Sum", less=["Planned"])), key=each.name,
            sources=cited(snapshot, [plan]),
        )
        for each in plan.money_in
    ]  # fmt: skip
    keys = [each.name for each in plan.money_in]
    foot = row(
        "All sources", "Not applicable", "Not applicable",
        summed([each.pence for each in plan.money_in], "Sum", keys),
        summed([each.pence - left[each.name] for each in plan.money_in], "Planned", keys),
        summed([left[each] for each in keys], "Not planned", keys), key=_ALL,
    )  # fmt: skip
    heads = ("Money", "Kind", "From", "Sum", "Planned", "Not planned")
    return Table("Money in, by source", heads, (*rows, foot) if rows else ())


def _money_out(snapshot: Snapshot, plan: BetterCarePlan) -> Table:
    keys = [f"{number} {each.name}" for number, each in enumerate(plan.schemes, 1)]
    rows = [
        row(
            each.name, "" if each.type == "not stated" else each.type, each.source,
            _who_buys(each.commissioner, each.nhs_share),
            "" if each.spent_on == "not stated" else capital(each.spent_on),
            amount(each.pence), key=key, sources=cited(snapshot, [plan]),
        )
        for key, each in zip(keys, plan.schemes, strict=True)
    ]  # fmt: skip
    blank = ["Not applicable"] * 4
    foot = row(
        "All schemes", *blank, summed([each.pence for each in plan.schemes], "Sum", keys),
        key="all schemes",
    )  # fmt: skip
    heads = ("Scheme", "Type", "Paid from", "Commissioner", "Spent on", "Sum")
    return Table("Money out, by scheme", heads, (*rows, foot) if rows else ())


def _who_buys(commissioner: str, nhs_share: Decimal | None) -> str:
    if commissioner == "not stated":
        return ""
    share = f" ({percent(nhs_share)} NHS)" if nhs_share is not None else ""
    return f"{commissioner[0].upper()}{commissioner[1:]}{share}"


def _floors(snapshot: Snapshot, plan: BetterCarePlan) -> Table:
    """The least that the NHS minimum has to buy of some things."""
    rows = [
        row(
            capital(name), amount(least), amount(spent),
            amount(spent - least, across("Planned", less=["At least"])), YES[spent >= least],
            key=name, sources=cited(snapshot, [plan]),
        )
        for name, (spent, least) in floors(plan).items()
    ]  # fmt: skip
    heads = ("Out of the NHS minimum, for", "At least", "Planned", "Above it", "Met")
    return Table("Floors", heads, tuple(rows))


def _metrics(snapshot: Snapshot, plan: BetterCarePlan) -> Table:
    rows: list[Row] = [
        row(each.name, "" if each.target is None else f"{each.target:,}", each.unit,
            key=each.name, sources=cited(snapshot, [plan]))
        for each in plan.metrics
    ]  # fmt: skip
    return Table("Metrics", ("What is measured", "Target", "Counted in"), tuple(rows))


def told_wrong(plan: BetterCarePlan) -> Iterator[str]:
    """What of a plan does not hold together, a sentence each."""
    yield from misplanned(plan)
    yield from _silent(plan)


def _silent(plan: BetterCarePlan) -> Iterator[str]:
    """Conditions that are not met or of which nothing is said, and metrics without a target."""
    for condition in plan.conditions:
        if condition.met is None:
            yield f"Whether the condition “{condition.name}” is met is not recorded."
        elif not condition.met:
            yield f"The condition “{condition.name}” is not met."
    for metric in plan.metrics:
        if metric.target is None:
            yield f"No target is recorded for “{metric.name}”."
