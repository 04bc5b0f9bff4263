"""Control totals: what organisations promised to end a year with, and changes that net to nought.

A surplus is above nothing and a deficit below it. Plan, change and actual are three columns; none
overwrites another.

Sources. Long-term plan guidance of 2018 for the system's total and net-neutral changes; NHS
England's finance business rules for what binds whom (from 1 April 2023 the system; from 1 April
2026 each organisation).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from commonweal.record.findings import Outcome
from commonweal.record.wording import listed

from .pence import BadMoney, signed

Regime = Literal["system total", "each organisation"]


class Rules(NamedTuple):
    """What a control total binds over some financial years; half-open."""

    regime: Regime
    from_day: date
    to_day: date
    source: str


RULES = (
    Rules(
        "system total", date(2018, 4, 1), date(2026, 4, 1),
        "NHS planning guidance for 2018/19; NHS finance business rules from 1 April 2023",
    ),
    Rules(
        "each organisation", date(2026, 4, 1), date(9999, 12, 31),
        "NHS finance business rules from 1 April 2026",
    ),
)  # fmt: skip


def rules_of(first_day: date) -> Rules:
    """The rules for the financial year that begins on a day.

    raises  BadMoney if no rules are on record for it
    """
    for rules in RULES:
        if rules.from_day <= first_day < rules.to_day:
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
