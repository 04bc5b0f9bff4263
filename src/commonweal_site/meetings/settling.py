"""A decision at the clerk's desk: asked for, held against the ten lines, and only then written.

What fails can be recorded only as what it is: with its faults named, as lost, or as a view.
"""

import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec.structs import replace

from commonweal.bodies.boards import posts
from commonweal.meetings.decided import Decision, Endorsement, Proposal
from commonweal.meetings.facts import AgendaItem
from commonweal.meetings.powers import authority_of
from commonweal.meetings.preparing import no_voters, seats_to_tick
from commonweal.meetings.said import Comment
from commonweal.meetings.vires import Line, Standing, owes_triple_aim, standing_of, vires
from commonweal.meetings.voting import Result, Voice, result, who_may_vote
from commonweal.money.committing import Verdict
from commonweal.record.documents import Document
from commonweal.record.errors import Refused
from commonweal.record.snapshot import Snapshot
from commonweal.record.writing import Change, plan
from commonweal_site.authority.asking import BadQuestion, pence
from commonweal_site.editing.proposing import after
from commonweal_site.editing.questions import Answers, Question

from . import boxes
from .beginning import at_the_desk
from .business import kept_back
from .clerk import AtItem, Clerk, Faults, made
from .decisions import committed

DUTIES = (
    ("quality", "Better quality and outcomes (National Health Service Act 2006, section 14Z34)"),
    ("inequalities", "Fewer inequalities of access and outcome (section 14Z35)"),
    ("involvement", "Involving patients and the public (sections 14Z36 and 14Z45)"),
    ("choice", "Patients’ choice (section 14Z37)"),
    ("advice", "Taking professional advice (section 14Z38)"),
    ("integration", "Joining services up (section 14Z42)"),
    ("climate", "Climate and environment (section 14Z44)"),
    ("equality", "Equality (Equality Act 2010, section 149)"),
)
"""Duties that a decision on services usually touches, by a short name."""

_KINDS = (
    ("consensus", "By agreement, nobody against"),
    ("vote", "By vote"),
    ("noted", "Only noted: nothing was decided"),
    ("urgent", "Urgently, by one person, and reported here"),
    ("delegated", "By one to whom it was delegated, and reported here"),
)
_OUTCOMES = (
    ("carried", "Carried"), ("lost", "Lost"), ("put off", "Put off"), ("referred", "Referred"),
)  # fmt: skip
_CAST = (("", "Did not vote"), ("for", "For"), ("against", "Against"), ("abstained", "Abstained"))
_STRATEGY = ("strategy", "plan", "needs assessment", "forward plan", "priorities")
_MOST_STRATEGIES = 12


def _questions(clerk: Clerk, own: str) -> tuple[Question, ...]:
    """What is asked of every decision, most of it optional."""
    return (
        boxes.words("name", "What was decided, in a few words?", required=True),
        boxes.long("text", "The decision in full"),
        boxes.choice("type", "How?", _KINDS, first="consensus", required=True),
        boxes.choice("outcome", "What came of it?", _OUTCOMES, first="carried"),
        boxes.choice(
            "by", "Who decided, if it was one person?",
            (("", "Nobody alone: this meeting"), *_ones(clerk)),
            "Only for what was decided urgently or under a delegation, and is reported here.",
        ),
        boxes.day("made_on", "On which day did that person decide?", "Only if it was one person."),
        boxes.words("urgent_because", "Why could it not wait?", "Only for an urgent decision."),
        boxes.long("reasons", "Reasons"),
        boxes.lines("alternatives", "What else was considered, and why was it not chosen?"),
        boxes.words("amount", "How much, in pounds?", "Leave empty if it is not about money."),
        boxes.words("amount_is", "What is that amount?", "Such as a year of the contract."),
        boxes.words("paid_from", "From which fund, or scheme of a fund, is it paid?",
                    "By its name on record, so that it can be held against its budget."),
        boxes.words("function", "Which function does it carry out?",
                    "By its name on record, so that the power to decide can be looked up."),
        boxes.words("area", "For which area?", "By its name on record."),
        boxes.choice("consultation", "Were those it touches asked first?", (
            ("held", "Yes"), ("not needed", "It was not needed"), ("not held", "No"),
            ("not stated", "Not stated"),
        ), first="not stated"),
        boxes.lines("consulted", "Who was asked, when, and what came of it?"),
        boxes.choice("needs_others", "Must other bodies endorse it?", (
            ("no", "No"), ("yes", "Yes"), ("", "Not stated"),
        )),
        boxes.choice("proposal", "Which proposal put to several bodies is it about?",
                     (("", "None"), *_proposals(clerk))),
        boxes.choice("endorsed", "What does this body say to that proposal?", (
            ("", "Nothing"), ("endorsed", "It endorses it"),
            ("endorsed with changes", "It endorses it with changes"),
            ("rejected", "It rejects it"), ("put off", "It puts it off"),
        )),
        boxes.day("effective", "From when does it take effect?"),
    )  # fmt: skip


