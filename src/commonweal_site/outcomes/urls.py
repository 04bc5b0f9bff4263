"""Web addresses of the pages of outcomes."""

from django.urls import URLPattern, re_path

from commonweal_site.later import Later

indicator_page = Later("commonweal_site.outcomes.indicator_page")
scorecard_page = Later("commonweal_site.outcomes.scorecard_page")
variation_page = Later("commonweal_site.outcomes.variation_page")
worse_page = Later("commonweal_site.outcomes.worse_page")

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _SLUG = (rf"(?P<{part}>{_WORD})" for part in ("system", "slug"))
_DATA = r"\.(?:json|csv)"
_INDICATOR = rf"{_SYSTEM}/indicator/{_SLUG}"
_PICTURE = "over-time|areas|gap"
_WORSE = "worse-and-getting-worse"

urlpatterns: list[URLPattern] = [
    re_path(rf"^{_WORSE}(?:/|{_DATA})$", worse_page.worse),
    re_path(rf"^{_SYSTEM}/{_WORSE}(?:/|{_DATA})$", worse_page.worse),
    re_path(rf"^{_SYSTEM}/area/{_SLUG}/outcomes(?:/|{_DATA})$", scorecard_page.scorecard),
    re_path(rf"^{_INDICATOR}(?:{_DATA})?$", indicator_page.indicator),
    re_path(rf"^{_INDICATOR}/figures{_DATA}$", indicator_page.figures),
    re_path(rf"^{_INDICATOR}/areas\.csv$", indicator_page.areas),
    re_path(rf"^{_INDICATOR}/variation(?:/|{_DATA})$", variation_page.variation),
    re_path(rf"^{_INDICATOR}/(?P<which>{_PICTURE})\.svg$", indicator_page.picture),
]
