"""The page of an indicator answers first, shows what is missing, and is the same as data."""

import csv
import io
import re
from datetime import UTC, datetime
from html import unescape

import pytest

from commonweal_site.outcomes.reading import store
from commonweal_site.outcomes.shipping import HEADS, keep_shipped
from tests.site.conftest import the_site_on, words

INDICATOR = "/exampleshire/indicator"


def test_the_first_sentence_gives_figure_period_comparison_and_course(invented):
    said = words(invented.get(f"{INDICATOR}/vaccinated-by-five?area=exampleton"))
    assert "In Exampleton place it was 75." in said
    assert (
        "in 2025/26: worse than invented England (87.0%) and getting worse, by its latest five years."
        in said
    )


def test_a_figure_that_is_withheld_says_so_and_why(invented):
    said = words(invented.get(f"{INDICATOR}/smoking-at-birth?area=network-hazel"))
    assert "Hazel network area, 2025/26: withheld, so that nobody can be told apart." in said
    assert "Counts from 1 to 7 are withheld" in said
    # Elm makes up Southgate with Hazel, so it would give it away.
    assert "Elm network area" in said.partition("What is missing, and why")[2]


def test_a_share_of_nearly_everybody_is_withheld_and_so_is_the_gap_that_rests_on_it(invented):
    said = words(invented.get(f"{INDICATOR}/school-ready?area=exampleton"))
    assert "of people who are counted and of those who are not" in said
    assert (
        "Exampleton place and South Exampleshire: the gap is withheld, because a group of people"
    ) in said
    assert "The gap cannot be told: the figure of one group or more is withheld." in said
    # Twenty of 24 were ready, 83.3%, so that four were not: no twin says so.
    for twin in ("/areas.csv", "/figures.csv", "/figures.json", "/gap.svg", ".json", ""):
        made = invented.get(f"{INDICATOR}/school-ready{twin}?area=exampleton").content.decode()
        assert "83.3" not in made, twin


def test_months_are_drawn_as_a_control_chart_and_years_with_their_limits(invented):
    months = invented.get(f"{INDICATOR}/bed-days-delayed?area=south").content.decode()
    assert "getting worse, by its control chart" in months
    assert "process limits" in months
    years = invented.get(f"{INDICATOR}/school-ready").content.decode()
    assert "process limits" not in years


def test_a_run_chart_may_be_asked_for_and_the_way_back_is_shown(invented):
    address = f"{INDICATOR}/bed-days-delayed?area=south&chart="
    runs = words(invented.get(f"{address}run"))
    assert "around a median of" in runs
    assert "Show it as a control chart" in runs
    assert "Show it as a run chart" in words(invented.get(f"{address}control"))
    assert invented.get(f"{address}pie").status_code == 400


def test_areas_stand_in_the_order_of_their_names_never_of_their_figures(invented):
    page = words(invented.get(f"{INDICATOR}/school-ready"))
    table = page.partition("Area by area, 2024/25")[2]
    names = ["Castle", "Harbour", "Market", "Northfield", "Northgate", "Northmoor", "Southfield"]
    places = [table.index(f" {name} ") for name in names]
    assert places == sorted(places)


def test_the_gap_is_of_those_who_were_asked_for(invented):
    everybody = invented.get(f"{INDICATOR}/smoking-adults/areas.csv").content.decode()
    women = invented.get(f"{INDICATOR}/smoking-adults/areas.csv?sex=female").content.decode()

    def gap(text):
        rows = csv.DictReader(io.StringIO(text))
        return next(row["gap_slope"] for row in rows if row["area"] == "exampleshire/area/south")

    assert gap(everybody)
    assert not gap(women)


def test_what_it_was_called_before_and_after_is_linked(invented):
    assert "Redefined from Delayed transfers from hospital" in words(
        invented.get(f"{INDICATOR}/bed-days-delayed")
    )
    retired = words(invented.get(f"{INDICATOR}/delayed-transfers"))
    assert "retired; the national collection ended in 2023." in retired
    assert "Redefined as Days in hospital after being ready to leave" in retired


def test_as_at_an_earlier_day_the_answer_is_of_what_was_over_by_then(invented):
    said = words(invented.get(f"{INDICATOR}/smoking-adults?as_at=2025-06-01"))
    assert "In Exampleshire it was" in said
    assert "in 2024/25:" in said
    data = invented.get(f"{INDICATOR}/smoking-adults/figures.json?as_at=2025-06-01").json()
    assert max(row["ends"] for row in data["series"]) == "2025-04-01"


def test_it_says_which_revision_of_the_figures_it_used(invented):
    said = words(invented.get(f"{INDICATOR}/smoking-adults"))
    assert "(revision 1)" in said
    earlier = words(invented.get(f"{INDICATOR}/smoking-adults?known=2026-04-01T00:00:00Z"))
    assert "revision 1" not in earlier


def test_an_indicator_without_figures_says_so_and_keeps_its_definition(
    invented, settings, tmp_path
):
    settings.DATA_DIR = tmp_path / "empty"
    said = words(invented.get(f"{INDICATOR}/smoking-adults"))
    assert "No figures of it are in the store of this record for this day." in said
    assert "Definition" in said
    assert "There are no figures to download." in said


