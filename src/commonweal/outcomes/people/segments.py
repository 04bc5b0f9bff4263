"""Segments: everybody in exactly one, the first whose rule they meet.

A rule is met by any of its elements; an element is a column of the profile between two numbers.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import ibis

from commonweal.record.errors import SpeakingError, did_you_mean

from .conditions import column, in_for


class UnknownScheme(SpeakingError):
    """No such scheme of segments; the text has those there are."""


class Element(NamedTuple):
    """One of the things that put somebody into a segment.

    column  of the profile: 1 where somebody has it, or how many
    """

    words: str
    column: str
    least: int = 1
    most: int | None = None

    def met(self, people: Any) -> Any:
        """Whether somebody meets it, for every row of a profile."""
        number = people[self.column]
        return number >= self.least if self.most is None else number.between(self.least, self.most)


class Segment(NamedTuple):
    """A part of the people, with what puts somebody into it."""

    name: str
    elements: tuple[Element, ...]


class Scheme(NamedTuple):
    """A way to divide people, with the segments in order of priority.

    otherwise  the segment of those who meet no rule
    from_age   of whom it is a scheme; the younger are `outside`
    note       what here is not the source's own
    """

    name: str
    words: str
    source: str
    segments: tuple[Segment, ...]
    otherwise: str
    from_age: int = 0
    outside: str = ""
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every segment, in the order in which they are shown."""
        outside = (self.outside,) if self.outside else ()
        return (*(each.name for each in self.segments), self.otherwise, *outside)

    def numbered(self, people: Any) -> Any:
        """For every row of a profile the number of its segment, from 1, in the order of `names`."""
        branches: list[tuple[Any, Any]] = []
        if self.outside:
            branches.append((people.age < self.from_age, ibis.literal(len(self.names), "int8")))
        for number, segment in enumerate(self.segments, 1):
            met = ibis.or_(*(each.met(people) for each in segment.elements))
            branches.append((met, ibis.literal(number, "int8")))
        otherwise = ibis.literal(len(self.segments) + 1, "int8")
        return ibis.cases(*branches, else_=otherwise)


def _has(*names: str) -> Iterator[Element]:
    for name in names:
        yield Element(name, column(name))


def _was_in_for(*names: str) -> Iterator[Element]:
    for name in names:
        yield Element(f"in hospital for {name} in the last year", in_for(name))


_END_STAGES = (
    "end-stage liver disease", "end-stage heart disease", "end-stage renal disease",
    "end-stage chronic obstructive pulmonary disease",
)  # fmt: skip

SUFFOLK = Scheme(
    name="suffolk",
    words="Segments of adults in Suffolk and North East Essex",
    source="Suffolk and North East Essex Integrated Care System, Segmentation "
    "(SNEE-ICS/SNEEdocs, docs/segmentation.md, MIT licence)",
    segments=(
        Segment("Die well", tuple(_has("palliative care", "end of life", *_END_STAGES))),
        Segment(
            "Age well",
            (
                *_was_in_for("hip fracture", "stroke", "a fall", "frailty"),
                *_has("dementia"),
                Element("four or more long-term conditions", "long_term", 4),
                Element("severe frailty", "frailty", 3),
                *_has("housebound", "has a carer"),
            ),
        ),
        Segment(
            "Stay well",
            (
                Element("one to three long-term conditions", "long_term", 1, 3),
                *_has("cancer"),
                Element("moderate frailty", "frailty", 2, 2),
            ),
        ),
        Segment(
            "Feel well",
            (
                *_has("serious mental illness", "depression", "anxiety"),
                Element("a contact for mental health in the last year", "mental_health_contacts"),
                *_was_in_for("mental health", "alcohol", "drugs", "self-harm", "homelessness"),
            ),
        ),
        Segment(
            "Be well",
            (
                *_was_in_for("emergency dentistry"),
                *_has("obesity", "smoking", "increased alcohol risk", "high alcohol risk"),
            ),
        ),
    ),
    otherwise="Live well",
    from_age=18,
    outside="Under 18",
    note="Frailty is worked out from deficits rather than read from a code, and the lists of "
    "hospital codes, which the source announces, are Commonweal's own.",
)

BRIDGES = Scheme(
    name="bridges",
    words="Bridges to Health",
    source="Lynn, Straube, Bell, Jencks and Kambic, Using Population Segmentation to Provide "
    "Better Health Care for All, Milbank Quarterly 2007;85:185-208",
    segments=(
        Segment(
            "Short decline before dying",
            tuple(_has("palliative care", "end of life", *_END_STAGES)),
        ),
        Segment(
            "Long decline with frailty or dementia",
            (*_has("dementia", "housebound"), Element("severe frailty", "frailty", 3)),
        ),
        Segment(
            "Limited reserve and exacerbations",
            (
                Element(
                    "heart failure or chronic obstructive pulmonary disease, and an unplanned "
                    "admission in the last year",
                    "exacerbations",
                ),
            ),
        ),
        Segment(
            "Stable but significant disability",
            (
                *_has("learning disability", "serious mental illness", "stroke"),
                Element("long-term social care", "in_care"),
            ),
        ),
        Segment(
            "Maternal and infant health",
            (*_was_in_for("pregnancy or birth"), Element("under one year old", "age", 0, 0)),
        ),
        Segment(
            "Chronic conditions with usual function",
            (
                Element("a long-term condition", "long_term"),
                *_has("cancer", "coronary heart disease", "rheumatoid arthritis"),
            ),
        ),
        Segment(
            "Acutely ill, likely to recover",
            (Element("an unplanned admission in the last year", "unplanned"),),
        ),
    ),
    otherwise="Healthy",
    note="The source describes its eight groups in words. The records that stand for each, and "
    "the order where somebody is in several, are Commonweal's own.",
)

SCHEMES = {scheme.name: scheme for scheme in (SUFFOLK, BRIDGES)}
"""Every scheme there is, by name."""


def scheme(name: str) -> Scheme:
    """The scheme of a name.

    raises  UnknownScheme
    """
    if name not in SCHEMES:
        near = did_you_mean(name, list(SCHEMES))
        raise UnknownScheme(f"There is no scheme of segments {name!r}. {near}")
    return SCHEMES[name]
