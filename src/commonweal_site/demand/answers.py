"""What a scenario comes to, in the order in which a board asks: enough or not, and why."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from commonweal.demand.capacity import Enough, suffices
from commonweal.demand.flow.steady import Unlimited
from commonweal.demand.futures import Outlook
from commonweal.demand.ranges import Floats
from commonweal.demand.scenario import Scenario, area_word
from commonweal.demand.waterfall import Part, Waterfall, waterfall
from commonweal.record.manuscript import Bar, Chart, Look
from commonweal_site.drawings.beds_curve import Curve
from commonweal_site.drawings.fan_chart import Fan
from commonweal_site.meetings.laid_out import Cell, Grid, grid

from .planned import Needed, Plan, beds_needed, beds_on_most_days, money_needed, others_needed
from .scenarios import Grounds

_BANDS = ((10, 90), (25, 75))
MORE_BEDS = (0, 10, 20, 30, 50, 100)
_MILLION = 100_000_000


class Shown(NamedTuple):
    """What is looked at: the futures of a scenario, of one area or group, type and year."""

    on: Grounds
    plan: Plan | None
    scenario: Scenario
    outlook: Outlook
    name: str
    called: str
    kind: str
    year: int

    @property
    def drawn(self) -> bool:
        """Whether there are futures, or only their mean."""
        return self.outlook.provenance.draws > 0

    @property
    def at(self) -> int:
        """The place of the year among those after the base."""
        return self.year - self.scenario.base - 1

    @property
    def number(self) -> int:
        return [each.name for each in self.outlook.types].index(self.kind)

    @property
    def label(self) -> str:
        return self.outlook.types[self.number].label

    @property
    def beds_plan(self) -> Plan | None:
        """The plan, where it is for what is looked at: plans are of a whole system."""
        return self.plan if self.name in self.on.groups or len(self.on.names) == 1 else None


# --- the answer ----------------------------------------------------------------------------------


def sentence(shown: Shown) -> str:
    """The answer in one sentence."""
    plan = shown.beds_plan
    planned = plan.beds.of(shown.year) if plan else None
    if plan is None or planned is None:
        return _of_activity(shown)
    needed = beds_needed(plan, shown.outlook, shown.name).needed[shown.at]
    what = f"the {planned:,.0f} {plan.beds.called} planned for {shown.year}"
    if shown.drawn:
        return _in_tenths(suffices(needed, planned), what)
    mean = float(needed.mean())
    apart = round(mean) - round(planned)
    than = f"{abs(apart):,} {'more' if apart > 0 else 'fewer'} than" if apart else "as many as"
    return (
        f"On average over all futures, {mean:,.0f} {plan.beds.called} are needed in {shown.year}: "
        f"{than} the {planned:,.0f} planned."
    )


def _in_tenths(enough: Enough, what: str) -> str:
    """The engine's sentence for a board, about something that has a name."""
    return enough.in_words().replace("this is", f"{what} are")


def _of_activity(shown: Shown) -> str:
    now = shown.outlook[shown.name].baseline[shown.number]
    then = _futures(shown)[shown.at]
    what = f"{shown.label[:1].lower()}{shown.label[1:]}"
    if np.isnan(then).any():
        return f"How many {what} {shown.called} will have is not known: see what is missing."
    if not shown.drawn:
        return (
            f"On average over all futures, {shown.called} has {then.mean():,.0f} {what} in "
            f"{shown.year}, from {now:,.0f} in {shown.scenario.base}."
        )
    low, high = np.percentile(then, _BANDS[0])
    return (
        f"In 8 of 10 futures {shown.called} has {low:,.0f} to {high:,.0f} {what} in {shown.year}, "
        f"from {now:,.0f} in {shown.scenario.base}."
    )


def short_of(shown: Shown) -> str:
    """What each half of the futures asks for, to stand beneath the answer."""
    plan = shown.beds_plan
    if plan is None or plan.beds.of(shown.year) is None or not shown.drawn:
        return ""
    low, middle, high = np.percentile(
        beds_needed(plan, shown.outlook, shown.name).needed[shown.at], (10, 50, 90)
    )
    return (
        f"At {plan.beds.occupancy:.0%} full, {low:,.0f} to {high:,.0f} beds are needed in eight of "
        f"ten futures, {middle:,.0f} in the middle one."
    )


def _futures(shown: Shown, name: str = "", kind: str = "") -> Floats:
    """Counts [year, future] of a type."""
    counts = shown.outlook[name or shown.name].counts
    names = [each.name for each in shown.outlook.types]
    number = names.index(kind or shown.kind)
    return np.asarray(counts[:, :, number] if counts is not None else np.zeros((0, 0)))


