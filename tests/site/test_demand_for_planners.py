"""The planner's pages: the answer first, a range and not a number, and any assumption moved at once."""

import re

import pytest

from commonweal.demand.futures import Run, project
from commonweal_site.demand import reading
from commonweal_site.demand.planned import beds_needed
from commonweal_site.demand.scenarios import drawn, expected, grounds
from tests.site.conftest import words

AT = "/exampleshire/demand"
HOME = f"{AT}/care-nearer-home"


def test_each_scenario_is_answered_first_in_one_sentence_for_the_board(shipped):
    said = words(shipped.get(f"{AT}/"))
    assert re.search(
        r"In \d of 10 futures the 1,250 hospital beds for emergency care planned for 2034 are not enough\.",
        said,
    )
    for slug in ("do-nothing", "care-nearer-home"):
        [answer] = [
            each["answer"]
            for each in shipped.get(f"{AT}.json").json()["scenarios"]
            if each["scenario"] == slug
        ]
        assert answer in words(shipped.get(f"{AT}/{slug}/"))


def test_the_sentence_counts_the_futures_that_the_engine_draws(shipped):
    on, scenario = grounds("exampleshire"), reading.scenario("do-nothing")
    run = Run(seed=1, draws=1000, code="any")
    outlook = project(on.held.inputs, scenario, run, groups=on.groups, kept=on.names)
    beds = beds_needed(on.plan, outlook, "Exampleshire").needed[2034 - 2027]
    tenths = round(10 * (beds > 1250).mean())
    said = shipped.get(f"{AT}/do-nothing.json").json()["answer"]
    assert said.startswith(f"In {tenths} of 10 futures the 1,250 ")


def test_a_moved_assumption_is_named_with_what_it_was_and_answers_with_the_mean(shipped):
    answer = shipped.get(f"{HOME}/?home-as-soon-as-fit=50")
    said = words(answer)
    assert "Home as soon as fit: 50% less, in place of 5 to 30% less." in said
    assert "On average over all futures, " in said
    assert "This is the mean of all futures, which needs no draws." in said
    data = shipped.get(f"{HOME}.json?home-as-soon-as-fit=50").json()
    assert (data["made_with"]["draws"], data["changed"]) == (
        None,
        ["Home as soon as fit: 50% less, in place of 5 to 30% less."],
    )


def test_taking_more_away_needs_fewer_beds(shipped):
    def beds(query):
        rows = shipped.get(f"{HOME}.json{query}").json()["capacity"]
        return next(
            r["middle"] for r in rows if r["measure"] == "beds by occupancy" and r["year"] == 2034
        )

    assert beds("?home-as-soon-as-fit=50") < beds("?home-as-soon-as-fit=0")


def test_a_form_that_sends_every_slider_comes_to_an_address_with_what_was_moved(shipped):
    page = shipped.get(f"{HOME}/").content.decode()
    sent = dict(re.findall(r'<input type="range"[^>]* name="([^"]+)"[^>]* value="([^"]+)"', page))
    assert len(sent) >= 8
    assert shipped.get(f"{HOME}/", sent)["Location"] == f"{HOME}/"
    moved = shipped.get(f"{HOME}/", sent | {"more-beds": "40"})
    assert moved["Location"] == f"{HOME}/?more-beds=40"


def test_more_beds_change_the_plan_and_keep_the_futures(shipped):
    said = words(shipped.get(f"{HOME}/?more-beds=40"))
    assert "of 10 futures the 1,290 hospital beds" in said
    assert "Beds beyond those planned: 40 beds, in place of 0 beds." in said


def test_growth_of_one_area_and_a_share_that_is_a_range_are_said_and_can_be_moved(shipped):
    at = f"{AT}/care-place-by-place"
    said = words(shipped.get(f"{at}/"))
    assert "growth beyond what more and older people explain, only in City" in said
    assert "growth beyond what more and older people explain, except in City" in said
    assert "Acts on 10 to 26% of emergency admissions and emergency bed days" in said
    share = "care-at-home-for-people-who-are-frail-acts-on"
    few, many = (shipped.get(f"{at}.json?{share}={each}").json()["why"]["end"] for each in (10, 26))
    assert many < few
    changed = words(shipped.get(f"{at}/?{share}=26"))
    assert "the share it acts on: 26%, in place of 10 to 26%." in changed


def test_two_scenarios_are_told_apart_in_one_sentence_and_what_does_not_differ_is_said_so(shipped):
    page = words(shipped.get(f"{AT}/compare/?one=do-nothing&other=care-nearer-home"))
    told = shipped.get(f"{AT}/compare.json?one=do-nothing&other=care-nearer-home").json()
    (row,) = (
        each for each in told["differences"]
        if (each["area"], each["activity"]) == ("Exampleshire", "emergency-bed-days")
    )  # fmt: skip
    fewer = f"{-row['change']:,.0f} fewer emergency bed days in 2041 with “Care nearer home”"
    assert f"Exampleshire has {fewer} than with “Do nothing”, on average" in page
    assert "The same in every future" in page
    alike = words(shipped.get(f"{AT}/compare/?one=do-nothing&other=do-nothing"))
    assert "In emergency bed days of Exampleshire the two do not differ in 2041." in alike