def _ones(clerk: Clerk) -> list[tuple[str, str]]:
    """Those who may decide by themselves: the seats and posts of the body."""
    found = [
        (own, clerk.snapshot.name(own)) for own, _ in seats_to_tick(clerk.snapshot, clerk.name)
    ]
    return found + [(own, post.name) for own, post in posts(clerk.snapshot, clerk.meeting.body)]


def _proposals(clerk: Clerk) -> list[tuple[str, str]]:
    found = clerk.snapshot.all(Proposal)
    return [
        (name, each.name) for name, each in sorted(found.items())
        if name.split("/")[0] == clerk.system or clerk.meeting.body in each.put_to
    ]  # fmt: skip


def strategies(clerk: Clerk) -> list[tuple[str, str, str]]:
    """Strategies and plans on record of the system: a short name, the identifier, the title."""
    found = [
        (name, each.title)
        for name, each in sorted(clerk.snapshot.all(Document).items())
        if name.split("/")[0] == clerk.system
        and any(word in each.title.lower() for word in _STRATEGY)
    ]
    return [
        (f"regard-{n}", name, title) for n, (name, title) in enumerate(found[:_MOST_STRATEGIES])
    ]


class Draft(NamedTuple):
    """A decision as it would be written, and what the ten lines then say of it.

    money  what the money test says; a warning only, which does not keep it from being written
    """

    changes: list[Change]
    decision: Decision
    lines: tuple[Line, ...]
    standing: Standing
    came_to: Result
    money: Verdict | None

    @property
    def failed(self) -> tuple[Line, ...]:
        """The lines that it does not meet."""
        return tuple(line for line in self.lines if line.finding.outcome == "not met")

    @property
    def only_a_view(self) -> bool:
        """Whether it decides nothing, because there were too few."""
        return any(line.name == "quorum" for line in self.failed)

    @property
    def not_carried(self) -> str:
        """What it came to by the votes, if they do not carry what is said to be carried."""
        claims = self.decision.outcome == "carried"
        return self.came_to.outcome if claims and self.came_to.outcome in {"lost", "tied"} else ""


def decision_desk(request: HttpRequest, system: str, slug: str, item: str) -> HttpResponse:
    """Ask for a decision, show its ten lines, and write it."""
    clerk = Clerk(request, system, slug)
    own, fact = clerk.item(item)
    at, answers = AtItem(clerk, own, fact), boxes.answers_of(request)
    step = answers.text("step")
    if request.method != "POST" or step == "form":
        return _form(request, at, answers, {})
    draft, faults = _draft(clerk, own, fact, answers)
    if draft is None:
        return _form(request, at, answers, faults)
    if step != "write":
        return _preview(request, clerk, fact, answers, draft)
    changes, done = _as_what_it_is(clerk, own, fact, draft)
    if faults := clerk.write(changes, f"Decision at item {fact.number} recorded"):
        return _form(request, at, answers, faults)
    return HttpResponseRedirect(f"{clerk.path}items/{item}/?saved={done}")


def _form(request: HttpRequest, at: AtItem, answers: Answers, faults: Faults) -> HttpResponse:
    clerk, own, item = at
    voices = [(v, v.seat.split("/")[2], clerk.snapshot.name(v.seat)) for v in _voices(clerk, own)]
    asked = Decision(name="asked", type="consensus", item=own)
    return at_the_desk(
        request, clerk, "decision", "Record a decision", faults,
        item=item,
        answers=answers, voices=voices, cast=_CAST, duties=DUTIES,
        questions=list(boxes.filled(_questions(clerk, own), answers)),
        strategies=strategies(clerk), nobody=no_voters(clerk.snapshot, own),
        owes=owes_triple_aim(clerk.snapshot, asked),
        functions=clerk.desk.offered(("function",), clerk.system),
        areas=clerk.desk.offered(("area",), clerk.system),
        pays=clerk.desk.offered(_PAYS, clerk.system),
        back=f"{clerk.path}items/{own.split('/')[2]}/",
    )  # fmt: skip


