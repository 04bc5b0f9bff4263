"""Pages of single risks and recovery plans: where they stand, in one sentence, then the rest."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.evidence import Evidence, stale
from commonweal.assurance.recovery import RecoveryPlan
from commonweal.assurance.register import (
    Version,
    above,
    freshness,
    missing_lines,
    open_actions,
    versions,
)
from commonweal.assurance.risks import Issue, Risk, Treatment, in_three_parts
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import capital, listed
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, grid, whoever
from commonweal_site.pages import page, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import count

type About = tuple[tuple[str, Cell], ...]

KINDS = ("risk", "recovery-plan")


class Told(NamedTuple):
    """What a page says: the answer, then a list of details, then the tables."""

    sentence: str
    about: About
    grids: tuple[Grid, ...]


def story(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """One risk or recovery plan on the day asked about."""
    name, snapshot = f"{system}/{kind}/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if wants(request) != "html" or not isinstance(fact, Risk | RecoveryPlan):
        return entity.entity(request, system, kind, slug)
    told = _risk(snapshot, name, fact) if isinstance(fact, Risk) else _recovery(snapshot, fact)
    given = entity.context(snapshot, request, name, [])
    where = system_name(snapshot, system)
    given["crumbs"] = [Crumb(where, f"/{system}/"), Crumb("Risks", f"/{system}/risks/")]
    return page(
        request, "scrutiny/story.jinja", fact.label(snapshot.name), **given,
        text=told.sentence, about=told.about, grids=told.grids,
    )  # fmt: skip


# --- risks ----------------------------------------------------------------------------------------


def _risk(snapshot: Snapshot, name: str, fact: Risk) -> Told:
    evidence = _evidence(snapshot, name, fact)
    tables = [_scores(fact), _assurances(snapshot, fact), evidence]
    tables += [_actions(snapshot, fact.actions), _moves(versions(snapshot, name))]
    issues = _issues(snapshot, name)
    return Told(_in_a_sentence(snapshot, fact), _about(snapshot, fact), (*tables, issues))


def _in_a_sentence(snapshot: Snapshot, fact: Risk) -> str:
    who = snapshot.name(fact.held_by)
    if fact.current is None:
        return f"{who} has it on its register; how likely and how bad it is, is not on record."
    said = above(fact)
    lines = f"Its score is {fact.current.in_words()}"
    accepted = f", {said[:1].lower()}{said[1:]} by {who}" if said else ""
    todo = len(open_actions(fact, snapshot.as_at))
    still = f"{count(todo, 'action is', 'actions are')} still to be done" if todo else (
        "nothing is still to be done about it"
    )  # fmt: skip
    return f"{lines}{accepted}; {still}."


def _about(snapshot: Snapshot, fact: Risk) -> About:
    objective = link_to(snapshot, fact.objective) if fact.objective else fact.objective_printed
    concerned = tuple(
        link_to(snapshot, each.body)._replace(text=_concerned(snapshot, each.body, each.how))
        for each in fact.concerns
    )
    told = tuple(
        Link(f"{snapshot.name(each.to)}, {in_words(each.on)}", f"/{each.item or each.to}")
        for each in fact.reported
    )
    return (
        ("What may happen", in_three_parts(fact)), ("Objective", objective),
        ("Owner", whoever(snapshot, fact.owner, fact.owner_printed)),
        ("Register of", link_to(snapshot, fact.held_by)),
        ("How much is accepted", fact.appetite),
        ("Controls", "; ".join(each.what for each in fact.controls)),
        ("Gaps", "; ".join(fact.gaps)), ("Of concern to", concerned), ("Reported to", told),
        ("About", tuple(link_to(snapshot, each) for each in fact.about)),
    )  # fmt: skip


def _concerned(snapshot: Snapshot, body: str, how: str) -> str:
    said = {"directly": "its own business", "may have an impact": "it may be affected"}
    return f"{snapshot.name(body)} ({said.get(how, 'how is not stated')})"


def _scores(fact: Risk) -> Grid:
    scores = (("Without controls", fact.inherent), ("Now", fact.current), ("Aim", fact.target))
    rows = [(name, score.in_words() if score else None) for name, score in scores]
    most = f"Up to {fact.accepts}" if fact.accepts else None
    return grid("Scores", ("When", "Score"), [*rows, ("Accepted", most)])


def _assurances(snapshot: Snapshot, fact: Risk) -> Grid:
    on = snapshot.as_at
    rows = (
        (
            each.what, capital(each.line), in_words(each.on) if each.on else None,
            capital(each.found),
            f"{freshness(each, on)}"
            + (f": until {in_words(each.fresh_until)}" if each.fresh_until else ""),
            link_to(snapshot, each.shown_by) if each.shown_by else None,
        )
        for each in fact.assurances
    )  # fmt: skip
    lines = listed(missing_lines(fact, on))
    intro = (
        "The first line is those who do the work, the second the body’s own oversight, the third "
        "somebody independent. "
        + (f"Nothing fresh is on record on the {lines} line." if lines else "All three are fresh.")
    )
    heads = ("Who looked at what", "Line", "When", "Found", "Still counts?", "Shown by")
    empty = "Nobody is on record as having looked whether the controls work."
    return grid("Assurance", heads, rows, empty=empty, intro=intro)


def _evidence(snapshot: Snapshot, name: str, fact: Risk) -> Grid:
    """Evidence on what the risk is about."""
    wanted = {name, *fact.about, *(a.shown_by for a in fact.assurances if a.shown_by)}
    rows = (
        (Link(each.name, f"/{own}"), each.shows, _until(each, snapshot))
        for own, each in snapshot.all(Evidence).items()
        if wanted & {own, *each.about}
    )
    heads = ("Evidence", "What it shows", "Still counts?")
    return grid("Evidence on the same", heads, rows, empty="None on record is about the same.")


def _until(fact: Evidence, snapshot: Snapshot) -> str | None:
    gone = stale(fact.fresh_until, snapshot.as_at)
    if gone is None:
        return None
    return f"{'Gone stale' if gone else 'Fresh'}: until {in_words(fact.fresh_until or '')}"


def _actions(snapshot: Snapshot, found: tuple[Treatment, ...]) -> Grid:
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
    late = action.due and period(action.due)[1] <= snapshot.as_at
    return "Overdue" if late else "To be done"


def _moves(found: tuple[Version, ...]) -> Grid:
    rows = (
        (
            day_in_words(each.first) if each.first.year > 1 else "The beginning",
            each.risk.current.in_words() if each.risk.current else None, above(each.risk),
        )
        for each in found
    )  # fmt: skip
    return grid("How it has moved", ("From", "Score", "Accepted?"), rows)


def _issues(snapshot: Snapshot, name: str) -> Grid:
    rows = (
        (
            Link(each.name, f"/{own}"), in_words(each.raised) if each.raised else None,
            f"Closed, {in_words(each.closed)}" if each.closed else "Open",
        )
        for own, each in snapshot.referring(name, Issue)
    )  # fmt: skip
    heads = ("Issue", "Raised", "State")
    return grid("When it came true", heads, rows, empty="It is not on record as having come true.")


# --- recovery plans -------------------------------------------------------------------------------


def _recovery(snapshot: Snapshot, fact: RecoveryPlan) -> Told:
    exits = (
        (
            each.what, link_to(snapshot, each.measure) if each.measure else "No measure is named",
            {True: "Met", False: "Not yet"}[each.met] if each.met is not None else None,
            in_words(each.on) if each.on else None,
        )
        for each in fact.exit_when
    )  # fmt: skip
    asks = (
        (
            each.what, whoever(snapshot, each.by, each.by_printed),
            in_words(each.on) if each.on else None,
            in_words(each.until) if each.until else "No end is stated", capital(each.became),
            each.answer,
        )
        for each in fact.asks
    )  # fmt: skip
    about: About = (
        ("Service", link_to(snapshot, fact.service)), ("Run by", link_to(snapshot, fact.of)),
        ("Led by", link_to(snapshot, fact.lead) if fact.lead else None), ("Why", fact.because),
        ("Shared by", tuple(link_to(snapshot, each) for each in fact.shared_by)),
        ("Began", in_words(fact.began) if fact.began else None),
        ("Ended", in_words(fact.ended) if fact.ended else "It runs"),
    )  # fmt: skip
    rival = "What anybody asks while the plan runs is logged here: it becomes part of the one plan."
    heads = ("Asked for", "By", "On", "Until", "What became of it", "Answer")
    return Told(
        _where_it_stands(snapshot, fact), about,
        (
            _actions(snapshot, fact.actions),
            grid("It ends when", ("What must be so", "Measure", "Met?", "As at"), exits),
            grid("What others ask", heads, asks, intro=rival, empty="Nobody has asked for more."),
        ),
    )  # fmt: skip


def _where_it_stands(snapshot: Snapshot, fact: RecoveryPlan) -> str:
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
