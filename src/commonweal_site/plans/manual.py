"""Chapters of the manual: what rules find on the record, each with what settles it.

The examples of planning stand in `settled.yaml`. What is found is worked out from the record
whenever the chapter is made, and a test holds it against what is expected.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.http import HttpRequest, HttpResponse

from commonweal.checks import run
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal.statute.rule import Rule, rule
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, wants
from commonweal_site.record import shelf
from commonweal_site.record.book import Book
from commonweal_site.viewer import viewer

HEADS = "chapter day rule question subject expected found because settled_by".split()


class Chapter(NamedTuple):
    """A chapter: its name in the address, its title, what it says first, and its examples."""

    name: str
    title: str
    introduction: str
    file: Path


PLANS = Chapter(
    "plans",
    "Plans: how the rules are tried, with examples",
    "Every answer is worked out from the record when this page is made, and is held against the "
    "answer expected. The system of the examples is invented.",
    Path(__file__).with_name("settled.yaml"),
)


class Example(NamedTuple):
    """A thing on a day, a rule, and what it is to find."""

    chapter: str
    day: date
    rule: str
    subject: str
    expect: str
    settles: str


class Tried(NamedTuple):
    """An example with what the rule found."""

    example: Example
    law: Rule
    asks: str
    found: str
    because: str


@cache
def examples(chapter: Chapter = PLANS) -> tuple[Example, ...]:
    """The examples, in the order of the chapter."""
    chapters = yaml.safe_load(chapter.file.read_text(encoding="utf-8"))
    return tuple(Example(each["chapter"], **one) for each in chapters for one in each["examples"])


def manual(request: HttpRequest) -> HttpResponse:
    """The chapter on plans."""
    return printed(request, PLANS)


def printed(request: HttpRequest, chapter: Chapter) -> HttpResponse:
    """A chapter as a page, whatever the day at its top: each example has its own day."""
    book = shelf.SHELF.book
    every = _tried(chapter, book, book.head.number, the_day(request).known, viewer(request).systems)
    if wants(request) != "html":
        rows = [_row(each) for each in every]
        return as_json(rows) if wants(request) == "json" else as_csv(chapter.name, HEADS, rows)
    return page(
        request, "plans/manual.jinja", chapter.title, introduction=chapter.introduction,
        twins=Twins(f"/manual/{chapter.name}.json", f"/manual/{chapter.name}.csv"),
        chapters=[(t, list(g)) for t, g in groupby(every, key=lambda each: each.example.chapter)],
        left_out=len(examples(chapter)) - len(every),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _tried(
    chapter: Chapter, book: Book, head: int, known: datetime | None, systems: frozenset[str]
) -> tuple[Tried, ...]:
    """The examples with what was found, as a viewer of some systems sees them.

    head  the last entry: after a write they are tried anew
    """
    del head
    found: dict[Example, Tried] = {}
    every = examples(chapter)
    for day in sorted({each.day for each in every}):
        snapshot = shelf.Shelf(book).snapshot(day, known, systems=systems)
        of_the_day = [each for each in every if each.day == day]
        found.update(_found(snapshot, of_the_day))
    return tuple(found[each] for each in every if each in found)


def _found(snapshot: Snapshot, of_the_day: Iterable[Example]) -> dict[Example, Tried]:
    asked = list(of_the_day)
    findings = {
        (each.rule, each.subject): each
        for each in run(snapshot, rules={one.rule for one in asked}).findings
    }
    tried = {}
    for each in asked:
        if answer := findings.get((each.rule, each.subject)):
            law = rule(each.rule)
            day = day_in_words(each.day)
            asks = f"“{law.title}”, tried on “{snapshot.name(each.subject)}” on {day}"
            tried[each] = Tried(each, law, asks, answer.outcome, answer.because)
    return tried


def _row(each: Tried) -> dict[str, Any]:
    example = each.example
    return {
        "chapter": example.chapter, "day": example.day.isoformat(), "rule": example.rule,
        "question": each.asks, "subject": example.subject, "expected": example.expect,
        "found": each.found, "because": each.because, "settled_by": example.settles,
    }  # fmt: skip
