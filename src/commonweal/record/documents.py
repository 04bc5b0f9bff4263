"""Documents, and what is wrong, disputed or merely counted in them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from .facts import Alias, Fact, Name, Source, date_faults
from .identifiers import refers_to, says


class Document(Fact, frozen=True, kw_only=True):
    """A document that facts rest on: a paper, an Act, a data file, a web page."""

    kind = "document"
    plural = "documents"

    title: Annotated[str, says("Title", "The title as printed.", min_length=1)]
    issuer: Annotated[str, says("Issued by", "Who issued it, as far as it says.")] = "not stated"
    date: Annotated[str | None, says("Date", "When it was issued, as precisely as it says.")] = None
    date_printed: Annotated[
        str | None, says("Date as printed", "How the document puts its date, if not plainly.")
    ] = None
    type: Annotated[
        Literal[
            "paper", "minutes", "guidance", "article", "act", "instrument", "data", "order", "page"
        ],
        says("Kind of document", "What sort of document it is."),
    ] = "paper"
    standing: Annotated[
        str | None,
        says("Standing", "What the document says of itself: draft, note only, proposal."),
    ] = None
    licence: Annotated[
        str | None, says("Licence", "On what terms it may be used again. Empty: not stated.")
    ] = None
    address: Annotated[str | None, says("Web address", "Where it is published.")] = None
    file: Annotated[
        str | None, says("Stored text", "File name of the text that line numbers refer to.")
    ] = None
    part_of: Annotated[
        str | None,
        refers_to("document", title="Part of", description="The pack or volume it is printed in."),
    ] = None
    applies_to: Annotated[str | None, says("Applies to", "The territory it covers.")] = None
    aliases: Annotated[tuple[Alias, ...], says("Other names", "Other names for it.")] = ()

    def sentence(self, name: Name) -> str:
        del name
        return f"“{self.title}”, issued by {self.issuer}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.date)


class Damage(Fact, frozen=True, kw_only=True):
    """Something lost or garbled in a document, and how the record treats it."""

    kind = "damage"
    plural = "damage notes"

    code: Annotated[str, says("Number", "The note's number, such as OCR-04.")]
    name: Annotated[str, says("Damage", "What is damaged, in a few words.", min_length=1)]
    detail: Annotated[str, says("Detail", "What is lost or garbled, and where.")]
    handling: Annotated[str, says("Handling", "What the record does about it.")]
    documents: Annotated[
        tuple[
            Annotated[
                str, refers_to("document", title="Document", description="The damaged document.")
            ],
            ...,
        ],
        says("Documents", "The documents it stands in."),
    ] = ()

    def sentence(self, name: Name) -> str:
        del name
        return f"{self.name}: {self.detail}"


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One side of a dispute: what some of the sources say."""

    says: Annotated[str, says("What it says", "The reading, in our words.", min_length=1)]
    sources: Annotated[tuple[Source, ...], says("Sources", "Who says so.")] = ()


class Dispute(Fact, frozen=True, kw_only=True):
    """Sources that contradict each other or themselves.

    Every reading is kept; none is chosen in silence.
    """

    kind = "dispute"
    plural = "disputes"

    code: Annotated[str, says("Number", "The dispute's number, such as CON-01.")]
    name: Annotated[str, says("In question", "What is in question, in a few words.", min_length=1)]
    readings: Annotated[tuple[Reading, ...], says("Readings", "What each side says.", min_length=1)]
    handling: Annotated[str, says("Handling", "How the record treats it.")]
    about: Annotated[
        tuple[Annotated[str, refers_to(title="About", description="An entity in question.")], ...],
        says("About", "The entities in question."),
    ] = ()

    def sentence(self, name: Name) -> str:
        del name
        return f"{self.name}: {' / '.join(reading.says for reading in self.readings)}"


class Figure(Fact, frozen=True, kw_only=True):
    """A number a source states, kept with its unit, its date and what it is about."""

    kind = "figure"
    plural = "figures"

    name: Annotated[str, says("What is counted", "What the number says.", min_length=1)]
    about: Annotated[
        str | None, refers_to(title="About", description="The entity the number is about.")
    ] = None
    value: Annotated[
        int | float | None, says("Value", "The number. Empty: the source gives none.")
    ] = None
    upper: Annotated[
        int | float | None, says("Up to", "The other end, where the source gives a range.")
    ] = None
    unit: Annotated[str, says("Unit", "What the number counts or measures.")] = ""
    approximate: Annotated[bool, says("About", "The source says about, around or nearly.")] = False
    printed: Annotated[str | None, says("As printed", "The number as the source prints it.")] = None
    counts: Annotated[
        str | None,
        says(
            "Counts",
            "What the record should hold as many of: a kind and type, such as area: cluster.",
        ),
    ] = None

    def amount(self) -> str:
        """The number with its unit, as a person writes it."""
        if self.value is None:
            return self.printed or "not recorded"
        ends = [self.value] if self.upper is None else [self.value, self.upper]
        about = "about " if self.approximate else ""
        return f"{about}{' to '.join(f'{end:,}' for end in ends)} {self.unit}".strip()

    def sentence(self, name: Name) -> str:
        del name
        return f"{self.name}: {self.amount()}."


class Event(Fact, frozen=True, kw_only=True):
    """Something dated that a source says happened or was to happen."""

    kind = "event"
    plural = "events"

    name: Annotated[str, says("What", "What happened or was to happen.", min_length=1)]
    when: Annotated[str, says("When", "As precisely as the source says, such as 2022-05.")]
    type: Annotated[
        Literal["milestone", "decision", "engagement", "law", "reorganisation", "publication"],
        says("Kind of event", "What sort of event it is."),
    ] = "milestone"
    planned: Annotated[
        bool, says("Planned", "The source looks ahead to it; it does not report it.")
    ] = False
    replanned: Annotated[
        str | None, says("Replanned to", "The later date known to have taken its place.")
    ] = None
    about: Annotated[
        tuple[Annotated[str, refers_to(title="About", description="An entity it concerns.")], ...],
        says("About", "The entities it concerns."),
    ] = ()

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.when, self.replanned)


class Pack(Fact, frozen=True, kw_only=True):
    """A folder of facts that travels together, and the systems whose facts it carries."""

    kind = "pack"
    plural = "packs"

    name: Annotated[str, says("Name", "The pack's name.", min_length=1)]
    about: Annotated[str, says("About", "What it holds and where that comes from.")] = ""
    systems: Annotated[
        tuple[str, ...], says("Systems", "First parts of the identifiers it carries.", min_length=1)
    ]
    needs: Annotated[tuple[str, ...], says("Needs", "Packs whose facts this one refers to.")] = ()
    licence: Annotated[str, says("Licence", "On what terms its facts may be used.")] = ""
    invented: Annotated[
        bool, says("Invented", "Made up for trying things out; labelled so wherever it is shown.")
    ] = False
