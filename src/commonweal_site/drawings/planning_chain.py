"""How plans follow from one another: a step for each kind of plan, from need to report."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from .boxes import Box, Group, drawn, height
from .svg import Drawing, Row, picture, tag

WIDE, NARROW = 900.0, 300.0
ARROW, EDGE = 26.0, 2.0
HEADINGS = ("Step", "Plan", "For", "How far", "Bears on it")


class Step(NamedTuple):
    """One step of the chain, and the plans in use there; none: not on record."""

    title: str
    plans: tuple[Box, ...]


def planning_chain(steps: Sequence[Step], rows: Sequence[Row], *, key: str, of: str) -> Drawing:
    """The picture of a system's chain of plans.

    rows  of the table, a plan each, by `HEADINGS`
    of    whose chain, in words
    """
    title = f"How the plans of {of} follow from one another"
    about = _in_words(steps)
    wide = _drawn(steps, WIDE, key=f"{key}-wide", title=title, about=about)
    narrow = _drawn(steps, NARROW, key=f"{key}-narrow", title=title, about=about)
    return Drawing(wide, title, about, HEADINGS, tuple(rows), narrow)


def _in_words(steps: Sequence[Step]) -> str:
    said = (
        f"{each.title}: {'; '.join(box.title for box in each.plans) or 'not on record'}."
        for each in steps
    )
    return " ".join(said)


def _drawn(
    steps: Sequence[Step], room: float, *, key: str, title: str, about: str
) -> Markup:  # fmt: skip
    parts: list[Markup] = []
    top = EDGE
    for number, step in enumerate(steps):
        if number:
            parts.append(_arrow(room / 2, top, top + ARROW))
            top += ARROW
        box = _box(step)
        parts.append(drawn(box, x=EDGE, y=top, room=room - 2 * EDGE))
        top += height(box, room - 2 * EDGE)
    return picture(
        *parts, key=key, title=title, description=about, links=True,
        size=(room, top + EDGE), class_="cw-boxes",
    )  # fmt: skip


def _box(step: Step) -> Box:
    if not step.plans:
        return Box(step.title, lines=("Not on record.",), look="loose")
    return Box(step.title, groups=(Group("", boxes=step.plans),), look="around")


def _arrow(x: float, top: float, bottom: float) -> Markup:
    line = tag("path", d=f"M{x:.1f} {top:.1f}V{bottom - 8:.1f}", class_="cw-line")
    d = f"M{x - 5:.1f} {bottom - 9:.1f}L{x:.1f} {bottom:.1f}L{x + 5:.1f} {bottom - 9:.1f}Z"
    return tag("g", line, tag("path", d=d), aria_hidden="true")
