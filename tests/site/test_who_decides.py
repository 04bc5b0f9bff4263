"""Who decides? The page and its data, on the shipped packs."""

import pytest

ASKED = "?function=reablement&area=southampton&amount=400000&as_at=2022-05-01"


def test_the_boxes_stand_there_with_a_question_worth_asking(shipped):
    said = shipped.get("/who-decides/").content.decode()
    assert "What is to be decided" in said
    assert "who could approve £400,000 of reablement in Southampton?" in said


def test_the_answer_names_who_may_and_who_cannot_be_told(shipped):
    said = shipped.get(f"/who-decides/{ASKED}").content.decode()
    assert said.count("May decide</strong>") == 2
    assert "Southampton Joint Commissioning Board</a>" in said
    assert "its limit is not recorded" in said


def test_the_same_as_data_carries_a_proof_for_each_who_may(shipped):
    data = shipped.get(f"/who-decides.json{ASKED}").json()
    assert [each["proof"]["hash"] for each in data["allowed"]]
    assert {each["outcome"] for each in data["cannot_tell"]} == {"cannot tell"}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("?function=reablemnt&area=southampton", "Did you mean"),
        ("?function=reablement&area=sowthampton", "Did you mean"),
        ("?function=reablement", "Say for where."),
        ("?area=southampton", "Say what is to be decided."),
        ("?function=reablement&area=southampton&amount=-1", "cannot be below nothing"),
        ("?function=reablement&area=southampton&as_at=1900-01-01", "not on record"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_do(shipped, asked, says):
    answer = shipped.get(f"/who-decides/{asked}")
    assert answer.status_code == 400
    assert says in answer.content.decode()
