"""The log: one append-only chain of entries, each sealed by the hash of the one before.

Each value of an entry is hashed on its own with its own salt, and the entry is sealed over those digests. So
a value can be struck out later (the law may require it) while the seal still proves: the digest stays, the
value and its salt go, and without the salt the value cannot be guessed back from the digest.

    digest of a value   SHA-256(salt, value as canonical JSON)
    seal of the content SHA-256 over (name, 0x00, digest) of every value, by name
    hash of the entry   SHA-256(previous hash, header as canonical JSON, seal of the content)
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal, NamedTuple

import msgspec

from .errors import BrokenChain

Verb = Literal["assert", "amend", "correct", "withdraw", "redact"]

SALT_BYTES = 16
GENESIS = bytes(32)
"""What stands for the hash before the first entry."""

ACTOR, REASON = "@actor", "@reason"
"""Names under which who wrote an entry, and why, are hashed beside its values: they too may be personal."""

STRUCK = "[struck out]"
"""What a reader sees where a value that the kind requires has been struck out."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
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
    seal          seal of the content
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
    seal: bytes
    hash: bytes

    @property
    def recorded_at(self) -> datetime:
        """When it was written, UTC."""
        return instant(self.recorded)

    @property
    def valid(self) -> tuple[date, date]:
        """The period it speaks of."""
        return date.fromisoformat(self.valid_from), date.fromisoformat(self.valid_to)


def values_of(content: str | bytes, actor: str, reason: str) -> dict[str, bytes]:
    """Every value an entry is sealed over, as canonical JSON, by name."""
    values: dict[str, Any] = _split.decode(content) if content else {}
    values[ACTOR] = _encode.encode(actor)
    values[REASON] = _encode.encode(reason)
    return values


def seal_of(values: Mapping[str, bytes], salts: bytes) -> bytes:
    """The seal over values whose salts stand in the order of the values' names."""
    digests = bytearray()
    at = 0
    for name in sorted(values):
        digests += name.encode()
        digests += b"\0"
        digests += sha256(salts[at : at + SALT_BYTES] + values[name]).digest()
        at += SALT_BYTES
    return sha256(digests).digest()


def entry_hash(
    previous: bytes,
    number: int,
    recorded: int,
    verb: str,
    entity: str,
    valid_from: str,
    valid_to: str,
    target: int,
    seal: bytes,
) -> bytes:
    """The hash that seals an entry to the one before it."""
    header = _encode.encode((number, recorded, verb, entity, valid_from, valid_to, target))
    return sha256(previous + header + seal).digest()


def sealed(
    *,
    previous: bytes,
    number: int,
    recorded: int,
    actor: str,
    reason: str,
    verb: Verb,
    entity: str,
    valid_from: str,
    valid_to: str,
    content: str,
    salts: bytes,
    target: int = 0,
) -> Entry:
    """A new entry, sealed to `previous`.

    salts  random bytes, at least 16 for every value of `content` and two more
    """
    values = values_of(content, actor, reason)
    own = salts[: SALT_BYTES * len(values)]
    seal = seal_of(values, own)
    hash_ = entry_hash(previous, number, recorded, verb, entity, valid_from, valid_to, target, seal)
    return Entry(
        number, recorded, actor, reason, verb, entity, valid_from, valid_to,
        content, target, own, {}, seal, hash_,
    )  # fmt: skip


def salts_needed(content: str) -> int:
    """How many random bytes the salts of an entry take."""
    return SALT_BYTES * (len(_split.decode(content)) + 2 if content else 2)


def struck_out(entry: Entry, names: Iterable[str]) -> Entry:
    """The entry without the named values: their digests stay, so its seal still proves."""
    wanted = set(names)
    values = values_of(entry.content, entry.actor, entry.reason)
    everything = sorted(set(values) | set(entry.struck)) if entry.struck else sorted(values)
    struck = dict(entry.struck)
    salts = bytearray(entry.salts)
    for at, name in enumerate(everything):
        if name in wanted and name not in struck:
            span = slice(at * SALT_BYTES, (at + 1) * SALT_BYTES)
            struck[name] = sha256(bytes(salts[span]) + values[name]).hexdigest()
            salts[span] = bytes(SALT_BYTES)
    kept = {name: value for name, value in _split.decode(entry.content or "{}").items()
            if name not in wanted}  # fmt: skip
    return entry._replace(
        content=_encode.encode(kept).decode() if entry.content else "",
        actor="" if ACTOR in struck else entry.actor,
        reason="" if REASON in struck else entry.reason,
        struck=struck,
        salts=bytes(salts),
    )


def _fault(entry: Entry, previous: bytes) -> str | None:
    """Why an entry does not prove, if it does not."""
    if _seal_as_stored(entry) != entry.seal:
        return "its values are not those that were sealed"
    expected = entry_hash(
        previous, entry.number, entry.recorded, entry.verb, entry.entity,
        entry.valid_from, entry.valid_to, entry.target, entry.seal,
    )  # fmt: skip
    return None if expected == entry.hash else "its hash does not follow from the entry before"


def _seal_as_stored(entry: Entry) -> bytes:
    values = values_of(entry.content, entry.actor, entry.reason)
    if not entry.struck:
        return seal_of(values, entry.salts)
    digests = bytearray()
    for at, name in enumerate(sorted(set(values) | set(entry.struck))):
        salt = entry.salts[at * SALT_BYTES : (at + 1) * SALT_BYTES]
        digests += name.encode() + b"\0"
        known = entry.struck.get(name)
        digests += bytes.fromhex(known) if known else sha256(salt + values[name]).digest()
    return sha256(digests).digest()


def proved(entries: Iterable[Entry], previous: bytes = GENESIS, number: int = 0) -> Iterator[Entry]:
    """The entries, each proved as it passes.

    previous, number  hash and number of the entry before the first
    raises            BrokenChain, naming the first entry that does not prove
    """
    recorded = 0
    for entry in entries:
        number += 1
        if entry.number != number:
            raise BrokenChain(number, f"it is missing; the next on file is {entry.number}")
        if entry.recorded < recorded:
            raise BrokenChain(number, "it is dated before the entry that precedes it")
        if because := _fault(entry, previous):
            raise BrokenChain(number, because)
        previous, recorded = entry.hash, entry.recorded
        yield entry
