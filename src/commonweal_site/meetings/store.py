"""Where the files of papers are kept: each once, under its SHA-256, which the record holds too.

The record says who may see a paper; this store never does. Ask it only for papers that a snapshot
cut for the viewer has named.
"""

import json
import select
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import IO, Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

LARGEST = 100 * 2**20
"""Bytes of one file, at most."""

_PATIENCE = 30.0
"""Seconds to wait until a file says how many pages it has."""

_A_LOOK = 8.0
"""Seconds to wait for its text; after that the reading goes on by itself."""

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


class PaperRefused(Exception):
    """Why a file was not taken, in a sentence for whoever sent it. Nothing of it is kept."""


class Filed(NamedTuple):
    """A file as kept: its checksum, its suffix, how many pages, whether all are read already."""

    checksum: str
    suffix: str
    pages: int
    read: bool


def folder() -> Path:
    """The folder of papers, made when first asked for."""
    place = Path(settings.DATA_DIR) / "papers"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def index() -> Path:
    """The file that holds the text of papers. It can always be made again from them."""
    return folder() / "text.sqlite3"


def file_of(checksum: str) -> tuple[Path, str] | None:
    """The file with a checksum, and its suffix; none if it is not kept here."""
    for suffix in TYPES:
        file = folder() / checksum[:2] / f"{checksum}.{suffix}"
        if file.is_file():
            return file, suffix
    return None


def put(upload: UploadedFile) -> Filed:
    """Keep a file that somebody sent.

    raises  PaperRefused
    """
    name = upload.name or ""
    suffix = name.rpartition(".")[2].lower()
    if "." not in name or suffix not in TYPES:
        raise PaperRefused(
            f"‘{name}’ cannot be taken: send a PDF (.pdf), Word (.docx) or plain text (.txt) file."
        )
    if not upload.size:
        raise PaperRefused(f"‘{name}’ is empty. Send it again.")
    if upload.size > LARGEST:
        raise PaperRefused(too_large(name))
    draft = folder() / f"draft-{uuid4().hex}.{suffix}"
    try:
        checksum = _written(upload, draft)
        _is_what_it_says(draft, name, suffix)
        return _kept(draft, suffix, checksum)
    finally:
        draft.unlink(missing_ok=True)


def too_large(name: str) -> str:
    """What to say of a file that is too large."""
    most = LARGEST // 2**20
    return f"‘{name}’ is larger than {most} MB. Send it in parts, or with smaller pictures."


def _written(upload: UploadedFile, draft: Path) -> str:
    found = sha256()
    with draft.open("wb") as out:
        for chunk in upload.chunks():
            found.update(chunk)
            out.write(chunk)
    return found.hexdigest()


def _kept(draft: Path, suffix: str, checksum: str) -> Filed:
    pages, read = _read(draft, suffix, checksum)
    place = folder() / checksum[:2]
    place.mkdir(exist_ok=True, mode=0o700)
    # The reader holds all it needs by now, so the file may move under it.
    draft.chmod(0o600)
    draft.replace(place / f"{checksum}.{suffix}")
    return Filed(checksum, suffix, pages, read)


# --- is it what its name says? ------------------------------------------------------------------

_BEGINS = 1024


def _is_what_it_says(file: Path, name: str, suffix: str) -> None:
    with file.open("rb") as opened:
        begins = opened.read(_BEGINS)
    found = _sort_of(file, begins)
    if found != suffix:
        is_ = _IN_WORDS.get(found, "something else")
        raise PaperRefused(
            f"‘{name}’ is not what its name says: it says {_IN_WORDS[suffix]}, but the file is "
            f"{is_}. Save it anew from the program it was made with, and send that."
        )


_IN_WORDS = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "txt": "plain text",
    "zip": "a zip archive",
    "macro": "a Word document with a program in it",
    "program": "a program",
    "picture": "a picture",
    "page": "a web page",
}

_MARKS = (
    (b"PK\x03\x04", "zip"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
)


def _sort_of(file: Path, begins: bytes) -> str:
    """What a file is, by what stands in it."""
    if b"%PDF-" in begins:
        return "pdf"
    mark = next((sort for begin, sort in _MARKS if begins.startswith(begin)), "")
    if mark:
        return _in_zip(file) if mark == "zip" else mark
    if begins.lstrip().lower().startswith((b"<!doctype html", b"<html", b"<script", b"<svg")):
        return "page"
    return "txt" if _is_text(file) else ""


def _in_zip(file: Path) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(file) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    if any(name.endswith("vbaProject.bin") for name in names):
        return "macro"
    return "docx" if {"[Content_Types].xml", "word/document.xml"} <= names else "zip"


def _is_text(file: Path) -> bool:
    with file.open("rb") as opened:
        try:
            return all("\0" not in text for text in _decoded(opened))
        except UnicodeDecodeError:
            return False


def _decoded(opened: IO[bytes]) -> Iterable[str]:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    while chunk := opened.read(2**16):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


# --- its text -----------------------------------------------------------------------------------


def _read(file: Path, suffix: str, checksum: str) -> tuple[int, bool]:
    """Have a file read in a process of its own: its pages, and whether it is through already."""
    reader = subprocess.Popen(
        [sys.executable, "-m", "commonweal_site.meetings.reading",
         str(file), suffix, checksum, str(index())],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    said = _first_line(reader)
    if "pages" not in said:
        reader.kill()
        reader.wait()
        raise PaperRefused(str(said.get("refused") or _TOO_SLOW))
    through = Thread(target=reader.wait, daemon=True)
    through.start()
    through.join(_A_LOOK)
    return int(said["pages"]), not through.is_alive()


_TOO_SLOW = (
    "This file takes too long to open, or too much memory. Print it to a new PDF and send that."
)


def _first_line(reader: subprocess.Popen[bytes]) -> dict[str, Any]:
    """What the reader says first; nothing if it says nothing for too long."""
    out = reader.stdout
    if out is None:
        return {}
    with out:
        line = out.readline() if select.select([out], [], [], _PATIENCE)[0] else b""
    found: dict[str, Any] = json.loads(line) if line.strip() else {}
    return found
