"""Web addresses of the pages of plans."""

from django.urls import path, re_path

from commonweal_site.later import Later

answer_pages = Later("commonweal_site.plans.answer_pages")
care_models = Later("commonweal_site.plans.care_models")
chain_pages = Later("commonweal_site.plans.chain_pages")
delivery = Later("commonweal_site.plans.delivery")
delivery_feeds = Later("commonweal_site.plans.delivery_feeds")
due_pages = Later("commonweal_site.plans.due_pages")
every_milestone = Later("commonweal_site.plans.every_milestone")
heard_pages = Later("commonweal_site.plans.heard_pages")
involvement = Later("commonweal_site.plans.involvement")
manual = Later("commonweal_site.plans.manual")
manual_of_delivery = Later("commonweal_site.plans.manual_of_delivery")
maturity = Later("commonweal_site.plans.maturity")
near_me = Later("commonweal_site.plans.near_me")
plan_page = Later("commonweal_site.plans.plan_page")
regard_pages = Later("commonweal_site.plans.regard_pages")
story_pages = Later("commonweal_site.plans.story_pages")

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SYSTEM, _SLUG = (rf"(?P<{part}>{_WORD})" for part in ("system", "slug"))
_DATA = r"\.(?:json|csv)"

urlpatterns = [
    re_path(rf"^{_SYSTEM}/answers(?:/|{_DATA})$", answer_pages.answers),
    re_path(rf"^manual/plans(?:/|{_DATA})$", manual.manual),
    re_path(rf"^manual/delivery(?:/|{_DATA})$", manual_of_delivery.manual),
    re_path(rf"^{_SYSTEM}/plans(?:/|{_DATA})$", chain_pages.plans),
    re_path(rf"^{_SYSTEM}/involvement(?:/|{_DATA})$", involvement.involvement),
    re_path(rf"^{_SYSTEM}/plans/due(?:/|{_DATA})$", due_pages.due),
    re_path(rf"^{_SYSTEM}/plans\.ics$", due_pages.calendar_of_plans),
    re_path(rf"^{_SYSTEM}/plan/{_SLUG}(?:{_DATA})?$", plan_page.plan),
    re_path(rf"^{_SYSTEM}/plan/{_SLUG}/regard(?:/|{_DATA})$", regard_pages.regard),
    re_path(rf"^{_SYSTEM}/area/{_SLUG}/what-is-planned(?:/|{_DATA})$", near_me.near),
    re_path(rf"^{_SYSTEM}/case/(?P<kind>{_WORD})/{_SLUG}(?:/|{_DATA})$", story_pages.case),
    re_path(rf"^{_SYSTEM}/you-said-we-did(?:/|{_DATA})$", heard_pages.heard),
    re_path(rf"^care-models(?:/|{_DATA})$", care_models.models),
    re_path(rf"^milestones(?:/|{_DATA})$", every_milestone.every),
    path("milestones.ics", every_milestone.calendar),
    path("milestones.atom", every_milestone.News),
    re_path(rf"^{_SYSTEM}/delivery(?:/|{_DATA})$", delivery.delivery),
    re_path(rf"^{_SYSTEM}/milestones\.ics$", delivery_feeds.calendar_of_system),
    re_path(rf"^{_SYSTEM}/delivery\.atom$", delivery_feeds.MilestoneNews),
    re_path(rf"^{_SYSTEM}/milestone/{_SLUG}(?:{_DATA})?$", delivery.milestone),
    re_path(rf"^{_SYSTEM}/programme/{_SLUG}(?:{_DATA})?$", delivery.programme),
    re_path(rf"^{_SYSTEM}/maturity(?:/|{_DATA})$", maturity.maturity),
    re_path(rf"^{_SYSTEM}/(?P<kind>area|body)/{_SLUG}/maturity(?:/|{_DATA})$", maturity.unit),
    re_path(rf"^{_SYSTEM}/maturity-statement/{_SLUG}(?:{_DATA})?$", maturity.statement),
    re_path(rf"^{_SYSTEM}/maturity-assessment/{_SLUG}(?:{_DATA})?$", maturity.assessment),
]
