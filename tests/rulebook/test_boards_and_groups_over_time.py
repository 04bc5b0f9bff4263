"""How boards begin, end and divide England between them, and what went before."""

from datetime import date
from decimal import Decimal

import pytest

from commonweal.areas.facts import Area, Containment
from commonweal.bodies.facts import Body, Constitution, Relation, Seat, Transfer
from commonweal.record.documents import Pack
from commonweal.record.naming import Code, Succession
from tests.making import BOARD, FIRST_DAY, SYSTEM, a, kent, outcomes, record_of, said, seats

ENGLAND = "england/area/england"
LAST_DAY_OF_GROUPS = date(2022, 6, 30)
MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)


def group(name="deal", until="2022-07-01", **fields):
    body = Body(name=f"NHS {name} Group", type="clinical commissioning group", **fields)
    return a(f"kent/body/{name}", body, until=until)


def passes(before, after=BOARD, since="2022-07-01", **fields):
    slug = f"{before.replace('/', '-')}-to-{after.replace('/', '-')}"
    fact = Succession(type="replace", before=before, after=after, **fields)
    return a(f"kent/succession/{slug}", fact, since=since)


# Groups


def test_every_group_ends_as_1_july_2022_begins():
    group_ = "kent/body/deal"
    assert outcomes(kent(group())(FIRST_DAY), "ICB-EST-05") == {group_: "met"}
    assert outcomes(kent(group(until=None))(FIRST_DAY), "ICB-EST-05") == {group_: "not met"}
    assert outcomes(kent(group(until="2022-07-02"))(FIRST_DAY), "ICB-EST-05") == {group_: "not met"}
    assert outcomes(kent()(FIRST_DAY), "ICB-EST-05") == {}


def test_a_dissolved_group_no_longer_stands():
    record = kent(group(until=None, stage="dissolved"))
    assert outcomes(record(FIRST_DAY), "ICB-EST-05") == {}


def test_every_group_passes_to_a_board():
    group_ = "kent/body/deal"
    assert outcomes(kent(group(), passes(group_))(FIRST_DAY), "GEO-06") == {group_: "met"}
    assert outcomes(kent(group())(FIRST_DAY), "GEO-06") == {group_: "cannot tell"}
    planned = passes(group_, status="proposed")
    assert outcomes(kent(group(), planned)(FIRST_DAY), "GEO-06") == {group_: "cannot tell"}


def test_the_liabilities_of_every_body_before_pass_on():
    both = (
        group("deal"),
        group("sandwich"),
        passes("kent/body/deal"),
        passes("kent/body/sandwich"),
    )

    def scheme(giver, what="everything"):
        fact = Transfer(giver=f"kent/body/{giver}", taker=BOARD, type=what)
        return a(f"kent/transfer/{giver}", fact)

    def found(*schemes):
        return outcomes(kent(*both, *schemes)(FIRST_DAY), "ICB-EST-06")

    assert found(scheme("deal"), scheme("sandwich", "rights and liabilities")) == {BOARD: "met"}
    assert found(scheme("deal")) == {BOARD: "cannot tell"}
    assert found(scheme("deal"), scheme("sandwich", "staff")) == {BOARD: "cannot tell"}
    assert outcomes(kent()(FIRST_DAY), "ICB-EST-06") == {}


@pytest.mark.parametrize(
    ("proposers", "expected"),
    [
        (("kent/body/deal", "kent/body/sandwich"), "met"),
        (("kent/body/deal",), "not met"),
        ((), "cannot tell"),
    ],
)
def test_the_first_constitution_is_proposed_by_all_the_groups_together(proposers, expected):
    day = date(2022, 5, 9)
    coming = a(
        "kent/body/board", Body(name="The board", type="integrated care board", stage="designate")
    )
    draft = Constitution(
        name="Draft", body="kent/body/board", proposed_by=proposers, status="draft"
    )
    items = (group("deal"), group("sandwich"), coming, a("kent/constitution/draft", draft))
    found = outcomes(kent(*items)(day), "ICB-EST-04")
    assert found == {"kent/constitution/draft": expected}
    silent = outcomes(kent(group("deal"))(day), "ICB-EST-04")
    assert silent == {SYSTEM: "cannot tell"}


GOVERNING = (
    "accountable officer", "chief finance officer", "registered nurse", "secondary care specialist",
    "lay member", "lay member",
)  # fmt: skip


def governing_body(*kinds):
    return outcomes(
        kent(group(), *seats(*kinds, body="kent/body/deal"))(LAST_DAY_OF_GROUPS), "CCG-01"
    )["kent/body/deal"]


