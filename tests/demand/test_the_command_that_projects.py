"""`commonweal demand`: a scenario in, futures, a comparison or the reasons out."""

import csv
import io
import json
import shutil
from datetime import date

import numpy as np
import pytest

from commonweal.demand.futures import Run, project
from commonweal.demand.telling import beside, told
from commonweal_site.demand import reading
from tests.demand.invented import growth, inputs, still
from tests.making import shipped


@pytest.fixture
def folder(tmp_path):
    """The shipped inputs, to be changed."""
    made = tmp_path / "inputs"
    shutil.copytree(reading.SHIPPED, made)
    return made


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_scenario_runs_without_any_file_of_ones_own_and_says_how(demand):
    said = demand("run", "do-nothing", "--draws", 20, "--seed", 3)
    assert (said.code, said.err) == (0, "")
    made = rows(said.out)
    assert {row["area"] for row in made} == {
        "exampleshire/area/city", "exampleshire/area/county", "Exampleshire",
    }  # fmt: skip
    assert {(row["seed"], row["draws"], row["rule"]) for row in made} == {("3", "20", "demand-1")}
    assert "invented" in made[0]["data"]
    assert (made[0]["year"], made[0]["low"]) == ("2026", "")
    later = next(row for row in made if row["year"] == "2041")
    assert float(later["low"]) <= float(later["middle"]) <= float(later["high"])


def test_the_same_seed_prints_the_same_whatever_the_number_of_workers(demand):
    alone, many = (
        demand("run", "care-nearer-home", "--draws", 20, "--workers", each).out for each in (1, 8)
    )
    assert alone == many


def test_as_json_it_says_that_it_is_invented_and_how_to_run_it_again(demand):
    told = demand("run", "do-nothing", "--draws", 5, "--format", "json").json
    assert told["invented"] is True
    (run,) = told["runs"]
    assert (run["scenario"], run["seed"], run["draws"]) == ("Do nothing", 1, 5)
    assert told["futures"][0]["low"] is None


def test_two_scenarios_are_compared_future_by_future(demand):
    made = rows(demand("compare", "do-nothing", "care-nearer-home", "--draws", 50).out)
    whole = {row["activity"]: row for row in made if row["area"] == "Exampleshire"}
    assert float(whole["emergency-bed-days"]["change"]) < 0
    assert float(whole["emergency-bed-days"]["lower"]) > 0.9
    assert float(whole["planned-admissions"]["change"]) == 0
    assert whole["planned-admissions"]["scenario"] == "Do nothing | Care nearer home"


def test_why_activity_changes_is_told_part_by_part_and_adds_up(demand):
    asked = ("explain", "care-nearer-home", "--type", "emergency-bed-days")
    text = demand(*asked).out
    assert "Home as soon as fit" in text
    assert "agreed by The clinical and professional leaders" in text
    made = demand(*asked, "--format", "json").json
    assert made["start"] + sum(part["amount"] for part in made["parts"]) == made["end"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("run", "elsewhere.yaml"), "There is no file elsewhere.yaml. The scenarios that ship are"),
        (("run", "do-nothing", "--draws", 0), "ask for 1 or more"),
        (("run", "do-nothing", "--workers", 0), "0 workers can do nothing"),
        (("explain", "do-nothing", "--type", "births"), "There is no type of activity “births”"),
        (("explain", "do-nothing", "--area", "moon"), "have nothing for “moon”"),
    ],
)
def test_what_is_asked_wrongly_is_said_and_ends_with_2(demand, arguments, sentence):
    said = demand(*arguments)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("inputs.yaml", None, "There is no inputs.yaml"),
        ("inputs.yaml", "version: [", "inputs.yaml cannot be read"),
        ("inputs.yaml", "{version: x}", "missing required field"),
        ("rates.csv.gz", None, "inputs.yaml names rates.csv.gz, which is not in"),
        ("rates.csv.gz", "area,type\na,b\n", "The rates have no column “age”"),
    ],
)
def test_a_folder_that_cannot_be_read_says_what_is_wrong(demand, folder, file, text, sentence):
    (folder / file).unlink()
    if text is not None:
        (folder / file).write_text(text, encoding="utf-8")
    said = demand("run", "do-nothing", "--draws", 1, "--inputs", folder)
    assert said.code == 2
    assert sentence in said.err


