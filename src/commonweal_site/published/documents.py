"""The documents that a system or a body publishes, each made from the record of one day."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from commonweal.authority.dispositions import holding
from commonweal.authority.functions_map import functions_map, map_of
from commonweal.authority.limits import limits_of
from commonweal.authority.scheme import scheme_of, scheme_of_system
from commonweal.bodies.facts import Body
from commonweal.meetings.handbook import committees, handbook_of
from commonweal.meetings.terms import terms_of
from commonweal.money.reports.whole import SECTIONS, Report, money_of, report_of
from commonweal.outcomes.published import outcomes_of_body, outcomes_of_system
from commonweal.record.differing import difference
from commonweal.record.errors import RecordError, UnknownEntity, did_you_mean
from commonweal.record.identifiers import identifier
from commonweal.record.manuscript import Manuscript
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal.record.wording import capital
from commonweal_site.areas.system import serving
from commonweal_site.drawings.addresses import Addresses, SiteAddresses

from .drawn import map_drawn
from .named import REPORTS


class UnknownDocument(RecordError):
    """No such document is published, or not of such a thing."""


class Days(RecordError):
    """Two days cannot be compared in that order."""


class About(NamedTuple):
    """What a document is of: a system, or one body.

    entity  the body, or the system's area
    """

    entity: str
    bodies: tuple[str, ...]
    whole: bool


def about_system(snapshot: Snapshot, system: str) -> About:
    """A system, with its bodies in the order in which a scheme takes them.

    raises  UnknownEntity
    """
    entity = "england/area/england" if system == "england" else f"{system}/area/system"
    if system not in snapshot.systems:
        raise UnknownEntity(
            f"No system is called '{system}'. {did_you_mean(system, snapshot.systems)}"
        )
    found = serving(snapshot, system)
    ordered = sorted(found, key=lambda name: (_rank(found[name]), found[name].name))
    return About(entity, tuple(ordered), whole=True)


def about_body(snapshot: Snapshot, body: str) -> About:
    """One body with its committees.

    raises  UnknownEntity
    """
    snapshot.fact(body)
    parts = sorted(name for name, each in snapshot.referring(body, Body) if body in each.parents)
    return About(body, (body, *parts), whole=False)


_FIRST = ("integrated care board", "clinical commissioning group", "council", "national body")


def _rank(body: Body) -> int:
    return _FIRST.index(body.type) if body.type in _FIRST else len(_FIRST)


# --- making ---------------------------------------------------------------------------------------


def _scheme(snapshot: Snapshot, about: About, _: Addresses) -> Manuscript:
    if not about.whole:
        return scheme_of(snapshot, about.entity)
    own = holding(snapshot, about.bodies)
    return scheme_of_system(snapshot, identifier(about.entity).system, own)


def _map(snapshot: Snapshot, about: About, addresses: Addresses) -> Manuscript:
    found = functions_map(snapshot, about.bodies, about.entity)
    text = map_of(snapshot, found)
    if not found.deciders and not found.heard:
        return text
    return text._replace(blocks=(map_drawn(snapshot, found, addresses), *text.blocks))


def _handbook(snapshot: Snapshot, about: About, _: Addresses) -> Manuscript:
    return handbook_of(snapshot, committees(snapshot, about.bodies), about.entity)


def _limits(snapshot: Snapshot, about: About, _: Addresses) -> Manuscript:
    bodies = holding(snapshot, about.bodies) if about.whole else (about.entity,)
    return limits_of(snapshot, bodies, about.entity)


def _terms(snapshot: Snapshot, about: About, _: Addresses) -> Manuscript:
    if about.whole:
        raise UnknownDocument(
            "Terms of reference are of one body. Name a body, or ask for the handbook of the "
            "system, which has the terms of every committee."
        )
    return terms_of(snapshot, about.entity)


def _money(snapshot: Snapshot, about: About, _: Addresses) -> Manuscript:
    return money_of(snapshot, about.entity, whole=about.whole)


def _report(snapshot: Snapshot, about: About, _: Addresses, *, word: str) -> Manuscript:
    called, says = REPORTS[word]
    report = Report(word, called, f"{capital(says)}.")
    return report_of(snapshot, report, about.entity, whole=about.whole)


def _outcomes(snapshot: Snapshot, about: About, _: Addresses) -> Manuscript:
    if not about.whole:
        return outcomes_of_body(snapshot, about.entity)
    return outcomes_of_system(snapshot, identifier(about.entity).system, about.entity)


_MAKE: dict[str, Callable[[Snapshot, About, Addresses], Manuscript]] = {
    "scheme": _scheme,
    "map": _map,
    "handbook": _handbook,
    "terms": _terms,
    "limits": _limits,
    "money": _money,
    **{word: partial(_report, word=word) for word in SECTIONS},
    "outcomes": _outcomes,
}


def document(
    snapshot: Snapshot, word: str, about: About, *, addresses: Addresses | None = None
) -> Manuscript:
    """A document of the snapshot's day.

    addresses  for the links of drawings
    raises     UnknownDocument
    """
    if word not in _MAKE:
        raise UnknownDocument(f"No document is called '{word}'. {did_you_mean(word, list(_MAKE))}")
    return _MAKE[word](snapshot, about, addresses or SiteAddresses())


def changed(
    then: Snapshot, snapshot: Snapshot, word: str, find: Callable[[Snapshot], About]
) -> Manuscript:
    """What differs in a document between two days of the record.

    then    the earlier day
    find    finds what the document is of, on either day
    raises  Days, UnknownDocument
    """
    if then.as_at >= snapshot.as_at:
        raise Days(
            f"{day_in_words(then.as_at)} is not before {day_in_words(snapshot.as_at)}. Ask for an "
            "earlier day to compare with, or turn the page to a later one."
        )
    after = document(snapshot, word, find(snapshot))
    try:
        before = document(then, word, find(then))
    except UnknownEntity:
        before = Manuscript(after.title, then.as_at, then.known, ())
    return difference(before, after)
