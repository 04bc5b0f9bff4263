"""A change of services step by step: what was done, what is missing, and who may speak to it.

Which law holds turns on the day formal consultation began: before 31 January 2024 a council may
refer the proposal and its referral goes on; from that day the Secretary of State may call it in.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import listed
from commonweal.statute.days import exact, happened
from commonweal.statute.rule import rule

from .checks_of_changes import consulted, exempt, notifiable, owed
from .owed import direction_of
from .reconfigurations import SWITCH, JointScrutiny, Reconfiguration

State = Literal["done", "late", "awaited", "not recorded", "not needed"]

LIMBS_UNKNOWN = "whether it affects how services reach people, and which services there are"


class Step(NamedTuple):
    """One step of a proposal.

    when  the stated day; None: none is stated
    rule  the rule that asks for it; empty: none does
    """

    name: str
    when: str | None
    state: State
    says: str
    rule: str = ""

    @property
    def cite(self) -> str:
        return rule(self.rule).cite if self.rule else ""


def steps(snapshot: Snapshot, name: str, case: Reconfiguration, on: date) -> tuple[Step, ...]:
    """Every step of a proposal as it stood at the end of a day, in the order of the law."""
    found = (
        *_before(case, on), *_asked(case, on), *_joined(snapshot, case, on),
        *_said(snapshot, case, on), *_decided(case, on), *_referred(snapshot, case, on),
        *_called_in(name, case, on),
    )  # fmt: skip
    return tuple(_by_day(found))


def _by_day(found: Iterable[Step]) -> list[Step]:
    """Steps in order of day; one without a day stays behind the one before it."""
    days, last = [], date.min
    for each in found:
        last = period(each.when)[0] if each.when else last
        days.append((last, each))
    return [each for _, each in sorted(days, key=lambda dated: dated[0])]


def _before(case: Reconfiguration, on: date) -> Iterator[Step]:
    for each in case.informal:
        if happened(each.on, on):
            says = f"{each.what}. This is talk, not consultation."
            yield Step("Talked about", each.on, "done", says)
    if case.manner is None and case.range is None:
        yield Step(
            "Is it a reconfiguration?",
            None,
            "not recorded",
            f"Not on record: {LIMBS_UNKNOWN}.",
            "REC-08",
        )
    large = {True: "It is held to be substantial.", False: "It is held not to be substantial."}
    if case.substantial is None:
        says = "Whether it is substantial is not on record, so neither is whether to consult."
        yield Step("Is it substantial?", None, "not recorded", says, "SCR-07")
    else:
        yield Step("Is it substantial?", None, "done", large[case.substantial], "SCR-07")


def _asked(case: Reconfiguration, on: date) -> Iterator[Step]:
    formal, urgent = case.consultation, case.emergency
    if urgent and happened(urgent.decided, on):
        yield Step("Decided at once", urgent.decided, "done", f"{urgent.because}", "SCR-08")
        yield _told_at_once(urgent.decided, urgent.told, on)
    elif exempt(case):
        says = f"None is owed: it {case.exempt_from}." if case.exempt_from else "None is owed."
        yield Step("Consultation of councils", None, "not needed", says, "SCR-15")
    elif formal and happened(formal.began, on):
        yield from _consultation(case, on)
    elif owed(case):
        missing: State = "not recorded" if case.consulted is None else "late"
        says = "No consultation is on record." if case.consulted is None else "There was none."
        yield Step("Consultation of councils", None, missing, says, "SCR-07")


def _told_at_once(decided: str, told: str | None, on: date) -> Step:
    if not happened(told, on):
        return Step("Councils told", None, "not recorded", "When is not on record.", "SCR-08")
    same = exact(told) == exact(decided)
    says = "At once, as the law asks." if same else "Not at once, as the law asks."
    return Step("Councils told", told, "done" if same else "late", says, "SCR-08")


def _consultation(case: Reconfiguration, on: date) -> Iterator[Step]:
    formal = case.consultation
    if formal is None:
        return
    number = len(formal.councils)
    says = f"{number} council{'s' if number != 1 else ''} consulted."
    yield Step("Consultation began", formal.began, "done", says, "SCR-07")
    if formal.published is None:
        yield Step("Dates published", None, "not recorded", "Not on record.", "SCR-07")
    elif happened(formal.published, on):
        yield Step("Dates published", formal.published, "done", _both(case), "SCR-07")
    for each in formal.changes:
        if happened(each.told, on):
            public: State = "done" if each.published else "not recorded"
            yield Step(
                "Dates changed",
                each.told,
                public,
                each.because or "No reason is on record.",
                "SCR-07",
            )
    if notifiable(case):
        yield _notified(case, on)


def _notified(case: Reconfiguration, on: date) -> Step:
    name, says = "Secretary of State told", "The proposal is notifiable"
    if happened(case.notified, on):
        return Step(name, case.notified, "done", f"{says}.", "REC-01")
    return Step(name, None, "not recorded", f"{says}; no notice is on record.", "REC-01")


def _both(case: Reconfiguration) -> str:
    comments, decision = case.consultation.dates() if case.consultation else (None, None)
    said = f"comments by {in_words(comments)}" if comments else "no day for comments on record"
    meant = f"a decision by {in_words(decision)}" if decision else "no day of decision on record"
    return f"{said[:1].upper()}{said[1:]}, {meant}."


def _joined(snapshot: Snapshot, case: Reconfiguration, on: date) -> Iterator[Step]:
    councils = consulted(case)
    if len(councils) < 2 or not case.consultation or not happened(case.consultation.began, on):  # noqa: PLR2004  # more than one
        return
    joint = snapshot.get(case.joint) if case.joint else None
    if not isinstance(joint, JointScrutiny):
        says = "More than one council is consulted, so they must appoint one; none is on record."
        yield Step("Joint committee", None, "not recorded", says, "SCR-22")
        return
    days = [each.on for each in joint.appointed_by if each.on]
    appointing = {each.council for each in joint.appointed_by}
    whole = appointing >= set(councils)
    names = listed(snapshot.name(each.council) for each in joint.appointed_by)
    missing = listed(snapshot.name(each) for each in councils if each not in appointing)
    says = f"Appointed by {names}." if whole else f"Not appointed by {missing}, which must."
    yield Step(
        "Joint committee", max(days) if days else None, "done" if whole else "late", says, "SCR-22"
    )


def _said(snapshot: Snapshot, case: Reconfiguration, on: date) -> Iterator[Step]:
    last = exact(case.consultation.dates()[0]) if case.consultation else None
    joint = snapshot.get(case.joint) if case.joint else None
    for each in case.comments:
        if not happened(each.on, on):
            continue
        late = last is not None and not happened(each.on, last)
        alone = isinstance(joint, JointScrutiny) and each.by != joint.body
        name = "Recommendation" if each.recommends else "Comment"
        says = f"{snapshot.name(each.by)}: {each.text}"
        if alone:
            says += " Only the joint committee may comment."
        state: State = "late" if late or alone else "done"
        yield Step(name, each.on, state, says, "SCR-22" if alone else "SCR-09")
    apart = case.disagreement
    if apart and happened(apart.told, on):
        ended = {True: " They agreed.", False: " They did not agree."}
        known = ended.get(apart.agreed, "") if apart.agreed is not None else ""
        tried: State = "done" if apart.steps else "not recorded"
        says = (apart.steps or "The steps to agree are not on record.") + known
        yield Step("The body disagrees", apart.told, tried, says, "SCR-10")


def _decided(case: Reconfiguration, on: date) -> Iterator[Step]:
    if case.emergency:
        return
    if happened(case.decided, on):
        yield Step(
            "Decided by the body", case.decided, "done", case.outcome or "What is not recorded."
        )
    elif case.consultation and happened(case.consultation.began, on) and not case.called_in:
        decision = case.consultation.dates()[1]
        if decision:
            yield Step("Decision", decision, "awaited", "This is the day by which it is meant.")


def _referred(snapshot: Snapshot, case: Reconfiguration, on: date) -> Iterator[Step]:
    for each in case.referrals:
        if happened(each.on, on):
            late = (exact(each.on) or SWITCH) >= SWITCH
            says = f"By {snapshot.name(each.by)}. Ground: {each.ground}."
            number = "SCR-13" if late or on >= SWITCH else "SCR-12"
            yield Step(
                "Referred to the Secretary of State",
                each.on,
                "late" if late else "done",
                says,
                number,
            )


def _called_in(name: str, case: Reconfiguration, on: date) -> Iterator[Step]:
    given, task = case.called_in, direction_of(name, case)
    if given is None or task is None or not happened(given.on, on):
        return
    until = (
        f"Decisions may be taken until {day_in_words(task.due)}." if task.due else "No power then."
    )
    yield Step("Called in", given.on, "done", until, "REC-04")
    if happened(given.decided, on):
        late: State = "late" if task.state(on) == "met late" else "done"
        yield Step(
            "Secretary of State decided", given.decided, late, given.decision or "", "REC-05"
        )
    else:
        over: State = "late" if task.state(on) == "overdue" else "awaited"
        yield Step("Secretary of State decides", None, over, task.in_words(on), "REC-05")


def law_of(case: Reconfiguration, on: date) -> str:
    """Which law holds for a proposal on a day, as one or two sentences."""
    began = exact(case.consultation.began) if case.consultation else None
    if on < SWITCH:
        return (
            "By the law of this day a council, or a joint committee that was given the power, may "
            "refer a proposal to the Secretary of State. Nothing can be called in yet."
        )
    if began is not None and began < SWITCH:
        return (
            "Consultation began before 31 January 2024, so the proposal is not notifiable. What "
            "was referred before that day goes on; nobody can refer it any more, but the Secretary "
            "of State may call it in."
        )
    return (
        "Since 31 January 2024 councils cannot refer a proposal. The Secretary of State may call "
        "it in at any stage, and anybody may ask for that."
    )


def may_comment(snapshot: Snapshot, case: Reconfiguration) -> str:
    """Whose comments count in law, as one sentence."""
    councils = consulted(case)
    if not councils:
        return "Which councils are consulted is not on record."
    if len(councils) == 1:
        return f"{snapshot.name(councils[0])} may comment, through its scrutiny committee."
    joint = snapshot.get(case.joint) if case.joint else None
    named = snapshot.name(joint.body) if isinstance(joint, JointScrutiny) and joint.body else ""
    who = named or "the joint committee that they must appoint"
    return f"Because more than one council is consulted, only {who} may comment on it for them."


def missing(found: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that the law asks for and the record does not hold."""
    return tuple(each for each in found if each.state == "not recorded")


