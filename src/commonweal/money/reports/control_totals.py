"""The statement of control totals: plan, agreed changes and actual, none written over another."""

from collections.abc import Iterable, Iterator, Sequence

from commonweal.authority.scheme import cited
from commonweal.money.allocations import ControlTotal, Offset
from commonweal.money.control_totals import Change, Standing, faults
from commonweal.money.pence import BadMoney, signed
from commonweal.money.statements import Controlled, change_of, control_totals
from commonweal.record.figures import across, down
from commonweal.record.manuscript import (
    Block,
    Heading,
    Line,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital

from .telling import YES, Mine, Named, amount, summed

_BINDS = {
    "system total": "the system as one: what its organisations come to together counts",
    "each organisation": "each organisation by itself: none may end the year in deficit",
}


def controls(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """For each system and year with control totals, the newest year first."""
    totals = mine.all(ControlTotal)
    years = sorted({(name.partition("/")[0], fact.year) for name, fact in totals})
    for system, year in sorted(years, key=lambda each: each[1], reverse=True):
        yield Heading(f"Control totals, {year}")
        try:
            found = control_totals(snapshot, system, year)
        except BadMoney as wrong:
            yield Note(line(str(wrong)))
            continue
        facts = [
            each
            for each in snapshot.all(ControlTotal).items()
            if each[0].partition("/")[0] == system and each[1].year == year
        ]
        yield from _year(snapshot, year, found, facts)


def _year(
    snapshot: Snapshot, year: str, found: Controlled, facts: Sequence[Named[ControlTotal]]
) -> Iterator[Block]:
    yield Paragraph(
        line(
            f"In {year} a control total binds {_BINDS[found.rules.regime]} ({found.rules.source}). "
            "A surplus is above nothing, a deficit below it."
        )
    )
    yield Paragraph(line(f"{capital(found.verdict.outcome)}. {found.verdict.because}"))
    by_name = {snapshot.name(fact.holder): (name, fact) for name, fact in facts}
    rows = [_row(snapshot, each, by_name[each.name]) for each in found.standings]
    heads = ("Organisation", "Plan", "Agreed changes", "As changed", "Actual", "Against it")
    yield Table(f"Plan, changes and actual, {year}", heads, (*rows, *_foot(found.standings)))
    yield from _offsets(snapshot, found.offsets)
    totals = {fact.holder: fact.plan for _, fact in facts}
    yield from _wrongly_agreed(snapshot, found.offsets, totals)


def _row(snapshot: Snapshot, each: Standing, of: Named[ControlTotal]) -> Row:
    name, fact = of
    return row(
        Run(each.name, name), amount(each.plan), amount(each.changed - each.plan),
        amount(each.changed, across("Plan", "Agreed changes")), amount(each.actual),
        _against(each), key=each.name, sources=cited(snapshot, [fact]),
    )  # fmt: skip


def _against(each: Standing) -> Line:
    """Better or worse, in words."""
    if each.against is None:
        return line("")
    if not each.against:
        return line("As it should be")
    return line(f"{signed(abs(each.against))} {'better' if each.against > 0 else 'worse'}")


def _foot(found: Sequence[Standing]) -> Iterator[Row]:
    if not found:
        return
    keys = [each.name for each in found]
    known = [each.actual for each in found if each.actual is not None]
    all_known = len(known) == len(found)
    against = sum(known) - sum(each.changed for each in found)
    yield row(
        "The system", summed([each.plan for each in found], "Plan", keys),
        summed([each.changed - each.plan for each in found], "Agreed changes", keys),
        summed([each.changed for each in found], "As changed", keys),
        amount(sum(known), down("Actual", keys)) if all_known else "",
        _against(Standing("", 0, 0, against if all_known else None)), key="the system",
    )  # fmt: skip


def _offsets(snapshot: Snapshot, found: Iterable[Named[Offset]]) -> Iterator[Block]:
    rows = [
        row(
            Run(offset.name, name),
            [line(Run(snapshot.name(each.body), each.body), f" {signed(each.pence)}")
             for each in offset.moves],
            [line(Run(snapshot.name(each), each)) for each in offset.agreed_by] or "",
            YES[offset.regulator], key=name, sources=cited(snapshot, [offset]),
        )
        for name, offset in found
    ]  # fmt: skip
    if rows:
        heads = ("Change", "Moves", "Agreed by", "Regulator agreed")
        yield Table("Changes that net to nothing", heads, tuple(rows))


def _wrongly_agreed(
    snapshot: Snapshot, found: Iterable[Named[Offset]], totals: dict[str, int]
) -> Iterator[Block]:
    """What keeps a change from being rightly made, though the record counts it."""
    for _, offset in found:
        wrong = list(faults(_named(snapshot, offset), _by_name(snapshot, totals)))
        if wrong:
            yield Note(line(f"The change “{offset.name}” is not rightly made. {' '.join(wrong)}"))


def _by_name(snapshot: Snapshot, totals: dict[str, int]) -> dict[str, int]:
    return {snapshot.name(body): pence for body, pence in totals.items()}


def _named(snapshot: Snapshot, offset: Offset) -> Change:
    change = change_of(offset)
    return change._replace(
        by=_by_name(snapshot, dict(change.by)),
        agreed_by=frozenset(snapshot.name(each) for each in change.agreed_by),
    )
