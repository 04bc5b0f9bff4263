"""Web addresses of the pages of meetings that anybody may read."""

from django.urls import re_path

from commonweal_site.later import Later

decisions = Later("commonweal_site.meetings.decisions")
feeds = Later("commonweal_site.meetings.feeds")
forward = Later("commonweal_site.meetings.forward")
held = Later("commonweal_site.meetings.held")
promises = Later("commonweal_site.meetings.promises")
proposals = Later("commonweal_site.meetings.proposals")

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _SLUG = (rf"(?P<{part}>{_WORD})" for part in ("system", "slug"))
_DATA = r"\.(?:json|csv)"
_BODY = rf"{_SYSTEM}/body/{_SLUG}"

urlpatterns = [
    re_path(rf"^{_SYSTEM}/meeting/{_SLUG}(?:{_DATA})?$", held.meeting),
    re_path(rf"^{_SYSTEM}/decision/{_SLUG}(?:{_DATA})?$", decisions.decision),
    re_path(rf"^{_SYSTEM}/decision/{_SLUG}/lines\.json$", decisions.lines_of),
    re_path(rf"^{_SYSTEM}/proposal/{_SLUG}(?:{_DATA})?$", proposals.proposal),
    re_path(rf"^{_SYSTEM}/question/{_SLUG}(?:{_DATA})?$", promises.question),
    re_path(rf"^{_SYSTEM}/promise/{_SLUG}(?:{_DATA})?$", promises.promise),
    re_path(rf"^{_SYSTEM}/decisions(?:/|{_DATA})$", decisions.register),
    re_path(rf"^{_SYSTEM}/endorsements(?:/|{_DATA})$", proposals.endorsements),
    re_path(rf"^{_SYSTEM}/promises(?:/|{_DATA})$", promises.tracker),
    re_path(rf"^{_SYSTEM}/forward-plan(?:/|{_DATA})$", forward.plan),
    re_path(rf"^{_SYSTEM}/meetings(?:/|{_DATA})$", forward.of_system),
    re_path(rf"^{_SYSTEM}/meetings\.ics$", feeds.calendar_of_system),
    re_path(rf"^{_SYSTEM}/meetings\.atom$", feeds.MeetingNews),
    re_path(rf"^{_BODY}/forward-plan(?:/|{_DATA})$", forward.plan),
    re_path(rf"^{_BODY}/meetings(?:/|{_DATA})$", forward.of_body),
    re_path(rf"^{_BODY}/meetings\.ics$", feeds.calendar_of_body),
    re_path(rf"^{_BODY}/meetings\.atom$", feeds.MeetingNews),
]
