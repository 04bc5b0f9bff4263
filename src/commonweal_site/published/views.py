"""The published documents on the site: each as a page, and in every other form."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.record.errors import UnknownEntity
from commonweal.record.manuscript import Heading, Manuscript
from commonweal.record.snapshot import Snapshot
from commonweal_site.day import MalformedDay
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, page, the_day, the_snapshot
from commonweal_site.record import shelf
from commonweal_site.record.entity import absent, crumbs
from commonweal_site.record.presenting import path_of, system_name
from commonweal_site.viewer import viewer

from .documents import About, about_body, about_system, changed, document
from .forms import FORMS, on_page, published
from .named import links

_MANY = 3
"""A page with more headings than this lists them at its top."""


class Asked(NamedTuple):
    """What was asked for: an address without its ending, the document's word, the form, of what."""

    path: str
    word: str
    ending: str
    entity: str


def of_system(
    request: HttpRequest, system: str, word: str, ending: str | None = None
) -> HttpResponse:
    """A document of a system."""
    asked = Asked(f"/{system}/{word}", word, ending or "", f"{system}/area/system")
    return _answer(request, asked, partial(_system, system=system))


def of_body(
    request: HttpRequest, system: str, slug: str, word: str, ending: str | None = None
) -> HttpResponse:
    """A document of a body."""
    body = f"{system}/body/{slug}"
    return _answer(
        request, Asked(f"/{body}/{word}", word, ending or "", body), partial(_body, body=body)
    )


def _system(snapshot: Snapshot, *, system: str) -> About:
    return about_system(snapshot, system)


def _body(snapshot: Snapshot, *, body: str) -> About:
    return about_body(snapshot, body)


def _answer(request: HttpRequest, asked: Asked, find: Callable[[Snapshot], About]) -> HttpResponse:
    snapshot = the_snapshot(request)
    try:
        about = find(snapshot)
    except UnknownEntity:
        return absent(request, snapshot, asked.entity)
    since = _since(request)
    if since is not None:
        then = shelf.SHELF.snapshot(since, the_day(request).known, systems=viewer(request).systems)
        text = changed(then, snapshot, asked.word, find)
    else:
        query = urlencode(the_day(request).query, safe=":/")
        text = document(snapshot, asked.word, about, addresses=SiteAddresses(query))
    if asked.ending:
        name = f"{asked.path.strip('/').replace('/', '-')}-{snapshot.as_at.isoformat()}"
        return published(request, text, asked.ending, name=name)
    return _page(request, asked, text, about, since)


def _since(request: HttpRequest) -> date | None:
    given = request.GET.get("since", "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise MalformedDay(f"‘{given}’ is not a day. Write it like 2025-04-01.", "as_at") from None


def _page(
    request: HttpRequest, asked: Asked, text: Manuscript, about: About, since: date | None
) -> HttpResponse:
    snapshot, path = the_snapshot(request), asked.path
    kept = f"?since={since.isoformat()}" if since else ""
    blocks = on_page(text)
    heads = [each for each in blocks if isinstance(each, Heading) and each.level == 1]
    return page(
        request, "published/document.jinja", text.title,
        crumbs=_crumbs(snapshot, about),
        twins=Twins(f"{path}.json{kept}", f"{path}.csv{kept}"),
        invented=text.invented,
        blocks=blocks, heads=heads if len(heads) > _MANY else [],
        path=path, since=since,
        forms=[(form.called, f"{path}.{ending}{kept}") for ending, form in FORMS.items()
               if ending != "html"],
        others=[each for each in links(path.rsplit("/", 1)[0], whole=about.whole)
                if each[1] != f"{path}/"],
    )  # fmt: skip


def _crumbs(snapshot: Snapshot, about: About) -> list[Crumb]:
    system = about.entity.split("/", 1)[0]
    if about.whole:
        return [Crumb(system_name(snapshot, system), f"/{system}/")]
    return [
        *crumbs(snapshot, about.entity),
        Crumb(snapshot.name(about.entity), path_of(about.entity)),
    ]
