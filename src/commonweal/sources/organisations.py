"""An organisation as the Organisation Data Service of the NHS gives it.

The service writes the last day on which a thing held; here it ends on the day after, as everywhere.
Source of the shape: the service's interface "Organisation Reference Data", version 2-0-0.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from .taken import WrongFile


class Span(msgspec.Struct, frozen=True, rename="pascal"):
    """From when to when, as the service writes it: the last day is included."""

    type: Literal["Legal", "Operational"]
    start: date | None = None
    end: date | None = None

    @property
    def ends(self) -> date | None:
        """The day after the last; none while it goes on."""
        return self.end + timedelta(days=1) if self.end else None


class _Code(msgspec.Struct, frozen=True):
    extension: str


class Role(msgspec.Struct, frozen=True):
    """What an organisation is or was, by the code of the role."""

    id: str
    status: Literal["Active", "Inactive"] = msgspec.field(name="Status")
    spans: tuple[Span, ...] = msgspec.field(default=(), name="Date")
    primary: bool = msgspec.field(default=False, name="primaryRole")


class _Target(msgspec.Struct, frozen=True):
    code: _Code = msgspec.field(name="OrgId")


class Relation(msgspec.Struct, frozen=True):
    """How an organisation stands to another, by the code of the relation."""

    id: str
    status: Literal["Active", "Inactive"] = msgspec.field(name="Status")
    target: _Target = msgspec.field(name="Target")
    spans: tuple[Span, ...] = msgspec.field(default=(), name="Date")


class Succession(msgspec.Struct, frozen=True, rename="pascal"):
    """An organisation that this one took over from, or that took over from it."""

    type: Literal["Predecessor", "Successor"]
    target: _Target
    spans: tuple[Span, ...] = msgspec.field(default=(), name="Date")


class _Roles(msgspec.Struct, frozen=True):
    each: tuple[Role, ...] = msgspec.field(name="Role")


class _Relations(msgspec.Struct, frozen=True):
    each: tuple[Relation, ...] = msgspec.field(default=(), name="Rel")


class _Successions(msgspec.Struct, frozen=True):
    each: tuple[Succession, ...] = msgspec.field(default=(), name="Succ")


class _Given(msgspec.Struct, frozen=True):
    name: str = msgspec.field(name="Name")
    code: _Code = msgspec.field(name="OrgId")
    status: Literal["Active", "Inactive"] = msgspec.field(name="Status")
    changed: date = msgspec.field(name="LastChangeDate")
    roles: _Roles = msgspec.field(name="Roles")
    spans: tuple[Span, ...] = msgspec.field(default=(), name="Date")
    relations: _Relations = msgspec.field(default=_Relations(), name="Rels")
    successions: _Successions = msgspec.field(default=_Successions(), name="Succs")


class _Answer(msgspec.Struct, frozen=True):
    organisation: _Given = msgspec.field(name="Organisation")


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """One organisation. Its address and telephone are not taken.

    spans    of the organisation itself, legal and operational
    changed  the day on which the service last changed its entry
    """

    code: str
    name: str
    active: bool
    changed: date
    spans: tuple[Span, ...]
    roles: tuple[Role, ...]
    relations: tuple[Relation, ...]
    successions: tuple[Succession, ...]

    @property
    def primary_role(self) -> str:
        """The code of what it is above all."""
        return next(role.id for role in self.roles if role.primary)

    def taken_from(self) -> tuple[str, ...]:
        """Codes of those whose work it took over, in order."""
        return self._succession("Predecessor")

    def taken_by(self) -> tuple[str, ...]:
        """Codes of those that took over its work, in order."""
        return self._succession("Successor")

    def _succession(self, which: str) -> tuple[str, ...]:
        its = (each for each in self.successions if each.type == which)
        return tuple(sorted(each.target.code.extension for each in its))


def read(answer: bytes, file: str) -> Organisation:
    """The organisation in an answer of the service.

    raises  WrongFile, with every fault
    """
    try:
        given = msgspec.json.decode(answer, type=_Answer).organisation
    except msgspec.DecodeError as wrong:
        raise WrongFile(
            f"{file} is no answer of the Organisation Data Service on one organisation: {wrong}. "
            "Look whether the service has changed its form."
        ) from None
    found = Organisation(
        code=given.code.extension, name=given.name, active=given.status == "Active",
        changed=given.changed, spans=given.spans, roles=given.roles.each,
        relations=given.relations.each, successions=given.successions.each,
    )  # fmt: skip
    if faults := list(_faults(found)):
        raise WrongFile("\n".join((f"{file} is refused:", *(f"- {each}" for each in faults))))
    return found


def _faults(found: Organisation) -> Iterator[str]:
    primary = sum(role.primary for role in found.roles)
    if primary != 1:
        yield f"{found.code} has {primary} primary roles; every organisation has one."
    its: Sequence[tuple[str, tuple[Span, ...]]] = (
        ("itself", found.spans),
        *((f"role {each.id}", each.spans) for each in found.roles),
        *((f"relation {each.id}", each.spans) for each in found.relations),
        *((each.type.lower(), each.spans) for each in found.successions),
    )
    for what, spans in its:
        for span in spans:
            if span.start and span.end and span.end < span.start:
                yield f"{found.code}, {what}: it ends on {span.end}, before {span.start}."
            if not span.start and not span.end:
                yield f"{found.code}, {what}: a {span.type.lower()} span has neither day."
    for each in found.successions:
        if each.target.code.extension == found.code:
            yield f"{found.code} is its own {each.type.lower()}."
