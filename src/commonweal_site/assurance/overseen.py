"""Who oversees whom and what it costs, and the library of evidence, for a system."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.assurance import library
from commonweal.assurance.assessing import SystemAssessment
from commonweal.assurance.burden import (
    asked_twice,
    hours_a_year,
    in_a_sentence,
    loads,
    oversight,
)
from commonweal.assurance.overseeing import OversightSegment, PeerChallenge
from commonweal.bodies.facts import Relation
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid, whoever
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import capital

HEADS = "id name by of on times_a_year hours hours_a_year asks as_at".split()
EVIDENCE = "id name asker theme freshness on fresh_until owner document as_at".split()


def who_oversees_whom(request: HttpRequest, system: str) -> HttpResponse:
    """Oversight in a system: hours by body, questions asked twice, segments, peers."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    if wants(request) != "html":
        return _oversight_twin(request, snapshot, system)
    grids = (
        *_first(snapshot, system), _relations(snapshot, system), _assessments(snapshot, system),
        _segments(snapshot, system), _peers(snapshot, system),
    )  # fmt: skip
    others = len({fact.who for _, fact in _overseers(snapshot, system)})
    lede = in_a_sentence(loads(snapshot, system), asked_twice(snapshot, system), others)
    said = Said("Who oversees whom", lede, grids, "who-oversees-whom")
    return _page(request, snapshot, system, said)


def _first(snapshot: Snapshot, system: str) -> tuple[Grid, ...]:
    """What it costs before what is asked; the other way round where no cost is stated."""
    costs = (_hours(snapshot, system), _twice(snapshot, system))
    asked = _returns(snapshot, system)
    stated = any(each.hours for each in loads(snapshot, system))
    return (*costs, asked) if stated else (asked, *costs)


class Said(NamedTuple):
    """What a page of tables says: its title, the answer, the tables, and where it is."""

    title: str
    lede: str
    grids: tuple[Grid, ...]
    word: str


def _page(request: HttpRequest, snapshot: Snapshot, system: str, said: Said) -> HttpResponse:
    where, path = system_name(snapshot, system), f"/{system}/{said.word}"
    return page(
        request, "assurance/tables.jinja", f"{said.title}: {where}",
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Risks", f"/{system}/risks/")],
        invented=system in snapshot.invented, twins=Twins(f"{path}.json", f"{path}.csv"),
        lede=said.lede, grids=[each for each in said.grids if each.rows], system=system,
        silent=[each.title for each in said.grids if not each.rows],
    )  # fmt: skip


def _oversight_twin(request: HttpRequest, snapshot: Snapshot, system: str) -> HttpResponse:
    on = snapshot.as_at.isoformat()
    rows: list[dict[str, Any]] = []
    for name, fact in oversight(snapshot, system).items():
        cost = hours_a_year(fact)
        rows.append({
            "id": name, "name": fact.name, "by": fact.by or fact.by_printed,
            "of": ", ".join(fact.of), "on": ", ".join(fact.on), "times_a_year": fact.times_a_year,
            "hours": float(fact.hours) if fact.hours is not None else None,
            "hours_a_year": float(cost) if cost is not None else None,
            "asks": " ".join(fact.asks), "as_at": on,
        })  # fmt: skip
    if wants(request) == "csv":
        return as_csv(f"{system}-who-oversees-whom", HEADS, rows)
    costs = [
        {"body": each.who, "hours_a_year": float(each.hours), "not_stated": each.unknown}
        for each in loads(snapshot, system)
    ]
    twice = [
        {"body": each.who, "question": each.question, "returns": list(each.returns)}
        for each in asked_twice(snapshot, system)
    ]
    assessed = [
        {
            "id": name, "of": fact.of, "by": fact.by, "state": fact.state, "year": fact.year,
            "published": fact.published, "rating": fact.rating or None,
            "themes": [each.theme for each in fact.themes],
        }
        for name, fact in snapshot.of_system(SystemAssessment, system).items()
    ]  # fmt: skip
    return as_json({
        "system": system, "as_at": on, "count": len(rows), "oversight": rows, "hours": costs,
        "asked_twice": twice, "assessments": assessed,
    })  # fmt: skip


