"""Every check there is: importing this registers them all. The only list."""

from collections.abc import Collection

from commonweal.areas import checks as areas
from commonweal.assurance import checks as assurance
from commonweal.assurance import checks_of_assessments, checks_of_homes
from commonweal.bodies.checks import (
    appointing,
    counting,
    documents,
    establishment,
    groups,
    membership,
    partnerships,
)
from commonweal.demand import checks as demand
from commonweal.meetings import checks as meetings
from commonweal.money import checks as money
from commonweal.money import checks_of_pools, checks_of_spending
from commonweal.money.choosing import checks as choosing
from commonweal.plans import checks as plans
from commonweal.plans import checks_of_delivery, checks_of_forward_plans, regarding
from commonweal.record.snapshot import Snapshot
from commonweal.scrutiny import checks as scrutiny
from commonweal.scrutiny import checks_of_answers, checks_of_changes
from commonweal.statute import record_quality, runner
from commonweal.statute.runner import CHECKS, Report

ROOMS = (
    record_quality,
    areas,
    appointing,
    counting,
    documents,
    establishment,
    groups,
    membership,
    partnerships,
    meetings,
    money,
    checks_of_pools,
    checks_of_spending,
    choosing,
    demand,
    checks_of_delivery,
    plans,
    checks_of_forward_plans,
    regarding,
    scrutiny,
    checks_of_answers,
    checks_of_changes,
    assurance,
    checks_of_assessments,
    checks_of_homes,
)
"""The modules in which checks stand, from the lowest room to the highest."""

__all__ = ["CHECKS", "ROOMS", "run"]


def run(
    snapshot: Snapshot,
    *,
    systems: Collection[str] | None = None,
    rules: Collection[str] | None = None,
) -> Report:
    """Try the rules in force on the snapshot's day, with every check there is.

    systems, rules  only these; None is all
    """
    recorded = {
        system: area
        for system in snapshot.systems
        if snapshot.get(area := f"{system}/area/system") is not None
    }
    return runner.run(snapshot, systems=systems, rules=rules, recorded=recorded)
