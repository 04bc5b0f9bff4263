"""What every drawing is made of: elements, text that fits, and the drawing with its table."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from commonweal.record.identifiers import slug


class Cell(NamedTuple):
    """One cell of a drawing's table."""

    text: str
    href: str | None = None


type Row = tuple[Cell, ...]


class Drawing(NamedTuple):
    """A picture and the same content in words.

    svg       the picture
    narrow    the picture for a screen of 320 pixels, where the first would not be readable there
    headings  of the table's columns
    rows      of the table: everything the picture says
    notes     sentences that belong under the picture, such as the licence of its boundaries
    key       what the table is for, where the picture cannot be read without it: it stands open
    """

    svg: Markup
    title: str
    description: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    narrow: Markup = Markup("")
    notes: tuple[str, ...] = ()
    key: str = ""

    @property
    def figure(self) -> Markup:
        """The picture, its notes and its table, ready for a page."""
        if not self.svg:
            return tag("p", self.description, class_="cw-drawing__note")
        pictures = [self.svg]
        if self.narrow:
            pictures = [
                tag("div", self.svg, class_="cw-wide"),
                tag("div", self.narrow, class_="cw-narrow"),
            ]
        notes = [tag("p", note, class_="cw-drawing__note") for note in self.notes]
        return tag(
            "figure",
            *pictures,
            tag("figcaption", *notes, _as_table(self)),
            class_="cw-drawing",
        )


def _as_table(drawing: Drawing) -> Markup:
    """The table, folded away beneath the picture."""
    if not drawing.rows:
        return Markup("")
    head = tag("tr", *(tag("th", each, scope="col") for each in drawing.headings))
    body = [tag("tr", *(tag("td", _linked(cell)) for cell in row)) for row in drawing.rows]
    table = tag(
        "table",
        tag("caption", drawing.title, class_="nhsuk-u-visually-hidden"),
        tag("thead", head),
        tag("tbody", *body),
        class_="cw-drawing__table",
    )
    # A table wider than the screen scrolls in a box of its own, which the keyboard can reach.
    box = tag(
        "div", table, class_="cw-drawing__scroll", tabindex="0", role="region",
        aria_label=f"{drawing.title}, as a table",
    )  # fmt: skip
    summary = tag("summary", drawing.key or "The same as a table")
    unfolded = "" if drawing.key else None
    return tag("details", summary, box, class_="cw-drawing__details", open=unfolded)


def _linked(cell: Cell) -> Markup:
    return tag("a", cell.text, href=cell.href) if cell.href else escape(cell.text)


# --- elements ---------------------------------------------------------------------------------


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element. `class_` gives class, `aria_label` aria-label; an attribute of None is left out.

    >>> tag("text", "Frimley & around", x=4, class_="cw-label")
    Markup('<text x="4" class="cw-label">Frimley &amp; around</text>')
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(escape(child) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704 - each part is escaped above


def _plain(value: object) -> object:
    return f"{value:.6g}" if isinstance(value, float) else value


def joined(parts: Iterable[Markup]) -> Markup:
    """Elements one after the other."""
    return Markup("").join(parts)


def link(href: str | None, name: str, *children: Markup, class_: str = "cw-link") -> Markup:
    """A link around part of a picture, or a plain group where there is nowhere to go.

    name  what it is called in full; shown as a tip and read out
    """
    if href is None:
        return tag("g", tag("title", name), *children, class_=class_)
    return tag("a", tag("title", name), *children, href=href, class_=class_, aria_label=name)


def picture(
    *children: Markup,
    key: str,
    title: str,
    description: str,
    size: tuple[float, float],
    links: bool,
    class_: str = "",
) -> Markup:
    """A whole picture.

    key    tells it from the other pictures of the page
    size   width and height in units of its own; it grows and shrinks with the page
    links  whether there are links inside. An image hides its inside from screen readers, so a
           picture with links is a group
    """
    about = slug(key)
    return tag(
        "svg",
        tag("title", title, id=f"{about}-title"),
        tag("desc", description, id=f"{about}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]:.6g} {size[1]:.6g}",
        role="group" if links else "img",
        aria_labelledby=f"{about}-title",
        aria_describedby=f"{about}-desc",
        class_=f"cw-picture {class_}".strip(),
    )


# --- text that fits ---------------------------------------------------------------------------

# Widths of Arial's letters in thousandths of the size, by class; what is not listed is 556.
_WIDTHS = {
    **dict.fromkeys("ijl'’|", 225),
    **dict.fromkeys(" ,.:;!/ft-I()[]", 300),
    **dict.fromkeys("r“”", 340),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 670),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mMW—", 890),
}


@lru_cache(maxsize=8192)
def width(text: str, size: float) -> float:
    """About how wide a line of text is, at a size."""
    return sum(_WIDTHS.get(letter, 556) for letter in text) * size / 1000


BOLD = 1.07
"""Bold letters are about this much wider."""


@lru_cache(maxsize=8192)
def wrapped(text: str, size: float, room: float, lines: int = 99) -> tuple[str, ...]:
    """Text broken into lines no wider than the room; the last of too many ends in an ellipsis."""
    made: list[str] = []
    for word in text.split():
        if made and width(f"{made[-1]} {word}", size) <= room:
            made[-1] += f" {word}"
        else:
            made.append(word)
    if len(made) > lines:
        made = [*made[: lines - 1], shortened(" ".join(made[lines - 1 :]), size, room)]
    return tuple(shortened(line, size, room) for line in made)


def shortened(text: str, size: float, room: float) -> str:
    """Text cut at a letter to fit, with an ellipsis, if it is too wide."""
    if width(text, size) <= room:
        return text
    while text and width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip(' ,-')}…"


def lines_of_text(
    lines: Sequence[str],
    *,
    x: float,
    y: float,
    step: float,
    class_: str,
    middle: bool = False,
) -> Markup:
    """Lines of text, the first on `y`."""
    anchor = "middle" if middle else None
    return joined(
        tag("text", line, x=x, y=y + step * at, class_=class_, text_anchor=anchor)
        for at, line in enumerate(lines)
    )


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> plural(1, "place"), plural(36, "cluster"), plural(2, "body", "bodies")
    ('1 place', '36 clusters', '2 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
