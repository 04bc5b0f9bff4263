"""Pages of single risks, issues and recovery plans: where each stands, then the rest."""

from django.http import HttpRequest, HttpResponse

from commonweal.assurance.evidence import Evidence, stale
from commonweal.assurance.recovery import RecoveryPlan
from commonweal.assurance.register import (
    Version,
    above,
    freshness,
    missing_lines,
    open_actions,
    standing,
    versions,
)
from commonweal.assurance.risks import Issue, Risk, in_three_parts
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words
from commonweal.record.wording import capital, listed
from commonweal_site.drawings.score_line import score_line
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid, whoever
from commonweal_site.pages import page, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import count

from .recovering import About, Told, actions, of_a_plan, of_an_issue

KINDS = ("risk", "issue", "recovery-plan")


def story(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """One risk or recovery plan on the day asked about."""
    name, snapshot = f"{system}/{kind}/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if wants(request) != "html" or not isinstance(fact, Risk | Issue | RecoveryPlan):
        return entity.entity(request, system, kind, slug)
    match fact:
        case Risk():
            told = _risk(snapshot, name, fact)
        case Issue():
            told = of_an_issue(snapshot, fact)
        case RecoveryPlan():
            told = of_a_plan(snapshot, name, fact)
    given = entity.context(snapshot, request, name, [])
    where = system_name(snapshot, system)
    given["crumbs"] = [Crumb(where, f"/{system}/"), Crumb("Risks", f"/{system}/risks/")]
    return page(
        request, "assurance/story.jinja", fact.label(snapshot.name), **given,
        text=told.sentence, about=told.about, grids=told.grids, picture=told.picture,
    )  # fmt: skip


# --- risks ----------------------------------------------------------------------------------------


def _risk(snapshot: Snapshot, name: str, fact: Risk) -> Told:
    evidence = _evidence(snapshot, name, fact)
    past = versions(snapshot, name)
    tables = (
        actions(snapshot, fact.actions), _assurances(snapshot, fact), evidence, _scores(fact),
        _moves(past), _issues(snapshot, name),
    )  # fmt: skip
    sentence = _in_a_sentence(snapshot, fact)
    return Told(sentence, _about(snapshot, fact), tables, score_line(standing(name, past)))


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
        ("Controls", _controls(fact)),
        ("Gaps", tuple(map(Link, fact.gaps)) or "None stated"),
        ("Of concern to", concerned), ("Reported to", told),
        ("About", tuple(link_to(snapshot, each) for each in fact.about)),
    )  # fmt: skip


def _controls(fact: Risk) -> tuple[Link, ...]:
    return tuple(Link(c.what, f"/{c.shown_by}" if c.shown_by else "") for c in fact.controls)


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
