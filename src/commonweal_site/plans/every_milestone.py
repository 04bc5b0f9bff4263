"""Milestones of every system: narrowed as asked, and one milestone side by side in many bodies."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.bodies.facts import Body
from commonweal.plans.delivery import (
    STANDINGS,
    Stands,
    by_quarter,
    last_day,
    milestones,
    quarter_of,
    slipped,
    waiting_for_law,
)
from commonweal.plans.milestones import Milestone, due_in_words
from commonweal.plans.sisters import Own, Shared, reached_by, shared
from commonweal.record.snapshot import Snapshot
from commonweal_site.meetings.laid_out import Cell, Grid, grid
from commonweal_site.pages import (
    Twins,
    as_csv,
    as_json,
    page,
    page_number,
    page_of,
    the_snapshot,
    wants,
)
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.record.subscribing import NewsFeed, calendar_file
from commonweal_site.words import capital, count

from .delivery import HEADS, answer, row_of
from .delivery_feeds import news, written
from .maturity import lower_first
from .milestone_words import dates, fits, owner_of, standing_in_words

_A_PAGE = 25
_MANY = 300
"""More bodies than this are no list to choose from until a system is chosen."""

_QUARTER = re.compile(r"[0-9]{4}/[0-9]{2} Q[1-4]")


class Asked(NamedTuple):
    """What the list is narrowed to; empty: not narrowed by that."""

    system: str = ""
    body: str = ""
    quarter: str = ""
    state: str = ""

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return urlencode({name: value for name, value in self._asdict().items() if value})

    def fault(self, snapshot: Snapshot) -> str:
        """What cannot be answered, and what to do about it; empty: nothing."""
        again = "Choose one from the list, or leave it out for all of them."
        if self.system and self.system not in snapshot.systems:
            return f"No system called ‘{self.system}’ is on record on this day. {again}"
        if self.body and self.body not in snapshot.all(Body):
            return f"No body called ‘{self.body}’ is on record on this day. {again}"
        if self.quarter and not _QUARTER.fullmatch(self.quarter):
            return f"‘{self.quarter}’ is no quarter. Write one such as 2021/22 Q4, or leave it out."
        if self.state and self.state not in STANDINGS:
            return f"‘{self.state}’ is no state. There are: {', '.join(STANDINGS)}."
        return ""


def asked_of(request: HttpRequest) -> Asked:
    """What a request narrows the list to."""
    return Asked(*(request.GET.get(name, "") for name in Asked._fields))


def narrowed(snapshot: Snapshot, asked: Asked) -> list[Stands]:
    """The milestones asked for, the soonest first; invented ones only where they are asked for."""
    found: Iterable[Stands] = milestones(snapshot, asked.system or None)
    if not asked.system:
        found = (each for each in found if not _invented(snapshot, each))
    if asked.body:
        named = {name for name, _ in snapshot.referring(asked.body, Milestone)}
        found = (each for each in found if each.name in named)
    if asked.state:
        found = (each for each in found if each.standing == asked.state)
    if asked.quarter:
        found = (each for each in found if _quarter(each) == asked.quarter)
    return [*found]


def _invented(snapshot: Snapshot, each: Stands) -> bool:
    return _system(each) in snapshot.invented


def _system(each: Stands) -> str:
    return each.name.split("/", 1)[0]


def _quarter(each: Stands) -> str:
    last = last_day(each.when, each.firm)
    return quarter_of(last) if last else ""


# --- the page -------------------------------------------------------------------------------------


def every(request: HttpRequest) -> HttpResponse:
    """The milestones of every system on the day, and how they stand."""
    snapshot, asked = the_snapshot(request), asked_of(request)
    wrong = asked.fault(snapshot)
    if wrong and wants(request) != "html":
        return as_json({"fault": wrong}, status=400)
    found = [] if wrong else narrowed(snapshot, asked)
    if wants(request) == "json":
        return as_json(_as_data(snapshot, found))
    if wants(request) == "csv":
        return as_csv("milestones", HEADS, (row_of(snapshot, each) for each in found))
    number, more = page_number(request), f"?{asked.query}" if asked.query and not wrong else ""
    return page(
        request, "plans/every_milestone.jinja", "Milestones of every system",
        status=400 if wrong else 200, wrong=wrong, asked=asked, choices=_choices(snapshot, asked),
        twins=Twins(f"/milestones.json{more}", f"/milestones.csv{more}", f"/milestones.atom{more}"),
        calendar=f"/milestones.ics{more}", answer=answer(found, snapshot.as_at),
        invented=asked.system in snapshot.invented, made_up=_made_up(snapshot, asked),
        beside=[] if wrong or number > 1 else _beside(snapshot, asked),
        laws=None if any(asked) or number > 1 else _laws(snapshot, found),
        systems=None if any(asked) or number > 1 else _by_system(snapshot, found),
        table=_list(snapshot, page_of(found, number, _A_PAGE)),
        pages=(number, max(1, -(-len(found) // _A_PAGE))), path=f"/milestones/{more or '?'}&",
    )  # fmt: skip


def _made_up(snapshot: Snapshot, asked: Asked) -> list[Link]:
    """Invented systems with milestones, which are left out until they are asked for."""
    if any(asked):
        return []
    names = {_system(each) for each in milestones(snapshot) if _invented(snapshot, each)}
    return [
        Link(system_name(snapshot, name), f"/milestones/?system={name}") for name in sorted(names)
    ]


def _choices(snapshot: Snapshot, asked: Asked) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Each way to narrow the list: its field, its label, the value now, and the values."""
    every = milestones(snapshot)
    systems = sorted({_system(each) for each in every})
    inside = narrowed(snapshot, Asked(system=asked.system))
    bodies = sorted(
        {name for each in inside for name in _bodies(each.fact)} | ({asked.body} - {""}),
    )
    named = [(name, snapshot.name(name)) for name in bodies] if len(bodies) <= _MANY else []
    made: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("system", "System", [(name, system_name(snapshot, name)) for name in systems]),
        ("body", "Body", sorted(named, key=lambda pair: pair[1])),
        ("quarter", "Quarter", [(each.name, each.name) for each in by_quarter(inside)]),
        ("state", "How it stands", list(STANDINGS.items())),
    ]
    return [
        (field, label, str(getattr(asked, field)), values)
        for field, label, values in made if values
    ]  # fmt: skip


