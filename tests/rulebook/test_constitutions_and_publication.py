"""Orders, constitutions, what is published, quorum and registers of interests."""

import pytest

from commonweal.areas.facts import Area
from commonweal.bodies.facts import (
    Constitution,
    Interest,
    Order,
    Publication,
    QuorumRule,
)
from commonweal.record.facts import Source
from tests.making import BOARD, FIRST_DAY, SYSTEM, a, findings, kent, outcomes, said, seat

DAY = FIRST_DAY.replace(year=2023)
ORDER = "kent/order/first"
PAPER = "kent/constitution/second"


def found(number, *items, on=DAY):
    return outcomes(kent(*items)(on), number)


def constitution(since="2023-01-01", **fields):
    return a(PAPER, Constitution(name="Second constitution", body=BOARD, **fields), since=since)


def order(kind="establish", **fields):
    return a(ORDER, Order(name="The order", bodies=(BOARD,), type=kind, **fields))


def test_nothing_on_record_is_no_breach():
    for number in (
        "ICB-EST-01", "ICB-CON-01", "ICB-CON-11", "ICB-CON-12", "ICB-CON-13", "ICB-CON-14",
        "ICB-PUB-01", "ICB-PUB-03", "ICB-SKL-01", "ICB-QUO-01", "ICB-COI-01", "ICB-COI-02",
    ):  # fmt: skip
        assert found(number) == {BOARD: "cannot tell"}


def test_a_board_is_set_up_by_order():
    assert found("ICB-EST-01", order()) == {BOARD: "met"}
    assert found("ICB-EST-01", order("vary")) == {BOARD: "cannot tell"}


def test_an_order_is_published_and_boards_are_consulted_before_it_is_varied():
    assert found("ICB-EST-03", order(published="2022-07-01")) == {ORDER: "met"}
    assert found("ICB-EST-03", order()) == {ORDER: "cannot tell"}
    varied = {"published": "2023-02-01", "made": "2023-01-31"}
    assert found("ICB-EST-03", order("vary", **varied)) == {ORDER: "cannot tell"}
    assert found("ICB-EST-03", order("vary", consulted="2023-01-31", **varied)) == {ORDER: "met"}
    assert found("ICB-EST-03", order("vary", consulted="2023-02-01", **varied)) == {
        ORDER: "not met"
    }


def test_a_constitution_gives_the_boards_name_and_area():
    right = {"states_name": "NHS Kent Board", "states_area": SYSTEM}
    assert found("ICB-CON-01", constitution(**right)) == {PAPER: "met"}
    assert found("ICB-CON-01", constitution(**right | {"states_name": "Kent Board"})) == {
        PAPER: "not met"
    }
    assert found("ICB-CON-01", constitution(states_name="NHS Kent Board")) == {PAPER: "cannot tell"}


def test_a_constitution_gives_the_area_of_the_order():
    other = a("kent/area/other", Area(name="Other", type="other"))
    right = constitution(states_name="NHS Kent Board", states_area=SYSTEM)
    assert found("ICB-CON-01", right, order(area_named=SYSTEM)) == {PAPER: "met"}
    assert found("ICB-CON-01", right, other, order(area_named="kent/area/other")) == {
        PAPER: "not met"
    }


SECTIONS = {
    "ICB-CON-11": ("procedure", "transparency"),
    "ICB-CON-12": (
        "conflicts of interest", "conflict principles", "public involvement", "involvement principles",
    ),
}  # fmt: skip


@pytest.mark.parametrize("number", SECTIONS)
def test_every_section_that_the_law_asks_for_is_there(number):
    whole = SECTIONS[number]
    assert found(number, constitution(sections=whole)) == {PAPER: "met"}
    for lacking in whole:
        rest = tuple(each for each in whole if each != lacking)
        assert found(number, constitution(sections=rest)) == {PAPER: "not met"}
    assert found(number, constitution()) == {PAPER: "cannot tell"}


@pytest.mark.parametrize(
    ("approved", "expected"),
    [
        ("2022-12-31", "met"),
        ("2023-01-01", "met"),
        ("2023-01-02", "not met"),
        ("2023-01", "cannot tell"),
        (None, "cannot tell"),
    ],
)
def test_a_changed_constitution_is_approved_before_it_takes_effect(approved, expected):
    assert found("ICB-CON-13", constitution(approved=approved)) == {PAPER: expected}


def test_the_first_constitution_is_no_variation():
    assert found("ICB-CON-13", constitution(since="2022-07-01")) == {PAPER: "met"}


def test_a_constitution_says_how_it_may_be_varied():
    lacking = constitution(approved="2022-12-31", sections=("membership",))
    assert found("ICB-CON-13", lacking) == {PAPER: "not met"}
    whole = constitution(approved="2022-12-31", sections=("membership", "variation"))
    assert found("ICB-CON-13", whole) == {PAPER: "met"}


def publication(what, **fields):
    slug = what.replace(" ", "-")
    return a(f"kent/publication/{slug}", Publication(body=BOARD, type=what, **fields))


