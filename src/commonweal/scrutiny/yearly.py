"""The annual report of a scrutiny committee: what it asked, what came of it, and what it was worth.

A year runs from 1 April to 31 March, as years of account do, so that its months can be set beside
the money. The five benefits are those of the Department of Health and Social Care's principles for
health overview and scrutiny committees (July 2022); what the record shows of each is told, and
whether that is enough is for the committee to judge.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from commonweal.record.facts import Fact
from commonweal.record.manuscript import (
    Block,
    Cited,
    Heading,
    Line,
    Manuscript,
    Paragraph,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import capital, counted
from commonweal.statute.days import happened

from .evaluating import BENEFITS, Benefit, Judged, ScrutinyProtocol, SelfEvaluation
from .owed import Task, response_of
from .reconfigurations import Reconfiguration
from .reports import Recommendation
from .reviews import PRINCIPLES, ProgrammeItem, Review, ScrutinyRequest
from .stories import in_a_sentence

type _Named[F: Fact] = tuple[tuple[str, F], ...]


class Year(NamedTuple):
    """What a committee did in a year, as far as is known on the snapshot's day.

    of     such as 2026/27
    owed   the responses whose clock started in the year, by recommendation
    """

    committee: str
    of: str
    recommendations: _Named[Recommendation]
    owed: dict[str, Task]
    requests: _Named[ScrutinyRequest]
    reviews: _Named[Review]
    programme: _Named[ProgrammeItem]
    changes: _Named[Reconfiguration]
    evaluations: _Named[SelfEvaluation]

    @property
    def empty(self) -> bool:
        return not (self.recommendations or self.requests or self.reviews or self.programme)


def year_of(day: date) -> str:
    """The year in which a day lies.

    >>> year_of(date(2027, 3, 31)), year_of(date(2027, 4, 1))
    ('2026/27', '2027/28')
    """
    first = day.year if day >= date(day.year, 4, 1) else day.year - 1
    return f"{first}/{(first + 1) % 100:02}"


def years(snapshot: Snapshot, committee: str) -> tuple[str, ...]:
    """The years of which anything of a committee is on record, the latest first."""
    days = [each.made for _, each in snapshot.referring(committee, Recommendation)]
    days += [each.asked for _, each in snapshot.referring(committee, ScrutinyRequest)]
    days += [each.began for _, each in snapshot.referring(committee, Review)]
    known = {year_of(period(day)[0]) for day in days if happened(day, snapshot.as_at) and day}
    return tuple(sorted(known, reverse=True))


def year(snapshot: Snapshot, committee: str, of: str) -> Year:
    """What a committee did in a year."""
    first, after = period(of)
    on = snapshot.as_at

    def within(when: str | None) -> bool:
        return when is not None and first <= period(when)[0] < after and happened(when, on)

    def own[F: Fact](type_: type[F]) -> Iterator[tuple[str, F]]:
        found = snapshot.referring(committee, type_)
        return ((name, each) for name, each in found if getattr(each, "by", committee) == committee)

    made = tuple(each for each in own(Recommendation) if within(each[1].made))
    tasks = {name: task for name, each in made if (task := response_of(name, each))}
    return Year(
        committee, of, made, tasks,
        tuple(each for each in own(ScrutinyRequest) if within(each[1].asked)),
        tuple(each for each in own(Review) if _ran(each[1], first, after, on)),
        tuple(each for each in own(ProgrammeItem) if _planned(each[1], first, after)),
        tuple(_commented(snapshot, committee, within)),
        tuple(each for each in own(SelfEvaluation) if each[1].year == of),
    )  # fmt: skip


def _ran(review: Review, first: date, after: date, on: date) -> bool:
    """Whether a review ran on any day of a year, by what is known on a day."""
    if not happened(review.began, on) or period(review.began or "")[0] >= after:
        return False
    return review.ended is None or period(review.ended)[1] > first


def _planned(item: ProgrammeItem, first: date, after: date) -> bool:
    return item.when is not None and first <= period(item.when)[0] < after


def _commented(
    snapshot: Snapshot, committee: str, within: Callable[[str | None], bool]
) -> Iterator[tuple[str, Reconfiguration]]:
    for name, case in snapshot.all(Reconfiguration).items():
        if any(each.by == committee and within(each.on) for each in case.comments):
            yield name, case


def state_of(task: Task | None, on: date) -> str:
    """What became of a response, in two or three words."""
    if task is None:
        return "No response asked for"
    return {
        "met": "In time", "met late": "Late", "overdue": "Overdue", "running": "Still to come",
        "due today": "Due today",
    }.get(task.state(on), "Cannot be told")  # fmt: skip


def in_short(found: Year, on: date) -> str:
    """The year in two sentences."""
    if found.empty:
        return f"Nothing that the committee did in {found.of} is on record."
    made = counted(len(found.recommendations), "recommendation")
    states = [task.state(on) for task in found.owed.values()]
    parts = [
        (states.count("met"), "in time"), (states.count("met late"), "late"),
        (states.count("overdue"), "overdue"),
        (states.count("running") + states.count("due today"), "still to come"),
    ]  # fmt: skip
    told = ", ".join(f"{number} {words}" for number, words in parts if number)
    responses = counted(len(states), "response was", "responses were")
    asked = f"; {responses} asked for: {told}" if told else "; no response was asked for"
    accepted = len(_accepted(found, on))
    done = sum(_state(each, on) == "done" for _, each in found.recommendations)
    taken = capital(counted(accepted, "was", "were"))
    return (
        f"In {found.of} the committee made {made}{asked}. {taken} accepted wholly or in part, and "
        f"{counted(done, 'is', 'are')} on record as done."
    )


def _accepted(found: Year, on: date) -> list[Recommendation]:
    """Recommendations that were accepted, wholly or in part, by a day."""
    yes = {"accepted", "partly accepted"}
    return [
        each
        for _, each in found.recommendations
        if happened(each.responded, on) and each.accepted in yes
    ]


def _state(each: Recommendation, on: date) -> str:
    told = [one for one in each.progress if happened(one.on, on)]
    return max(told, key=lambda one: period(one.on)).state if told else ""


def report(snapshot: Snapshot, committee: str, of: str) -> Manuscript:
    """The annual report of a committee as a text."""
    found = year(snapshot, committee, of)
    return Manuscript(
        f"Annual report of scrutiny {of}: {snapshot.name(committee)}",
        day=snapshot.as_at, known=snapshot.known, summary=in_short(found, snapshot.as_at),
        blocks=tuple(_blocks(snapshot, found)),
        invented=committee.split("/", maxsplit=1)[0] in snapshot.invented,
    )  # fmt: skip


def _blocks(snapshot: Snapshot, found: Year) -> Iterator[Block]:
    after = period(found.of)[1]
    if after > snapshot.as_at:
        words = f"The year runs until {day_in_words(date.fromordinal(after.toordinal() - 1))}; "
        yield Paragraph(line(f"{words}this tells it up to {day_in_words(snapshot.as_at)}."))
    yield Heading("What was recommended, and what became of it")
    yield _recommended(snapshot, found)
    yield Heading("What bodies were asked for")
    yield _asked(snapshot, found)
    yield Heading("What was looked into")
    yield _reviews(snapshot, found)
    yield Heading("Changes of services that the committee spoke to")
    yield _changes(snapshot, found)
    yield Heading("The work programme")
    for name, protocol in snapshot.referring(found.committee, ScrutinyProtocol):
        if protocol.by == found.committee and protocol.items_a_year is not None:
            yield Paragraph(_capacity(name, protocol, len(found.programme)))
    yield _programme(snapshot, found)
    yield Heading("The five principles")
    yield _principles(found)
    yield Heading("What scrutiny was worth")
    yield from _worth(snapshot, found)


def _cited(snapshot: Snapshot, fact: Fact) -> Iterable[Cited]:
    return (Cited.of(snapshot, each) for each in fact.sources)


def _recommended(snapshot: Snapshot, found: Year) -> Table:
    on = snapshot.as_at
    return Table(
        "Recommendations of the year",
        ("Recommendation", "To", "Response", "What became of it", "Effect"),
        tuple(
            row(
                Run(each.name, name), each.made_to(snapshot.name),
                [_response(found.owed.get(name), on), _said(each, on)],
                in_a_sentence(snapshot, name, each, on),
                _effect(snapshot, each, on),
                key=name, sources=_cited(snapshot, each),
            )
            for name, each in found.recommendations
        ),
        empty="None was made, as far as is on record.", widths=(4, 3, 4, 4, 2),
    )  # fmt: skip


def _response(task: Task | None, on: date) -> str:
    due = f": due by {day_in_words(task.due)}" if task and task.due else ""
    return f"{state_of(task, on)}{due}"


def _said(each: Recommendation, on: date) -> str:
    if not happened(each.responded, on):
        return ""
    said = capital(each.accepted) if each.accepted != "not stated" else "Answered"
    return f"{said}. {each.response or ''}".strip()


def _effect(snapshot: Snapshot, each: Recommendation, on: date) -> list[str | Run | Line]:
    """The measure it was to change, and what shows that anything did."""
    shown = [one.evidence for one in each.progress if one.evidence and happened(one.on, on)]
    found: list[str | Run | Line] = []
    if each.measure:
        found.append(line("Meant to change: ", Run(snapshot.name(each.measure), each.measure)))
    found += [line("Shown by: ", Run(snapshot.name(name), name)) for name in shown]
    return found or ["No measure is on record"]


def _asked(snapshot: Snapshot, found: Year) -> Table:
    on = snapshot.as_at
    rows = []
    for name, each in found.requests:
        if happened(each.refused, on):
            came = f"Refused: {each.refused_because}"
        elif happened(each.answered, on):
            came = f"Answered on {in_words(each.answered or '')}"
        elif each.attended and happened(each.attend_on, on):
            came = "They came"
        else:
            came = "No answer on record"
        rows.append(
            row(Run(each.name, name), each.asked_of(snapshot.name), each.purpose or "", came,
                key=name, sources=_cited(snapshot, each))
        )  # fmt: skip
    return Table(
        "Information and people asked for", ("What", "Of", "What for", "What came"), tuple(rows),
        empty="Nothing was asked for, as far as is on record.",
    )  # fmt: skip


def _reviews(snapshot: Snapshot, found: Year) -> Table:
    on = snapshot.as_at
    return Table(
        "Reviews that ran in the year", ("Matter", "From", "Until", "Evidence", "Tested"),
        tuple(
            row(
                Run(each.name, name), in_words(each.began or ""),
                in_words(each.ended or "") if happened(each.ended, on) else "Still open",
                counted(len(each.considered), "piece"), _tested(each),
                key=name, sources=_cited(snapshot, each),
            )
            for name, each in found.reviews
        ),
        empty="None ran, as far as is on record.",
    )  # fmt: skip


def _tested(review: Review) -> str:
    """How much of the evidence was set beside something else."""
    held = [each for each in review.considered if each.tested]
    return f"{len(held)} of {len(review.considered)}" if review.considered else "None on record"


def _changes(snapshot: Snapshot, found: Year) -> Table:
    rows = []
    for name, case in found.changes:
        for each in case.comments:
            if each.by == found.committee and happened(each.on, snapshot.as_at):
                words = f"{'Recommended' if each.recommends else 'Commented'}: {each.text}"
                rows.append(
                    row(Run(case.name, name), capital(in_words(each.on)), words,
                        key=f"{name} {each.on}", sources=_cited(snapshot, case))
                )  # fmt: skip
    return Table(
        "Comments on changes of services", ("Proposal", "Day", "What was said"), tuple(rows),
        empty="It spoke to none, as far as is on record.",
    )  # fmt: skip


def _capacity(name: str, protocol: ScrutinyProtocol, planned: int) -> Line:
    """How much of what a committee can take up is taken, and what it keeps free."""
    room = protocol.items_a_year or 0
    left = room - planned
    told = f"It can take up {counted(room, 'item')} a year, and {planned or 'none'} "
    told += "is " if planned <= 1 else "are "
    free = protocol.kept_free
    kept = f" It keeps {free} free for what cannot be foreseen." if free is not None else ""
    over = f"{-left} more than it has room for" if left < 0 else f"room for {left} more is left"
    return line(Run("By its own rules", name), f": {told}planned; {over}.{kept}")


def _programme(snapshot: Snapshot, found: Year) -> Table:
    return Table(
        "Items of the work programme", ("When", "What", "Why now", "Principles", "State"),
        tuple(
            row(
                capital(in_words(each.when or "")), Run(each.name, name), capital(each.type),
                [capital(one) for one in each.principles], capital(each.state),
                key=name, sources=_cited(snapshot, each),
            )
            for name, each in found.programme
        ),
        empty="None is on record.",
    )  # fmt: skip


def _principles(found: Year) -> Table:
    rows = []
    for principle in PRINCIPLES:
        items = sum(principle in each.principles for _, each in found.programme)
        kept = [
            f"{review.name}: {each.how}"
            for _, review in found.reviews
            for each in review.principles
            if each.principle == principle
        ]
        cells: list[str | Run | Line] = list(kept)
        rows.append(row(capital(principle), counted(items, "item"), cells, key=principle))
    return Table(
        "Work of the year against the five principles",
        ("Principle", "On the work programme", "How reviews kept to it"), tuple(rows),
    )  # fmt: skip


# --- what it was worth ----------------------------------------------------------------------------


def _worth(snapshot: Snapshot, found: Year) -> Iterator[Block]:
    own = {each.benefit: (fact, each) for _, fact in found.evaluations for each in fact.benefits}
    rows: list[Row] = []
    for benefit in BENEFITS:
        judged = own.get(benefit)
        words = _judgement(judged[1]) if judged else "The committee’s own view is not on record"
        more = _cited(snapshot, judged[0]) if judged else ()
        rows.append(row(capital(benefit), shown(snapshot, found, benefit), words, key=benefit,
                        sources=more))  # fmt: skip
    told = (
        "The five benefits are those that the Department of Health and Social Care names in its "
        "principles of July 2022. The middle column is counted from the record; whether it is "
        "enough is the committee’s own judgement."
    )
    yield Paragraph(line(told))
    yield Table(
        "The five benefits of scrutiny",
        ("Benefit", "What the record shows", "The committee’s own view"), tuple(rows),
        widths=(3, 4, 4),
    )  # fmt: skip


def _judgement(each: Judged) -> str:
    better = f" To do better: {each.better}" if each.better else ""
    return f"{each.how}{better}"


def shown(snapshot: Snapshot, found: Year, benefit: Benefit) -> str:
    """What the record shows of one benefit in a year, as one sentence."""
    return f"{capital(_SHOWN[benefit](snapshot, found))}."


def _local_say(snapshot: Snapshot, found: Year) -> str:
    del snapshot
    invited = sum(len(each.invited) + len(each.invited_printed) for _, each in found.reviews)
    spoke = counted(len(found.changes), "change of services", "changes of services")
    return (
        f"{counted(invited, 'party was', 'parties were')} invited to comment; it spoke to {spoke}"
    )


def _voice(snapshot: Snapshot, found: Year) -> str:
    del snapshot
    people = {"experience of people", "Healthwatch report", "Healthwatch referral"}
    heard = sum(each.type in people for _, review in found.reviews for each in review.considered)
    pieces = counted(heard, "piece")
    return f"{pieces} of evidence came from people who use services, or from Healthwatch"


def _assured(snapshot: Snapshot, found: Year) -> str:
    on = snapshot.as_at
    answered = sum(task.state(on) in {"met", "met late"} for task in found.owed.values())
    done = sum(_state(each, on) == "done" for _, each in found.recommendations)
    asked = counted(len(found.owed), "response")
    was = "was" if answered == 1 else "were"
    return f"of {asked} asked for {answered} {was} given; {done} of the recommendations are done"


def _insight(snapshot: Snapshot, found: Year) -> str:
    del snapshot
    every = [each.effects for _, each in found.reviews]
    every += [each.effects for _, each in found.programme]
    groups = sum(bool(each and each.some) for each in every)
    return f"{groups} of {counted(len(every), 'matter')} say how some people are affected"


def _developed(snapshot: Snapshot, found: Year) -> str:
    on = snapshot.as_at
    taken = _accepted(found, on)
    measured = sum(each.measure is not None for each in taken)
    what = counted(len(taken), "recommendation was", "recommendations were")
    return f"{what} accepted wholly or in part, of which {measured} name the measure to be changed"


_SHOWN = dict(zip(BENEFITS, (_local_say, _voice, _assured, _insight, _developed), strict=True))
