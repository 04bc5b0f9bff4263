"""The Merkle tree of RFC 6962, held against the test data of the Certificate Transparency project.

Those were made with SHA-256, so where they are held against the tree it is given SHA-256 too.

Leaves, heads and proofs: github.com/transparency-dev/merkle, testonly/constants.go and the tests of
google/certificate-transparency-go, which use the same eight leaves.
"""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.record import merkle
from commonweal.record.merkle import EMPTY, NotInTree, Tree, grew, includes, leaf_hash

LEAVES = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
HEADS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
GROWTH = {
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (6, 7): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
WITHIN = {
    (2, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (3, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}


@pytest.fixture
def published(monkeypatch):
    """The published leaves, hashed as they were when they were published."""
    monkeypatch.setattr(merkle, "_hash", sha256)
    return [leaf_hash(each) for each in LEAVES]


@pytest.mark.parametrize("size", range(9))
def test_the_head_of_the_published_leaves_is_the_published_head(published, size):
    assert Tree(published[:size]).head().hex() == HEADS[size]
    assert Tree(published).head(size).hex() == HEADS[size]


@pytest.mark.parametrize(("number", "size"), WITHIN)
def test_the_proof_that_an_entry_is_within_is_the_published_proof(published, number, size):
    proof = Tree(published).inclusion(number - 1, size)
    assert [each.hex() for each in proof] == WITHIN[number, size]


@pytest.mark.parametrize(("old", "new"), GROWTH)
def test_the_proof_of_growth_is_the_published_proof(published, old, new):
    assert [each.hex() for each in Tree(published).consistency(old, new)] == GROWTH[old, new]


entries = st.lists(st.binary(max_size=4).map(leaf_hash), max_size=70)
entries_with_two_sizes = entries.flatmap(
    lambda row: st.tuples(st.just(row), st.integers(0, len(row)), st.integers(0, len(row)))
)


@given(entries)
def test_every_entry_proves_and_no_other_does(row):
    tree = Tree(row)
    for index, entry in enumerate(row):
        proof = tree.inclusion(index)
        assert includes(tree.head(), len(row), index, entry, proof)
        assert not includes(tree.head(), len(row), index, entry + b"x", proof)
        assert not includes(tree.head(), len(row), index, entry, (*proof, bytes(32)))
        assert not includes(EMPTY, len(row), index, entry, proof)
        if proof:
            assert not includes(tree.head(), len(row), index, entry, proof[1:])
            assert not includes(tree.head(), len(row), index, entry, (bytes(32), *proof[1:]))


@given(entries_with_two_sizes)
def test_a_log_that_only_grew_proves_it(row_and_sizes):
    row, old, new = row_and_sizes
    old, new = sorted((old, new))
    tree = Tree(row)
    proof = tree.consistency(old, new)
    assert grew(tree.head(old), old, tree.head(new), new, proof)
    assert not grew(tree.head(new), new, tree.head(old), old, proof) or old == new
    if 0 < old < new:
        assert not grew(bytes(32), old, tree.head(new), new, proof)
        assert not grew(tree.head(old), old, bytes(32), new, proof)
        assert not grew(tree.head(old), old, tree.head(new), new, proof[:-1])
        assert not grew(tree.head(old), old, tree.head(new), new, (*proof, bytes(32)))


@given(entries_with_two_sizes.filter(lambda drawn: drawn[1] > 0))
def test_a_log_rewritten_in_the_past_cannot_prove_that_it_grew(row_and_sizes):
    row, old, _ = row_and_sizes
    other = Tree([leaf_hash(row[0]), *row[1:]])
    proof = other.consistency(old, len(row))
    assert not grew(Tree(row).head(old), old, other.head(), len(row), proof)


@given(entries, st.lists(st.integers(0, 70), max_size=4))
def test_a_tree_grown_bit_by_bit_is_the_tree_made_at_once(row, cuts):
    tree = Tree()
    for begins, ends in zip([0, *sorted(cuts)], [*sorted(cuts), len(row)], strict=True):
        tree.extend(row[begins:ends] if begins <= ends else [])
    assert tree.head() == Tree(row[: len(tree)]).head()


def test_leaves_and_nodes_cannot_be_taken_for_each_other():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert Tree([leaf_hash(left + right)]).head() != Tree([left, right]).head()


@pytest.mark.parametrize(
    "ask",
    [
        lambda tree: tree.head(4),
        lambda tree: tree.inclusion(3),
        lambda tree: tree.inclusion(-1),
        lambda tree: tree.inclusion(2, 2),
        lambda tree: tree.consistency(3, 2),
        lambda tree: tree.consistency(1, 4),
    ],
)
def test_a_proof_about_what_is_not_there_is_refused_in_words(ask):
    with pytest.raises(NotInTree, match=r"entries|entry"):
        ask(Tree([leaf_hash(each) for each in LEAVES[:3]]))
