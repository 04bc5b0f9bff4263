"""Answers given once and used often, so that small providers are not asked the same again."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.plans.answering import Asking, StandingAnswer, is_fresh, spared
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, grid, whoever
from commonweal_site.pages import Twins, as_csv, as_json, not_found, page, the_snapshot, wants
from commonweal_site.record.presenting import Link, link_to, path_of, system_name
from commonweal_site.words import count

HEADS = "id about answered_by given fresh_until fresh text asked spared as_at known".split()

type Named = tuple[str, StandingAnswer]


def answers(request: HttpRequest, system: str) -> HttpResponse:
    """The standing answers of a system, those that are out of date first."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return not_found(request, f"No system called ‘{system}’ is on record on this day.")
    found = [e for e in snapshot.all(StandingAnswer).items() if e[0].startswith(f"{system}/")]
    found.sort(key=lambda each: (is_fresh(each[1], snapshot.as_at) is not False, each[1].name))
    if wants(request) != "html":
        rows = [_row(snapshot, each) for each in found]
        if wants(request) == "csv":
            return as_csv(f"{system}-answers", HEADS, rows)
        return as_json({"system": system, "count": len(rows), "answers": rows})
    where = system_name(snapshot, system)
    rows_shown = (
        (
            Link(each.name, path_of(name)), each.text, whoever(snapshot, each.by, each.by_printed),
            _freshness(snapshot, each), _asked(snapshot, each),
        )
        for name, each in found
    )  # fmt: skip
    heads = ("About", "Answer", "Whose", "May it be used?", "Asked by")
    return page(
        request, "meetings/grids.jinja", f"Answered once: {where}",
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Plans", f"/{system}/plans/")],
        twins=Twins(f"/{system}/answers.json", f"/{system}/answers.csv"),
        invented=system in snapshot.invented, lede=lede(snapshot, found),
        grids=[grid("Look here before you ask a provider", heads, rows_shown)],
    )  # fmt: skip


def lede(snapshot: Snapshot, found: list[Named]) -> str:
    """How many answers serve how many requests, and which are out of date, in two sentences."""
    if not found:
        return "No standing answer is on record. A provider may have answered all the same."
    asked = sum(len(each.asked) for _, each in found)
    saved = sum(spared(each) for _, each in found)
    stale = sum(is_fresh(each, snapshot.as_at) is False for _, each in found)
    first = f"{count(len(found), 'answer')} served {count(asked, 'request')}"
    verb = "is" if stale == 1 else "are"
    old = f" {count(stale, 'answer')} {verb} out of date: ask again." if stale else ""
    return f"{first}, so that {count(saved, 'request')} needed no new answer.{old}"


def _freshness(snapshot: Snapshot, answer: StandingAnswer) -> str:
    if answer.fresh_until is None:
        return "Until when is not recorded"
    until = in_words(answer.fresh_until)
    fresh = is_fresh(answer, snapshot.as_at)
    return f"Yes, until {until}" if fresh else f"No, only until {until}: ask again"


def _asked(snapshot: Snapshot, answer: StandingAnswer) -> Cell:
    return tuple(_asking(snapshot, each) for each in answer.asked)


def _asking(snapshot: Snapshot, asking: Asking) -> Link:
    on = f", {in_words(asking.when)}" if asking.when else ""
    if asking.by:
        return link_to(snapshot, asking.by, f"{snapshot.name(asking.by)}{on}")
    return Link(f"{asking.by_printed or 'Not recorded'}{on}")


def _row(snapshot: Snapshot, named: Named) -> dict[str, Any]:
    name, each = named
    return {
        "id": name, "about": each.name, "answered_by": each.by or each.by_printed or None,
        "given": each.given, "fresh_until": each.fresh_until,
        "fresh": is_fresh(each, snapshot.as_at), "text": each.text, "asked": len(each.asked),
        "spared": spared(each), "as_at": snapshot.as_at.isoformat(),
        "known": snapshot.known.isoformat(),
    }  # fmt: skip
