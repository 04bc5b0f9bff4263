"""How tangled a system is, function by function, now and after a proposal."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.burden import hours_in_all
from commonweal.assurance.complexity import (
    Becomes,
    Complexity,
    complexity,
    in_a_sentence,
    merged,
)
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.authority.asking import found
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import link_to, system_name

from .drilled import BOXES

ANOTHER = "then"
"""The parameter of a day to be set beside the one shown."""

HEADS = "function who overlaps hand_offs after_who after_overlaps after_hand_offs as_at".split()


class Counted(NamedTuple):
    """What was counted of a system: its tangle, and the hours that being overseen takes a year."""

    tangle: Complexity
    hours: Decimal


class Compared(NamedTuple):
    """A system now, and as it would be or was: after a change on paper, or on another day.

    title  what the second is, in words
    """

    now: Counted
    after: Counted | None = None
    title: str = ""
    wrong: str = ""


def counted(snapshot: Snapshot, system: str, becomes: Becomes | None = None) -> Counted:
    """A system as it is, or as it would be after a change on paper."""
    hours = hours_in_all(snapshot, system, becomes)
    return Counted(complexity(snapshot, system, becomes), hours)


def tangled(request: HttpRequest, system: str) -> HttpResponse:
    """Bodies, overlaps, hand-offs and hours, now and after a proposal or on another day."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    typed = [each.strip() for box in BOXES for each in request.GET.getlist(box) if each.strip()]
    day = request.GET.get(ANOTHER, "").strip()
    found = _compared(snapshot, system, typed, day)
    if wants(request) != "html":
        if found.wrong:
            return as_json({"fault": found.wrong}, status=400)
        return _twin(request, snapshot, system, found)
    where, data = system_name(snapshot, system), f"/{system}/complexity"
    asked = urlencode([*(("body", each) for each in typed), *([(ANOTHER, day)] if day else [])])
    more = f"?{asked}" if asked and not found.wrong else ""
    return page(
        request, "assurance/tangled.jinja", f"How tangled it is: {where}",
        status=400 if found.wrong else 200, crumbs=[Crumb(where, f"/{system}/")],
        invented=system in snapshot.invented, system=system, wrong=found.wrong.split("\n"),
        twins=Twins(f"{data}.json{more}", f"{data}.csv{more}"),
        lede=in_a_sentence(found.now.tangle), then=found.title,
        after=in_a_sentence(found.after.tangle) if found.after else "",
        typed=(*typed, "", "")[:2], day_typed=day, table=_table(snapshot, found),
        sums=_sums_table(snapshot.as_at, found),
    )  # fmt: skip


def _compared(snapshot: Snapshot, system: str, typed: list[str], day: str) -> Compared:
    now = counted(snapshot, system)
    try:
        if day:
            there = snapshot.on(date.fromisoformat(day))
            return Compared(now, counted(there, system), f"On {day_in_words(there.as_at)}")
        bodies = tuple(dict.fromkeys(found(snapshot, each, "body") for each in typed))
    except ValueError:
        return Compared(now, wrong=f"‘{day}’ is no day. Write one such as 2022-07-01.")
    except SpeakingError as refused:
        return Compared(now, wrong=str(refused))
    if not bodies:
        return Compared(now)
    return Compared(now, counted(snapshot, system, merged(bodies)), "After the change")


def _sums_table(on: date, found: Compared) -> Grid:
    names = (
        ("Bodies and posts with a part in it", "bodies"), ("Overlaps", "overlaps"),
        ("Hand-offs", "hand_offs"), ("Hours a year that being overseen takes", "hours_a_year"),
    )  # fmt: skip
    now, after = _sums(found.now), _sums(found.after) if found.after else {}
    then = (found.title,) if after else ()
    rows = (
        (name, f"{now[key]:,.0f}", *([f"{after[key]:,.0f}"] if after else []))
        for name, key in names
    )
    intro = "Hours are counted where a return says how often it is asked and what an answer takes."
    return grid(
        "All functions together", ("What", f"On {day_in_words(on)}", *then), rows, intro=intro
    )


def _rows(found: Compared) -> list[dict[str, Any]]:
    now, after = found.now.tangle, found.after.tangle if found.after else None
    later = {each.function: each for each in after.tangles} if after else {}
    rows = []
    for each in now.tangles:
        row: dict[str, Any] = {
            "function": each.function, "who": len(each.who), "overlaps": each.overlaps,
            "hand_offs": each.hand_offs,
        }  # fmt: skip
        if after:
            then = later.get(each.function)
            row["after_who"] = len(then.who) if then else 0
            row["after_overlaps"] = then.overlaps if then else 0
            row["after_hand_offs"] = then.hand_offs if then else 0
        rows.append(row)
    return rows


def _table(snapshot: Snapshot, found: Compared) -> Grid:
    def told(row: dict[str, Any], key: str) -> str:
        then = row.get(f"after_{key}")
        return f"{row[key]}" if then in {None, row[key]} else f"{row[key]}, then {then}"

    rows = (
        (
            link_to(snapshot, row["function"]), told(row, "who"), told(row, "overlaps"),
            told(row, "hand_offs"),
        )
        for row in _rows(found)
    )  # fmt: skip
    heads = ("Function", "Who has a part in it", "Overlaps", "Hand-offs")
    return grid("Function by function, the most tangled first", heads, rows)


def _twin(request: HttpRequest, snapshot: Snapshot, system: str, found: Compared) -> HttpResponse:
    data = as_data(snapshot, system, found)
    if wants(request) == "csv":
        return as_csv(f"{system}-complexity", HEADS, data["functions"])
    return as_json(data)


def as_data(snapshot: Snapshot, system: str, found: Compared) -> dict[str, Any]:
    """What was counted, for a program to read."""
    on = snapshot.as_at.isoformat()
    return {
        "system": system, "as_at": on, "now": _sums(found.now),
        "after": _sums(found.after) if found.after else None, "then": found.title or None,
        "functions": [{**row, "as_at": on} for row in _rows(found)],
    }  # fmt: skip


def _sums(found: Counted) -> dict[str, float]:
    tangle = found.tangle
    return {
        "bodies": tangle.bodies, "overlaps": tangle.overlaps, "hand_offs": tangle.hand_offs,
        "hours_a_year": float(found.hours),
    }  # fmt: skip
