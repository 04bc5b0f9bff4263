"""The chapter of questions on the site: with their answers, to be asked again."""

import json
from datetime import date

import pytest

from commonweal.authority.facts import Function
from commonweal.authority.search import Question
from commonweal_site.authority import manual
from commonweal_site.authority.manual import Settled, questions
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER

pytestmark = pytest.mark.slow  # a record of every pack is made, or a Python of its own


def test_each_question_can_be_asked_again_with_one_press_and_has_the_same_answer(shipped):
    rows = json.loads(shipped.get("/manual/who-decides.json").content)
    assert len(rows) == len(questions())
    page = shipped.get("/manual/who-decides/").content.decode()
    for row in rows[::9]:
        assert row["ask_again"].replace("&", "&amp;") in page
        asked = shipped.get(row["ask_again"].replace("/?", ".json?"))
        assert asked.status_code == 200, row["ask_again"]
        if "/may" in row["ask_again"]:
            assert asked.json()["outcome"] == row["answer"], row["ask_again"]


def test_one_that_has_ended_by_the_day_is_not_asked_again_but_who_may_is(shipped):
    rows = json.loads(shipped.get("/manual/who-decides.json").content)
    ended = [row["ask_again"] for row in rows if "/who-decides/?" in row["ask_again"]]
    assert ended
    assert shipped.get(ended[0]).status_code == 200


def test_the_answers_are_those_of_the_record_and_agree_with_the_sources(shipped):
    rows = json.loads(shipped.get("/manual/who-decides.json").content)
    assert [row["question"] for row in rows if row["answer"] != row["expected"]] == []
    assert "The source makes us expect" not in shipped.get("/manual/who-decides/").content.decode()


def test_questions_about_what_is_not_on_this_record_are_left_out_and_counted(kent):
    page = kent.get("/manual/who-decides/").content.decode()
    assert f"{len(questions())} questions left out" in page
    assert json.loads(kent.get("/manual/who-decides.json").content) == []


def test_a_question_about_an_exempt_body_is_left_out(kent, monkeypatch):
    function = asserted("kent/function/care", Function(name="Arrange care", sources=PAPER))
    write(kent.book, function, at=hours(2), reason="A function")
    question = Question(function="kent/function/care", area="kent/area/system")
    both = tuple(
        Settled("Kent", date(2023, 1, 1), who, question, "cannot tell", "", "The Kent paper")
        for who in ("kent/body/icb", "kent/body/secret")
    )
    monkeypatch.setattr(manual, "questions", lambda: both)
    for ending in ("/", ".json", ".csv"):
        said = kent.get(f"/manual/who-decides{ending}").content.decode()
        assert "may NHS Kent Board decide" in said
        assert "Hushwater" not in said
        assert "kent/body/secret" not in said
