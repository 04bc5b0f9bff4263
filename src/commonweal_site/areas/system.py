"""The page of a system: what a resident sees of it at a glance."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.areas.containment import parts
from commonweal.areas.facts import Area, BoundaryFile, Population
from commonweal.bodies.facts import Body, Constitution, Order, Seat
from commonweal.record.documents import Dispute, Document
from commonweal.record.naming import Code
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.pages import Twins, page, the_day, the_snapshot
from commonweal_site.published.named import links
from commonweal_site.record.entity import absent, provenance
from commonweal_site.record.presenting import Link, link_to, origins, shown, system_name
from commonweal_site.record.sections import events
from commonweal_site.statute.findings import tally_of
from commonweal_site.words import count, listed, stated

from . import sections
from .asking import rooms_of
from .maps import system_drawn
from .pictures import pictures


class Role(NamedTuple):
    """A part to play in a system, and who plays it; nobody, if that is not recorded."""

    title: str
    who: tuple[Link, ...]


_ROLES = (
    ("Integrated care board", ("integrated care board",)),
    ("Integrated care partnership", ("integrated care partnership (statutory)",)),
    (
        "Sustainability and transformation partnership",
        ("sustainability and transformation partnership",),
    ),
    ("Clinical commissioning groups", ("clinical commissioning group",)),
    (
        "Hospital-footprint partnerships (2018)",
        ("integrated care partnership (acute footprint, 2018)",),
    ),
    ("Place boards and forums", ("place board", "place forum")),
    ("Councils", ("council",)),
    ("Health and wellbeing boards", ("health and wellbeing board",)),
    ("NHS trusts and other providers", ("NHS foundation trust", "NHS trust", "NHS provider")),
    ("Provider collaboratives", ("provider collaborative",)),
    ("Council scrutiny committees", ("scrutiny committee",)),
    ("Local Healthwatch", ("local Healthwatch",)),
)
"""Who runs what, in the order a resident asks."""

_EXPECTED = {"Integrated care partnership", "Councils", "Health and wellbeing boards"}
"""Parts that stand even where nobody is recorded, for every system has them."""

_MANY = 14
"""Beyond so many names, a role is given as a count with a link."""


def system(request: HttpRequest, system: str) -> HttpResponse:
    """A system on the day asked about."""
    snapshot, day = the_snapshot(request), the_day(request)
    name = f"{system}/area/system"
    if system == "england":
        name = "england/area/england"
    if snapshot.get(name) is None:
        return absent(request, snapshot, name)
    fact = shown(snapshot, name)
    bodies = serving(snapshot, system)
    tables = [
        sections.populations(snapshot, name),
        sections.codes(snapshot, name),
        *sections.successions(snapshot, name),
        events(snapshot, name),
    ]
    return page(
        request, "areas/system.jinja", fact.label,
        twins=Twins(f"/{name}.json", f"/{name}.csv", f"/{system}/changes.atom"),
        invented=system in snapshot.invented,
        fact=fact, lede=lede(snapshot, system, bodies), full=f"/{name}", slug=system,
        drawing=system_drawn(snapshot, day, system),
        pictures=pictures(snapshot, day, system) if system != "england" else [],
        roles=list(roles(snapshot, bodies, system)), inside=inside(snapshot, name),
        tables=tables, silences=silences(snapshot, system, bodies),
        disputes=disputes(snapshot, system), findings=tally_of(snapshot, system),
        origins=origins(snapshot, [fact, *(row.fact for each in tables for row in each.rows)]),
        papers=papers(snapshot, system), published=links(f"/{system}", whole=True),
        kinds=kinds(snapshot, system), rooms=rooms_of(snapshot, system),
        provenance=provenance(snapshot, system),
    )  # fmt: skip


def serving(snapshot: Snapshot, system: str) -> dict[str, Body]:
    """The bodies of a system: its own, and those that a source says serve an area in it."""
    name = f"{system}/area/system"
    inside_it = {name, *parts(snapshot, name)} if snapshot.get(name) else set()
    return {
        body: fact
        for body, fact in snapshot.all(Body).items()
        if body.startswith(f"{system}/") or not inside_it.isdisjoint(fact.areas)
    }


def lede(snapshot: Snapshot, system: str, bodies: dict[str, Body]) -> str:
    """What the system is, in two sentences."""
    called = system_name(snapshot, system)
    if system == "england":
        return "England as a whole: its regions, its national bodies, and the law for every system."
    boards = [name for name, body in bodies.items() if _is_board(name, body, system)]
    what = (
        f"{called} is an area whose National Health Service bodies, councils and other partners "
        "plan health and care together."
    )
    day = day_in_words(snapshot.as_at)
    if boards:
        who = listed([snapshot.name(each) for each in boards])
        return f"{what} Its services are planned and paid for by {who}.{_people(snapshot, system)}"
    groups = sum(body.type == "clinical commissioning group" for body in bodies.values())
    buying = (
        f"; care is bought by {count(groups, 'clinical commissioning group')}" if groups else ""
    )
    silent = f"On {day} no integrated care board is on record for it{buying}."
    return f"{what} {silent}{_people(snapshot, system)}"


def _is_board(name: str, body: Body, system: str) -> bool:
    return (
        body.type == "integrated care board"
        and name.startswith(f"{system}/")
        and body.stage != "dissolved"
    )


def _people(snapshot: Snapshot, system: str) -> str:
    """The population in a sentence, with its year and basis; nothing where it is not recorded."""
    found = [
        each
        for _, each in snapshot.referring(f"{system}/area/system", Population)
        if each.people is not None
    ]
    if not found:
        return ""
    latest = max(found, key=lambda each: each.year or "")
    about = "about " if latest.approximate else ""
    basis = f" {latest.basis}" if latest.basis not in {"not stated", "resident"} else ""
    year = f" ({stated(latest.year)})" if latest.year else " (year not recorded)"
    return f" It has {about}{latest.people:,}{basis} people{year}."


def roles(snapshot: Snapshot, bodies: dict[str, Body], system: str) -> Iterator[Role]:
    """Who runs what, as far as recorded."""
    for title, types in _ROLES:
        who = [link_to(snapshot, name) for name, body in bodies.items() if body.type in types]
        who.sort(key=lambda each: each.text)
        if len(who) > _MANY:
            path = f"/{system}/body/?type={types[0]}"
            who = [Link(count(len(who), types[0]), path)]
        expected = title in _EXPECTED and snapshot.as_at.isoformat() >= "2022-07-01"
        if who or (expected and system != "england"):
            yield Role(title, tuple(who))


def inside(snapshot: Snapshot, name: str) -> list[tuple[str, str, tuple[Link, ...]]]:
    """The areas inside a system by type: the count, the page of the list, and names if few."""
    found = parts(snapshot, name)
    tally = Counter(_type(snapshot, each) for each in found)
    rows = []
    for type_, number in tally.most_common():
        names = sorted(
            (link_to(snapshot, each) for each in found if _type(snapshot, each) == type_),
            key=lambda link: link.text,
        )
        listed_at = f"/{name.split('/', 1)[0]}/area/?type={type_}"
        rows.append((count(number, type_), listed_at, tuple(names) if number <= _MANY else ()))
    return rows


def _type(snapshot: Snapshot, area: str) -> str:
    fact = snapshot.get(area)
    return fact.type if isinstance(fact, Area) else "area"


def silences(snapshot: Snapshot, system: str, bodies: dict[str, Body]) -> list[str]:
    """What the record does not hold of a system, each in a few words."""
    if system == "england":
        return []
    name = f"{system}/area/system"
    boards = [each for each, body in bodies.items() if _is_board(each, body, system)]
    asked = {
        "The seats of its board, and who holds them": boards
        and not any(list(snapshot.referring(each, Seat)) for each in boards),
        "The order that established its board": boards
        and not any(list(snapshot.referring(each, Order)) for each in boards),
        "Its board’s constitution": boards
        and not any(list(snapshot.referring(each, Constitution)) for each in boards),
        "Its population": not list(snapshot.referring(name, Population)),
        "Its official codes": not list(snapshot.referring(name, Code)),
        "Its boundary, as a file that can be drawn": not snapshot.all(BoundaryFile),
        "The places it is divided into": not any(
            _type(snapshot, each) == "place" for each in parts(snapshot, name)
        ),
        "Its councils": not any(body.type == "council" for body in bodies.values()),
        "Its statutory integrated care partnership": boards
        and not any(
            body.type == "integrated care partnership (statutory)" for body in bodies.values()
        ),
    }
    return [what for what, silent in asked.items() if silent]


def disputes(snapshot: Snapshot, system: str) -> list[Link]:
    """Disputes kept with the system, or about anything in it."""
    return [
        link_to(snapshot, name)
        for name, each in snapshot.all(Dispute).items()
        if name.startswith(f"{system}/")
        or any(about.startswith(f"{system}/") for about in each.about)
    ]


def papers(snapshot: Snapshot, system: str) -> list[Link]:
    """The system's own documents."""
    return [
        link_to(snapshot, name) for name in snapshot.all(Document) if name.startswith(f"{system}/")
    ]


def kinds(snapshot: Snapshot, system: str) -> list[Link]:
    """Everything on record of a system, a link a kind."""
    found = []
    for kind in snapshot.vocabulary:
        number = sum(name.startswith(f"{system}/") for name in snapshot.of_kind(kind.name))
        if number:
            noun = kind.name if number == 1 else kind.plural
            found.append(Link(f"{number:,} {noun}", f"/{system}/{kind.name}/"))
    return found
