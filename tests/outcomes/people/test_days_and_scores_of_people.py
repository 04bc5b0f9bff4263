"""What counts on which day, and the scores, tried at their boundaries."""

from datetime import date

import duckdb
import ibis
import polars as pl
import pytest
from pycomorb import HospitalFrailtyRiskScore

from commonweal.outcomes.people.conditions import CONDITIONS, DEFICITS, LONG_TERM, codes
from commonweal.outcomes.people.invented import residents
from commonweal.outcomes.people.profile import a_year_before
from commonweal.outcomes.people.rows import table
from commonweal.outcomes.people.scores import WEIGHTS, hospital_frailty, hospital_weights
from tests.outcomes.people.made import AS_AT, YEAR_BEFORE, Village, profiled


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    village = Village()
    for name, since in {"on the day": AS_AT, "the day before": date(2026, 3, 31)}.items():
        village.person(name)
        village.add("conditions", name, condition="asthma", since=since)
    for name, until in {"resolved on the day": AS_AT, "resolved before": date(2026, 3, 31)}.items():
        village.person(name)
        village.add("conditions", name, condition="asthma", since=date(2020, 1, 1), until=until)
    for name, since in {"obese a year": YEAR_BEFORE, "obese before": date(2025, 3, 31)}.items():
        village.person(name)
        village.add("conditions", name, condition="obesity", since=since)
    village.person("birthday", born=date(2008, 4, 1))
    village.person("day before birthday", born=date(2008, 4, 2))
    for number in (4, 5, 8, 9, 12, 13):
        village.person(f"{number} deficits", *list(DEFICITS)[-number:])
    village.person("strokes", "stroke", "transient ischaemic attack")
    village.person("admitted")
    village.admitted("admitted", date(2026, 3, 31), "F00", "F001", "G81")
    village.admitted("admitted", YEAR_BEFORE, "I10")
    village.admitted("admitted", date(2025, 3, 31), "Z99", planned=True)
    village.admitted("admitted", date(2024, 4, 1))
    village.admitted("admitted", date(2024, 3, 31), "G30")
    village.person("twice asthmatic")
    for since in (date(2015, 1, 1), date(2025, 12, 1)):
        village.add("conditions", "twice asthmatic", condition="asthma", since=since)
    return profiled(village, tmp_path_factory.mktemp("village"))


@pytest.mark.parametrize(
    ("name", "asthma"),
    [("on the day", 0), ("the day before", 1), ("resolved on the day", 1), ("resolved before", 0)],
)
def test_a_condition_counts_from_the_day_after_it_was_recorded_to_the_day_it_resolved(
    people, name, asthma
):
    assert people[name]["asthma"] == asthma


def test_a_condition_recorded_twice_is_one_condition(people):
    assert people["twice asthmatic"]["long_term"] == 1
    assert people["twice asthmatic"]["cell_before"] > people["on the day"]["cell_before"]


def test_obesity_counts_for_a_year(people):
    assert (people["obese a year"]["obesity"], people["obese before"]["obesity"]) == (1, 0)


def test_somebody_is_a_year_older_on_the_birthday(people):
    assert (people["birthday"]["age"], people["day before birthday"]["age"]) == (18, 17)


def test_the_year_before_the_29th_of_february_begins_on_the_28th():
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)


@pytest.mark.parametrize(("number", "level"), [(4, 0), (5, 1), (8, 1), (9, 2), (12, 2), (13, 3)])
def test_frailty_begins_above_12_24_and_36_in_a_hundred_of_36_deficits(people, number, level):
    assert len(DEFICITS) == 36
    found = people[f"{number} deficits"]
    assert (found["deficits"], found["frailty"]) == (number, level)


def test_two_conditions_that_show_one_deficit_are_one(people):
    assert people["strokes"]["deficits"] == 1
    assert people["strokes"]["long_term"] == 2


def test_admissions_are_counted_in_the_year_before_the_day_and_in_the_year_before_that(people):
    found = people["admitted"]
    # The 31st of March 2025 was planned, and the 31st of March 2024 is too long ago.
    assert (found["unplanned"], found["unplanned_before"]) == (2, 1)


def test_hospital_frailty_counts_each_code_of_two_years_once(people):
    # F00 7.1 and G81 4.4; Z99 0.8; I10 has no weight, G30 is too long ago.
    assert people["admitted"]["hospital_frailty"] == 71 + 44 + 8
    assert people["admitted"]["hospital_frailty_level"] == 1
    assert people["on the day"]["hospital_frailty"] == 0


def test_the_hospital_score_is_that_of_a_library_made_for_it():
    """The library reads frames in memory, so it checks here and does not count on an engine."""
    rows = next(residents(400, as_at=AS_AT))["diagnoses"]
    frame = rows.rename({"person": "id"})
    theirs = HospitalFrailtyRiskScore(frame.select("id", "code")).filter(pl.col("HFRS Score") > 0)
    asked = hospital_frailty(table("diagnoses"), ibis.table(WEIGHTS, name="weights"))
    with duckdb.connect() as connection:
        connection.register("diagnoses", rows.to_arrow())
        connection.register("weights", hospital_weights().to_arrow())
        ours = connection.sql(ibis.to_sql(asked, dialect="duckdb")).pl()
    found = dict(ours.select("person", pl.col("tenths").cast(pl.Int64)).iter_rows())
    wanted = {row["id"]: round(row["HFRS Score"] * 10) for row in theirs.to_dicts()}
    assert len(found) > 30
    assert found == wanted


def test_the_hospital_score_has_its_109_codes():
    weights = hospital_weights()
    assert (weights.height, weights["code"].n_unique()) == (109, 109)
    assert weights["tenths"].is_between(1, 71).all()


def test_spans_of_codes_have_both_ends():
    assert codes(("X60-X62", "F10")) == ["X60", "X61", "X62", "F10"]


def test_every_deficit_is_shown_by_conditions_that_are_recorded():
    assert {name for shown_by in DEFICITS.values() for name in shown_by} <= set(CONDITIONS)
    assert len(LONG_TERM) == 15
    assert len(CONDITIONS) == len(set(CONDITIONS))
