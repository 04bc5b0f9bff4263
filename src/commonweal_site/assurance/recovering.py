"""What went wrong and how it is put right: the issues of a system, and the story of a recovery."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.loop import (
    Loop,
    evidence_of,
    in_a_sentence,
    issues_of,
    late,
    loops,
    missing,
    over,
    running,
    story,
)
from commonweal.assurance.recovery import RecoveryPlan
from commonweal.assurance.risks import Issue, Treatment
from commonweal.record.manuscript import Picture
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, grid, whoever
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import capital, count

HEADS = "id name held_by owner raised closed open found_by risk recovery missing as_at".split()

type About = tuple[tuple[str, Cell], ...]


class Told(NamedTuple):
    """What a page says: the answer, perhaps a picture, details, and tables."""

    sentence: str
    about: About
    grids: tuple[Grid, ...]
    picture: Picture | None = None


def actions(snapshot: Snapshot, found: Sequence[Treatment]) -> Grid:
    """What is to be done, by whom and when."""
    rows = (
        (
            each.what, link_to(snapshot, each.by) if each.by else None,
            in_words(each.due) if each.due else None, _state(each, snapshot),
        )
        for each in found
    )  # fmt: skip
    return grid("Actions", ("What", "By whom", "Due", "State"), rows)


def _state(action: Treatment, snapshot: Snapshot) -> str:
    if not action.open(snapshot.as_at):
        return f"Done, {in_words(action.done or '')}"
    return "Overdue" if late(action, snapshot.as_at) else "To be done"


# --- the issues of a system -----------------------------------------------------------------------


def issues(request: HttpRequest, system: str) -> HttpResponse:
    """What has gone wrong in a system, where each stands, and the plans by which it recovers."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    found, plans = loops(snapshot, system), snapshot.of_system(RecoveryPlan, system)
    if wants(request) == "csv":
        return as_csv(f"{system}-issues", HEADS, [_row(snapshot, each) for each in found])
    if wants(request) == "json":
        return as_json(_as_data(snapshot, system, found))
    where = system_name(snapshot, system)
    grids = (_issues(snapshot, found), _plans(snapshot, plans))
    return page(
        request, "assurance/tables.jinja", f"What went wrong: {where}",
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Risks", f"/{system}/risks/")],
        invented=system in snapshot.invented, system=system, lede=in_a_sentence(found),
        twins=Twins(f"/{system}/issues.json", f"/{system}/issues.csv"),
        grids=[each for each in grids if each.rows],
        silent=[each.title for each in grids if not each.rows],
    )  # fmt: skip


def _issues(snapshot: Snapshot, found: Sequence[Loop]) -> Grid:
    rows = (
        (
            Link(each.issue.name, f"/{each.name}"),
            in_words(each.issue.raised) if each.issue.raised else None,
            "Open" if each.open else f"Closed, {in_words(each.issue.closed or '')}",
            each.missing or "No step is missing",
            link_to(snapshot, each.issue.recovery) if each.issue.recovery else "None named",
        )
        for each in found
    )  # fmt: skip
    intro = "An issue leads to actions with somebody and a day, and is closed once it is put right."
    heads = ("Issue", "Raised", "State", "Where it stopped", "Recovery plan")
    return grid("Issues, open ones first", heads, rows, intro=intro)


def _plans(snapshot: Snapshot, found: Any) -> Grid:
    rows = (
        (
            Link(plan.name, f"/{name}"), link_to(snapshot, plan.service),
            "It runs" if running(plan, snapshot.as_at) else f"Over, {in_words(plan.ended or '')}",
            where_it_stands(snapshot, plan),
        )
        for name, plan in found.items()
    )  # fmt: skip
    intro = "One plan for each troubled service, shared by all who ask something of it."
    heads = ("Plan", "Service", "State", "Where it stands")
    return grid("Recovery plans", heads, rows, intro=intro)


def _row(snapshot: Snapshot, each: Loop) -> dict[str, Any]:
    issue = each.issue
    return {
        "id": each.name, "name": issue.name, "held_by": issue.held_by, "owner": issue.owner,
        "raised": issue.raised, "closed": issue.closed, "open": each.open,
        "found_by": issue.found_by, "risk": issue.risk, "recovery": issue.recovery,
        "missing": each.missing or None, "as_at": snapshot.as_at.isoformat(),
    }  # fmt: skip


def _as_data(snapshot: Snapshot, system: str, found: Sequence[Loop]) -> dict[str, Any]:
    plans = [
        {
            "id": name, "name": plan.name, "service": plan.service, "of": plan.of,
            "runs": running(plan, snapshot.as_at), "stands": where_it_stands(snapshot, plan),
            "story": [each._asdict() for each in story(snapshot, name, plan)],
            "asks": [
                {"what": each.what, "by": each.by or each.by_printed, "on": each.on,
                 "became": each.became}
                for each in plan.asks
            ],
        }
        for name, plan in snapshot.of_system(RecoveryPlan, system).items()
    ]  # fmt: skip
    return {
        "system": system, "as_at": snapshot.as_at.isoformat(), "count": len(found),
        "issues": [_row(snapshot, each) for each in found], "recovery_plans": plans,
    }  # fmt: skip


# --- one issue ------------------------------------------------------------------------------------


