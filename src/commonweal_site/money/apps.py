"""The Django app that keeps the ledger."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """The ledger's tables, and the pages on money."""

    name = "commonweal_site.money"
    label = "money"

    def ready(self) -> None:
        """Keep the ledger beside the record."""
        from commonweal.money.spending import LEDGER
        from commonweal_site.record.book import BESIDE

        from .books import SpendingBooks

        BESIDE[LEDGER] = SpendingBooks
