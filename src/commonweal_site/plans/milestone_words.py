"""A milestone in the words of every page: its owner, its dates, and how it stands."""

from commonweal.plans.delivery import STANDINGS, Stands, Wait, first_date
from commonweal.plans.milestones import Milestone, due_in_words
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.meetings.laid_out import Cell, whoever
from commonweal_site.words import capital, count


def owner_of(snapshot: Snapshot, fact: Milestone) -> Cell:
    """Who answers for a milestone."""
    return whoever(snapshot, fact.owner, fact.owner_printed or None)


def standing_in_words(each: Stands) -> str:
    """How a milestone stands, with the days over and the day it was reached."""
    said = STANDINGS[each.standing]
    if each.standing in {"reached", "reached late", "dropped"} and each.fact.reached_on:
        return f"{said} {due_in_words(each.fact.reached_on, 'in')}"
    if each.days_over:
        return f"{said} ({count(each.days_over, 'day')} over)"
    return said


def dates(each: Stands) -> str:
    """The date of the day, and the first one if it was moved."""
    first, now = first_date(each.fact), (each.when, each.firm)
    moved = f" (at first {due_in_words(*first)})" if first != now else ""
    return capital(due_in_words(*now)) + moved


def sort_of(wait: Wait) -> str:
    """What sort of thing a milestone waits for."""
    if wait.law:
        return "A law"
    if wait.what is None:
        return "In words only"
    kind = wait.what.split("/")[1]
    return f"{'An' if kind[0] in 'aeiou' else 'A'} {kind}"


def fits(wait: Wait) -> str:
    """Whether a milestone's date leaves time for what it waits for."""
    if wait.there is None:
        return "Cannot tell: no date on record"
    day = day_in_words(wait.there)
    if wait.too_soon:
        return f"No: that is there only by {day}"
    return f"Yes: that is there by {day}"
