"""One plan for a service in trouble, shared by all, with what others ask logged against it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, date_faults
from commonweal.record.identifiers import refers_to, says

from .risks import Treatment


class Ask(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something that somebody outside asks for while the plan runs."""

    what: Annotated[str, says("Asked for", "In a few words.", min_length=1)]
    by: Annotated[str | None, refers_to("body", title="By", description="Who asks.")] = None
    by_printed: Annotated[str, says("By, as printed", "Who, where they are not on record.")] = ""
    on: Annotated[str | None, says("Asked on", "When.")] = None
    until: Annotated[str | None, says("Until", "When the ask ends. Empty: no end is stated.")] = (
        None
    )
    became: Annotated[
        Literal["part of the plan", "beside the plan", "withdrawn", "not answered"],
        says("What became of it", "Taken into the one plan, or standing beside it as a rival."),
    ] = "not answered"
    answer: Annotated[str, says("Answer", "What was said to it.")] = ""


class Criterion(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What must be so before the plan ends."""

    what: Annotated[str, says("What must be so", "In a few words.", min_length=1)]
    measure: Annotated[
        str | None, refers_to("indicator", title="Measured by", description="The measure.")
    ] = None
    met: Annotated[bool | None, says("Met", "Whether it is so. Empty: not recorded.")] = None
    on: Annotated[str | None, says("As at", "The day of which that is true.")] = None


class RecoveryPlan(Fact, frozen=True, kw_only=True):
    """The one plan by which a troubled service recovers, with named actions and dates."""

    kind = "recovery-plan"
    plural = "recovery plans"

    name: Annotated[str, says("Plan", "What is to recover.", min_length=1)]
    service: Annotated[
        str, refers_to("function", "body", title="Service", description="What is in trouble.")
    ]
    of: Annotated[str, refers_to("body", title="Run by", description="Who runs the service.")]
    lead: Annotated[
        str | None,
        refers_to("post", "seat", "body", title="Led by", description="Who answers for the plan."),
    ] = None
    shared_by: Annotated[
        tuple[Annotated[str, refers_to("body", title="Shared by", description="")], ...],
        says("Shared by", "Who agreed to work to this plan and no other."),
    ] = ()
    because: Annotated[str | None, says("Because", "Why it is needed.")] = None
    began: Annotated[str | None, says("Began", "When it was agreed.")] = None
    ended: Annotated[str | None, says("Ended", "When it was over. Empty: it runs.")] = None
    actions: Annotated[tuple[Treatment, ...], says("Actions", "Who does what by when.")] = ()
    asks: Annotated[tuple[Ask, ...], says("Asks", "What others ask for meanwhile.")] = ()
    exit_when: Annotated[
        tuple[Criterion, ...], says("It ends when", "What must be so before it ends.")
    ] = ()

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.began, self.ended)
        for ask in self.asks:
            yield from date_faults(ask.on, ask.until)
            if ask.by is None and not ask.by_printed:
                yield f"Nobody is named who asks for ‘{ask.what}’. Say who does."
        for each in self.exit_when:
            yield from date_faults(each.on)
            if each.met is not None and each.on is None:
                yield f"‘{each.what}’ is said to be met or not. Give the day of which that is true."
        for action in self.actions:
            yield from date_faults(action.due, action.done)
