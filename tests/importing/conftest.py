import pytest

from tests.accounts.officers import accounts_in
from tests.desk import write
from tests.importing.papers import facts


@pytest.fixture
def kent(sqlite, tmp_path, settings):
    """A record with a board's committees, posts and functions, and accounts beside it."""
    from commonweal.record.documents import Document
    from commonweal.record.packs import Item
    from commonweal.record.when import BEFORE_ALL, OPEN
    from commonweal.record.writing import Change

    settings.DATA_DIR = tmp_path
    with sqlite.fresh(tmp_path) as book:
        paper = Document(title="A paper")
        items = [Item("test/document/paper", BEFORE_ALL, OPEN, paper), *facts()]
        write(book, *[Change("assert", i.entity, i.fact, i.valid_from, i.valid_to) for i in items])
        with accounts_in(book):
            yield book
