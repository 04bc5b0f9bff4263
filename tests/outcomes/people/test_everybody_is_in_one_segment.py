"""The published rules of segments, tried on people made up one by one."""

from datetime import date

import duckdb
import ibis
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.outcomes.people.conditions import DEFICITS, LONG_TERM
from commonweal.outcomes.people.segments import BRIDGES, SCHEMES, SUFFOLK, UnknownScheme, scheme
from tests.outcomes.people.made import Village, profiled

# Each person: the segment by Suffolk and North East Essex, and by Bridges to Health.
EXPECTED = {
    "palliative": ("Die well", "Short decline before dying"),
    "end-stage kidneys": ("Die well", "Short decline before dying"),
    "hip": ("Age well", "Acutely ill, likely to recover"),
    "demented": ("Age well", "Long decline with frailty or dementia"),
    "four conditions": ("Age well", "Chronic conditions with usual function"),
    "cared for": ("Age well", "Healthy"),
    "severely frail": ("Age well", "Long decline with frailty or dementia"),
    "three conditions": ("Stay well", "Chronic conditions with usual function"),
    "cancer alone": ("Stay well", "Chronic conditions with usual function"),
    "depressed": ("Stay well", "Chronic conditions with usual function"),
    "psychotic": ("Feel well", "Stable but significant disability"),
    "seen for mental health": ("Feel well", "Healthy"),
    "poisoned": ("Feel well", "Acutely ill, likely to recover"),
    "smoker": ("Be well", "Healthy"),
    "well": ("Live well", "Healthy"),
    "mother": ("Live well", "Maternal and infant health"),
    "failing heart": ("Stay well", "Limited reserve and exacerbations"),
    "in a home": ("Live well", "Stable but significant disability"),
    "child": ("Under 18", "Healthy"),
    "baby": ("Under 18", "Maternal and infant health"),
}


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    village = Village()
    village.person("palliative", "palliative care", "dementia")
    village.person("end-stage kidneys", "end-stage renal disease")
    village.person("hip")
    village.admitted("hip", date(2025, 12, 1), "S72")
    village.person("demented", "dementia")
    village.person("four conditions", *LONG_TERM[:4])
    village.person("cared for", "has a carer")
    village.person("severely frail", *list(DEFICITS)[-13:])
    village.person("three conditions", *LONG_TERM[:3])
    village.person("cancer alone", "cancer")
    village.person("depressed", "depression")
    village.person("psychotic", "serious mental illness")
    village.person("seen for mental health")
    village.add("contacts", "seen for mental health", day=date(2026, 3, 31), team="mental health")
    village.person("poisoned")
    village.admitted("poisoned", date(2025, 4, 1), "X60")
    village.person("smoker", "smoking")
    village.person("well")
    village.person("mother")
    village.admitted("mother", date(2025, 6, 1), "O80", planned=True)
    village.person("failing heart", "heart failure")
    village.admitted("failing heart", date(2026, 1, 1), "I50")
    village.person("in a home")
    village.add("care", "in a home", starts=date(2025, 1, 1), kind="nursing home")
    village.person("child", "smoking", born=date(2010, 1, 1))
    village.person("baby", born=date(2026, 1, 1))
    return profiled(village, tmp_path_factory.mktemp("village"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_person_is_in_the_first_segment_whose_rule_they_meet(people, name):
    suffolk, bridges = EXPECTED[name]
    assert SUFFOLK.names[people[name]["suffolk"] - 1] == suffolk
    assert BRIDGES.names[people[name]["bridges"] - 1] == bridges


def columns_of(which):
    named = {element.column for segment in which.segments for element in segment.elements}
    return sorted(named | {"age"})


@pytest.fixture(scope="module")
def divided():
    """People by columns of a profile, divided by a scheme; its statement is written once."""
    statements = {}
    for which in SCHEMES.values():
        asked = ibis.table(dict.fromkeys(columns_of(which), "int16"), name="people")
        part = which.numbered(asked).name("part")
        statements[which.name] = ibis.to_sql(asked.select(part=part), dialect="duckdb")
    with duckdb.connect() as connection:

        def parts(which, frame):
            connection.register("people", frame.to_arrow())
            return connection.sql(statements[which.name]).pl()["part"]

        yield parts


@settings(max_examples=20)
@given(st.data())
@pytest.mark.parametrize("which", SCHEMES.values(), ids=SCHEMES)
def test_whatever_somebody_has_they_are_in_exactly_one_segment(divided, which, data):
    columns = columns_of(which)
    rows = data.draw(st.lists(st.tuples(*(st.integers(0, 20) for _ in columns)), min_size=1))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.Int16), orient="row")
    found = divided(which, frame)
    assert found.null_count() == 0
    assert found.is_between(1, len(which.names)).all()


def test_the_elements_of_every_scheme_are_columns_of_the_profile(people):
    known = set(people["well"])
    for which in SCHEMES.values():
        assert set(columns_of(which)) <= known


def test_an_unknown_scheme_is_answered_with_those_there_are():
    with pytest.raises(UnknownScheme, match="Did you mean 'suffolk'"):
        scheme("sufolk")
