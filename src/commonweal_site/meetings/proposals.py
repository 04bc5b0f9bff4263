"""One proposal before many bodies, and all proposals of a system against all who were asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.meetings.decided import Endorsement, Proposal
from commonweal.meetings.endorsing import Matrix, answers, matrix, tally, where_it_stands
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, mentions, system_name
from commonweal_site.words import capital

from .laid_out import Cell, Grid, grid

HEADS = "proposal number what body answer on words endorsement as_at known".split()


def proposal(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A proposal on the day asked about: what is proposed, who was asked, what each said."""
    name, snapshot = f"{system}/proposal/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Proposal) or wants(request) != "html":
        return entity.entity(request, system, "proposal", slug)
    count = tally(snapshot, name)
    about: list[tuple[str, Cell]] = [
        ("Put by", link_to(snapshot, fact.by) if fact.by else None),
        ("Asked to", capital(fact.type)),
        ("Put to, as printed", fact.put_to_printed or "Only those named below"),
        ("When", capital(in_words(fact.when)) if fact.when else None),
        ("Where it stands", count.in_words()),
        ("Are all needed", {True: "Yes", False: "No", None: None}[fact.all_needed]),
        *([("On its way", where_it_stands(snapshot, name))] if fact.route else []),
    ]
    given = entity.context(
        snapshot, request, name, mentions(snapshot, name, without=frozenset({"endorsement"}))
    )
    return page(
        request, "meetings/said.jinja", fact.name, **given, text=fact.text or fact.name,
        about=tuple(about), grids=[e for e in _grids(snapshot, name, fact) if e.rows],
    )  # fmt: skip


def _grids(snapshot: Snapshot, name: str, fact: Proposal) -> list[Grid]:
    said = answers(snapshot, name)
    asked = (*fact.put_to, *(each for each in said if each not in fact.put_to))
    return [
        grid(
            "What each body said", ("Body", "Answer", "When", "In their words"),
            (_answer(snapshot, body, said.get(body)) for body in asked),
        ),
        grid(
            "Its parts", ("Part", "What", "Owner", "Due"),
            (
                (each.letter, each.text, each.owner, in_words(each.due) if each.due else None)
                for each in fact.parts
            ),
        ),
        grid(
            "Its way", ("Where", "What", "When", "Outcome"),
            (
                (
                    link_to(snapshot, each.body),
                    link_to(snapshot, each.meeting, each.what) if each.meeting else each.what,
                    capital(in_words(each.on)) if each.on else None, each.outcome,
                )
                for each in fact.route
            ),
        ),
    ]  # fmt: skip


def _answer(
    snapshot: Snapshot, body: str, said: tuple[str, Endorsement] | None
) -> tuple[Cell, ...]:
    if said is None:
        return link_to(snapshot, body), None, None, None
    own, each = said
    when = in_words(each.on) if each.on else None
    return link_to(snapshot, body), Link(capital(each.type), f"/{own}"), when, each.words or "None"


# --- all of them ----------------------------------------------------------------------------------


def endorsements(request: HttpRequest, system: str) -> HttpResponse:
    """Every proposal of a system against every body that was asked or answered."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    found = matrix(snapshot, system)
    if wants(request) != "html":
        return _twin(request, snapshot, system, found)
    where = system_name(snapshot, system)
    base = f"/{system}/endorsements"
    return page(
        request, "meetings/matrix.jinja", f"Proposals and who endorsed them: {where}",
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"{base}.json", f"{base}.csv"),
        bodies=[link_to(snapshot, each) for each in found.bodies],
        rows=[
            (
                link_to(snapshot, each), _number(snapshot, each),
                [_cell(snapshot, found, each, body) for body in found.bodies],
            )
            for each in found.proposals
        ],
        tallies=[(link_to(snapshot, e), tally(snapshot, e).in_words()) for e in found.proposals],
    )  # fmt: skip


def _number(snapshot: Snapshot, name: str) -> str:
    fact = snapshot.fact(name)
    return fact.number or "" if isinstance(fact, Proposal) else ""


def _cell(snapshot: Snapshot, found: Matrix, proposal_: str, body: str) -> Link:
    """What one body said; that it was not asked is another thing than that it did not answer."""
    cell = found.cells.get((proposal_, body))
    if cell is None:
        return Link("Not asked")
    if cell.endorsement is None:
        return Link("Not recorded")
    return Link(capital(cell.answer), f"/{cell.endorsement}")


def _twin(request: HttpRequest, snapshot: Snapshot, system: str, found: Matrix) -> HttpResponse:
    rows = [
        _row(snapshot, proposal_, body, cell) for (proposal_, body), cell in found.cells.items()
    ]
    if wants(request) == "csv":
        return as_csv(f"{system}-endorsements", HEADS, rows)
    return as_json({"system": system, "count": len(rows), "answers": rows})


def _row(snapshot: Snapshot, name: str, body: str, cell: Any) -> dict[str, Any]:
    given = snapshot.get(cell.endorsement) if cell.endorsement else None
    return {
        "proposal": name, "number": _number(snapshot, name), "what": snapshot.name(name),
        "body": body, "answer": cell.answer, "on": getattr(given, "on", None),
        "words": getattr(given, "words", None), "endorsement": cell.endorsement,
        "as_at": snapshot.as_at.isoformat(), "known": snapshot.known.isoformat(),
    }  # fmt: skip
