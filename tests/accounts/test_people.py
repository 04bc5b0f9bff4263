"""Accounts, as whoever runs the site keeps them."""

import io

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from commonweal_site.accounts import command, people
from commonweal_site.accounts.errors import (
    AccountError,
    BadGrant,
    NameTaken,
    UnknownPerson,
    WeakPassword,
)
from commonweal_site.accounts.models import Grant
from commonweal_site.settings import PASSWORD_HASHERS
from tests.accounts.officers import PASSWORD


def test_an_account_has_a_name_and_its_roles(kent):
    made = people.make_user("ann", PASSWORD, [("kent", "editor"), ("every", "reader")])
    assert made == people.Person("ann", (("*", "reader"), ("kent", "editor")), active=True)
    assert people.listed() == [made]


def test_a_password_is_kept_only_as_a_slow_hash(kent, settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    people.make_user("ann", PASSWORD)
    kept = User.objects.get(username="ann").password
    assert kept.startswith("scrypt$")
    assert PASSWORD not in kept


@pytest.mark.parametrize(
    ("password", "because"),
    [
        ("elevenchars", "at least 12 characters"),
        ("123456789012", "entirely numeric"),
        ("qwerty123456", "too common"),
        ("ann-of-thanet-council", "too similar"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_and_nothing_is_kept(kent, password, because):
    with pytest.raises(WeakPassword, match=because):
        people.make_user("ann-of-thanet", password)
    assert people.listed() == []


@pytest.mark.parametrize(
    "name", ["", "Ann", "ann@kent.example", "ann smith", "pack:kent", "a" * 41]
)
def test_a_name_that_cannot_stand_in_public_is_refused(kent, name):
    with pytest.raises(NameTaken, match="cannot be a user"):
        people.make_user(name, PASSWORD)


def test_a_name_of_forty_letters_will_do(kent):
    assert people.make_user("a" * 40, PASSWORD).name == "a" * 40


def test_a_second_account_of_the_same_name_is_refused(kent):
    people.make_user("ann", PASSWORD)
    with pytest.raises(NameTaken, match="has an account already"):
        people.make_user("ann", PASSWORD)


def test_a_role_in_a_system_that_is_not_on_record_is_refused_with_the_nearest_and_nothing_is_kept(
    kent,
):
    with pytest.raises(BadGrant, match="No system is called 'kentt'"):
        people.make_user("ann", PASSWORD, [("kentt", "editor")])
    assert people.listed() == []


def test_a_role_that_does_not_exist_is_refused_with_the_nearest(kent):
    people.make_user("ann", PASSWORD)
    with pytest.raises(BadGrant, match="Did you mean 'editor'"):
        people.grant("ann", "kent", "editer")


def test_a_role_can_be_taken_away_once(kent):
    people.make_user("ann", PASSWORD, [("kent", "editor")])
    assert people.revoke("ann", "kent", "editor").roles == ()
    with pytest.raises(BadGrant, match="ann is not editor of kent"):
        people.revoke("ann", "kent", "editor")


def test_somebody_unknown_is_answered_with_the_nearest_name(kent):
    people.make_user("annabel", PASSWORD)
    with pytest.raises(UnknownPerson, match="Did you mean 'annabel'"):
        people.grant("anabel", "kent", "editor")


def test_the_database_itself_refuses_an_unknown_role_and_a_second_grant_of_a_kind(kent):
    people.make_user("ann", PASSWORD, [("kent", "editor")])
    ann = User.objects.get(username="ann")
    for system, role in (("kent", "owner"), ("kent", "editor")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(user=ann, system=system, role=role)


def run(monkeypatch, *arguments, typed=f"{PASSWORD}\n"):
    import argparse

    parser = argparse.ArgumentParser()
    command.arguments(parser)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return command.run(parser.parse_args(arguments))


def test_the_command_opens_lists_changes_and_closes_accounts(kent, monkeypatch):
    assert "Nobody has an account yet" in run(monkeypatch, "list")
    added = run(monkeypatch, "add", "ann", "--role", "editor", "--system", "kent")
    assert added == "ann: editor of kent"
    granted = run(monkeypatch, "grant", "ann", "--role", "reader", "--system", "every")
    assert granted == "ann: reader of every system, editor of kent"
    run(monkeypatch, "revoke", "ann", "--role", "editor", "--system", "kent")
    assert (
        run(monkeypatch, "close", "ann") == "ann (closed: may not sign in): reader of every system"
    )
    assert run(monkeypatch, "list") == "ann (closed: may not sign in): reader of every system"


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        (["add"], "Say who"),
        (["grant", "ann"], "Name both"),
        (["add", "ann", "--role", "editor"], "Name both"),
    ],
)
def test_the_command_says_what_is_missing(kent, monkeypatch, arguments, because):
    with pytest.raises(AccountError, match=because):
        run(monkeypatch, *arguments)
