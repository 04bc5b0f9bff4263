"""Who may vote on an item on the day it is taken, and what a vote comes to."""

from typing import Literal, NamedTuple

from commonweal.bodies.facts import Seat
from commonweal.record.findings import Outcome
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.wording import listed

from .agenda import conflicts_at, meeting_of, on_the_day, seats_filled
from .decided import Decision
from .facts import Conflict
from .quorum import stands_aside

_BY_ONE = frozenset({"urgent", "delegated"})
_PRESIDE = frozenset({"chair", "vice-chair"})


class Voice(NamedTuple):
    """One seat filled at an item: whether its holder may vote on it, and why."""

    seat: str
    may_vote: Outcome
    because: str


class Result(NamedTuple):
    """What a decision came to, counted afresh.

    outcome     carried, lost or tied; noted; or cannot tell
    of_no_weight  votes that do not count, each with the reason
    """

    outcome: Literal["carried", "lost", "tied", "noted", "cannot tell"]
    votes_for: int
    votes_against: int
    abstained: int
    because: str
    of_no_weight: tuple[tuple[str, str], ...] = ()


def who_may_vote(snapshot: Snapshot, item: str) -> tuple[Voice, ...]:
    """Each seat that was filled when an item was taken, and whether its holder may vote on it.

    Seats are read on the day of the meeting, whatever the day of the snapshot.
    """
    meeting, held, _ = meeting_of(snapshot, item)
    then = on_the_day(snapshot, held)
    conflicts = {c.of: c for _, c in conflicts_at(snapshot, item)}
    return tuple(
        _voice(then, held.body, seat, conflicts.get(seat))
        for seat in seats_filled(snapshot, meeting, item)
    )


def _voice(then: Snapshot | None, body: str, name: str, conflict: Conflict | None) -> Voice:
    if then is None:
        return Voice(name, "cannot tell", "the day of the meeting is not stated exactly")
    seat = then.get(name)
    if not isinstance(seat, Seat) or seat.body != body or not stands(seat):
        return Voice(name, "not met", "has no seat there on the day")
    aside = stands_aside(conflict) if conflict else "not met"
    if conflict and aside == "met" and seat.voting in {"voting", "not stated"}:
        return Voice(name, "not met", f"has an interest in the item: {conflict.type}")
    if aside == "cannot tell" and seat.voting == "voting":
        return Voice(name, "cannot tell", "has an interest; what was done about it is not stated")
    return Voice(name, *_vote_of(seat))


def _vote_of(seat: Seat) -> tuple[Outcome, str]:
    if seat.voting == "barred":
        reason = f": {seat.bar.reason.rstrip('.')}" if seat.bar else ""
        return "not met", f"is barred by law from voting{reason}"
    said: dict[str, tuple[Outcome, str]] = {
        "voting": ("met", "votes"),
        "non-voting": ("not met", "has a seat without a vote"),
    }
    return said.get(seat.voting, ("cannot tell", "is not on record as voting or not"))


def result(snapshot: Snapshot, decision: Decision) -> Result:
    """What a decision comes to by the votes on record.

    Agreement carries if nobody is down against. A vote goes by more for than against, without
    abstentions; a tie by the casting vote of a chair or vice-chair who may vote. A decision of
    one office-holder is carried by being made.
    """
    if decision.type == "noted":
        return Result("noted", 0, 0, 0, "Only noted: nothing was decided.")
    if decision.item is None or (decision.type in _BY_ONE and not decision.votes):
        return Result("carried", 0, 0, 0, "Made by one to whom it falls; no vote is asked for.")
    if decision.type == "not stated" and not decision.votes:
        return Result("cannot tell", 0, 0, 0, "How it was decided is not on record.")
    voices = {voice.seat: voice for voice in who_may_vote(snapshot, decision.item)}
    spoilt = tuple(
        (vote.seat, _why_not(voices.get(vote.seat)))
        for vote in decision.votes
        if _why_not(voices.get(vote.seat))
    )
    refused = {seat for seat, _ in spoilt}
    good = [vote.cast for vote in decision.votes if vote.seat not in refused]
    count = good.count("for"), good.count("against"), good.count("abstained")
    if decision.type == "consensus":
        return _by_agreement(count, spoilt)
    return _by_vote(snapshot, decision, voices, count, spoilt)


def _why_not(voice: Voice | None) -> str:
    if voice is None:
        return "was not there for the item, as far as is on record"
    return voice.because if voice.may_vote == "not met" else ""


def _by_agreement(count: tuple[int, int, int], spoilt: tuple[tuple[str, str], ...]) -> Result:
    if count[1]:
        because = f"Recorded as agreed by all, but {count[1]} voted against."
        return Result("cannot tell", *count, because, spoilt)
    return Result("carried", *count, "Agreed; nobody is down against it.", spoilt)


def _by_vote(
    snapshot: Snapshot,
    decision: Decision,
    voices: dict[str, Voice],
    count: tuple[int, int, int],
    spoilt: tuple[tuple[str, str], ...],
) -> Result:
    pro, con, idle = count
    said = f"{pro} for, {con} against, {idle} abstained"
    if spoilt:
        lost = listed(f"{snapshot.name(seat)} ({why})" for seat, why in spoilt)
        said = f"{said}; of no weight: {lost}"
    if not pro and not con:
        return Result("cannot tell", *count, f"No vote that counts is on record: {said}.", spoilt)
    if pro != con:
        return Result("carried" if pro > con else "lost", *count, f"{said}.", spoilt)
    chair = snapshot.get(decision.casting_by) if decision.casting_by else None
    voice = voices.get(decision.casting_by or "")
    if isinstance(chair, Seat) and chair.type in _PRESIDE and voice and voice.may_vote == "met":
        won = decision.casting_vote == "for"
        because = (
            f"{said}; decided by the casting vote of {snapshot.name(decision.casting_by or '')}."
        )
        return Result("carried" if won else "lost", *count, because, spoilt)
    return Result("tied", *count, f"{said}; no casting vote that counts is on record.", spoilt)
