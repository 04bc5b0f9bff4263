"""One hash for a whole log, and short proofs that an entry is in it and that it only ever grew.

The Merkle tree of RFC 6962 section 2.1 (unchanged in RFC 9162 section 2.1) over the entries. With
the published hash of one day, its head, anybody can check with a few dozen hashes that an entry
stood in the log that day, and that the log of a later day holds the earlier one unchanged.

    leaf            H(0x00, entry): in the log, the hash of the entry
    node            H(0x01, left, right)
    head of nothing H of nothing

H is BLAKE2s-256, as in the log; the RFC takes SHA-256, and is otherwise followed to the letter.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2s as _hash
from struct import Struct

from .errors import RecordError

HASH_BYTES = 32
EMPTY = _hash(b"").digest()

_each_pair = Struct(f"{2 * HASH_BYTES}s").iter_unpack


class NotInTree(RecordError):
    """A proof was asked for about entries that the tree does not have."""


def statement(day: date, size: int, root: bytes) -> bytes:
    """What is signed: a day, how many entries the log had at its end, and their head."""
    return f"Commonweal root\n{day.isoformat()}\n{size}\n{root.hex()}\n".encode()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return _hash(b"\0" + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return _hash(b"\1" + left + right).digest()


class Tree:
    """The tree over a growing row of leaves. Every full subtree is hashed once and kept.

    Level 0 holds the leaves (hashes of entries) one after the other, level n the hashes of the full
    subtrees of 2^n leaves: 64 bytes a leaf in all.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels = [bytearray()]
        self.extend(leaves)

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH_BYTES

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves at the end. Several may come in one piece, one after the other."""
        self._levels[0] += b"".join(leaves)
        level = 0
        while len(below := self._levels[level]) >= 2 * HASH_BYTES:
            if level + 1 == len(self._levels):
                self._levels.append(bytearray())
            above = self._levels[level + 1]
            full = len(below) // (2 * HASH_BYTES) * (2 * HASH_BYTES)
            fresh = bytes(below[2 * len(above) : full])
            above += b"".join([_hash(b"\1" + pair).digest() for (pair,) in _each_pair(fresh)])
            level += 1

    def _full(self, level: int, index: int) -> bytes:
        at = index * HASH_BYTES
        return bytes(self._levels[level][at : at + HASH_BYTES])

    def _range(self, first: int, end: int) -> bytes:
        """The head of the leaves from `first` up to `end`, a subtree of the whole."""
        size = end - first
        if size & (size - 1) == 0:
            level = size.bit_length() - 1
            return self._full(level, first >> level)
        middle = first + _split(size)
        return _node(self._range(first, middle), self._range(middle, end))

    def head(self, size: int | None = None) -> bytes:
        """The head of the first `size` entries; of all, if no size is given."""
        size = len(self) if size is None else size
        self._check(size)
        return self._range(0, size) if size else _hash(b"").digest()

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Proof that the entry at `index`, from 0, is among the first `size`.

        raises  NotInTree
        """
        size = len(self) if size is None else size
        self._check(size)
        if not 0 <= index < size:
            raise NotInTree(f"There is no entry {index} among the first {size}, counted from 0.")
        return tuple(self._path(index, 0, size))

    def _path(self, index: int, first: int, end: int) -> Iterator[bytes]:
        if end - first == 1:
            return
        middle = first + _split(end - first)
        if index < middle:
            yield from self._path(index, first, middle)
            yield self._range(middle, end)
        else:
            yield from self._path(index, middle, end)
            yield self._range(first, middle)

    def consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """Proof that the first `old` entries stand unchanged among the first `new`.

        raises  NotInTree
        """
        new = len(self) if new is None else new
        self._check(new)
        if not 0 <= old <= new:
            raise NotInTree(f"A log of {new} entries does not hold one of {old}.")
        return tuple(self._growth(old, 0, new, whole=True)) if old else ()

    def _growth(self, old: int, first: int, end: int, *, whole: bool) -> Iterator[bytes]:
        """`old` counts from `first`; `whole` while the old tree's own head is being rebuilt."""
        size = end - first
        if old == size:
            if not whole:
                yield self._range(first, end)
            return
        middle = _split(size)
        if old <= middle:
            yield from self._growth(old, first, first + middle, whole=whole)
            yield self._range(first + middle, end)
        else:
            yield from self._growth(old - middle, first + middle, end, whole=False)
            yield self._range(first, first + middle)

    def _check(self, size: int) -> None:
        if not 0 <= size <= len(self):
            raise NotInTree(f"The log has {len(self)} entries, so there is no head of {size}.")


def _split(size: int) -> int:
    """The largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def includes(head: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that a leaf stands at `index`, from 0, in the tree of that head and
    size.

    RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = _node(step, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = _node(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == head


def grew(
    old_head: bytes, old_size: int, new_head: bytes, new_size: int, proof: Sequence[bytes]
) -> bool:
    """Whether a proof shows that the tree of the new head holds that of the old head unchanged.

    RFC 9162 section 2.1.4.2.
    """
    if old_size in (0, new_size):
        known = old_head == (new_head if old_size else EMPTY)
        return known and not proof and old_size <= new_size
    if not 0 < old_size < new_size or not proof:
        return False
    steps = list(proof)
    if old_size & (old_size - 1) == 0:
        steps.insert(0, old_head)
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = _node(step, before), _node(step, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = _node(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_head and after == new_head
