"""The Django app that stores the record."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The log, its versions, and the pages that show them."""

    name = "commonweal_site.record"
    label = "record"
