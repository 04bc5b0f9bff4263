"""What an entity is called officially, and what became of it: codes and successions, both dated."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from .facts import Fact, Name, share_faults
from .identifiers import refers_to, says


class Code(Fact, frozen=True, kw_only=True):
    """An official code of an area or body. Codes change, so a code is a dated fact, never a key."""

    kind = "code"
    plural = "codes"

    of: Annotated[
        str, refers_to("area", "body", title="Code of", description="The area or body it names.")
    ]
    type: Annotated[
        Literal["ODS", "ONS", "NHS region"],
        says("Scheme", "Who gives the code: ODS (organisations), ONS (areas), NHS region."),
    ]
    code: Annotated[str, says("Code", "The code itself.", min_length=1)]

    def label(self, name: Name) -> str:
        return f"{self.type} code {self.code} of {name(self.of)}"


class Succession(Fact, frozen=True, kw_only=True):
    """One area or body takes the place of another, wholly or in part."""

    kind = "succession"
    plural = "successions"

    type: Annotated[
        Literal["merge", "split", "rename", "transfer", "replace"],
        says(
            "How",
            "Merge: several become one. Split: one becomes several. Rename: the same under a new "
            "name. Transfer: part moves to one that goes on. Replace: one follows another.",
        ),
    ]
    before: Annotated[
        str, refers_to("area", "body", title="Before", description="What went before.")
    ]
    after: Annotated[str, refers_to("area", "body", title="After", description="What came after.")]
    share: Annotated[
        Decimal | None,
        says("Share", "What part of the one before goes to the one after, from 0 to 1."),
    ] = None
    share_basis: Annotated[
        str | None, says("Basis of the share", "What the share measures, and its limits.")
    ] = None

    def label(self, name: Name) -> str:
        return f"{name(self.before)} to {name(self.after)}"

    def sentence(self, name: Name) -> str:
        how = {
            "merge": "merged into",
            "split": "was split, part of it going to",
            "rename": "was renamed",
            "transfer": "gave territory to",
            "replace": "was replaced by",
        }[self.type]
        return f"{name(self.before)} {how} {name(self.after)}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from share_faults(self.share)
        if self.before == self.after:
            yield "Nothing can take the place of itself."
