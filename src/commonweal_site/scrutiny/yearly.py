"""The annual report of a scrutiny committee: as a page, in Word, as PDF, a table and data."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot
from commonweal.scrutiny.evaluating import BENEFITS
from commonweal.scrutiny.yearly import Year, in_short, report, shown, state_of, year, years
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_json, page, the_snapshot
from commonweal_site.published.forms import FORMS, on_page, published
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, path_of, system_name

WORD = "year-of-scrutiny"


def annual(
    request: HttpRequest, system: str, slug: str, of: str, ending: str | None = None
) -> HttpResponse:
    """The report of a committee on one year, in the form that the address asks for."""
    snapshot, committee, of = the_snapshot(request), f"{system}/body/{slug}", of.replace("-", "/")
    body = snapshot.get(committee)
    if not isinstance(body, Body):
        return absent(request, snapshot, committee)
    if body.type != "scrutiny committee":
        raise Http404(f"{body.name} is not a scrutiny committee, so it has no year of scrutiny.")
    if of not in years(snapshot, committee):
        raise Http404(_no_year(snapshot, committee, of))
    if ending == "json":
        return as_json(as_data(snapshot, year(snapshot, committee, of)))
    text, path = report(snapshot, committee, of), address(committee, of)
    if ending:
        name = f"{system}-{slug}-scrutiny-{of.replace('/', '-')}"
        return published(request, text, ending, name=name)
    return page(
        request, "scrutiny/yearly.jinja", text.title, invented=text.invented,
        crumbs=[
            Crumb(system_name(snapshot, system), f"/{system}/"),
            Crumb("Scrutiny", f"/{system}/scrutiny/"),
        ],
        twins=Twins(f"{path}.json", f"{path}.csv"), blocks=on_page(text),
        forms=[(form.called, f"{path}.{word}") for word, form in FORMS.items() if word != "html"],
        others=[each for each in links(snapshot, committee) if each.path != f"{path}/"],
        committee=Link(body.name, path_of(committee)), system=system,
    )  # fmt: skip


def address(committee: str, of: str) -> str:
    """Where the report of a year is, without its ending."""
    return f"/{committee}/{WORD}/{of.replace('/', '-')}"


def links(snapshot: Snapshot, committee: str) -> list[Link]:
    """The annual reports of a committee, the latest first."""
    return [
        Link(f"{snapshot.name(committee)}, {of}", f"{address(committee, of)}/")
        for of in years(snapshot, committee)
    ]


def _no_year(snapshot: Snapshot, committee: str, of: str) -> str:
    have = ", ".join(years(snapshot, committee)).replace("/", "-") or "no year"
    return (
        f"Nothing that {snapshot.name(committee)} did in {of.replace('/', '-')} is on record on "
        f"this day. On record: {have}."
    )


def as_data(snapshot: Snapshot, found: Year) -> dict[str, Any]:
    """A year of a committee for a program to read."""
    on = snapshot.as_at
    return {
        "committee": found.committee, "year": found.of, "as_at": on.isoformat(),
        "summary": in_short(found, on),
        "recommendations": [
            {
                "id": name, "what": each.name, "to": each.made_to(snapshot.name),
                "made": each.made, "response": state_of(found.owed.get(name), on),
                "measure": each.measure,
            }
            for name, each in found.recommendations
        ],
        "requests": [name for name, _ in found.requests],
        "reviews": [name for name, _ in found.reviews],
        "work_programme": [name for name, _ in found.programme],
        "changes": [name for name, _ in found.changes],
        "benefits": [
            {"benefit": each, "shown": shown(snapshot, found, each)} for each in BENEFITS
        ],
    }  # fmt: skip
