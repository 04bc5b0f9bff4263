"""What is planned to meet demand, beside what activity would take: beds, spaces, staff and money.

A plan is stated year by year up to its last year. What is not planned is not known, never nought.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from commonweal.demand import capacity
from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import Outlook
from commonweal.demand.gap import Gap, UnitCost, gap
from commonweal.demand.ranges import Floats
from commonweal.statute.shipped import parsed


class Amount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So much from a year on, up to and including the last year of the plan."""

    called: str
    planned: Mapping[int, float]
    last: int

    def of(self, year: int) -> float | None:
        """What is planned for a year; none before the first and after the last of the plan."""
        stated = [first for first in self.planned if first <= year]
        return self.planned[max(stated)] if stated and year <= self.last else None


class Beds(Amount, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Beds, by how full they are to be and by how often they are to be enough.

    occupancy  share of beds that are full on average
    level      share of days on which they are enough: another thing than occupancy
    """

    activity: str
    occupancy: float
    level: float


class Spaces(Amount, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Spaces for attendances. Fields as of `capacity.spaces`."""

    activity: str
    minutes: float
    hours: float
    weeks: float
    used: float


class Sessions(Amount, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sessions a week. Fields as of `capacity.sessions`."""

    activity: str
    each: float
    weeks: float
    used: float


class Contacts(Amount, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Staff for contacts: what one makes in a day, and the days that one works in a year."""

    activity: str
    daily: float
    days: float


class Nursing(Amount, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Staff for beds. Fields as of `capacity.care_hours` and `capacity.staff`."""

    each_day: float
    weekly: float
    away: float


class Money(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What activity costs and what there is for it, in pence of the base year.

    cost_growth, allocation_growth  each year on the year before: 0.031 is 3.1% more
    """

    called: str
    unit_costs_pence: Mapping[str, int]
    cost_growth: float
    allocation_pence: int
    allocation_growth: float


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is planned in a system, and who says so."""

    source: str
    beds: Beds
    spaces: Spaces
    sessions: Sessions
    contacts: Contacts
    nursing: Nursing
    money: Money


@lru_cache(maxsize=32)
def plan_in(folder: Path) -> Plan | None:
    """The plan of a folder of inputs; none where there is no `capacity.yaml`.

    raises  CannotProject
    """
    path = folder / "capacity.yaml"
    if not path.is_file():
        return None
    try:
        return msgspec.convert(parsed(path.read_text(encoding="utf-8")), Plan)
    except msgspec.ValidationError as wrong:
        raise CannotProject([f"capacity.yaml cannot be read: {wrong}."]) from None


class Needed(NamedTuple):
    """What one kind of capacity would take, future by future.

    needed   [year, future], from the year after the base
    planned  by year; none where it is not planned
    how      the working, in words
    """

    called: str
    needed: Floats
    planned: tuple[float | None, ...]
    how: str


def beds_needed(plan: Plan, outlook: Outlook, name: str) -> Needed:
    """Beds by occupancy."""
    beds = plan.beds
    made = capacity.beds_by_occupancy(_counts(outlook, name, beds.activity), beds.occupancy)
    how = (
        f"Bed days of the year, over {capacity.DAYS:g} days, over {beds.occupancy:.0%}: how full "
        "the beds are to be on average."
    )
    return _needed(beds, outlook, made, how)


def beds_on_most_days(plan: Plan, outlook: Outlook, name: str) -> Needed:
    """Beds by service level."""
    beds = plan.beds
    made = capacity.beds_by_service_level(_counts(outlook, name, beds.activity), beds.level)
    how = (
        f"The fewest beds that are enough on {beds.level:.0%} of days, were nobody refused: people "
        "in beds vary by chance (Poisson) about their mean."
    )
    return _needed(beds, outlook, made, how)


def others_needed(plan: Plan, outlook: Outlook, name: str) -> list[Needed]:
    """Spaces, sessions and staff."""
    a, b, c, n = plan.spaces, plan.sessions, plan.contacts, plan.nursing
    beds = beds_needed(plan, outlook, name).needed
    hours = capacity.care_hours(beds, occupancy=plan.beds.occupancy, each_day=n.each_day)
    return [
        _needed(a, outlook, capacity.spaces(
            _counts(outlook, name, a.activity), minutes=a.minutes, hours=a.hours, weeks=a.weeks,
            used=a.used,
        ), f"{a.minutes:g} minutes each; open {a.hours:g} hours a week; in use {a.used:.0%} of "
           "it."),
        _needed(b, outlook, capacity.sessions(
            _counts(outlook, name, b.activity), each=b.each, weeks=b.weeks, used=b.used,
        ), f"{b.each:g} patients in a full one; {b.weeks:g} weeks a year; {b.used:.0%} of "
           "places used."),
        _needed(c, outlook, capacity.caseload(
            _counts(outlook, name, c.activity), contacts=1, daily=c.daily, days=c.days,
        ), f"{c.daily:g} visits each a day, on {c.days:g} days a year."),
        _needed(n, outlook, capacity.staff(hours, weekly=n.weekly, away=n.away),
                f"{n.each_day:g} hours of care for each patient a day; {n.weekly:g} paid hours a "
                f"week, {n.away:.0%} of them on leave, ill or in training."),
    ]  # fmt: skip


def money_needed(plan: Plan, outlook: Outlook, name: str) -> Gap:
    """What activity would cost, less what is set aside, in pence."""
    money, years = plan.money, outlook.years[1:]
    costs = {
        kind: UnitCost(pence, dict.fromkeys(years, money.cost_growth))
        for kind, pence in money.unit_costs_pence.items()
    }
    allocation = {
        year: round(money.allocation_pence * (1 + money.allocation_growth) ** number)
        for number, year in enumerate(years, 1)
    }
    return gap(outlook, name, costs, allocation)


def _counts(outlook: Outlook, name: str, activity: str) -> Floats:
    """Futures of one type [year, future]."""
    counts = outlook[name].counts
    names = [kind.name for kind in outlook.types]
    if counts is None or activity not in names:
        raise CannotProject([f"What is planned rests on {activity}, which was not projected."])
    return np.asarray(counts[:, :, names.index(activity)], np.float64)


def _needed(of: Amount, outlook: Outlook, made: capacity.Figures, how: str) -> Needed:
    planned = tuple(of.of(year) for year in outlook.years[1:])
    return Needed(of.called, np.asarray(made, np.float64), planned, how)
