"""Which areas differ by more than chance explains; never which is first and which is last."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse

from commonweal.outcomes.indicators import Indicator
from commonweal.outcomes.sentences import figure_in_words
from commonweal.record.errors import UnknownEntity
from commonweal.record.wording import capital, listed
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.entity import crumbs
from commonweal_site.words import count

from .asked import BadChoice, asked
from .figures_as_data import revision_as_data
from .indicator_page import scene_of, silent
from .pictures import Variation, variations
from .reading import reading

HEADS = "type name people value lower_95 upper_95 lower_99_8 upper_99_8 where".split()


def variation(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The funnels of an indicator, one for each type of area that has enough of them."""
    snapshot, name = the_snapshot(request), f"{system}/indicator/{slug}"
    fact = snapshot.get(name)
    if not isinstance(fact, Indicator):
        raise UnknownEntity(f"No indicator {name} is on record on that day.")
    read = reading(snapshot, name, the_day(request).known)
    form = wants(request)
    try:
        wanted = asked(request, snapshot, read)
    except BadChoice as bad:
        if form == "html":
            raise
        return as_json({"fault": str(bad)}, status=400)
    scene, wrong = scene_of(snapshot, read, wanted)
    found = tuple(variations(scene)) if scene else ()
    rows = [row for each in found for row in _rows(each)]
    if form == "csv":
        return as_csv(f"{system}-{slug}-variation", HEADS, rows)
    if form == "json":
        data = {"indicator": name, "as_at": snapshot.as_at.isoformat(), "units": rows}
        return as_json({**data, "revision": revision_as_data(read.revision)})
    base, query = f"/{name}/variation", wanted.query()
    return page(
        request, "outcomes/variation.jinja", f"Variation: {fact.name}",
        crumbs=[*crumbs(snapshot, name), Crumb(fact.name, f"/{name}")],
        twins=Twins(f"{base}.json?{query}", f"{base}.csv?{query}"),
        invented=system in snapshot.invented, silent="" if scene else silent(read, wrong),
        funnels=[(said_of(each, fact), capital(f"{each.type}s"), each) for each in found],
        back=f"/{name}?{query}",
    )  # fmt: skip


def said_of(found: Variation, indicator: Indicator) -> str:
    """Who lies outside, and how many would by chance alone."""
    outer = int(np.argmax(found.funnel.levels))
    chance = len(found.names) * (1 - float(found.funnel.levels[outer]))
    middle = figure_in_words(found.funnel.target, indicator)
    of = f"{count(len(found.names), found.type)} around {middle}"
    if not found.outside:
        return f"Of {of}, none differs by more than chance explains."
    above, below = (
        [n for n, s in zip(found.names, found.funnel.sides[outer], strict=True) if s == side]
        for side in (1, -1)
    )
    parts = [f"{listed(above)} above"] * bool(above) + [f"{listed(below)} below"] * bool(below)
    return (
        f"Of {of}, {len(found.outside)} lie outside the outer limits: {'; '.join(parts)}. Chance "
        f"alone would put {'fewer than one' if chance < 1 else f'about {chance:.2g}'} there."
    )


def _rows(found: Variation) -> Iterator[dict[str, Any]]:
    funnel = found.funnel
    outer = int(np.argmax(funnel.levels))
    for at, name in enumerate(found.names):
        limits = {
            f"{side}_{said}": _number(line[level, at])
            for level, said in ((1 - outer, "95"), (outer, "99_8"))
            for side, line in (("lower", funnel.lower), ("upper", funnel.upper))
        }
        yield {
            "type": found.type, "name": name, "people": float(funnel.sizes[at]),
            "value": float(funnel.values[at]), **limits,
            "where": {1: "above", -1: "below"}.get(int(funnel.sides[outer, at]), "within"),
        }  # fmt: skip


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
