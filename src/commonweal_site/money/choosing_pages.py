"""How providers of health care were chosen in a system, and each choice by itself."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.money.choosing.facts import ProviderSelection
from commonweal.money.choosing.standing import days, in_a_sentence
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import capital
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.scrutiny.shown import by_rule
from commonweal_site.statute.findings import report
from commonweal_site.words import count

HEADS = "id service by process stands awarded contracted decision fund broken as_at".split()

type _Found = list[tuple[str, ProviderSelection]]


def of_system(request: HttpRequest, system: str) -> HttpResponse:
    """Every choice of a provider in a system."""
    snapshot, on = the_snapshot(request), the_day(request).as_at
    if system not in snapshot.systems:
        raise Http404(f"No system called ‘{system}’ is on record on this day.")
    found = _of(snapshot, system)
    broken = _broken(snapshot, [name for name, _ in found])
    rows = [_row(snapshot, name, each, broken, on) for name, each in found]
    if wants(request) == "json":
        return as_json({"system": system, "as_at": on.isoformat(), "chosen": rows})
    if wants(request) == "csv":
        plain = ({**row, "broken": " ".join(row["broken"])} for row in rows)
        return as_csv(f"{system}-choosing-providers", HEADS, plain)
    base = f"/{system}/choosing-providers"
    return page(
        request, "money/choosing.jinja", "How providers were chosen",
        crumbs=[Crumb(system_name(snapshot, system), f"/{system}/")],
        twins=Twins(f"{base}.json", f"{base}.csv"), invented=system in snapshot.invented,
        lede=_lede(found, broken, on), grids=_grids(snapshot, found, broken, on), system=system,
    )  # fmt: skip


def _of(snapshot: Snapshot, system: str) -> _Found:
    """Those of a system, the latest begun first."""
    every = snapshot.all(ProviderSelection).items()
    found = [each for each in every if each[0].startswith(f"{system}/")]
    return sorted(found, key=lambda each: (each[1].begun or "", each[0]), reverse=True)


def _broken(snapshot: Snapshot, names: Iterable[str]) -> dict[str, list[Finding]]:
    """What the rules find not met, by the choice it is about."""
    found: dict[str, list[Finding]] = {name: [] for name in names}
    for each in report(snapshot).breaches:
        if each.subject in found:
            found[each.subject].append(each)
    return found


def _row(
    snapshot: Snapshot, name: str, each: ProviderSelection, broken: dict[str, list[Finding]],
    on: date,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": name, "service": each.name, "by": each.by, "process": each.process,
        "stands": in_a_sentence(each, on, snapshot.name),
        "awarded": each.awarded, "contracted": each.contracted,
        "decision": each.decision, "fund": each.fund,
        "broken": [found.rule for found in broken[name]], "as_at": on.isoformat(),
    }  # fmt: skip


def _lede(found: _Found, broken: dict[str, list[Finding]], on: date) -> str:
    if not found:
        return "No choice of a provider of health care is on record here on this day."
    wrong = sum(bool(each) for each in broken.values())
    said = f"{capital(count(len(found), 'choice'))} of providers of health care "
    said += "is on record. " if len(found) == 1 else "are on record. "
    return f"{said}{_wrong(wrong)}"


def _wrong(number: int) -> str:
    if not number:
        return "The rules find nothing broken."
    words = count(number, "of them breaks", "of them break")
    return f"{capital(words)} a rule."


def _grids(
    snapshot: Snapshot, found: _Found, broken: dict[str, list[Finding]], on: date
) -> list[Grid]:
    every = (
        (
            Link(each.name, f"/{name}"), in_a_sentence(each, on, snapshot.name),
            link_to(snapshot, each.decision) if each.decision else None,
            link_to(snapshot, each.fund) if each.fund else None,
            tuple(by_rule(one.rule) for one in broken[name]) or "None found",
        )
        for name, each in found
    )  # fmt: skip
    heads = ("Service", "Where it stands", "Decision", "Paid from", "Rules broken")
    empty = "None is on record. An editor can put one on record."
    grids = [grid("Each choice", heads, every, empty=empty)]
    wrong = [each for name, _ in found for each in broken[name]]
    if wrong:
        grids.append(_findings(snapshot, wrong))
    return grids


def _findings(snapshot: Snapshot, wrong: Iterable[Finding]) -> Grid:
    rows = (
        (link_to(snapshot, each.subject), each.because, by_rule(each.rule), each.source)
        for each in wrong
    )
    return grid("What is broken, and why", ("Service", "Why", "Rule", "Law"), rows)


# --- one choice -----------------------------------------------------------------------------------


def one(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """One choice: where it stands, then what happened, then what it belongs to."""
    name, snapshot = f"{system}/provider-selection/{slug}", the_snapshot(request)
    fact, on = snapshot.get(name), the_day(request).as_at
    if not isinstance(fact, ProviderSelection) or wants(request) != "html":
        return entity.entity(request, system, "provider-selection", slug)
    given = entity.context(snapshot, request, name, [])
    given["fact"] = given["fact"]._replace(kind="choice of a provider")
    given["crumbs"] = [
        Crumb(system_name(snapshot, system), f"/{system}/"),
        Crumb("How providers were chosen", f"/{system}/choosing-providers/"),
    ]
    broken = _broken(snapshot, [name])[name]
    return page(
        request, "scrutiny/story.jinja", fact.name, **given,
        text=in_a_sentence(fact, on, snapshot.name), about=tuple(_about(snapshot, fact)),
        grids=(
            _happened(fact, on), _criteria(fact),
            *([_findings(snapshot, broken)] if broken else []),
        ),
    )  # fmt: skip


def _happened(fact: ProviderSelection, on: date) -> Grid:
    rows = (
        (capital(in_words(each.when)), each.what, by_rule(each.rule) if each.rule else "None")
        for each in days(fact, on)
    )
    return grid("What happened", ("Day", "What", "Rule"), rows, empty="No day is on record.")


def _criteria(fact: ProviderSelection) -> Grid:
    rows = ((capital(each.criterion), each.how) for each in fact.considered or ())
    empty = "Which of the five criteria were considered is not on record."
    return grid("Criteria considered", ("Criterion", "How"), rows, empty=empty)


def _about(snapshot: Snapshot, fact: ProviderSelection) -> Iterator[tuple[str, Cell]]:
    yield "Chosen by", link_to(snapshot, fact.by)
    yield "Process", capital(fact.process) if fact.process != "not stated" else None
    yield "Why this process", fact.why
    yield "Worth over its whole life", fact.worth.in_words() if fact.worth else None
    linked = (("Decided by", fact.decision), ("Paid from", fact.fund), ("Under", fact.agreement),
              ("Carries out", fact.function))  # fmt: skip
    for title, name in linked:
        yield title, link_to(snapshot, name) if name else None
