"""The page of the changes of bodies on record: what passed on, and what was left behind."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.drill import Lost
from commonweal.assurance.replays import Change, Replay, changes_on_record, replayed
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_json, page, the_snapshot, wants
from commonweal_site.record.presenting import link_to
from commonweal_site.words import count


def replays(request: HttpRequest) -> HttpResponse:
    """What became of the bodies that ended on the day shown, and every day on which some did."""
    after = the_snapshot(request)
    before = after.on(after.as_at - timedelta(1))
    changes, made_up = changes_on_record(after), changes_on_record(after, invented=True)
    found, invented = replayed(before, after), False
    if not found:
        found = replayed(before, after, invented=True)
        invented = bool(found)
    if wants(request) == "json":
        return as_json(_as_data(after, (*changes, *made_up), found))
    return page(
        request, "assurance/replays.jinja", "What became of bodies that ended", invented=invented,
        crumbs=[Crumb("What if it ended?", "/drill/")], twins=Twins("/drill/replays.json"),
        lede=_lede(after, changes, found),
        changes=_listed(changes, made_up),
        tables=[_by_body(before, after, found), _left(before, after, found)] if found else (),
    )  # fmt: skip


def _listed(changes: tuple[Change, ...], made_up: tuple[Change, ...]) -> list[tuple[Change, str]]:
    """Each day once: where something real happened, what was made up of that day is not shown."""
    real = {each.on for each in changes}
    invented = [(each, " (invented)") for each in made_up if each.on not in real]
    return sorted([*((each, "") for each in changes), *invented], key=lambda e: e[0].on)[::-1]


def _lede(after: Snapshot, changes: tuple[Change, ...], found: tuple[Replay, ...]) -> str:
    on = day_in_words(after.as_at)
    if not found:
        gone = count(sum(len(each.bodies) for each in changes), "body")
        return (
            f"Up to {on}, {gone} on record gave way to others. Choose a day to see what passed on "
            "and what was left behind."
        )
    heirs = {heir for each in found for heir in each.heirs}
    passed = sum(len(each.passed) for each in found)
    ended = sum(len(each.ended) for each in found)
    still = sum(len(each.still) for each in found)
    return (
        f"On {on}, {count(len(found), 'body')} ended and {len(heirs):,} took their place. Of what "
        f"is on record that ought to go on, {passed:,} passed on, {ended:,} ended with nothing in "
        f"its place, and {f'{still:,} still name' if still else 'none still names'} a body that "
        "had ended."
    )


def _by_body(before: Snapshot, after: Snapshot, found: tuple[Replay, ...]) -> Grid:
    told = [each for each in found if each.passed or each.ended or each.still]
    rows = (
        (
            link_to(before, each.body),
            tuple(link_to(after, heir) for heir in each.heirs),
            f"{len(each.passed):,}", f"{len(each.ended):,}", f"{len(each.still):,}",
        )
        for each in told
    )  # fmt: skip
    others = len(found) - len(told)
    more = f" Of {count(others, 'other')} only the successor is on record." if others else ""
    heads = ("Ended", "In its place", "Passed on", "Ended with it", "Left behind")
    return grid(
        "What each of them had", heads, rows, intro=f"Counted from what is on record.{more}"
    )


def _left(before: Snapshot, after: Snapshot, found: tuple[Replay, ...]) -> Grid:
    rows = (
        (
            link_to(after, lost.entity)._replace(text=lost.name), lost.kind.replace("-", " "),
            lost.rule.fate, link_to(before, lost.body),
        )
        for each in found for lost in each.still
    )  # fmt: skip
    return grid(
        "Left behind", ("What", "Kind", "By law it", "Still names"), rows,
        empty="Nothing on record still names a body that ended that day.",
    )  # fmt: skip


def _as_data(
    after: Snapshot, changes: tuple[Change, ...], found: tuple[Replay, ...]
) -> dict[str, Any]:
    def ids(lost: tuple[Lost, ...]) -> list[str]:
        return [each.entity for each in lost]

    return {
        "as_at": after.as_at.isoformat(),
        "changes": [
            {"on": each.on.isoformat(), "bodies": {k: list(v) for k, v in each.bodies.items()}}
            for each in changes
        ],
        "ended": [
            {
                "body": each.body, "heirs": list(each.heirs), "passed_on": ids(each.passed),
                "ended_with_it": ids(each.ended), "left_behind": ids(each.still),
            }
            for each in found
        ],
    }  # fmt: skip
