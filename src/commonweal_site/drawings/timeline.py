"""Lives and events along a line of years: when bodies and areas began, changed and ended.

A date is drawn no more precisely than it was stated: a day is a mark, a month or a year a band.
What was only planned has another shape than what a source reports, and says so in words.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Literal, NamedTuple

from markupsafe import Markup

from commonweal.bodies.facts import Body
from commonweal.record.documents import Event
from commonweal.record.facts import Fact
from commonweal.record.when import BEFORE_ALL, OPEN, Period, day_in_words, in_words, period

from .addresses import Addresses
from .svg import Cell, Drawing, Row, joined, lines_of_text, link, picture, tag, width, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP = 14.0, 17.0
BAR = 16.0
MARGIN = 14.0


class Stretch(NamedTuple):
    """Part of a life: from a day to a day, half-open; `BEFORE_ALL` and `OPEN` where it has no end.

    stage  what it was then, such as shadow or statutory; empty, if that is not told apart
    start  how the first day is known
    end    how the last day is known
    """

    first: date
    end: date
    stage: str = ""
    start_known: Literal["known", "first stated", "planned"] = "known"
    end_known: Literal["known", "planned", "inferred"] = "known"


class Life(NamedTuple):
    """A body or area, and the stretches of its life in order."""

    name: str
    stretches: tuple[Stretch, ...]
    href: str | None = None


class Happening(NamedTuple):
    """An event.

    when     as stated, such as 2022-05
    planned  the source looks ahead to it
    """

    name: str
    when: str
    planned: bool = False
    replanned: str | None = None
    href: str | None = None


type Held = tuple[str, date, date, Fact]
"""An entity, its first day, the day it no longer holds, and what held."""


def lives(versions: Iterable[Held], addresses: Addresses) -> tuple[Life, ...]:
    """The lives of entities from all their versions, the first to begin first.

    Versions that follow each other at the same stage are one stretch.
    """
    ordered = sorted(versions, key=lambda each: (each[0], each[1]))
    made = []
    for entity, group in groupby(ordered, key=lambda each: each[0]):
        found = list(group)
        last = found[-1][3]
        name = str(getattr(last, "name", "") or entity.rsplit("/", 1)[-1])
        made.append(Life(name, tuple(_stretches(found)), addresses.entity(entity)))
    return tuple(sorted(made, key=lambda life: (life.stretches[0].first, life.name)))


def _stretches(versions: Sequence[Held]) -> Iterator[Stretch]:
    held: Stretch | None = None
    for _, first, end, fact in versions:
        stage = fact.stage if isinstance(fact, Body) else ""
        stage = "" if stage == "not stated" else stage
        if held and held.stage == stage and held.end == first:
            held = held._replace(end=end, end_known=fact.end)
            continue
        if held:
            yield held
        held = Stretch(first, end, stage, fact.start, fact.end)
    if held:
        yield held


def happenings(events: Iterable[tuple[str, Event]], addresses: Addresses) -> tuple[Happening, ...]:
    """Events in the order of their dates."""
    made = (
        Happening(event.name, event.when, event.planned, event.replanned, addresses.entity(entity))
        for entity, event in events
    )
    return tuple(sorted(made, key=lambda each: (period(each.when), each.name)))


def timeline(
    lives: Sequence[Life], happenings: Sequence[Happening], *, day: date, of: str
) -> Drawing:
    """Lives as bars and events as marks, with the day in question as a line.

    of  whose timeline it is
    """
    title = f"Timeline of {of}"
    about = (
        "Bars: from when to when each body or area is on record. Marks: events. "
        f"The upright line is {day_in_words(day)}."
    )
    headings = ("What", "From", "To", "How it is known")
    rows = (*_life_rows(lives), *_event_rows(happenings))
    if not rows:
        return Drawing(Markup(""), title, "Nothing dated is on record.", headings, ())
    years = _years(lives, happenings, day)
    wide, narrow = (
        _Sheet(room, years, day).picture(lives, happenings, title=title, about=about)
        for room in (WIDE, NARROW)
    )
    return Drawing(wide, title, about, headings, rows, narrow, _legend())


def _legend() -> tuple[str, ...]:
    bars = (
        "A bar with an arrow goes on. A dotted beginning: the day is only the first on which a "
        "source states it."
    )
    marks = (
        "Filled mark: a source reports it. Hollow mark: it was planned. A band is as wide as the "
        "stated date is vague."
    )
    return bars, marks


# --- in words ---------------------------------------------------------------------------------


def _life_rows(lives: Iterable[Life]) -> Iterator[Row]:
    for life in lives:
        for each in life.stretches:
            name = f"{life.name} ({each.stage})" if each.stage else life.name
            known = {"known": "", "first stated": "first stated then", "planned": "planned start"}
            ends = {"known": "", "planned": "planned end", "inferred": "end inferred"}
            how = [known[each.start_known], ends[each.end_known] if each.end != OPEN else ""]
            yield (
                Cell(name, life.href),
                Cell("Not recorded" if each.first == BEFORE_ALL else day_in_words(each.first)),
                Cell("Goes on" if each.end == OPEN else day_in_words(each.end)),
                Cell("; ".join(word for word in how if word) or "as dated"),
            )


def _event_rows(happenings: Iterable[Happening]) -> Iterator[Row]:
    for each in happenings:
        how = "planned" if each.planned else "reported"
        if each.replanned:
            how += f"; replanned to {in_words(each.replanned)}"
        yield Cell(each.name, each.href), Cell(in_words(each.when)), Cell(""), Cell(how)


# --- drawing ----------------------------------------------------------------------------------


def _years(lives: Sequence[Life], happenings: Sequence[Happening], day: date) -> tuple[date, date]:
    """The years shown: all that is dated, and the day itself."""
    days = [day]
    for life in lives:
        for each in life.stretches:
            days += [at for at in (each.first, each.end) if at not in {BEFORE_ALL, OPEN}]
    for event in happenings:
        days += [*period(event.when), *(period(event.replanned) if event.replanned else ())]
    return date(min(days).year, 1, 1), date((max(days) - timedelta(1)).year + 1, 1, 1)


class _Sheet:
    """A picture of some width that shows some years."""

    def __init__(self, room: float, years: Period, day: date) -> None:
        self.room, self.years, self.day = room, years, day
        self.left, self.right = MARGIN, room - MARGIN - 8
        self.narrow = room < WIDE

    def at(self, when: date) -> float:
        """How far from the left a day stands."""
        first, end = self.years
        when = min(max(when, first), end)
        return self.left + (self.right - self.left) * (when - first).days / (end - first).days

    def picture(
        self, lives: Sequence[Life], happenings: Sequence[Happening], *, title: str, about: str
    ) -> Markup:
        top, parts = 46.0, []
        for life in lives:
            part, top = self._life(life, top)
            parts.append(part)
        top += 6 if lives and happenings else 0
        for each in happenings:
            part, top = self._happening(each, top)
            parts.append(part)
        back = [*self._grid(top), self._today(top)]
        return picture(
            *back, *parts, key=f"timeline-{'narrow' if self.narrow else 'wide'}", title=title,
            description=about, links=True, size=(self.room, top + 4), class_="cw-boxes cw-time",
        )  # fmt: skip

    def _grid(self, bottom: float) -> Iterator[Markup]:
        first, end = self.years[0].year, self.years[1].year
        # As many years are named as fit side by side.
        every = max(1, round((end - first) * 44 / (self.right - self.left) + 0.5))
        for year in range(first, end + 1):
            x = self.at(date(year, 1, 1))
            yield tag("line", x1=x, x2=x, y1=36, y2=bottom, class_="cw-time__grid")
            if (year - first) % every == 0 and year < end:
                yield tag("text", year, x=x + 3, y=32, class_="cw-time__year")

    def _today(self, bottom: float) -> Markup:
        x = self.at(self.day)
        words = day_in_words(self.day)
        half = width(words, SIZE) / 2
        middle = min(max(x, half + 2), self.room - half - 2)
        return joined(
            [
                tag("line", x1=x, x2=x, y1=20, y2=bottom, class_="cw-time__day"),
                tag("text", words, x=middle, y=14, text_anchor="middle", class_="cw-time__today"),
            ]
        )

    def _life(self, life: Life, top: float) -> tuple[Markup, float]:
        """A name, and under it the bar."""
        lines = wrapped(life.name, SIZE, self.room - 2 * MARGIN, 3)
        first = max(life.stretches[0].first, self.years[0])
        wide = max(width(line, SIZE) for line in lines)
        x = max(self.left, min(self.at(first), self.room - wide - MARGIN))
        words = _label(lines, x=x, y=top + SIZE, wide=wide)
        below = top + len(lines) * STEP + 4
        bars = joined(self._stretch(each, below) for each in life.stretches)
        return link(life.href, life.name, words, bars), below + BAR + 10

    def _stretch(self, each: Stretch, top: float) -> Markup:
        x, end = self.at(each.first), max(self.at(each.end), self.at(each.first) + 3)
        look = (
            each.stage if each.stage in {"shadow", "interim", "designate", "proposed"} else "full"
        )
        parts = [self._bar(each, x, end, top, look)]
        if each.start_known != "known" or each.first == BEFORE_ALL:
            parts.append(
                tag("line", x1=x, x2=x, y1=top - 2, y2=top + BAR + 2, class_="cw-time__vague")
            )
        if each.stage and width(each.stage, 11) + 8 < end - x:
            classes = f"cw-time__stage cw-time__stage--{look}"
            parts.append(tag("text", each.stage, x=x + 6, y=top + 12, class_=classes))
        return joined(parts)

    def _bar(self, each: Stretch, x: float, end: float, top: float, look: str) -> Markup:
        """A bar; with an arrow where it goes on past all that is drawn."""
        middle, bottom = top + BAR / 2, top + BAR
        if each.end == OPEN:
            d = f"M{x:.1f} {top}H{end:.1f}L{end + 9:.1f} {middle}L{end:.1f} {bottom}H{x:.1f}Z"
        else:
            d = f"M{x:.1f} {top}H{end:.1f}V{bottom}H{x:.1f}Z"
        return tag("path", d=d, class_=f"cw-time__bar cw-time__bar--{look}")

    def _happening(self, each: Happening, top: float) -> tuple[Markup, float]:
        """A mark as wide as the date is vague, and beside or under it when and what."""
        first, end = period(each.when)
        x, until = self.at(first), self.at(end)
        words = f"{in_words(each.when)[:1].upper()}{in_words(each.when)[1:]}: {each.name}"
        words += " (planned)" if each.planned else ""
        if each.replanned:
            words += f"; replanned to {in_words(each.replanned)}"
        mark = _mark(x, until, top + 9, planned=each.planned, exact=(end - first).days == 1)
        if self.narrow:
            lines = wrapped(words, SIZE, self.room - 2 * MARGIN)
            text_x, text_y = self.left, top + 20 + SIZE
            bottom = text_y + STEP * len(lines) + 2
        else:
            after = self.room - until - MARGIN - 10
            to_left = after < max(260, x - MARGIN - 10)
            lines = wrapped(words, SIZE, min(520, x - MARGIN - 10 if to_left else after))
            wide = max(width(line, SIZE) for line in lines)
            text_x, text_y = (x - wide - 12 if to_left else until + 10), top + SIZE
            bottom = text_y + STEP * len(lines) - 4
        wide = max(width(line, SIZE) for line in lines)
        text = _label(lines, x=text_x, y=text_y, wide=wide)
        return link(each.href, words, mark, text), bottom


def _label(lines: Sequence[str], *, x: float, y: float, wide: float) -> Markup:
    """Words on a pale ground, so that the lines behind do not run through them."""
    ground = tag(
        "rect", x=x - 2, y=y - SIZE + 1, width=wide + 6, height=len(lines) * STEP + 1,
        class_="cw-time__ground",
    )  # fmt: skip
    return joined([ground, lines_of_text(lines, x=x, y=y, step=STEP, class_="cw-time__name")])


def _mark(x: float, until: float, y: float, *, planned: bool, exact: bool) -> Markup:
    """A diamond for a day, a band for a longer stated time; hollow if planned."""
    look = "planned" if planned else "reported"
    if exact:
        d = f"M{x:.1f} {y - 7}L{x + 7:.1f} {y}L{x:.1f} {y + 7}L{x - 7:.1f} {y}Z"
        return tag("path", d=d, class_=f"cw-time__mark cw-time__mark--{look}")
    return tag(
        "rect", x=x, y=y - 6, width=max(until - x, 4.0), height=12, rx=0 if planned else 4,
        class_=f"cw-time__mark cw-time__mark--{look}",
    )  # fmt: skip
