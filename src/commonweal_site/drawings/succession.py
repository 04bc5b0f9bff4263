"""What went before and what came after: boards, groups or areas that merged, split or gave way."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from .svg import BOLD, Cell, Drawing, joined, lines_of_text, link, picture, tag, width, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP, PADDING, GAP = 14.0, 17.0, 8.0, 12.0

HOW = {
    "merge": "merged into",
    "split": "part of it to",
    "rename": "renamed",
    "transfer": "gave part to",
    "replace": "replaced by",
}


class Passage(NamedTuple):
    """One body or area takes the place of another, wholly or in part.

    how    the kind of succession, such as merge
    share  what part of the one before goes to the one after, from 0 to 1; none, if not recorded
    """

    before: str
    after: str
    how: str
    when: str
    share: Decimal | None = None
    share_basis: str | None = None


def share_in_words(share: Decimal | None) -> str:
    """A share as a person reads it; not more exact than a tenth of a per cent.

    >>> share_in_words(Decimal("0.229339")), share_in_words(None)
    ('22.9%', 'share not recorded')
    """
    return "share not recorded" if share is None else f"{(share * 100).quantize(Decimal('0.1'))}%"


def succession_diagram(
    passages: Sequence[Passage], *, names: Mapping[str, str], links: Mapping[str, str], of: str
) -> Drawing:
    """Those before on the left, those after on the right, a line for each passage.

    names, links  the name and address of each identifier; one without an address is no link
    of            whose succession it is
    """
    title = f"Before and after {of}"
    about = "Lines lead from what went before to what came after, with the part that passed."
    rows = tuple(
        (
            Cell(names.get(each.before, each.before), links.get(each.before)),
            Cell(HOW.get(each.how, each.how)),
            Cell(names.get(each.after, each.after), links.get(each.after)),
            Cell(each.when),
            Cell(share_in_words(each.share) if _in_part(each) else "All of it"),
        )
        for each in passages
    )
    headings = ("Before", "How", "After", "When", "Share")
    if not passages:
        return Drawing(Markup(""), title, "No succession is on record.", headings, ())
    wide = _side_by_side(passages, names, links, title=title, about=about)
    narrow = _under_each_other(passages, names, links, title=title, about=about)
    notes = tuple(sorted({each.share_basis for each in passages if each.share_basis}))
    return Drawing(wide, title, about, headings, rows, narrow, notes)


def _in_part(each: Passage) -> bool:
    return each.share is not None or each.how in {"split", "transfer"}


def _words(each: Passage) -> str:
    share = f": {share_in_words(each.share)}" if _in_part(each) else ""
    return f"{HOW.get(each.how, each.how)}{share}"


class _Card(NamedTuple):
    """A box with a name."""

    x: float
    y: float
    wide: float
    lines: tuple[str, ...]

    @property
    def high(self) -> float:
        return len(self.lines) * STEP + 2 * PADDING

    @property
    def middle(self) -> float:
        return self.y + self.high / 2

    def drawn(self, name: str, href: str | None) -> Markup:
        frame = tag(
            "rect", x=self.x, y=self.y, width=self.wide, height=self.high, rx=3,
            class_="cw-box__frame",
        )  # fmt: skip
        text = lines_of_text(
            self.lines, x=self.x + PADDING, y=self.y + PADDING + SIZE - 2, step=STEP,
            class_="cw-box__title cw-node__title",
        )  # fmt: skip
        return link(href, name, frame, text, class_="cw-link cw-box cw-box--level-1")


def _column(
    entities: Iterable[str], names: Mapping[str, str], x: float, wide: float
) -> dict[str, _Card]:
    cards: dict[str, _Card] = {}
    top = 2.0
    for entity in entities:
        lines = wrapped(names.get(entity, entity), SIZE * BOLD, wide - 2 * PADDING, 4)
        cards[entity] = _Card(x, top, wide, lines)
        top += cards[entity].high + GAP
    return cards


def _centred(cards: dict[str, _Card], high: float) -> dict[str, _Card]:
    """A column moved down to the middle of the other."""
    down = (high - _bottom(cards)) / 2
    return {entity: card._replace(y=card.y + max(0.0, down)) for entity, card in cards.items()}


def _bottom(cards: Mapping[str, _Card]) -> float:
    return max(card.y + card.high for card in cards.values()) + 2


def _side_by_side(
    passages: Sequence[Passage],
    names: Mapping[str, str],
    links: Mapping[str, str],
    *,
    title: str,
    about: str,
) -> Markup:
    wide = 300.0
    before = _column(dict.fromkeys(each.before for each in passages), names, 1, wide)
    after = _column(dict.fromkeys(each.after for each in passages), names, WIDE - wide - 1, wide)
    high = max(_bottom(before), _bottom(after), 40.0 * len(passages))
    before, after = _centred(before, high), _centred(after, high)
    lines, words = [], []
    for each in passages:
        start, end = before[each.before], after[each.after]
        lines.append(_arrow(each, start.x + wide, start.middle, end.x, end.middle))
        words.append(_on_the_line(each, start, end, passages))
    cards = [
        card.drawn(names.get(entity, entity), links.get(entity))
        for column in (before, after)
        for entity, card in column.items()
    ]
    return picture(
        *lines, *words, *cards, key="succession-wide", title=title, description=about, links=True,
        size=(WIDE, high), class_="cw-boxes",
    )  # fmt: skip


def _arrow(each: Passage, x: float, y: float, to_x: float, to_y: float) -> Markup:
    """A curve with a head; dashed where only part passes."""
    bend = (to_x - x) / 2
    bends = f"{x + bend:.1f} {y:.1f} {to_x - bend:.1f} {to_y:.1f}"
    d = f"M{x:.1f} {y:.1f}C{bends} {to_x - 8:.1f} {to_y:.1f}"
    head = f"M{to_x - 9:.1f} {to_y - 5:.1f}L{to_x:.1f} {to_y:.1f}L{to_x - 9:.1f} {to_y + 5:.1f}Z"
    look = "answers" if _in_part(each) else "part"
    return tag(
        "g", tag("path", d=d, class_=f"cw-line cw-line--{look}"), tag("path", d=head),
        aria_hidden="true",
    )  # fmt: skip


def _on_the_line(each: Passage, start: _Card, end: _Card, passages: Sequence[Passage]) -> Markup:
    """What the line says, near the end that it does not share with other lines."""
    alone = sum(other.before == each.before for other in passages) == 1
    part = 0.4 if alone else 0.7
    x = start.x + start.wide + part * (end.x - start.x - start.wide)
    # The height of the curve there: a cubic that leaves and arrives level.
    risen = part**2 * (3 - 2 * part)
    y = start.middle + risen * (end.middle - start.middle)
    words = _words(each)
    half = width(words, 12.5) / 2 + 4
    ground = tag("rect", x=x - half, y=y - 10, width=2 * half, height=18, class_="cw-time__ground")
    text = tag("text", words, x=x, y=y + 4, text_anchor="middle", class_="cw-node__tie")
    return joined([ground, text])


def _under_each_other(
    passages: Sequence[Passage],
    names: Mapping[str, str],
    links: Mapping[str, str],
    *,
    title: str,
    about: str,
) -> Markup:
    """Each passage on its own: before, an arrow down with its words, after."""
    parts, top = [], 2.0
    for each in passages:
        for entity in (each.before, each.after):
            lines = wrapped(names.get(entity, entity), SIZE * BOLD, NARROW - 2 - 2 * PADDING, 4)
            card = _Card(1, top, NARROW - 2, lines)
            parts.append(card.drawn(names.get(entity, entity), links.get(entity)))
            top += card.high
            if entity == each.before:
                parts.append(_down(each, top))
                top += 34
        top += 22
    return picture(
        *parts, key="succession-narrow", title=title, description=about, links=True,
        size=(NARROW, top), class_="cw-boxes",
    )  # fmt: skip


def _down(each: Passage, y: float) -> Markup:
    look = "answers" if _in_part(each) else "part"
    line = tag("path", d=f"M24 {y:.1f}V{y + 26:.1f}", class_=f"cw-line cw-line--{look}")
    head = tag("path", d=f"M19 {y + 25:.1f}L24 {y + 34:.1f}L29 {y + 25:.1f}Z")
    return joined([line, head, tag("text", _words(each), x=40, y=y + 21, class_="cw-node__tie")])
