"""One row for each person, with everything that segments, strata and cohorts are decided by.

It is the only place where the tables are put together. It stays inside the engine.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import ibis

from .conditions import CONDITIONS, FOR_A_YEAR, IN_HOSPITAL, LONG_TERM, codes, column, in_for
from .rows import TEAMS, tables
from .scores import WEIGHTS, deficits, frailty, hospital_frailty, hospital_level
from .segments import SCHEMES

GROUPS = ("system", "place", "area", "practice", "sex", "fifth", "ages")
"""What people may be counted by. Ages are bands: see BANDS."""

BANDS = {0: "0 to 17", 18: "18 to 49", 50: "50 to 64", 65: "65 to 79", 80: "80 and over"}
"""The first age of each band, with its name."""

_MOST_COUNTED = 3  # more spells or attendances than this count as so many, in a cell


def a_year_before(day: date) -> date:
    """The same day of the year before; for 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def gathered(given: Mapping[str, Any], as_at: date) -> Any:
    """Everybody, with what each table has of them, as at the beginning of a day.

    given    the tables by name, with `hospital_weights` among them
    as_at    "in the last year" is from a year before up to the day before this
    returns  an expression: person, groups, age; a column for every condition and every cause of
             being in hospital; counts
    """
    people = given["residents"]
    year = a_year_before(as_at)
    parts = (
        _recorded(given["conditions"], as_at, year),
        _in_hospital(given["diagnoses"], given["hospital_weights"], as_at, year),
        _spells(given["spells"], as_at, year),
        _attendances(given["attendances"], as_at, year),
        _contacts(given["contacts"], as_at, year),
        _care(given["care"], as_at),
    )
    joined = people
    for part in parts:
        joined = joined.left_join(part, people.person == part.of)
    named = {name: part[name] for part in parts for name in part.columns if name != "of"}
    whole = joined.select(
        *(people[name] for name in people.columns),
        **{name: each.fill_null(0) for name, each in named.items()},
    )
    return _counted(whole, as_at)


def profile(people: Any) -> Any:
    """Everybody, with all that segments, strata and cohorts are decided by.

    people   the answer to `gathered`, kept
    returns  its columns; the band of age, frailty, the level of the hospital score, the number of
             the segment by each scheme; cell and cell_before, for `strata`
    """
    whole = people.mutate(
        frailty=frailty(people.deficits),
        hospital_frailty_level=hospital_level(people.hospital_frailty),
        ages=_band(people.age),
        cell=_cell(people, ""),
        cell_before=_cell(people, "_before"),
    )
    return whole.mutate(**{name: each.numbered(whole) for name, each in SCHEMES.items()})


def _in(day: Any, first: date, last: date) -> Any:
    return (day >= ibis.literal(first)) & (day < ibis.literal(last))


def _recorded(rows: Any, as_at: date, year: date) -> Any:
    """Whether each condition is recorded and not resolved: on the day, and a year before."""

    def lasting(day: date) -> Any:
        return (rows.since < ibis.literal(day)) & (
            rows.until.isnull() | (rows.until >= ibis.literal(day))
        )

    now, before = lasting(as_at), lasting(year)
    recent = now & (rows.since >= ibis.literal(year))
    flags = {
        column(name): ((rows.condition == name) & (recent if name in FOR_A_YEAR else now))
        for name in CONDITIONS
    } | {f"{column(name)}_before": (rows.condition == name) & before for name in LONG_TERM}
    return rows.group_by(of=rows.person).agg(
        **{name: test.cast("int8").max() for name, test in flags.items()}
    )


def _in_hospital(rows: Any, weights: Any, as_at: date, year: date) -> Any:
    two_years = rows.filter(_in(rows.day, a_year_before(year), as_at))
    score = hospital_frailty(two_years, weights)
    code, recent = two_years.code.substr(0, 3), two_years.day >= ibis.literal(year)
    seen = two_years.group_by(of=two_years.person).agg(
        **{
            in_for(name): (recent & code.isin(codes(spans))).cast("int8").max()
            for name, spans in IN_HOSPITAL.items()
        }
    )
    return seen.left_join(score, seen.of == score.person).select(
        *(seen[name] for name in seen.columns), hospital_frailty=score.tenths.cast("int32")
    )


