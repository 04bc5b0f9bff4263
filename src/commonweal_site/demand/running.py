"""The page of a longer run: it is begun there, watched, stopped, and shown once it is whole."""

from collections import deque
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from commonweal_site.accounts.viewing import address
from commonweal_site.jinja import Crumb
from commonweal_site.pages import as_json, page, wants
from commonweal_site.viewer import viewer

from . import runs
from .asked import Looked, looked
from .planner import Found, find, scenario_data, shown_page
from .runs import Wanted

PUBLIC, SIGNED_IN = 1_000, 20_000
"""The most futures that anybody, and that somebody who has signed in, may have drawn."""

AT_ONCE, AN_HOUR = 2, 30
"""Runs under way at a time, and begun from one address within an hour."""

_BEGUN: deque[tuple[datetime, str]] = deque(maxlen=10_000)
_LOCK = Lock()


class Asked(NamedTuple):
    """What run is asked for; with faults there is none."""

    look: Looked
    draws: int
    seed: int
    faults: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A run of a scenario as the address has it: to be begun, under way, ended, or shown."""
    found = find(request, system, slug)
    if isinstance(found, HttpResponse):
        return found
    asked = _asked(request, found)
    if asked.faults:
        return _wrong(request, found, asked)
    wanted = Wanted(found.on, asked.look.changed.scenario, asked.seed, asked.draws)
    if request.method == "POST":
        return _posted(request, found, asked, wanted)
    if wants(request) == "json":
        return _as_data(found, asked, wanted)
    made = runs.result(wanted)
    if made is not None:
        return shown_page(
            request, found, looked(request.GET, found.on, found.named, made),
            run={"key": wanted.key, "seed": asked.seed, "draws": asked.draws,
                 "query": _query(request)},
        )  # fmt: skip
    return _progress(request, found, asked, wanted)


def _asked(request: HttpRequest, found: Found) -> Asked:
    look = looked(request.GET, found.on, found.named, only_changed=True)
    most = SIGNED_IN if viewer(request).name else PUBLIC
    draws, no_draws = _number(request.GET, "draws", found.named.draws, most)
    seed, no_seed = _number(request.GET, "seed", found.named.seed, 10**9)
    none = "" if draws else "At least 1 future is drawn."
    faults = (*look.faults, *filter(None, (no_draws, no_seed, none)))
    return Asked(look, draws, seed, faults)


def _number(query: QueryDict, name: str, own: int, most: int) -> tuple[int, str]:
    """A whole number from the address, else its own; and what is wrong with it."""
    given = query.get(name, "").strip().replace(",", "")
    if not given:
        return own, ""
    if given.isascii() and given.isdigit() and int(given[:12]) <= most:
        return int(given[:12]), ""
    more = " Those who have signed in may draw more." if most == PUBLIC else ""
    what = "How many futures" if name == "draws" else "Seed"
    return own, (
        f"{what}: ‘{given[:20]}’ cannot be used. Give a whole number up to {most:,}.{more}"
    )


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("still", None)
    return f"?{kept.urlencode()}" if kept else ""


def _posted(request: HttpRequest, found: Found, asked: Asked, wanted: Wanted) -> HttpResponse:
    here = f"{found.path}/run/{_query(request)}"
    if request.POST.get("do") == "stop":
        runs.stop(wanted)
        return HttpResponseRedirect(here)
    now = runs.standing(wanted)
    if now is None or now.standing not in {"running", "done"}:
        if busy := _busy(request):
            return _progress(request, found, asked, wanted, busy=busy)
        runs.begin(wanted)
    return HttpResponseRedirect(here)


def _busy(request: HttpRequest) -> str:
    """Why a run cannot be begun now; empty: it can."""
    if runs.under_way() >= AT_ONCE:
        return f"{AT_ONCE} runs are under way, which is all at a time. Try again in a minute."
    since, who = datetime.now(UTC) - timedelta(hours=1), address(request)
    with _LOCK:
        while _BEGUN and _BEGUN[0][0] < since:
            _BEGUN.popleft()
        if sum(each == who for _, each in _BEGUN) >= AN_HOUR:
            return f"{AN_HOUR} runs were begun from your address within an hour. Try again later."
        _BEGUN.append((datetime.now(UTC), who))
    return ""


def _wrong(request: HttpRequest, found: Found, asked: Asked) -> HttpResponse:
    if wants(request) == "json":
        return as_json({"fault": " ".join(asked.faults)}, status=400)
    return page(
        request, "demand/run.jinja", f"{found.named.name}: a run", status=400,
        **_context(request, found, asked), state=None, wanted=None, busy="", faults=asked.faults,
        here="", moved=(),
    )  # fmt: skip


def _context(request: HttpRequest, found: Found, asked: Asked) -> dict[str, Any]:
    most = SIGNED_IN if viewer(request).name else PUBLIC
    return {
        "crumbs": [*found.crumbs, Crumb(found.named.name, f"{found.path}/")],
        "invented": found.system in found.snapshot.invented, "plain": True,
        "path": found.path, "asked": asked, "named": found.named, "most": most,
    }  # fmt: skip


def _progress(
    request: HttpRequest, found: Found, asked: Asked, wanted: Wanted, *, busy: str = ""
) -> HttpResponse:
    state = runs.standing(wanted)
    answer = page(
        request, "demand/run.jinja", f"{found.named.name}: a run",
        status=429 if busy else 200, **_context(request, found, asked), state=state, wanted=wanted,
        busy=busy, faults=(), here=f"{found.path}/run/{_query(request)}",
        moved=asked.look.changed.moved,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    running = state is not None and state.standing == "running"
    if running and "still" not in request.GET:
        answer.headers["Refresh"] = "3"
    return answer


def _as_data(found: Found, asked: Asked, wanted: Wanted) -> HttpResponse:
    state = runs.standing(wanted)
    told = {
        "key": wanted.key, "draws": asked.draws, "seed": asked.seed,
        "standing": state.standing if state else "not begun",
        "areas_done": state.done if state else 0,
        "areas": len(found.on.held.inputs.rates.areas),
        "why": (state.why or None) if state else None,
    }  # fmt: skip
    made = runs.result(wanted)
    if made is None:
        answer = as_json(told | {"result": None})
        answer.headers["Cache-Control"] = "no-store"
        return answer
    look = looked(asked.look.as_query, found.on, found.named, made)
    return as_json(told | {"result": look.shown and scenario_data(found, look, look.shown)})
