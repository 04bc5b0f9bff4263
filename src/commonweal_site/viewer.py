"""Who is looking, and what that lets them see and propose."""

from typing import NamedTuple

from django.http import HttpRequest

from .record.shelf import EVERY


class Viewer(NamedTuple):
    """Somebody looking at the site.

    name     what to call a person who has signed in; empty for the public
    systems  systems whose exempt facts they may see
    edits    systems to whose record they may propose changes
    strikes  systems in whose record they may strike out values
             (in each of the three, `*` stands for every system)
    """

    name: str = ""
    systems: frozenset[str] = frozenset()
    edits: frozenset[str] = frozenset()
    strikes: frozenset[str] = frozenset()

    def may_propose(self, entity: str) -> bool:
        """Whether they may propose a change to an entity."""
        return _covers(self.edits, entity)

    def may_strike(self, entity: str) -> bool:
        """Whether they may strike out values of an entity."""
        return _covers(self.strikes, entity)

    def may_read(self, entity: str) -> bool:
        """Whether they may see an entity although it is not for publication."""
        return _covers(self.systems, entity)


def _covers(systems: frozenset[str], entity: str) -> bool:
    return EVERY in systems or entity.split("/", 1)[0] in systems


PUBLIC = Viewer()


def viewer(request: HttpRequest) -> Viewer:
    """The viewer of a request: the public, unless signing in has said otherwise."""
    found: Viewer = getattr(request, "viewer", PUBLIC)
    return found
