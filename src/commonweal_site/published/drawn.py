"""The functions and decisions map as a drawing: which body decides what, where."""

import re

from commonweal.authority.functions_map import Decider, Map
from commonweal.record.manuscript import Picture
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import listed
from commonweal_site.drawings.addresses import Addresses
from commonweal_site.drawings.boxes import Box, Group, drawn, height
from commonweal_site.drawings.svg import picture

_WIDE, _NARROW = 900.0, 300.0
_MOST = 6
"""As many functions as a box names; the tables beneath name them all."""

_STYLE = """<style>
.cw-box__frame { fill: #ffffff; stroke: #4c6272; stroke-width: 1; }
.cw-box--system > .cw-box__frame { fill: #e3effa; stroke: #003087; stroke-width: 2; }
.cw-box--around > .cw-box__frame { fill: #f0f4f5; stroke-dasharray: 5 3; }
.cw-box--loose > .cw-box__frame { stroke-dasharray: 2 3; }
text { font-family: "Libertinus Serif"; fill: #212b32; }
.cw-box__title { font-size: 15px; font-weight: 600; }
.cw-box__line { font-size: 13px; }
.cw-box__heading { font-size: 13px; }
.cw-time__name { font-size: 14px; }
.cw-money { stroke: #003087; stroke-width: 1.5; }
.cw-money--whole { fill: #005eb8; }
.cw-money--more { fill: #7fb2e5; }
.cw-money--less { fill: #ffffff; }
.cw-money--unexplained { fill: #ffffff; stroke: #4c6272; stroke-dasharray: 5 3; }
.cw-money__nothing { stroke: #212b32; stroke-width: 1; }
.cw-money__joint { stroke: #4c6272; stroke-width: 1; stroke-dasharray: 2 2; }
</style>"""


def map_drawn(snapshot: Snapshot, found: Map, addresses: Addresses) -> Picture:
    """The drawing: a box for each body and post that decides, inside the area it decides for."""
    places: dict[str, list[Decider]] = {}
    for each in found.deciders:
        places.setdefault(each.area, []).append(each)
    groups = [
        Group(
            f"Decides for {_where(snapshot, area)}",
            None,
            tuple(_box(snapshot, each, addresses) for each in there),
        )
        for area, there in places.items()
    ]
    if found.heard:
        boxes = (_heard(snapshot, each, addresses) for each in found.heard)
        groups.append(Group("Is heard, and does not decide", None, tuple(boxes)))
    title = f"Who decides what: {snapshot.name(found.about)}"
    description = _description(snapshot, found, len(places))
    name = snapshot.name(found.about)
    whole = Box(name, None, (), tuple(groups), "system")
    wide, narrow = (_picture(whole, room, title, description) for room in (_WIDE, _NARROW))
    sheets = tuple(
        (f"{each.heading}: {listed([box.title for box in each.boxes], most=99)}",
         _picture(Box(name, None, (), (each,), "system"), _WIDE, each.heading, description))
        for each in groups
    )  # fmt: skip
    return Picture(title, description, wide, narrow, sheets)


def _where(snapshot: Snapshot, area: str) -> str:
    return snapshot.name(area) if area else "an area that is not recorded"


def _description(snapshot: Snapshot, found: Map, places: int) -> str:
    who = len({each.who for each in found.deciders})
    silent = f" {len(found.heard)} are heard and do not decide." if found.heard else ""
    return (
        f"On this day {who} bodies and posts decide, for {places} areas.{silent} A box with a "
        "broken edge decides what was passed on to it. The tables say the same in words, with "
        "sources."
    )


def _box(snapshot: Snapshot, each: Decider, addresses: Addresses) -> Box:
    names = sorted(snapshot.name(function) for function in each.functions)
    more = (f"and {len(names) - _MOST} more",) if len(names) > _MOST else ()
    look = "plain" if each.by_law else "around"
    return Box(
        snapshot.name(each.who), addresses.entity(each.who), (*names[:_MOST], *more), (), look
    )


def _heard(snapshot: Snapshot, body: str, addresses: Addresses) -> Box:
    return Box(snapshot.name(body), addresses.entity(body), ("does not decide",), (), "loose")


def _picture(box: Box, room: float, title: str, description: str) -> str:
    high = height(box, room - 4)
    return str(
        picture(
            drawn(box, x=2, y=2, room=room - 4),
            key=f"{title} {'wide' if room == _WIDE else 'narrow'}", title=title,
            description=description, links=True, size=(room, high + 4), class_="cw-boxes",
        )
    )  # fmt: skip


def self_contained(svg: str) -> str:
    """A drawing that carries its own colours and sizes, and links nowhere."""
    plain = re.sub(r"<a\b", "<g", svg).replace("</a>", "</g>")
    plain = re.sub(r' href="[^"]*"', "", plain)
    return re.sub(r"(<svg[^>]*>)", lambda found: found[1] + _STYLE, plain, count=1)


def ratio(svg: str) -> float:
    """How high a drawing is for its width."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return float(size[2]) / float(size[1]) if size else 1.0
