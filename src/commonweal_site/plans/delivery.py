"""Delivery: what is to be reached by when, what slipped, what waits on what, who does what."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.plans.delivery import (
    STANDINGS,
    Stands,
    by_quarter,
    first_date,
    held_up_by,
    milestones,
    overdue,
    slipped,
    stands,
    waits,
)
from commonweal.plans.milestones import Milestone, Taker, due_in_words
from commonweal.plans.programmes import Part, Programme, Row, programmes, tiers_of
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words
from commonweal_site.drawings.svg import Drawing
from commonweal_site.drawings.timeline import Happening, timeline
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, grid, whoever
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import capital, count, listed

from .care_models import stated_effects, taken_up
from .milestone_words import fits, owner_of, sort_of, standing_in_words
from .parts_taken import groups, learnt, others_at, responsibilities

HEADS = (
    "id what programmes wider owner due firm standing days_over first_due reached reached_on "
    "waits_for parts evidence learning"
).split()


def known_system(request: HttpRequest, system: str) -> Snapshot:
    """The record of the day, if it holds the system."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        raise Http404(f"No system called ‘{system}’ is on record on this day.")
    return snapshot


_TOLD = {
    "due now": "due now",
    "to come": "still to come",
    "no date": "without a stated date",
    "reached late": "reached late",
    "reached": "reached in time",
    "dropped": "dropped",
}
_SEVERAL = 2


# --- a system -------------------------------------------------------------------------------------


def delivery(request: HttpRequest, system: str) -> HttpResponse:
    """What a system is to deliver, how each thing stands on the day, and who does what where."""
    snapshot = known_system(request, system)
    found = milestones(snapshot, system)
    if wants(request) == "json":
        return as_json(_as_data(snapshot, system, found))
    if wants(request) == "csv":
        return as_csv(f"{system}-delivery", HEADS, [row_of(snapshot, each) for each in found])
    where, rows = system_name(snapshot, system), programmes(snapshot, system)
    day = snapshot.as_at
    return page(
        request, "plans/delivery.jinja", f"Delivery: {where}",
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"/{system}/delivery.json", f"/{system}/delivery.csv",
                    f"/{system}/delivery.atom"),
        answer=answer(found, day), system=system,
        grids=_grids(snapshot, system, found) if found else [],
        programmes=_matrix(snapshot, rows), ready=_ready(snapshot, rows),
        drawing=_drawn(found, day, where, the_day(request).link) if found else None,
    )  # fmt: skip


def answer(found: list[Stands], day: date) -> str:
    """How delivery stands, in a sentence or two.

    >>> answer([], date(2022, 7, 1))
    'No milestone is on record on 1 July 2022.'
    """
    if not found:
        return f"No milestone is on record on {day_in_words(day)}."
    counted = Counter(each.standing for each in found)
    late, silent = counted.pop("late", 0), counted.pop("passed in silence", 0)
    whole = count(len(found), "milestone")
    first = (
        f"Of {whole} {late or 'none'} {'is' if late < _SEVERAL else 'are'} late by its source; "
        f"the date of {silent or 'none'} has passed with nothing on record to say whether it was "
        "reached."
    )
    rest = [f"{counted[each]} {_TOLD[each]}" for each in STANDINGS if counted[each]]
    return f"{first} The rest: {listed(rest)}." if rest else first


def _as_data(snapshot: Snapshot, system: str, found: list[Stands]) -> dict[str, object]:
    return {
        "system": system, "as_at": snapshot.as_at.isoformat(),
        "answer": answer(found, snapshot.as_at),
        "milestones": [row_of(snapshot, each) for each in found],
        "programmes": [
            {
                "id": row.name, "name": row.fact.name, "type": row.fact.type,
                "parts": [
                    {"tier": part.tier, "who": part.who or part.printed or None, "does": part.role}
                    for part in row.fact.parts
                ],
                "milestones": [name for name, _ in row.milestones],
            }
            for row in programmes(snapshot, system)
        ],
    }  # fmt: skip


def row_of(snapshot: Snapshot, each: Stands) -> dict[str, object]:
    """A milestone for a program to read."""
    fact = each.fact
    return {
        "id": each.name, "what": fact.name, "programmes": list(fact.programmes),
        "wider": fact.wider, "owner": fact.owner or fact.owner_printed or None,
        "due": each.when, "firm": each.firm, "standing": each.standing, "days_over": each.days_over,
        "first_due": first_date(fact)[0],
        "reached": fact.reached, "reached_on": fact.reached_on,
        "waits_for": [
            {"what": wait.what, "words": wait.words,
             "there": wait.there.isoformat() if wait.there else None, "too_late": wait.too_soon}
            for wait in waits(snapshot, each)
        ],
        "parts": [
            {"part": other.part, "who": other.who or other.printed} for other in fact.others
        ],
        "evidence": fact.evidence or None, "learning": fact.learning or None,
    }  # fmt: skip


# --- tables ---------------------------------------------------------------------------------------


def _link(each: Stands) -> Link:
    return Link(each.fact.name, f"/{each.name}")


def _due(each: Stands) -> str:
    return capital(due_in_words(each.when, each.firm))


