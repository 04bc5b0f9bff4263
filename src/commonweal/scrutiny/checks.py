"""Checks of how scrutiny works: reviews, reports, requests, and who sits on its committees."""

from collections.abc import Iterator

from commonweal.authority.facts import Delegation, Function
from commonweal.bodies.boards import seats_on
from commonweal.bodies.facts import Body, Seat
from commonweal.record.facts import Source
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import counted, listed
from commonweal.statute.days import happened
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from .reconfigurations import Reconfiguration
from .reports import Recommendation, ScrutinyReport
from .reviews import Review, ScrutinyRequest

type _Asked = tuple[str, Recommendation | ScrutinyRequest, str]
"""An identifier, its fact, and the body on record that has to answer."""

RESPONSIBLE = frozenset({
    "national body", "integrated care board", "clinical commissioning group", "NHS trust",
    "NHS foundation trust", "NHS provider", "general practice federation",
    "primary care network",
})  # fmt: skip
"""Kinds of body that answer to scrutiny under regulation 20."""

PARTNERSHIP = "integrated care partnership (statutory)"


def _asked(snapshot: Snapshot) -> Iterator[_Asked]:
    for name, made in snapshot.all(Recommendation).items():
        if made.to_whom:
            yield name, made, made.to_whom
    for name, asked in snapshot.all(ScrutinyRequest).items():
        if asked.of:
            yield name, asked, asked.of


def committees(snapshot: Snapshot) -> Iterator[tuple[str, Body]]:
    """The overview and scrutiny committees of councils."""
    for name, body in snapshot.all(Body).items():
        if body.type == "scrutiny committee":
            yield name, body


