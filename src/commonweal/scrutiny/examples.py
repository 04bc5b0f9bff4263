"""A chapter of the manual: worked examples of scrutiny's clocks, and what is tried on the record.

The examples stand in `examples.yaml` with the answer expected; the answers are worked out anew.
"""

from collections.abc import Container, Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

import yaml

from commonweal.record.when import day_in_words
from commonweal.statute.clock import Standing, clock
from commonweal.statute.rule import Rule, rule, rule_book

TITLE = "Scrutiny and Healthwatch: the clocks, with examples"
INTRODUCTION = (
    "Every answer is worked out when this page is made, and is held against the answer expected "
    "and what settles it."
)
GROUPS = ("SCR-", "REC-0", "HW-", "PSR-", "CMP-")
"""How the numbers of the chapter's rules begin."""


class Example(NamedTuple):
    """One worked example.

    begins  the day that sets the clock going; None: nothing did
    state   where it is expected to stand; None: it is asked whether the rule is law
    """

    chapter: str
    rule: str
    on: date
    begins: date | None
    done: date | None
    due: date | None
    state: str | None
    in_force: bool | None
    settles: str

    def asks(self) -> str:
        """The example as a question."""
        if self.state is None:
            return f"Is “{rule(self.rule).title}” the law on {day_in_words(self.on)}?"
        title = clock(self.rule).title
        if self.begins is None:
            return f"{title}: nobody asked. Where does it stand on {day_in_words(self.on)}?"
        done = f", done on {day_in_words(self.done)}" if self.done else ""
        started = f"the clock starts on {day_in_words(self.begins)}{done}"
        return f"{title}: {started}. Where does it stand on {day_in_words(self.on)}?"

    def stands(self) -> Standing | None:
        """Where the clock stands; none where it is asked whether the rule is law."""
        if self.state is None:
            return None
        return clock(self.rule).stands(on=self.on, trigger=self.begins, done=self.done)

    def answer(self) -> str:
        """What is worked out: a state, or yes or no."""
        standing = self.stands()
        if standing is None:
            return "yes" if rule(self.rule).in_force(self.on) else "no"
        return standing.state

    def expected(self) -> str:
        return self.state or ("yes" if self.in_force else "no")

    def because(self) -> str:
        """The working, or from when to when the rule is law."""
        standing = self.stands()
        return standing.because if standing else _since(rule(self.rule))

    def last_day(self) -> date | None:
        """The last day in time, where a clock runs."""
        standing = self.stands()
        return standing.working.due if standing and standing.working else None


def _since(law: Rule) -> str:
    until = f" until the day before {day_in_words(law.ends)}" if law.ends else ""
    return f"It is law from {day_in_words(law.starts)}{until}: {law.cite}."


@cache
def examples() -> tuple[Example, ...]:
    """Every example, in the order of the chapter."""
    text = files("commonweal.scrutiny").joinpath("examples.yaml").read_text(encoding="utf-8")
    return tuple(
        Example(
            part["chapter"], each["rule"], each["at"], each.get("from"), each.get("done"),
            each.get("due"), each.get("state"), each.get("in_force"), each["settles"],
        )
        for part in yaml.safe_load(text)
        for each in part["examples"]
    )  # fmt: skip


def parts() -> list[tuple[str, list[Example]]]:
    """The examples by part of the chapter."""
    return [(name, list(each)) for name, each in groupby(examples(), key=lambda e: e.chapter)]


def laws() -> tuple[Rule, ...]:
    """Every rule of the chapter, in the order of the book."""
    return tuple(each for each in rule_book() if each.id.startswith(GROUPS))


def tried(law: Rule, checked: Container[str]) -> str:
    """How a rule is tried on the record, or why it is not.

    checked  the numbers of rules that have a check
    """
    if law.id in checked:
        return "tried on the record"
    return f"not tried: the record lacks {law.lacks}"


def chapter(checked: Container[str]) -> str:
    """The chapter as Markdown, as it stands in the manual."""
    return "\n".join(_lines(checked)) + "\n"


def _lines(checked: Container[str]) -> Iterator[str]:
    yield from (f"# {TITLE}", "", INTRODUCTION, "")
    yield "Made by `commonweal scrutiny chapter`; the site has it at `/manual/scrutiny/`."
    for name, found in parts():
        yield from ("", f"## {name}", "", *map(_line, found))
    yield from ("", "## Every rule, and how it is tried", "")
    yield from _rules(laws(), checked)


def _line(each: Example) -> str:
    answer = each.answer().capitalize()
    return f"- **{each.asks()}** {answer}. {each.because()} Settled by: {each.settles}."


def _rules(found: Iterable[Rule], checked: Container[str]) -> Iterator[str]:
    yield "| Rule | What it asks | Law | |"
    yield "|---|---|---|---|"
    for law in found:
        yield f"| {law.id} | {law.says} | {law.cite} | {tried(law, checked)} |"
