"""The log's root of each day, signed and published, and proofs that rest on it.

Whoever keeps a day's root can hold the record to it for ever: no entry of that day or before can be
changed, left out or put in without the proofs failing. The roots are an append-only table of their
own.
"""

import os
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connections, transaction

from commonweal.record.entries import instant, microseconds
from commonweal.record.errors import BrokenChain, RecordError
from commonweal.record.merkle import NotInTree, Tree, grew, includes, statement

from .book import Book

KEY_BYTES = 32
_AT_ONCE = 100_000


class BadKey(RecordError):
    """The signing key cannot be read."""


class SignedRoot(NamedTuple):
    """The root of the log as it stood at the end of a day (UTC).

    size        how many entries the log then had
    root        head of the Merkle tree over their hashes
    signature   Ed25519, over `statement(day, size, root)`
    public_key  the key it can be checked with
    """

    day: date
    size: int
    root: bytes
    signature: bytes
    public_key: bytes

    def holds(self) -> bool:
        """Whether the signature is that of the public key it came with."""
        key = Ed25519PublicKey.from_public_bytes(self.public_key)
        try:
            key.verify(self.signature, statement(self.day, self.size, self.root))
        except InvalidSignature:
            return False
        return True


class EntryProof(NamedTuple):
    """That an entry stands in the log of a size: what a reader needs to check it alone."""

    number: int
    size: int
    hash: bytes
    root: bytes
    path: tuple[bytes, ...]

    def holds(self) -> bool:
        """Whether the entry's hash leads to the root."""
        return includes(self.root, self.size, self.number - 1, self.hash, self.path)


class GrowthProof(NamedTuple):
    """That the log of an earlier size stands unchanged at the beginning of a later one."""

    old: int
    new: int
    old_root: bytes
    new_root: bytes
    path: tuple[bytes, ...]

    def holds(self) -> bool:
        """Whether the one root grew into the other."""
        return grew(self.old_root, self.old, self.new_root, self.new, self.path)


def signing_key() -> Ed25519PrivateKey:
    """The key that signs roots: COMMONWEAL_SIGNING_KEY (32 bytes in base64), else a file made on
    first use.

    raises  BadKey
    """
    if given := os.environ.get("COMMONWEAL_SIGNING_KEY"):
        return _key(_bytes_of(given), "COMMONWEAL_SIGNING_KEY")
    file = Path(settings.DATA_DIR) / "signing-key"
    if not file.exists():
        _make(file)
    return _key(file.read_bytes(), str(file.name))


def _bytes_of(words: str) -> bytes:
    try:
        return b64decode(words, validate=True)
    except ValueError:
        return b""


def _key(secret: bytes, where: str) -> Ed25519PrivateKey:
    if len(secret) != KEY_BYTES:
        raise BadKey(
            f"{where} holds no signing key of {KEY_BYTES} bytes. Put back the one that signed the "
            "roots so far, or take it away to have a new one made."
        )
    return Ed25519PrivateKey.from_private_bytes(secret)


