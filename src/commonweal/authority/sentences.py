"""What the engine found, as plain sentences."""

from collections.abc import Callable
from datetime import date

from commonweal.record.facts import Name
from commonweal.record.identifiers import a
from commonweal.record.when import day_in_words

from .facts import Condition, pounds
from .register import FOREVER, Fault

type _Say = Callable[[Fault, Name], str]


def _limit(about: tuple[str, ...], short: int) -> str:
    kind, ceiling = about
    per = "" if kind in {"per decision", "no limit"} else f" {kind}"
    return f"it reaches {pounds(int(ceiling))}{per}: {pounds(short)} short"


def _reserved(fault: Fault, name: Name) -> str:
    holder, _, above = fault.about
    if above == "0":
        return f"the matter is reserved to {name(holder)}"
    return f"above {pounds(int(above))} the matter is reserved to {name(holder)}"


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text))


def _ended(fault: Fault, name: Name) -> str:
    giver = name(fault.about[0])
    if len(fault.about) == 1:
        return (
            f"{giver}, which gave it, does not stand on that day and no document saves it for a "
            "successor"
        )
    _, how, day, after = fault.about
    event = {"merge": "at the merger", "split": "at the split"}.get(how, "with the change")
    return (
        f"it lapsed {event} on {_day(day)}, when {name(after)} took the place of {giver}, which "
        "gave it, and no document saves it"
    )


_SAY: dict[str, _Say] = {
    "status": lambda fault, _: f"it is only {fault.about[0]}",
    "giver ended": _ended,
    "ended": lambda fault, _: f"it ended on {_day(fault.about[0])}",
    "begins": lambda fault, _: f"it begins on {_day(fault.about[0])}",
    "taker barred": lambda fault, name: f"{name(fault.about[0])} may not decide: {fault.about[1]}",
    "provider barred": lambda fault, name: (
        f"the law kept a provider such as {name(fault.about[0])} from deciding with a "
        "commissioning group and a council before 1 July 2022"
    ),
    "no basis": lambda _, __: "the record does not say under which law it was given",
    "basis not in force": lambda fault, name: (
        f"the law named, {name(fault.about[0])}, is not in force on that day"
    ),
    "giver unlawful": lambda fault, name: (
        f"{name(fault.about[1])} does not let a body such as {name(fault.about[0])} give"
    ),
    "taker unlawful": lambda fault, name: (
        f"{name(fault.about[1])} does not let a body such as {name(fault.about[0])} take"
    ),
    "taker not its own": lambda fault, name: (
        f"{name(fault.about[0])} is no committee or post of {name(fault.about[1])}, as "
        f"{name(fault.about[2])} asks"
    ),
    "excluded": lambda fault, name: f"{name(fault.about[1])} shuts out “{name(fault.about[0])}”",
    "parents not recorded": lambda fault, name: (
        f"the record does not say whose joint committee {name(fault.about[0])} is"
    ),
    "giver no parent": lambda fault, name: (
        f"{name(fault.about[0])} is no parent of the joint committee {name(fault.about[1])}"
    ),
    "no instrument": lambda _, __: "the record names no document by which it was given",
    "instrument pending": lambda fault, name: (
        f"{name(fault.about[0])} is only {fault.about[1]}, not yet in force"
    ),
    "instrument not in force": lambda fault, name: (
        f"{name(fault.about[0])} is not in force on that day"
    ),
    "onward": lambda fault, _: (
        "nobody says whether it may be passed on"
        if fault.about[0] == "None"
        else "it may not be passed on"
        if fault.about[0] == "0"
        else f"it may be passed on {fault.about[0]} times and no more"
    ),
    "money": lambda fault, _: f"it is for {fault.about[0]} money only",
    "urgent only": lambda _, __: "it holds only in an emergency",
    "limit not recorded": lambda fault, _: (
        "its limit is not recorded"
        if fault.about[0] == "not stated"
        else f"its limit is {fault.about[0]}, and how much that is here is not recorded"
    ),
    "below": lambda fault, _: f"it begins only above {pounds(int(fault.about[0]))}",
    "above": lambda fault, _: _limit(fault.about, fault.short),
    "used before not recorded": lambda fault, _: (
        f"it reaches {pounds(int(fault.about[1]))} {fault.about[0]}, and how much of that is used "
        "is not recorded"
    ),
    "reserved": _reserved,
    "function": lambda fault, name: f"it is for “{name(fault.about[0])}”",
    "area": lambda fault, name: f"it is for {name(fault.about[0])}",
    "area perhaps": lambda fault, name: (
        f"it is for {name(fault.about[0])}, and how much of the place lies there is not recorded"
    ),
    "giver cannot": lambda fault, name: f"{name(fault.about[0])} may not decide that itself",
    "giver perhaps": lambda fault, name: (
        f"whether {name(fault.about[0])} may decide that itself cannot be told"
    ),
    "parent missing": lambda fault, name: (
        f"{name(fault.about[0])}, a parent of the joint committee, has not given it"
    ),
    "cover": lambda fault, name: (
        f"its parents do not cover {name(fault.about[0])}"
        if fault.about[1] == "short"
        else f"the record does not say that its parents together cover {name(fault.about[0])}"
    ),
    "power elsewhere": lambda fault, name: (
        f"its power in law, “{name(fault.about[0])}” in {name(fault.about[1])}, does not reach it"
    ),
}


def fault_in_words(fault: Fault, name: Name) -> str:
    """What a delegation failed, as half a sentence that follows "because"."""
    return _SAY[fault.test](fault, name)


def condition_in_words(condition: Condition, name: Name) -> str:
    """A condition as what still has to be done.

    >>> condition_in_words(Condition(type="funds available"), str)
    'the money is there'
    """
    who = name(condition.who) if condition.who else "the one named in the document"
    said = {
        "joint sign-off": f"{who} signs too",
        "consult": f"{who} is consulted first",
        "inform": f"{who} is told",
        "report": f"it is reported to {who}",
        "substantive holder only": "the holder of the post is substantive, not acting",
        "urgent only": "the matter is urgent",
        "written approval": f"{who} approves in writing",
        "funds available": "the money is there",
    }[condition.type]
    return f"{said} within {condition.days} days" if condition.days is not None else said


def onward_in_words(onward: int | None) -> str:
    """How often something may be passed on.

    >>> onward_in_words(0), onward_in_words(2)
    ('may not be passed on', 'may be passed on 2 times')
    """
    if onward is None:
        return "nobody says whether it may be passed on"
    if onward == 0:
        return "may not be passed on"
    if onward >= FOREVER:
        return "may be passed on"
    return f"may be passed on {onward} {'time' if onward == 1 else 'times'}"


def every(kind: str) -> str:
    """A kind of body as one of many.

    >>> every("council")
    'a council'
    """
    return a(kind)
