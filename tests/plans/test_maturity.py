"""A matrix of maturity: what nobody has assessed is not recorded, and never counts as not met."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from commonweal.plans.cells import STATES, Cell, Filled, matrices, tally
from commonweal.plans.maturity import (
    Challenge,
    Heading,
    Horizon,
    Level,
    MaturityAssessment,
    MaturityMatrix,
    MaturityStatement,
    Threshold,
    Unit,
)
from commonweal.plans.milestones import Replanned
from commonweal.plans.thresholds import of_components, worked
from tests.making import a, record_of

MATRIX = "kent/maturity-matrix/ours"
EAST, WEST, SYSTEM = "kent/area/east", "kent/area/west", "kent/area/system"
FIRST, HALF, ALL = (f"kent/maturity-statement/{slug}" for slug in ("first", "half", "all"))

SHAPE = MaturityMatrix(
    name="Ours", about=SYSTEM,
    levels=(
        Level(key="team", name="Teams", units=(Unit(who=EAST, under=SYSTEM), Unit(who=WEST, under=SYSTEM))),
        Level(key="system", name="System", units=(Unit(who=SYSTEM),)),
    ),
    domains=(Heading(key="plan", name="Planning"), Heading(key="care", name="Care")),
    horizons=(Horizon(key="soon", when="2018-10 to 2019-03"), Horizon(key="later", when="2020-04", firm="by")),
)  # fmt: skip


def statement(**fields: object) -> MaturityStatement:
    given_ = {"name": "A plan", "matrix": MATRIX, "level": "team", "domain": "plan",
              "horizon": "soon", **fields}  # fmt: skip
    return MaturityStatement(**given_)


STATEMENTS = (
    a(MATRIX, SHAPE),
    a(HALF, statement(name="Half of it", domain="care", horizon="later",
                      threshold=Threshold(share=Decimal("0.5"), of="components"))),
    a(FIRST, statement()),
    a(ALL, statement(name="All thrive", level="system", horizon="later", threshold=Threshold(
        share=Decimal(1), of="units", level="team", horizon="soon"))),
)  # fmt: skip


def assessed(slug: str, of: str, unit: str, found: str = "met", **fields: object):
    fact = MaturityAssessment(
        statement=of, unit=unit, found=found, **{"on": "2019-01-31", **fields}
    )
    return a(f"kent/maturity-assessment/{slug}", fact)


def filled(*more, day: date = date(2019, 6, 1)) -> Filled:
    return matrices(record_of(*STATEMENTS, *more)(day), "kent")[0]


def test_a_matrix_has_a_cell_for_each_statement_in_each_unit_of_its_level():
    assert filled().tally.cells == 2 * 2 + 1


def test_what_nobody_assessed_is_not_recorded_and_never_not_met():
    counted = filled().tally
    assert counted.of("not recorded") == counted.cells
    assert counted.of("not met") == counted.recorded == 0


def test_a_statement_is_covered_once_any_unit_has_a_finding_on_it():
    assert filled().covered == 0
    two = assessed("a", FIRST, EAST, "not met"), assessed("b", FIRST, WEST)
    assert filled(*two).covered == 1
    assert filled(*two, day=date(2019, 1, 30)).covered == 0


def test_statements_come_in_the_order_of_the_matrix():
    assert [name for name, _ in filled().statements] == [FIRST, HALF, ALL]


def test_the_latest_finding_made_by_the_day_counts():
    two = assessed("a", FIRST, EAST, "not met"), assessed("b", FIRST, EAST, on="2019-03-01")
    assert filled(*two).cell(FIRST, EAST).state == "met"
    assert filled(*two, day=date(2019, 2, 28)).cell(FIRST, EAST).state == "not met"
    assert filled(*two, day=date(2019, 1, 30)).cell(FIRST, EAST).state == "not recorded"


def test_a_cell_says_whether_it_is_doubted_and_whether_it_slipped():
    doubt = Challenge(on="2019-02-01", says="No board has met.")
    moved = Replanned(was="2019-03", on="2019-03-01")
    cell = filled(
        assessed("a", FIRST, EAST, "partly met", challenges=(doubt,), replanned=(moved,))
    ).cell(FIRST, EAST)
    assert (cell.challenged, cell.slipped) == (True, True)
    answered = Challenge(on="2019-02-01", says="No.", answer="It has.", outcome="not upheld")
    cell = filled(assessed("a", FIRST, EAST, challenges=(answered,))).cell(FIRST, EAST)
    assert (cell.challenged, cell.slipped) == (False, False)


@pytest.mark.parametrize(
    ("day", "over"), [(date(2019, 3, 31), False), (date(2019, 4, 1), True)]
)  # fmt: skip
def test_a_time_is_over_the_day_after_its_last(day, over):
    assert filled(day=day).over("soon") is over


@given(st.lists(st.sampled_from(STATES)))
def test_every_cell_is_counted_once(states):
    counted = tally([Cell(state) for state in states])
    assert counted.cells == len(states)
    assert sum(counted.of(state) for state in STATES) == len(states)


# --- thresholds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "whole", "outcome"),
    [(4, 8, "met"), (3, 8, "not met"), (0, 8, "not met"), (4, 7, "met"), (3, 7, "not met")],
)
def test_half_of_the_components_is_enough_and_one_less_is_not(there, whole, outcome):
    cell = filled(
        assessed("a", HALF, EAST, "partly met", components_there=there, components=whole)
    ).cell(HALF, EAST)
    found = of_components(Threshold(share=Decimal("0.5"), of="components"), EAST, cell)
    assert found.outcome == outcome
    assert found.because.endswith("the least is 50%.")


def test_components_that_nobody_counted_cannot_be_told():
    half = filled(assessed("a", HALF, EAST, "met"))
    east, west = worked(half, HALF, dict(half.statements)[HALF])
    assert (east.outcome, west.outcome) == ("cannot tell", "cannot tell")


def all_thrive(*more) -> tuple[str, str]:
    found = filled(*more)
    (system,) = worked(found, ALL, dict(found.statements)[ALL])
    return system.outcome, system.because


def test_every_team_thrives_only_if_each_meets_all_that_was_due():
    both = assessed("a", FIRST, EAST), assessed("b", FIRST, WEST)
    assert all_thrive(*both)[0] == "met"


def test_one_team_that_falls_short_settles_it():
    outcome, because = all_thrive(assessed("a", FIRST, EAST, "partly met"))
    assert outcome == "not met"
    assert because == (
        "0 of 2 teams meet every statement due in October 2018 to March 2019; 1 falls short and of 1 "
        "it is not recorded. The least is 100%."
    )


def test_silence_about_one_team_leaves_it_open():
    assert all_thrive(assessed("a", FIRST, EAST))[0] == "cannot tell"
    assert all_thrive()[0] == "cannot tell"


def test_what_does_not_apply_to_a_team_does_not_hold_it_back():
    both = assessed("a", FIRST, EAST), assessed("b", FIRST, WEST, "does not apply")
    assert all_thrive(*both)[0] == "met"


# --- what may not be said -------------------------------------------------------------------------


def faults(**fields: object) -> str:
    fact = MaturityAssessment(statement=FIRST, unit=EAST, **{"found": "met", "on": "2019-01-31", **fields})  # fmt: skip
    return " ".join(fact.faults())


def test_a_finding_is_challenged_only_after_it_was_made():
    assert "before it was assessed" in faults(challenges=(Challenge(on="2019-01-30", says="No"),))
    assert faults(challenges=(Challenge(on="2019-01-31", says="No"),)) == ""


def test_a_challenge_that_is_closed_was_answered():
    closed = Challenge(on="2019-02-01", says="No", outcome="upheld")
    assert "no answer is given" in faults(challenges=(closed,))


def test_components_in_place_are_no_more_than_there_are():
    assert "only 3 in all" in faults(components_there=4, components=3)
    assert "Give both" in faults(components_there=4)
    assert faults(components_there=3, components=3) == ""


def test_what_is_met_is_not_still_expected():
    assert "nothing more is expected" in faults(expected="2019-06")
    assert faults(found="not met", expected="2019-06") == ""


def test_a_matrix_has_each_key_once():
    twice = replace(SHAPE, horizons=(SHAPE.horizons[0], SHAPE.horizons[0]))
    assert list(twice.faults()) == ["Two of its times have the same key: soon, soon."]


def test_a_threshold_of_units_says_which():
    odd = statement(threshold=Threshold(share=Decimal(2), of="units"))
    assert list(odd.faults()) == [
        "A share is from 0 to 1, but this one is 2.",
        "Its threshold counts units. Say those of which level.",
    ]
