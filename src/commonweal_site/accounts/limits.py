"""Limits on wrong tries to sign in, beyond those of one name from one address.

One name from one address is stopped after a few wrong tries (by django-axes). That alone lets many
addresses try one name, and one address try many names. So a name is stopped for everybody after
more tries from several addresses, and an address for every name. What is stopped is not tried, so
nothing is added to the count and it ends by itself when the tries are old enough.

A stop by name could shut an officer out while somebody else goes on trying. A browser from which
that officer has signed in before carries a signed mark and is not held to it.
"""

from collections.abc import Iterable
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .viewing import address

MARK = "commonweal_known"
"""The cookie that says who has signed in from this browser."""

_SALT = "commonweal_site.accounts.known"


def stopped(request: HttpRequest, name: str) -> str:
    """Why signing in under that name, from there, is stopped for now; empty: it is not."""
    recent = AccessAttempt.objects.filter(
        attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    if _tries(recent.filter(ip_address=address(request)), "username") >= settings.TRIES_AN_ADDRESS:
        return "Too many tries to sign in came from your address"
    tries = _tries(recent.filter(username=name), "ip_address")
    if tries >= settings.TRIES_A_NAME and not _known(request, name):
        return "Too many tries to sign in with that name failed"
    return ""


def _tries(attempts: Any, each: str) -> int:
    """Wrong tries, those by which one name from one address was already stopped counted no higher.

    So no single address can stop a name for others.
    """
    found: Iterable[int] = (
        attempts.values_list(each)
        .annotate(n=Sum("failures_since_start"))
        .values_list("n", flat=True)
    )
    return sum(min(number, settings.AXES_FAILURE_LIMIT) for number in found)


def remember(request: HttpRequest, answer: HttpResponse, name: str) -> None:
    """Mark the browser as one from which this person has signed in."""
    answer.set_cookie(
        MARK, signing.dumps(name, salt=_SALT), max_age=settings.KNOWN_FOR, path=request.path,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip


def _known(request: HttpRequest, name: str) -> bool:
    try:
        marked = signing.loads(
            request.COOKIES.get(MARK, ""), salt=_SALT, max_age=settings.KNOWN_FOR
        )
    except signing.BadSignature:
        return False
    return bool(marked == name)
