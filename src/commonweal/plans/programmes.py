"""Programmes of change across tiers: a matrix of who leads and who delivers where, not a tree."""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.snapshot import Snapshot

from .milestones import Milestone

Tier = Literal["national", "region", "system", "sub-system", "place", "neighbourhood", "providers"]

TIERS: tuple[Tier, ...] = (
    "national", "region", "system", "sub-system", "place", "neighbourhood", "providers",
)  # fmt: skip

Role = Literal["sets the strategy", "leads", "delivers", "assures", "takes part", "not stated"]


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one tier, or one body there, does in a programme."""

    tier: Annotated[Tier, says("Tier", "At which level.")]
    who: Annotated[
        str | None, refers_to("body", "post", "area", title="Who", description="On record.")
    ] = None
    printed: Annotated[str, says("As printed", "Who, where they are not on record.")] = ""
    role: Annotated[Role, says("Does", "What it does in the programme.")] = "not stated"


Stage = Literal[
    "not recorded", "considered", "being set up", "in use in part", "in use", "given up",
]  # fmt: skip
"""How far a care model has come somewhere, by a source. Not recorded: no source says."""


class Adoption(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somewhere that a care model has come to, and how far."""

    where: Annotated[
        str | None, refers_to("area", "body", title="Where", description="On record.")
    ] = None
    printed: Annotated[str, says("As printed", "Where, if it is not on record.")] = ""
    stage: Annotated[Stage, says("Stage", "How far it has come there, by its source.")] = (
        "not recorded"
    )
    at: Annotated[str | None, says("As at", "The day of which that is said.")] = None
    effect: Annotated[str, says("Effect stated", "What a source says it did there.")] = ""

    def faults(self) -> Iterator[str]:
        """What cannot be so, a sentence each."""
        yield from date_faults(self.at)
        if not self.where and not self.printed:
            yield "A place that took up the model is not named. Name it, or leave the line out."
        if self.stage != "not recorded" and not self.at:
            yield f"It is said to be {self.stage} somewhere. Give the day of which that is true."


class Programme(Fact, frozen=True, kw_only=True):
    """Work towards one change, which runs across tiers and bodies."""

    kind = "programme"
    plural = "programmes"

    name: Annotated[str, says("Name", "What it is called.", min_length=1)]
    about: Annotated[
        str | None, refers_to("area", "body", title="Of", description="Whose programme it is.")
    ] = None
    type: Annotated[
        Literal["programme", "area of change", "implementation", "care model"],
        says("Kind of programme", "An area of change is one that everybody must have in place."),
    ] = "programme"
    number: Annotated[int | None, says("Number", "Its place in a numbered list.")] = None
    purpose: Annotated[str, says("Purpose", "What it is for, if stated.")] = ""
    required: Annotated[
        tuple[str, ...], says("What is required", "What must be in place, one line each.")
    ] = ()
    position: Annotated[
        tuple[str, ...], says("Where it stands", "What its source says is there already.")
    ] = ()
    deliverables: Annotated[tuple[str, ...], says("Deliverables", "What it is to produce.")] = ()
    effects: Annotated[
        tuple[Annotated[str, refers_to("figure", title="Effect", description="")], ...],
        says("Stated effects", "Figures by which a source says that it works."),
    ] = ()
    position_at: Annotated[str | None, says("Stands as at", "The day of which that is said.")] = (
        None
    )
    parts: Annotated[tuple[Part, ...], says("Parts", "Who does what, at which tier.")] = ()
    adopted: Annotated[
        tuple[Adoption, ...], says("Taken up", "Of a care model: where, and how far it has come.")
    ] = ()

    def sentence(self, name: Name) -> str:
        of = f" of {name(self.about)}" if self.about else ""
        return f"{self.name}: {self.type}{of}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.position_at)
        for each in self.adopted:
            yield from each.faults()
        for part in self.parts:
            if not part.who and not part.printed and part.role == "not stated":
                yield f"Its part at the tier ‘{part.tier}’ says nothing. Say who, or what is done."


class Row(NamedTuple):
    """A programme and what each tier does in it. A tier that is not there has no part on record."""

    name: str
    fact: Programme
    at: dict[Tier, tuple[Part, ...]]
    milestones: tuple[tuple[str, Milestone], ...]


def programmes(snapshot: Snapshot, system: str) -> list[Row]:
    """The programmes of a system by tier, numbered ones in their order."""
    found = [
        _row(snapshot, name, fact)
        for name, fact in snapshot.all(Programme).items()
        if name.startswith(f"{system}/")
    ]
    return sorted(found, key=lambda row: (row.fact.type, row.fact.number or 0, row.fact.name))


def _row(snapshot: Snapshot, name: str, fact: Programme) -> Row:
    at: dict[Tier, tuple[Part, ...]] = {}
    for part in fact.parts:
        at[part.tier] = (*at.get(part.tier, ()), part)
    return Row(name, fact, at, tuple(snapshot.referring(name, Milestone)))


def tiers_of(rows: list[Row]) -> tuple[Tier, ...]:
    """The tiers that any of the programmes has a part at, from the widest."""
    return tuple(tier for tier in TIERS if any(tier in row.at for row in rows))
