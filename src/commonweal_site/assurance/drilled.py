"""The page that tries a reorganisation on paper: what would lose its home on the day shown."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.drill import Drill, Lost, Rule, drill, homes
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal_site.authority.asking import found
from commonweal_site.pages import NO_TWINS, Twins, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.presenting import Link, link_to

BOXES = ("body", "and")
"""Parameters of the bodies that end. Either may be given several times."""


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


def drilled(request: HttpRequest) -> HttpResponse:
    """What would lose its home if some bodies ended on the day shown; or the boxes to ask in."""
    after = the_snapshot(request)
    typed = [each.strip() for box in BOXES for each in request.GET.getlist(box) if each.strip()]
    before = after.on(the_day(request).as_at - timedelta(1))
    tried, wrong = _tried(before, typed, request)
    housed = homes(tried, after) if tried else {}
    if wants(request) == "json":
        if tried is None:
            return as_json({"fault": wrong or "Name a body that ends."}, status=400)
        return as_json(as_data(before, tried, housed))
    query = urlencode([("body", each) for each in tried.asked]) if tried else ""
    return page(
        request, "assurance/drilled.jinja", "What if it ended?", status=400 if wrong else 200,
        typed=(*typed, "", "")[:2], wrong=wrong.split("\n"), tried=tried,
        bodies=[link_to(before, each) for each in tried.asked] if tried else (),
        with_them=[link_to(before, each) for each in tried.with_them] if tried else (),
        groups=list(_groups(before, after, tried, housed)) if tried else (),
        wanting=len(tried.wanting) - len(housed) if tried else 0,
        invented=any(e.split("/")[0] in before.invented for e in (tried.asked if tried else ())),
        twins=Twins(f"/drill.json?{query}") if tried else NO_TWINS,
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


def _tried(before: Snapshot, typed: list[str], request: HttpRequest) -> tuple[Drill | None, str]:
    if not typed:
        return None, ""
    try:
        bodies = [found(before, each, "body") for each in typed]
        return drill(before, bodies, the_day(request).as_at), ""
    except SpeakingError as refused:
        return None, str(refused)


def _groups(
    before: Snapshot, after: Snapshot, tried: Drill, housed: dict[Lost, str]
) -> Iterator[Group]:
    for fate, lost in tried.by_fate().items():
        items = (_item(before, after, each, housed.get(each)) for each in lost)
        yield Group(fate, lost[0].rule, tuple(dict.fromkeys(items)))


def _item(before: Snapshot, after: Snapshot, lost: Lost, home: str | None) -> Item:
    what = link_to(before, lost.entity)._replace(text=lost.name)
    return Item(what, lost.kind, lost.ends, link_to(after, home) if home else None)