def _grids(snapshot: Snapshot, system: str, found: list[Stands]) -> list[Grid]:
    """The tables of the page, the most pressing first; those without a row are left out."""
    late = overdue(snapshot, system)
    heads = ("Milestone", "Due", "Owner", "How it stands")
    made = [
        grid(
            "Late, or past its date without a word", heads,
            ((_link(e), _due(e), owner_of(snapshot, e.fact), standing_in_words(e)) for e in late),
            intro="Late: a source says that it is not done. Without a word: nothing on record "
            "says either way; that is not the same as late.",
        ),
        grid(
            "Due now and to come", heads,
            (
                (_link(e), _due(e), owner_of(snapshot, e.fact), standing_in_words(e))
                for e in found if e.standing in {"due now", "to come", "no date", "late"}
                and e not in late
            ),
        ),
        grid("What slipped", ("Milestone", "First date", "Date now", "Why"), _slips(found)),
        grid(
            "What waits on what", ("Milestone", "Due", "Waits for", "What it is", "Does it fit?"),
            _waiting(snapshot, found),
        ),
        grid(
            "Every milestone by quarter", ("Quarter", "Milestone", "Owner", "How it stands"),
            (
                (quarter.name, _link(e), owner_of(snapshot, e.fact), standing_in_words(e))
                for quarter in by_quarter(found) for e in quarter.due
            ),
            intro="Quarters are those of the financial year, from April. A milestone stands in "
            "the quarter in which its time ends.",
        ),
        responsibilities(snapshot, found), groups(snapshot, system),
        learnt(snapshot, found, "What was learnt on the way"),
    ]  # fmt: skip
    return [each for each in made if each.rows]


def _slips(found: list[Stands]) -> Iterator[tuple[Cell, ...]]:
    for each in slipped(found):
        moves = [
            f"Moved {due_in_words(move.on, 'in')}"
            + (f": {move.why}" if move.why else "; the reason is not recorded.")
            for move in each.fact.replanned
        ]
        yield (
            _link(each),
            capital(due_in_words(*first_date(each.fact))),
            _due(each),
            " ".join(moves),
        )


def _waiting(snapshot: Snapshot, found: Iterable[Stands]) -> Iterator[tuple[Cell, ...]]:
    for each in found:
        for wait in waits(snapshot, each):
            what = link_to(snapshot, wait.what, wait.words) if wait.what else Link(wait.words)
            yield _link(each), _due(each), what, sort_of(wait), fits(wait)


# --- programmes by tier ---------------------------------------------------------------------------


def _matrix(snapshot: Snapshot, rows: list[Row]) -> dict[str, object]:
    """Programmes by tier: a row each, a column for each tier with a part in any."""
    tiers = tiers_of(rows)
    return {
        "tiers": [capital(tier) for tier in tiers],
        "rows": [
            (
                Link(row.fact.name, f"/{row.name}"),
                capital(row.fact.type),
                [[_part(snapshot, part) for part in row.at.get(tier, ())] for tier in tiers],
                count(len(row.milestones), "milestone") if row.milestones else "",
            )
            for row in rows
        ],
    }


def _ready(snapshot: Snapshot, rows: list[Row]) -> Grid:
    """Areas of change: what each asks for, what its source says is there, and by when."""
    areas = [row for row in rows if row.fact.type == "area of change"]
    return grid(
        "Areas of change: what is required and what is there",
        ("Area", "What is required", "There already, by its source", "To be in place"),
        (
            (
                Link(row.fact.name, f"/{row.name}"), _lines(row.fact.required),
                _lines(row.fact.position), _by_when(snapshot, row),
            )
            for row in areas
        ),
        intro="Everybody must have each of these in place. What is there already is as its source "
        "puts it, of the day it gives; nobody else has confirmed it.",
    )  # fmt: skip


def _lines(said: tuple[str, ...]) -> Cell:
    return tuple(Link(each) for each in said) or None


def _by_when(snapshot: Snapshot, row: Row) -> Cell:
    found = [stands(*each, snapshot.as_at) for each in row.milestones]
    return tuple(Link(f"{_due(e)}: {standing_in_words(e)}", f"/{e.name}") for e in found) or None


def _part(snapshot: Snapshot, part: Part) -> tuple[Link, str]:
    who = link_to(snapshot, part.who) if part.who else Link(part.printed or "Not recorded")
    return who, "" if part.role == "not stated" else part.role


def _drawn(found: list[Stands], day: date, where: str, at: Callable[[str], str]) -> Drawing:
    """Milestones along a line of years: hollow while planned, filled once reached.

    at  gives an address with the day kept
    """
    happenings = [
        Happening(
            each.fact.name, each.when, planned=each.standing not in {"reached", "reached late"},
            href=at(f"/{each.name}"),
        )
        for each in found if each.when and each.standing != "dropped"
    ]  # fmt: skip
    return timeline((), happenings, day=day, of=f"milestones of {where}")


# --- one milestone --------------------------------------------------------------------------------