def _hours(snapshot: Snapshot, system: str) -> Grid:
    rows = (
        (
            link_to(snapshot, each.who), str(len(each.returns)),
            f"{each.hours:,.0f}" if each.unknown < len(each.returns) else None,
            str(each.unknown) if each.unknown else "None",
        )
        for each in loads(snapshot, system)
    )  # fmt: skip
    heads = ("Body", "Answers", "Hours a year", "Cost not stated")
    intro = "Hours each time, multiplied by times a year, added over everything a body must answer."
    return grid("What it costs each body", heads, rows, intro=intro)


def _twice(snapshot: Snapshot, system: str) -> Grid:
    rows = (
        (
            each.question, link_to(snapshot, each.who),
            tuple(link_to(snapshot, name) for name in each.returns),
        )
        for each in asked_twice(snapshot, system)
    )  # fmt: skip
    return grid("Asked more than once", ("Question", "Of", "In"), rows)


def _returns(snapshot: Snapshot, system: str) -> Grid:
    rows = (
        (
            Link(fact.name, f"/{name}"), whoever(snapshot, fact.by, fact.by_printed),
            tuple(link_to(snapshot, each) for each in fact.of),
            capital(", ".join(fact.on)) or None,
            str(fact.times_a_year) if fact.times_a_year else None,
            f"{fact.hours:f}" if fact.hours is not None else None,
        )
        for name, fact in oversight(snapshot, system).items()
    )  # fmt: skip
    heads = ("What is asked for", "By", "Of", "On", "Times a year", "Hours each time")
    return grid("Everything that is asked for", heads, rows)


def _overseers(snapshot: Snapshot, system: str) -> list[tuple[str, Relation]]:
    every = snapshot.of_system(Relation, system).items()
    return [(name, fact) for name, fact in every if fact.type == "oversees"]


def _relations(snapshot: Snapshot, system: str) -> Grid:
    rows = (
        (
            link_to(snapshot, fact.who), link_to(snapshot, fact.to_whom),
            Link(fact.capacity or "not stated", f"/{name}"),
        )
        for name, fact in _overseers(snapshot, system)
    )  # fmt: skip
    return grid("Who else oversees", ("Who", "Whom", "On what"), rows)


def _assessments(snapshot: Snapshot, system: str) -> Grid:
    rows = (
        (
            Link(fact.label(snapshot.name), f"/{name}"), capital(fact.state),
            in_words(fact.published) if fact.published else None,
            fact.rating or "None given, and none assumed",
            tuple(Link(f"{each.theme}: {each.found}" if each.found else each.theme)
                  for each in fact.themes) or None,
        )
        for name, fact in snapshot.of_system(SystemAssessment, system).items()
    )  # fmt: skip
    intro = "Where no rating is given, that says nothing on how well or badly a system does."
    heads = ("Assessment", "State", "Published", "Rating", "Themes")
    return grid("Assessments of the system", heads, rows, intro=intro)


def _segments(snapshot: Snapshot, system: str) -> Grid:
    rows = (
        (
            link_to(snapshot, fact.body), fact.year, Link(f"Segment {fact.segment}", f"/{name}"),
            in_words(fact.published) if fact.published else None,
        )
        for name, fact in snapshot.all(OversightSegment).items()
        if name.startswith(f"{system}/")
    )  # fmt: skip
    intro = (
        "Each body on its own: how one of them does is no verdict on the system, nor the other way."
    )
    return grid("Segments", ("Body", "Year", "Segment", "Published"), rows, intro=intro)


def _peers(snapshot: Snapshot, system: str) -> Grid:
    rows = (
        (
            Link(fact.name, f"/{name}"), link_to(snapshot, fact.of),
            tuple(link_to(snapshot, each) for each in fact.by),
            in_words(fact.on) if fact.on else None,
            f"{sum(each.done is not None for each in fact.found)} of {len(fact.found)}",
        )
        for name, fact in snapshot.all(PeerChallenge).items()
        if name.startswith(f"{system}/")
    )  # fmt: skip
    heads = ("Challenge", "Of", "By", "When", "Findings acted on")
    return grid("Peers who looked", heads, rows)


# --- evidence -------------------------------------------------------------------------------------


