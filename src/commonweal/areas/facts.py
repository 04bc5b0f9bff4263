"""Where: footprints of every kind, how they hold each other, and how many people live in them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from commonweal.record.facts import Alias, Fact, Name, date_faults, share_faults
from commonweal.record.identifiers import a, refers_to, says

AreaType = Literal[
    "country",
    "region",
    "system",
    "sub-system partnership",
    "acute footprint",
    "local delivery system",
    "health and wellbeing board area",
    "sub-area",
    "place",
    "neighbourhood",
    "cluster",
    "network",
    "council area",
    "district",
    "ward",
    "commissioning group area",
    "other",
]


class Area(Fact, frozen=True, kw_only=True):
    """A named footprint: a system, place, cluster, council area or any other.

    The types, each as the sources use it. System: an integrated care system's footprint.
    Sub-system partnership: one of the four "ICPs" of the North East and North Cumbria (2021).
    Acute footprint: one of the four integrated care partnerships of Hampshire and Isle of Wight
    (2018), drawn round acute hospitals. Network: the area of a primary care network. Council
    area: a council with social care duties.
    """

    kind = "area"
    plural = "areas"

    name: Annotated[str, says("Name", "The name the sources use.", min_length=1)]
    type: Annotated[AreaType, says("Kind of area", "What sort of footprint it is.")]
    local_type: Annotated[
        str | None, says("Local word", "What it is called locally, if not by its kind.")
    ] = None
    basis: Annotated[
        Literal[
            "council boundary",
            "group of districts",
            "hospital catchment",
            "existing joint working",
            "former commissioning group",
            "registered lists and natural communities",
            "order of NHS England",
            "not stated",
        ],
        says("Basis", "What the footprint was drawn by."),
    ] = "not stated"
    made_up_of: Annotated[
        tuple[
            Annotated[str, refers_to("area", title="Area", description="One of its parts.")], ...
        ],
        says("Made up of", "Areas that together are all of it, if a source says so."),
    ] = ()
    named: Annotated[
        bool,
        says(
            "Named",
            "No: the sources count it but do not name it, and the number in its name is ours.",
        ),
    ] = True
    aliases: Annotated[tuple[Alias, ...], says("Other names", "Other names for it.")] = ()

    def sentence(self, name: Name) -> str:
        del name
        return f"{self.name} is {a(self.type)}."


class Containment(Fact, frozen=True, kw_only=True):
    """One area lies in another, wholly or in part. Never inferred from a name."""

    kind = "containment"
    plural = "containments"

    part: Annotated[str, refers_to("area", title="Area", description="The area that lies inside.")]
    whole: Annotated[str, refers_to("area", title="Lies in", description="The area around it.")]
    extent: Annotated[
        Literal["whole", "part", "not stated"],
        says("How much of it", "All of it, or only part of it, lies inside."),
    ] = "whole"
    share: Annotated[
        Decimal | None,
        says("Share", "What part of it lies inside, from 0 to 1."),
    ] = None
    share_basis: Annotated[
        str | None, says("Basis of the share", "Residents, registered patients, land.")
    ] = None

    def label(self, name: Name) -> str:
        return f"{name(self.part)} in {name(self.whole)}"

    def sentence(self, name: Name) -> str:
        how = {
            "whole": "lies in",
            "part": "lies partly in",
            "not stated": "lies at least partly in",
        }
        return f"{name(self.part)} {how[self.extent]} {name(self.whole)}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from share_faults(self.share)
        if self.part == self.whole:
            yield "An area cannot lie in itself."


class Neighbours(Fact, frozen=True, kw_only=True):
    """Two areas that share a border."""

    kind = "neighbours"
    plural = "neighbours"

    first: Annotated[str, refers_to("area", title="Area", description="One of the two.")]
    second: Annotated[str, refers_to("area", title="Borders on", description="The other.")]

    def label(self, name: Name) -> str:
        return f"{name(self.first)} and {name(self.second)}"

    def sentence(self, name: Name) -> str:
        return f"{name(self.first)} borders on {name(self.second)}."


class Population(Fact, frozen=True, kw_only=True):
    """How many people live in an area, or are registered with its practices."""

    kind = "population"
    plural = "populations"

    of: Annotated[str, refers_to("area", title="Population of", description="The area.")]
    people: Annotated[
        int | None, says("People", "How many. Empty: the source gives only words.")
    ] = None
    year: Annotated[str | None, says("As at", "The day, month or year the number is for.")] = None
    basis: Annotated[
        Literal["resident", "registered", "weighted", "not stated"],
        says("Basis", "Residents, patients on lists, or patients weighted for need."),
    ] = "not stated"
    approximate: Annotated[bool, says("About", "The source says about or around.")] = False
    printed: Annotated[str | None, says("As printed", "The number as the source prints it.")] = None

    def label(self, name: Name) -> str:
        return f"Population of {name(self.of)}"

    def sentence(self, name: Name) -> str:
        if self.people is None:
            return f"{name(self.of)}: population “{self.printed or 'not recorded'}”."
        about = "about " if self.approximate else ""
        return f"{name(self.of)} has {about}{self.people:,} people."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.year)
        if self.people is not None and self.people < 0:
            yield f"A population cannot be {self.people:,}."
        if self.people is None and not self.printed:
            yield "A population needs a number of people or the words the source prints."


class Band(Fact, frozen=True, kw_only=True):
    """How many people an area of some kind usually has. A guide, not a limit: areas may differ."""

    kind = "band"
    plural = "bands"

    type: Annotated[AreaType, says("Kind of area", "What sort of footprint the band is for.")]
    within: Annotated[
        str | None,
        refers_to("area", title="Within", description="The system it is said of. Empty: England."),
    ] = None
    at_least: Annotated[int, says("From", "People, lowest usual.", ge=0)]
    at_most: Annotated[int, says("To", "People, highest usual.", ge=0)]

    def label(self, name: Name) -> str:
        return f"Usual size of a {self.type}" + (f" in {name(self.within)}" if self.within else "")

    def sentence(self, name: Name) -> str:
        return f"{self.label(name)}: {self.at_least:,} to {self.at_most:,} people."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if self.at_least > self.at_most:
            yield f"The band runs from {self.at_least:,} down to {self.at_most:,}; swap the two."


class Comparators(Fact, frozen=True, kw_only=True):
    """A named group of areas or systems that somebody compares with."""

    kind = "comparators"
    plural = "comparators"

    name: Annotated[str, says("Name", "The group's name.", min_length=1)]
    of: Annotated[
        str | None, refers_to("area", "body", title="Used by", description="Who compares with it.")
    ] = None
    members: Annotated[
        tuple[Annotated[str, refers_to("area", title="Member", description="An area.")], ...],
        says("Members", "The areas in it that are named."),
    ] = ()
    members_printed: Annotated[
        tuple[str, ...],
        says("Members as printed", "Names of members that are not areas on record."),
    ] = ()
    count: Annotated[int | None, says("How many", "How many members the source gives.")] = None


class BoundaryFile(Fact, frozen=True, kw_only=True):
    """A file of official boundaries that has been loaded for drawing maps."""

    kind = "boundary-file"
    plural = "boundary files"

    name: Annotated[str, says("Name", "What the file holds.", min_length=1)]
    vintage: Annotated[str, says("Vintage", "The year or date of the boundaries.")]
    scheme: Annotated[str, says("Scheme", "Whose codes its shapes carry.")] = "ONS"
    code_field: Annotated[
        str | None,
        says("Column of codes", "The property with the codes. Empty: found by its name."),
    ] = None
    shapes: Annotated[int, says("Shapes", "How many areas it draws.", ge=1)]
    sha256: Annotated[str, says("SHA-256", "Hash of the file as loaded.")]
    licence: Annotated[str, says("Licence", "On what terms it may be used.")] = ""
