"""A proof can be re-checked by a verifier that searches nothing; a changed one is rejected."""

import ast
import copy
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.authority import verifier
from commonweal.authority.answers import may, who_may
from commonweal.authority.canonical import digest
from commonweal.authority.proof import check_proof
from commonweal.authority.search import Question
from commonweal.authority.verifier import Rejected
from tests.authority.schemes import day_of, delegation, ident, reservation, scheme, with_

SCHEME = with_(
    scheme(),
    delegation("on", "joint", ident("post", "officer"), "reablement", upper=500_00),
    reservation("kept", "board", "home", lower=400_000_00),
)
RECORD = day_of(SCHEME)
WHO = [
    ident("body", "committee"),
    ident("post", "deputy"),
    ident("post", "officer"),
    ident("body", "board"),
]


def asked(pence=100_00, what="reablement"):
    return Question(function=ident("function", what), area=ident("area", "ward"), amount=pence)


def proof_of(who, question=None):
    return may(RECORD, who, question or asked()).proof


def places(value, path=()):
    """Every place of a proof: each value, list and mapping in it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*path, name))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from places(inner, (*path, at))
    yield path


def changed(proof, path, value):
    proof = copy.deepcopy(proof)
    inner = proof
    for step in path[:-1]:
        inner = inner[step]
    if value is KeyError:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return proof


def other(value):
    match value:
        case None:
            return 1
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value + "x"
        case list():
            return [*value, "t/body/board"]
        case _:
            return {**value, "t/body/board": 7} if value else {"a": 1}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("pence", [None, 0, 100_00])
def test_every_allowed_answer_proves(who, pence):
    check_proof(RECORD, proof_of(who, asked(pence)), who, asked(pence))


def test_everybody_who_may_has_a_proof_that_holds():
    for what in ("care", "home", "reablement", "social"):
        for answer in who_may(RECORD, asked(what=what)).allowed:
            check_proof(RECORD, answer.proof, answer.holder, asked(what=what))


@pytest.mark.parametrize("who", WHO)
def test_a_proof_changed_in_any_one_place_is_rejected(who):
    proof = proof_of(who)
    for path in places(proof):
        if path:
            inner = proof
            for step in path:
                inner = inner[step]
            with pytest.raises(Rejected):
                check_proof(RECORD, changed(proof, path, other(inner)), who, asked())


@pytest.mark.parametrize("who", WHO)
def test_a_forged_proof_is_rejected_even_with_a_hash_that_fits(who):
    proof = proof_of(who)
    forged = 0
    for path in places({name: proof[name] for name in proof if name != "hash"}):
        if not path:
            continue
        inner = proof
        for step in path:
            inner = inner[step]
        for value in (other(inner), KeyError):
            bad = changed(proof, path, value)
            bad["hash"] = digest(bad)
            # A mapping with one more name that no step reads is no other proof: only its values bind.
            if isinstance(inner, dict) and value is not KeyError and path[0] == "route":
                continue
            with pytest.raises(Rejected):
                check_proof(RECORD, bad, who, asked())
            forged += 1
    assert forged > 20


@given(who=st.sampled_from(WHO), swap=st.sampled_from([i.entity for i in SCHEME]), data=st.data())
def test_a_proof_with_one_identifier_exchanged_is_rejected(who, swap, data):
    proof = proof_of(who)
    found = [
        p
        for p in places(proof)
        if p and isinstance(value_at(proof, p), str) and "/" in value_at(proof, p)
    ]
    path = data.draw(st.sampled_from(found))
    if value_at(proof, path) != swap:
        bad = changed(proof, path, swap)
        bad["hash"] = digest(bad)
        with pytest.raises(Rejected):
            check_proof(RECORD, bad, who, asked())


def value_at(proof, path):
    for step in path:
        proof = proof[step]
    return proof


@pytest.mark.parametrize(
    "changes",
    [
        {"deputy": {"upper": 99_99}},
        {"committee": {"onward": "none"}},
        {"director": {"status": "proposed"}},
        {"committee": {"basis": ident("basis", "together")}},
        {"director": {"area": ident("area", "south")}},
    ],
)
def test_a_proof_does_not_hold_on_a_record_that_says_otherwise(changes):
    proof = proof_of(ident("post", "deputy"))
    with pytest.raises(Rejected):
        check_proof(day_of(with_(SCHEME, **changes)), proof, ident("post", "deputy"), asked())


def test_a_proof_is_pinned_to_its_day_and_to_the_entries_it_rests_on():
    proof = proof_of(ident("post", "deputy"))
    assert (proof["day"], proof["engine"]) == ("2026-12-01", "3")
    assert set(proof["rows"]) >= {
        ident("delegation", "deputy"),
        ident("basis", "own"),
        ident("power", "care"),
    }
    with pytest.raises(Rejected):
        check_proof(day_of(SCHEME, "2026-12-02"), proof, ident("post", "deputy"), asked())


def test_a_proof_survives_being_written_as_json():
    proof = msgspec.json.decode(msgspec.json.encode(proof_of(WHO[1])))
    check_proof(RECORD, proof, WHO[1], asked())


def code_and_imports(module):
    """How many lines of code a module has, docstrings and blank lines apart; what it imports from."""
    source = Path(module.__file__).read_text()
    tree = ast.parse(source)
    told = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
        for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }
    lines = [n for n, text in enumerate(source.splitlines(), 1) if text.strip() and n not in told]
    return len(lines), {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_verifier_is_under_a_hundred_lines_and_knows_nothing_of_the_search():
    lines, imports = code_and_imports(verifier)
    assert lines < 100
    assert imports == {"typing", "canonical"}
