"""Says of each request who is looking, and ends sessions that have lasted long enough."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from commonweal_site.viewer import PUBLIC, Viewer

from .models import Grant
from .roles import rights

_TOUCH_EVERY = 300
"""Seconds between two prolongings of a session, so that reading does not mean writing."""


class Viewing:
    """Sets `request.viewer`. Roles are read anew each time: what is revoked ends at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = _viewer(request)  # type: ignore[attr-defined]  # ours to add
        answer = self.get_response(request)
        if request.viewer != PUBLIC or request.session.accessed:  # type: ignore[attr-defined]  # ours
            patch_cache_control(answer, private=True, no_store=True)
            patch_vary_headers(answer, ["Cookie"])
        return answer


def begin(request: HttpRequest) -> None:
    """Start the clock of a session that has just been signed in to."""
    request.session["began"] = request.session["touched"] = int(time.time())


def _viewer(request: HttpRequest) -> Viewer:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return PUBLIC
    if not request.user.is_authenticated:
        return PUBLIC
    now = int(time.time())
    if now - request.session.get("began", 0) > settings.SESSION_AT_MOST:
        logout(request)
        return PUBLIC
    if now - request.session.get("touched", 0) > _TOUCH_EVERY:
        request.session["touched"] = now
    grants = Grant.objects.filter(user_id=request.user.pk).values_list("system", "role")
    return rights(request.user.get_username(), grants)


def address(request: HttpRequest) -> str:
    """The address a request came from, looking past as many proxies as are trusted."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    passed = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    hops = settings.PROXIES
    return passed[-hops] if hops and len(passed) >= hops and passed[-hops] else seen
