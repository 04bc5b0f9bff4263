"""Files of money: Excel, CSV and pasted tables, read into sheets with the place of every cell."""

import csv
import hashlib
import io
from pathlib import PurePath

from django.conf import settings

from commonweal.record.sheets import Cell, FileRead, Row, Sheet
from commonweal_site.importing.files import RefusedFile, too_big
from commonweal_site.importing.reading import read_file

PLAIN = {".csv": ",", ".txt": "\t", ".tsv": "\t"}


def read_money(name: str, data: bytes) -> FileRead:
    """What a file of money holds.

    raises  RefusedFile, for a file that is damaged, too large or of another kind
    """
    name = PurePath(name.replace("\\", "/")).name
    ending = PurePath(name).suffix.lower()
    if ending not in PLAIN:
        return read_file(name, data, judged=True)
    too_big(name, len(data))
    rows = tuple(_rows(name, _text(name, data), PLAIN[ending]))
    if not rows:
        raise RefusedFile(f"{name} is empty.")
    if len(rows) > settings.IMPORT_MOST_ROWS:
        most = settings.IMPORT_MOST_ROWS
        raise RefusedFile(f"{name} has {len(rows):,} rows; at most {most:,} are read.")
    sheet = Sheet("sheet", PurePath(name).stem, rows)
    return FileRead(name, hashlib.sha256(data).hexdigest(), len(data), (sheet,))


def _text(name: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise RefusedFile(
            f"{name} is not text in UTF-8 (byte {wrong.start:,}). Save it as CSV UTF-8."
        ) from wrong
    if "\0" in text:
        raise RefusedFile(f"{name} is not a file of text, as its name says.")
    return text


def _rows(name: str, text: str, between: str) -> list[Row]:
    found: list[Row] = []
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=between,
        quoting=csv.QUOTE_MINIMAL if between == "," else csv.QUOTE_NONE,
        strict=True,
    )
    try:
        for number, line in enumerate(reader, 1):
            cells = tuple(
                Cell(number, column, each.strip())
                for column, each in enumerate(line, 1)
                if each.strip()
            )
            if cells:
                found.append(Row(number, cells))
    except csv.Error as wrong:
        raise RefusedFile(
            f"{name}, row {reader.line_num}: {wrong}. It may be cut short."
        ) from wrong
    return found
