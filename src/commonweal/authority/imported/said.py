"""What a scheme says, before anybody has looked up who and what is meant."""

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from commonweal.record.sheets import Fault, Row, Sheet, Spot

from .amounts import NOT_STATED, Limit
from .marks import Meaning

Shape = Literal["tick-matrix", "by-holder", "role-by-limit"]

SHAPES: tuple[Shape, ...] = ("tick-matrix", "by-holder", "role-by-limit")

LOSES: Mapping[Shape, str] = {
    "tick-matrix": "A tick matrix says who may decide what. Limits and areas it does not give, "
    "conditions and terms of passing on are not stated.",
    "by-holder": "A list by holder says who may decide what. Limits it does not give, areas, "
    "conditions and terms of passing on are not stated.",
    "role-by-limit": "A table of limits says who may decide up to what amount. Areas it does not "
    "give, conditions and terms of passing on are not stated.",
}
"""What each shape cannot hold, as the note on every fact that is read from it."""


class Said(NamedTuple):
    """One thing that a scheme says.

    function, holder  as written, without numbers and footnotes
    kept              the holder keeps it to itself
    line              the number that the scheme gives it
    notes             footnotes to it
    named             where the function and the holder are named
    raw               the text of the cell that says so
    area              where, as written; empty: not stated
    """

    function: str
    holder: str
    at: Spot
    kept: bool = False
    limit: Limit = NOT_STATED
    line: str = ""
    notes: tuple[str, ...] = ()
    named: tuple[Spot, ...] = ()
    raw: str = ""
    area: str = ""


class Asked(NamedTuple):
    """Something a scheme holds whose meaning somebody has to settle, once.

    near  identifiers, or meanings of a mark, that may be meant
    """

    what: Literal["function", "holder", "area", "mark"]
    raw: str
    at: tuple[Spot, ...]
    because: str
    near: tuple[str, ...] = ()


class Lines(NamedTuple):
    """What the sheets of a scheme say, what cannot be read, and what was passed over."""

    said: list[Said]
    faults: list[Fault]
    asked: list[Asked]
    remarks: list[str]


class Help(NamedTuple):
    """What a reader of a shape may ask about the record.

    is_holder, is_function  whether a text names one, or was settled to
    left_out                whether a text was settled to mean nothing
    marks                   what signs mean, where somebody has said so
    """

    is_holder: Callable[[str], bool]
    is_function: Callable[[str], bool]
    left_out: Callable[[str], bool]
    marks: Mapping[str, Meaning]


def nothing_yet() -> Lines:
    """Lines to fill."""
    return Lines([], [], [], [])


_NUMBERED = re.compile(
    r"^(?P<line>(?:[A-Z]{1,3}[.-]?)?\d{1,3}(?:\.\d{1,3})*\.?|\(?[a-z]{1,2}[.)]|\(?[ivx]{1,5}[.)])\s+(?=\S)"
)


def numbered(text: str) -> tuple[str, str]:
    """The number at the head of a text, and the text.

    >>> numbered("4.2 Approve losses")
    ('4.2', 'Approve losses')
    """
    if match := _NUMBERED.match(text):
        return match["line"].strip("()").rstrip(".)"), text[match.end() :].strip()
    return "", text


def plain(text: str) -> str:
    """A heading as it is compared: small letters, one space, no full stop or colon."""
    return " ".join(text.lower().replace("\u00a0", " ").split()).rstrip(".:*")


def is_theme(row: Row, column: int) -> bool:
    """Whether a row holds nothing but one text, which stands in a column and may run on across."""
    texts = {cell.text for cell in row.cells if cell.text}
    return len(texts) == 1 and row.at(column) in texts


# --- tables with a row of headings ---------------------------------------------------------------

FUNCTIONS = frozenset(
    {
        "function", "functions", "decision", "decisions", "matter", "matters", "delegated matter",
        "decision/responsibility", "decision / responsibility", "responsibility", "power", "duty",
        "matters delegated", "area of decision", "what is decided",
    }
)  # fmt: skip
ROLES = frozenset(
    {
        "role", "post", "holder", "officer", "title", "job title", "approver", "authorised by",
        "who", "delegated to", "delegated to committee", "delegated to individual", "committee",
        "delegated to an individual", "delegated to a committee", "post holder", "postholder",
    }
)  # fmt: skip
_LINES = frozenset(
    {"ref", "reference", "no", "number", "serial no", "serial number", "item", "line", "#", "para"}
)
_PASSED = frozenset(
    {
        "theme", "policy area", "category", "section", "area of policy", "comments", "comment",
        "notes", "further information", "further information/comments", "guidance", "lead",
        "lead icb officer", "lead officer", "further information / comments", "review date",
        "limit in effect", "terms", "document", "source",
    }
)  # fmt: skip
LIMITS = frozenset(
    {
        "limit", "limits", "financial limit", "delegated limit", "amount", "value", "threshold",
        "band", "authorisation limit", "authority", "limit given",
    }
)  # fmt: skip
BELOWS = frozenset({"from", "over", "above", "lower limit", "more than"})
WHERES = frozenset({"where", "area", "place", "geography"})
UPPERS = frozenset({"to", "up to", "upper limit", "not exceeding", "maximum"})

Part = Literal[
    "function", "line", "passed", "role", "limit", "below", "upper", "where", "reserved", "other"
]

_PARTS: tuple[tuple[frozenset[str], Part], ...] = (
    (FUNCTIONS, "function"), (_LINES, "line"), (_PASSED, "passed"), (ROLES, "role"),
    (LIMITS, "limit"), (BELOWS, "below"), (UPPERS, "upper"),
    (WHERES, "where"),
)  # fmt: skip


class Headed(NamedTuple):
    """A table below its row of headings.

    heads  heading of each column, as written
    row    number of the last row of headings
    """

    sheet: Sheet
    heads: Mapping[int, str]
    row: int
    body: tuple[Row, ...]

    def columns(self, part: Part) -> list[int]:
        """The columns that are of some part."""
        return [column for column, head in self.heads.items() if part_of(head) == part]

    def first(self, part: Part) -> int | None:
        """The first column that is of some part."""
        return next(iter(self.columns(part)), None)


def part_of(head: str) -> Part:
    """What a column holds, by its heading."""
    text = plain(head)
    if re.match(r"reserved (to|for|by)\b", text):
        return "reserved"
    return next((part for words, part in _PARTS if text in words), "other")


def headed(sheet: Sheet, wanted: frozenset[str]) -> Headed | None:
    """The table of a sheet below the first row in which a heading stands that is wanted.

    Where that cell is merged with those below it, the headings run over several rows.
    """
    for index, row in enumerate(sheet.rows):
        key = next((cell for cell in row.cells if plain(cell.text) in wanted), None)
        if key is None or len({cell.text for cell in row.cells if cell.text}) < 2:  # noqa: PLR2004 - a heading alone heads nothing
            continue
        heads = {cell.column: cell.text for cell in row.cells if cell.text}
        last = index
        while last + 1 < len(sheet.rows) and _goes_on(sheet.rows[last + 1], key.column, key.text):
            last += 1
            below = sheet.rows[last].cells
            heads.update((cell.column, cell.text) for cell in below if cell.text)
        ordered = dict(sorted(heads.items()))
        return Headed(sheet, ordered, sheet.rows[last].number, sheet.rows[last + 1 :])
    return None


def _goes_on(row: Row, column: int, text: str) -> bool:
    return any(cell.covered and cell.column == column and cell.text == text for cell in row.cells)
