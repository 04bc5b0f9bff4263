"""The root of each day, signed and published: whoever keeps one can hold the record to it."""

from base64 import b64encode
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, transaction

from commonweal.record.entries import Sealer
from commonweal.record.errors import BrokenChain
from commonweal.record.merkle import NotInTree, Tree
from commonweal_site.record.roots import BadKey, Roots, public_key, signing_key
from tests.desk import NINE, PLACE, amended, asserted, hours, place, redacted, write
from tests.keeping import raw, vendor

INSERT = (
    "insert into record_root select '{day}', {size}, root, signature, public_key from record_root "
    "where size = 4"
)
MONDAY, TUESDAY, THURSDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 5)


@pytest.fixture
def keys(settings, tmp_path, monkeypatch):
    """A folder of its own for the signing key."""
    monkeypatch.delenv("COMMONWEAL_SIGNING_KEY", raising=False)
    settings.DATA_DIR = tmp_path / "keys"
    return settings.DATA_DIR


@pytest.fixture
def week(book, keys):
    """Three entries on Monday, one late on Tuesday, one on Thursday."""
    write(book, *(asserted(f"kent/area/n{n}", place(f"N{n}")) for n in range(3)))
    write(book, asserted(PLACE, place("Thanet")), at=hours(24 + 14.9))
    write(book, amended(PLACE, place("Isle of Thanet"), "2024-01-01"), at=hours(72))
    return book


def test_every_day_that_is_over_and_on_which_the_log_grew_has_a_root(week):
    roots = Roots(week)
    published = roots.publish(THURSDAY)
    assert [(each.day, each.size) for each in published] == [(MONDAY, 3), (TUESDAY, 4)]
    assert roots.publish(THURSDAY) == []
    assert [each.day for each in roots.publish(date(2026, 11, 6))] == [THURSDAY]


def test_a_root_is_the_head_of_the_tree_over_the_hashes_of_the_entries(week):
    hashes = [entry.hash for entry in week.entries()]
    published = Roots(week).publish(THURSDAY)
    assert [each.root for each in published] == [Tree(hashes[:3]).head(), Tree(hashes[:4]).head()]


@pytest.mark.parametrize(
    ("day", "size"),
    [(date(2026, 11, 1), None), (MONDAY, 3), (TUESDAY, 4), (date(2026, 11, 4), 4), (THURSDAY, 4)],
)
def test_a_day_on_which_nothing_was_written_has_the_root_of_the_day_before(week, day, size):
    roots = Roots(week)
    roots.publish(THURSDAY)
    found = roots.root_of(day)
    assert (found.size if found else None) == size


def test_a_root_is_signed_with_the_published_key(week):
    (monday, _) = Roots(week).publish(THURSDAY)
    assert monday.public_key == public_key()
    assert monday.holds()
    assert not monday._replace(size=4).holds()
    assert not monday._replace(day=TUESDAY).holds()
    assert not monday._replace(root=bytes(32)).holds()


def test_an_entry_proves_against_a_published_root_without_the_rest_of_the_log(week):
    roots = Roots(week)
    (monday, tuesday) = roots.publish(THURSDAY)
    for root in (monday, tuesday):
        proof = roots.prove_entry(2, root.size)
        assert proof.root == root.root
        assert proof.holds()
        assert not proof._replace(hash=bytes(32)).holds()


def test_a_later_log_proves_that_it_holds_the_earlier_one(week):
    roots = Roots(week)
    (monday, tuesday) = roots.publish(THURSDAY)
    growth = roots.prove_growth(monday.size, tuesday.size)
    assert (growth.old_root, growth.new_root) == (monday.root, tuesday.root)
    assert growth.holds()
    assert roots.prove_growth(4).new == 5
    assert not growth._replace(old_root=bytes(32)).holds()


def test_a_redaction_breaks_no_root(week):
    roots = Roots(week)
    roots.publish(THURSDAY)
    write(week, redacted(PLACE, 4, "name"), at=hours(96))
    assert roots.check() == 2
    assert roots.prove_entry(4, 4).holds()


