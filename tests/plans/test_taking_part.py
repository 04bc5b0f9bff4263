"""One body answers for a milestone, however many do it; a group for a task ends when the task does."""

from datetime import date

import pytest

from commonweal.bodies.facts import Body
from commonweal.plans.delivery import milestones
from commonweal.plans.milestones import Milestone, Taker
from commonweal.plans.sisters import elsewhere
from commonweal.plans.taking_part import PARTS, shared_out, task_groups
from tests.making import a, record_of

DAY = date(2022, 8, 1)
GROUP, COUNCIL = "kent/body/group", "kent/body/council"


def system(*more, **group):
    fact = Body(**{"name": "Clusters group", "type": "task and finish group"} | group)
    return record_of(
        a(GROUP, fact, until="2022-10-01"), a(COUNCIL, Body(name="Council", type="council")), *more
    )(DAY)


def task(slug, **fields):
    return a(f"kent/milestone/{slug}", Milestone(**{"name": slug, "owner": GROUP} | fields))


def test_parts_are_told_apart_and_nobody_is_lost():
    others = tuple(Taker(who=COUNCIL, part=part) for part in PARTS)
    (found,) = shared_out(milestones(system(task("plan", others=others))))
    assert all(found.at[part] == (Taker(who=COUNCIL, part=part),) for part in PARTS)


def test_a_milestone_that_only_its_owner_has_a_part_in_is_not_listed():
    assert shared_out(milestones(system(task("plan")))) == []


DONE = {"reached": "reached", "reached_on": "2022-07-01"}


@pytest.mark.parametrize(
    ("tasks", "life"),
    [
        ([task("plan", when="2022-12")], "at work"),
        ([task("plan", **DONE)], "past its task"),
        ([task("plan", **DONE), task("more")], "at work"),
        ([], "at work"),  # no task on record: nobody can say that it is past
    ],
)
def test_a_group_is_past_its_task_when_all_of_it_is_done(tasks, life):
    (group,) = task_groups(system(*tasks), "kent")
    assert group.life == life
    assert group.ends == date(2022, 10, 1)


def test_a_group_that_is_proposed_is_not_at_work():
    (group,) = task_groups(system(stage="proposed"), "kent")
    assert group.life == "proposed"


def test_a_group_has_a_part_in_what_it_owns_and_in_what_it_helps_with_and_in_nothing_else():
    helps = task("helps", owner=COUNCIL, others=(Taker(who=GROUP),))
    about = task("about", owner=COUNCIL, about=(GROUP,))
    (group,) = task_groups(system(task("owns"), helps, about), "kent")
    assert [each.fact.name for each in group.task] == ["helps", "owns"]


def test_other_bodies_and_other_systems_are_no_groups_of_this_one():
    assert task_groups(system(), "surrey") == []
    assert [each.name for each in task_groups(system(), "kent")] == [GROUP]


def test_the_same_milestone_elsewhere_is_that_of_the_same_wider_one_and_not_itself():
    wider = a("england/milestone/all", Milestone(name="Everywhere"))
    here, there = (
        a(f"{each}/milestone/own", Milestone(name=each, wider="england/milestone/all"))
        for each in ("kent", "surrey")
    )
    snapshot = system(wider, here, there)
    names = [e.name for e in elsewhere(snapshot, here.entity, here.fact)]
    assert names == ["surrey/milestone/own"]
    of_all = [e.name for e in elsewhere(snapshot, wider.entity, wider.fact)]
    assert of_all == ["kent/milestone/own", "surrey/milestone/own"]