def _bodies(fact: Milestone) -> Iterator[str]:
    """The bodies that have a part in a milestone."""
    for name in (fact.owner, *(each.who for each in fact.others), *fact.about):
        if name and "/body/" in name:
            yield name


def _list(snapshot: Snapshot, found: Iterable[Stands]) -> Grid:
    return grid(
        "One by one", ("Milestone", "System", "Due", "Owner", "How it stands"),
        (
            (
                Link(each.fact.name, f"/{each.name}"),
                Link(system_name(snapshot, _system(each)), f"/{_system(each)}/delivery/"),
                dates(each), owner_of(snapshot, each.fact), standing_in_words(each),
            )
            for each in found
        ),
        empty="No milestone on record is like that on this day. Ask for less, or change the day.",
        intro="The soonest first; those without a stated date last.",
    )  # fmt: skip


# --- side by side ---------------------------------------------------------------------------------


def _beside(snapshot: Snapshot, asked: Asked) -> list[Grid]:
    """One table for each wider milestone: what each body set itself, and how that stands."""
    if any(asked._replace(system="")):
        return []
    return [_sisters(snapshot, each) for each in shared(snapshot) if _fits(snapshot, each, asked)]


def _fits(snapshot: Snapshot, each: Shared, asked: Asked) -> bool:
    systems = {_system(each.wider), *(_system(own.stands) for own in each.own)}
    return asked.system in systems if asked.system else not systems <= snapshot.invented


def _sisters(snapshot: Snapshot, each: Shared) -> Grid:
    wider, said = each.wider, len(reached_by(each.own))
    whole = count(len(each.own), "milestone of its own", "milestones of their own")
    return grid(
        wider.fact.name,
        ("Whose", "Own milestone", "Due", "Against the wider date", "How it stands"),
        (
            (
                _whose(snapshot, own.stands), Link(own.stands.fact.name, f"/{own.stands.name}"),
                dates(own.stands), capital(own.against), standing_in_words(own.stands),
            )
            for own in each.own
        ),
        intro=f"The wider milestone is due {due_in_words(wider.when, wider.firm)}: "
        f"{lower_first(standing_in_words(wider))}. Beside it {whole}, of which {said or 'none'} "
        f"{'is' if said <= 1 else 'are'} on record as reached.",
    )  # fmt: skip