@pytest.mark.parametrize(("number", "size"), [(0, 3), (4, 3), (6, None), (1, 9)])
def test_nothing_is_proved_of_an_entry_that_is_not_there(week, number, size):
    with pytest.raises(NotInTree):
        Roots(week).prove_entry(number, size)


def unguard(book):
    tables = ("record_entry", "record_version", "record_root")
    if vendor(book) == "sqlite":
        for (name,) in raw(book, "select name from sqlite_master where type = 'trigger'"):
            raw(book, f"drop trigger {name}")
    else:
        for table in tables:
            raw(book, f"alter table {table} disable trigger user")


def test_a_log_cut_short_no_longer_follows_from_its_roots(week):
    """The chain alone cannot tell that its last entries are gone."""
    roots = Roots(week)
    roots.publish(date(2026, 11, 6))
    unguard(week)
    raw(week, "delete from record_version")
    raw(week, "delete from record_entry where number = 5")
    week.rebuild()
    assert week.verify() == 4
    with pytest.raises(BrokenChain, match="root of 2026-11-05"):
        Roots(week).check()


def test_a_log_sealed_anew_no_longer_follows_from_its_roots(week):
    """Whoever owns the database can make a new chain that proves, but not an old root."""
    roots = Roots(week)
    roots.publish(THURSDAY)
    last = list(week.entries())[2:]
    unguard(week)
    raw(week, "delete from record_version")
    raw(week, "delete from record_entry where number > 3")
    sealer = Sealer(
        number=3, previous=last[0].hash, recorded=last[1].recorded, actor="Ann", reason="Other",
        salts=bytes,
    )  # fmt: skip
    forged = sealer.seal("assert", PLACE, ("0001-01-01", "9999-12-31"), last[1].content)
    raw(
        week,
        "insert into record_entry (number, recorded, actor, reason, verb, entity, valid_from, "
        "valid_to, content, target, salts, struck, hash) values "
        "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '{}', %s)",
        [*forged[:11], *forged[12:]],
    )
    week.rebuild()
    assert week.verify() == 4
    with pytest.raises(BrokenChain) as caught:
        Roots(week).check()
    assert caught.value.number == 4


def test_a_root_whose_signature_was_touched_is_found(week):
    roots = Roots(week)
    roots.publish(THURSDAY)
    unguard(week)
    raw(week, "update record_root set size = 2 where size = 3")
    with pytest.raises(BrokenChain, match="not as it was signed"):
        roots.check()


@pytest.mark.parametrize(
    "sql",
    [
        "delete from record_root where size = 3",
        "update record_root set root = signature where size = 3",
        INSERT.format(day="2026-11-04", size=4),
        INSERT.format(day="2026-11-01", size=1),
        INSERT.format(day="2026-11-04", size=99),
    ],
)
def test_the_database_keeps_published_roots(week, sql):
    roots = Roots(week)
    published = roots.publish(THURSDAY)
    with pytest.raises(DatabaseError, match="root is"), transaction.atomic(using=week.using):
        raw(week, sql)
    assert roots.published() == published


# --- the key --------------------------------------------------------------------------------------


def test_the_key_is_made_on_first_use_for_its_owner_alone(keys):
    first = public_key()
    assert (keys / "signing-key").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in keys.iterdir()] == ["signing-key"]
    assert public_key() == first


def test_the_key_may_be_given_from_outside(keys, monkeypatch):
    monkeypatch.setenv("COMMONWEAL_SIGNING_KEY", b64encode(b"k" * 32).decode())
    expected = Ed25519PrivateKey.from_private_bytes(b"k" * 32).public_key().public_bytes_raw()
    assert public_key() == expected
    assert not keys.exists()


@pytest.mark.parametrize("given", ["short", "%%%", b64encode(b"k" * 31).decode()])
def test_a_key_that_is_none_is_refused_in_words(keys, monkeypatch, given):
    monkeypatch.setenv("COMMONWEAL_SIGNING_KEY", given)
    with pytest.raises(BadKey, match="COMMONWEAL_SIGNING_KEY holds no signing key of 32 bytes"):
        signing_key()


def test_an_empty_record_has_nothing_to_publish(book, keys):
    roots = Roots(book)
    assert roots.publish(NINE.date()) == []
    assert roots.root_of(MONDAY) is None
    assert roots.check() == 0