def test_a_governing_body_has_six_members_of_five_kinds():
    assert governing_body(*GOVERNING) == "met"
    assert governing_body() == "cannot tell"
    assert governing_body("registered nurse") == "cannot tell"
    for at in range(len(GOVERNING)):
        assert governing_body(*GOVERNING[:at], *GOVERNING[at + 1 :]) == "not met"


# Joint bodies before July 2022


def joint(kind="NHS trust", voting="voting", name="provider"):
    """A joint board of a group and a council, with one seat more for a provider."""
    board = "kent/body/joint"
    return kent(
        group(),
        a("kent/body/council", Body(name="Kent Council", type="council")),
        a("kent/body/provider", Body(name="The provider", type=kind)),
        a(board, Body(name="The joint board", type="joint committee")),
        a("kent/seat/group", Seat(body=board, role="Member", nominated_by="kent/body/deal", voting="voting")),
        a("kent/seat/council", Seat(body=board, role="Member", nominated_by="kent/body/council", voting="voting")),
        a("kent/seat/provider", Seat(
            body=board, role="Member", type="partner: NHS trusts", voting=voting,
            nominated_by=f"kent/body/{name}" if name else None,
        )),
    )  # fmt: skip


PROVIDER = "kent/seat/provider"


@pytest.mark.parametrize("kind", ["NHS trust", "NHS foundation trust", "primary care network"])
@pytest.mark.parametrize(
    ("voting", "expected"),
    [
        ("voting", "not met"),
        ("barred", "met"),
        ("non-voting", "met"),
        ("not stated", "cannot tell"),
    ],
)
def test_before_july_2022_a_provider_does_not_vote_with_group_and_council(kind, voting, expected):
    record = joint(kind, voting)
    assert outcomes(record(LAST_DAY_OF_GROUPS), "CCG-05") == {PROVIDER: expected}
    assert outcomes(record(FIRST_DAY), "CCG-05") == {}


def test_a_vote_for_a_body_nobody_recorded_is_not_called_unlawful():
    record = joint(name=None)(LAST_DAY_OF_GROUPS)
    assert outcomes(record, "CCG-05") == {PROVIDER: "cannot tell"}
    assert outcomes(record, "CCG-06")[PROVIDER] == "cannot tell"


def test_only_members_from_group_and_council_decide():
    found = outcomes(joint()(LAST_DAY_OF_GROUPS), "CCG-06")
    assert found == {"kent/seat/group": "met", "kent/seat/council": "met", PROVIDER: "not met"}
    assert PROVIDER not in outcomes(joint(voting="barred")(LAST_DAY_OF_GROUPS), "CCG-06")


def test_a_trust_may_vote_where_no_group_and_council_decide_together():
    alone = a(
        "kent/seat/one",
        Seat(body=BOARD, role="Member", nominated_by="kent/body/trust", voting="voting"),
    )
    trust = a("kent/body/trust", Body(name="The trust", type="NHS trust"))
    assert outcomes(kent(trust, alone)(LAST_DAY_OF_GROUPS), "CCG-05") == {}


def committee_of(*parents):
    body = Body(name="Joint committee", type="joint committee", parents=parents)
    return a("kent/body/joint", body)


def test_groups_decide_in_a_joint_committee_only_from_october_2014():
    both = committee_of("kent/body/deal", "kent/body/sandwich")
    record = kent(group("deal"), group("sandwich"), both)
    assert outcomes(record(date(2014, 9, 30)), "CCG-04") == {"kent/body/joint": "not met"}
    assert outcomes(record(date(2014, 9, 30)), "CCG-02") == {}
    assert outcomes(record(date(2014, 10, 1)), "CCG-02") == {"kent/body/joint": "met"}
    assert outcomes(record(date(2014, 10, 1)), "CCG-04") == {}


def test_groups_and_nhs_england_may_join():
    national = a("england/body/nhs-england", Body(name="NHS England", type="national body"))
    sits = a(
        "kent/relation/sits",
        Relation(who="england/body/nhs-england", type="member of", to_whom="kent/body/joint"),
    )
    record = kent(group("deal"), national, sits, committee_of("kent/body/deal"))(date(2014, 10, 1))
    assert outcomes(record, "CCG-03") == {"kent/body/joint": "met"}
    assert outcomes(record, "CCG-02") == {}


@pytest.mark.parametrize(
    ("legal", "expected"),
    [("not a legal body", "met"), ("statutory body", "not met"), ("not stated", "cannot tell")],
)
def test_before_the_boards_a_system_is_no_legal_person(legal, expected):
    system = a(
        "kent/body/ics", Body(name="Kent system", type="integrated care system", legal=legal)
    )
    assert outcomes(kent(system)(LAST_DAY_OF_GROUPS), "CCG-07") == {"kent/body/ics": expected}