def evidence_library(request: HttpRequest, system: str) -> HttpResponse:
    """The evidence of a system by asker and theme, with what has gone stale or is missing."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    found = library.held(snapshot, system)
    by_theme = library.themes(found)
    if wants(request) != "html":
        return _evidence_twin(request, snapshot, system, by_theme)
    askers = dict.fromkeys(each.asker for each in by_theme)
    grids = tuple(
        _of_asker(snapshot, asker, tuple(each for each in by_theme if each.asker == asker))
        for asker in askers
    )
    first = (_missing(by_theme), _stale(snapshot, found), _several(found)) if found else ()
    lede = library.in_a_sentence(found, by_theme)
    said = Said("Evidence for reviewers", lede, (*first, *grids), "evidence-library")
    return _page(request, snapshot, system, said)


def _missing(by_theme: tuple[library.Theme, ...]) -> Grid:
    rows = (
        (_called(each.asker), capital(each.theme), "Gone stale" if each.held else "Nothing is held")
        for each in library.unanswered(by_theme)
    )
    return grid("Questions without an answer that counts", ("Asked by", "Theme", "Why"), rows)


def _stale(snapshot: Snapshot, found: tuple[library.Held, ...]) -> Grid:
    rows = (
        (
            Link(each.fact.name, f"/{each.name}"), in_words(each.fact.fresh_until or ""),
            link_to(snapshot, each.fact.owner) if each.fact.owner else None,
        )
        for each in library.gone_stale(found)
    )  # fmt: skip
    return grid("What has gone stale", ("Evidence", "Counted until", "Who renews it"), rows)


def _several(found: tuple[library.Held, ...]) -> Grid:
    rows = (
        (
            Link(each.fact.name, f"/{each.name}"),
            tuple(
                Link(f"{_called(one.asker)}: {one.theme}")
                for one in dict.fromkeys(each.fact.answers)
            ),
        )
        for each in library.answering_several(found)
    )  # fmt: skip
    intro = "Kept once, given to everybody who asks."
    return grid("One paper, several answers", ("Evidence", "Answers"), rows, intro=intro)


def _called(asker: str) -> str:
    return asker if asker in {"Care Quality Commission", "NHS England"} else capital(asker)


def _of_asker(snapshot: Snapshot, asker: str, by_theme: tuple[library.Theme, ...]) -> Grid:
    rows = [row for each in by_theme for row in _of_theme(snapshot, each)]
    return grid(_called(asker), ("Theme", "Evidence", "Still counts?", "As at", "Kept by"), rows)


def _of_theme(snapshot: Snapshot, theme: library.Theme) -> list[tuple[Any, ...]]:
    name = capital(theme.theme)
    if not theme.held:
        return [(name, "Nothing is on record", "Missing", "Not applicable", "Nobody")]
    return [
        (
            name, Link(each.fact.name, f"/{each.name}"), _still(each),
            in_words(each.fact.on) if each.fact.on else None,
            link_to(snapshot, each.fact.owner) if each.fact.owner else None,
        )
        for each in theme.held
    ]  # fmt: skip


def _still(each: library.Held) -> str | None:
    if each.fact.fresh_until is None:
        return None
    return f"{capital(each.freshness)}: until {in_words(each.fact.fresh_until)}"


def _evidence_twin(
    request: HttpRequest, snapshot: Snapshot, system: str, by_theme: tuple[library.Theme, ...]
) -> HttpResponse:
    on = snapshot.as_at.isoformat()
    rows = [
        {
            "id": each.name, "name": each.fact.name, "asker": theme.asker, "theme": theme.theme,
            "freshness": each.freshness, "on": each.fact.on, "fresh_until": each.fact.fresh_until,
            "owner": each.fact.owner, "document": each.fact.document, "as_at": on,
        }
        for theme in by_theme
        for each in theme.held
    ]  # fmt: skip
    if wants(request) == "csv":
        return as_csv(f"{system}-evidence", EVIDENCE, rows)
    missing = [{"asker": t.asker, "theme": t.theme} for t in library.unanswered(by_theme)]
    found = library.held(snapshot, system)
    return as_json({
        "system": system, "as_at": on, "count": len(rows), "evidence": rows, "missing": missing,
        "gone_stale": [each.name for each in library.gone_stale(found)],
        "answers_several": [each.name for each in library.answering_several(found)],
    })  # fmt: skip
