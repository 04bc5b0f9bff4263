"""The committee handbook, written out for publication: who meets, for what, with which powers."""

from collections.abc import Iterable, Iterator

from commonweal.authority.register import SILENT_MODELS, register
from commonweal.authority.scheme import cited, manuscript
from commonweal.bodies.answering import answers_to
from commonweal.bodies.facts import Body, QuorumRule, Seat
from commonweal.record.identifiers import a
from commonweal.record.manuscript import (
    Block,
    Heading,
    Line,
    Manuscript,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital

from .terms import chapter

COLLEGIATE = frozenset(
    {
        "integrated care board",
        "integrated care partnership (statutory)",
        "integrated care partnership (acute footprint, 2018)",
        "health and wellbeing board",
        "place board",
        "place forum",
        "joint committee",
        "committee",
        "scrutiny committee",
        "council body",
        "leadership group",
        "reference group",
        "task and finish group",
    }
)
"""Kinds of body that meet: boards, committees, forums and groups."""

_HEADS = ("Who meets", "What it is", "May it decide", "Members", "Quorum", "Answers to")


def committees(snapshot: Snapshot, bodies: Iterable[str]) -> tuple[str, ...]:
    """Of some bodies, those that meet, boards first, then by name."""
    facts = snapshot.all(Body)
    found = [each for each in bodies if each in facts and facts[each].type in COLLEGIATE]
    first = "integrated care board"
    return tuple(sorted(found, key=lambda each: (facts[each].type != first, facts[each].name)))


def handbook_of(snapshot: Snapshot, bodies: Iterable[str], about: str) -> Manuscript:
    """The handbook of some committees.

    about  whose committees they are: a body, or the area of a system
    """
    every = tuple(bodies)
    rows = tuple(_summary(snapshot, each) for each in every)
    blocks: list[Block] = [
        Table("Boards, committees, forums and groups", _HEADS, rows,
              "No board, committee, forum or group is on record for this day.",
              (4, 3, 4, 2, 3, 4)),
    ]  # fmt: skip
    for each in every:
        blocks += [Heading(snapshot.name(each)), *chapter(snapshot, each)]
    return manuscript(
        snapshot, f"Committee handbook: {snapshot.name(about)}", about, tuple(blocks),
        "Who meets, what each is for, who sits on it and votes, what it may decide and to whom it "
        "answers.",
    )  # fmt: skip


def _summary(snapshot: Snapshot, body: str) -> Row:
    fact = snapshot.all(Body)[body]
    quorum = [rule for _, rule in snapshot.referring(body, QuorumRule) if rule.body == body]
    seats = [seat for _, seat in snapshot.referring(body, Seat) if seat.body == body]
    return row(
        Run(fact.name, body),
        f"{capital(a(fact.type))} ({_stage(fact)})",
        may_decide(snapshot, body),
        str(len(seats)) if seats else "",
        [f"{rule.members}{' voting' if rule.voting_only else ''}" for rule in quorum],
        list(_answers(snapshot, body)),
        key=body,
        sources=cited(snapshot, [fact]),
    )


def _stage(fact: Body) -> str:
    return fact.status if fact.stage == "not stated" else f"{fact.status}, {fact.stage}"


def _answers(snapshot: Snapshot, body: str) -> Iterator[Line]:
    for each in answers_to(snapshot, body):
        yield line(f"{capital(each.how)} ", Run(snapshot.name(each.to), each.to))


def may_decide(snapshot: Snapshot, body: str) -> str:
    """Whether a body may decide anything on the day, in one short sentence."""
    entries = register(snapshot)
    fact = entries.bodies[body]
    silent = SILENT_MODELS.get(fact.place_model or "")
    if silent or fact.type == "place forum":
        said = silent or SILENT_MODELS["consultative forum"]
        return f"No: {said}"
    if body in entries.roots:
        return "Yes, by law"
    sound = [hop for hop in entries.to.get(body, ()) if not entries.faults_of(hop.name)]
    if sound:
        stated = any(hop.fact.limit != "not stated" for hop in sound)
        upto = "" if stated else ", up to how much is not recorded"
        return f"Yes, as delegated to it{upto}"
    if entries.to.get(body):
        return "Cannot be told: too little of what was delegated to it is recorded"
    if entries.faulty.get(body):
        return "No: what is on record for it is only proposed or has no effect"
    return "Not recorded"
