"""Minutes as somebody has worded them: a draft, a published draft, and approved.

The text has a line `## Heading` before each section. What the record itself would say is built in
`minutes.py`; here it is set beside what the person wrote.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Annotated, Literal, NamedTuple

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says

from .minutes import Section

State = Literal["draft", "published draft", "approved"]

NEXT: Mapping[State, tuple[State, ...]] = {
    "draft": ("published draft",),
    "published draft": ("approved",),
    "approved": (),
}
"""What minutes may become. Approved minutes stay as they are; corrections stand beside them."""

NOT_YET = (
    "A draft, intended for publication once it is checked "
    "(Freedom of Information Act 2000, section 22)"
)
"""Why a draft of minutes is kept back."""

_HEADING = "## "


class Minutes(Fact, frozen=True, kw_only=True):
    """The minutes of a meeting, as worded by a person."""

    kind = "minutes"
    plural = "minutes"

    meeting: Annotated[
        str, refers_to("meeting", title="Meeting", description="Of which meeting they are.")
    ]
    type: Annotated[State, says("State", "A draft, a published draft, or approved.")] = "draft"
    text: Annotated[
        str, says("Text", "The minutes. A line that begins with ## is a heading.", min_length=1)
    ]
    published: Annotated[str | None, says("Published on", "When the public could read them.")] = (
        None
    )
    approved_at: Annotated[
        str | None,
        refers_to("item", title="Approved under", description="The later item that approved them."),
    ] = None
    corrections: Annotated[
        tuple[str, ...],
        says("Corrections", "What was put right when they were approved, each in a sentence."),
    ] = ()

    def label(self, name: Name) -> str:
        return f"Minutes of {name(self.meeting)}"

    def sentence(self, name: Name) -> str:
        said = {"draft": "a draft", "published draft": "published, not yet approved"}
        return f"Minutes of {name(self.meeting)}: {said.get(self.type, 'approved')}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.published)
        if self.type == "approved" and not self.approved_at:
            yield "Approved minutes name the item of the later meeting that approved them."
        if self.type != "draft" and not self.published:
            yield "Minutes that are no draft any more say when they were published."


class Line(NamedTuple):
    """One line of a comparison: in both texts, only in the record's, or only in the person's."""

    where: Literal["both", "record", "person"]
    text: str


def as_text(sections: Iterable[Section]) -> str:
    """Sections as one text to edit."""
    return "\n\n".join("\n".join((f"{_HEADING}{heading}", *lines)) for heading, lines in sections)


def as_sections(text: str) -> tuple[Section, ...]:
    """An edited text as sections; what stands before the first heading has an empty one.

    >>> as_sections("## 1. Apologies" + chr(10) + "None.")
    (Section(heading='1. Apologies', lines=('None.',)),)
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        if line.startswith(_HEADING):
            found.append((line.removeprefix(_HEADING).strip(), []))
        elif line.strip():
            found[-1][1].append(line.strip())
    return tuple(Section(heading, tuple(lines)) for heading, lines in found if heading or lines)


def differences(built: str, edited: str) -> tuple[Line, ...]:
    """What a person changed of the text that the record gives, line by line, in order."""
    ours, theirs = _lines(built), _lines(edited)
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line("both", text) for text in ours[a:b]]
        else:
            found += [Line("record", text) for text in ours[a:b]]
            found += [Line("person", text) for text in theirs[c:d]]
    return tuple(found)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
