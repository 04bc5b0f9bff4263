"""What each role allows. Nothing is allowed that is not written here."""

from collections.abc import Iterable

from commonweal_site.record.shelf import EVERY
from commonweal_site.viewer import Viewer

ROLES = {
    "editor": "may add, amend, correct and withdraw facts",
    "reader": "sees facts that are not for publication",
    "keeper": "may do all of that, and strike out values for good",
}

EDITS = {"editor", "keeper"}
READS = {"reader", "keeper"}
STRIKES = {"keeper"}


def rights(name: str, grants: Iterable[tuple[str, str]]) -> Viewer:
    """What a person may see and do, from pairs of system and role."""
    held = list(grants)

    def systems(roles: set[str]) -> frozenset[str]:
        return frozenset(system for system, role in held if role in roles)

    return Viewer(name, systems(READS), systems(EDITS), systems(STRIKES))


def where(system: str) -> str:
    """A system as it stands in a sentence."""
    return "every system" if system == EVERY else system