def _make(file: Path) -> None:
    """Two processes may start at once: the first to link its key into place wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    own = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(os.urandom(KEY_BYTES))
    try:
        file.hardlink_to(own)
    except FileExistsError:
        pass
    finally:
        own.unlink()


def public_key() -> bytes:
    """The key that roots signed from now on can be checked with, 32 bytes."""
    return signing_key().public_key().public_bytes_raw()


class Roots:
    """The roots of one book. The tree is kept in memory, 64 bytes an entry, and grows with the
    log.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self._tree = Tree()
        self._lock = Lock()

    # --- publishing ----------------------------------------------------------------------------

    def publish(self, today: date) -> list[SignedRoot]:
        """Sign and keep the root of every day before today on which the log grew; those that are
        new.
        """
        key = signing_key()
        new = []
        with transaction.atomic(using=self.book.using):
            last = self.published()[-1:]
            for day in self._days_after(last[0].day if last else None, today):
                size = self.book.head_known(_end_of(day)).number
                root = self._upto(size).head(size)
                signature = key.sign(statement(day, size, root))
                signed = SignedRoot(day, size, root, signature, key.public_key().public_bytes_raw())
                self._keep(signed)
                new.append(signed)
        return new

    def _days_after(self, day: date | None, today: date) -> Iterator[date]:
        """Days on which the log grew, later than `day` and before `today`."""
        while True:
            after = microseconds(_end_of(day)) if day else -1
            found = self._rows(
                "select min(recorded) from record_entry where recorded > %s", [after]
            )
            if found[0][0] is None:
                return
            day = instant(found[0][0]).date()
            if day >= today:
                return
            yield day

    def _keep(self, signed: SignedRoot) -> None:
        with connections[self.book.using].cursor() as cursor:
            cursor.execute(
                "insert into record_root (day, size, root, signature, public_key) "
                "values (%s, %s, %s, %s, %s)",
                list(signed),
            )

    def published(self) -> list[SignedRoot]:
        """Every published root, the first day first."""
        rows = self._rows(
            "select cast(day as text), size, root, signature, public_key from record_root "
            "order by day"
        )
        return [
            SignedRoot(date.fromisoformat(row[0]), row[1], *map(bytes, row[2:])) for row in rows
        ]

    def root_of(self, day: date) -> SignedRoot | None:
        """The root in force on a day: published for it, or for the last day before on which the
        log grew.
        """
        return next((each for each in reversed(self.published()) if each.day <= day), None)

    # --- proofs --------------------------------------------------------------------------------

    def prove_entry(self, number: int, size: int | None = None) -> EntryProof:
        """Proof that an entry stands in the log of a size (now, if none is given).

        raises  NotInTree
        """
        size = self.book.head.number if size is None else size
        if not 1 <= number <= size:
            raise NotInTree(
                f"There is no entry {number:,} in the log of {size:,}. Entries are counted from 1."
            )
        tree = self._upto(size)
        path = tree.inclusion(number - 1, size)
        found = self._rows("select hash from record_entry where number = %s", [number])
        return EntryProof(number, size, bytes(found[0][0]), tree.head(size), path)

    def prove_growth(self, old: int, new: int | None = None) -> GrowthProof:
        """Proof that the log of `old` entries stands unchanged in that of `new` (now, if none is
        given).

        raises  NotInTree
        """
        new = self.book.head.number if new is None else new
        tree = self._upto(new)
        return GrowthProof(old, new, tree.head(old), tree.head(new), tree.consistency(old, new))

    def check(self) -> int:
        """Hold the log to every root that was published. Returns how many there are.

        raises  BrokenChain, naming an entry of the first day whose root no longer follows
        """
        tree, before = Tree(), 0
        published = self.published()
        for root in published:
            if not root.holds():
                raise BrokenChain(before + 1, f"the root of {root.day} is not as it was signed")
            tree.extend(self._hashes(before, root.size))
            if len(tree) < root.size or tree.head() != root.root:
                raise BrokenChain(
                    before + 1,
                    f"it, or one after it, is not what the root of {root.day} was signed on",
                )
            before = root.size
        return len(published)

    # --- the tree ------------------------------------------------------------------------------

    def _upto(self, size: int) -> Tree:
        """The tree with at least that many entries, as far as the log has them."""
        with self._lock:
            if len(self._tree) < size:
                self._tree.extend(self._hashes(len(self._tree), size))
            return self._tree

    def _hashes(self, after: int, last: int) -> Iterator[bytes]:
        """The hashes of the entries after one, up to another, joined by the hundred thousand."""
        joined = "cast(group_concat(hash, '') as blob)"
        if connections[self.book.using].vendor == "postgresql":
            joined = "string_agg(hash, '' order by number)"
        for first in range(after + 1, last + 1, _AT_ONCE):
            found = self._rows(
                f"select {joined} from (select number, hash from record_entry "
                "where number between %s and %s order by number) as part",
                [first, min(first + _AT_ONCE - 1, last)],
            )
            yield bytes(found[0][0] or b"")

    def _rows(self, sql: str, parameters: list[int] | None = None) -> list[tuple[Any, ...]]:
        with connections[self.book.using].cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _end_of(day: date) -> datetime:
    """The last instant of a day."""
    return datetime.combine(day + timedelta(1), time(), UTC) - timedelta(microseconds=1)


ROOTS = Roots(Book())
"""The roots of the site and the command."""