def test_the_data_are_those_of_the_page(invented):
    data = invented.get(f"{INDICATOR}/school-ready/figures.json").json()
    assert data["revision"]["number"] == 1
    own = {row["area"]: row for row in data["areas"]}
    assert own["exampleshire/area/market"]["state"] == "missing"
    assert own["exampleshire/area/market"]["value"] is None
    assert own["england/area/england"]["name"] == "invented England"
    table = invented.get(f"{INDICATOR}/school-ready/figures.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == len(data["series"])


def test_no_small_count_is_in_any_data(invented):
    for name in ("smoking-at-birth", "early-deaths-heart", "emergency-admissions"):
        data = invented.get(f"{INDICATOR}/{name}/figures.json").json()
        counts = [row["count"] for part in ("areas", "series", "groups") for row in data[part]]
        assert not [count for count in counts if count is not None and 0 < count < 8], name


@pytest.mark.parametrize("which", ["over-time", "areas", "gap"])
def test_a_picture_is_a_file_of_its_own_that_carries_its_style(invented, which):
    answer = invented.get(f"{INDICATOR}/school-ready/{which}.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert answer.content.startswith(b"<svg")
    style = answer.content.partition(b"<style>")[2].partition(b"</style>")[0]
    assert b"\n.cw-mark" in style


@pytest.mark.parametrize("query", ["area=nowhere", "sex=other", "age=old", "area=%00", "area=../x"])
def test_what_there_is_no_figure_of_is_refused_with_what_there_is(invented, query):
    page = invented.get(f"{INDICATOR}/smoking-adults?{query}")
    assert page.status_code == 400
    assert "There are no figures" in words(page)
    data = invented.get(f"{INDICATOR}/smoking-adults/figures.json?{query}")
    assert data.status_code == 400
    assert data.json()["fault"].startswith("There are no figures")


def test_of_an_indicator_that_is_not_there_no_data_are_given(invented):
    for form in ("figures.json", "figures.csv", "areas.csv", "areas.svg"):
        assert invented.get(f"{INDICATOR}/nothing/{form}").status_code == 404


def test_variation_tells_who_lies_outside_and_what_chance_would_do(invented):
    said = words(invented.get(f"{INDICATOR}/smoking-adults/variation/"))
    assert "Of 9 neighbourhoods around" in said
    assert "lie outside the outer limits" in said
    assert "Chance alone would put fewer than one there." in said


def test_variation_has_no_ranks(invented):
    rows = invented.get(f"{INDICATOR}/smoking-adults/variation.json").json()["units"]
    assert {"rank", "position", "quartile"}.isdisjoint(rows[0])
    for type_ in ("neighbourhood", "network"):
        names = [row["name"] for row in rows if row["type"] == type_]
        assert names == sorted(names)


def test_where_no_funnel_can_be_drawn_the_page_says_why(invented):
    said = words(invented.get(f"{INDICATOR}/bed-days-delayed/variation/"))
    assert "too few for a funnel" in said
    assert invented.get(f"{INDICATOR}/nothing/variation/").status_code == 404
    assert invented.get(f"{INDICATOR}/smoking-adults/variation.json?sex=x").status_code == 400


def test_an_indicator_leads_to_the_plans_money_and_decisions_that_are_to_move_it(invented):
    page = invented.get(f"{INDICATOR}/home-after-reablement").content.decode()
    for path in ("plan-item/", "funded-scheme/home-first", "decision/reablement-pool-2025"):
        assert f'href="/exampleshire/{path}' in page, path


@pytest.mark.parametrize("path", ["funded-scheme/home-first", "decision/reablement-pool-2025"])
def test_and_they_lead_back_to_it(invented, path):
    page = invented.get(f"/exampleshire/{path}").content.decode()
    effect = page.partition("What would show its effect: ")[2].partition("</p>")[0]
    assert "/exampleshire/indicator/home-after-reablement" in effect


def test_figures_taken_in_later_are_seen_at_once_and_the_permanent_link_keeps_the_earlier(
    invented_book, settings, tmp_path
):
    # given a page of figures, and its permanent link
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "exampleshire"
    folder.mkdir()
    with the_site_on(invented_book[0]) as client:

        def kept(count, year):
            row = f"indicator/smoking-adults,area/south,2025,persons,18 and over,,,,,{count},100,"
            (folder / "observations.csv").write_text("\n".join([",".join(HEADS), row]))
            keep_shipped(folder, store(), recorded=datetime(year, 1, 1, tzinfo=UTC))
            return client.get(f"{INDICATOR}/smoking-adults")

        first = kept(20, 2090)
        link = re.search(r'href="http://testserver(/[^"]+)">Permanent link', first.content.decode())
        # when a later revision comes in
        second = kept(30, 2091)
        # then the page has it, and the permanent link still has what was there before
        assert "it was 20.0% in 2025" in words(first)
        assert "it was 30.0% in 2025" in words(second)
        assert "it was 20.0% in 2025" in words(client.get(unescape(link.group(1))))
