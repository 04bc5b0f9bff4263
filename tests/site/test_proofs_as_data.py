"""Roots and proofs are there for anybody to check alone."""

from datetime import date, timedelta

import pytest

from commonweal.record.merkle import grew, includes
from commonweal_site.record import proofs
from commonweal_site.record.roots import Roots


@pytest.fixture
def roots(kent, monkeypatch):
    made = Roots(kent.book)
    monkeypatch.setattr(proofs, "ROOTS", made)
    return made


def raw(words):
    return bytes.fromhex(words)


def test_a_proof_of_an_entry_leads_from_its_hash_to_the_root(kent, roots):
    proof = kent.get("/log/1/proof.json").json()
    path = [raw(each) for each in proof["path"]]
    assert includes(raw(proof["root"]), proof["size"], 0, raw(proof["hash"]), path)
    assert raw(proof["hash"]) == kent.book.entry(1).hash


def test_a_proof_of_growth_leads_from_the_older_root_to_the_newer(kent, roots):
    proof = kent.get("/log/1/growth.json").json()
    path = [raw(each) for each in proof["path"]]
    older, newer = raw(proof["old_root"]), raw(proof["new_root"])
    assert grew(older, proof["old"], newer, proof["new"], path)
    assert not grew(newer, proof["old"], newer, proof["new"], path)


def test_published_roots_are_listed_with_their_signatures(kent, roots):
    last = kent.book.entry(kent.book.head.number).recorded_at.date()
    roots.publish(last + timedelta(1))
    listed = kent.get("/log/roots.json").json()["roots"]
    assert date.fromisoformat(listed[-1]["day"]) == last
    assert roots.published()[-1].signature == raw(listed[-1]["signature"])


@pytest.mark.parametrize("path", ["/log/999999/proof.json", "/log/999999/growth.json"])
def test_what_is_not_in_the_log_has_no_proof(kent, roots, path):
    assert kent.get(path).status_code == 404
