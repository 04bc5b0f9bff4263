"""Checks of assessments and strategies: who made them, from what, with whom, and who was told."""

from collections.abc import Callable, Iterator, Mapping

from commonweal.bodies.boards import NamedBody
from commonweal.bodies.checks.partnerships import councils_of, partnerships, wellbeing_boards
from commonweal.bodies.facts import QuorumRule
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import sources_of, stands
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import counted, listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .asking import Consultation
from .chain import (
    ASSESSMENT,
    BOARD,
    HEALTHWATCH,
    LOCAL,
    PARTNERSHIP,
    STRATEGY,
    WELLBEING,
    NamedPlan,
    OpenedReview,
    concerned,
    consultations_on,
    drafts_of,
    items_of,
    made,
    made_on,
    opened_reviews,
    plans_by_type,
    share_land,
)
from .facts import Plan, PlanType

type Wanted = Mapping[str, bool | None]
"""What is looked for, in words: there, not there, or None for not on record."""


def told(law: Rule, named: NamedPlan, wanted: Wanted, *, also: str = "") -> Finding:
    """One finding on everything that a rule looks for: not met if something is known to lack."""
    name, plan = named
    lacking = [what for what, there in wanted.items() if there is False]
    unknown = [what for what, there in wanted.items() if there is None]
    if lacking:
        return law.not_met(name, f"Not done, by the record: {listed(lacking)}.{also}", **_of(plan))
    if unknown or not wanted:
        because = (
            f"Not on record: {listed(unknown)}." if wanted else "Nobody it asks about is known."
        )
        return law.cannot_say(name, f"{because}{also}", **_of(plan))
    return law.met(name, f"On record: {listed(wanted)}.{also}", **_of(plan))


def _of(plan: Plan) -> dict[str, tuple[object, ...]]:
    return {"sources": plan.sources}


def tried(number: str, kind: PlanType) -> Callable[[Snapshot], Iterator[NamedPlan]]:
    """The plans of a kind that a rule is tried on: made, and not before it was in force."""
    law = rule(number)

    def over(snapshot: Snapshot) -> Iterator[NamedPlan]:
        for name, plan in made(snapshot, kind):
            day = made_on(plan)
            if day is None or law.in_force(day):
                yield name, plan

    return over


def is_published(plan: Plan) -> bool | None:
    """Whether a plan is on record as published; None where the record is silent."""
    return True if plan.published or plan.stage == "published" else None


def copies(plan: Plan, wanted: tuple[NamedBody, ...]) -> dict[str, bool | None]:
    """Whether each body was given a copy. With some on record, the list is taken as whole."""
    given = {each.to for each in plan.copies}
    silent = False if given & {name for name, _ in wanted} else None
    return {f"a copy to {body.name}": name in given or silent for name, body in wanted}


def asked(
    snapshot: Snapshot, named: NamedPlan, wanted: tuple[NamedBody, ...]
) -> dict[str, bool | None]:
    """Whether each body was asked about a plan or a draft of it; with some, the list is whole."""
    who = {each.who for each in every_consultation(snapshot, named[0])}
    silent = False if who & {name for name, _ in wanted} else None
    return {body.name: name in who or silent for name, body in wanted}


def every_consultation(snapshot: Snapshot, name: str) -> list[Consultation]:
    """Who was asked about a plan and the drafts that it came from, the first draft first."""
    drafts = drafts_of(snapshot, name)
    return [each for draft in reversed(drafts) for _, each in consultations_on(snapshot, draft)]


def people_asked(snapshot: Snapshot, named: NamedPlan) -> bool | None:
    """Whether the public was asked about a plan or a draft of it."""
    found = every_consultation(snapshot, named[0])
    return True if any(each.type == "public" for each in found) else None


# --- needs assessments ----------------------------------------------------------------------------