# --- pictures ------------------------------------------------------------------------------------


def beds_fan(shown: Shown) -> Fan | None:
    """Beds by occupancy over the years, with those planned; none without a plan."""
    plan = shown.beds_plan
    if plan is None:
        return None
    needed = beds_needed(plan, shown.outlook, shown.name)
    now = float(shown.outlook[shown.name].baseline[_place(shown, plan.beds.activity)])
    first = now / 365.25 / plan.beds.occupancy
    planned = (plan.beds.of(shown.scenario.base), *needed.planned)
    about = (
        f"{_capital(plan.beds.called)} needed each year at {plan.beds.occupancy:.0%} full. "
        f"{_ends(shown, needed.needed)} The plan is stated up to {plan.beds.last}."
    )
    title = f"{_capital(plan.beds.called)} needed and planned"
    return _fan(shown, Fan(title, "beds", (), (), (), planned, about), first, needed.needed)


def activity_fan(shown: Shown) -> Fan:
    """One type of activity over the years."""
    counts = _futures(shown)
    about = f"{shown.label} of {shown.called}. {_ends(shown, counts)}"
    first = float(shown.outlook[shown.name].baseline[shown.number])
    title, unit = f"{shown.label}, {shown.called}", f"{shown.label} a year"
    return _fan(shown, Fan(title, unit, (), (), (), (), about), first, counts)


def _fan(shown: Shown, fan: Fan, first: float, futures: Floats) -> Fan:
    """A fan with its figures: the base year first, then the futures [year, future]."""
    bands = [
        [[first, *map(float, end)] for end in np.percentile(futures, ends, axis=1)]
        for ends in (_BANDS if shown.drawn else ())
    ]
    middle = [first, *map(float, np.median(futures, axis=1))]
    return fan._replace(
        years=list(shown.outlook.years), middle=middle, bands=tuple((a, b) for a, b in bands)
    )


def _ends(shown: Shown, futures: Floats) -> str:
    last, year = futures[-1], shown.outlook.years[-1]
    if np.isnan(last).any():
        return "It is not known."
    if not shown.drawn:
        return f"In {year} it comes to {last.mean():,.0f} on average over all futures."
    low, middle, high = np.percentile(last, (10, 50, 90))
    return (
        f"In {year} eight of ten futures lie between {low:,.0f} and {high:,.0f}, the middle one at "
        f"{middle:,.0f}."
    )


def why(shown: Shown) -> Waterfall:
    """Why the expected activity changes by the year, part by part, in whole numbers.

    Of a group: the parts of its areas added up.
    """
    areas = shown.on.groups.get(shown.name, (shown.name,))
    inputs = shown.on.held.inputs
    each = [waterfall(inputs, shown.scenario, area, shown.kind, shown.year) for area in areas]
    names = list(dict.fromkeys(part.name for one in each for part in one.parts))
    parts = tuple(
        Part(name, sum(part.amount for one in each for part in one.parts if part.name == name))
        for name in names
    )
    return Waterfall(sum(one.start for one in each), parts, sum(one.end for one in each)).whole()


def why_chart(shown: Shown, made: Waterfall) -> Chart:
    """The same as bars."""
    bars, reached = (
        [Bar(f"{shown.scenario.base}: {made.start:,.0f}", 0, int(made.start))],
        made.start,
    )
    for part in made.parts:
        way: Look = "more" if part.amount >= 0 else "less"
        label = f"{_capital(part.name)}: {abs(part.amount):,.0f} {way}"
        bars.append(Bar(label, int(reached), int(reached + part.amount), way))
        reached += part.amount
    bars.append(Bar(f"{shown.year}, expected: {made.end:,.0f}", 0, int(made.end)))
    about = (
        f"From {made.start:,.0f} in {shown.scenario.base} to {made.end:,.0f} expected in "
        f"{shown.year}. The parts add up to the whole; the table says the same."
    )
    return Chart(f"Why {shown.label[:1].lower()}{shown.label[1:]} change", about, tuple(bars))


def curve(shown: Shown) -> Curve | None:
    """How often so many beds are enough in the year; none without futures or a plan."""
    plan = shown.beds_plan
    planned = plan.beds.of(shown.year) if plan else None
    if plan is None or planned is None or not shown.drawn:
        return None
    needed = np.sort(beds_needed(plan, shown.outlook, shown.name).needed[shown.at])
    marked = [planned + more for more in MORE_BEDS[:4]]
    low, high = min(float(needed[0]), planned), max(float(needed[-1]), marked[-1])
    beds = [float(each) for each in np.linspace(np.floor(low), np.ceil(high), 81)]
    beds = sorted({*beds, *marked})
    enough = [100 * float((needed <= each).mean()) for each in beds]
    about = (
        f"The more beds there are in {shown.year}, the more futures they are enough for. Marked "
        f"are the {planned:,.0f} planned, and 10, 20 and 30 more."
    )
    return Curve(f"How often so many beds are enough in {shown.year}", "futures of 100", beds,
                 enough, marked, about)  # fmt: skip


