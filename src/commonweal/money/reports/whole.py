"""The reports on the money of a system or body: each alone, and all of them as one text."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from commonweal.authority.scheme import manuscript
from commonweal.record.manuscript import Block, Manuscript, Paragraph, line
from commonweal.record.snapshot import Snapshot

from .allocations import allocations
from .better_care import better_care
from .capital_spending import capital
from .control_totals import controls
from .due import pools
from .funds import funds
from .outlooks import outlooks
from .outturn import outturns
from .places import places
from .reserves import reserves
from .telling import Mine, of_body, of_system

NOTHING = "No money of it is on record for this day."

type Section = Callable[[Snapshot, Mine], Iterator[Block]]

SECTIONS: dict[str, Section] = {
    "outturn": outturns,
    "pools": pools,
    "delegated": places,
    "control-totals": controls,
    "reserves": reserves,
    "capital": capital,
    "better-care": better_care,
    "years-to-come": outlooks,
}
"""Each report, by its word in an address."""

_WHOLE: tuple[Section, ...] = (
    outturns, funds, places, allocations, controls, reserves, capital, better_care, outlooks,
)  # fmt: skip

_SILENT = " What the sources do not say reads “not recorded”, which is not nought."


class Report(NamedTuple):
    """A report by its word, its title, and what it says in a sentence."""

    word: str
    title: str
    summary: str


def money_of(snapshot: Snapshot, about: str, *, whole: bool) -> Manuscript:
    """All that is on record of the money of a system (by its area) or a body."""
    summary = f"What is on record of its funds, budgets, reserves and years to come.{_SILENT}"
    mine = _mine(snapshot, about, whole=whole)
    blocks = tuple(block for section in _WHOLE for block in section(snapshot, mine))
    title = f"Money: {snapshot.name(about)}"
    return _written(snapshot, title, about, blocks, summary)


def report_of(snapshot: Snapshot, report: Report, about: str, *, whole: bool) -> Manuscript:
    """One report on the money of a system (by its area) or a body.

    raises  KeyError for a word that is not in SECTIONS
    """
    blocks = tuple(SECTIONS[report.word](snapshot, _mine(snapshot, about, whole=whole)))
    title = f"{report.title}: {snapshot.name(about)}"
    return _written(snapshot, title, about, blocks, f"{report.summary}{_SILENT}")


def _mine(snapshot: Snapshot, about: str, *, whole: bool) -> Mine:
    return of_system(snapshot, about.partition("/")[0]) if whole else of_body(snapshot, about)


def _written(
    snapshot: Snapshot, title: str, about: str, blocks: tuple[Block, ...], summary: str
) -> Manuscript:
    return manuscript(snapshot, title, about, blocks or (Paragraph(line(NOTHING)),), summary)
