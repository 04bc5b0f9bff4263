"""The table of limits, written out for publication: who may decide up to how much."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from commonweal.record.manuscript import (
    Block,
    Line,
    Manuscript,
    Paragraph,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital

from .answers import home_areas
from .dispositions import Grant, scheme
from .facts import pounds
from .limits_in_words import doubts, limit_in_words, onward_terms, terms_in_words
from .register import register
from .scheme import cited, in_document, manuscript
from .search import NO_LIMIT, Question, Search, reach

_HEADS = ("Who", "Function", "Where", "Limit given", "Limit in effect", "Terms", "Document")
_WIDTHS = (4, 4, 3, 4, 3, 5, 5)


class Limited(NamedTuple):
    """A delegation and what it comes to.

    most  pence up to which its taker may decide, with what is reserved and the limits of those
          above counted in; None: none in pounds, or it cannot be told
    """

    grant: Grant
    most: int | None


def limits_of(snapshot: Snapshot, bodies: Iterable[str], about: str) -> Manuscript:
    """The limits in the schemes of some bodies.

    about  the one body, or the area of the system
    """
    found = limited(snapshot, bodies)
    blocks: tuple[Block, ...] = (
        Paragraph(line("The limit in effect is the least of the limit given, the limits of those "
                       "above in the chain, and what is reserved.")),
        Table("Limits by holder", _HEADS, tuple(_row(snapshot, each) for each in found),
              "No delegation that holds is on record for this day.", _WIDTHS),
        Table("Who may decide, by amount", ("Amount", "Who may decide what"),
              tuple(_bands(snapshot, found)), "No limit in pounds is on record for this day.",
              (1, 4)),
    )  # fmt: skip
    return manuscript(
        snapshot, f"Limits: {snapshot.name(about)}", about, blocks,
        "Who may decide up to how much: by holder, then by amount.",
    )  # fmt: skip


def limited(snapshot: Snapshot, bodies: Iterable[str]) -> list[Limited]:
    """Every delegation in the schemes of some bodies that holds, by the taker's name."""
    grants = {
        each.name: each
        for body in bodies
        for one in scheme(snapshot, body).dispositions
        for each in one.given
    }
    found = [Limited(each, _most(snapshot, each)) for each in grants.values()]
    return sorted(found, key=lambda each: (snapshot.name(each.grant.taker), each.grant.name))


def _most(snapshot: Snapshot, grant: Grant) -> int | None:
    entries, fact = register(snapshot), grant.fact
    area = fact.area or next(iter(home_areas(entries, grant.giver)), None)
    if area is None or fact.upper is None:
        return None
    question = Question(function=fact.function, area=area)
    search = Search(entries, question, lenient=True)
    given, known = reach(entries, entries.hops[grant.name], question, 0)
    above = search.ceiling(grant.giver, fact.function, area, 1)
    kept = (amount for _, amount in search.reserved(grant.giver))
    most = min(given, NO_LIMIT if above is None else above, *kept, NO_LIMIT)
    return most if known and most < NO_LIMIT else None


def _row(snapshot: Snapshot, each: Limited) -> Row:
    grant, fact, name = each.grant, each.grant.fact, snapshot.name
    terms: list[str | Run | Line] = [capital(term) for term in terms_in_words(fact, name)]
    terms += [f"Cannot be told whether it holds: {doubt}" for doubt in doubts(grant, name)]
    return row(
        Run(name(grant.taker), grant.taker),
        Run(name(fact.function), fact.function),
        Run(name(fact.area), fact.area) if fact.area else "Wherever the giver may",
        capital(limit_in_words(fact)),
        _in_effect(each),
        [*terms, onward_terms(fact)],
        in_document(snapshot, grant.name, fact.instrument, fact.line),
        key=grant.name,
        sources=cited(snapshot, [fact]),
    )


def _in_effect(each: Limited) -> str:
    fact = each.grant.fact
    if fact.limit == "per 100,000 population per year" and each.most is not None:
        return f"Up to {pounds(each.most)} a year"
    if each.most is None or each.most == fact.upper:
        return "As given" if fact.limit != "not stated" else "Not recorded"
    return f"Up to {pounds(each.most)}"


# --- by amount -----------------------------------------------------------------------------------


def _bands(snapshot: Snapshot, found: Iterable[Limited]) -> Iterator[Row]:
    """Between one limit and the next: everybody who may decide there, and on what."""
    known = [each for each in found if each.most is not None]
    ends = sorted(
        {0, *(each.most or 0 for each in known), *(each.grant.fact.lower or 0 for each in known)}
    )
    for above, upto in pairwise(ends):
        there = [
            each
            for each in known
            if (each.grant.fact.lower or 0) <= above and upto <= (each.most or 0)
        ]
        yield row(
            _between(above, upto),
            [_who(snapshot, each) for each in there] or "Nobody by a delegation with a limit",
            key=f"{above}-{upto}",
            sources=cited(snapshot, [each.grant.fact for each in there]),
        )


def _between(above: int, upto: int) -> str:
    return f"Above {pounds(above)} and up to {pounds(upto)}" if above else f"Up to {pounds(upto)}"


def _who(snapshot: Snapshot, each: Limited) -> Line:
    grant, fact, name = each.grant, each.grant.fact, snapshot.name
    where = f", for {name(fact.area)}" if fact.area else ""
    per = f" ({fact.limit})" if fact.limit != "per decision" else ""
    return line(Run(name(grant.taker), grant.taker), f": {name(fact.function)}{where}{per}")
