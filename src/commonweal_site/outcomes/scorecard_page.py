"""The scorecard of a system, a place or a neighbourhood: each indicator on a line."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from commonweal.areas.containment import direct_parts, direct_wholes
from commonweal.areas.facts import Area
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital
from commonweal_site.drawings.marks import sign
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.entity import absent, crumbs
from commonweal_site.record.presenting import Link, path_of, system_name

from .figures_as_data import plain
from .newest import newest
from .pictures import comparator_of
from .scorecard import STAGES, Line, areas_that_have_figures, lines, summed_up
from .scorecards_of import systems_that_measure

HEADS = (
    "area indicator name stage period figure value lower_95 upper_95 state_of_figure compared "
    "beside course trend signal gap state because worse_and_getting_worse as_at"
).split()


class Row(NamedTuple):
    """A line as a page shows it: the words, and a mark whose shape says the same."""

    line: Line
    path: str
    mark: Markup
    course: Markup


def scorecard(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The scorecard of an area on the day asked about."""
    snapshot, name = the_snapshot(request), f"{system}/area/{slug}"
    if not isinstance(snapshot.get(name), Area):
        return absent(request, snapshot, name)
    found = lines(snapshot, name, the_day(request).known)
    if wants(request) == "json":
        return as_json(_data(request, name, found))
    if wants(request) == "csv":
        return as_csv(
            f"{system}-{slug}-outcomes", HEADS, [_as_row(name, each, snapshot) for each in found]
        )
    scored = areas_that_have_figures(snapshot, system, the_day(request).known)
    comparator = comparator_of(snapshot, system)
    where = snapshot.name(name)
    groups = [
        (
            capital(stage) or "Other measures",
            [_row(name, each) for each in found if each.stage == stage],
        )
        for stage in STAGES
    ]
    return page(
        request, "outcomes/scorecard.jinja", f"Outcomes: {where}",
        crumbs=[*crumbs(snapshot, name), Crumb(where, path_of(name))],
        twins=Twins(f"/{name}/outcomes.json", f"/{name}/outcomes.csv"),
        invented=system in snapshot.invented, said=summed_up(found, comparator),
        groups=[each for each in groups if each[1]], comparator=comparator,
        others=_others(snapshot, name, scored), system=system, whole=system_name(snapshot, system),
        measures=system in systems_that_measure(snapshot), figures=newest(the_day(request).known),
    )  # fmt: skip


def _row(area: str, line: Line) -> Row:
    look = {"better": "better", "worse": "worse", "similar": "common"}.get(
        line.stands, "neutral" if line.stands in {"higher", "lower"} else "absent"
    )
    course = {"getting better": "better", "getting worse": "worse"}.get(line.course, "common")
    course = "absent" if line.course == "cannot be told" else course
    return Row(line, f"/{line.indicator}?area={area}", sign(look), sign(course))


def _others(
    snapshot: Snapshot, area: str, scored: frozenset[str]
) -> list[tuple[str, tuple[Link, ...]]]:
    """What it lies in, and what lies in it, each with a scorecard of its own."""
    made = []
    for title, lies in (("It lies in", direct_wholes), ("In it lie", direct_parts)):
        names = {each.area for each in lies(snapshot, area)} & scored
        found = tuple(
            Link(snapshot.name(each), f"/{each}/outcomes/")
            for each in sorted(names, key=snapshot.name)
        )
        if found:
            made.append((title, found))
    return made


def _data(request: HttpRequest, area: str, found: tuple[Line, ...]) -> dict[str, Any]:
    snapshot, figures = the_snapshot(request), newest(the_day(request).known)
    return {
        "area": area, "name": snapshot.name(area), "as_at": snapshot.as_at.isoformat(),
        "known": the_day(request).known_text or None,
        "revision": figures.number if figures else None,
        "beside": comparator_of(snapshot, area.partition("/")[0]),
        "measures": [_as_row(area, each, snapshot) for each in found],
    }  # fmt: skip


def _as_row(area: str, line: Line, snapshot: Snapshot) -> dict[str, Any]:
    row = line.row
    return {
        "area": area, "indicator": line.indicator, "name": line.name, "stage": line.stage,
        "period": line.period, "figure": line.figure, "value": row.get("value"),
        "lower_95": row.get("lower_95"), "upper_95": row.get("upper_95"),
        "state_of_figure": row.get("state") or "missing", "compared": line.stands,
        "beside": line.beside, "course": line.course, "trend": row.get("trend"),
        "signal": line.signal, "gap": line.gap, "state": line.state, "because": line.because,
        "worse_and_getting_worse": line.worsening, "as_at": plain(snapshot.as_at),
    }  # fmt: skip
