"""Scrutiny in a system: what was asked, of whom, by when, where it stands, and what is to come."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.bodies.facts import Body
from commonweal.record.facts import Fact
from commonweal.record.identifiers import slug
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words, period
from commonweal.scrutiny.cases import in_a_sentence
from commonweal.scrutiny.evaluating import ScrutinyProtocol
from commonweal.scrutiny.healthwatch import (
    HealthwatchArrangement,
    HealthwatchReferral,
    HealthwatchReport,
)
from commonweal.scrutiny.owed import Task, awaited, overdue, tasks
from commonweal.scrutiny.reconfigurations import JointScrutiny, Reconfiguration
from commonweal.scrutiny.reports import Recommendation, ScrutinyReport
from commonweal.scrutiny.reviews import ProgrammeItem, Review, ScrutinyRequest
from commonweal.statute.days import happened
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, as_rows, grid, whoever
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import capital, count

from . import shown, yearly
from .shown import HEADS

type Cells[F: Fact] = Callable[[str, F], tuple[Cell, ...]]


def of_system(request: HttpRequest, system: str) -> HttpResponse:
    """Everything of scrutiny in a system on the day asked about."""
    snapshot, on = the_snapshot(request), the_day(request).as_at
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    owed = list(shown.of_system(tasks(snapshot), system))
    if wants(request) != "html":
        return _twin(request, snapshot, system, owed, on)
    where, grids = system_name(snapshot, system), _grids(snapshot, system, owed, on)
    return page(
        request, "scrutiny/system.jinja", f"Scrutiny: {where}",
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"/{system}/scrutiny.json", f"/{system}/scrutiny.csv"), system=system,
        lede=_lede(snapshot, system, owed, on), grids=[each for each in grids if each.rows],
        silent=[each.title for each in grids if not each.rows],
        annual=[
            link
            for committee, body in snapshot.of_system(Body, system).items()
            if body.type == "scrutiny committee"
            for link in yearly.links(snapshot, committee)
        ],
    )  # fmt: skip


def _twin(
    request: HttpRequest, snapshot: Snapshot, system: str, owed: list[Task], on: date
) -> HttpResponse:
    rows = [shown.row(snapshot, task, on) for task in owed]
    if wants(request) == "csv":
        return as_csv(f"{system}-scrutiny", HEADS, rows)
    sections = {
        each.anchor: as_rows(each, [slug(head) for head in each.heads])
        for each in _grids(snapshot, system, owed, on)
    }
    data = {"system": system, "as_at": on.isoformat(), "count": len(rows), "owed": rows}
    return as_json({**data, "sections": sections})


def _lede(snapshot: Snapshot, system: str, owed: list[Task], on: date) -> str:
    late = sum(task.state(on) == "overdue" for task in owed)
    running = len(awaited(owed, on))
    made = len(_of(snapshot, system, Recommendation))
    if not (owed or made or _of(snapshot, system, Review)):
        return "Nothing of scrutiny is on record here yet."
    over = count(late, "answer is", "answers are") if late else "no answer is"
    wait = count(running, "is", "are") if running else "none is"
    return (
        f"On {day_in_words(on)} {over} overdue to scrutiny or Healthwatch here, and {wait} awaited "
        f"and in time. {capital(count(made, 'recommendation'))} of committees "
        f"{'is' if made == 1 else 'are'} on record."
    )


def _of[F: Fact](snapshot: Snapshot, system: str, type_: type[F]) -> list[tuple[str, F]]:
    return [each for each in snapshot.all(type_).items() if each[0].startswith(f"{system}/")]


def _grids(snapshot: Snapshot, system: str, owed: list[Task], on: date) -> list[Grid]:
    late = list(shown.of_system(overdue(snapshot, on), system))
    coming = list(awaited(owed, on))
    return [
        shown.listed(snapshot, "Overdue", late, on, empty="Nothing on record is overdue."),
        shown.listed(snapshot, "Awaited, and in time", coming, on, empty="Nothing is awaited."),
        _recommendations(snapshot, system, on),
        _requests(snapshot, system, on),
        *_programme(snapshot, system, on),
        _changes(snapshot, system, on),
        *_healthwatch(snapshot, system, on),
        *_work(snapshot, system),
    ]


def answer(fact: Recommendation, on: date) -> str:
    """What a body said to a recommendation by a day."""
    if fact.responded and happened(fact.responded, on):
        said = capital(fact.accepted) if fact.accepted != "not stated" else "Answered"
        return f"{said}, {in_words(fact.responded)}"
    if fact.asks is False:
        return "No response was asked for"
    if not (fact.asks or fact.requested):
        return "Whether a response was asked for is not recorded"
    return "No response on record"


def progress(fact: Recommendation, on: date) -> str | None:
    """How far a recommendation had come by a day, as last told."""
    told = [each for each in fact.progress if happened(each.on, on)]
    if not told:
        return None
    last = max(told, key=lambda each: period(each.on))
    return f"{capital(last.state)}, {in_words(last.on)}"


def recommendation_rows(
    snapshot: Snapshot, found: Iterable[tuple[str, Recommendation]], on: date
) -> Iterable[tuple[Cell, ...]]:
    """Recommendations as rows: what, by, to, when, answer, progress."""
    for own, each in found:
        yield (
            Link(each.name, f"/{own}"), link_to(snapshot, each.by),
            whoever(snapshot, each.to_whom, each.to_printed),
            in_words(each.made) if each.made else None, answer(each, on), progress(each, on),
        )  # fmt: skip


RECOMMENDED = ("What", "By", "To", "Made", "Answer", "Done so far")


def _recommendations(snapshot: Snapshot, system: str, on: date) -> Grid:
    found = _of(snapshot, system, Recommendation)
    latest = sorted(found, key=lambda each: (each[1].made or "", each[0]), reverse=True)
    rows = recommendation_rows(snapshot, latest, on)
    return grid("Recommendations", RECOMMENDED, rows)


def _requests(snapshot: Snapshot, system: str, on: date) -> Grid:
    rows = (
        (
            Link(each.name, f"/{own}"), link_to(snapshot, each.by),
            whoever(snapshot, each.of, each.of_printed),
            in_words(each.asked) if each.asked else None, replied(each, on),
        )
        for own, each in _of(snapshot, system, ScrutinyRequest)
    )  # fmt: skip
    return grid("Information and people asked for", ("What", "By", "Of", "Asked", "Answer"), rows)


def replied(fact: ScrutinyRequest, on: date) -> str:
    """What came of a request by a day."""
    if happened(fact.refused, on):
        return f"Refused: {fact.refused_because}"
    if happened(fact.answered, on):
        return f"Answered, {in_words(fact.answered or '')}"
    if fact.type == "attendance" and happened(fact.attend_on, on):
        came = {True: "They came", False: "They did not come"}
        return (
            came[fact.attended]
            if fact.attended is not None
            else "Whether they came is not recorded"
        )
    return "No answer on record"


def _programme(snapshot: Snapshot, system: str, on: date) -> list[Grid]:
    soonest = sorted(
        _of(snapshot, system, ProgrammeItem),
        key=lambda each: period(each[1].when)[0] if each[1].when else date.max,
    )
    ahead = [each for each in soonest if _to_come(each[1], on)]
    past = [each for each in reversed(soonest) if each not in ahead]
    return [
        _programmed(snapshot, "Work programme", ahead),
        _programmed(snapshot, "Earlier on the work programme", past),
    ]


def _to_come(fact: ProgrammeItem, on: date) -> bool:
    waits = fact.state in {"draft", "planned"}
    return waits and (fact.when is None or period(fact.when)[1] > on)


def _programmed(snapshot: Snapshot, title: str, found: list[tuple[str, ProgrammeItem]]) -> Grid:
    rows = (
        (
            in_words(each.when) if each.when else "No day is set", Link(each.name, f"/{own}"),
            link_to(snapshot, each.by), capital(each.type), capital(each.state),
            tuple(link_to(snapshot, came) for came in each.comes_from) or "Nothing on record",
        )
        for own, each in found
    )  # fmt: skip
    heads = ("When", "What", "Committee", "Why now", "State", "Follows up")
    return grid(title, heads, rows)


def _changes(snapshot: Snapshot, system: str, on: date) -> Grid:
    rows = (
        (
            Link(each.name, f"/{own}"), link_to(snapshot, each.by),
            in_a_sentence(snapshot, own, each, on),
        )
        for own, each in _of(snapshot, system, Reconfiguration)
    )  # fmt: skip
    return grid("Changes of services", ("Proposal", "By", "Where it stands"), rows)


def _healthwatch(snapshot: Snapshot, system: str, on: date) -> list[Grid]:
    reports = (
        (
            Link(each.name, f"/{own}"), link_to(snapshot, each.by),
            in_words(each.made) if each.made else None,
            tuple(link_to(snapshot, to.body) for to in each.sent_to),
            _answers(each, on),
        )
        for own, each in _of(snapshot, system, HealthwatchReport)
    )  # fmt: skip
    referrals = (
        (
            Link(each.name, f"/{own}"), link_to(snapshot, each.by), link_to(snapshot, each.to_whom),
            in_words(each.first_day) if each.first_day else None,
            f"Acknowledged, {in_words(each.acknowledged)}"
            if each.acknowledged and happened(each.acknowledged, on) else "Not yet acknowledged",
        )
        for own, each in _of(snapshot, system, HealthwatchReferral)
    )  # fmt: skip
    return [
        grid("Reports of Healthwatch", ("Report", "By", "Made", "Sent to", "Answers"), reports),
        grid("Referrals of Healthwatch", ("Matter", "By", "To", "On", "Answer"), referrals),
    ]


def _answers(report: HealthwatchReport, on: date) -> str | None:
    if not report.sent_to:
        return None
    done = sum(happened(each.answered or each.passed_on, on) for each in report.sent_to)
    return f"{done} of {len(report.sent_to)}"


def _work(snapshot: Snapshot, system: str) -> list[Grid]:
    reviews = (
        (
            Link(each.name, f"/{own}"), link_to(snapshot, each.by), capital(each.type),
            in_words(each.began) if each.began else None,
            in_words(each.ended) if each.ended else None,
        )
        for own, each in _of(snapshot, system, Review)
    )  # fmt: skip
    reports: list[tuple[Any, ...]] = [
        (
            Link(each.name, f"/{own}"), link_to(snapshot, each.by),
            in_words(each.made) if each.made else None,
        )
        for own, each in _of(snapshot, system, ScrutinyReport)
    ]  # fmt: skip
    joint: list[tuple[Any, ...]] = [
        (
            Link(each.name, f"/{own}"), capital(each.type),
            tuple(link_to(snapshot, by.council) for by in each.appointed_by),
        )
        for own, each in _of(snapshot, system, JointScrutiny)
    ]  # fmt: skip
    return [
        grid("Reviews", ("Matter", "Committee", "Form", "Began", "Ended"), reviews),
        grid("Reports of committees", ("Report", "By", "Made"), reports),
        grid("Councils that scrutinise together", ("Arrangement", "Kind", "Councils"), joint),
        *_rules(snapshot, system),
    ]


def _rules(snapshot: Snapshot, system: str) -> list[Grid]:
    """By which rules committees work, and how councils have a Healthwatch."""
    protocols = (
        (
            link_to(snapshot, each.by), Link(each.name, f"/{own}"), _capacity(each),
            tuple(
                Link(f"{one.what}: {snapshot.name(one.of)}, each {one.every}", f"/{one.of}")
                if one.every != "not stated"
                else Link(f"{one.what}: {snapshot.name(one.of)}", f"/{one.of}")
                for one in each.shares
            ) or "Nothing on record",
        )
        for own, each in _of(snapshot, system, ScrutinyProtocol)
    )  # fmt: skip
    arranged = (
        (
            Link(snapshot.name(each.healthwatch), f"/{own}"), link_to(snapshot, each.council),
            in_words(each.until) if each.until else None,
            in_words(each.procedure_published) if each.procedure_published else None,
        )
        for own, each in _of(snapshot, system, HealthwatchArrangement)
    )  # fmt: skip
    return [
        grid("How committees work", ("Committee", "Rules", "Capacity", "Given unasked"), protocols),
        grid(
            "How Healthwatch is arranged",
            ("Healthwatch", "Council", "Contract ends", "How it decides, published"), arranged,
        ),
    ]  # fmt: skip


def _capacity(protocol: ScrutinyProtocol) -> str | None:
    if protocol.items_a_year is None:
        return None
    free = protocol.kept_free
    kept = f", {free} of them kept free for what cannot be foreseen" if free is not None else ""
    return f"{count(protocol.items_a_year, 'item')} a year{kept}"
