import pytest
from django.test import override_settings

from tests.accounts.officers import accounts_in, officer
from tests.desks.clerks import seated


@pytest.fixture
def office(sqlite, tmp_path):
    """A board with seats, accounts beside it, and a folder for papers."""
    with sqlite.fresh(tmp_path) as book:
        seated(book)
        with accounts_in(book), override_settings(DATA_DIR=tmp_path):
            book.folder = tmp_path
            yield book


@pytest.fixture
def clerk(office):
    """Somebody who may change Kent's record and read what is kept back."""
    client = officer("ann", ("kent", "editor"), ("kent", "reader"))
    client.book = office
    return client
