"""Terms of reference of one body, as far as the record holds them, written out for publication.

The subjects are those that terms of reference usually have; where the record is silent, it says so.
"""

from collections.abc import Iterable, Iterator

from commonweal.authority.dispositions import Grant, scheme
from commonweal.authority.limits_in_words import doubts, limit_in_words, terms_in_words
from commonweal.authority.register import SILENT_MODELS, register
from commonweal.authority.scheme import cited, days, in_document, manuscript
from commonweal.bodies.answering import answers_to
from commonweal.bodies.boards import members
from commonweal.bodies.facts import Body, QuorumRule, Seat
from commonweal.bodies.forums import children
from commonweal.record.manuscript import (
    NOT_RECORDED,
    Block,
    Line,
    Manuscript,
    Note,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.when import in_words
from commonweal.record.wording import capital, counted

from .facts import Meeting

type _Lines = list[str | Run | Line]

_SILENT = (
    "Deputies", "Conflicts of interest", "Urgent decisions", "Secretariat", "Review",
)  # fmt: skip
"""Subjects of which the record has no kind of fact: what terms say of them is not kept as data."""

_VOTES = {
    "voting": "Votes",
    "non-voting": "Does not vote",
    "barred": "Barred by law from voting",
    "not stated": NOT_RECORDED,
}


def terms_of(snapshot: Snapshot, body: str) -> Manuscript:
    """The terms of reference of a body on the snapshot's day."""
    return manuscript(
        snapshot, f"Terms of reference: {snapshot.name(body)}", body,
        tuple(chapter(snapshot, body)),
        "What the record holds of what the body is for, who sits on it, what it may decide and "
        "how it works.",
    )  # fmt: skip


def chapter(snapshot: Snapshot, body: str) -> Iterator[Block]:
    """The terms of a body, without a heading: the subjects, then members, powers and meetings."""
    fact = snapshot.fact(body)
    if not isinstance(fact, Body):
        return
    name = snapshot.name(body)
    if not stands(fact) or fact.stage not in {"not stated", "existing", "statutory"}:
        yield Note(line(f"On this day {name} is recorded as: {_standing(fact)}."))
    yield Table(f"Terms of {name}", ("Subject", "What the record holds"),
                tuple(_subjects(snapshot, body, fact)), widths=(1, 3))  # fmt: skip
    yield _members(snapshot, body)
    yield from _powers(snapshot, body)
    yield _meetings(snapshot, body)


def _standing(fact: Body) -> str:
    stage = "" if fact.stage in {"not stated", fact.status} else f", {fact.stage}"
    return f"{fact.status}{stage}"


def _subjects(snapshot: Snapshot, body: str, fact: Body) -> Iterator[Row]:
    own = cited(snapshot, [fact])
    yield row("Kind and legal status", [capital(fact.type), _legal(fact)],
              key="kind", sources=own)  # fmt: skip
    yield row("Standing", capital(f"{_standing(fact)}, {days(snapshot, body)}"),
              key="standing", sources=own)  # fmt: skip
    yield _documents(snapshot, body)
    yield row("Purpose", fact.purpose or "", key="purpose", sources=own if fact.purpose else ())
    yield row("Area", [Run(snapshot.name(each), each) for each in fact.areas], key="area",
              sources=own if fact.areas else ())  # fmt: skip
    if fact.place_model:
        silent = SILENT_MODELS.get(fact.place_model)
        said = f"{fact.place_model.capitalize()}{f': {silent}' if silent else ''}"
        yield row("How it decides", said, key="model", sources=own)
    yield _chair(snapshot, body)
    yield _quorum(snapshot, body)
    yield _answers(snapshot, body)
    yield row("Committees and parts", [Run(each.name, name) for name, each in
              children(snapshot, body)] or "None on record", key="parts")  # fmt: skip
    for subject in _SILENT:
        yield row(subject, NOT_RECORDED, key=subject)


def _legal(fact: Body) -> str:
    return "Legal status not recorded" if fact.legal == "not stated" else fact.legal.capitalize()


def _documents(snapshot: Snapshot, body: str) -> Row:
    """Its documents, those in force and those only drafted side by side."""
    papers = [
        (name, paper)
        for name, paper in register(snapshot).instruments.items()
        if body == paper.body or (body in paper.parties and paper.body is None)
    ]
    lines: _Lines = [
        line(Run(paper.name, name), f": {paper.status}, {days(snapshot, name)}")
        for name, paper in papers
    ]
    return row("Documents", lines, key="documents",
               sources=cited(snapshot, (paper for _, paper in papers)))  # fmt: skip


def _chair(snapshot: Snapshot, body: str) -> Row:
    chairs = [each for each in members(snapshot, body) if each.seat.type == "chair"]
    lines: _Lines = [line(Run(each.seat.label(snapshot.name), each.name)) for each in chairs]
    return row("Chair", lines, key="chair",
               sources=cited(snapshot, (each.seat for each in chairs)))  # fmt: skip


def _quorum(snapshot: Snapshot, body: str) -> Row:
    rules = [rule for _, rule in snapshot.referring(body, QuorumRule) if rule.body == body]
    lines: _Lines = [_quorum_in_words(rule) for rule in rules]
    return row("Quorum", lines, key="quorum", sources=cited(snapshot, rules))


def _quorum_in_words(rule: QuorumRule) -> str:
    who = "voting members" if rule.voting_only else "members"
    among = "".join(
        f", among them {counted(number, category)}" for category, number in rule.categories.items()
    )
    status = f" ({rule.status})" if rule.status != "in force" else ""
    return f"{rule.members} {who}{among}{status}"


def _answers(snapshot: Snapshot, body: str) -> Row:
    found = answers_to(snapshot, body)
    lines: _Lines = [
        line(f"{capital(each.how)} ", Run(snapshot.name(each.to), each.to)) for each in found
    ]
    facts = (snapshot.fact(each.fact) for each in found)
    return row("Answers to", lines, key="answers", sources=cited(snapshot, facts))


# --- members, powers, meetings -------------------------------------------------------------------


def _members(snapshot: Snapshot, body: str) -> Table:
    """Every seat on record, those only proposed too."""
    held = {each.name: each for each in members(snapshot, body)}
    seats = [(name, seat) for name, seat in snapshot.referring(body, Seat) if seat.body == body]
    seats.sort(key=lambda pair: (pair[1].type != "chair", pair[1].role, pair[0]))
    rows = tuple(
        row(
            Run(seat.label(snapshot.name), name),
            _vote(seat),
            [holder.holder for _, holder in held[name].held_by] if name in held else "",
            seat.status.capitalize(),
            key=name,
            sources=cited(snapshot, [seat]),
        )
        for name, seat in seats
    )
    heads = ("Seat", "Vote", "Held by", "Standing")
    return Table(f"Members of {snapshot.name(body)}", heads, rows, widths=(4, 3, 3, 2))


def _vote(seat: Seat) -> str:
    law = f" ({seat.bar.law})" if seat.bar and seat.bar.law else ""
    because = f": {seat.bar.reason}{law}" if seat.bar else ""
    return f"{_VOTES[seat.voting]}{because}"


def _powers(snapshot: Snapshot, body: str) -> Iterator[Table]:
    """What it may decide by itself or was given; what is proposed for it stands apart."""
    name = snapshot.name(body)
    found = scheme(snapshot, body)
    rows = [_by_law(snapshot, power) for power in _laws(snapshot, body)]
    rows += [
        _given(snapshot, hop.name)
        for hop in sorted(register(snapshot).to.get(body, ()), key=lambda hop: hop.name)
    ]
    yield Table(f"What {name} may decide", _POWER_HEADS, tuple(rows), widths=(3, 3, 3, 3, 4))
    coming = [each for each in found.coming if each.taker == body]
    if coming:
        yield Table(f"Proposed for {name}, not in force", _POWER_HEADS,
                    tuple(_proposed(snapshot, each) for each in coming),
                    widths=(3, 3, 3, 3, 4))  # fmt: skip


_POWER_HEADS = ("Function", "From", "Limit", "Terms", "Document and standing")


def _laws(snapshot: Snapshot, body: str) -> Iterable[str]:
    return dict.fromkeys(root.power for root in register(snapshot).roots.get(body, ()))


def _by_law(snapshot: Snapshot, name: str) -> Row:
    power = register(snapshot).powers[name]
    return row(
        Run(snapshot.name(power.function), power.function), "The law", "None in law", "None",
        line(Run(power.law or NOT_RECORDED, name), f"; {days(snapshot, name)}"),
        key=name, sources=cited(snapshot, [power]),
    )  # fmt: skip


def _given(snapshot: Snapshot, name: str) -> Row:
    fact, faults = register(snapshot).delegations[name], register(snapshot).faults_of(name)
    return _proposed(snapshot, Grant(name, fact, fact.giver, fact.taker, False, faults))  # noqa: FBT003  # which of them it is does not matter here


def _proposed(snapshot: Snapshot, grant: Grant) -> Row:
    fact, name = grant.fact, snapshot.name
    limit = limit_in_words(fact)
    where = f", for {name(fact.area)}" if fact.area else ""
    wrong: _Lines = [line(capital(each)) for each in doubts(grant, name)]
    return row(
        Run(name(fact.function), fact.function),
        Run(name(grant.giver), grant.giver),
        f"{capital(limit)}{where}",
        [capital(each) for each in terms_in_words(fact, name)] or "None on record",
        [in_document(snapshot, grant.name, fact.instrument, fact.line), *wrong],
        key=grant.name,
        sources=cited(snapshot, [fact]),
    )


def _meetings(snapshot: Snapshot, body: str) -> Table:
    found = [(name, each) for name, each in snapshot.referring(body, Meeting) if each.body == body]
    rows = tuple(
        row(
            Run(in_words(each.when), name),
            each.type.capitalize(),
            {True: "Yes", False: "No", None: ""}[each.public],
            in_words(each.notice) if each.notice else "",
            key=name,
            sources=cited(snapshot, [each]),
        )
        for name, each in sorted(found, key=lambda pair: pair[1].when)
    )
    heads = ("Day", "Evidence", "In public", "Notice given on")
    return Table(f"Meetings of {snapshot.name(body)} on record", heads, rows)
