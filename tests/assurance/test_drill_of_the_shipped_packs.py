"""What became of real bodies that ended, and of the two invented place boards that merge."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from commonweal.assurance.drill import drill, homes, successors
from commonweal.assurance.homes import ENDS, LEFT_OPEN, read
from commonweal.assurance.settling import tried_out
from tests.making import said, shipped

PLAN = Path(__file__).resolve().parents[2] / "docs" / "two-rivers-plan-of-homes.yaml"


@pytest.fixture(scope="module")
def packs():
    return shipped()


# Two place boards of Exampleshire


@pytest.fixture(scope="module")
def merger(packs):
    """The merger of April 2027: the plan, what it would lose, and the home of each."""
    plan = read(PLAN.read_text(encoding="utf-8"))
    before, after = packs(date(2027, 3, 31)), packs(date(2027, 4, 1))
    found = drill(before, plan.bodies, plan.on, after=after)
    return plan, found, homes(found, after), after


def test_the_record_has_the_heir_that_the_plan_chose_for_each_line(merger):
    plan, _, _, after = merger
    for line in plan.homes:
        fact = after.get(line.fact)
        if line.given:
            named = after.vocabulary.kind_of(line.fact).references(fact)
            assert line.heir in {each.entity for each in named if each.field == line.field}
        else:
            assert (fact is None) == (line.heir == ENDS)


def test_nothing_still_names_a_board_that_ended_but_the_line_that_was_left_open(merger, packs):
    plan, found, housed, _ = merger
    still = {each.entity for each in found.wanting if each not in housed and not each.ends}
    (left,) = [line for line in plan.homes if line.heir == LEFT_OPEN]
    assert still == {left.fact}
    follows = "exampleshire/succession/south-place-board-to-two-rivers-place-board"
    assert "still names it" in said(packs(date(2027, 4, 1)), "OVR-HOME", follows)


def test_the_committee_that_is_carried_over_keeps_its_members(merger):
    _, found, _, after = merger
    seats = [
        each
        for each in found.lost
        if each.place == "seat.body" and each.entity in after.of_kind("seat")
    ]
    assert len(seats) == 5
    assert after.get("exampleshire/appointment/north-chair")


def test_the_plan_cannot_be_carried_out_twice(packs):
    plan = read(PLAN.read_text(encoding="utf-8"))
    told = " ".join(each.because for each in tried_out(plan, packs(date(2027, 3, 31))))
    assert "two-rivers-place-board is on record already" in told


# What really happened


def replayed(packs, day, *bodies):
    """What a change on record left, the home of each, and how many of each fate had none."""
    before, after = packs(date.fromordinal(day.toordinal() - 1)), packs(day)
    found = drill(before, bodies, day, after=after)
    housed = homes(found, after)
    bare = Counter(each.rule.fate for each in found.wanting if each not in housed)
    return found, housed, bare, after


HIOW_GROUP = "hampshire-and-isle-of-wight/body/ccg-d9y0v"


def test_hampshires_group_passed_its_functions_by_law_in_july_2022_and_left_its_pool_behind(packs):
    found, housed, bare, after = replayed(packs, date(2022, 7, 1), HIOW_GROUP)
    assert successors(after, HIOW_GROUP) == ("hampshire-and-isle-of-wight/body/icb",)
    assert "passes by law" in {each.rule.fate for each in housed}
    assert bare["passes by law"] == 0
    lost = {each.entity.partition("/")[2] for each in found.wanting if each not in housed}
    assert {"agreement/southampton-pool", "contribution/southampton-pool-ccg"} <= lost


def test_dorsets_group_has_a_successor_and_nothing_else_on_record_to_lose(packs):
    (group,) = [
        each
        for each in packs(date(2022, 6, 30)).of_kind("body")
        if each.startswith("dorset/body/ccg")
    ]
    found, housed, bare, after = replayed(packs, date(2022, 7, 1), group)
    assert successors(after, group) == ("dorset/body/icb",)
    assert not [each for each in found.wanting if each not in housed and not each.ends]
    assert bare["passes by scheme"] == 0


def test_every_board_that_ended_in_april_2026_has_a_successor_and_lost_only_delegations(packs):
    day = date(2026, 4, 1)
    before, after = packs(date(2026, 3, 31)), packs(day)
    boards = {n for n, b in before.of_kind("body").items() if b.type == "integrated care board"}
    ended = sorted(boards - after.of_kind("body").keys())
    assert ended
    assert all(successors(after, each) for each in ended)
    found = drill(before, ended, day, after=after)
    housed = homes(found, after)
    assert {e.kind for e in found.wanting if e not in housed and not e.ends} <= {"delegation"}
