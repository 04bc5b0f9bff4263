"""Checks of how members of a board were appointed: by whose agreement, after which tests."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.bodies.boards import NamedBody, Sitting, boards, is_ordinary, members
from commonweal.bodies.facts import Appointment, Approval, Body, Post, Seat, Test
from commonweal.record.findings import Finding
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import sources_of, stands
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

_A_DAY = timedelta(1)


class Appointed(NamedTuple):
    """One appointment to a seat on a board."""

    board: str
    body: Body
    sitting: Sitting
    name: str
    fact: Appointment


def appointed(snapshot: Snapshot, board: NamedBody) -> tuple[Appointed, ...]:
    """Every appointment to a board that stands on the day."""
    name, body = board
    return tuple(
        Appointed(name, body, sitting, each, fact)
        for sitting in members(snapshot, name)
        for each, fact in sitting.held_by
    )


def _each(
    law: Rule,
    snapshot: Snapshot,
    board: NamedBody,
    wanted: Callable[[Sitting], bool],
    tried: Callable[[Rule, Snapshot, Appointed], Finding],
) -> Iterator[Finding]:
    """A rule tried on each appointment wanted; if there is none, the record cannot tell."""
    found = [each for each in appointed(snapshot, board) if wanted(each.sitting)]
    if not found:
        because = "No appointment of a member to whom this applies is on record."
        yield law.cannot_say(board[0], because, sources=board[1].sources)
    for each in found:
        yield tried(law, snapshot, each)


def _any(sitting: Sitting) -> bool:
    del sitting
    return True


def _chair(sitting: Sitting) -> bool:
    return sitting.seat.type == "chair"


def _chief(sitting: Sitting) -> bool:
    return sitting.seat.type == "chief executive"


# Whose agreement


def _who(each: Appointed) -> str:
    return f"{each.fact.holder}, {each.sitting.seat.role.lower()}"


def _agreed(approvals: tuple[Approval, ...], key: str) -> Approval | None:
    return next((each for each in approvals if key in each.by.lower()), None)


def _late(approval: Approval, began: date) -> bool:
    """Whether an approval certainly came after the appointment began."""
    return approval.on is not None and period(approval.on)[0] > began


def _unsure(approval: Approval, began: date) -> bool:
    """Whether an approval has no day, or one that may have come after the appointment began."""
    return approval.on is None or period(approval.on)[1] - _A_DAY > began


class _Keys(NamedTuple):
    """The agreements an appointment needs: the words to look for, and what to call each."""

    by_word: dict[str, str]


_CHAIRS = _Keys({"chair": "the chair"})
_FOR_THE_CHAIR = _Keys(
    {"nhs england": "NHS England", "secretary of state": "the Secretary of State"}
)
_FOR_THE_CHIEF = _Keys({"chair": "the chair", "nhs england": "NHS England"})


def _agreement(keys: _Keys, law: Rule, snapshot: Snapshot, each: Appointed) -> Finding:
    held = snapshot.held(each.name)
    began = held.first_day if held else snapshot.as_at
    given = {word: _agreed(each.fact.approvals, word) for word in keys.by_word}
    sources, about = sources_of(each.fact), (each.name, each.sitting.name)

    def said(outcome: Callable[..., Finding], because: str) -> Finding:
        return outcome(each.name, f"{_who(each)}: {because}", sources=sources, about=about)

    late = [(w, a) for w, a in given.items() if a and _late(a, began)]
    if late:
        when = listed(f"{keys.by_word[w]} agreed only on {in_words(a.on or '')}" for w, a in late)
        return said(law.not_met, f"{when}, after the appointment began on {day_in_words(began)}.")
    if lacking := [keys.by_word[word] for word, approval in given.items() if approval is None]:
        return said(law.cannot_say, f"no approval by {' or by '.join(lacking)} is on record.")
    if unsure := [keys.by_word[w] for w, a in given.items() if a and _unsure(a, began)]:
        return said(law.cannot_say, f"the day on which {listed(unsure)} agreed is not on record.")
    who = listed(f"{keys.by_word[w]} on {in_words(a.on or '')}" for w, a in given.items() if a)
    return said(law.met, f"approved by {who}; the appointment began on {day_in_words(began)}.")


@check("ICB-CON-04", over=boards)
def chair_approves_ordinary_members(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    def tried(law: Rule, snapshot: Snapshot, each: Appointed) -> Finding:
        return _agreement(_CHAIRS, law, snapshot, each)

    return _each(rule("ICB-CON-04"), snapshot, board, is_ordinary, tried)


@check("ICB-CON-06", over=boards)
def chair_appointed_by_two_keys(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    def tried(law: Rule, snapshot: Snapshot, each: Appointed) -> Finding:
        return _agreement(_FOR_THE_CHAIR, law, snapshot, each)

    return _each(rule("ICB-CON-06"), snapshot, board, _chair, tried)


_MAY_EMPLOY = frozenset(
    {
        "integrated care board", "government department", "national body", "regional team",
        "NHS trust", "NHS foundation trust",
    }
)  # fmt: skip
"""Whose employees may be seconded as chief executive (Schedule 1B, paragraph 19(4))."""

_CANNOT_EMPLOY = frozenset({"council", "primary care network", "partner", "voluntary sector body"})


@check("ICB-CON-07", over=boards)
def chief_executive_appointed_by_two_keys(
    snapshot: Snapshot, board: NamedBody
) -> Iterator[Finding]:
    return _each(rule("ICB-CON-07"), snapshot, board, _chief, _chief_executive)


def _chief_executive(law: Rule, snapshot: Snapshot, each: Appointed) -> Finding:
    keys = _agreement(_FOR_THE_CHIEF, law, snapshot, each)
    employer = snapshot.get(each.fact.employer) if each.fact.employer else None
    kind = employer.type if isinstance(employer, Body) else None
    about, sources = keys.about, keys.sources
    if kind in _CANNOT_EMPLOY:
        because = f"{_who(each)}: employed by {employer.label(snapshot.name)}, a {kind}."  # type: ignore[union-attr]  # it has a kind, so it is a body
        return law.not_met(each.name, because, sources=sources, about=about)
    if keys.outcome == "met" and kind not in _MAY_EMPLOY:
        because = f"{_who(each)}: approved by both, but the record does not say by whom employed."
        return law.cannot_say(each.name, because, sources=sources, about=about)
    return keys


# Tests that a person made


def _test(kind: str, law: Rule, each: Appointed) -> Finding | Test:
    """The latest test of a kind, or that there is none."""
    found = [test for test in each.fact.tests if test.type == kind]
    if not found:
        because = f"{_who(each)}: no such test is on record."
        return law.cannot_say(
            each.name, because, sources=each.fact.sources, about=(each.sitting.name,)
        )
    return max(found, key=lambda test: test.on or "")


def _outcome(law: Rule, each: Appointed, test: Test) -> Finding:
    on = f" on {in_words(test.on)}" if test.on else ""
    why = f" ({test.reason.rstrip('.')})" if test.reason else ""
    because = f"{_who(each)}: the test on record was {test.outcome}{on}{why}."
    say = law.met if test.outcome == "passed" else law.not_met
    return say(each.name, because, sources=each.fact.sources, about=(each.sitting.name,))


def _tested(kind: str) -> Callable[[Rule, Snapshot, Appointed], Finding]:
    def tried(law: Rule, snapshot: Snapshot, each: Appointed) -> Finding:
        del snapshot
        found = _test(kind, law, each)
        return found if isinstance(found, Finding) else _outcome(law, each, found)

    return tried


@check("ICB-CON-08", over=boards)
def members_keep_the_service_independent(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    """What the appointing person judged, as recorded. The judgement itself is theirs."""
    return _each(rule("ICB-CON-08"), snapshot, board, _any, _tested("independence of the NHS"))


@check("ICB-POL-04", over=boards)
def members_are_fit_and_proper(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _each(rule("ICB-POL-04"), snapshot, board, _any, _tested("fit and proper person"))


_HEADS = {
    "ICB-DIS-01": ("parliament",),
    "ICB-DIS-02": ("prison", "sentence", "convict"),
    "ICB-DIS-03": ("bankrupt",),
    "ICB-DIS-04": ("dismiss",),
    "ICB-DIS-05": ("struck off", "suspended", "director", "charity"),
}
"""Words by which the reason of a failed test shows which head of disqualification it is."""


def _not_disqualified(law: Rule, snapshot: Snapshot, each: Appointed) -> Finding:
    del snapshot
    found = _test("disqualification", law, each)
    if isinstance(found, Finding) or found.outcome == "passed":
        return found if isinstance(found, Finding) else _outcome(law, each, found)
    reason = (found.reason or "").lower()
    if any(word in reason for word in _HEADS[law.id]):
        return _outcome(law, each, found)
    because = (
        f"{_who(each)}: a test of disqualification failed, on another ground or one not stated."
    )
    return law.cannot_say(each.name, because, sources=each.fact.sources, about=(each.sitting.name,))


def _head(number: str) -> None:
    @check(number, over=boards)
    def members_are_not_disqualified(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
        return _each(rule(number), snapshot, board, _any, _not_disqualified)


for _number in _HEADS:
    _head(_number)


# The chair's other offices


@remembered
def _offices(snapshot: Snapshot) -> dict[str, list[str]]:
    """Which seats and posts each person holds, by the name in which the record has them."""
    found: dict[str, list[str]] = {}
    for fact in snapshot.all(Appointment).values():
        if stands(fact):
            found.setdefault(fact.holder, []).append(fact.holds)
    return found


def _bodies_of(snapshot: Snapshot, seat_or_post: str) -> tuple[str, ...]:
    fact = snapshot.get(seat_or_post)
    if isinstance(fact, Seat):
        return (fact.body,)
    return fact.bodies if isinstance(fact, Post) else ()


_LAWFUL_WITH = frozenset({"integrated care partnership (statutory)", "integrated care system"})
"""Each system chooses whether one person chairs both."""


def _elsewhere(snapshot: Snapshot, each: Appointed) -> Iterator[str]:
    """Other bodies of the same system in which the chair holds an office."""
    for office in _offices(snapshot).get(each.fact.holder, ()):
        for name in _bodies_of(snapshot, office):
            body = snapshot.get(name)
            if isinstance(body, Body) and _apart(each, name, body):
                yield body.name


def _apart(each: Appointed, name: str, body: Body) -> bool:
    """Whether a body of the same system is neither the board nor a part of it."""
    same_system = name.partition("/")[0] == each.board.partition("/")[0]
    own = name == each.board or each.board in body.parents
    return same_system and not own and body.type not in _LAWFUL_WITH


@check("ICB-POL-02", over=boards)
def chair_holds_no_other_office(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _each(rule("ICB-POL-02"), snapshot, board, _chair, _independent_chair)


def _independent_chair(law: Rule, snapshot: Snapshot, each: Appointed) -> Finding:
    sources, about = each.fact.sources, (each.sitting.name,)
    if elsewhere := sorted(set(_elsewhere(snapshot, each))):
        because = f"{_who(each)}: also holds an office in {listed(elsewhere)}."
        return law.not_met(each.name, because, sources=sources, about=about)
    found = _test("independent chair", law, each)
    return found if isinstance(found, Finding) else _outcome(law, each, found)
