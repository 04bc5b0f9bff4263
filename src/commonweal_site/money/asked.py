"""What an address asks of the ledger, read from its query and said again in words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.http import QueryDict

from commonweal.money.ledger import ACCOUNTS, TAGS
from commonweal.record.errors import RecordError, did_you_mean
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import MalformedDate, day_in_words, period
from commonweal_site.record.presenting import system_name

from .addresses import NO_TAG, entries_address

KINDS = {
    "body": "body", "fund": "fund", "scheme": "funded-scheme", "partner": "body",
    "decision": "decision",
}  # fmt: skip
"""The kind of fact that each tag names."""

TITLES = {
    "account": "Account", "body": "In whose books", "fund": "Fund", "scheme": "Scheme",
    "partner": "Partner", "decision": "Decision", "month": "Month",
}  # fmt: skip


class BadQuestion(RecordError):
    """The ledger was asked for what it does not have; the text says what it has."""


class Asked(NamedTuple):
    """Which entries of a system's ledger: by tags (an empty one: lines without it) and by days.

    tags    identifiers by tag; the account by its word
    year    the financial year as asked for, such as 2025-26; empty if none was
    begins  the first day, none if open
    until   the day after the last, as asked; none if open
    ends    the day after the last that counts: no later than the day of the page
    """

    system: str
    tags: Mapping[str, str]
    year: str
    begins: date | None
    until: date | None
    ends: date

    def address(self, **changes: str | date | None) -> str:
        """The page of these entries, with other tags or days; None takes one away."""
        kept: dict[str, str | date | None] = dict(self.tags)
        whole = _of_year(self.year) if self.year else (None, None)
        kept |= {
            "year": self.year or None,
            "from_": None if self.begins == whole[0] else self.begins,
            "to": None if self.until == whole[1] else self.until,
        }
        return entries_address(self.system, **{**kept, **changes})

    @property
    def query(self) -> str:
        """The part of the address after the question mark, if any."""
        return self.address().partition("?")[2]


def asked_of(
    query: QueryDict, snapshot: Snapshot, system: str, names: Mapping[str, set[str]]
) -> Asked:
    """What a query asks.

    names   what the ledger's lines are tagged by, for each tag, as far as the viewer may see it
    raises  BadQuestion, with the names that there are
    """
    given = {tag: query.get(tag, "").strip() for tag in TAGS}
    tags = {
        tag: _named(tag, text, snapshot, system, names.get(tag, set()))
        for tag, text in given.items()
        if text
    }
    year = query.get("year", "").strip().replace("/", "-")
    first, last = _of_year(year) if year else (None, None)
    begins = max(filter(None, [first, _day(query, "from")]), default=None)
    until = min(filter(None, [last, _day(query, "to")]), default=None)
    past = snapshot.as_at + timedelta(1)
    return Asked(system, tags, year, begins, until, min(until or past, past))


def _named(tag: str, text: str, snapshot: Snapshot, system: str, found: set[str]) -> str:
    """The identifier that a text stands for, or nothing at all."""
    if tag == "account":
        return _account(text)
    if text == NO_TAG:
        return ""
    whole = text if "/" in text else f"{system}/{KINDS[tag]}/{text}"
    if whole in found or (whole.split("/")[1:2] == [KINDS[tag]] and snapshot.get(whole)):
        return whole
    short = {name.rpartition("/")[2] if name.startswith(f"{system}/") else name for name in found}
    called = system_name(snapshot, system)
    raise BadQuestion(
        f"The ledger of {called} knows no {tag} ‘{text}’. {did_you_mean(text, sorted(short))}"
    )


def _account(text: str) -> str:
    if text in ACCOUNTS:
        return text
    raise BadQuestion(f"The ledger has no account ‘{text}’. {did_you_mean(text, ACCOUNTS)}")


def _of_year(year: str) -> tuple[date, date]:
    """The days of a financial year, half-open."""
    try:
        return period(f"{year[:4]}/{year[5:]}")
    except MalformedDate:
        raise BadQuestion(f"‘{year}’ is not a financial year. Write it like 2025-26.") from None


def _day(query: QueryDict, field: str) -> date | None:
    text = query.get(field, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadQuestion(f"‘{text}’ is not a day. Write it like 2025-10-01.") from None


def in_words(asked: Asked, snapshot: Snapshot) -> str:
    """Which entries are shown, in one phrase."""
    only = [f"{TITLES[tag].lower()} {_name(snapshot, value)}" for tag, value in asked.tags.items()]
    begins = f"from {day_in_words(asked.begins)} " if asked.begins else ""
    days = f"{begins}until {day_in_words(asked.ends - timedelta(1))}"
    return f"{days}; only {', '.join(only)}" if only else days


def _name(snapshot: Snapshot, value: str) -> str:
    if not value:
        return "none"
    return f"“{snapshot.name(value)}”" if "/" in value else f"“{value}”"
