"""The manual's chapter on delivery: how dates, dependencies, owners and evidence are tried."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse

from .manual import Chapter, printed

DELIVERY = Chapter(
    "delivery",
    "Delivery: how milestones and matrices are tried, with examples",
    "Every answer is worked out from the record when this page is made, and is held against the "
    "answer expected. Some examples are of real systems and some of an invented one.",
    Path(__file__).with_name("settled_of_delivery.yaml"),
)


def manual(request: HttpRequest) -> HttpResponse:
    """The chapter on delivery."""
    return printed(request, DELIVERY)
