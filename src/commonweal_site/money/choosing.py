"""Which process an authority uses to choose a provider: asked and answered without a script."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.money.choosing.facts import Circumstances
from commonweal.money.choosing.processes import Choice, which
from commonweal.money.choosing.steps import Step, steps
from commonweal.record.identifiers import identifier
from commonweal.record.wording import capital, listed
from commonweal.statute.rule import rule
from commonweal_site.authority.asking import BadQuestion, pence
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.presenting import Link, system_name
from commonweal_site.scrutiny.shown import by_rule

from .choosing_questions import QUESTIONS, SUMS, Question

_ORDER = ("PSR-03", "PSR-05", "PSR-06", "PSR-07", "PSR-08", "PSR-04", "PSR-10")
"""The rules behind the steps, in the order in which the steps are taken."""

ANSWERS = {"yes": True, "no": False, "": None}


def circumstances(given: Mapping[str, str]) -> Circumstances:
    """What was answered.

    given   yes, no or nothing for each question, and pounds for the two sums
    raises  BadQuestion
    """
    known: dict[str, Any] = {}
    for each in QUESTIONS:
        answer = given.get(each.name, "").strip().lower()
        if answer not in ANSWERS:
            raise BadQuestion(
                f"‘{answer}’ is no answer to “{each.asks}” Say yes or no, or leave it open."
            )
        known[each.name] = ANSWERS[answer]
    for each in SUMS:
        text = given.get(each.name, "").strip()
        known[f"{each.name}_pence"] = pence(text) if text else None
    return Circumstances(**known)


def as_data(choice: Choice, on: date) -> dict[str, Any]:
    """The answer, for a program to read."""
    law = rule(choice.law)
    return {
        "on": on.isoformat(), "answer": choice.sentence, "open": list(choice.open),
        "unsettled": list(choice.unsettled), "rule": law.id, "source": law.cite,
        "processes": [
            {
                "process": each.process, "open": each.open, "because": each.because,
                "source": each.cite,
                "steps": [
                    {"what": step.what, "rule": step.rule, "source": step.cite}
                    for step in (steps(each.process, on) if each.open else ())
                ],
            }
            for each in choice.grounds
        ],
    }  # fmt: skip


def which_process(request: HttpRequest) -> HttpResponse:
    """The questions, with the answer before them once any is answered."""
    on = the_day(request).as_at
    given = {each.name: request.GET.get(each.name, "") for each in (*QUESTIONS, *SUMS)}
    choice, wrong = None, ""
    try:
        case = circumstances(given)
        if any(given.values()) or wants(request) == "json":
            choice = which(case, on)
    except BadQuestion as bad:
        wrong = str(bad)
    if wants(request) == "json":
        if wrong or choice is None:
            return as_json({"fault": wrong}, status=400)
        return as_json(as_data(choice, on))
    asked = request.GET.urlencode()
    return page(
        request, "money/which_process.jinja", "Which process chooses a provider?",
        status=400 if wrong else 200, twins=Twins(f"/which-process.json?{asked}"),
        choice=choice, wrong=wrong, given=given, parts=_parts(),
        law=rule(choice.law).cite if choice else "",
        grids=list(_grids(choice, on)) if choice else [], systems=_systems(request),
    )  # fmt: skip


def _parts() -> list[tuple[str, list[Question], list[Question]]]:
    names = dict.fromkeys(each.part for each in QUESTIONS)
    return [
        (
            name,
            [each for each in QUESTIONS if each.part == name],
            [each for each in SUMS if each.part == name],
        )
        for name in names
    ]


def _grids(choice: Choice, on: date) -> Iterator[Grid]:
    if not choice.grounds:
        return
    words = {True: "Open", False: "Closed", None: "Not settled"}
    laws = {"direct award C": "PSR-02", "urgent award": "PSR-10"}
    yield grid(
        "Each process, and why", ("Process", "Stands", "Why", "Rule"),
        ((capital(each.process), words[each.open], each.because,
          by_rule(laws.get(each.process, choice.law))) for each in choice.grounds),
    )  # fmt: skip
    asked: dict[Step, list[str]] = {}
    for process in choice.open:
        for step in steps(process, on):
            asked.setdefault(step, []).append(process)
    if asked:
        yield grid(
            "What is asked for then", ("Do this", "For", "Rule"),
            ((step.what, capital(listed(found)), by_rule(step.rule))
             for step, found in sorted(asked.items(), key=lambda each: _ORDER.index(each[0].rule))),
            intro="Each wait is counted as if its notice were published on the day shown above.",
        )  # fmt: skip


def _systems(request: HttpRequest) -> list[Link]:
    """The systems that have choices of providers on record."""
    snapshot = the_snapshot(request)
    found = {identifier(each).system for each in snapshot.of_kind("provider-selection")}
    return [
        Link(system_name(snapshot, each), f"/{each}/choosing-providers/") for each in sorted(found)
    ]
