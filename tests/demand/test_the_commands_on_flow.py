"""`commonweal demand flow`, `discharge`, `waiting-list` and `variation`."""

import csv
import io
import json

import pytest

from commonweal.demand.flow.discharge import outlook
from commonweal.demand.flow.futures import futures
from commonweal_site.demand.reading import SHIPPED as DEMAND
from commonweal_site.demand.reading_flow import SHIPPED, Outs, Ward, read


@pytest.fixture
def changed(tmp_path):
    """A file that ships, with one thing in it put otherwise."""

    def make(kind, was, becomes):
        text = (SHIPPED / f"{kind}.yaml").read_text(encoding="utf-8")
        assert was in text
        own = tmp_path / f"{kind}.yaml"
        own.write_text(text.replace(was, becomes), encoding="utf-8")
        return own

    return make


# --- a ward --------------------------------------------------------------------------------------


def test_a_ward_is_told_by_wait_fullness_and_what_more_beds_buy(demand):
    told = demand("flow", "ward", "--replications", 4, "--format", "json").json
    assert told["invented"] is True
    assert len(told["beds_full_by_hour"]) == 24
    assert all(0 < each <= 28 for each in told["beds_full_by_hour"])
    assert [each["more"] for each in told["more_beds"]] == [0, 2, 4, 6]
    waiting = [each["waiting_at_midnight"]["mean"] for each in told["more_beds"]]
    assert waiting == sorted(waiting, reverse=True)


def test_the_board_reads_its_sentence_first(demand):
    lines = demand("flow", "ward", "--replications", 4).out.splitlines()
    assert lines[0] == "A medical ward in the city (invented)"
    assert lines[2].endswith("futures, more than 7 people wait on at least one night.")


def test_one_seed_gives_one_answer(demand):
    one, again, other = (
        demand("flow", "ward", "--replications", 2, "--seed", seed).out for seed in (3, 3, 4)
    )
    assert one == again != other


def test_the_night_hours_of_a_ward_are_those_of_its_midnights():
    ward = read("ward", Ward, "ward")
    found = futures(ward.service(), ward.starts, ward.days, replications=2, seed=1)
    # Hour 0 counts the midnights from the first day's, the others those from its end.
    apart = found.by_hour[:, 0] - found.occupied.mean(axis=1)
    assert (abs(apart) <= ward.beds / ward.days).all()


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ("beds: 28", "beds: 20", "the queue would grow without end"),
        ("beds: 28\n", "beds: many\n", "ward.yaml cannot be read"),
        ("days: 90", "days: 0", "leaves none to count"),
        ("by_weekday: [6,", "by_weekday: [6, 1,", "8 weights for weekdays: give 7"),
        ("days: 5.9,", "dais: 5.9,", "unknown field `dais`"),
        ("to: 2027-01-18", "to: 2026-12-21", "an end after the start"),
    ],
)
def test_what_no_ward_can_be_is_said_before_anything_runs(demand, changed, was, becomes, sentence):
    said = demand("flow", changed("ward", was, becomes))
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


def test_a_ward_that_people_leave_without_a_bed_is_run_though_it_would_never_settle(
    demand, changed
):
    own = changed("ward", "beds: 28", "beds: 20\npatience_days: 1")
    own.write_text(own.read_text("utf-8").replace("in_beds_days", "in_beds_days: [1]\n# "), "utf-8")
    told = demand("flow", own, "--replications", 2, "--format", "json").json
    assert told["if_every_day_were_alike"] is None


# --- ways out ------------------------------------------------------------------------------------


def test_d5_visits_come_to_places_and_places_free_hospital_beds(demand):
    """D5: 9.5 people a day for 6 days, 58 places: 48.389759 delayed; 62 would free about 44 beds."""
    told = demand("discharge", "discharge", "--format", "json").json
    home = told["ways"][0]
    assert (home["places"], home["busy"], home["delayed_in_hospital"]) == (58, 57.0, 48.39)
    assert home["more_places"][1] == {"more": 4, "hospital_beds_freed": 43.71}
    whole = sum(each["places_pence_a_day"] + each["delays_pence_a_day"] for each in told["ways"])
    assert told["pence_a_day"] == whole


