"""Where care models were taken up, at what stage and to what stated effect; and areas of change."""

import csv
import io

from commonweal.plans.programmes import Adoption, Programme
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER, words


def test_the_page_answers_first_and_counts_no_invented_system(shipped):
    said = words(shipped.get("/care-models/"))
    found = shipped.get("/care-models.json").json()
    assert found["answer"] in said
    assert found["answer"] == (
        "3 care models are on record. Sources speak of 4 places: in use in 2, in use in part in 1 "
        "and not recorded in 1."
    )
    assert said.index("Virtual wards") < said.index("In invented systems, to try things out")
    assert said.index("Home first after hospital") > said.index("In invented systems")


def test_an_effect_is_what_its_source_states_and_no_more(shipped):
    said = words(shipped.get("/care-models/"))
    assert "nobody else has confirmed them" in said
    assert (
        "Change in referrals by general practitioners under new care models : -4 % on last year"
        in said
    )
    assert "no figures" in said  # of virtual wards


def test_the_table_has_a_row_for_each_place(shipped):
    answer = shipped.get("/care-models.csv").content.decode()
    rows = [row for row in csv.DictReader(io.StringIO(answer)) if row["system"] == "exampleshire"]
    assert [(row["where"], row["stage"]) for row in rows] == [
        ("exampleshire/area/exampleton", "in use"), ("exampleshire/area/north", "in use in part"),
        ("exampleshire/area/south", "considered"),
    ]  # fmt: skip


def test_a_programme_shows_where_it_was_taken_up(shipped):
    said = words(shipped.get("/exampleshire/programme/home-first"))
    assert "Where it was taken up" in said
    assert "People went home two days sooner" in said


def test_without_a_care_model_the_page_says_so(kent):
    assert "No care model is on record on this day." in words(kent.get("/care-models/"))


def test_what_is_kept_back_of_care_models_is_not_shown(kent):
    place = Adoption(where="kent/area/thanet", stage="in use", at="2026-06")
    for slug, more in (("open", {}), ("hid", {"exempt": "Publicity would harm"})):
        name = {"open": "Open model", "hid": "Hushwater model"}[slug]
        fact = Programme(name=name, type="care model", adopted=(place,), sources=PAPER, **more)
        write(kent.book, asserted(f"kent/programme/{slug}", fact), at=hours(4 + len(slug)))
    for form in ("/", ".json", ".csv"):
        said = kent.get(f"/care-models{form}").content.decode()
        assert "Open model" in said
        assert "Hushwater" not in said


# --- areas of change ------------------------------------------------------------------------------


def test_eight_areas_of_change_say_what_is_required_what_is_there_and_by_when(shipped):
    said = words(shipped.get("/dorset/delivery/"))
    assert "Areas of change: what is required and what is there" in said
    assert "Every NHS provider belongs to at least one collaborative" in said
    assert "A library of apps" in said
    assert said.count("By April 2022: Date passed, nothing on record") == 8
    assert "Areas of change" not in words(shipped.get("/exampleshire/delivery/"))
