"""What the law says: rules with citation and dates, calendars and clocks, and the check runner."""

from .calendar import calendar, is_working_day, weekday
from .clock import Clock, Pause, Standing, clock, clocks
from .counting import (
    Working,
    clear_days_between,
    days_from,
    financial_year,
    first_financial_year,
    latest_notice,
    months_beginning_with,
    nth_working_day,
)
from .errors import StatuteError
from .reports import FORMS, write
from .rule import Rule, RuleBook, rule, rule_book
from .runner import CHECKS, Checks, Report, check, run

__all__ = [
    "CHECKS",
    "FORMS",
    "Checks",
    "Clock",
    "Pause",
    "Report",
    "Rule",
    "RuleBook",
    "Standing",
    "StatuteError",
    "Working",
    "calendar",
    "check",
    "clear_days_between",
    "clock",
    "clocks",
    "days_from",
    "financial_year",
    "first_financial_year",
    "is_working_day",
    "latest_notice",
    "months_beginning_with",
    "nth_working_day",
    "rule",
    "rule_book",
    "run",
    "weekday",
    "write",
]
