"""Bridges (waterfalls) in reports: the drawing, and the same steps as a table that adds up."""

from collections.abc import Iterator

from commonweal.money.bridge import UNEXPLAINED, Bridge, Step
from commonweal.money.pence import signed
from commonweal.record.figures import Spot, Total, down
from commonweal.record.manuscript import Bar, Block, Chart, Look, Table, row
from commonweal.record.wording import counted

from .telling import amount

_MOVES, _COMES_TO = "Moves by", "Comes to"


def told(title: str, found: Bridge, begins: str, ends: str) -> Iterator[Block]:
    """A bridge as a drawing and a table.

    begins, ends  what the two figures are called
    """
    bars = (
        Bar(f"{begins}: {signed(found.begins)}", 0, found.begins),
        *(_bar(each) for each in found.steps),
        Bar(f"{ends}: {signed(found.ends)}", 0, found.ends),
    )
    yield Chart(title, _description(found, begins, ends), bars)
    yield _table(title, found, begins, ends)


def _bar(step: Step) -> Bar:
    look: Look = "more" if step.moves >= 0 else "less"
    if step.name == UNEXPLAINED:
        look = "unexplained"
    return Bar(f"{step.name}: {_moved(step)}", step.begins, step.ends, look)


def _moved(step: Step) -> str:
    if not step.moves:
        return "no change"
    return f"{signed(abs(step.moves))} {'more' if step.moves > 0 else 'less'}"


def _description(found: Bridge, begins: str, ends: str) -> str:
    steps = counted(len(found.steps), "step")
    return (
        f"{begins}: {signed(found.begins)}. {ends}: {signed(found.ends)}. Between them {steps}, "
        "which the table lists. A step that points right adds, one that points left takes away."
    )


def _table(title: str, found: Bridge, begins: str, ends: str) -> Table:
    """The steps; what each comes to is what the one before did, and its own move."""
    rows = [row(begins, "None", amount(found.begins), key="begins")]
    before = "begins"
    for number, each in enumerate(found.steps, 1):
        made = Total((Spot(before, _COMES_TO), Spot("", _MOVES)))
        before = f"step {number}"
        rows.append(row(each.name, amount(each.moves), amount(each.ends, made), key=before))
    rows.append(row(ends, "None", amount(found.ends, down(_COMES_TO, [before])), key="ends"))
    return Table(f"{title}: step by step", ("Step", _MOVES, _COMES_TO), tuple(rows))
