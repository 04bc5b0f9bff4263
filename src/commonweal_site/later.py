"""Pages whose code is imported when the first of them is asked for, so that the site starts soon.

Charts, spreadsheets and calendars rest on large packages, which most readers never need.
"""

from collections.abc import Callable
from importlib import import_module
from threading import RLock

from django.http import HttpRequest, HttpResponse

VIEWS: dict[tuple[str, str], None] = {}
"""Every view to be imported later, by module and name."""

_turn = RLock()


class Later:
    """A module of pages.

    planner = Later("commonweal_site.demand.planner")
    path("demand/", planner.index)
    """

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[..., HttpResponse]:
        """The view of that name; where it is a class, an object of it answers."""
        VIEWS[self._module, name] = None

        def view(request: HttpRequest, **parts: object) -> HttpResponse:
            found = imported(self._module, name)
            page: Callable[..., HttpResponse] = found() if isinstance(found, type) else found
            return page(request, **parts)

        return view


def imported(module: str, name: str) -> Callable[..., HttpResponse]:
    """A view itself. One thread imports at a time: of two, each might wait for the other's half."""
    with _turn:
        found: Callable[..., HttpResponse] = getattr(import_module(module), name)
    return found


def import_now() -> None:
    """Import every view that is still to be imported."""
    for each in VIEWS:
        imported(*each)