def test_more_beds_are_enough_more_often(shipped):
    page = words(shipped.get(f"{AT}/do-nothing/"))
    part = page[page.index("What more beds buy in 2034") :]
    shares = [int(each) for each in re.findall(r"In (\d+)% of futures", part)[:6]]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


@pytest.mark.parametrize(
    ("query", "because"),
    [
        ("more-beds=many", "Beds beyond those planned: ‘many’ cannot be used."),
        ("home-as-soon-as-fit=101", "Give a number from 0 to 100% less."),
        ("occupancy=100", "Give a number from 75 to 99%."),
        ("years-in-good-health=nan", "‘nan’ cannot be used."),
        ("type=operations", "There is no type of activity ‘operations’. There are: emergency"),
        ("area=kent", "There is no area ‘kent’. There are: Exampleshire"),
        ("year=2026", "There is no year ‘2026’. There are: 2027"),
    ],
)
def test_what_cannot_be_worked_out_is_said_in_a_sentence(shipped, query, because):
    answer = shipped.get(f"{HOME}/?{query}")
    assert answer.status_code == 400
    assert because in words(answer)
    data = shipped.get(f"{HOME}.json?{query}")
    assert data.status_code == 400
    assert because in data.json()["fault"]


def test_the_occupancy_and_the_service_level_are_two_columns(shipped):
    said = words(shipped.get(f"{AT}/do-nothing/"))
    assert "To be 92% full on average To be enough on 99% of days" in said
    rows = shipped.get(f"{AT}/do-nothing.json").json()["capacity"]
    assert {"beds by occupancy", "beds by service level"} <= {row["measure"] for row in rows}


def test_after_the_last_year_of_the_plan_nothing_is_planned_and_that_is_not_nought(shipped):
    rows = shipped.get(f"{AT}/do-nothing.json").json()["capacity"]
    planned = {r["year"]: r["planned"] for r in rows if r["measure"] == "beds by occupancy"}
    assert (planned[2034], planned[2035]) == (1250, None)
    assert "Not stated Is the plan enough? Cannot be told" in words(
        shipped.get(f"{AT}/do-nothing/")
    )


def test_why_activity_changes_adds_up_to_the_change(shipped):
    why = shipped.get(f"{HOME}.json?type=referrals-by-general-practitioners").json()["why"]
    assert why["start"] + sum(part["amount"] for part in why["parts"]) == why["end"]
    assert "Advice in place of a referral" in {part["name"] for part in why["parts"]}


def test_the_mean_of_an_unchanged_scenario_is_that_of_its_futures(shipped):
    on, scenario = grounds("exampleshire"), reading.scenario("care-nearer-home")
    means, futures = expected(on, scenario), drawn(on, scenario)
    for name in on.names:
        assert means[name].expected == pytest.approx(futures[name].expected)


def test_the_map_says_of_each_area_whether_it_changes_more_than_the_whole(shipped):
    page = shipped.get(f"{HOME}/").content.decode()
    part = page[page.index('id="where"') : page.index("Emergency bed days by area, 2034")]
    assert "Each area beside Exampleshire" in part
    assert "nine of ten of its futures lie on one side" in part
    shares = re.findall(r"(City|County): ([+−]\d+%), (higher|lower|similar)", part)
    assert {name for name, *_ in shares} == {"City", "County"}
    # the mean of a changed scenario is judged by a percentage point, and says so
    changed = shipped.get(f"{HOME}/?emergency-care-grows=5").content.decode()
    assert "its mean differs by a percentage point or more" in changed


@pytest.mark.parametrize("what", ["beds", "activity", "areas", "waterfall", "more-beds"])
def test_each_picture_stands_by_itself_with_its_colours_and_what_it_says(shipped, what):
    answer = shipped.get(f"{AT}/do-nothing/{what}.svg")
    picture = answer.content.decode()
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert picture.startswith("<svg ")
    assert "<style>" in picture
    assert "<desc" in picture


def test_the_tiles_of_areas_carry_their_shade_when_they_stand_alone(shipped):
    assert ".cw-shade--common {" in shipped.get(f"{AT}/do-nothing/areas.svg").content.decode()


def test_without_futures_there_is_no_picture_of_how_often(shipped):
    assert shipped.get(f"{HOME}/more-beds.svg?years-in-good-health=50").status_code == 404