def _voices(clerk: Clerk, own: str) -> tuple[Voice, ...]:
    return who_may_vote(clerk.snapshot, own)


def _preview(
    request: HttpRequest, clerk: Clerk, item: AgendaItem, answers: Answers, draft: Draft
) -> HttpResponse:
    typed = [
        (name, text) for name, texts in answers.without("step").texts.items() for text in texts
        if name != "csrfmiddlewaretoken"
    ]  # fmt: skip
    return at_the_desk(
        request, clerk, "lines", "Check before it is written", {},
        item=item, draft=draft, typed=typed,
    )  # fmt: skip


# --- from the form to a decision ----------------------------------------------------------------


def _draft(
    clerk: Clerk, own: str, item: AgendaItem, answers: Answers
) -> tuple[Draft | None, Faults]:
    """The decision that a form asks for, tried; or what is wrong with the form."""
    given, faults = boxes.read(_questions(clerk, own), answers)
    values = _values(clerk, given, answers, faults) | {"exempt": kept_back(item)}
    values |= _maker(own, given, faults)
    if values["votes"] or values["type"] in {"consensus", "vote"}:
        nobody = no_voters(clerk.snapshot, own)
        if nobody:
            faults["type"] = nobody
    if values["type"] == "vote" and not values["votes"]:
        faults["type"] = "Say how each voted, or choose another way in which it was decided."
    if faults:
        return None, faults
    decision, faults = made(Decision, {k: v for k, v in values.items() if v not in ((), [], "")})
    if decision is None:
        return None, faults
    return _tried(clerk, item, decision, given)


def _values(
    clerk: Clerk, given: dict[str, Any], answers: Answers, faults: Faults
) -> dict[str, Any]:
    """The fields of a decision, from what was answered."""
    noted = given["type"] == "noted"
    return {
        **{name: given[name] for name in (
            "name", "text", "type", "urgent_because", "reasons", "amount_is", "consultation",
            "effective", "alternatives", "consulted",
        )},
        "outcome": "noted" if noted else given["outcome"],
        "amount": _pence(given["amount"], faults),
        "paid_from": _named(clerk, "paid_from", given["paid_from"], faults),
        "function": _named(clerk, "function", given["function"], faults),
        "area": _named(clerk, "area", given["area"], faults),
        "needs_others": {"yes": True, "no": False}.get(given["needs_others"] or ""),
        "proposal": given["proposal"],
        "votes": [] if noted else list(_votes(clerk, answers)),
        **_casting(answers, faults),
        "duties": [
            {"duty": title, "reasons": text} for short, title in DUTIES
            if (text := answers.text(f"duty-{short}"))
        ],
        "triple_aim": {
            part: text for part in ("health", "quality", "resources")
            if (text := answers.text(f"aim-{part}"))
        } or None,
        "regard": [
            {"document": name, "how": text} for short, name, _ in strategies(clerk)
            if (text := answers.text(short))
        ],
    }  # fmt: skip


def _maker(own: str, given: dict[str, Any], faults: Faults) -> dict[str, str | None]:
    """Who decided: this meeting, or one person whose decision is reported to it."""
    if given["type"] not in {"urgent", "delegated"}:
        return {"item": own}
    for name, wanted in (("by", "Say who decided."), ("made_on", "Say on which day.")):
        if not given[name]:
            faults[name] = f"{wanted} It was one person, and is only reported here."
    return {"by": given["by"], "when": given["made_on"], "reported": own}


def _pence(text: str | None, faults: Faults) -> int | None:
    try:
        return pence(text) if text else None
    except BadQuestion as wrong:
        faults["amount"] = str(wrong)
        return None


_PAYS = ("fund", "funded-scheme")


def _named(clerk: Clerk, box: str, text: str | None, faults: Faults) -> str | None:
    """What is meant in a box, which is called as the kind it asks for, or asks for what pays."""
    try:
        return clerk.desk.resolve(text, _PAYS if box == "paid_from" else (box,)) if text else None
    except ValueError as wrong:
        faults[box] = str(wrong)
        return None


def _votes(clerk: Clerk, answers: Answers) -> Iterator[dict[str, str]]:
    """How each seat voted, with the reason of those who want one recorded."""
    if answers.text("type") not in {"vote", "consensus"}:
        return
    for name in {text.removeprefix("cast-") for text in answers.texts if text.startswith("cast-")}:
        cast, reason = answers.text(f"cast-{name}"), answers.text(f"dissent-{name}")
        if cast in {"for", "against", "abstained"}:
            vote = {"seat": f"{clerk.system}/seat/{name}", "cast": cast}
            yield vote | ({"reason": reason} if reason else {})


