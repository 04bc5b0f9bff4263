"""A file that somebody hands in, as a document that facts rest on; known again by its checksum."""

from .documents import Document
from .sheets import FileRead
from .snapshot import Snapshot


def _mark(file: FileRead) -> str:
    return f"SHA-256 {file.sha256}"


def paper_of(snapshot: Snapshot, system: str, file: FileRead) -> str | None:
    """The document on record in a system that is this very file."""
    found = (
        entity
        for entity, fact in snapshot.all(Document).items()
        if entity.startswith(f"{system}/") and _mark(file) in (fact.note or "")
    )
    return next(found, None)


def note_of(file: FileRead) -> str:
    """What a document says of the file it was made from."""
    return f"Imported from the file “{file.name}”, {file.size:,} bytes, {_mark(file)}."
