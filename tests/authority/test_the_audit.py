"""The audit finds every kind of fault that is put into a sound scheme, and invents none."""

import pytest

from commonweal.authority.audit import audit
from commonweal.authority.facts import Instrument
from tests.authority.schemes import (
    area,
    body,
    day_of,
    delegation,
    function,
    ident,
    post,
    power,
    reservation,
    scheme,
    succession,
    with_,
)
from tests.making import a, shipped

TOGETHER, AGREEMENT = ident("basis", "together"), ident("instrument", "agreement")
JOINTLY = {"basis": TOGETHER, "instrument": AGREEMENT}
DIRECTOR, DEPUTY, OFFICER = (ident("post", each) for each in ("director", "deputy", "officer"))


def draft(slug, status):
    return a(ident("instrument", slug), Instrument(name=slug, type="agreement", status=status))


def without(items, *slugs):
    return [item for item in items if item.entity.rsplit("/", 1)[1] not in slugs]


def seeded():
    """Each fault: its kind, what it is found on, the scheme with it, and the day."""
    base = scheme()
    ended = with_(without(base, "trust"), body("trust", "NHS trust", "system", until="2026-04-01"))
    given = delegation("x", "trust", "board", "home", **JOINTLY)
    taken = delegation("x", "board", "trust", "home", **JOINTLY)
    return [
        ("more than the giver has", "x", with_(base, delegation("x", "committee", DIRECTOR, "social", area="north"))),
        ("area outside the giver's", "x", with_(base, delegation("x", DIRECTOR, DEPUTY, "home", area="south", upper=1))),
        ("giver dissolved", "x", with_(ended, given)),
        ("taker dissolved", "x", with_(ended, taken)),
        ("lapsed at a merger", "x", with_(ended, given, succession("s", "trust", "board"))),
        ("giver unlawful", "x", with_(base, delegation("x", "committee", "board", "home", **JOINTLY))),
        ("target unlawful", "x", with_(base, delegation("x", "board", OFFICER, "home"))),
        ("target unlawful", "x", with_(base, delegation("x", "board", "trust", "home"))),
        ("consultative forum given power", "x", with_(base, delegation("x", "board", "forum", "home"))),
        ("provider barred", "x", with_(base, taken), "2022-06-30"),
        ("overlapping sole powers", "care", with_(base, power("again", "care", holder="trust", area="system"))),
        ("function without a holder", "orphan", with_(base, function("orphan"))),
        ("limit no longer narrows", "x", with_(base, delegation("x", "committee", DIRECTOR, "hospital", area="north", upper=1_000_000_01))),
        ("limit no longer narrows", "x", with_(base, delegation("x", "committee", DIRECTOR, "hospital", area="north"))),
        ("nothing between the limits", "x", with_(base, delegation("x", "board", "committee", "hospital", lower=5, upper=5))),
        ("missing basis", "x", with_(base, delegation("x", "board", "committee", "hospital", basis=None))),
        ("basis not in force", "x", with_(base, delegation("x", "board", "committee", "hospital", basis=ident("basis", "gone")))),
        ("missing instrument", "x", with_(base, delegation("x", "board", "committee", "hospital", instrument=None))),
        ("pending instrument used", "x", with_(base, draft("new", "draft"), delegation("x", "board", "committee", "hospital", instrument=ident("instrument", "new")))),
        ("instrument not in force", "x", with_(base, draft("old", "superseded"), delegation("x", "board", "committee", "hospital", instrument=ident("instrument", "old")))),
        ("onward barred", "x", with_(base, post("clerk", "board"), delegation("x", DEPUTY, ident("post", "clerk"), "reablement", area="north", upper=5))),
        ("reserved function delegated", "x", with_(base, reservation("r", "board", "surgery"), delegation("x", "board", "committee", "surgery", upper=5))),
        ("excluded function", "x", with_(base, delegation("x", "board", "trust", "surgery", **JOINTLY))),
        ("joint committee missing a parent", "joint-board", without(base, "joint-north")),
        ("giver no parent", "x", with_(base, delegation("x", "trust", "joint", "home", **JOINTLY))),
        ("payer may not pay in", "x", with_(base, delegation("x", "board", "trust", "home", fund="pooled", payers=(ident("body", "north-council"),), **JOINTLY))),
        ("payer may not pay in", "x", with_(base, delegation("x", "board", "trust", "home", fund="aligned", payers=(ident("body", "board"),), **JOINTLY))),
        ("duplicate", "deputy", with_(base, delegation("copy", DIRECTOR, DEPUTY, "reablement", area="north", upper=50_000_00, onward="none"))),
        ("limit not recorded", "x", with_(base, delegation("x", "board", "committee", "hospital", limit="not stated"))),
    ]  # fmt: skip


def test_a_sound_scheme_has_no_faults():
    assert audit(day_of(scheme())) == ()


@pytest.mark.parametrize("case", seeded(), ids=lambda case: f"{case[0]} ({case[1]})")
def test_a_fault_put_into_a_scheme_is_found_and_no_other(case):
    kind, slug, items, *day = case
    found = audit(day_of(items, *day))
    assert [(each.kind, each.about.rsplit("/", 1)[1]) for each in found] == [(kind, slug)]
    assert found[0].because.endswith(".")


