"""How many members the law and policy ask for, worked out from the rules' own figures."""

from .rule import rule


def board_minimum(*, with_policy_posts: bool = False) -> int:
    """Fewest members of an integrated care board: by law, or with the posts that policy adds.

    >>> board_minimum(), board_minimum(with_policy_posts=True)
    (5, 10)
    """
    by_law = sum(rule("ICB-CON-02").minimum.values())
    return by_law + (sum(rule("ICB-POL-01").minimum.values()) if with_policy_posts else 0)


def partnership_minimum(councils: int) -> int:
    """Fewest members of a statutory integrated care partnership with so many councils.

    >>> partnership_minimum(13)
    14
    """
    seats = rule("ICP-02").minimum
    return seats["integrated care board"] + councils * seats["each council"]


def wellbeing_board_minimum(boards: int, *, representatives: int | None = None) -> int:
    """Fewest members of a health and wellbeing board with so many integrated care boards.

    representatives  how many people speak for them, if by agreement (HWB-04) fewer than one each

    >>> wellbeing_board_minimum(3), wellbeing_board_minimum(3, representatives=1)
    (8, 6)
    """
    seats = dict(rule("HWB-02").minimum)
    for_boards = seats.pop("each integrated care board") * boards
    return sum(seats.values()) + (for_boards if representatives is None else representatives)
