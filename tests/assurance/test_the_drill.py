"""A reorganisation on paper: what loses its home, and what really became of it."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect

from commonweal.areas.facts import Area
from commonweal.assurance.drill import (
    CARRIED,
    CannotDrill,
    drill,
    for_a_person_in_law,
    history,
    homes,
    over_by,
    rules,
)
from commonweal.assurance.recovery import RecoveryPlan
from commonweal.assurance.risks import Issue, Risk
from commonweal.authority.facts import Delegation, Function, Power
from commonweal.bodies.facts import Body, Post, Seat
from commonweal.meetings.decided import Action
from commonweal.meetings.facts import Meeting
from commonweal.meetings.said import Promise
from commonweal.money.allocations import ControlTotal
from commonweal.plans.facts import Plan
from commonweal.record.kinds import Kind
from commonweal.record.naming import Succession
from commonweal.scrutiny.healthwatch import HealthwatchReport, Recipient
from commonweal.statute import rule_book
from commonweal.vocabulary import VOCABULARY
from tests.making import a, record_of, shipped

CHANGE = date(2027, 4, 1)
EAST, WEST, NEW = "east/body/icb", "west/body/icb", "both/body/icb"
JOINT, OWN, BELOW = "east/body/joint", "east/body/own", "east/body/below"
FUNCTION = "england/function/reablement"


def body(name, *parents, kind="committee"):
    return Body(name=name, type=kind, parents=parents)


def board(name):
    return body(name, kind="integrated care board")


def record(*more):
    """Two boards, a committee of both, a committee of one and one below it, and whatever is added."""
    return record_of(
        a(EAST, board("East"), until="2027-04-01"),
        a(WEST, board("West"), until="2027-04-01"),
        a(NEW, board("Both"), since="2027-04-01"),
        a("both/area/system", Area(name="Both", type="system")),
        a(JOINT, body("Joint", EAST, WEST)),
        a(OWN, body("Own", EAST)),
        a(BELOW, body("Below", OWN)),
        a(FUNCTION, Function(name="Reablement")),
        a("east/succession/new", Succession(type="merge", before=EAST, after=NEW), since="2027-04-01"),
        *more,
    )  # fmt: skip


def given_to(taker, giver=EAST):
    return Delegation(giver=giver, taker=taker, function=FUNCTION)


def tried(on, *bodies):
    return drill(on(CHANGE - timedelta(1)), bodies, CHANGE)


# Committees


def test_a_committee_ends_with_its_last_parent_and_not_before():
    on = record()
    assert tried(on, EAST).with_them == (OWN, BELOW)
    assert tried(on, EAST, WEST).with_them == (JOINT, OWN, BELOW)


# What is lost


def test_a_delegation_lapses_whether_its_giver_or_its_taker_ends():
    on = record(a("east/delegation/d", given_to(WEST)))
    for ends, field in ((EAST, "giver"), (WEST, "taker")):
        (lost,) = [each for each in tried(on, ends).lost if each.kind == "delegation"]
        assert (lost.field, lost.rule.fate) == (field, "lapses")


def test_what_is_between_two_bodies_that_end_is_lost_once_for_each():
    on = record(a("east/delegation/d", given_to(WEST)))
    found = [each.field for each in tried(on, EAST, WEST).lost if each.kind == "delegation"]
    assert sorted(found) == ["giver", "taker"]


def test_a_function_passes_by_law():
    on = record(a("east/power/p", Power(function=FUNCTION, holder=EAST)))
    (lost,) = [each for each in tried(on, EAST).lost if each.kind == "power"]
    assert lost.rule.fate == "passes by law"


@pytest.mark.parametrize(("day", "lost"), [("2027-03-31", 0), ("2027-04-01", 1)])
def test_a_meeting_from_the_day_of_the_change_on_needs_a_new_holder(day, lost):
    on = record(a("east/meeting/m", Meeting(body=EAST, when=day, type="announced")))
    assert sum(each.kind == "meeting" for each in tried(on, EAST).lost) == lost


@pytest.mark.parametrize(
    ("fact", "lost"),
    [
        (Promise(name="P", item="east/item/i", by=EAST), 1),
        (Promise(name="P", item="east/item/i", by=EAST, kept="kept", kept_on="2027-03-31"), 0),
        (Action(name="A", owner=EAST, type="under way"), 1),
        (Action(name="A", owner=EAST, type="done", done="2027-03-31"), 0),
        (Action(name="A", owner=EAST, type="dropped"), 0),
    ],
)
def test_what_was_promised_and_is_not_done_needs_a_new_holder(fact, lost):
    on = record(a(f"east/{fact.kind}/f", fact))
    assert sum(each.kind == fact.kind for each in tried(on, EAST).lost) == lost


def owned(**fields):
    return Risk(name="Beds", held_by=EAST, owner=EAST, **fields)


def test_a_risk_an_open_issue_and_a_running_recovery_plan_need_a_new_holder():
    on = record(
        a("east/risk/r", owned()),
        a("east/issue/i", Issue(name="I", held_by=EAST)),
        a("east/recovery-plan/p", RecoveryPlan(name="P", service=OWN, of=EAST)),
    )
    found = {f"{each.kind}.{each.field}" for each in tried(on, EAST).wanting}
    assert {"risk.held_by", "risk.owner", "issue.held_by", "recovery-plan.of"} <= found


@pytest.mark.parametrize(("closed", "lost"), [("2027-03-31", 0), ("2027-04-01", 1), (None, 1)])
def test_what_is_over_before_the_day_of_the_change_needs_no_home(closed, lost):
    on = record(a("east/issue/i", Issue(name="I", held_by=EAST, closed=closed)))
    assert sum(each.kind == "issue" for each in tried(on, EAST).lost) == lost


def test_every_day_by_which_a_fact_is_over_is_a_field_of_its_kind():
    for kind, field in over_by().items():
        assert field.split(".")[0] in {each.name for each in VOCABULARY.kind(kind).fields}


@pytest.mark.parametrize(("year", "lost"), [("2026/27", 0), ("2027/28", 1)])
def test_money_of_a_year_that_is_over_needs_no_home(year, lost):
    on = record(a("east/control-total/t", ControlTotal(holder=EAST, year=year, plan=0)))
    assert sum(each.kind == "control-total" for each in tried(on, EAST).lost) == lost


@pytest.mark.parametrize(
    ("period", "lost"), [("2024/25 to 2026/27", 0), ("2024/25 to 2027/28", 1), ("some day", 1)]
)
def test_a_plan_of_years_that_are_over_needs_no_home(period, lost):
    on = record(a("east/plan/p", Plan(name="P", owner=EAST, period=period)))
    assert sum(each.kind == "plan" for each in tried(on, EAST).lost) == lost


@pytest.mark.parametrize(("second", "lost"), [("2027-03-31", 0), (None, 1)])
def test_a_report_of_healthwatch_needs_no_home_once_all_have_answered(second, lost):
    sent = (Recipient(body=EAST, answered="2027-01-04"), Recipient(body=WEST, answered=second))
    report = HealthwatchReport(name="R", by=JOINT, made="2027-01-01", sent_to=sent)
    on = record(a("east/healthwatch-report/r", report))
    assert sum(each.kind == "healthwatch-report" for each in tried(on, EAST).lost) == lost


def test_what_was_superseded_needs_no_home():
    old = Delegation(giver=EAST, taker=WEST, function=FUNCTION, status="superseded")
    assert not [
        e for e in tried(record(a("east/delegation/d", old)), EAST).lost if e.kind == "delegation"
    ]


# Posts and seats

POST, SEAT = "east/post/chief", "east/seat/chair"


def with_offices(*more):
    return record(
        a(POST, Post(name="Chief executive", bodies=(EAST, WEST))),
        a(SEAT, Seat(body=EAST, role="chair")),
        *more,
    )


def test_a_seat_ends_with_its_board_and_a_post_with_the_last_of_its_bodies():
    on = with_offices()
    assert tried(on, EAST).offices == (SEAT,)
    assert tried(on, EAST, WEST).offices == (POST, SEAT)


def test_what_a_post_that_ends_held_loses_its_home_too():
    on = with_offices(a("east/risk/r", Risk(name="Beds", held_by=JOINT, owner=POST)))
    assert not [e for e in tried(on, EAST).lost if e.body == POST]
    (lost,) = [e for e in tried(on, EAST, WEST).lost if e.body == POST]
    assert lost.place == "risk.owner"


def test_what_a_committee_or_post_held_keeps_its_home_if_it_is_carried_over():
    risks = (
        a("east/risk/p", Risk(name="Beds", held_by=JOINT, owner=POST)),
        a("east/risk/c", Risk(name="Beds", held_by=OWN)),
    )
    before = with_offices(*risks)(CHANGE - timedelta(1))
    found = drill(before, [EAST, WEST], CHANGE, kept={POST, OWN, JOINT})
    assert {POST, OWN, BELOW, JOINT}.isdisjoint(found.ending)
    assert {"risk.owner", "risk.held_by"}.isdisjoint(e.place for e in found.lost)
    assert {(POST, EAST), (OWN, EAST)} <= {(e.entity, e.body) for e in found.lost}


def test_what_begins_on_the_day_of_the_change_and_names_an_ended_body_is_found():
    on = record(a("east/risk/r", Risk(name="Beds", held_by=EAST), since="2027-04-01"))
    (lost,) = [each for each in tried(on, EAST).lost if each.kind == "risk"]
    assert lost.begins


def test_what_ended_before_is_not_lost():
    on = record(a("east/delegation/d", given_to(WEST), until="2027-03-31"))
    assert not [each for each in tried(on, EAST).lost if each.kind == "delegation"]


def test_what_the_record_itself_ends_that_day_is_told_apart():
    on = record(a("east/delegation/d", given_to(WEST), until="2027-04-01"))
    (lost,) = [each for each in tried(on, EAST).lost if each.kind == "delegation"]
    assert lost.ends


# What cannot be tried


@pytest.mark.parametrize("wrong", ["east/body/icbs", FUNCTION])
def test_a_body_that_is_not_there_is_refused_with_the_day(wrong):
    with pytest.raises(CannotDrill, match="31 March 2027"):
        tried(record(), wrong)


def test_a_body_that_begins_that_day_cannot_end_the_day_before():
    with pytest.raises(CannotDrill):
        tried(record(), NEW)


# What really became of it


def test_a_delegation_has_a_home_when_the_successor_is_given_the_same():
    lost = a("east/delegation/d", given_to(EAST, giver=WEST), until="2027-04-01")
    again = a("both/delegation/d", given_to(NEW, giver=WEST), since="2027-04-01")
    bare, whole = record(lost), record(lost, again)
    assert homes(tried(bare, EAST), bare(CHANGE)) == {}
    (home,) = homes(tried(whole, EAST), whole(CHANGE)).values()
    assert home == "both/delegation/d"


def test_a_function_has_a_home_where_the_law_gives_it_to_every_body_of_the_kind():
    on = record(
        a("east/power/p", Power(function=FUNCTION, holder=EAST), until="2027-04-01"),
        a("england/power/e", Power(function=FUNCTION, every="integrated care board")),
    )
    assert set(homes(tried(on, EAST), on(CHANGE)).values()) == {"england/power/e"}


@pytest.fixture(scope="module")
def packs():
    return shipped()


def test_on_1_july_2022_southamptons_pool_still_named_a_group_that_had_ended(packs):
    group = "hampshire-and-isle-of-wight/body/ccg-d9y0v"
    found = drill(packs(date(2022, 6, 30)), [group], date(2022, 7, 1))
    housed = homes(found, packs(date(2022, 7, 1)))
    bare = {each.entity.partition("/")[2] for each in found.wanting if each not in housed}
    assert {"agreement/southampton-pool", "contribution/southampton-pool-ccg"} <= bare
    assert {each.entity for each in housed if each.kind == "power"}
    assert found.with_them == ()


@pytest.mark.parametrize("system", ["norfolk-and-waveney", "suffolk-and-north-east-essex"])
def test_what_nhs_england_delegated_has_no_home_on_record_after_the_mergers_of_2026(packs, system):
    found = drill(packs(date(2026, 3, 31)), [f"{system}/body/icb"], date(2026, 4, 1))
    assert {each.kind for each in found.wanting} == {"delegation"}
    assert homes(found, packs(date(2026, 4, 1))) == {}


# What always holds


BODIES = [EAST, WEST, JOINT, OWN, BELOW]


@given(st.sets(st.sampled_from(BODIES), min_size=1))
def test_the_more_bodies_end_the_more_is_lost_but_for_what_ends_with_them(ending):
    on = record(
        a("east/delegation/1", given_to(OWN)), a("east/delegation/2", given_to(JOINT, giver=WEST))
    )
    some, every = tried(on, *ending), tried(on, *BODIES)
    assert {*some.ending} <= {*every.ending}
    delegations = [e for e in some.lost if e.kind == "delegation"]
    assert {e.entity for e in delegations} <= {e.entity for e in every.lost}
    assert not {*some.asked} & {each.entity for each in some.lost}
    hanging = [e.place for e in some.lost if e.entity in some.ending]
    assert {*hanging} <= {f"{kind}.{field}" for kind, field in CARRIED.items()}


# That nothing is left out


def parts_of(shape):
    """A type without its words and without its being optional, and the kinds that it refers to."""
    kinds = None
    while isinstance(shape, inspect.Metadata | inspect.UnionType):
        if isinstance(shape, inspect.Metadata):
            kinds = (shape.extra or {}).get("refers_to", kinds)
            shape = shape.type
        else:
            shape = next(e for e in shape.types if not isinstance(e, inspect.NoneType))
    return shape, kinds


def paths_to_a_body(fields, above=()):
    """Each path of fields, through parts of a fact, that can name a body, post or seat."""
    for each in fields:
        shape, kinds = parts_of(each.type)
        if isinstance(shape, inspect.VarTupleType):
            shape, kinds = parts_of(shape.item_type)
        path = (*above, each.name)
        if kinds is not None and (not kinds or {"body", "post", "seat"} & {*kinds}):
            yield path
        if isinstance(shape, inspect.StructType):
            yield from paths_to_a_body(shape.fields, path)


def filled(fields, path, holder):
    """Plain values of what has to be filled in, and the holder at the end of a path."""
    return {
        each.name: value(each.type, path[1:], holder if path[:1] == (each.name,) else None)
        for each in fields if each.required or path[:1] == (each.name,)
    }  # fmt: skip


PLAIN = {inspect.IntType: 1, inspect.DecimalType: "1", inspect.BoolType: True, inspect.DictType: {}}


def value(shape, path, holder):
    shape, kinds = parts_of(shape)
    match shape:
        case inspect.StructType():
            return filled(shape.fields, path, holder)
        case inspect.VarTupleType():
            return [value(shape.item_type, path, holder)] if holder or shape.min_length else []
        case inspect.LiteralType():
            return shape.values[0]
        case inspect.StrType() if kinds is not None:
            return holder or f"east/{(*kinds, 'area')[0]}/x"
        case inspect.StrType():
            return "2027/28" if shape.pattern else "2028-01-01"
        case _:
            return PLAIN[type(shape)]


PLACES = [
    (kind, path)
    for kind in VOCABULARY
    for path in paths_to_a_body(inspect.type_info(kind.type).fields)
]


def test_each_field_that_can_name_a_body_has_one_fate_or_is_history():
    named = {f"{kind.name}.{path[-1]}" for kind, path in PLACES}
    listed = [field for rule in rules() for field in rule.fields]
    assert len(listed) == len(set(listed))
    assert not {*listed} & history()
    assert named <= {*listed} | history()
    assert all(rule.law in rule_book() for rule in rules() if rule.law)
    assert for_a_person_in_law() <= {*listed}


@pytest.mark.parametrize(
    ("kind", "path"), PLACES, ids=lambda each: "" if isinstance(each, Kind) else ".".join(each)
)
def test_a_fact_of_each_kind_that_names_an_ending_body_is_found(kind, path):
    whole = filled(inspect.type_info(kind.type).fields, path, EAST)
    fact = a(f"east/{kind.name}/x", msgspec.convert(whole, kind.type))
    found = [each for each in tried(record(fact), EAST).lost if each.entity == fact.entity]
    place = f"{kind.name}.{path[-1]}"
    assert [each.place for each in found] == ([] if place in history() else [place])
