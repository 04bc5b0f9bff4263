"""The scheme of reservation and delegation, written out for publication."""

from collections.abc import Iterable, Iterator

from commonweal.record.comparing import period_in_words
from commonweal.record.facts import Fact
from commonweal.record.manuscript import (
    Block,
    Bullets,
    Cited,
    Heading,
    Line,
    Manuscript,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import OPEN, in_words
from commonweal.record.wording import capital

from .dispositions import (
    CLASSES,
    Class,
    Disposition,
    Grant,
    Scheme,
    drafted,
    scheme,
    schemed,
    unheld,
)
from .facts import Delegation, Power, Reservation, pounds
from .limits_in_words import doubts, grant_line
from .register import register

_TITLES: dict[Class, str] = {
    "reserved": "Reserved to {}",
    "delegated": "Delegated to a committee or a post of {}",
    "shared": "Delegated by {} to another body, or exercised jointly with one",
    "not recorded": "Held by {}; whether reserved or delegated is not recorded",
}
_HEADS = ("Function", "How it has it", "Who may decide", "Document")
_WIDTHS = (3, 3, 5, 4)


def scheme_of(snapshot: Snapshot, body: str) -> Manuscript:
    """The scheme of one body, on the snapshot's day."""
    found = scheme(snapshot, body)
    return manuscript(
        snapshot,
        f"Scheme of reservation and delegation: {snapshot.name(body)}",
        body,
        (*_explained(), *_chapter(snapshot, found)),
        "Every function that the body has on the day, in one of three classes, with the limits, "
        "the document and the source of each.",
    )


def scheme_of_system(snapshot: Snapshot, system: str, bodies: Iterable[str]) -> Manuscript:
    """The schemes of a system's bodies, one after the other.

    bodies  those with a scheme of their own, in the order in which they are to stand
    """
    schemes = [scheme(snapshot, each) for each in bodies]
    blocks: list[Block] = [*_explained()]
    for each in schemes:
        blocks += [Heading(snapshot.name(each.body)), *_chapter(snapshot, each)]
    if not schemes:
        blocks.append(Note(line("No body of the system has a function on record on this day.")))
    blocks += _no_holder(snapshot, system, schemes)
    name = snapshot.name(f"{system}/area/system")
    return manuscript(
        snapshot, f"Schemes of reservation and delegation: {name}", f"{system}/area/system",
        tuple(blocks),
        "Every function of every body of the system, each once for each body, with the limits, "
        "the document and the source.",
    )  # fmt: skip


def manuscript(
    snapshot: Snapshot, title: str, about: str, blocks: tuple[Block, ...], summary: str
) -> Manuscript:
    """A manuscript of the snapshot's day, labelled if what it is about is invented."""
    invented = about.split("/", 1)[0] in snapshot.invented
    return Manuscript(title, snapshot.as_at, snapshot.known, blocks, summary, invented)


def _explained() -> Iterator[Block]:
    yield Paragraph(
        line(
            "A function stands where it is passed on furthest; what is kept of it is said beside "
            "it. To delegate does not end accountability: the body that delegates still answers "
            "for what is decided."
        )
    )


def _chapter(snapshot: Snapshot, found: Scheme) -> Iterator[Block]:
    name = snapshot.name(found.body)
    yield from _documents(snapshot, found.body)
    for place in CLASSES:
        rows = tuple(_row(snapshot, found.body, each) for each in found.of(place))
        if rows or place != "not recorded":
            caption = _TITLES[place].format(name)
            yield Table(caption, _HEADS, rows, "None on record.", _WIDTHS)
    if found.coming:
        yield Note(line("What follows is only proposed or drafted. It is not in force."))
        yield proposed(snapshot, f"Proposed for {name}, not in force", found.coming)
    if found.idle:
        yield proposed(snapshot, f"On record for {name}, without effect on this day", found.idle)


def _documents(snapshot: Snapshot, body: str) -> Iterator[Block]:
    """Which schemes of the body are in force and which only drafted."""
    entries = register(snapshot)
    lines = [_paper(snapshot, each) for each in (*schemed(entries, body), *drafted(entries, body))]
    if lines:
        yield Bullets(tuple(lines))
    else:
        yield Note(line(f"No scheme of reservation and delegation of {snapshot.name(body)} "
                        "is on record for this day."))  # fmt: skip


def _paper(snapshot: Snapshot, name: str) -> Line:
    paper = snapshot.fact(name)
    made = getattr(paper, "made", None)
    since = f", made on {in_words(made)}" if made else ""
    return line(Run(snapshot.name(name), name), f": {paper.status}{since}, {days(snapshot, name)}.")


def days(snapshot: Snapshot, name: str) -> str:
    """From when to when a fact holds, in words; `first stated` where that is all that is known."""
    held = snapshot.held(name)
    if held is None:
        return "days not recorded"
    said = period_in_words(held.first_day, held.end or OPEN)
    first = snapshot.fact(name).start == "first stated"
    return said.replace("from", "stated from", 1) if first else said


# --- a function ----------------------------------------------------------------------------------


def _row(snapshot: Snapshot, body: str, each: Disposition) -> Row:
    grants = each.given
    facts = [snapshot.fact(name) for name in (*each.held, *each.kept)]
    facts += [grant.fact for grant in grants]
    return row(
        _function(snapshot, each.function),
        list(dict.fromkeys(_had(snapshot, name) for name in each.held)),
        [*_kept(snapshot, body, each), *_given(snapshot, body, each)],
        [*_where(snapshot, each.kept, grants)] or "Not applicable",
        key=f"{body} {each.function}",
        sources=cited(snapshot, facts),
    )


def _function(snapshot: Snapshot, function: str) -> list[str | Run | Line]:
    fact = snapshot.fact(function)
    named: list[str | Run | Line] = [Run(snapshot.name(function), function)]
    law = getattr(fact, "law", None)
    return [*named, law] if law else named


def _had(snapshot: Snapshot, name: str) -> Line:
    """By which law or from whom the body has it."""
    fact = snapshot.fact(name)
    if isinstance(fact, Power):
        function = snapshot.fact(fact.function)
        law = fact.law or getattr(function, "law", None) or "provision not recorded"
        where = f", for {snapshot.name(fact.area)}" if fact.area else ""
        return line(Run("By law", name), f"{where}: {law}")
    giver = fact.giver if isinstance(fact, Delegation) else ""
    return line(Run("Delegated", name), f" by {snapshot.name(giver)}")


def _kept(snapshot: Snapshot, body: str, each: Disposition) -> Iterator[Line]:
    for name in each.kept:
        fact = snapshot.fact(name)
        if isinstance(fact, Reservation):
            above = f"Above {pounds(fact.lower)}: " if fact.lower else ""
            where = f", for {snapshot.name(fact.area)}" if fact.area else ""
            wider = _as_part(snapshot, fact.function, each.function)
            yield line(above, Run(snapshot.name(body), body), f", reserved{where}{wider}")
    if each.place == "reserved" and not each.kept:
        yield line(Run(snapshot.name(body), body), ": its scheme, as recorded, passes it to nobody")
    if each.place == "not recorded":
        yield line(Run(snapshot.name(body), body), ": no document on record says more")


def _as_part(snapshot: Snapshot, wider: str, function: str) -> str:
    return f" as part of “{snapshot.name(wider)}”" if wider and wider != function else ""


def _given(snapshot: Snapshot, body: str, each: Disposition) -> Iterator[Line]:
    for grant in each.given:
        yield grant_line(grant, snapshot.name, giver=body)
        for doubt in doubts(grant, snapshot.name):
            yield line(f"Cannot be told whether it holds: {doubt}")
    for wider in dict.fromkeys(grant.fact.function for grant in each.wider):
        yield line("As part of “", Run(snapshot.name(wider), wider), "”, as said there")


def _where(snapshot: Snapshot, kept: Iterable[str], grants: Iterable[Grant]) -> Iterator[Line]:
    for name in kept:
        fact = snapshot.fact(name)
        if isinstance(fact, Reservation):
            yield in_document(snapshot, name, fact.instrument, fact.line)
    for grant in grants:
        yield in_document(snapshot, grant.name, grant.fact.instrument, grant.fact.line)


def in_document(snapshot: Snapshot, name: str, instrument: str | None, at: str | None) -> Line:
    """The document that says so, its line and status, and the days; a line of a table."""
    since = days(snapshot, name)
    if instrument is None:
        return line(f"Document not recorded; {since}")
    paper = snapshot.get(instrument)
    standing = f" ({paper.status})" if paper and paper.status != "in force" else ""
    spot = f", {at}" if at else ""
    return line(Run(snapshot.name(instrument), instrument), f"{spot}{standing}; {since}")


def cited(snapshot: Snapshot, facts: Iterable[Fact]) -> tuple[Cited, ...]:
    """The sources of some facts, each once."""
    found = (Cited.of(snapshot, source) for fact in facts for source in fact.sources)
    return tuple(dict.fromkeys(found))


# --- apart ---------------------------------------------------------------------------------------


def proposed(snapshot: Snapshot, caption: str, grants: Iterable[Grant]) -> Table:
    """A table of delegations that do not hold, each with why."""
    rows = [
        row(
            Run(snapshot.name(each.fact.function), each.fact.function),
            Run(snapshot.name(each.giver), each.giver),
            grant_line(each, snapshot.name),
            [in_document(snapshot, each.name, each.fact.instrument, each.fact.line),
             *(line(capital(doubt)) for doubt in doubts(each, snapshot.name))],
            key=each.name,
            sources=cited(snapshot, [each.fact]),
        )
        for each in grants
    ]  # fmt: skip
    heads = ("Function", "From", "To whom and how much", "Document and standing")
    return Table(caption, heads, tuple(rows), widths=_WIDTHS)


def _no_holder(snapshot: Snapshot, system: str, schemes: list[Scheme]) -> Iterator[Block]:
    rows = tuple(
        row(
            Run(snapshot.name(each), each),
            snapshot.fact(each).note or "Not recorded",
            key=each,
            sources=cited(snapshot, [snapshot.fact(each)]),
        )
        for each in unheld(snapshot, system, schemes)
    )
    yield Heading("Functions with no recorded holder")
    empty = "None: each function named in the record of the system is held by some body."
    yield Table("Nobody on record holds these on this day", ("Function", "Note"), rows, empty)