# --- tables --------------------------------------------------------------------------------------


def beds_year_by_year(shown: Shown) -> Grid | None:
    """Beds by occupancy and by service level, named apart, beside those planned."""
    plan = shown.beds_plan
    if plan is None:
        return None
    full, days = (
        make(plan, shown.outlook, shown.name) for make in (beds_needed, beds_on_most_days)
    )
    rows = [
        (str(year), _said(full.needed[at], shown), _said(days.needed[at], shown),
         _plan(full.planned[at]), _gap(full.needed[at], full.planned[at], shown))
        for at, year in enumerate(shown.outlook.years[1:])
    ]  # fmt: skip
    heads = (
        "Year", f"To be {plan.beds.occupancy:.0%} full on average",
        f"To be enough on {plan.beds.level:.0%} of days", "Planned", "Is the plan enough?",
    )  # fmt: skip
    intro = f"Two different things. {full.how} {days.how}"
    return grid("Beds year by year", heads, rows, intro=intro)


def more_beds(shown: Shown) -> Grid | None:
    """What 10, 20, 30 more beds buy in the year."""
    plan = shown.beds_plan
    planned = plan.beds.of(shown.year) if plan else None
    if plan is None or planned is None:
        return None
    needed = beds_needed(plan, shown.outlook, shown.name).needed[shown.at]
    busy = np.asarray(needed) * plan.beds.occupancy
    middle = float(np.median(busy))
    rows = []
    for more in MORE_BEDS:
        beds = planned + more
        cells: list[Cell] = [f"{more} more" if more else "As planned", f"{beds:,.0f}"]
        cells += [_hundred(suffices(needed, beds))] if shown.drawn else []
        cells += [f"{middle / beds:.0%}", _days_short(middle, beds)]
        rows.append(cells)
    heads = ["Beds", "Then there are"]
    heads += (
        [f"Futures in which they are no more than {plan.beds.occupancy:.0%} full"]
        if shown.drawn
        else []
    )
    heads += ["How full, in the middle future" if shown.drawn else "How full"]
    heads += ["Days a year too few"]
    intro = (
        "People in beds vary from day to day by chance (Poisson), as if nobody were turned away. A "
        "bad winter week is worse than chance alone."
    )
    return grid(f"What more beds buy in {shown.year}", heads, rows, intro=intro)


def _days_short(load: float, beds: float) -> str:
    days = 365 * Unlimited(load).more_than(beds)
    return "fewer than 1" if days < 1 else f"{days:,.0f}"


def other_capacity(shown: Shown) -> Grid | None:
    """Spaces, sessions, staff and money in the year."""
    plan = shown.beds_plan
    if plan is None:
        return None
    rows: list[tuple[Cell, ...]] = [
        (_capital(each.called), _said(each.needed[shown.at], shown), _plan(each.planned[shown.at]),
         _gap(each.needed[shown.at], each.planned[shown.at], shown), each.how)
        for each in others_needed(plan, shown.outlook, shown.name)
    ]  # fmt: skip
    gap = money_needed(plan, shown.outlook, shown.name)
    short = gap.gap[shown.at]
    how = (
        f"Unit costs grow {plan.money.cost_growth:.1%} a year, the money "
        f"{plan.money.allocation_growth:.1%}. The gap lies at {_pounds_range(short, shown)}."
    )
    enough = Enough(int((short <= 0).sum()), short.size)
    rows.append((
        _capital(plan.money.called), _pounds_range(gap.spend[shown.at], shown),
        _million(gap.allocation[shown.at]),
        _hundred(enough) if shown.drawn else ("Yes" if enough.enough else "No"), how,
    ))  # fmt: skip
    heads = ("What", "Needed", "Planned", "Is the plan enough?", "How it is worked out")
    return grid(f"Other capacity, staff and money in {shown.year}", heads, rows)


def by_area(shown: Shown) -> Grid:
    """Each area beside the others."""
    rows = [_area_row(shown, name) for name in shown.on.names]
    heads = ("Area", str(shown.scenario.base), str(shown.year), "Change", "For each 1,000 people")
    return grid(f"{shown.label} by area, {shown.year}", heads, rows, intro=(
        "The last column is of the base year and its people. It says where to look: places differ "
        "in age and need."
    ))  # fmt: skip


