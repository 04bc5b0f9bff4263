"""Every question of `questions.yaml` gets the answer its source settles, and every proof holds."""

import pytest

from commonweal.authority.proof import check_proof
from tests.authority.chapter import chapter
from tests.authority.scenarios import answered, asked, questions

EVERY = list(questions())


@pytest.mark.parametrize("each", EVERY, ids=lambda e: f"{e['day']} {e['who']} {e['function']}")
def test_a_question_gets_the_answer_its_source_settles(each):
    answer = answered(each)
    assert answer.outcome == each["expect"], answer.because
    assert each.get("says", "") in answer.because
    snapshot, question = asked(each)
    assert snapshot.get(each["function"]) is not None
    assert snapshot.get(each["area"]) is not None
    if answer.proof:
        check_proof(snapshot, answer.proof, answer.proof["question"]["holder"], question)


def test_there_are_sixty_questions_with_each_answer_and_a_source():
    assert len(EVERY) >= 60
    assert {each["expect"] for each in EVERY} == {"allowed", "refused", "cannot tell"}
    assert all(each["settles"] for each in EVERY)
    assert len({each["who"].split("/")[0] for each in EVERY}) >= 4


def test_they_print_as_a_chapter_of_the_manual():
    text = chapter()
    assert text.count("\n- ") == len(EVERY)
    assert "## Southampton before and after July 2022" in text
    assert "Settled by: Southampton place paper, paragraph 21" in text
