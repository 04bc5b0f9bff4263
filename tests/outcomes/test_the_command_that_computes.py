"""`commonweal outcomes compute`: a table in, a measure for every row or group out."""

import csv
import io
import json

import pytest

from commonweal.outcomes.methods.standards import EUROPEAN_2013
from commonweal_site.command import main
from tests.commands.conftest import Ran
from tests.commands.conftest import run as run_apart


@pytest.fixture
def run(capsys):
    """The command in this process, which is quicker than in one of its own."""

    def command(*arguments):
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command


@pytest.fixture
def compute(run, tmp_path):
    def command(method, text, *more, name="table.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return run("outcomes", "compute", method, "--input", tmp_path / name, *more)

    return command


def test_it_needs_no_record(tmp_path):
    (tmp_path / "deaths.csv").write_text("count,population\n65,100\n", encoding="utf-8")
    said = run_apart("outcomes", "compute", "rate", "--input", tmp_path / "deaths.csv")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("count,population,value,lower_95,upper_95,state\n65,100,65000.0,")


def test_a_rate_for_every_row_with_what_is_not_there_said(compute):
    text = "area,count,population\nEast,65,100\nWest,[c],100\nNorth,,100\nSouth,0,100\n"
    said = compute("rate", text, "--per", "100", "--confidence", "0.95", "0.998")
    assert said.code == 0, said.err
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [each["state"] for each in rows] == ["known", "suppressed", "missing", "known"]
    assert [each["value"] for each in rows] == ["65.0", "", "", "0.0"]
    assert rows[0]["lower_95"].startswith("50.1631")
    assert rows[0]["lower_99_8"].startswith("42.8802")


def test_the_columns_that_a_method_does_not_use_tell_groups_apart(compute):
    text = "area,sex,band,count,population\n" + "".join(
        f"East,{sex},{band},{10 + number},{1_000 * (20 - number)}\n"
        for sex in ("women", "men")
        for number, band in enumerate(EUROPEAN_2013)
    )
    said = compute("direct", text, "--format", "json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    assert [(each["area"], each["sex"], each["state"]) for each in found] == [
        ("East", "women", "known"), ("East", "men", "known")
    ]  # fmt: skip
    assert found[0]["value"] == found[1]["value"]


def test_an_indirect_ratio_is_of_a_reference(compute, tmp_path):
    (tmp_path / "england.csv").write_text(
        "band,count,population\n0-64,100,20000\n65+,400,20000\n", encoding="utf-8"
    )
    text = "area,band,count,population\nEast,0-64,4,1000\nEast,65+,8,500\n"
    without = compute("indirect", text)
    assert (without.code, "--reference" in without.err) == (2, True)
    said = compute("indirect", text, "--reference", tmp_path / "england.csv")
    row = next(csv.DictReader(io.StringIO(said.out)))
    assert (row["observed"], row["expected"], row["value"]) == ("12.0", "15.0", "80.0")


@pytest.mark.parametrize(
    ("method", "text", "column", "first"),
    [
        ("proportion", "count,denominator\n1,4\n", "value", "0.25"),
        ("mean", "ward,value\nx,2\nx,4\n", "value", "3.0"),
        ("quantile", "area,value\na,1\nb,2\nc,3\nd,4\n", "quantile", "2"),
        ("life-expectancy", "age,deaths,population\n0,900,90000\n65,1000,10000\n", "state", "known"),
        ("inequality", "quantile,value,population,error\n" + "".join(f"{n},{70 + n},100,1\n" for n in range(1, 6)), "index", "slope"),
        ("trend", "year,count,denominator\n" + "".join(f"{2014 + n},{10 * n},100\n" for n in range(1, 6)), "trend", "increasing"),
    ],
)  # fmt: skip
def test_every_method_takes_a_table(compute, method, text, column, first):
    said = compute(method, text, "--number", "2")
    assert said.code == 0, said.err
    assert next(csv.DictReader(io.StringIO(said.out)))[column] == first


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("area,count,people\nEast,1,2\n", "There is no column 'population'"),
        ("area,count,population\nEast,-1,2\n", "-1 at index 0"),
        ("area,count,population\nEast,many,2\n", "'many' in row 1"),
        ("area,count,population\nEast,1,0\n", "population of nought"),
        ("", "cannot be read as a table"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_worked_out(compute, text, said):
    answer = compute("rate", text)
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""


def test_a_file_that_is_not_there_or_of_another_kind_is_said_to_be_so(compute, run, tmp_path):
    (tmp_path / "deaths.csv").touch()
    missing = run("outcomes", "compute", "rate", "--input", tmp_path / "death.csv")
    assert (missing.code, "'deaths.csv'" in missing.err) == (2, True)
    other = compute("rate", "x", name="rates.docx")
    assert (other.code, "neither .csv nor .parquet" in other.err) == (2, True)
