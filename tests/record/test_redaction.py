"""The law may require that a personal value goes. It goes everywhere, and the chain still proves."""

import time
from pathlib import Path

import pytest
from django.db import connections

from commonweal.areas.facts import Population
from commonweal.bodies.facts import Appointment, Body, Seat
from commonweal.record.entries import STRUCK
from commonweal.record.errors import Refused
from tests.desk import PLACE, amended, asserted, corrected, day, hours, place, redacted, write
from tests.keeping import raw, vendor

CHAIR = "kent/appointment/chair"
SECRET = "Ermintrude Quillfeather"
# Seconds; only a secret that stays takes so long.
PATIENCE = 60


@pytest.fixture
def named(book):
    """A chair whose name must go; it was carried on by an amendment of the days before."""
    write(
        book,
        asserted("kent/body/board", Body(name="Board", type="place board")),
        asserted("kent/seat/chair", Seat(body="kent/body/board", role="Chair")),
        asserted(
            CHAIR, Appointment(holds="kent/seat/chair", holder=SECRET, party="Green"), "2022-07-01"
        ),
        reason=f"Letter of {SECRET}",
    )
    later = Appointment(holds="kent/seat/chair", holder="Her successor")
    write(book, amended(CHAIR, later, "2024-01-01"), at=hours(1))
    return book


def strike(book, *names, entry=3, at=2):
    return write(book, redacted(CHAIR, entry, *names), at=hours(at), reason="Request 7")


def traces(book, folder):
    """Where the secret can still be read: files of the database, or rows where files are the server's."""
    secret = SECRET.encode()
    if vendor(book) == "sqlite":
        connections[book.using].close()
        return [each.name for each in Path(folder).iterdir() if secret in each.read_bytes()]
    raw(book, "checkpoint")
    tables = raw(
        book,
        "select relname, pg_read_binary_file(pg_relation_filepath(oid)) from pg_class "
        "where relkind in ('r', 'i', 't') and pg_relation_filepath(oid) is not null "
        "and pg_relation_size(oid) > 0 and relname not like 'pg\\_%'",
    )
    assert "record_version" in [name for name, _ in tables]
    return [name for name, file in tables if secret in bytes(file)]


def gone(book, folder):
    """Whether nothing is left. On a busy server another session may hold old rows for a moment."""
    until = time.monotonic() + PATIENCE
    while traces(book, folder):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
        book.scrub()
    return True


def test_a_redacted_value_is_in_no_file_of_the_database(named, tmp_path):
    assert traces(named, tmp_path)
    strike(named, "holder", "@reason")
    write(
        named,
        redacted("kent/body/board", 1, "@reason"),
        redacted("kent/seat/chair", 2, "@reason"),
        at=hours(3),
    )
    assert gone(named, tmp_path)


def test_the_chain_still_proves_and_the_versions_can_be_made_anew(named):
    before = [entry.hash for entry in named.entries()]
    strike(named, "holder", "party", "@actor", "@reason")
    assert named.verify() == 5
    assert [entry.hash for entry in named.entries()][:4] == before


def test_a_reader_sees_that_a_value_was_struck_out_and_the_rest_as_it_was(named):
    strike(named, "holder", "party")
    for known in (hours(0), hours(1), None):
        fact = named.snapshot(day("2023-01-01"), known).fact(CHAIR)
        assert (fact.holder, fact.party, fact.holds) == (STRUCK, None, "kent/seat/chair")
    assert named.snapshot(day("2024-01-01")).fact(CHAIR).holder == "Her successor"


def test_the_log_says_who_struck_out_what_and_why(named):
    (made,) = strike(named, "holder").entries
    assert (made.verb, made.target, made.reason) == ("redact", 3, "Request 7")
    struck = named.entry(3)
    assert set(struck.struck) == {"holder"}
    assert SECRET not in struck.content
    assert (struck.actor, struck.reason) == ("Ann", f"Letter of {SECRET}")


