"""Who may decide: the rules of delegation, each tried at its edge."""

import pytest

from commonweal.authority.answers import holders, may, powers, who_may
from commonweal.authority.facts import Condition, Instrument
from commonweal.authority.search import Question
from commonweal.bodies.facts import Bar, Seat
from tests.authority.schemes import (
    area,
    body,
    day_of,
    delegation,
    function,
    ident,
    lies,
    post,
    power,
    reservation,
    scheme,
    succession,
    with_,
)
from tests.making import a


def asked(what="home", where="ward", pounds=None, **more):
    amount = None if pounds is None else round(pounds * 100)
    return Question(
        function=ident("function", what), area=ident("area", where), amount=amount, **more
    )


def answer(who, question, items=None, day="2026-12-01"):
    who = who if "/" in who else ident("body", who)
    return may(day_of(items or scheme(), day), who, question)


def outcome(who, question, items=None, day="2026-12-01"):
    return answer(who, question, items, day).outcome


DIRECTOR, DEPUTY = ident("post", "director"), ident("post", "deputy")


@pytest.mark.parametrize(
    ("pounds", "expected"), [(250_000, "allowed"), (250_000.01, "refused"), (0, "allowed")]
)
def test_a_limit_includes_its_last_penny(pounds, expected):
    assert outcome(DIRECTOR, asked(pounds=pounds)) == expected


def test_a_lower_limit_is_where_authority_begins_above():
    items = with_(scheme(), director={"lower": 10_000_00})
    assert outcome(DIRECTOR, asked(pounds=10_000), items) == "refused"
    assert outcome(DIRECTOR, asked(pounds=10_000.01), items) == "allowed"


def test_a_refusal_says_by_how_much():
    found = answer(DIRECTOR, asked(pounds=300_000))
    assert "£50,000 short" in found.because
    assert found.misses[0].faults[0].short == 50_000_00


def test_a_limit_above_the_givers_own_is_capped_by_it():
    items = with_(scheme(), director={"upper": 9_000_000_00})
    assert outcome(DIRECTOR, asked(pounds=1_000_000), items) == "allowed"
    assert outcome(DIRECTOR, asked(pounds=1_000_000.01), items) == "refused"
    assert answer(DIRECTOR, asked(), items).ceiling == 1_000_000_00


def test_what_may_be_passed_on_may_be_less_than_what_may_be_used():
    items = with_(scheme(), committee={"delegatable": 100_000_00})
    assert outcome("committee", asked(pounds=900_000), items) == "allowed"
    assert outcome(DIRECTOR, asked(pounds=100_000), items) == "allowed"
    assert outcome(DIRECTOR, asked(pounds=100_000.01), items) == "refused"


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"onward": "none"}, ("allowed", "refused", "refused")),
        ({"onward": "limited", "onward_depth": 1}, ("allowed", "allowed", "refused")),
        ({"onward": "limited", "onward_depth": 2}, ("allowed", "allowed", "allowed")),
        ({"onward": "not stated"}, ("allowed", "cannot tell", "cannot tell")),
        ({"onward": "as the law says"}, ("allowed", "refused", "refused")),
    ],
)
def test_authority_passes_on_as_often_as_its_terms_let_it(terms, expected):
    items = with_(scheme(), committee=terms)
    question = asked("reablement", pounds=100)
    assert (
        tuple(outcome(who, question, items) for who in ("committee", DIRECTOR, DEPUTY)) == expected
    )


def test_a_wider_function_holds_the_narrower_and_not_the_other_way():
    assert outcome(DIRECTOR, asked("reablement")) == "allowed"
    assert outcome(DIRECTOR, asked("care")) == "refused"


def test_a_function_with_two_homes_is_held_by_both():
    found = holders(day_of(scheme()), asked("reablement"))
    assert {ident("body", "board"), ident("body", "north-council")} <= set(found)


def test_a_wider_area_holds_the_narrower_and_not_the_other_way():
    assert outcome(DIRECTOR, asked(where="north")) == "allowed"
    assert outcome(DIRECTOR, asked(where="south")) == "refused"
    assert outcome(DIRECTOR, asked(where="system")) == "refused"


@pytest.mark.parametrize(
    ("extent", "expected"), [("part", "refused"), ("not stated", "cannot tell")]
)
def test_an_area_that_lies_partly_inside_is_not_covered(extent, expected):
    items = with_(scheme(), lies("cross", "north", extent))
    assert outcome(DIRECTOR, asked(where="cross"), items) == expected


