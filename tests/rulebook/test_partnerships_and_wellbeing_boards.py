"""Statutory partnerships, health and wellbeing boards, and boards of places."""

from datetime import date

import pytest

from commonweal.bodies.facts import Appointment, Approval, Body, Seat, Vacancy
from commonweal.statute.minimums import partnership_minimum, wellbeing_board_minimum
from tests.making import BOARD, FIRST_DAY, SYSTEM, a, kent, outcomes, said

PARTNERSHIP = "kent/body/partnership"
WELLBEING = "kent/body/wellbeing"


def partnership(slug="partnership", **fields):
    kind = "integrated care partnership (statutory)"
    return a(f"kent/body/{slug}", Body(**{"name": slug, "type": kind, "areas": (SYSTEM,)} | fields))


def council(slug, tier="unitary"):
    body = Body(name=f"{slug} council", type="council", council_tier=tier, areas=(SYSTEM,))
    return a(f"kent/body/{slug}", body)


def sits(body, nominated_by=None, kind="other", slug=None, **fields):
    slug = slug or (nominated_by or kind).rpartition("/")[2].lower().replace(" ", "-").replace(
        "'", ""
    )
    fact = Seat(body=body, role="Member", type=kind, nominated_by=nominated_by, **fields)
    return a(f"kent/seat/{slug}", fact)


def test_each_board_has_one_statutory_partnership():
    assert outcomes(kent(partnership())(FIRST_DAY), "ICP-01") == {BOARD: "met"}
    assert outcomes(kent()(FIRST_DAY), "ICP-01") == {BOARD: "cannot tell"}
    both = (partnership("one"), partnership("two"))
    assert outcomes(kent(*both)(FIRST_DAY), "ICP-01") == {BOARD: "not met"}


def test_a_partnership_that_was_only_proposed_is_not_taken_as_set_up():
    record = kent(partnership(status="proposed"))(FIRST_DAY)
    assert outcomes(record, "ICP-01") == {BOARD: "cannot tell"}
    assert "was proposed" in said(record, "ICP-01", BOARD)


def test_an_acute_footprint_of_2018_is_no_statutory_partnership():
    footprint = partnership(type="integrated care partnership (acute footprint, 2018)")
    assert outcomes(kent(footprint)(FIRST_DAY), "ICP-01") == {BOARD: "cannot tell"}


def members(number, councils):
    """A partnership with seats for the board and the first of some councils."""
    names = [f"c{n}" for n in range(councils)]
    places = [
        sits(PARTNERSHIP, each) for each in [BOARD, *(f"kent/body/{n}" for n in names)][:number]
    ]
    return outcomes(kent(partnership(), *map(council, names), *places)(FIRST_DAY), "ICP-02")


