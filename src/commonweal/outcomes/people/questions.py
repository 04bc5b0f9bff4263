"""What is asked of the profile: counts by place, or by whatever else people are grouped by.

`people` is a profile that an engine has kept (`profile.profile_table`). The answers are counts of
whole groups, small ones among them: they go to `released` before anybody sees them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis

from commonweal.record.errors import SpeakingError, did_you_mean

from .conditions import CONDITIONS, column
from .profile import GROUPS, a_year_before
from .rows import TEAMS

USES = (
    "unplanned admissions without a night", "unplanned admissions of a night or more",
    "unplanned nights in hospital", "planned admissions", "attendances at major departments",
    "attendances elsewhere", "arrivals by ambulance", *(f"{team} contacts" for team in TEAMS),
)  # fmt: skip
"""The uses of care that are counted. Names and division follow the metrics of the National
Neighbourhood Health Implementation Programme, as far as the tables can tell them."""


class UnknownGroup(SpeakingError):
    """Nothing that people can be counted by; the text has what there is."""


def grouped_by(names: Sequence[str]) -> tuple[str, ...]:
    """The names of columns to count people by, checked.

    raises  UnknownGroup
    """
    for name in names:
        if name not in GROUPS:
            raise UnknownGroup(
                f"People are not counted by {name!r}. {did_you_mean(name, list(GROUPS))}"
            )
    if not names:
        raise UnknownGroup(f"Say what to count people by: {', '.join(GROUPS)}.")
    return tuple(dict.fromkeys(names))


def in_segments(people: Any, scheme: str, by: Sequence[str]) -> Any:
    """By group: segment, its number in the scheme from 1, and people."""
    named = people.mutate(part=people[scheme])
    return named.group_by(*by, "part").agg(people=named.count())


def in_levels(people: Any, level: str, by: Sequence[str], *, from_age: int) -> Any:
    """By group: part, the level of a score from 1, and people of an age and over.

    level   a column of levels from 0: frailty or hospital_frailty_level
    """
    old = people.filter(people.age >= from_age)
    levelled = old.mutate(part=(old[level] + 1).cast("int8"))
    return levelled.group_by(*by, "part").agg(people=levelled.count())


def in_cells(people: Any, by: Sequence[str]) -> Any:
    """By group: cell, as `strata` has them, and people."""
    return people.group_by(*by, "cell").agg(people=people.count())


def of_cells(people: Any) -> Any:
    """By cell a year ago: people, and the unplanned admissions that they had in the year since."""
    cells = people.filter(people.age >= 1)
    return cells.group_by(cell=cells.cell_before).agg(
        people=cells.count(), admissions=cells.unplanned.sum().cast("int64")
    )


def recorded(people: Any, by: Sequence[str]) -> Any:
    """By group: people, and for each condition, by its column, how many have it recorded."""
    counts = {column(name): people[column(name)].sum().cast("int64") for name in CONDITIONS}
    return people.group_by(*by).agg(people=people.count(), **counts)


def by_sex_and_age(people: Any, by: Sequence[str]) -> Any:
    """By group, sex and age in years: people."""
    return people.group_by(*dict.fromkeys((*by, "sex", "age"))).agg(people=people.count())


def everybody(people: Any, by: Sequence[str]) -> Any:
    """By group: people."""
    return people.group_by(*by).agg(people=people.count())


def uses(people: Any, given: dict[str, Any], by: Sequence[str], as_at: date) -> Any:
    """By group and use of care in the year before a day: events, and users, who had at least one.

    given   the tables of events by name
    """
    year = ibis.literal(a_year_before(as_at))
    day = ibis.literal(as_at)
    spells, attendances, contacts = given["spells"], given["attendances"], given["contacts"]
    happened = [
        _spells(spells.filter((spells.admitted >= year) & (spells.admitted < day)), as_at),
        *_attendances(attendances.filter((attendances.day >= year) & (attendances.day < day))),
        _contacts(contacts.filter((contacts.day >= year) & (contacts.day < day))),
    ]
    # Once for each person and use, so that the join and the count of people are small.
    each = ibis.union(*(_per_person(rows) for rows in happened))
    joined = each.join(people.select("person", *by), each.of == people.person)
    return joined.group_by(*by, "use").agg(
        events=joined.events.sum().cast("int64"), users=joined.count()
    )


def _per_person(rows: Any) -> Any:
    counted = rows.filter(rows.events > 0)
    return counted.group_by("of", "use").agg(events=counted.events.sum().cast("int64"))


def _spells(rows: Any, as_at: date) -> Any:
    ends = ibis.coalesce(rows.discharged, ibis.literal(as_at))
    nights = ends.delta(rows.admitted, unit="day").cast("int64")
    stays = rows.select(
        of=rows.person, nights=nights,
        use=ibis.cases(
            (rows.planned, USES[3]), (nights == 0, USES[0]), else_=USES[1]
        ),
    )  # fmt: skip
    every = stays.select("of", "use", events=ibis.literal(1, "int64"))
    slept = stays.filter(stays.use == USES[1])
    return every.union(slept.select("of", use=ibis.literal(USES[2]), events=slept.nights))


def _attendances(rows: Any) -> list[Any]:
    once = ibis.literal(1, "int64")
    where = ibis.ifelse(rows.major, USES[4], USES[5])
    driven = rows.filter(rows.by_ambulance)
    return [
        rows.select(of=rows.person, use=where, events=once),
        driven.select(of=driven.person, use=ibis.literal(USES[6]), events=once),
    ]


def _contacts(rows: Any) -> Any:
    known = rows.filter(rows.team.isin(list(TEAMS)))
    return known.select(
        of=known.person, use=known.team.concat(" contacts"), events=ibis.literal(1, "int64")
    )
