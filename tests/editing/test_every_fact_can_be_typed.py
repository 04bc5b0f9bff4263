"""A form asks for every field of every kind, and what it carries says what the fact says."""

from pathlib import Path

import msgspec
import pytest

from commonweal.record.packs import read_pack
from commonweal.vocabulary import VOCABULARY
from commonweal_site.editing.questions import Answers, Reading, fields_of, read_parts

PACKS = Path(__file__).parents[2] / "packs"


def through_a_form(kind, fact):
    answers = Answers({})
    for each in fields_of(kind):
        for name, text in each.texts(
            f"fact.{each.field}", msgspec.to_builtins(fact).get(each.field)
        ):
            answers.put(name, *answers.all(name), text)
    reading = Reading(answers)
    return msgspec.convert(read_parts(fields_of(kind), "fact", reading), kind.type), reading.faults


@pytest.mark.parametrize("pack", sorted(each.name for each in PACKS.iterdir() if each.is_dir()))
def test_a_fact_taken_through_its_form_is_the_same_fact(pack):
    files = {each.name: each.read_text() for each in (PACKS / pack).glob("*.yaml")}
    for item in read_pack(pack, files, VOCABULARY).items:
        kind = VOCABULARY.kind_of(item.entity)
        fact, faults = through_a_form(kind, item.fact)
        assert (fact, faults) == (item.fact, {}), item.entity


@pytest.mark.parametrize("kind", list(VOCABULARY), ids=lambda kind: kind.name)
def test_a_form_asks_for_every_field_with_a_title_and_a_hint(kind):
    questions = [each.question(each.field, Answers({})) for each in fields_of(kind)]
    assert [each.name for each in questions] == [each.name for each in kind.fields]
    assert all(each.title and each.hint for each in questions)
