"""People by area, sex and age: what is taken, added up and refused."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.outcomes.store.observations import observations
from commonweal.sources import populations
from commonweal.sources.populations import LAST
from commonweal.sources.taken import WrongFile
from tests.outcomes.answers import table

PEOPLE = {str(age): "10" for age in range(LAST)} | {"90+": "5"}


def district(code="E06000045", **said):
    return {"ltla21_code": code, "ltla21_name": "A", "total_population": "905"} | PEOPLE | said


def small(code="E01000001", **said):
    ages = {f"age_{age}": "10" for age in range(LAST)} | {"age_90plus": "5"}
    return {"lsoa11_code": code, "total_population": "905"} | ages | said


def years(code="E92000001", sex="females"):
    ages = [str(age) for age in range(LAST)] + ["90+"]
    return [{"Code": code, "sex": sex, "age": age, "count": "10"} for age in ages]


def nomis(**said):
    return {
        "GEOGRAPHY_CODE": "E06000045", "DATE_NAME": "2023", "GENDER_NAME": "Total",
        "C_AGE_NAME": "Aged 5 to 9", "MEASURES_NAME": "Value", "OBS_VALUE": "1200",
    } | said  # fmt: skip


def taken(*rows, of="2020"):
    return populations.take(pl.DataFrame(list(rows)), of)


def test_a_district_has_every_year_of_age_and_all_ages_together():
    found = observations(taken(district()).figures)
    assert found.height == LAST + 2
    assert found.filter(pl.col("age") == "all ages")["count"].item() == 905
    assert found.select("kind", "vintage", "sex").unique().row(0) == (
        "local authority", 2021, "persons",
    )  # fmt: skip
    assert found["starts"][0] == date(2020, 1, 1)
    assert found["ends"][0] == date(2021, 1, 1)


def test_a_small_area_has_bands_of_five_years_the_last_of_them_open():
    found = dict(observations(taken(small()).figures).select("age", "count").iter_rows())
    assert len(found) == 20
    assert (found["0-4"], found["85-89"], found["90+"], found["all ages"]) == (50, 50, 5, 905)


# Ten, because each reads ninety columns.
@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=LAST + 1, max_size=LAST + 1))
def test_bands_lose_and_double_nobody(people):
    names = [name for name in small() if name.startswith("age_")]
    ages = dict(zip(names, map(str, people), strict=True))
    found = observations(taken(small(total_population=str(sum(people)), **ages)).figures)
    bands = found.filter(pl.col("age") != "all ages")
    assert bands["count"].sum() == sum(people)


@pytest.mark.parametrize(
    ("rows", "column", "because"),
    [
        ([district(), district("E06000046", total_population="906")], "total_population", "sum"),
        ([district(), district("Southampton")], "ltla21_code", "no code"),
        ([small(), small("E01000002", age_7="few")], "age_7", "no number"),
        ([nomis(), nomis(C_AGE_NAME="Old")], "C_AGE_NAME", "no age as Nomis writes one"),
        ([nomis(), nomis(GENDER_NAME="Both")], "GENDER_NAME", "Sexes are written"),
        ([nomis(), nomis(DATE_NAME="mid-2023")], "DATE_NAME", "is no period"),
        ([nomis(), nomis(GEOGRAPHY_CODE="1660945005")], "GEOGRAPHY_CODE", "no code"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_place_and_left_out(rows, column, because):
    found = taken(*rows)
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, column)]
    assert because in found.faults[0].because
    assert found.figures["area"].n_unique() == 1


def test_an_area_that_lacks_a_year_of_age_is_left_out_whole():
    found = taken(*years(), *years(sex="males")[:-1])
    assert len(found.faults) == LAST
    assert "lacks the ages 90+" in found.faults[0].because
    assert found.figures["sex"].unique().to_list() == ["female"]


def test_a_file_that_lacks_the_column_of_a_year_of_age_is_refused():
    row = district()
    del row["41"]
    with pytest.raises(WrongFile, match="these years of age: 41"):
        taken(row)


def test_a_file_that_does_not_say_its_year_needs_to_be_told():
    with pytest.raises(WrongFile, match="--period 2020"):
        taken(district(), of=None)


def test_a_file_of_another_shape_is_refused():
    with pytest.raises(WrongFile, match="this one has 'practice'"):
        taken({"practice": "A81001"})


def test_nomis_says_its_own_year_sex_and_age_and_its_percentages_are_not_people():
    share = nomis(MEASURES_NAME="Percent", OBS_VALUE="5.1")
    found = observations(taken(nomis(), share, of=None).figures)
    assert found.select("starts", "sex", "age", "count").rows() == [
        (date(2023, 1, 1), "persons", "5-9", 1200)
    ]


def test_what_nobody_counted_is_missing_and_not_nought():
    found = observations(taken(nomis(OBS_VALUE=""), of=None).figures)
    assert found.select("state", "count").row(0) == (2, None)


@pytest.mark.parametrize(
    ("file", "of", "height", "people"),
    [
        ("lad-population-2020/population20_ltla21.csv.gz", "2020", 30_452, 59_719_724),
        ("ons-population/population_2020_lsoa11_single_year.parquet", "2020", 695_060, 59_719_724),
        ("nhsr-datasets/ons_uk_population_2023.csv.gz", "2023", 1_274, None),
    ],
)
def test_the_recorded_estimates_are_taken_whole(file, of, height, people):
    found = populations.take(table(file), of)
    assert (found.faults, found.figures.height) == ((), height)
    everybody = found.figures.filter(pl.col("age") == "all ages")["count"].sum()
    assert everybody == (people or 0)
