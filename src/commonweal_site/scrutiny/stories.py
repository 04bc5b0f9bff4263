"""Pages of single facts of scrutiny: where they stand, in one sentence, then the story."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import capital
from commonweal.scrutiny import cases, stories
from commonweal.scrutiny.healthwatch import HealthwatchReferral, HealthwatchReport
from commonweal.scrutiny.owed import tasks_about
from commonweal.scrutiny.reconfigurations import JointScrutiny, Reconfiguration
from commonweal.scrutiny.reports import Recommendation, ScrutinyReport
from commonweal.scrutiny.reviews import PRINCIPLES, ProgrammeItem, Review, ScrutinyRequest
from commonweal.statute.days import happened
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, grid, whoever
from commonweal_site.pages import page, the_day, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import count

from .committees import RECOMMENDED, recommendation_rows, replied
from .shown import by_rule, of_fact

type About = tuple[tuple[str, Cell], ...]


class Told(NamedTuple):
    """What a page says: the answer, then the tables, then a list of details."""

    sentence: str
    about: About
    grids: tuple[Grid, ...]


def story(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """One fact of scrutiny on the day asked about."""
    name, snapshot = f"{system}/{kind}/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if fact is None or wants(request) != "html":
        return entity.entity(request, system, kind, slug)
    told = _TOLD[kind](snapshot, name, fact, the_day(request).as_at)
    given = entity.context(snapshot, request, name, [])
    where = system_name(snapshot, system)
    given["fact"] = given["fact"]._replace(kind=kind.replace("-", " "))
    given["crumbs"] = [Crumb(where, f"/{system}/"), Crumb("Scrutiny", f"/{system}/scrutiny/")]
    return page(
        request, "scrutiny/story.jinja", fact.label(snapshot.name), **given,
        text=told.sentence, grids=told.grids,
        about=tuple((title, cell or None) for title, cell in told.about),
    )  # fmt: skip


# --- recommendations and reports ------------------------------------------------------------------


def _recommendation(snapshot: Snapshot, name: str, fact: Recommendation, on: date) -> Told:
    rows = (
        (
            capital(in_words(each.when)),
            (Link(each.what), link_to(snapshot, each.shown)) if each.shown else each.what,
            by_rule(each.rule) if each.rule else "None",
        )
        for each in stories.story(name, fact, on)
    )  # fmt: skip
    told = grid("What happened", ("Day", "What", "Rule"), rows, empty="No day is on record.")
    clock = of_fact(snapshot, tasks_about(snapshot, name), on)
    return Told(
        stories.in_a_sentence(snapshot, name, fact, on),
        (
            ("Recommended by", link_to(snapshot, fact.by)),
            ("To", whoever(snapshot, fact.to_whom, fact.to_printed)),
            ("In", link_to(snapshot, fact.report) if fact.report else None),
            ("At", link_to(snapshot, fact.item) if fact.item else None),
            ("Meant to change", link_to(snapshot, fact.measure) if fact.measure else None),
            *_followed_up(snapshot, name),
        ),
        (told, clock),
    )


def _followed_up(snapshot: Snapshot, name: str) -> About:
    found = [
        Link(f"{each.name}{f', {in_words(each.when)}' if each.when else ''}", f"/{own}")
        for own, each in snapshot.referring(name, ProgrammeItem)
    ]
    return (("Followed up as", tuple(found) or "Nothing on the work programme"),)


_LACKS = "The report lacks it"


def _report(snapshot: Snapshot, name: str, fact: ScrutinyReport, on: date) -> Told:
    made = [each for each in snapshot.referring(name, Recommendation) if each[1].report == name]
    parts = grid(
        "The four parts that the law asks for", ("Part", "On record"),
        (
            (capital(part), _LACKS if part in fact.lacks else "Yes" if there else None)
            for part, there in fact.parts().items()
        ),
        intro="Regulation 22(6) of Statutory Instrument 2013/218.",
    )  # fmt: skip
    number = len(made)
    said = f"It makes {number} recommendation{'s' if number != 1 else ''}." if number else ""
    return Told(
        f"{snapshot.name(fact.by)} reported"
        f"{f' on {in_words(fact.made)}' if fact.made else ''}. {said}".strip(),
        (
            ("Matter", fact.matter), ("Evidence", fact.evidence),
            ("Participants", "; ".join(fact.participants)), ("Why it recommends", fact.because),
            ("Review", link_to(snapshot, fact.review) if fact.review else None),
            ("The report", link_to(snapshot, fact.document) if fact.document else None),
        ),
        (grid("Recommendations", RECOMMENDED, recommendation_rows(snapshot, made, on)), parts),
    )  # fmt: skip


# --- reviews, requests, work programme ------------------------------------------------------------


def _review(snapshot: Snapshot, name: str, fact: Review, on: date) -> Told:
    over = happened(fact.ended, on)
    began = f" since {in_words(fact.began)}" if fact.began and not over else ""
    by = snapshot.name(fact.by)
    sentence = (
        f"{by} closed it on {in_words(fact.ended or '')}."
        if over
        else f"{by} looks into it{began}."
    )
    kept = {each.principle: each.how for each in fact.principles}
    evidence = (
        (each.what, capital(each.type), link_to(snapshot, each.seen_in) if each.seen_in else None,
         each.tested or None)
        for each in fact.considered
    )  # fmt: skip
    asked = [
        (Link(each.name, f"/{own}"), whoever(snapshot, each.of, each.of_printed), replied(each, on))
        for own, each in snapshot.referring(name, ScrutinyRequest)
    ]
    reported = [
        Link(each.name, f"/{own}") for own, each in snapshot.referring(name, ScrutinyReport)
    ]
    invited = tuple(link_to(snapshot, each) for each in fact.invited)
    return Told(
        sentence,
        (
            ("Terms", fact.terms),
            ("Scope", None if fact.scope == "not stated" else capital(fact.scope)),
            ("About", tuple(link_to(snapshot, each) for each in fact.about)),
            ("Invited to comment", (*invited, *(Link(each) for each in fact.invited_printed))),
            ("Taken at", tuple(link_to(snapshot, each) for each in fact.items)),
            ("Reports", tuple(reported)),
            *_effects(fact),
        ),
        (
            grid("What was asked for", ("What", "Of", "Answer"), asked),
            grid("Evidence", ("What", "Kind", "Can be read in", "Tested against"), evidence),
            grid(
                "The five principles", ("Principle", "How it was kept to"),
                ((capital(each), kept.get(each)) for each in PRINCIPLES),
                intro="Health overview and scrutiny committee principles, July 2022.",
            ),
        ),
    )  # fmt: skip


def _effects(fact: Review | ProgrammeItem) -> About:
    if fact.effects is None:
        return ()
    return (
        ("Effects on some people", fact.effects.some),
        ("Effects on everybody", fact.effects.everybody),
        ("What health colleagues said", fact.effects.colleagues),
    )


def _request(snapshot: Snapshot, name: str, fact: ScrutinyRequest, on: date) -> Told:
    done = replied(fact, on)
    last = fact.attend_on if fact.type == "attendance" else fact.reply_by
    due = f" It is wanted by {in_words(last)}." if last and done == "No answer on record" else ""
    said = happened(fact.answered, on)
    return Told(
        f"{done.rstrip('.')}.{due}",
        (
            ("Asked by", link_to(snapshot, fact.by)),
            ("Asked of", whoever(snapshot, fact.of, fact.of_printed)),
            ("Asked on", in_words(fact.asked) if fact.asked else None),
            ("What for", fact.purpose),
            ("Part of", link_to(snapshot, fact.review) if fact.review else None),
            ("People in it", None if fact.privacy == "not stated" else capital(fact.privacy)),
            *((("Answer", fact.answer),) if said else ()),
            *((("Offered instead", fact.instead),) if happened(fact.refused, on) else ()),
        ),
        (of_fact(snapshot, tasks_about(snapshot, name), on),),
    )


def _programme(snapshot: Snapshot, name: str, fact: ProgrammeItem, on: date) -> Told:
    del name, on
    when = f"for {in_words(fact.when)}" if fact.when else "without a day"
    state = {"draft": "Draft", "planned": "Planned", "taken": "Taken", "dropped": "Dropped"}
    return Told(
        f"{state[fact.state]} {when}.",
        (
            ("Committee", link_to(snapshot, fact.by)), ("Why now", capital(fact.type)),
            ("Scope", None if fact.scope == "not stated" else capital(fact.scope)),
            ("Principles it serves", ", ".join(fact.principles)),
            ("Comes from", tuple(link_to(snapshot, each) for each in fact.comes_from)),
            ("Taken at", link_to(snapshot, fact.taken_at) if fact.taken_at else None),
            *_effects(fact),
        ),
        (),
    )  # fmt: skip


# --- Healthwatch ----------------------------------------------------------------------------------


def _healthwatch(snapshot: Snapshot, name: str, fact: HealthwatchReport, on: date) -> Told:
    found = tasks_about(snapshot, name)
    late = sum(task.state(on) == "overdue" for task in found)
    done = sum(happened(each.answered or each.passed_on, on) for each in fact.sent_to)
    number = len(fact.sent_to)
    said = f"{done} of the {count(number, 'body')} it was sent to {'has' if done == 1 else 'have'} "
    said = f"{said}answered" if number else "To whom it was sent is not recorded"
    over = f"; {late} {'is' if late == 1 else 'are'} overdue" if late else ""
    used = tuple(Link(each.name, f"/{own}") for own, each in snapshot.referring(name, Review))
    answers = (
        (
            link_to(snapshot, each.body), in_words(each.received) if each.received else None,
            _what_it_did(snapshot, each, on),
        )
        for each in fact.sent_to
    )  # fmt: skip
    return Told(
        f"{said}{over}.",
        (
            ("By", link_to(snapshot, fact.by)),
            ("Made", in_words(fact.made) if fact.made else None),
            ("What it found", fact.found), ("What it recommends", "; ".join(fact.recommends)),
            ("Longer limit because", _longer(fact)),
            ("Used in", used),
        ),
        (
            grid("Who answered what", ("Sent to", "Received", "What it did"), answers),
            of_fact(snapshot, found, on),
        ),
    )  # fmt: skip


def _longer(fact: HealthwatchReport) -> str:
    if fact.longer:
        return capital(fact.longer)
    responsible = sum(each.responsible is not False for each in fact.sent_to)
    went = "It went to more than one responsible body"
    return went if responsible > 1 else "No ground for a longer limit is on record"


def _what_it_did(snapshot: Snapshot, each: Any, on: date) -> str:
    if happened(each.answered, on):
        return f"Answered on {in_words(each.answered)}: {each.answer or 'what is not recorded.'}"
    if happened(each.passed_on, on):
        to = f" to {snapshot.name(each.passed_to)}" if each.passed_to else ""
        return f"Passed on{to} on {in_words(each.passed_on)}"
    return "No answer on record"


def _referral(snapshot: Snapshot, name: str, fact: HealthwatchReferral, on: date) -> Told:
    found = tasks_about(snapshot, name)
    sentence = " ".join(task.in_words(on) for task in found)
    if happened(fact.acknowledged, on):
        sentence = f"Acknowledged. {sentence}"
    told = ((in_words(each.on), each.what) for each in fact.told if happened(each.on, on))
    return Told(
        sentence,
        (
            ("Referred by", link_to(snapshot, fact.by)), ("To", link_to(snapshot, fact.to_whom)),
            ("Matter of", capital(fact.type)),
            ("Taken up as", link_to(snapshot, fact.taken_up) if fact.taken_up else None),
        ),
        (
            grid("What the referrer was told", ("Day", "What"), told),
            of_fact(snapshot, found, on),
        ),
    )  # fmt: skip


# --- changes of services --------------------------------------------------------------------------

_STATES = {
    "done": "Done", "late": "Not as the law asks", "awaited": "Awaited",
    "not recorded": "Not recorded", "not needed": "Not needed",
}  # fmt: skip


def _case(snapshot: Snapshot, name: str, fact: Reconfiguration, on: date) -> Told:
    found = cases.steps(snapshot, name, fact, on)
    rows = (
        (
            capital(in_words(each.when)) if each.when else "No day", each.name, _STATES[each.state],
            each.says, by_rule(each.rule) if each.rule else "None",
        )
        for each in found
    )  # fmt: skip
    gaps = ((each.name, each.says) for each in cases.missing(found))
    clock = tasks_about(snapshot, name)
    return Told(
        cases.in_a_sentence(snapshot, name, fact, on),
        (
            ("Proposed by", link_to(snapshot, fact.by)),
            ("Provided by", link_to(snapshot, fact.provider) if fact.provider else None),
            ("Which law holds", cases.law_of(fact, on)),
            ("Who may comment", cases.may_comment(snapshot, fact)),
            ("Joint committee", link_to(snapshot, fact.joint) if fact.joint else None),
            ("Decision", link_to(snapshot, fact.decision) if fact.decision else None),
            *_followed_up(snapshot, name),
        ),
        (
            grid("Step by step", ("Day", "Step", "State", "What", "Rule"), rows),
            grid("What is missing", ("Step", "What is not on record"), gaps,
                 empty="Nothing that the law asks for by this day is missing from the record."),
            *((of_fact(snapshot, clock, on),) if clock and fact.called_in else ()),
        ),
    )  # fmt: skip


_SUBSTITUTES = {True: "May sit in their place", False: "None", None: None}


def _joint(snapshot: Snapshot, name: str, fact: JointScrutiny, on: date) -> Told:
    rows = (
        (
            link_to(snapshot, each.council), in_words(each.on) if each.on else None,
            str(each.seats) if each.seats is not None else None,
            _SUBSTITUTES[each.substitutes],
        )
        for each in fact.appointed_by
    )  # fmt: skip
    matters: Iterable[tuple[Cell, ...]] = (
        (Link(each.name, f"/{own}"), cases.in_a_sentence(snapshot, own, each, on))
        for own, each in snapshot.referring(name, Reconfiguration)
    )
    kind = {"required": "The law requires it", "by choice": "The councils chose it"}
    return Told(
        f"{kind.get(fact.type, 'Whether it is required is not on record')}; "
        f"{len(fact.appointed_by)} councils appoint it.",
        (
            ("Committee", link_to(snapshot, fact.body) if fact.body else None),
            ("Host", link_to(snapshot, fact.host) if fact.host else None),
            ("It may", ", ".join(fact.functions)),
            ("Political balance", None if fact.balance == "not stated" else capital(fact.balance)),
            ("Timetable", fact.timetable),
            ("Protocol", link_to(snapshot, fact.document) if fact.document else None),
        ),
        (
            grid("Who appoints it", ("Council", "Agreed", "Seats", "Substitutes"), rows),
            grid("Proposals before it", ("Proposal", "Where it stands"), matters),
        ),
    )


_TOLD: dict[str, Callable[[Snapshot, str, Any, date], Told]] = {
    "recommendation": _recommendation,
    "scrutiny-report": _report,
    "review": _review,
    "scrutiny-request": _request,
    "programme-item": _programme,
    "healthwatch-report": _healthwatch,
    "healthwatch-referral": _referral,
    "reconfiguration": _case,
    "joint-scrutiny": _joint,
}
"""How each kind of fact is told."""

KINDS = tuple(_TOLD)
"""Kinds of fact with a page of their own here."""
