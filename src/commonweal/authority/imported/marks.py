"""What one cell of a tick matrix says: delegated, reserved, nothing, or an amount."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from commonweal.record.errors import SpeakingError

from .amounts import NOT_STATED, Limit, UnreadLimit, limit

Meaning = Literal["delegated", "reserved", "nothing"]

MEANINGS: tuple[Meaning, ...] = ("delegated", "reserved", "nothing")


class UnreadMark(SpeakingError):
    """A cell holds something that is neither a mark nor an amount."""


class Mark(NamedTuple):
    """What a cell says.

    footnote  the sign of a footnote to it; empty: none
    """

    meaning: Meaning
    limit: Limit = NOT_STATED
    footnote: str = ""


TICKS = frozenset("✓✔√☑✅•●■⬤y") | {"yes", "tick", "d", "delegated"}
"""Signs of a tick, small letters."""

CROSS = "x"
RESERVED = frozenset({"r", "reserved"})
_NOTHING = frozenset({"", "-", "–", "—", "n", "no", "none", "n/a", "na", "✗", "✘", "☐", "☒", "○"})
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FOOTNOTE = re.compile(
    r"^(?P<text>.*?)\s*"
    r"(?P<sign>[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*+|[†‡§]|\((?:note |see note )?\d{1,2}\)|\[\d{1,2}\])$",
    re.DOTALL,
)
_FOOT = re.compile(
    r"^(?P<sign>[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*+|[†‡§]|\(?(?:foot)?(?:note )?\d{1,2}\)?|\[\d{1,2}\])"
    r"[.:)]?\s+(?P<text>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)


def parted(text: str) -> tuple[str, str]:
    """A text and the sign of the footnote at its end.

    >>> parted("Approve losses¹"), parted("✓ (note 2)")
    (('Approve losses', '1'), ('✓', '2'))
    """
    if match := _FOOTNOTE.match(text):
        return match["text"].strip(), _sign(match["sign"])
    if (match := re.match(r"^(\D)\s?(\d{1,2})$", text)) and match[1].lower() in TICKS | {CROSS}:
        return match[1], match[2]
    return text, ""


def footnote(text: str, *, numbers: bool = True) -> tuple[str, str] | None:
    """The sign and words of a footnote, if a text looks like one.

    numbers  a plain number may be a sign
    """
    match = _FOOT.match(text)
    if (
        match
        and not numbers
        and re.fullmatch(r"[(\d)]+", match["sign"])
        and match["sign"].isascii()
    ):
        return None
    return (_sign(match["sign"]), match["text"].strip()) if match else None


def _sign(text: str) -> str:
    return re.sub(r"[^\d*†‡§]", "", text.translate(_SUPERSCRIPTS))


def mark(text: str, settled: Mapping[str, Meaning]) -> Mark:
    """What a cell of a matrix says.

    settled  what signs mean where somebody has said so
    raises   UnreadMark or UnreadLimit
    """
    if text.strip() in settled:
        return Mark(settled[text.strip()])
    sign, note = parted(text.strip())
    plain = sign.lower()
    if sign in settled or plain in settled:
        return Mark(settled.get(sign) or settled[plain], footnote=note)
    if plain in _NOTHING:
        return Mark("nothing")
    if plain in TICKS or sign in TICKS or plain == CROSS:
        return Mark("delegated", footnote=note)
    if plain in RESERVED:
        return Mark("reserved", footnote=note)
    return _with_amount(sign, note)


def _with_amount(sign: str, note: str) -> Mark:
    match = re.match(r"^(r|reserved|d|delegated)\b[:,]?\s+(?P<rest>.+)$", sign, re.IGNORECASE)
    if not match and not re.search(r"\d|limit|budget", sign):
        raise UnreadMark(
            "this is neither a mark nor an amount. Say what it means: delegated, reserved or "
            "nothing."
        )
    try:
        found = limit(match["rest"] if match else sign)
    except UnreadLimit as wrong:
        if "below nothing" in str(wrong):
            raise
        raise UnreadMark(f"this is no mark that is known, and {wrong}") from wrong
    if found.says != "limit":
        return Mark("nothing")
    reserved = bool(match) and match[1].lower() in RESERVED if match else False
    return Mark("reserved" if reserved else "delegated", found, note)