def test_the_giver_keeps_its_power():
    assert outcome("board", asked(pounds=10**9)) == "allowed"


def test_delegating_never_ends_accountability():
    found = answer(DEPUTY, asked("reablement", pounds=50))
    assert (found.accountable, found.liable) == (
        (ident("body", "board"),),
        (ident("body", "board"),),
    )
    joint = answer("joint", asked("reablement", pounds=50))
    assert joint.accountable == (ident("body", "board"), ident("body", "north-council"))
    assert joint.liable == (ident("body", "joint"),)


@pytest.mark.parametrize("missing", ["basis", "instrument"])
def test_without_law_or_document_nothing_can_be_told(missing):
    items = with_(scheme(), committee={missing: None})
    assert outcome("committee", asked(), items) == "cannot tell"
    assert outcome(DIRECTOR, asked(), items) == "cannot tell"


@pytest.mark.parametrize(
    "limit", [{"limit": "not stated"}, {"limit": "per decision", "upper": None}]
)
def test_without_a_limit_no_amount_can_be_told(limit):
    items = with_(scheme(), committee=limit)
    assert outcome("committee", asked(pounds=5), items) == "cannot tell"
    assert outcome("committee", asked(), items) == "allowed"


@pytest.mark.parametrize("kind", ["per year", "cumulative per matter"])
def test_a_limit_that_runs_counts_what_was_decided_before(kind):
    items = with_(scheme(), committee={"limit": kind, "upper": 100_00})
    assert outcome("committee", asked(pounds=60), items) == "cannot tell"
    assert outcome("committee", asked(pounds=60, so_far=40_00), items) == "allowed"
    assert outcome("committee", asked(pounds=60, so_far=40_01), items) == "refused"
    assert outcome("committee", asked(pounds=101), items) == "refused"


def test_a_limit_per_100_000_people_grows_with_the_people():
    rule = {"limit": "per 100,000 population per year", "upper": 10_000_00}
    items = with_(scheme(), committee=rule)
    assert outcome("committee", asked(where="north", pounds=25_000, so_far=0), items) == "allowed"
    assert (
        outcome("committee", asked(where="north", pounds=25_000.01, so_far=0), items) == "refused"
    )
    assert outcome("committee", asked(where="south", pounds=1, so_far=0), items) == "cannot tell"


def test_a_limit_within_the_budget_needs_the_budget():
    items = with_(scheme(), committee={"limit": "within approved budget", "upper": None})
    assert outcome("committee", asked(pounds=5), items) == "cannot tell"
    assert outcome("committee", asked(pounds=5, budget=500), items) == "allowed"
    assert outcome("committee", asked(pounds=5, budget=499), items) == "refused"


def test_revenue_is_not_capital():
    items = with_(scheme(), committee={"money": "revenue"})
    assert outcome("committee", asked(money="capital"), items) == "refused"
    assert outcome("committee", asked(money="revenue"), items) == "allowed"
    assert "the money is revenue" in answer("committee", asked(), items).conditions


def test_authority_for_emergencies_holds_only_in_one():
    items = with_(scheme(), committee={"conditions": (Condition(type="urgent only"),)})
    assert outcome("committee", asked(), items) == "refused"
    assert outcome("committee", asked(urgent=True), items) == "allowed"


def test_conditions_are_listed_with_whom_to_ask_and_whom_to_tell():
    conditions = (
        Condition(type="consult", who=ident("post", "officer")),
        Condition(type="report", who=ident("body", "board"), days=28),
    )
    found = answer("committee", asked(), with_(scheme(), committee={"conditions": conditions}))
    assert (found.consult, found.inform) == ((ident("post", "officer"),), (ident("body", "board"),))
    assert "it is reported to Board within 28 days" in found.conditions


def test_a_reservation_wins_at_every_step_below_who_reserves():
    items = with_(scheme(), reservation("r", "board", "home"))
    assert [outcome(who, asked(), items) for who in ("board", "committee", DIRECTOR)] == [
        "allowed", "refused", "refused",
    ]  # fmt: skip
    assert outcome("committee", asked("hospital"), items) == "allowed"


