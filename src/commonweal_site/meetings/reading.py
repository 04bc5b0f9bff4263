"""Reads the text of one paper, page by page: `python -m commonweal_site.meetings.reading FILE …`.

It runs in a process of its own, with little memory and time, because a paper may come from
anywhere. It imports nothing of the site. Its first line says how many pages there are, or why the
paper cannot be taken; the text goes to the index of papers.
"""

import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

MOST_PAGES = 2_500
"""A pack of 2,000 pages is taken; one of more than this is to be divided."""

MOST_UNPACKED = 400 * 2**20
_MEMORY = 1_200 * 2**20
_SECONDS = 240
_LONGEST_PAGE = 20_000
"""Characters of one page that can be searched; no page made to be read has more."""

_WORD_PAGE = 3_000
"""Word documents have no pages of their own: so many characters are counted as one."""

TABLES = """
create table if not exists paper (checksum text primary key, pages integer, read integer) strict;
create virtual table if not exists page using fts5(
    checksum unindexed, number unindexed, text, tokenize = "unicode61 remove_diacritics 2"
);
"""


class Unreadable(Exception):
    """Why a paper cannot be taken, in a sentence for whoever sent it."""


def read(file: Path, suffix: str, checksum: str, index: Path) -> None:
    """Say how many pages a paper has, then put their text into the index."""
    try:
        count, pages = _bounded(*_opened(file, suffix))
    except Unreadable as wrong:
        _say({"refused": str(wrong)})
        return
    except Exception:  # noqa: BLE001  # whatever a broken file does to its reader
        _say({"refused": "This file is damaged and cannot be read. Save it again and send that."})
        return
    _say({"pages": count})
    with closing(sqlite3.connect(index, timeout=60)) as into:
        into.executescript(TABLES)
        _keep(into, checksum, count, pages)


def _bounded(count: int, pages: Iterator[str]) -> tuple[int, Iterator[str]]:
    if count <= MOST_PAGES:
        return count, pages
    raise Unreadable(
        f"This paper has {count:,} pages; a paper has {MOST_PAGES:,} at most. "
        "Divide it, and give each part to its own item."
    )


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _keep(into: sqlite3.Connection, checksum: str, count: int, pages: Iterable[str]) -> None:
    into.execute("delete from page where checksum = ?", [checksum])
    into.execute("insert or replace into paper values (?, ?, 0)", [checksum, count])
    into.commit()
    number = 0
    for number, text in enumerate(pages, start=1):
        row = [checksum, number, text[:_LONGEST_PAGE]]
        into.execute("insert into page (checksum, number, text) values (?, ?, ?)", row)
        into.execute("update paper set read = ? where checksum = ?", [number, checksum])
        into.commit()
    into.execute("update paper set pages = max(pages, ?) where checksum = ?", [number, checksum])
    into.commit()


def _opened(file: Path, suffix: str) -> tuple[int, Iterator[str]]:
    """How many pages there are, and their texts, each read when it is asked for."""
    if suffix == "pdf":
        return _pdf(file)
    if suffix == "docx":
        return _word(file)
    pages = tuple(_as_pages(file.read_text("utf-8-sig").splitlines()))
    return len(pages), iter(pages)


def _pdf(file: Path) -> tuple[int, Iterator[str]]:
    from pypdf import PdfReader

    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("This file asks for a password. Save it without one and send that.")
    return len(reader.pages), (_text(page) for page in reader.pages)


def _text(page: object) -> str:
    """The text of one page; none if that one page is damaged."""
    with suppress(Exception):
        return str(page.extract_text())  # type: ignore[attr-defined]  # a page of pypdf
    return ""


def _word(file: Path) -> tuple[int, Iterator[str]]:
    import docx

    with zipfile.ZipFile(file) as parts:
        if sum(each.file_size for each in parts.infolist()) > MOST_UNPACKED:
            raise Unreadable("This file unpacks to more than we can read. Send it as a PDF.")
    document = docx.Document(io.BytesIO(file.read_bytes()))
    lines = [each.text for each in document.paragraphs]
    for table in document.tables:
        lines += [" ".join(cell.text for cell in row.cells) for row in table.rows]
    pages = tuple(_as_pages(lines))
    return len(pages), iter(pages)


def _as_pages(lines: Iterable[str]) -> Iterator[str]:
    """Text without pages, cut into parts of about a page."""
    page: list[str] = []
    for line in lines:
        page.append(line)
        if sum(map(len, page)) > _WORD_PAGE:
            yield "\n".join(page)
            page = []
    if page:
        yield "\n".join(page)


def _bounds() -> None:
    """Let this process have only so much memory and time."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


if __name__ == "__main__":
    _bounds()
    read(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]))