def _spells(rows: Any, as_at: date, year: date) -> Any:
    two_years = rows.filter(_in(rows.admitted, a_year_before(year), as_at))
    recent = two_years.admitted >= ibis.literal(year)
    unplanned = ~two_years.planned
    return two_years.group_by(of=two_years.person).agg(
        unplanned=(recent & unplanned).sum().cast("int32"),
        unplanned_before=(~recent & unplanned).sum().cast("int32"),
    )


def _attendances(rows: Any, as_at: date, year: date) -> Any:
    two_years = rows.filter(_in(rows.day, a_year_before(year), as_at))
    recent = two_years.day >= ibis.literal(year)
    return two_years.group_by(of=two_years.person).agg(
        attendances=recent.sum().cast("int32"), attendances_before=(~recent).sum().cast("int32")
    )


def _contacts(rows: Any, as_at: date, year: date) -> Any:
    recent = rows.filter(_in(rows.day, year, as_at))
    return recent.group_by(of=recent.person).agg(
        **{f"{column(team)}_contacts": (recent.team == team).sum().cast("int32") for team in TEAMS}
    )


def _care(rows: Any, as_at: date) -> Any:
    day = ibis.literal(as_at)
    now = rows.filter((rows.starts < day) & (rows.ends.isnull() | (rows.ends >= day)))
    return now.select(of=now.person, in_care=ibis.literal(1, "int8")).distinct()


# --- what follows from them -----------------------------------------------------------------------


def _counted(people: Any, as_at: date) -> Any:
    month_and_day = as_at.month * 100 + as_at.day
    not_yet = (people.born.month() * 100 + people.born.day()) > month_and_day
    age = as_at.year - people.born.year() - not_yet.cast("int16")
    dropped = {"born", *(f"{column(name)}_before" for name in LONG_TERM)}
    return people.select(
        *(people[name] for name in people.columns if name not in dropped),
        age=age.cast("int16"),
        long_term=_how_many(people, ""),
        long_term_before=_how_many(people, "_before"),
        deficits=deficits(people).cast("int16"),
        exacerbations=(
            (people.heart_failure + people.chronic_obstructive_pulmonary_disease > 0)
            & (people.unplanned > 0)
        ).cast("int8"),
    )


def _how_many(people: Any, when: str) -> Any:
    return sum(people[f"{column(name)}{when}"].cast("int16") for name in LONG_TERM).cast("int16")


def _band(age: Any) -> Any:
    firsts = sorted(BANDS, reverse=True)
    return ibis.cases(*((age >= first, BANDS[first]) for first in firsts), else_=BANDS[0])


def _cell(people: Any, when: str) -> Any:
    """A number for people alike in age, conditions, admissions and attendances: see `strata`."""
    age = people.age - (1 if when else 0)
    band = sum((age >= first).cast("int16") for first in BANDS if first)
    several = people[f"long_term{when}"]
    conditions = ibis.cases((several >= 4, 2), (several >= 1, 1), else_=0)  # noqa: PLR2004 - the levels of complexity that the source of LONG_TERM gives
    admitted = ibis.least(people[f"unplanned{when}"], _MOST_COUNTED)
    attended = ibis.least(people[f"attendances{when}"], _MOST_COUNTED)
    return (((band * 3 + conditions) * 4 + admitted) * 4 + attended).cast("int16")


@cache
def steps(as_at: date) -> tuple[tuple[str, Any], ...]:
    """What an engine keeps, one after the other, each under its name: the last is `profile`.

    In steps, because an engine that is asked it all at once plans for longer than it counts.
    """
    given = tables() | {"hospital_weights": ibis.table(WEIGHTS, "hospital_weights")}
    first = gathered(given, as_at)
    kept = ibis.table(first.schema(), name="gathered")
    return ("gathered", first), ("profile", profile(kept))


@cache
def profile_table() -> Any:
    """The table `profile`, for questions on what an engine has kept."""
    _, (name, question) = steps(date(2000, 1, 1))
    return ibis.table(question.schema(), name=name)
