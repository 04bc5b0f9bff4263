"""The log: one append-only chain of entries, each sealed by the hash of the one before.

Each value of an entry is hashed on its own with its own salt, and the entry is sealed over those
digests. So a value can be struck out later (the law may require it) while the entry still proves:
the digest stays, the value and its salt go, and without the salt the value cannot be guessed back
from the digest.

    digest of a value   H(salt, value as canonical JSON)
    hash of the entry   H(0x00, previous hash, header as canonical JSON, names of the values as
                          canonical JSON, digest of every value in the order of the names)

H is BLAKE2s-256 (RFC 7693): as strong as SHA-256, and half the time over what is small. Who wrote
an entry and why are values too. The entries of one write share their salts, as they share the
values. The hash of an entry is also its leaf in the tree of `merkle`, whence the 0x00.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2s
from struct import Struct
from typing import Any, Literal, NamedTuple

import msgspec

from .errors import BrokenChain

Verb = Literal["assert", "amend", "correct", "withdraw", "redact"]

SALT_BYTES = 16
GENESIS = bytes(32)
"""What stands for the hash before the first entry."""

ACTOR, REASON = "@actor", "@reason"
"""Names under which who wrote an entry, and why, are hashed: they too may be personal."""

STRUCK = "[struck out]"
"""What a reader sees where a value that the kind requires has been struck out."""

_NO_STRUCK: Mapping[str, str] = {}
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, msgspec.MsgspecError)
_tuple = tuple.__new__
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_each_salt = Struct(f"{SALT_BYTES}s").iter_unpack
_split = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder()


def microseconds(instant: datetime) -> int:
    """An instant as whole microseconds since 1970, as the log stores it."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant(micros: int) -> datetime:
    """The instant of a stored number of microseconds."""
    return _EPOCH + timedelta(microseconds=micros)


class Entry(NamedTuple):
    """One entry of the log, as stored.

    number        1, 2, 3 … without a gap
    recorded      when it was written, microseconds since 1970, never less than the entry before
    actor, reason who wrote it and why; empty once struck out
    verb          assert, amend, correct, withdraw or redact
    entity        identifier of the entity it is about
    valid_from    first day of the period it speaks of
    valid_to      the day after the last
    content       the fact as JSON; empty for withdraw and redact
    target        for redact: the number of the entry whose values are struck out; else 0
    salts         one salt of 16 bytes a value, by name; zeros for a struck value
    struck        digests of struck values, by name
    hash          hash of the entry
    """

    number: int
    recorded: int
    actor: str
    reason: str
    verb: str
    entity: str
    valid_from: str
    valid_to: str
    content: str
    target: int
    salts: bytes
    struck: Mapping[str, str]
    hash: bytes

    @property
    def recorded_at(self) -> datetime:
        """When it was written, UTC."""
        return instant(self.recorded)

    @property
    def valid(self) -> tuple[date, date]:
        """The period it speaks of."""
        return date.fromisoformat(self.valid_from), date.fromisoformat(self.valid_to)


def _values(content: str) -> dict[str, bytes]:
    """The values of a content as canonical JSON, by name."""
    values: dict[str, Any] = _split.decode(content) if content else {}
    return values


def _digest(salt: bytes, value: bytes) -> bytes:
    return blake2s(salt + value).digest()


@lru_cache(maxsize=4096)
def _arranged(names: tuple[str, ...]) -> tuple[bytes, list[tuple[str, slice]]]:
    """How a fact's values are sealed: all names as JSON, and each name with the place of its salt.

    The names of who and why sort before those of a fact.
    """
    ordered = sorted(names)
    places = [
        (name, slice(at * SALT_BYTES, (at + 1) * SALT_BYTES)) for at, name in enumerate(ordered)
    ]
    return _encode.encode([ACTOR, REASON, *ordered]), places


