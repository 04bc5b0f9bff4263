"""Web addresses. A page's address is the identifier of what it shows."""

from django.urls import include, path, re_path

from . import about
from .areas import england, system
from .authority import authzen, deciding, powers, verifying
from .later import Later
from .money import ledger_pages, places
from .published.named import REPORTS
from .record import changes, document, entity, lists, searching
from .statute import findings

openapi = Later("commonweal_site.openapi")
drilled = Later("commonweal_site.assurance.drilled")
manual = Later("commonweal_site.authority.manual")
choosing = Later("commonweal_site.money.choosing")
choosing_pages = Later("commonweal_site.money.choosing_pages")
download = Later("commonweal_site.meetings.download")
minutes_page = Later("commonweal_site.meetings.minutes_page")
place_pages = Later("commonweal_site.money.place_pages")
published = Later("commonweal_site.published.views")
downloads = Later("commonweal_site.record.downloads")
logged = Later("commonweal_site.record.logged")
proofs = Later("commonweal_site.record.proofs")
time_limits = Later("commonweal_site.statute.time_limits")

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _KIND, _SLUG = (rf"(?P<{part}>{_WORD})" for part in ("system", "kind", "slug"))
_RULE = r"(?P<number>[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)"
_BY = "|".join(ledger_pages.BY)
_DATA = r"\.(?:json|csv)"
_REPORT = "|".join(REPORTS)
_YEAR = r"(?P<year>[0-9]{4}-[0-9]{2})"
_FORM = r"(?:/|\.(?P<ending>pdf|docx|xlsx|csv|zip|json))"

