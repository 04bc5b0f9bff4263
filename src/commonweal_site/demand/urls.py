"""Web addresses of the pages of demand."""

from django.urls import re_path

from commonweal_site.editing.gate import an_editor, gate
from commonweal_site.later import Later

booklet = Later("commonweal_site.demand.booklet")
eliciting = Later("commonweal_site.demand.eliciting")
flow_pages = Later("commonweal_site.demand.flow_pages")
planner = Later("commonweal_site.demand.planner")
running = Later("commonweal_site.demand.running")

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _SLUG = rf"(?P<system>{_WORD})", rf"(?P<slug>{_WORD})"
_DATA = r"\.(?:json|csv)"
_FORM = r"(?:/|\.(?P<ending>pdf|docx|xlsx|csv|zip|json))"
_FLOW = "discharge|ward|waiting-list"
_DEMAND = rf"^{_SYSTEM}/demand"
_PICTURES = "beds|activity|areas|waterfall|more-beds"

urlpatterns = [
    re_path(rf"{_DEMAND}(?:/|{_DATA})$", planner.index),
    re_path(rf"{_DEMAND}/compare(?:/|{_DATA})$", planner.compare),
    re_path(rf"{_DEMAND}/flow/(?P<word>{_FLOW})(?:/|\.json)$", flow_pages.calculator),
    re_path(rf"{_DEMAND}/{_SLUG}(?:/|{_DATA})$", planner.scenario),
    re_path(rf"{_DEMAND}/{_SLUG}/assumptions{_FORM}$", booklet.assumptions),
    re_path(rf"{_DEMAND}/{_SLUG}/views(?:/|{_DATA})$", eliciting.views),
    re_path(rf"{_DEMAND}/{_SLUG}/views/(?P<assumption>{_WORD})/$", gate(eliciting.give, an_editor)),
    re_path(rf"{_DEMAND}/{_SLUG}/run(?:/|\.json)$", running.run),
    re_path(rf"{_DEMAND}/{_SLUG}/(?P<what>{_PICTURES})\.svg$", planner.picture),
]
