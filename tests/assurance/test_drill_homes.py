"""A plan of homes: what follows by itself, what is still homeless, and what cannot be."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from commonweal.areas.facts import Area
from commonweal.assurance.drill import drill
from commonweal.assurance.homes import (
    NOT_DECIDED,
    BadPlan,
    planned,
    read,
    summed_up,
    troubles,
    written,
)
from commonweal.assurance.risks import Risk
from commonweal.assurance.settling import tried_out
from commonweal.authority.facts import Basis, Delegation, Function, Instrument, Power
from commonweal.bodies.facts import Body, Post
from commonweal.money.funds import Agreement
from commonweal.record.documents import Document
from commonweal.record.errors import UnknownEntity
from tests.making import a, record_of

CHANGE = date(2027, 4, 1)
EAST, WEST, NEW = "east/body/icb", "west/body/icb", "both/body/icb"
OWN, FORUM, POST = "east/body/own", "east/body/forum", "east/post/chief"
SCHEME, PAPER, FUNCTION = "east/instrument/scheme", "east/document/paper", "east/function/f"
BASIS, COUNCIL = "east/basis/b", "east/body/council"


def board(name, *areas):
    return Body(name=name, type="integrated care board", legal="statutory body", areas=areas)


FACTS = (
    a("east/area/east", Area(name="East", type="system")),
    a("west/area/west", Area(name="West", type="system")),
    a(EAST, board("East", "east/area/east")),
    a(WEST, board("West", "west/area/west")),
    a(OWN, Body(name="Own", type="committee", parents=(EAST,))),
    a(COUNCIL, Body(name="Council", type="council", legal="statutory body")),
    a(FORUM, Body(name="Forum", type="place forum", legal="not a legal body")),
    a(POST, Post(name="Chief executive", bodies=(EAST,))),
    a(PAPER, Document(title="Case for change")),
    a(FUNCTION, Function(name="Reablement")),
    a(SCHEME, Instrument(name="Scheme", type="transfer scheme"), since="2027-04-01"),
    a(BASIS, Basis(name="B", law="section 1", givers=("integrated care board",), takers=("post",))),
    a("east/power/p", Power(function=FUNCTION, holder=EAST)),
    a(
        "east/agreement/a",
        Agreement(
            name="Pool",
            law="National Health Service Act 2006, section 75",
            parties=(EAST, WEST, COUNCIL),
            hosts=(EAST,),
        ),
    ),
    a("east/delegation/d", Delegation(giver=EAST, taker=POST, function=FUNCTION, basis=BASIS)),
    a("east/risk/r", Risk(name="Beds", held_by=EAST, owner=POST)),
)


def before(*more):
    return record_of(*FACTS, *more)(CHANGE - timedelta(1))


def plan_of(snapshot, *bodies, into=(NEW,), how="merge", kept=(), name="Both"):
    found = drill(snapshot, bodies or (EAST, WEST), CHANGE, kept=kept)
    made = planned(snapshot, found, how, into, name)
    return replace(made, document=PAPER, scheme=SCHEME)


def heirs(plan):
    return {(each.fact.partition("/")[2], each.field, each.of): each.heir for each in plan.homes}


def given(plan, place, heir):
    """The plan with one heir set, by kind and field."""
    homes = [
        replace(each, heir=heir) if f"{each.fact.split('/')[1]}.{each.field}" == place else each
        for each in plan.homes
    ]
    return replace(plan, homes=tuple(homes))


def said(plan, snapshot, kind=None):
    return " ".join(e.because for e in troubles(plan, snapshot) if kind in {None, e.type})


def decided(snapshot, **changes):
    """A plan with every line decided."""
    plan = plan_of(snapshot, **changes)
    homes = [replace(e, heir=NEW) if e.heir == NOT_DECIDED else e for e in plan.homes]
    whole = given(replace(plan, homes=tuple(homes)), "delegation.taker", "ends")
    return given(whole, "risk.owner", "ends")


# What follows by itself


def test_what_passes_goes_to_the_one_heir_what_ends_ends_and_what_lapses_is_left_to_say():
    found = heirs(plan_of(before()))
    assert found["power/p", "holder", EAST] == NEW
    assert found["agreement/a", "parties", WEST] == NEW
    assert found["risk/r", "held_by", EAST] == NEW
    assert found["delegation/d", "giver", EAST] == NOT_DECIDED
    assert found["body/own", "parents", EAST] == "ends"


def test_what_a_post_that_ends_held_is_left_to_say():
    assert heirs(plan_of(before()))["risk/r", "owner", POST] == NOT_DECIDED


def test_what_is_carried_over_goes_to_the_heir_and_its_facts_need_no_line():
    found = heirs(plan_of(before(), kept=(OWN, POST)))
    assert found["body/own", "parents", EAST] == found["post/chief", "bodies", EAST] == NEW
    assert ("risk/r", "owner", POST) not in found


def test_what_is_to_be_carried_over_must_be_on_record():
    with pytest.raises(UnknownEntity):
        plan_of(before(), kept=("east/body/owl",))


def test_with_two_heirs_a_fact_goes_to_that_of_its_area_and_any_other_is_left_to_say():
    local = Power(function=FUNCTION, holder=EAST, area="west/area/west")
    snapshot = before(
        a("north/body/icb", board("North", "west/area/west")),
        a("south/body/icb", board("South", "east/area/east")),
        a("east/power/local", local),
    )
    found = heirs(plan_of(snapshot, EAST, into=("north/body/icb", "south/body/icb"), how="split"))
    assert found["power/local", "holder", EAST] == "north/body/icb"
    assert found["power/p", "holder", EAST] == NOT_DECIDED


def test_without_an_heir_nothing_follows():
    found = heirs(plan_of(before(), EAST, into=(), how="abolish"))
    assert set(found.values()) == {"ends", NOT_DECIDED}


def test_a_body_that_is_not_there_yet_is_set_up_for_all_the_areas_of_those_that_end():
    (made,) = plan_of(before()).makes
    assert (made.id, made.type) == (NEW, "integrated care board")
    assert made.areas == ("east/area/east", "west/area/west")


def test_a_committee_that_is_set_up_hangs_on_the_parents_of_those_that_end():
    (made,) = plan_of(before(), OWN, into=("east/body/next",)).makes
    assert made.parents == (EAST,)


def test_a_plan_is_read_as_it_was_written_and_names_each_fact_for_whoever_reads_it():
    plan = plan_of(before())
    text = written(plan, before())
    assert read(text) == plan
    assert "# Pool" in text


@pytest.mark.parametrize("text", ["how: [", "how: wed", "how: merge\nend: soon"])
def test_a_text_that_is_no_plan_is_refused_with_what_is_wrong(text):
    with pytest.raises(BadPlan):
        read(text)


# What is homeless


def test_a_plan_with_every_line_decided_has_no_trouble():
    wrong = troubles(decided(before()), before())
    assert wrong == ()
    assert summed_up(wrong) == "Everything has a home: the plan can be carried out."


def test_a_line_not_decided_is_homeless():
    plan = given(decided(before()), "delegation.giver", NOT_DECIDED)
    assert "Nobody has said what becomes of east/delegation/d" in said(plan, before(), "homeless")
    assert summed_up(troubles(plan, before())).startswith("1 still homeless, 0 impossible")


def test_a_line_left_out_is_homeless():
    plan = decided(before())
    short = replace(plan, homes=tuple(e for e in plan.homes if e.field != "hosts"))
    assert "no line is about it" in said(short, before(), "homeless")


def test_a_new_body_without_a_name_is_homeless():
    plan = decided(before(), name=NOT_DECIDED)
    assert "has no name yet" in said(plan, before(), "homeless")


# What is impossible


@pytest.mark.parametrize(
    ("place", "heir", "because"),
    [
        ("power.holder", "east/body/nobody", "not on record on 1 April 2027"),
        ("power.holder", WEST, "ends on 1 April 2027 itself"),
        ("power.holder", FORUM, "no person in law"),
        ("agreement.hosts", PAPER, "it must be a body"),
        ("agreement.hosts", "perhaps", "is no heir"),
        ("delegation.giver", FORUM, "a place forum may not give under section 1"),
        ("delegation.taker", NEW, "an integrated care board may not take under section 1"),
    ],
)
def test_an_heir_that_cannot_be_is_told_with_the_reason(place, heir, because):
    assert because in said(given(decided(before()), place, heir), before(), "impossible")


def test_a_committee_may_take_what_asks_for_no_person_in_law():
    plan = given(decided(before()), "risk.held_by", FORUM)
    assert said(plan, before()) == ""


def test_a_fact_that_changed_since_the_plan_was_written_is_to_be_looked_at_again():
    plan = decided(before())
    other = record_of(
        *(e for e in FACTS if e.entity != "east/risk/r"),
        a("east/risk/r", Risk(name="Other", held_by=EAST, owner=POST)),
    )(CHANGE - timedelta(1))
    assert "has changed since the plan was written" in said(plan, other, "impossible")


def test_a_line_given_twice_or_of_nothing_that_is_lost_is_impossible():
    plan = decided(before())
    twice = replace(plan, homes=(*plan.homes, plan.homes[0]))
    assert "Keep one" in said(twice, before())
    strange = replace(plan, homes=(*plan.homes, replace(plan.homes[0], field="colour")))
    assert "does not lose its home" in said(strange, before())


def test_a_plan_says_which_paper_decides_it_and_the_paper_is_on_record():
    plan = replace(decided(before()), document=NOT_DECIDED)
    assert "which paper decides" in said(plan, before(), "impossible")


def test_a_body_to_be_set_up_must_not_be_there_already():
    plan = decided(before())
    assert "cannot be set up" in said(plan, before(a(NEW, board("Both"))), "impossible")


def test_two_that_shared_an_agreement_of_two_cannot_hold_it_once_they_are_one():
    pool = Agreement(name="Own", law="Act 2006, section 75", parties=(EAST, WEST))
    snapshot = before(a("east/agreement/own", pool))
    (wrong,) = tried_out(decided(snapshot), snapshot)
    assert (wrong.type, wrong.entity) == ("impossible", "east/agreement/own")
    assert "two parties or more" in wrong.because


# What is needed


@pytest.mark.parametrize("scheme", [NOT_DECIDED, "east/instrument/none"])
def test_without_a_transfer_scheme_in_force_what_passes_by_it_is_only_proposed(scheme):
    plan = replace(decided(before()), scheme=scheme)
    assert "written as proposed" in said(plan, before(), "needed")
    assert said(plan, before(), "impossible") == ""
