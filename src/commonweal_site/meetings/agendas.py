"""The agenda at the clerk's desk: items, their order, and which are taken in private and why."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec.structs import replace

from commonweal.meetings.agenda import papers_for
from commonweal.meetings.facts import AgendaItem
from commonweal.meetings.preparing import seats_to_tick
from commonweal.record.writing import Change
from commonweal_site.editing.questions import Answers, Question

from . import boxes
from .beginning import at_the_desk
from .clerk import Clerk, Faults, made

_NHS = "Public Bodies (Admission to Meetings) Act 1960, section 1(2)"
_COUNCIL = "Local Government Act 1972, schedule 12A"

PRIVATE = (
    ("confidential", f"Confidential: to make it known would harm the public interest ({_NHS})"),
    ("special", f"Another special reason that the resolution states ({_NHS})"),
    ("person", f"Information about a particular person ({_COUNCIL}, paragraph 1)"),
    ("identity", f"Information likely to show who a person is ({_COUNCIL}, paragraph 2)"),
    ("business", f"Somebody’s financial or business affairs ({_COUNCIL}, paragraph 3)"),
    ("staff", f"Talks with employees or their unions ({_COUNCIL}, paragraph 4)"),
    ("legal", f"Legal advice that is privileged ({_COUNCIL}, paragraph 5)"),
)  # fmt: skip
"""Reasons in law for which an item may be taken in private, by a short name."""

_REASONS = dict(PRIVATE)

ASKS = (
    ("apologies", "Take apologies"),
    ("declare interests", "Declare interests"),
    ("confirm minutes", "Approve the minutes of the last meeting"),
    ("receive", "Receive"),
    ("note", "Note"),
    ("discuss", "Discuss"),
    ("question and answer", "Ask and answer questions"),
    ("comment", "Comment"),
    ("consult", "Be consulted"),
    ("endorse", "Endorse"),
    ("support in principle", "Support in principle"),
    ("agree", "Agree"),
    ("approve", "Approve"),
    ("delegate", "Delegate"),
    ("refer", "Refer"),
    ("next meeting", "Settle the next meeting"),
    ("not stated", "Not stated"),
)


def _questions(clerk: Clerk) -> tuple[Question, ...]:
    seats = [
        (name, clerk.snapshot.name(name)) for name, _ in seats_to_tick(clerk.snapshot, clerk.name)
    ]
    return (
        boxes.words("name", "What is the item about?", required=True),
        boxes.choice(
            "type", "What is the meeting asked to do?", ASKS,
            "To note is never to approve.", first="discuss",
        ),
        boxes.long("asked", "The ask, in a sentence"),
        boxes.choice("brought_by", "Who brings it?", (("", "Not stated"), *seats)),
        boxes.words("late_because", "Taken late because", "Only if it came after the agenda."),
        boxes.choice(
            "private", "Taken in public?", (("", "Yes, in public"), *PRIVATE),
            "The reason in law is shown to everybody. The papers of a private item, and what was "
            "decided, are kept back.",
        ),
        boxes.ticks(
            "hidden", "Its title", (("yes", "The title must not be public either"),),
        ),
    )  # fmt: skip


def agenda_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The agenda: add an item, move one, take one off."""
    clerk = Clerk(request, system, slug)
    answers, faults = boxes.answers_of(request), Faults()
    questions = _questions(clerk)
    if request.method == "POST":
        step, _, which = request.POST.get("step", "").partition(":")
        if step in {"up", "down", "off"}:
            faults = _moved(clerk, step, which)
            done = "removed" if step == "off" else "saved"
        else:
            faults, done = _added(clerk, questions, answers), "added"
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}agenda/?saved={done}")
    return at_the_desk(
        request, clerk, "agenda", "Agenda", faults,
        answers=answers,
        questions=list(boxes.filled(questions, answers)), button="Add the item", intro=(),
        asks=dict(ASKS),
        items=[(own, own.split("/")[2], item) for own, item in clerk.items],
    )  # fmt: skip


