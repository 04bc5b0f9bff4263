"""What a part of a fact names is found and followed, whether or not the part has to be there."""

from commonweal.record.facts import Source
from commonweal.scrutiny.reconfigurations import Consultation, Reconfiguration
from commonweal.vocabulary import VOCABULARY

KIND = VOCABULARY.kind("reconfiguration")


def proposal(consultation=None):
    return Reconfiguration(
        name="Beds", by="kent/body/icb", consultation=consultation,
        sources=(Source(document="kent/document/paper"),),
    )  # fmt: skip


def test_what_an_optional_part_names_is_among_the_references():
    formal = Consultation(began="2023-03-01", councils=("kent/body/council",))
    named = [(each.field, each.entity) for each in KIND.references(proposal(formal))]
    assert ("councils", "kent/body/council") in named
    assert {entity for _, entity in named} == {
        "kent/body/icb", "kent/body/council", "kent/document/paper",
    }  # fmt: skip


def test_an_optional_part_that_is_not_there_names_nothing():
    assert {each.entity for each in KIND.references(proposal())} == {
        "kent/body/icb", "kent/document/paper",
    }  # fmt: skip


def test_an_identifier_in_an_optional_part_is_rewritten_like_any_other():
    values = {"by": "body/icb", "consultation": {"councils": ["body/council"]}}
    assert KIND.with_references(values, "kent/{}".format) == {
        "by": "kent/body/icb",
        "consultation": {"councils": ["kent/body/council"]},
    }
