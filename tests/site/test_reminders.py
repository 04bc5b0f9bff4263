"""Reminders by mail: who is written to, what it says, and that nobody is written to twice."""

from datetime import date

import pytest
from django.core import mail

from commonweal.plans.due import plan_reminders
from commonweal.record.errors import UnknownEntity
from commonweal.scrutiny.reminding import reminders
from commonweal_site.plans.due_pages import in_a_letter
from commonweal_site.record import shelf
from commonweal_site.scrutiny import mailing

ON = date(2026, 12, 7)  # a week before the hospitals' answer is due
SITE = "https://record.example"
HOSPITALS, PANEL = "exampleshire/body/hospitals", "exampleshire/body/exampleton-scrutiny"


@pytest.fixture
def snapshot(shipped):
    return shelf.SHELF.snapshot(ON)


def written(snapshot, addresses, on=ON):
    found = mailing.letters(snapshot, reminders(snapshot, on), on, addresses, SITE)
    return {each.who: each for each in found}


def test_a_letter_says_what_is_asked_by_when_how_it_was_counted_and_where_to_read_it(snapshot):
    letter = written(snapshot, {HOSPITALS: "office@hospitals.example"})[HOSPITALS]
    assert letter.subject == "Scrutiny and Healthwatch: 2 answers of yours"
    for words in (
        "Send nobody home after nine at night who does not wish it",
        "Due by 14 December 2026.",
        "28 days after Monday 16 November 2026 end on Monday 14 December 2026.",
        f"{SITE}/exampleshire/recommendation/home-by-nine",
        f"{SITE}/overdue/",
    ):
        assert words in letter.text


def test_only_those_with_an_address_are_written_to_and_only_once_a_day(snapshot, tmp_path):
    on = date(2026, 11, 18)  # the day after a response was due
    letters = written(snapshot, {"exampleshire/body/mental-health": "office@care.example"}, on)
    assert len(letters) > 1
    assert mailing.send(letters.values(), tmp_path, on) == 1
    assert mailing.send(letters.values(), tmp_path, on) == 0
    assert [each.to for each in mail.outbox] == [["office@care.example"]]
    assert "Overdue by 1 day" in mail.outbox[0].body
    assert mailing.sent_on(tmp_path, on) == {"exampleshire/body/mental-health"}
    assert mailing.sent_on(tmp_path, ON) == frozenset()


def test_addresses_are_read_from_a_private_file_and_never_shown(shipped, snapshot, tmp_path):
    assert mailing.addresses_in(snapshot, tmp_path) == {}
    file = tmp_path / mailing.ADDRESSES
    file.write_text(f"who,address\n{HOSPITALS},office@hospitals.example\n", encoding="utf-8")
    assert mailing.addresses_in(snapshot, tmp_path) == {HOSPITALS: "office@hospitals.example"}
    assert b"office@" not in shipped.get(f"/{HOSPITALS}").content


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("body,mail\na,b\n", "has no columns called who and address"),
        ("who,address\nexampleshire/body/nobody,a@b.example\n", "is not on record"),
    ],
)
def test_a_file_of_addresses_that_cannot_be_right_is_refused(snapshot, tmp_path, text, words):
    (tmp_path / mailing.ADDRESSES).write_text(text, encoding="utf-8")
    with pytest.raises((UnknownEntity, mailing.NoAddresses), match=words):
        mailing.addresses_in(snapshot, tmp_path)


def test_a_body_is_told_of_plans_and_of_scrutiny_in_one_letter(shipped):
    snapshot = shelf.SHELF.snapshot(date(2026, 12, 31))
    told = {each.who: each for each in plan_reminders(snapshot, snapshot.as_at)}[
        "exampleshire/body/icb"
    ]
    text = in_a_letter(snapshot, told, SITE)
    assert "Prepare the forward plan for 2027/28 (by 31 March 2027)." in text
    assert f"{SITE}/exampleshire/plans/due/" in text
    one = mailing.Letter("a", None, "Scrutiny", "First")
    other = mailing.Letter("b", None, "Plans", text)
    assert mailing.together([one], [one._replace(subject="Plans", text="Second"), other]) == (
        mailing.Letter("a", None, "Scrutiny; Plans", "First\n\nSecond"), other,
    )  # fmt: skip
