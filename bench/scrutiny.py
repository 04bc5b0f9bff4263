"""How fast the clocks of a national record are counted for a day, and what is overdue is listed.

A clock of each recommendation is counted day by day by python-dateutil's rules as the plain way.
"""

from datetime import date, timedelta

from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule

from bench.authority import DAY
from bench.meetings import snapshot_of
from bench.rows import Measured, median_of, row, watch
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal.scrutiny.healthwatch import HealthwatchReferral, HealthwatchReport, Recipient
from commonweal.scrutiny.owed import overdue, tasks
from commonweal.scrutiny.reports import Recommendation
from commonweal.statute.calendar import holidays

SYSTEMS, BODIES, DAYS = 42, 50, 3_000
FIRST = DAY - timedelta(DAYS)


def record(size: int) -> dict[str, Fact]:
    """Recommendations over eight years, one in ten without an answer, and a report for each ten."""
    facts: dict[str, Fact] = {}
    for number in range(size):
        asked = FIRST + timedelta(number * 37 % DAYS)
        system = f"s{number % SYSTEMS}"
        body, panel = f"{system}/body/b{number % BODIES}", f"{system}/body/panel"
        answered = (asked + timedelta(number % 40)).isoformat() if number % 10 else None
        facts[f"{system}/recommendation/r{number}"] = Recommendation(
            name=f"Recommendation {number}", by=panel, to_whom=body, asks=True,
            requested=asked.isoformat(), responded=answered,
        )  # fmt: skip
        if number % 10 == 0:
            came = Recipient(body=body, received=asked.isoformat())
            facts[f"{system}/healthwatch-report/h{number}"] = HealthwatchReport(
                name=f"Report {number}", by=panel, sent_to=(came,)
            )
            facts[f"{system}/healthwatch-referral/h{number}"] = HealthwatchReferral(
                name=f"Referral {number}", by=panel, to_whom=panel, referred=asked.isoformat()
            )
    return facts


def read(size: int) -> Snapshot:
    """The snapshot with its kinds read, as a site that has just started has it."""
    snapshot = snapshot_of(record(size))
    for kind in (Recommendation, HealthwatchReport, HealthwatchReferral):
        snapshot.all(kind)
    return snapshot


def _plainly(size: int) -> None:
    """The last days alone, by calendar rules, one after the other."""
    off = {each.day for each in holidays().days}
    week = (MO, TU, WE, TH, FR)
    for number in range(size):
        asked = FIRST + timedelta(number * 37 % DAYS)
        _ = asked + timedelta(28)
        if number % 10 == 0:
            days = rrule(DAILY, dtstart=asked, byweekday=week, count=30)
            _ = [day for day in days if day.date() not in off][19]


@row(
    "Count every clock of scrutiny for a day", sizes=(200, 2_000, 20_000), of="recommendations",
    unit="s", at_most=1, peer="dateutil (last days alone)",
)  # fmt: skip
def clocks_of_a_day(size: int) -> Measured:
    snapshot = read(size)
    with watch() as counted:
        found = [each.state(DAY) for each in tasks(snapshot)]
    if len(found) != size + 2 * (size // 10):
        raise SystemExit(f"Counted {len(found)} clocks.")
    with watch() as plainly:
        _plainly(size)
    return Measured(counted.seconds, plainly.seconds, counted.processor)


@row(
    "List what is overdue in the country", sizes=(200, 2_000, 20_000), of="recommendations",
    unit="ms", at_most=50,
)  # fmt: skip
def overdue_list(size: int) -> Measured:
    snapshot = read(size)
    overdue(snapshot, DAY)
    days = iter(date.fromordinal(DAY.toordinal() - back) for back in range(40))
    return Measured(median_of(20, lambda: overdue(snapshot, next(days))) * 1000)
