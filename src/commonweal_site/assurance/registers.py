"""The risk register of a system, and its assurance framework by objective, in every form."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.register import (
    Standing,
    by_objective,
    freshness,
    in_a_sentence,
    missing_lines,
    open_actions,
    register,
    squares,
)
from commonweal.assurance.risks import Assurance, Risk, Score, in_three_parts
from commonweal.record.manuscript import (
    Block,
    Cited,
    Heading,
    Manuscript,
    Paragraph,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import listed
from commonweal_site.drawings.risk_grid import risk_grid
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.published.forms import FORMS, on_page, published
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import capital

HEADS = (
    "id name held_by objective owner inherent current target accepts above_appetite movement "
    "before open_actions lines_missing as_at"
).split()


def risks(request: HttpRequest, system: str) -> HttpResponse:
    """Every risk of a system on the day asked about, the highest score first."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    found = register(snapshot, system)
    if wants(request) != "html":
        return _twin(request, snapshot, system, found)
    where = system_name(snapshot, system)
    scored = [each for each in found if each.risk.current]
    return page(
        request, "assurance/risks.jinja", f"Risks: {where}",
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"/{system}/risks.json", f"/{system}/risks.csv"), system=system,
        lede=in_a_sentence(found), table=_table(snapshot, found) if found else None,
        drawing=risk_grid(squares(found), the_day(request).link) if scored else None,
    )  # fmt: skip


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


def owner(snapshot: Snapshot, risk: Risk) -> str | None:
    """Who answers for a risk, in words."""
    return snapshot.name(risk.owner) if risk.owner else risk.owner_printed or None


def moved(each: Standing) -> str:
    """How a risk has moved, in words with the numbers."""
    if each.movement == "not scored":
        return "Not scored"
    before = worth(each.before.risk.current) if each.before else None
    if each.before is None or before is None or each.movement == "new":
        return "New"
    if each.movement == "the same":
        return f"The same: {before}"
    return f"{capital(each.movement)}: it was {before}"


def above(risk: Risk) -> str | None:
    """Whether a score is above what is accepted, in words; None if that cannot be told."""
    if risk.over is None:
        return None
    return (
        f"Above the {risk.accepts} accepted" if risk.over else f"Within the {risk.accepts} accepted"
    )


def _table(snapshot: Snapshot, found: Sequence[Standing]) -> Grid:
    rows = (
        (
            Link(each.risk.name, f"/{each.name}"),
            each.risk.current.in_words() if each.risk.current else None, above(each.risk),
            moved(each), str(each.risk.target.worth) if each.risk.target else None,
            link_to(snapshot, each.risk.owner) if each.risk.owner else owner(snapshot, each.risk),
        )
        for each in found
    )  # fmt: skip
    heads = ("Risk", "Score now", "Accepted?", "Movement", "Aim", "Owner")
    return grid("Every risk, the highest score first", heads, rows)


# --- by objective ---------------------------------------------------------------------------------


def framework(request: HttpRequest, system: str, ending: str | None = None) -> HttpResponse:
    """The board assurance framework: as a page, or in the form that the address asks for."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    text = manuscript(snapshot, system)
    if ending:
        name = f"{system}-assurance-framework-{snapshot.as_at.isoformat()}"
        return published(request, text, ending, name=name)
    path, where = f"/{system}/assurance-framework", system_name(snapshot, system)
    return page(
        request, "assurance/framework.jinja", text.title, invented=text.invented,
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Risks", f"/{system}/risks/")],
        twins=Twins(f"{path}.json", f"{path}.csv"), blocks=on_page(text),
        forms=[(form.called, f"{path}.{word}") for word, form in FORMS.items() if word != "html"],
    )  # fmt: skip


def manuscript(snapshot: Snapshot, system: str) -> Manuscript:
    """The board assurance framework of a system as a text to be published."""
    found = register(snapshot, system)
    return Manuscript(
        f"Board assurance framework: {system_name(snapshot, system)}", day=snapshot.as_at,
        known=snapshot.known, summary=in_a_sentence(found),
        blocks=tuple(_blocks(snapshot, found)), invented=system in snapshot.invented,
    )  # fmt: skip


def _blocks(snapshot: Snapshot, found: Sequence[Standing]) -> Iterator[Block]:
    objectives = by_objective(snapshot, found)
    summary = (
        row(
            Run(each.name, each.entity), str(len(each.risks)),
            str(sum(standing.risk.over is True for standing in each.risks)),
            str(max(standing.worth for standing in each.risks) or ""),
            key=each.entity or each.name,
        )
        for each in objectives
    )  # fmt: skip
    heads = ("Objective", "Risks to it", "Above what is accepted", "Highest score")
    if found:
        yield Heading("Objectives at a glance")
        yield Table("Objectives and the risks to them", heads, tuple(summary))
    for each in objectives:
        yield Heading(each.name)
        for standing in each.risks:
            yield from _of_risk(snapshot, standing)


def _of_risk(snapshot: Snapshot, each: Standing) -> Iterator[Block]:
    risk, on = each.risk, snapshot.as_at
    yield Heading(risk.name, 2)
    yield Paragraph(line(in_three_parts(risk)))
    sources = [Cited.of(snapshot, source) for source in risk.sources]
    assured = [_assured(a, on) for a in risk.assurances]
    todo = [
        f"{a.what}, by {in_words(a.due) if a.due else 'no day'}" for a in open_actions(risk, on)
    ]
    scored = (
        ("Without controls", risk.inherent), ("Now", risk.current), ("Aim", risk.target),
    )  # fmt: skip
    told: list[tuple[str, list[str]]] = [
        *((name, [score.in_words()] if score else []) for name, score in scored),
        ("Accepted", [said] if (said := above(risk)) else []),
        ("Appetite", [risk.appetite]), ("Movement", [moved(each)]),
        ("Owner", [owner(snapshot, risk) or ""]),
        ("Controls", [control.what for control in risk.controls]),
        ("Assurance", list(assured)),
        ("Lines on which nothing is fresh", [capital(listed(missing_lines(risk, on)) or "none")]),
        ("Gaps", list(risk.gaps)), ("Still to be done", todo or ["Nothing on record"]),
    ]  # fmt: skip
    rows = (
        row(name, list(lines), key=f"{each.name}#{name}", sources=sources) for name, lines in told
    )
    yield Table(risk.name, ("What", "On record"), tuple(rows), widths=(1, 3))


def _assured(given: Assurance, on: date) -> str:
    when = in_words(given.on) if given.on else "no day is stated"
    said = f"{given.what}: {given.line} line, {when}, found {given.found}"
    return f"{said}. {freshness(given, on)}."
