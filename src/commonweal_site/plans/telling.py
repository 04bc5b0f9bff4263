"""Plans in the words of a page."""

from collections.abc import Iterable

from commonweal.plans.asking import Consultation
from commonweal.plans.chain import NamedPlan, areas_of, is_made
from commonweal.plans.facts import Plan
from commonweal.plans.regarding import NamedRegard, State, state_of
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal_site.meetings.laid_out import Cell
from commonweal_site.record.presenting import Link, link_to, path_of
from commonweal_site.words import capital

BLANK = "Blank: nothing is on record"

UNSAID: dict[State, str] = {"blank": BLANK, "not asked": "Not asked"}
"""What stands in a cell without a note."""

STATES: dict[State, str] = {
    "taken up": "Taken up",
    "not taken up": "Set aside, with a reason",
    "blank": "Blank",
    "not asked": "Not asked",
}


def how_far(plan: Plan) -> str:
    """The stage of a plan and its day, in words."""
    dates = {"published": plan.published, "agreed": plan.agreed, "draft": plan.prepared}
    stage = "Stage not recorded" if plan.stage == "not stated" else capital(plan.stage)
    when = dates.get(plan.stage)
    if when is None and plan.stage in _AHEAD and plan.stated:
        return f"{stage}, as stated in {in_words(plan.stated)}"
    return f"{stage}, {in_words(when)}" if when else stage


_AHEAD = frozenset({"intended", "in preparation"})
"""Stages that say nothing of today: what came after may be on no source."""


def covers(plan: Plan) -> str | None:
    """The years a plan is for, in words."""
    if plan.period:
        return in_words(plan.period)
    return plan.year


def links_to(snapshot: Snapshot, names: Iterable[str]) -> tuple[Link, ...]:
    """Links to entities; none stand for nothing recorded."""
    return tuple(link_to(snapshot, each) for each in names)


def where(snapshot: Snapshot, plan: Plan) -> tuple[Link, ...]:
    """The areas a plan is for."""
    return links_to(snapshot, areas_of(snapshot, plan))


def whose(snapshot: Snapshot, plan: Plan) -> Cell:
    """Who answers for a plan."""
    if plan.owner:
        return link_to(snapshot, plan.owner)
    return plan.owner_printed or None


def plan_link(named: NamedPlan) -> Link:
    """A plan, by its name."""
    return Link(named[1].name, path_of(named[0]))


def note_in_words(note: NamedRegard) -> Link:
    """What a note of regard says, linked to it."""
    name, fact = note
    words = fact.how or fact.why_not
    said = f"{STATES[state_of(fact)]}: {words}" if words else BLANK
    return Link(said, path_of(name))


def is_open(asked: Consultation, snapshot: Snapshot) -> bool:
    """Whether anybody can still reply on the day."""
    if asked.closes is None or asked.answered:
        return False
    begun = asked.opens is None or period(asked.opens)[0] <= snapshot.as_at
    return begun and snapshot.as_at < period(asked.closes)[1]


def how_to(name: str, asked: Consultation) -> tuple[Link, ...]:
    """How to take part, and where to read on."""
    where = Link("More on this consultation", asked.address or path_of(name))
    return (Link(asked.how_to or "How to take part is not recorded"), where)


def reply(asked: Consultation) -> str:
    """What somebody answered, or that they did not."""
    if asked.answered is None:
        return "No answer is on record"
    opinion = "" if asked.opinion == "not stated" else f": {asked.opinion}"
    said = f". {asked.words}" if asked.words else ""
    return f"{in_words(asked.answered)}{opinion}{said}"


def between(asked: Consultation) -> str | None:
    """From when to when somebody was asked."""
    if asked.opens and asked.closes:
        return f"{in_words(asked.opens)} to {in_words(asked.closes)}"
    return in_words(asked.opens) if asked.opens else None


def state(plan: Plan, *, current: bool) -> str:
    """Whether a plan is in use, a draft, or replaced."""
    if current:
        return "In use"
    return "Replaced" if is_made(plan) else "Not yet made"
