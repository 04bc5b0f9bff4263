"""`commonweal outcomes chart` and `funnel`: a table in; rows, signs or a picture out."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

from commonweal.outcomes.methods.rule_sets import RULE_SETS
from commonweal_site.command import main
from commonweal_site.commands_charts import RULES
from tests.commands.conftest import Ran

FLAT = [10, 11] * 7


@pytest.fixture
def run(capsys, tmp_path):
    """The command in this process, on a table of that text."""

    def command(what, text, *more):
        file = tmp_path / "waits.csv"
        file.write_text(text, encoding="utf-8")
        code = main(["outcomes", what, str(file), *(str(each) for each in more)])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command


def table(last="30"):
    rows = [f"2024-{number:02}-01,{value}" for number, value in enumerate(FLAT[:11], 1)]
    return "period,value\n" + "\n".join([*rows, f"2024-12-01,{last}"]) + "\n"


def places():
    rows = [f"{place},{number},{value}" for place in "AB" for number, value in enumerate(FLAT)]
    return "place,period,value\n" + "\n".join(rows) + "\n"


def test_a_chart_is_a_row_a_point_with_its_limits_and_what_it_shows(run):
    said = run("chart", table(), "--polarity", "higher")
    assert (said.code, said.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert len(rows) == 12
    assert rows[-1]["shows"].startswith("Improving")
    assert rows[0]["period"] == "2024-01-01"


def test_as_json_a_chart_has_its_rules_and_signs_too(run):
    said = json.loads(
        run("chart", places(), "--by", "place", "--target", "50", "--format", "json").out
    )
    assert said["rules"] == "plot-the-dots"
    assert [each["place"] for each in said["signs"]] == ["A", "B"]
    assert len(said["points"]) == 28


def test_a_missing_month_is_found_once_the_step_is_told(run):
    gap = "\n".join(line for line in table().splitlines() if "2024-05" not in line)
    rows = list(csv.DictReader(io.StringIO(run("chart", gap, "--every", "1mo").out)))
    assert rows[4]["period"] == "2024-05-01"
    assert rows[4]["state"] == "missing"


def test_a_picture_is_one_file_with_its_style_in_it(run):
    said = run(
        "chart", table("[c]"), "--rebased", "2024-06-01", "--format", "svg", "--title", "A & B"
    )
    root = ET.fromstring(said.out)
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "1 Dec 2024" in texts
    assert "no value" in texts
    assert ".cw-chart__limit" in root.find("{http://www.w3.org/2000/svg}style").text
    assert root.find("{http://www.w3.org/2000/svg}title").text == "A & B"


def test_a_picture_is_of_one_series_and_a_wrong_name_is_answered_with_those_there_are(run):
    assert run("chart", places(), "--by", "place", "--series", "B", "--format", "svg").code == 0
    for more, words in (((), "Say which with --series"), (("--series", "C"), "called 'C'")):
        said = run("chart", places(), "--by", "place", "--format", "svg", *more)
        assert said.code == 2
        assert words in said.err
        assert "A, B" in said.err


def test_the_help_names_every_set_of_rules():
    assert tuple(RULE_SETS) == RULES


SMOKERS = (
    "name,count,denominator\nNorth,30,100\nSouth,20,100\nEast,90,100\nWest,*,100\nMid,50,100\n"
)


@pytest.mark.parametrize("widened", [(), ("--widened",)])
@pytest.mark.parametrize("method", ["proportion", "rate", "ratio"])
def test_a_funnel_says_on_which_side_each_unit_lies(run, method, widened):
    said = run("funnel", SMOKERS, "--method", method, *widened)
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [each["value"] for each in rows] == ["30.0", "20.0", "90.0", "", "50.0"]
    assert rows[3]["side_95"] == ""
    assert {each["side_99_8"] for each in rows[:3]} <= {"above", "below", "inside"}


def test_a_funnel_may_be_a_picture_or_json(run):
    drawn = run("funnel", SMOKERS, "--format", "svg").out
    assert ">East<" in ET.tostring(ET.fromstring(drawn), encoding="unicode").replace("ns0:", "")
    said = json.loads(run("funnel", SMOKERS, "--format", "json", "--confidence", "0.9").out)
    assert said[2]["side_90"] == "above"


@pytest.mark.parametrize(
    ("what", "more", "words"),
    [
        ("chart", ("--kind", "xbar"), "xmr"),
        ("chart", ("--rules", "seven"), "plot-the-dots"),
        ("chart", ("--value", "worth"), "worth"),
        ("chart", ("--rebased", "June"), "none of the periods"),
        ("funnel", ("--format", "svg"), "to name the units"),
        ("funnel", ("--confidence", "95"), "0.95"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, what, more, words):
    text = table() if what == "chart" else "count,denominator\n3,10\n"
    said = run(what, text, *more)
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_a_run_chart_is_values_around_their_median(run):
    rows = list(csv.DictReader(io.StringIO(run("chart", table(), "--kind", "run").out)))
    assert rows[0].keys() >= {"period", "value", "median", "longest_run", "crossings", "unusual"}
    assert len({row["median"] for row in rows}) == 1
    picture = run("chart", table(), "--kind", "run", "--format", "svg").out
    assert "around a median of" in picture
