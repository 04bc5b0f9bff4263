"""The page of a decision with its ten lines, and the register of a system's decisions."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.authority.facts import pounds
from commonweal.meetings.agenda import conflicts_at, meeting_of
from commonweal.meetings.call_in_window import CallInState, call_in
from commonweal.meetings.decided import Action, Decision
from commonweal.meetings.powers import authority_of, made, warrant
from commonweal.meetings.vires import Line, Standing, standing_of, vires
from commonweal.meetings.voting import result
from commonweal.money.committing import Verdict, commitment_of, tried
from commonweal.money.spending import spending
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned
from commonweal.record.when import day_in_words, in_words
from commonweal_site.jinja import Crumb
from commonweal_site.money.addresses import entries_address
from commonweal_site.pages import (
    Twins,
    as_csv,
    as_json,
    page,
    page_number,
    page_of,
    the_day,
    the_snapshot,
    wants,
)
from commonweal_site.record import entity
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, mentions, system_name
from commonweal_site.words import capital

from .laid_out import Cell, Grid, Told, grid, told

_A_PAGE = 50
_BANDS = (
    ("none", "No amount", None, None),
    ("small", "Up to £100,000", 0, 10_000_000),
    ("middle", "£100,000 to £1 million", 10_000_000, 100_000_000),
    ("large", "Above £1 million", 100_000_000, None),
)
"""Bands of amounts by which the register can be narrowed: name, words, above and up to in pence."""

HEADS = (
    "id what made_on made_by how recorded_as key function area amount_pence standing because "
    "not_met cannot_tell called_in"
).split()


# --- one decision ---------------------------------------------------------------------------------


def decision(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A decision on the day asked about: what, who, whether it was within powers, and why."""
    name, snapshot = f"{system}/decision/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Decision) or wants(request) != "html":
        return entity.entity(request, system, "decision", slug)
    lines = vires(snapshot, name, authority=authority_of)
    found = entity.context(
        snapshot, request, name,
        mentions(snapshot, name, without=frozenset({"call-in", "action", "decision"})),
    )  # fmt: skip
    # Only what was allowed has a chain to show, and a refusal is looked for on other days too.
    refused = any(each.finding.outcome == "not met" for each in lines)
    answer = None if refused or not lines else warrant(snapshot, fact)
    return page(
        request, "meetings/decision.jinja", fact.name, **found, decision=fact,
        sentence=sentence(snapshot, name, fact), standing=_standing(snapshot, fact, lines),
        lines=[told(snapshot, each.name, each.finding) for each in lines],
        about=[each for each in _about(snapshot, name, fact) if each[1]],
        call_in=call_in(snapshot, name, the_day(request).as_at),
        grids=[each for each in _grids(snapshot, name, fact) if each.rows],
        steps=answer.steps if answer else (), proof=f"/{name}/lines.json",
        money_test=money_of(snapshot, name, fact),
    )  # fmt: skip


def sentence(snapshot: Snapshot, name: str, fact: Decision) -> str:
    """What was decided, by whom, when and how, in one plain sentence."""
    day, who = made(snapshot, fact)
    whose = snapshot.name(who) if who else "Somebody not on record"
    when = f"On {day_in_words(day)} " if day else ""
    much = f", {pounds(fact.amount)}" if fact.amount is not None else ""
    if fact.type == "noted":
        return f"{when}{whose} noted: {fact.name}. To note is not to decide."
    if planned(fact):
        return f"{when}{whose} is to decide: {fact.name}{much} (only {fact.status})."
    how = came_to(snapshot, name, fact)
    return f"{when}{whose} decided: {fact.name}{much} ({how[:1].lower()}{how[1:]})."


def came_to(snapshot: Snapshot, _name: str, fact: Decision) -> str:
    """How a decision was made and what came of it, in words."""
    if fact.type == "noted":
        return "Noted: nothing was decided"
    count = result(snapshot, fact)
    said = {
        "consensus": "By agreement", "vote": f"By vote: {count.because.rstrip('.')}",
        "urgent": "Urgently, by one person", "delegated": "By one to whom it was delegated",
        "not stated": "How is not on record",
    }[fact.type]  # fmt: skip
    ended = "" if fact.outcome in {"carried", "not stated"} else f"; {fact.outcome}"
    return f"{said}{ended}"


