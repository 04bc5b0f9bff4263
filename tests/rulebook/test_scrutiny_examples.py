"""The manual's chapter on scrutiny: each worked example comes out as what settles it says."""

from pathlib import Path

import pytest

from commonweal.checks import CHECKS
from commonweal.scrutiny.examples import chapter, examples, laws, tried

CHAPTER = Path(__file__).parents[2] / "docs/scrutiny.md"


@pytest.mark.parametrize("example", examples(), ids=lambda each: f"{each.rule} {each.on}")
def test_an_example_comes_out_as_expected(example):
    assert (example.answer(), example.last_day()) == (example.expected(), example.due)


def test_every_clock_of_scrutiny_and_both_sides_of_the_switch_are_among_them():
    shown = {each.rule for each in examples()}
    assert shown >= {"SCR-03", "SCR-06", "HW-02", "HW-03", "HW-04", "HW-05", "HW-06", "REC-05"}
    sides = {(each.on.isoformat(), each.in_force) for each in examples() if each.rule == "SCR-12"}
    assert sides == {("2024-01-30", True), ("2024-01-31", False)}


def test_no_rule_of_scrutiny_healthwatch_calling_in_or_choosing_providers_is_left_out():
    asked = (("SCR", 27), ("REC", 8), ("HW", 7), ("PSR", 11), ("CMP", 1))
    wanted = [f"{group}-{number:02}" for group, most in asked for number in range(1, most + 1)]
    assert sorted(law.id for law in laws()) == sorted(wanted)
    for law in laws():
        assert law.id in CHECKS or law.lacks
        assert tried(law, CHECKS).startswith(
            "tried" if law.id in CHECKS else "not tried: the record lacks"
        )


def test_the_chapter_in_the_documents_is_as_it_is_made_now():
    # Made anew by: ./run commonweal scrutiny chapter > docs/scrutiny.md
    assert CHAPTER.read_text(encoding="utf-8") == chapter(CHECKS)
