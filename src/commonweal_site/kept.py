"""Whole pages kept for anonymous readers, until the record, ledger, figures or code change."""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from threading import Lock, Thread
from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.template import engines
from django.utils.cache import patch_vary_headers

from commonweal.record.snapshot import Snapshot
from commonweal.statute import StatuteError

from .day import today
from .later import import_now
from .money.reading import newest_import
from .outcomes.newest import newest
from .record import shelf

_MOST_BYTES = 96 * 2**20
_WORTH_COMPRESSING = 500
UNKEPT = ("/status", "/accounts/", "/edit/", "/desk/")
"""Paths whose pages are made anew each time."""


class Kept(NamedTuple):
    """A page as kept: its headers, its body, the body compressed, and its mark."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    compressed: bytes
    mark: str


class Pages:
    """Pages by address and state of the record; the one least asked for goes first."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self.most = most
        self.size = 0
        self._pages: OrderedDict[tuple[Any, ...], Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[Any, ...]) -> Kept | None:
        with self._lock:
            if found := self._pages.get(key):
                self._pages.move_to_end(key)
            return found

    def put(self, key: tuple[Any, ...], page: Kept) -> None:
        with self._lock:
            if old := self._pages.pop(key, None):
                self.size -= _weight(old)
            self._pages[key] = page
            self.size += _weight(page)
            while self.size > self.most and self._pages:
                _, gone = self._pages.popitem(last=False)
                self.size -= _weight(gone)


def _weight(page: Kept) -> int:
    return len(page.body) + len(page.compressed)


def _code_version() -> str:
    """A hash of the code and templates that this process runs."""
    found = sha256()
    for file in sorted(Path(__file__).resolve().parents[1].rglob("*")):
        if file.suffix in {".py", ".jinja", ".yaml", ".css"}:
            found.update(file.read_bytes())
    return found.hexdigest()


class KeptPages:
    """Answers an anonymous reader from the pages kept, and keeps those it had to make."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages = Pages()
        self.code = _code_version()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _anonymous(request):
            return self.get_response(request)
        host = split_domain_port(request.get_host())
        figures = newest()
        state = (
            shelf.SHELF.book.head.hash, newest_import(), figures and figures.number, self.code,
        )  # fmt: skip
        key = (request.scheme, host, request.get_full_path(), today(), *state)
        if (page := self.pages.get(key)) is None:
            answer = self.get_response(request)
            if not _may_keep(answer):
                return answer
            page = _kept(answer)
            self.pages.put(key, page)
        return _answer(request, page)


def _anonymous(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith(UNKEPT)
    )


def _may_keep(answer: HttpResponse) -> bool:
    """Whether the next reader may be given the same."""
    fleeting = "no-store" in answer.headers.get("Cache-Control", "")
    return (
        answer.status_code == HTTPStatus.OK
        and not answer.streaming
        and not answer.cookies
        and not fleeting
    )


def _kept(answer: HttpResponse) -> Kept:
    body = answer.content
    compressed = gzip.compress(body, 6, mtime=0) if len(body) > _WORTH_COMPRESSING else b""
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
    answer.headers.setdefault("Cache-Control", "public, no-cache")
    return Kept(tuple(answer.headers.items()), body, compressed, sha256(body).hexdigest()[:24])


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    squeezed = bool(page.compressed) and "gzip" in request.headers.get("Accept-Encoding", "")
    mark = f'W/"{page.mark}"'
    if mark in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304)
        del answer.headers["Content-Type"]
    else:
        answer = HttpResponse(page.compressed if squeezed else page.body)
    for name, value in page.headers:
        if name != "Content-Length" and (
            answer.status_code == HTTPStatus.OK or name != "Content-Type"
        ):
            answer.headers[name] = value
    answer.headers["ETag"] = mark
    if answer.status_code == HTTPStatus.OK:
        answer.headers["Content-Length"] = str(len(answer.content))
        if squeezed:
            answer.headers["Content-Encoding"] = "gzip"
    return answer


def warm(application: WSGIHandler) -> None:
    """Read today's record and make the first page, so that no reader waits; the rest meanwhile."""
    snapshot = shelf.SHELF.snapshot(today())
    snapshot.read()
    _ask_for_the_first_page(application)
    Thread(target=_look_ahead, args=(snapshot,), daemon=True).start()


def _ask_for_the_first_page(application: WSGIHandler) -> None:
    """Which imports the pages that are asked for most, and compiles what all templates share."""
    asked: dict[str, Any] = {"HTTP_HOST": settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"}
    setup_testing_defaults(asked)
    application(asked, lambda *_: bytes).close()  # and what it would say is for nobody


def _look_ahead(snapshot: Snapshot) -> None:
    from .record.search import index
    from .statute.findings import report

    with suppress(StatuteError):
        report(snapshot)
    index(snapshot).like("")
    import_now()
    engine: Any = engines["jinja2"]
    for name in engine.env.list_templates(extensions=["jinja"]):
        engine.env.get_template(name)