def test_a_scenario_of_ones_own_with_a_slip_names_the_slip(demand, tmp_path):
    own = tmp_path / "own.yaml"
    text = (reading.SHIPPED / "care-nearer-home.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("remaining: {low: 0.70, high: 0.95}", "remaining: 1.2"), "utf-8")
    said = demand("run", own, "--draws", 1)
    assert said.code == 2
    assert "“Home as soon as fit” takes more than 100%" in said.err


def test_what_is_missing_is_told_apart_and_its_figures_are_empty(demand, folder):
    own = folder / "own.yaml"
    text = (reading.SHIPPED / "do-nothing.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("[community-contacts]", "[planned-admissions]").replace(
        "[planned-admissions, referrals", "[referrals"), "utf-8")  # fmt: skip
    said = demand("run", own, "--draws", 5)
    assert said.code == 0
    assert "Growth is not stated for 1 of 6 types (community-contacts)" in said.err
    left = [row for row in rows(said.out) if row["activity"] == "community-contacts"]
    assert {row["expected"] for row in left} == {""}


def test_scenarios_of_different_seeds_are_not_compared():
    one, other = (
        project(inputs(), still(), Run(seed=each, code="test", draws=2), kept=["north"])
        for each in (1, 2)
    )
    with pytest.raises(Exception, match=r"run on different seeds \(1 and 2\): run both alike"):
        list(beside(one, other, ["north"]))


def test_futures_that_were_not_kept_are_not_compared():
    one = project(inputs(), still(), Run(seed=1, code="test", draws=2))
    with pytest.raises(Exception, match="The futures of “north” were not kept"):
        list(beside(one, one, ["north"]))


def test_an_unknown_figure_is_told_as_none_in_both_tables():
    partly = still(growth=(growth(1.0, ("same-day-care",)),))
    made = project(inputs(), partly, Run(seed=1, code="test", draws=2), kept=["north"])
    first = next(told(made))
    assert (first.activity, first.expected) == ("emergency-admissions", None)
    compared = next(beside(made, made, ["north"]))
    assert (compared.first, compared.low, compared.lower) == (None, None, None)
    json.dumps([each._asdict() for each in told(made)], allow_nan=False)
    assert np.isnan(made["north"].centiles[0, 0, 0])


# --- from the record, with one thing changed -------------------------------------------------------


def test_one_assumption_is_changed_from_the_command_line_and_the_name_says_so(demand):
    asked = ("run", "care-nearer-home", "--draws", 5, "--format", "json")
    before = demand(*asked).json
    after = demand(*asked, "--with", "home-as-soon-as-fit=0.1,0.2").json
    assert after["runs"][0]["scenario"] == "Care nearer home, with “Home as soon as fit” changed"
    fewer = [
        (one["expected"], other["expected"])
        for one, other in zip(before["futures"], after["futures"], strict=True)
        if (one["activity"], one["year"]) == ("emergency-bed-days", 2041)
    ]
    assert all(other < one for one, other in fewer)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("--with", "home-as-soon-as-fit"), "changes nothing: write ASSUMPTION=LOW,HIGH"),
        (("--with", "home-as-soon-as-fit=a"), "“a” is neither a number nor a range"),
        (("--with", "home-as-soon-as-fit=1,2,3"), "“1,2,3” is neither a number nor a range"),
        (("--with", "home-as-soon-as-fit=20%,0.3"), "one end in per cent and one not"),
        (
            ("--with", "home-as-soon-as-fit=0.5,1.5"),
            "Give 0 to 100% less, which is 0 to 1 of what it acts on, the share that remains.",
        ),
        (
            ("--with", "attendances-grow=2"),
            "Give −5 to 10% a year, which is 0.95 to 1.1 times the year before.",
        ),
        (("--with", "home-as-soon-as-fit=0.5,1.5"), "means 50% more, which cannot be used"),
        (("--with", "attendances-grow=2"), "means +100% a year, which cannot be used"),
        (("--with", "attendances-grow=10.1%"), "means +10.1% a year"),
        (("--with", "attendances-grow=-5.1%"), "means −5.1% a year"),
        (("--with", "more-attendances=2%"), "assumes no “more-attendances”. It assumes: "),
        (("--with", "home-as-soon-as-fit=0.9,0.8"), "put the lower end first"),
        (("--share", "home-as-soon-as-fit=1.5"), "is a share of 150%: give one from 0% to 100%"),
        (("--share", "home-as-soon-as-fit=150%"), "is a share of 150%"),
        (("--share", "home-as-soon-as-fit=0.2,0.1"), "put the lower end first"),
        (("--share", "home-as-soon-as-fit=10%,120%"), "is a share of 120%"),
        (("--share", "attendances-grow=0.1"), "does not act on a share"),
    ],
)
def test_a_change_that_cannot_be_is_said(demand, change, sentence):
    said = demand("run", "care-nearer-home", "--draws", 1, *change)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


