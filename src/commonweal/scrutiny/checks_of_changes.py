"""Checks of changes of services: consultation, joint committees, referral and calling in."""

from collections.abc import Callable, Iterator
from functools import wraps

from commonweal.bodies.facts import Body
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import listed
from commonweal.statute.days import exact, happened
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .reconfigurations import SWITCH, JointScrutiny, Reconfiguration
from .reviews import ScrutinyRequest

type _Told = tuple[str, str] | None
"""An outcome and its sentence; none where the rule has nothing to say of a proposal."""

type _Try = Callable[[Snapshot, Reconfiguration], _Told]

MET, NOT_MET, CANNOT = "met", "not met", "cannot tell"


def _say(law: Rule, outcome: str) -> Callable[..., Finding]:
    return {MET: law.met, NOT_MET: law.not_met}.get(outcome, law.cannot_say)


def proposal(number: str) -> Callable[[_Try], _Try]:
    """Register the check of a rule that is tried on one proposal at a time."""

    def register(tried: _Try) -> _Try:
        @check(number)
        @wraps(tried)
        def every(snapshot: Snapshot) -> Iterator[Finding]:
            law = rule(number)
            for name, case in snapshot.all(Reconfiguration).items():
                if told := tried(snapshot, case):
                    outcome, because = told
                    more = {"sources": case.sources, "about": (case.by,)}
                    yield _say(law, outcome)(name, because, **more)

        return tried

    return register


def exempt(case: Reconfiguration) -> bool:
    """Whether no consultation is owed: regulation 24, or a decision at once."""
    bodies_only = case.exempt_from == "sets up, ends or changes a body" and not case.substantial
    return bodies_only or case.exempt_from == "special administration"


def owed(case: Reconfiguration) -> bool | None:
    """Whether councils have to be consulted; none if it is not on record whether it is large."""
    if exempt(case) or case.emergency:
        return False
    return case.substantial


