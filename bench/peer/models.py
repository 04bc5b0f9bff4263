"""A place as a Django model with its history kept."""

from django.db import models
from simple_history.models import HistoricalRecords


class Place(models.Model):
    """The same values as an area's fact."""

    entity = models.CharField(max_length=200, primary_key=True)
    name = models.TextField()
    type = models.TextField()
    basis = models.TextField(default="not stated")
    status = models.TextField(default="in force")
    sources = models.TextField(default="")
    history = HistoricalRecords()

    class Meta:
        app_label = "peer"

    def __str__(self):
        return self.entity
