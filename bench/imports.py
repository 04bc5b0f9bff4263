"""How fast a scheme and entries of money are read out of a workbook, beside opening it alone.

The peer only opens the file and looks at every cell, which we do too: so it is always faster, and
its ratio says what reading, matching and checking cost on top.
"""

import io
from datetime import UTC, datetime, timedelta

import openpyxl

from bench.authority import DAY, Made
from bench.rows import Measured, row, watch
from commonweal.authority.facts import Function, Instrument
from commonweal.authority.imported.drawing import Terms, draw
from commonweal.bodies.facts import Body, Post
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal.vocabulary import VOCABULARY

HOLDERS = 10
BOARD, SCHEME = "e/body/board", "e/instrument/scheme"
KNOWN = datetime(2026, 12, 1, tzinfo=UTC)


def made_up(rows: int) -> dict[str, Fact]:
    """A board with posts, and a function for each row of its scheme."""
    facts: dict[str, Fact] = {
        BOARD: Body(name="A board", type="integrated care board"),
        SCHEME: Instrument(name="Scheme", type="scheme of reservation and delegation", body=BOARD),
    }
    for n in range(HOLDERS):
        facts[f"e/post/p{n}"] = Post(name=f"Officer {n}", bodies=(BOARD,))
    for n in range(rows):
        facts[f"e/function/f{n}"] = Function(name=f"Matter number {n} of the scheme")
    return facts


def workbook(rows: int) -> bytes:
    """A tick matrix in which three officers may decide each matter."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Ref", "Function", *(f"Officer {n}" for n in range(HOLDERS))])
    for n in range(rows):
        ticks = ["✓" if (n + holder) % HOLDERS < 3 else None for holder in range(HOLDERS)]
        page.append([str(n), f"Matter number {n} of the scheme", *ticks])
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


@row(
    "Import a scheme from Excel: read, match, check", sizes=(200, 2_000, 19_000), of="rows",
    unit="rows a second", at_least=500, peer="openpyxl, opening and reading cells alone",
)  # fmt: skip
def imports(size: int) -> Measured:
    from commonweal_site.importing.reading import read_file

    data = workbook(size)
    snapshot = Snapshot(VOCABULARY, Made(made_up(size)), as_at=DAY, known=KNOWN, head=1)
    terms = Terms("e", DAY, "tick-matrix", SCHEME)
    with watch() as ours:
        drawn = draw(read_file("scheme.xlsx", data), terms, snapshot)
    if len(drawn.changes) != size * 3 + 1:
        message = f"{len(drawn.changes)} changes of {size} rows: {drawn.faults[:3]}"
        raise RuntimeError(message)
    with watch() as theirs:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        cells = sum(value is not None for line in book.active.values for value in line)
    if not cells:
        raise RuntimeError(cells)
    return Measured(size / ours.seconds, size / theirs.seconds, ours.processor)


def entries(rows: int) -> bytes:
    """A workbook of entries, two lines each."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["date", "what", "account", "pounds", "body", "key"])
    for n in range(rows // 2):
        for account, pounds in (("spending", 100.5 + n), ("balance", -100.5 - n)):
            page.append([DAY, f"Payment {n}", account, pounds, BOARD, str(n)])
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


@row(
    "Import entries of money from Excel: read, place, balance", sizes=(1_000, 10_000, 18_000),
    of="rows", unit="rows a second", at_least=1_000,
    peer="openpyxl, opening and reading cells alone",
)  # fmt: skip
def entries_in(size: int) -> Measured:
    from commonweal.money.imported.entries import Bounds, read
    from commonweal_site.money.importing import read_money

    data = entries(size)
    with watch() as ours:
        said = read(read_money("m.xlsx", data).sheets, Bounds(DAY, DAY + timedelta(1)))
    if len(said.entries) != size // 2:
        message = f"{len(said.entries)} entries of {size} rows: {said.faults[:3]}"
        raise RuntimeError(message)
    with watch() as theirs:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        cells = sum(value is not None for line in book.active.values for value in line)
    if not cells:
        raise RuntimeError(cells)
    return Measured(size / ours.seconds, size / theirs.seconds, ours.processor)
