"""The calculators of flow begin from their system's numbers, answer first, and show their working."""

import pytest

from tests.site.conftest import words

AT = "/exampleshire/demand/flow"


def test_four_more_places_free_the_hospital_beds_that_the_known_answer_has(shipped):
    # money-demand, known answer D5: 9.5 a day for 6 days; 48.389759 wait at 58 places, 4.675429 at 62
    told = shipped.get(f"{AT}/discharge.json?people=9.5&days=6&places=58").json()
    assert told["delayed"] == 48.39
    assert told["beds_freed_by_4_more"] == 43.714
    said = words(shipped.get(f"{AT}/discharge/?people=9.5&days=6&places=58"))
    assert "With 58 places, 48.4 people who could leave wait in a hospital bed" in said
    assert "4 more places free 43.7 hospital beds" in said
    assert "Whoever comes finds all 58 full 84.9% of the time (Erlang C" in said


def test_too_few_places_are_refused_with_how_many_would_do(shipped):
    answer = shipped.get(f"{AT}/discharge/?people=9.5&days=6&places=57")
    assert answer.status_code == 400
    assert "an occupancy of 100%: whoever waits would wait ever longer. Give at least 58" in words(
        answer
    )
    assert shipped.get(f"{AT}/discharge.json?places=10").json()["fault"]


def test_more_beds_in_a_ward_mean_shorter_waits(shipped):
    told = shipped.get(f"{AT}/ward.json").json()
    waits = [each["mean_wait_days"] for each in told["more_beds"]]
    assert waits == sorted(waits, reverse=True)
    assert [each["more"] for each in told["more_beds"]] == [0, 2, 4, 6, 10]
    assert told["answer"].startswith("Patients wait ")


def test_the_list_that_meets_its_standard_looks_worse_first(shipped):
    told = shipped.get(f"{AT}/waiting-list.json").json()
    assert told["reached"] >= 0.92 > told["if_nothing_changes"]
    said = words(shipped.get(f"{AT}/waiting-list/"))
    assert "To have 92% within 18 weeks in 26 weeks’ time takes" in said
    assert "It looks worse before it is better" in said


def test_a_shorter_time_takes_more_capacity(shipped):
    def capacity(weeks):
        return shipped.get(f"{AT}/waiting-list.json?weeks={weeks}").json()["capacity"]

    assert capacity(13) > capacity(52)


def test_the_address_of_the_data_holds_what_was_put_in(shipped):
    page = shipped.get(f"{AT}/discharge/?places=70").content.decode()
    assert 'value="70"' in page
    assert "discharge.json?people=9.5&amp;days=6&amp;places=70" in page


@pytest.mark.parametrize(
    ("word", "query", "because"),
    [
        ("ward", "beds=many", "Beds: ‘many’ cannot be used. Give a whole number from 1 to 120."),
        ("ward", "beds=2.5", "Give a whole number"),
        ("ward", "arrivals=1e9", "Give a number from 0.1 to 25."),
        ("ward", "beds=5", "the queue would grow without end"),
        ("discharge", "people=nan", "cannot be used"),
        ("waiting-list", "weeks=1", "Give a whole number from 2 to 156."),
        ("waiting-list", "weeks=2&referrals=50000&waiting=1000000", ""),
    ],
)
def test_what_no_queue_can_have_is_said(shipped, word, query, because):
    answer = shipped.get(f"{AT}/{word}/?{query}")
    assert answer.status_code == (400 if because else 200)
    assert because in words(answer)


def test_the_planner_leads_to_the_calculators_and_they_to_each_other(shipped):
    page = shipped.get("/exampleshire/demand/").content.decode()
    for word in ("ward", "discharge", "waiting-list"):
        assert f'href="{AT}/{word}/"' in page
    assert f'href="{AT}/ward/"' in shipped.get(f"{AT}/discharge/").content.decode()


@pytest.mark.parametrize("path", ["/dorset/demand/flow/ward/", f"{AT}/theatre/"])
def test_a_system_without_numbers_has_no_calculator(shipped, path):
    assert shipped.get(path).status_code == 404
