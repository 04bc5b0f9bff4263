"""How far people are involved: who was asked, who was not, what was said, and what became of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from commonweal.bodies.boards import bodies_by_type
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.when import period

from .asking import Consultation, Engagement
from .chain import FORWARD, LOCAL, STRATEGY, is_current, is_made
from .facts import Plan

VOICES = (
    "local Healthwatch", "voluntary sector body", "council", "health and wellbeing board",
    "NHS foundation trust", "NHS trust", "general practice federation", "primary care network",
)  # fmt: skip
"""Kinds of body that speak for people, or for those who care for them."""

type Exercise = tuple[str, Engagement]
type Asked = tuple[str, Consultation]


class Measure(NamedTuple):
    """One question about involvement: of how many the record shows it.

    Of the rest nothing is on record: they may have done it all the same.
    """

    question: str
    shown: int
    of: int


class Coverage(NamedTuple):
    """The bodies of a kind, and those that nothing on record shows to have been asked."""

    kind: str
    asked: tuple[str, ...]
    not_asked: tuple[str, ...]


def exercises(snapshot: Snapshot, system: str) -> list[Exercise]:
    """The engagement of a system, the newest first."""
    return _newest(snapshot, system, Engagement, lambda each: each.when)


def put_to_the_public(snapshot: Snapshot, system: str) -> list[Asked]:
    """The consultations of a system with the public, the newest first."""
    found = _newest(snapshot, system, Consultation, lambda each: each.opens)
    return [each for each in found if each[1].type == "public"]


def _newest[F: Engagement | Consultation](
    snapshot: Snapshot, system: str, kind: type[F], day: Callable[[F], str | None]
) -> list[tuple[str, F]]:  # fmt: skip
    found = [each for each in snapshot.all(kind).items() if each[0].startswith(f"{system}/")]
    return sorted(found, key=lambda each: (day(each[1]) or "", each[0]), reverse=True)


def scorecard(snapshot: Snapshot, system: str) -> tuple[Measure, ...]:
    """How far people of a system are involved, question by question."""
    held = [each for _, each in exercises(snapshot, system)]
    public = [each for _, each in put_to_the_public(snapshot, system)]
    over = [each for each in public if each.closes and period(each.closes)[1] <= snapshot.as_at]
    said = [heard for each in held for heard in each.heard]
    cover = coverage(snapshot, system)
    plans = list(_for_views(snapshot, system))
    put = {each.plan for each in public}
    put |= _drafts(snapshot, put)
    voices = [*(True for e in cover for _ in e.asked), *(False for e in cover for _ in e.not_asked)]
    return (
        _share("Was it made easy to take part?", (each.made_easy for each in held)),
        _share("Is it known how many came?", (each.people is not None for each in held)),
        _share("Is what people said on record?", (each.heard for each in held)),
        _share("Has what they said an answer?", (each.did for each in said)),
        _share("Does the answer name what did it?", (each.through for each in said)),
        _share("Were the words put to people kept?", (each.message for each in held)),
        _share("Was the public asked about each plan in use?", (each in put for each in plans)),
        _share("Have consultations that are over a result?", (each.answer for each in over)),
        _share("Was each body that speaks for people or cares for them asked?", voices),
    )


def _share(question: str, shown: Iterable[object]) -> Measure:
    every = [bool(each) for each in shown]
    return Measure(question, sum(every), len(every))


def _for_views(snapshot: Snapshot, system: str) -> Iterator[str]:
    """The plans in use that the law has the public asked about."""
    for name, plan in snapshot.all(Plan).items():
        wanted = plan.type in {STRATEGY, LOCAL, FORWARD} and name.startswith(f"{system}/")
        if wanted and is_current(snapshot, (name, plan)):
            yield name


def _drafts(snapshot: Snapshot, asked: set[str]) -> set[str]:
    """The plans that came of drafts on which people were asked."""
    found: set[str] = set()
    for name in asked:
        following = name
        while (plan := snapshot.get(following)) and isinstance(plan, Plan) and not is_made(plan):
            later = (n for n, p in snapshot.referring(following, Plan) if p.replaces == following)
            following = next(later, "")
            found.add(following)
    return found


def coverage(snapshot: Snapshot, system: str) -> tuple[Coverage, ...]:
    """Of each kind of voice on record, who was asked about a plan or service, and who was not."""
    every = (who for _, each in exercises(snapshot, system) for who in (*each.who, each.by))
    consulted = (e.who for n, e in snapshot.all(Consultation).items() if n.startswith(f"{system}/"))
    reached = {who for who in (*every, *consulted) if who}
    return tuple(_cover(snapshot, system, kind, reached) for kind in VOICES)


def _cover(snapshot: Snapshot, system: str, kind: str, reached: set[str]) -> Coverage:
    found = [
        name
        for name, body in bodies_by_type(snapshot).get(kind, ())
        if name.startswith(f"{system}/") and stands(body)
    ]
    asked = tuple(each for each in found if each in reached)
    return Coverage(kind, asked, tuple(each for each in found if each not in reached))
