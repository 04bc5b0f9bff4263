"""What was said at an item, and what somebody is to do: views, questions, promises and actions."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec.structs import replace

from commonweal.bodies.boards import posts
from commonweal.meetings.decided import Action
from commonweal.meetings.planned import Outstanding, in_sentence
from commonweal.meetings.preparing import left_over, seats_to_tick
from commonweal.meetings.said import Comment, Promise, Question
from commonweal.record.facts import Fact
from commonweal_site.day import today
from commonweal_site.editing import questions as asked

from . import boxes
from .beginning import at_the_desk
from .business import record
from .clerk import Clerk, Faults, made

_BY_ROLE = "By role, not by name."
_SAY_WHO = "Choose somebody on record, or write the role."


class Form(NamedTuple):
    """A form for one kind of fact: its heading, its questions, and how they make the fact."""

    title: str
    kind: str
    questions: tuple[asked.Question, ...]
    fact: Callable[[str, dict[str, Any]], tuple[Fact | None, Faults]]
    about: str


def _who(clerk: Clerk, name: str, title: str) -> tuple[asked.Question, asked.Question]:
    """The two questions that ask for a person: a seat or post on record, or a role in words."""
    found = [
        (own, clerk.snapshot.name(own)) for own, _ in seats_to_tick(clerk.snapshot, clerk.name)
    ]
    found += [(own, post.name) for own, post in posts(clerk.snapshot, clerk.meeting.body)]
    return (
        boxes.choice(name, title, (("", "Nobody on this list"), *found)),
        boxes.words(f"{name}_printed", f"{title.rstrip('?')}, if not on the list?", _BY_ROLE),
    )  # fmt: skip


def _discussion(clerk: Clerk) -> Form:
    return Form(
        "Note what was said", "comment", (
            boxes.words("name", "What was it about?", required=True),
            boxes.long("text", "What was said?", "In our words, not word for word.", required=True),
            *_who(clerk, "by", "Who said it?"),
        ),
        lambda item, given: made(Comment, {"item": item, **given}),
        "A view or report. It is no decision.",
    )  # fmt: skip


def _question(clerk: Clerk) -> Form:
    return Form(
        "Record a question and its answer", "question", (
            boxes.words("name", "What was it about?", required=True),
            boxes.long("text", "What was asked?", required=True),
            *_who(clerk, "asked_by", "Who asked?"),
            boxes.long("answer", "What was answered?", "Leave empty if no answer was given."),
            *_who(clerk, "answered_by", "Who answered?"),
        ), _asked, "A member of the public is written as that, without a name.",
    )  # fmt: skip


def _asked(item: str, given: dict[str, Any]) -> tuple[Fact | None, Faults]:
    reply, by, printed = (given.pop(n) for n in ("answer", "answered_by", "answered_by_printed"))
    answer = {"text": reply, "by": by, "by_printed": printed}
    answers = [{name: text for name, text in answer.items() if text}] if reply else []
    return made(Question, {"item": item, "answers": answers, **given})


def _promise(clerk: Clerk) -> Form:
    return Form(
        "Record a promise", "promise", (
            boxes.words("name", "What was promised?", required=True),
            *_who(clerk, "by", "Who promised it?"),
            boxes.day("due", "By when?", "Leave empty if no day was given."),
            boxes.choice(
                "type", "How firm is it?", (
                    ("undertaking", "An undertaking"), ("offer", "An offer"),
                    ("plan", "Only a plan that was told"),
                ), first="undertaking",
            ),
        ),
        lambda item, given: made(Promise, {"item": item, **given}),
        "It stays on the list of what is outstanding until it is on record as kept.",
    )  # fmt: skip


def _action(clerk: Clerk) -> Form:
    return Form(
        "Give somebody an action", "action", (
            boxes.words("name", "What is to be done?", required=True),
            *_who(clerk, "owner", "Who is to do it?"),
            boxes.day("due", "By when?", "Leave empty if no day was set."),
        ), _given, "It stays on the list of what is outstanding until it is on record as done.",
    )  # fmt: skip


def _given(item: str, given: dict[str, Any]) -> tuple[Fact | None, Faults]:
    if not (given["owner"] or given["owner_printed"]):
        return None, {"owner": f"Say who is to do it. {_SAY_WHO}"}
    return made(Action, {"item": item, "type": "not started", **given})


_FORMS = {
    "discussion": _discussion, "question": _question, "promise": _promise, "action": _action,
}  # fmt: skip


def spoken_desk(request: HttpRequest, system: str, slug: str, item: str, what: str) -> HttpResponse:
    """The form for something said or given at an item."""
    clerk = Clerk(request, system, slug)
    own, fact = clerk.item(item)
    if what not in _FORMS:
        raise Http404(f"There is no form for {what}.")
    form = _FORMS[what](clerk)
    answers, faults = boxes.answers_of(request), Faults()
    if request.method == "POST":
        values, faults = boxes.read(form.questions, answers)
        if not faults:
            new, faults = form.fact(own, values)
            if new:
                words = answers.text("name")
                faults = record(
                    clerk, fact, form.kind, new, f"{form.title}, item {fact.number}", words
                )
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}items/{item}/?saved=added")
    return at_the_desk(
        request, clerk, "form", form.title, faults,
        answers=answers, button="Save",
        questions=list(boxes.filled(form.questions, answers)),
        intro=(f"Item {fact.number}, {fact.name}.", form.about),
    )  # fmt: skip


# --- what is outstanding ------------------------------------------------------------------------


def actions_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """Actions and promises of this and earlier meetings of the body that are not done."""
    clerk = Clerk(request, system, slug)
    faults = Faults()
    if request.method == "POST":
        answers = boxes.answers_of(request)
        step, _, which = answers.text("step").partition(":")
        faults = _done(clerk, which, answers.number("seen")) if step == "done" else {}
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}actions/?saved=saved")
    return at_the_desk(
        request, clerk, "actions", "Actions and promises", faults,
        left=[(each, in_sentence(each)) for each in _left(clerk)],
        items=[
        (f"{clerk.path}items/{own.split('/')[2]}/action/", item) for own, item in clerk.items
        ],
    )  # fmt: skip


def _left(clerk: Clerk) -> tuple[Outstanding, ...]:
    return left_over(clerk.snapshot, clerk.meeting.body, today())


def _done(clerk: Clerk, which: str, seen: int | None) -> Faults:
    """Put on record that an action is done or a promise kept, as of today."""
    if which not in {each.name for each in _left(clerk)}:
        return {"form": "That is not outstanding any more."}
    fact, day = clerk.snapshot.fact(which), today().isoformat()
    if isinstance(fact, Action):
        after: Fact = replace(fact, type="done", done=day)
    elif isinstance(fact, Promise):
        after = replace(fact, kept="kept", kept_on=day)
    else:
        return {"form": "Only actions and promises can be done."}
    return clerk.write([clerk.corrects(which, after, seen)], "Done, as told to the clerk")