def _whose(snapshot: Snapshot, each: Stands) -> Cell:
    """The body whose milestone it is; its system where no owner is on record."""
    name = system_name(snapshot, _system(each))
    return owner_of(snapshot, each.fact) or Link(name, f"/{_system(each)}/")


def _by_system(snapshot: Snapshot, found: list[Stands]) -> Grid:
    """How many there are of each system and how they stand. By name: nobody is ranked."""
    counted: dict[str, Counter[str]] = {}
    for each in found:
        counted.setdefault(_system(each), Counter())[each.standing] += 1
    moved = Counter(_system(each) for each in slipped(found))
    rows = (
        (
            Link(system_name(snapshot, name), f"/milestones/?system={name}"), str(each.total()),
            str(each["late"]), str(each["passed in silence"]),
            str(each["reached"] + each["reached late"]), str(moved[name]),
        )
        for name, each in sorted(counted.items())
    )  # fmt: skip
    return grid(
        "System by system",
        ("System", "Milestones", "Late", "Date passed, nothing on record", "Reached", "Moved"),
        rows,
        intro="By name, not by how they do. More may be on record of one system than of another: "
        "a number here says what is recorded, not how well it goes.",
    )


def _laws(snapshot: Snapshot, found: list[Stands]) -> Grid:
    """What waits for an Act, regulations or an order, law by law."""
    rows = sorted(
        waiting_for_law(snapshot, found), key=lambda pair: (pair[0].what or "", pair[1].name)
    )
    return grid(
        "What waits for a law", ("Law", "Milestone", "System", "Due", "Does it fit?"),
        (
            (
                link_to(snapshot, wait.what or ""), Link(each.fact.name, f"/{each.name}"),
                Link(system_name(snapshot, _system(each)), f"/{_system(each)}/delivery/"),
                dates(each), fits(wait),
            )
            for wait, each in rows
        ),
        empty="No milestone on record waits for a law.",
        intro="If the law comes later, so do these.",
    )  # fmt: skip


# --- as data --------------------------------------------------------------------------------------


def _as_data(snapshot: Snapshot, found: list[Stands]) -> dict[str, Any]:
    names = {each.name for each in found}
    return {
        "as_at": snapshot.as_at.isoformat(), "answer": answer(found, snapshot.as_at),
        "count": len(found), "milestones": [row_of(snapshot, each) for each in found],
        "side_by_side": [
            {"wider": each.wider.name,
             "own": [_own_data(own) for own in each.own if own.stands.name in names]}
            for each in shared(snapshot)
            if any(own.stands.name in names for own in each.own)
        ],
    }  # fmt: skip


def _own_data(own: Own) -> dict[str, str]:
    return {
        "id": own.stands.name, "standing": own.stands.standing, "against_the_wider": own.against,
    }  # fmt: skip


def _known(request: HttpRequest) -> tuple[Snapshot, list[Stands]]:
    snapshot, asked = the_snapshot(request), asked_of(request)
    if wrong := asked.fault(snapshot):
        raise Http404(wrong)
    return snapshot, narrowed(snapshot, asked)


def calendar(request: HttpRequest) -> HttpResponse:
    """The milestones asked for as a calendar, each on the last day that its date can mean."""
    snapshot, found = _known(request)
    site = request.build_absolute_uri("/").rstrip("/")
    return calendar_file(written(snapshot, found, of="every system", site=site), "milestones")


class News(NewsFeed):
    """What is new of the milestones asked for."""

    title = "Commonweal: milestones of every system"
    description = "Milestones as they come on record or change."
    link = "/milestones/"

    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        snapshot, found = _known(request)
        names = {each.name for each in found}
        recent = news(snapshot, names.__contains__)
        return {"news": list(recent), "path": request.get_full_path()}