def _area_row(shown: Shown, name: str) -> tuple[Cell, ...]:
    now = float(shown.outlook[name].baseline[shown.number])
    then = shown.outlook[name].centiles[:, shown.at, shown.number]
    people = sum(_people(shown, area) for area in shown.on.groups.get(name, (name,)))
    change = f"{float(then[1]) / now - 1:+.0%}" if now else "Not known"
    return (
        called(shown.on, name), f"{now:,.0f}", _ends_of(then, shown), change.replace("-", "−"),
        f"{1000 * now / people:,.0f}" if people else "Not known",
    )  # fmt: skip


def _ends_of(centiles: Floats, shown: Shown) -> str:
    if np.isnan(centiles).any():
        return "Not known"
    low, middle, high = (f"{each:,.0f}" for each in centiles)
    return f"{low} to {high}" if shown.drawn else middle


def called(on: Grounds, name: str) -> str:
    """An area by a word a reader knows, where its name is an identifier."""
    return name if name in on.groups else area_word(name)


def _people(shown: Shown, area: str) -> float:
    has = shown.on.held.inputs.population
    weights = list(shown.scenario.variants.items())
    at = shown.scenario.base - has.years.start
    where = has.areas.index(area)
    return sum(
        weight * float(has.people[where, has.variants.index(name), at].sum())
        for name, weight in weights
    )


def _place(shown: Shown, kind: str) -> int:
    return [each.name for each in shown.outlook.types].index(kind)


# --- in figures ----------------------------------------------------------------------------------


def _said(futures: Floats, shown: Shown) -> str:
    """Eight of ten futures, or the mean where that is all there is."""
    if np.isnan(futures).any():
        return "Not known"
    if not shown.drawn:
        return f"{futures.mean():,.0f}"
    low, high = np.percentile(futures, _BANDS[0])
    return f"{low:,.0f} to {high:,.0f}"


def _plan(planned: float | None) -> str:
    return "Not stated" if planned is None else f"{planned:,.0f}"


def _gap(futures: Floats, planned: float | None, shown: Shown) -> str:
    if planned is None:
        return "Cannot be told"
    if shown.drawn:
        return _hundred(suffices(futures, planned))
    apart = round(float(futures.mean())) - round(planned)
    return f"No: {apart:,} short" if apart > 0 else f"Yes: {-apart:,} to spare"


def _hundred(enough: Enough) -> str:
    return f"In {enough.chance:.0%} of futures"


def _pounds_range(pence: np.ndarray, shown: Shown) -> str:
    if not shown.drawn:
        return _million(pence.mean())
    low, high = np.percentile(pence, _BANDS[0])
    return f"{_million(low)} to {_million(high)}"


def _million(pence: float) -> str:
    """In the units and with the sign of the money room, to the nearest £100,000."""
    text = f"£{abs(pence) / _MILLION:,.1f} million"
    return f"−{text}" if pence < 0 else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- as data -------------------------------------------------------------------------------------


def capacity_rows(shown: Shown) -> Iterator[dict[str, object]]:
    """Every kind of capacity, year by year, for a program to read."""
    plan = shown.beds_plan
    if plan is None:
        return
    made = [
        ("beds by occupancy", beds_needed(plan, shown.outlook, shown.name)),
        ("beds by service level", beds_on_most_days(plan, shown.outlook, shown.name)),
        *((each.called, each) for each in others_needed(plan, shown.outlook, shown.name)),
    ]
    for measure, needed in made:
        for at, year in enumerate(shown.outlook.years[1:]):
            yield _as_row(measure, needed, at, year, shown)
    gap = money_needed(plan, shown.outlook, shown.name)
    for at, year in enumerate(gap.years):
        low, middle, high = (round(float(x)) for x in np.percentile(gap.gap[at], (10, 50, 90)))
        yield {
            "measure": "gap in pence", "year": year, "low": low, "middle": middle, "high": high,
            "planned": int(gap.allocation[at]), "enough": float((gap.gap[at] <= 0).mean()),
        }  # fmt: skip


def _as_row(measure: str, needed: Needed, at: int, year: int, shown: Shown) -> dict[str, object]:
    low, middle, high = (round(float(x), 1) for x in np.percentile(needed.needed[at], (10, 50, 90)))
    planned = needed.planned[at]
    enough = (
        None if planned is None or not shown.drawn else suffices(needed.needed[at], planned).chance
    )
    return {
        "measure": measure, "year": year, "low": low, "middle": middle, "high": high,
        "planned": planned, "enough": enough,
    }  # fmt: skip
