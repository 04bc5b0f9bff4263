"""What every fact carries, whatever its kind.

A fact is a frozen, validated `Fact`. Its type is the only definition of its kind: the stored
form, the pack format, the API schema, the form's fields and the documentation are all read from
it. Which entity it is about, and from when to when it holds, stand beside it in the log, not in
it.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from msgspec import Struct

from .identifiers import refers_to, says
from .when import MalformedDate, period

type Name = Callable[[str], str]
"""Gives the name of an entity for its identifier."""

Status = Literal[
    "under consideration", "proposed", "draft", "interim", "in force", "superseded", "expired"
]

How = Literal["stated", "as printed", "derived", "computed"]

StartKnown = Literal["known", "first stated", "planned"]
EndKnown = Literal["known", "planned", "inferred"]


class Source(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """Where a fact comes from: a document and the spot in it."""

    document: Annotated[
        str, refers_to("document", title="Document", description="The document that says so.")
    ]
    at: Annotated[str, says("Where in it", "Paragraph, table or heading, in words.")] = ""
    lines: Annotated[
        str, says("Lines", "Line numbers in the stored text, such as 142 or 286,763 or 139-147.")
    ] = ""
    how: Annotated[
        How,
        says(
            "How",
            "Stated by the source; as printed, errors included; derived by reading; or computed "
            "from printed figures.",
        ),
    ] = "stated"


class Alias(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """Another name by which people or papers know an entity."""

    name: Annotated[str, says("Name", "The other name.", min_length=1)]
    why: Annotated[
        Literal["also known as", "acronym", "former name", "local brand", "as printed"],
        says("Kind of name", "Why this name exists beside the first."),
    ] = "also known as"


class Fact(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """What every fact carries."""

    kind: ClassVar[str]
    plural: ClassVar[str]

    status: Annotated[Status, says("Status", "How firm the arrangement is, by its source.")] = (
        "in force"
    )
    start: Annotated[
        StartKnown,
        says(
            "First day",
            "Known; only the first day on which a source states the fact; or a planned day.",
        ),
    ] = "known"
    end: Annotated[EndKnown, says("Last day", "Whether an end is known, planned or inferred.")] = (
        "known"
    )
    stated: Annotated[
        str | None,
        says("Stated as at", "The day, month or year the source speaks of, such as 2018-08."),
    ] = None
    note: Annotated[
        str | None, says("Note", "What a reader must know to use the fact rightly.")
    ] = None
    exempt: Annotated[
        str | None,
        says(
            "Not for publication because",
            "The reason in law for which the public may not see this fact. Empty: public.",
        ),
    ] = None
    sources: Annotated[tuple[Source, ...], says("Sources", "Every place that says so.")] = ()

    def label(self, name: Name) -> str:
        """What the entity is called, in a few words."""
        del name
        return str(getattr(self, "name", None) or getattr(self, "title", ""))

    def sentence(self, name: Name) -> str:
        """The fact as one plain sentence."""
        return f"{self.label(name)}."

    def faults(self) -> Iterator[str]:
        """What is wrong with the fact beyond its types, each as one plain sentence."""
        if self.stated is not None:
            yield from date_faults(self.stated)

    def faults_as(self, own: str) -> Iterator[str]:
        """As `faults`, for whoever knows which entity it is about: what names itself is one."""
        del own
        yield from self.faults()

    def other_names(self) -> tuple[Alias, ...]:
        """The other names it is found by."""
        names: tuple[Alias, ...] = getattr(self, "aliases", ())
        return names


def date_faults(*dates: str | None) -> Iterator[str]:
    """A sentence for each stated date that cannot be read."""
    for stated in dates:
        if stated is not None:
            try:
                period(stated)
            except MalformedDate as wrong:
                yield str(wrong)


def share_faults(share: Decimal | None) -> Iterator[str]:
    """A sentence if a share is not from 0 to 1."""
    if share is not None and not 0 <= share <= 1:
        yield f"A share is from 0 to 1, but this one is {share}."