def test_a_reservation_above_an_amount_leaves_what_lies_below():
    items = with_(scheme(), reservation("r", "board", "home", lower=100_000_00))
    assert outcome(DIRECTOR, asked(pounds=100_000), items) == "allowed"
    assert outcome(DIRECTOR, asked(pounds=100_000.01), items) == "refused"
    assert answer(DIRECTOR, asked(), items).ceiling == 100_000_00


def test_a_reservation_of_a_part_is_told_and_does_not_block_the_rest():
    items = with_(scheme(), reservation("r", "board", "surgery"))
    assert answer("committee", asked("hospital"), items).excepts == (ident("reservation", "r"),)


def test_a_reservation_holds_only_where_it_says():
    items = with_(scheme(), reservation("r", "board", "home", area="south"))
    assert outcome("committee", asked(where="north"), items) == "allowed"
    assert outcome("committee", asked(where="south"), items) == "refused"


def test_a_joint_committee_needs_every_parent_whose_area_is_met():
    assert outcome("joint", asked("reablement", "north")) == "allowed"
    missing = with_(scheme(), without={"joint-north"})
    found = answer("joint", asked("reablement", "north"), missing)
    assert found.outcome == "refused"
    assert "North Council, a parent of the joint committee, has not given it" in found.because


def test_a_parent_of_whose_area_nothing_is_known_is_needed():
    items = [i for i in scheme() if i.entity != ident("body", "south-council")]
    items.append(body("south-council", "council"))
    assert outcome("joint", asked("reablement", "north"), items) == "refused"


def test_a_joint_committee_may_pass_on_what_all_gave():
    given = delegation("on", "joint", ident("post", "officer"), "reablement")
    items = with_(scheme(), given)
    assert outcome(ident("post", "officer"), asked("reablement", pounds=1), items) == "allowed"
    assert (
        outcome(
            ident("post", "officer"), asked("reablement"), with_(items, without={"joint-board"})
        )
        == "refused"
    )


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("consultative forum", "informs; it never decides"),
        ("individual directors", "its directors decide"),
        ("lead provider", "carries out a contract"),
    ],
)
def test_some_models_of_place_decide_nothing_themselves(model, reason):
    place = body("place", "place board", "north", parents=("board",), place_model=model)
    items = with_(scheme(), place, delegation("p", "board", "place", "care"))
    found = answer("place", asked(), items)
    assert found.outcome == "refused"
    assert reason in found.because


def test_a_committee_of_the_board_and_a_joint_committee_decide():
    model = "committee of the integrated care board"
    place = body("place", "place board", "north", parents=("board",), place_model=model)
    items = with_(scheme(), place, delegation("p", "board", "place", "care"))
    assert outcome("place", asked(), items) == "allowed"
    assert outcome("joint", asked("reablement")) == "allowed"


@pytest.mark.parametrize(
    ("day", "expected"), [("2022-06-30", "refused"), ("2022-07-01", "allowed")]
)
def test_a_provider_could_take_nothing_before_july_2022(day, expected):
    given = delegation("p", "board", "trust", "home", basis=ident("basis", "together"))
    assert outcome("trust", asked(), with_(scheme(), given), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-30", "refused"),
        ("2026-12-01", "allowed"),
        ("2026-12-31", "allowed"),
        ("2027-01-01", "refused"),
    ],
)
def test_a_delegation_holds_from_its_first_day_to_the_day_before_its_end(day, expected):
    given = delegation(
        "p",
        "committee",
        ident("post", "director"),
        "hospital",
        since="2026-12-01",
        until="2027-01-01",
    )
    assert outcome(DIRECTOR, asked("hospital"), with_(scheme(), given), day) == expected


def test_pending_terms_stand_beside_those_in_force_and_give_nothing():
    new = a(ident("instrument", "new"), Instrument(
        name="New terms", type="terms of reference", replaces=ident("instrument", "scheme"),
        status="proposed"))  # fmt: skip
    given = delegation("p", "board", "committee", "social", instrument=ident("instrument", "new"))
    assert outcome("committee", asked("social"), with_(scheme(), new, given)) == "refused"
    assert outcome("committee", asked(), with_(scheme(), new, given)) == "allowed"


MERGER = {"since": "2026-04-01"}


