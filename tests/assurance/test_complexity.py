"""How tangled a system is: who has a part, who overlaps, how often it is handed on."""

from datetime import date

from commonweal.assurance.complexity import complexity, in_a_sentence, merged
from commonweal.authority.facts import Delegation, Function, Power
from commonweal.bodies.facts import Body
from tests.making import a, record_of, shipped

ONE, TWO, LOW = "east/body/one", "east/body/two", "east/body/low"
CARE, AREA, DAY = "east/function/care", "east/area/north", date(2026, 12, 1)


def counted(*more, becomes=None):
    bodies = (a(each, Body(name=each, type="council")) for each in (ONE, TWO, LOW))
    day = record_of(*bodies, a(CARE, Function(name="Care")), *more)
    return complexity(day(DAY), "east", becomes)


def handed(slug, giver, taker, area=None):
    fact = Delegation(giver=giver, taker=taker, function=CARE, area=area)
    return a(f"east/delegation/{slug}", fact)


def sums(found):
    return found.bodies, found.overlaps, found.hand_offs


def test_what_is_handed_on_is_no_overlap():
    assert sums(counted(handed("a", ONE, LOW))) == (2, 0, 1)


def test_two_who_were_given_the_same_in_the_same_area_overlap():
    found = counted(handed("a", ONE, LOW, AREA), handed("b", ONE, TWO, AREA))
    assert sums(found) == (3, 1, 2)


def test_two_who_were_given_the_same_in_other_areas_do_not():
    found = counted(handed("a", ONE, LOW, AREA), handed("b", ONE, TWO, "east/area/south"))
    assert found.overlaps == 0


def test_every_body_of_a_kind_holds_what_the_law_gives_to_all_of_them():
    found = counted(a("england/power/p", Power(function=CARE, every="council")))
    assert sums(found) == (3, 0, 0)


def test_bodies_that_become_one_hand_nothing_to_each_other_and_overlap_no_more():
    given = (handed("a", ONE, LOW, AREA), handed("b", ONE, TWO, AREA))
    assert sums(counted(*given, becomes=merged((LOW, TWO)))) == (2, 0, 1)
    assert sums(counted(*given, becomes=merged((ONE, TWO)))) == (2, 0, 1)
    assert sums(counted(*given, becomes=merged((LOW,)))) == (2, 0, 1)


def test_where_nothing_is_on_record_nothing_is_counted():
    assert sums(counted()) == (0, 0, 0)
    assert "nothing can be counted" in in_a_sentence(counted())


def test_the_law_of_july_2022_took_three_hand_offs_from_hampshire_as_recorded():
    packs = shipped("england", "hampshire-and-isle-of-wight")
    before, after = (
        complexity(packs(day), "hampshire-and-isle-of-wight")
        for day in (date(2022, 6, 30), date(2022, 7, 1))
    )
    assert (before.hand_offs, after.hand_offs) == (4, 1)
