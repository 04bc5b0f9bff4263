"""What is due of plans: on a page, as data, in a calendar, and in the words of a reminder."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from icalendar import Event

from commonweal.plans.due import Due, PlanReminder, dues
from commonweal.plans.years import financial_year
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, period
from commonweal.statute.rule import Rule, rule
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, not_found, page, the_snapshot, wants
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.record.subscribing import calendar, calendar_file
from commonweal_site.words import capital, count, listed

HEADS = "about name sort what who because rule since by past as_at known".split()

_TIMED = ("JFP-01", "JFP-14", "ICS-05", "ICS-07", "JLH-01", "JFP-13", "CAP-01", "REP-01")
"""Rules that say when a plan is made or looked at again."""


def due(request: HttpRequest, system: str) -> HttpResponse:
    """What is to be done about the plans of a system, and by when."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return not_found(request, f"No system called ‘{system}’ is on record on this day.")
    found = dues(snapshot, system)
    if wants(request) != "html":
        rows = [_row(snapshot, each) for each in found]
        if wants(request) == "csv":
            return as_csv(f"{system}-plans-due", HEADS, rows)
        return as_json({"system": system, "count": len(rows), "due": rows})
    where = system_name(snapshot, system)
    return page(
        request, "plans/due.jinja", f"What is due of the plans: {where}",
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Plans", f"/{system}/plans/")],
        invented=system in snapshot.invented, lede=lede(snapshot, found), slug=system,
        twins=Twins(f"/{system}/plans/due.json", f"/{system}/plans/due.csv"),
        grids=[*_grids(snapshot, found), _rules(snapshot)],
    )  # fmt: skip


def lede(snapshot: Snapshot, found: tuple[Due, ...]) -> str:
    """How much is open, past and to come, and what comes first, in two sentences."""
    if not found:
        return "Nothing on record is due. A plan that is not on record may be due all the same."
    past, undated, coming = _sorted(snapshot, found)
    parts = [
        f"{count(len(of), 'thing')} {'is' if len(of) == 1 else 'are'} {words}"
        for of, words in ((past, "past the day named"), (undated, "open with no day set"))
        if of
    ]
    first = f"{capital(listed(parts))}." if parts else "Nothing on record is past its day."
    if not coming:
        return first
    return (
        f"{first} The next day to come is {_on(coming[0])}, for “{snapshot.name(coming[0].about)}”."
    )


def _on(each: Due) -> str:
    return day_in_words(each.by) if each.by else "not set"


def _sorted(snapshot: Snapshot, found: tuple[Due, ...]) -> tuple[list[Due], list[Due], list[Due]]:
    """What is past its day, what has none, and what is to come."""
    past = [each for each in found if each.past(snapshot.as_at)]
    undated = [each for each in found if each.by is None]
    return past, undated, [each for each in found if each not in past and each.by]


def what(snapshot: Snapshot, each: Due) -> str:
    """What is to be done, in a few words."""
    if each.sort == "something new came":
        return f"Look at it again, because of {snapshot.name(each.because or each.about)}"
    if each.sort == "the plan for the next year":
        year = financial_year(period(financial_year(snapshot.as_at))[1])
        return f"Prepare the forward plan for {year}"
    if each.sort == "an answer was asked for":
        return "Answer what was asked"
    return {"its years end": "Follow it with another plan, or say that none is needed"}.get(
        each.sort, "Review it"
    )


_WHY = {
    "something new came": "Something new came",
    "it names a day for its review": "It names that day itself",
    "its years end": "The years it covers end",
    "the plan for the next year": "A plan is prepared before each year begins",
    "an answer was asked for": "The day that whoever asked named",
}


# --- tables ---------------------------------------------------------------------------------------


def _grids(snapshot: Snapshot, found: tuple[Due, ...]) -> Iterator[Grid]:
    past, undated, coming = _sorted(snapshot, found)
    heads = ("What", "Plan", "Who", "By", "Why")
    yield grid(
        "Past the day named", heads, (_line(snapshot, each) for each in past),
        empty="Nothing on record is past its day.",
        intro="Past means that nothing on record shows it done. It may be done all the same.",
    )  # fmt: skip
    yield grid(
        "Open, with no day set", ("What", "Plan", "Who", "Since", "Why"),
        (_line(snapshot, each) for each in undated), empty="No review is on record as open.",
        intro="The law has a plan looked at again when something new comes, and sets no time.",
    )  # fmt: skip
    yield grid(
        "To come", heads, (_line(snapshot, each) for each in coming),
        empty="No day to come is on record.",
    )  # fmt: skip