def merged(*more):
    """The board gives way to a new one on 1 April 2026."""
    items = [
        i for i in scheme() if i.entity not in {ident("body", "board"), ident("body", "committee")}
    ]
    return [
        *items, *more,
        body("board", "integrated care board", "system", until="2026-04-01"),
        body("new", "integrated care board", "system", **MERGER),
        body("committee", "committee", "system", parents=("new",), **MERGER),
        succession("s", "board", "new"),
    ]  # fmt: skip


def test_nothing_carries_over_a_merger_by_itself():
    assert outcome("new", asked(), merged()) == "allowed"
    found = answer("committee", asked(), merged())
    assert found.outcome == "refused"
    assert "no document saves it" in found.because


@pytest.mark.parametrize("saved", [("delegation", "committee"), ("instrument", "scheme")])
def test_a_document_may_save_a_delegation_for_the_successor(saved):
    paper = Instrument(name="Transfer scheme", type="transfer scheme", body=ident("body", "new"),
                       saves=(ident(*saved),))  # fmt: skip
    found = answer("committee", asked(pounds=5), merged(a(ident("instrument", "ts"), paper)))
    assert found.outcome == "allowed"
    assert found.accountable == (ident("body", "new"),)
    assert any("saved by Transfer scheme" in step for step in found.steps)


def test_a_document_saves_nothing_for_one_who_is_no_successor():
    paper = Instrument(name="Paper", type="transfer scheme", body=ident("body", "north-council"),
                       saves=(ident("delegation", "committee"),))  # fmt: skip
    assert outcome("committee", asked(), merged(a(ident("instrument", "ts"), paper))) == "refused"


def test_a_circle_gives_nobody_anything_and_ends():
    items = with_(
        scheme(),
        delegation("c1", ident("post", "director"), ident("post", "deputy"), "social"),
        delegation("c2", ident("post", "deputy"), ident("post", "director"), "social"),
    )
    assert outcome(DEPUTY, asked("social"), items) == "refused"
    assert outcome(DEPUTY, asked("reablement", pounds=1), items) == "allowed"


def test_the_same_function_twice_holds_by_the_better_of_the_two():
    given = delegation(
        "d2", "committee", ident("post", "director"), "home", area="ward", upper=900_000_00
    )
    items = with_(scheme(), given)
    assert outcome(DIRECTOR, asked(pounds=900_000), items) == "allowed"
    assert answer(DIRECTOR, asked(), items).ceiling == 900_000_00
    assert outcome(DIRECTOR, asked(where="north", pounds=900_000), items) == "refused"


def test_what_the_law_shuts_out_cannot_ride_on_a_wider_function():
    given = delegation("w", "board", "trust", "care", basis=ident("basis", "together"))
    items = with_(scheme(), given)
    assert outcome("trust", asked("hospital"), items) == "allowed"
    assert outcome("trust", asked("surgery"), items) == "refused"


def test_a_board_in_shadow_holds_no_power():
    items = [i for i in scheme() if i.entity != ident("body", "board")]
    items.append(body("board", "integrated care board", "system", stage="shadow"))
    assert outcome("board", asked(), items) == "refused"


def test_powers_of_every_council_are_not_those_of_a_district():
    items = [*scheme(), body("dc", "council", "ward", council_tier="district")]
    assert outcome("dc", asked("social"), items) != "allowed"


def test_a_body_of_which_no_scheme_is_on_record_cannot_be_judged():
    assert outcome("trust", asked()) == "cannot tell"


def seat(vote, **more):
    return a(
        ident("seat", "s"), Seat(body=ident("body", "joint"), role="Member", voting=vote, **more)
    )


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        ("voting", "allowed"),
        ("non-voting", "refused"),
        ("barred", "refused"),
        ("not stated", "cannot tell"),
    ],
)
def test_a_member_may_vote_only_where_the_body_may_decide_and_the_seat_has_a_vote(vote, expected):
    items = [
        *scheme(),
        seat(vote, bar=Bar(reason="The law of the time.") if vote == "barred" else None),
    ]
    assert outcome(ident("seat", "s"), asked("reablement"), items) == expected
    assert outcome(ident("seat", "s"), asked("surgery"), items) != "allowed"


def test_who_may_and_may_agree_for_everybody():
    snapshot = day_of(scheme())
    for what in ("care", "home", "reablement", "social", "surgery"):
        for where in ("system", "north", "south", "ward"):
            question = asked(what, where, 100)
            found = {each.holder for each in who_may(snapshot, question).allowed}
            for who in [*snapshot.of_kind("body"), *snapshot.of_kind("post")]:
                assert (may(snapshot, who, question).outcome == "allowed") == (who in found)


