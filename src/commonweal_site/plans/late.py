"""Milestones past their day as other pages list them: called late, or passed in silence."""

from commonweal.plans.delivery import Stands, overdue
from commonweal.record.snapshot import Snapshot
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.record.presenting import Link, system_name
from commonweal_site.words import count

from .milestone_words import dates, owner_of

_MOST = 25
"""Rows of the table; the page of milestones has all of them."""

_SAID = {"late": "Late: a source says it is not done", "passed in silence": "No word either way"}


def late_data(snapshot: Snapshot, system: str) -> list[dict[str, object]]:
    """Milestones whose day has gone, for a program to read: the longest over first."""
    return [
        {
            "id": each.name, "system": each.name.split("/", 1)[0], "what": each.fact.name,
            "owner": each.fact.owner or each.fact.owner_printed or None, "due": each.when,
            "firm": each.firm, "standing": each.standing, "days_over": each.days_over,
        }
        for each in _asked(snapshot, system)
    ]  # fmt: skip


def late_table(snapshot: Snapshot, system: str) -> Grid:
    """Milestones whose day has gone, the longest over first; a few of them where there are many."""
    found = _asked(snapshot, system)
    late = sum(each.standing == "late" for each in found)
    return grid(
        "Milestones past their day", ("Milestone", "Owner", "Due", "How it stands", "System"),
        (
            (
                Link(each.fact.name, f"/{each.name}"), owner_of(snapshot, each.fact), dates(each),
                _stands(each), _system(snapshot, each.name),
            )
            for each in found[:_MOST]
        ),
        empty="No milestone on record is past its day without having been reached or dropped.",
        intro=_counted(late, len(found) - late) if found else "",
    )  # fmt: skip


def systems_late(snapshot: Snapshot) -> set[str]:
    """Systems with a milestone whose day has gone."""
    return {each.name.split("/", 1)[0] for each in overdue(snapshot)}


def _asked(snapshot: Snapshot, system: str) -> list[Stands]:
    """Those of a system; of all that exist, where none is named. The invented are apart."""
    if system:
        return overdue(snapshot, system)
    return [
        each for each in overdue(snapshot)
        if each.name.split("/", 1)[0] not in snapshot.invented
    ]  # fmt: skip


def _stands(each: Stands) -> str:
    over = f", {count(each.days_over, 'day')} over" if each.days_over else ""
    return f"{_SAID[each.standing]}{over}"


def _system(snapshot: Snapshot, name: str) -> Link:
    system = name.split("/", 1)[0]
    return Link(system_name(snapshot, system), f"/milestones/?system={system}")


def _counted(late: int, silent: int) -> str:
    said = (
        f"Of {silent or 'none'} the day has gone with no word that it was done, which is not the "
        f"same as late; of {late or 'none'} a source says that it is not done."
    )
    whole = late + silent
    many = f" The {_MOST} longest over of {whole:,} are shown; the page of milestones has all."
    return said + many * (whole > _MOST)
