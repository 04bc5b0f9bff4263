"""The published documents on the site: each as a page, and in every other form."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.money.reports.due import span
from commonweal.record.errors import UnknownEntity
from commonweal.record.manuscript import Block, Heading, Manuscript
from commonweal.record.snapshot import Snapshot
from commonweal_site.day import MalformedDay
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.jinja import Crumb
from commonweal_site.money.ledger_pages import the_reading
from commonweal_site.pages import Twins, page, the_day, the_snapshot
from commonweal_site.record import shelf
from commonweal_site.record.entity import absent, crumbs
from commonweal_site.record.presenting import path_of, system_name
from commonweal_site.viewer import viewer

from .documents import About, about_body, about_system, changed, document
from .forms import FORMS, on_page, published
from .funds import fund_links, report_on
from .named import REPORTS, links, report_links

_ON_MONEY = frozenset({"money", *REPORTS})
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


def report_of_system(
    request: HttpRequest, system: str, word: str, ending: str | None = None
) -> HttpResponse:
    """A report on the money of a system."""
    asked = Asked(f"/{system}/money/{word}", word, ending or "", f"{system}/area/system")
    return _answer(request, asked, partial(_system, system=system))


def report_of_body(
    request: HttpRequest, system: str, slug: str, word: str, ending: str | None = None
) -> HttpResponse:
    """A report on the money of a body."""
    body = f"{system}/body/{slug}"
    asked = Asked(f"/{body}/money/{word}", word, ending or "", body)
    return _answer(request, asked, partial(_body, body=body))


def of_fund(
    request: HttpRequest,
    system: str,
    slug: str,
    year: str,
    *,
    quarter: str = "",
    ending: str | None = None,
) -> HttpResponse:
    """The report on a fund for a quarter or a year."""
    snapshot, fund = the_snapshot(request), f"{system}/fund/{slug}"
    if snapshot.get(fund) is None:
        return absent(request, snapshot, fund)
    of = span(year.replace("-", "/"), int(quarter or 0))
    text = report_on(snapshot, fund, of, the_reading(request, snapshot, system))
    path = f"/{of.address(fund)}".rstrip("/")
    if ending:
        name = f"{path.strip('/').replace('/', '-')}-{snapshot.as_at.isoformat()}"
        return published(request, text, ending, name=name)
    blocks = on_page(text)
    others = [each for each in fund_links(fund, of.year) if each[1] != f"{path}/"]
    return page(
        request, "published/document.jinja", text.title,
        crumbs=[*crumbs(snapshot, fund), Crumb(snapshot.name(fund), path_of(fund))],
        twins=Twins(f"{path}.json", f"{path}.csv"), invented=text.invented,
        blocks=blocks, heads=_heads(blocks), path=path, since=None, compares=False,
        forms=_forms(path), others=others, reports=report_links(f"/{system}"),
    )  # fmt: skip


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
    top = path.rsplit("/", 2)[0] if asked.word in REPORTS else path.rsplit("/", 1)[0]
    return page(
        request, "published/document.jinja", text.title,
        crumbs=_crumbs(snapshot, about),
        twins=Twins(f"{path}.json{kept}", f"{path}.csv{kept}"),
        invented=text.invented,
        blocks=blocks, heads=_heads(blocks), path=path, since=since, compares=True,
        forms=_forms(path, kept),
        others=[each for each in links(top, whole=about.whole) if each[1] != f"{path}/"],
        reports=[each for each in report_links(top) if each[1] != f"{path}/"]
        if asked.word in _ON_MONEY else [],
    )  # fmt: skip


def _heads(blocks: Sequence[Block]) -> list[Heading]:
    found = [each for each in blocks if isinstance(each, Heading) and each.level == 1]
    return found if len(found) > _MANY else []


def _forms(path: str, kept: str = "") -> list[tuple[str, str]]:
    return [
        (form.called, f"{path}.{ending}{kept}")
        for ending, form in FORMS.items()
        if ending != "html"
    ]


def _crumbs(snapshot: Snapshot, about: About) -> list[Crumb]:
    system = about.entity.split("/", 1)[0]
    if about.whole:
        return [Crumb(system_name(snapshot, system), f"/{system}/")]
    return [
        *crumbs(snapshot, about.entity),
        Crumb(snapshot.name(about.entity), path_of(about.entity)),
    ]
