"""A small made-up scheme to ask about, and ways to change one thing in it."""

import msgspec

from commonweal.areas.facts import Area, Containment, Population
from commonweal.authority.facts import (
    Basis,
    Condition,
    Delegation,
    Function,
    Instrument,
    Power,
    Reservation,
)
from commonweal.bodies.facts import Body, Post
from commonweal.record.naming import Succession
from tests.making import a, record_of

__all__ = ["DAY", "Condition", "day_of", "delegation", "ident", "scheme", "with_"]

DAY = "2026-12-01"


def ident(kind, slug):
    return f"t/{kind}/{slug}"


def area(slug, name=None, *, made_up_of=(), **more):
    fact = Area(name=name or slug.title(), type="place", made_up_of=made_up_of)
    return a(ident("area", slug), fact, **more)


def lies(part, whole, extent="whole"):
    fact = Containment(part=ident("area", part), whole=ident("area", whole), extent=extent)
    return a(ident("containment", f"{part}-in-{whole}"), fact)


def function(slug, *part_of, **more):
    fact = Function(
        name=slug.replace("-", " ").capitalize(),
        part_of=tuple(ident("function", each) for each in part_of),
        **more,
    )
    return a(ident("function", slug), fact)


def body(slug, sort, *areas, parents=(), since=None, until=None, **more):
    fact = Body(
        name=slug.replace("-", " ").title(),
        type=sort,
        areas=tuple(ident("area", each) for each in areas),
        parents=tuple(ident("body", each) for each in parents),
        **more,
    )
    return a(ident("body", slug), fact, since=since, until=until)


def post(slug, *bodies):
    fact = Post(name=slug.title(), bodies=tuple(ident("body", each) for each in bodies))
    return a(ident("post", slug), fact)


def power(slug, function, *, area=None, since=None, until=None, **who):
    if "holder" in who:
        who["holder"] = ident("body", who["holder"])
    fact = Power(
        function=ident("function", function),
        area=ident("area", area) if area else None,
        law="An Act, section 1",
        **who,
    )
    return a(ident("power", slug), fact, since=since, until=until)


def holder(slug):
    return slug if "/" in slug else ident("body", slug)


def delegation(slug, giver, taker, function, *, since=None, until=None, **more):
    values = {
        "limit": "per decision" if "upper" in more else "no limit",
        "basis": ident("basis", "own"),
        "instrument": ident("instrument", "scheme"),
        "onward": "any",
        **more,
    }
    if values.get("area"):
        values["area"] = ident("area", values["area"])
    fact = Delegation(
        giver=holder(giver), taker=holder(taker), function=ident("function", function), **values
    )
    return a(ident("delegation", slug), fact, since=since, until=until)


def reservation(slug, who, function, **more):
    if more.get("area"):
        more["area"] = ident("area", more["area"])
    fact = Reservation(holder=holder(who), function=ident("function", function), **more)
    return a(ident("reservation", slug), fact)


_COUNCIL = ("council", "integrated care board", "committee", "place board", "joint committee")

OWN = Basis(
    name="Own committees and posts",
    law="An Act, section 2",
    givers=(*_COUNCIL, "post"),
    takers=("committee", "place board", "post", "place forum"),
    own=True,
    onward="none",
    liable="giver",
)
TOGETHER = Basis(
    name="Together",
    law="An Act, section 3",
    givers=("council", "integrated care board", "NHS trust"),
    takers=("council", "integrated care board", "NHS trust", "joint committee", "place board"),
    all_parents=False,
    onward="none",
    liable="taker",
    excludes=(ident("function", "surgery"),),
    payers=("integrated care board", "NHS trust"),
)


def scheme():
    """A board and two councils, two places, one committee, posts, and a joint committee."""
    return [
        area("system"), area("north"), area("south"), area("ward"), area("cross"),
        lies("north", "system"), lies("south", "system"), lies("ward", "north"),
        lies("cross", "north", "part"),
        function("care"), function("hospital", "care"), function("home", "care"),
        function("surgery", "hospital"), function("social"), function("reablement", "home", "social"),
        body("board", "integrated care board", "system"),
        body("north-council", "council", "north"), body("south-council", "council", "south"),
        body("trust", "NHS trust", "system"),
        body("committee", "committee", "system", parents=("board",)),
        body("forum", "place board", "north", parents=("board",), place_model="consultative forum"),
        body("joint", "joint committee", "north",
             parents=("board", "north-council", "south-council")),
        post("director", "board"), post("deputy", "board"), post("officer", "north-council"),
        power("care", "care", every="integrated care board"),
        power("social", "social", every="council"),
        a(ident("basis", "own"), OWN), a(ident("basis", "together"), TOGETHER),
        a(ident("instrument", "scheme"), Instrument(
            name="The scheme", type="scheme of reservation and delegation",
            body=ident("body", "board"))),
        a(ident("instrument", "agreement"), Instrument(
            name="The agreement", type="agreement", body=ident("body", "board"))),
        a(ident("population", "north"), Population(of=ident("area", "north"), people=250_000)),
        delegation("committee", "board", "committee", "care", upper=1_000_000_00),
        delegation("director", "committee", ident("post", "director"), "home", area="north",
                   upper=250_000_00),
        delegation("deputy", ident("post", "director"), ident("post", "deputy"), "reablement",
                   area="north", upper=50_000_00, onward="none"),
        delegation("joint-board", "board", "joint", "reablement", basis=ident("basis", "together"),
                   instrument=ident("instrument", "agreement"), onward="limited", onward_depth=1),
        delegation("joint-north", "north-council", "joint", "reablement",
                   basis=ident("basis", "together"),
                   instrument=ident("instrument", "agreement"), onward="limited", onward_depth=1),
    ]  # fmt: skip


def with_(items, *added, without=(), **changes):
    """The scheme with facts added, left out, or changed: `committee={"upper": 5}` by slug."""
    kept = [item for item in items if item.entity.rsplit("/", 1)[1] not in without]
    changed = []
    for item in kept:
        slug = item.entity.rsplit("/", 1)[1]
        if item.entity.split("/")[1] == "delegation" and slug.replace("-", "_") in changes:
            values = changes[slug.replace("-", "_")]
            item = item._replace(fact=msgspec.structs.replace(item.fact, **values))  # noqa: PLW2901  # the item as changed
        changed.append(item)
    names = {item.entity for item in added}
    return [item for item in changed if item.entity not in names] + list(added)


def day_of(items, day=DAY):
    from datetime import date

    return record_of(*items)(date.fromisoformat(day))


def succession(slug, before, after):
    fact = Succession(type="merge", before=ident("body", before), after=ident("body", after))
    return a(ident("succession", slug), fact)