# England


def board_of(system, since="2022-07-01", until=None):
    body = Body(
        name=f"NHS {system} Board", type="integrated care board", areas=(f"{system}/area/system",)
    )
    return (
        a(f"{system}/area/system", Area(name=system.capitalize(), type="system")),
        a(f"{system}/body/icb", body, since=since, until=until),
        a(f"{system}/area/group", Area(name=f"{system} location", type="commissioning group area")),
    )


def lies(part, whole, **fields):
    slug = f"{part.replace('/', '-')}-in-{whole.replace('/', '-')}"
    fact = Containment(part=part, whole=whole, **fields)
    return a(f"england/containment/{slug}", fact)


def england(boards, *more):
    items = [a(ENGLAND, Area(name="England", type="country"))]
    for n in range(boards):
        items += [*board_of(f"s{n}"), lies(f"s{n}/area/group", f"s{n}/area/system")]
    return record_of(*items, *more)


def test_forty_two_areas_without_overlap_or_gap():
    record = england(42)(FIRST_DAY)
    assert outcomes(record, "ICB-EST-02") == {ENGLAND: "met"}
    assert "rests on the areas of the former commissioning groups" in said(
        record, "ICB-EST-02", ENGLAND
    )


def test_land_in_two_boards_areas_is_an_overlap():
    twice = lies("s0/area/group", "s1/area/system")
    assert outcomes(england(42, twice)(FIRST_DAY), "ICB-EST-02") == {ENGLAND: "not met"}


def test_land_that_lies_nowhere_on_record_may_be_a_gap_or_only_silence():
    loose = a("s0/area/loose", Area(name="Loose", type="commissioning group area"))
    assert outcomes(england(42, loose)(FIRST_DAY), "ICB-EST-02") == {ENGLAND: "cannot tell"}


def test_with_a_board_missing_from_the_record_a_gap_cannot_be_told():
    record = england(41)(FIRST_DAY)
    assert outcomes(record, "ICB-EST-02") == {ENGLAND: "cannot tell"}
    assert "Only 41 of England's 42 boards" in said(record, "ICB-EST-02", ENGLAND)
    assert outcomes(record_of()(FIRST_DAY), "ICB-EST-02") == {ENGLAND: "cannot tell"}


@pytest.mark.parametrize(
    ("rest", "expected"), [("0.75", "met"), ("0.7", "cannot tell"), (None, "cannot tell")]
)
def test_a_divided_location_is_covered_when_its_shares_add_up(rest, expected):
    loose = a("s0/area/loose", Area(name="Loose", type="commissioning group area"))
    first = lies("s0/area/loose", "s0/area/system", extent="part", share=Decimal("0.25"))
    share = Decimal(rest) if rest else None
    second = lies("s0/area/loose", "s1/area/system", extent="part", share=share)
    assert outcomes(england(42, loose, first, second)(FIRST_DAY), "ICB-EST-02") == {
        ENGLAND: expected
    }


@pytest.mark.parametrize(
    ("boards", "expected"), [(41, "cannot tell"), (42, "met"), (43, "not met")]
)
def test_there_are_forty_two_boards_until_the_last_day_of_march_2026(boards, expected):
    record = england(boards)
    assert outcomes(record(MARCH), "GEO-08") == {ENGLAND: expected}
    assert outcomes(record(APRIL), "GEO-08") == {}


@pytest.mark.parametrize(
    ("boards", "expected"), [(35, "cannot tell"), (36, "met"), (37, "not met")]
)
def test_there_are_thirty_six_boards_from_april_2026(boards, expected):
    assert outcomes(england(boards)(APRIL), "GEO-13") == {ENGLAND: expected}
    assert outcomes(england(boards)(MARCH), "GEO-13") == {}


def test_invented_systems_are_not_counted():
    invented = a("s0/pack/s0", Pack(name="Made up", systems=("s0",), invented=True))
    assert outcomes(england(43, invented)(MARCH), "GEO-08") == {ENGLAND: "met"}


@pytest.mark.parametrize(
    ("number", "expected"), [(105, "cannot tell"), (106, "met"), (107, "not met")]
)
def test_there_are_106_groups_at_the_end(number, expected):
    record = record_of(*(group(f"g{n}") for n in range(number)))
    assert outcomes(record(LAST_DAY_OF_GROUPS), "GEO-09") == {ENGLAND: expected}
    assert outcomes(record(FIRST_DAY), "GEO-09") == {}


# Codes, regions and successions of boards


