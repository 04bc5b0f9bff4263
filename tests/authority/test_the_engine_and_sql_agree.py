"""The engine, its proofs and a formulation in SQL agree on schemes made up by chance."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.authority.answers import candidates, holders, in_short, may, who_may
from commonweal.authority.proof import check_proof
from commonweal.authority.register import register
from commonweal.authority.search import Search
from tests.authority.chance import questions_by_chance, scheme_by_chance
from tests.authority.in_sql import CHAIN, InSql
from tests.authority.schemes import day_of, scheme


def disagreements(seeds, count):
    """Where the two differ; and how often each answer was given."""
    found, answers = [], {"allowed": 0, "cannot tell": 0, "refused": 0}
    for seed in seeds:
        items = scheme_by_chance(seed)
        snapshot = day_of(items)
        tables, entries = InSql(snapshot), register(snapshot)
        for who, question in questions_by_chance(seed, count):
            strict = Search(entries, question).route(who) is not None
            lenient = Search(entries, question, lenient=True).route(who) is not None
            in_sql = tables.may(who, question), tables.may(who, question, lenient=True)
            if (strict, lenient) != in_sql:
                found.append((seed, who, question, (strict, lenient), in_sql))
            answers["allowed" if strict else "cannot tell" if lenient else "refused"] += 1
        tables.close()
    return found, answers


def test_the_engine_and_sql_agree():
    found, answers = disagreements(range(40), 60)
    assert found == []
    assert min(answers.values()) > 50


@pytest.mark.slow
def test_the_engine_and_sql_agree_on_a_hundred_thousand_questions():
    found, _ = disagreements(range(1000, 1500), 200)
    assert found == []


def test_the_plan_of_the_recursion_uses_indexes_and_no_bloom_filter():
    tables = InSql(day_of(scheme()))
    plan = tables.plan()
    tables.close()
    assert "BLOOM FILTER" not in plan
    assert "USING INDEX hop_taker" in plan
    assert "RECURSIVE" in CHAIN


seeds = st.integers(0, 10**6)


@given(seed=seeds)
@settings(max_examples=40, deadline=None)
def test_check_and_who_may_agree_and_every_proof_holds(seed):
    items = scheme_by_chance(seed)
    snapshot = day_of(items)
    for who, question in questions_by_chance(seed, 12):
        answer = may(snapshot, who, question)
        assert (answer.outcome == "allowed") == (who in holders(snapshot, question))
        if answer.outcome == "allowed":
            assert who in candidates(register(snapshot), question)
            check_proof(snapshot, answer.proof, who, question)


@given(seed=seeds)
@settings(max_examples=20, deadline=None)
def test_in_short_the_answer_is_the_same_as_at_length(seed):
    snapshot = day_of(scheme_by_chance(seed))
    for _, question in questions_by_chance(seed, 6):
        said, found = in_short(snapshot, question), who_may(snapshot, question)
        assert said.allowed == {each.holder: each.ceiling for each in found.allowed}
        assert said.cannot_tell == tuple(each.holder for each in found.cannot_tell)


def may_all(items, asked):
    entries = register(day_of(items))
    return [Search(entries, question).route(who) is not None for who, question in asked]


@given(seed=seeds, drop=st.integers(0, 200))
@settings(max_examples=40, deadline=None)
def test_a_delegation_taken_away_never_allows_and_one_added_never_forbids(seed, drop):
    items = scheme_by_chance(seed)
    asked = list(questions_by_chance(seed, 15))
    given_ = [item for item in items if "/delegation/" in item.entity]
    gone = given_[drop % len(given_)].entity
    less = may_all([item for item in items if item.entity != gone], asked)
    assert all(more >= fewer for more, fewer in zip(may_all(items, asked), less, strict=True))


@given(seed=seeds, order=st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_order_of_loading_does_not_matter(seed, order):
    items = scheme_by_chance(seed)
    asked = list(questions_by_chance(seed, 15))
    shuffled = list(items)
    order.shuffle(shuffled)
    assert may_all(items, asked) == may_all(shuffled, asked)
