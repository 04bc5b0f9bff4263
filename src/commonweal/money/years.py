"""Rules of money that change by financial year, as data with their dates and where they are said.

A rule that is added for a later year changes nothing that an earlier one came to.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

import msgspec
import yaml
from msgspec import Struct

from commonweal.record.when import OPEN, day_in_words
from commonweal.statute.shipped import parsed

from .pence import BadMoney

Regime = Literal["system total", "each organisation"]
Stream = Literal["core", "primary medical", "specialised", "running costs"]

STREAMS: tuple[Stream, ...] = get_args(Stream)


class Dated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule over some financial years, half-open.

    source  where it is said
    seen    whether that text was read; else it is known from what others say of it
    """

    from_day: date = msgspec.field(name="from")
    to_day: date = msgspec.field(name="to", default=OPEN)
    source: str
    seen: bool
    note: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is the rule of a day."""
        return self.from_day <= day < self.to_day


class Rules(Dated, frozen=True, kw_only=True):
    """Whom a control total binds: the system as one, or each organisation."""

    regime: Regime


class Parameters(Dated, frozen=True, kw_only=True):
    """How a stream is shared out in a year. None is not recorded, which is not nought.

    most            the most that convergence adds or takes, as a rate
    full            the distance from target at which the most applies
    furthest_below  the furthest below target that anybody is left
    withheld_from   the distance above target from which growth is held back
    withheld_wholly the distance above target from which all of it is
    growth          what the whole stream grew by
    """

    stream: Stream
    most: Decimal | None = None
    full: Decimal | None = None
    furthest_below: Decimal | None = None
    withheld_from: Decimal | None = None
    withheld_wholly: Decimal | None = None
    growth: Decimal | None = None


class BetterCareRules(Dated, frozen=True, kw_only=True):
    """What a Better Care Fund plan of a year has to say. None and empty are not recorded.

    uplift  what the NHS minimum grows by on the year before, as a rate
    """

    uplift: Decimal | None = None
    conditions: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()


class _Page[T](Struct, forbid_unknown_fields=True):
    what: str
    versions: list[T]
    note: str = ""


def read[T: Dated](
    words: str, kind: type[T], *, apart: Callable[[T], str] = lambda _: ""
) -> tuple[T, ...]:
    """The rules of a YAML text, the earliest first.

    apart   rules for which this differs may hold on the same day, such as those of two streams
    raises  BadMoney, naming what is wrong: no source, an unknown name, two rules for one day
    """
    try:
        page = msgspec.convert(parsed(words), _Page[kind])  # type: ignore[valid-type]  # a parameter that is a type
    except (msgspec.ValidationError, yaml.YAMLError) as wrong:
        raise BadMoney(f"Rules by year cannot be read: {wrong}.") from wrong
    found: list[T] = sorted(page.versions, key=lambda each: (apart(each), each.from_day))
    if wrong_ones := [fault for each in found for fault in _faults(each)]:
        raise BadMoney("\n".join(wrong_ones))
    for earlier, later in pairwise(found):
        if apart(earlier) == apart(later) and later.from_day < earlier.to_day:
            day = day_in_words(later.from_day)
            raise BadMoney(f"{page.what}: two rules hold on {day}. End the one before it.")
    return tuple(found)


def _faults(each: Dated) -> Iterable[str]:
    day = day_in_words(each.from_day)
    if not each.source.strip():
        yield f"The rule from {day} has no source. Say where it is said."
    if each.to_day <= each.from_day:
        yield f"The rule from {day} ends before it begins."
    for end in (each.from_day, each.to_day):
        if end != OPEN and (end.month, end.day) != (4, 1):
            yield f"The rule from {day}: {day_in_words(end)} is not the first day of a year."


def _shipped(name: str) -> str:
    return files(__package__).joinpath(f"by_year/{name}.yaml").read_text(encoding="utf-8")


@cache
def control_total_rules() -> tuple[Rules, ...]:
    """The shipped rules on control totals."""
    return read(_shipped("control-totals"), Rules)


@cache
def better_care_rules() -> tuple[BetterCareRules, ...]:
    """The shipped rules on Better Care Fund plans."""
    return read(_shipped("better-care"), BetterCareRules)


@cache
def allocation_parameters() -> tuple[Parameters, ...]:
    """The shipped parameters of allocation."""
    return read(_shipped("pace"), Parameters, apart=lambda each: each.stream)


def better_care_of(first_day: date) -> BetterCareRules | None:
    """What the Better Care Fund asks in the financial year that begins on a day; None: unknown."""
    return next((each for each in better_care_rules() if each.holds(first_day)), None)


class Pace(NamedTuple):
    """What is on record of how a stream was shared out in a year, and what is not."""

    known: Parameters
    missing: tuple[str, ...]


_NEEDED = {"most": "the most that convergence moves", "full": "the distance at which it does"}


def parameters_of(stream: Stream, first_day: date) -> Pace:
    """The parameters of a stream in the financial year that begins on a day.

    raises  BadMoney if none are on record, naming the years that are
    """
    mine = [each for each in allocation_parameters() if each.stream == stream]
    for each in mine:
        if each.holds(first_day):
            missing = tuple(say for name, say in _NEEDED.items() if getattr(each, name) is None)
            return Pace(each, missing)
    years = ", ".join(str(each.from_day.year) for each in mine) or "none"
    raise BadMoney(
        f"How the stream “{stream}” was shared out from {day_in_words(first_day)} is not recorded. "
        f"Years on record begin in: {years}."
    )
