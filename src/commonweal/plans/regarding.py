"""Who bore what in mind: the trace from each item of a plan to the plans and decisions after it."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import sources_of
from commonweal.record.wording import counted, listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .chain import ASSESSMENT, CHAIN, FORWARD, LOCAL, STRATEGY, is_current, items_of
from .facts import Plan
from .items import PlanItem, Regard

State = Literal["taken up", "not taken up", "blank", "not asked"]
"""What a note of regard says. Blank: it was to be borne in mind, and nothing is on record.

Of a decision only that is asked which a note asks; of a plan, every item of those it builds on.
"""

type NamedRegard = tuple[str, Regard]


def state_of(note: Regard) -> State:
    """Whether something was taken up, set aside with a reason, or left blank."""
    if note.how:
        return "taken up"
    return "not taken up" if note.why_not else "blank"


def notes_on(snapshot: Snapshot, entity: str) -> tuple[NamedRegard, ...]:
    """What was made of a plan, or of an item of one, by whoever came after."""
    found = snapshot.referring(entity, Regard)
    return tuple(sorted(each for each in found if entity in {each[1].plan, each[1].item}))


def notes_by(snapshot: Snapshot, entity: str) -> tuple[NamedRegard, ...]:
    """What a plan or decision had regard to."""
    return tuple(sorted(e for e in snapshot.referring(entity, Regard) if e[1].by == entity))


class Matrix(NamedTuple):
    """The items of a plan by those that came after it.

    rows     items of the plan; with one for the plan as a whole where a note is about that
    columns  the plans and decisions that were to bear it in mind
    asked    the columns of which every item is asked: the plans that build on this one
    cells    the note of an item and a column
    answers  an item of the later plan that answers one of the rows, by row and column
    """

    plan: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    asked: frozenset[str]
    cells: Mapping[tuple[str, str], NamedRegard]
    answers: Mapping[tuple[str, str], str]

    def state(self, row: str, column: str) -> State:
        """What is on record for a cell."""
        if found := self.cells.get((row, column)):
            return state_of(found[1])
        if (row, column) in self.answers:
            return "taken up"
        return "blank" if column in self.asked else "not asked"

    @property
    def blanks(self) -> int:
        """How many cells say nothing."""
        return sum(self.state(r, c) == "blank" for r in self.rows for c in self.columns)


def matrix(snapshot: Snapshot, plan: str) -> Matrix:
    """The regard had to a plan: each item against each plan and decision that came after.

    A plan that builds on this one is a column even if it has no note, once made and until another
    takes its place.
    """
    cells: dict[tuple[str, str], NamedRegard] = {}
    for name, note in notes_on(snapshot, plan):
        cells[note.item or plan, note.by] = (name, note)
    after = frozenset(
        name
        for name, later in snapshot.referring(plan, Plan)
        if plan in {each.plan for each in later.builds_on} and is_current(snapshot, (name, later))
    )
    columns = sorted({*after, *(by for _, by in cells)}, key=lambda n: _order(snapshot, n))
    rows = [name for name, _ in items_of(snapshot, plan)]
    answers = {
        (row, later.plan): name
        for row in rows
        for name, later in sorted(snapshot.referring(row, PlanItem))
        if row in later.answers and later.plan in after
    }
    whole = [plan] if not rows or any(row == plan for row, _ in cells) else []
    return Matrix(plan, (*whole, *rows), tuple(columns), after, cells, answers)


def _order(snapshot: Snapshot, name: str) -> tuple[int, str]:
    fact = snapshot.get(name)
    if isinstance(fact, Plan):
        return (CHAIN.index(fact.type) if fact.type in CHAIN else len(CHAIN)), name
    return len(CHAIN) + 1, name


# --- checks ---------------------------------------------------------------------------------------


@check("REG-01")
def regard_to_assessments_and_strategies(snapshot: Snapshot) -> Iterator[Finding]:
    yield from _had(rule("REG-01"), snapshot, {ASSESSMENT, STRATEGY, LOCAL})


@check("JFP-04")
def regard_to_the_forward_plan(snapshot: Snapshot) -> Iterator[Finding]:
    yield from _had(rule("JFP-04"), snapshot, {FORWARD})


def _had(law: Rule, snapshot: Snapshot, kinds: set[str]) -> Iterator[Finding]:
    """For each plan or decision that was asked about regard: whether every question is answered."""
    by: dict[str, list[NamedRegard]] = {}
    for name, note in snapshot.all(Regard).items():
        plan = snapshot.get(note.plan)
        if isinstance(plan, Plan) and plan.type in kinds:
            by.setdefault(note.by, []).append((name, note))
    for who, notes in sorted(by.items()):
        yield _regarded(law, snapshot, who, notes)


def _regarded(law: Rule, snapshot: Snapshot, who: str, notes: list[NamedRegard]) -> Finding:
    blank = [note.item or note.plan for _, note in notes if state_of(note) == "blank"]
    sources = sources_of(*(note for _, note in notes))
    more = {"sources": sources, "about": tuple(name for name, _ in notes)}
    if blank:
        because = f"Blank on {listed(snapshot.name(each) for each in blank)}."
        return law.cannot_say(who, because, **more)
    aside = sum(state_of(note) == "not taken up" for _, note in notes)
    told = counted(len(notes), "item")
    because = f"Regard to {told} is on record, {aside or 'none'} of them set aside with a reason."
    return law.met(who, because, **more)


@check("REC-REGARD")
def regard_is_to_another_plan(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("REC-REGARD")
    for name, note in snapshot.all(Regard).items():
        item = snapshot.get(note.item) if note.item else None
        more = {"sources": note.sources, "about": (note.plan, note.by)}
        if isinstance(item, PlanItem) and item.plan != note.plan:
            because = f"“{item.name}” does not stand in {snapshot.name(note.plan)}."
            yield law.not_met(name, because, **more)
        else:
            yield law.met(name, "It is about another plan, and about what stands in it.", **more)


def current_matrices(snapshot: Snapshot, system: str) -> Iterator[Matrix]:
    """The matrices of a system's plans in use, for those that anything follows from."""
    for name, plan in sorted(snapshot.all(Plan).items()):
        if name.startswith(f"{system}/") and is_current(snapshot, (name, plan)):
            found = matrix(snapshot, name)
            if found.columns:
                yield found
