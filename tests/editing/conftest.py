import pytest

from tests.accounts.officers import accounts_in
from tests.site.conftest import small


@pytest.fixture
def kent(sqlite, tmp_path):
    """A small record, with accounts beside it."""
    with sqlite.fresh(tmp_path) as book:
        small(book)
        with accounts_in(book):
            yield book


@pytest.fixture
def county(book):
    """The same record, on one kind of database and then on the other."""
    small(book)
    with accounts_in(book):
        yield book
