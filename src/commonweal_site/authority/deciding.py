"""The page that answers: who may decide this, here, on that day, and why?"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.authority.answers import Answer, WhoMay, who_may
from commonweal.authority.facts import pounds
from commonweal.authority.nearest import Miss
from commonweal.authority.search import Question
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal_site.pages import NO_TWINS, Twins, as_json, page, the_snapshot, wants
from commonweal_site.record.presenting import Link, link_to

from . import asking

EXAMPLE = (("function", "reablement"), ("area", "southampton"), ("amount", "400000"))
"""A question that the sources really raise."""


class Told(NamedTuple):
    """One answer, as shown."""

    outcome: str
    holder: Link
    because: str
    steps: tuple[str, ...]
    roles: tuple[tuple[str, tuple[Link, ...]], ...]
    conditions: tuple[str, ...]
    misses: tuple[str, ...]
    proof: str


def decides(request: HttpRequest) -> HttpResponse:
    """Who may decide, with reasons; or the boxes in which to ask."""
    snapshot = the_snapshot(request)
    asked = {name: request.GET.get(name, "").strip()[:200] for name, _ in EXAMPLE}
    found, wrong = None, ""
    if asked["function"] or asked["area"]:
        try:
            found = who_may(snapshot, _question(snapshot, asked))
        except SpeakingError as said:
            wrong = str(said)
    if wants(request) == "json":
        return _as_data(snapshot, found, wrong)
    query = urlencode({name: value for name, value in asked.items() if value})
    return page(
        request, "authority/decides.jinja", "Who decides?",
        twins=Twins(f"/who-decides.json?{query}") if found else NO_TWINS,
        asked=asked, found=found, wrong=wrong.split("\n"), status=400 if wrong else 200,
        what=_what(snapshot, found) if found else "",
        answers=tuple(_told(snapshot, found)) if found else (),
        nearest=_misses(snapshot, found.misses) if found else (),
        functions=sorted({snapshot.name(each) for each in snapshot.of_kind("function")}),
        example=f"/who-decides/?{urlencode(EXAMPLE)}",
    )  # fmt: skip


def _question(snapshot: Snapshot, asked: dict[str, str]) -> Question:
    for name, title in (("function", "what is to be decided"), ("area", "for where")):
        if not asked[name]:
            raise asking.BadQuestion(f"Say {title}.")
    area = asking.found(snapshot, asked["area"], "area")
    return Question(
        function=asking.found(snapshot, asked["function"], "function", near=area),
        area=area,
        amount=asking.pence(asked["amount"]) if asked["amount"] else None,
    )


def _as_data(snapshot: Snapshot, found: WhoMay | None, wrong: str) -> HttpResponse:
    if found is None:
        return as_json({"fault": wrong or "Say what is to be decided, and for where."}, status=400)
    return as_json(asking.who_may_json(snapshot, found))


def _what(snapshot: Snapshot, found: WhoMay) -> str:
    question, name = found.question, snapshot.name
    much = f", {pounds(question.amount)}" if question.amount is not None else ""
    return f"{name(question.function)}, for {name(question.area)}{much}"


def _told(snapshot: Snapshot, found: WhoMay) -> Iterator[Told]:
    for answer in (*found.allowed, *found.cannot_tell):
        yield Told(
            answer.outcome,
            link_to(snapshot, answer.holder),
            answer.because,
            tuple(answer.steps),
            tuple(_roles(snapshot, answer)),
            tuple(answer.conditions),
            _misses(snapshot, answer.misses) if answer.outcome != "allowed" else (),
            str(answer.proof["hash"]) if answer.proof else "",
        )


def _roles(snapshot: Snapshot, answer: Answer) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Who else has a part in it, and which."""
    for title, who in (
        ("Stays accountable", answer.accountable),
        ("Answers at law", answer.liable),
        ("Must be asked first", answer.consult),
        ("Must be told", answer.inform),
    ):
        if who:
            yield title, tuple(link_to(snapshot, each) for each in who)


def _misses(snapshot: Snapshot, misses: Iterable[Miss]) -> tuple[str, ...]:
    return tuple(f"{snapshot.name(each.holder)}: {each.because}." for each in misses)
