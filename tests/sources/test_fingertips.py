"""Files of Fingertips: what is taken, what is put right, and what is wrong with a row."""

from datetime import date

import polars as pl
import pytest

from commonweal.outcomes.store.every_area import every_area
from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import observations
from commonweal.sources import fingertips
from commonweal.sources.taken import WrongFile
from tests.outcomes.answers import table

SMOKERS = Measure(name="Smokers", method="proportion", per=100)
BOARDS = {2023: {"E54000034", "E54000042"}, 2026: {"E54000067"}}


def row(**said):
    """A row of the CSV as the site gives it, the columns that are read."""
    given = {
        "Indicator ID": "92443", "Indicator Name": "Smokers", "Area Code": "E06000045",
        "Area Name": "Southampton", "Area Type": "UA/LAs (from Apr 2023)", "Sex": "Persons",
        "Age": "18+ yrs", "Time period": "2022/23", "Value": "15", "Lower CI 95.0 limit": "14",
        "Upper CI 95.0 limit": "16", "Count": "150", "Denominator": "1000", "Value note": "",
        "Category Type": "", "Category": "",
    }  # fmt: skip
    return given | said


def taken(*rows, known=None, boards=None):
    return fingertips.take(pl.DataFrame(list(rows)), known, boards)


def only(given):
    assert given.faults == ()
    return observations(given.figures).row(0, named=True)


def test_a_row_is_one_observation():
    found = only(taken(row()))
    assert (found["indicator"], found["area"], found["kind"]) == (
        "fingertips-92443", "E06000045", "ua/las",
    )  # fmt: skip
    assert (found["vintage"], found["sex"], found["age"]) == (2023, "persons", "18+ yrs")
    assert (found["starts"], found["ends"]) == (date(2022, 4, 1), date(2023, 4, 1))
    assert (found["value"], found["count"], found["denominator"]) == (15, 150, 1000)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"Value": ""}, 2),
        ({"Value": "", "Value note": "Value suppressed for disclosure control"}, 3),
        ({"Value": "*"}, 3),
        ({"Value": "[c]", "Count": ""}, 3),
        ({"Value": "", "Count": "*"}, 3),
        ({"Value": "[z]"}, 1),
        ({"Value": "0", "Count": "0"}, 0),
    ],
)
def test_a_cell_without_a_number_says_why_and_keeps_no_other_from_which_it_could_be_found(
    said, state
):
    found = only(taken(row(**said)))
    assert found["state"] == state
    assert (found["count"] is None) == (state != 0)
    assert (found["denominator"] is None) == (state != 0)


@pytest.mark.parametrize(
    ("said", "column", "text", "because"),
    [
        ({"Count": "1O0"}, "Count", "1O0", "It is no number"),
        ({"Value": "nan"}, "Value", "nan", "It is no number"),
        ({"Time period": "2022/24"}, "Time period", "2022/24", "is no period"),
        ({"Count": "1001"}, "Count", "1001.0", "above its denominator"),
        ({"Indicator ID": "92444"}, "Indicator ID", "92444", "92443"),
        (
            {"Area Code": "E54000067", "Area Type": "ICBs (from Apr 2023)"},
            "Area Code", "E54000067", "a board of 2026; the file speaks of those of 2023",
        ),
        ({"Area Code": "E54000999"}, "Area Code", "E54000999", "no board on record"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_named_with_its_place_and_left_out(said, column, text, because):
    found = taken(row(), row(**said), known={"92443": SMOKERS}, boards=BOARDS)
    (fault,) = found.faults
    assert (fault.row, fault.column, fault.text) == (3, column, text)
    assert because in fault.because
    assert found.figures.height == 1


def test_a_board_of_the_vintage_that_the_file_speaks_of_is_taken():
    said = {"Area Code": "E54000067", "Area Type": "ICBs (from Apr 2026)"}
    assert only(taken(row(**said), boards=BOARDS))["vintage"] == 2026


def test_the_same_row_twice_is_taken_once_and_said():
    found = taken(row(), row())
    assert found.figures.height == 1
    assert [(each.name, each.rows) for each in found.corrections] == [("repeated rows", 1)]


def test_two_figures_for_one_thing_are_both_faults_and_neither_is_taken():
    found = taken(row(), row(Value="16", Count="160"))
    assert [fault.row for fault in found.faults] == [2, 3]
    assert found.figures.is_empty()


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ({"Value": "15.00004"}, "rounded copies"),
        ({"Value": "", "Count": ""}, "empty copies"),
    ],
)
def test_copies_with_less_in_them_are_left_out_by_name(other, name):
    found = taken(row(), row(**other))
    assert found.figures.height == 1
    assert [(each.name, each.rows) for each in found.corrections] == [(name, 1)]


def test_a_file_of_another_shape_is_refused_with_what_it_lacks_and_has():
    with pytest.raises(WrongFile, match=r"'Area Code'.*this one has 'practice', 'list'"):
        fingertips.take(pl.DataFrame({"practice": ["A81001"], "list": ["4"]}))


def test_a_file_with_headings_alone_is_refused():
    with pytest.raises(WrongFile, match="no rows"):
        fingertips.take(pl.DataFrame([row()]).clear())


@pytest.fixture(scope="module")
def recorded():
    """The extract that the department published, with its list of indicators."""
    known = fingertips.measures(table("fingertips/indicators.csv"))
    return fingertips.take(table("fingertips/healthdata.parquet"), known)


def test_of_the_recorded_extract_every_row_is_a_figure_a_correction_or_a_fault(recorded):
    rows = table("fingertips/healthdata.parquet").height
    corrected = sum(each.rows for each in recorded.corrections)
    assert recorded.figures.height + corrected + len(recorded.faults) == rows
    assert observations(recorded.figures).height == recorded.figures.height


def test_the_extract_has_quarters_of_one_year_that_cannot_be_told_apart(recorded):
    """NHS Health Checks are published by quarter; the extract says only the year."""
    numbers = table("fingertips/healthdata.parquet")["IndicatorId"]
    assert {numbers[fault.row - 2] for fault in recorded.faults} >= {91040}
    assert {fault.column for fault in recorded.faults} == {"Value"}


@pytest.mark.parametrize("number", [241, 247, 30302, 93474, 94063, 20401])
def test_published_limits_are_worked_out_again_by_the_method_of_the_indicator(recorded, number):
    indicator = f"fingertips-{number}"
    measure = recorded.measures[indicator]
    figures = recorded.figures.filter(
        (pl.col("indicator") == indicator) & (pl.col("grouping") == "") & (pl.col("state") == 0)
    )
    figures = figures.filter(pl.col("age") == figures["age"].mode().sort().first())
    latest = figures.filter(pl.col("starts") == pl.col("starts").max())
    made = every_area(latest, measure).join(latest, on="area", suffix="_published")
    made = made.filter(pl.col("lower").is_not_null() & (pl.col("worked_out") == "computed"))
    assert made.height > 0
    for ours, theirs in (("lower_95", "lower"), ("upper_95", "upper")):
        assert made[ours].to_list() == pytest.approx(made[theirs].to_list(), rel=1e-3)


def test_a_rate_that_does_not_say_of_how_many_is_left_as_published(recorded):
    assert recorded.measures["fingertips-92266"].method == "not stated"
