"""Registers of practices, deaths and deprivation: what is taken, and what is wrong with a row."""

import polars as pl
import pytest

from commonweal.outcomes.methods.frames import life_expectancies
from commonweal.outcomes.store.every_area import every_area
from commonweal.outcomes.store.observations import observations
from commonweal.sources import deaths, deprivation, quality_and_outcomes
from commonweal.sources.periods import UnknownPeriod
from commonweal.sources.taken import WrongFile
from tests.outcomes.answers import table


def register(**said):
    return {
        "lad_code": "E06000001", "group_code": "AF", "register": "20", "list": "1000",
        "prevalence": "0.02",
    } | said  # fmt: skip


def died(area="E06000001", sex="Males", band="0", **said):
    return {"lad16_code": area, "sex": sex, "ageband": band, "deaths": "2", "pop": "500"} | said


def ranked(number, of=10, **said):
    decile = -(-number * 10 // of)
    return {
        "lsoa21_code": f"E0100{number:04}", "IMD_decile": str(decile), "IMD_rank": str(number),
        "IMD_score": "9.5",
    } | said  # fmt: skip


def of_registers(*rows):
    return quality_and_outcomes.take(pl.DataFrame(list(rows)), "2019/20")


def of_deaths(*rows):
    return deaths.take(pl.DataFrame(list(rows)), "2014")


def of_deprivation(*rows):
    return deprivation.take(pl.DataFrame(list(rows)))


@pytest.mark.parametrize(
    ("take", "good", "bad", "column", "because"),
    [
        (of_registers, register(), register(register="1001"), "register", "than on the list"),
        (of_registers, register(), register(prevalence="0.03"), "prevalence", "over the list"),
        (of_registers, register(), register(group_code="AFF"), "group_code", "AF"),
        (of_registers, register(), register(lad_code="5AB"), "lad_code", "no code of a district"),
        (of_registers, register(), register(list="many"), "list", "no number"),
        (of_deaths, died(), died(area="E06000002", pop="0"), "pop", "Nobody lived there"),
        (of_deaths, died(), died(sex="M"), "sex", "Females, Males, Persons"),
        (of_deaths, died(), died(area="Hull"), "lad16_code", "no code of a local authority"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_place_and_left_out(take, good, bad, column, because):
    found = take(good, bad)
    (fault,) = found.faults
    assert (fault.row, fault.column) == (3, column)
    assert because in fault.because
    assert found.figures.height == 1


def test_an_area_that_lacks_a_band_of_age_is_left_out_whole():
    found = of_deaths(died(), died(band="1-4"), died(area="E06000002"))
    assert [(fault.row, fault.column) for fault in found.faults] == [(4, "ageband")]
    assert "lacks the bands 1-4" in found.faults[0].because
    assert found.figures["area"].unique().to_list() == ["E06000001"]


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"IMD_decile": "3"}, "IMD_decile"),
        ({"IMD_rank": "11"}, "IMD_rank"),
        ({"lsoa21_code": "W01000001"}, "lsoa21_code"),
    ],
)
def test_a_small_area_whose_rank_decile_or_code_cannot_be_right_is_a_fault(said, column):
    found = of_deprivation(*(ranked(n) for n in range(1, 10)), ranked(10, **said))
    assert [(fault.row, fault.column) for fault in found.faults] == [(11, column)]


def test_a_withheld_register_is_suppressed_and_its_list_is_not_kept():
    found = observations(of_registers(register(register="*", prevalence="*")).figures)
    assert found.select("state", "count", "denominator").row(0) == (3, None, None)


@pytest.mark.parametrize("take", [of_registers, of_deaths, of_deprivation])
def test_a_file_of_another_shape_is_refused(take):
    with pytest.raises(WrongFile, match="this one has"):
        take({"practice": "A81001"})


def test_a_period_that_cannot_be_read_is_refused():
    with pytest.raises(UnknownPeriod, match="2019/21"):
        quality_and_outcomes.take(pl.DataFrame([register()]), "2019/21")


def test_the_recorded_registers_are_taken_whole_and_judged():
    found = quality_and_outcomes.take(table("gp-qof-2020/qof_prevalence_lad.csv"), "2019/20")
    assert (found.faults, found.figures.height) == ((), 6_741)
    rows = observations(found.figures).filter(pl.col("indicator") == "qof-dm")
    made = every_area(rows, found.measures["qof-dm"])
    assert (made["value"] - rows.sort("area")["value"]).abs().max() < 1e-9
    assert sorted(made["fifth"].unique()) == [1, 2, 3, 4, 5]


def test_the_recorded_deaths_give_the_life_expectancy_that_is_published_of_them():
    found = deaths.take(table("ons-deaths-population-2014/deaths_population_lad_2014.csv"), "2014")
    assert (found.faults, found.figures.height) == ((), 13_880)
    assert found.figures["count"].sum() == 500_314
    everybody = (
        observations(found.figures)
        .filter(pl.col("sex") == "female")
        .group_by(age=pl.col("age").str.extract(r"^(\d+)").cast(pl.Int64))
        .agg(deaths=pl.col("count").sum(), population=pl.col("denominator").sum())
        .sort("age")
    )
    assert round(life_expectancies(everybody, by=[])["value"][0], 2) == 83.27


@pytest.mark.parametrize(
    ("file", "areas", "parts"),
    [("imd_2019_lsoa11", 32_844, 2), ("imd_2025_lsoa21", 33_755, 3)],
)
def test_the_recorded_indices_are_taken_whole(file, areas, parts):
    found = deprivation.take(table(f"imd/{file}.parquet"))
    assert (found.faults, found.figures.height) == ((), areas * parts)
    assert observations(found.figures)["area"].n_unique() == areas
