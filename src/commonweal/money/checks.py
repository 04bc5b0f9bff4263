"""Checks of money: agreements, shares, tables that add up, control totals, better care plans."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import get_args

from commonweal.authority.facts import pounds
from commonweal.record.findings import Finding, Outcome
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period
from commonweal.record.wording import listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .allocations import ControlTotal, Offset
from .better_care import BetterCarePlan, floors, misplanned
from .budgets import Budget, Outlook, Reserve
from .casting import Fault
from .control_totals import faults
from .funds import Agreement, Contribution, Fund, Scheme, Term
from .gap import share_as_printed
from .pence import signed, split
from .statements import change_of, control_totals


def _say(law: Rule, outcome: Outcome) -> Callable[..., Finding]:
    return {"met": law.met, "not met": law.not_met, "cannot tell": law.cannot_say}[outcome]


def pooled(snapshot: Snapshot) -> dict[str, list[str]]:
    """The pooled funds under each agreement."""
    found: dict[str, list[str]] = {}
    for name, fund in snapshot.all(Fund).items():
        if fund.type == "pooled" and fund.agreement:
            found.setdefault(fund.agreement, []).append(name)
    return found


# --- pooled funds --------------------------------------------------------------------------------


@check("S75-05")
def an_agreement_has_its_seven_terms(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("S75-05")
    for name, funds in pooled(snapshot).items():
        agreement = snapshot.fact(name)
        if not isinstance(agreement, Agreement):
            continue
        more = {"sources": agreement.sources, "about": tuple(funds)}
        if agreement.terms is None:
            yield law.cannot_say(name, "Which terms it states is not on record.", **more)
            continue
        missing = [term for term in get_args(Term) if term not in agreement.terms]
        if missing:
            yield law.not_met(name, f"It does not state: {'; '.join(missing)}.", **more)
        else:
            yield law.met(name, "It states all seven.", **more)


@check("S75-06")
def a_pool_has_one_host(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("S75-06")
    for name, funds in pooled(snapshot).items():
        agreement = snapshot.fact(name)
        if isinstance(agreement, Agreement):
            outcome, because = _hosted(snapshot, agreement)
            more = {"sources": agreement.sources, "about": (*agreement.hosts, *funds)}
            yield _say(law, outcome)(name, because, **more)


def _hosted(snapshot: Snapshot, agreement: Agreement) -> tuple[Outcome, str]:
    hosts = listed(snapshot.name(host) for host in agreement.hosts)
    if not agreement.hosts:
        return "cannot tell", "Who hosts the pool is not on record."
    if len(agreement.hosts) > 1:
        return "not met", f"It names {len(agreement.hosts)} hosts: {hosts}."
    if agreement.pool_manager is None:
        return "cannot tell", f"{hosts} hosts it; its manager is not on record."
    return "met", f"{hosts} hosts it and has appointed a manager."


@check("MON-PARTNERS")
def those_who_pay_are_party_to_it(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-PARTNERS")
    for name, paid in snapshot.all(Contribution).items():
        fund = snapshot.get(paid.fund)
        if not isinstance(fund, Fund) or fund.type != "pooled":
            continue
        more = {"sources": paid.sources, "about": (paid.fund, paid.partner)}
        agreement = snapshot.get(fund.agreement) if fund.agreement else None
        partner = snapshot.name(paid.partner)
        if not isinstance(agreement, Agreement):
            yield law.cannot_say(name, "The pool's agreement is not on record.", **more)
        elif paid.partner in agreement.parties:
            yield law.met(name, f"{partner} is party to the agreement.", **more)
        else:
            because = f"{partner} pays into the pool and is not party to its agreement."
            yield law.not_met(name, because, **more)


@check("MON-SHARES")
def shares_make_one_whole(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-SHARES")
    paid: dict[str, dict[tuple[str | None, str], list[Contribution]]] = {}
    for each in snapshot.all(Contribution).values():
        if each.scheme is None:
            years = paid.setdefault(each.fund, {})
            years.setdefault((each.year, each.version), []).append(each)
    for fund, years in paid.items():
        held = snapshot.get(fund)
        for (year, version), found in sorted(years.items(), key=str):
            outcome, because = _whole(
                snapshot, held if isinstance(held, Fund) else None, year, found
            )
            when = f"{year}, {version}: " if year else ""
            about = tuple(each.partner for each in found)
            sources = tuple(source for each in found for source in each.sources)
            yield _say(law, outcome)(fund, f"{when}{because}", sources=sources, about=about)


def _whole(
    snapshot: Snapshot, fund: Fund | None, year: str | None, paid: list[Contribution]
) -> tuple[Outcome, str]:
    shares = [each.share for each in paid if each.share is not None]
    if len(shares) == len(paid) and sum(shares) != 1:
        return "not met", f"The shares make {sum(shares) * 100:f}%, not 100%."
    sums = [each.sum.pence for each in paid if each.sum]
    total = fund.total if fund and fund.year == year else None
    if len(sums) == len(paid) and total and total.exact and sum(sums) != total.pence:
        out = signed(sum(sums) - total.pence)
        return "not met", f"The sums make {pounds(sum(sums))}; the total differs by {out}."
    if len(shares) == len(paid):
        wrong = list(_off_their_share(snapshot, paid))
        return ("not met", " ".join(wrong)) if wrong else ("met", "The shares make 100%.")
    if len(sums) == len(paid) and total:
        return "met", f"The sums make the total, {total.in_words()}."
    return "cannot tell", "Not every partner's share, nor the total, is on record."


def _off_their_share(snapshot: Snapshot, paid: list[Contribution]) -> Iterator[str]:
    """Sums that are not their share of what all put in, where all are stated to the penny."""
    sums = [each.sum.pence for each in paid if each.sum and each.sum.exact]
    if len(sums) < len(paid):
        return
    shares = [each.share or Decimal(0) for each in paid]
    for each, stated, due in zip(paid, sums, split(sum(sums), shares), strict=True):
        if stated != due:
            share = f"{((each.share or Decimal(0)) * 100).normalize():f}%"
            partner = snapshot.name(each.partner)
            yield f"{partner} puts in {pounds(stated)}; {share} would be {pounds(due)}."


# --- tables --------------------------------------------------------------------------------------


@check("MON-CAST")
def budgets_add_up(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-CAST")
    for name, budget in snapshot.all(Budget).items():
        printed = {
            "spending": (budget.printed_spending, budget.spending),
            "income": (budget.printed_income, budget.income),
            "net": (budget.printed_net, budget.net),
        }
        tried = {
            what: (stated, made)
            for what, (stated, made) in printed.items()
            if stated is not None and made is not None
        }
        wrong = [
            Fault("The total", what, stated // 100, made // 100).in_words(" pounds")
            for what, (stated, made) in tried.items()
            if stated != made
        ]
        if wrong:
            yield law.not_met(name, " ".join(wrong), sources=budget.sources)
        elif tried:
            yield law.met(name, f"The lines make the {listed(tried)}.", sources=budget.sources)
        else:
            yield law.cannot_say(name, "No total is printed to try.", sources=budget.sources)


@check("MON-TIE")
def versions_are_explained(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-TIE")
    for name, later in snapshot.all(Budget).items():
        earlier = snapshot.get(later.replaces) if later.replaces else None
        if not isinstance(earlier, Budget) or later.version not in {"approved", "revised"}:
            continue
        if later.year != earlier.year or later.spending is None or earlier.spending is None:
            continue
        apart = later.spending - earlier.spending
        explained = sum(move.pence for move in later.moves)
        more = {"sources": later.sources, "about": (str(later.replaces),)}
        if apart == explained:
            yield law.met(name, f"It differs by {signed(apart)}, which is explained.", **more)
        else:
            because = (
                f"Spending differs from the version before by {signed(apart)}; "
                f"{signed(apart - explained)} of it is not explained."
            )
            yield law.not_met(name, because, **more)


@check("MON-RESERVE")
def reserves_roll_forward(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-RESERVE")
    for name, held in snapshot.all(Reserve).items():
        if held.opening is None or held.closing is None:
            yield law.cannot_say(name, "Its balances are not both on record.", sources=held.sources)
            continue
        fell = held.opening - held.closing
        if held.used is None:
            because = f"It falls by {signed(fell)}; what it was used for is not on record."
            yield law.cannot_say(name, because, sources=held.sources)
        elif held.used - (held.added or 0) == fell:
            because = f"It opened with {pounds(held.opening)} and closes with what is left."
            yield law.met(name, because, sources=held.sources)
        else:
            out = signed(held.used - (held.added or 0) - fell)
            because = f"What was used and added makes a closing balance that differs by {out}."
            yield law.not_met(name, because, sources=held.sources)


@check("MON-GAP")
def shares_fit_their_print(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-GAP")
    for name, outlook in snapshot.all(Outlook).items():
        printed = [each for each in outlook.years if each.share is not None]
        for year in printed:
            if outlook.base is None or year.share is None:
                because = f"{year.year}: the allocation it is a share of is not on record."
                yield law.cannot_say(name, because, sources=outlook.sources)
                continue
            half = (outlook.base.to_nearest or 0) // 2
            least, most = share_as_printed(year.gap.pence, outlook.base.pence, half)
            place = Decimal(1).scaleb(int(year.share.as_tuple().exponent)) / 2
            fits = least - place <= year.share <= most + place
            because = (
                f"{year.year}: {pounds(year.gap.pence)} is {least * 100:.2f}% to "
                f"{most * 100:.2f}% of {outlook.base.in_words()}; "
                f"{(year.share * 100).normalize():f}% is printed."
            )
            yield _say(law, "met" if fits else "not met")(name, because, sources=outlook.sources)


# --- control totals and better care plans --------------------------------------------------------


@check("MON-OFFSET")
def offsets_are_agreed(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-OFFSET")
    for name, offset in snapshot.all(Offset).items():
        system = name.partition("/")[0]
        totals = {
            fact.holder: fact.plan
            for own, fact in snapshot.all(ControlTotal).items()
            if own.partition("/")[0] == system and fact.year == offset.year
        }
        wrong = list(faults(change_of(offset), totals))
        for body in change_of(offset).by:
            wrong = [fault.replace(body, snapshot.name(body)) for fault in wrong]
        about = tuple(each.body for each in offset.moves)
        if wrong:
            yield law.not_met(name, " ".join(wrong), sources=offset.sources, about=about)
        else:
            because = "It nets to nothing, and all whom it moves agreed, with the regulator."
            yield law.met(name, because, sources=offset.sources, about=about)


@check("MON-CONTROL")
def control_totals_are_kept(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-CONTROL")
    found: dict[tuple[str, str], list[ControlTotal]] = {}
    for name, fact in snapshot.all(ControlTotal).items():
        found.setdefault((name.partition("/")[0], fact.year), []).append(fact)
    for (system, year), facts in sorted(found.items()):
        if snapshot.as_at < period(year)[1]:
            continue
        verdict = control_totals(snapshot, system, year).verdict
        sources = tuple(source for fact in facts for source in fact.sources)
        because = f"{year}: {verdict.because}"
        about = tuple(fact.holder for fact in facts)
        subject = f"{system}/area/system"
        yield _say(law, verdict.outcome)(subject, because, sources=sources, about=about)


@check("MON-BCF")
def better_care_money_is_planned(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-BCF")
    for name, plan in snapshot.all(BetterCarePlan).items():
        wrong = list(misplanned(plan))
        if wrong:
            yield law.not_met(name, " ".join(wrong), sources=plan.sources, about=(plan.board,))
        elif len(floors(plan)) < len(("social care", "out of hospital")):
            because = "All of it is planned; a floor of the NHS minimum is not on record."
            yield law.cannot_say(name, because, sources=plan.sources, about=(plan.board,))
        else:
            because = "All of it is planned, and the floors are met."
            yield law.met(name, because, sources=plan.sources, about=(plan.board,))


@check("MON-DECISION")
def schemes_rest_on_a_decision(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-DECISION")
    for name, scheme in snapshot.all(Scheme).items():
        more = {"sources": scheme.sources, "about": (scheme.fund,)}
        if scheme.decision is None:
            yield law.cannot_say(name, "No decision on record authorised it.", **more)
        else:
            because = f"It was authorised by “{snapshot.name(scheme.decision)}”."
            yield law.met(name, because, **more)
