"""The pictures on a system's page, and what each is drawn from."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from commonweal.areas.containment import parts
from commonweal.areas.facts import Area, Population
from commonweal.bodies.facts import Body
from commonweal.record.documents import Event
from commonweal.record.naming import Succession
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import BEFORE_ALL, day_in_words
from commonweal_site.day import Day
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.drawings.areas_diagram import areas_diagram
from commonweal_site.drawings.bodies_diagram import bodies_diagram
from commonweal_site.drawings.populations import People, population_bars
from commonweal_site.drawings.succession import Passage, succession_diagram
from commonweal_site.drawings.svg import Drawing
from commonweal_site.drawings.timeline import Held, happenings, lives, timeline
from commonweal_site.record import shelf
from commonweal_site.record.presenting import system_name
from commonweal_site.record.published import hidden

_TOLD_OVER_TIME = frozenset(
    {
        "integrated care board",
        "integrated care partnership (statutory)",
        "integrated care partnership (acute footprint, 2018)",
        "sustainability and transformation partnership",
        "clinical commissioning group",
        "place board",
        "joint committee",
        "provider collaborative",
    }
)
"""Types of body whose lives stand on the timeline."""

_MOST_LIVES = 24
_WORTH_COMPARING = 2


class Picture(NamedTuple):
    """A picture with its heading."""

    anchor: str
    heading: str
    drawing: Drawing


def pictures(snapshot: Snapshot, day: Day, system: str) -> list[Picture]:
    """The areas, the bodies, the years, and what went before and came after."""
    addresses = SiteAddresses(urlencode(day.query, safe=":/"))
    drawn = [
        Picture("areas-drawn", "How its areas lie", areas_diagram(snapshot, system, addresses)),
        Picture("bodies-drawn", "How its bodies stand to each other",
                bodies_diagram(snapshot, system, addresses)),
        Picture("years", "Over the years", years(snapshot, system, addresses)),
    ]  # fmt: skip
    if people := populations(snapshot, system, addresses):
        drawn.append(Picture("people", "How many people live where", people))
    if passed := succession(snapshot, system, addresses):
        drawn.append(Picture("succession", "Before and after", passed))
    return [each for each in drawn if each.drawing.svg]


def populations(snapshot: Snapshot, system: str, addresses: SiteAddresses) -> Drawing | None:
    """How many people live in the areas inside it, where sources say so of two or more."""
    latest: dict[str, Population] = {}
    for area in parts(snapshot, f"{system}/area/system"):
        for _, each in snapshot.referring(area, Population):
            if each.people is not None and (each.year or "") >= _year(latest.get(area)):
                latest[area] = each
    if len(latest) < _WORTH_COMPARING:
        return None
    people = [
        People(snapshot.name(area), each, addresses.entity(area)) for area, each in latest.items()
    ]
    return population_bars(people, title=f"People in areas of {system_name(snapshot, system)}")


def _year(population: Population | None) -> str:
    return population.year or "" if population else ""


def years(snapshot: Snapshot, system: str, addresses: SiteAddresses) -> Drawing:
    """The lives of its main bodies and the events about it, whatever the day."""
    events = (
        (name, each)
        for name, each in snapshot.all(Event).items()
        if name.startswith(f"{system}/")
        or any(about.startswith(f"{system}/") for about in each.about)
    )
    lived = lives(list(_versions(snapshot, system))[:_MOST_LIVES], addresses)
    return timeline(
        lived, happenings(events, addresses), day=snapshot.as_at, of=system_name(snapshot, system)
    )


def _versions(snapshot: Snapshot, system: str) -> Iterator[Held]:
    """Every version of the footprint and main bodies, as known at the snapshot's instant."""
    book = shelf.SHELF.book
    unseen = hidden(book)
    named = [f"{system}/area/system"]
    kind = book.vocabulary.kind(Body.kind)
    for name, versions in book.live_of_kind(Body.kind).items():
        if name.startswith(f"{system}/") and name not in unseen:
            fact = kind.decode(versions[-1].content)
            if isinstance(fact, Body) and fact.type in _TOLD_OVER_TIME:
                named.append(name)
    for name in named:
        for past in book.history(name):
            closed = past.closed_by is not None and past.closed_by <= snapshot.head
            if past.opened_by <= snapshot.head and not closed:
                decode = book.vocabulary.kind_of(name).decode
                yield name, past.valid_from, past.valid_to, decode(past.content)


def succession(snapshot: Snapshot, system: str, addresses: SiteAddresses) -> Drawing | None:
    """What the system's footprint took the place of, and what took its place."""
    own = f"{system}/area/system"
    found = [(name, each) for name, each in snapshot.referring(own, Succession)]
    passages = []
    for name, each in found:
        held = snapshot.held(name)
        when = day_in_words(held.first_day) if held and held.first_day != BEFORE_ALL else ""
        passages.append(
            Passage(each.before, each.after, each.type, when, each.share, each.share_basis)
        )
    if not passages:
        return None
    every = {each for passage in passages for each in (passage.before, passage.after)}
    return succession_diagram(
        passages,
        names={each: _called(snapshot, each) for each in every},
        links={each: addresses.entity(each) for each in every},
        of=snapshot.name(own),
    )


def _called(snapshot: Snapshot, area: str) -> str:
    """An area's name, on the day or, if it has ended, from its history."""
    if isinstance(snapshot.get(area), Area):
        return snapshot.name(area)
    system, _, slug = area.split("/")
    if slug == "system":
        return system_name(snapshot, system)
    found = shelf.SHELF.book.history(area)
    if not found or area in hidden(shelf.SHELF.book):
        return snapshot.name(area)
    kind = snapshot.vocabulary.kind_of(area)
    return kind.decode(found[-1].content).label(snapshot.name)
