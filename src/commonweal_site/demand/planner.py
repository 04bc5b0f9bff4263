"""What is coming: the scenarios of a system, each with its answer first, and two side by side."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from markupsafe import Markup

from commonweal.demand import recorded
from commonweal.demand.eliciting import said_plainly
from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import Outlook
from commonweal.demand.scenario import Scenario
from commonweal.demand.telling import beside, told
from commonweal.record.errors import UnknownEntity
from commonweal.record.snapshot import Snapshot
from commonweal_site.drawings.alone import alone
from commonweal_site.drawings.beds_curve import beds_curve
from commonweal_site.drawings.fan_chart import fan_chart
from commonweal_site.drawings.money_bars import NARROW, WIDE, money_bars
from commonweal_site.drawings.svg import Drawing
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, system_name

from . import answers
from .asked import Looked, looked
from .flow_pages import CALCULATORS
from .on_a_map import areas_drawn
from .scenarios import DRAWS, Grounds, Named, flow_folder, grounds, named, of_system

ROWS = "area activity unit year expected low middle high".split()
BESIDE = "area activity year first second change low middle high lower".split()
_SIDES = ("one", "other")


def index(request: HttpRequest, system: str) -> HttpResponse:
    """The scenarios of a system, each with the sentence for the board."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    on, found = grounds(system), of_system(snapshot, system)
    said = [(each, *_sentences(request, on, each)) for each in found]
    if wants(request) != "html":
        return _index_twin(request, system, said)
    return page(
        request, "demand/index.jinja", f"Demand and capacity: {system_name(snapshot, system)}",
        crumbs=[Crumb(system_name(snapshot, system), f"/{system}/")],
        twins=Twins(f"/{system}/demand.json", f"/{system}/demand.csv"),
        invented=system in snapshot.invented, system=system, found=said, runs=on is not None,
        called=system_name(snapshot, system), flow=_flow(system),
    )  # fmt: skip


def _flow(system: str) -> list[tuple[str, str, str]]:
    """The calculators of flow that a system has numbers for."""
    if flow_folder(system) is None:
        return []
    return [(it.title, it.says, f"/{system}/demand/flow/{w}/") for w, it in CALCULATORS.items()]


def _sentences(request: HttpRequest, on: Grounds | None, each: Named) -> tuple[str, str]:
    if each.lacking:
        return "It cannot be run as it stands.", " ".join(each.lacking)
    if on is None:
        return "It cannot be run here: no projection of people and no rates are kept.", ""
    found = looked(QueryDict(), on, each)
    if found.shown is None:
        return f"It cannot be run as it stands. {found.faults[0]}", ""
    return answers.sentence(found.shown), answers.short_of(found.shown)


def _index_twin(
    request: HttpRequest, system: str, said: list[tuple[Named, str, str]]
) -> HttpResponse:
    rows = [
        {
            "scenario": each.slug, "id": each.entity, "name": each.name, "base": each.fact.base,
            "horizon": each.fact.horizon, "answer": first, "more": more,
        }
        for each, first, more in said
    ]  # fmt: skip
    if wants(request) == "csv":
        heads = "scenario id name base horizon answer more".split()
        return as_csv(f"{system}-demand", heads, rows)
    return as_json({"system": system, "count": len(rows), "scenarios": rows})


# --- one scenario --------------------------------------------------------------------------------


class Found(NamedTuple):
    """A scenario of a system with what it is run on."""

    snapshot: Snapshot
    system: str
    on: Grounds
    named: Named
    scenario: Scenario

    @property
    def path(self) -> str:
        return f"/{self.system}/demand/{self.named.slug}"

    @property
    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(system_name(self.snapshot, self.system), f"/{self.system}/"),
            Crumb("Demand and capacity", f"/{self.system}/demand/"),
        ]


def find(request: HttpRequest, system: str, slug: str) -> Found | HttpResponse:
    """The scenario that an address names, or the page that says why it cannot be shown."""
    snapshot = the_snapshot(request)
    each, on = named(snapshot, system, slug), grounds(system)
    if on is None or each.scenario is None:
        return _cannot_run(request, snapshot, system, each)
    return Found(snapshot, system, on, each, each.scenario)


