"""A made-up England of any size, the same every time, for measuring only.

Kinds are mixed much as in the shipped packs: of a hundred facts about 36 are seats and their
holders, 17 areas, where they lie and their codes, 15 bodies and what binds them, 9 meetings,
8 populations, the rest documents, figures, events and interests. Every second network changes its
name on the day the boards of 2026 began.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from commonweal.areas.facts import Area, Containment, Population
from commonweal.bodies.facts import Appointment, Body, Coverage, Interest, Relation, Seat
from commonweal.meetings.facts import Meeting
from commonweal.record.documents import Document, Event, Figure
from commonweal.record.facts import Alias, Fact, Source
from commonweal.record.naming import Code
from commonweal.record.when import OPEN
from commonweal.record.writing import Change

SYSTEMS = 42
STARTS = date(2022, 7, 1)
CHANGES = date(2026, 4, 1)
KEPT = date(2018, 10, 1)
_ROUND = 22
"""Facts that one round of `_round` makes, at least."""


def england(facts: int) -> Iterator[Change]:
    """That many facts, as changes in an order in which what is named comes first."""
    return islice(_everything(facts), facts)


def _everything(facts: int) -> Iterator[Change]:
    for number in range(SYSTEMS):
        yield from _system(f"system-{number:02}")
    for turn in range(facts // _ROUND + 1):
        yield from _round(f"system-{turn % SYSTEMS:02}", turn)


def _stated(entity: str, fact: Fact, starts: date = STARTS, ends: date = OPEN) -> Change:
    return Change("assert", entity, fact, starts, ends)


def _system(system: str) -> Iterator[Change]:
    paper = Document(title=f"Constitution of {system}", issuer=f"{system} board", date="2022-07")
    yield _stated(f"{system}/document/constitution", paper, KEPT)
    source = (Source(document=f"{system}/document/constitution", at="section 1"),)
    footprint = Area(name=system.title(), type="system", sources=source)
    yield _stated(f"{system}/area/system", footprint, KEPT)
    board = Body(
        name=f"NHS {system.title()} Integrated Care Board", type="integrated care board",
        legal="statutory body", stage="statutory", areas=(f"{system}/area/system",), sources=source,
    )  # fmt: skip
    yield _stated(f"{system}/body/icb", board)


def _round(system: str, turn: int) -> Iterator[Change]:
    """One neighbourhood's worth: its area, its network, the network's board and what it does."""
    slug = f"n{turn:06}"
    paper = f"{system}/document/{slug}"
    yield _stated(
        paper,
        Document(title=f"Report {turn} to the board", issuer=f"{system} board", date="2022-11-14"),
        KEPT,
    )
    source = (Source(document=paper, at=f"paragraph {turn % 90 + 1}", lines=str(turn % 3000 + 1)),)
    yield from _places(system, slug, turn, source)
    yield from _people(system, slug, turn, source)
    yield from _doings(system, slug, turn, source)


def _places(system: str, slug: str, turn: int, source: tuple[Source, ...]) -> Iterator[Change]:
    area, body = f"{system}/area/{slug}", f"{system}/body/{slug}"
    name = f"Neighbourhood {turn} of {system.title()}"
    alias = (Alias(name=f"N{turn}", why="acronym"),)
    yield _stated(area, Area(name=name, type="neighbourhood", aliases=alias, sources=source), KEPT)
    yield _stated(
        f"{system}/containment/{slug}",
        Containment(
            part=area, whole=f"{system}/area/system", extent="part", share=Decimal("0.85"),
            share_basis="registered patients", sources=source,
        ),
    )  # fmt: skip
    for year in (2021, 2022):
        yield _stated(
            f"{system}/population/{slug}-{year}",
            Population(
                of=area, people=30_000 + turn % 20_000, year=str(year), basis="registered",
                sources=source,
            ),
        )  # fmt: skip
    yield _stated(
        f"{system}/code/{slug}", Code(of=area, type="ONS", code=f"E{turn:08}", sources=source)
    )
    network = Body(
        name=f"Network {turn}", type="primary care network", stage="existing", areas=(area,),
        parents=(f"{system}/body/icb",), purpose="Care close to home.", sources=source,
    )  # fmt: skip
    ends = CHANGES if turn % 2 else OPEN
    yield _stated(body, network, STARTS, ends)
    if turn % 2:
        later = Body(name=f"Alliance {turn}", type="primary care network", areas=(area,))
        yield _stated(body, later, CHANGES)
    yield _stated(
        f"{system}/coverage/{slug}",
        Coverage(provider=body, area=area, extent="whole", service="Urgent care", sources=source),
    )
    yield _stated(
        f"{system}/relation/{slug}",
        Relation(who=body, type="accountable to", to_whom=f"{system}/body/icb", sources=source),
    )


def _people(system: str, slug: str, turn: int, source: tuple[Source, ...]) -> Iterator[Change]:
    for place in range(4):
        seat = f"{system}/seat/{slug}-{place}"
        yield _stated(
            seat,
            Seat(
                body=f"{system}/body/{slug}", role=f"Clinical director {place}",
                type="partner: primary care", voting="voting", basis="nominated", sources=source,
            ),
        )  # fmt: skip
        yield _stated(
            f"{system}/appointment/{slug}-{place}",
            Appointment(holds=seat, holder=f"Holder of seat {place} in {turn}", sources=source),
        )
    yield _stated(
        f"{system}/interest/{slug}",
        Interest(
            of=f"{system}/seat/{slug}-0", type="financial", organisation=f"Practice {turn}",
            nature="Partner in the practice", declared="2022-07-14", sources=source,
        ),
    )  # fmt: skip


def _doings(system: str, slug: str, turn: int, source: tuple[Source, ...]) -> Iterator[Change]:
    area, body = f"{system}/area/{slug}", f"{system}/body/{slug}"
    for month in (9, 11):
        yield _stated(
            f"{system}/meeting/{slug}-{month}",
            Meeting(
                body=body, when=f"2022-{month:02}-14", time="13:30", venue="Council offices",
                type="held", public=True, items=("Minutes", "Winter plan"), sources=source,
            ),
        )  # fmt: skip
    yield _stated(
        f"{system}/figure/{slug}",
        Figure(name="Appointments offered", about=area, value=turn, unit="a week", sources=source),
    )
    yield _stated(
        f"{system}/event/{slug}",
        Event(name="Network agreed its plan", when="2022-09", about=(body, area), sources=source),
    )
