"""The Django app that keeps the ledger."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """The ledger's tables, and the pages on money."""

    name = "commonweal_site.money"
    label = "money"
