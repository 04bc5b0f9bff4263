"""A scorecard says how an area does by each measure, in words, shapes and data alike."""

import csv
import io

import pytest

from tests.site.conftest import words


def lines(client, area, query=""):
    rows = client.get(f"/exampleshire/area/{area}/outcomes.json{query}").json()["measures"]
    return {row["indicator"].rpartition("/")[2]: row for row in rows}


@pytest.mark.parametrize("area", ["system", "south", "castle", "network-hazel"])
def test_a_system_a_place_a_neighbourhood_and_a_network_each_have_one(invented, area):
    page = invented.get(f"/exampleshire/area/{area}/outcomes/")
    assert page.status_code == 200
    assert "measures that can be compared with invented England" in words(page)


def test_the_first_sentence_counts_better_similar_worse_and_what_is_left_out(invented):
    said = words(invented.get("/exampleshire/area/south/outcomes/"))
    assert "Of 9 measures that can be compared with invented England, none is better" in said
    assert "of the worse are getting worse." in said
    assert "Two more cannot be compared. One is retired." in said


def test_how_it_stands_is_said_by_a_word_and_by_a_shape(invented):
    page = invented.get("/exampleshire/area/south/outcomes/").content.decode()
    before, worse, _ = page.partition("</svg> Worse<")
    assert worse
    assert "cw-mark--worse" in before[-300:]


def test_of_the_system_the_state_is_what_was_reported_and_of_a_place_what_moved(invented):
    whole, place = lines(invented, "system"), lines(invented, "south")
    assert whole["smoking-at-birth"]["state"] == "awaiting national release"
    assert "expected June 2026" in whole["smoking-at-birth"]["because"]
    assert place["smoking-at-birth"]["because"] == "since the period before"
    assert place["delayed-transfers"]["state"] == "retired"


def test_a_release_that_is_late_says_that_its_day_has_passed(invented):
    late = lines(invented, "system", "?as_at=2026-07-01")["smoking-at-birth"]["because"]
    assert late.endswith("expected June 2026, which has passed")
    before = lines(invented, "system", "?as_at=2026-06-30")["smoking-at-birth"]["because"]
    assert before.endswith("expected June 2026")


def test_an_area_whose_latest_figure_is_missing_is_not_updated_and_says_since_when(invented):
    row = lines(invented, "market")["school-ready"]
    assert (row["state"], row["because"]) == ("not updated", "the last figure is of 2023/24")


def test_a_withheld_figure_is_not_compared(invented):
    row = lines(invented, "network-hazel")["smoking-at-birth"]
    assert (row["figure"], row["compared"], row["value"]) == ("withheld", "not compared", None)


def test_an_earlier_day_has_the_figures_of_that_day(invented):
    assert lines(invented, "south")["smoking-adults"]["period"] == "2025/26"
    then = lines(invented, "south", "?as_at=2025-04-01")
    assert then["smoking-adults"]["period"] == "2024/25"


def test_the_table_is_that_of_the_data(invented):
    text = invented.get("/exampleshire/area/south/outcomes.csv").content.decode()
    rows = {row["indicator"].rpartition("/")[2]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows.keys() == lines(invented, "south").keys()
    assert rows["talking-therapies"]["worse_and_getting_worse"] == "yes"


def test_an_area_leads_to_its_scorecard_and_to_those_around_it(invented):
    assert (
        "/exampleshire/area/south/outcomes/"
        in invented.get("/exampleshire/area/south").content.decode()
    )
    page = invented.get("/exampleshire/area/south/outcomes/").content.decode()
    for other in ("system", "southgate", "southfield"):
        assert f"/exampleshire/area/{other}/outcomes/" in page


def test_what_is_not_an_area_has_no_scorecard(invented):
    assert invented.get("/exampleshire/area/nowhere/outcomes/").status_code == 404
    assert invented.get("/exampleshire/area/nowhere/outcomes.json").status_code == 404


def test_without_figures_the_scorecard_says_so(invented, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "empty"
    said = words(invented.get("/exampleshire/area/south/outcomes/"))
    assert "No indicator on record has a figure of it." in said
    whole = words(invented.get("/exampleshire/area/system/outcomes/"))
    assert "No figure in the store" in whole


# --- worse and getting worse ----------------------------------------------------------------------


def test_what_is_worse_and_getting_worse_is_one_question(invented):
    said = words(invented.get("/exampleshire/worse-and-getting-worse/"))
    assert "are worse than invented England and getting worse, in 4 measures: Adults who" in said
    data = invented.get("/exampleshire/worse-and-getting-worse.json").json()
    assert data["judged"] > len(data["found"]) > 5
    text = invented.get("/exampleshire/worse-and-getting-worse.csv").content.decode()
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(data["found"])


def test_over_all_systems_the_invented_are_left_out(invented):
    data = invented.get("/worse-and-getting-worse.json").json()
    assert data["found"] == []
    said = words(invented.get("/worse-and-getting-worse/"))
    assert "Nothing can be told" in said


def test_it_is_no_league_table(invented):
    rows = invented.get("/exampleshire/worse-and-getting-worse.json").json()["found"]
    names = [row["name"] for row in rows]
    assert names == sorted(names)


def test_of_a_system_that_is_not_there_nothing_is_found(invented):
    assert invented.get("/nowhere/worse-and-getting-worse/").status_code == 404
