"""What a check found: one rule, tried on one subject."""

from typing import Literal

from msgspec import Struct

from .facts import Source

Outcome = Literal["met", "not met", "cannot tell"]


class Finding(Struct, frozen=True, kw_only=True):
    """One rule, tried on one entity of the record.

    rule      identifier of the rule, such as ICB-CON-02
    outcome   met, not met, or cannot tell: the record does not hold enough to say
    subject   identifier of the entity the rule was tried on
    because   one plain sentence with the values that decided it
    source    the rule's citation
    sources   the sources of the facts it was tried on
    about     identifiers of the facts it was tried on, the subject apart
    """

    rule: str
    outcome: Outcome
    subject: str
    because: str
    source: str
    sources: tuple[Source, ...] = ()
    about: tuple[str, ...] = ()
