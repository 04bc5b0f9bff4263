"""What others can take from a matrix of maturity: who learnt what; what is doubted; what moved."""

from commonweal.plans.cells import Filled, NamedStatement
from commonweal.plans.course import course, still_open
from commonweal.plans.maturity import MaturityAssessment
from commonweal.plans.milestones import due_in_words
from commonweal.record.snapshot import Snapshot
from commonweal_site.meetings.laid_out import Cell, Grid, grid
from commonweal_site.record.presenting import Link, link_to
from commonweal_site.words import capital, count, listed

_SEVERAL = 2


def unit_link(snapshot: Snapshot, unit: str) -> Link:
    """A unit, and how far it has come."""
    return Link(snapshot.name(unit), f"/{unit}/maturity/")


def learnt(snapshot: Snapshot, statements: tuple[NamedStatement, ...]) -> Grid:
    """What units have learnt, and who can say how: in the order of the matrix."""
    rows = [
        (
            fact.learning, Link(said.name, f"/{own}"), unit_link(snapshot, fact.unit),
            _whom(snapshot, fact),
        )
        for own, said in statements
        for _, fact in snapshot.referring(own, MaturityAssessment)
        if fact.learning
    ]  # fmt: skip
    return grid(
        "Who has done this and can say how",
        ("What was learnt", "Statement", "Where", "Whom to ask"),
        rows,
        empty="No unit’s learning is on record.",
    )


def offered(snapshot: Snapshot, filled: Filled, unit: str) -> Grid:
    """What others learnt at the statements that a unit has not met, with what shows it."""
    rows: list[tuple[Cell, ...]] = []
    for statement, own in still_open(snapshot, filled, unit):
        fact = snapshot.fact(own)
        if isinstance(fact, MaturityAssessment):
            rows.append(
                (
                    link_to(snapshot, statement), fact.learning, unit_link(snapshot, fact.unit),
                    Link(f"{capital(fact.found)}, {_shown(fact)}", f"/{own}"),
                    _whom(snapshot, fact),
                )
            )  # fmt: skip
    return grid(
        "What others learnt where this unit has still to go",
        ("Statement", "What was learnt", "Where", "On what evidence", "Whom to ask"), rows,
        intro="From units that have recorded it, in the order of the matrix. Nobody is ranked.",
    )  # fmt: skip


def _shown(fact: MaturityAssessment) -> str:
    return listed([each.words for each in fact.evidence]) if fact.evidence else "no evidence given"


def _whom(snapshot: Snapshot, fact: MaturityAssessment) -> Link | None:
    return link_to(snapshot, fact.ask) if fact.ask else None


def unsettled(snapshot: Snapshot, filled: Filled) -> Grid:
    """Findings that somebody doubts, and those whose expected day moved."""
    rows = []
    for level, statements in filled.levels:
        for own, said in statements:
            for unit, cell in zip(level.units, filled.row(own, level), strict=True):
                if cell.fact and (cell.challenged or cell.slipped):
                    rows.append(
                        (
                            Link(said.name, f"/{own}"), unit_link(snapshot, unit.who),
                            Link(capital(cell.state), f"/{cell.assessment}"),
                            _doubted(cell.fact), _moved(cell.fact),
                        )
                    )  # fmt: skip
    return grid(
        "Doubted, or moved", ("Statement", "Unit", "Found", "What is doubted", "Expected"), rows
    )


def _doubted(fact: MaturityAssessment) -> str:
    """What is doubted and not settled."""
    return " ".join(e.says for e in fact.challenges if e.outcome == "open") or "Nothing"


def _moved(fact: MaturityAssessment) -> str | None:
    if not fact.expected:
        return None
    now = capital(due_in_words(fact.expected, fact.expected_firm))
    if not fact.replanned:
        return now
    first, times = fact.replanned[0], count(len(fact.replanned), "time")
    return f"{now}; at first {due_in_words(first.was, first.was_firm)} (moved {times})"


def moving(snapshot: Snapshot, filled: Filled) -> Grid | None:
    """What was on record at the end of each quarter; None where one quarter is all there is."""
    points, whole = course(snapshot, filled), len(filled.statements)
    if len(points) < _SEVERAL:
        return None
    cells = filled.tally.cells
    return grid(
        "Quarter by quarter", ("Quarter", "Statements looked at", "Cells with a finding", "Met"),
        (
            (
                each.quarter, f"{each.covered} of {whole}", f"{each.recorded:,} of {cells:,}",
                f"{each.met:,}",
            )
            for each in points
        ),
        intro="Quarters of the financial year in which anything was assessed. Of each cell the "
        "latest finding by the end of the quarter counts.",
    )  # fmt: skip