def test_the_table_has_every_year_of_every_type_and_area_with_what_made_it(shipped):
    rows = shipped.get(f"{AT}/do-nothing.csv").content.decode().splitlines()
    assert rows[0].startswith("area,activity,unit,year,expected,low,middle,high,scenario,")
    assert len(rows) == 1 + 3 * 6 * 16
    assert all("demand-1" in row for row in rows[1:])


def test_two_scenarios_stand_side_by_side_on_the_same_chances(shipped):
    said = words(shipped.get(f"{AT}/compare/?one=do-nothing&other=care-nearer-home"))
    assert "Only “Care nearer home” assumes: Home as soon as fit." in said
    rows = shipped.get(f"{AT}/compare.json?one=do-nothing&other=do-nothing").json()["differences"]
    assert {row["change"] for row in rows} == {0}
    wrong = shipped.get(f"{AT}/compare.json?one=nothing")
    assert wrong.status_code == 400
    assert "There are: do-nothing, care-nearer-home" in wrong.json()["fault"]


def test_a_system_without_a_scenario_says_so_and_shows_where_one_is(shipped):
    answer = shipped.get("/dorset/demand/")
    assert answer.status_code == 200
    assert "No scenario of demand is on record for Dorset" in words(answer)
    assert shipped.get("/dorset/demand.json").json()["count"] == 0


def test_what_was_reported_and_cannot_be_run_says_what_is_not_stated(shipped):
    answer = shipped.get("/hampshire-and-isle-of-wight/demand/avoidable-admissions/")
    said = words(answer)
    assert "This scenario cannot be run as it stands." in said
    assert "states no base year" in said
    assert "acts on a share of emergency admissions that its source does not state." in said
    data = shipped.get("/hampshire-and-isle-of-wight/demand/avoidable-admissions.json")
    assert data.status_code == 404
    assert "states no base year" in data.json()["fault"]
    assert shipped.get("/hampshire-and-isle-of-wight/demand/").status_code == 200


def test_before_the_day_it_was_made_a_scenario_is_not_there(shipped):
    for day, status in (("2026-03-11", 200), ("2026-03-10", 404)):
        assert shipped.get(f"{HOME}/?as_at={day}").status_code == status


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx", "csv", "json", "zip"])
def test_the_book_of_assumptions_comes_in_every_form(shipped, ending):
    answer = shipped.get(f"{HOME}/assumptions.{ending}")
    assert answer.status_code == 200
    assert f".{ending}" in answer["Content-Disposition"]
    assert answer.content


def test_the_book_says_every_assumption_who_agreed_it_and_the_seed(shipped):
    said = words(shipped.get(f"{HOME}/assumptions/"))
    assert "3 were asked: from 5 to 50% less." in said
    assert "Who agreed “Home as soon as fit” is not recorded." in said
    assert "Seed Which 1" in said
    assert f'href="{HOME}/assumptions/"' in shipped.get(f"{HOME}/").content.decode()


@pytest.mark.parametrize(
    "path", [f"{AT}/nothing/", f"{AT}/nothing.json", "/nowhere/demand/", "/dorset/demand/compare/"]
)
def test_what_is_not_there_is_not_found(shipped, path):
    assert shipped.get(path).status_code == 404


def test_a_plan_counts_from_the_first_day_of_its_year_to_its_last():
    beds = grounds("exampleshire").plan.beds
    assert [beds.of(year) for year in (2025, 2026, 2027, 2028, 2034, 2035)] == [
        None, 1180, 1180, 1200, 1250, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["area", "type", "year", "more-beds", "years-in-good-health", "by", "one"]
)
def test_whatever_is_asked_the_answer_is_a_page(shipped, name):
    for strange in ("\x00", '"><script>', "9" * 400, "1e400", "é"):
        for path in (f"{HOME}/", f"{HOME}.json", f"{AT}/compare.json"):
            answer = shipped.get(path, {name: strange})
            assert answer.status_code in {200, 302, 400}, (path, strange)
            if answer["Content-Type"].startswith("text/html"):
                assert b"<script>" not in answer.content


def test_a_decision_shows_the_scenarios_made_for_it_and_each_can_be_run_again(shipped):
    page = shipped.get("/exampleshire/decision/year-plan-2026").content.decode()
    assert "Scenarios made for it" in page
    for slug in ("do-nothing", "care-nearer-home"):
        assert f'href="{AT}/{slug}/#change"' in page
        assert 'id="change"' in shipped.get(f"{AT}/{slug}/").content.decode()


def test_a_scenario_on_record_leads_to_what_it_comes_to(shipped):
    page = shipped.get("/exampleshire/scenario/do-nothing").content.decode()
    assert f'href="{AT}/do-nothing/"' in page
    assert "Scenarios made for it" not in shipped.get("/exampleshire/body/icb").content.decode()


def test_days_are_kept_on_the_way(shipped):
    page = shipped.get(f"{AT}/?as_at=2026-10-01").content.decode()
    assert f"{AT}/do-nothing/?as_at=2026-10-01" in page
