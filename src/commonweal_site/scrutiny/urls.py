"""Web addresses of the pages of scrutiny."""

from django.urls import path, re_path

from commonweal_site.later import Later

from . import stories

committees = Later("commonweal_site.scrutiny.committees")
manual = Later("commonweal_site.scrutiny.manual")
overdue = Later("commonweal_site.scrutiny.overdue")

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _SLUG = (rf"(?P<{part}>{_WORD})" for part in ("system", "slug"))
_DATA = r"\.(?:json|csv)"
_KIND = rf"(?P<kind>{'|'.join(stories.KINDS)})"

urlpatterns = [
    re_path(rf"^manual/scrutiny(?:/|{_DATA})$", manual.manual),
    re_path(rf"^overdue(?:/|{_DATA})$", overdue.page_of_overdue),
    path("overdue.ics", overdue.calendar),
    path("overdue.atom", overdue.Overdue),
    re_path(rf"^{_SYSTEM}/scrutiny(?:/|{_DATA})$", committees.of_system),
    re_path(rf"^{_SYSTEM}/scrutiny\.ics$", overdue.calendar),
    re_path(rf"^{_SYSTEM}/{_KIND}/{_SLUG}(?:{_DATA})?$", stories.story),
]
