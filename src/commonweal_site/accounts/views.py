"""Signing in and out, and a person's own account."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from commonweal_site.pages import page
from commonweal_site.viewer import PUBLIC, viewer

from . import limits, people
from .roles import ROLES, where
from .viewing import begin

_LONGEST = 150
_NOT_KEPT = {"csrfmiddlewaretoken", "step"}

type Typed = list[tuple[str, str]]
"""What somebody typed into a form: names and values, in order."""


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form to sign in with, and signing in."""
    onward = own_path(request.POST.get("next") or request.GET.get("next"))
    if request.method != "POST":
        return _ask(request, onward)
    name = request.POST.get("username", "").strip().lower()[:_LONGEST]
    password = request.POST.get("password", "")
    kept = _unpacked(request.POST.get("kept", ""))
    if errors := _missing(name, password):
        return _ask(request, onward, name=name, kept=kept, errors=errors)
    if why := limits.stopped(request, name):
        return locked_out(request, why=why)
    user = None if "\x00" in name else authenticate(request, username=name, password=password)
    if user is None:
        # The same words whether or not anybody has that name.
        wrong = {"username": "The name or the password is not right. Check both, then try again."}
        return _ask(request, onward, name=name, kept=kept, errors=wrong)
    request.session.clear_expired()
    login(request, user)
    begin(request)
    answer = carry_on(request, onward, kept) if kept else HttpResponseRedirect(onward)
    limits.remember(request, answer, name)
    return answer


def _missing(name: str, password: str) -> dict[str, str]:
    given = {"username": name, "password": password}
    asked = {"username": "Enter your name.", "password": "Enter your password."}
    return {field: words for field, words in asked.items() if not given[field]}


def _ask(
    request: HttpRequest,
    onward: str,
    *,
    name: str = "",
    kept: Typed | None = None,
    errors: dict[str, str] | None = None,
    ended: bool = False,
) -> HttpResponse:
    return page(
        request, "accounts/sign_in.jinja", "Sign in", plain=True, onward=onward, name=name,
        kept=json.dumps(kept) if kept else "", errors=errors or {}, ended=ended,
        status=403 if ended else 200,
    )  # fmt: skip


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """What somebody who has not signed in gets instead of a page for officers.

    A form sent after the session ended is kept in the page, so that nothing typed is lost.
    """
    if request.method == "POST":
        return _ask(request, own_path(request.path), kept=typed(request), ended=True)
    asked = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('sign-in')}?{asked}")


def typed(request: HttpRequest) -> Typed:
    """What a form carries, apart from its token and the button pressed."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _NOT_KEPT
        for value in values
    ]


def _unpacked(kept: str) -> Typed:
    try:
        return [(str(name), str(value)) for name, value in json.loads(kept)] if kept else []
    except (ValueError, TypeError):
        return []


def carry_on(request: HttpRequest, path: str, kept: Typed) -> HttpResponse:
    """Hands back what was typed before the session ended. Nothing is written by it."""
    return page(
        request, "accounts/carry_on.jinja", "Carry on where you were", plain=True, path=path,
        kept=kept,
    )  # fmt: skip


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: made in an earlier session, or by another site."""
    if not request.path.startswith(reverse("edit")):
        return page(request, "accounts/refused.jinja", "That form is out of date", plain=True,
                    status=403, path=own_path(request.path))  # fmt: skip
    answer = carry_on(request, request.path, typed(request))
    answer.status_code = 403
    return answer


def own_path(path: str | None) -> str:
    """A path on this site; the account page for anything else."""
    home = reverse("account")
    if not path or not path.startswith("/"):
        return home
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else home


def locked_out(
    request: HttpRequest,
    answer: HttpResponse | None = None,
    credentials: Any = None,
    *,
    why: str = "",
) -> HttpResponse:
    """The page for too many tries. It is the same for names that nobody has."""
    tries = f"Signing in with that name from here failed {settings.AXES_FAILURE_LIMIT} times"
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    refused = page(request, "accounts/locked.jinja", "Too many tries", plain=True, status=429,
                   why=why or tries, minutes=minutes)  # fmt: skip
    refused.headers["Retry-After"] = str(minutes * 60)
    return refused


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/")


def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and what they may do where."""
    if viewer(request) == PUBLIC:
        return ask_to_sign_in(request)
    me = people.person(request.user.get_username())
    roles = [(where(system), role, ROLES[role]) for system, role in me.roles]
    return page(request, "accounts/account.jinja", "Your account", plain=True, roles=roles,
                changed="changed" in request.GET)  # fmt: skip


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Choose another password; other sessions of the same person end."""
    if viewer(request) == PUBLIC:
        return ask_to_sign_in(request) if request.method != "POST" else _ask(request, "/")
    user = User.objects.get_by_natural_key(viewer(request).name)
    form = PasswordChangeForm(user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        return HttpResponseRedirect(f"{reverse('account')}?changed")
    errors = {name: " ".join(map(str, said)) for name, said in form.errors.items()}
    return page(request, "accounts/password.jinja", "Change your password", plain=True,
                errors=errors)  # fmt: skip
