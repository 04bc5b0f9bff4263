"""Control totals: what organisations promised to end a year with, and changes that net to nought.

A surplus is above nothing and a deficit below it. Plan, change and actual are three columns; none
overwrites another. Whom a total binds changes by year: `by_year/control-totals.yaml`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from commonweal.record.findings import Outcome
from commonweal.record.when import period
from commonweal.record.wording import listed

from .pence import BadMoney, signed
from .years import Regime, Rules, control_total_rules


def rules_of(first_day: date, book: Sequence[Rules] | None = None) -> Rules:
    """The rules for the financial year that begins on a day.

    book    the rules to choose from; the shipped ones, if none are given
    raises  BadMoney if no rules are on record for it
    """
    for rules in control_total_rules() if book is None else book:
        if rules.holds(first_day):
            return rules
    raise BadMoney(f"No control-total rules are on record for a year beginning {first_day}.")


class Change(NamedTuple):
    """A change in the year between organisations.

    by         what each organisation's total moves by, in pence
    agreed_by  organisations that agreed to it
    regulator  whether the regulator agreed; None: not recorded
    """

    by: Mapping[str, int]
    agreed_by: frozenset[str]
    regulator: bool | None = None


def faults(change: Change, totals: Mapping[str, int]) -> Iterator[str]:
    """Why a change may not be made: it nets to nought, and all whom it moves agree."""
    if strangers := sorted(set(change.by) - set(totals)):
        yield f"{listed(strangers)} {_has(strangers)} no control total to change."
    if left := sum(change.by.values()):
        yield f"The changes come to {signed(left)}; together they must come to nothing."
    moved = {name for name, pence in change.by.items() if pence}
    if missing := sorted(moved - change.agreed_by):
        yield f"{listed(missing)} {_has(missing)} not agreed to it."
    if change.regulator is not True:
        told = "refused it" if change.regulator is False else "is not recorded as agreeing to it"
        yield f"The regulator {told}."


def _has(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"


def changed(totals: Mapping[str, int], changes: Iterable[Change]) -> dict[str, int]:
    """Each organisation's total after changes that were rightly made.

    raises  BadMoney, naming every fault of the first change that is not
    """
    now = dict(totals)
    for change in changes:
        if wrong := list(faults(change, totals)):
            raise BadMoney("\n".join(wrong))
        for name, pence in change.by.items():
            now[name] += pence
    return now


class Standing(NamedTuple):
    """One organisation: its total as planned, as changed, and what it came to (None: unknown)."""

    name: str
    plan: int
    changed: int
    actual: int | None

    @property
    def against(self) -> int | None:
        """Better (above nothing) or worse than the changed total."""
        return None if self.actual is None else self.actual - self.changed


class Verdict(NamedTuple):
    """Whether a control total was kept."""

    outcome: Outcome
    because: str


def kept(standings: Iterable[Standing], regime: Regime) -> Verdict:
    """Whether the year's rule was kept, by the system as one or by each organisation.

    Under `system total` the organisations' actuals together must reach their totals together.
    Under `each organisation` none may end below nothing.
    """
    standings = list(standings)
    unknown = sorted(each.name for each in standings if each.actual is None)
    if regime == "each organisation":
        short = sorted(e.name for e in standings if e.actual is not None and e.actual < 0)
        if short:
            return Verdict("not met", f"In deficit: {listed(short)}.")
        if unknown:
            return Verdict("cannot tell", f"No result is recorded for {listed(unknown)}.")
        return Verdict("met", "No organisation ended in deficit.")
    if unknown:
        return Verdict("cannot tell", f"No result is recorded for {listed(unknown)}.")
    planned = sum(each.changed for each in standings)
    actual = sum(each.actual or 0 for each in standings)
    told = f"The system came to {signed(actual)} against {signed(planned)}."
    return Verdict("met" if actual >= planned else "not met", told)


class Tested(NamedTuple):
    """One year of a plan, held against the rule of that year."""

    year: str
    rules: Rules
    verdict: Verdict


def as_planned(
    plan: Mapping[str, Iterable[Standing]], book: Sequence[Rules] | None = None
) -> tuple[Tested, ...]:
    """Whether each year's rule would be kept if the years came out as planned.

    A plan that spans a change of rules is so tested under both.

    plan    each financial year with its organisations
    raises  BadMoney if no rules are on record for a year
    """
    found: list[Tested] = []
    for year, standings in sorted(plan.items()):
        rules = rules_of(period(year)[0], book)
        came = [each._replace(actual=each.changed) for each in standings]
        found.append(Tested(year, rules, kept(came, rules.regime)))
    return tuple(found)
