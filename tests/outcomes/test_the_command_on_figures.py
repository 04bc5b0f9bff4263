"""`commonweal outcomes import` and `figures`: a published file in, every area out."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from commonweal.outcomes.store.measures import Measure
from commonweal_site.command import main
from commonweal_site.outcomes.keeping import Store
from tests.commands.conftest import Ran
from tests.outcomes.store.samples import frame, observed
from tests.sources.test_fingertips import row

NOW = datetime(2026, 11, 22, tzinfo=UTC)
AREAS = {"E92000001": ("England", 1500), "E06000045": ("UA/LAs (from Apr 2023)", 2000)}


@pytest.fixture
def figures(tmp_path, capsys, settings, monkeypatch):
    """The command in this process, on a store of its own and a record without boards."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("commonweal_site.command._open", lambda *_, **__: None)
    monkeypatch.setattr("commonweal_site.outcomes.importing.boards_by_year", lambda *_: {})

    def command(*arguments):
        code = main(["outcomes", *map(str, arguments)])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command


@pytest.fixture
def file(tmp_path):
    """A file of Fingertips with smokers in England and Southampton over five years."""

    def written(*more):
        rows = [
            row(
                **{
                    "Area Code": code, "Area Type": kind, "Time period": f"{year}/{year - 1999}",
                    "Value": str(count / 100), "Count": str(count), "Denominator": "10000",
                }
            )
            for code, (kind, count) in AREAS.items()
            for year in range(2018, 2023)
        ]  # fmt: skip
        text = io.StringIO()
        table = csv.DictWriter(text, rows[0])
        table.writeheader()
        table.writerows([*rows, *more])
        (tmp_path / "smokers.csv").write_text(text.getvalue(), encoding="utf-8")
        return tmp_path / "smokers.csv"

    return written


@pytest.fixture
def indicators(tmp_path):
    path = tmp_path / "indicators.csv"
    path.write_text(
        "IndicatorID,Polarity,BenchmarkComparisonMethod,ValueType,IndicatorName\n"
        "92443,Low is good,CIs overlap reference value (95.0),Proportion,Smokers\n",
        encoding="utf-8",
    )
    return path


def imported(figures, *arguments):
    return figures("import", *arguments, "--source", "fingertips")


def test_a_plan_says_what_would_be_taken_and_writes_nothing(figures, file, tmp_path):
    said = imported(figures, file(), "--plan")
    assert said.code == 0, said.err
    assert "10 figures of 1 indicator, 2 areas" in said.out
    assert "Nothing was written" in said.out
    assert not (tmp_path / "figures").exists()


def test_what_was_imported_is_asked_for_every_area(figures, file, indicators):
    said = imported(figures, file(), "--indicators", indicators)
    assert (said.code, said.err) == (0, "")
    assert "revision 1" in said.out
    found = figures("figures", "fingertips-92443", "--format", "json")
    southampton, england = json.loads(found.out)
    assert (southampton["area"], southampton["compared"]) == ("E06000045", "worse")
    assert (england["value"], southampton["trend"]) == (15.0, "no significant change")


def test_figures_may_be_asked_for_an_earlier_day_and_revision(figures, file, indicators):
    for _ in range(2):
        imported(figures, file(), "--indicators", indicators)
    found = figures("figures", "fingertips-92443", "--as-at", "2020-04-01", "--revision", "1")
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert {each["ends"] for each in rows} == {"2020-04-01"}


def test_to_ask_for_one_sex_shows_no_more_than_to_ask_for_all(figures, tmp_path):
    counts = {"persons": (203, 400), "female": (3, 200), "male": (200, 200)}
    rows = [observed("a", 2023, n, of, sex=sex) for sex, (n, of) in counts.items()]
    Store(tmp_path / "figures").append(
        frame(*rows), source="made up", file="none", checksum="", recorded=NOW,
        measures={"made-up-1": Measure(name="Smokers", method="proportion", minimum_count=8)},
    )  # fmt: skip

    def shown(sex):
        (row,) = figures("figures", "made-up-1", "--sex", sex, "--format", "json").json
        return row["count"]

    assert [shown(sex) for sex in counts] == [203, None, None]


def test_a_file_with_faults_is_refused_with_each_until_they_are_left_out(figures, file, tmp_path):
    path = file(row(Count="1O"))
    refused = imported(figures, path)
    assert refused.code == 2
    assert "smokers.csv, row 12, Count, “1O”: It is no number." in refused.err
    assert not (tmp_path / "figures").exists()
    assert imported(figures, path, "--plan").code == 1
    taken = imported(figures, path, "--leave-out")
    assert (taken.code, taken.err) == (0, "")


def test_what_the_store_has_can_be_listed(figures, file):
    imported(figures, file())
    rows = list(csv.DictReader(io.StringIO(figures("stored").out)))
    assert [(each["kind"], each["areas"]) for each in rows] == [("england", "1"), ("ua/las", "1")]


def test_an_indicator_that_is_not_in_the_store_is_answered_with_those_that_are(figures, file):
    imported(figures, file())
    said = figures("figures", "fingertips-92444")
    assert said.code == 2
    assert "fingertips-92443" in said.err


def test_a_file_that_does_not_say_its_period_needs_to_be_told(figures, tmp_path):
    path = tmp_path / "registers.csv"
    path.write_text(
        "lad_code,group_code,register,list,prevalence\nE06000001,AF,20,1000,0.02\n",
        encoding="utf-8",
    )
    refused = figures("import", path, "--source", "qof")
    assert (refused.code, "--period" in refused.err) == (2, True)
    assert figures("import", path, "--source", "qof", "--period", "2019/20").code == 0
    (row,) = json.loads(figures("figures", "qof-af", "--format", "json").out)
    assert (row["value"], row["starts"]) == (2.0, "2019-04-01")
