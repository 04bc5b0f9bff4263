"""The board assurance framework of a system: as a page, and as a paper for its board."""

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.framework import framework as text_of
from commonweal_site.drawings.score_line import score_line
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, page, the_snapshot
from commonweal_site.published.forms import FORMS, on_page, published
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import system_name


def framework(request: HttpRequest, system: str, ending: str | None = None) -> HttpResponse:
    """The framework on the day asked about, in the form that the address asks for."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    where, path = system_name(snapshot, system), f"/{system}/assurance-framework"
    text = text_of(snapshot, system, where, score_line)
    if ending:
        name = f"{system}-assurance-framework-{snapshot.as_at.isoformat()}"
        return published(request, text, ending, name=name)
    return page(
        request, "assurance/framework.jinja", text.title, invented=text.invented,
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Risks", f"/{system}/risks/")],
        twins=Twins(f"{path}.json", f"{path}.csv"), blocks=on_page(text), system=system,
        forms=[(form.called, f"{path}.{word}") for word, form in FORMS.items() if word != "html"],
    )  # fmt: skip
