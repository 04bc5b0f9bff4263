"""What the pages of bodies, posts, seats and their holders say beyond their own fields."""

from collections.abc import Iterable

from commonweal.bodies.facts import (
    Appointment,
    Body,
    Constitution,
    Coverage,
    Interest,
    Order,
    Post,
    Publication,
    QuorumRule,
    Relation,
    Seat,
    Transfer,
    Vacancy,
)
from commonweal.meetings.facts import Meeting
from commonweal.record.snapshot import Snapshot
from commonweal_site.areas.sections import codes, figures, successions
from commonweal_site.record.presenting import Link, Table, link_to, path_of, table
from commonweal_site.words import capital, count, listed, stated

TOLD = frozenset(
    "body relation post seat appointment vacancy interest coverage transfer order constitution "
    "publication quorum meeting code succession figure".split()
)
"""Kinds of fact that these sections tell of a body, post or seat."""


def body_sections(snapshot: Snapshot, body: str) -> list[Table]:
    """The sections of a body's page."""
    return [
        seats(snapshot, body),
        *_if_any(quorum(snapshot, body)),
        answers(snapshot, body),
        *_if_any(directs(snapshot, body)),
        *_if_any(other_relations(snapshot, body)),
        *_if_any(parts(snapshot, body)),
        *_if_any(posts(snapshot, body)),
        *_if_any(coverage(snapshot, body)),
        *_if_any(orders(snapshot, body)),
        *_if_any(constitutions(snapshot, body)),
        *_if_any(publications(snapshot, body)),
        *_if_any(meetings(snapshot, body)),
        *_if_any(transfers(snapshot, body)),
        codes(snapshot, body),
        *figures(snapshot, body),
        *successions(snapshot, body),
    ]


def _if_any(made: Table) -> list[Table]:
    return [made] if made.rows else []


_VOTES = {
    "voting": "Votes",
    "non-voting": "Does not vote",
    "barred": "Barred by law",
    "not stated": "Not recorded",
}


def vote(seat: Seat) -> str:
    """Whether a seat's holder votes, with the reason where the law forbids it."""
    said = _VOTES[seat.voting]
    if seat.bar is None:
        return said
    law = f" ({seat.bar.law})" if seat.bar.law else ""
    return f"{said}: {seat.bar.reason}{law}"


def holders(snapshot: Snapshot, held: str) -> tuple[Link, ...]:
    """Who holds a seat or post, or that it is vacant, or that nothing is recorded."""
    found = [
        Link(each.holder, path_of(name))
        for name, each in snapshot.referring(held, Appointment)
        if each.holds == held
    ]
    found += [
        Link("Vacant", path_of(name))
        for name, each in snapshot.referring(held, Vacancy)
        if each.of == held
    ]
    return tuple(found) or (Link("Not recorded"),)


def seats(snapshot: Snapshot, body: str) -> Table:
    """Who sits on it: each seat with its vote and its holder."""
    found = [(name, each) for name, each in snapshot.referring(body, Seat) if each.body == body]
    found.sort(key=lambda pair: (pair[1].type != "chair", pair[1].role))
    return table(
        snapshot, "Who sits on it", ("Seat", "Vote", "Held by"), found,
        lambda name, each: (link_to(snapshot, name), vote(each), holders(snapshot, name)),
        empty="Its seats are not recorded.",
        intro=votes_counted(each for _, each in found),
    )  # fmt: skip


def votes_counted(found: Iterable[Seat]) -> str:
    """How many seats, and how many of them vote, in words."""
    every = list(found)
    tally = {said: sum(each.voting == vote_ for each in every) for vote_, said in _COUNTED.items()}
    parts_ = [f"{number} {said}" for said, number in tally.items() if number]
    return f"{count(len(every), 'seat')} on record: {listed(parts_)}." if every else ""


_COUNTED = {
    "voting": "with a vote",
    "non-voting": "without a vote",
    "barred": "barred by law from voting",
    "not stated": "where the vote is not recorded",
}


def quorum(snapshot: Snapshot, body: str) -> Table:
    """How many must be there for it to decide."""
    return table(
        snapshot, "How many must be there to decide", ("Rule",),
        snapshot.referring(body, QuorumRule),
        lambda name, each: (
            Link(each.sentence(snapshot.name), path_of(name)),
        ),
    )  # fmt: skip


def _relations(snapshot: Snapshot, body: str) -> list[tuple[str, Relation]]:
    return list(snapshot.referring(body, Relation))


_ANSWERING = {"accountable to", "reports to"}
_DIRECTING = {"directs", "cannot direct", "oversees"}


def answers(snapshot: Snapshot, body: str) -> Table:
    """To whom it answers, and who answers to it."""
    found = [(n, r) for n, r in _relations(snapshot, body) if r.type in _ANSWERING]
    return _relation_table(
        snapshot, body, "Who answers to whom", found,
        empty="To whom it answers is not recorded.",
        intro="To answer to a body is not to be directed by it.",
    )  # fmt: skip


def directs(snapshot: Snapshot, body: str) -> Table:
    """Who directs whom, which is another matter."""
    found = [(n, r) for n, r in _relations(snapshot, body) if r.type in _DIRECTING]
    return _relation_table(snapshot, body, "Who directs or oversees whom", found)


def other_relations(snapshot: Snapshot, body: str) -> Table:
    """How else it stands to others."""
    known = _ANSWERING | _DIRECTING
    found = [(n, r) for n, r in _relations(snapshot, body) if r.type not in known]
    return _relation_table(snapshot, body, "Works with", found)