def _casting(answers: Answers, faults: Faults) -> dict[str, str]:
    by, cast = answers.text("casting-by"), answers.text("casting-vote")
    if bool(by) != bool(cast):
        faults["casting-by"] = "A casting vote needs both whose it was and which way it went."
    return {"casting_by": by, "casting_vote": cast} if by and cast else {}


def _tried(
    clerk: Clerk, item: AgendaItem, decision: Decision, given: dict[str, Any]
) -> tuple[Draft | None, Faults]:
    """What the record would say if the decision were written."""
    words = () if decision.exempt else (decision.name,)
    entered = clerk.adds("decision", decision, *(words or ("decision",)))
    changes = [*clerk.document(), entered, *_endorsement(clerk, decision, entered.entity, given)]
    try:
        then = _then(clerk, changes)
    except Refused as refused:
        return None, {"form": " ".join(clerk.desk.fit(each) for each in refused.reasons)}
    return _weighed(then, changes, entered.entity, decision), {}


def _then(clerk: Clerk, changes: list[Change]) -> Snapshot:
    """The record as it would be with some changes to decisions.

    raises  Refused
    """
    book = clerk.desk.book
    planned = plan(
        changes, vocabulary=book.vocabulary, standing=book, actor=clerk.desk.viewer.name,
        reason="Tried", recorded=book.head.recorded + 1, salts=os.urandom,
    )  # fmt: skip
    return after(clerk.snapshot, planned, book.vocabulary.kind("decision"))


def with_faults_named(clerk: Clerk, name: str, decision: Decision) -> Decision:
    """A decision on record as it is to be put right, the lines that it then fails named.

    raises  Refused
    """
    then = _then(clerk, [clerk.corrects(name, decision)])
    failed = [
        line.name for line in vires(then, name, authority=authority_of)
        if line.finding.outcome == "not met"
    ]  # fmt: skip
    return replace(decision, known_faults=tuple(failed))


def _weighed(then: Snapshot, changes: list[Change], name: str, decision: Decision) -> Draft:
    lines = vires(then, name, authority=authority_of)
    standing = (
        Standing("met", "Only noted: it decides nothing.")
        if decision.type == "noted"
        else standing_of(then, decision, lines)
    )
    money = committed(then, name, decision) if decision.paid_from else None
    return Draft(changes, decision, lines, standing, result(then, decision), money)


def _endorsement(
    clerk: Clerk, decision: Decision, name: str, given: dict[str, Any]
) -> Iterator[Change]:
    """What the body says to the proposal that the decision is about."""
    if not (decision.proposal and given["endorsed"]):
        return
    day = clerk.day
    fact, _ = made(Endorsement, {
        "proposal": decision.proposal, "body": clerk.meeting.body, "type": given["endorsed"],
        "on": day.isoformat() if day else None, "decision": name, "words": decision.text,
        "exempt": decision.exempt,
    })  # fmt: skip
    if fact:
        yield clerk.adds("endorsement", fact, decision.proposal.split("/")[2])


# --- written only as what it is -----------------------------------------------------------------


def _as_what_it_is(
    clerk: Clerk, own: str, item: AgendaItem, draft: Draft
) -> tuple[list[Change], str]:
    """The changes that record a decision, a lost vote, or only a view, and what was done."""
    decision = draft.decision
    if draft.only_a_view:
        view, _ = made(Comment, {
            "name": decision.name, "item": own, "text": decision.text or decision.name,
            "by": clerk.meeting.body, "exempt": decision.exempt,
            "note": "Put as a decision, but there was no quorum: a view of those who were there.",
        })  # fmt: skip
        words = () if decision.exempt else (decision.name,)
        seen = [clerk.adds("comment", view, *(words or ("comment",)))] if view else []
        return [*clerk.document(), *seen], "viewed"
    honest = replace(decision, known_faults=tuple(line.name for line in draft.failed))
    if draft.not_carried:
        honest = replace(honest, outcome="lost")
    changes = [
        each._replace(fact=_sourced(honest, each)) if isinstance(each.fact, Decision) else each
        for each in draft.changes
    ]
    return changes, "decided"


def _sourced(decision: Decision, change: Change) -> Decision:
    sources = change.fact.sources if change.fact else ()
    return replace(decision, sources=sources)
