"""Whether two areas are the same land: worked out from containment, never from names."""

from typing import Literal, NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import listed

from .containment import Lie, parts, wholes
from .facts import Area


class Compared(NamedTuple):
    """Two areas compared.

    outcome  the same, not the same, or cannot tell: the record is silent
    because  one plain sentence
    through  the containment facts it rests on
    """

    outcome: Literal["the same", "not the same", "cannot tell"]
    because: str
    through: tuple[str, ...] = ()


def compared(snapshot: Snapshot, first: str, second: str) -> Compared:
    """Whether two areas are coterminous.

    The same: each lies wholly in the other, or both are divided into the very same parts. Not the
    same: one lies only partly in the other, or has a part that the other, so divided, has not.
    """
    if first == second:
        return Compared("the same", "They are one area.")
    there = wholes(snapshot, first).get(second)
    back = wholes(snapshot, second).get(first)
    lies = [lie for lie in (there, back) if lie]
    through = tuple(name for lie in lies for name in lie.through)
    if len(lies) == 2 and all(lie.extent == "whole" for lie in lies):  # noqa: PLR2004  # there and back
        return Compared("the same", "Each lies wholly in the other.", through)
    for inner, outer, lie in ((first, second, there), (second, first, back)):
        if lie is not None and lie.extent == "part":
            because = f"Only part of {_called(snapshot, inner)} lies in {_called(snapshot, outer)}."
            return Compared("not the same", because, lie.through)
    return _by_parts(snapshot, first, second) or _silent(lies, through)


def _by_parts(snapshot: Snapshot, first: str, second: str) -> Compared | None:
    """By parts of one type into which both are divided; none if there is no such type."""
    mine, theirs = _divided(snapshot, first), _divided(snapshot, second)
    for kind in sorted(mine.keys() & theirs.keys()):
        one, other = mine[kind], theirs[kind]
        through = tuple(
            dict.fromkeys(n for lie in (*one.values(), *other.values()) for n in lie.through)
        )
        if one.keys() == other.keys():
            names = listed(snapshot.name(name) for name in one)
            return Compared(
                "the same", f"Both are divided into the same {kind}s: {names}.", through
            )
        for name, odd in ((first, one.keys() - other.keys()), (second, other.keys() - one.keys())):
            if odd:
                extra = listed(snapshot.name(each) for each in sorted(odd))
                because = f"{_called(snapshot, name)} also holds the {kind} {extra}."
                return Compared("not the same", because, through)
    return None


def _called(snapshot: Snapshot, area: str) -> str:
    """Its name and type, for areas of several types may bear one name."""
    return f"{snapshot.name(area)} ({snapshot.all(Area)[area].type})"


_DIVISIONS = ("sub-area", "place", "council area", "district", "commissioning group area")
"""Types whose areas divide a larger one between them. Clusters and networks may leave land out."""


def _divided(snapshot: Snapshot, area: str) -> dict[str, dict[str, Lie]]:
    """The parts of an area that lie wholly in it, by type."""
    found: dict[str, dict[str, Lie]] = {}
    areas = snapshot.all(Area)
    for name, lie in parts(snapshot, area).items():
        if lie.extent == "whole" and areas[name].type in _DIVISIONS:
            found.setdefault(areas[name].type, {})[name] = lie
    own = areas.get(area)
    if own is not None and own.type in _DIVISIONS:
        found.setdefault(own.type, {})[area] = Lie(area, "whole", ())
    return found


def _silent(lies: list[Lie], through: tuple[str, ...]) -> Compared:
    if lies:
        return Compared(
            "cannot tell",
            "One lies in the other; the record does not say it is all of it.",
            through,
        )
    return Compared("cannot tell", "The record does not say how the two lie to each other.")
