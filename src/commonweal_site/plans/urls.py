"""Web addresses of the pages of plans."""

from django.urls import re_path

from . import delivery, delivery_feeds, maturity

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _SLUG = (rf"(?P<{part}>{_WORD})" for part in ("system", "slug"))
_DATA = r"\.(?:json|csv)"

urlpatterns = [
    re_path(rf"^{_SYSTEM}/delivery(?:/|{_DATA})$", delivery.delivery),
    re_path(rf"^{_SYSTEM}/milestones\.ics$", delivery_feeds.calendar),
    re_path(rf"^{_SYSTEM}/delivery\.atom$", delivery_feeds.MilestoneNews()),
    re_path(rf"^{_SYSTEM}/milestone/{_SLUG}(?:{_DATA})?$", delivery.milestone),
    re_path(rf"^{_SYSTEM}/programme/{_SLUG}(?:{_DATA})?$", delivery.programme),
    re_path(rf"^{_SYSTEM}/maturity(?:/|{_DATA})$", maturity.maturity),
    re_path(rf"^{_SYSTEM}/(?P<kind>area|body)/{_SLUG}/maturity(?:/|{_DATA})$", maturity.unit),
    re_path(rf"^{_SYSTEM}/maturity-statement/{_SLUG}(?:{_DATA})?$", maturity.statement),
    re_path(rf"^{_SYSTEM}/maturity-assessment/{_SLUG}(?:{_DATA})?$", maturity.assessment),
]
