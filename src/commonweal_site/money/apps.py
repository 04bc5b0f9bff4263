"""The Django app that keeps the ledger."""

from typing import Any

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """The ledger's tables, and the pages on money."""

    name = "commonweal_site.money"
    label = "money"

    def ready(self) -> None:
        """Keep the ledger beside the record."""
        from commonweal_site.record.book import BESIDE

        BESIDE["ledger"] = _books


def _books(using: str) -> Any:
    """The ledger's spending; read in only when it is asked for."""
    from .books import SpendingBooks

    return SpendingBooks(using)
