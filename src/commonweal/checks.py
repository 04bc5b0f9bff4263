"""Every check there is: importing this registers them all. The only list."""

from commonweal.areas import checks as areas
from commonweal.bodies.checks import (
    appointing,
    counting,
    documents,
    establishment,
    groups,
    membership,
    partnerships,
)
from commonweal.meetings import checks as meetings
from commonweal.statute import record_quality
from commonweal.statute.runner import CHECKS

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
)
"""The modules in which checks stand, from the lowest room to the highest."""

__all__ = ["CHECKS", "ROOMS"]
