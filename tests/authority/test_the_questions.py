"""Every question of `questions.yaml` gets the answer its source settles, and every proof holds."""

from pathlib import Path

import pytest

from commonweal.authority.proof import check_proof
from commonweal_site.authority.manual import chapter, questions
from tests.authority.scenarios import every, snapshot

CHAPTER = Path(__file__).parents[2] / "docs" / "who-decides.md"
EVERY = questions()


@pytest.mark.parametrize(
    "number", range(len(EVERY)), ids=lambda n: f"{EVERY[n].day} {EVERY[n].who}"
)
def test_a_question_gets_the_answer_its_source_settles(number):
    asked = EVERY[number]
    entry = every()[number]
    assert entry.settled is asked, "a question is left out: what it is about is not on record"
    answer = entry.answer
    assert answer.outcome == asked.expect, answer.because
    assert asked.says in answer.because
    if answer.proof:
        holder = answer.proof["question"]["holder"]
        check_proof(snapshot(asked.day), answer.proof, holder, asked.question)


def test_there_are_sixty_questions_with_each_answer_and_a_source():
    assert len(EVERY) >= 60
    assert {each.expect for each in EVERY} == {"allowed", "refused", "cannot tell"}
    assert all(each.settles for each in EVERY)
    assert len({each.who.split("/")[0] for each in EVERY}) >= 7
    assert len({(each.day, each.who, each.question) for each in EVERY}) == len(EVERY)


def test_the_chapter_of_the_manual_is_current():
    written = CHAPTER.read_text(encoding="utf-8")
    assert chapter(every()) == written, "run: commonweal authority chapter > docs/who-decides.md"
    assert written.count("\n- ") == len(EVERY)
