"""What the rules of law find on the record, kept for each day and state of the record."""

from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.checks import CHECKS
from commonweal.money.spending import LEDGER
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.statute import Report, Rule, RuleBook, StatuteError, rule_book, run
from commonweal_site.jinja import Crumb
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
from commonweal_site.record.presenting import Cited, Link, cited, link_to, system_name
from commonweal_site.words import count, listed

_ORDER = ("not met", "cannot tell", "met")
_A_PAGE = 25
_turn = Lock()


class Found(NamedTuple):
    """A finding as shown."""

    rule: str
    title: str
    outcome: str
    warning: bool
    subject: Link
    because: str
    law: str
    sources: tuple[Cited, ...]


class Tally(NamedTuple):
    """The findings on one system: how many of each outcome, in words, and those not met."""

    words: str
    worst: tuple[Found, ...]


_kept: WeakKeyDictionary[Snapshot, tuple[int, Report]] = WeakKeyDictionary()


def _report(snapshot: Snapshot) -> Report:
    stand_for = {
        system: name
        for system in snapshot.systems
        if snapshot.get(name := f"{system}/area/system") is not None
    }
    return run(snapshot, recorded=stand_for, checks=CHECKS)


def report(snapshot: Snapshot) -> Report:
    """What every rule in force finds; worked out once for a snapshot, by one reader for all.

    And once more when the ledger beside the record has grown, which is no change of the record.
    """
    books = snapshot.beside(LEDGER)
    last = books.last() if books else 0
    with _turn:
        kept = _kept.get(snapshot)
        if kept is None or kept[0] != last:
            kept = _kept[snapshot] = (last, _report(snapshot))
        return kept[1]


def tally_of(snapshot: Snapshot, system: str) -> Tally:
    """The findings on one system."""
    try:
        every = report(snapshot).findings
    except StatuteError as wrong:
        return Tally(f"The rules could not be tried: {wrong}", ())
    found = [each for each in every if _system(each) == system]
    if not found:
        return Tally("No rule in force on this day could be tried on it.", ())
    by = {outcome: sum(each.outcome == outcome for each in found) for outcome in _ORDER}
    said = {"not met": "not met", "cannot tell": "where the record cannot tell", "met": "met"}
    words = listed([f"{by[outcome]:,} {said[outcome]}" for outcome in _ORDER])
    worst = [each for each in found if each.outcome == "not met"]
    return Tally(
        f"{count(len(found), 'finding')}: {words}.",
        tuple(shown(snapshot, each) for each in worst[:8]),
    )


def _system(finding: Finding) -> str:
    return finding.subject.partition("/")[0]


def shown(snapshot: Snapshot, finding: Finding) -> Found:
    """A finding as shown."""
    law = rule_book()[finding.rule]
    subject = (
        link_to(snapshot, finding.subject)
        if snapshot.get(finding.subject)
        else Link(finding.subject.replace("-", " "))
    )
    return Found(
        finding.rule, law.title, finding.outcome, law.weight == "warning", subject,
        finding.because, finding.source,
        tuple(dict.fromkeys(cited(snapshot, each) for each in finding.sources)),
    )  # fmt: skip


# --- pages ---------------------------------------------------------------------------------------


def findings(request: HttpRequest) -> HttpResponse:
    """Every finding on the day, by rule; by system and outcome, if asked."""
    return _findings(request, None)


def findings_of(request: HttpRequest, number: str) -> HttpResponse:
    """The findings of one rule."""
    return _findings(request, _rule(number))


def _findings(request: HttpRequest, law: Rule | None) -> HttpResponse:
    snapshot = the_snapshot(request)
    system, outcome = request.GET.get("system", ""), request.GET.get("outcome", "")
    every = report(snapshot).findings
    found = [
        each
        for each in every
        if (law is None or each.rule == law.id)
        and (not system or _system(each) == system)
        and (bool(system) or _system(each) not in snapshot.invented)
    ]
    chosen = [each for each in found if not outcome or each.outcome == outcome]
    chosen.sort(key=lambda each: _ORDER.index(each.outcome))
    if wants(request) != "html":
        return _twin(request, snapshot, chosen)
    number = page_number(request)
    overview = law is None and not system and not outcome
    here = f"/findings/{law.id}/" if law else "/findings/"
    return page(
        request, "statute/findings.jinja",
        f"Findings: {law.title}" if law else "What the rules of law find",
        crumbs=[Crumb("Findings", "/findings/")] if law else [],
        twins=Twins(_ended(request, "json"), _ended(request, "csv")),
        law=law, system=system, outcome=outcome,
        found=[shown(snapshot, each) for each in page_of(chosen, number, _A_PAGE)],
        counts=[(each, sum(f.outcome == each for f in found)) for each in _ORDER],
        systems=sorted(
            (system_name(snapshot, each), each) for each in {_system(found) for found in every}
        ),
        total=len(chosen),
        pages=_pages(number, len(chosen)), path=here,
        rows=by_rule(found) if overview or (system and not outcome) else [], overview=overview,
        invented=bool(system) and system in snapshot.invented,
    )  # fmt: skip


