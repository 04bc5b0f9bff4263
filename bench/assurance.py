"""How long one board's register, framework, oversight and library take in a national record.

Risks are made up: shared out over 42 systems, each scored twice, on one of twenty days. As the
plain way, the versions of one system are read from the same file with SQL and sorted in Python.
"""

import json
import os
import sqlite3
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bench.authority import DAY
from bench.rows import Measured, median_of, row, watch
from bench.tried import database, file, fresh
from commonweal.areas.facts import Area
from commonweal.assurance.evidence import Answers, Evidence
from commonweal.assurance.overseeing import Oversight
from commonweal.assurance.risks import Assurance, Control, Risk, Score, Treatment
from commonweal.bodies.facts import Body
from commonweal.record.facts import Fact
from commonweal.record.when import OPEN
from commonweal.record.writing import Change
from commonweal_site.record.book import Book

SYSTEMS, SIZES = 42, (500, 5_000, 50_000)
FIRST, DAYS = date(2022, 7, 1), 20
LOADED = datetime.fromisoformat("2026-01-05T09:00:00+00:00")
REPEATS = 5


def changes(size: int) -> list[Change]:
    """The systems, then each risk in two versions, and evidence and oversight beside them."""
    found = [each for number in range(SYSTEMS) for each in _system(f"s{number}")]
    for number in range(size):
        own = f"s{number % SYSTEMS}"
        first = FIRST + timedelta(7 * (number % 40))
        then = FIRST + timedelta(600 + 31 * (number % DAYS))
        found.append(_stated(f"{own}/risk/r{number}", _risk(own, number, 1), first, then))
        found.append(_stated(f"{own}/risk/r{number}", _risk(own, number, 2), then))
        if number % 10 == 0:
            found.append(_stated(f"{own}/evidence/e{number}", _evidence(own, number)))
            found.append(_stated(f"{own}/oversight/o{number}", _oversight(own, number)))
    return found


def _stated(entity: str, fact: Fact, since: date = FIRST, until: date = OPEN) -> Change:
    return Change("assert", entity, fact, since, until)


def _system(own: str) -> list[Change]:
    area, board = f"{own}/area/system", f"{own}/body/icb"
    place = Area(name=own.upper(), type="system")
    body = Body(name=f"Board of {own}", type="integrated care board", areas=(area,))
    committee = Body(name=f"Audit committee of {own}", type="committee", parents=(board,))
    return [
        _stated(area, place), _stated(board, body), _stated(f"{own}/body/audit", committee),
    ]  # fmt: skip


def _risk(own: str, number: int, turn: int) -> Risk:
    likely, bad = 1 + (number + turn) % 5, 1 + number // 5 % 5
    looked = Assurance(
        what="Internal audit", line="third", on="2025-11-10", fresh_until="2026-11-30",
        found="works in part",
    )  # fmt: skip
    return Risk(
        name=f"Risk {number} of the board", held_by=f"{own}/body/icb",
        type="operational" if number // SYSTEMS % 20 else "strategic",
        objective_printed=f"Objective {number // SYSTEMS % 6}", cause="there is too little of it",
        event="it does not come", effect="people go without", owner=f"{own}/body/audit",
        inherent=Score(likelihood=5, impact=bad), current=Score(likelihood=likely, impact=bad),
        target=Score(likelihood=1, impact=bad), accepts=10,
        controls=(Control(what="A plan agreed each May"),), gaps=("Nobody counts it",),
        assurances=(looked,), actions=(Treatment(what="Count it", due="2026-12-18"),),
    )  # fmt: skip


def _evidence(own: str, number: int) -> Evidence:
    asked = (
        Answers(asker="NHS England", theme=f"subject {number % 30}"),
        Answers(asker="audit", theme=f"account {number % 7}"),
    )
    return Evidence(name=f"Paper {number}", answers=asked, fresh_until="2026-10-31",
                    owner=f"{own}/body/audit")  # fmt: skip


def _oversight(own: str, number: int) -> Oversight:
    return Oversight(
        name=f"Return {number}", by_printed="The region", of=(f"{own}/body/icb",), times_a_year=12,
        hours=Decimal(7), asks=(f"How many, question {number % 50}?",),
    )  # fmt: skip


def loaded(size: int) -> Book:
    """The record in a file; made once in a run and then copied."""
    kept = Path(os.environ["COMMONWEAL_BENCH_DIR"]) / f"assurance-{size}.sqlite3"
    if not kept.exists():
        fresh()
        Book().write(changes(size), actor="bench", reason="Load", at=LOADED)
        database(file()).copy(kept)
    fresh(kept)
    return Book()


def _pages(size: int, word: str) -> Measured:
    """Pages of several systems, each asked for once, from a site that has read the record."""
    from django.test import Client

    loaded(size)
    ask = Client().get
    systems = iter(range(SYSTEMS))

    def page() -> None:
        path = f"/s{next(systems)}/{word}/?as_at={DAY.isoformat()}"
        answer = ask(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}.")

    page()
    with watch() as every:
        taken = median_of(REPEATS, page) * 1000
    return Measured(taken, processor=every.processor / REPEATS)


def _plainly() -> None:
    """What a table of its own would do: one system's versions, sorted by score."""
    with sqlite3.connect(file()) as plain:
        rows = plain.execute(
            "select content from record_version where kind = 'risk' and entity like 's7/%'"
        ).fetchall()
    scores = [json.loads(content)["current"] for (content,) in rows]
    sorted(each["likelihood"] * each["impact"] for each in scores)


@row(
    "A page of one board’s risks in a national record", sizes=SIZES, of="risks", unit="ms",
    at_most=200, peer="SQL and sort alone",
)  # fmt: skip
def register_page(size: int) -> Measured:
    ours = _pages(size, "risks")
    return ours._replace(peer=median_of(REPEATS, _plainly) * 1000)


@row(
    "A board’s assurance framework in a national record", sizes=SIZES, of="risks", unit="ms",
    at_most=200,
)  # fmt: skip
def framework_page(size: int) -> Measured:
    return _pages(size, "assurance-framework")


@row(
    "Who oversees whom in one system of a national record", sizes=SIZES, of="risks", unit="ms",
    at_most=200,
)  # fmt: skip
def overseeing_page(size: int) -> Measured:
    return _pages(size, "who-oversees-whom")


@row(
    "One system’s library of evidence in a national record", sizes=SIZES, of="risks", unit="ms",
    at_most=200,
)  # fmt: skip
def library_page(size: int) -> Measured:
    return _pages(size, "evidence-library")
