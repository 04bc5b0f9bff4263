"""One change, from an empty form to the log: ask, check, show what it would do, write."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from commonweal.record.entries import Verb
from commonweal.record.errors import Conflict, Refused
from commonweal.record.facts import Fact
from commonweal.record.identifiers import ID_PATTERN, MalformedIdentifier, a, identifier, slug
from commonweal.record.kinds import Kind
from commonweal.record.when import BEFORE_ALL, OPEN
from commonweal_site.day import today
from commonweal_site.jinja import Crumb
from commonweal_site.pages import page
from commonweal_site.record.lives import Life

from . import proposing
from .desk import Desk
from .merging import clash, settled
from .proposing import Proposal
from .questions import Answers, Question, Reading, fields_of, read_parts, whole

_LONGEST_SLUG = 60
_MOST_TRIES = 99
_SHARED = ("status", "start", "end", "stated", "note", "exempt")
TITLES = {
    "assert": "Put {} on record again",
    "amend": "Say what changed: {}",
    "correct": "Correct {}",
    "withdraw": "Take {} off the record",
    "redact": "Strike out values of {}",
}


class Task(NamedTuple):
    """What somebody has set out to do.

    entity  empty while a new one has no identifier yet
    """

    desk: Desk
    kind: Kind
    verb: Verb
    system: str
    entity: str
    path: str

    @property
    def new(self) -> bool:
        """Whether it puts a new entity on record."""
        return not self.entity

    @property
    def title(self) -> str:
        """The heading of its pages."""
        if self.new:
            return f"Add {a(self.kind.name.replace('-', ' '))}"
        return TITLES[self.verb].format(self.desk.name(self.entity))


def steps(request: HttpRequest, task: Task, initial: Answers) -> HttpResponse:
    """The page for the step that a form has come to."""
    if request.method != "POST":
        return form(request, task, initial)
    answers = Answers(dict(request.POST.lists()))
    step, _, name = request.POST.get("step", "preview").partition(":")
    answers = answers.without("step").without("csrfmiddlewaretoken")
    return _STEPS.get(step, _preview)(request, task, answers, name)


# --- filling in ---------------------------------------------------------------------------------


def filled(task: Task, fact: Fact | None, begins: date, ends: date, day: date) -> Answers:
    """What stands in a form at first: the fact as it is, and the days it holds."""
    answers = Answers({})
    values = msgspec.to_builtins(fact) if fact else {}
    if fact:
        for each in fields_of(task.kind):
            for name, text in each.texts(f"fact.{each.field}", values.get(each.field)):
                answers.put(name, *answers.all(name), text)
    if task.verb != "amend":
        _put_day(answers, "from", begins, BEFORE_ALL)
        _put_day(answers, "last", ends - timedelta(1) if ends < OPEN else ends, OPEN)
    answers.put("day", day.isoformat())
    if task.entity:
        answers.put("seen", str(task.desk.live(task.entity).last))
    return answers


def _put_day(answers: Answers, field: str, day: date, never: date) -> None:
    if day != never:
        for part in ("day", "month", "year"):
            answers.put(f"{field}-{part}", str(getattr(day, part)))


def form(
    request: HttpRequest,
    task: Task,
    answers: Answers,
    faults: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The form, with what stands in it and what is wrong with it."""
    questions = list(_questions(task, answers)) if task.verb in proposing.STATES else []
    own = [each for each in questions if each.name.removeprefix("fact.") not in _SHARED]
    return _page(
        request, task, "form", answers, status=status,
        own=[each for each in own if each.name != "fact.sources"],
        shared=[each for each in questions if each not in own],
        sources=[each for each in own if each.name == "fact.sources"],
        spot=_spot(answers) if task.verb == "withdraw" else (),
        shared_open=_shared_open(task, answers, faults or {}),
        lists=_lists(task, questions), faults=faults or {},
        strikable=list(_strikable(task, answers)),
    )  # fmt: skip


def _questions(task: Task, answers: Answers) -> Iterator[Question]:
    for each in fields_of(task.kind):
        if each.field == "exempt" and not task.desk.viewer.may_read(f"{task.system}/"):
            continue
        yield each.question(f"fact.{each.field}", answers)


def _strikable(task: Task, answers: Answers) -> Iterator[tuple[str, str, str]]:
    if task.verb == "redact":
        yield from proposing.strikable(task.desk, task.kind, answers.number("target") or 0)


