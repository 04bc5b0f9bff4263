"""How somebody comes to decide: the law at the top, whoever decides at the bottom.

Between them stands everybody through whose hands the power came.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from .svg import BOLD, Drawing, Row, lines_of_text, link, picture, tag, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP, SMALL, SMALL_STEP, PADDING = 14.0, 17.0, 12.5, 16.0, 8.0
ARROW, GAP, WIDEST, SIDEWAYS = 30.0, 20.0, 420.0, 16.0

HEADINGS = ("Step", "From", "To", "What", "Up to", "Document", "Source")


class Given(NamedTuple):
    """A power handed on.

    words  what stands beside the arrow, in a few words each
    giver  how the one who gave it comes to have it
    """

    words: tuple[str, ...]
    giver: "Holder"


class Holder(NamedTuple):
    """Somebody who may decide.

    law    the law that gives it the power; empty if it was handed to it
    given  by whom: several for a joint committee, which needs each of them
    """

    name: str
    href: str | None
    law: str = ""
    given: tuple[Given, ...] = ()


def chain_diagram(end: Holder, rows: Sequence[Row], *, key: str, of: str) -> Drawing:
    """The picture of one chain.

    end   whoever decides
    rows  of the table, a step each, by `HEADINGS`
    key   tells it from other pictures of the page
    of    what is decided, in words
    """
    title = f"How {end.name} comes to decide on {of}"
    about = _in_words(end)
    wide = _picture(end, WIDE, key=f"{key}-wide", title=title, about=about)
    narrow = _picture(end, NARROW, key=f"{key}-narrow", title=title, about=about)
    return Drawing(wide, title, about, HEADINGS, tuple(rows), narrow)


def _in_words(holder: Holder) -> str:
    """The whole chain as sentences, for those who cannot see it."""
    if holder.law:
        return f"{holder.name} has the power by law: {holder.law}."
    said = [
        f"{_in_words(each.giver)} {each.giver.name} passes it on to {holder.name}."
        for each in holder.given
    ]
    together = f" {holder.name} needs all of them." if len(holder.given) > 1 else ""
    return " ".join(said) + together


# --- laying out ----------------------------------------------------------------------------------


class _Put(NamedTuple):
    """What has been drawn, where its last box stands, and how far down it reaches."""

    parts: tuple[Markup, ...]
    middle: float
    bottom: float


def _picture(end: Holder, room: float, *, key: str, title: str, about: str) -> Markup:
    drawn = _stacked(end, room) if room == NARROW else _tree(end, 1, room - 2, 2.0)
    return picture(
        *drawn.parts, key=key, title=title, description=about, links=True,
        size=(room, drawn.bottom + 2), class_="cw-boxes",
    )  # fmt: skip


def _leaves(holder: Holder) -> int:
    return sum(_leaves(each.giver) for each in holder.given) or 1


def _tree(holder: Holder, x: float, room: float, top: float) -> _Put:
    """A holder beneath all those through whom it has its power, side by side in their room."""
    parts: list[Markup] = []
    middle = x + room / 2
    wide = min(room, WIDEST)
    if not holder.given:
        law = _box(f"By law: {holder.law}", None, middle, top, wide, look="outside")
        box = _box(holder.name, holder.href, middle, law.bottom + ARROW, wide)
        arrow = _arrow(middle, law.bottom, middle, law.bottom + ARROW)
        return _Put((*law.parts, arrow, *box.parts), middle, box.bottom)
    share = room / _leaves(holder)
    above: list[tuple[_Put, Given]] = []
    left = x
    for each in holder.given:
        own = share * _leaves(each.giver)
        gap = GAP / 2 if len(holder.given) > 1 else 0.0
        above.append((_tree(each.giver, left + gap, own - 2 * gap, top), each))
        left += own
    low = max(put.bottom for put, _ in above)
    rooms = [share * _leaves(each.giver) / 2 - GAP for _, each in above]
    lines = [_lines(each.words, beside) for (_, each), beside in zip(above, rooms, strict=True)]
    high = max(ARROW, max(len(each) for each in lines) * SMALL_STEP + 12)
    high += SIDEWAYS if len(above) > 1 else 0
    for (put, _), words in zip(above, lines, strict=True):
        parts += put.parts
        parts.append(_arrow(put.middle, put.bottom, middle, low + high))
        parts.append(_beside(words, put.middle + 10, low + 16))
    box = _box(holder.name, holder.href, middle, low + high, wide, look="board")
    return _Put((*parts, *box.parts), middle, box.bottom)


def _stacked(end: Holder, room: float) -> _Put:
    """Everybody beneath each other; a joint committee beneath all that came to it."""
    parts: list[Markup] = []
    top, middle = 2.0, room / 2
    for holder, words, follows in _in_turn(end):
        if words:
            lines = _lines(words, room - 44)
            high = max(ARROW, len(lines) * SMALL_STEP + 10)
            parts += [_arrow(20, top, 20, top + high), _beside(lines, 34, top + 15)]
            top += high
        elif follows:
            top += GAP
        if holder.law:
            law = _box(f"By law: {holder.law}", None, middle, top, room - 2, look="outside")
            parts += [*law.parts, _arrow(20, law.bottom, 20, law.bottom + ARROW)]
            top = law.bottom + ARROW
        look = "board" if holder is end and end.given else ""
        box = _box(holder.name, holder.href, middle, top, room - 2, look=look)
        parts += box.parts
        top = box.bottom
    return _Put(tuple(parts), middle, top)


def _in_turn(end: Holder) -> Iterator[tuple[Holder, tuple[str, ...], bool]]:
    """Everybody from the law down, with the words above each and whether another went before."""
    begun = False
    for each in end.given:
        for holder, words, follows in _in_turn(each.giver):
            yield holder, words, follows or begun
            begun = True
    several = len(end.given) > 1
    words = tuple(word for each in end.given for word in _said(each, several=several))
    yield end, words, bool(end.given)


def _said(each: Given, *, several: bool) -> tuple[str, ...]:
    """What stands beside the arrow; where several come together, whose it is."""
    return (f"From {each.giver.name}: {'; '.join(each.words)}",) if several else each.words


def _lines(words: Sequence[str], room: float) -> list[str]:
    return [line for each in words for line in wrapped(each, SMALL, room)]


def _beside(lines: Sequence[str], x: float, y: float) -> Markup:
    return lines_of_text(lines, x=x, y=y, step=SMALL_STEP, class_="cw-node__remark")


def _box(
    name: str, href: str | None, middle: float, top: float, room: float, *, look: str = ""
) -> _Put:  # fmt: skip
    lines = wrapped(name, SIZE * BOLD, room - 2 * PADDING - 6, 5)
    high = 2 * PADDING + len(lines) * STEP - 2
    x = middle - room / 2
    frame = tag("rect", x=x, y=top, width=room, height=high, rx=3, class_="cw-box__frame")
    words = lines_of_text(
        lines, x=x + PADDING, y=top + PADDING + SIZE - 2, step=STEP, class_="cw-box__title"
    )
    made = link(href, name, frame, words, class_=f"cw-link cw-node--{look or 'plain'}")
    return _Put((made,), middle, top + high)


def _arrow(x: float, y: float, to_x: float, to_y: float) -> Markup:
    """A line down with a head; it bends where it has to go sideways."""
    bend = max(y, to_y - SIDEWAYS)
    d = f"M{x:.1f} {y:.1f}V{bend:.1f}H{to_x:.1f}V{to_y - 8:.1f}"
    head = f"M{to_x - 5:.1f} {to_y - 9:.1f}L{to_x:.1f} {to_y:.1f}L{to_x + 5:.1f} {to_y - 9:.1f}Z"
    return tag(
        "g", tag("path", d=d, class_="cw-line"), tag("path", d=head), aria_hidden="true"
    )  # fmt: skip
