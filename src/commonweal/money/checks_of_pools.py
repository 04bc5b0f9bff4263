"""Checks of pooled money: who was asked first, what was reported, whose it is, better care."""

from collections.abc import Iterator
from datetime import date

from commonweal.authority.facts import pounds
from commonweal.bodies.facts import Body
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period
from commonweal.record.wording import counted, listed
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from .better_care import BetterCarePlan
from .checks import pooled
from .funds import Agreement, Contribution, Fund
from .pence import rounded
from .reporting import reports_due
from .years import BetterCareRules, better_care_of


def _agreements(snapshot: Snapshot) -> Iterator[tuple[str, Agreement, tuple[str, ...]]]:
    """The agreements that pooled funds are held under, with those funds."""
    for name, funds in pooled(snapshot).items():
        agreement = snapshot.get(name)
        if isinstance(agreement, Agreement):
            yield name, agreement, tuple(funds)


@check("S75-02")
def those_affected_were_consulted(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("S75-02")
    for name, agreement, funds in _agreements(snapshot):
        more = {"sources": agreement.sources, "about": funds}
        if agreement.consulted is None:
            yield law.cannot_say(name, "Whether anybody was consulted is not on record.", **more)
        elif agreement.consulted:
            yield law.met(name, "Those affected were consulted before it was agreed.", **more)
        else:
            yield law.not_met(name, "It was agreed without consulting those affected.", **more)


@check("S75-07")
def pools_are_reported_on(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("S75-07")
    for name, agreement, funds in _agreements(snapshot):
        more = {"sources": agreement.sources, "about": funds}
        held = snapshot.held(name)
        if agreement.reports is None or held is None:
            because = "Whether its manager reported to the partners is not on record."
            yield law.cannot_say(name, because, **more)
            continue
        on = snapshot.as_at
        due = reports_due(agreement, held.first_day, on)
        late = [each for each in due if each.late_by(on)]
        untold = [each for each in due if each.working is None]
        if late:
            yield law.not_met(name, " ".join(each.in_words(on) for each in late), **more)
        elif untold:
            yield law.cannot_say(name, " ".join(each.in_words(on) for each in untold), **more)
        elif due:
            yield law.met(
                name, f"{counted(len(due), 'report')} asked for so far; none is late.", **more
            )


@check("DEL-05")
def no_council_pays_into_a_health_only_pool(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("DEL-05")
    for name, paid in snapshot.all(Contribution).items():
        fund = snapshot.get(paid.fund)
        agreement = snapshot.get(fund.agreement or "") if isinstance(fund, Fund) else None
        if not isinstance(agreement, Agreement) or not _health_only(snapshot, agreement):
            continue
        more = {"sources": paid.sources, "about": (paid.fund, paid.partner)}
        partner = snapshot.name(paid.partner)
        if _council(snapshot, paid.partner):
            much = f"{paid.sum.in_words()} of {partner}, a council," if paid.sum else partner
            because = f"{much} goes into a pool of health bodies only; it needs section 75."
            yield law.not_met(name, because, **more)
        else:
            yield law.met(name, f"{partner} is a health body.", **more)


def _health_only(snapshot: Snapshot, agreement: Agreement) -> bool:
    """Whether a pool is one that health bodies have among themselves."""
    councils = any(_council(snapshot, party) for party in agreement.parties)
    return "65Z6" in agreement.law or not councils


def _council(snapshot: Snapshot, name: str) -> bool:
    body = snapshot.get(name)
    return isinstance(body, Body) and body.type == "council"


# --- better care ---------------------------------------------------------------------------------


@check("MON-BCF-YEAR")
def better_care_plans_answer_their_years_conditions(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-BCF-YEAR")
    for name, plan in snapshot.all(BetterCarePlan).items():
        more = {"sources": plan.sources, "about": (plan.board,)}
        rules = better_care_of(period(plan.year)[0])
        if rules is None or not rules.conditions:
            because = f"What the fund asks of plans for {plan.year} is not on record."
            yield law.cannot_say(name, because, **more)
        elif not plan.conditions:
            yield law.cannot_say(name, "What the plan says of them is not on record.", **more)
        elif wrong := list(_unanswered(plan, rules)):
            yield law.not_met(name, " ".join(wrong), **more)
        elif silent := [each.name for each in plan.conditions if each.met is None]:
            because = f"Whether it meets “{'”, “'.join(silent)}” is not on record."
            yield law.cannot_say(name, because, **more)
        else:
            yield law.met(name, f"It answers all that is asked for {plan.year}.", **more)


def _unanswered(plan: BetterCarePlan, rules: BetterCareRules) -> Iterator[str]:
    said = {each.name: each.met for each in plan.conditions}
    if missing := [each for each in rules.conditions if each not in said]:
        yield f"It has not the condition “{'”, “'.join(missing)}”."
    if failed := [name for name, met in said.items() if met is False]:
        yield f"It does not meet “{'”, “'.join(failed)}”."
    metrics = {each.name for each in plan.metrics}
    if missing := [each for each in rules.metrics if each not in metrics]:
        yield f"It sets no “{'”, “'.join(missing)}”."


@check("MON-BCF-MIN")
def the_nhs_minimum_grows_as_set(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-BCF-MIN")
    plans = snapshot.all(BetterCarePlan)
    by_year = {(plan.board, period(plan.year)[0]): plan for plan in plans.values()}
    for name, plan in plans.items():
        first = period(plan.year)[0]
        before = by_year.get((plan.board, first.replace(year=first.year - 1)))
        more = {"sources": plan.sources, "about": (plan.board,)}
        rules, now = better_care_of(first), _minimum(plan)
        least = _grown(before, rules)
        if least is None or now is None:
            missing = _missing(before, rules, first)
            yield law.cannot_say(name, f"Not on record: {listed(missing)}.", **more)
        elif now >= least:
            yield law.met(name, f"{pounds(now)} is at least {pounds(least)}.", **more)
        else:
            because = f"{pounds(now)} is {pounds(least - now)} below the least, {pounds(least)}."
            yield law.not_met(name, because, **more)


def _minimum(plan: BetterCarePlan | None) -> int | None:
    found = [each.pence for each in plan.money_in if each.type == "NHS minimum"] if plan else []
    return sum(found) if found else None


def _grown(before: BetterCarePlan | None, rules: BetterCareRules | None) -> int | None:
    """The least of a year: that of the year before, and the uplift."""
    minimum = _minimum(before)
    if minimum is None or rules is None or rules.uplift is None:
        return None
    return rounded(minimum * (1 + rules.uplift))


def _missing(
    before: BetterCarePlan | None, rules: BetterCareRules | None, first: date
) -> Iterator[str]:
    if rules is None or rules.uplift is None:
        yield f"an uplift for {first.year}/{(first.year + 1) % 100:02}"
    if _minimum(before) is None:
        yield "the NHS minimum of the year before"
    elif rules and rules.uplift is not None:
        yield "the NHS minimum of the year"


@check("MON-BCF-POOL")
def better_care_money_is_pooled(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-BCF-POOL")
    for name, plan in snapshot.all(BetterCarePlan).items():
        agreement = snapshot.get(plan.agreement) if plan.agreement else None
        more = {"sources": plan.sources, "about": (plan.board,)}
        if not isinstance(agreement, Agreement):
            yield law.cannot_say(name, "Under which agreement it is held is not on record.", **more)
        elif "section 75" in agreement.law:
            yield law.met(name, f"It is held under “{agreement.name}”.", **more)
        else:
            because = f"“{agreement.name}” is made under {agreement.law}, not section 75."
            yield law.not_met(name, because, **more)
