"""The parts of one matter in order, from need to scrutiny, with those that are not recorded."""

from collections.abc import Sequence

from markupsafe import Markup

from .boxes import Box, Group, drawn, height
from .svg import Drawing, Row, picture

WIDE, NARROW = 900.0, 300.0
EDGE = 2.0
HEADINGS = ("Part", "Nearest", "When", "How many")


def case_parts(parts: Sequence[Box], rows: Sequence[Row], *, key: str, of: str) -> Drawing:
    """The picture of a matter, a box for each of its parts.

    rows  of the table, a part each, by `HEADINGS`
    of    what the matter began from, in words
    """
    title = f"From need to scrutiny: {of}"
    about = " ".join(f"{each.title}: {', '.join(each.lines)}." for each in parts)
    whole = Box("From need to scrutiny", groups=(Group("", boxes=tuple(parts)),), look="around")
    wide, narrow = (
        _drawn(whole, room, key=f"{key}-{name}", title=title, about=about)
        for name, room in (("wide", WIDE), ("narrow", NARROW))
    )
    return Drawing(wide, title, about, HEADINGS, tuple(rows), narrow)


def _drawn(whole: Box, room: float, *, key: str, title: str, about: str) -> Markup:
    inside = room - 2 * EDGE
    return picture(
        drawn(whole, x=EDGE, y=EDGE, room=inside), key=key, title=title, description=about,
        links=True, size=(room, height(whole, inside) + 2 * EDGE), class_="cw-boxes",
    )  # fmt: skip
