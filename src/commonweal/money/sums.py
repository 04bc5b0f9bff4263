"""A sum of money as a source states it."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from commonweal.record.identifiers import says
from commonweal.record.when import MalformedDate, period

from .pence import signed

Whole = Annotated[int, Meta(ge=0)]
Counted = Annotated[int, Meta(ge=1)]
Credit = Annotated[int, Meta(le=0)]

FinancialYear = Annotated[
    str, says("Financial year", "Such as 2022/23; it runs from 1 April.", pattern=r"\d{4}/\d{2}")
]


class Sum(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """Pence, with how exactly the source states them; what follows from them is no more exact."""

    pence: Annotated[int, says("Pence", "Whole pence; spending above nothing, income below it.")]
    to_nearest: Annotated[
        Counted | None,
        says("Stated to the nearest, in pence", "100000 if in thousands of pounds."),
    ] = None
    about: Annotated[bool, says("About", "The source says about, around or nearly.")] = False
    printed: Annotated[str | None, says("As printed", "As the source prints it.")] = None

    def in_words(self) -> str:
        """As a person reads it.

        >>> Sum(pence=13_500_000_000, about=True).in_words()
        'about £135,000,000'
        """
        return f"{'about ' if self.about else ''}{signed(self.pence)}"

    @property
    def exact(self) -> bool:
        """Whether what is worked out from it may be shown to the penny."""
        return not self.about and self.to_nearest is None


def year_faults(*years: str | None) -> Iterator[str]:
    """A sentence for each financial year that is none."""
    for year in years:
        try:
            if year is not None:
                period(year)
        except MalformedDate as wrong:
            yield str(wrong)
