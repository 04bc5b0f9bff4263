"""What can go wrong with the record.

RecordError
├── MalformedIdentifier   an identifier is not system/kind/slug
├── MalformedDate         a stated date cannot be read
├── UnknownKind           no such kind of fact
├── UnknownEntity         nothing on record under that identifier
├── Refused               a write would break the record; it lists every fault
├── Conflict              somebody else changed the fact first
├── BrokenChain           the log does not prove
└── BadPack               a pack cannot be read; it lists every fault with file and line
"""

from collections.abc import Sequence
from difflib import get_close_matches


class SpeakingError(Exception):
    """Base of every error whose text is fit to show a person, whatever the room."""


class RecordError(SpeakingError):
    """Base of every error about the record."""


class UnknownKind(RecordError):
    """No such kind of fact."""


class UnknownEntity(RecordError):
    """Nothing on record under that identifier."""


class BrokenChain(RecordError):
    """The log does not prove; the text names the first broken entry."""

    def __init__(self, number: int, because: str) -> None:
        super().__init__(f"Entry {number} is broken: {because}")
        self.number = number


class Refused(RecordError):
    """A write would break the record, so none of it was kept."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        noun = "reason" if len(self.reasons) == 1 else "reasons"
        listed = "\n".join(f"- {reason}" for reason in self.reasons)
        super().__init__(f"Nothing was written, for {len(self.reasons)} {noun}:\n{listed}")


class Conflict(Refused):
    """Somebody else changed the same fact first."""


_FEW = 40
"""As many names as a sentence can bear."""


def did_you_mean(wrong: str, known: Sequence[str]) -> str:
    """A sentence that points to the nearest known names, or lists them if they are few."""
    near = get_close_matches(wrong, known, n=3, cutoff=0.7)
    if near:
        return f"Did you mean {' or '.join(repr(name) for name in near)}?"
    if known and len(known) <= _FEW:
        return f"Known: {', '.join(sorted(known))}."
    return "Nothing on record has a similar name."
