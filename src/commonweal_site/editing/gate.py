"""Who may open a page of the editing rooms. Nothing is reached but through here."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal_site.accounts.roles import where
from commonweal_site.accounts.views import ask_to_sign_in
from commonweal_site.pages import page
from commonweal_site.viewer import PUBLIC, Viewer, viewer

type View = Callable[..., HttpResponse]
type May = Callable[[Viewer, str], bool]


def anybody_signed_in(who: Viewer, entity: str) -> bool:
    """Everybody with an account, whatever their roles."""
    return bool(who.name)


def an_editor(who: Viewer, entity: str) -> bool:
    """Those who may change the record of the system."""
    return who.may_propose(entity)


def a_keeper(who: Viewer, entity: str) -> bool:
    """Those who may strike out values in the system."""
    return who.may_strike(entity)


def gate(view: View, may: May) -> View:
    """A view for those who may.

    The public are asked to sign in, others told what they lack, whether or not the entity exists.
    """

    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        who = viewer(request)
        if who == PUBLIC:
            return ask_to_sign_in(request)
        system = parts.get("system") or _asked_system(request)
        if not may(who, f"{system}/"):
            return refused(request, system, keeper=may is a_keeper)
        return view(request, **parts)

    guarded.may = may  # type: ignore[attr-defined]  # so that a test can ask
    return guarded


def _asked_system(request: HttpRequest) -> str:
    asked = request.POST if request.method == "POST" else request.GET
    return asked.get("system", "")


def refused(request: HttpRequest, system: str, *, keeper: bool) -> HttpResponse:
    """The page for somebody who lacks the role."""
    who = viewer(request)
    edits = sorted(where(each) for each in who.edits)
    return page(
        request, "editing/refused.jinja", "You may not do this", plain=True, status=403,
        system=system, keeper=keeper, edits=edits,
    )  # fmt: skip