def test_ways_out_are_told_in_words_with_what_both_cost(demand):
    said = demand("discharge", "discharge").out
    assert "Support at home: 58 places, 57.0 busy" in said
    assert "£5,220.00 for places, £19,355.90 for delays" in said
    assert "cheapest is not best" in said


def test_bedded_places_are_taken_as_they_are_given():
    bedded = read("discharge", Outs, "discharge").ways[1]
    assert bedded.there() == 46
    assert outlook(bedded.way(), 46).queue.load == 42


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        (
            "places: 46",
            "visits: {a_day: 9, first: 1, last: 1}",
            "of need in 9 places: the queue would grow",
        ),
        ("    places: 46\n", "", "“Beds for recovery” has places or visits"),
        ("a_day: 145", "a_day: 142", "57 places' worth of need in 56 places: the queue"),
        ("place_pence: 21000", "place_pence: -1", "a cost is below nothing"),
    ],
)
def test_ways_out_that_cannot_be_are_said(demand, changed, was, becomes, sentence):
    said = demand("discharge", changed("discharge", was, becomes))
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


# --- a waiting list ------------------------------------------------------------------------------


def test_a_list_is_told_by_what_brings_it_to_its_standard_and_holds_it(demand):
    told = demand("waiting-list", "waiting", "--format", "json").json
    assert told["share_within_if_nothing_changes"] < told["share_within_now"] < 0.92
    assert told["share_reached"] >= 0.92
    assert told["relief_capacity"] > 30
    assert told["capacity_to_hold"] == 30
    assert told["least_share_of_those_treated"] == 0


def test_it_is_said_that_a_list_looks_worse_before_it_is_better(demand):
    assert (
        "It looks worse first: in step 1, 0.0% of those treated"
        in demand("waiting-list", "waiting").out
    )


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ("most: 100", "most: 40", "Not even 40 treated in each of 26 steps"),
        ("within 18 weeks", "within 3 weeks", "No waiting standard"),
        ("referrals: 30", "referrals: -1", "0 or more each"),
    ],
)
def test_a_list_that_cannot_be_is_said(demand, changed, was, becomes, sentence):
    said = demand("waiting-list", changed("waiting", was, becomes))
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


def test_an_unknown_file_is_answered_with_those_that_ship(demand):
    said = demand("flow", "elsewhere.yaml")
    assert said.code == 2
    assert "Those that ship are discharge, waiting, ward" in said.err


# --- variation -----------------------------------------------------------------------------------


def test_variation_is_told_area_by_area(demand):
    rows = list(
        csv.DictReader(io.StringIO(demand("variation", "--type", "planned-admissions").out))
    )
    assert [row["area"] for row in rows] == ["exampleshire/area/city", "exampleshire/area/county"]
    # Beside all areas together, what is above in one is below in the other.
    actual, standard = (sum(float(row[name]) for row in rows) for name in ("actual", "standard"))
    assert actual == pytest.approx(standard, abs=0.2)


def test_variation_beside_one_area_leaves_that_area_out(demand):
    said = demand("variation", "--standard", "exampleshire/area/county", "--format", "json")
    told = json.loads(said.out)
    assert [row["area"] for row in told["areas"]] == ["exampleshire/area/city"]
    assert (told["invented"], told["standard"]) == (True, "exampleshire/area/county")


def test_variation_of_an_unknown_type_is_answered_with_those_there_are(demand):
    said = demand("variation", "--type", "births")
    assert said.code == 2
    assert "There is no type of activity “births”. There are: emergency-admissions" in said.err


def test_variation_is_answered_as_mitigations_that_a_scenario_takes(demand, tmp_path):
    said = demand("variation", "--type", "planned-admissions", "--remaining", "0.4,0.8")
    text = (DEMAND / "do-nothing.yaml").read_text(encoding="utf-8")
    own = tmp_path / "closed.yaml"
    own.write_text(f"{text}{said.out}", encoding="utf-8")
    before, after = (
        demand("run", each, "--draws", 2, "--format", "json").json["futures"]
        for each in ("do-nothing", own)
    )
    lower = {
        (one["area"], one["activity"])
        for one, other in zip(before, after, strict=True)
        if other["expected"] < one["expected"]
    }
    assert {activity for _, activity in lower} == {"planned-admissions"}
    assert len(lower) == 2  # the one area that is above the standard, and the two together
