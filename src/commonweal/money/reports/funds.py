"""Funds by mode, what partners put in, what it pays for, and the agreements."""

from collections.abc import Iterator

from commonweal.authority.scheme import cited
from commonweal.money.funds import Agreement, Contribution, Fund, Scheme
from commonweal.record.manuscript import Block, Heading, Row, Run, Table, line, row
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital

from .telling import Mine, link, part, stated


def funds(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """The funds, with partners, schemes and agreements."""
    found, paid = mine.all(Fund), mine.all(Contribution)
    if not found and not paid:
        return
    yield Heading("Funds")
    if found:
        modes = ("Fund", "Mode", "For", "Governed by", "Year", "Total")
        yield Table("Funds by mode", modes, tuple(_fund(snapshot, *each) for each in found))
    if paid:
        heads = ("Fund", "Partner", "Year", "Share", "Sum")
        yield Table("Who puts in what", heads, tuple(_paid(snapshot, *each) for each in paid))
    schemes = mine.all(Scheme)
    if schemes:
        heads = ("Scheme", "Fund", "Lead", "Rests on", "To achieve")
        rows = tuple(_scheme(snapshot, *each) for each in schemes)
        yield Table("What it pays for", heads, rows)
    for _, agreement in mine.all(Agreement):
        yield Heading(f"Agreement: {agreement.name}", 2)
        yield terms(snapshot, agreement)


def _fund(snapshot: Snapshot, name: str, fund: Fund) -> Row:
    return row(
        link(snapshot, name), capital(fund.type), fund.purpose or "",
        link(snapshot, fund.governed_by), fund.year or "", stated(fund.total),
        key=name, sources=cited(snapshot, [fund]),
    )  # fmt: skip


def _paid(snapshot: Snapshot, name: str, paid: Contribution) -> Row:
    return row(
        link(snapshot, paid.fund), link(snapshot, paid.partner), paid.year or "",
        part(paid.share), stated(paid.sum), key=name, sources=cited(snapshot, [paid]),
    )  # fmt: skip


def _scheme(snapshot: Snapshot, name: str, scheme: Scheme) -> Row:
    return row(
        link(snapshot, name), link(snapshot, scheme.fund), link(snapshot, scheme.lead),
        link(snapshot, scheme.decision), scheme.outcome or "",
        key=name, sources=cited(snapshot, [scheme]),
    )  # fmt: skip


def terms(snapshot: Snapshot, agreement: Agreement) -> Table:
    """What an agreement says, term by term."""
    required = "" if agreement.terms is None else "; ".join(agreement.terms) or "None of the seven"
    several = len(agreement.hosts) > 1
    rows = [
        row("Law", agreement.law),
        row("Parties", [line(Run(snapshot.name(each), each)) for each in agreement.parties]),
        row("Hosts" if several else "Host",
            [line(Run(snapshot.name(each), each)) for each in agreement.hosts] or ""),
        row("Pool manager", link(snapshot, agreement.pool_manager)),
        row("Required terms it states", required),
        row("An underspend",
            "" if agreement.underspend == "not stated" else capital(agreement.underspend)),
        row("An overspend is met by", [line(f"{n}. {each.name}") for n, each in
                                       enumerate(agreement.steps, 1)] or ""),
    ]  # fmt: skip
    sources = cited(snapshot, [agreement])
    rows = [each._replace(sources=sources) for each in rows]
    return Table(f"Terms of {agreement.name}", ("Term", "What it says"), tuple(rows))
