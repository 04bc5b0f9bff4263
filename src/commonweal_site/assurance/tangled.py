"""How tangled a system is, function by function, now and after a proposal."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.complexity import Complexity, complexity, in_a_sentence, merged
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal_site.authority.asking import found
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import link_to, system_name

from .drilled import BOXES

HEADS = "function who overlaps hand_offs after_who after_overlaps after_hand_offs as_at".split()


def tangled(request: HttpRequest, system: str) -> HttpResponse:
    """Bodies, overlaps and hand-offs of each function, now and after a proposal."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    typed = [each.strip() for box in BOXES for each in request.GET.getlist(box) if each.strip()]
    now, (after, wrong) = complexity(snapshot, system), _after(snapshot, system, typed)
    if wants(request) != "html":
        if wrong:
            return as_json({"fault": wrong}, status=400)
        return _twin(request, snapshot, system, now, after)
    where = system_name(snapshot, system)
    return page(
        request, "assurance/tangled.jinja", f"How tangled it is: {where}",
        status=400 if wrong else 200, crumbs=[Crumb(where, f"/{system}/")],
        invented=system in snapshot.invented, system=system, wrong=wrong.split("\n"),
        twins=Twins(f"/{system}/complexity.json", f"/{system}/complexity.csv"),
        lede=in_a_sentence(now), after=in_a_sentence(after) if after else "",
        typed=(*typed, "", "")[:2], table=_table(snapshot, now, after),
    )  # fmt: skip


def _after(snapshot: Snapshot, system: str, typed: list[str]) -> tuple[Complexity | None, str]:
    if not typed:
        return None, ""
    try:
        bodies = tuple(dict.fromkeys(found(snapshot, each, "body") for each in typed))
    except SpeakingError as refused:
        return None, str(refused)
    return complexity(snapshot, system, merged(bodies)), ""


def _rows(now: Complexity, after: Complexity | None) -> list[dict[str, Any]]:
    later = {each.function: each for each in after.tangles} if after else {}
    rows = []
    for each in now.tangles:
        row: dict[str, Any] = {
            "function": each.function, "who": len(each.who), "overlaps": each.overlaps,
            "hand_offs": each.hand_offs,
        }  # fmt: skip
        if after:
            then = later.get(each.function)
            row["after_who"] = len(then.who) if then else 0
            row["after_overlaps"] = then.overlaps if then else 0
            row["after_hand_offs"] = then.hand_offs if then else 0
        rows.append(row)
    return rows


def _table(snapshot: Snapshot, now: Complexity, after: Complexity | None) -> Grid:
    def told(row: dict[str, Any], key: str) -> str:
        then = row.get(f"after_{key}")
        return f"{row[key]}" if then is None else f"{row[key]}, then {then}"

    rows = (
        (
            link_to(snapshot, row["function"]), told(row, "who"), told(row, "overlaps"),
            told(row, "hand_offs"),
        )
        for row in _rows(now, after)
    )  # fmt: skip
    heads = ("Function", "Who has a part in it", "Overlaps", "Hand-offs")
    return grid("Function by function, the most tangled first", heads, rows)


def _twin(
    request: HttpRequest, snapshot: Snapshot, system: str, now: Complexity, after: Complexity | None
) -> HttpResponse:
    data = as_data(snapshot, system, now, after)
    if wants(request) == "csv":
        return as_csv(f"{system}-complexity", HEADS, data["functions"])
    return as_json(data)


def as_data(
    snapshot: Snapshot, system: str, now: Complexity, after: Complexity | None
) -> dict[str, Any]:
    """What was counted, for a program to read."""
    on = snapshot.as_at.isoformat()
    return {
        "system": system, "as_at": on, "now": _sums(now), "after": _sums(after) if after else None,
        "functions": [{**row, "as_at": on} for row in _rows(now, after)],
    }  # fmt: skip


def _sums(found: Complexity) -> dict[str, int]:
    return {"bodies": found.bodies, "overlaps": found.overlaps, "hand_offs": found.hand_offs}