def test_the_constitution_is_published_as_it_stands():
    assert found("ICB-CON-14", constitution(address="https://example.org")) == {PAPER: "met"}
    new, old = (publication("constitution", on=on) for on in ("2023-01-01", "2022-07-01"))
    assert found("ICB-CON-14", constitution(), new) == {PAPER: "met"}
    assert found("ICB-CON-14", constitution(), old) == {PAPER: "not met"}
    assert found("ICB-CON-14", constitution(), publication("constitution")) == {
        PAPER: "cannot tell"
    }
    assert found("ICB-CON-14", constitution()) == {PAPER: "cannot tell"}


FIVE = (
    "constitution", "governance handbook", "standing financial instructions",
    "scheme of reservation and delegation", "functions and decisions map",
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "expected"),
    [(5, "met"), (4, "not met"), (3, "not met"), (2, "cannot tell"), (0, "cannot tell")],
)
def test_five_governance_documents_are_published(number, expected):
    assert found("ICB-PUB-01", *map(publication, FIVE[:number])) == {BOARD: expected}


def test_the_document_that_is_wanting_is_named():
    record = kent(*map(publication, FIVE[:4]))(DAY)
    assert "but not the functions and decisions map" in said(record, "ICB-PUB-01", BOARD)


def test_a_map_of_decisions_a_review_of_skills_and_a_register_are_on_record():
    assert found("ICB-PUB-03", publication("functions and decisions map")) == {BOARD: "met"}
    assert found("ICB-SKL-01", publication("skills review")) == {BOARD: "met"}
    assert found("ICB-COI-02", publication("register of interests")) == {BOARD: "met"}


def test_a_quorum_is_set():
    quorum = a("kent/quorum/board", QuorumRule(body=BOARD, members=6))
    assert found("ICB-QUO-01", quorum) == {"kent/quorum/board": "met"}


def test_registers_cover_members_committees_and_employees():
    everyone = ("board members", "committee members", "employees")
    assert found("ICB-COI-01", publication("register of interests", covers=everyone)) == {
        BOARD: "met"
    }
    some = publication("register of interests", covers=everyone[:2])
    assert found("ICB-COI-01", some) == {BOARD: "not met"}
    assert found("ICB-COI-01", publication("register of interests")) == {BOARD: "cannot tell"}


INTEREST = "kent/interest/one"


def interest(sources=(), **fields):
    fact = Interest(of="kent/seat/chair", organisation="A supplier", sources=sources, **fields)
    return seat("chair", "chair"), a(INTEREST, fact)


@pytest.mark.parametrize(
    ("aware", "declared", "expected"),
    [
        ("2022-07-01", "2022-07-29", "met"),  # the 28th day: rule catalogue, section 12
        ("2022-07-01", "2022-07-30", "not met"),  # the 29th
        ("2022-07-01", None, "cannot tell"),
        (None, "2022-07-29", "cannot tell"),
        ("2022-07", "2022-07-29", "cannot tell"),
    ],
)
def test_a_conflict_is_declared_within_28_days(aware, declared, expected):
    assert found("ICB-COI-03", *interest(aware=aware, declared=declared)) == {INTEREST: expected}


def test_a_conflict_known_before_the_law_began_is_not_measured_by_it():
    assert found("ICB-COI-03", *interest(aware="2022-06-30", declared="2022-12-01")) == {}


def test_interests_of_others_than_board_members_are_no_matter_of_these_rules():
    stranger = a(INTEREST, Interest(of="kent/seat/stranger", organisation="A supplier"))
    assert found("ICB-COI-03", stranger) == {}
    assert findings(kent(stranger)(DAY), "ICB-COI-04") == ()


def test_a_declaration_taken_from_the_register_is_in_the_register():
    register = (Source(document="kent/document/register", at="row 1"),)
    page = publication("register of interests", sources=register)
    assert found("ICB-COI-04", *interest(register), page) == {INTEREST: "met"}
    assert found("ICB-COI-04", *interest(), page) == {INTEREST: "cannot tell"}


def test_a_legal_person_is_a_statutory_body():
    def legal(status):
        return outcomes(kent(legal=status)(DAY), "ICB-EST-07")

    assert legal("statutory body") == {BOARD: "met"}
    assert legal("not a legal body") == {BOARD: "not met"}
    assert legal("not stated") == {BOARD: "cannot tell"}


def test_a_copy_published_on_the_eve_of_a_change_is_the_old_one():
    eve, day = (publication("constitution", on=on) for on in ("2022-12-31", "2023-01-01"))
    assert found("ICB-CON-14", constitution(), eve) == {PAPER: "not met"}
    assert found("ICB-CON-14", constitution(), day) == {PAPER: "met"}


def test_an_order_that_is_only_a_draft_sets_nothing_up():
    assert found("ICB-EST-01", order(status="draft")) == {BOARD: "cannot tell"}
    assert found("ICB-EST-03", order(status="draft")) == {}