def of_an_issue(snapshot: Snapshot, fact: Issue) -> Told:
    """An issue: whether it is open, and where it has stopped."""
    closed = over(fact.closed, snapshot.as_at)
    state = f"It was put right on {in_words(fact.closed or '')}" if closed else "It is open"
    stopped = missing(snapshot, fact)
    about: About = (
        ("Effect", fact.effect), ("Raised", in_words(fact.raised) if fact.raised else None),
        ("Found by", capital(fact.found_by)), ("Kept by", link_to(snapshot, fact.held_by)),
        ("Owner", link_to(snapshot, fact.owner) if fact.owner else None),
        ("Risk that came true", link_to(snapshot, fact.risk) if fact.risk else "None named"),
        ("Recovery plan", link_to(snapshot, fact.recovery) if fact.recovery else "None named"),
    )  # fmt: skip
    said = f"{state}. {stopped or 'No step is missing on the way to being put right.'}"
    return Told(said, about, (actions(snapshot, fact.actions),))


# --- one recovery plan ----------------------------------------------------------------------------


def of_a_plan(snapshot: Snapshot, name: str, fact: RecoveryPlan) -> Told:
    """A recovery plan as a story: what went wrong, what is done, what others ask, when it ends."""
    about: About = (
        ("Why", fact.because), ("Service", link_to(snapshot, fact.service)),
        ("Run by", link_to(snapshot, fact.of)),
        ("Led by", link_to(snapshot, fact.lead) if fact.lead else None),
        ("Shared by", tuple(link_to(snapshot, each) for each in fact.shared_by)),
        ("Began", in_words(fact.began) if fact.began else None),
        ("Ended", in_words(fact.ended) if fact.ended else "It runs"),
    )  # fmt: skip
    tables = (
        _story(snapshot, name, fact), actions(snapshot, fact.actions), _ends(snapshot, fact),
        _asks(snapshot, fact), _led_to_it(snapshot, name), _shown_by(snapshot, name, fact),
    )  # fmt: skip
    return Told(where_it_stands(snapshot, fact), about, tables)


def _story(snapshot: Snapshot, name: str, fact: RecoveryPlan) -> Grid:
    rows = (
        (in_words(each.when), Link(each.what, "" if each.entity == name else f"/{each.entity}"))
        for each in story(snapshot, name, fact)
    )
    return grid("What happened, and what is to come", ("When", "What"), rows)


def _ends(snapshot: Snapshot, fact: RecoveryPlan) -> Grid:
    rows = (
        (
            each.what, link_to(snapshot, each.measure) if each.measure else "No measure is named",
            {True: "Met", False: "Not yet"}[each.met] if each.met is not None else None,
            in_words(each.on) if each.on else None,
        )
        for each in fact.exit_when
    )  # fmt: skip
    empty = "What must be so before it ends is not on record."
    return grid("It ends when", ("What must be so", "Measure", "Met?", "As at"), rows, empty=empty)


def _asks(snapshot: Snapshot, fact: RecoveryPlan) -> Grid:
    rows = (
        (
            each.what, whoever(snapshot, each.by, each.by_printed),
            in_words(each.on) if each.on else None,
            in_words(each.until) if each.until else "No end is stated", capital(each.became),
            each.answer,
        )
        for each in fact.asks
    )  # fmt: skip
    intro = (
        "What anybody asks while the plan runs is logged here: it becomes part of the one plan, or "
        "stands beside it for all to see."
    )
    heads = ("Asked for", "By", "On", "Until", "What became of it", "Answer")
    empty = "Nobody has asked for more."
    return grid("What others ask", heads, rows, intro=intro, empty=empty)


def _led_to_it(snapshot: Snapshot, name: str) -> Grid:
    rows = (
        (Link(each.name, f"/{own}"), in_words(each.raised) if each.raised else None, each.effect)
        for own, each in issues_of(snapshot, name).items()
    )
    heads = ("Issue", "Raised", "Effect")
    return grid("What led to it", heads, rows, empty="No issue on record names this plan.")


def _shown_by(snapshot: Snapshot, name: str, fact: RecoveryPlan) -> Grid:
    rows = (
        (Link(each.name, f"/{own}"), each.shows, in_words(each.on) if each.on else None)
        for own, each in evidence_of(snapshot, name, fact).items()
    )
    heads = ("Evidence", "What it shows", "As at")
    empty = "No evidence on record is about the plan or its measures."
    return grid("What shows it", heads, rows, empty=empty)


def where_it_stands(snapshot: Snapshot, fact: RecoveryPlan) -> str:
    """How many actions are done, how many conditions met, and how many asks stand beside it."""
    done = sum(not each.open(snapshot.as_at) for each in fact.actions)
    met = sum(each.met is True for each in fact.exit_when)
    rivals = sum(each.became in {"beside the plan", "not answered"} for each in fact.asks)
    said = (
        f"{done} of {count(len(fact.actions), 'action')} "
        f"{'is' if len(fact.actions) == 1 else 'are'} done, and {met} of "
        f"{count(len(fact.exit_when), 'condition')} for its end "
        f"{'is' if met == 1 else 'are'} met."
    )
    if rivals:
        said += (
            f" {count(rivals, 'ask')} of others {'stands' if rivals == 1 else 'stand'} beside it."
        )
    return said
