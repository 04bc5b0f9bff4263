"""Web addresses of the pages of scrutiny."""

from django.urls import path, re_path

from commonweal_site.later import Later

from . import stories

committees = Later("commonweal_site.scrutiny.committees")
manual = Later("commonweal_site.scrutiny.manual")
overdue = Later("commonweal_site.scrutiny.overdue")
roles = Later("commonweal_site.scrutiny.roles")
yearly = Later("commonweal_site.scrutiny.yearly")

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _SLUG = (rf"(?P<{part}>{_WORD})" for part in ("system", "slug"))
_DATA = r"\.(?:json|csv)"
_FORM = r"(?:/|\.(?P<ending>pdf|docx|xlsx|csv|zip|json))"
_YEAR = r"(?P<of>[0-9]{4}-[0-9]{2})"
_KIND = rf"(?P<kind>{'|'.join(stories.KINDS)})"

urlpatterns = [
    re_path(rf"^manual/scrutiny(?:/|{_DATA})$", manual.manual),
    re_path(rf"^overdue(?:/|{_DATA})$", overdue.page_of_overdue),
    path("overdue.ics", overdue.calendar),
    path("overdue.atom", overdue.Overdue),
    re_path(rf"^{_SYSTEM}/scrutiny(?:/|{_DATA})$", committees.of_system),
    re_path(rf"^{_SYSTEM}/scrutiny\.ics$", overdue.calendar),
    re_path(rf"^{_SYSTEM}/who-does-what-in-scrutiny(?:/|{_DATA})$", roles.who_does_what),
    re_path(rf"^{_SYSTEM}/body/{_SLUG}/year-of-scrutiny/{_YEAR}{_FORM}$", yearly.annual),
    re_path(rf"^{_SYSTEM}/{_KIND}/{_SLUG}(?:{_DATA})?$", stories.story),
]