def _values(
    clerk: Clerk, questions: tuple[Question, ...], answers: Answers
) -> tuple[dict[str, object], Faults]:
    """The fields of an item that a form gives."""
    given, faults = boxes.read(questions, answers)
    reason = _REASONS.get(given.pop("private") or "")
    hidden = given.pop("hidden")
    brought = given.pop("brought_by")
    if hidden and not reason:
        faults["hidden"] = "A title is kept back only for a reason in law: choose one above."
    return {
        **given,
        "meeting": clerk.name,
        "brought_by": (brought,) if brought else (),
        "private_because": reason,
        "exempt": reason if hidden else None,
    }, faults


def _added(clerk: Clerk, questions: tuple[Question, ...], answers: Answers) -> Faults:
    values, faults = _values(clerk, questions, answers)
    if faults:
        return faults
    values["number"] = _next_number(clerk)
    item, faults = made(AgendaItem, values)
    if item is None:
        return faults
    words = () if item.exempt else (item.name,)
    changes = [*clerk.document(), clerk.adds("item", item, *(words or ("item",)))]
    return clerk.write(changes, f"Item {item.number} put on the agenda")


def _next_number(clerk: Clerk) -> str:
    """One more than the last whole number on the agenda."""
    numbers = [int(item.number) for _, item in clerk.items if item.number.isdigit()]
    return str(max(numbers, default=0) + 1)


def _moved(clerk: Clerk, step: str, which: str) -> Faults:
    """Change places with the item above or below, or take an item off."""
    own, item = clerk.item(which)
    seen = int(clerk.seen)
    if step == "off":
        return clerk.write([clerk.takes_off(own, seen)], f"Item {item.number} taken off the agenda")
    at = [name for name, _ in clerk.items].index(own)
    to = at - 1 if step == "up" else at + 1
    if not 0 <= to < len(clerk.items):
        return {}
    other, beside = clerk.items[to]
    swapped = [
        clerk.corrects(own, replace(item, number=beside.number), seen),
        clerk.corrects(other, replace(beside, number=item.number), seen),
    ]
    return clerk.write(swapped, "Order of the agenda changed")


def item_of_agenda(request: HttpRequest, system: str, slug: str, item: str) -> HttpResponse:
    """Change one item."""
    clerk = Clerk(request, system, slug)
    own, fact = clerk.item(item)
    questions = _questions(clerk)
    faults = Faults()
    answers = boxes.answers_of(request) if request.method == "POST" else _as_answers(fact)
    if request.method == "POST":
        values, faults = _values(clerk, questions, answers)
        if not faults:
            values |= {
                "number": fact.number, "part": fact.part, "pages": fact.pages,
                "follows": fact.follows, "sources": fact.sources,
            }  # fmt: skip
            faults = _changed(clerk, own, values, answers.number("seen"))
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}agenda/?saved=saved")
    return at_the_desk(
        request, clerk, "form", f"Change item {fact.number}", faults,
        answers=answers, questions=list(boxes.filled(questions, answers)), button="Save the item",
        intro=(),
    )  # fmt: skip


def _changed(clerk: Clerk, own: str, values: dict[str, object], seen: int | None) -> Faults:
    item, faults = made(AgendaItem, values)
    if item is None:
        return faults
    changes = [clerk.corrects(own, item, seen), *_papers_kept_back(clerk, own, item)]
    return clerk.write(changes, f"Item {item.number} of the agenda changed")


def _papers_kept_back(clerk: Clerk, own: str, item: AgendaItem) -> list[Change]:
    """Papers of an item that is now taken in private are kept back with it.

    They do not come out by themselves when the item comes out: somebody looks at each first.
    """
    if not item.private_because:
        return []
    return [
        clerk.corrects(name, replace(paper, exempt=item.private_because))
        for name, paper in papers_for(clerk.snapshot, own)
        if not paper.exempt
    ]


def _as_answers(item: AgendaItem) -> Answers:
    private = next((short for short, text in PRIVATE if text == item.private_because), "")
    given = {
        "name": item.name, "type": item.type, "asked": item.asked or "",
        "brought_by": item.brought_by[0] if item.brought_by else "",
        "late_because": item.late_because or "", "private": private,
        "hidden": "yes" if item.exempt else "",
    }  # fmt: skip
    return Answers({name: [text] for name, text in given.items()})