def _line(snapshot: Snapshot, each: Due) -> tuple[Cell, ...]:
    day = each.by or each.since
    why = _WHY[each.sort]
    return (
        what(snapshot, each), link_to(snapshot, each.about),
        tuple(link_to(snapshot, who) for who in each.who), day_in_words(day) if day else None,
        Link(f"{why}: {rule(each.rule).title}", f"/rules/{each.rule}/") if each.rule else why,
    )  # fmt: skip


def _rules(snapshot: Snapshot) -> Grid:
    """The rules of time, with the days between which each is in force."""
    every = [rule(number) for number in _TIMED]
    return grid(
        "Which rules of time are in force, year by year",
        ("Rule", "From", "Until", "On this day"),
        (
            (Link(each.title, f"/rules/{each.id}/"), day_in_words(each.starts), _until(each),
             "In force" if each.in_force(snapshot.as_at) else "Not in force")
            for each in every
        ),
        intro="The dates of capital plans and annual reports are set by directions that are not on "
        "record. From 2026/27 the planning framework of NHS England asks for five-year plans "
        "refreshed every year; how that stands to the duty has not been verified.",
    )  # fmt: skip


def _until(law: Rule) -> str:
    return day_in_words(law.ends) + " (not included)" if law.ends else "No end on record"


def _row(snapshot: Snapshot, each: Due) -> dict[str, Any]:
    return {
        "about": each.about, "name": snapshot.name(each.about), "sort": each.sort,
        "what": what(snapshot, each), "who": list(each.who), "because": each.because,
        "rule": each.rule, "since": each.since.isoformat() if each.since else None,
        "by": each.by.isoformat() if each.by else None, "past": each.past(snapshot.as_at),
        "as_at": snapshot.as_at.isoformat(), "known": snapshot.known.isoformat(),
    }  # fmt: skip


# --- the calendar and the reminder ----------------------------------------------------------------


def calendar_of_plans(request: HttpRequest, system: str) -> HttpResponse:
    """Every day by which something is due of a system's plans, as a calendar to subscribe to."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return not_found(request, f"No system called ‘{system}’ is on record on this day.")
    made = calendar("Plans", f"Plans due: {system_name(snapshot, system)}")
    site = request.build_absolute_uri("/").rstrip("/")
    for each in dues(snapshot, system):
        if each.by:
            made.add_component(_event(snapshot, each, site))
    return calendar_file(bytes(made.to_ical()), f"{system}-plans-due")


def _event(snapshot: Snapshot, each: Due, site: str) -> Event:
    invented = each.about.split("/", maxsplit=1)[0] in snapshot.invented
    held = snapshot.held(each.because or each.about)
    event = Event()
    key = "-".join((each.sort, each.because or "", each.about)).replace("/", ".").replace(" ", "-")
    event.add("uid", f"{key}@commonweal")
    event.add("sequence", held.stated_by if held else 0)
    event.add("dtstamp", snapshot.known)
    event.add("dtstart", each.by)
    said = f"{what(snapshot, each)}: {snapshot.name(each.about)}"
    event.add("summary", f"{said}{' (invented)' if invented else ''}")
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{site}/{each.about}")
    event.add("description", f"{_WHY[each.sort]}. {'; '.join(snapshot.name(w) for w in each.who)}")
    return event


def in_a_letter(snapshot: Snapshot, told: PlanReminder, site: str) -> str:
    """What a body is told about plans, in the words of a letter."""
    lines = [f"{snapshot.name(told.who)}, {day_in_words(snapshot.as_at)}", "\nPlans:"]
    for each in told.found:
        day = f"by {day_in_words(each.by)}" if each.by else "no day is set"
        lines += [
            f"\n- {snapshot.name(each.about)}", f"  {what(snapshot, each)} ({day}).",
            f"  {_WHY[each.sort]}{f': rule {each.rule}' if each.rule else ''}.",
            f"  {site}/{each.about}",
        ]  # fmt: skip
    system = told.found[0].about.split("/", maxsplit=1)[0]
    return "\n".join([*lines, f"\nEverything that is due of plans: {site}/{system}/plans/due/"])