@check("SCR-01")
def who_is_asked_has_to_answer(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-01")
    for name, fact, who in _asked(snapshot):
        body = snapshot.get(who)
        if not isinstance(body, Body) or body.type == PARTNERSHIP:
            continue
        more = {"sources": fact.sources, "about": (who,)}
        if body.type in RESPONSIBLE:
            yield law.met(name, f"{body.name} has to answer: its kind is {body.type}.", **more)
        else:
            because = (
                f"Whether {body.name} has to answer is not on record; its kind is {body.type}."
            )
            yield law.cannot_say(name, because, **more)


@check("SCR-26")
def partnerships_are_asked(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-26")
    for name, fact, who in _asked(snapshot):
        body = snapshot.get(who)
        if isinstance(body, Body) and body.type == PARTNERSHIP:
            because = f"{body.name} is within the scope of scrutiny."
            yield law.met(name, because, sources=fact.sources, about=(who,))


@check("SCR-02")
def reviews_invite_and_weigh(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-02")
    for name, each in snapshot.all(Review).items():
        missing = [
            words
            for words, there in (
                ("whom it invited to comment", each.invited or each.invited_printed),
                ("what evidence it took into account", each.considered),
            )
            if not there
        ]
        if missing:
            because = f"Not on record: {listed(missing)}."
            yield law.cannot_say(name, because, sources=each.sources, about=(each.by,))
        else:
            invited = len(each.invited) + len(each.invited_printed)
            weighed = counted(len(each.considered), "piece")
            because = f"It invited {invited} to comment and weighed {weighed} of evidence."
            yield law.met(name, because, sources=each.sources, about=(each.by,))


@check("SCR-05")
def reports_have_four_parts(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-05")
    for name, each in snapshot.all(ScrutinyReport).items():
        more = {"sources": each.sources, "about": (each.by,)}
        silent = [part for part, there in each.parts().items() if not there]
        if each.lacks:
            yield law.not_met(name, f"The report lacks: {listed(each.lacks)}.", **more)
        elif silent:
            yield law.cannot_say(name, f"Not on record of the report: {listed(silent)}.", **more)
        else:
            yield law.met(name, "All four parts are on record.", **more)


@check("SCR-16")
def information_is_given_and_people_protected(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-16")
    for name, each in snapshot.all(ScrutinyRequest).items():
        if each.type != "information":
            continue
        more = {"sources": each.sources, "about": (each.by,)}
        given = happened(each.answered, snapshot.as_at)
        if given and each.privacy == "identifies people":
            because = "What was given identifies people, without consent on record."
            yield law.not_met(name, because, **more)
        elif given and each.privacy != "not stated":
            yield law.met(name, f"It was given; people in it: {each.privacy}.", **more)
        elif given:
            because = "It was given; whether it identifies anybody is not on record."
            yield law.cannot_say(name, because, **more)
        elif happened(each.refused, snapshot.as_at):
            because = "It was refused; whether it was reasonably required is for people to judge."
            yield law.cannot_say(name, because, **more)
        else:
            yield law.cannot_say(name, "No answer is on record.", **more)


@check("SCR-17")
def the_joint_committee_is_told_for_all(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-17")
    for name, each in snapshot.all(ScrutinyRequest).items():
        case = snapshot.get(each.review) if each.review else None
        if not isinstance(case, Reconfiguration) or not case.joint:
            continue
        arranged = snapshot.get(case.joint)
        if each.by == getattr(arranged, "body", None) and happened(each.answered, snapshot.as_at):
            because = f"{snapshot.name(each.by)} was told, which is enough for its councils."
            yield law.met(name, because, sources=each.sources, about=(each.by,))


@check("SCR-18")
def people_come_and_answer(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-18")
    for name, each in snapshot.all(ScrutinyRequest).items():
        if each.type != "attendance" or not happened(each.attend_on, snapshot.as_at):
            continue
        more = {"sources": each.sources, "about": (each.by,)}
        if each.attended:
            yield law.met(name, "Those who were asked came.", **more)
        elif each.attended is False and each.asked:
            because = "Those who were asked did not come, though the notice is on record."
            yield law.not_met(name, because, **more)
        else:
            yield law.cannot_say(
                name, "Whether those who were asked came is not on record.", **more
            )


@check("SCR-19")
def a_council_scrutinises_by_a_committee(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-19")
    for name, each in snapshot.all(Review).items():
        committee = snapshot.get(each.by)
        if not isinstance(committee, Body):
            continue
        more = {"sources": each.sources, "about": (each.by,)}
        councils = [own for own in committee.parents if _is_council(snapshot, own)]
        if committee.type == "scrutiny committee" and councils:
            whose = listed(snapshot.name(own) for own in councils)
            yield law.met(name, f"{committee.name} is a scrutiny committee of {whose}.", **more)
        else:
            because = f"Of which council {committee.name} is a scrutiny committee is not on record."
            yield law.cannot_say(name, because, **more)


def _is_council(snapshot: Snapshot, name: str) -> bool:
    body = snapshot.get(name)
    return isinstance(body, Body) and body.type == "council"


@check("SCR-20")
def no_officer_scrutinises(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-20")
    for name, each in snapshot.all(Delegation).items():
        function = snapshot.get(each.function)
        if not isinstance(function, Function) or function.type != "scrutiny":
            continue
        more = {"sources": each.sources, "about": (each.taker, each.function)}
        taker = snapshot.name(each.taker)
        if snapshot.vocabulary.kind_of(each.taker).name == "post":
            yield law.not_met(name, f"It gives scrutiny of health to an officer: {taker}.", **more)
        else:
            yield law.met(name, f"It gives scrutiny of health to {taker}, no officer.", **more)


@check("SCR-25")
def counties_co_opt_from_districts(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-25")
    for committee, body in committees(snapshot):
        counties = [own for own in body.parents if _tier(snapshot, own) == "county"]
        for name, seat in snapshot.referring(committee, Seat):
            if not counties or seat.body != committee or seat.basis != "co-opted":
                continue
            more = {"sources": seat.sources, "about": (committee,)}
            if _tier(snapshot, seat.nominated_by) == "district":
                yield law.met(name, "A member of a district council is co-opted.", **more)
            else:
                because = "Whether the co-opted member is of a district council is not on record."
                yield law.cannot_say(name, because, **more)


def _tier(snapshot: Snapshot, council: str | None) -> str | None:
    body = snapshot.get(council) if council else None
    return body.council_tier if isinstance(body, Body) else None


@check("SCR-27")
def executives_keep_off_scrutiny(snapshot: Snapshot) -> Iterator[Finding]:
    """Only where the same name holds a seat on both: labels of seats are never the same."""
    executive = {
        (council, appointment.holder): name
        for name, body in snapshot.all(Body).items()
        if body.type == "council body" and body.name.casefold().endswith(("cabinet", "executive"))
        for council in body.parents
        for sitting in seats_on(snapshot, name)
        for _, appointment in sitting.held_by
    }
    for committee, body in committees(snapshot):
        for sitting in seats_on(snapshot, committee):
            for own, appointment in sitting.held_by:
                if sitting.seat.type not in {"chair", "vice-chair", "council member"}:
                    continue
                both = [executive.get((council, appointment.holder)) for council in body.parents]
                held = next(filter(None, both), None)
                yield _off(snapshot, own, appointment.sources, held, known=bool(executive))


def _off(
    snapshot: Snapshot, own: str, sources: tuple[Source, ...], held: str | None, *, known: bool
) -> Finding:
    law = rule("SCR-27")
    more = {"sources": sources, "about": (held,) if held else ()}
    if held:
        because = f"The same name holds a seat on {snapshot.name(held)}."
        return law.not_met(own, because, **more)
    if known:
        return law.met(own, "The name is not among those of the executive on record.", **more)
    return law.cannot_say(own, "Who sits on the council’s executive is not on record.", **more)
