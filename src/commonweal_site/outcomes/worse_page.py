"""What is worse than England and getting worse, over all systems or in one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.outcomes.indicators import Indicator
from commonweal.outcomes.sentences import days_in_words, figure_in_words, number_in_words
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.presenting import Link, system_name
from commonweal_site.words import count

from .figures_as_data import plain
from .newest import newest
from .pictures import comparator_of
from .worsening import Worse, Worsening, worsening

WORD = "worse-and-getting-worse"
HEADS = [*Worse._fields, "as_at"]


def worse(request: HttpRequest, system: str | None = None) -> HttpResponse:
    """The question for one system, or for every real one."""
    snapshot, day = the_snapshot(request), the_day(request)
    if system is not None and system not in snapshot.systems:
        raise Http404(f"No system is on record under {system}.")
    found = worsening(snapshot, system, day.known)
    rows = [_as_row(each, snapshot) for each in found.rows]
    if wants(request) == "csv":
        return as_csv(f"{system or 'england'}-{WORD}", HEADS, rows)
    figures = newest(day.known)
    if wants(request) == "json":
        return as_json(
            {
                "system": system, "as_at": snapshot.as_at.isoformat(),
                "revision": figures.number if figures else None, "judged": found.judged,
                "with_a_figure": found.looked, "indicators_without_figures": found.without,
                "found": rows,
            }
        )  # fmt: skip
    where = system_name(snapshot, system) if system else ""
    comparator = comparator_of(snapshot, system or "england")
    base = f"/{system}/{WORD}" if system else f"/{WORD}"
    heads = ["Measure", "Area", "Period", "Figure", capital(comparator), "How it is told"]
    if system is None:
        heads.insert(2, "System")
    return page(
        request, "outcomes/worse.jinja",
        f"Worse than {comparator} and getting worse{f': {where}' if where else ''}",
        crumbs=[Crumb(where, f"/{system}/")] if system else [],
        twins=Twins(f"{base}.json", f"{base}.csv"),
        invented=system in snapshot.invented if system else False, said=_said(found, comparator),
        table=grid(
            "What is found", heads,
            (_cells(snapshot, each, every=system is None) for each in found.rows),
        ),
        found=found, system=system, figures=figures,
    )  # fmt: skip


def _said(found: Worsening, comparator: str) -> str:
    if not found.judged:
        return (
            "Nothing can be told: no figures in the store can be both compared with "
            f"{comparator} and followed over time."
        )
    of = f"Of {count(found.judged, 'figure')} that can be judged both ways"
    if not found.rows:
        return f"{of}, none is both worse than {comparator} and getting worse."
    measures = list(dict.fromkeys(each.name for each in found.rows))
    verb = "is" if len(found.rows) == 1 else "are"
    return (
        f"{of}, {len(found.rows)} {verb} worse than {comparator} and getting worse, in "
        f"{count(len(measures), 'measure')}: {'; '.join(measures)}."
    )


def _cells(snapshot: Snapshot, row: Worse, *, every: bool) -> list[Cell]:
    fact = snapshot.fact(row.indicator)
    if not isinstance(fact, Indicator):
        return []
    limits = ""
    if row.lower is not None and row.upper is not None:
        limits = f" ({number_in_words(row.lower)} to {number_in_words(row.upper)})"
    system = row.indicator.partition("/")[0]
    own: list[Cell] = [Link(system_name(snapshot, system), f"/{system}/")] if every else []
    return [
        Link(row.name, f"/{row.indicator}?area={row.area}"),
        Link(row.area_name, f"/{row.area}/outcomes/"), *own,
        days_in_words(row.starts, row.ends), f"{figure_in_words(row.value, fact)}{limits}",
        figure_in_words(row.beside, fact) if row.beside is not None else "None",
        capital(row.why),
    ]  # fmt: skip


def _as_row(row: Worse, snapshot: Snapshot) -> dict[str, Any]:
    made = {name: plain(value) for name, value in row._asdict().items()}
    return {**made, "as_at": snapshot.as_at.isoformat()}
