"""Lookups: which code belongs to which, how much of it, and what became of a code."""

from datetime import date, datetime

import polars as pl
import pytest

from commonweal.outcomes.store.observations import figures_table
from commonweal.outcomes.store.questions import of_indicator
from commonweal.outcomes.store.roll_up import members_table, rolled_up
from commonweal.sources import list_sizes, membership
from commonweal.sources.membership import UnknownLevel
from commonweal.sources.taken import WrongFile
from commonweal_site.outcomes.keeping import Store
from tests.outcomes.answers import table

BOARD = "integrated care board"


def practice(code="J82001", board="E54000042", network="U12345"):
    return {"practice": code, "pcn_code": network, "sicbl_code": "E38000253", "icb_code": board}


def trust(code="RHM", board="E54000042", share="1"):
    return {"nhs_trust22_code": code, "icb22_code": board, membership.SHARES: share}


def redrawn(old, new, change):
    return {"lsoa11_code": old, "lsoa21_code": new, "change_code": change, "ltla22_code": "E06"}


def followed(old, new, day="2015-04-01"):
    return {"old_code": old, "new_code": new, "date": day}


def taken(*rows, of=BOARD):
    return membership.take(pl.DataFrame(list(rows)), of)


def ends(*rows, on=date(2022, 7, 1)):
    return membership.successions(pl.DataFrame(list(rows)), on)


def test_a_practice_is_wholly_in_its_network_and_its_board():
    assert taken(practice()).members.rows() == [("J82001", "E54000042", 1.0)]
    assert taken(practice(), of="network").members.rows() == [("J82001", "U12345", 1.0)]


def test_a_practice_in_no_network_is_left_out_and_counted():
    found = taken(practice(), practice("J82002", network="U99999"), of="network")
    assert found.members.height == 1
    assert [(each.name, each.rows) for each in found.corrections] == [("members of none", 1)]


def test_a_trust_is_shared_among_boards_by_where_its_patients_came_from():
    found = taken(trust(share="0.75"), trust(board="E54000034", share="0.25"))
    assert found.faults == ()
    assert found.members["weight"].to_list() == [0.75, 0.25]


@pytest.mark.parametrize(
    ("rows", "place", "because"),
    [
        ([practice(), practice(board="E54000034")], {(2, "practice"), (3, "practice")}, "several"),
        ([practice(), practice(code="")], {(3, "practice")}, "no code"),
        ([trust(share="0.5")], {(2, "nhs_trust22_code")}, "add up to 1"),
        ([trust(), trust("RDU", share="1.5")], {(3, membership.SHARES)}, "from 0 to 1"),
        ([trust(), trust("RDU", share="half")], {(3, membership.SHARES)}, "no number"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_place(rows, place, because):
    found = taken(*rows)
    assert {(fault.row, fault.column) for fault in found.faults} == place
    assert because in found.faults[0].because


def test_of_a_small_area_that_was_split_nobody_knows_the_shares():
    split = redrawn("E4", "E5", "S"), redrawn("E4", "E6", "S")
    rows = redrawn("E1", "E1", "U"), redrawn("E2", "E3", "M"), *split
    found = taken(*rows, of="small area of 2021")
    assert found.members["weight"].to_list() == [1, 1, None, None]
    district = taken(*rows, of="district")
    assert district.members["weight"].to_list() == [1, 1, 1]
    strange = taken(redrawn("E1", "E1", "Q"), of="small area of 2021")
    assert "written U, M, S, X" in strange.faults[0].because


def test_a_kind_of_area_that_the_lookup_does_not_have_is_said_with_those_it_has():
    with pytest.raises(UnknownLevel, match=BOARD):
        taken(practice(), of="integrated care bord")


def test_a_file_of_another_shape_is_refused():
    with pytest.raises(WrongFile, match="Known: practice with pcn_code"):
        taken({"constituency": "Romsey"})


def test_a_code_is_followed_to_the_one_that_stood_at_the_end_by_the_day():
    rows = followed("A", "B"), followed("B", "C", "2020-04-01")
    assert ends(*rows).members.rows() == [("A", "C", 1.0), ("B", "C", 1.0)]
    assert ends(*rows, on=date(2020, 3, 31)).members.rows() == [("A", "B", 1.0)]
    assert ends(*rows, on=date(2020, 4, 1)).members.height == 2


def test_of_a_code_that_several_follow_nobody_knows_the_shares():
    found = ends(followed("A", "B"), followed("A", "C"))
    assert found.members.rows() == [("A", "B", None), ("A", "C", None)]


def test_a_code_that_follows_itself_goes_on_and_one_that_does_in_the_end_is_a_fault():
    own = ends(followed("A", "A"), followed("B", "C"))
    assert own.members["member"].to_list() == ["B"]
    assert own.corrections[0].name == "codes that follow themselves"
    circle = ends(followed("A", "B"), followed("B", "A"))
    assert circle.members.is_empty()
    assert {fault.row for fault in circle.faults} == {2, 3}


def test_a_succession_without_a_day_is_a_fault():
    assert ends(followed("A", "B", "soon")).faults[0].because.startswith("“soon” is no day")


@pytest.mark.parametrize(
    ("file", "of", "members", "areas"),
    [
        ("practice_to_pcn_sicbl_icb.csv", BOARD, 6_287, 42),
        ("practice_to_pcn_sicbl_icb.csv", "network", 6_240, 1_279),
        ("lsoa21_to_sicbl_icb_ward_ltla_utla_region.parquet", BOARD, 33_755, 42),
        ("lsoa21_to_sicbl_icb_ward_ltla_utla_region.parquet", "district", 33_755, 296),
        ("lsoa11_to_sicbl22_icb22_ltla22.parquet", BOARD, 32_844, 42),
        ("lsoa11_to_lsoa21.parquet", "small area of 2021", 35_795, 35_672),
        ("trust22_to_icb22_share_of_patients.csv", BOARD, 1_321, 42),
    ],
)
def test_the_recorded_lookup_is_taken_whole(file, of, members, areas):
    found = membership.take(table(f"geographies/{file}"), of)
    assert found.faults == ()
    assert (found.members.height, found.members["area"].n_unique()) == (members, areas)


def test_the_recorded_lists_of_practices_make_up_those_of_boards(tmp_path):
    lists = list_sizes.take(table("gp-qof-2020/practice_demographics.csv"), "April 2020")
    store = Store(tmp_path)
    store.append(
        lists.figures, source="a test", file="lists", checksum="", recorded=datetime(2026, 11, 22)
    )
    older = of_indicator(figures_table(), "list-aged-65-and-over", as_at=date(2026, 1, 1))
    belong = membership.take(table("geographies/practice_to_pcn_sicbl_icb.csv"), BOARD).members
    question = rolled_up(older, members_table(), kind=BOARD, least=0.5)
    made = store.engine("list-aged-65-and-over").ask(question, {"members": belong})
    assert made.height == 42
    # Some practices of 2020 are in no board of 2024, and some of those were not there in 2020.
    assert 0.9 < made["denominator"].sum() / lists.figures["denominator"].sum() * 2 < 1
    assert made["missing"].sum() > 0


def test_the_recorded_successions_of_trusts_are_followed_to_their_end():
    given = table("geographies/trust_code_successors.parquet")
    found = membership.successions(given, date(2022, 7, 1))
    assert found.faults == ()
    assert set(found.members["area"]).isdisjoint(found.members["member"])
