"""The board assurance framework of a system: as a page, and as a paper for its board."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from msgspec import to_builtins

from commonweal.assurance.framework import framework as text_of
from commonweal.assurance.framework import principal, state, where_it_stands, why, worst_first
from commonweal.assurance.register import (
    Objective,
    Standing,
    by_objective,
    freshness,
    in_a_sentence,
    register,
)
from commonweal.record.snapshot import Snapshot
from commonweal_site.drawings.score_line import score_line
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_json, page, the_snapshot
from commonweal_site.published.forms import FORMS, on_page, published
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import system_name

from .registers import as_row


def framework(request: HttpRequest, system: str, ending: str | None = None) -> HttpResponse:
    """The framework on the day asked about, in the form that the address asks for."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    where, path = system_name(snapshot, system), f"/{system}/assurance-framework"
    text = text_of(snapshot, system, where, score_line)
    if ending == "json":
        return as_json(as_data(snapshot, system))
    if ending:
        name = f"{system}-assurance-framework-{snapshot.as_at.isoformat()}"
        return published(request, text, ending, name=name)
    return page(
        request, "assurance/framework.jinja", text.title, invented=text.invented,
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Risks", f"/{system}/risks/")],
        twins=Twins(f"{path}.json", f"{path}.csv"), blocks=on_page(text), system=system,
        forms=[(form.called, f"{path}.{word}") for word, form in FORMS.items() if word != "html"],
    )  # fmt: skip


def as_data(snapshot: Snapshot, system: str) -> dict[str, Any]:
    """The framework for a program to read: each objective with its risks, and what is known."""
    found = principal(register(snapshot, system))
    on = snapshot.as_at
    return {
        "system": system, "as_at": on.isoformat(), "summary": in_a_sentence(found),
        "objectives": [
            _objective(snapshot, each) for each in worst_first(by_objective(snapshot, found))
        ],
    }  # fmt: skip


def _objective(snapshot: Snapshot, each: Objective) -> dict[str, Any]:
    on = snapshot.as_at
    return {
        "id": each.entity or None, "name": each.name, "stands": where_it_stands(each),
        "because": why(each, on),
        "risks": [as_row(snapshot, one) | _behind(one, on) for one in each.risks],
    }  # fmt: skip


def _behind(each: Standing, on: date) -> dict[str, Any]:
    """What stands behind a score, as its source has it."""
    risk = each.risk
    looked = [{**_given(one), "freshness": freshness(one, on)} for one in risk.assurances]
    to_do = [{**_given(one), "state": state(one, on)} for one in risk.actions]
    return {
        "cause": risk.cause, "event": risk.event, "effect": risk.effect,
        "appetite": risk.appetite or None, "controls": [_given(one) for one in risk.controls],
        "gaps": list(risk.gaps), "assurances": looked, "actions": to_do,
    }  # fmt: skip


def _given(part: object) -> dict[str, Any]:
    found: dict[str, Any] = to_builtins(part)
    return found
