"""Who sits on a board, which seats fill what is asked for, what is vacant, what not recorded."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from commonweal.areas.containment import touches, within
from commonweal.record.facts import Source
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned, sources_of, stands
from commonweal.statute.rule import rule

from .facts import Appointment, Body, Category, Post, Seat, Vacancy

type NamedBody = tuple[str, Body]

_BEGUN = frozenset({"statutory", "existing", "not stated"})
_COMING = frozenset({"proposed", "shadow", "designate"})


class Sitting(NamedTuple):
    """One seat, who holds it, and whether it is on record as vacant."""

    name: str
    seat: Seat
    held_by: tuple[tuple[str, Appointment], ...]
    vacancy: str | None

    @property
    def sits(self) -> bool:
        """Counts as a member: the seat stands and nobody has recorded that it is vacant."""
        return stands(self.seat) and self.vacancy is None


@remembered
def bodies_by_type(snapshot: Snapshot) -> Mapping[str, list[NamedBody]]:
    """Every body on the day, by type."""
    found: dict[str, list[NamedBody]] = {}
    for name, body in snapshot.all(Body).items():
        found.setdefault(body.type, []).append((name, body))
    return found


def boards(snapshot: Snapshot) -> Iterator[NamedBody]:
    """The integrated care boards of the day: those that exist in law."""
    for name, body in bodies_by_type(snapshot).get("integrated care board", ()):
        if stands(body) and body.stage in _BEGUN:
            yield name, body


def boards_and_coming(snapshot: Snapshot) -> Iterator[NamedBody]:
    """The integrated care boards of the day, and those proposed, in shadow or designate."""
    for name, body in bodies_by_type(snapshot).get("integrated care board", ()):
        if body.stage != "dissolved" and (stands(body) or planned(body)):
            yield name, body


def is_coming(body: Body) -> bool:
    """Not yet a body in law."""
    return planned(body) or body.stage in _COMING


def real_boards(snapshot: Snapshot) -> dict[str, Body]:
    """The boards of the day, invented systems left out."""
    return {n: b for n, b in boards(snapshot) if n.partition("/")[0] not in snapshot.invented}


# Seats and who sits in them


def seats_on(snapshot: Snapshot, body: str) -> tuple[Sitting, ...]:
    """Every seat on a body, proposed ones included, in the order of their identifiers."""
    found = []
    for name, seat in snapshot.referring(body, Seat):
        if seat.body == body:
            held = tuple(holders(snapshot, name))
            vacant = [n for n, v in snapshot.referring(name, Vacancy) if v.of == name and stands(v)]
            found.append(Sitting(name, seat, held, vacant[0] if vacant else None))
    return tuple(sorted(found))


def holders(snapshot: Snapshot, seat_or_post: str) -> Iterator[tuple[str, Appointment]]:
    """The appointments to a seat or post that stand on the day."""
    for name, appointment in snapshot.referring(seat_or_post, Appointment):
        if appointment.holds == seat_or_post and stands(appointment):
            yield name, appointment


def members(snapshot: Snapshot, body: str) -> tuple[Sitting, ...]:
    """The seats that count as members: standing, and not on record as vacant."""
    return tuple(place for place in seats_on(snapshot, body) if place.sits)


def by_category(found: Iterable[Sitting]) -> dict[Category, list[Sitting]]:
    """Seats by category."""
    groups: dict[Category, list[Sitting]] = {}
    for place in found:
        groups.setdefault(place.seat.type, []).append(place)
    return groups


def vacant(snapshot: Snapshot, body: str) -> tuple[Sitting, ...]:
    """The seats on record as vacant."""
    return tuple(p for p in seats_on(snapshot, body) if stands(p.seat) and p.vacancy)


def holder_not_recorded(snapshot: Snapshot, body: str) -> tuple[Sitting, ...]:
    """The seats whose holder nobody has recorded. They are not vacant on that account."""
    return tuple(p for p in members(snapshot, body) if not p.held_by)


def posts(snapshot: Snapshot, body: str) -> tuple[tuple[str, Post], ...]:
    """The posts that serve a body, shared ones included."""
    found = (each for each in snapshot.referring(body, Post) if body in each[1].bodies)
    return tuple(sorted(found, key=lambda each: each[0]))


# What is asked for, and which seat fills it

HEADS = ("chair", "chief executive")


def _is(category: str) -> Callable[[Sitting], bool]:
    return lambda place: place.seat.type == category


def is_ordinary(place: Sitting) -> bool:
    """A member other than the chair and the chief executive. Observers without a vote are none."""
    seat = place.seat
    observer = seat.type == "other" and seat.voting == "non-voting"
    return seat.type not in HEADS and not observer


def stands_as_member(sitting: Sitting) -> bool:
    """Any member."""
    return sitting.vacancy is None


def knows_mental_health(place: Sitting) -> bool:
    """An ordinary member whose knowledge of services for mental illness is on record."""
    return is_ordinary(place) and any("mental" in each.lower() for each in place.seat.expertise)


class Asked(NamedTuple):
    """One thing asked for: what, how many at least, and the seats that fill it."""

    what: str
    fewest: int
    filled_by: tuple[Sitting, ...]

    @property
    def short(self) -> int:
        """How many are wanting."""
        return max(self.fewest - len(self.filled_by), 0)


def _fits(what: str) -> Callable[[Sitting], bool]:
    known = {
        "member": stands_as_member,
        "ordinary member": is_ordinary,
        "member with mental health expertise": knows_mental_health,
    }
    return known.get(what, _is(what))


def asked(number: str, seats: Iterable[Sitting]) -> tuple[Asked, ...]:
    """What a rule asks of a board's members, and which of some seats fill it.

    number  a rule whose `minimum` is by category of seat, such as ICB-CON-02
    """
    found = tuple(seats)
    return tuple(
        Asked(what, fewest, tuple(filter(_fits(what), found)))
        for what, fewest in rule(number).minimum.items()
    )


def minimums(snapshot: Snapshot, board: str) -> dict[str, tuple[Asked, ...]]:
    """What statute and policy ask of a board, kept apart, and which seat fills which, by rule."""
    sitting = members(snapshot, board)
    return {number: asked(number, sitting) for number in ("ICB-CON-02", "ICB-CON-03", "ICB-POL-01")}


def lists_members(number: str, seats: Iterable[Sitting]) -> bool:
    """Whether the record may be read as the list of a body's members.

    It may once it has seats for more than half of what a rule asks for. With fewer it only mentions
    some, and from its silence on the others nothing follows.
    """
    every = asked(number, seats)
    filled = sum(min(each.fewest, len(each.filled_by)) for each in every)
    return 2 * filled > sum(each.fewest for each in every)


# Areas


def serves(snapshot: Snapshot, body: Body, area: str) -> bool:
    """Whether a body's areas share land with an area, by what is on record."""
    return any(touches(snapshot, own, area) for own in body.areas)


def land(snapshot: Snapshot, body: Body) -> frozenset[str]:
    """A body's areas and all that lies wholly in them."""
    return frozenset().union(*(within(snapshot, area) for area in body.areas))


def facts_of(found: Iterable[Sitting]) -> tuple[tuple[str, ...], tuple[Source, ...]]:
    """The identifiers of some seats and vacancies, and the sources of the seats."""
    seats = tuple(found)
    names = [name for place in seats for name in (place.name, place.vacancy) if name]
    return tuple(names), sources_of(*(place.seat for place in seats))
