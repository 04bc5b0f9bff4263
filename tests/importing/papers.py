"""Schemes in Excel and Word, made where a test needs them, and a small record to import them into."""

import io
from datetime import date

import docx
import openpyxl

from commonweal.areas.facts import Area
from commonweal.authority.facts import Basis, Delegation, Function, Instrument, Power
from commonweal.authority.imported.drawing import Terms, draw
from commonweal.authority.imported.names import Past, Settled
from commonweal.bodies.facts import Body, Post
from commonweal.record.facts import Alias
from commonweal_site.importing.reading import read_file
from tests.making import a, record_of

DAY = date(2026, 12, 1)
ICB, AUDIT, FINANCE = "kent/body/icb", "kent/body/audit", "kent/body/finance"
CHIEF, DIRECTOR = "kent/post/chief", "kent/post/director"
LOSSES, BUDGET, REABLEMENT, CONTRACTS = (
    f"kent/function/{each}" for each in ("losses", "budget", "reablement", "contracts")
)
OWN = "england/basis/own"


def facts():
    """A board, its committees and posts, and what it may decide."""
    yield a("kent/area/system", Area(name="Kent", type="system"))
    yield a("kent/area/thanet", Area(name="Thanet", type="place"))
    icb = Body(name="NHS Kent Board", type="integrated care board", stage="statutory",
               legal="statutory body", areas=("kent/area/system",))  # fmt: skip
    yield a(ICB, icb, since="2022-07-01")
    yield a(
        AUDIT, committee("Audit Committee", Alias(name="AC", why="acronym")), since="2022-07-01"
    )
    yield a(FINANCE, committee("Finance Committee"), since="2022-07-01")
    yield a("kent/body/old", committee("Old Committee"), since="2022-07-01", until="2024-04-01")
    ended = Body(name="Ended Committee", type="committee", stage="dissolved", parents=(ICB,))
    yield a("kent/body/ended", ended)
    yield a("dorset/body/pay", committee("Pay Committee"))
    yield a("surrey/body/pay", committee("Pay Committee"))
    yield a(CHIEF, Post(name="Chief executive", bodies=(ICB,)))
    yield a(DIRECTOR, Post(name="Director of Finance", bodies=(ICB,)))
    for entity, name in ((LOSSES, "Write off losses"), (BUDGET, "Approve the annual budget"),
                         (REABLEMENT, "Reablement"), (CONTRACTS, "Sign contracts")):  # fmt: skip
        yield a(entity, Function(name=name))
        slug = entity.rsplit("/", 1)[1]
        yield a(f"kent/power/{slug}", Power(function=entity, holder=ICB))
    basis = Basis(name="Its own committees and posts", law="An Act", own=True, onward="any",
                  givers=("integrated care board",), takers=("committee", "post"))  # fmt: skip
    yield a(OWN, basis)
    scheme = Instrument(name="Scheme", type="scheme of reservation and delegation", body=ICB)
    yield a("kent/instrument/scheme", scheme)


def committee(name, *aliases):
    parents = (ICB,)
    return Body(name=name, type="committee", stage="existing", parents=parents, aliases=aliases)


def the_record(*more):
    return record_of(*facts(), *more)


def workbook(*rows, change=None):
    """A workbook of one sheet, “Scheme”.

    change  what else is done to the workbook before it is saved
    """
    book = openpyxl.Workbook()
    book.active.title = "Scheme"
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def document(*parts, change=None):
    """A document: a text is a paragraph, a pair a heading with its level, a list a table."""
    made = docx.Document()
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
        elif isinstance(part, tuple):
            made.add_heading(part[1], part[0])
        else:
            table = made.add_table(len(part), len(part[0]))
            for row, texts in zip(table.rows, part, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    if change:
        change(made)
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def terms(shape, **changes):
    said = {
        "system": "kent", "starts": DAY, "shape": shape, "instrument": "kent/instrument/scheme",
        "basis": OWN, "measured": "per decision",
    }  # fmt: skip
    return Terms(**{**said, **changes})


def imported(shape, data, *more, name="", settled=None, marks=None, past=(), **changes):
    """What a file would put on record."""
    name = name or ("scheme.xlsx" if b"xl/workbook.xml" in data else "scheme.docx")
    asked = terms(shape, **changes)
    return draw(
        read_file(name, data), asked, the_record(*more)(asked.starts), settled=settled or Settled(),
        marks=marks, past=past,
    )  # fmt: skip


def matrix(*rows, **more):
    """What a tick matrix in Excel would put on record. Its holders: board, audit, director."""
    head = ["Ref", "Function", "Board", "Audit Committee", "Director of Finance"]
    return imported("tick-matrix", workbook(head, *rows), **more)


def grid(*rows, **more):
    """What a table of limits in Excel would put on record. Its roles: chief, director."""
    head = ["Function", "Chief executive", "Director of Finance"]
    return imported("role-by-limit", workbook(head, *rows), **more)


def passed(drawn):
    """The delegations of an import: taker, function, limit, above, up to."""
    facts_ = [each.fact for each in drawn.changes if isinstance(each.fact, Delegation)]
    return [(f.taker, f.function, f.limit, f.lower, f.upper) for f in facts_]


def faults(drawn):
    """The sentences of the faults."""
    return [str(each) for each in drawn.faults]


OLD = Past("kent/body/old", ("Old Committee",), date(2022, 7, 1), date(2024, 4, 1))
