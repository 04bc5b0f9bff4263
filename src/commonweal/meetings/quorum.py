"""Whether enough members were there for an item, after those who left or had to stand aside."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from commonweal.bodies.boards import Sitting, members
from commonweal.bodies.facts import QuorumRule, Seat
from commonweal.record.findings import Finding, Outcome
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import sources_of, stands
from commonweal.record.wording import counted, listed

from .agenda import attended, conflicts_at, meeting_of, on_the_day, seats_filled
from .facts import Conflict, Meeting

_ASIDE = frozenset(
    {"left the meeting", "stayed without speaking or voting", "spoke but did not vote"}
)
_SET_LOCALLY = "The body's own terms; no Act gives a number"


class Place(NamedTuple):
    """One seat at one item: whether its holder counts towards the quorum, and why."""

    seat: str
    counts: Outcome
    because: str


def stands_aside(conflict: Conflict) -> Outcome:
    """Whether an interest takes its holder out of an item: met, if it does.

    Somebody allowed by the chair or a dispensation, with a reason on record, takes part.
    """
    if conflict.type == "not stated":
        return "cannot tell"
    allowed = conflict.type == "took full part" and conflict.because
    return "not met" if allowed else "met"


def places(snapshot: Snapshot, name: str, rule: QuorumRule) -> tuple[Place, ...]:
    """Each member's seat at a meeting or item, and whether it counts.

    snapshot  any day on which the meeting is on record: seats are read on the day it met
    """
    meeting, held, item = meeting_of(snapshot, name)
    then = on_the_day(snapshot, held)
    if then is None:
        return ()
    filled = set(seats_filled(snapshot, meeting, item))
    told = {
        seat for _, a in attended(snapshot, meeting) for seat in (a.who, a.on_behalf_of) if seat
    }
    conflicts = {c.of: c for _, c in conflicts_at(snapshot, item)} if item else {}
    return tuple(
        _place(sitting, rule, conflicts.get(sitting.name), _was_there(sitting.name, filled, told))
        for sitting in members(then, held.body)
    )


def _was_there(seat: str, filled: Iterable[str], told: Iterable[str]) -> Outcome:
    if seat in filled:
        return "met"
    return "not met" if seat in told else "cannot tell"


def _place(sitting: Sitting, rule: QuorumRule, conflict: Conflict | None, there: Outcome) -> Place:
    tests = [(there, _THERE[there]), _vote_test(sitting.seat, rule)]
    if conflict:
        aside = stands_aside(conflict)
        counts: dict[Outcome, Outcome] = {"met": "not met", "not met": "met"}
        tests.append((counts.get(aside, aside), f"has an interest in the item: {conflict.type}"))
    for outcome in ("not met", "cannot tell"):
        for found, because in tests:
            if found == outcome:
                return Place(sitting.name, found, because)
    return Place(sitting.name, "met", "was there")


_THERE: dict[Outcome, str] = {
    "met": "was there",
    "not met": "was not there for the item",
    "cannot tell": "may have been there: nothing is on record",
}


def _vote_test(seat: Seat, rule: QuorumRule) -> tuple[Outcome, str]:
    """A co-opted member counts only with a vote, whatever the rule; others as the rule says."""
    if not rule.voting_only and seat.basis != "co-opted":
        return "met", "is a member"
    if seat.voting == "not stated":
        return "cannot tell", "is not on record as voting or not"
    return ("met" if seat.voting == "voting" else "not met"), f"is {seat.voting}"


def quorum_rule(snapshot: Snapshot, body: str) -> QuorumRule | None:
    """The rule that says how many must be there, if one stands on the day."""
    found = [r for _, r in sorted(snapshot.referring(body, QuorumRule)) if stands(r)]
    return next((rule for rule in found if rule.body == body), None)


def quorum(snapshot: Snapshot, name: str) -> Finding:
    """Whether a meeting had its quorum, at the start or, for an item, when the item was taken.

    name  a meeting or an agenda item
    """
    meeting, held, _ = meeting_of(snapshot, name)
    then = on_the_day(snapshot, held)
    rule = quorum_rule(then, held.body) if then else None
    if then is None or rule is None:
        why = "no quorum is on record" if then else "the day it met is not stated exactly"
        return _found(name, "cannot tell", f"For {snapshot.name(held.body)} {why}.", held)
    if not attended(snapshot, meeting):
        return _found(name, "cannot tell", "Who was there is not on record.", held, rule)
    found = places(snapshot, name, rule)
    outcome = _enough(then, rule, found)
    return _found(name, outcome, _in_words(then, rule, found), held, rule)


def _enough(snapshot: Snapshot, rule: QuorumRule, found: Iterable[Place]) -> Outcome:
    """Met if those who surely count are enough; not met if even those who may count are not."""
    sure, possible = (
        [p.seat for p in found if p.counts in allowed]
        for allowed in (("met",), ("met", "cannot tell"))
    )
    if not list(_wanting(snapshot, rule, sure)):
        return "met"
    return "not met" if list(_wanting(snapshot, rule, possible)) else "cannot tell"


def _wanting(snapshot: Snapshot, rule: QuorumRule, seats: list[str]) -> Iterator[str]:
    """What is still wanting for a quorum, in words."""
    if len(seats) < rule.members:
        yield f"{rule.members - len(seats)} of the {rule.members} members"
    kinds = [s.type for seat in seats if isinstance(s := snapshot.get(seat), Seat)]
    for category, fewest in rule.categories.items():
        if (there := sum(kind == category for kind in kinds)) < fewest:
            yield f"{fewest - there} of the category {category}"


def _in_words(snapshot: Snapshot, rule: QuorumRule, found: tuple[Place, ...]) -> str:
    sure = [p.seat for p in found if p.counts == "met"]
    doubtful = [p for p in found if p.counts == "cannot tell"]
    aside = [p for p in found if p.counts == "not met" and p.because.startswith("has an interest")]
    wanting = listed(_wanting(snapshot, rule, sure))
    parts = [f"{counted(len(sure), 'member')} counted; {rule.members} are asked for"]
    if wanting:
        parts.append(f"wanting: {wanting}")
    if aside:
        names = listed(snapshot.name(p.seat) for p in aside)
        parts.append(f"left out for an interest: {names}")
    if doubtful and wanting:
        parts.append(f"{counted(len(doubtful), 'more seat')} may or may not count")
    return f"{'; '.join(parts)}."


def _found(
    name: str, outcome: Outcome, because: str, meeting: Meeting, rule: QuorumRule | None = None
) -> Finding:
    facts = (meeting, rule) if rule else (meeting,)
    return Finding(
        rule="quorum",
        outcome=outcome,
        subject=name,
        because=because,
        source=_SET_LOCALLY,
        sources=sources_of(*facts),
        about=(meeting.body,),
    )
