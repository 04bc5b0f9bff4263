"""How care models spread over the systems: where, at what stage, to what stated effect."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.plans.programmes import Adoption, Stage
from commonweal.plans.spread import STAGES, CareModel, care_models
from commonweal.record.documents import Figure
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal_site.meetings.laid_out import Cell, Grid, grid, whoever
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.presenting import Link, system_name
from commonweal_site.words import capital, count, listed

HEADS = "id model system where stage at effect".split()


def models(request: HttpRequest) -> HttpResponse:
    """Every care model on the day: where it was taken up and how far it has come."""
    snapshot = the_snapshot(request)
    found = care_models(snapshot)
    if wants(request) == "json":
        return as_json(
            {"as_at": snapshot.as_at.isoformat(), "answer": answer(_real(snapshot, found)),
             "care_models": [_as_data(snapshot, each) for each in found]}
        )  # fmt: skip
    if wants(request) == "csv":
        return as_csv("care-models", HEADS, (row for each in found for row in rows_of(each)))
    made_up = [each for each in found if each not in _real(snapshot, found)]
    return page(
        request, "plans/care_models.jinja", "Care models and how they spread",
        twins=Twins("/care-models.json", "/care-models.csv"),
        answer=answer(_real(snapshot, found)),
        models=[_shown(snapshot, each) for each in _real(snapshot, found)],
        made_up=[_shown(snapshot, each) for each in made_up],
    )  # fmt: skip


def _real(snapshot: Snapshot, found: list[CareModel]) -> list[CareModel]:
    return [each for each in found if _system(each) not in snapshot.invented]


def _system(each: CareModel) -> str:
    return each.name.split("/", 1)[0]


def answer(found: Iterable[CareModel]) -> str:
    """How far care models have spread, in a sentence or two.

    >>> answer([])
    'No care model is on record on this day.'
    """
    every = list(found)
    if not every:
        return "No care model is on record on this day."
    counted: Counter[Stage] = Counter()
    for each in every:
        counted.update(each.counted())
    said = f"{count(len(every), 'care model')} {_are(len(every))} on record."
    if not counted:
        return f"{said} No source says where one was taken up."
    stages = [f"{stage} in {counted[stage]:,}" for stage in STAGES[::-1] if counted[stage]]
    return f"{said} Sources speak of {count(counted.total(), 'place')}: {listed(stages)}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _shown(snapshot: Snapshot, each: CareModel) -> dict[str, Any]:
    """A care model as the page is given it."""
    where = Link(system_name(snapshot, _system(each)), f"/{_system(each)}/")
    return {
        "model": Link(each.fact.name, f"/{each.name}"), "where": where,
        "purpose": each.fact.purpose, "effects": list(stated_effects(snapshot, each.fact.effects)),
        "table": taken_up(snapshot, each.adopted, title=f"Taken up: {each.fact.name}"),
    }  # fmt: skip


def stated_effects(snapshot: Snapshot, names: Iterable[str]) -> Iterator[tuple[Link, str, str]]:
    """Figures by which a source says that a model works, with the note that each needs."""
    for name in names:
        figure = snapshot.get(name)
        if isinstance(figure, Figure):
            yield Link(figure.name, f"/{name}"), figure.amount(), figure.note or ""


def taken_up(snapshot: Snapshot, adopted: Iterable[Adoption], *, title: str) -> Grid:
    """Where a model was taken up, in the order of the source."""
    return grid(
        title, ("Where", "Stage", "As at", "Effect stated there"),
        (
            (_where(snapshot, each), capital(each.stage), in_words(each.at) if each.at else None,
             each.effect or None)
            for each in adopted
        ),
        empty="No source on record says where it was taken up.",
    )  # fmt: skip


def _where(snapshot: Snapshot, each: Adoption) -> Cell:
    return whoever(snapshot, each.where, each.printed or None)


# --- as data --------------------------------------------------------------------------------------


def rows_of(each: CareModel) -> list[dict[str, Any]]:
    """A row for each place that took a model up; one without a place where nobody says."""
    same = {"id": each.name, "model": each.fact.name, "system": _system(each)}
    places = [
        {"where": e.where or e.printed, "stage": e.stage, "at": e.at, "effect": e.effect or None}
        for e in each.adopted
    ]
    return [same | place for place in places or [{"where": None, "stage": "not recorded"}]]


def _as_data(snapshot: Snapshot, each: CareModel) -> dict[str, Any]:
    return {
        "id": each.name, "name": each.fact.name, "system": _system(each),
        "invented": _system(each) in snapshot.invented, "purpose": each.fact.purpose or None,
        "effects": [
            {"id": link.path[1:], "what": link.text, "figure": amount, "note": note or None}
            for link, amount, note in stated_effects(snapshot, each.fact.effects)
        ],
        "adopted": [
            {key: row.get(key) for key in ("where", "stage", "at", "effect")}
            for row in rows_of(each) if row["where"]
        ],
    }  # fmt: skip
