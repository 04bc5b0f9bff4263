"""A cell of money as papers print it: commas, brackets, dashes for nil, stars, and damage."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

_NIL = re.compile(r"[-–—_•·‐−]|nil", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?P<minus>[-−(]?)\s*£?\s*(?P<minus2>[-−]?)"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*)\s*(?P<close>\)?)"
)
_POINT = re.compile(r"\d{1,3}(?:\.\d{3})+")


class Figure(NamedTuple):
    """What a cell says, in the unit of its table.

    amount  none if the text is no figure
    nil     printed as a mark for nil; an empty cell is no figure at all
    stars   footnote marks behind it
    point   the amount if a point in it was meant as a comma; none if there is no such doubt
    """

    amount: Decimal | None
    nil: bool = False
    stars: str = ""
    point: Decimal | None = None


def figure(text: str, nil: Collection[str] = ()) -> Figure:
    """Read a cell; what cannot be read has no amount, and nothing is guessed.

    nil  other marks that mean nil in this source

    >>> figure("(1,030)*").amount
    Decimal('-1030')
    >>> figure("(9.959)").point
    Decimal('-9959')
    """
    plain = " ".join(text.replace("\u00a0", " ").split())
    body = plain.rstrip("*†‡ ")
    stars = plain[len(body) :].strip()
    if _NIL.fullmatch(body) or (plain and plain in nil):
        return Figure(Decimal(0), nil=True, stars=stars)
    match = _FIGURE.fullmatch(body)
    if not match or (match["minus"] == "(") != bool(match["close"]):
        return Figure(None, stars=stars)
    number, below = match["number"], bool(match["minus"] or match["minus2"])
    sign = -1 if below else 1
    point = sign * Decimal(number.replace(".", "")) if _POINT.fullmatch(number) else None
    if number.count(".") > 1:
        return Figure(None, stars=stars, point=point)
    return Figure(sign * Decimal(number.replace(",", "")), stars=stars, point=point)
