"""A plan of homes carried out: in one write, from that day on, and as it was the day before."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from commonweal.assurance.drill import drill, homes
from commonweal.assurance.homes import LEFT_OPEN, NOT_DECIDED, BadPlan, planned
from commonweal.assurance.recovery import RecoveryPlan
from commonweal.assurance.risks import Risk
from commonweal.authority.facts import Delegation, Instrument
from commonweal.bodies.facts import Body, Seat, Transfer
from commonweal.plans.programmes import Part, Programme
from commonweal.record.documents import Document
from commonweal.record.naming import Succession
from commonweal_site.assurance.settled import carry_out
from tests.assurance.test_drill_homes import (
    CHANGE,
    COUNCIL,
    EAST,
    FACTS,
    FUNCTION,
    NEW,
    OWN,
    PAPER,
    POST,
    SCHEME,
    WEST,
    given,
)
from tests.desk import amended, asserted, hours, write

EVE = CHANGE - timedelta(1)
RISK, DELEGATION, AGREEMENT = "east/risk/r", "east/delegation/d", "east/agreement/a"


@pytest.fixture
def whole(sqlite, tmp_path):
    """A record of two boards and what they hold."""
    with sqlite.fresh(tmp_path) as book:
        since = {SCHEME: "2027-04-01"}
        facts = [asserted(each.entity, each.fact, since.get(each.entity)) for each in FACTS]
        write(book, *facts, asserted("test/document/paper", Document(title="Paper")))
        yield book


def plan_of(book, kept=(), **changes):
    """A plan for the two boards; what lapses is given anew, and the post ends."""
    before = book.snapshot(EVE)
    found = drill(before, (EAST, WEST), CHANGE, kept=kept)
    made = planned(before, found, "merge", (NEW,), "NHS Both")
    lines = [replace(each, heir=NEW) if each.heir == NOT_DECIDED else each for each in made.homes]
    plan = replace(made, homes=tuple(lines), document=PAPER, scheme=SCHEME, at="page 3")
    plan = given(given(plan, "risk.owner", LEFT_OPEN), "delegation.taker", "ends")
    return replace(plan, **changes)


def carried_out(book, plan):
    return carry_out(book, plan, actor="Secretary", reason="The order of March")


def refused(book, plan):
    """Why a plan is not carried out, once it is sure that nothing of it was written."""
    head = book.head.number
    with pytest.raises(BadPlan) as wrong:
        carried_out(book, plan)
    assert book.head.number == head
    return str(wrong.value)


# What is written


def test_the_bodies_end_the_heir_begins_and_the_record_says_who_follows_whom(whole):
    carried_out(whole, plan_of(whole))
    eve, day = whole.snapshot(EVE), whole.snapshot(CHANGE)
    assert {EAST, WEST, OWN} <= {*eve.all(Body)}
    assert {EAST, WEST, OWN}.isdisjoint(day.all(Body))
    assert NEW not in eve.all(Body)
    assert day.fact(NEW).areas == ("east/area/east", "west/area/west")
    follows = {(each.before, each.after) for each in day.all(Succession).values()}
    assert follows == {(EAST, NEW), (WEST, NEW)}


def test_everything_passes_where_a_scheme_on_record_says_so_and_nothing_does_without(whole):
    carried_out(whole, plan_of(whole))
    passed = whole.snapshot(CHANGE).all(Transfer).values()
    assert {(each.giver, each.type) for each in passed} == {
        (EAST, "everything"),
        (WEST, "everything"),
    }


def test_without_a_scheme_what_passes_by_one_is_only_proposed(whole):
    carried_out(whole, plan_of(whole, scheme=NOT_DECIDED))
    day = whole.snapshot(CHANGE)
    assert day.fact(AGREEMENT).status == "proposed"
    assert day.all(Transfer) == {}


def test_an_heir_takes_the_place_of_each_that_ends_once(whole):
    carried_out(whole, plan_of(whole))
    pool = whole.snapshot(CHANGE).fact(AGREEMENT)
    assert (pool.parties, pool.hosts, pool.status) == ((NEW, COUNCIL), (NEW,), "in force")
    assert pool.sources[-1].document == PAPER


def test_what_ends_ends_that_day_and_not_before(whole):
    carried_out(whole, plan_of(whole))
    assert whole.snapshot(EVE).get(DELEGATION)
    assert whole.snapshot(CHANGE).get(DELEGATION) is None


def test_what_lapsed_is_proposed_anew_without_a_document(whole):
    lapsed = asserted(
        "east/delegation/e", Delegation(giver=EAST, taker="east/body/forum", function=FUNCTION)
    )
    write(whole, lapsed)
    carried_out(whole, plan_of(whole))
    anew = whole.snapshot(CHANGE).fact("east/delegation/e")
    assert (anew.giver, anew.status, anew.instrument) == (NEW, "proposed", None)
    assert "lapsed on 1 April 2027" in anew.note


def test_what_was_only_a_draft_stays_one(whole):
    draft = Delegation(giver=EAST, taker="east/body/forum", function=FUNCTION, status="draft")
    write(whole, asserted("east/delegation/e", draft))
    carried_out(whole, plan_of(whole))
    anew = whole.snapshot(CHANGE).fact("east/delegation/e")
    assert (anew.giver, anew.status) == (NEW, "draft")


def test_what_a_scheme_saves_stays_in_force(whole):
    saved = "east/delegation/e"
    scheme = Instrument(name="Scheme", type="transfer scheme", saves=(saved,))
    write(
        whole,
        asserted(saved, Delegation(giver=EAST, taker="east/body/forum", function=FUNCTION)),
        asserted("east/instrument/other", scheme),
    )
    carried_out(whole, plan_of(whole, scheme="east/instrument/other"))
    assert whole.snapshot(CHANGE).fact(saved).status == "in force"


def test_what_is_left_open_goes_on_naming_who_ended(whole):
    carried_out(whole, plan_of(whole))
    assert whole.snapshot(CHANGE).fact(RISK).owner == POST


def test_a_committee_that_is_carried_over_hangs_on_the_heir(whole):
    write(whole, asserted("east/seat/s", Seat(body=OWN, role="chair")))
    carried_out(whole, plan_of(whole, kept=(OWN,)))
    day = whole.snapshot(CHANGE)
    assert day.fact(OWN).parents == (NEW,)
    assert day.get("east/seat/s")


def test_a_list_loses_the_one_who_ends_and_keeps_the_others(whole):
    plan = RecoveryPlan(
        name="P", service=FUNCTION, of="east/body/forum", shared_by=(EAST, "east/body/forum")
    )
    write(whole, asserted("east/recovery-plan/p", plan))
    carried_out(whole, given(plan_of(whole), "recovery-plan.shared_by", "ends"))
    assert whole.snapshot(CHANGE).fact("east/recovery-plan/p").shared_by == ("east/body/forum",)


def test_two_parts_that_come_to_one_heir_are_one_part(whole):
    parts = (Part(tier="place", who=EAST, role="leads"), Part(tier="place", who=WEST, role="leads"))
    write(
        whole,
        asserted("east/programme/p", Programme(name="P", about="east/area/east", parts=parts)),
    )
    carried_out(whole, plan_of(whole))
    (part,) = whole.snapshot(CHANGE).fact("east/programme/p").parts
    assert part.who == NEW


def test_a_fact_that_changes_again_later_has_the_heir_in_each_of_its_versions(whole):
    later = replace(whole.snapshot(EVE).fact(RISK), name="Fewer beds")
    write(whole, amended(RISK, later, "2027-09-01"), at=hours(1))
    carried_out(whole, plan_of(whole))
    autumn = whole.snapshot(CHANGE.replace(month=10)).fact(RISK)
    assert (autumn.name, autumn.held_by) == ("Fewer beds", NEW)


def test_an_heir_that_is_there_already_takes_on_the_areas(whole):
    before = whole.snapshot(EVE)
    found = drill(before, (EAST,), CHANGE)
    made = planned(before, found, "merge", (WEST,))
    lines = [replace(each, heir=WEST) if each.heir == NOT_DECIDED else each for each in made.homes]
    plan = replace(made, homes=tuple(lines), document=PAPER, scheme=SCHEME)
    carried_out(whole, given(plan, "delegation.taker", "ends"))
    assert set(whole.snapshot(CHANGE).fact(WEST).areas) == {"east/area/east", "west/area/west"}
    assert whole.snapshot(EVE).fact(WEST).areas == ("west/area/west",)


# Afterwards


def test_afterwards_the_drill_of_that_day_finds_nothing_lost_but_what_was_left_open(whole):
    carried_out(whole, plan_of(whole))
    eve, day = whole.snapshot(EVE), whole.snapshot(CHANGE)
    found = drill(eve, (EAST, WEST), CHANGE)
    housed = homes(found, day)
    bare = {each.place for each in found.wanting if each not in housed and not each.ends}
    assert bare == {"risk.owner"}


def test_the_day_before_is_as_it_was_and_so_is_the_future_as_it_was_known_then(whole):
    plan = plan_of(whole)
    eve, day, known = whole.snapshot(EVE), whole.snapshot(CHANGE), whole.snapshot(CHANGE).known
    carried_out(whole, plan)
    for kind in eve.vocabulary:
        assert whole.snapshot(EVE).of_kind(kind.name) == eve.of_kind(kind.name)
        assert whole.snapshot(CHANGE, known).of_kind(kind.name) == day.of_kind(kind.name)


def test_the_log_says_who_carried_it_out_and_why_and_that_it_was_one_write(whole):
    done = carried_out(whole, plan_of(whole))
    told = {(e.actor, e.reason, e.recorded) for e in whole.entries(done.entries[0].number)}
    assert len(told) == 1
    assert next(iter(told))[:2] == ("Secretary", "The order of March")


# What is refused


def test_a_plan_with_a_line_not_decided_is_refused_whole_with_each_reason(whole):
    plan = given(plan_of(whole, document=NOT_DECIDED), "risk.held_by", NOT_DECIDED)
    told = refused(whole, plan)
    assert "Nothing was written, for 2 reasons" in told
    assert RISK in told


def test_a_fact_that_begins_later_and_names_who_will_have_ended_is_refused(whole):
    write(whole, asserted("east/risk/late", Risk(name="Later", held_by=EAST), "2027-06-01"))
    assert "begins to name east/body/icb on 1 June 2027" in refused(whole, plan_of(whole))


def test_what_was_said_and_done_may_be_recorded_later_of_a_body_that_has_ended(whole):
    follows = Succession(type="replace", before=EAST, after="east/body/forum")
    write(whole, asserted("east/succession/late", follows, "2027-06-01"))
    carried_out(whole, plan_of(whole))
    assert whole.snapshot(CHANGE).get(EAST) is None