urlpatterns = [
    path("", include("commonweal_site.accounts.urls")),
    path("", include("commonweal_site.importing.urls")),
    path("", include("commonweal_site.editing.urls")),
    path("", include("commonweal_site.meetings.urls_of_the_desk")),
    path("", include("commonweal_site.meetings.urls_of_the_public")),
    path("", include("commonweal_site.outcomes.urls")),
    path("", include("commonweal_site.demand.urls")),
    path("", include("commonweal_site.plans.urls")),
    path("", include("commonweal_site.scrutiny.urls")),
    path("", include("commonweal_site.assurance.urls")),
    path("", england.home, name="home"),
    re_path(rf"^index{_DATA}$", england.home),
    re_path(rf"^who-decides(?:/|{_DATA})$", deciding.decides),
    re_path(r"^which-process(?:/|\.json)$", choosing.which_process),
    re_path(r"^who-decides/may(?:/|\.json)$", deciding.may_decide),
    re_path(r"^who-decides/over-time(?:/|\.json)$", deciding.over_time),
    re_path(r"^who-decides/verify(?:/|\.json)$", verifying.verify),
    re_path(rf"^{_SYSTEM}/(?P<kind>body|post)/{_SLUG}/powers(?:/|{_DATA})$", powers.powers),
    path(".well-known/authzen-configuration", authzen.configuration),
    path("access/v1/evaluation", authzen.evaluation),
    path("access/v1/evaluations", authzen.evaluations),
    path("access/v1/search/subject", authzen.search_subject),
    path("access/v1/search/resource", authzen.search_resource),
    path("access/v1/search/action", authzen.search_action),
    path("manual/", about.manual),
    re_path(rf"^manual/who-decides(?:/|{_DATA})$", manual.manual),
    path("status", about.status),
    path("robots.txt", about.robots),
    path("about/", about.about),
    path("data/", about.data),
    path("data/packs.zip", downloads.packs),
    re_path(rf"^data/packs/{_SLUG}\.zip$", downloads.packs),
    path("api/openapi.json", openapi.openapi),
    re_path(rf"^glossary(?:/|{_DATA})$", about.words),
    re_path(rf"^kinds(?:/|{_DATA})$", lists.kinds),
    re_path(rf"^kinds/{_KIND}(?:/|{_DATA})$", lists.of_kind),
    re_path(rf"^documents(?:/|{_DATA})$", lists.documents),
    re_path(rf"^search(?:/|{_DATA})$", searching.search),
    re_path(rf"^findings(?:/|{_DATA})$", findings.findings),
    re_path(rf"^findings/{_RULE}(?:/|{_DATA})$", findings.findings_of),
    re_path(rf"^rules(?:/|{_DATA})$", findings.rules),
    re_path(rf"^rules/{_RULE}(?:/|\.json)$", findings.rule),
    re_path(r"^drill(?:/|\.json)$", drilled.drilled),
    re_path(rf"^time-limits(?:/|{_DATA})$", time_limits.limits),
    re_path(rf"^time-limits/{_RULE}(?:/|\.json)$", time_limits.limit),
    re_path(rf"^changes(?:/|{_DATA})$", changes.changes),
    path("changes.atom", changes.Changes()),
    re_path(r"^log(?:/|\.json)$", logged.log),
    path("log/<int:number>", logged.entry),
    path("log/roots.json", proofs.roots),
    path("log/<int:number>/proof.json", proofs.entry_proof),
    path("log/<int:number>/growth.json", proofs.growth_proof),
    re_path(rf"^{_SYSTEM}/$", system.system),
    re_path(rf"^{_SYSTEM}/changes\.atom$", changes.Changes()),
    re_path(
        rf"^{_SYSTEM}/(?P<word>scheme|map|handbook|limits|money|outcomes){_FORM}$",
        published.of_system,
    ),
    re_path(
        rf"^{_SYSTEM}/body/{_SLUG}/(?P<word>scheme|map|handbook|limits|terms|money|outcomes){_FORM}$",
        published.of_body,
    ),
    re_path(rf"^{_SYSTEM}/money/(?P<word>{_REPORT}){_FORM}$", published.report_of_system),
    re_path(
        rf"^{_SYSTEM}/body/{_SLUG}/money/(?P<word>{_REPORT}){_FORM}$", published.report_of_body
    ),
    re_path(
        rf"^{_SYSTEM}/fund/{_SLUG}/quarter/{_YEAR}/(?P<quarter>[1-4]){_FORM}$", published.of_fund
    ),
    re_path(rf"^{_SYSTEM}/fund/{_SLUG}/year/{_YEAR}{_FORM}$", published.of_fund),
    re_path(
        rf"^{_SYSTEM}/(?P<kind>area|body)/{_SLUG}/{places.WORD}(?:/|{_DATA})$", place_pages.goes
    ),
    re_path(rf"^{_SYSTEM}/choosing-providers(?:/|{_DATA})$", choosing_pages.of_system),
    re_path(rf"^{_SYSTEM}/provider-selection/{_SLUG}(?:{_DATA})?$", choosing_pages.one),
    re_path(rf"^{_SYSTEM}/ledger(?:/|{_DATA})$", ledger_pages.ledger),
    re_path(rf"^{_SYSTEM}/ledger/by/(?P<by>{_BY})(?:/|{_DATA})$", ledger_pages.totals),
    re_path(rf"^{_SYSTEM}/ledger/(?P<number>[0-9]{{1,18}})(?:\.json)?$", ledger_pages.entry),
    re_path(rf"^{_SYSTEM}/{_KIND}(?:/|{_DATA})$", lists.of_system),
    re_path(rf"^{_SYSTEM}/document/{_SLUG}(?:{_DATA})?$", document.document),
    re_path(rf"^{_SYSTEM}/paper/{_SLUG}/file$", download.paper_file),
    re_path(
        rf"^{_SYSTEM}/minutes/{_SLUG}(?:\.(?P<ending>json|csv|docx|pdf))?$",
        minutes_page.minutes_page,
    ),
    re_path(rf"^{_SYSTEM}/{_KIND}/{_SLUG}(?:{_DATA})?$", entity.entity, name="entity"),
    re_path(rf"^{_SYSTEM}/{_KIND}/{_SLUG}\.atom$", changes.Changes()),
]

handler404 = "commonweal_site.pages.handle_404"
handler400 = "commonweal_site.pages.handle_400"
handler500 = "commonweal_site.pages.handle_500"
