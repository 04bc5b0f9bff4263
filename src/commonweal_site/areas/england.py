"""The home page: England on a day, as a map and as a list of systems."""

from collections import Counter
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.record.documents import Dispute, Document
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal_site.authority.boxes import subjects
from commonweal_site.drawings.tile_map import boards_of_the_day, region_of
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.presenting import Link, link_to

from .maps import england_drawn

_SOME_AREAS = 6
"""A system with so many areas on record has been described at least in part."""


_EXAMPLE = "/who-decides/?function=reablement&area=southampton&amount=400000&as_at=2022-05-01"
"""A question whose answer the papers of a real place settle, and one that they leave open."""

_ACROSS = (
    Link("Who owes scrutiny or Healthwatch an answer", "/overdue/"),
    Link("What each system is to reach by when, side by side", "/milestones/"),
    Link("Which care models spread, and where", "/care-models/"),
    Link("What is worse than England and getting worse", "/worse-and-getting-worse/"),
    Link("Which rules of law the record meets", "/findings/"),
    Link("How the law counts its time limits", "/time-limits/"),
    Link("What would lose its home if a body ended", "/drill/"),
)
"""What is asked of every system at once."""


class System(NamedTuple):
    """A system in the list: its page, its board and region, and how much is on record of it."""

    slug: str
    name: str
    board: Link | None
    region: str
    areas: int
    bodies: int
    documents: int
    invented: bool

    @property
    def depth(self) -> str:
        """How much is on record: its own papers, some of its parts, or little but its board."""
        if self.documents:
            return "full"
        return "part" if self.areas >= _SOME_AREAS else "little"


def systems(snapshot: Snapshot) -> list[System]:
    """Every system of the day, by name; England itself is not one."""
    boards = {
        name.split("/")[0]: name
        for name, body in snapshot.all(Body).items()
        if body.type == "integrated care board" and body.stage != "dissolved"
    }
    areas, bodies, papers = (
        _by_system(snapshot, kind) for kind in (Area.kind, Body.kind, Document.kind)
    )
    found = [
        System(
            slug, snapshot.name(f"{slug}/area/system"),
            link_to(snapshot, boards[slug]) if slug in boards else None,
            region_of(snapshot, slug), areas[slug], bodies[slug], papers[slug],
            slug in snapshot.invented,
        )
        for slug in snapshot.systems
        if snapshot.get(f"{slug}/area/system")
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.name)


def _by_system(snapshot: Snapshot, kind: str) -> Counter[str]:
    return Counter(name.split("/", 1)[0] for name in snapshot.of_kind(kind))


def home(request: HttpRequest) -> HttpResponse:
    """England on the day asked about."""
    snapshot, day = the_snapshot(request), the_day(request)
    found = systems(snapshot)
    if wants(request) != "html":
        return _twin(request, found)
    real = [each for each in found if not each.invented]
    boards = boards_of_the_day(snapshot)
    groups = sum(
        body.type == "clinical commissioning group" and name.split("/")[0] not in snapshot.invented
        for name, body in snapshot.all(Body).items()
    )
    return page(
        request, "areas/england.jinja", "Who runs health and care in England",
        twins=Twins("/index.json", "/index.csv", day.link("/changes.atom")),
        drawing=england_drawn(snapshot, day),
        boards=len(boards), groups=groups,
        described=[each for each in real if each.depth == "full"],
        partly=[each for each in real if each.depth == "part"],
        others=[each for each in real if each.depth == "little"],
        made_up=[each for each in found if each.invented],
        numbers=_numbers(snapshot, len(boards), groups),
        functions=subjects(snapshot, real=True),
        example=_EXAMPLE if "hampshire-and-isle-of-wight" in snapshot.systems else "",
        across=_ACROSS,
    )  # fmt: skip


def _numbers(snapshot: Snapshot, boards: int, groups: int) -> list[tuple[str, str, str]]:
    """What is on record of real systems on the day, each with the page that lists it."""
    areas = _real(snapshot, Area)
    kinds = (("cluster", "clusters"), ("place", "places"))
    said = [(f"{boards:,}", "integrated care boards", "/kinds/body/?type=integrated care board")]
    if groups:
        kind = "clinical commissioning group"
        said.append((f"{groups:,}", f"{kind}s", f"/kinds/body/?type={kind}"))
    for kind, plural in kinds:
        number = sum(each.type == kind for each in areas)
        said.append((f"{number:,}", plural, f"/kinds/area/?type={kind}"))
    said.append((f"{len(_real(snapshot, Document)):,}", "documents", "/documents/"))
    said.append((f"{len(_real(snapshot, Dispute)):,}", "disputes", "/kinds/dispute/"))
    return said


def _real[F: Fact](snapshot: Snapshot, kind: type[F]) -> list[F]:
    """The facts of a kind, without those of invented systems."""
    return [
        fact
        for name, fact in snapshot.all(kind).items()
        if name.split("/", 1)[0] not in snapshot.invented
    ]


def _twin(request: HttpRequest, found: list[System]) -> HttpResponse:
    day = the_day(request)
    rows = [
        {
            "id": f"{each.slug}/area/system", "name": each.name, "region": each.region or None,
            "board": each.board.path.lstrip("/") if each.board else None,
            "areas": each.areas, "bodies": each.bodies, "documents": each.documents,
            "invented": each.invented, "as_at": day.as_at.isoformat(),
        }
        for each in found
    ]  # fmt: skip
    if wants(request) == "csv":
        return as_csv("systems", list(rows[0]) if rows else ["id"], rows)
    return as_json({"as_at": day.as_at.isoformat(), "systems": rows})
