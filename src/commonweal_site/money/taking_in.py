"""What a file of money would do to the record or the ledger, and doing it: all of it or nothing."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import msgspec
from django.db import connections

from commonweal.money.budgets import Budget
from commonweal.money.imported.entries import Bounds
from commonweal.money.imported.tables import Table
from commonweal.money.ledger import Entry
from commonweal.record.documents import Document
from commonweal.record.facts import Source
from commonweal.record.handed_in import note_of, paper_of
from commonweal.record.identifiers import slug
from commonweal.record.sheets import FileRead
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import BEFORE_ALL, OPEN, period
from commonweal.record.writing import Change

from .ledger import Ledger, Posted
from .ledger import Source as Batch

_LONGEST = 120


def bounds(year: str, *snapshots: Snapshot) -> Bounds:
    """What entries of a financial year may say, by the record and the books that are closed.

    snapshots  the record on days of the year; what is on one of them may be named
    raises     MalformedDate
    """
    first, end = period(year)
    return Bounds(
        first, end, closings(), lambda entity: any(each.get(entity) for each in snapshots)
    )


def closings(using: str = "default") -> dict[str, date]:
    """The day before which each body has closed its books, of those that have."""
    with connections[using].cursor() as cursor:
        cursor.execute("select body, max(until) from money_closing group by body")
        return {body: _day(until) for body, until in cursor.fetchall()}


def _day(until: date | str) -> date:
    return date.fromisoformat(until) if isinstance(until, str) else until


def post(file: FileRead, entries: tuple[Entry, ...], *, actor: str, reason: str = "") -> Posted:
    """Post the entries of a file; the same file is posted once.

    raises  BadMoney
    """
    batch = Batch(file.sha256, file.name)
    return Ledger().post(entries, source=batch, actor=actor, reason=reason or file.name)


# --- a version of a budget ------------------------------------------------------------------------


class Proposed(NamedTuple):
    """A version of a budget as it would stand on record.

    agreed  the record says the same already
    fault   why it cannot be written; empty if it can
    """

    entity: str
    changes: tuple[Change, ...] = ()
    agreed: bool = False
    fault: str = ""


def begins(year: str, made: str) -> date:
    """The first day of a version of a budget: when it was made, or else when its year begins.

    raises  MalformedDate
    """
    return period(made or year)[0]


def proposed(
    snapshot: Snapshot,
    file: FileRead,
    budget: Budget,
    at: str,
    *,
    taken: Callable[[str], bool],
    replaces: str | None = None,
) -> Proposed:
    """The budget of a file, with the file as its source.

    snapshot  the record on the day it begins
    at        where in the file it stands
    taken     whether an identifier is in use on any day
    """
    budget = msgspec.structs.replace(budget, replaces=replaces)
    system = budget.holder.partition("/")[0]
    entity = f"{system}/budget/{_slug(budget)}"
    known = snapshot.get(entity)
    if isinstance(known, Budget):
        if _bare(known) == _bare(budget):
            return Proposed(entity, agreed=True)
        return Proposed(
            entity,
            fault=f"{entity} is on record with other figures, and a version is never overwritten. "
            "Give this one the day on which it was made, or another name.",
        )
    paper = paper_of(snapshot, system, file)
    document = paper or _free(f"{system}/document/{slug(file.name)[:_LONGEST].strip('-')}", taken)
    source = Source(document=document, at=at, how="as printed")
    changes = [
        Change(
            "assert", _free(entity, taken), msgspec.structs.replace(budget, sources=(source,)),
            begins(budget.year, budget.made or ""), OPEN,
        )
    ]  # fmt: skip
    if paper is None:
        issuer = snapshot.name(budget.holder)
        fact = Document(title=file.name, issuer=issuer, type="data", note=note_of(file))
        changes.insert(0, Change("assert", document, fact, BEFORE_ALL, OPEN))
    return Proposed(changes[-1].entity, tuple(changes))


def _bare(budget: Budget) -> Budget:
    """A budget without what it rests on, which tells no two versions apart."""
    return msgspec.structs.replace(budget, sources=(), note=None, replaces=None)


def _slug(budget: Budget) -> str:
    holder = budget.holder.rsplit("/", 1)[1]
    parts = (holder, budget.year, budget.version, budget.made or "", budget.name)
    return slug(" ".join(parts).replace("/", "-"))[:_LONGEST].strip("-")


def _free(entity: str, taken: Callable[[str], bool]) -> str:
    tried, number = entity, 1
    while taken(tried):
        number += 1
        tried = f"{entity}-{number}"
    return tried


def at_table(table: Table) -> str:
    """Where a table stands, as a source says it."""
    return f"Table {table.number}, {table.sheet.spot().of}"
