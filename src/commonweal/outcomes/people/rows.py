"""The tables of rows about people: what each column holds, and what may be wrong with them.

Faults are told by table, column and number of rows. No value of a row is ever in a message.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

import ibis
import polars as pl

from commonweal.record.errors import SpeakingError, did_you_mean

from .conditions import CONDITIONS

TABLES: dict[str, dict[str, str]] = {
    # The spine: everybody who lives in the places or is on a list there, once each.
    "residents": {
        "person": "int64",  # any kind of number or text, the same in every table; no NHS number
        "born": "date",  # the first of the month will do
        "sex": "string",  # female or male; null where not known
        "area": "string",  # the small area lived in
        "fifth": "int8",  # of deprivation, 1 the most deprived; null where not known
        "practice": "string",
        "place": "string",
        "system": "string",
    },
    # What general practice has recorded.
    "conditions": {
        "person": "int64",
        "condition": "string",  # a name of `conditions.CONDITIONS`
        "since": "date",
        "until": "date",  # the day it was recorded as resolved; null: it still is
    },
    "spells": {
        "person": "int64",
        "admitted": "date",
        "discharged": "date",  # the same day where no night was spent
        "planned": "boolean",
    },
    # Every diagnosis coded in hospital, in a bed or in A&E.
    "diagnoses": {"person": "int64", "day": "date", "code": "string"},  # ICD-10
    "attendances": {
        "person": "int64",
        "day": "date",
        "major": "boolean",  # type 1, with all that a hospital has
        "by_ambulance": "boolean",
    },
    "contacts": {"person": "int64", "day": "date", "team": "string"},  # a name of TEAMS
    "care": {
        "person": "int64",
        "starts": "date",
        "ends": "date",  # null: it goes on
        "kind": "string",  # of long-term social care, such as nursing home
    },
}
"""The columns of each table, with their types in the words of Ibis."""

TEAMS = ("community", "mental health", "outpatients")
"""The teams that contacts are counted by."""

MAY_BE_NULL = {("residents", "sex"), ("residents", "fifth"), ("residents", "practice"),
               ("conditions", "until"), ("spells", "discharged"), ("care", "ends")}  # fmt: skip


class BadPeople(SpeakingError):
    """Rows about people that cannot be counted on; the text has tables, columns and numbers."""


def table(name: str) -> Any:
    """A table for expressions, that no engine holds yet."""
    return ibis.table(TABLES[name], name=name)


def tables() -> dict[str, Any]:
    """All of them, by name."""
    return {name: table(name) for name in TABLES}


def lacking(found: Mapping[str, list[str]]) -> list[str]:
    """What is not there of tables and columns, a sentence each.

    found   the columns of each table that there is
    """
    said = []
    for name, columns in TABLES.items():
        if name not in found:
            said.append(f"There is no table {name}, with {', '.join(columns)}.")
            continue
        for column in columns:
            if column not in found[name]:
                near = did_you_mean(column, found[name])
                said.append(f"The table {name} has no column {column!r}. {near}")
    return said


def of_another_kind(kinds: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Columns whose values are of another kind than they are read as, a sentence each.

    kinds   for each table the kind of each column, in the words of Ibis
    """
    said = []
    for name, columns in TABLES.items():
        for column, wanted in columns.items():
            given = kinds[name][column]
            asked = kinds["residents"]["person"] if column == "person" else wanted
            if _family(given) != _family(asked):
                said.append(f"{name}.{column} holds {given}, not {asked}.")
    return said


def _family(kind: str) -> str:
    return "whole number" if "int" in kind else kind.split("(", maxsplit=1)[0].strip("!")


# --- faults in rows -------------------------------------------------------------------------------


class _Rule(NamedTuple):
    """What may be wrong with a column; `stops` where nothing can be counted then."""

    table: str
    column: str
    wrong: str
    seen: Callable[[Any], Any]
    stops: bool = True


def _rules(as_at: date) -> Iterator[_Rule]:
    for name, columns in TABLES.items():
        for column in columns:
            if (name, column) not in MAY_BE_NULL:
                yield _Rule(name, column, "is empty", partial(_is_empty, column))
    day = ibis.literal(as_at)
    unnamed = "is a name that nothing is counted by"
    yield from (
        _Rule("residents", "born", "is after the day asked about", lambda t: t.born > day),
        _Rule("residents", "sex", "is neither female nor male",
              lambda t: t.sex.notin(["female", "male"])),
        _Rule("residents", "fifth", "is not from 1 to 5", lambda t: ~t.fifth.between(1, 5)),
        _Rule("conditions", "until", "is before since", lambda t: t.until < t.since),
        _Rule("spells", "discharged", "is before admitted", lambda t: t.discharged < t.admitted),
        _Rule("care", "ends", "is before starts", lambda t: t.ends < t.starts),
        _Rule("conditions", "condition", unnamed,
              lambda t: t.condition.notin(list(CONDITIONS)), stops=False),
        _Rule("contacts", "team", unnamed, lambda t: t.team.notin(list(TEAMS)), stops=False),
    )  # fmt: skip


def _is_empty(column: str, rows: Any) -> Any:
    return rows[column].isnull()


def faults(given: Mapping[str, Any], as_at: date) -> Any:
    """One question, which answers how many rows each rule finds wrong.

    given    the tables by name
    returns  an expression of one row, for `judged`
    """
    counts = []
    for name in TABLES:
        rows = given[name]
        its_own = [(at, rule) for at, rule in enumerate(_rules(as_at)) if rule.table == name]
        counts.append(rows.agg(**{f"rule_{at}": rule.seen(rows).sum() for at, rule in its_own}))
    spine = given["residents"]
    of_one = spine.group_by("person").agg(times=spine.count())
    counts.append(of_one.agg(twice=(of_one.times > 1).sum()))
    for name in TABLES:
        if name != "residents":
            lost = given[name].anti_join(spine, given[name].person == spine.person)
            counts.append(lost.agg(**{f"lost_{name}": lost.count()}))
    whole = counts[0]
    for other in counts[1:]:
        whole = whole.cross_join(other)
    return whole


@cache
def faults_of_tables(as_at: date) -> Any:
    """`faults` of the tables by their own names."""
    return faults(tables(), as_at)


def judged(answer: pl.DataFrame, as_at: date) -> list[str]:
    """Rows that are left out, a sentence each.

    answer  the answer to `faults`, for the same day
    raises  BadPeople, with everything that makes counting impossible
    """
    found = answer.row(0, named=True)
    said: dict[bool, list[str]] = {True: [], False: []}
    for at, rule in enumerate(_rules(as_at)):
        said[rule.stops] += _rows(found[f"rule_{at}"], rule.table, f"{rule.column} {rule.wrong}")
    said[True] += _rows(found["twice"], "residents", "person is there more than once")
    for name in TABLES:
        said[False] += _rows(found.get(f"lost_{name}"), name, "person is nobody among residents")
    if said[True]:
        raise BadPeople("\n".join(("Nothing was counted.", *said[True])))
    return [f"Left out: {each}" for each in said[False]]


def _rows(number: int | None, name: str, what: str) -> list[str]:
    if not number:
        return []
    return [f"{number:,} {'row' if number == 1 else 'rows'} of {name}: {what}."]
