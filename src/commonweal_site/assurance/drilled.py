"""The page that tries a reorganisation on paper: what would lose its home on the day shown."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.drill import (
    Drill,
    Lost,
    Rule,
    drill,
    goes_on,
    homes,
    in_numbers,
    rules,
)
from commonweal.assurance.homes import planned, written
from commonweal.assurance.rights import rights
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.authority.asking import found
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import (
    NO_TWINS,
    Twins,
    as_csv,
    as_json,
    page,
    the_day,
    the_snapshot,
    wants,
)
from commonweal_site.record.presenting import Link, link_to
from commonweal_site.words import count

BOXES = ("body", "and")
"""Parameters of the bodies that end. Either may be given several times."""

HEADS = "room kind id name field body fate because rule ends_on_record home".split()
HOW = ("merge", "split", "abolish")
FOLDED = 12
"""More facts than this under one fate are folded away until asked for."""


class Item(NamedTuple):
    """A fact that loses its home, as shown."""

    what: Link
    kind: str
    ends: bool
    home: Link | None


class Group(NamedTuple):
    """Facts that share a fate."""

    title: str
    rule: Rule
    items: tuple[Item, ...]


class Asked(NamedTuple):
    """A drill that was asked for: the record the day before and on the day, and what was found."""

    before: Snapshot
    after: Snapshot
    typed: list[str]
    tried: Drill | None
    wrong: str

    @property
    def query(self) -> str:
        """The bodies, as in an address."""
        return urlencode([("body", each) for each in self.tried.asked]) if self.tried else ""


def asked(request: HttpRequest) -> Asked:
    """The drill that a request asks for, of what its viewer may see."""
    after, on = the_snapshot(request), the_day(request).as_at
    before = after.on(on - timedelta(1))
    typed = [each.strip() for box in BOXES for each in request.GET.getlist(box) if each.strip()]
    if not typed:
        return Asked(before, after, typed, None, "")
    try:
        bodies = [found(before, each, "body") for each in typed]
        return Asked(before, after, typed, drill(before, bodies, on, after=after), "")
    except SpeakingError as refused:
        return Asked(before, after, typed, None, str(refused))


def drilled(request: HttpRequest) -> HttpResponse:
    """What would lose its home if some bodies ended on the day shown; or the boxes to ask in."""
    put = asked(request)
    if wants(request) != "html":
        return _twin(request, put)
    fate, room = (request.GET.get(each, "") for each in ("fate", "room"))
    more = _answered(put, fate, room) if put.tried else {"tried": None, "twins": NO_TWINS}
    rooms = put.before.vocabulary.rooms
    return page(
        request, "assurance/drilled.jinja", "What if it ended?", status=400 if put.wrong else 200,
        typed=(*put.typed, "", "")[:2], wrong=put.wrong.split("\n"), fate=fate, room=room,
        fates=list(dict.fromkeys(each.fate for each in rules())), rooms=list(rooms),
        folded=FOLDED, **more,
    )  # fmt: skip


def _twin(request: HttpRequest, put: Asked) -> HttpResponse:
    if put.tried is None:
        return as_json({"fault": put.wrong or "Name a body that ends."}, status=400)
    data = as_data(put.before, put.tried, homes(put.tried, put.after))
    return as_csv("drill", HEADS, data["items"]) if wants(request) == "csv" else as_json(data)


def plan_of_homes(request: HttpRequest) -> HttpResponse:
    """A plan of homes to fill in, for what the viewer may see."""
    put = asked(request)
    how, into = request.GET.get("how", "merge"), request.GET.getlist("into")
    if put.tried is None or how not in HOW:
        fault = put.wrong or (f"how: {', '.join(HOW)}." if put.tried else "Name a body that ends.")
        return as_json({"fault": fault}, status=400)
    plan = planned(put.before, put.tried, how, [each.strip() for each in into if each.strip()])  # type: ignore[arg-type]  # one of HOW
    answer = HttpResponse(written(plan, put.before), content_type="application/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="plan-of-homes.yaml"'
    return answer


def _answered(put: Asked, fate: str, room: str) -> dict[str, Any]:
    """What a page of an answer shows."""
    before, after, tried = put.before, put.after, put.tried
    if tried is None:
        return {}
    housed = homes(tried, after)
    kept = tried._replace(
        lost=tuple(each for each in tried.lost if _asked_for(before, each, fate, room))
    )
    bare = [each for each in tried.wanting if each not in housed]
    system = tried.asked[0].split("/")[0]
    return {
        "tried": tried, "numbers": in_numbers(tried), "shown": len(kept.lost),
        "bodies": [link_to(before, each) for each in tried.asked],
        "with_them": [link_to(before, each) for each in tried.with_them],
        "offices": count(len(tried.offices), "post or seat", "posts and seats"),
        "groups": list(_groups(before, after, kept, housed)), "bare": len(bare),
        "still": sum(not each.ends for each in bare),
        "table": _by_room(before, tried), "deciding": _deciding(put, tried),
        "invented": any(each.split("/")[0] in before.invented for each in tried.asked),
        "complexity": f"/{system}/complexity/?{put.query}",
        "plan": f"/drill/plan.yaml?{put.query}",
        "query": [("body", each) for each in tried.asked],
        "twins": Twins(f"/drill.json?{put.query}", f"/drill.csv?{put.query}"),
    }  # fmt: skip


def _asked_for(before: Snapshot, each: Lost, fate: str, room: str) -> bool:
    own = before.vocabulary.kind(each.kind).room
    return fate in {"", each.rule.fate} and room in {"", own}


def _by_room(before: Snapshot, tried: Drill) -> Grid:
    """How many facts of each room share each fate."""
    pairs = {(each.entity, each.rule.fate) for each in tried.lost}
    room_of = {each.entity: before.vocabulary.kind(each.kind).room for each in tried.lost}
    counted = Counter((room_of[entity], fate) for entity, fate in pairs)
    fates = list(tried.by_fate())
    rows = (
        (room.capitalize(), *(f"{counted[room, fate]:,}" for fate in fates))
        for room in before.vocabulary.rooms if room in room_of.values()
    )  # fmt: skip
    heads = ("Part", *(each.capitalize() for each in fates))
    return grid(
        "How many, by part of the record",
        heads,
        rows,
        intro="A fact that names several may count under several fates.",
    )


def _deciding(put: Asked, tried: Drill) -> Grid:
    """Who may decide on what, the day before and the day after."""
    was, now = day_in_words(put.before.as_at), day_in_words(put.after.as_at)
    rows = (
        (
            link_to(put.before, each.function),
            tuple(link_to(put.before, who) for who in each.before),
            tuple(link_to(put.after, who) for who in each.after) or "Nobody on record",
        )
        for each in rights(tried, put.before, put.after)
    )  # fmt: skip
    return grid(
        "Who may decide, before and after", ("On what", was, now), rows,
        empty="No function that it may decide on is on record.",
        intro="Each function that one of those who end may act on, by law or because it was given "
        "to it, with everybody of the system who may, as on record.",
    )  # fmt: skip


def as_data(before: Snapshot, tried: Drill, housed: dict[Lost, str]) -> dict[str, Any]:
    """A drill for a program to read."""
    bare = [each for each in tried.wanting if each not in housed]
    return {
        "on": tried.on.isoformat(), "bodies": list(tried.asked),
        "end_with_them": list(tried.with_them), "posts_and_seats": list(tried.offices),
        "lost": len(tried.lost), "without_a_home": len(bare),
        "still_named": sum(not each.ends for each in bare),
        "by_fate": {fate: len(items) for fate, items in tried.by_fate().items()},
        "items": [_as_datum(before, each, housed.get(each)) for each in tried.lost],
    }  # fmt: skip


def _as_datum(before: Snapshot, each: Lost, home: str | None) -> dict[str, Any]:
    return {
        "id": each.entity, "kind": each.kind, "room": before.vocabulary.kind(each.kind).room,
        "name": each.name, "body": each.body, "field": each.field, "fate": each.rule.fate,
        "because": each.rule.says, "rule": each.rule.law or None, "others": list(each.also),
        "ends_on_record": each.ends, "begins_that_day": each.begins, "home": home,
    }  # fmt: skip


def _groups(
    before: Snapshot, after: Snapshot, tried: Drill, housed: dict[Lost, str]
) -> Iterator[Group]:
    for fate, lost in tried.by_fate().items():
        items = (_item(before, after, each, _home_of(tried, after, each, housed)) for each in lost)
        yield Group(fate, lost[0].rule, tuple(dict.fromkeys(items)))


def _home_of(tried: Drill, after: Snapshot, each: Lost, housed: dict[Lost, str]) -> str | None:
    """Its home on record; a seat or post that goes on, or what hangs on one, is its own."""
    ends = each.rule.fate == "ends with the body"
    if ends and (goes_on(tried, after, each.entity) or goes_on(tried, after, each.body)):
        return each.entity if after.get(each.entity) else None
    return housed.get(each)


def _item(before: Snapshot, after: Snapshot, lost: Lost, home: str | None) -> Item:
    what = link_to(after if lost.begins else before, lost.entity)._replace(text=lost.name)
    return Item(what, lost.kind, lost.ends, link_to(after, home) if home else None)
