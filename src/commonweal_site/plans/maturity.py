"""The matrix of maturity: the whole, one unit, one statement; what was found, on what evidence."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.plans.cells import (
    STATES,
    Cell,
    Filled,
    NamedStatement,
    Tally,
    matrices,
    matrix_of,
    tally,
)
from commonweal.plans.course import course
from commonweal.plans.maturity import Level, MaturityAssessment, MaturityMatrix, MaturityStatement
from commonweal.plans.milestones import due_in_words
from commonweal.plans.thresholds import Worked, worked
from commonweal.record.snapshot import Snapshot
from commonweal_site.drawings.heat_map import heat_map, small_multiples
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell as Shown
from commonweal_site.meetings.laid_out import Grid, grid, whoever
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.viewer import viewer
from commonweal_site.words import capital, count, listed

from .delivery import known_system
from .spreading import learnt, moving, offered, unit_link, unsettled

HEADS = (
    "matrix level unit subject due statement found assessed_on components_there components "
    "challenged expected slipped assessment"
).split()

_MULTIPLES_FROM = 2
"""A level of one unit has nothing to set beside it."""


_STATE_WORDS = {state: state for state in STATES} | {"does not apply": "not applicable"}


# --- the whole ------------------------------------------------------------------------------------


def maturity(request: HttpRequest, system: str) -> HttpResponse:
    """The matrices of a system on the day: a heat map of each level, and what it comes to."""
    snapshot = known_system(request, system)
    found = matrices(snapshot, system)
    if wants(request) == "json":
        return as_json(
            {"system": system, "as_at": snapshot.as_at.isoformat(),
             "matrices": [_as_data(snapshot, each) for each in found]}
        )  # fmt: skip
    if wants(request) == "csv":
        rows = [row for each in found for row in cell_rows(each)]
        return as_csv(f"{system}-maturity", HEADS, rows)
    where = system_name(snapshot, system)
    return page(
        request, "plans/maturity.jinja", f"Maturity: {where}",
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"/{system}/maturity.json", f"/{system}/maturity.csv"), system=system,
        matrices=[_whole(snapshot, each, the_day(request).link) for each in found],
    )  # fmt: skip


def answer(counted: Tally, noun: str = "cell") -> str:
    """What a matrix, or a part of it, comes to, in a sentence or two.

    noun  what is counted: cells of a matrix, or statements of a unit

    >>> answer(Tally({"not recorded": 1507}))
    'Nothing is on record of any of the 1,507 cells: no source says how far any unit has come.'
    >>> answer(Tally({"met": 3, "partly met": 1, "not recorded": 2}), "statement")
    'Of 6 statements 3 are met, 1 partly met and 2 not recorded.'
    """
    if not counted.recorded:
        far = "this unit" if noun == "statement" else "any unit"
        return (
            f"Nothing is on record of any of the {count(counted.cells, noun)}: no source says how "
            f"far {far} has come."
        )
    met, *others = ((state, counted.of(state)) for state in STATES)
    many = "none is" if not met[1] else "1 is" if met[1] == 1 else f"{met[1]:,} are"
    said = [f"{many} met"]
    said += [f"{number:,} {_STATE_WORDS[state]}" for state, number in others if number]
    return f"Of {count(counted.cells, noun)} {listed(said)}."


def in_units(counted: Tally) -> str:
    """In how many units a statement is met, in a sentence.

    >>> in_units(Tally({"met": 4, "not met": 2, "not recorded": 3}))
    'It is met in 4 of 9 units, not met in 2 and not recorded in 3.'
    >>> in_units(Tally({"not recorded": 36}))
    'Nothing is on record of it in any of the 36 units.'
    """
    if not counted.recorded:
        return f"Nothing is on record of it in any of the {count(counted.cells, 'unit')}."
    said = [f"met in {counted.of('met') or 'none'} of {count(counted.cells, 'unit')}"]
    said += [
        f"{_STATE_WORDS[state]} in {counted.of(state):,}"
        for state in STATES[1:] if counted.of(state)
    ]  # fmt: skip
    return f"It is {listed(said)}."


def _whole(snapshot: Snapshot, filled: Filled, at: Callable[[str], str]) -> dict[str, Any]:
    """A matrix as its page is given it."""
    flags = [
        cell for level, statements in filled.levels
        for own, _ in statements for cell in filled.row(own, level)
    ]  # fmt: skip
    doubted, moved = sum(c.challenged for c in flags), sum(c.slipped for c in flags)
    return {
        "matrix": Link(filled.fact.name, f"/{filled.name}"),
        "note": filled.fact.note,
        "coverage": f"A finding is on record for {filled.covered or 'none'} of its "
        f"{count(len(filled.statements), 'statement')}.",
        "answer": answer(filled.tally),
        "flags": f"{count(doubted, 'finding')} {'is' if doubted == 1 else 'are'} under challenge; "
        f"the day expected has moved for {moved}."
        if doubted or moved else "",
        "levels": [
            _level(snapshot, filled, level, statements, at)
            for level, statements in filled.levels
        ],
        "thresholds": grid(
            "What a share decides", ("Statement", "Least", "What it comes to"),
            _thresholds(snapshot, filled),
            intro="These are worked out from what is on record and not judged. What is not "
            "recorded counts neither way.",
        ),
        "more": [each for each in (unsettled(snapshot, filled), moving(snapshot, filled))
                 if each and each.rows],
        "learning": learnt(snapshot, filled.statements),
    }  # fmt: skip


def _level(
    snapshot: Snapshot,
    filled: Filled,
    level: Level,
    statements: tuple[NamedStatement, ...],
    at: Callable[[str], str],
) -> dict[str, Any]:
    cells = [cell for own, _ in statements for cell in filled.row(own, level)]
    counted = tally(cells)
    many = counted.recorded and len(level.units) >= _MULTIPLES_FROM
    return {
        "key": level.key, "name": level.name, "answer": answer(counted),
        "recorded": counted.recorded,
        "links": [unit_link(snapshot, unit.who) for unit in level.units],
        "heat": heat_map(filled, level, statements, snapshot.name, at),
        "multiples": small_multiples(filled, level, snapshot.name, at) if many else None,
        "units": grid(
            f"{level.name}, one by one", ("Unit", *(capital(state) for state in STATES)),
            ((unit_link(snapshot, unit.who), *_counts(filled, unit.who)) for unit in level.units),
            intro="In the order of the matrix, not of how far each has come.",
        ),
        "statements": grid(
            f"{level.name}, statement by statement",
            ("Statement", "Subject", "Due", "Met", "Not recorded"),
            (_statement_row(filled, level, own, fact) for own, fact in statements),
        ),
    }  # fmt: skip


def _counts(filled: Filled, unit: str) -> Iterator[str]:
    counted = tally(cell for _, _, cell in filled.of_unit(unit))
    for state in STATES:
        yield str(counted.of(state))


def _statement_row(
    filled: Filled, level: Level, own: str, fact: MaturityStatement
) -> tuple[Shown, ...]:
    counted = tally(filled.row(own, level))
    return (
        Link(fact.name, f"/{own}"), subject(filled, fact), capital(due(filled, fact)),
        f"{counted.of('met')} of {counted.cells}", str(counted.of("not recorded")),
    )  # fmt: skip


def subject(filled: Filled, fact: MaturityStatement) -> str:
    """The subject a statement stands under."""
    names = {each.key: each.name for each in filled.fact.domains}
    return names.get(fact.domain, fact.domain)


def due(filled: Filled, fact: MaturityStatement) -> str:
    """When a statement is due, in words."""
    horizon = filled.horizon(fact.horizon)
    return horizon.name if horizon else fact.horizon


def _thresholds(snapshot: Snapshot, filled: Filled) -> Iterator[tuple[Shown, ...]]:
    for own, fact in filled.statements:
        if fact.threshold is None:
            continue
        found = list(worked(filled, own, fact))
        told = (
            found[0].because if len(found) == 1
            else f"{_units(found, 'met')} reach it, {_units(found, 'not met')} do not, and of "
            f"{_units(found, 'cannot tell')} it cannot be told."
        )  # fmt: skip
        yield Link(fact.name, f"/{own}"), f"{fact.threshold.share * 100:.0f}%", told


def _units(found: list[Worked], outcome: str) -> int:
    return sum(each.outcome == outcome for each in found)


# --- as data --------------------------------------------------------------------------------------


def _as_data(snapshot: Snapshot, filled: Filled) -> dict[str, Any]:
    counted = filled.tally
    return {
        "id": filled.name, "name": filled.fact.name, "answer": answer(counted),
        "statements": len(filled.statements), "statements_covered": filled.covered,
        "cells": counted.cells, "recorded": counted.recorded,
        "found": {state: counted.of(state) for state in STATES},
        "quarters": [each._asdict() for each in course(snapshot, filled)],
        "levels": [
            {
                "key": level.key, "name": level.name,
                "units": [{"id": unit.who, "name": snapshot.name(unit.who), "under": unit.under}
                          for unit in level.units],
                "statements": [_statement_data(filled, level, *each) for each in statements],
            }
            for level, statements in filled.levels
        ],
    }  # fmt: skip


def _statement_data(
    filled: Filled, level: Level, own: str, fact: MaturityStatement
) -> dict[str, Any]:
    return {
        "id": own, "statement": fact.name, "subject": subject(filled, fact),
        "due": due(filled, fact),
        "found": {
            unit.who: cell.state
            for unit, cell in zip(level.units, filled.row(own, level), strict=True)
        },
        "threshold": [
            {"unit": each.unit, "outcome": each.outcome, "because": each.because}
            for each in worked(filled, own, fact)
        ],
    }  # fmt: skip


def cell_rows(filled: Filled) -> Iterator[dict[str, Any]]:
    """Every cell of a matrix as a row, those that nobody has assessed included."""
    for level, statements in filled.levels:
        for own, fact in statements:
            for unit, cell in zip(level.units, filled.row(own, level), strict=True):
                yield _cell_row(filled, level, (own, fact), unit.who, cell)


def _cell_row(
    filled: Filled, level: Level, said: NamedStatement, unit: str, cell: Cell
) -> dict[str, Any]:
    own, statement = said
    row: dict[str, Any] = {
        "matrix": filled.name, "level": level.name, "unit": unit,
        "subject": subject(filled, statement), "due": due(filled, statement), "statement": own,
        "found": cell.state, "challenged": cell.challenged, "slipped": cell.slipped,
        "assessment": cell.assessment,
    }  # fmt: skip
    if fact := cell.fact:
        row |= {
            "assessed_on": fact.on, "components_there": fact.components_there,
            "components": fact.components, "expected": fact.expected,
        }  # fmt: skip
    return row


# --- one unit -------------------------------------------------------------------------------------


def unit(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """How far one unit has come, statement by statement."""
    name, snapshot = f"{system}/{kind}/{slug}", the_snapshot(request)
    matrix = matrix_of(snapshot, name)
    if matrix is None:
        raise Http404(f"No matrix of maturity on record on this day assesses {name}.")
    filled = Filled(snapshot, *matrix)
    found = list(filled.of_unit(name))
    if wants(request) != "html":
        rows = [each for each in cell_rows(filled) if each["unit"] == name]
        if wants(request) == "csv":
            return as_csv(f"{slug}-maturity", HEADS, rows)
        said = answer(tally(cell for _, _, cell in found), "statement")
        return as_json({"unit": name, "as_at": snapshot.as_at.isoformat(),
                        "answer": said, "cells": rows})  # fmt: skip
    called = snapshot.name(name)
    return page(
        request, "plans/unit.jinja", f"Maturity: {called}",
        crumbs=[Crumb(system_name(snapshot, system), f"/{system}/"),
                Crumb("Maturity", f"/{system}/maturity/")],
        invented=system in snapshot.invented,
        twins=Twins(f"/{name}/maturity.json", f"/{name}/maturity.csv"),
        answer=answer(tally(cell for _, _, cell in found), "statement"),
        unit=link_to(snapshot, name),
        overall=Link("The whole matrix", f"/{system}/maturity/"),
        grids=list(_of_unit(snapshot, filled, name, assess=viewer(request).may_propose(name))),
    )  # fmt: skip


def _of_unit(snapshot: Snapshot, filled: Filled, unit: str, *, assess: bool) -> Iterator[Grid]:
    """A table for each subject: what is due, what was found, on what.

    assess  with a link beside each statement for whoever may record a finding
    """
    found = list(filled.of_unit(unit))
    more = ("Record it",) if assess else ()
    for domain in filled.fact.domains:
        rows = [
            (
                Link(said.name, f"/{own}"), capital(due(filled, said)), *_told(snapshot, cell),
                *((assessing(own, unit, cell),) if assess else ()),
            )
            for own, said, cell in found if said.domain == domain.key
        ]  # fmt: skip
        if rows:
            heads = ("Statement", "Due", "Found", "Evidence", "Expected", *more)
            yield grid(domain.name, heads, rows)
    thresholds = [
        (Link(said.name, f"/{own}"), each.outcome, each.because)
        for own, said, _ in found for each in worked(filled, own, said) if each.unit == unit
    ]  # fmt: skip
    if thresholds:
        yield grid("What a share decides", ("Statement", "Outcome", "Working"), thresholds)
    if (others := offered(snapshot, filled, unit)).rows:
        yield others


def assessing(statement: str, unit: str, cell: Cell) -> Link:
    """Where a finding is recorded: a form that knows the cell, or the finding made before."""
    if cell.assessment:
        return Link("Record a change", f"/edit/{cell.assessment}/amend/")
    system, _, short = statement.split("/")
    asked = {
        "system": system, "fact.statement": statement, "fact.unit": unit,
        "slug": f"{unit.rsplit('/', 1)[1]}-{short}",
    }  # fmt: skip
    return Link("Record a finding", f"/edit/add/maturity-assessment/?{urlencode(asked)}")


def _told(snapshot: Snapshot, cell: Cell) -> tuple[Shown, Shown, Shown]:
    """A cell in three: what was found, on what evidence, when it is now expected."""
    fact = cell.fact
    if fact is None:
        return "Not recorded", "None", "Not recorded"
    return (
        Link(capital(_found(cell)), f"/{cell.assessment}"),
        evidence(snapshot, fact),
        expected(fact),
    )


def _found(cell: Cell) -> str:
    fact = cell.fact
    if fact is None:
        return cell.state
    said: list[str] = [cell.state]
    if fact.components is not None:
        said.append(f"{fact.components_there} of {fact.components} components")
    if cell.challenged:
        said.append("under challenge")
    return ", ".join(said)


def evidence(snapshot: Snapshot, fact: MaturityAssessment) -> Shown:
    """What a finding rests on, each with the document where there is one."""
    if not fact.evidence:
        return "None given"
    return tuple(
        Link(each.words, f"/{each.document}" if each.document else "") for each in fact.evidence
    )


def expected(fact: MaturityAssessment) -> Shown:
    """When what is not met is expected, and how often that moved."""
    if not fact.expected:
        return "Nothing more" if fact.found in {"met", "does not apply"} else None
    moved = f" (moved {count(len(fact.replanned), 'time')})" if fact.replanned else ""
    return f"{capital(due_in_words(fact.expected, fact.expected_firm))}{moved}"


# --- one statement --------------------------------------------------------------------------------


def statement(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """One statement in every unit: what was found, on what evidence, and who can say how."""
    name, snapshot = f"{system}/maturity-statement/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    matrix = snapshot.get(fact.matrix) if isinstance(fact, MaturityStatement) else None
    if (
        not isinstance(fact, MaturityStatement)
        or not isinstance(matrix, MaturityMatrix)
        or wants(request) != "html"
    ):
        return entity.entity(request, system, "maturity-statement", slug)
    filled = Filled(snapshot, fact.matrix, matrix)
    level = filled.level_of(fact)
    if level is None:
        return entity.entity(request, system, "maturity-statement", slug)
    row = filled.row(name, level)
    about: list[tuple[str, Shown]] = [
        ("Due", capital(due(filled, fact))),
        ("Subject", subject(filled, fact)),
        ("Where", f"{level.name}, {count(len(level.units), 'unit')}"),
        ("Matrix", Link(matrix.name, f"/{system}/maturity/")),
    ]
    return page(
        request, "meetings/said.jinja", fact.name, **entity.context(snapshot, request, name, []),
        text=in_units(tally(row)),
        about=tuple(about),
        grids=list(_of_statement(snapshot, filled, (name, fact), level)),
    )  # fmt: skip


def _of_statement(
    snapshot: Snapshot, filled: Filled, said: NamedStatement, level: Level
) -> Iterator[Grid]:
    own, fact = said
    if fact.threshold:
        yield grid(
            "What a share decides", ("Unit", "Outcome", "Working"),
            (
                (unit_link(snapshot, each.unit), each.outcome, each.because)
                for each in worked(filled, own, fact)
            ),
        )  # fmt: skip
    learning = learnt(snapshot, (said,))
    if learning.rows:
        yield learning
    yield grid(
        "Unit by unit", ("Unit", "Found", "Evidence", "Expected"),
        (
            (unit_link(snapshot, unit.who), *_told(snapshot, cell))
            for unit, cell in zip(level.units, filled.row(own, level), strict=True)
        ),
        intro="In the order of the matrix, not of how far each has come.",
    )  # fmt: skip


def lower_first(text: str) -> str:
    """The first letter small, the rest as it was."""
    return text[:1].lower() + text[1:]


# --- one assessment -------------------------------------------------------------------------------


def assessment(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """One finding: what, where, on what evidence, by whom, and who doubted it."""
    name, snapshot = f"{system}/maturity-assessment/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, MaturityAssessment) or wants(request) != "html":
        return entity.entity(request, system, "maturity-assessment", slug)
    about: list[tuple[str, Shown]] = [
        ("Statement", link_to(snapshot, fact.statement)),
        ("Unit", unit_link(snapshot, fact.unit)),
        ("Found", capital(_found(Cell(fact.found, name, fact)))),
        ("Assessed", capital(due_in_words(fact.on, "in"))),
        ("Assessed by", whoever(snapshot, fact.by, fact.by_printed or None)),
        ("Expected", expected(fact)),
    ]
    if fact.learning:
        about.append(("What was learnt", fact.learning))
        about.append(("Whom to ask", link_to(snapshot, fact.ask) if fact.ask else None))
    return page(
        request, "meetings/said.jinja", fact.label(snapshot.name),
        **entity.context(snapshot, request, name, []),
        text=f"{capital(fact.found)} {due_in_words(fact.on, 'in')}, "
        f"by {snapshot.name(fact.by) if fact.by else fact.by_printed or 'nobody on record'}.",
        about=tuple(about), grids=list(_of_assessment(snapshot, fact)),
    )  # fmt: skip


def _of_assessment(snapshot: Snapshot, fact: MaturityAssessment) -> Iterator[Grid]:
    yield grid(
        "Evidence", ("What it shows", "Document", "Where in it"),
        (
            (each.words, link_to(snapshot, each.document) if each.document else None, each.at)
            for each in fact.evidence
        ),
        empty="No evidence is on record.",
    )  # fmt: skip
    if fact.challenges:
        yield grid(
            "Challenges", ("By", "When", "What is doubted", "Answer", "Outcome"),
            (
                (
                    whoever(snapshot, each.by, each.by_printed or None),
                    capital(due_in_words(each.on, "in")), each.says, each.answer,
                    capital(each.outcome),
                )
                for each in fact.challenges
            ),
        )  # fmt: skip
    if fact.replanned:
        yield grid(
            "When it was expected before", ("Date", "Moved", "Why"),
            (
                (
                    capital(due_in_words(move.was, move.was_firm)),
                    capital(due_in_words(move.on, "in")), move.why,
                )
                for move in fact.replanned
            ),
        )  # fmt: skip
