"""Web addresses of the clerk's desk, each behind the gate."""

from django.urls import path

from commonweal_site.editing.gate import May, View, an_editor, anybody_signed_in, gate
from commonweal_site.later import Later

agendas = Later("commonweal_site.meetings.agendas")
attending = Later("commonweal_site.meetings.attending")
beginning = Later("commonweal_site.meetings.beginning")
business = Later("commonweal_site.meetings.business")
filing = Later("commonweal_site.meetings.filing")
minuting = Later("commonweal_site.meetings.minuting")
settling = Later("commonweal_site.meetings.settling")
speaking = Later("commonweal_site.meetings.speaking")

_MEETING = "desk/<word:system>/<word:slug>"

_ITEM = f"{_MEETING}/items/<word:item>"

_ROOMS: tuple[tuple[str, View, May, str], ...] = (
    ("desk/", beginning.home, anybody_signed_in, "desk"),
    ("desk/start/", beginning.choose, anybody_signed_in, "desk-choose"),
    ("desk/start/<word:system>/<word:slug>/", beginning.start, an_editor, "desk-start"),
    (f"{_MEETING}/", beginning.steps, an_editor, "desk-steps"),
    (f"{_MEETING}/agenda/", agendas.agenda_desk, an_editor, "desk-agenda"),
    (f"{_MEETING}/agenda/<word:item>/", agendas.item_of_agenda, an_editor, "desk-agenda-item"),
    (f"{_MEETING}/papers/", filing.papers_desk, an_editor, "desk-papers"),
    (f"{_MEETING}/notice/", attending.notice_desk, an_editor, "desk-notice"),
    (f"{_MEETING}/attendance/", attending.attendance_desk, an_editor, "desk-attendance"),
    (f"{_MEETING}/attendance/moves/", attending.moves_desk, an_editor, "desk-moves"),
    (f"{_MEETING}/items/", business.items_desk, an_editor, "desk-items"),
    (f"{_ITEM}/", business.item_desk, an_editor, "desk-item"),
    (f"{_ITEM}/interests/", business.interests_desk, an_editor, "desk-interests"),
    (f"{_ITEM}/decision/", settling.decision_desk, an_editor, "desk-decision"),
    (f"{_ITEM}/approve/", minuting.approve_desk, an_editor, "desk-approve"),
    (f"{_ITEM}/<word:what>/", speaking.spoken_desk, an_editor, "desk-spoken"),
    (f"{_MEETING}/actions/", speaking.actions_desk, an_editor, "desk-actions"),
    (f"{_MEETING}/minutes/", minuting.minutes_desk, an_editor, "desk-minutes"),
    (f"{_MEETING}/publish/", minuting.publish_desk, an_editor, "desk-publish"),
)

urlpatterns = [path(route, gate(view, may), name=name) for route, view, may, name in _ROOMS]
