"""Web addresses of the pages of assurance."""

from django.urls import re_path

from commonweal_site.later import Later

from . import stories

drilled = Later("commonweal_site.assurance.drilled")
frameworks = Later("commonweal_site.assurance.frameworks")
manual = Later("commonweal_site.assurance.manual")
overseen = Later("commonweal_site.assurance.overseen")
recovering = Later("commonweal_site.assurance.recovering")
registers = Later("commonweal_site.assurance.registers")
replayed = Later("commonweal_site.assurance.replayed")
tangled = Later("commonweal_site.assurance.tangled")

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _SLUG = (rf"(?P<{part}>{_WORD})" for part in ("system", "slug"))
_DATA = r"\.(?:json|csv)"
_FORM = r"(?:/|\.(?P<ending>pdf|docx|xlsx|csv|zip|json))"
_KIND = rf"(?P<kind>{'|'.join(stories.KINDS)})"

urlpatterns = [
    re_path(r"^drill\.csv$", drilled.drilled),
    re_path(r"^drill/plan\.yaml$", drilled.plan_of_homes),
    re_path(r"^drill/replays(?:/|\.json)$", replayed.replays),
    re_path(rf"^manual/assurance(?:/|{_DATA})$", manual.manual),
    re_path(rf"^{_SYSTEM}/risks(?:/|{_DATA})$", registers.risks),
    re_path(rf"^{_SYSTEM}/issues(?:/|{_DATA})$", recovering.issues),
    re_path(rf"^{_SYSTEM}/assurance-framework{_FORM}$", frameworks.framework),
    re_path(rf"^{_SYSTEM}/who-oversees-whom(?:/|{_DATA})$", overseen.who_oversees_whom),
    re_path(rf"^{_SYSTEM}/evidence-library(?:/|{_DATA})$", overseen.evidence_library),
    re_path(rf"^{_SYSTEM}/complexity(?:/|{_DATA})$", tangled.tangled),
    re_path(rf"^{_SYSTEM}/{_KIND}/{_SLUG}(?:{_DATA})?$", stories.story),
]
