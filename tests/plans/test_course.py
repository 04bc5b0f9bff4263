"""How a matrix filled over time: a finding counts from its day, and the latest of a cell is the one."""

from datetime import date

from commonweal.plans.cells import matrices
from commonweal.plans.course import course, still_open
from tests.making import record_of
from tests.plans.test_maturity import EAST, FIRST, HALF, STATEMENTS, WEST, assessed


def at(day, *found):
    snapshot = record_of(*STATEMENTS, *found)(day)
    return snapshot, matrices(snapshot, "kent")[0]


def points(day, *found):
    return [tuple(each) for each in course(*at(day, *found))]


FOUND = (
    assessed("a", FIRST, EAST, "not met", on="2019-01-31"),
    assessed("b", FIRST, EAST, "met", on="2019-04-01"),
    assessed("c", HALF, WEST, "met", on="2019-05-01"),
)


def test_each_quarter_in_which_something_was_assessed_is_a_point():
    assert points(date(2019, 6, 1), *FOUND) == [("2018/19 Q4", 1, 1, 0), ("2019/20 Q1", 2, 2, 2)]


def test_what_was_found_after_the_day_is_no_point_yet():
    assert points(date(2019, 3, 31), *FOUND) == [("2018/19 Q4", 1, 1, 0)]
    assert points(date(2019, 1, 30), *FOUND) == []


def test_what_lies_in_no_cell_is_not_counted():
    assert points(date(2019, 6, 1), assessed("x", FIRST, "kent/area/elsewhere")) == []


def test_the_last_point_is_what_the_matrix_says_of_the_day():
    snapshot, filled = at(date(2019, 6, 1), *FOUND)
    last = course(snapshot, filled)[-1]
    assert (last.covered, last.recorded) == (filled.covered, filled.tally.recorded)


LEARNT = assessed("w", FIRST, WEST, "met", learning="Meet in one room.")


def test_learning_is_offered_to_whoever_has_still_to_go():
    snapshot, filled = at(date(2019, 6, 1), LEARNT)
    assert list(still_open(snapshot, filled, EAST)) == [(FIRST, "kent/maturity-assessment/w")]


def test_nobody_is_offered_their_own_learning_nor_what_they_have_met():
    snapshot, filled = at(date(2019, 6, 1), LEARNT, assessed("e", FIRST, EAST, "met"))
    assert list(still_open(snapshot, filled, WEST)) == []
    assert list(still_open(snapshot, filled, EAST)) == []
