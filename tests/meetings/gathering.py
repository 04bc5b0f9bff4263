"""A board in Kent with seven seats, a quorum and one meeting, to which a test adds what it is about."""

from datetime import date

from commonweal.bodies.facts import QuorumRule
from commonweal.meetings.decided import Decision, Vote
from commonweal.meetings.facts import AgendaItem, Attendance, Conflict, Meeting
from tests.making import BOARD, a, kent, seat

DAY = date(2023, 7, 13)
MEETING = "kent/meeting/july"
FIRST, SECOND, THIRD = (f"kent/item/{n}" for n in (1, 2, 3))
QUORUM = "kent/quorum/board"

CHAIR = seat("chair", "chair", voting="voting")
LAY = seat("lay", "non-executive", voting="voting")
NURSE = seat("nurse", "director of nursing", voting="voting")
MONEY = seat("money", "director of finance", voting="voting")
TRUSTS = seat("trusts", "partner: NHS trusts", voting="voting")
WATCH = seat("watch", "local Healthwatch", voting="non-voting")
EXTRA = seat("extra", "other", voting="not stated", basis="co-opted")
SEATS = (CHAIR, LAY, NURSE, MONEY, TRUSTS, WATCH, EXTRA)
VOTING = SEATS[:5]


def named(item):
    """The identifier of something made for a test."""
    return item.entity


def came(*seats, **fields):
    """Everybody in these seats came; all other seats sent apologies."""
    for each in SEATS:
        there = each in seats
        how = {"type": "in person", **fields} if there else {"type": "apologies"}
        slug = each.entity.split("/")[2]
        yield a(f"kent/attendance/{slug}", Attendance(meeting=MEETING, who=each.entity, **how))


def meeting(*more, seats=SEATS, voting_only=True, members=3, categories=None, **fields):
    """The record with one meeting of three items, and whatever else is given."""
    facts = {"body": BOARD, "when": DAY.isoformat(), "type": "held", "notice": "2023-07-06"}
    rule = QuorumRule(
        body=BOARD, members=members, voting_only=voting_only, categories=categories or {}
    )
    items = (
        a(name, AgendaItem(meeting=MEETING, number=str(n), name=f"Item {n}"))
        for n, name in enumerate((FIRST, SECOND, THIRD), start=1)
    )
    return kent(
        *seats,
        a(QUORUM, rule),
        a(MEETING, Meeting(**{**facts, **fields})),
        *items,
        *more,
    )(DAY)


def conflict(of, what, item=SECOND, **fields):
    fact = Conflict(item=item, of=named(of), nature="a shareholding", type=what, **fields)
    return a(f"kent/conflict/{named(of).split('/')[2]}", fact)


def votes(*, pro=(), con=(), idle=()):
    """Votes by seat."""
    cast = {"for": pro, "against": con, "abstained": idle}
    return tuple(Vote(seat=named(s), cast=how) for how, seats in cast.items() for s in seats)


DECISION = "kent/decision/one"


def decided(how="vote", item=SECOND, **fields):
    return a(DECISION, Decision(name="Open a clinic", item=item, type=how, **fields))
