"""The vires check: ten lines that show whether a decision was within powers and rightly made.

Meetings answer six of the lines. The four on power, chain, limit and reservations are answered by
whoever is given as `authority` (see `powers.authority_of`); without one they say that nobody was
asked.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, get_args

from commonweal.bodies.facts import Body
from commonweal.record.findings import Finding, Outcome
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned, stands
from commonweal.record.when import day_in_words, period
from commonweal.record.wording import listed
from commonweal.statute.rule import rule

from .agenda import agenda, conflicts_at, meeting_of, the_day
from .call_in_window import too_soon
from .decided import Decision, LineName, TripleAim
from .endorsing import tally
from .notice import notice_of
from .quorum import quorum, stands_aside
from .voting import result

type Authority = Callable[[Snapshot, str, Decision], Mapping[str, Finding]]
"""Answers for a decision the lines named in `ASKED_OF_AUTHORITY`; a line left out is not told."""

ASKED_OF_AUTHORITY = ("power", "chain", "limit", "reservations")

LINES: tuple[LineName, ...] = get_args(LineName)
"""The ten lines, in the order in which they are shown."""

_TRIPLE_AIM = "National Health Service Act 2006, sections 13NA, 14Z43, 26A and 63A"
_OWES_TRIPLE_AIM = frozenset({"integrated care board", "NHS trust", "NHS foundation trust"})
_SINCE = period("2022-07-01")[0]


class Line(NamedTuple):
    """One of the ten lines of a vires check."""

    name: LineName
    finding: Finding


class Standing(NamedTuple):
    """What a decision may be recorded as, once its lines are known."""

    outcome: Outcome
    because: str


def nobody_asked(_snapshot: Snapshot, _name: str, _decision: Decision) -> Mapping[str, Finding]:
    """The authority that has nothing to say."""
    return {}


def vires(
    snapshot: Snapshot, name: str, *, authority: Authority = nobody_asked
) -> tuple[Line, ...]:
    """The ten lines for a decision; none for what was only noted or proposed."""
    decision = snapshot.fact(name)
    if not isinstance(decision, Decision) or decision.type == "noted" or planned(decision):
        return ()
    answers = authority(snapshot, name, decision)
    case = _Case(snapshot, name, decision)
    return tuple(
        Line(line, answers.get(line) or case.asked_of_authority(line))
        if line in ASKED_OF_AUTHORITY
        else Line(line, _LINES[line](case))
        for line in LINES
    )


class _Case(NamedTuple):
    """A decision on trial."""

    snapshot: Snapshot
    name: str
    decision: Decision

    def found(self, outcome: Outcome, because: str, source: str, line: str) -> Finding:
        return Finding(
            rule=line,
            outcome=outcome,
            subject=self.name,
            because=because,
            source=source,
            sources=self.decision.sources,
            about=(self.decision.item,) if self.decision.item else (),
        )

    def asked_of_authority(self, line: str) -> Finding:
        because = "Asked of the authority room, which was not asked here."
        return self.found("cannot tell", because, "The scheme of reservation and delegation", line)

    def law(self, number: str, otherwise: str) -> tuple[str, str]:
        """The rule of a board's law and its citation, if it binds the decider; else its terms."""
        deciders = tuple(_with_parents(self.snapshot, self.decision))
        if any(body.type == "integrated care board" for body in deciders):
            return rule(number).cite, number
        return "The body's own terms", otherwise


def _unmet(case: _Case, line: str) -> Finding | None:
    """What to say of a body's decision of which the meeting is not on record."""
    by = case.snapshot.get(case.decision.by) if case.decision.by else None
    if case.decision.item is not None or not isinstance(by, Body):
        return None
    because = "At which of its meetings it was made is not on record."
    return case.found("cannot tell", because, "The body's own terms", line)


def _quorum(case: _Case) -> Finding:
    if unmet := _unmet(case, "quorum"):
        return unmet
    if case.decision.item is None:
        because = "Made by one office-holder, not by a meeting: no quorum is asked for."
        return case.found("met", because, "The body's own terms", "quorum")
    return quorum(case.snapshot, case.decision.item)


def _notice(case: _Case) -> Finding:
    if unmet := _unmet(case, "notice"):
        return unmet
    if case.decision.item is None:
        because = "Not made at a meeting: no notice of one is asked for."
        return case.found("met", because, "The body's own terms", "notice")
    meeting, _, _ = meeting_of(case.snapshot, case.decision.item)
    return notice_of(case.snapshot, meeting)