def by_rule(found: Iterable[Finding]) -> list[tuple[Rule, dict[str, int]]]:
    """How many findings of each outcome each rule has: those least met first."""
    tally: dict[str, dict[str, int]] = {}
    for each in found:
        tally.setdefault(each.rule, dict.fromkeys(_ORDER, 0))[each.outcome] += 1
    book = rule_book()
    ordered = sorted(
        tally.items(), key=lambda pair: (-pair[1]["not met"], -pair[1]["met"], pair[0])
    )
    return [(book[number], counts) for number, counts in ordered]


def _pages(number: int, total: int) -> tuple[int, int]:
    return number, max(1, -(-total // _A_PAGE))


def _ended(request: HttpRequest, ending: str) -> str:
    asked = {name: request.GET[name] for name in ("system", "outcome") if request.GET.get(name)}
    query = urlencode(asked)
    return f"{request.path.rstrip('/')}.{ending}{'?' if query else ''}{query}"


def _twin(request: HttpRequest, snapshot: Snapshot, found: Iterable[Finding]) -> HttpResponse:
    day = the_day(request)
    rows = [
        {
            "rule": each.rule, "outcome": each.outcome, "subject": each.subject,
            "because": each.because, "source": each.source,
            "sources": [
                {"document": s.document, "at": s.at, "lines": s.lines} for s in each.sources
            ],
            "as_at": day.as_at.isoformat(), "known": snapshot.known.isoformat(),
        }
        for each in found
    ]  # fmt: skip
    if wants(request) == "csv":
        heads = ["rule", "outcome", "subject", "because", "source", "sources", "as_at", "known"]
        return as_csv("findings", heads, rows)
    counts = {
        each: sum(row["outcome"] == each for row in rows)
        for each in ("met", "not met", "cannot tell")
    }
    return as_json(
        {"as_at": day.as_at.isoformat(), "known": snapshot.known.isoformat(),
         "counts": counts, "findings": rows}
    )  # fmt: skip


def _rule(number: str) -> Rule:
    book: RuleBook = rule_book()
    if number.upper() not in book:
        raise Http404(f"There is no rule {number}. The list of rules has every number.")
    return book[number.upper()]


def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, by group, with whether it is in force on the day."""
    day = the_day(request)
    book = list(rule_book())
    if wants(request) == "json":
        return as_json([_as_data(each) for each in book])
    if wants(request) == "csv":
        data = [_as_data(each) for each in book]
        return as_csv("rules", list(data[0]), data)
    groups: dict[str, list[Rule]] = {}
    for each in book:
        groups.setdefault(each.group, []).append(each)
    in_force = {each.id for each in book if each.in_force(day.as_at)}
    return page(
        request, "statute/rules.jinja", "Rules the record is checked against",
        twins=Twins("/rules.json", "/rules.csv"), groups=groups, in_force=in_force,
        total=len(book),
    )  # fmt: skip


def rule(request: HttpRequest, number: str) -> HttpResponse:
    """One rule: what it says, where it is said, and what it found."""
    law, snapshot = _rule(number), the_snapshot(request)
    if wants(request) == "json":
        return as_json(_as_data(law))
    found = [each for each in report(snapshot).findings if each.rule == law.id]
    found = [each for each in found if _system(each) not in snapshot.invented]
    found.sort(key=lambda each: _ORDER.index(each.outcome))
    return page(
        request, "statute/rule.jinja", law.title,
        crumbs=[Crumb("Rules", "/rules/")], twins=Twins(f"/rules/{law.id}.json"), law=law,
        in_force=law.in_force(the_day(request).as_at), total=len(found),
        found=[shown(snapshot, each) for each in found[:20]],
    )  # fmt: skip


def _as_data(law: Rule) -> dict[str, object]:
    return {
        "id": law.id, "title": law.title, "group": law.group, "kind": law.kind,
        "binds": law.binds, "says": law.says, "citation": law.cite,
        "starts": law.starts.isoformat(), "ends": law.ends.isoformat() if law.ends else None,
        "weight": law.weight, "cannot_tell": law.cannot_tell, "verified": law.verified.in_words(),
    }  # fmt: skip