def _standing(snapshot: Snapshot, fact: Decision, lines: tuple[Line, ...]) -> Standing:
    if fact.type == "noted":
        return Standing("met", "Only noted: it decides nothing.")
    if planned(fact):
        return Standing("cannot tell", f"Only {fact.status}: nothing is decided yet.")
    return standing_of(snapshot, fact, lines)


class Money(NamedTuple):
    """The money test of a decision: its tests, what was spent under it, and where that stands.

    tests  none where nothing on record says what pays for it
    spent  in pounds, by the day asked about; empty where no ledger is kept or nothing was spent
    over   by how much that is more than it approved; empty where it is not
    """

    tests: tuple[Told, ...]
    spent: str
    over: str
    entries: str


def money_of(snapshot: Snapshot, name: str, fact: Decision) -> Money | None:
    """Whether a decision keeps to what pays for it; None for one that commits no money."""
    verdict = committed(snapshot, name, fact)
    if verdict is None:
        return None
    tests = [told(snapshot, each.test, each.finding(name)) for each in verdict.tests]
    pence = sum(each.pence for each in spending(snapshot) or () if each.decision == name)
    over = pence - (fact.amount or 0)
    entries = entries_address(name.partition("/")[0], decision=name)
    return Money(
        tuple(tests) if fact.paid_from else (), pounds(pence) if pence else "",
        pounds(over) if over > 0 else "", entries,
    )  # fmt: skip


def committed(snapshot: Snapshot, name: str, fact: Decision) -> Verdict | None:
    """The money test of a decision that commits money on a day that is known."""
    commitment = commitment_of(snapshot, name, fact)
    return tried(snapshot, commitment) if commitment and not planned(fact) else None


def _about(snapshot: Snapshot, name: str, fact: Decision) -> Iterator[tuple[str, Cell]]:
    """What a reader asks of a decision first, in order; nothing where nothing is on record."""
    links = {
        "Made at": meeting_of(snapshot, fact.item)[0] if fact.item else None,
        "Under": fact.item, "Function": fact.function, "For": fact.area,
    }  # fmt: skip
    for title, where in links.items():
        yield title, link_to(snapshot, where) if where else None
    yield "In full", fact.text
    much = f" ({fact.amount_is})" if fact.amount_is else ""
    yield "Amount", f"{pounds(fact.amount)}{much}" if fact.amount is not None else None
    yield "Paid from", link_to(snapshot, fact.paid_from) if fact.paid_from else None
    yield "Key decision", {True: "Yes", False: "No"}.get(fact.key) if fact.key is not None else None
    yield "Urgent because", fact.urgent_because
    yield "Reasons", fact.reasons
    yield "Rejected instead", tuple(Link(each) for each in fact.alternatives) or None
    yield "Asked first", tuple(Link(each) for each in fact.consulted) or capital(fact.consultation)
    for title, when in (("Published", fact.published), ("Takes effect", fact.effective)):
        yield title, in_words(when) if when else None
    yield "In place of", link_to(snapshot, fact.supersedes) if fact.supersedes else None
    yield "Replaced by", _followed(snapshot, name, "supersedes")
    yield "On the matter of", link_to(snapshot, fact.matter) if fact.matter else None
    yield "Later on this matter", _followed(snapshot, name, "matter")
    yield "Reported at", link_to(snapshot, fact.reported) if fact.reported else None
    yield "Proposal", link_to(snapshot, fact.proposal) if fact.proposal else None


def _followed(snapshot: Snapshot, name: str, field: str) -> tuple[Link, ...] | None:
    found = snapshot.referring(name, Decision)
    return tuple(link_to(snapshot, own) for own, e in found if getattr(e, field) == name) or None


def _grids(snapshot: Snapshot, name: str, fact: Decision) -> Iterator[Grid]:
    yield grid(
        "What was weighed", ("What", "What was found"),
        [
            *((each.duty, each.reasons) for each in fact.duties),
            *((title, text) for title, text in _aim(fact) if text),
            *((link_to(snapshot, each.document), each.how) for each in fact.regard),
        ],
        intro="Duties considered, the likely effects (the triple aim), and what was borne in mind.",
    )  # fmt: skip
    yield grid(
        "How each voted", ("Seat", "Vote", "Reason"),
        (
            (link_to(snapshot, e.seat), capital(e.cast), e.reason or "None recorded")
            for e in fact.votes
        ),
        intro=came_to(snapshot, name, fact) + "." if fact.votes else "",
    )  # fmt: skip
    yield grid(
        "Interests in the item", ("Who", "Interest", "What was done"),
        (
            (link_to(snapshot, e.of), link_to(snapshot, e.interest) if e.interest else e.nature,
             f"{capital(e.type)}{f', because: {e.because}' if e.because else ''}")
            for _, e in (conflicts_at(snapshot, fact.item) if fact.item else ())
        ),
    )  # fmt: skip
    yield grid(
        "Actions", ("What", "Who"),
        (
            (Link(e.name, f"/{own}"), link_to(snapshot, e.owner) if e.owner else e.owner_printed)
            for own, e in snapshot.referring(name, Action) if e.decision == name
        ),
    )  # fmt: skip


