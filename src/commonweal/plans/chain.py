"""How one plan follows from another: which there are, whom each concerns, what opens a review."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from commonweal.areas.containment import touches
from commonweal.bodies.boards import NamedBody, bodies_by_type, serves
from commonweal.bodies.facts import Body
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.when import period

from .asking import Consultation
from .facts import Plan, PlanType, Review
from .items import PlanItem

type NamedPlan = tuple[str, Plan]

CHAIN: tuple[PlanType, ...] = (
    "joint strategic needs assessment", "joint local health and wellbeing strategy",
    "integrated care strategy", "joint forward plan", "joint capital plan", "annual report",
)  # fmt: skip
"""The kinds of plan that the law has follow from one another."""

ASSESSMENT, LOCAL, STRATEGY, FORWARD, CAPITAL, REPORT = CHAIN
WELLBEING, PARTNERSHIP = "health and wellbeing board", "integrated care partnership (statutory)"
HEALTHWATCH, BOARD = "local Healthwatch", "integrated care board"

_MADE = frozenset({"agreed", "published", "superseded"})


@remembered
def plans_by_type(snapshot: Snapshot) -> Mapping[str, list[NamedPlan]]:
    """Every plan on record on the day, by type, in the order of their identifiers."""
    found: dict[str, list[NamedPlan]] = {}
    for name, plan in sorted(snapshot.all(Plan).items()):
        found.setdefault(plan.type, []).append((name, plan))
    return found


def is_made(plan: Plan) -> bool:
    """Agreed or published: no longer a draft."""
    return plan.stage in _MADE or plan.published is not None


def made_on(plan: Plan) -> date | None:
    """The first day on which it was there to be used; None if no day is on record."""
    when = plan.published or plan.agreed or plan.prepared
    return period(when)[0] if when else None


def made(snapshot: Snapshot, kind: PlanType) -> Iterator[NamedPlan]:
    """The plans of a kind that are no drafts."""
    return (each for each in plans_by_type(snapshot).get(kind, ()) if is_made(each[1]))


@remembered
def _replaced(snapshot: Snapshot) -> frozenset[str]:
    """The plans that a later one, itself no draft, took the place of."""
    every = snapshot.all(Plan).values()
    return frozenset(each.replaces for each in every if each.replaces and is_made(each))


def is_current(snapshot: Snapshot, named: NamedPlan) -> bool:
    """Made, and not replaced by a plan that is made."""
    name, plan = named
    return is_made(plan) and plan.stage != "superseded" and name not in _replaced(snapshot)


def current(snapshot: Snapshot, kind: PlanType) -> Iterator[NamedPlan]:
    """The plans of a kind in use on the day."""
    return (each for each in plans_by_type(snapshot).get(kind, ()) if is_current(snapshot, each))


def areas_of(snapshot: Snapshot, plan: Plan) -> tuple[str, ...]:
    """The areas a plan is for: its own, or those of whoever owns or makes it."""
    if plan.areas:
        return plan.areas
    makers = (snapshot.get(each) for each in (plan.owner, *plan.authors) if each)
    found = (area for each in makers if isinstance(each, Body) for area in each.areas)
    return tuple(dict.fromkeys(found))


def concerned(snapshot: Snapshot, plan: Plan, kind: str) -> tuple[NamedBody, ...]:
    """The bodies of a type whose area shares land with a plan's, by what is on record."""
    areas = areas_of(snapshot, plan)
    found = bodies_by_type(snapshot).get(kind, ())
    return tuple(
        (name, body)
        for name, body in found
        if stands(body) and any(serves(snapshot, body, area) for area in areas)
    )


def share_land(snapshot: Snapshot, one: Plan, other: Plan) -> bool:
    """Whether two plans are for areas that share land."""
    theirs = areas_of(snapshot, other)
    return any(touches(snapshot, own, area) for own in areas_of(snapshot, one) for area in theirs)


def items_of(snapshot: Snapshot, plan: str) -> tuple[tuple[str, PlanItem], ...]:
    """What stands in a plan, in the order of its numbers."""
    found = ((n, i) for n, i in snapshot.referring(plan, PlanItem) if i.plan == plan)
    return tuple(sorted(found, key=lambda each: (_place(each[1].number), each[0])))


def _place(number: str) -> tuple[int, str]:
    digits = "".join(each for each in number if each.isdigit())
    return (int(digits) if digits else 0, number)


def consultations_on(snapshot: Snapshot, plan: str) -> tuple[tuple[str, Consultation], ...]:
    """Who was asked about one version of a plan, the first asked first."""
    found = ((n, c) for n, c in snapshot.referring(plan, Consultation) if c.plan == plan)
    return tuple(sorted(found, key=lambda each: (each[1].opens or "", each[0])))


def drafts_of(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """A plan and the drafts it came from, newest first: what it replaced while not yet made."""
    found = [name]
    plan = snapshot.get(name)
    while isinstance(plan, Plan) and plan.replaces and plan.replaces not in found:
        before = snapshot.get(plan.replaces)
        if not isinstance(before, Plan) or is_made(before) or before.type != plan.type:
            break
        found.append(plan.replaces)
        plan = before
    return tuple(found)


class OpenedReview(NamedTuple):
    """A plan that is to be looked at again, because of another that came after it.

    review  what the record holds of it; None if nothing
    """

    plan: str
    because_of: str
    on: date | None
    review: Review | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it on record."""
        return self.review is None or self.review.outcome == "not stated"


_OPENS: tuple[tuple[PlanType, PlanType], ...] = ((ASSESSMENT, STRATEGY), (STRATEGY, LOCAL))
"""A new plan of the first kind has the second looked at again."""


def opened_reviews(snapshot: Snapshot) -> Iterator[OpenedReview]:
    """The reviews that the law opens, settled or not, for plans in use.

    One is on record with the plan, or follows from dates: a newer needs assessment opens a review
    of the integrated care strategy, and a newer strategy one of each local strategy.
    """
    for cause, effect in _OPENS:
        newer = list(current(snapshot, cause))
        for name, plan in current(snapshot, effect):
            held = {each.because_of: each for each in plan.reviews}
            for other, because in newer:
                review = held.get(other)
                if review or (_later(because, plan) and share_land(snapshot, because, plan)):
                    yield OpenedReview(name, other, made_on(because), review)


def _later(one: Plan, other: Plan) -> bool:
    first, then = made_on(other), made_on(one)
    return first is not None and then is not None and then > first
