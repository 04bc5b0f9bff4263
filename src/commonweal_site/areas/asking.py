"""What can be asked of a system, room by room, and the page that answers."""

from typing import NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal_site.record.presenting import Link


class Room(NamedTuple):
    """A part of the record, and its pages.

    about  the question it answers, in a few words
    kinds  it is shown once a system has a fact of one of these kinds; always, if none is named
    pages  the words of a link and the end of its address after the system
    """

    name: str
    about: str
    kinds: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]


ROOMS = (
    Room(
        "Who decides",
        "who may act, on what authority, up to how much",
        (),
        (
            ("Functions and decisions map", "map/"),
            ("Scheme of reservation and delegation", "scheme/"),
            ("Limits", "limits/"),
            ("Committees", "handbook/"),
        ),
    ),
    Room(
        "Meetings and decisions",
        "how it was decided, and what was promised",
        (),
        (
            ("Decisions", "decisions/"),
            ("Meetings", "meetings/"),
            ("What is coming", "forward-plan/"),
            ("Promises and actions", "promises/"),
            ("Proposals and endorsements", "endorsements/"),
        ),
    ),
    Room(
        "Money",
        "with whose money, and where it goes",
        ("fund", "allocation", "budget", "provider-selection"),
        (
            ("Where the money of each place goes", "area/system/where-the-money-goes/"),
            ("Funds, budgets and reserves", "money/"),
            ("The ledger, entry by entry", "ledger/"),
            ("How providers were chosen", "choosing-providers/"),
        ),
    ),
    Room(
        "Plans",
        "what for, and how to have a say",
        ("plan", "engagement"),
        (
            ("Plans, and how they follow from one another", "plans/"),
            ("What is planned near you", "area/system/what-is-planned/"),
            ("You said, we did", "you-said-we-did/"),
            ("How people are involved, and who was not asked", "involvement/"),
            ("What is due of the plans, and by when", "plans/due/"),
            ("Answered once: look before you ask a provider", "answers/"),
        ),
    ),
    Room(
        "Delivery",
        "what is to be reached, by whom and by when",
        ("milestone", "programme", "maturity-matrix"),
        (
            ("Milestones and programmes", "delivery/"),
            ("What is in place, unit by unit: the maturity matrix", "maturity/"),
        ),
    ),
    Room(
        "Outcomes",
        "to what effect",
        ("indicator",),
        (
            ("How it does: the scorecard", "area/system/outcomes/"),
            ("What is worse and getting worse", "worse-and-getting-worse/"),
            ("What is measured, and how it stands", "outcomes/"),
        ),
    ),
    Room(
        "Demand and capacity",
        "what may come, and what it would take",
        ("scenario",),
        (("Scenarios, each with its answer", "demand/"),),
    ),
    Room(
        "Scrutiny",
        "answerable to whom: what was asked, answered and is overdue",
        ("recommendation", "scrutiny-request", "review", "healthwatch-report", "reconfiguration"),
        (("Scrutiny and Healthwatch", "scrutiny/"),),
    ),
    Room(
        "Risks and assurance",
        "what could go wrong, and who looks",
        ("risk", "recovery-plan", "oversight", "evidence"),
        (
            ("Risks, and what is done about them", "risks/"),
            ("Who oversees whom, and what it costs", "who-oversees-whom/"),
            ("Evidence for reviewers, by theme", "evidence-library/"),
        ),
    ),
)
"""In the order in which a resident would ask."""

_NEEDS = {"maturity/": "maturity-matrix", "choosing-providers/": "provider-selection"}
"""Pages that have nothing to say, though their room has, until a system has a fact of this kind."""


class Answers(NamedTuple):
    """A room with something on record of a system."""

    name: str
    about: str
    links: tuple[Link, ...]


def rooms_of(snapshot: Snapshot, system: str) -> list[Answers]:
    """The rooms with something to say of a system; none of England, which is not one."""
    if system == "england":
        return []
    return [
        Answers(
            room.name,
            room.about,
            tuple(
                Link(text, f"/{system}/{end}")
                for text, end in room.pages
                if end not in _NEEDS or _has(snapshot, system, _NEEDS[end])
            ),
        )
        for room in ROOMS
        if not room.kinds or any(_has(snapshot, system, kind) for kind in room.kinds)
    ]


def _has(snapshot: Snapshot, system: str, kind: str) -> bool:
    return any(name.startswith(f"{system}/") for name in snapshot.of_kind(kind))