def _cannot_run(request: HttpRequest, snapshot: Snapshot, system: str, each: Named) -> HttpResponse:
    """A scenario that lacks something to be run, on record or here: what it assumes, no figures."""
    lacking = each.lacking or (
        "No projection of people and no rates of care are kept here for it.",
    )
    if wants(request) != "html":
        return as_json({"fault": " ".join(lacking)}, status=404)
    assumes = recorded.assumptions(snapshot, each.fact)
    return page(
        request, "demand/kept_elsewhere.jinja", each.name, lacking=lacking,
        assumes=[
            (link_to(snapshot, name), f"{said_plainly(it)}.", it)
            for name, it in assumes.items()
        ],
        crumbs=[Crumb(system_name(snapshot, system), f"/{system}/"),
                Crumb("Demand and capacity", f"/{system}/demand/")],
        invented=system in snapshot.invented, each=each, system=system,
    )  # fmt: skip


def scenario(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A scenario: the answer, the pictures and tables, and a form to change what is assumed."""
    found = find(request, system, slug)
    if isinstance(found, HttpResponse):
        return found
    asked = looked(request.GET, found.on, found.named)
    if wants(request) != "html":
        return _scenario_twin(request, found, asked)
    if short := _shorter(request, found, asked):
        return HttpResponseRedirect(short)
    return shown_page(request, found, asked)


def _shorter(request: HttpRequest, found: Found, asked: Looked) -> str:
    """The address with only what is changed: a form sends every slider."""
    keys = {each.key for each in asked.changed.sliders}
    idle = (keys & set(request.GET)) - set(asked.changed.query)
    idle |= {name for name in ("area", "type", "year") if request.GET.get(name) == ""}
    if not idle or asked.faults:
        return ""
    kept = request.GET.copy()
    for name in idle:
        del kept[name]
    for key, value in asked.changed.query.items():
        kept[key] = value
    return f"{found.path}/{f'?{kept.urlencode()}' if kept else ''}"


def shown_page(request: HttpRequest, found: Found, asked: Looked, **more: Any) -> HttpResponse:
    """The page of a scenario as it was asked for."""
    scenario = found.scenario
    context: dict[str, Any] = {
        "crumbs": found.crumbs, "invented": found.system in found.snapshot.invented,
        "system": found.system, "named": found.named, "path": found.path, "asked": asked,
        "sliders": asked.changed.sliders, "exact": request.GET.get("by") == "numbers",
        "on": found.on, "draws": DRAWS, "names": [
            (each, answers.called(found.on, each)) for each in found.on.names],
        "types": [(each.name, each.label) for each in found.on.held.inputs.rates.types],
        "years": [(year, year) for year in scenario.years[1:]],
        "others": [each for each in of_system(found.snapshot, found.system)
                   if each.scenario and each.slug != found.named.slug], "run": None,
    } | more  # fmt: skip
    if asked.shown is None:
        return page(request, "demand/wrong.jinja", scenario.name, status=400, **context)
    twins = Twins(f"{found.path}.json{asked.query}", f"{found.path}.csv{asked.query}")
    if run := context["run"]:
        twins = Twins(f"{found.path}/run.json{run['query']}")
        context["names"] = context["names"][:1]
    return page(
        request, "demand/scenario.jinja", scenario.name, **context,
        twins=twins,
        shown=asked.shown, sentence=answers.sentence(asked.shown),
        short=answers.short_of(asked.shown), **_pictures(asked.shown), **_tables(asked.shown),
        areas_drawn=areas_drawn(asked.shown, found.snapshot),
    )  # fmt: skip


def _pictures(shown: answers.Shown) -> dict[str, Any]:
    beds, curve = answers.beds_fan(shown), answers.curve(shown)
    made = answers.why(shown)
    chart = answers.why_chart(shown, made)
    return {
        "beds_fan": fan_chart(beds) if beds else None,
        "activity_fan": fan_chart(answers.activity_fan(shown)),
        "curve": beds_curve(curve) if curve else None,
        "why": chart,
        "why_parts": _parts(made, shown),
        "why_drawn": (Markup(money_bars(chart, WIDE)), Markup(money_bars(chart, NARROW))),  # noqa: S704  # our own drawing
    }


def _parts(made: Any, shown: answers.Shown) -> Grid:
    rows = [(f"{shown.scenario.base}, as counted", f"{made.start:,.0f}")]
    rows += [
        (f"{part.name[:1].upper()}{part.name[1:]}", f"{part.amount:+,.0f}".replace("-", "−"))
        for part in made.parts
    ]
    rows.append((f"{shown.year}, expected", f"{made.end:,.0f}"))
    return grid(
        f"Why {shown.label[:1].lower()}{shown.label[1:]} change", ("What", "How much"), rows
    )


def _tables(shown: answers.Shown) -> dict[str, Any]:
    return {
        "by_year": answers.beds_year_by_year(shown),
        "more_beds": answers.more_beds(shown),
        "other": answers.other_capacity(shown),
        "by_area": answers.by_area(shown),
    }


def _scenario_twin(request: HttpRequest, found: Found, asked: Looked) -> HttpResponse:
    if asked.shown is None:
        return as_json({"fault": " ".join(asked.faults)}, status=400)
    if wants(request) == "csv":
        name, (rows, made) = f"{found.system}-demand-{found.named.slug}", _rows(asked.shown)
        return as_csv(name, [*ROWS, *made], (row | made for row in rows))
    return as_json(scenario_data(found, asked, asked.shown))


def scenario_data(found: Found, asked: Looked, shown: answers.Shown) -> dict[str, Any]:
    """A scenario with what it comes to, for a program to read."""
    (rows, made), waterfall = _rows(shown), answers.why(shown)
    return {
        "system": found.system, "scenario": found.named.slug, "name": found.scenario.name,
        "invented": found.on.held.sheet.invented, "answer": answers.sentence(shown),
        "changed": [each.said for each in asked.changed.moved],
        "area": shown.name, "type": shown.kind, "year": shown.year, "made_with": made,
        "missing": list(shown.outlook.missing), "futures": rows,
        "capacity": list(answers.capacity_rows(shown)), "why": asdict(waterfall),
    }  # fmt: skip


def _rows(shown: answers.Shown) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Every area, type and year, and what they were made with; no range where none was drawn."""
    rows = [each._asdict() for each in told(shown.outlook)]
    made = asdict(shown.outlook.provenance)
    if shown.drawn:
        return rows, made
    none = {"low": None, "middle": None, "high": None}
    return [row | none for row in rows], made | {"seed": None, "draws": None}


def picture(request: HttpRequest, system: str, slug: str, what: str) -> HttpResponse:
    """One of a scenario's pictures by itself, for a paper or a slide."""
    found = find(request, system, slug)
    if isinstance(found, HttpResponse):
        return found
    asked = looked(request.GET, found.on, found.named)
    if asked.shown is None:
        return as_json({"fault": " ".join(asked.faults)}, status=400)
    svg = _one(asked.shown, found.snapshot, what)
    if svg is None:
        raise Http404("There is no such picture of what was asked for: no plan is stated for it.")
    answer = HttpResponse(alone(svg), content_type="image/svg+xml; charset=utf-8")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _one(shown: answers.Shown, snapshot: Snapshot, what: str) -> str | None:
    drawing: Drawing | None = None
    if what == "waterfall":
        return money_bars(answers.why_chart(shown, answers.why(shown)), WIDE)
    if what == "beds" and (fan := answers.beds_fan(shown)):
        drawing = fan_chart(fan)
    elif what == "more-beds" and (curve := answers.curve(shown)):
        drawing = beds_curve(curve)
    elif what == "activity":
        drawing = fan_chart(answers.activity_fan(shown))
    elif what == "areas":
        drawing = areas_drawn(shown, snapshot)
    return str(drawing.svg) if drawing else None


# --- two side by side ----------------------------------------------------------------------------


def compare(request: HttpRequest, system: str) -> HttpResponse:
    """Two scenarios side by side, future by future."""
    snapshot, on = the_snapshot(request), grounds(system)
    every = [each for each in of_system(snapshot, system) if each.scenario]
    if on is None or not every:
        raise UnknownEntity(f"No two scenarios of {system} can be run here, so none are compared.")
    slugs = [request.GET.get(side, "") for side in _SIDES]
    first = slugs[0] or every[0].slug
    second = slugs[1] or next((e.slug for e in every if e.slug != first), first)
    fault, rows, pair = "", [], list[Named]()
    try:
        pair = [named(snapshot, system, each) for each in (first, second)]
        found = [looked(QueryDict(), on, each) for each in pair]
        rows = [each._asdict() for each in _beside(found, on)]
    except (UnknownEntity, CannotProject) as wrong:
        fault = str(wrong)
    if wants(request) != "html":
        return _compare_twin(request, system, fault, rows, [first, second])
    path, query = f"/{system}/demand/compare", f"?one={first}&other={second}"
    return page(
        request, "demand/compare.jinja", "Two scenarios side by side",
        status=400 if fault else 200,
        crumbs=[Crumb(system_name(snapshot, system), f"/{system}/"),
                Crumb("Demand and capacity", f"/{system}/demand/")],
        twins=Twins(f"{path}.json{query}", f"{path}.csv{query}"),
        invented=system in snapshot.invented, system=system, wrong=fault,
        every=[(each.slug, each.name) for each in every],
        first=first, second=second, pair=pair,
        sentences=[] if fault else [answers.sentence(e.shown) for e in found if e.shown],
        apart="" if fault else _apart(rows, pair, on),
        grids=[] if fault else [_beside_grid(rows, pair, on, name) for name in on.names],
        differ=[] if fault else list(_differ(snapshot, *pair)),
    )  # fmt: skip


def _beside(found: list[Looked], on: Grounds) -> Iterator[Any]:
    outlooks = list[Outlook]()
    for each in found:
        if each.shown is None:
            raise CannotProject(each.faults)
        outlooks.append(each.shown.outlook)
    return beside(outlooks[0], outlooks[1], on.names)


def _beside_grid(rows: list[dict[str, Any]], pair: list[Named], on: Grounds, name: str) -> Grid:
    labels = {each.name: each.label for each in on.held.inputs.rates.types}
    heads = (
        "Activity",
        pair[0].name,
        pair[1].name,
        "Difference",
        "In eight of ten futures",
        "The second is lower",
    )
    year = pair[0].fact.horizon
    found = [
        (labels[row["activity"]], _whole(row["first"]), _whole(row["second"]), *_differing(row))
        for row in rows
        if row["area"] == name
    ]
    return grid(f"{answers.called(on, name)}, {year}", heads, found)


def _differing(row: dict[str, Any]) -> tuple[str, str, str]:
    """The difference, its range, and how often the second is the lower."""
    if row["lower"] is None:
        return "Not known", "Not known", "Not known"
    if row["change"] == row["low"] == row["high"] == 0:
        return "None", "None", "The same in every future"
    ends = f"{_signed(row['low'])} to {_signed(row['high'])}"
    return _signed(row["change"]), ends, f"In {row['lower']:.0%} of futures"


def _apart(rows: list[dict[str, Any]], pair: list[Named], on: Grounds) -> str:
    """The answer in one sentence: how far apart the two are, in what the plan is for."""
    kinds = on.held.inputs.rates.types
    own = on.plan.beds.activity if on.plan else kinds[0].name
    label = next(kind.label for kind in kinds if kind.name == own)
    row = next(each for each in rows if each["area"] == on.names[0] and each["activity"] == own)
    what, where = f"{label[:1].lower()}{label[1:]}", f"{answers.called(on, on.names[0])}"
    second = f"“{pair[1].name}”"
    if row["lower"] is None:
        return f"How far apart they are in {what} is not known."
    if not row["change"]:
        return f"In {what} of {where} the two do not differ in {row['year']}."
    way = "fewer" if row["change"] < 0 else "more"
    often = row["lower"] if way == "fewer" else 1 - row["lower"]
    return (
        f"{where} has {abs(row['change']):,.0f} {way} {what} in {row['year']} with {second} than "
        f"with “{pair[0].name}”, on average: {way} in {often:.0%} of futures."
    )


def _whole(value: float | None) -> str:
    return "Not known" if value is None else f"{value:,.0f}"


def _signed(value: float | None) -> str:
    return "not known" if value is None else f"{value:+,.0f}".replace("-", "−")


def _differ(snapshot: Snapshot, one: Named, other: Named) -> Iterator[str]:
    """What the second assumes that the first does not, and the other way round."""
    here, there = (set(side.fact.assumptions) for side in (one, other))
    for side, names in ((one, here - there), (other, there - here)):
        yield from (f"Only “{side.name}” assumes: {snapshot.name(name)}." for name in sorted(names))


def _compare_twin(
    request: HttpRequest, system: str, fault: str, rows: list[dict[str, Any]], pair: list[str]
) -> HttpResponse:
    if fault:
        return as_json({"fault": fault}, status=400)
    if wants(request) == "csv":
        return as_csv(f"{system}-demand-compare", BESIDE, rows)
    return as_json({"system": system, "one": pair[0], "other": pair[1], "differences": rows})


def link_to_scenario(system: str, each: Named) -> Link:
    """The planner's page of a scenario."""
    return Link(each.name, f"/{system}/demand/{each.slug}/")
