"""What reviewers said of a system or a board as a whole; also that they said nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import period

from .evidence import COMMISSION

HEADS = (
    "quality", "inequalities", "advice", "research", "effect of decisions", "involvement",
    "finance", "local strategies",
)  # fmt: skip
"""What NHS England's yearly assessment of a board looks at: section 14Z59(3)."""

THEMES = {"Care Quality Commission": COMMISSION, "NHS England": HEADS}
"""The themes of each reviewer."""

PAUSES = ((date(2024, 10, 1), date(2025, 4, 1)), (date(2025, 3, 27), date(2025, 9, 27)))
"""When assessments by the Commission were paused, as far as days are known: the second at least
so long. A pause early in 2024 is known without its days.
"""


class Theme(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One theme of an assessment."""

    theme: Annotated[str, says("Theme", "In the reviewer’s words.", min_length=1)]
    found: Annotated[str, says("Found", "What was said, in one sentence.")] = ""


class SystemAssessment(Fact, frozen=True, kw_only=True):
    """What a reviewer says of a system or a board. A state of its own says that nothing is said."""

    kind = "system-assessment"
    plural = "assessments of systems"

    of: Annotated[
        str, refers_to("area", "body", title="Of", description="The system, or its board.")
    ]
    by: Annotated[Literal["Care Quality Commission", "NHS England"], says("By", "Who assesses.")]
    state: Annotated[
        Literal["published", "under way", "paused", "none"],
        says("State", "How far it has come. None: it is known that there is none."),
    ]
    year: Annotated[str | None, says("Year", "The financial year, such as 2025/26.")] = None
    published: Annotated[str | None, says("Published", "When it was published.")] = None
    rating: Annotated[
        str, says("Rating", "As printed. Empty: none was given, and none is assumed.")
    ] = ""
    themes: Annotated[tuple[Theme, ...], says("Themes", "What it looked at.")] = ()
    asked: Annotated[
        tuple[Annotated[str, refers_to("body", title="Asked", description="")], ...],
        says("Boards asked", "The health and wellbeing boards that were consulted."),
    ] = ()
    document: Annotated[
        str | None, refers_to("document", title="Report", description="Where it can be read.")
    ] = None

    def label(self, name: Name) -> str:
        year = f", {self.year}" if self.year else ""
        return f"{self.by} on {name(self.of)}{year}: {self.state}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.year, self.published)
        if self.rating and self.state != "published":
            yield f"A rating is given by what is published, and this is {self.state}. Leave it out."
        for each in self.themes:
            if each.theme not in THEMES[self.by]:
                named = ", ".join(THEMES[self.by])
                yield f"{self.by} has no theme ‘{each.theme}’; it has {named}."

    @property
    def missing(self) -> tuple[str, ...]:
        """The themes that it ought to look at, and does not."""
        had = {each.theme for each in self.themes}
        return tuple(each for each in THEMES[self.by] if each not in had)


def while_paused(fact: SystemAssessment) -> bool:
    """Whether it was published on a day on which such assessments were paused."""
    if fact.published is None or fact.by != "Care Quality Commission":
        return False
    first, end = period(fact.published)
    return any(begins <= first and end <= ends for begins, ends in PAUSES)
