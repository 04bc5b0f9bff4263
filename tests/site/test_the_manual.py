"""The chapter of questions on the site: with their answers, to be asked again."""

import json
from datetime import date

from commonweal.authority.facts import Function
from commonweal.authority.search import Question
from commonweal_site.authority import manual
from commonweal_site.authority.manual import Settled, questions
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER


def test_each_question_can_be_asked_again_with_one_press(shipped):
    rows = json.loads(shipped.get("/manual/who-decides.json").content)
    assert len(rows) == len(questions())
    page = shipped.get("/manual/who-decides/").content.decode()
    first = next(row for row in rows if "£400,000" in row["question"])
    assert first["ask_again"].replace("&", "&amp;") in page
    asked = shipped.get(first["ask_again"])
    assert asked.status_code == 200
    assert "as at 1 May 2022" in asked.content.decode()


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