def _conflict(case: _Case) -> Finding:
    item = case.decision.item
    outcome, because = conflicts_told(case.snapshot, item) if item else _NO_ITEM
    return case.found(outcome, because, *case.law("ICB-COI-05", "conflict"))


_NO_ITEM: tuple[Outcome, str] = (
    "cannot tell",
    "Not made under an item: whether its maker had an interest is not on record.",
)


def conflicts_told(snapshot: Snapshot, item: str) -> tuple[Outcome, str]:
    """Whether each interest in an item was dealt with, in one sentence."""
    found = conflicts_at(snapshot, item)
    unmanaged = [c for _, c in found if c.type in _UNMANAGED and stands_aside(c) == "met"]
    if unmanaged:
        names = listed(f"{snapshot.name(c.of)} ({c.type})" for c in unmanaged)
        return "not met", f"Interests were not dealt with: {names}."
    if untold := [c for _, c in found if c.type == "not stated"]:
        names = listed(snapshot.name(c.of) for c in untold)
        return "cannot tell", f"What was done about an interest is not on record: {names}."
    if found:
        names = listed(f"{snapshot.name(c.of)} ({c.type})" for _, c in found)
        return "met", f"Interests were dealt with: {names}."
    meeting, _, _ = meeting_of(snapshot, item)
    if any(each.type == "declare interests" for _, each in agenda(snapshot, meeting)):
        return "met", "Interests were asked for; none in this item is on record."
    return "cannot tell", "No interest is on record, nor that members were asked for any."


_UNMANAGED = frozenset({"nothing was done", "took full part"})


def _regard(case: _Case) -> Finding:
    lacking, missing = list(_breaches(case.decision)), list(_unsaid(case))
    if lacking:
        outcome: Outcome = "not met"
        because = f"{listed(lacking)}."
    elif missing:
        outcome, because = "cannot tell", f"Not on record: {listed(missing)}."
    else:
        names = listed(case.snapshot.name(each.document) for each in case.decision.regard)
        outcome = "met"
        because = f"Regard was had to {names}; consultation: {case.decision.consultation}."
    return case.found(outcome, because, _TRIPLE_AIM, "regard and consultation")


def _breaches(decision: Decision) -> Iterator[str]:
    if decision.consultation == "not held":
        yield "Those it touches were not consulted, and nothing says they need not be"


def _unsaid(case: _Case) -> Iterator[str]:
    decision = case.decision
    if not decision.regard:
        yield "which strategies were borne in mind"
    if decision.consultation == "not stated":
        yield "whether those it touches were consulted"
    if decision.consultation == "held" and not decision.consulted:
        yield "who was consulted"
    if owes_triple_aim(case.snapshot, decision) and not _whole(decision.triple_aim):
        yield "the likely effects on health, quality and resources (the triple aim)"


def _whole(aim: TripleAim | None) -> bool:
    return aim is not None and bool(aim.health and aim.quality and aim.resources)


def owes_triple_aim(snapshot: Snapshot, decision: Decision) -> bool:
    """Whether the law asks the decider for the three likely effects.

    Boards, trusts and their committees owe it since 1 July 2022; councils do not.
    """
    made = _made(snapshot, decision)
    deciders = _with_parents(snapshot, decision)
    bound = any(body.type in _OWES_TRIPLE_AIM for body in deciders)
    return bound and (made is None or made >= _SINCE)


def _deciders(snapshot: Snapshot, decision: Decision) -> tuple[str, ...]:
    """The bodies that decided, or that the office-holder who decided serves."""
    if decision.item:
        return (meeting_of(snapshot, decision.item)[1].body,)
    by = snapshot.get(decision.by) if decision.by else None
    if isinstance(by, Body) and decision.by:
        return (decision.by,)
    bodies: tuple[str, ...] = getattr(by, "bodies", ()) or (getattr(by, "body", ""),)
    return tuple(filter(None, bodies))


def _with_parents(snapshot: Snapshot, decision: Decision) -> Iterator[Body]:
    """The deciding bodies, and those they are committees or parts of."""
    for name in _deciders(snapshot, decision):
        if isinstance(body := snapshot.get(name), Body):
            yield body
            for parent in body.parents:
                if isinstance(above := snapshot.get(parent), Body):
                    yield above


def _made(snapshot: Snapshot, decision: Decision) -> date | None:
    when = meeting_of(snapshot, decision.item)[1].when if decision.item else decision.when
    return the_day(when)


