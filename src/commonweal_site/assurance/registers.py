"""The risk register of a system, in every form; part of it where somebody asks for part."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.register import (
    Standing,
    above,
    in_a_sentence,
    missing_lines,
    moved,
    open_actions,
    register,
    squares,
)
from commonweal.assurance.risks import Score
from commonweal.record.errors import did_you_mean
from commonweal.record.snapshot import Snapshot
from commonweal_site.drawings.risk_grid import risk_grid
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid, whoever
from commonweal_site.pages import (
    Twins,
    as_csv,
    as_json,
    page,
    page_number,
    page_of,
    the_day,
    the_snapshot,
    wants,
)
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, system_name

HEADS = (
    "id name held_by objective owner inherent current target accepts above_appetite movement "
    "before open_actions lines_missing as_at"
).split()
_A_PAGE = 100
_ABOVE = "above"


class Part(NamedTuple):
    """The part of a register that is asked for: of one holder, or only what is above appetite."""

    held_by: str = ""
    only: str = ""

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        asked = urlencode({k: v for k, v in self._asdict().items() if v}, safe=":/")
        return f"?{asked}" if asked else ""

    def fault(self, found: Sequence[Standing]) -> str:
        """What cannot be answered, and what to do next; empty: nothing."""
        holders = sorted({each.risk.held_by for each in found})
        if self.held_by and self.held_by not in holders:
            near = did_you_mean(self.held_by, holders)
            return f"No risk is held by ‘{self.held_by}’ here on this day. {near}".rstrip()
        if self.only and self.only != _ABOVE:
            return f"‘{self.only}’ is no part of a register. Write ‘{_ABOVE}’, or leave it out."
        return ""

    def of(self, found: Sequence[Standing]) -> Sequence[Standing]:
        """The risks that belong to it."""
        return [
            each
            for each in found
            if (not self.held_by or each.risk.held_by == self.held_by)
            and (not self.only or each.risk.over)
        ]


def risks(request: HttpRequest, system: str) -> HttpResponse:
    """The risks of a system on the day asked about, the highest score first."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    every = register(snapshot, system)
    part = Part(*(request.GET.get(field, "") for field in Part._fields))
    wrong = part.fault(every)
    if wrong and wants(request) != "html":
        return as_json({"fault": wrong}, status=400)
    found = every if wrong else part.of(every)
    if wants(request) != "html":
        return _twin(request, snapshot, system, found)
    where, number, path = system_name(snapshot, system), page_number(request), f"/{system}/risks"
    scored = number == 1 and any(each.risk.current for each in found)
    kept = "" if wrong else part.query
    return page(
        request, "assurance/risks.jinja", f"Risks: {where}", status=400 if wrong else 200,
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"{path}.json{kept}", f"{path}.csv{kept}"), system=system,
        wrong=wrong.split("\n"), lede=in_a_sentence(found),
        parts=_parts(snapshot, system, every, part),
        table=_table(snapshot, page_of(found, number, _A_PAGE)) if found else None,
        drawing=risk_grid(squares(found), the_day(request).link) if scored else None,
        pages=(number, max(1, -(-len(found) // _A_PAGE))), path=f"{path}/{kept or '?'}&",
        any=bool(every),
    )  # fmt: skip


def _parts(
    snapshot: Snapshot, system: str, every: Sequence[Standing], part: Part
) -> list[tuple[str, str, bool]]:
    """Ways to see part of the register: the words, where it is, and whether it is shown now."""
    holders = dict.fromkeys(each.risk.held_by for each in every)
    over = sum(each.risk.over is True for each in every)
    ways = [(f"All {len(every)}", Part())]
    if over and over < len(every):
        ways.append((f"Above what is accepted: {over}", Part(only=_ABOVE)))
    if len(holders) > 1:
        ways += [(snapshot.name(each), Part(held_by=each)) for each in holders]
    if len(ways) == 1:
        return []
    return [(words, f"/{system}/risks/{way.query}", way == part) for words, way in ways]


def _twin(
    request: HttpRequest, snapshot: Snapshot, system: str, found: Sequence[Standing]
) -> HttpResponse:
    rows = [as_row(snapshot, each) for each in found]
    if wants(request) == "csv":
        return as_csv(f"{system}-risks", HEADS, rows)
    on = snapshot.as_at.isoformat()
    over = sum(each.risk.over is True for each in found)
    return as_json(
        {"system": system, "as_at": on, "count": len(rows), "above_appetite": over, "risks": rows}
    )


def as_row(snapshot: Snapshot, each: Standing) -> dict[str, Any]:
    """A risk for a program to read. What is not recorded is null."""
    risk, on = each.risk, snapshot.as_at
    return {
        "id": each.name, "name": risk.name, "held_by": risk.held_by,
        "objective": risk.objective or risk.objective_printed or None,
        "owner": risk.owner or risk.owner_printed or None,
        "inherent": worth(risk.inherent), "current": worth(risk.current),
        "target": worth(risk.target), "accepts": risk.accepts, "above_appetite": risk.over,
        "movement": each.movement,
        "before": worth(each.before.risk.current) if each.before else None,
        "open_actions": len(open_actions(risk, on)),
        "lines_missing": ", ".join(missing_lines(risk, on)), "as_at": on.isoformat(),
    }  # fmt: skip


def worth(score: Score | None) -> int | None:
    """What a score comes to; None where there is none."""
    return score.worth if score else None


def _table(snapshot: Snapshot, found: Sequence[Standing]) -> Grid:
    rows = (
        (
            Link(each.risk.name, f"/{each.name}"),
            each.risk.current.in_words() if each.risk.current else None, above(each.risk),
            moved(each), str(each.risk.target.worth) if each.risk.target else None,
            whoever(snapshot, each.risk.owner, each.risk.owner_printed),
        )
        for each in found
    )  # fmt: skip
    heads = ("Risk", "Score now", "Accepted?", "Movement", "Aim", "Owner")
    return grid("Risk by risk, the highest score first", heads, rows)