def _spot(answers: Answers) -> list[Question]:
    """The questions about the source of a withdrawal."""
    asked = [each for each in proposing.source_parts() if each.field != "how"]
    return [each.question(f"source.{each.field}", answers) for each in asked]


def _shared_open(task: Task, answers: Answers, faults: dict[str, str]) -> bool:
    """Whether what is seldom asked should be unfolded: something is answered or wrong there."""
    names = [f"fact.{each}" for each in _SHARED]
    return any(name in faults for name in names) or any(
        answers.text(name) not in {"", "in force", "known"} for name in names
    )


def _lists(task: Task, questions: list[Question]) -> dict[str, list[tuple[str, str]]]:
    """The names that boxes offer, by kinds."""
    wanted = {each.of for each in _within(questions) if each.of is not None}
    if task.verb == "withdraw" or task.verb in proposing.STATES:
        wanted.add(("document",))
    return {"-".join(of) or "any": task.desk.offered(of, task.system) for of in wanted}


def _within(questions: Any) -> Iterator[Question]:
    for each in questions:
        yield each
        yield from _within(each.parts)


def _page(
    request: HttpRequest,
    task: Task,
    template: str,
    answers: Answers,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    crumbs = [Crumb("Make a change", "/edit/")]
    if task.entity:
        crumbs.append(Crumb(task.desk.name(task.entity), f"/edit/{task.entity}/"))
    system_invented = task.system in task.desk.snapshot.invented
    return page(
        request, f"editing/{template}.jinja", task.title, plain=True, status=status, crumbs=crumbs,
        task=task, answers=answers, typed=_typed(answers), invented=system_invented,
        named=_Named(task.desk), **more,
    )  # fmt: skip


class _Named:
    """Puts names to the identifiers in a text."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def __call__(self, text: str) -> str:
        return ID_PATTERN.sub(lambda match: self._name(match[0]), text)

    def _name(self, entity: str) -> str:
        known = entity.split("/")[1] in self.desk.snapshot.vocabulary.kinds
        return f"{self.desk.name(entity)} ({entity})" if known else entity


def _typed(answers: Answers) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in answers.texts.items() for text in texts]


# --- steps that only change the form ------------------------------------------------------------


def _again(request: HttpRequest, task: Task, answers: Answers, name: str) -> HttpResponse:
    return form(request, task, answers)


def _more(request: HttpRequest, task: Task, answers: Answers, name: str) -> HttpResponse:
    shown = answers.rows(name)
    answers.put(f"{name}.rows", str((int(name == "fact.sources") if shown is None else shown) + 1))
    return form(request, task, answers)


def _less(request: HttpRequest, task: Task, answers: Answers, name: str) -> HttpResponse:
    """Take a row out; those after it move up."""
    rows, _, gone = name.rpartition(".")
    count = answers.rows(rows) or 0
    row_gone = whole(gone)
    if row_gone is None or row_gone >= count:
        return form(request, task, answers)
    left = answers.without(name)
    for row in range(row_gone + 1, count):
        for each in [n for n in left.texts if f"{n}.".startswith(f"{rows}.{row}.")]:
            moved = f"{rows}.{row - 1}{each.removeprefix(f'{rows}.{row}')}"
            left.texts[moved] = left.texts.pop(each)
    left.put(f"{rows}.rows", str(count - 1))
    return form(request, task, left)


def _find(request: HttpRequest, task: Task, answers: Answers, name: str) -> HttpResponse:
    """The page that looks for an entity by name, everything typed carried along."""
    asked = next(
        (
            each
            for each in _within([*_questions(task, answers), *_spot(answers)])
            if each.name == name
        ),
        None,
    )
    if asked is None or asked.of is None:
        return form(request, task, answers)
    words = answers.text("words") or answers.text(name)
    return _page(
        request, task, "find", answers.without("words"), asked=asked, words=words,
        found=task.desk.find(words, asked.of) if words else [],
    )  # fmt: skip


def _use(request: HttpRequest, task: Task, answers: Answers, name: str) -> HttpResponse:
    """Put what was found into its box."""
    field, _, entity = name.partition(":")
    answers.put(field, entity)
    return form(request, task, answers.without("words"))


# --- showing what it would do, and writing it ---------------------------------------------------


class _Refusal(Exception):
    """What is wrong with a form, by name of field."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__()
        self.faults = faults


def _ready(task: Task, answers: Answers) -> tuple[Task, Proposal, Any]:
    """The proposal of a form, tried.

    raises  _Refusal, or Conflict
    """
    task, faults = _identified(task, answers)
    proposal = proposing.proposed(task.desk, task.kind, task.verb, task.entity, answers)
    faults |= proposal.faults
    if faults:
        raise _Refusal(faults)
    made, refused = proposing.tried(task.desk, proposal)
    if refused:
        raise _Refusal(refused)
    return task, proposal, made


def _identified(task: Task, answers: Answers) -> tuple[Task, dict[str, str]]:
    """The task with the identifier of a new entity: the one typed, or one made from its name."""
    if task.entity:
        return task, {}
    last = answers.text("slug") or _proposed_slug(task, answers)
    entity = f"{task.system}/{task.kind.name}/{last or 'unnamed'}"
    try:
        identifier(entity)
    except MalformedIdentifier:
        better = slug(last)[:_LONGEST_SLUG] or "its-name"
        wrong = f"An identifier has small letters, digits and hyphens only, such as ‘{better}’."
        return task._replace(entity=f"{task.system}/{task.kind.name}/unnamed"), {"slug": wrong}
    if last:
        answers.put("slug", last)
    return task._replace(entity=entity), {}


def _proposed_slug(task: Task, answers: Answers) -> str:
    reading = Reading(answers, task.desk.resolve)
    values = read_parts(fields_of(task.kind), "fact", reading)
    try:
        label = msgspec.convert(values, task.kind.type).label(task.desk.snapshot.name)
    except msgspec.ValidationError:
        return ""
    plain = slug(label)[:_LONGEST_SLUG].strip("-")
    base = f"{task.system}/{task.kind.name}/{plain}"
    if not plain or not task.desk.book.exists(base):
        return plain
    free = (n for n in range(2, _MOST_TRIES) if not task.desk.book.exists(f"{base}-{n}"))
    return f"{plain}-{next(free, _MOST_TRIES)}"


def _preview(request: HttpRequest, task: Task, answers: Answers, name: str) -> HttpResponse:
    try:
        ready, proposal, made = _ready(task, answers)
    except _Refusal as refusal:
        return form(request, task, answers, refusal.faults, status=422)
    except Conflict as conflict:
        return _conflict(request, task, answers, conflict)
    seen = proposing.preview(ready.desk, proposal, made, today())
    change = proposal.change
    return _page(
        request, task, "preview", answers, proposal=proposal, preview=seen, entity=change.entity,
        days=_days(change.valid_from, change.valid_to),
    )  # fmt: skip


def _days(begins: date, ends: date) -> str:
    return Life(begins, ends, Fact()).words


def _write(request: HttpRequest, task: Task, answers: Answers, name: str) -> HttpResponse:
    try:
        ready, proposal, _ = _ready(task, answers)
        written = proposing.write(ready.desk, proposal)
    except _Refusal as refusal:
        return form(request, task, answers, refusal.faults, status=422)
    except Conflict as conflict:
        return _conflict(request, task, answers, conflict)
    except Refused as refused:
        faults = proposing.refusals(task.desk, proposal, refused)
        return form(request, task, answers, faults, status=422)
    return HttpResponseRedirect(reverse("edit-done", args=[written.entries[0].number]))


def _conflict(
    request: HttpRequest,
    task: Task,
    answers: Answers,
    conflict: Conflict,
    undecided: list[str] | None = None,
) -> HttpResponse:
    """Somebody else was first: who changed what, and the three values side by side."""
    blind = Answers({**answers.texts, "seen": []})
    yours = proposing.proposed(task.desk, task.kind, task.verb, task.entity, blind).change.fact
    found = clash(task.desk, task.kind, task.entity, answers, yours)
    return _page(
        request, task, "conflict", answers.without("settle"), status=409, clash=found,
        last=task.desk.live(task.entity).last, undecided=undecided or [],
        titles={each.name: each.title for each in task.kind.fields},
    )  # fmt: skip


def _settle(request: HttpRequest, task: Task, answers: Answers, name: str) -> HttpResponse:
    after, undecided = settled(task.desk, task.kind, task.entity, answers)
    if undecided:
        return _conflict(request, task, answers, Conflict([]), undecided)
    return _preview(request, task, after, name)


_STEPS: dict[str, Callable[[HttpRequest, Task, Answers, str], HttpResponse]] = {
    "form": _again,
    "more": _more,
    "less": _less,
    "find": _find,
    "use": _use,
    "preview": _preview,
    "settle": _settle,
    "write": _write,
}
"""What each button of the forms does."""
