"""The law's time limits: the list, and the working of one from a day on."""

from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.record.errors import SpeakingError
from commonweal.statute.clock import Clock, clock, clocks
from commonweal.statute.counting import Working
from commonweal.statute.errors import UnknownClock
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, wants

_PARTS = ("year", "month", "day")


class Asked(NamedTuple):
    """The day that was typed, as typed; and what is wrong with it, if anything is."""

    typed: dict[str, str]
    day: date | None
    wrong: str = ""


def limits(request: HttpRequest) -> HttpResponse:
    """Every time limit, with whether it is in force on the day."""
    every = list(clocks().values())
    if wants(request) != "html":
        rows = [limit_as_data(each) for each in every]
        return (
            as_json(rows)
            if wants(request) == "json"
            else as_csv("time-limits", list(rows[0]), rows)
        )
    return page(
        request, "statute/time_limits.jinja", "Time limits", limits=every,
        twins=Twins("/time-limits.json", "/time-limits.csv"),
        in_force={each.rule for each in every if each.in_force(the_day(request).as_at)},
    )  # fmt: skip


def limit(request: HttpRequest, number: str) -> HttpResponse:
    """One time limit, and its working from the day that was asked about."""
    try:
        asked_of = clock(number.upper())
    except UnknownClock as unknown:
        raise Http404(str(unknown)) from None
    asked = _asked(request)
    working, wrong = None, asked.wrong
    if asked.day:
        try:
            working = asked_of.run(asked.day)
        except SpeakingError as refused:
            wrong = str(refused)
    if wants(request) == "json":
        if wrong:
            return as_json({"rule": asked_of.rule, "fault": wrong}, status=400)
        data = working_as_data(asked_of, working) if working else limit_as_data(asked_of)
        return as_json(data)
    query = f"?from={asked.day.isoformat()}" if working and asked.day else ""
    return page(
        request, "statute/time_limit.jinja", asked_of.title,
        crumbs=[Crumb("Time limits", "/time-limits/")], status=400 if wrong else 200,
        twins=Twins(f"/time-limits/{asked_of.rule}.json{query}"),
        limit=asked_of, asked=asked, working=working, wrong=wrong,
    )  # fmt: skip


def limit_as_data(limit: Clock) -> dict[str, object]:
    """A time limit for a program to read."""
    return {
        "rule": limit.rule, "title": limit.title, "says": limit.in_words(),
        "trigger": limit.trigger, "length": limit.length, "unit": limit.unit,
        "count": limit.count, "starts": limit.starts.isoformat(),
        "ends": limit.ends.isoformat() if limit.ends else None,
        "consequence": limit.consequence, "source": limit.cite,
    }  # fmt: skip


def working_as_data(limit: Clock, working: Working) -> dict[str, object]:
    """The last day in time and each day on the way, for a program to read."""
    rows = [
        {"day": row.day.isoformat(), "counted": row.number, "why": row.why or None}
        for row in working.rows
    ]
    return {
        "rule": limit.rule, "title": limit.title, "from": working.start.isoformat(),
        "due": working.due.isoformat(), "because": working.because, "working": rows,
        "source": limit.cite,
    }  # fmt: skip


def _asked(request: HttpRequest) -> Asked:
    """The day in `from`, or in the three boxes of the form."""
    if whole := request.GET.get("from", ""):
        whole_parts = whole.split("-")
        typed = dict(zip(_PARTS, [*whole_parts, "", "", ""], strict=False))
    else:
        typed = {part: request.GET.get(f"from-{part}", "").strip() for part in _PARTS}
    if not any(typed.values()):
        return Asked(typed, None)
    try:
        return Asked(typed, date(*(int(typed[part]) for part in _PARTS)))
    except (ValueError, OverflowError):
        shown = whole or " ".join(typed[part] or "(nothing)" for part in reversed(_PARTS))
        return Asked(
            typed, None, f"‘{shown}’ is not a day. Give day, month and year, such as 12 12 2022."
        )