@lru_cache(maxsize=16)
def _signed(actor: str, reason: str, salts: bytes) -> bytes:
    """Digests of who and why."""
    return _digest(salts[:SALT_BYTES], _encode.encode(actor)) + _digest(
        salts[SALT_BYTES:], _encode.encode(reason)
    )


def _sealed(signed: bytes, values: Mapping[str, bytes], salts: bytes) -> bytes:
    """Names and digests of all values, from the digests of who and why and a fact's values."""
    names, places = _arranged(tuple(values))
    digests = [blake2s(salts[place] + values[name]).digest() for name, place in places]
    return b"".join((names, signed, *digests))


_SIGNED_BYTES = 2 * SALT_BYTES


def entry_hash(  # noqa: PLR0917  # in the order in which the header is hashed
    previous: bytes,
    number: int,
    recorded: int,
    verb: str,
    entity: str,
    valid_from: str,
    valid_to: str,
    target: int,
    sealed: bytes,
) -> bytes:
    """The hash that seals an entry, with the names and digests of its values, to the one before."""
    header = _encode.encode((number, recorded, verb, entity, valid_from, valid_to, target))
    return blake2s(b"\0" + previous + header + sealed).digest()


class Sealer:
    """Seals the entries of one write, each to the one before.

    number, previous  number and hash of the last entry of the log
    salts             gives that many random bytes
    """

    def __init__(
        self,
        *,
        number: int,
        previous: bytes,
        recorded: int,
        actor: str,
        reason: str,
        salts: Callable[[int], bytes],
    ) -> None:
        self.number = number
        self.previous = previous
        self._recorded, self._actor, self._reason = recorded, actor, reason
        self._salts = salts
        self._shared = salts(_SIGNED_BYTES)
        self._signed = _signed(actor, reason, self._shared)
        self._pool, self._at = b"", 0

    def _draw(self, size: int) -> bytes:
        if self._at + size > len(self._pool):
            self._pool, self._at = self._salts(max(size, 65536)), 0
        drawn = self._pool[self._at : self._at + size]
        self._at += size
        return drawn

    def seal(
        self, verb: Verb, entity: str, window: tuple[str, str], content: str, target: int = 0
    ) -> Entry:
        """The next entry."""
        values = _values(content)
        own = self._draw(SALT_BYTES * len(values))
        begins, ends = window
        self.number += 1
        self.previous = entry_hash(
            self.previous, self.number, self._recorded, verb, entity, begins, ends, target,
            _sealed(self._signed, values, own),
        )  # fmt: skip
        # As Entry(…), which takes twice as long.
        return _tuple(Entry, (
            self.number, self._recorded, self._actor, self._reason, verb, entity, begins, ends,
            content, target, self._shared + own, _NO_STRUCK, self.previous,
        ))  # fmt: skip


def struck_out(entry: Entry, names: Iterable[str]) -> Entry:
    """The entry without the named values: their digests stay, so its hash still proves."""
    wanted = set(names) - set(entry.struck)
    values = _kept(entry)
    salts = bytearray(entry.salts)
    struck = dict(entry.struck)
    for at, name in enumerate(sorted([*values, *entry.struck])):
        if name in wanted & values.keys():
            span = slice(at * SALT_BYTES, (at + 1) * SALT_BYTES)
            struck[name] = _digest(bytes(salts[span]), values[name]).hex()
            salts[span] = bytes(SALT_BYTES)
    left = {name: value for name, value in _values(entry.content).items() if name not in wanted}
    return entry._replace(
        content=_encode.encode(left).decode() if entry.content else "",
        actor="" if ACTOR in struck else entry.actor,
        reason="" if REASON in struck else entry.reason,
        struck=struck,
        salts=bytes(salts),
    )


def _kept(entry: Entry) -> dict[str, bytes]:
    """Every value of an entry that has not been struck out, who and why among them."""
    values = dict(_values(entry.content))
    for name, text in ((ACTOR, entry.actor), (REASON, entry.reason)):
        if text or name not in entry.struck:
            values[name] = _encode.encode(text)
    return values


