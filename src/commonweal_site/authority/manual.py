"""A chapter of the manual: questions of authority, each with its answer and what settles it.

The questions stand in `questions.yaml`. Their answers are worked out from the record whenever the
chapter is made, so nothing in it can be out of date without a test that says so.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import yaml
from django.http import HttpRequest, HttpResponse

from commonweal.authority.answers import Answer, may
from commonweal.authority.facts import pounds
from commonweal.authority.search import Question
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, wants
from commonweal_site.record import shelf
from commonweal_site.record.book import Book
from commonweal_site.viewer import viewer

from . import asking

FILE = Path(__file__).with_name("questions.yaml")
TITLE = "Who may decide: questions and answers"
INTRODUCTION = (
    "Every answer is worked out from the record when this page is made, and is held against the "
    "answer expected and the source that settles it."
)
_DAYS = (date(2018, 10, 1), date(2022, 5, 1), date(2022, 7, 1), date(2022, 12, 1))
"""Days on which one who is not on record on its own day may be."""

HEADS = ("chapter", "day", "question", "expected", "answer", "because", "settled_by", "ask_again")


class Settled(NamedTuple):
    """A question whose answer a source settles.

    expect   the answer expected: allowed, refused or cannot tell
    says     words that the reason must hold
    settles  what in which source settles it
    """

    chapter: str
    day: date
    who: str
    question: Question
    expect: str
    says: str
    settles: str


class Entry(NamedTuple):
    """A settled question with the answer that the record gives, in words.

    there  whether the one asked about is on record on the day; one that has ended is not
    """

    settled: Settled
    asks: str
    answer: Answer
    there: bool

    @property
    def agrees(self) -> bool:
        return self.answer.outcome == self.settled.expect

    @property
    def again(self) -> str:
        """Where it can be asked again; of one that is not on record, who may decide instead."""
        question = self.settled.question
        put = {
            "holder": self.settled.who if self.there else None,
            "function": question.function,
            "area": question.area,
            "amount": _in_pounds(question.amount),
            "money": question.money,
            "urgent": "yes" if question.urgent else None,
            "so_far": _in_pounds(question.so_far),
            "budget": _in_pounds(question.budget),
            "as_at": self.settled.day.isoformat(),
        }
        query = urlencode({name: value for name, value in put.items() if value is not None})
        return f"/who-decides/{'may/' if self.there else ''}?{query}"


def _in_pounds(pence: int | None) -> str | None:
    return None if pence is None else f"{Decimal(pence) / 100}"


@cache
def questions() -> tuple[Settled, ...]:
    """The questions, in the order of the chapters."""
    chapters = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        _settled(chapter, each, chapter["system"])
        for chapter in chapters
        for each in chapter["questions"]
    )


def _settled(chapter: dict[str, Any], each: dict[str, Any], system: str) -> Settled:
    question = Question(
        function=_whole(system, each["function"]),
        area=_whole(system, each.get("area", chapter["area"])),
        amount=_pence(each.get("pounds")),
        money=each.get("money"),
        urgent=each.get("urgent", False),
        so_far=_pence(each.get("so_far")),
        budget=_pence(each.get("budget")),
    )
    return Settled(
        chapter["chapter"], each["day"], _whole(system, each["who"]), question,
        each["expect"], each.get("says", ""), each["settles"],
    )  # fmt: skip


def _whole(system: str, short: str) -> str:
    return short if short.count("/") == 2 else f"{system}/{short}"  # noqa: PLR2004  # system/kind/slug


def _pence(amount: float | None) -> int | None:
    return None if amount is None else round(amount * 100)


def entries(record: Callable[[date], Snapshot]) -> tuple[Entry, ...]:
    """Every question with its answer; one whose subjects are on no day's record is left out.

    Answers look at other days too, so the questions of one day are answered together and its
    record can be let go before the next.
    """
    made: dict[Settled, Entry] = {}
    for day in sorted({each.day for each in questions()}):
        snapshot = record(day)
        for each in questions():
            if each.day == day and (entry := _entry(record, snapshot, each)):
                made[each] = entry
    return tuple(made[each] for each in questions() if each in made)


def _entry(record: Callable[[date], Snapshot], snapshot: Snapshot, each: Settled) -> Entry | None:
    there = snapshot.get(each.who) is not None
    who = snapshot.name(each.who) if there else _called(record, each)
    asked = each.question
    if not who or any(snapshot.get(it) is None for it in (asked.function, asked.area)):
        return None
    answer = may(snapshot, each.who, asked)
    because = answer.because.replace(snapshot.name(each.who), who, 1)
    return Entry(each, _asks(snapshot, each, who), answer._replace(because=because), there)


def _called(record: Callable[[date], Snapshot], each: Settled) -> str:
    """What one who is not on record on the day is called on another day; empty: on none."""
    days = dict.fromkeys([*(it.day for it in questions() if it.who == each.who), *_DAYS])
    held = (record(day) for day in days if day != each.day)
    return next((day.name(each.who) for day in held if day.get(each.who) is not None), "")


def _asks(snapshot: Snapshot, each: Settled, who: str) -> str:
    question, name = each.question, snapshot.name
    much = f" {pounds(question.amount)} for" if question.amount is not None else ""
    more = "".join(f", {said}" for said in _circumstances(question))
    return (
        f"On {day_in_words(each.day)}, may {who} decide on{much} "
        f"“{name(question.function)}” in {name(question.area)}{more}?"
    )


def _circumstances(question: Question) -> Iterator[str]:
    if question.money:
        yield f"as {question.money}"
    if question.so_far is not None:
        yield f"with {pounds(question.so_far)} decided before"
    if question.budget is not None:
        yield f"with {pounds(question.budget)} left in the budget"
    if question.urgent:
        yield "urgently"


def chapter(every: Iterable[Entry]) -> str:
    """The chapter as Markdown, as it stands in the manual."""
    lines = [
        f"# {TITLE}",
        "",
        INTRODUCTION,
        "",
        "Made by `commonweal authority chapter`. The site has it at `/manual/who-decides/`, where",
        "each question can be asked again.",
    ]
    for title, group in groupby(every, key=lambda entry: entry.settled.chapter):
        lines += ["", f"## {title}", "", *map(_line, group)]
    return "\n".join(lines) + "\n"


def _line(entry: Entry) -> str:
    answer = f"{entry.answer.outcome.capitalize()}. {entry.answer.because}"
    return f"- **{entry.asks}** {answer} Settled by: {entry.settled.settles}."


def manual(request: HttpRequest) -> HttpResponse:
    """The chapter as a page, whatever the day at its top: each question has its own day."""
    every = _answered(
        shelf.SHELF.book, shelf.SHELF.book.head.number, the_day(request).known,
        viewer(request).systems,
    )  # fmt: skip
    form = wants(request)
    if form == "json":
        return as_json(rows(every))
    if form == "csv":
        return as_csv("who-decides", HEADS, rows(every))
    chapters = [
        (title, list(group))
        for title, group in groupby(every, key=lambda each: each.settled.chapter)
    ]
    return page(
        request, "authority/manual.jinja", TITLE,
        twins=Twins("/manual/who-decides.json", "/manual/who-decides.csv"),
        rests=asking.answered_from(viewer(request).systems), chapters=chapters,
        introduction=INTRODUCTION, left_out=len(questions()) - len(every),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _answered(
    book: Book, head: int, known: datetime | None, systems: frozenset[str]
) -> tuple[Entry, ...]:
    """The questions with their answers, as a viewer of some systems sees them.

    head  the last entry: after a write they are answered anew
    """
    del head

    def record(day: date) -> Snapshot:
        # Kept on no shelf: twenty days, each with the days around it, would fill one.
        return shelf.Shelf(book).snapshot(day, known, systems=systems)

    return tuple(each._replace(answer=each.answer._replace(proof=None)) for each in entries(record))


def rows(every: Iterable[Entry]) -> list[dict[str, Any]]:
    """The questions and answers as plain data."""
    return [dict(zip(HEADS, _row(each), strict=True)) for each in every]


def _row(entry: Entry) -> tuple[str, ...]:
    settled = entry.settled
    return (
        settled.chapter, settled.day.isoformat(), entry.asks, settled.expect,
        entry.answer.outcome, entry.answer.because, settled.settles, entry.again,
    )  # fmt: skip
