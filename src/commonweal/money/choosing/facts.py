"""How a provider of health care was chosen, from the first notice to changes of the contract.

Health Care Services (Provider Selection Regime) Regulations 2023 (Statutory Instrument 2023/1348).
"""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from msgspec import Struct

from commonweal.money.sums import Sum, Whole
from commonweal.record.facts import Fact, Name
from commonweal.record.identifiers import refers_to, says
from commonweal.statute.days import out_of_order

Process = Literal[
    "direct award A", "direct award B", "direct award C", "most suitable provider", "competition",
    "urgent award",
]  # fmt: skip
"""The five processes of regulation 6, and the urgent award of regulation 14."""

WITH_STANDSTILL = frozenset({"direct award C", "most suitable provider", "competition"})
"""The processes with a notice of intention, five criteria and a standstill."""

Criterion = Literal[
    "quality and innovation",
    "value",
    "integration, collaboration and lasting service",
    "access, inequalities and choice",
    "social value",
]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
"""What an authority considers: regulation 5."""

Ground = Literal[
    "the contract provides for it",
    "one provider succeeds another",
    "events outside its control",
    "the authority’s own decision",
    "not stated",
]
"""Why a contract is changed: regulation 13."""


class Circumstances(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What settles which process is used. An empty answer is one that is not known."""

    only_capable: Annotated[
        bool | None,
        says("Only one can do it", "Only the provider of today is able to give the service."),
    ] = None
    choice_offered: Annotated[
        bool | None, says("Patients choose", "Patients are offered a choice of provider.")
    ] = None
    unrestricted: Annotated[
        bool | None, says("As many as qualify", "The number of providers is not restricted.")
    ] = None
    all_offered: Annotated[
        bool | None, says("All are offered it", "Every provider that qualifies gets a contract.")
    ] = None
    framework: Annotated[
        bool | None, says("Framework agreement", "It is to make a framework agreement.")
    ] = None
    replaces_ending: Annotated[
        bool | None,
        says("Replaces one that ends", "A contract with the same provider ends and is replaced."),
    ] = None
    satisfied: Annotated[
        bool | None,
        says("Provider does well", "The provider satisfies the old contract, and will the new."),
    ] = None
    different_character: Annotated[
        bool | None, says("Character differs", "Materially, from that of the old contract.")
    ] = None
    old_pence: Annotated[
        Whole | None, says("Old contract, in pence", "Its worth over its whole life.")
    ] = None
    new_pence: Annotated[
        Whole | None, says("New contract, in pence", "Its worth over its whole life.")
    ] = None
    brought_about: Annotated[
        bool | None,
        says("Brought about by the authority", "It decides on the change of worth itself."),
    ] = None
    identifiable: Annotated[
        bool | None,
        says("Can be identified", "The most suitable provider can be found without competing."),
    ] = None
    urgent: Annotated[bool | None, says("Urgent", "The award or change has to be made now.")] = None
    unforeseen: Annotated[
        bool | None,
        says("Unforeseen", "It could not be foreseen, and is not of the authority’s making."),
    ] = None
    risk: Annotated[
        bool | None, says("Risk if delayed", "Waiting would put patients or the public at risk.")
    ] = None


class Considered(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One of the five criteria, and how it was considered."""

    criterion: Annotated[Criterion, says("Criterion", "One of the five.")]
    how: Annotated[str, says("How", "How it was considered, in our words.", min_length=1)]


class Representation(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What a provider put to the authority in the standstill, and what was decided on it."""

    received: Annotated[str, says("Received on", "The day it came.")]
    by: Annotated[str, says("By", "The provider, as printed.", min_length=1)]
    text: Annotated[str, says("What it says", "In our words.")] = ""
    reviewed: Annotated[
        bool | None, says("Reviewed", "Whether the decision was looked at again.")
    ] = None
    decided: Annotated[
        str | None, says("Told of the decision on", "The day the further decision was told.")
    ] = None
    decision: Annotated[
        str | None, says("Further decision and reasons", "What was decided, and why.")
    ] = None


class ContractChange(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A change of the contract after it was made."""

    on: Annotated[str, says("On", "The day of the change.")]
    what: Annotated[str, says("What", "What was changed.", min_length=1)]
    ground: Annotated[Ground, says("Why", "What allows it, or brings it about.")] = "not stated"
    pence: Annotated[
        int | None, says("Change in worth, in pence", "Over its whole life; below nothing: less.")
    ] = None
    different_character: Annotated[
        bool | None, says("Character differs", "Materially, from the contract as it was made.")
    ] = None
    announced: Annotated[
        str | None, says("Notice published on", "The day the change was published.")
    ] = None


class ProviderSelection(Fact, frozen=True, kw_only=True):
    """How an authority chose who gives a health service."""

    kind = "provider-selection"
    plural = "provider selections"

    name: Annotated[str, says("Service", "What is to be provided.", min_length=1)]
    by: Annotated[str, refers_to("body", title="By", description="The authority that chooses.")]
    process: Annotated[
        Process | Literal["not stated"], says("Process", "How the provider was chosen.")
    ] = "not stated"
    why: Annotated[
        str | None, says("Why this process", "The authority’s own reason, in our words.")
    ] = None
    begun: Annotated[str | None, says("Begun", "The day the choosing began.")] = None
    circumstances: Annotated[
        Circumstances | None, says("Circumstances", "What settles which process is used.")
    ] = None
    held_considerable: Annotated[
        bool | None,
        says("Change held considerable", "What the authority held. Empty: not recorded."),
    ] = None
    considered: Annotated[
        tuple[Considered, ...] | None,
        says("Criteria", "Those of the five that were considered. Empty: nobody has looked."),
    ] = None
    meant: Annotated[
        str | None,
        says("Notice of the process", "The day the notice of choosing the most suitable was sent."),
    ] = None
    settled: Annotated[
        str | None,
        says("Likely providers settled", "The day the likely providers had been identified."),
    ] = None
    intended: Annotated[
        str | None, says("Notice of intention", "The day the intention to award was published.")
    ] = None
    representations: Annotated[
        tuple[Representation, ...], says("Representations", "What providers said against it.")
    ] = ()
    awarded: Annotated[str | None, says("Awarded", "The day of the award.")] = None
    contracted: Annotated[str | None, says("Contract made", "The day it was made.")] = None
    announced: Annotated[
        str | None, says("Notice of the award", "The day the award was published.")
    ] = None
    providers: Annotated[
        tuple[Annotated[str, refers_to("body", title="Provider", description="Chosen.")], ...],
        says("Providers", "Who was chosen."),
    ] = ()
    worth: Annotated[Sum | None, says("Worth", "Of the contract over its whole life.")] = None
    changes: Annotated[
        tuple[ContractChange, ...], says("Changes", "Of the contract, in order of day.")
    ] = ()
    decision: Annotated[
        str | None, refers_to("decision", title="Decided by", description="The decision to award.")
    ] = None
    fund: Annotated[
        str | None, refers_to("fund", title="Paid from", description="The fund that pays for it.")
    ] = None
    agreement: Annotated[
        str | None, refers_to("agreement", title="Under", description="What shares the money.")
    ] = None
    function: Annotated[
        str | None, refers_to("function", title="Function", description="What it carries out.")
    ] = None

    def sentence(self, name: Name) -> str:
        who = " and ".join(name(each) for each in self.providers)
        how = "" if self.process == "not stated" else f" ({self.process})"
        return f"{name(self.by)} chose {who or 'a provider'} for: {self.name}{how}."

    def faults(self) -> Iterator[str]:
        # A day that cannot be read is compared several times, but said once.
        yield from dict.fromkeys(self._every_fault())

    def _every_fault(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from self._days_out_of_order()
        if self.considered:
            named = [each.criterion for each in self.considered]
            for twice in sorted({each for each in named if named.count(each) > 1}):
                yield f"The criterion ‘{twice}’ is there twice. Say it once."
        if self.process not in WITH_STANDSTILL and self.representations:
            yield "Only after a notice of intention are there representations. Change the process."
        if self.process != "most suitable provider" and (self.meant or self.settled):
            yield "Only the most suitable provider is chosen with a first notice. Leave it empty."

    def _days_out_of_order(self) -> Iterator[str]:
        yield from out_of_order(
            ("It was begun", self.begun), ("The intention was published", self.intended),
            ("It was awarded", self.awarded), ("The contract was made", self.contracted),
        )  # fmt: skip
        yield from out_of_order(
            ("The contract was made", self.contracted),
            *(("It was changed", each.on) for each in self.changes),
        )
        for earlier, later in zip(self.changes, self.changes[1:], strict=False):
            yield from out_of_order(("It was changed", earlier.on), ("It was changed", later.on))
        for each in self.representations:
            yield from out_of_order(
                ("The intention was published", self.intended),
                ("A representation was received", each.received),
                ("The further decision was told", each.decided),
            )
            yield from out_of_order(
                ("A representation was received", each.received),
                ("The further decision was told", each.decided),
            )
