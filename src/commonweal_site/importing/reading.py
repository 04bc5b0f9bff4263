"""A file read into sheets, whatever its form."""

import hashlib
from pathlib import PurePath

from commonweal.record.sheets import FileRead

from .excel import read_workbook
from .files import WORD, form_of, undamaged
from .word import read_document

READERS = {WORD: read_document}


def read_file(name: str, data: bytes) -> FileRead:
    """What a file holds, its checksum, and what was left unread.

    raises  RefusedFile
    """
    name = PurePath(name.replace("\\", "/")).name
    form = form_of(name, data)
    with undamaged(name):
        sheets, remarks = READERS.get(form, read_workbook)(name, data)
    return FileRead(name, hashlib.sha256(data).hexdigest(), len(data), sheets, remarks)
