"""How a page is made: what each is given, its twins as data, and pages for what goes wrong."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from markupsafe import Markup

from commonweal.record.errors import RecordError, UnknownEntity, UnknownKind
from commonweal.record.identifiers import MalformedIdentifier
from commonweal.record.snapshot import Snapshot
from commonweal.statute import StatuteError

from .day import WORTH_A_LOOK, Day, MalformedDay
from .jinja import Crumb
from .outcomes.newest import newest
from .record import shelf
from .viewer import viewer


class Twins(NamedTuple):
    """The same page as data: the addresses of its JSON and CSV, and its feed of changes."""

    json: str = ""
    csv: str = ""
    feed: str = ""


NO_TWINS = Twins()
"""A page that is not given as data."""


def the_day(request: HttpRequest) -> Day:
    """The day a request asks about."""
    day: Day = request.day  # type: ignore[attr-defined]  # set by AskedDay
    return day


def the_snapshot(request: HttpRequest) -> Snapshot:
    """The record on the day asked about, cut to what the viewer may see."""
    day = the_day(request)
    return shelf.SHELF.snapshot(day.as_at, day.known, systems=viewer(request).systems)


def page(
    request: HttpRequest,
    template: str,
    title: str,
    *,
    crumbs: Sequence[Crumb] = (),
    twins: Twins = NO_TWINS,
    invented: bool = False,
    plain: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A whole page.

    title     what stands in the browser's tab and the heading
    crumbs    the way here, the home page first understood
    invented  whether the page is of an invented system, and must say so
    plain     a form or the like, which is of no day: no date control, no permanent address
    """
    day = the_day(request)
    fault: MalformedDay | None = request.day_fault  # type: ignore[attr-defined]  # set by AskedDay
    context = {
        "title": title,
        "day": day,
        "fault": fault,
        "at": day.link,
        "here": request.path,
        "header": header(day, _section(request.path)),
        "footer": footer(day),
        "page_asked": _asked(request),
        "kept_parameters": _kept_parameters(request),
        "crumbs": crumbs,
        "twins": twins,
        "invented": invented,
        "plain": plain,
        "viewer": viewer(request),
        "days_worth_a_look": WORTH_A_LOOK,
        "permanent": request.build_absolute_uri(_permanent(request)),
        **more,
    }
    body = get_template(template).render(context, request)
    return HttpResponse(body, status=400 if fault else status)


# --- the same on every page ----------------------------------------------------------------------

_SECTIONS = ("/who-decides/", "/findings/", "/documents/", "/changes/", "/glossary/", "/about/")


def _section(path: str) -> str:
    """Which part of the menu a page belongs to; the first only has the home page."""
    return next((each for each in _SECTIONS if path.startswith(each)), path if path == "/" else "")


@lru_cache(maxsize=256)
def header(day: Day, section: str) -> Markup:
    """The head of every page. Its search keeps the day."""
    made = get_template("parts/header.jinja").render({"at": day.link, "section": section})
    kept = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in day.query.items()
    )
    return Markup(str(made).replace("novalidate>", f"novalidate>{kept}", 1))  # noqa: S704 - our own


@lru_cache(maxsize=256)
def footer(day: Day) -> Markup:
    """The foot of every page."""
    return Markup(get_template("parts/footer.jinja").render({"at": day.link}))  # noqa: S704 - our own


def _kept_parameters(request: HttpRequest) -> list[tuple[str, str]]:
    """What the date form must carry along."""
    day_fields = ("as_at", "known")
    return [
        (name, value)
        for name, values in request.GET.lists()
        if not name.startswith(day_fields) and name != "page"
        for value in values
    ]


def _asked(request: HttpRequest) -> str:
    """This page's address, whatever its day."""
    others = urlencode(_kept_parameters(request), safe=":/")
    return f"{request.path}?{others}" if others else request.path


def _permanent(request: HttpRequest) -> str:
    """The address of this page as it now reads, whatever is recorded later."""
    day = the_day(request)
    figures = newest()
    last = the_snapshot(request).known
    instant = day.known or (max(last, figures.recorded) if figures else last)
    # With no day for today, the day is always written out.
    return Day(day.as_at, instant, day.as_at.min).link(_asked(request))


def page_number(request: HttpRequest) -> int:
    """Which page of a long list is asked for, from 1."""
    given = request.GET.get("page", "1")
    return min(max(1, int(given)), 10**6) if given.isdecimal() else 1


def page_of[T](found: Sequence[T], number: int, size: int) -> Sequence[T]:
    """One page of a long list."""
    return found[(number - 1) * size : number * size]


# --- twins ---------------------------------------------------------------------------------------


def as_json(data: Any, *, status: int = 200) -> HttpResponse:
    """Data for programs, open to any site."""
    answer = JsonResponse(
        data, safe=False, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def as_csv(name: str, heads: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """A table for spreadsheets, one row a fact."""
    text = io.StringIO()
    writer = csv.DictWriter(text, heads, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({head: _cell(row.get(head)) for head in heads})
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8; header=present")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _cell(value: Any) -> str:
    """A value in one cell. What a spreadsheet would run as a formula is made plain text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    dangerous = isinstance(value, str) and text[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{text}" if dangerous else text


def wants(request: HttpRequest) -> str:
    """The form an address asks for: "json", "csv", "atom" or "html"."""
    last = request.path.rsplit("/", 1)[-1]
    _, dot, ending = last.rpartition(".")
    return ending if dot and ending in {"json", "csv", "atom"} else "html"


# --- what goes wrong -----------------------------------------------------------------------------


class PlainErrors:
    """Turns what the record cannot answer into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, wrong: Exception) -> HttpResponse | None:
        """The page for an error that speaks; others go on to the page for faults of ours."""
        if isinstance(wrong, UnknownEntity | UnknownKind | MalformedIdentifier):
            return not_found(request, str(wrong))
        if isinstance(wrong, RecordError | StatuteError) and not settings.DEBUG:
            return _problem(request, "We could not answer that", str(wrong), 400)
        return None


def not_found(request: HttpRequest, because: str = "") -> HttpResponse:
    """The page for what is not there."""
    said = because or "There is no page at this address. It may have been mistyped or cut short."
    return _problem(request, "Page not found", said, 404)


def _problem(request: HttpRequest, title: str, because: str, status: int) -> HttpResponse:
    if wants(request) != "html":
        return as_json({"error": title, "because": because, "status": status}, status=status)
    return page(request, "problem.jinja", title, status=status, because=because)


def handle_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's page for an unknown address."""
    said = str(exception.args[0]) if isinstance(exception, Http404) and exception.args else ""
    if not hasattr(request, "day"):
        return HttpResponse("Page not found", status=404, content_type="text/plain")
    return not_found(request, said if not said.startswith("{") else "")


def handle_400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's page for a request that makes no sense."""
    return HttpResponse(
        "This request cannot be understood. Go to the home page and try again.",
        status=400,
        content_type="text/plain; charset=utf-8",
    )


def handle_500(request: HttpRequest) -> HttpResponse:
    """Django's page for a fault of ours. It reads nothing, so that it cannot fail too."""
    body = get_template("fault.jinja").render({})
    return HttpResponse(body, status=500)