def test_a_circle_is_found_once_for_each_delegation_in_it():
    circle = with_(
        scheme(),
        delegation("c1", DIRECTOR, DEPUTY, "social"),
        delegation("c2", DEPUTY, DIRECTOR, "social"),
    )
    found = audit(day_of(circle))
    assert [(each.kind, each.about.rsplit("/", 1)[1]) for each in found] == [
        ("circular", "c1"), ("circular", "c2"),
    ]  # fmt: skip


def test_more_than_twenty_kinds_of_fault_are_seeded():
    assert len({case[0] for case in seeded()} | {"circular"}) >= 20


def test_all_faults_together_are_all_found():
    base = scheme()
    items = with_(
        base,
        delegation("a", "board", "forum", "home"),
        delegation("b", "board", "committee", "hospital", basis=None),
        delegation("c", "board", OFFICER, "home"),
        delegation("d", "committee", DIRECTOR, "social", area="north"),
        function("orphan"),
        area("lost"),
    )
    found = {(each.kind, each.about.rsplit("/", 1)[1]) for each in audit(day_of(items))}
    assert found == {
        ("consultative forum given power", "a"),
        ("missing basis", "b"),
        ("target unlawful", "c"),
        ("more than the giver has", "d"),
        ("function without a holder", "orphan"),
    }


def every_kind():
    """One scheme with a fault of each kind that can stand beside the others; what is to be found."""
    sound = with_(
        scheme(),
        body("joint2", "joint committee", "north", parents=("board", "north-council")),
        body("gone", "NHS trust", "system", until="2026-04-01"),
        body("merged", "NHS trust", "system", until="2026-04-01"),
        succession("s", "merged", "trust"),
        draft("new", "draft"), draft("old", "superseded"), post("clerk", "board"),
        function("orphan"), reservation("r", "board", "surgery"),
        power("again", "care", holder="trust", area="system"),
    )  # fmt: skip
    clerk, council = ident("post", "clerk"), (ident("body", "north-council"),)
    own = ("board", "committee", "hospital")
    faults = {
        "more than the giver has": delegation("f1", "committee", DIRECTOR, "social", area="north"),
        "area outside the giver's": delegation(
            "f2", DIRECTOR, DEPUTY, "home", area="south", upper=1
        ),
        "giver dissolved": delegation("f3", "gone", "board", "home", **JOINTLY),
        "taker dissolved": delegation("f4", "board", "gone", "home", **JOINTLY),
        "lapsed at a merger": delegation("f5", "merged", "board", "home", **JOINTLY),
        "giver unlawful": delegation("f6", "committee", "board", "home", **JOINTLY),
        "target unlawful": delegation("f7", "board", OFFICER, "home"),
        "consultative forum given power": delegation("f8", "board", "forum", "home"),
        "limit no longer narrows": delegation("f9", "committee", clerk, "home", upper=10**9),
        "nothing between the limits": delegation("f10", *own, lower=5, upper=5),
        "missing basis": delegation("f11", *own, basis=None, upper=2),
        "basis not in force": delegation("f12", *own, basis=ident("basis", "gone"), upper=3),
        "missing instrument": delegation("f13", *own, instrument=None, upper=7),
        "pending instrument used": delegation(
            "f14", *own, instrument=ident("instrument", "new"), upper=4
        ),
        "instrument not in force": delegation(
            "f15", *own, instrument=ident("instrument", "old"), upper=6
        ),
        "onward barred": delegation("f16", DEPUTY, clerk, "reablement", area="north", upper=5),
        "reserved function delegated": delegation("f17", "board", "committee", "surgery", upper=5),
        "excluded function": delegation("f18", "board", "trust", "surgery", **JOINTLY),
        "joint committee missing a parent": delegation("f19", "board", "joint2", "home", **JOINTLY),
        "giver no parent": delegation("f20", "trust", "joint", "home", **JOINTLY),
        "payer may not pay in": delegation(
            "f21", "board", "trust", "home", fund="pooled", payers=council, **JOINTLY
        ),
        "duplicate": delegation(
            "f22", DIRECTOR, DEPUTY, "reablement", area="north", upper=50_000_00, onward="none"
        ),
        "limit not recorded": delegation("f23", *own, limit="not stated", area="south"),
    }
    expected = {(kind, item.entity.rsplit("/", 1)[1]) for kind, item in faults.items()}
    expected |= {("overlapping sole powers", "care"), ("function without a holder", "orphan")}
    return with_(sound, *faults.values()), expected


def test_faults_of_twenty_five_kinds_in_one_scheme_are_all_found_and_none_is_invented():
    items, expected = every_kind()
    found = [(each.kind, each.about.rsplit("/", 1)[1]) for each in audit(day_of(items))]
    assert sorted(found) == sorted(expected)
    assert len({kind for kind, _ in found}) == 25


def test_what_rests_on_a_fault_is_not_reported_again():
    found = audit(day_of(with_(scheme(), committee={"basis": ident("basis", "gone")})))
    assert [each.about for each in found] == [ident("delegation", "committee")]


def test_what_is_only_proposed_is_no_fault():
    assert audit(day_of(with_(scheme(), deputy={"status": "proposed", "upper": 10**12}))) == ()


@pytest.mark.parametrize("day", ["2022-05-01", "2022-07-01", "2024-06-01", "2026-12-01"])
def test_the_systems_that_ship_have_no_faults_only_gaps(day):
    from datetime import date

    found = audit(shipped()(date.fromisoformat(day)))
    assert [each for each in found if not each.gap] == []