def test_when_nobody_may_the_nearest_are_named():
    found = who_may(day_of(scheme()), asked("surgery", pounds=2_000_000))
    assert [each.holder for each in found.allowed] == [ident("body", "board")]
    assert found.misses[0].holder == ident("body", "committee")
    assert found.misses[0].faults[0].short == 1_000_000_00


def test_powers_list_what_one_holds_by_law_and_was_given():
    found = powers(day_of(scheme()), ident("body", "joint"))
    assert {each.source for each in found} == {
        ident("delegation", "joint-board"),
        ident("delegation", "joint-north"),
    }


def test_an_area_without_a_place_in_the_map_is_nobodys():
    items = [*scheme(), area("island"), function("other"), power("p", "other", holder="board")]
    assert outcome("board", asked("care", "island"), items) == "refused"


def clusters(*, made_up_of=("north", "south"), **grants):
    """Two boards that share a post and a joint committee, each giving for its own half."""
    together = {"basis": ident("basis", "together"), "instrument": ident("instrument", "agreement")}
    halves = tuple(ident("area", each) for each in made_up_of)
    items = with_(
        scheme(),
        area("system", made_up_of=halves),
        body("north-board", "integrated care board", "north"),
        body("south-board", "integrated care board", "south"),
        body("cluster", "joint committee", "system", parents=("north-board", "south-board")),
        post("chief", "north-board", "south-board"),
        delegation("chief-north", "north-board", ident("post", "chief"), "home"),
        delegation("chief-south", "south-board", ident("post", "chief"), "home"),
        delegation("cluster-north", "north-board", "cluster", "home", area="north", **together),
        delegation("cluster-south", "south-board", "cluster", "home", area="south", **together),
    )
    return with_(items, **grants)


def test_each_parent_of_a_joint_committee_gives_for_its_own_part():
    found = answer("cluster", asked("home", "system"), clusters())
    assert found.outcome == "allowed"
    assert found.accountable == (ident("body", "north-board"), ident("body", "south-board"))
    assert outcome("cluster", asked("home", "north"), clusters()) == "allowed"


def test_a_joint_committee_without_one_of_the_parts_may_not_decide_for_the_whole():
    items = with_(clusters(), without={"cluster-south"})
    found = answer("cluster", asked("home", "system"), items)
    assert found.outcome == "refused"
    assert "South Board, a parent of the joint committee, has not given it" in str(found.misses)
    assert outcome("cluster", asked("home", "north"), items) == "allowed"


def test_that_the_parents_cover_the_area_is_told_only_if_the_record_says_so():
    found = answer("cluster", asked("home", "system"), clusters(made_up_of=()))
    assert found.outcome == "cannot tell"
    assert "does not say that its parents together cover System" in found.because


def test_a_part_that_no_parent_reaches_is_refused():
    items = [*clusters(made_up_of=("north", "south", "moor")), area("moor")]
    found = answer("cluster", asked("home", "system"), items)
    assert found.outcome == "refused"
    assert "its parents do not cover System" in str(found.misses)


def test_the_limit_of_one_part_holds_for_the_whole():
    limit = {"limit": "per decision", "upper": 100_00}
    assert (
        outcome("cluster", asked("home", "system", pounds=101), clusters(cluster_south=limit))
        == "refused"
    )
    assert (
        outcome("cluster", asked("home", "system", pounds=100), clusters(cluster_south=limit))
        == "allowed"
    )


def test_what_a_parent_keeps_in_its_own_part_the_joint_committee_may_not_decide_for_the_whole():
    items = [*clusters(), reservation("r", "south-board", "home", area="south")]
    assert outcome("cluster", asked("home", "system"), items) == "refused"
    assert outcome("cluster", asked("home", "north"), items) == "allowed"


def test_a_shared_post_decides_for_each_of_its_boards_and_not_for_both_together():
    chief = ident("post", "chief")
    assert outcome(chief, asked("home", "north"), clusters()) == "allowed"
    assert outcome(chief, asked("home", "south"), clusters()) == "allowed"
    assert outcome(chief, asked("home", "system"), clusters()) == "refused"