def _aim(fact: Decision) -> tuple[tuple[str, str | None], ...]:
    aim = fact.triple_aim
    if aim is None:
        return ()
    return (
        ("Health and wellbeing", aim.health), ("Quality of services", aim.quality),
        ("Use of resources", aim.resources),
    )  # fmt: skip


def lines_of(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The ten lines of a decision as data, with the proof of its authority."""
    name, snapshot = f"{system}/decision/{slug}", the_snapshot(request)
    fact = snapshot.fact(name)
    if not isinstance(fact, Decision):
        raise Http404(f"{name} is no decision.")
    lines = vires(snapshot, name, authority=authority_of)
    standing = _standing(snapshot, fact, lines)
    answer = warrant(snapshot, fact)
    money = committed(snapshot, name, fact)
    return as_json(
        {
            "decision": name, "as_at": snapshot.as_at.isoformat(),
            "known": snapshot.known.isoformat(),
            "standing": standing._asdict(),
            "lines": [
                {
                    "line": e.name, "outcome": e.finding.outcome, "because": e.finding.because,
                    "law": e.finding.source, "about": list(e.finding.about),
                    "sources": [
                        {"document": s.document, "at": s.at, "lines": s.lines}
                        for s in e.finding.sources
                    ],
                }
                for e in lines
            ],
            "call_in": _as_data(call_in(snapshot, name, snapshot.as_at)),
            "authority": {"outcome": answer.outcome, "because": answer.because} if answer else None,
            "proof": answer.proof if answer else None,
            "money": {
                "outcome": money.outcome, "because": money.because,
                "tests": [
                    {"test": e.test, "outcome": e.outcome, "because": e.because}
                    for e in money.tests
                ],
            } if money else None,
        }
    )  # fmt: skip


def _as_data(found: CallInState) -> dict[str, Any]:
    shown = found.window
    return {
        "state": found.state, "because": found.because,
        "opens": shown.opens.isoformat() if shown else None,
        "until": shown.until.isoformat() if shown else None,
        "requests": [name for name, _ in found.requests],
    }  # fmt: skip


# --- the register ---------------------------------------------------------------------------------


class Entered(NamedTuple):
    """A decision in the register."""

    name: str
    fact: Decision
    day: date | None
    who: str | None


def register(request: HttpRequest, system: str) -> HttpResponse:
    """A system's decisions, the latest first, narrowed as asked."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    every = entered(snapshot, system)
    asked = {key: request.GET.get(key, "") for key in ("body", "key", "function", "amount", "year")}
    found = [each for each in every if _wanted(each, asked)]
    if wants(request) != "html":
        return _twin(request, snapshot, system, found)
    number, query = page_number(request), urlencode({k: v for k, v in asked.items() if v})
    where = system_name(snapshot, system)
    base = f"/{system}/decisions"
    return page(
        request, "meetings/register.jinja", f"Decisions: {where}",
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"{base}.json?{query}", f"{base}.csv?{query}"), asked=asked,
        choices=_choices(snapshot, every), total=len(found), everything=len(every),
        table=_register(snapshot, page_of(found, number, _A_PAGE)), here_path=f"{base}/",
        pages=(number, max(1, -(-len(found) // _A_PAGE))),
        path=f"{base}/?{query}{'&' if query else ''}",
    )  # fmt: skip


def entered(snapshot: Snapshot, system: str) -> list[Entered]:
    """Every decision of a system, the latest first; those of a day not known exactly last."""
    found = [
        Entered(name, fact, *made(snapshot, fact))
        for name, fact in snapshot.all(Decision).items()
        if name.startswith(f"{system}/")
    ]
    return sorted(found, key=lambda e: (e.day or date.min, e.name), reverse=True)


def _wanted(each: Entered, asked: dict[str, str]) -> bool:
    fact = each.fact
    return (
        (not asked["body"] or each.who == asked["body"])
        and (not asked["key"] or fact.key is (asked["key"] == "yes"))
        and (not asked["function"] or fact.function == asked["function"])
        and (not asked["year"] or (each.day is not None and str(each.day.year) == asked["year"]))
        and (not asked["amount"] or _in_band(fact.amount, asked["amount"]))
    )


def _in_band(amount: int | None, band: str) -> bool:
    for name, _, above, upto in _BANDS:
        if name == band:
            if above is None:
                return amount is None
            return amount is not None and amount > above and (upto is None or amount <= upto)
    return False


def _choices(
    snapshot: Snapshot, every: list[Entered]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the register can be narrowed by: the field, its title, and its values with words."""
    makers = {each.who for each in every if each.who}
    functions = {each.fact.function for each in every if each.fact.function}
    years = sorted({str(each.day.year) for each in every if each.day}, reverse=True)
    return [
        ("body", "Made by", _named(snapshot, makers)),
        ("function", "Function", _named(snapshot, functions)),
        ("amount", "Amount", [(name, words) for name, words, _, _ in _BANDS]),
        ("key", "Key decision", [("yes", "Yes"), ("no", "No")]),
        ("year", "Year it was made", [(each, each) for each in years]),
    ]


def _named(snapshot: Snapshot, names: set[str]) -> list[tuple[str, str]]:
    return sorted(((each, snapshot.name(each)) for each in names), key=lambda pair: pair[1])


def _register(snapshot: Snapshot, found: Any) -> Grid:
    return grid(
        "Decisions", ("Day", "What", "By", "Amount", "Standing"),
        (
            (
                day_in_words(each.day) if each.day else None,
                (Link(each.fact.name, f"/{each.name}"),
                 *((Link("Key decision"),) if each.fact.key else ())),
                link_to(snapshot, each.who) if each.who else None,
                pounds(each.fact.amount) if each.fact.amount is not None else "None on record",
                _in_short(snapshot, each),
            )
            for each in found
        ),
        empty="No decision on record on this day is as asked.",
    )  # fmt: skip


def _in_short(snapshot: Snapshot, each: Entered) -> str:
    """Where a decision stands in few words: what fails, else whether all is told."""
    if each.fact.type == "noted" or planned(each.fact):
        return "Only noted" if each.fact.type == "noted" else f"Only {each.fact.status}"
    failed, untold = _tally(vires(snapshot, each.name, authority=authority_of))
    if failed:
        return f"Not met: {', '.join(failed)}"
    return (
        f"{10 - len(untold)} of ten lines met, {len(untold)} cannot be told"
        if untold
        else "All ten lines met"
    )


def _tally(lines: tuple[Line, ...]) -> tuple[list[str], list[str]]:
    return tuple(
        [each.name for each in lines if each.finding.outcome == outcome]
        for outcome in ("not met", "cannot tell")
    )  # type: ignore[return-value]  # two lists, as the outcomes are two


def _twin(
    request: HttpRequest, snapshot: Snapshot, system: str, found: list[Entered]
) -> HttpResponse:
    rows = [_row(snapshot, each) for each in found]
    if wants(request) == "csv":
        return as_csv(f"{system}-decisions", HEADS, rows)
    return as_json(
        {
            "system": system, "as_at": snapshot.as_at.isoformat(),
            "known": snapshot.known.isoformat(), "count": len(rows), "decisions": rows,
        }
    )  # fmt: skip


def _row(snapshot: Snapshot, each: Entered) -> dict[str, Any]:
    fact = each.fact
    lines = vires(snapshot, each.name, authority=authority_of)
    standing = _standing(snapshot, fact, lines)
    failed, untold = _tally(lines)
    return {
        "id": each.name, "what": fact.name, "made_on": each.day.isoformat() if each.day else None,
        "made_by": each.who, "how": fact.type, "recorded_as": fact.outcome, "key": fact.key,
        "function": fact.function, "area": fact.area, "amount_pence": fact.amount,
        "standing": standing.outcome, "because": standing.because, "not_met": failed,
        "cannot_tell": untold, "called_in": call_in(snapshot, each.name, snapshot.as_at).state,
    }  # fmt: skip
