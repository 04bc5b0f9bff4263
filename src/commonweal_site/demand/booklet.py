"""The book of a scenario's assumptions on the site: a page, and every other form."""

from django.http import HttpRequest, HttpResponse

from commonweal.demand.book import book
from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import Outlook
from commonweal.record.manuscript import Heading
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, page, the_snapshot
from commonweal_site.published.forms import FORMS, on_page, published
from commonweal_site.record.presenting import system_name

from .scenarios import Named, drawn, grounds, named


def assumptions(
    request: HttpRequest, system: str, slug: str, ending: str | None = None
) -> HttpResponse:
    """The book, as a page or in the form that the address asks for."""
    snapshot = the_snapshot(request)
    each = named(snapshot, system, slug)
    text = book(snapshot, each.entity, _run(system, each))
    path = f"/{system}/demand/{slug}/assumptions"
    if ending:
        name = f"{system}-{slug}-assumptions-{snapshot.as_at.isoformat()}"
        return published(request, text, ending, name=name)
    blocks = on_page(text)
    return page(
        request, "demand/book.jinja", text.title, invented=text.invented, blocks=blocks,
        crumbs=[
            Crumb(system_name(snapshot, system), f"/{system}/"),
            Crumb("Demand and capacity", f"/{system}/demand/"),
            Crumb(each.name, f"/{system}/demand/{slug}/"),
        ],
        twins=Twins(f"{path}.json", f"{path}.csv"),
        heads=[it for it in blocks if isinstance(it, Heading) and it.level == 1],
        forms=[(form.called, f"{path}.{word}") for word, form in FORMS.items() if word != "html"],
        planner=f"/{system}/demand/{slug}/", views=f"/{system}/demand/{slug}/views/",
    )  # fmt: skip


def _run(system: str, each: Named) -> Outlook | None:
    """What it comes to here; none where it cannot be run."""
    on = grounds(system)
    if on is None or each.scenario is None:
        return None
    try:
        return drawn(on, each.scenario, each.seed, each.draws)
    except CannotProject:
        return None
