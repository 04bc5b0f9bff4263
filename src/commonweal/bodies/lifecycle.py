"""The life of a body: its stages over time, and whether they follow each other."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from commonweal.record.when import day_in_words

from .facts import Body, Stage

ORDER: tuple[Stage, ...] = ("proposed", "shadow", "designate", "statutory", "dissolved")
"""The stages in the order in which a body goes through them. Any may be left out."""


class Span(NamedTuple):
    """A stage, its first day, and the day it no longer held; none while open."""

    stage: Stage
    first_day: date
    end: date | None


type Version = tuple[date, date | None, Body]
"""A version of a body: first day, the day it no longer holds (none while open), and the fact."""


def stages(versions: Iterable[Version]) -> tuple[Span, ...]:
    """The stages of a body over its versions, neighbours of one stage joined."""
    spans: list[Span] = []
    for first, end, body in sorted(versions, key=lambda each: each[0]):
        if spans and spans[-1].stage == body.stage and spans[-1].end == first:
            spans[-1] = spans[-1]._replace(end=end)
        else:
            spans.append(Span(body.stage, first, end))
    return tuple(spans)


def stage_on(spans: Iterable[Span], on: date) -> Stage | None:
    """The stage on a day; none on a day of which the record says nothing."""
    for span in spans:
        if span.first_day <= on and (span.end is None or on < span.end):
            return span.stage
    return None


def steps_back(spans: Iterable[Span]) -> Iterator[str]:
    """A sentence for each stage that follows a later one."""
    last: Span | None = None
    for span in spans:
        if span.stage in ORDER:
            if last is not None and ORDER.index(span.stage) < ORDER.index(last.stage):
                yield (
                    f"From {day_in_words(span.first_day)} it is {span.stage}, "
                    f"although it was {last.stage} before."
                )
            last = span