def _relation_table(
    snapshot: Snapshot, body: str, title: str, found: list[tuple[str, Relation]], *,
    empty: str = "Not recorded.", intro: str = "",
) -> Table:  # fmt: skip
    found.sort(key=lambda pair: (pair[1].who != body, pair[1].type))
    return table(
        snapshot, title, ("Who", "How", "Whom", "In what capacity"), found,
        lambda name, each: (
            link_to(snapshot, each.who), Link(capital(each.type), path_of(name)),
            link_to(snapshot, each.to_whom), each.capacity or "Not recorded",
        ),
        empty=empty,
        intro=intro if found else "",
    )  # fmt: skip


def parts(snapshot: Snapshot, body: str) -> Table:
    """Its committees and parts."""
    found = [(name, each) for name, each in snapshot.referring(body, Body) if body in each.parents]
    return table(
        snapshot, "Its committees and parts", ("Body", "Kind"), found,
        lambda name, each: (link_to(snapshot, name), Link(each.type, tag="term")),
    )  # fmt: skip


def posts(snapshot: Snapshot, body: str) -> Table:
    """Its offices and who holds them."""
    found = [(name, each) for name, each in snapshot.referring(body, Post) if body in each.bodies]
    return table(
        snapshot, "Offices", ("Office", "Held by"), found,
        lambda name, _: (link_to(snapshot, name), holders(snapshot, name)),
    )  # fmt: skip


_EXTENT = {"whole": "All of it", "part": "Part of it", "not stated": "Not recorded"}


def coverage(snapshot: Snapshot, body: str) -> Table:
    """Where it provides services."""
    return table(
        snapshot, "Where it provides services", ("Area", "How much of it", "Service"),
        snapshot.referring(body, Coverage),
        lambda name, each: (
            link_to(snapshot, each.area) if each.area else Link(f"“{each.area_printed}”"),
            Link(_EXTENT[each.extent], path_of(name)), each.service or "Not recorded",
        ),
    )  # fmt: skip


def orders(snapshot: Snapshot, body: str) -> Table:
    """The orders that set it up, change it or end it."""
    return table(
        snapshot, "Orders", ("Order", "Effect", "Made"), snapshot.referring(body, Order),
        lambda name, each: (
            link_to(snapshot, name), each.type.capitalize(), _day(each.made),
        ),
    )  # fmt: skip


def constitutions(snapshot: Snapshot, body: str) -> Table:
    """Its constitutions."""
    found = [
        (name, each) for name, each in snapshot.referring(body, Constitution) if each.body == body
    ]
    return table(
        snapshot, "Constitution", ("Version", "Approved by NHS England"), found,
        lambda name, each: (link_to(snapshot, name), _day(each.approved)),
    )  # fmt: skip


def publications(snapshot: Snapshot, body: str) -> Table:
    """What it has published of what it must."""
    return table(
        snapshot, "What it has published", ("What", "Published on"),
        snapshot.referring(body, Publication),
        lambda name, each: (Link(capital(each.type), path_of(name)), _day(each.on)),
    )  # fmt: skip


def meetings(snapshot: Snapshot, body: str) -> Table:
    """Its meetings, the latest first."""
    found = sorted(snapshot.referring(body, Meeting), key=lambda pair: pair[1].when, reverse=True)
    return table(
        snapshot, "Meetings", ("Day", "Evidence", "In public"), found,
        lambda name, each: (
            Link(stated(each.when), path_of(name)), each.type.capitalize(), _yes(each.public),
        ),
    )  # fmt: skip


def transfers(snapshot: Snapshot, body: str) -> Table:
    """What passed from it and to it."""
    return table(
        snapshot, "What passed to or from it", ("What", "From", "To"),
        snapshot.referring(body, Transfer),
        lambda name, each: (
            Link(capital(each.type), path_of(name)), link_to(snapshot, each.giver),
            link_to(snapshot, each.taker),
        ),
    )  # fmt: skip


def _day(given: str | None) -> str:
    return stated(given) if given else "Not recorded"


def _yes(given: bool | None) -> str:  # noqa: FBT001  # it is the value to be put in words
    return "Not recorded" if given is None else "Yes" if given else "No"


# --- seats and posts -----------------------------------------------------------------------------


def seat_sections(snapshot: Snapshot, seat: str) -> list[Table]:
    """Who holds a seat or post, and what they have declared."""
    appointed = table(
        snapshot, "Who holds it", ("Holder", "Party", "Employer"),
        ((n, a) for n, a in snapshot.referring(seat, Appointment) if a.holds == seat),
        lambda name, each: (
            link_to(snapshot, name), each.party or "Not recorded",
            link_to(snapshot, each.employer) if each.employer else Link("Not recorded"),
        ),
        empty="Who holds it is not recorded.",
    )  # fmt: skip
    vacant = table(
        snapshot, "Vacancies", ("Vacancy", "Why"), snapshot.referring(seat, Vacancy),
        lambda name, each: (link_to(snapshot, name), each.reason or "Not recorded"),
    )  # fmt: skip
    declared = table(
        snapshot, "Interests declared", ("With whom", "Kind", "What is done about it"),
        snapshot.referring(seat, Interest),
        lambda name, each: (
            Link(each.organisation, path_of(name)), capital(each.type),
            each.action or "Not recorded",
        ),
        empty="No declared interest is recorded.",
    )  # fmt: skip
    return [
        *([] if vacant.rows and not appointed.rows else [appointed]),
        *_if_any(vacant),
        declared,
    ]
