"""Who bore a plan in mind: each item against each plan and decision that came after."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.plans.facts import Plan
from commonweal.plans.regarding import Matrix, matrix
from commonweal.record.snapshot import Snapshot
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.entity import absent, crumbs
from commonweal_site.record.presenting import Link, link_to, path_of
from commonweal_site.words import count

from . import telling

HEADS = "plan item what by made state how why_not note answered_by as_at known".split()


class Shown(NamedTuple):
    """A cell as shown, with the part of the class that tells its state."""

    link: Link
    look: str


def regard(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The matrix of regard to one plan."""
    snapshot, name = the_snapshot(request), f"{system}/plan/{slug}"
    plan = snapshot.get(name)
    if not isinstance(plan, Plan):
        return absent(request, snapshot, name)
    found = matrix(snapshot, name)
    if wants(request) != "html":
        rows = list(as_rows(snapshot, found))
        if wants(request) == "csv":
            return as_csv(f"{system}-{slug}-regard", HEADS, rows)
        return as_json({"plan": name, "blanks": found.blanks, "cells": rows})
    return page(
        request, "plans/regard.jinja", f"Who bore it in mind: {plan.name}",
        crumbs=[*crumbs(snapshot, name), Crumb(plan.name, path_of(name))],
        twins=Twins(f"/{name}/regard.json", f"/{name}/regard.csv"),
        invented=system in snapshot.invented, lede=lede(found),
        columns=[link_to(snapshot, each) for each in found.columns],
        rows=[(link_to(snapshot, row), _shown(snapshot, found, row)) for row in found.rows],
    )  # fmt: skip


def lede(found: Matrix) -> str:
    """How many of those that were to bear it in mind say nothing, in a sentence."""
    states = [found.state(row, column) for row in found.rows for column in found.columns]
    asked = sum(each != "not asked" for each in states)
    if not asked:
        return "No plan or decision on record says that it follows from this plan."
    if not found.blanks:
        return f"Each of {count(asked, 'question')} is answered: how it was taken up, or why not."
    was = "is" if found.blanks == 1 else "are"
    return f"{found.blanks} of {count(asked, 'question')} {was} blank: nothing on record answers."


def _shown(snapshot: Snapshot, found: Matrix, row: str) -> list[Shown]:
    shown = []
    for column in found.columns:
        note, state = found.cells.get((row, column)), found.state(row, column)
        if note:
            link = telling.note_in_words(note)
        elif answer := found.answers.get((row, column)):
            link = Link(f"Taken up: “{snapshot.name(answer)}” answers it", path_of(answer))
        else:
            link = Link(telling.UNSAID[state])
        shown.append(Shown(link, state.replace(" ", "-")))
    return shown


def as_rows(snapshot: Snapshot, found: Matrix) -> Iterator[dict[str, Any]]:
    """The cells as data, those that say nothing too."""
    for row in found.rows:
        for column in found.columns:
            note = found.cells.get((row, column))
            yield {
                "plan": found.plan, "item": row, "what": snapshot.name(row), "by": column,
                "made": snapshot.name(column), "state": found.state(row, column),
                "how": (note[1].how or None) if note else None,
                "why_not": (note[1].why_not or None) if note else None,
                "note": note[0] if note else None,
                "answered_by": found.answers.get((row, column)),
                "as_at": snapshot.as_at.isoformat(),
                "known": snapshot.known.isoformat(),
            }  # fmt: skip
