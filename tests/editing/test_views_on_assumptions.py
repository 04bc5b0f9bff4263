"""Whoever may propose is heard on an assumption: every view stands, and nothing is half written."""

import json
from datetime import date
from decimal import Decimal

import pytest

from commonweal.demand.facts import Scenario, ScenarioAssumption, View
from commonweal_site.day import today
from tests.accounts.officers import officer, public
from tests.desk import asserted, write
from tests.site.conftest import PAPER, words

D = Decimal
HOME, GROWS = "kent/scenario-assumption/home", "kent/scenario-assumption/grows"
VIEWS = "/kent/demand/care/views"
GIVEN = {
    "who": "Medical director", "role": "The board", "low": "20", "high": "40%",
    "reason": "As at the ward at home",
}  # fmt: skip


@pytest.fixture
def asked(kent):
    """A scenario with an assumption on which one view is on record, and one on which none is."""
    write(
        kent,
        asserted(HOME, ScenarioAssumption(
            name="Care at home", acts="avoidance", activities=("admissions",), low=D("0.7"),
            high=D("0.9"), share=D("0.2"), sources=PAPER,
            views=(View(who="Director of nursing", low=D("0.85"), high=D("0.95"), reason="Few nurses"),),
        )),
        asserted(GROWS, ScenarioAssumption(
            name="Growth", acts="growth", activities=("admissions",), central=D("1.01"), sources=PAPER,
        )),
        asserted("kent/scenario/care", Scenario(
            name="Care", about="kent/area/system", assumptions=(HOME, GROWS), sources=PAPER,
        )),
    )  # fmt: skip
    return kent


@pytest.fixture
def ann(asked):
    return officer("ann", ("kent", "editor"))


def on_record(book, entity=HOME):
    return book.snapshot(today()).fact(entity)


def test_a_view_is_put_beside_the_others_with_its_reason_and_its_day(asked, ann):
    answer = ann.post(f"{VIEWS}/home/", GIVEN)
    assert answer["Location"] == f"{VIEWS}/?given=yes#home"
    nurse, doctor = on_record(asked).views
    assert nurse.who == "Director of nursing"
    assert (doctor.low, doctor.high) == (D("0.6"), D("0.8"))
    assert (doctor.reason, doctor.given) == ("As at the ward at home", today().isoformat())


def test_all_views_stand_side_by_side_and_the_disagreement_is_plain(asked, ann):
    ann.post(f"{VIEWS}/home/", GIVEN)
    said = words(public().get(f"{VIEWS}/"))
    assert "those asked disagree on 1" in said
    assert "They disagree" in said
    assert "20 to 40% less" in said
    assert "5 to 15% less" in said
    assert "Low: (0.85 + 0.6) ÷ 2 = 0.725. High: (0.95 + 0.8) ÷ 2 = 0.875." in said
    assert "Pooled, with each view counted alike: 12.5 to 27.5% less" in said


def test_the_same_role_that_thinks_again_takes_the_place_of_its_earlier_view(asked, ann):
    ann.post(f"{VIEWS}/home/", GIVEN)
    ann.post(f"{VIEWS}/home/", GIVEN | {"low": "30"})
    assert [view.high for view in on_record(asked).views] == [D("0.95"), D("0.7")]


def test_what_held_before_today_stays_on_record(asked, ann):
    ann.post(f"{VIEWS}/home/", GIVEN)
    before = asked.snapshot(date(2026, 1, 1)).fact(HOME)
    assert len(before.views) == 1
    assert asked.snapshot(today()).fact(HOME).low == before.low


def test_the_scenario_takes_what_it_took_until_somebody_changes_it(asked, ann):
    ann.post(f"{VIEWS}/home/", GIVEN)
    assert (on_record(asked).low, on_record(asked).high) == (D("0.7"), D("0.9"))
    assert f"/edit/{HOME}/amend/" in ann.get(f"{VIEWS}/").content.decode()


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ({"low": "a few"}, "‘a few’ is not a number."),
        ({"high": "1e9"}, "‘1e9’ is not a number."),
        ({"low": "50"}, "put the lower number first"),
        ({"high": "101"}, "Nothing can take away less than 0% or more than 100%."),
        ({"low": "-1"}, "Nothing can take away less than 0% or more than 100%."),
        ({"who": ""}, "Answer this: Who are you, in your public role?."),
        ({"reason": " "}, "Answer this: Why?."),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_and_nothing_is_written(asked, ann, answers, because):
    last = asked.head.number
    answer = ann.post(f"{VIEWS}/home/", GIVEN | answers)
    assert answer.status_code == 422
    assert because in words(answer)
    assert "As at the ward at home" in words(answer) or "reason" in answers
    assert asked.head.number == last


def test_a_view_on_what_somebody_else_changed_meanwhile_is_not_written(asked, ann):
    page = ann.get(f"{VIEWS}/home/").content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    ann.post(f"{VIEWS}/home/", GIVEN)
    answer = ann.post(f"{VIEWS}/home/", GIVEN | {"who": "Chair", "seen": seen})
    assert answer.status_code == 422
    assert "Somebody else changed this while you had it open." in words(answer)
    assert len(on_record(asked).views) == 2


def test_growth_is_asked_in_per_cent_a_year_and_may_be_below_nought(asked, ann):
    ann.post(f"{VIEWS}/grows/", GIVEN | {"low": "−1", "high": "2.5"})
    [view] = on_record(asked, GROWS).views
    assert (view.low, view.high) == (D("0.99"), D("1.025"))
    assert "−1 to 2.5% a year" in words(public().get(f"{VIEWS}/"))


def test_the_public_see_every_view_and_are_asked_to_sign_in_to_give_one(asked):
    assert "Director of nursing" in words(public().get(f"{VIEWS}/"))
    assert public().get(f"{VIEWS}/home/")["Location"].startswith("/accounts/sign-in/")
    data = json.loads(public().get(f"{VIEWS}.json").content)
    assert data["pooled"][HOME]["low"] == 0.85
    assert len(public().get(f"{VIEWS}.csv").content.decode().splitlines()) == 2


def test_who_may_not_change_the_record_is_told_what_they_lack(asked):
    reader = officer("rob", ("kent", "reader"))
    assert reader.get(f"{VIEWS}/home/").status_code == 403
    assert reader.post(f"{VIEWS}/home/", GIVEN).status_code == 403


@pytest.mark.parametrize("path", [f"{VIEWS}/nothing/", "/kent/demand/nothing/views/home/"])
def test_what_is_not_assumed_has_no_form(ann, path):
    assert ann.get(path).status_code == 404