def _endorsements(case: _Case) -> Finding:
    decision, source = case.decision, "The proposal, or the body's own terms"
    if decision.proposal is None:
        said: dict[bool | None, tuple[Outcome, str]] = {
            False: ("met", "On record as needing no other body's endorsement."),
            True: ("cannot tell", "It needs others' endorsement, but whose is not on record."),
            None: ("cannot tell", "Whether another body must endorse it is not on record."),
        }
        return case.found(*said[decision.needs_others], source, "endorsements")
    count = tally(case.snapshot, decision.proposal)
    if count.all_needed is False or decision.needs_others is False:
        return case.found("met", f"{count.in_words()} Not all are needed.", source, "endorsements")
    if set(count.rejected) - set(count.unasked):
        return case.found("not met", count.in_words(), source, "endorsements")
    short = count.waiting or count.put_off or count.with_changes or count.noted
    whole = count.all_needed and count.endorsed and not short
    outcome: Outcome = "met" if whole else "cannot tell"
    return case.found(outcome, count.in_words(), source, "endorsements")


def _publication(case: _Case) -> Finding:
    outcome, because = _published(case)
    return case.found(outcome, because, *case.law("ICB-PUB-04", "publication"))


def _published(case: _Case) -> tuple[Outcome, str]:
    decision = case.decision
    published, effective = the_day(decision.published), the_day(decision.effective)
    urgent = decision.type == "urgent"
    if not urgent and (soon := too_soon(case.snapshot, case.name, decision)):
        return "not met", soon
    if published and effective and effective < published and not urgent:
        return "not met", (
            f"It took effect on {day_in_words(effective)}, before it was published on "
            f"{day_in_words(published)}."
        )
    if published:
        return "met", f"Published on {day_in_words(published)}."
    if decision.exempt:
        return "met", f"Kept from publication because: {decision.exempt.rstrip('.')}."
    return "cannot tell", "When it was published is not on record."


_LINES: dict[str, Callable[[_Case], Finding]] = {
    "quorum": _quorum,
    "conflict": _conflict,
    "notice": _notice,
    "regard and consultation": _regard,
    "endorsements": _endorsements,
    "publication": _publication,
}


def standing(snapshot: Snapshot, name: str, *, authority: Authority = nobody_asked) -> Standing:
    """What a decision may be recorded as: a decision, a view of those who were there, or neither.

    A decision recorded as carried is not, if its votes or its quorum say otherwise.
    """
    decision = snapshot.fact(name)
    if not isinstance(decision, Decision) or decision.type == "noted":
        return Standing("met", "Only noted: it decides nothing.")
    if planned(decision):
        return Standing("cannot tell", f"Only {decision.status}: nothing is decided yet.")
    return standing_of(snapshot, decision, vires(snapshot, name, authority=authority))


def standing_of(snapshot: Snapshot, decision: Decision, lines: tuple[Line, ...]) -> Standing:
    """The same, for somebody who has the lines already."""
    came_to = result(snapshot, decision)
    failed = [line.name for line in lines if line.finding.outcome == "not met"]
    if "quorum" in failed:
        return Standing(
            "not met", "No quorum: it may stand only as a view of those who were there."
        )
    if decision.outcome == "carried" and came_to.outcome in {"lost", "tied"}:
        return Standing(
            "not met", f"Recorded as carried, but it was {came_to.outcome}: {came_to.because}"
        )
    if failed:
        return Standing(
            "not met", f"It may stand only with what is wrong with it: {listed(failed)}."
        )
    untold = [line.name for line in lines if line.finding.outcome == "cannot tell"]
    if untold:
        return Standing(
            "cannot tell",
            "Nothing wrong with how it was made is on record; not told: "
            f"{listed(untold, most=10)}.",
        )
    return Standing("met", "All ten lines are met.")


def unowned(snapshot: Snapshot, name: str, *, authority: Authority = nobody_asked) -> Iterator[str]:
    """Why a decision may not be recorded as it is: each line that it fails without saying so.

    What is only proposed, or was not carried, claims nothing and owns up to nothing.
    """
    decision = snapshot.fact(name)
    if not isinstance(decision, Decision) or not stands(decision) or decision.outcome != "carried":
        return
    for line in vires(snapshot, name, authority=authority):
        if line.finding.outcome == "not met" and line.name not in decision.known_faults:
            yield (
                f"It is recorded as carried and in force, but fails on {line.name}: "
                f"{line.finding.because} Name “{line.name}” under “Known to fail”, or give it "
                "another status."
            )


__all__ = [
    "ASKED_OF_AUTHORITY", "LINES", "Authority", "Line", "Standing", "conflicts_told", "standing",
    "standing_of", "unowned", "vires",
]  # fmt: skip
