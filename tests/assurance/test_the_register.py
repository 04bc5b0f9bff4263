"""A risk register: what stood before, what is above appetite, and what no earlier day may betray."""

from datetime import date

from commonweal.assurance.register import register, versions
from commonweal.assurance.risks import Risk, Score
from commonweal.bodies.facts import Body
from tests.making import BOARD, a, kent

RISK, SECRET = "kent/risk/beds", "kent/body/secret"
ON = date(2026, 6, 1)


def nothing(_):
    return False


def everything(_):
    return True


def score(worth):
    return Score(likelihood=worth, impact=1)


def scored(worth, since, until=None, **more):
    fact = Risk(name="Beds", held_by=BOARD, current=score(worth), accepts=3, **more)
    return a(RISK, fact, since=since, until=until)


def standing(*items, on=ON, sees=nothing):
    (found,) = register(kent(*items)(on).seen_by(sees), "kent")
    return found


def test_a_risk_is_compared_with_the_version_that_ended_as_it_began():
    found = standing(scored(2, "2025-01-01", "2026-01-01"), scored(4, "2026-01-01"))
    assert (found.movement, found.before.end) == ("worse", date(2026, 1, 1))


def test_on_its_last_day_the_earlier_version_still_holds_and_is_new():
    items = scored(2, "2025-01-01", "2026-01-01"), scored(4, "2026-01-01")
    assert standing(*items, on=date(2025, 12, 31)).movement == "new"
    assert standing(*items, on=date(2026, 1, 1)).movement == "worse"


def test_a_risk_that_was_off_the_register_for_a_day_comes_back_as_new():
    found = standing(scored(2, "2025-01-01", "2026-01-01"), scored(4, "2026-01-02"))
    assert found.movement == "new"


def test_versions_begin_with_the_latest_and_leave_out_what_was_still_to_come():
    items = [scored(1, "2024-01-01", "2025-01-01"), scored(2, "2025-01-01", "2027-01-01"),
             scored(5, "2027-01-01")]  # fmt: skip
    found = versions(kent(*items)(ON), RISK)
    assert [each.risk.current.worth for each in found] == [2, 1]


def test_a_version_that_was_kept_back_is_not_compared_with():
    shut = scored(2, "2025-01-01", "2026-01-01", exempt="It would help a fraudster")
    items = shut, scored(4, "2026-01-01")
    assert standing(*items).movement == "new"
    assert standing(*items, sees=everything).movement == "worse"


def test_a_version_that_named_what_was_then_kept_back_is_not_compared_with():
    days = {"since": "2025-01-01", "until": "2026-01-01"}
    merger = a(SECRET, Body(name="Secret", type="committee", exempt="Not yet told"), **days)
    named = scored(2, "2025-01-01", "2026-01-01", owner=SECRET)
    assert standing(merger, named, scored(4, "2026-01-01")).movement == "new"


def test_only_the_risks_of_the_system_are_in_its_register():
    other = a("east/risk/beds", Risk(name="Beds", held_by="east/body/icb"))
    assert standing(scored(2, "2025-01-01"), other).name == RISK
