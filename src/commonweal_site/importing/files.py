"""A file that somebody hands in, looked at from outside before anything opens it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import NamedTuple

from django.conf import settings

from commonweal.record.errors import SpeakingError


class RefusedFile(SpeakingError):
    """A file that is not read at all, and why."""


class Form(NamedTuple):
    """A form of file that is read: its ending, what it is called, and the part it must have."""

    ending: str
    called: str
    part: str


EXCEL = Form(".xlsx", "an Excel workbook", "xl/workbook.xml")
WORD = Form(".docx", "a Word document", "word/document.xml")
FORMS = {form.ending: form for form in (EXCEL, WORD)}
_MACROS = {".xlsm": ".xlsx", ".xltm": ".xlsx", ".docm": ".docx", ".dotm": ".docx"}
_OLD = {".xls": ".xlsx", ".doc": ".docx", ".ods": ".xlsx", ".odt": ".docx", ".csv": ".xlsx"}
_BEGINNINGS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a Rich Text file"),
    (b"<", "a web page or other markup"),
    (b"PK\x03\x04", "a zip file of another sort"),
)
_LOCKED = b"\xd0\xcf\x11\xe0"
_MOST_PARTS = 2000
_HEAD = 4096
_MEGABYTE = 10**6


def form_of(name: str, data: bytes) -> Form:
    """What a file is, if it is what its name says and safe to open.

    raises  RefusedFile, with a sentence for whoever handed it in
    """
    form = _by_name(name)
    too_big(name, len(data))
    if not data:
        raise RefusedFile(f"{name} is empty.")
    if data.startswith(_LOCKED):
        raise RefusedFile(
            f"{name} is protected by a password, or is of the old kind from before 2007. Take the "
            f"password off, or save it as {form.ending}, and try again."
        )
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise RefusedFile(f"{name} is not {form.called}, as its name says, but {_looks(data)}.")
    with undamaged(name), zipfile.ZipFile(io.BytesIO(data)) as parts:
        _parts(name, form, parts)
    return form


_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What unpacking a damaged file may raise; a form of packing nobody knows is a RuntimeError."""


@contextmanager
def undamaged(name: str) -> Iterator[None]:
    """Unpacking in this block is of a file that may be damaged."""
    try:
        yield
    except _DAMAGE as broken:
        raise RefusedFile(f"{name} is damaged and cannot be opened. Save it again.") from broken


def too_big(name: str, size: int) -> None:
    """Refuse a file for its size alone, before it is read."""
    most = settings.IMPORT_MOST_BYTES
    if size > most:
        raise RefusedFile(
            f"{name} has {size / _MEGABYTE:,.1f} MB; at most {most / _MEGABYTE:,.1f} MB are "
            "read. Take out pictures and other sheets, or ask whoever runs this site for more."
        )


def _by_name(name: str) -> Form:
    ending = PurePath(name).suffix.lower()
    if ending in FORMS:
        return FORMS[ending]
    if ending in _MACROS:
        raise RefusedFile(
            f"{name} is of a kind that can hold macros, which are programs. Save it as "
            f"{_MACROS[ending]} and try again."
        )
    if ending in _OLD:
        raise RefusedFile(f"{name}: save it as {_OLD[ending]} first, and try again.")
    raise RefusedFile(f"{name}: only .xlsx (Excel) and .docx (Word) are read.")


def _looks(data: bytes) -> str:
    return next((what for begins, what in _BEGINNINGS if data.startswith(begins)), "something else")


def _parts(name: str, form: Form, parts: zipfile.ZipFile) -> None:
    """Refuse what must not be unpacked."""
    inside = parts.infolist()
    if any(each.flag_bits & 1 for each in inside):
        raise RefusedFile(f"{name} is protected by a password. Take it off and try again.")
    unpacked, most = sum(each.file_size for each in inside), settings.IMPORT_MOST_UNPACKED
    if unpacked > most or len(inside) > _MOST_PARTS:
        raise RefusedFile(
            f"{name} would unpack to {unpacked / _MEGABYTE:,.1f} MB in {len(inside):,} parts; at "
            f"most {most / _MEGABYTE:,.1f} MB in {_MOST_PARTS:,} are read."
        )
    names = {each.filename for each in inside}
    if form.part not in names:
        other = next((each.called for each in FORMS.values() if each.part in names), "a zip file")
        raise RefusedFile(f"{name} is not {form.called}, as its name says, but {other}.")
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        raise RefusedFile(
            f"{name} holds macros, which are programs. Save it without them and try again."
        )
    if any(_declares(parts, each) for each in names):
        raise RefusedFile(f"{name} declares types of its own, as no office program does.")


def _declares(parts: zipfile.ZipFile, part: str) -> bool:
    """Whether a part has a document type, by which text can be made to grow without end."""
    if not part.endswith((".xml", ".rels")):
        return False
    with parts.open(part) as opened:
        head = opened.read(_HEAD).replace(b"\0", b"")
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def markup(data: bytes, within: str) -> Iterator[tuple[str, bytes]]:
    """The parts in a folder of a file, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for each in parts.namelist():
            if each.startswith(within) and each.endswith(".xml"):
                yield each, parts.read(each)
