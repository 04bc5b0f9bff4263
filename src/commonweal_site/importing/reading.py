"""A file read into sheets, whatever its form."""

import hashlib
from pathlib import PurePath

from commonweal.record.sheets import FileRead

from .excel import read_workbook
from .files import WORD, form_of, undamaged
from .word import read_document


def read_file(name: str, data: bytes, *, judged: bool = False) -> FileRead:
    """What a file holds, its checksum, and what was left unread.

    judged  formulas of a workbook stand in their cells for somebody to judge
    raises  RefusedFile
    """
    name = PurePath(name.replace("\\", "/")).name
    form = form_of(name, data)
    with undamaged(name):
        sheets, remarks = (
            read_document(name, data) if form == WORD else read_workbook(name, data, judged=judged)
        )
    return FileRead(name, hashlib.sha256(data).hexdigest(), len(data), sheets, remarks)
