"""A Better Care Fund plan: for each health and wellbeing board and year, money in and money out.

The fields follow the published plans of 2016 to 2020; the template of today is behind a login and
has not been compared.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.authority.facts import pounds
from commonweal.record.facts import Fact, Name
from commonweal.record.identifiers import refers_to, says

from .sums import FinancialYear, Whole, year_faults


class FundingSource(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Money that comes into the plan."""

    name: Annotated[str, says("Source", "As the plan names it.", min_length=1)]
    type: Annotated[
        Literal[
            "NHS minimum", "disabled facilities grant", "improved better care fund",
            "discharge funding", "additional NHS", "additional council", "local authority grant",
        ],
        says("Kind of source", "Which of the funding lines."),
    ]  # fmt: skip
    pence: Annotated[int, says("Pence", "For the year.", ge=0)]
    payer: Annotated[str | None, refers_to("body", title="From", description="Who puts it in.")] = (
        None
    )


class PlannedScheme(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What the plan spends on one scheme out of one source."""

    name: Annotated[str, says("Scheme", "What it is called.", min_length=1)]
    type: Annotated[str, says("Type", "As the plan's list of types has it.")] = "not stated"
    source: Annotated[str, says("Paid from", "A source of the plan, by name.")]
    pence: Annotated[int, says("Pence", "For the year.", ge=0)]
    spent_on: Annotated[
        Literal["social care", "community health", "primary care", "mental health", "acute",
                "continuing care", "other", "not stated"],
        says("Area of spend", "What it buys."),
    ] = "not stated"  # fmt: skip
    commissioner: Annotated[
        Literal["NHS", "council", "joint", "not stated"], says("Commissioner", "Who buys it.")
    ] = "not stated"
    nhs_share: Annotated[Decimal | None, says("NHS share", "If joint, as a part of one.")] = None
    council_share: Annotated[
        Decimal | None, says("Council share", "If joint, as a part of one.")
    ] = None


class NationalCondition(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A condition of the fund, and whether the plan says it is met."""

    name: Annotated[str, says("Condition", "In a few words.", min_length=1)]
    met: Annotated[bool | None, says("Met", "Empty: not recorded.")] = None


class PlannedMetric(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What the plan aims at."""

    name: Annotated[str, says("Metric", "What is measured.", min_length=1)]
    target: Annotated[Decimal | None, says("Target", "Empty: not recorded.")] = None
    unit: Annotated[str, says("Unit", "What the number counts.")]


class BetterCarePlan(Fact, frozen=True, kw_only=True):
    """What a health and wellbeing board's area does with its Better Care Fund in a year."""

    kind = "better-care-plan"
    plural = "better care plans"

    board: Annotated[
        str, refers_to("body", title="Board", description="The health and wellbeing board.")
    ]
    year: Annotated[FinancialYear, says("Financial year", "For which year.")]
    agreement: Annotated[
        str | None,
        refers_to("agreement", title="Agreement", description="The section 75 agreement."),
    ] = None
    money_in: Annotated[tuple[FundingSource, ...], says("Money in", "By source.")] = ()
    schemes: Annotated[tuple[PlannedScheme, ...], says("Schemes", "Money out.")] = ()
    social_care_floor: Annotated[
        Whole | None, says("Least for social care, in pence", "Of the NHS minimum.")
    ] = None
    out_of_hospital_floor: Annotated[
        Whole | None, says("Least out of hospital, in pence", "Of the NHS minimum.")
    ] = None
    conditions: Annotated[
        tuple[NationalCondition, ...], says("Conditions", "The national conditions of the year.")
    ] = ()
    metrics: Annotated[tuple[PlannedMetric, ...], says("Metrics", "What it aims at.")] = ()

    def label(self, name: Name) -> str:
        return f"Better Care Fund plan of {name(self.board)}, {self.year}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)
        names = [each.name for each in self.money_in]
        if len(set(names)) < len(names):
            yield "Two sources of money have the same name."
        if strange := {each.source for each in self.schemes} - set(names):
            unknown = ", ".join(sorted(strange))
            yield f"Schemes are paid from {unknown}, which is not among the money in."


def left_over(plan: BetterCarePlan) -> dict[str, int]:
    """By source, what the plan has not spent; below nothing where it spends more than there is."""
    left = Counter({each.name: each.pence for each in plan.money_in})
    for scheme in plan.schemes:
        left[scheme.source] -= scheme.pence
    return dict(left)


def shares_that_do_not_add_up(plan: BetterCarePlan) -> list[PlannedScheme]:
    """Joint schemes whose two shares are stated and do not make one whole."""
    return [
        each
        for each in plan.schemes
        if each.commissioner == "joint"
        and each.nhs_share is not None and each.council_share is not None
        and each.nhs_share + each.council_share != 1
    ]  # fmt: skip


def floors(plan: BetterCarePlan) -> dict[str, tuple[int, int]]:
    """Each floor of the NHS minimum that is stated: what is spent towards it, and the floor."""
    minimum = {each.name for each in plan.money_in if each.type == "NHS minimum"}
    spent = [each for each in plan.schemes if each.source in minimum]
    social = sum(each.pence for each in spent if each.spent_on == "social care")
    outside = sum(
        each.pence
        for each in spent
        if each.spent_on not in {"acute", "not stated"} and each.commissioner in {"NHS", "joint"}
    )
    stated = {
        "social care": (social, plan.social_care_floor),
        "out of hospital": (outside, plan.out_of_hospital_floor),
    }
    return {name: (found, floor) for name, (found, floor) in stated.items() if floor is not None}


def misplanned(plan: BetterCarePlan) -> Iterator[str]:
    """What of a plan's money does not hold together, a sentence each."""
    for source, left in left_over(plan).items():
        if left > 0:
            yield f"{pounds(left)} of “{source}” is not planned."
        elif left < 0:
            yield f"“{source}” is planned beyond what there is by {pounds(-left)}."
    for scheme in shares_that_do_not_add_up(plan):
        yield f"The shares of “{scheme.name}” do not make one whole."
    for name, (spent, floor) in floors(plan).items():
        if spent < floor:
            yield f"{pounds(spent)} goes to {name}, {pounds(floor - spent)} below the floor."
