"""Checks of rules on places, codes and populations."""

from collections.abc import Callable, Iterable, Iterator

from commonweal.record.facts import Fact
from commonweal.record.findings import Finding
from commonweal.record.identifiers import identifier
from commonweal.record.naming import Code
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import by_document, sources_of, stands
from commonweal.record.when import BEFORE_ALL
from commonweal.record.wording import counted, listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .containment import facts_through, system_of
from .facts import Area, Population
from .populations import band_of
from .successions import first_day

type Place = tuple[str, Area]
type People = tuple[str, Population]


def areas_of_type(snapshot: Snapshot, wanted: str) -> Iterator[Place]:
    """The areas of a type that stand on the day."""
    for name, area in snapshot.all(Area).items():
        if area.type == wanted and stands(area):
            yield name, area


def places(snapshot: Snapshot) -> Iterator[Place]:
    return areas_of_type(snapshot, "place")


def _one_system(law: Rule, snapshot: Snapshot, place: Place) -> Iterator[Finding]:
    name, area = place
    found = system_of(snapshot, name)
    about, sources = facts_through(snapshot, found.lies)
    say = {"met": law.met, "not met": law.not_met, "cannot tell": law.cannot_say}[found.outcome]
    yield say(name, found.because, sources=sources or area.sources, about=about)


@check("DEL-14", over=places)
def place_lies_in_one_system(snapshot: Snapshot, place: Place) -> Iterator[Finding]:
    return _one_system(rule("DEL-14"), snapshot, place)


@check("REC-PLACE", over=places)
def record_puts_place_in_one_system(snapshot: Snapshot, place: Place) -> Iterator[Finding]:
    return _one_system(rule("REC-PLACE"), snapshot, place)


# Populations


def people(snapshot: Snapshot) -> Iterator[People]:
    return ((name, fact) for name, fact in snapshot.all(Population).items() if stands(fact))


@check("REC-BAND", over=people)
def population_is_of_a_usual_size(snapshot: Snapshot, counting: People) -> Iterator[Finding]:
    law = rule("REC-BAND")
    name, fact = counting
    area = snapshot.get(fact.of)
    found = band_of(snapshot, fact.of, area.type) if isinstance(area, Area) else None
    if found is None or not isinstance(area, Area):
        return
    band_id, band = found
    sources, about = sources_of(fact, band), (fact.of, band_id)
    usual = f"{band.at_least:,} to {band.at_most:,} usual for a {area.type}"
    if fact.people is None:
        because = f"The source gives no number for {area.name}, only “{fact.printed}”."
        yield law.cannot_say(name, because, sources=sources, about=about)
        return
    inside = band.at_least <= fact.people <= band.at_most
    how = "is within" if inside else "is outside"
    because = f"The population of {area.name}, {fact.people:,}, {how} the {usual}."
    say = law.met if inside else law.not_met
    yield say(name, because, sources=sources, about=about)


@check("GEO-12", over=people)
def population_has_year_and_basis(snapshot: Snapshot, counting: People) -> Iterator[Finding]:
    law = rule("GEO-12")
    name, fact = counting
    lacks = [
        what
        for what, missing in (
            ("the year it is for", fact.year is None),
            ("whom it counts", fact.basis == "not stated"),
        )
        if missing
    ]
    of = snapshot.name(fact.of)
    if lacks:
        because = f"The population of {of} is on record without {listed(lacks)}."
        yield law.not_met(name, because, sources=fact.sources, about=(fact.of,))
    else:
        because = f"The population of {of} is for {fact.year} and is {fact.basis}."
        yield law.met(name, because, sources=fact.sources, about=(fact.of,))


# Codes


def by_system[F: Fact](facts: Iterable[tuple[str, F]]) -> dict[str, list[tuple[str, F]]]:
    """Facts by the first part of their identifiers."""
    found: dict[str, list[tuple[str, F]]] = {}
    for name, fact in facts:
        found.setdefault(name.partition("/")[0], []).append((name, fact))
    return found


def stand_in(snapshot: Snapshot, system: str, default: str) -> str:
    """The entity that stands for a system as a whole: its area, else another."""
    area = f"{system}/area/system"
    return area if snapshot.get(area) is not None else default


def _codes(snapshot: Snapshot) -> dict[str, list[tuple[str, Code]]]:
    return by_system((name, code) for name, code in snapshot.all(Code).items() if stands(code))


def _all_of_them(
    law: Rule,
    snapshot: Snapshot,
    wrong: Callable[[str, Code], str | None],
    right: Callable[[list[tuple[str, Code]]], str],
) -> Iterator[Finding]:
    """A finding for each code that is wrong, and one for the rest of each system."""
    for system, codes in _codes(snapshot).items():
        sound = []
        for name, code in codes:
            if because := wrong(name, code):
                yield law.not_met(name, because, sources=code.sources, about=(code.of,))
            else:
                sound.append((name, code))
        if sound:
            yield law.met(
                stand_in(snapshot, system, sound[0][1].of),
                right(sound),
                sources=by_document(sources_of(*(code for _, code in sound))),
                about=tuple(name for name, _ in sound),
            )


@check("GEO-03")
def codes_carry_dates(snapshot: Snapshot) -> Iterator[Finding]:
    def wrong(name: str, code: Code) -> str | None:
        if first_day(snapshot, name) > BEFORE_ALL:
            return None
        return f"The record has no first day for {code.type} code {code.code}."

    def right(codes: list[tuple[str, Code]]) -> str:
        unsure = sum(code.start == "first stated" for _, code in codes)
        kept = f"A first day is kept for {counted(len(codes), 'code')}"
        return (
            f"{kept}; for {unsure} it is only the first on which a source gives it."
            if unsure
            else f"{kept}."
        )

    return _all_of_them(rule("GEO-03"), snapshot, wrong, right)


@check("GEO-04")
def code_means_one_thing(snapshot: Snapshot) -> Iterator[Finding]:
    meaning: dict[tuple[str, str], set[str]] = {}
    for code in snapshot.all(Code).values():
        if stands(code):
            meaning.setdefault((code.type, code.code), set()).add(code.of)

    def wrong(name: str, code: Code) -> str | None:
        del name
        others = sorted(meaning[code.type, code.code] - {code.of})
        if not others:
            return None
        names = listed(snapshot.name(other) for other in others)
        return f"{code.type} code {code.code} of {snapshot.name(code.of)} also stands for {names}."

    return _all_of_them(
        rule("GEO-04"),
        snapshot,
        wrong,
        lambda codes: f"No other body or area has any of its {counted(len(codes), 'code')}.",
    )


@check("GEO-10")
def identity_does_not_rest_on_codes(snapshot: Snapshot) -> Iterator[Finding]:
    def wrong(name: str, code: Code) -> str | None:
        del name
        if identifier(code.of).slug != code.code.lower():
            return None
        return f"The identifier {code.of} is nothing but its code {code.code}."

    return _all_of_them(
        rule("GEO-10"),
        snapshot,
        wrong,
        lambda codes: f"Dated facts about what they name: {counted(len(codes), 'code')}.",
    )
