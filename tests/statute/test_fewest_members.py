"""The fewest members a board, partnership or wellbeing board can have: worked examples."""

import pytest

from commonweal.statute.minimums import (
    board_minimum,
    partnership_minimum,
    wellbeing_board_minimum,
)


def test_a_board_has_five_members_at_least_by_law_and_ten_with_the_posts_policy_adds():
    assert (board_minimum(), board_minimum(with_policy_posts=True)) == (5, 10)


@pytest.mark.parametrize(
    ("system", "councils", "members"),
    [
        ("Hampshire and Isle of Wight", 4, 5),
        ("Dorset", 2, 3),
        ("North East and North Cumbria, July 2022", 13, 14),
        ("Black Country", 4, 5),
    ],
)
def test_a_partnership_has_one_member_from_the_board_and_one_from_each_council(
    system, councils, members
):
    assert partnership_minimum(councils) == members


def test_a_wellbeing_board_has_six_members_at_least_with_one_board_and_eight_with_three():
    assert wellbeing_board_minimum(1) == 6
    assert wellbeing_board_minimum(3) == 8


def test_boards_that_share_a_representative_by_agreement_need_fewer_seats():
    assert wellbeing_board_minimum(3, representatives=1) == 6
