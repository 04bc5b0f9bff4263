"""Officers who sign in to the site on a record that holds the accounts too."""

from contextlib import contextmanager

from django.db import connections
from django.test import Client, override_settings

from commonweal_site.accounts import people
from tests.site.conftest import the_site_on

PASSWORD = "three lorries and a heron"

QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
"""Hashing is slow on purpose; only the test that says so waits for it."""


@contextmanager
def accounts_in(book):
    """Accounts and sessions stand in the same database as the record, as they do in life."""
    before = connections["default"]
    connections["default"] = connections[book.using]
    try:
        with the_site_on(book), override_settings(PASSWORD_HASHERS=[QUICK]):
            yield book
    finally:
        connections["default"] = before


def public():
    """Somebody who has not signed in."""
    return Client(headers={"host": "testserver"})


def officer(name, *roles):
    """Somebody who has signed in, with roles as pairs of system and role."""
    people.make_user(name, PASSWORD, roles)
    return signed_in(name)


def signed_in(name):
    client = public()
    answer = client.post("/accounts/sign-in/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302
    client.name = name
    return client
