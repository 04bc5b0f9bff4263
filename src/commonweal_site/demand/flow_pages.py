"""Small calculators of flow: a ward's beds, the ways out of hospital, a waiting list.

Each begins from the numbers of its system, takes others from the address, and shows its working.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from msgspec.structs import replace

from commonweal.demand.flow.bands import passage, relief, worst
from commonweal.demand.flow.discharge import WayOut, beds_freed, cheapest, outlook
from commonweal.demand.flow.futures import futures, over, what_more_beds_buy
from commonweal.demand.flow.standards import standard
from commonweal.demand.flow.steady import Settled, settled
from commonweal.record.errors import SpeakingError, UnknownEntity
from commonweal_site.drawings.fan_chart import Fan, fan_chart
from commonweal_site.drawings.svg import Drawing
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_json, page, the_snapshot, wants
from commonweal_site.record.presenting import system_name
from commonweal_site.words import count

from .reading_flow import List, Outs, Ward, read
from .scenarios import flow_folder

FUTURES, SEED = 20, 1
_ALL_FUTURES_TO = 5
"""Patients a day up to which all futures are drawn; more would take longer than a page may."""

_HOURS = 24
_LONGEST_FIRST = (
    "Each week those who have waited longest are treated first; the others grow a week older, and "
    "those newly referred come last."
)


class Box(NamedTuple):
    """A number that can be put in: from `least` to `most`, whole or not."""

    name: str
    label: str
    hint: str
    value: float
    least: float
    most: float
    whole: bool = True

    @property
    def text(self) -> str:
        return f"{self.value:g}"


class Answer(NamedTuple):
    """What a calculator says: the answer, then tables and a picture, then the working."""

    sentence: str
    grids: tuple[Grid, ...]
    drawing: Drawing | None
    working: tuple[str, ...]
    data: dict[str, Any]


class Asked(NamedTuple):
    """A calculator with its numbers.

    of      what it is about, and who says the numbers
    answer  from numbers by name
    """

    of: str
    source: str
    invented: bool
    boxes: tuple[Box, ...]
    answer: Callable[[Mapping[str, float]], Answer]


class Calculator(NamedTuple):
    """What a page is called, what it answers, and how it is made from the file of a system."""

    title: str
    says: str
    made: Callable[[Path], Asked]


def calculator(request: HttpRequest, system: str, word: str) -> HttpResponse:
    """One of the calculators, with the numbers that the address gives."""
    snapshot, folder = the_snapshot(request), flow_folder(system)
    if folder is None or system not in snapshot.systems:
        raise UnknownEntity(
            f"No numbers of wards, ways out or waiting lists are kept for {system}."
        )
    tool = CALCULATORS[word]
    asked = tool.made(folder)
    boxes, faults = _read(request, asked.boxes)
    answer: Answer | None = None
    if not faults:
        try:
            answer = asked.answer({box.name: box.value for box in boxes})
        except SpeakingError as wrong:
            faults = (str(wrong),)
    if wants(request) == "json":
        return _twin(asked, boxes, faults, answer)
    path = f"/{system}/demand/flow/{word}"
    query = "&".join(f"{box.name}={box.text}" for box in boxes)
    return page(
        request, "demand/flow.jinja", tool.title, status=400 if faults else 200,
        crumbs=[Crumb(system_name(snapshot, system), f"/{system}/"),
                Crumb("Demand and capacity", f"/{system}/demand/")],
        twins=Twins(f"{path}.json?{query}"), invented=system in snapshot.invented, asked=asked,
        boxes=boxes, wrong=faults, answer=answer, path=path, says=tool.says,
        others=[(each.title, f"/{system}/demand/flow/{it}/") for it, each in CALCULATORS.items()
                if it != word],
    )  # fmt: skip


def _read(
    request: HttpRequest, boxes: tuple[Box, ...]
) -> tuple[tuple[Box, ...], tuple[str, ...]]:  # fmt: skip
    """The boxes with what was put in, and what is wrong with it."""
    put, faults = list[Box](), list[str]()
    for box in boxes:
        given = request.GET.get(box.name, "").strip().replace(",", "")
        try:
            value = float(given) if given else box.value
        except ValueError:
            value = float("nan")
        fits = isfinite(value) and box.least <= value <= box.most
        if not fits or (box.whole and value != int(value)):
            kind = "a whole number" if box.whole else "a number"
            faults.append(
                f"{box.label}: ‘{given[:30]}’ cannot be used. Give {kind} from {box.least:g} to "
                f"{box.most:g}."
            )
            put.append(box)
        else:
            put.append(box._replace(value=value))
    return tuple(put), tuple(faults)


def _twin(
    asked: Asked, boxes: tuple[Box, ...], faults: tuple[str, ...], answer: Answer | None
) -> HttpResponse:  # fmt: skip
    if answer is None:
        return as_json({"fault": " ".join(faults)}, status=400)
    return as_json(
        {
            "of": asked.of, "source": asked.source, "invented": asked.invented,
            "given": {box.name: box.value for box in boxes}, "answer": answer.sentence,
            **answer.data, "working": list(answer.working),
        }
    )  # fmt: skip


# --- ways out of hospital ------------------------------------------------------------------------


def _discharge(folder: Path) -> Asked:
    asked = read(str(folder / "discharge.yaml"), Outs, "discharge")
    first = asked.ways[0]
    boxes = (
        Box("people", "People ready to leave each day", "Who need this way out", first.people_a_day,
            0.1, 500, whole=False),
        Box("days", "Days each is in its care", "On average", first.days, 0.1, 400, whole=False),
        Box("places", "Places", "People it can care for at a time", first.there(), 1, 2_000),
        Box("place", "Pounds a day for a place", "Used or not", first.place_pence / 100, 0, 5_000,
            whole=False),
        Box("delayed", "Pounds a day for one person delayed", "In a hospital bed",
            first.delayed_pence / 100, 0, 5_000, whole=False),
    )  # fmt: skip
    return Asked(
        f"{asked.name}: {first.name}", asked.source, asked.invented, boxes,
        partial(_out, first.name),
    )  # fmt: skip


def _out(name: str, given: Mapping[str, float]) -> Answer:
    way = WayOut(
        name, given["people"], given["days"], round(given["place"] * 100),
        round(given["delayed"] * 100),
    )  # fmt: skip
    places = int(given["places"])
    now, more = outlook(way, places), 4
    then = outlook(way, places + more)
    freed = beds_freed(way, places, more)
    best, least = cheapest(way, most=2 * max(places, int(now.queue.load) + 1))
    saved = now.cost - then.cost
    turns = f"saves {_pounds(saved)}" if saved >= 0 else f"costs {_pounds(-saved)} more"
    sentence = (
        f"With {count(places, 'place')}, {now.delayed:,.1f} people who could leave wait in a "
        f"hospital bed on an average day. {more} more places free {freed:,.1f} hospital beds; in "
        f"all that {turns} a day."
    )
    rows = [
        (f"{each:,}", f"{it.queue.chance:.0%}", f"{it.delayed:,.1f}", f"{it.queue.mean_wait:,.1f}",
         _pounds(it.places_cost), _pounds(it.delays_cost), _pounds(it.cost))
        for each in range(places, places + 9, 2) for it in (outlook(way, each),)
    ]  # fmt: skip
    heads = ("Places", "Share delayed", "Delayed at a time", "Days each", "Places a day",
             "Delays a day", "In all a day")  # fmt: skip
    cheap = (
        f"Places and delays together cost least at {best:,} places, {_pounds(least.cost)} a day. "
        "Cheapest is not best: it says nothing of what waiting does to people."
    )
    return Answer(
        sentence, (grid("What more places would do", heads, rows, intro=cheap),), None,
        tuple(_erlang(now.queue, given["people"], "places")),
        {"delayed": round(now.delayed, 3), "beds_freed_by_4_more": round(freed, 3),
         "pence_a_day": now.cost, "cheapest_places": best, "cheapest_pence_a_day": least.cost},
    )  # fmt: skip


def _erlang(queue: Settled, people: float, places: str) -> Iterator[str]:
    """A settled queue, step by step."""
    yield (
        f"{people:g} a day for {queue.stay:g} days each keep {queue.load:,.2f} {places} full "
        f"(Little’s law), {queue.occupancy:.1%} of {queue.places:,}."
    )
    yield (
        f"Whoever comes finds all {queue.places:,} full {queue.chance:.1%} of the time (Erlang C, "
        "where people come by chance and stays vary as much as chance makes them)."
    )
    yield (
        f"The mean wait is {queue.chance:.3f} × {queue.stay:g} ÷ ({queue.places:,} − "
        f"{queue.load:,.2f}) = {queue.mean_wait:,.3f} days, so that {queue.mean_waiting:,.2f} wait "
        "at a time."
    )


def _pounds(pence: int) -> str:
    return f"£{pence / 100:,.0f}"


# --- a ward --------------------------------------------------------------------------------------


def _ward(folder: Path) -> Asked:
    ward = read(str(folder / "ward.yaml"), Ward, "ward")
    mean = ward.service().stay.mean
    boxes = (
        Box("beds", "Beds", "", ward.beds, 1, 120),
        Box("arrivals", "Patients who come each day", "On average", ward.arrivals_a_day, 0.1, 25,
            whole=False),
        Box("stay", "Days in a bed", "On average", mean, 0.1, 60, whole=False),
        Box("cleaning", "Hours from one patient to the next", "To clean and make the bed ready",
            ward.cleaning_hours, 0, 24, whole=False),
    )  # fmt: skip
    return Asked(ward.name, ward.source, ward.invented, boxes, partial(_in_beds, ward))


def _in_beds(ward: Ward, given: Mapping[str, float]) -> Answer:
    beds, mean = int(given["beds"]), given["stay"] + given["cleaning"] / _HOURS
    stay = ward.stay if given["stay"] == ward.service().stay.mean else replace(
        ward.stay, days=given["stay"], observed=())  # fmt: skip
    here = replace(
        ward, beds=beds, arrivals_a_day=given["arrivals"], stay=stay,
        cleaning_hours=given["cleaning"], in_beds_days=ward.in_beds_days[:beds],
    )  # fmt: skip
    service, many = here.service(), _as_many(given["arrivals"])
    limits = [hours / _HOURS for hours in ward.within_hours]
    found = futures(service, ward.starts, ward.days, limits=limits, replications=many, seed=SEED)
    bought = what_more_beds_buy(
        service, ward.starts, ward.days, more=(2, 4, 6, 10), replications=many, seed=SEED
    )
    wait, full = over(found.mean_wait), over(found.occupied.mean(axis=1))
    within = ", ".join(
        f"{float(share):.0%} have one within {hours:g} hours"
        for hours, share in zip(ward.within_hours, found.within.mean(axis=0), strict=True)
    )
    sentence = (
        f"Patients wait {_in_hours(wait.mean)} for a bed on average: {within}. "
        f"{full.mean:,.1f} of {beds} beds are full at midnight."
    )
    rows = [
        ("As it is" if not each.more else f"{each.more} more", f"{beds + each.more}",
         _in_hours(each.mean_wait.mean),
         f"{_in_hours(each.mean_wait.low)} to {_in_hours(each.mean_wait.high)}",
         f"{each.waiting.mean:,.1f}")
        for each in bought
    ]  # fmt: skip
    heads = (
        "Beds",
        "Then there are",
        "Mean wait",
        "In eight of ten futures",
        "Waiting at midnight",
    )
    hours = found.by_hour.mean(axis=0)
    fan = Fan(
        "Beds full by hour of the day", "beds", list(range(_HOURS)), [float(x) for x in hours], (),
        [float(beds)] * _HOURS, f"Beds full at each hour of the day, of {beds}.",
        "Hour", "Beds full", "Beds there",
    )  # fmt: skip
    settles = given["arrivals"] * mean < beds
    alike = tuple(_erlang(settled(beds, given["arrivals"], mean), given["arrivals"], "beds"))
    return Answer(
        sentence,
        (grid("What more beds buy", heads, rows, intro=(
            f"{ward.days} days from today’s patients, in {many} futures that meet the same "
            "patients whatever the beds.")),),
        fan_chart(fan),
        (_day_by_day(many), *(("Were every day alike:", *alike) if settles else ())),
        {"mean_wait_days": round(wait.mean, 4), "full_at_midnight": round(full.mean, 2),
         "more_beds": [{"more": e.more, "mean_wait_days": round(e.mean_wait.mean, 4)}
                       for e in bought]},
    )  # fmt: skip


def _as_many(arrivals: float) -> int:
    """How many futures a page draws: the fewer, the more patients there are in each."""
    return min(FUTURES, max(4, int(FUTURES * _ALL_FUTURES_TO / arrivals)))


def _day_by_day(many: int) -> str:
    return (
        f"The answer is of {many} futures from seed {SEED}, day by day, with the hours, weekdays "
        "and season of the ward."
    )


def _in_hours(days: float) -> str:
    hours = days * _HOURS
    return f"{hours:,.1f} hours" if hours < 2 * _HOURS else f"{days:,.1f} days"


# --- a waiting list ------------------------------------------------------------------------------


def _waiting(folder: Path) -> Asked:
    held = read(str(folder / "waiting.yaml"), List, "waiting")
    boxes = (
        Box("waiting", "People waiting today", "Spread over weeks as the list is",
            sum(held.waiting), 1, 1_000_000),
        Box("referrals", "New people each week", "", held.coming()[0], 0, 50_000, whole=False),
        Box("treated", "People treated each week now", "", held.treated_now, 0, 50_000,
            whole=False),
        Box("weeks", "Weeks until the standard is to be met", "", held.steps, 2, 156),
    )  # fmt: skip
    return Asked(held.name, held.source, held.invented, boxes, partial(_on_the_list, held))


def _on_the_list(held: List, given: Mapping[str, float]) -> Answer:
    wanted = standard(held.standard, held.day)
    scale, weeks, treated = (
        given["waiting"] / sum(held.waiting),
        int(given["weeks"]),
        given["treated"],
    )
    waiting = [each * scale for each in held.waiting]
    coming = [given["referrals"]] * weeks
    most = int(given["referrals"] + given["waiting"]) + 1
    leaving, step = held.leaving, held.step_days
    now = passage(waiting, coming, [treated] * weeks, leaving=leaving, step=step)
    found = relief(
        waiting,
        coming,
        treated,
        share=wanted.share,
        within=wanted.days,
        most=most,
        leaving=leaving,
        step=step,
    )
    way, idle = (each.waiting_within(wanted.days) for each in (found.way, now))
    at, least = worst(found.way, wanted.days)
    sentence = (
        f"To have {wanted.share:.0%} within {wanted.days / 7:g} weeks in {weeks} weeks’ time takes "
        f"{found.capacity:,} treated a week, in place of {treated:g}: {found.extra:,.0f} more in "
        f"all. After that {found.to_hold:,.0f} a week hold it."
    )
    rows = [
        (str(week), f"{now.waiting[week].sum():,.0f}", _share(idle[week]),
         f"{found.way.waiting[week].sum():,.0f}", _share(way[week]))
        for week in sorted({*range(0, weeks, max(weeks // 6, 1)), weeks})
    ]  # fmt: skip
    heads = ("Week", f"Waiting, at {treated:g} a week", "Within the standard",
             f"Waiting, at {found.capacity:,} a week", "Within the standard then")  # fmt: skip
    fan = Fan(
        "Share within the standard, week by week", "people of 100 who have waited less",
        list(range(weeks + 1)), [100 * float(each) for each in way], (),
        [100 * wanted.share] * (weeks + 1),
        f"With {found.capacity:,} treated a week. The dotted line is the standard.", "Week",
        "Within the standard, of 100", "The standard",
    )  # fmt: skip
    return Answer(
        sentence, (grid("Week by week", heads, rows),), fan_chart(fan),
        (
            f"The standard: {wanted.name}, {wanted.share:.0%}. {wanted.source}.",
            _LONGEST_FIRST,
            _worse_first(at + 1, least),
        ),
        {"capacity": found.capacity, "extra": round(found.extra, 1),
         "to_hold": round(found.to_hold, 2), "reached": round(found.reached, 4),
         "if_nothing_changes": round(float(idle[-1]), 4)},
    )  # fmt: skip


def _worse_first(week: int, least: float) -> str:
    return (
        f"It looks worse before it is better: in week {week}, only {least:.0%} of those treated "
        "had waited less than the standard, for the longest waits go first."
    )


def _share(value: float) -> str:
    return f"{float(value):.0%}" if isfinite(value) else "Nobody waits"


CALCULATORS = {
    "discharge": Calculator(
        "Out of hospital, at home or in a bed for recovery",
        "how many who could leave wait in hospital, what more places would free, and what it costs",
        _discharge,
    ),
    "ward": Calculator(
        "A ward’s beds", "how long patients wait for a bed, and what more beds buy", _ward
    ),
    "waiting-list": Calculator(
        "A waiting list",
        "what brings it to its standard by a day, and what then holds it",
        _waiting,
    ),
}
"""By their word in an address."""
