"""The years to come: what is missing year by year, how that changed, and what was assumed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from commonweal.authority.scheme import cited
from commonweal.money.budgets import Assumption, Outlook, OutlookYear
from commonweal.money.pence import signed
from commonweal.record.figures import Figure, across
from commonweal.record.manuscript import Bar, Block, Chart, Heading, Line, Run, Table, line, row
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words

from .telling import Mine, Named, amount, part, percent, stated

_KINDS = {
    "do nothing": "What would be missing if nothing changed",
    "deficit": "What the budget lacks",
    "plan": "What is missing under the plan",
}


def outlooks(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """Every outlook with its chart, the paths of those that replace each other, and assumptions."""
    found, assumed = mine.all(Outlook), mine.all(Assumption)
    if not found and not assumed:
        return
    yield Heading("The years to come")
    ordered = sorted(found, key=lambda each: (each[1].made or "", each[0]))
    for each in ordered:
        yield from _one(snapshot, each)
    yield from _paths(snapshot, ordered)
    rows = [
        row(Run(fact.name, name), fact.year,
            part(fact.rate) if fact.rate is not None else fact.says_so or "",
            key=name, sources=cited(snapshot, [fact]))
        for name, fact in sorted(assumed, key=lambda each: (each[1].name, each[1].year))
    ]  # fmt: skip
    if rows:
        yield Table("What plans take for granted", ("What", "Year", "Assumed"), tuple(rows))


def _called(outlook: Outlook) -> str:
    made = f", made {in_words(outlook.made)}" if outlook.made else ""
    return f"{outlook.name}{made}"


def _one(snapshot: Snapshot, named: Named[Outlook]) -> Iterator[Block]:
    name, outlook = named
    yield Heading(_called(outlook), 2)
    if outlook.years:
        bars = tuple(
            Bar(f"{each.year}: {each.gap.in_words()}{_stated_share(each)}", 0, each.gap.pence)
            for each in outlook.years
        )
        about = snapshot.name(outlook.about)
        described = f"{_KINDS[outlook.type]}, {about}: {_in_a_row(outlook.years)}."
        yield Chart(f"{_called(outlook)}: what is missing, year by year", described, bars)
    yield _years(snapshot, name, outlook)


def _in_a_row(years: Sequence[OutlookYear]) -> str:
    return "; ".join(f"{each.year} {each.gap.in_words()}" for each in years)


def _stated_share(each: OutlookYear) -> str:
    return "" if each.share is None else f", {percent(each.share)}"


def _years(snapshot: Snapshot, name: str, outlook: Outlook) -> Table:
    """Year by year, with the share as printed and the share of the base as worked out."""
    base = outlook.base
    rows = [
        row(
            Run(each.year, name), stated(each.gap),
            line(f"{percent(each.share)} of {outlook.share_of}") if each.share is not None else "",
            _of_base(each, base.pence) if base and base.exact and each.gap.exact else "",
            key=each.year, sources=cited(snapshot, [outlook]),
        )
        for each in outlook.years
    ]  # fmt: skip
    base_told = f" of {outlook.base_year}, {base.in_words()}" if base and outlook.base_year else ""
    heads = ("Year", "Missing", "Share as printed", f"Share of the base{base_told}")
    return Table(f"{_called(outlook)}: year by year", heads, tuple(rows))


def _of_base(each: OutlookYear, base: int) -> Run | str:
    if not base:
        return ""
    share = Decimal(each.gap.pence) / base
    return Run(f"{share:.2%}", figure=Figure(share, "share"))


def _paths(snapshot: Snapshot, found: Sequence[Named[Outlook]]) -> Iterator[Block]:
    """How an outlook moved from the one it replaces, year by year: none is written over."""
    by_name = dict(found)
    for name, outlook in found:
        before = by_name.get(outlook.replaces or "")
        if before is not None:
            yield _path(snapshot, before, outlook, name)


def _path(snapshot: Snapshot, before: Outlook, after: Outlook, key: str) -> Table:
    was = {each.year: each.gap for each in before.years}
    now = {each.year: each.gap for each in after.years}
    first, second = f"Before{_on(before)}", f"Now{_on(after)}"
    rows = []
    for year in sorted({*was, *now}):
        old, new = was.get(year), now.get(year)
        moved = new.pence - old.pence if old and new else None
        about = bool(old and new and (old.about or new.about))
        rows.append(
            row(
                year, stated(old), stated(new),
                amount(moved, across(second, less=[first]), about=about),
                "" if moved is None else _worse(moved),
                key=f"{key} {year}", sources=cited(snapshot, [before, after]),
            )
        )  # fmt: skip
    heads = ("Year", first, second, "Change", "In words")
    return Table(f"How it moved: {after.name}", heads, tuple(rows))


def _on(outlook: Outlook) -> str:
    return f" ({in_words(outlook.made)})" if outlook.made else ""


def _worse(moved: int) -> Line:
    if not moved:
        return line("No change")
    return line(f"{signed(abs(moved))} {'more' if moved > 0 else 'less'} is missing")