@proposal("SCR-07")
def councils_are_consulted(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    on, formal = snapshot.as_at, case.consultation
    if not owed(case):
        return None
    if formal is None or not happened(formal.began, on):
        if case.consulted is False and happened(case.decided, on):
            return NOT_MET, "It was decided, and the councils were not consulted."
        return CANNOT, "No consultation of councils is on record yet."
    comments, decision = formal.dates()
    silent = [
        words
        for words, there in (
            ("the day for comments", comments),
            ("the day of the decision", decision),
            ("that the dates were published", formal.published),
            *(("that a change of dates was published", each.published) for each in formal.changes),
        )
        if not there
    ]
    if comments and formal.published and happened(comments, exact(formal.published) or on):
        said = f"The dates were published on {in_words(formal.published)}, not before comments "
        return NOT_MET, f"{said}were due on {in_words(comments)}."
    if silent:
        return CANNOT, f"Not on record: {listed(silent)}."
    said = f"Comments were asked for by {in_words(comments or '')}"
    return MET, f"{said} and a decision meant by {in_words(decision or '')}; both were published."


@proposal("SCR-08")
def councils_are_told_at_once(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    if not (urgent := case.emergency) or not happened(urgent.decided, snapshot.as_at):
        return None
    if urgent.told is None:
        return CANNOT, "When the councils were told of the decision is not on record."
    decided, told = in_words(urgent.decided), in_words(urgent.told)
    if exact(urgent.told) == exact(urgent.decided):
        return MET, f"The councils were told on {told}, the day of the decision."
    return NOT_MET, f"It was decided on {decided}; the councils were told only on {told}."


@proposal("SCR-09")
def comments_come_by_the_day(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    comments = case.consultation.dates()[0] if case.consultation else None
    said = [each for each in case.comments if happened(each.on, snapshot.as_at)]
    if not comments or not said:
        return None
    last = exact(comments)
    if last is None:
        return CANNOT, f"Comments were asked for by {in_words(comments)}: no exact day."
    late = [each for each in said if not happened(each.on, last)]
    if late:
        first = late[0]
        who = snapshot.name(first.by)
        return NOT_MET, f"{who} commented on {in_words(first.on)}, after {in_words(comments)}."
    return MET, f"Every comment came by {in_words(comments)}."


@proposal("SCR-10")
def they_try_to_agree(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    if (apart := case.disagreement) is None:
        return None
    if apart.told is None or apart.steps is None:
        missing = "that the body told the council" if apart.told is None else "the steps to agree"
        return CANNOT, f"Not on record: {missing}."
    if not happened(apart.told, snapshot.as_at):
        return None
    return MET, f"The body said so on {in_words(apart.told)}; steps to agree are on record."


@proposal("SCR-11")
def the_direction_is_heeded(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    if not (given := case.called_in) or not happened(given.on, snapshot.as_at):
        return None
    if happened(case.decided, snapshot.as_at) and not happened(
        case.decided, exact(given.on) or SWITCH
    ):
        return CANNOT, "The body decided after the direction; how it took account is not on record."
    return MET, "The body has decided nothing since the direction."


@proposal("SCR-12")
def referrals_state_ground_and_steps(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    made = [each for each in case.referrals if happened(each.on, snapshot.as_at)]
    if not made:
        return None
    if any(not each.steps for each in made):
        return CANNOT, "The steps that were taken first to agree are not on record."
    grounds = listed(dict.fromkeys(each.ground for each in made))
    return MET, f"It was referred after steps to agree, because {grounds}."


@proposal("SCR-13")
def no_referral_is_made_after_the_switch(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    made = [each for each in case.referrals if happened(each.on, snapshot.as_at)]
    late = [each for each in made if happened(SWITCH.isoformat(), exact(each.on) or SWITCH)]
    if late:
        on = in_words(late[0].on)
        return NOT_MET, f"It was referred on {on}; from 31 January 2024 there is no such referral."
    if made:
        return MET, f"It was referred on {in_words(made[0].on)}, and goes on under the old law."
    return None


@proposal("SCR-14")
def the_commissioner_consults(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    by = snapshot.get(case.by)
    if case.consultation is None or not isinstance(by, Body):
        return None
    commissioners = {"integrated care board", "clinical commissioning group", "national body"}
    if by.type in commissioners:
        return MET, f"{by.name}, which commissions the services, consults."
    because = "whether a board or NHS England should have consulted in its place is not on record"
    return CANNOT, f"{by.name} consults; {because}."


@proposal("SCR-15")
def exemptions_are_rightly_claimed(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    del snapshot
    if case.exempt_from is None:
        return None
    if exempt(case):
        return MET, f"No consultation was owed: {case.exempt_from}."
    return NOT_MET, "It is said to be exempt, yet it changes services substantially."


def consulted(case: Reconfiguration) -> tuple[str, ...]:
    """The councils that are consulted."""
    return case.consultation.councils if case.consultation else ()


@proposal("SCR-22")
def several_councils_join(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    councils = consulted(case)
    formal = case.consultation
    if len(councils) < 2 or not formal or not happened(formal.began, snapshot.as_at):  # noqa: PLR2004  # more than one
        return None
    joint = snapshot.get(case.joint) if case.joint else None
    if not isinstance(joint, JointScrutiny):
        names = listed(snapshot.name(each) for each in councils)
        return CANNOT, f"{names} are consulted; no joint committee is on record."
    away = [each for each in councils if each not in {own.council for own in joint.appointed_by}]
    if away:
        names = listed(snapshot.name(each) for each in away)
        return NOT_MET, f"{joint.name} is not appointed by all councils consulted: not by {names}."
    alone = [snapshot.name(each) for each in _alone(snapshot, case, joint)]
    if alone:
        return NOT_MET, f"Only the joint committee may comment or ask; {listed(alone)} did alone."
    return MET, f"{joint.name} is appointed by all {len(councils)} councils that are consulted."


def _alone(snapshot: Snapshot, case: Reconfiguration, joint: JointScrutiny) -> Iterator[str]:
    """Who commented on a proposal, referred it or asked for anything beside the joint committee."""
    on = snapshot.as_at
    acted = [(each.by, each.on) for each in case.comments]
    acted += [(each.by, each.on) for each in case.referrals]
    for asked in snapshot.all(ScrutinyRequest).values():
        asked_for = snapshot.get(asked.review) if asked.review else None
        if asked_for == case and asked.asked:
            acted.append((asked.by, asked.asked))
    yield from dict.fromkeys(by for by, day in acted if by != joint.body and happened(day, on))


def _joint(number: str) -> Callable[..., Callable[..., object]]:
    """Register a check of the terms on which councils scrutinise together."""

    def register(tried: Callable[[JointScrutiny], _Told]) -> Callable[[JointScrutiny], _Told]:
        @check(number)
        @wraps(tried)
        def every(snapshot: Snapshot) -> Iterator[Finding]:
            for name, each in snapshot.all(JointScrutiny).items():
                if told := tried(each):
                    about = (each.body,) if each.body else ()
                    law = rule(number)
                    yield _say(law, told[0])(name, told[1], sources=each.sources, about=about)

        return tried

    return register


@_joint("SCR-21")
def councils_may_join(each: JointScrutiny) -> _Told:
    if each.type != "by choice":
        return None
    if len(each.appointed_by) < 2:  # noqa: PLR2004  # two or more
        return CANNOT, "Which councils appoint it is not on record."
    return MET, f"{len(each.appointed_by)} councils appoint it by choice."


@_joint("SCR-23")
def it_scrutinises_only(each: JointScrutiny) -> _Told:
    if not each.functions:
        return CANNOT, "What it may do is not on record."
    if "other" in each.functions:
        return NOT_MET, "It was given something that is no function of health scrutiny."
    return MET, f"It may only {listed(each.functions)}."


@_joint("SCR-24")
def seats_are_in_proportion(each: JointScrutiny) -> _Told:
    if each.balance == "not stated":
        return CANNOT, "Whether its seats are in proportion to the parties is not on record."
    how = "are in proportion to the parties" if each.balance == "proportional" else "need not be"
    return MET, f"Its seats {how}, as the councils agreed."


# --- calling in, from 31 January 2024 -------------------------------------------------------------


def notifiable(case: Reconfiguration) -> bool | None:
    """Whether the Secretary of State has to be told; none if the record cannot tell."""
    if (large := owed(case)) is not True:
        return large
    began = exact(case.consultation.began) if case.consultation else None
    return began >= SWITCH if began else None


@proposal("REC-01")
def the_minister_is_told(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    if not notifiable(case):
        return None
    if not happened(case.notified, snapshot.as_at):
        return CANNOT, "Whether the Secretary of State was told is not on record."
    return MET, f"The Secretary of State was told on {in_words(case.notified or '')}."


@proposal("REC-02")
def it_is_notifiable(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    del snapshot
    if owed(case) is None:
        return CANNOT, "Whether the change is substantial is not on record."
    if owed(case):
        return MET, "Councils have to be consulted on it, so it is of the notifiable kind."
    return MET, "Councils need not be consulted on it, so it is not notifiable."


@proposal("REC-03")
def consultation_before_the_switch_keeps_the_old_law(
    snapshot: Snapshot, case: Reconfiguration
) -> _Told:
    formal = case.consultation
    if formal is None or not happened(formal.began, snapshot.as_at):
        return None
    began = exact(formal.began)
    if began is None:
        return CANNOT, f"Consultation began in {in_words(formal.began)}: no exact day."
    side = "before" if began < SWITCH else "on or after"
    told = "so it is not notifiable" if began < SWITCH else "so it may be notifiable"
    return MET, f"Consultation began on {in_words(formal.began)}, {side} 31 January 2024, {told}."


@proposal("REC-04")
def calling_in_needs_the_new_law(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    if not (given := case.called_in) or not happened(given.on, snapshot.as_at):
        return None
    on = in_words(given.on)
    if (exact(given.on) or SWITCH) < SWITCH:
        return (
            NOT_MET,
            f"It was called in on {on}, before 31 January 2024, when there was no power.",
        )
    return MET, f"It was called in by a direction of {on}."


@proposal("REC-06")
def those_concerned_are_heard(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    if not (given := case.called_in) or not happened(given.decided, snapshot.as_at):
        return None
    missing = [each for each in (case.by, *consulted(case)) if each not in given.heard]
    if missing:
        names = listed(snapshot.name(each) for each in missing)
        return CANNOT, f"Whether these could make representations is not on record: {names}."
    return MET, "The body and every council consulted could make representations."


@proposal("REC-07")
def being_told_to_consider_is_published(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    if not happened(case.told_to_consider, snapshot.as_at):
        return None
    if case.told_because:
        return MET, "The direction is on record with its reasons."
    return CANNOT, "The published reasons of the direction are not on record."


@proposal("REC-08")
def it_is_a_reconfiguration(snapshot: Snapshot, case: Reconfiguration) -> _Told:
    del snapshot
    if case.manner or case.range:
        limbs = [words for words, is_so in (
            ("how services reach people", case.manner), ("which services there are", case.range),
        ) if is_so]  # fmt: skip
        return MET, f"It affects {listed(limbs)}."
    if case.manner is None or case.range is None:
        return CANNOT, "Whether it affects how services reach people, or which, is not on record."
    return NOT_MET, "It affects neither how services reach people nor which services there are."
