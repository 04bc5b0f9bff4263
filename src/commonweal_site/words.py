"""Words as readers want them: days, moments, counts."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from commonweal.record.when import MalformedDate, day_in_words, in_words

_LONDON = ZoneInfo("Europe/London")

_PLURALS = {
    "body": "bodies",
    "NHS trust": "NHS trusts",
    "district": "districts",
    "committee": "committees",
}

SCHEMES = {
    "ODS": "Organisation Data Service (ODS)",
    "ONS": "Office for National Statistics (ONS)",
    "NHS region": "NHS England regions",
}
"""The schemes of codes, written out."""


def moment(instant: datetime) -> str:
    """An instant by the clock of England: 1 July 2022, 14:05."""
    there = instant.astimezone(_LONDON)
    return f"{day_in_words(there.date())}, {there:%H:%M}"


def local(text: str) -> str:
    """A stored instant, as `moment`."""
    return moment(datetime.fromisoformat(text))


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> count(36, "cluster"), count(1, "body"), count(2, "body")
    ('36 clusters', '1 body', '2 bodies')
    """
    return f"{number:,} {noun if number == 1 else plural or plural_of(noun)}"


def plural_of(noun: str) -> str:
    """The plural of a kind or type.

    >>> plural_of("local authority"), plural_of("integrated care partnership (statutory)")
    ('local authorities', 'integrated care partnerships (statutory)')
    """
    noun, bracket, rest = noun.partition(" (")
    if noun in _PLURALS:
        plural = _PLURALS[noun]
    elif noun.endswith(("boundary file", "service")):
        plural = f"{noun}s"
    elif noun.endswith("y") and noun[-2] not in "aeiou":
        plural = f"{noun[:-1]}ies"
    elif noun.endswith(("s", "x", "ch")) and noun != "neighbours":
        plural = noun if noun.endswith("ors") else f"{noun}es"
    elif noun == "neighbours":
        plural = noun
    else:
        plural = f"{noun}s"
    return plural + bracket + rest


def capital(text: str) -> str:
    """The first letter large, the rest as it was."""
    return text[:1].upper() + text[1:]


def stated(when: str) -> str:
    """A stated date in words; as it is where it cannot be read."""
    try:
        return in_words(when)
    except MalformedDate:
        return when


def listed(names: list[str]) -> str:
    """Names in a row: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def span(begins: str | None, ends: str | None) -> str:
    """Days as data gives them, in words, the last included; open where there is none."""
    first = day_in_words(date.fromisoformat(begins)) if begins else ""
    last = day_in_words(date.fromisoformat(ends) - timedelta(1)) if ends else ""
    if first and last:
        return f"{first} to {last}"
    return f"From {first}" if first else f"Until {last}" if last else "Every day"


def who(actor: str) -> str:
    """Who wrote an entry, for a reader: the loader of packs is no person."""
    return "The pack loader" if actor.partition(":")[0] == "pack" else actor


def plain(text: str) -> str:
    """Text without the marks of Markdown."""
    return re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", text)