@check("PLN-JSNA-01", over=wellbeing_boards)
def each_board_has_an_assessment(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("PLN-JSNA-01")
    name, body = board
    found = [
        each
        for each in made(snapshot, ASSESSMENT)
        if board in concerned(snapshot, each[1], WELLBEING)
    ]
    if not found:
        yield law.cannot_say(name, "No needs assessment is on record.", sources=body.sources)
        return
    plan = found[-1][1]
    about = tuple(each for each, _ in found)
    yield law.met(name, f"{plan.name} is on record.", sources=plan.sources, about=about)


@check("PLN-JSNA-02", over=tried("PLN-JSNA-02", ASSESSMENT))
def partnerships_get_the_assessment(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    wanted = copies(named[1], concerned(snapshot, named[1], PARTNERSHIP))
    yield told(rule("PLN-JSNA-02"), named, wanted)


@check("HWB-11")
def wellbeing_boards_make_local_plans(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("HWB-11")
    boards = {name for name, _ in wellbeing_boards(snapshot)}
    for kind in (ASSESSMENT, LOCAL):
        for name, plan in tried("HWB-11", kind)(snapshot):
            makers = {plan.owner, *plan.authors} - {None}
            more = {"sources": plan.sources, "about": tuple(sorted(m for m in makers if m))}
            if makers & boards:
                yield law.met(name, "A health and wellbeing board made it.", **more)
            elif makers:
                yield law.not_met(
                    name, "No health and wellbeing board is among its makers.", **more
                )
            else:
                yield law.cannot_say(name, "Who made it is not on record.", **more)


# --- the integrated care strategy -----------------------------------------------------------------


@check("ICP-03", over=partnerships)
def partnership_has_its_procedure(snapshot: Snapshot, body: NamedBody) -> Iterator[Finding]:
    law = rule("ICP-03")
    rules = [
        r for _, r in snapshot.referring(body[0], QuorumRule) if r.body == body[0] and stands(r)
    ]
    if rules:
        yield law.met(body[0], "Its quorum is on record.", sources=sources_of(*rules))
    else:
        yield law.cannot_say(body[0], "Its quorum is not on record.", sources=body[1].sources)


@check("ICS-01", over=tried("ICS-01", STRATEGY))
def strategy_answers_the_needs(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    law = rule("ICS-01")
    name, plan = named
    needs = dict(needs_of_the_area(snapshot, plan))
    answered = {need for _, item in items_of(snapshot, name) for need in item.answers}
    lacking = [item for need, item in needs.items() if need not in answered]
    more = {"sources": plan.sources, "about": tuple(needs)}
    if not needs:
        yield law.cannot_say(name, "No need of a needs assessment is on record.", **more)
    elif not answered:
        yield law.cannot_say(name, "Which needs it answers is not on record.", **more)
    elif lacking:
        because = (
            f"{counted(len(lacking), 'need')} of {len(needs)} not answered: {listed(lacking)}."
        )
        yield law.not_met(name, because[:1].upper() + because[1:], **more)
    else:
        yield law.met(name, f"It answers each of {counted(len(needs), 'need')}.", **more)


def needs_of_the_area(snapshot: Snapshot, plan: Plan) -> Iterator[tuple[str, str]]:
    """The needs found in the assessments of a plan's area that were there when it was made."""
    day = made_on(plan)
    for own, assessment in made(snapshot, ASSESSMENT):
        first = made_on(assessment)
        there = first is None or day is None or first <= day
        if there and assessment.stage != "superseded" and share_land(snapshot, assessment, plan):
            yield from ((n, i.name) for n, i in items_of(snapshot, own) if i.type == "need")


@check("ICS-02", over=tried("ICS-02", STRATEGY))
def strategy_considers_pooling(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    del snapshot
    yield told(
        rule("ICS-02"),
        named,
        {"what was considered on shared budgets": bool(named[1].pooling) or None},
    )


@check("ICS-03", over=tried("ICS-03", STRATEGY))
def strategy_names_guidance(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    yield _guidance(rule("ICS-03"), snapshot, named)


def _guidance(law: Rule, snapshot: Snapshot, named: NamedPlan) -> Finding:
    names = [snapshot.name(each) for each in named[1].guidance]
    return told(
        law, named, dict.fromkeys(names, True) or {"the guidance that was borne in mind": None}
    )


@check("CAP-02", over=tried("CAP-02", "joint capital plan"))
def capital_plan_names_guidance(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    yield _guidance(rule("CAP-02"), snapshot, named)


@check("ICS-04", over=tried("ICS-04", STRATEGY))
def strategy_involves_people(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    yield told(rule("ICS-04"), named, _involved(snapshot, named))


def _involved(snapshot: Snapshot, named: NamedPlan) -> dict[str, bool | None]:
    watchers = concerned(snapshot, named[1], HEALTHWATCH)
    return {**asked(snapshot, named, watchers), "the public": people_asked(snapshot, named)}


@check("ICS-05")
def new_assessment_opens_a_review(snapshot: Snapshot) -> Iterator[Finding]:
    yield from _reviews(rule("ICS-05"), snapshot, STRATEGY)


@check("JLH-01")
def new_strategy_opens_a_local_review(snapshot: Snapshot) -> Iterator[Finding]:
    yield from _reviews(rule("JLH-01"), snapshot, LOCAL)


def _reviews(law: Rule, snapshot: Snapshot, kind: PlanType) -> Iterator[Finding]:
    plans = dict(plans_by_type(snapshot).get(kind, ()))
    for each in opened_reviews(snapshot):
        if each.plan in plans and (each.on is None or law.in_force(each.on)):
            yield _reviewed(law, snapshot, each, plans[each.plan])


def _reviewed(law: Rule, snapshot: Snapshot, opened: OpenedReview, plan: Plan) -> Finding:
    more = {"sources": plan.sources, "about": (opened.because_of,)}
    cause = snapshot.name(opened.because_of)
    if opened.is_open:
        since = f" came on {day_in_words(opened.on)}" if opened.on else " came"
        because = f"“{cause}”{since}; what was made of it is not on record: the review is open."
        return law.cannot_say(opened.plan, because, **more)
    outcome = (
        "it is to be revised"
        if opened.review and opened.review.outcome == "revise"
        else "it is enough"
    )
    when = f" on {in_words(opened.review.on)}" if opened.review and opened.review.on else ""
    return law.met(opened.plan, f"“{cause}” was considered{when}: {outcome}.", **more)


@check("ICS-06", over=tried("ICS-06", STRATEGY))
def strategy_is_handed_on(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    plan = named[1]
    owners = [each for each in partnerships(snapshot) if each[0] in {plan.owner, *plan.authors}]
    councils = tuple(dict.fromkeys(c for _, body in owners for c in councils_of(snapshot, body)))
    boards = concerned(snapshot, plan, BOARD)
    wanted = {"publication": is_published(plan), **copies(plan, (*councils, *boards))}
    yield told(rule("ICS-06"), named, wanted)


@check("ICS-07", over=tried("ICS-06", STRATEGY))
def first_strategy_in_time(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    del snapshot
    law = rule("ICS-07")
    name, plan = named
    day = made_on(plan)
    if day is None:
        yield law.cannot_say(name, "When it was made is not on record.", sources=plan.sources)
        return
    if law.ends is not None and day >= law.ends:
        return
    found = law.met if day < period("2023")[0] else law.not_met
    yield found(name, f"It was there on {day_in_words(day)}.", sources=plan.sources)


# --- local strategies -----------------------------------------------------------------------------


@check("JLH-02", over=tried("JLH-02", LOCAL))
def local_strategy_is_made_as_asked(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    plan = named[1]
    upstream = {snapshot.get(each.plan) for each in plan.builds_on}
    regards = any(isinstance(each, Plan) and each.type == STRATEGY for each in upstream)
    wanted = {
        "regard to the integrated care strategy": regards or None,
        "the guidance borne in mind": bool(plan.guidance) or None,
        "what was considered on shared budgets": bool(plan.pooling) or None,
        **_involved(snapshot, named),
        "publication": is_published(plan),
    }
    yield told(rule("JLH-02"), named, wanted)