# Worked examples: rule catalogue, section 12.
@pytest.mark.parametrize(("councils", "fewest"), [(4, 5), (2, 3), (13, 14)])
def test_the_board_and_every_council_have_a_seat_on_the_partnership(councils, fewest):
    assert partnership_minimum(councils) == fewest
    assert members(fewest, councils) == {PARTNERSHIP: "met"}
    assert members(fewest - 1, councils) == {PARTNERSHIP: "not met"}
    assert members(fewest // 2, councils) == {PARTNERSHIP: "cannot tell"}
    assert members(0, councils) == {PARTNERSHIP: "cannot tell"}


def test_a_district_and_a_council_of_unknown_tier_are_not_missed():
    seated = (sits(PARTNERSHIP, BOARD), sits(PARTNERSHIP, "kent/body/county"))
    county = council("county", "county")
    with_district = kent(partnership(), county, council("deal", "district"), *seated)(FIRST_DAY)
    assert outcomes(with_district, "ICP-02") == {PARTNERSHIP: "met"}
    with_unknown = kent(partnership(), county, council("deal", None), *seated)(FIRST_DAY)
    assert outcomes(with_unknown, "ICP-02") == {PARTNERSHIP: "cannot tell"}


@pytest.mark.parametrize(
    ("tier", "expected"), [("county", "met"), ("district", "met"), (None, "cannot tell")]
)
def test_which_councils_are_meant_follows_from_their_tier(tier, expected):
    record = kent(council("deal", tier))(FIRST_DAY)
    assert outcomes(record, "ICP-04") == {"kent/body/deal": expected}
    if tier:
        word = "does not count" if tier == "district" else "counts"
        assert word in said(record, "ICP-04", "kent/body/deal")


def wellbeing(**fields):
    body = Body(
        name="Wellbeing board", type="health and wellbeing board", areas=(SYSTEM,), **fields
    )
    return a(WELLBEING, body)


def test_every_upper_council_has_a_wellbeing_board_and_no_district_needs_one():
    found = outcomes(
        kent(council("deal"), wellbeing(parents=("kent/body/deal",)))(FIRST_DAY), "HWB-01"
    )
    assert found == {"kent/body/deal": "met"}
    assert outcomes(kent(council("deal"))(FIRST_DAY), "HWB-01") == {"kent/body/deal": "cannot tell"}
    assert outcomes(kent(council("deal", "district"))(FIRST_DAY), "HWB-01") == {}


SIX = (
    "council member", "director of adult social services", "director of children's services",
    "director of public health", "local Healthwatch",
)  # fmt: skip


def table(*kinds, boards=(BOARD,), more=()):
    return kent(
        wellbeing(), *(sits(WELLBEING, kind=kind) for kind in kinds),
        *(sits(WELLBEING, board, slug=f"board-{n}") for n, board in enumerate(boards)), *more,
    )  # fmt: skip


def test_a_wellbeing_board_with_one_board_has_at_least_six_members():
    assert wellbeing_board_minimum(1) == len(SIX) + 1 == 6  # rule catalogue, section 12
    assert outcomes(table(*SIX)(FIRST_DAY), "HWB-02") == {WELLBEING: "met"}
    assert outcomes(table()(FIRST_DAY), "HWB-02") == {WELLBEING: "cannot tell"}
    assert outcomes(table(boards=())(FIRST_DAY), "HWB-02") == {WELLBEING: "cannot tell"}


@pytest.mark.parametrize("short", range(len(SIX)))
def test_a_wellbeing_board_short_of_one_member_is_told_which(short):
    record = table(*SIX[:short], *SIX[short + 1 :])(FIRST_DAY)
    assert outcomes(record, "HWB-02") == {WELLBEING: "not met"}
    assert f"but none for a {SIX[short]}" in said(record, "HWB-02", WELLBEING)


def test_half_a_list_is_no_list():
    assert outcomes(table(*SIX[:2])(FIRST_DAY), "HWB-02") == {WELLBEING: "cannot tell"}
    assert outcomes(table(*SIX[:3])(FIRST_DAY), "HWB-02") == {WELLBEING: "not met"}


def test_a_vacant_seat_is_not_filled():
    empty = a("kent/vacancy/healthwatch", Vacancy(of="kent/seat/local-healthwatch"))
    record = table(*SIX, more=(empty,))(FIRST_DAY)
    assert outcomes(record, "HWB-02") == {WELLBEING: "not met"}
    assert "vacant" in said(record, "HWB-02", WELLBEING)


def test_the_seat_of_a_former_group_is_not_that_of_the_board():
    name = "kent/body/group"
    group = a(name, Body(name="The group", type="clinical commissioning group", areas=(SYSTEM,)))
    record = table(*SIX, boards=(name,), more=(group,))
    assert outcomes(record(date(2022, 6, 30)), "HWB-02") == {}
    assert outcomes(record(FIRST_DAY), "HWB-02") == {WELLBEING: "not met"}


def test_with_three_boards_a_wellbeing_board_has_eight_members():
    more = [
        a(
            f"kent/body/icb-{n}",
            Body(name=f"Board {n}", type="integrated care board", areas=(SYSTEM,)),
        )
        for n in (2, 3)
    ]
    all_three = (BOARD, "kent/body/icb-2", "kent/body/icb-3")
    assert wellbeing_board_minimum(3) == len(SIX) + 3 == 8  # rule catalogue, section 12
    assert outcomes(table(*SIX, boards=all_three, more=more)(FIRST_DAY), "HWB-02") == {
        WELLBEING: "met"
    }
    assert outcomes(table(*SIX, boards=all_three[:2], more=more)(FIRST_DAY), "HWB-02") == {
        WELLBEING: "not met"
    }


def test_one_person_speaks_for_several_boards_only_if_the_wellbeing_board_agrees():
    other = a(
        "kent/body/icb-2", Body(name="Board 2", type="integrated care board", areas=(SYSTEM,))
    )

    def found(*approvals):
        people = [
            a(
                f"kent/appointment/{n}",
                Appointment(holds=f"kent/seat/board-{n}", holder="One person", approvals=approvals),
            )
            for n in (0, 1)
        ]
        return outcomes(
            table(boards=(BOARD, "kent/body/icb-2"), more=(other, *people))(FIRST_DAY), "HWB-04"
        )

    assert found() == {"kent/seat/board-0": "cannot tell"}
    assert found(Approval(by="The health and wellbeing board")) == {"kent/seat/board-0": "met"}
    assert outcomes(table(*SIX)(FIRST_DAY), "HWB-04") == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"place_model": "joint committee"}, "met"),
        ({"place_model": "lead provider"}, "met"),
        ({"place_model": "consultative forum"}, "met"),
        ({}, "cannot tell"),
        ({"place_model": "joint committee", "legal": "statutory body"}, "not met"),
    ],
)
def test_a_place_decides_by_one_of_five_routes(fields, expected):
    place = a("kent/body/place", Body(name="Place board", type="place board", **fields))
    assert outcomes(kent(place)(FIRST_DAY), "DEL-13") == {"kent/body/place": expected}


def test_a_consultative_forum_in_which_seats_vote_raises_a_question():
    fields = {"type": "place board", "place_model": "consultative forum"}
    place = a("kent/body/place", Body(name="Place board", **fields))
    voter = sits("kent/body/place", BOARD, voting="voting")
    assert outcomes(kent(place, voter)(FIRST_DAY), "DEL-13") == {"kent/body/place": "cannot tell"}


def test_a_place_board_that_is_only_proposed_decides_nothing():
    fields = {"type": "place board", "status": "proposed"}
    place = a("kent/body/place", Body(name="Place board", **fields))
    assert outcomes(kent(place)(FIRST_DAY), "DEL-13") == {}
