"""Where a reader finds the law behind a step: the text of the Act, and the rule in our words."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from commonweal.record.documents import Document
from commonweal.record.facts import Fact
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.statute import rule_book
from commonweal_site.record.presenting import Link

_RULE = re.compile(r"\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b")
_SECTION = re.compile(r"\bsections? (\d+[A-Z]*\d*[A-Z]*)")
_SCHEDULE = re.compile(r"\bSchedule (\d+[A-Z]*)(?:, paragraph (\d+[A-Z]*))?")


class Law(NamedTuple):
    """A provision as cited, where its text is, and the rules that restate it; each may be none."""

    words: str
    text: Link | None
    rules: tuple[Link, ...]


def law_of(snapshot: Snapshot, fact: Fact | None, law: str | None = None) -> Law:
    """The law that a power or basis names; if it names none, that of the other one given."""
    words = getattr(fact, "law", None) or law or ""
    return Law(words, text_of(snapshot, words), tuple(_rules(fact)))


def text_of(snapshot: Snapshot, words: str) -> Link | None:
    """The official text of a provision, if the record says where its Act is published."""
    for title, address in acts(snapshot).items():
        if words.startswith(title):
            return Link(words, address + _within(words.removeprefix(title)))
    return None


def _within(rest: str) -> str:
    """The part of an address that leads to the provision. The first, where several are cited."""
    rest = rest.partition(";")[0]
    if found := _SCHEDULE.search(rest):
        paragraph = f"/paragraph/{found[2]}" if found[2] else ""
        return f"/schedule/{found[1]}{paragraph}"
    return f"/section/{found[1]}" if (found := _SECTION.search(rest)) else ""


@remembered
def acts(snapshot: Snapshot) -> Mapping[str, str]:
    """Addresses of Acts and regulations on record, by title."""
    return {
        document.title: document.address
        for document in snapshot.all(Document).values()
        if document.type == "act" and document.address and not document.part_of
    }


def _rules(fact: Fact | None) -> Iterator[Link]:
    """The rules of our rule book that a fact cites among its sources."""
    book = rule_book()
    known = {each.id: each for each in book}
    found = (
        number
        for source in (fact.sources if fact else ())
        for number in _RULE.findall(source.at)
        if number in known
    )
    for number in dict.fromkeys(found):
        yield Link(f"{number}: {known[number].title}", f"/rules/{number}/")
