"""A refusal, or an answer that cannot be told, is proved too, and re-checked without searching."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.authority import verifier_of_refusals
from commonweal.authority.answers import may
from commonweal.authority.canonical import digest
from commonweal.authority.facts import Condition, Instrument
from commonweal.authority.proof import check_proof
from commonweal.authority.search import Question
from commonweal.authority.verifier import Rejected
from commonweal.bodies.facts import Bar, Seat
from tests.authority.chance import questions_by_chance, scheme_by_chance
from tests.authority.schemes import (
    area,
    body,
    day_of,
    delegation,
    ident,
    lies,
    post,
    reservation,
    scheme,
    succession,
    with_,
)
from tests.authority.test_a_proof_is_rechecked import (
    changed,
    code_and_imports,
    other,
    places,
    value_at,
)
from tests.making import a

DIRECTOR, DEPUTY = ident("post", "director"), ident("post", "deputy")
JOINT, OFFICER = ident("body", "joint"), ident("post", "officer")
PER_HEAD = {"limit": "per 100,000 population per year", "upper": 10_000_00}


def asked(what="home", where="ward", pounds=None, **more):
    amount = None if pounds is None else round(pounds * 100)
    return Question(
        function=ident("function", what), area=ident("area", where), amount=amount, **more
    )


def seat(vote, **more):
    fact = Seat(body=ident("body", "committee"), role="Member", voting=vote, **more)
    return a(ident("seat", "s"), fact)


def merged():
    items = with_(scheme(), succession("s", "trust", "board"), without={"trust"})
    given = delegation("x", "trust", "board", "social", basis=ident("basis", "together"))
    return with_(items, body("trust", "NHS trust", "system", until="2026-04-01"), given)


CIRCLE = [
    delegation("c1", "committee", DIRECTOR, "social"),
    delegation("c2", DIRECTOR, DEPUTY, "social"),
    delegation("c3", DEPUTY, "committee", "social"),
]
URGENT = {"conditions": (Condition(type="urgent only"),)}

REFUSALS = {
    "above a limit": (scheme(), DIRECTOR, asked(pounds=250_000.01), "refused"),
    "above the giver's limit": (
        with_(scheme(), director={"upper": 10**12}), DIRECTOR, asked(pounds=2_000_000), "refused",
    ),
    "below a limit": (with_(scheme(), director={"lower": 500}), DIRECTOR, asked(pounds=5), "refused"),
    "elsewhere": (scheme(), DIRECTOR, asked(where="south"), "refused"),
    "another function": (scheme(), DIRECTOR, asked("social"), "refused"),
    "other money": (with_(scheme(), committee={"money": "revenue"}), DIRECTOR,
                    asked(money="capital"), "refused"),
    "no emergency": (with_(scheme(), committee=URGENT), DIRECTOR, asked(), "refused"),
    "reserved": (with_(scheme(), reservation("r", "board", "home")), DIRECTOR, asked(), "refused"),
    "not to be passed on": (with_(scheme(), committee={"onward": "none"}), DEPUTY,
                            asked("reablement"), "refused"),
    "only proposed": (with_(scheme(), committee={"status": "proposed"}), DEPUTY,
                      asked("reablement"), "refused"),
    "a parent missing": (with_(scheme(), without={"joint-north"}), JOINT,
                         asked("reablement", "north"), "refused"),
    "a circle": (with_(scheme(), *CIRCLE), DEPUTY, asked("social"), "refused"),
    "a forum": (scheme(), ident("body", "forum"), asked(), "refused"),
    "a giver gone": (merged(), ident("body", "board"), asked("social"), "refused"),
    "its power ends at its border": (scheme(), ident("body", "north-council"),
                                     asked("social", "south"), "refused"),
    "a scheme that says nothing of it": (scheme(), ident("body", "south-council"), asked(),
                                         "cannot tell"),
    "no scheme": (scheme(), ident("body", "trust"), asked(), "cannot tell"),
    "no law named": (with_(scheme(), committee={"basis": None}), DEPUTY,
                     asked("reablement"), "cannot tell"),
    "no limit recorded": (with_(scheme(), committee={"limit": "not stated"}), DIRECTOR,
                          asked(pounds=5), "cannot tell"),
    "nobody says how far it lies in": (with_(scheme(), lies("cross", "north", "not stated")),
                                       DIRECTOR, asked(where="cross"), "cannot tell"),
    "used before not recorded": (with_(scheme(), committee=PER_HEAD), DIRECTOR,
                                 asked(where="north", pounds=1), "cannot tell"),
    "a member without a vote": ([*scheme(), seat("non-voting")], ident("seat", "s"), asked(),
                                "refused"),
    "a member barred by law": ([*scheme(), seat("barred", bar=Bar(reason="The law."))],
                               ident("seat", "s"), asked(), "refused"),
    "a vote not recorded": ([*scheme(), seat("not stated")], ident("seat", "s"), asked(),
                            "cannot tell"),
    "a vote on a body that may not": ([*scheme(), seat("voting")], ident("seat", "s"),
                                      asked("social"), "refused"),
}  # fmt: skip


def case(name):
    items, who, question, outcome = REFUSALS[name]
    snapshot = day_of(items)
    answer = may(snapshot, who, question)
    assert answer.outcome == answer.proof["outcome"] == outcome
    return snapshot, answer.proof, who, question


@pytest.mark.parametrize("name", REFUSALS)
def test_every_refusal_proves(name):
    snapshot, proof, who, question = case(name)
    check_proof(snapshot, proof, who, question)


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_changed_in_any_one_place_is_rejected_even_with_a_hash_that_fits(name):
    snapshot, proof, who, question = case(name)
    for path in places({each: proof[each] for each in proof if each != "hash"}):
        for value in (other(value_at(proof, path)), KeyError) if path else ():
            # A name that no step reads makes no other proof; only what is read binds.
            inner = value_at(proof, path)
            if (
                isinstance(inner, dict)
                and value is not KeyError
                and path[0] in {"route", "refuted"}
            ):
                continue
            bad = changed(proof, path, value)
            with pytest.raises(Rejected):
                check_proof(snapshot, bad, who, question)
            bad["hash"] = digest(bad)
            with pytest.raises(Rejected):
                check_proof(snapshot, bad, who, question)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_whatever_the_scheme_every_answer_proves_and_no_proof_serves_another_outcome(seed):
    snapshot = day_of(scheme_by_chance(seed))
    by = Random(seed)  # noqa: S311 - which place to change is no secret
    for who, question in questions_by_chance(seed, 10):
        proof = may(snapshot, who, question).proof
        check_proof(snapshot, proof, who, question)
        outcomes = {"allowed", "refused", "cannot tell"} - {proof["outcome"]}
        content = {name: value for name, value in proof.items() if name != "hash"}
        spots = [p for p in places(content) if p and not isinstance(value_at(proof, p), dict)]
        path = by.choice(spots)
        forged = [changed(proof, ("outcome",), each) for each in sorted(outcomes)]
        forged.append(changed(proof, path, other(value_at(proof, path))))
        for bad in forged:
            bad["hash"] = digest(bad)
            with pytest.raises(Rejected):
                check_proof(snapshot, bad, who, question)


def test_a_refusal_that_leaves_a_delegation_out_is_rejected():
    snapshot, proof, who, question = case("above a limit")
    bad = changed(proof, ("refuted", 0, "ways"), [])
    bad["hash"] = digest(bad)
    with pytest.raises(Rejected, match="not all is told"):
        check_proof(snapshot, bad, who, question)


def test_a_refusal_lists_each_delegation_that_came_near_with_the_test_it_fails():
    _, proof, _, _ = case("not to be passed on")
    tried = [(way["delegation"], way["fails"]) for n in proof["refuted"] for way in n["ways"]]
    assert tried == [
        (ident("delegation", "deputy"), None),
        (ident("delegation", "director"), None),
        (ident("delegation", "committee"), "passing on"),
    ]


def test_a_refusal_does_not_hold_on_a_record_with_one_delegation_more():
    _, proof, who, question = case("another function")
    more = day_of(with_(scheme(), delegation("y", "south-council", "joint", "social")))
    with pytest.raises(Rejected, match="another question"):
        check_proof(more, proof, who, question)


def test_a_refusal_pins_how_much_the_register_holds():
    _, proof, _, _ = case("elsewhere")
    held = [i for i in scheme() if i.entity.split("/")[1] in {"power", "delegation", "reservation"}]
    assert proof["register"]["rows"] == len(held)


def test_proofs_pin_the_functions_areas_and_populations_they_rest_on():
    items = with_(scheme(), committee=PER_HEAD)
    question = asked("reablement", "north", 5, so_far=0)
    for who in (ident("body", "committee"), DIRECTOR, OFFICER):
        proof = may(day_of(items), who, question).proof
        assert set(proof["rows"]) >= {
            ident("containment", "north-in-system"),
            *([] if who == OFFICER else [ident("population", "north")]),
        }
    assert set(may(day_of(items), DIRECTOR, question).proof["rows"]) >= {
        ident("function", each) for each in ("reablement", "home", "care", "social")
    }


def test_a_document_that_saves_nothing_for_its_body_cannot_be_forged_into_a_proof():
    paper = Instrument(name="Paper", type="transfer scheme", body=ident("body", "north-council"),
                       saves=(ident("delegation", "x"),))  # fmt: skip
    snapshot = day_of([*merged(), a(ident("instrument", "ts"), paper)])
    answer = may(snapshot, ident("body", "board"), asked("social"))
    assert answer.outcome == "refused"
    check_proof(snapshot, answer.proof, ident("body", "board"), asked("social"))


def test_a_member_who_votes_has_a_proof_of_its_own():
    snapshot = day_of([*scheme(), seat("voting")])
    answer = may(snapshot, ident("seat", "s"), asked(pounds=5))
    check_proof(snapshot, answer.proof, ident("seat", "s"), asked(pounds=5))
    assert ident("seat", "s") in answer.proof["rows"]


def test_a_long_way_up_proves_as_refused():
    chain = [post(f"p{n}", "board") for n in range(15)]
    chain += [
        delegation(f"n{n}", ident("post", f"p{n + 1}"), ident("post", f"p{n}"), "care")
        for n in range(14)
    ]
    chain.append(delegation("n14", "board", ident("post", "p14"), "care"))
    snapshot = day_of([*scheme(), *chain, area("other")])
    answer = may(snapshot, ident("post", "p0"), asked())
    assert answer.outcome == "refused"
    check_proof(snapshot, answer.proof, ident("post", "p0"), asked())


def test_the_verifier_of_refusals_is_under_a_hundred_lines_and_knows_nothing_of_the_search():
    lines, imports = code_and_imports(verifier_of_refusals)
    assert lines < 100
    assert imports == {"typing", "canonical", "verifier"}


def test_a_refusal_on_what_the_public_may_see_names_nothing_exempt():
    secret = delegation("secret", "committee", DIRECTOR, "social", exempt="Under negotiation")
    snapshot = day_of([*scheme(), secret])
    assert "secret" in str(may(snapshot, DIRECTOR, asked("social")).proof)
    public = snapshot.seen_by(lambda _: False)
    proof = may(public, DIRECTOR, asked("social")).proof
    assert "secret" not in str(proof)
    check_proof(public, proof, DIRECTOR, asked("social"))
