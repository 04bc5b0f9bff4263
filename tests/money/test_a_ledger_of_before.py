"""A ledger kept before imports were let in whole is taken over as it is."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from commonweal.money.ledger import Entry, Line
from commonweal_site.money.ledger import Ledger, Source
from tests.keeping import known, raw, sqlite
from tests.keeping import postgres as postgres_settings

BEFORE = [
    "insert into money_import values (1, 'a', 'n.csv', 'ann', 'r', 7)",
    "insert into money_tags values (1, 'spending', 'b', 'f', '', '', '')",
    "insert into money_tags values (2, 'balance', 'b', 'f', '', '', '')",
    "insert into money_line values (1, 0, 1, 100)",
    "insert into money_line values (1, 1, 2, -100)",
    "insert into money_entry values (1, 1, 'k', '2022-12-12', 'Carers', 0)",
    "insert into money_line values (2, 0, 1, -100)",
    "insert into money_line values (2, 1, 2, 100)",
    "insert into money_entry values (2, 1, '', '2023-01-01', 'Undone', 1)",
    "insert into money_balance values (1, 24275, 100, 1), (2, 24275, -100, 1)",
    "insert into money_balance values (1, 24276, -100, 1), (2, 24276, 100, 1)",
]


def taken_over(settings):
    with known(settings) as name:
        call_command("migrate", "money", "0001", database=name, verbosity=0)
        ledger = Ledger(name)
        with transaction.atomic(using=name):
            for statement in BEFORE:
                raw(ledger, statement)
        call_command("migrate", "money", database=name, verbosity=0)
        assert raw(ledger, "select entries, lines from money_import") == [(2, 4)]
        carers = (Line("spending", 100, "b", "f"), Line("balance", -100, "b", "f"))
        assert ledger.entry(1) == Entry(date(2022, 12, 12), "Carers", carers, "k")
        assert ledger.entry(2).reverses == 1
        assert ledger.totals(["month"], account="spending") == [(24275, 100, 1), (24276, -100, 1)]
        posted = ledger.post(
            [Entry(date(2023, 1, 2), "More", carers)],
            source=Source("b", "n"), actor="ann", reason="r",
        )  # fmt: skip
        assert posted.first == 3
        assert ledger.faults() == []


@pytest.mark.slow
def test_on_sqlite(tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        taken_over(sqlite(tmp_path / "before.sqlite3"))


@pytest.mark.slow
@pytest.mark.postgres
def test_on_postgresql(postgres):
    name = f"{postgres.template}_before"
    postgres._run(f"create database {name}")
    try:
        taken_over(postgres_settings(name))
    finally:
        postgres.drop(name)
