"""Published files become the inputs of a projection, or every fault in them is told."""

import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import expect
from commonweal.demand.scenario import Scenario
from commonweal_site.command import main
from commonweal_site.demand.importing import Wanted, gather, write
from commonweal_site.demand.reading import held

SHARED = Path(os.environ.get("COMMONWEAL_SHARED", Path(__file__).parents[3] / "shared"))
PEOPLE = (
    "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2025,2026\n"
    "E1,Here,Population,{sex},0,100.5,101\n"
    "E1,Here,Population,{sex},1,200,202\n"
    "E1,Here,Population,{sex},2 and over,300,303\n"
    "E1,Here,Population,{sex},All ages,600.5,606\n"
)
COUNTS = "area,type,age,sex,count\nE1,visits,0-1,F,60\nE1,visits,2+,F,90\nE1,visits,0+,M,120.1\n"
RATES = "area,type,age,female,male\nE1,visits,0,0.1,0.1\nE1,visits,1,0.2,0.2\n"


def shared(path):
    found = SHARED / "data" / path
    assert found.is_file(), f"{found} is not there. Set COMMONWEAL_SHARED to the shared folder."
    return found


@pytest.fixture
def folder(tmp_path):
    """Puts files into a folder; given none, people of both sexes and counts."""

    def put(**files):
        given = {"females": PEOPLE.format(sex="females"), "males": PEOPLE.format(sex="males")}
        for name, text in (given | {"counts": COUNTS} | files).items():
            if text is not None:
                (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return put


def taken(folder, **wanted):
    return gather(folder, Wanted("test", **{"base": 2025} | wanted))


# --- what files become ---------------------------------------------------------------------------


def test_files_of_males_and_of_females_are_one_projection(folder):
    has = taken(folder()).inputs.population
    assert (has.areas, has.variants) == (("E1",), ("principal",))
    assert (has.years, has.ages) == (range(2025, 2027), range(3))
    assert has.people[0, 0, 0].tolist() == [[100.5, 100.5], [200, 200], [300, 300]]


def test_rows_of_all_ages_are_left_out_and_counted(folder):
    said = [each.in_words() for each in taken(folder()).found if each.what == "people to come"]
    assert len(said) == 2
    assert all("say what the others say again. (1)" in each for each in said)


def test_counts_by_band_are_divided_by_the_people_of_their_year(folder):
    uses = taken(folder()).inputs.rates
    assert uses.rates[0, 0, :, 0] == pytest.approx([60 / 300.5, 60 / 300.5, 90 / 300])
    assert uses.rates[0, 0, :, 1] == pytest.approx([0.2] * 3)


def test_a_projection_of_them_begins_with_the_counts(folder):
    made = expect(
        taken(folder()).inputs,
        Scenario(name="x", source="x", base=2025, horizon=2026, variants={"principal": 1.0}),
        "E1",
    )
    assert made[0].tolist() == pytest.approx([270.1])


def test_what_is_written_is_read_again_the_same(folder, tmp_path):
    made = taken(folder(), groups={"All": ("E1",)})
    written = write(made, tmp_path / "inputs")
    assert written == ["inputs.yaml", "population.parquet", "rates.parquet"]
    sheet, again = held(tmp_path / "inputs")
    assert sheet.groups == {"All": ("E1",)}
    assert again.version == "test"
    np.testing.assert_array_equal(again.rates.rates, made.inputs.rates.rates)
    np.testing.assert_array_equal(again.population.people, made.inputs.population.people)


def test_a_folder_with_something_in_it_is_not_written_over(folder):
    made = taken(folder())
    with pytest.raises(CannotProject, match="is not empty: name a new folder"):
        write(made, folder())


def test_a_file_that_is_not_known_is_named_and_not_used(folder):
    assert taken(folder(names="code,name\nE1,Here\n")).unknown == ("names.csv",)


def test_the_command_says_what_it_read_and_what_comes_next(folder, tmp_path, capsys):
    to = tmp_path / "new"
    assert (
        main(["demand", "inputs", "--from", str(folder()), "--to", str(to), "--base", "2025"]) == 0
    )
    said = capsys.readouterr().out
    assert "counts.csv: counts of care by band of age, 3 rows." in said
    assert f"Next: commonweal demand run SCENARIO --inputs {to}" in said


# --- what is wrong with them ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"females": PEOPLE.format(sex="females").replace("200,", "2OO,")},
            "females.csv, row 3, 2025, “2OO”: It is no number.",
        ),
        (
            {"females": PEOPLE.format(sex="females").replace("200,", ",")},
            "females.csv, row 3, 2025, “”: Every cell is needed",
        ),
        (
            {"females": PEOPLE.format(sex="females").replace("200,", "-200,")},
            "females.csv, row 3, 2025, “-200”: It is below nought.",
        ),
        (
            {"females": PEOPLE.format(sex="women")},
            "females.csv, row 2, SEX, “women”: It is neither females nor males.",
        ),
        (
            {"females": PEOPLE.format(sex="females").replace("2 and over", "two")},
            "females.csv, row 4, AGE_GROUP, “two”: It is no age.",
        ),
        ({"males": None}, "6 cells of people lack the figure for males"),
        ({"more": PEOPLE.format(sex="males").replace("100.5", "99")}, "given twice, with different"),
        ({"counts": None}, "has no file of rates, or of counts to make rates of"),
        ({"females": None, "males": None}, "has no file of people to come"),
        (
            {"counts": COUNTS.replace("0-1", "1-0")},
            "counts.csv, row 2, age, “1-0”: It is no band of age",
        ),
        (
            {"counts": COUNTS.replace("2+", "1+")},
            "counts.csv, row 3, age, “1+”: Another row has some of these ages too.",
        ),
        (
            {"counts": COUNTS.replace("F,60", "X,60")},
            "counts.csv, row 2, sex, “X”: It is neither sex.",
        ),
        ({"counts": COUNTS.replace("E1,", "E2,")}, "where nobody is: do the codes"),
        (
            {"rates": RATES.replace("0.2,0.2", "367,0.2")},
            "rates.csv, row 3, female, “367.0”: It is more than one a day for each person.",
        ),
        ({"rates": RATES.replace("E1,", "E9,")}, "The rates have areas that the people to come do"),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_file_row_column_and_what_stands_there(folder, files, sentence):
    with pytest.raises(CannotProject) as refused:
        taken(folder(**files))
    assert sentence in str(refused.value)