def test_who_wrote_an_entry_and_why_can_be_struck_out(named):
    strike(named, "@actor", "@reason")
    assert (named.entry(3).actor, named.entry(3).reason) == ("", "")
    assert named.entry(2).actor == "Ann"


def test_striking_out_twice_changes_nothing_more(named):
    strike(named, "holder")
    once = named.entry(3)
    strike(named, "holder", at=3)
    assert named.entry(3) == once
    strike(named, "holder", "party", at=4)
    assert set(named.entry(3).struck) == {"holder", "party"}
    assert named.verify() == 7


def test_a_snapshot_brought_up_to_date_forgets_the_value_too(named):
    held = named.snapshot(day("2023-01-01"))
    assert held.fact(CHAIR).holder == SECRET
    strike(named, "holder")
    newer = held.after(named.steps(4, 5), known=hours(2), head=5)
    assert newer.fact(CHAIR) == named.snapshot(day("2023-01-01")).fact(CHAIR)
    assert newer.fact(CHAIR).holder == STRUCK


def refusal(book, entity, entry, *names):
    with pytest.raises(Refused) as caught:
        write(book, redacted(entity, entry, *names), at=hours(9))
    (reason,) = caught.value.reasons
    assert book.verify() == book.head.number
    return reason


@pytest.mark.parametrize(("entity", "entry"), [(PLACE, 3), (CHAIR, 99), (CHAIR, 2)])
def test_only_an_entry_about_the_entity_can_be_struck(named, entity, entry):
    reason = refusal(named, entity, entry, "holder")
    assert reason == f"Entry {entry} states nothing about {entity}."


def test_a_redaction_is_not_itself_redacted(named):
    strike(named, "holder")
    assert "Entry 5 states nothing" in refusal(named, CHAIR, 5, "@reason")


def test_a_value_that_is_not_there_cannot_be_struck(named):
    reason = refusal(named, CHAIR, 3, "employer")
    assert reason == "Entry 3 has no value 'employer'. It has: holder, holds, party."


def test_a_reference_stays_for_it_has_to_name_something(named):
    reason = refusal(named, CHAIR, 3, "holds")
    assert reason == (
        "'holds' cannot be struck out of kent/appointment/chair: an appointment cannot be read "
        "without it. Correct or withdraw the fact first, then strike out its other values."
    )


def test_a_value_of_a_fixed_list_cannot_be_struck(book):
    """Words in its place would make every page that reads the kind fail."""
    write(book, asserted(PLACE, place("Thanet")))
    assert "'type' cannot be struck out" in refusal(book, PLACE, 1, "type")
    assert book.snapshot(day("2023-01-01")).get(PLACE).name == "Thanet"


def test_striking_out_never_publishes_an_exempt_fact(book):
    write(book, asserted(PLACE, place("Thanet", exempt="Schedule 12A, paragraph 1")))
    assert "it would publish the rest" in refusal(book, PLACE, 1, "exempt")
    write(book, redacted(PLACE, 1, "name"), at=hours(1))
    assert book.exempt(day("2023-01-01"), 2) == [PLACE]
    assert book.verify() == 2


def test_optional_values_can_be_struck_whatever_their_type(book):
    write(
        book,
        asserted(PLACE, place("Thanet")),
        asserted("kent/population/p", Population(of=PLACE, people=5, printed="five")),
    )
    write(book, redacted("kent/population/p", 2, "people"), at=hours(1))
    assert book.snapshot(day("2023-01-01")).fact("kent/population/p").people is None


def test_a_fact_with_a_struck_value_can_still_be_corrected(named):
    strike(named, "holder")
    fact = Appointment(holds="kent/seat/chair", holder="The chair")
    write(named, corrected(CHAIR, fact, "2023-01-01", "2023-02-01"), at=hours(4))
    assert named.snapshot(day("2022-07-01")).fact(CHAIR).holder == STRUCK
    assert named.snapshot(day("2023-01-01")).fact(CHAIR).holder == "The chair"
    assert named.verify() == 6
