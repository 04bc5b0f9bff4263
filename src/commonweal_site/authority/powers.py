"""What a body or post may decide: everything the law or a document gives it, on any day."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.authority.answers import Answer, Held
from commonweal.authority.answers import powers as powers_of
from commonweal.authority.facts import Delegation, Function, Power, Reservation, pounds
from commonweal.record.snapshot import Snapshot
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.presenting import (
    Cells,
    Link,
    Table,
    link_to,
    origins,
    path_of,
    system_name,
    table,
)
from commonweal_site.viewer import viewer

from . import asking
from .chain import limit_in_words
from .laws import law_of

_HEADS = ("What", "Where", "Up to", "Provided that", "By")


def powers(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """The page of what a body or post may decide, and the same as data."""
    snapshot, name = the_snapshot(request), f"{system}/{kind}/{slug}"
    who = snapshot.fact(name).label(snapshot.name)
    held = powers_of(snapshot, name)
    if wants(request) == "json":
        return as_json(_data(snapshot, name, held))
    if wants(request) == "csv":
        return as_csv(f"{slug}-powers", _CSV, _rows(snapshot, held))
    tables = _tables(snapshot, name, held)
    return page(
        request, "authority/powers.jinja", f"What {who} may decide",
        crumbs=[Crumb(system_name(snapshot, system), f"/{system}/"), Crumb(who, path_of(name))],
        twins=Twins(f"/{name}/powers.json", f"/{name}/powers.csv"),
        rests=asking.answered_from(viewer(request).systems),
        invented=system in snapshot.invented, tables=tables, who=who, holder=name,
        origins=origins(snapshot, [row.fact for each in tables for row in each.rows]),
        nothing=not any(each.rows for each in tables),
    )  # fmt: skip


def _tables(snapshot: Snapshot, name: str, held: Iterable[Held]) -> list[Table]:
    every = tuple(held)
    good = [each for each in every if each.answer.outcome == "allowed"]
    others = [each for each in every if each.answer.outcome != "allowed"]
    kept = [pair for pair in snapshot.referring(name, Reservation) if pair[1].holder == name]
    tables = [
        table(
            snapshot, "What it may decide", _HEADS, _facts(snapshot, good), _cells(snapshot, good),
            empty="Nothing on record lets it decide anything on this day.",
        )
    ]  # fmt: skip
    if others:
        tables.append(table(
            snapshot, "Named in a document, but not good on this day", ("What", "Where", "Why not"),
            _facts(snapshot, others), _why_not(snapshot, others),
        ))  # fmt: skip
    if kept:
        tables.append(table(
            snapshot, "What it keeps to itself", ("What", "Where", "Amounts", "By"), kept,
            lambda _, fact: (
                link_to(snapshot, fact.function),
                link_to(snapshot, fact.area) if fact.area else "Everywhere",
                asking.kept_in_words(fact), _paper(snapshot, fact),
            ),
        ))  # fmt: skip
    return tables


def _facts(snapshot: Snapshot, held: Iterable[Held]) -> list[tuple[str, Any]]:
    return [(each.source, snapshot.fact(each.source)) for each in held]


def _by_source(held: Iterable[Held]) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for each in held:
        found.setdefault(each.source, []).append(each)
    return found


def _cells(snapshot: Snapshot, held: Iterable[Held]) -> Cells:
    # A power may hold in several areas, a row each, in the order in which they came.
    turns = {name: iter(every) for name, every in _by_source(held).items()}

    def cells(source: str, fact: Any) -> tuple[str | Link | tuple[Link, ...], ...]:
        each = next(turns[source])
        return (
            link_to(snapshot, each.function),
            _where(snapshot, each.area),
            _up_to(fact, each.answer),
            "; ".join(each.answer.conditions) or "Nothing more",
            (*_law(snapshot, fact), *((paper,) if (paper := _paper(snapshot, fact)).path else ())),
        )

    return cells


def _why_not(snapshot: Snapshot, held: Iterable[Held]) -> Cells:
    turns = {name: iter(every) for name, every in _by_source(held).items()}

    def cells(source: str, _fact: Any) -> tuple[str | Link, ...]:
        each = next(turns[source])
        return (
            link_to(snapshot, each.function), _where(snapshot, each.area), each.answer.because,
        )  # fmt: skip

    return cells


def _where(snapshot: Snapshot, area: str | None) -> Link:
    return link_to(snapshot, area) if area else Link("Wherever the giver may")


def _up_to(fact: Delegation | Power, answer: Answer) -> str:
    """The limit as it stands, and what the chain above leaves of it."""
    said = limit_in_words(fact)
    upper = getattr(fact, "upper", None)
    if answer.ceiling is not None and answer.ceiling != upper:
        return f"{said}; in all, {pounds(answer.ceiling)}"
    return said


def _law(snapshot: Snapshot, fact: Delegation | Power) -> tuple[Link, ...]:
    if isinstance(fact, Power):
        function = snapshot.get(fact.function)
        law = law_of(snapshot, fact, function.law if isinstance(function, Function) else None)
    else:
        law = law_of(snapshot, snapshot.get(fact.basis) if fact.basis else None)
    return (law.text or Link(law.words or "The law is not recorded"), *law.rules)


def _paper(snapshot: Snapshot, fact: Delegation | Power | Reservation) -> Link:
    paper = getattr(fact, "instrument", None)
    if paper is None:
        return Link("Not recorded")
    line = getattr(fact, "line", None)
    return link_to(snapshot, paper, f"{snapshot.name(paper)}{f', line {line}' if line else ''}")


# --- as data -------------------------------------------------------------------------------------

_CSV = "by instrument line limit_pounds limit_kind".split() + list(asking.HEADS)


def _rows(snapshot: Snapshot, held: Iterable[Held]) -> list[dict[str, Any]]:
    return [
        {
            "by": each.source,
            "instrument": getattr(fact, "instrument", None),
            "line": getattr(fact, "line", None),
            "limit_pounds": asking.in_pounds(getattr(fact, "upper", None)),
            "limit_kind": getattr(fact, "limit", None),
            **asking.answer_row(snapshot, each.answer),
        }
        for each in held
        for fact in [snapshot.fact(each.source)]
    ]


def _data(snapshot: Snapshot, name: str, held: Iterable[Held]) -> dict[str, Any]:
    return {
        "holder": name,
        "as_at": snapshot.as_at.isoformat(),
        "known": snapshot.known.isoformat(),
        "powers": asking.powers_json(snapshot, held),
    }
