"""How long a published scheme takes to make, and to set in Word and as PDF, by its delegations.

The peer of both writers is the same manuscript put into Word the way python-docx's own pages show:
a row added, then a cell at a time. There is no other maker of tagged PDF in the environment to
measure beside Typst: WeasyPrint needs Pango and LibreOffice is a program of its own.
"""

import io
import random
from datetime import UTC, datetime

from bench.authority import DAY, OWN, Made, _board, _functions
from bench.rows import Measured, row, watch
from commonweal.authority.facts import Basis, Delegation, Instrument
from commonweal.bodies.facts import Body, Post
from commonweal.record.manuscript import Table, words
from commonweal.record.snapshot import Snapshot
from commonweal.vocabulary import VOCABULARY

SIZES = (30, 300, 1_000)
BOARD = "e/body/b0"


def record(delegations):
    """One board with that many delegations, to committees and posts of its own in turn."""
    by = random.Random(5)
    facts = dict(_functions()) | dict(_board(0))
    facts["e/instrument/scheme"] = Instrument(
        name="Scheme", type="scheme of reservation and delegation", body=BOARD
    )
    facts[OWN] = Basis(
        name="Own committees and posts", law="An Act", own=True, onward="any",
        givers=("integrated care board",), takers=("committee", "post"),
    )  # fmt: skip
    functions = [name for name in facts if "/function/" in name]
    for number in range(delegations):
        kind = ("body", "post")[number % 2]
        taker = f"e/{kind}/holder-{number % 40}"
        made = (
            Body(name=f"Committee {number % 40}", type="committee", parents=(BOARD,))
            if kind == "body"
            else Post(name=f"Post {number % 40}", bodies=(BOARD,))
        )
        facts[taker] = made
        facts[f"e/delegation/d{number}"] = Delegation(
            giver=BOARD, taker=taker, function=by.choice(functions), basis=OWN,
            instrument="e/instrument/scheme", line=f"{number}", limit="per decision",
            upper=by.choice([50_000_00, 250_000_00, 1_000_000_00]), onward="none",
        )  # fmt: skip
    known = datetime(2026, 12, 1, tzinfo=UTC)
    return Snapshot(VOCABULARY, Made(facts), as_at=DAY, known=known, head=1)


def made(size):
    from commonweal.authority.scheme import scheme_of

    return scheme_of(record(size), BOARD)


def cell_by_cell(manuscript):
    """The manuscript in Word, the plain way."""
    import docx

    document = docx.Document()
    for block in manuscript.laid_out():
        if not isinstance(block, Table):
            document.add_paragraph(block.text if block.kind == "heading" else "")
            continue
        table = document.add_table(rows=1, cols=len(block.heads))
        for at, head in enumerate(block.heads):
            table.rows[0].cells[at].text = head
        for each in block.rows:
            cells = table.add_row().cells
            for at, cell in enumerate(each.cells):
                cells[at].text = "\n".join(map(words, cell))
    document.save(io.BytesIO())


@row("Make a scheme of delegation", sizes=SIZES, of="delegations", unit="s", at_most=1.0)
def make(size):
    from commonweal.authority.scheme import scheme_of

    snapshot = record(size)
    with watch() as took:
        scheme_of(snapshot, BOARD)
    return Measured(took.seconds, processor=took.processor)


def _beside(write, size):
    """How long a writer takes on its second manuscript, and the plain way on the same."""
    text = made(size)
    write(text._replace(blocks=()), lambda _: "")
    with watch() as took:
        write(text, lambda _: "")
    with watch() as peer:
        cell_by_cell(text)
    return Measured(took.seconds, peer.seconds, took.processor)


@row(
    "Set a scheme in Word", sizes=SIZES, of="delegations", unit="s", at_most=5.0,
    peer="python-docx, a cell at a time",
)  # fmt: skip
def in_word(size):
    from commonweal_site.published.word import as_word

    return _beside(as_word, size)


@row(
    "Set a scheme as tagged PDF", sizes=SIZES, of="delegations", unit="s", at_most=5.0,
    peer="the same in Word, a cell at a time",
)  # fmt: skip
def as_pdf(size):
    from commonweal_site.published import pdf

    return _beside(pdf.as_pdf, size)
