"""Checks of how boards began and ended, their land, codes and numbers, and the groups before."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.areas.checks import areas_of_type, stand_in
from commonweal.areas.containment import Lie, facts_through, wholes
from commonweal.areas.facts import Containment
from commonweal.areas.successions import (
    first_day,
    name_then,
    on_day,
    shares,
    successions_from,
    successions_to,
)
from commonweal.bodies.boards import (
    NamedBody,
    boards,
    boards_and_coming,
    bodies_by_type,
    real_boards,
)
from commonweal.bodies.facts import Body, Constitution, Transfer
from commonweal.record.findings import Finding
from commonweal.record.naming import Code, Succession
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import by_document, sources_of, stands
from commonweal.record.when import day_in_words
from commonweal.record.wording import counted, listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

BOARDS_BEGIN = date(2022, 7, 1)
"""The first day of the boards, on which every commissioning group ended (section 14Z27)."""

_BOARDS_CHANGE = date(2026, 4, 1)
_A_DAY = timedelta(1)


def groups(snapshot: Snapshot) -> dict[str, Body]:
    """The clinical commissioning groups that stand on the day."""
    found = bodies_by_type(snapshot).get("clinical commissioning group", ())
    return {n: b for n, b in found if stands(b) and b.stage != "dissolved"}


def last_groups(snapshot: Snapshot) -> Mapping[str, Body]:
    """The groups of their last day, 30 June 2022."""
    return groups(on_day(snapshot, BOARDS_BEGIN - _A_DAY))


def england(snapshot: Snapshot) -> str:
    """The entity that stands for England as a whole."""
    return next((n for n, _ in areas_of_type(snapshot, "country")), "england/area/england")


def _real(snapshot: Snapshot, found: Mapping[str, Body]) -> dict[str, Body]:
    return {n: b for n, b in found.items() if n.partition("/")[0] not in snapshot.invented}


# What a board is


@check("ICB-EST-07", over=boards)
def board_is_a_legal_person(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    del snapshot
    law = rule("ICB-EST-07")
    name, body = board
    because = f"Its legal status on record is: {body.legal}."
    if body.legal == "not stated":
        yield law.cannot_say(name, "Its legal status is not on record.", sources=body.sources)
    elif body.legal == "statutory body":
        yield law.met(name, because, sources=body.sources)
    else:
        yield law.not_met(name, because, sources=body.sources)


# The groups before


@check("ICB-EST-04")
def groups_propose_first_constitution(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("ICB-EST-04")
    by_system: dict[str, list[str]] = {}
    for name in groups(snapshot):
        by_system.setdefault(name.partition("/")[0], []).append(name)
    coming = dict(boards_and_coming(snapshot))
    for system, proposers in by_system.items():
        drafts = [
            (name, fact)
            for name, fact in snapshot.all(Constitution).items()
            if fact.body in coming and fact.body.partition("/")[0] == system
        ]
        if not drafts:
            because = (
                f"The first constitution that {counted(len(proposers), 'group')} had to "
                "propose is not on record."
            )
            yield law.cannot_say(
                stand_in(snapshot, system, proposers[0]), because, about=tuple(proposers)
            )
        for each in drafts:
            yield _proposed_by_all(law, snapshot, each, proposers)


def _proposed_by_all(
    law: Rule, snapshot: Snapshot, each: tuple[str, Constitution], proposers: list[str]
) -> Finding:
    name, fact = each
    lacking = [group for group in proposers if group not in fact.proposed_by]
    more = {"sources": fact.sources, "about": tuple(proposers)}
    if not fact.proposed_by:
        return law.cannot_say(name, f"Who proposed {fact.name} is not on record.", **more)
    if lacking:
        names = listed(snapshot.name(group) for group in lacking)
        return law.not_met(name, f"{fact.name} was proposed without {names}.", **more)
    because = f"{fact.name} was proposed by {listed(snapshot.name(g) for g in proposers)}."
    return law.met(name, because, **more)


@check("ICB-EST-05")
def groups_have_ended(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("ICB-EST-05")
    still = groups(snapshot)
    for name, body in still.items():
        because = f"{body.name} is on record as standing on {day_in_words(snapshot.as_at)}."
        yield law.not_met(name, because, sources=body.sources)
    for name, body in last_groups(snapshot).items():
        if name not in still:
            because = f"{body.name} stands on record to 30 June 2022 and no longer."
            yield law.met(name, because, sources=body.sources)


@check("GEO-06")
def groups_have_successors(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("GEO-06")
    for name, body in last_groups(snapshot).items():
        passed = successions_from(snapshot, name)
        about = tuple(each for each, _ in passed)
        if passed:
            after = listed(name_then(snapshot, each.after) for _, each in passed)
            sources = sources_of(*(each for _, each in passed))
            yield law.met(name, f"{body.name} passed to {after}.", sources=sources, about=about)
        else:
            because = f"The record does not say to which board {body.name} passed."
            yield law.cannot_say(name, because, sources=body.sources)


@check("ICB-EST-06", over=boards)
def liabilities_pass_to_successors(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-EST-06")
    name, _ = board
    passed = successions_to(snapshot, name)
    if not passed:
        return
    schemes = {
        fact.giver: (each, fact)
        for each, fact in snapshot.referring(name, Transfer)
        if fact.taker == name
        and stands(fact)
        and fact.type in {"rights and liabilities", "everything"}
    }
    open_ = [fact.before for _, fact in passed if fact.before not in schemes]
    used = list(schemes.values())
    sources = sources_of(*(fact for _, fact in used), *(fact for _, fact in passed))
    about = (*(each for each, _ in passed), *(each for each, _ in used))
    if open_:
        because = (
            f"No scheme that passes on the liabilities of "
            f"{listed(name_then(snapshot, each) for each in open_)} is on record."
        )
        yield law.cannot_say(name, because, sources=sources, about=about)
    else:
        because = (
            "A transfer of liabilities is on record for "
            f"{listed(name_then(snapshot, f.before) for _, f in passed)}."
        )
        yield law.met(name, because, sources=sources, about=about)


# Land


@check("ICB-EST-02")
def areas_neither_overlap_nor_leave_gaps(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("ICB-EST-02")
    subject = england(snapshot)
    existing = real_boards(snapshot)
    if not existing:
        yield law.cannot_say(subject, "No integrated care board is on record.")
        return
    found = _division(snapshot, existing)
    about, sources = facts_through(snapshot, found.lies)
    more = {"sources": by_document(sources), "about": about}
    rests = (
        "This rests on the areas of the former commissioning groups, which went on as locations "
        "within boards, not on boundaries on the ground."
    )
    if found.twice:
        because = f"More than one board holds {listed(found.twice)}. {rests}"
        yield law.not_met(subject, because, **more)
        return
    expected = _expected_boards(snapshot.as_at)
    doubts = list(_doubts(snapshot, found, existing, expected))
    if doubts:
        yield law.cannot_say(subject, f"{'; '.join(doubts)}. {rests}", **more)
    else:
        because = (
            f"Each of {found.locations} locations lies in exactly one of {len(existing)} boards' "
            f"areas, and each board holds at least one. {rests}"
        )
        yield law.met(subject, because, **more)


class _Division(NamedTuple):
    """How locations lie in boards' areas.

    twice, nowhere, unclear   names of those in several, in none, and in several by unstated parts
    held                      areas of boards that hold at least one
    """

    locations: int
    twice: list[str]
    nowhere: list[str]
    unclear: list[str]
    held: set[str]
    lies: list[Lie]


def _division(snapshot: Snapshot, existing: Mapping[str, Body]) -> _Division:
    ours = {area for body in existing.values() for area in body.areas}
    found = _Division(0, [], [], [], set(), [])
    number = 0
    for name, area in areas_of_type(snapshot, "commissioning group area"):
        if name.partition("/")[0] in snapshot.invented:
            continue
        number += 1
        lies = [lie for around, lie in wholes(snapshot, name).items() if around in ours]
        found.lies.extend(lies)
        found.held.update(lie.area for lie in lies)
        if not lies:
            found.nowhere.append(area.name)
        elif any(lie.extent == "whole" for lie in lies):
            found.twice.extend([area.name] if len(lies) > 1 else [])
        elif not _adds_up(snapshot, lies):
            found.unclear.append(area.name)
    return found._replace(locations=number)


def _adds_up(snapshot: Snapshot, lies: list[Lie]) -> bool:
    """Whether an area lies in several others by shares that make up the whole."""
    facts = [snapshot.fact(lie.through[0]) for lie in lies if lie.stated]
    given = [fact.share for fact in facts if isinstance(fact, Containment) and fact.share]
    return len(given) == len(lies) and sum(given) == 1


def _doubts(
    snapshot: Snapshot, found: _Division, existing: Mapping[str, Body], expected: int | None
) -> Iterator[str]:
    if expected is not None and len(existing) < expected:
        yield f"Only {len(existing)} of England's {expected} boards are on record"
    empty = [b.name for b in existing.values() if not found.held.intersection(b.areas)]
    if empty:
        yield f"No location is on record for {listed(empty)}"
    if found.nowhere:
        yield f"The record does not say in which board's area {listed(found.nowhere)} lies"
    if found.unclear:
        yield f"By what shares boards divide {listed(found.unclear)} is not on record"
    ended = [n for n in last_groups(snapshot) if not successions_from(snapshot, n)]
    if ended:
        yield f"No successor is on record for {counted(len(ended), 'former group')}"


def _expected_boards(on: date) -> int | None:
    for number in ("GEO-08", "GEO-13"):
        if rule(number).in_force(on):
            return rule(number).exactly["integrated care board"]
    return None


# Codes and regions


def _codes(snapshot: Snapshot, of: str, scheme: str) -> list[tuple[str, Code]]:
    return [
        (name, code)
        for name, code in snapshot.referring(of, Code)
        if code.of == of and code.type == scheme and stands(code)
    ]


def _one_code(law: Rule, subject: str, found: list[tuple[str, Code]]) -> Finding:
    sources, about = sources_of(*(code for _, code in found)), tuple(name for name, _ in found)
    codes = listed(sorted(code.code for _, code in found))
    if not found:
        return law.cannot_say(subject, "Its code is not on record.")
    if len(found) > 1:
        because = f"It has {len(found)} codes on one day: {codes}."
        return law.not_met(subject, because, sources=sources, about=about)
    return law.met(subject, f"Its one code is {codes}.", sources=sources, about=about)


@check("GEO-01", over=boards)
def board_has_one_organisation_code(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    yield _one_code(rule("GEO-01"), board[0], _codes(snapshot, board[0], "ODS"))


@check("GEO-02", over=boards)
def area_has_one_statistics_code(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    for area in board[1].areas:
        yield _one_code(rule("GEO-02"), area, _codes(snapshot, area, "ONS"))


@check("GEO-05", over=boards)
def board_lies_in_one_region(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("GEO-05")
    for area in board[1].areas:
        lies = tuple(wholes(snapshot, area, type="region").values())
        about, sources = facts_through(snapshot, lies)
        regions = listed(snapshot.name(lie.area) for lie in lies)
        more = {"sources": sources or board[1].sources, "about": about}
        if not lies:
            yield law.cannot_say(area, "Its region is not on record.", **more)
        elif len(lies) > 1:
            yield law.not_met(area, f"It lies in {len(lies)} regions: {regions}.", **more)
        else:
            yield law.met(area, f"It lies in the region {regions}.", **more)


# Numbers


def _number(law: Rule, snapshot: Snapshot, what: str, found: Mapping[str, Body]) -> Finding:
    """A count over England. Fewer may only mean that not all systems are on record."""
    wanted = law.exactly[what]
    subject, about = england(snapshot), tuple(found)
    sources = by_document(sources_of(*found.values()))
    because = f"On record England has {counted(len(found), what)}; the rule says {wanted}."
    if len(found) < wanted:
        because = f"{because} Systems that are not loaded may hold the others."
        return law.cannot_say(subject, because, sources=sources, about=about)
    say = law.met if len(found) == wanted else law.not_met
    return say(subject, because, sources=sources, about=about)


@check("GEO-08")
def forty_two_boards(snapshot: Snapshot) -> Iterator[Finding]:
    yield _number(rule("GEO-08"), snapshot, "integrated care board", real_boards(snapshot))


@check("GEO-13")
def thirty_six_boards(snapshot: Snapshot) -> Iterator[Finding]:
    yield _number(rule("GEO-13"), snapshot, "integrated care board", real_boards(snapshot))


@check("GEO-09")
def one_hundred_and_six_groups(snapshot: Snapshot) -> Iterator[Finding]:
    found = _real(snapshot, groups(snapshot))
    yield _number(rule("GEO-09"), snapshot, "clinical commissioning group", found)


# The boards that ended


@remembered
def _changed(snapshot: Snapshot) -> tuple[dict[str, Body], dict[str, Body]]:
    """The boards that ended, and those that began, on 1 April 2026."""
    before = real_boards(on_day(snapshot, _BOARDS_CHANGE - _A_DAY))
    after = real_boards(on_day(snapshot, _BOARDS_CHANGE))
    ended = {n: b for n, b in before.items() if n not in after}
    return ended, {n: b for n, b in after.items() if n not in before}


def _of_2026(snapshot: Snapshot) -> dict[str, Succession]:
    """The successions between real boards that began on 1 April 2026."""
    ended, _ = _changed(snapshot)
    return {
        name: fact
        for name, fact in snapshot.all(Succession).items()
        if fact.before in ended and stands(fact) and first_day(snapshot, name) == _BOARDS_CHANGE
    }


@check("GEO-07")
def successions_of_2026_are_complete(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("GEO-07")
    pairs = _of_2026(snapshot)
    sources = by_document(sources_of(*pairs.values()))
    wanted = law.exactly["succession"]
    because = (
        f"On record there are {len(pairs)} of {wanted} pairs of a board that ended and one "
        "that followed."
    )
    say = (
        law.met if len(pairs) == wanted else law.not_met if len(pairs) > wanted else law.cannot_say
    )
    yield say(england(snapshot), because, sources=sources, about=tuple(pairs))
    for side, each in (("before", _changed(snapshot)[0]), ("after", _changed(snapshot)[1])):
        for name, body in each.items():
            yield _paired(law, snapshot, (name, body), side, pairs)


def _paired(
    law: Rule, snapshot: Snapshot, board: NamedBody, side: str, pairs: Mapping[str, Succession]
) -> Finding:
    name, body = board
    mine = {n: fact for n, fact in pairs.items() if getattr(fact, side) == name}
    if not mine:
        what = "followed" if side == "before" else "went before"
        because = f"The record does not say which board {what} {body.name} on 1 April 2026."
        return law.cannot_say(name, because, sources=body.sources)
    others = [fact.after if side == "before" else fact.before for fact in mine.values()]
    earlier = on_day(snapshot, _BOARDS_CHANGE - _A_DAY)
    names = listed((snapshot if side == "before" else earlier).name(each) for each in others)
    verb = "was followed by" if side == "before" else "followed"
    because = f"{body.name} {verb} {names}."
    return law.met(name, because, sources=sources_of(*mine.values()), about=tuple(mine))


@check("GEO-11")
def shares_of_a_split_add_up(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("GEO-11")
    for before in dict.fromkeys(f.before for f in snapshot.all(Succession).values() if stands(f)):
        passed = successions_from(snapshot, before)
        given = [fact.share for _, fact in passed if fact.share is not None]
        # What stands on the day was not divided, though it may have given a part away.
        if not given or snapshot.get(before) is not None:
            continue
        whole = shares(snapshot, before)
        what = name_then(snapshot, before)
        more = {
            "sources": sources_of(*(fact for _, fact in passed)),
            "about": tuple(name for name, _ in passed),
        }
        if whole is None:
            because = (
                f"Only {len(given)} of {len(passed)} successors of {what} have a share on record."
            )
            yield law.cannot_say(before, because, **more)
        else:
            because = f"The shares of {len(passed)} successors of {what} add up to {whole}."
            yield (law.met if whole == 1 else law.not_met)(before, because, **more)
