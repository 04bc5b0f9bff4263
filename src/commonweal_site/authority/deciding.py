"""The pages that answer: who may decide this, here, on that day, and why? And may this one?"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.authority.answers import Answer, WhoMay, may, who_may
from commonweal.authority.register import register
from commonweal.authority.search import Question
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.pages import (
    NO_TWINS,
    Twins,
    as_csv,
    as_json,
    page,
    the_day,
    the_snapshot,
    wants,
)
from commonweal_site.record import shelf
from commonweal_site.record.presenting import Link, system_name
from commonweal_site.viewer import viewer

from . import asking, boxes, telling
from .turning import turns

EXAMPLE = (("function", "reablement"), ("area", "southampton"), ("amount", "400000"))
"""A question that the sources really raise."""

_FEW_ENOUGH = 5_000
"""With more delegations on record, the days on which the answer changes have a page of their own:
looking through them takes a reader longer than waiting is worth."""


def decides(request: HttpRequest) -> HttpResponse:
    """Who may decide, with reasons; or the boxes in which to ask."""
    snapshot, put = the_snapshot(request), boxes.put(request)
    found, wrong = _answered(snapshot, put, _everybody)
    if wants(request) != "html":
        return _everybody_as_data(request, snapshot, found, str(wrong or ""))
    answers = (*found.allowed, *found.cannot_tell) if found else ()
    asked = found.question if found else None
    return _shown(
        request, put, wrong, asked, answers, title="Who decides?",
        lead=telling.lead(snapshot, found) if found else "",
        nearest=telling.misses(snapshot, found.misses) if found else (),
        twins=_twins("/who-decides", put, csv=True) if found else NO_TWINS,
        action="/who-decides/",
    )  # fmt: skip


def may_decide(request: HttpRequest) -> HttpResponse:
    """Whether one holder may decide, with reasons; or the boxes in which to ask."""
    snapshot, put = the_snapshot(request), boxes.put(request)
    found, wrong = _answered(snapshot, put, _one)
    if wants(request) != "html":
        if found is None:
            return _nothing_asked(str(wrong or "Say who, what is to be decided, and for where."))
        return as_json({**asking.answer_json(snapshot, found), "answered_from": _rests(request)})
    return _shown(
        request, put, wrong, found.question if found else None, (found,) if found else (),
        title="May they decide this?",
        lead=found.because if found else "", nearest=(),
        twins=_twins("/who-decides/may", put) if found else NO_TWINS,
        action="/who-decides/may/",
    )  # fmt: skip


def over_time(request: HttpRequest) -> HttpResponse:
    """The days on which the answer changes, with the answer on each side."""
    snapshot, put = the_snapshot(request), boxes.put(request)
    asked, wrong = _answered(snapshot, put, boxes.question)
    found = turns(shelf.SHELF, snapshot, asked) if asked else ()
    if wants(request) != "html":
        if asked is None:
            return _nothing_asked(str(wrong or "Say what is to be decided, and for where."))
        said = asking.turns_json(snapshot, asked, found)
        return as_json({**said, "answered_from": _rests(request)})
    return page(
        request, "authority/over_time.jinja", "When the answer changes",
        status=400 if wrong else 200, put=put,
        **_wrong(snapshot, put, wrong, "/who-decides/over-time/"),
        what=boxes.in_words(snapshot, asked) if asked else "", rests=_rests(request),
        asked_again=_address("/who-decides/", put), turned=telling.turned(found),
        invented=_invented(snapshot, asked),
        twins=_twins("/who-decides/over-time", put) if asked else NO_TWINS,
    )  # fmt: skip


# --- asking --------------------------------------------------------------------------------------


def _answered[T](
    snapshot: Snapshot, put: boxes.Put, ask: Callable[[Snapshot, boxes.Put], T]
) -> tuple[T | None, SpeakingError | None]:
    """What was found, or what was wrong with the question; neither, if none was put."""
    if not put.anything:
        return None, None
    try:
        return ask(snapshot, put), None
    except SpeakingError as wrong:
        return None, wrong


def _wrong(
    snapshot: Snapshot, put: boxes.Put, wrong: SpeakingError | None, path: str
) -> dict[str, Any]:
    """What a page says of a question that could not be answered, and what may be asked instead."""
    if not isinstance(wrong, asking.NotCalledSo | asking.SeveralCalledSo) or not wrong.offers:
        return {"wrong": str(wrong or "").split("\n"), "instead": []}
    box = "holder" if wrong.kind in asking.HOLDERS else wrong.kind
    names = Counter(snapshot.name(each) for each in wrong.offers)
    instead = [
        Link(
            _told_apart(snapshot, each) if names[snapshot.name(each)] > 1 else snapshot.name(each),
            _address(path, put._replace(written={**put.written, box: each})),
        )
        for each in wrong.offers
    ]
    return {"wrong": [wrong.said], "instead": instead}


def _everybody(snapshot: Snapshot, put: boxes.Put) -> WhoMay:
    """Everybody who may; what came nearest only if nobody does, for that takes longest."""
    asked = boxes.question(snapshot, put)
    found = who_may(snapshot, asked, misses=False)
    return found if found.allowed else who_may(snapshot, asked)


def _one(snapshot: Snapshot, put: boxes.Put) -> Answer:
    who = boxes.holder(snapshot, put)
    return may(snapshot, who, boxes.question(snapshot, put, near=who))


def _told_apart(snapshot: Snapshot, entity: str) -> str:
    """The name of what is not the only one called so."""
    system = system_name(snapshot, entity.partition("/")[0])
    kind = getattr(snapshot.fact(entity), "type", "") or entity.split("/")[2]
    return f"{snapshot.name(entity)}: {kind}, {system}"


# --- showing -------------------------------------------------------------------------------------


def _shown(
    request: HttpRequest,
    put: boxes.Put,
    wrong: SpeakingError | None,
    asked: Question | None,
    answers: Iterable[Answer],
    **more: Any,
) -> HttpResponse:
    snapshot, day = the_snapshot(request), the_day(request)
    inline = asked is not None and len(register(snapshot).delegations) <= _FEW_ENOUGH
    found = turns(shelf.SHELF, snapshot, asked) if asked and inline else ()
    return page(
        request, "authority/decides.jinja", status=400 if wrong else 200,
        put=put, asked=asked, invented=_invented(snapshot, asked),
        **_wrong(snapshot, put, wrong, more["action"]),
        what=boxes.in_words(snapshot, asked) if asked else "", rests=_rests(request),
        answers=telling.told(snapshot, answers, SiteAddresses(urlencode(day.query))),
        turned=telling.turned(found), inline=inline,
        over_time=_address("/who-decides/over-time/", put),
        everybody=_address("/who-decides/", put._replace(written={**put.written, "holder": ""})),
        functions=boxes.subjects(snapshot), example=f"/who-decides/?{urlencode(EXAMPLE)}", **more,
    )  # fmt: skip


def _address(path: str, put: boxes.Put) -> str:
    return f"{path}?{urlencode(put.query)}"


def _twins(path: str, put: boxes.Put, *, csv: bool = False) -> Twins:
    return Twins(_address(f"{path}.json", put), _address(f"{path}.csv", put) if csv else "")


def _rests(request: HttpRequest) -> str:
    return asking.answered_from(viewer(request).systems)


def _invented(snapshot: Snapshot, asked: Question | None) -> bool:
    return asked is not None and asked.area.split("/", 1)[0] in snapshot.invented


# --- as data -------------------------------------------------------------------------------------


def _nothing_asked(wrong: str) -> HttpResponse:
    return as_json({"fault": wrong}, status=400)


def _everybody_as_data(
    request: HttpRequest, snapshot: Snapshot, found: WhoMay | None, wrong: str
) -> HttpResponse:
    if found is None:
        return _nothing_asked(wrong or "Say what is to be decided, and for where.")
    if wants(request) == "csv":
        rows = asking.who_may_rows(snapshot, found)
        return as_csv("who-decides", asking.HEADS, rows)
    said = asking.who_may_json(snapshot, found)
    lead = telling.lead(snapshot, found)
    return as_json({"answer": lead, "answered_from": _rests(request), **said})