def _fault(entry: Entry, previous: bytes) -> str | None:
    """Why an entry does not prove, if it does not."""
    try:
        sealed = _sealed_then(entry) if entry.struck else _sealed_as_stored(entry)
        if sealed is None:
            return "its values are not those that were sealed"
        expected = entry_hash(
            previous, entry.number, entry.recorded, entry.verb, entry.entity,
            entry.valid_from, entry.valid_to, entry.target, sealed,
        )  # fmt: skip
    except _UNREADABLE:
        return "it cannot be read"
    return None if expected == entry.hash else "it is not as it was sealed"


def _sealed_as_stored(entry: Entry) -> bytes | None:
    """What an entry's values were sealed as; none if it holds more than can have been sealed."""
    values = _values(entry.content)
    length = sum(map(len, values)) + sum(map(len, values.values())) + 4 * len(values) + 1
    exact = len(entry.content.encode()) == length if values else entry.content in {"", "{}"}
    if not exact or len(entry.salts) != _SIGNED_BYTES + SALT_BYTES * len(values):
        return None
    signed = _signed(entry.actor, entry.reason, entry.salts[:_SIGNED_BYTES])
    return _sealed(signed, values, entry.salts[_SIGNED_BYTES:])


def _sealed_then(entry: Entry) -> bytes | None:
    """The same for an entry with struck values. What was struck must be gone, salt too."""
    values = _kept(entry)
    names = sorted([*values, *entry.struck])
    if values.keys() & entry.struck.keys() or len(entry.salts) != SALT_BYTES * len(names):
        return None
    digests = [_encode.encode(names)]
    for name, (salt,) in zip(names, _each_salt(entry.salts), strict=True):
        if name in values:
            digest = _digest(salt, values[name])
        elif any(salt):
            return None
        else:
            digest = bytes.fromhex(entry.struck[name])
            if digest.hex() != entry.struck[name]:
                return None
        digests.append(digest)
    return b"".join(digests)


def names_struck(redaction: Entry) -> frozenset[str]:
    """The names of the values that a redaction strikes out of its target."""
    return frozenset(msgspec.json.decode(redaction.content, type=_Struck).names)


class _Struck(msgspec.Struct):
    names: tuple[str, ...]


class _Redactions:
    """Holds what was struck out against what redactions say, once the whole log has passed."""

    def __init__(self) -> None:
        self._said: dict[int, frozenset[str]] = {}
        self._done: dict[int, frozenset[str]] = {}

    def take(self, entry: Entry) -> None:
        if entry.struck:
            self._done[entry.number] = frozenset(entry.struck)
        if entry.verb == "redact":
            names = names_struck(entry)
            self._said[entry.target] = self._said.get(entry.target, frozenset()) | names

    def settle(self, after: int) -> None:
        """Raises BrokenChain for the first entry, later than `after`, that is struck otherwise."""
        for number in sorted(self._said.keys() | self._done.keys()):
            if number > after and self._said.get(number) != self._done.get(number):
                raise BrokenChain(number, "what was struck out of it is not what a redaction says")


def proved(entries: Iterable[Entry], previous: bytes = GENESIS, number: int = 0) -> Iterator[Entry]:
    """The entries, each proved as it passes.

    previous, number  hash and number of the entry before the first
    raises            BrokenChain, naming the first entry that does not prove
    """
    redactions, first, recorded = _Redactions(), number, 0
    for entry in entries:
        number += 1
        if entry.number != number:
            raise BrokenChain(number, f"it is missing; the next on file is {entry.number}")
        if because := _fault(entry, previous):
            raise BrokenChain(number, because)
        if entry.recorded < recorded:
            raise BrokenChain(number, "it is dated before the entry that precedes it")
        redactions.take(entry)
        previous, recorded = entry.hash, entry.recorded
        yield entry
    redactions.settle(first)