def test_counts_without_their_year_are_refused(folder):
    with pytest.raises(CannotProject, match="say which with --base"):
        taken(folder(), base=None)
    with pytest.raises(CannotProject, match="The people to come have no 2019"):
        taken(folder(), base=2019)


def test_many_faults_are_counted_not_all_listed(folder):
    many = "area,type,age,female,male\n" + "E1,visits,0,x,0.1\n" * 30
    with pytest.raises(CannotProject, match=r"And 10 more like these\. Nothing was written"):
        taken(folder(rates=many))


def test_a_group_of_areas_without_rates_is_refused(folder):
    with pytest.raises(CannotProject, match="“All” is made of areas that have no rates: E7"):
        taken(folder(), groups={"All": ("E1", "E7")})


def test_an_empty_folder_says_what_it_wants(tmp_path):
    with pytest.raises(CannotProject, match="There is no table in"):
        taken(tmp_path)


# --- real files ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A folder with real files of each kind; the people of two boards alone, to be quick."""
    made = tmp_path_factory.mktemp("real")
    boards = ["E54000042", "E54000048"]
    people = pl.read_parquet(shared("icb-projections-and-rates/population.parquet"))
    people.filter(
        pl.col("area_code").cast(pl.String).is_in(boards), pl.col("variant").cast(pl.String) == "v1"
    ).write_parquet(made / "people.parquet")
    rates = pl.read_csv(shared("icb-projections-and-rates/activity_rates.csv.gz"))
    rates.filter(pl.col("area_code").is_in(boards)).write_csv(made / "rates.csv")
    for path in (
        "icb-projections-and-rates/pods.csv", "england-spells-beddays/spells_beddays.csv",
        "nhp-mitigators/nee_table.csv", "nhs-activity/no_criteria_to_reside_trust_daily.parquet",
        "nhs-flow-healthyr/england_critical_general_acute_beds.csv.gz",
    ):  # fmt: skip
        (made / Path(path).name).write_bytes(shared(path).read_bytes())
    return gather(made, Wanted("boards, 2018-based"))


def test_real_files_of_every_kind_are_known_by_their_columns(real):
    assert {each.what for each in real.found} == {
        "people to come", "rates of care", "labels of kinds of care", "stays in hospital",
        "elicited ranges", "leaving hospital", "beds by month",
    }  # fmt: skip
    assert real.unknown == ()


def test_the_real_board_has_the_activity_that_the_source_prints(real):
    """D10: Hampshire and Isle of Wight, 2022: 134,353.8 ambulance arrivals, and their growth."""
    asked = Scenario(name="x", source="x", base=2022, horizon=2030, variants={"v1": 1.0})
    made = expect(real.inputs, asked, "E54000042")
    at = real.inputs.rates.names.index("aae-amb")
    assert made[0, at] == pytest.approx(134_353.8, abs=0.05)
    assert made[8, at] / made[0, at] - 1 == pytest.approx(0.126188, abs=1.1e-4)


def test_bed_days_are_told_from_events_by_their_labels(real):
    units = {each.label: each.unit for each in real.inputs.rates.types}
    assert units["Unplanned bed days"] == "bed days"
    assert units["Unplanned admissions"] == "events"


def test_what_no_projection_needs_is_kept_beside_it(real, tmp_path):
    written = write(real, tmp_path / "inputs")
    assert {"beds.csv", "leaving.csv", "stays.csv", "mitigations.yaml"} < set(written)
    stays = real.beside["stays.csv"].filter(year="2013/14", method="elec")
    # 1,369,218 stays of 8,572,964 days, and 6,625,029 of half a day each.
    assert stays["stays"].to_list() == [7_994_247]
    assert stays["bed_days"].to_list() == [11_885_478.5]
    assert len(real.ranges) == 78
    wide = real.ranges["alcohol_partially_attributable_acute"]
    assert (wide.low, wide.high) == pytest.approx((0.3992057311, 0.9752261907))
