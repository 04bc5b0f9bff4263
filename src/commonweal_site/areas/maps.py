"""Which map to draw: with loaded boundaries where they are, else in tiles."""

from collections.abc import Callable

from django.conf import settings

from commonweal.record.naming import Code
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.day import Day
from commonweal_site.drawings.boundary_map import Place, area_map, england_map
from commonweal_site.drawings.svg import Drawing
from commonweal_site.drawings.tile_map import boards_of_the_day, england_in_tiles

from . import boundaries


def address(day: Day) -> Callable[[str], str]:
    """Where a system has its page, with the day kept."""
    return lambda system: day.link(f"/{system}/")


def england_drawn(snapshot: Snapshot, day: Day) -> Drawing:
    """England's boards of the day."""
    places = _places(snapshot, day)
    boards = boards_of_the_day(snapshot)
    if not places or len(places) < len(boards):
        return england_in_tiles(snapshot, address(day))
    return england_map(places, day=day_in_words(snapshot.as_at), notes=_licences(snapshot))


def system_drawn(snapshot: Snapshot, day: Day, system: str) -> Drawing | None:
    """Where a system lies; nothing where no board of that day is at hand to draw it by."""
    places = _places(snapshot, day, close=True)
    here = [each for each in places if each.href == day.link(f"/{system}/")]
    if here:
        around = [each for each in places if each not in here]
        return area_map(here, around, day=day_in_words(snapshot.as_at), notes=_licences(snapshot))
    if system in boards_of_the_day(snapshot):
        return england_in_tiles(snapshot, address(day), here=[system])
    return None


def _places(snapshot: Snapshot, day: Day, *, close: bool = False) -> list[Place]:
    """The systems with a board whose boundary has been loaded."""
    if not boundaries.loaded_files(snapshot):
        return []
    tolerance = boundaries.CLOSE_UP_KM if close else boundaries.ON_SCREEN_KM
    shapes = boundaries.shapes_by_code(snapshot, settings.DATA_DIR, tolerance_km=tolerance)
    found = []
    for system in boards_of_the_day(snapshot):
        area = f"{system}/area/system"
        for _, code in snapshot.referring(area, Code):
            if code.of == area and code.code in shapes:
                name = snapshot.name(area)
                found.append(Place(name, shapes[code.code], day.link(f"/{system}/")))
                break
    return found


def _licences(snapshot: Snapshot) -> tuple[str, ...]:
    files = boundaries.loaded_files(snapshot).values()
    return tuple(dict.fromkeys(f"Boundaries: {each.licence}" for each in files if each.licence))