def code(slug, number, of=BOARD, scheme="ODS"):
    return a(f"kent/code/{slug}", Code(of=of, type=scheme, code=number))


@pytest.mark.parametrize(
    ("number", "of", "scheme"), [("GEO-01", BOARD, "ODS"), ("GEO-02", SYSTEM, "ONS")]
)
def test_a_board_has_one_code_of_each_scheme_at_a_time(number, of, scheme):
    one, other = code("one", "A1", of, scheme), code("other", "B2", of, scheme)
    assert outcomes(kent(one)(FIRST_DAY), number) == {of: "met"}
    assert outcomes(kent(one, other)(FIRST_DAY), number) == {of: "not met"}
    assert outcomes(kent()(FIRST_DAY), number) == {of: "cannot tell"}


def test_a_board_lies_in_one_region():
    regions = [a(f"england/area/r{n}", Area(name=f"Region {n}", type="region")) for n in (1, 2)]
    one, two = (lies(SYSTEM, f"england/area/r{n}") for n in (1, 2))
    assert outcomes(kent(*regions, one)(FIRST_DAY), "GEO-05") == {SYSTEM: "met"}
    assert outcomes(kent(*regions, one, two)(FIRST_DAY), "GEO-05") == {SYSTEM: "not met"}
    assert outcomes(kent(*regions)(FIRST_DAY), "GEO-05") == {SYSTEM: "cannot tell"}


def sixteen(pairs=16):
    """A board that ended for each pair, and one new board that followed them all."""
    ended = [item for n in range(16) for item in board_of(f"s{n}", until="2026-04-01")]
    new = board_of("new", since="2026-04-01")
    links = [passes(f"s{n}/body/icb", "new/body/icb", since="2026-04-01") for n in range(pairs)]
    return record_of(a(ENGLAND, Area(name="England", type="country")), *ended, *new, *links)


def test_the_sixteen_pairs_of_april_2026_are_all_there():
    found = outcomes(sixteen()(APRIL), "GEO-07")
    assert found[ENGLAND] == "met"
    assert set(found.values()) == {"met"}
    assert len(found) == 1 + 16 + 1


def test_a_pair_that_is_not_on_record_is_missed():
    found = outcomes(sixteen(15)(APRIL), "GEO-07")
    assert (found[ENGLAND], found["s15/body/icb"], found["new/body/icb"]) == (
        "cannot tell",
        "cannot tell",
        "met",
    )


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (("0.588619", "0.229339", "0.182042"), "met"),  # Frimley: rule catalogue, section 10
        (("0.588619", "0.229339", "0.182041"), "not met"),
        (("0.588619", "0.229339", None), "cannot tell"),
    ],
)
def test_the_shares_of_a_divided_board_add_up_to_the_whole(shares, expected):
    links = [
        passes(
            "old/body/icb", f"s{n}/body/icb", since="2026-04-01", share=Decimal(s) if s else None
        )
        for n, s in enumerate(shares)
    ]
    old = board_of("old", until="2026-04-01")
    record = record_of(*old, *links, *board_of("s0"), *board_of("s1"), *board_of("s2"))
    assert outcomes(record(APRIL), "GEO-11") == {"old/body/icb": expected}


def test_a_board_that_gives_part_away_and_goes_on_was_not_divided():
    link = passes("s0/body/icb", "s1/body/icb", share=Decimal("0.1"))
    assert outcomes(record_of(*board_of("s0"), *board_of("s1"), link)(APRIL), "GEO-11") == {}


def test_half_of_what_is_asked_for_is_not_yet_a_list_of_members():
    # Three members, and three of the five kinds: six of the twelve things asked for.
    assert governing_body(*GOVERNING[:3]) == "cannot tell"
    assert governing_body(*GOVERNING[:4]) == "not met"


def test_a_seat_that_is_only_proposed_makes_no_member_of_a_joint_committee():
    def found(status):
        seat = Seat(
            body="kent/body/joint", role="Member", nominated_by="kent/body/sandwich", status=status
        )
        items = (
            group("deal"),
            group("sandwich"),
            committee_of("kent/body/deal"),
            a("kent/seat/one", seat),
        )
        return outcomes(kent(*items)(LAST_DAY_OF_GROUPS), "CCG-02")

    assert found("in force") == {"kent/body/joint": "met"}
    assert found("proposed") == {}


def test_a_group_that_was_only_proposed_is_no_group():
    record = kent(group(status="proposed", until=None))
    assert outcomes(record(FIRST_DAY), "ICB-EST-05") == {}
    assert outcomes(record(LAST_DAY_OF_GROUPS), "CCG-01") == {}