def in_a_sentence(snapshot: Snapshot, name: str, case: Reconfiguration, on: date) -> str:
    """Where a proposal stands on a day."""
    by, formal = snapshot.name(case.by), case.consultation
    if minister := _of_the_minister(name, case, on):
        return minister
    if happened(case.decided, on):
        outcome = f": {case.outcome}" if case.outcome else "."
        return f"{by} decided on {in_words(case.decided or '')}{outcome}"
    if formal and happened(formal.began, on):
        comments = exact(formal.dates()[0])
        if comments and comments >= on:
            return f"Councils are consulted; comments are asked for by {day_in_words(comments)}."
        return "Consultation of councils is over, and no decision is on record."
    if any(happened(each.on, on) for each in case.informal):
        return f"{by} has talked about it with others. No consultation is on record yet."
    return f"{by} proposes it; nothing further is on record."


def _of_the_minister(name: str, case: Reconfiguration, on: date) -> str:
    """What the Secretary of State did, if it was called in by then; else nothing."""
    given, task = case.called_in, direction_of(name, case)
    if given is None or task is None or not happened(given.on, on):
        return ""
    if happened(given.decided, on):
        decision = given.decision or "what is not recorded."
        return f"The Secretary of State decided on {in_words(given.decided or '')}: {decision}"
    until = f"; decisions may be taken until {day_in_words(task.due)}" if task.due else ""
    over = " That day has passed, and none is on record." if task.state(on) == "overdue" else ""
    return f"The Secretary of State called it in on {in_words(given.on)}{until}.{over}"
