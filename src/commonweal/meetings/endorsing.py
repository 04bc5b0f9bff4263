"""One proposal put to many bodies: what each said, and what that comes to."""

from collections.abc import Mapping
from typing import NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import listed

from .agenda import in_order
from .decided import Endorsement, Proposal

WAITING = "no answer on record"


class Tally(NamedTuple):
    """What the bodies said to one proposal.

    waiting     bodies asked of which no answer is on record
    unasked     bodies that answered without being among those asked
    noted       bodies that only noted it, which is no endorsement
    all_needed  as the proposal says; None: not stated
    """

    proposal: str
    endorsed: tuple[str, ...]
    with_changes: tuple[str, ...]
    rejected: tuple[str, ...]
    put_off: tuple[str, ...]
    waiting: tuple[str, ...]
    unasked: tuple[str, ...]
    all_needed: bool | None
    noted: tuple[str, ...] = ()

    def in_words(self) -> str:
        """The counts as one sentence."""
        counts = (
            (len(self.endorsed), "endorsed it"),
            (len(self.with_changes), "endorsed it with changes"),
            (len(self.rejected), "rejected it"),
            (len(self.put_off), "put it off"),
            (len(self.noted), "only noted it"),
            (len(self.waiting), "have no answer on record"),
        )
        said = listed(f"{number} {what}" for number, what in counts if number)
        return f"Of the bodies asked: {said}." if said else "No body asked is on record."


class Cell(NamedTuple):
    """What one body said to one proposal: the answer, and the endorsement that says so."""

    answer: str
    endorsement: str | None


class Matrix(NamedTuple):
    """Proposals against bodies."""

    proposals: tuple[str, ...]
    bodies: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]


def answers(snapshot: Snapshot, proposal: str) -> dict[str, tuple[str, Endorsement]]:
    """The answer of each body: the last on record where one answered again."""
    found: dict[str, tuple[str, Endorsement]] = {}
    given = sorted(snapshot.referring(proposal, Endorsement), key=lambda e: (e[1].on or "", e[0]))
    for name, endorsement in given:
        found[endorsement.body] = (name, endorsement)
    return found


def tally(snapshot: Snapshot, proposal: str) -> Tally:
    """What the bodies said to a proposal."""
    fact = snapshot.fact(proposal)
    asked = fact.put_to if isinstance(fact, Proposal) else ()
    given = answers(snapshot, proposal)

    def who(answer: str) -> tuple[str, ...]:
        return tuple(body for body, (_, e) in given.items() if e.type == answer)

    return Tally(
        proposal=proposal,
        endorsed=who("endorsed"),
        with_changes=who("endorsed with changes"),
        rejected=who("rejected"),
        put_off=who("put off"),
        waiting=tuple(body for body in asked if body not in given),
        unasked=tuple(body for body in given if body not in asked),
        all_needed=fact.all_needed if isinstance(fact, Proposal) else None,
        noted=who("noted"),
    )


def matrix(snapshot: Snapshot, system: str) -> Matrix:
    """Every proposal of a system against every body that was asked or answered."""
    found = {
        name: proposal
        for name, proposal in snapshot.all(Proposal).items()
        if name.partition("/")[0] == system
    }
    order = sorted(found, key=lambda name: (in_order(found[name].number or ""), name))
    bodies: dict[str, None] = {}
    cells: dict[tuple[str, str], Cell] = {}
    for name in order:
        given = answers(snapshot, name)
        for body in (*found[name].put_to, *given):
            bodies[body] = None
            own, said = given.get(body, (None, None))
            cells[name, body] = Cell(said.type if said else WAITING, own)
    return Matrix(tuple(order), tuple(sorted(bodies, key=snapshot.name)), cells)


def where_it_stands(snapshot: Snapshot, proposal: str) -> str:
    """How far a proposal with several stages has come, as one sentence."""
    fact = snapshot.fact(proposal)
    route = fact.route if isinstance(fact, Proposal) else ()
    if not route:
        return "It goes to no series of bodies on record."
    past = [stage for stage in route if stage.outcome]
    ahead = [stage for stage in route if not stage.outcome]
    last = f"last: {snapshot.name(past[-1].body)}, {past[-1].outcome}" if past else "none yet"
    if not ahead:
        return f"All {len(route)} stages have an outcome; {last}."
    when = f" ({in_words(ahead[0].on)})" if ahead[0].on else ""
    coming = f"{snapshot.name(ahead[0].body)}{when}"
    return (
        f"{len(past)} of {len(route)} stages have an outcome; {last}; next without one: {coming}."
    )