@pytest.mark.parametrize(
    ("as_said", "as_kept", "sentence"),
    [
        ("attendances-grow=2%", "attendances-grow=1.02",
         "Attendances grow: 2% a year (1.02 times the year before), in place of 0.4 to 1.4%"),
        ("attendances-grow=-5%,10%", "attendances-grow=0.95,1.1",
         "Attendances grow: −5 to 10% a year (0.95,1.1 times the year before), in place of"),
        ("home-as-soon-as-fit=0%,20%", "home-as-soon-as-fit=0.8,1",
         "Home as soon as fit: 0 to 20% less (0.8,1 of what it acts on, the share that remains)"),
        ("years-in-good-health=40%", "years-in-good-health=0.4",
         "Years in good health: 40% (0.4 of each year of life gained, the share in good health)"),
    ],
)  # fmt: skip
def test_a_change_is_written_in_per_cent_or_as_it_is_kept_and_said_back_in_both(
    demand, as_said, as_kept, sentence
):
    one, other = (
        demand("run", "care-nearer-home", "--draws", 3, "--with", each)
        for each in (as_said, as_kept)
    )
    assert one.out == other.out
    assert one.err == other.err
    assert sentence in one.err


def test_a_share_is_written_either_way_and_said_back(demand):
    one, other = (
        demand("run", "care-nearer-home", "--draws", 2, "--share", f"home-as-soon-as-fit={each}")
        for each in ("30%", "0.3")
    )
    assert one == other
    assert one.err == "Home as soon as fit acts on 30% of emergency-bed-days, in place of 40%.\n"


def test_a_share_can_be_a_range(demand):
    said = demand("run", "care-nearer-home", "--draws", 2, "--share", "home-as-soon-as-fit=30%,50%")
    assert said.code == 0
    assert said.err.startswith("Home as soon as fit acts on 30 to 50% of emergency-bed-days, in ")


def test_what_can_be_changed_is_listed_by_its_word_with_units_and_bounds(demand):
    text = demand("assumptions", "care-nearer-home").out
    assert "now 0.4 to 1.4% a year, kept as 1.004,1.014 (times the year before)" in text
    assert "may go 0 to 100% less, which is 0 to 1 of what it acts on" in text
    as_data = demand("assumptions", "care-nearer-home", "--format", "json").json["assumptions"]
    assert rows(demand("assumptions", "care-nearer-home", "--format", "csv").out) == as_data
    for each in as_data:
        same = f"{each['assumption']}={each['kept']}"
        assert demand("run", "care-nearer-home", "--draws", 1, "--with", same).code == 0


def test_progress_is_told_beside_the_answer_not_in_it(demand):
    said = demand("run", "do-nothing", "--draws", 2, "--progress")
    assert said.err == (
        "1 of 2 areas: exampleshire/area/city\n2 of 2 areas: exampleshire/area/county\n"
    )
    assert said.out == demand("run", "do-nothing", "--draws", 2).out


def test_a_run_that_is_interrupted_says_so_and_writes_nothing(demand, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("commonweal_site.commands_demand._progress", interrupted)
    said = demand("run", "do-nothing", "--draws", 2, "--progress")
    assert (said.code, said.out) == (2, "")
    assert "The run was stopped after 1 of 2 areas. Nothing of it is shown" in said.err


@pytest.fixture(scope="module")
def today():
    return shipped("exampleshire", "hampshire-and-isle-of-wight")(date(2026, 11, 22))


@pytest.fixture
def on_record(monkeypatch, today):
    """The record that ships, in memory."""
    monkeypatch.setattr("commonweal_site.command._opened", lambda _: today)


@pytest.mark.usefixtures("on_record")
def test_a_scenario_of_the_record_runs_by_its_identifier_with_the_same_figures(demand):
    by_name, by_identifier = (
        demand("run", named, "--draws", 3).out
        for named in ("care-nearer-home", "exampleshire/scenario/care-nearer-home")
    )
    assert by_name == by_identifier


@pytest.mark.usefixtures("on_record")
def test_what_the_care_models_of_2018_leave_open_is_asked_for_then_run(demand):
    named = "hampshire-and-isle-of-wight/scenario/avoidable-admissions"
    said = demand("run", named, "--draws", 1)
    assert said.code == 2
    assert "“Avoidable admissions” states no base year: give a base year to run it." in said.err
    given = ("--base", 2026, "--horizon", 2027, "--variant", "principal", "--draws", 1)
    assert "a share of emergency-admissions that its source does not state" in (
        demand("run", named, *given).err
    )
    said = demand("run", named, *given, "--share", "more-care-in-the-community=0.2")
    assert "run on the people of Exampleshire, which is invented" in said.err
    made = rows(said.out)
    before, after = (
        float(row["expected"])
        for row in made
        if (row["area"], row["activity"]) == ("Exampleshire", "emergency-admissions")
    )
    assert after / before == pytest.approx(0.98, abs=1e-5)


@pytest.mark.usefixtures("on_record")
def test_an_identifier_that_is_not_there_is_answered_with_those_that_are(demand):
    said = demand("run", "dorset/scenario/now")
    assert said.code == 2
    assert "There is no scenario dorset/scenario/now. There are: exampleshire/scenario/" in said.err