def milestone(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A milestone on the day asked about: how it stands, who owns it, what it waits for."""
    name, snapshot = f"{system}/milestone/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Milestone) or wants(request) != "html":
        return entity.entity(request, system, "milestone", slug)
    each = stands(name, fact, snapshot.as_at)
    said = standing_in_words(each)
    return page(
        request, "meetings/said.jinja", fact.name, **entity.context(snapshot, request, name, []),
        text=f"Due {due_in_words(each.when, each.firm)}. {said}."
        if each.when else f"No date is stated. {said}.",
        about=tuple(_about(snapshot, each)), grids=list(_of_milestone(snapshot, each)),
    )  # fmt: skip


def _about(snapshot: Snapshot, each: Stands) -> Iterator[tuple[str, Cell]]:
    fact = each.fact
    yield "Owner", owner_of(snapshot, fact)
    for taker in fact.others:
        yield capital(taker.part), _taker(snapshot, taker)
    yield "Of", tuple(link_to(snapshot, name) for name in fact.about) or None
    if fact.programmes:
        yield "Programme", tuple(link_to(snapshot, name) for name in fact.programmes)
    if fact.wider:
        yield "Wider milestone", link_to(snapshot, fact.wider)
    if fact.deliverables:
        yield "Deliverables", "; ".join(fact.deliverables)
    if fact.reached == "not recorded":
        yield "How it stands", "No source on record says"
    else:
        told = due_in_words(fact.reached_on, "in")
        yield "How it stands by its source", f"{capital(fact.reached)}, as {told}"
        yield "Evidence", fact.evidence or None
        yield "Shown by", tuple(link_to(snapshot, paper) for paper in fact.shown_by) or None
    if fact.learning:
        yield "What was learnt", fact.learning
        yield "Whom to ask", link_to(snapshot, fact.ask) if fact.ask else None
    if fact.event:
        yield "The same on the timeline", link_to(snapshot, fact.event)


def _taker(snapshot: Snapshot, taker: Taker) -> Cell:
    return whoever(snapshot, taker.who, taker.printed or None)


def _of_milestone(snapshot: Snapshot, each: Stands) -> Iterator[Grid]:
    if (others := others_at(snapshot, each)).rows:
        yield others
    if each.fact.replanned:
        yield grid(
            "Dates it had", ("Date", "Moved", "Why"),
            (
                (
                    capital(due_in_words(move.was, move.was_firm)),
                    capital(due_in_words(move.on, "in")), move.why or None,
                )
                for move in each.fact.replanned
            ),
        )  # fmt: skip
    if each.fact.waits_for:
        yield grid(
            "What it waits for", ("What", "What it is", "Does it fit?"),
            (
                (
                    link_to(snapshot, wait.what, wait.words) if wait.what else wait.words,
                    sort_of(wait), fits(wait),
                )
                for wait in waits(snapshot, each)
            ),
        )  # fmt: skip
    held = [stands(*other, snapshot.as_at) for other in held_up_by(snapshot, each.name)]
    if held:
        yield grid(
            "What waits for it", ("Milestone", "Due", "How it stands"),
            ((_link(other), _due(other), standing_in_words(other)) for other in held),
        )  # fmt: skip


# --- one programme --------------------------------------------------------------------------------


def programme(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A programme on the day asked about: what it must have in place, who does what, by when."""
    name, snapshot = f"{system}/programme/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Programme) or wants(request) != "html":
        return entity.entity(request, system, "programme", slug)
    found = [stands(own, each, snapshot.as_at) for own, each in snapshot.referring(name, Milestone)]
    at = f" as at {in_words(fact.position_at)}" if fact.position_at else ""
    rows: list[Grid] = [
        grid("What must be in place", ("What",), ((each,) for each in fact.required)),
        grid(f"What is there already{at}", ("What",), ((each,) for each in fact.position),
             intro="As its source puts it; nobody else has confirmed it."),
        grid("What it is to produce", ("What",), ((each,) for each in fact.deliverables)),
        taken_up(snapshot, fact.adopted, title="Where it was taken up"),
        grid("Its stated effects", ("What", "Figure", "To know"),
             ((*each[:2], each[2] or "Nothing more")
              for each in stated_effects(snapshot, fact.effects)),
             intro="As its source states them; nobody else has confirmed them."),
        grid("Who does what", ("Tier", "Who", "Does"), (
            (capital(part.tier), _part(snapshot, part)[0], capital(part.role))
            for part in fact.parts)),
        grid("Its milestones", ("Milestone", "Due", "Owner", "How it stands"), (
            (_link(e), _due(e), owner_of(snapshot, e.fact), standing_in_words(e)) for e in found)),
    ]  # fmt: skip
    about: list[tuple[str, Cell]] = [
        ("Of", link_to(snapshot, fact.about) if fact.about else None),
        ("Kind", capital(fact.type)),
        ("All of its system", Link("Delivery", f"/{system}/delivery/")),
    ]
    return page(
        request, "meetings/said.jinja", fact.name, **entity.context(snapshot, request, name, []),
        text=fact.purpose or fact.sentence(snapshot.name), about=tuple(about),
        grids=[each for each in rows if each.rows],
    )  # fmt: skip
