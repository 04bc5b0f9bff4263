"""Checks of joint forward plans, capital plans and annual reports."""

from collections.abc import Iterator
from decimal import Decimal

from commonweal.bodies.boards import NamedBody, boards
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import counted
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .asking import Consultation
from .chain import (
    CAPITAL,
    FORWARD,
    PARTNERSHIP,
    REPORT,
    WELLBEING,
    NamedPlan,
    concerned,
    consultations_on,
    drafts_of,
    is_made,
    made,
    plans_by_type,
)
from .checks import asked, copies, every_consultation, is_published, people_asked, told, tried
from .content import deals_with, every_head
from .facts import Plan
from .years import covers_five_years, due_before, financial_year

_ENGLAND = "NHS England"
_FIRST = "2023/24"


# --- when -----------------------------------------------------------------------------------------


@check("JFP-01")
def plan_comes_before_its_year(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("JFP-01")
    for named in made(snapshot, FORWARD):
        if named[1].year:
            yield _in_time(law, named, named[1].year)
    year = financial_year(snapshot.as_at)
    if year >= _FIRST:
        yield from _without_plan(law, snapshot, year)


def _in_time(law: Rule, named: NamedPlan, year: str) -> Finding:
    name, plan = named
    more = {"sources": plan.sources}
    due = due_before(year)
    if plan.prepared is None:
        because = (
            f"When it was ready is not on record; the last day in time was {day_in_words(due)}."
        )
        return law.cannot_say(name, because, **more)
    if period(plan.prepared)[0] > due:
        because = f"It was ready on {in_words(plan.prepared)}, after {day_in_words(due)}."
        return law.not_met(name, because, **more)
    if plan.period is None:
        return law.cannot_say(name, "In time; which years it covers is not on record.", **more)
    if not covers_five_years(plan.period, year):
        because = (
            f"It covers {in_words(plan.period)}, which is not five years from April {year[:4]}."
        )
        return law.not_met(name, because, **more)
    return law.met(name, f"It was ready on {in_words(plan.prepared)}, for five years.", **more)


def _without_plan(law: Rule, snapshot: Snapshot, year: str) -> Iterator[Finding]:
    """Boards of whom the plan for the year of the day is not on record."""
    having = {
        who
        for _, plan in made(snapshot, FORWARD)
        if plan.year == year
        for who in (plan.owner, *plan.authors)
    }
    for name, board in boards(snapshot):
        if name not in having:
            because = f"Its forward plan for {year} is not on record."
            yield law.cannot_say(name, because, sources=board.sources)


@check("JFP-14", over=tried("JFP-14", FORWARD))
def first_plan_is_published_by_june(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    del snapshot
    law = rule("JFP-14")
    name, plan = named
    if plan.year != _FIRST:
        return
    if plan.published is None:
        yield law.cannot_say(name, "When it was published is not on record.", sources=plan.sources)
        return
    found = law.met if period(plan.published)[0] < period("2023-07")[0] else law.not_met
    yield found(name, f"It was published on {in_words(plan.published)}.", sources=plan.sources)


# --- what it holds --------------------------------------------------------------------------------


@check("JFP-02", over=tried("JFP-02", FORWARD))
def plan_holds_what_it_must(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    del snapshot
    heads = deals_with(named[1])
    wanted = {each.name: there for each, there in heads.items() if each.rule == "JFP-02"}
    duties = {there for each, there in heads.items() if each.rule.startswith("DUT-")}
    how = False if False in duties else None if None in duties else True
    yield told(rule("JFP-02"), named, {**wanted, "How the duties will be met": how})


@check("REP-01", over=tried("REP-01", REPORT))
def report_holds_what_it_must(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    del snapshot
    heads = deals_with(named[1]).items()
    yield told(rule("REP-01"), named, {each.name: there for each, there in heads})


def _duty(number: str) -> None:
    """Register the check of one duty: whether plans and reports that must tell of it do."""

    @check(number)
    def duty_is_told(snapshot: Snapshot) -> Iterator[Finding]:
        law = rule(number)
        for kind in (FORWARD, REPORT):
            for named in tried(number, kind)(snapshot):
                found = {
                    a.name: there for a, there in deals_with(named[1]).items() if a.rule == number
                }
                if found:
                    yield told(law, named, found)


for _number in sorted({each.rule for each in every_head() if each.rule.startswith("DUT-")}):
    _duty(_number)


# --- with whom ------------------------------------------------------------------------------------


@check("JFP-07", over=tried("JFP-07", FORWARD))
def people_and_boards_are_asked(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    wanted = asked(snapshot, named, _boards(snapshot, named[1]))
    yield told(rule("JFP-07"), named, {**wanted, "the public": people_asked(snapshot, named)})


def _boards(snapshot: Snapshot, plan: Plan) -> tuple[NamedBody, ...]:
    """The relevant health and wellbeing boards: those whose area shares land with the plan's."""
    return concerned(snapshot, plan, WELLBEING)


@check("JFP-08", over=tried("JFP-08", FORWARD))
def each_board_gets_the_draft(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    found = every_consultation(snapshot, named[0])
    wanted: dict[str, bool | None] = {}
    for what, there in asked(snapshot, named, _boards(snapshot, named[1])).items():
        wanted[f"the draft sent to {what}"] = there
    for name, board in _boards(snapshot, named[1]):
        about = [each for each in found if each.who == name]
        if about:
            named_strategy = any(each.strategies for each in about)
            wanted[f"the strategy that {board.name} was asked about"] = named_strategy or None
    yield told(rule("JFP-08"), named, wanted)


@check("JFP-09", over=tried("JFP-09", FORWARD))
def each_board_gives_its_opinion(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    found = every_consultation(snapshot, named[0])
    wanted: dict[str, bool | None] = {}
    for name, board in _boards(snapshot, named[1]):
        replies = [each for each in found if each.who == name]
        if replies:
            last = replies[-1]
            given = last.answered is not None and last.opinion != "no opinion given"
            wanted[f"the opinion of {board.name}"] = given or _refused(last)
            if last.told_england:
                wanted[f"word from {board.name} that it told {_ENGLAND}"] = bool(last.told_authors)
    yield told(rule("JFP-09"), named, wanted)


def _refused(reply: Consultation) -> bool | None:
    """Known to be missing if the board said that it gives none."""
    return False if reply.opinion == "no opinion given" else None


@check("JFP-10")
def new_draft_goes_back(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("JFP-10")
    for named in plans_by_type(snapshot).get(FORWARD, ()):
        for draft in drafts_of(snapshot, named[0]):
            after = {c.led_to for _, c in consultations_on(snapshot, draft) if c.led_to == named[0]}
            if after:
                yield _asked_again(law, snapshot, named, draft)


def _asked_again(law: Rule, snapshot: Snapshot, named: NamedPlan, draft: str) -> Finding:
    """Whether the boards asked about one draft were asked about the next."""
    before = [each for _, each in consultations_on(snapshot, draft) if each.type == WELLBEING]
    again = {each.who for _, each in consultations_on(snapshot, named[0])}
    silent = False if again or is_made(named[1]) else None
    who = dict.fromkeys(each.who for each in before if each.who)
    wanted = {
        f"the new draft sent to {snapshot.name(each)}": each in again or silent for each in who
    }
    return told(law, named, wanted)


@check("JFP-11", over=tried("JFP-11", FORWARD))
def plan_tells_views(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    plan = named[1]
    heads = {each.name: there for each, there in deals_with(plan).items() if each.rule == "JFP-11"}
    answered = [bool(each.answered) for each in plan.views]
    if answered:
        heads["an answer to each view on record"] = all(answered)
    boards_asked = {
        each.who for each in every_consultation(snapshot, named[0]) if each.type == WELLBEING
    }
    also = f" {counted(len(boards_asked), 'board').capitalize()} on record as asked."
    yield told(rule("JFP-11"), named, heads, also=also)


@check("JFP-12", over=tried("JFP-12", FORWARD))
def opinion_on_published_plan_is_copied(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    name, plan = named
    after = [
        each
        for _, each in consultations_on(snapshot, name)
        if each.told_england and plan.published
        and period(each.told_england)[0] >= period(plan.published)[0]
    ]  # fmt: skip
    if after:
        wanted = {
            f"the copy from {each.who_printed or snapshot.name(each.who or name)}": bool(
                each.told_authors
            )
            for each in after
        }
        yield told(rule("JFP-12"), named, wanted)


@check("REP-02", over=tried("REP-02", REPORT))
def boards_are_asked_on_the_report(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    yield told(rule("REP-02"), named, asked(snapshot, named, _boards(snapshot, named[1])))


# --- published, copied, changed -------------------------------------------------------------------


def _handed_on(snapshot: Snapshot, named: NamedPlan) -> dict[str, bool | None]:
    plan = named[1]
    wanted = (*concerned(snapshot, plan, PARTNERSHIP), *_boards(snapshot, plan))
    given = {snapshot.name(each.to) for each in plan.copies}
    england = _ENGLAND in given or (False if given else None)
    return {
        "publication": is_published(plan),
        **copies(plan, wanted),
        f"a copy to {_ENGLAND}": england,
    }


@check("JFP-03", over=tried("JFP-03", FORWARD))
def forward_plan_is_handed_on(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    yield told(rule("JFP-03"), named, _handed_on(snapshot, named))


@check("CAP-01", over=tried("CAP-01", CAPITAL))
def capital_plan_is_handed_on(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    plan = named[1]
    wanted = _handed_on(snapshot, named)
    if plan.year:
        ready = period(plan.prepared)[0] <= due_before(plan.year) if plan.prepared else None
        wanted = {f"a plan ready by {day_in_words(due_before(plan.year))}": ready, **wanted}
    yield told(rule("CAP-01"), named, wanted)


@check("REP-04", over=tried("REP-04", REPORT))
def report_is_handed_on(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    plan = named[1]
    given = {snapshot.name(each.to) for each in plan.copies}
    england = _ENGLAND in given or (False if given else None)
    wanted = {"publication": is_published(plan), f"a copy to {_ENGLAND}": england}
    yield told(rule("REP-04"), named, wanted)


@check("JFP-13")
def forward_plan_is_changed_as_asked(snapshot: Snapshot) -> Iterator[Finding]:
    for named in _revisions(snapshot, "JFP-13", FORWARD):
        wanted = _handed_on(snapshot, named)
        if named[1].significant:
            wanted |= asked(snapshot, named, _boards(snapshot, named[1]))
        yield _changed(rule("JFP-13"), named, wanted)


@check("CAP-03")
def capital_plan_is_changed_as_asked(snapshot: Snapshot) -> Iterator[Finding]:
    for named in _revisions(snapshot, "CAP-03", CAPITAL):
        yield _changed(rule("CAP-03"), named, _handed_on(snapshot, named))


def _revisions(snapshot: Snapshot, number: str, kind: str) -> Iterator[NamedPlan]:
    """The plans that changed one already made, for the same year."""
    for name, plan in tried(number, "joint forward plan" if kind == FORWARD else CAPITAL)(snapshot):
        before = snapshot.get(plan.replaces) if plan.replaces else None
        if isinstance(before, Plan) and is_made(before) and before.year == plan.year:
            yield name, plan


def _changed(law: Rule, named: NamedPlan, wanted: dict[str, bool | None]) -> Finding:
    name, plan = named
    if plan.significant is None:
        because = "Whether the change is significant, as its authors judged, is not on record."
        return law.cannot_say(name, because, sources=plan.sources)
    if plan.significant:
        return told(law, named, wanted)
    return told(law, named, {"publication of the changes": is_published(plan)})


# --- money ----------------------------------------------------------------------------------------


@check("REP-03", over=tried("REP-03", REPORT))
def report_tells_mental_health(snapshot: Snapshot, named: NamedPlan) -> Iterator[Finding]:
    del snapshot
    plan = named[1]
    share = share_on_mental_health(plan)
    wanted = {
        "what was spent on mental health": plan.mental_health is not None or None,
        "what was spent in all": plan.spent is not None or None,
        "an explanation": bool(plan.explained) or None,
    }
    also = f" The share is {share:.1%}." if share is not None else ""
    yield told(rule("REP-03"), named, wanted, also=also)


def share_on_mental_health(plan: Plan) -> Decimal | None:
    """What was spent on mental health as a share of all spending, from 0 to 1, if both are told."""
    if plan.mental_health is None or not plan.spent:
        return None
    return Decimal(plan.mental_health) / Decimal(plan.spent)
