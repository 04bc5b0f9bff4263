"""A matrix of maturity as a picture: every statement in every unit, and each unit on its own.

A finding is told by its shape as well as its colour. What nobody has assessed is an empty dotted
cell. Units stand in the order of the matrix and are never sorted by how well they do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from markupsafe import Markup

from commonweal.plans.cells import STATES, Cell, Filled, NamedStatement, State
from commonweal.plans.maturity import Level

from .svg import Cell as TableCell
from .svg import Drawing, Row, joined, link, picture, plural, shortened, tag, width

WIDE, NARROW = 900.0, 300.0
ROW, HEAD = 18.0, 26.0
LABEL, NARROW_LABEL = 360.0, 112.0
SIZE, SMALL = 13.0, 11.0
TILE, TILE_HIGH = 142.0, 96.0

_LOOKS: dict[State, str] = {
    "met": "met", "partly met": "partly", "not met": "not", "does not apply": "no",
    "not recorded": "silent",
}  # fmt: skip

type Name = Callable[[str], str]
type At = Callable[[str], str]
"""Gives an address with the day kept."""


class Box(NamedTuple):
    """Where a cell stands in a picture."""

    x: float
    y: float
    wide: float
    high: float


# --- the whole level ------------------------------------------------------------------------------


class Sheet(NamedTuple):
    """What a picture of a level is drawn from.

    cells  what was found of each statement, in the order of the units
    names  of the units
    """

    level: Level
    statements: Sequence[NamedStatement]
    cells: dict[str, list[Cell]]
    names: list[str]
    subjects: dict[str, str]
    title: str


ABOUT = (
    "One cell for each statement in each unit. Filled: met. Half filled: partly met. Crossed: "
    "not met. A dash: does not apply. Empty and dotted: not recorded. A dot: challenged."
)


def heat_map(
    filled: Filled, level: Level, statements: Sequence[NamedStatement], name: Name, at: At
) -> Drawing:
    """Every statement of a level in every unit of it.

    name  gives the name of an entity
    """
    sheet = Sheet(
        level, statements, {own: filled.row(own, level) for own, _ in statements},
        [name(unit.who) for unit in level.units],
        {each.key: each.name for each in filled.fact.domains},
        f"{level.name}: {plural(len(statements), 'statement')} in "
        f"{plural(len(level.units), 'unit')}",
    )  # fmt: skip
    heads = ("Subject", "Due", "Statement", "What was found")
    rows = tuple(_rows(sheet, filled, at))
    return Drawing(_wide(sheet), sheet.title, ABOUT, heads, rows, _narrow(sheet), (ABOUT,))


def _rows(sheet: Sheet, filled: Filled, at: At) -> Iterator[Row]:
    """The picture in words: where each statement is met, partly met and so on."""
    for own, fact in sheet.statements:
        horizon = filled.horizon(fact.horizon)
        yield (
            TableCell(sheet.subjects.get(fact.domain, fact.domain)),
            TableCell(horizon.name if horizon else fact.horizon),
            TableCell(fact.name, at(f"/{own}")),
            TableCell(in_words(sheet.cells[own], sheet.names)),
        )


def in_words(row: Sequence[Cell], names: Sequence[str]) -> str:
    """What was found of a statement in every unit: the state, and where."""
    said = []
    for state in STATES:
        where = [words for words, cell in zip(names, row, strict=True) if cell.state == state]
        if len(where) == len(row):
            return f"{state} in {'it' if len(row) == 1 else f'all {len(row)}'}"
        if where:
            said.append(f"{state}: {', '.join(where)}")
    return "; ".join(said)


def _wide(sheet: Sheet) -> Markup:
    """Statements as rows under their subjects; units as columns."""
    high = min(max((width(each, SMALL) for each in sheet.names), default=0), 150) + 10
    step = min((WIDE - LABEL) / max(len(sheet.names), 1), 30.0)
    room = WIDE - step * len(sheet.names)
    parts = [_upright(each, room + step * (n + 0.7), high) for n, each in enumerate(sheet.names)]
    boxes: list[tuple[Cell, Box]] = []
    top = high + 6
    for subject, group in groupby(sheet.statements, key=lambda each: each[1].domain):
        words = sheet.subjects.get(subject, subject)
        parts.append(tag("text", words, x=0, y=top + 18, class_="cw-heat__subject"))
        top += HEAD
        for own, fact in group:
            text = shortened(fact.name, SIZE, room - 12)
            parts.append(tag("text", text, x=0, y=top + 13, class_="cw-heat__name"))
            boxes += [
                (cell, Box(room + step * n + 1, top + 1, step - 2, ROW - 2))
                for n, cell in enumerate(sheet.cells[own])
            ]
            top += ROW
    return picture(
        *parts, _drawn(boxes), key=f"heat-{sheet.level.key}", title=sheet.title,
        description=ABOUT, size=(WIDE, top + 6), links=False, class_="cw-heat",
    )  # fmt: skip


def _upright(words: str, x: float, y: float) -> Markup:
    text = shortened(words, SMALL, y - 6)
    turned = f"rotate(-90 {x:.6g} {y:.6g})"
    return tag("text", text, x=x, y=y, transform=turned, class_="cw-heat__unit")


def _narrow(sheet: Sheet) -> Markup:
    """Units as rows, statements as narrow columns with a gap between subjects."""
    subjects = [fact.domain for _, fact in sheet.statements]
    gaps = [0, *accumulate(a != b for a, b in pairwise(subjects))]
    room = NARROW - NARROW_LABEL - 4 * gaps[-1]
    step = min(room / max(len(subjects), 1), 20.0)
    parts, boxes = [], []
    for row, words in enumerate(sheet.names):
        top = row * ROW
        text = _squeezed(words, NARROW_LABEL - 6)
        parts.append(tag("text", text, x=0, y=top + 13, class_="cw-heat__name"))
        boxes += [
            (
                sheet.cells[own][row],
                Box(NARROW_LABEL + step * n + 4 * gap, top + 2, step - 1, ROW - 4),
            )
            for n, ((own, _), gap) in enumerate(zip(sheet.statements, gaps, strict=False))
        ]
    return picture(
        *parts, _drawn(boxes), key=f"heat-{sheet.level.key}-narrow", title=sheet.title,
        description=ABOUT, size=(NARROW, len(sheet.names) * ROW + 4), links=False,
        class_="cw-heat",
    )  # fmt: skip


def _squeezed(words: str, room: float) -> str:
    """A name that fits, its last word kept: that is what tells one from its neighbours."""
    if width(words, SIZE) <= room:
        return words
    first, _, last = words.rpartition(" ")
    return f"{shortened(first, SIZE, room - width(f' {last}', SIZE))} {last}" if first else words


def _drawn(boxes: Iterable[tuple[Cell, Box]]) -> Markup:
    """The cells, one path a state: a whole matrix is a few kilobytes and not a thousand boxes."""
    outlines: dict[str, list[str]] = {look: [] for look in _LOOKS.values()}
    marks: list[str] = []
    dots: list[str] = []
    for cell, box in boxes:
        x, y, wide, high = box
        outlines[_LOOKS[cell.state]].append(f"M{x:.1f} {y:.1f}h{wide:.1f}v{high:.1f}h-{wide:.1f}z")
        marks.append(_mark(cell.state, box))
        if cell.challenged:
            radius = min(wide, high) / 4
            dots.append(
                f"M{x + wide - radius:.1f} {y + radius:.1f}m-{radius:.1f} 0"
                f"a{radius:.1f} {radius:.1f} 0 1 0 {2 * radius:.1f} 0"
                f"a{radius:.1f} {radius:.1f} 0 1 0 -{2 * radius:.1f} 0"
            )
    paths = [
        tag("path", d="".join(drawn), class_=f"cw-heat__cell cw-heat__cell--{look}")
        for look, drawn in outlines.items() if drawn
    ]  # fmt: skip
    if any(marks):
        paths.append(tag("path", d="".join(marks), class_="cw-heat__mark"))
    if dots:
        paths.append(tag("path", d="".join(dots), class_="cw-heat__dot"))
    return joined(paths)


def _mark(state: State, box: Box) -> str:
    """The shape that tells a state without its colour; the empty and the full cell have none."""
    x, y, wide, high = box
    if state == "partly met":
        return f"M{x:.1f} {y + high:.1f}h{wide:.1f}v-{high:.1f}z"
    if state == "not met":
        return (
            f"M{x:.1f} {y:.1f}l{wide:.1f} {high:.1f}M{x + wide:.1f} {y:.1f}l-{wide:.1f} {high:.1f}"
        )
    if state == "does not apply":
        return f"M{x + wide / 4:.1f} {y + high / 2:.1f}h{wide / 2:.1f}"
    return ""


# --- each unit on its own -------------------------------------------------------------------------


class Tile(NamedTuple):
    """One unit, and how far it has come in each subject by each time."""

    unit: str
    name: str
    shares: "list[Share]"

    @property
    def met(self) -> int:
        """Statements that are met."""
        return sum(each.met for each in self.shares)

    @property
    def whole(self) -> int:
        """Statements in all."""
        return sum(each.whole for each in self.shares)


def small_multiples(filled: Filled, level: Level, name: Name, at: At) -> Drawing:
    """Each unit as a small table of its own: subjects down, times across, filled as far as met."""
    title = f"{level.name}, each on its own"
    times = " and ".join(each.name for each in filled.fact.horizons)
    about = (
        f"One small table for each unit, with a column for what is due {times}. Its rows are: "
        f"{'; '.join(each.name.lower() for each in filled.fact.domains)}. A cell is filled as far "
        "as its statements are met, and dotted where none is recorded."
    )
    tiles = [
        Tile(unit.who, name(unit.who), list(_shares(filled, unit.who))) for unit in level.units
    ]
    wide, narrow = (_tiles(tiles, room, (level.key, title, about), at) for room in (WIDE, NARROW))
    heads = ("Unit", "Met", "Recorded", "Statements")
    rows = tuple(
        (
            TableCell(each.name, at(f"/{each.unit}/maturity/")), TableCell(str(each.met)),
            TableCell(str(sum(share.recorded for share in each.shares))),
            TableCell(str(each.whole)),
        )
        for each in tiles
    )  # fmt: skip
    return Drawing(wide, title, about, heads, rows, narrow, (about,))


class Share(NamedTuple):
    """How many statements of one subject and time are met in a unit."""

    row: int
    column: int
    met: int
    recorded: int
    whole: int


def _shares(filled: Filled, unit: str) -> Iterator[Share]:
    found = list(filled.of_unit(unit))
    for row, domain in enumerate(filled.fact.domains):
        for column, horizon in enumerate(filled.fact.horizons):
            cells = [
                cell for _, said, cell in found
                if said.domain == domain.key and said.horizon == horizon.key
            ]  # fmt: skip
            if cells:
                met = sum(cell.state == "met" for cell in cells)
                silent = sum(cell.state == "not recorded" for cell in cells)
                yield Share(row, column, met, len(cells) - silent, len(cells))


def _tiles(tiles: Sequence[Tile], room: float, said: tuple[str, str, str], at: At) -> Markup:
    """The tiles in rows. `said` is the key, the title and the description of the picture."""
    key, title, about = said
    across = int(room // TILE)
    drawn = [
        _tile(each, (n % across) * (room / across), (n // across) * TILE_HIGH, at)
        for n, each in enumerate(tiles)
    ]
    high = -(-len(tiles) // across) * TILE_HIGH
    return picture(
        *drawn, key=f"multiples-{key}-{room:.0f}", title=title, description=about,
        size=(room, high), links=True, class_="cw-heat",
    )  # fmt: skip


def _tile(tile: Tile, left: float, top: float, at: At) -> Markup:
    words = _squeezed(tile.name, TILE - 14)
    text = tag("text", words, x=left, y=top + 14, class_="cw-heat__name")
    parts = [text, *(part for each in tile.shares for part in _bar(each, left, top + 22))]
    spoken = f"{tile.name}: {tile.met} of {tile.whole} met"
    return link(at(f"/{tile.unit}/maturity/"), spoken, *parts)


def _bar(share: Share, left: float, top: float) -> Iterator[Markup]:
    x, y, wide = left + share.column * 62.0, top + share.row * 11.0, 56.0
    look = "silent" if not share.recorded else "no"
    yield tag("rect", x=x, y=y, width=wide, height=8, class_=f"cw-heat__cell cw-heat__cell--{look}")
    if share.met:
        full = wide * share.met / share.whole
        yield tag("rect", x=x, y=y, width=full, height=8, class_="cw-heat__cell cw-heat__cell--met")
