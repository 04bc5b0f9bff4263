"""What the page of a paper shows beside its fact: its file, where that is kept here."""

from commonweal.meetings.facts import Paper
from commonweal.record.snapshot import Snapshot
from commonweal_site.record.presenting import Link, Table, path_of, table

from . import store

_CALLED = {"pdf": "PDF", "docx": "Word", "txt": "Plain text"}


def paper_sections(snapshot: Snapshot, name: str) -> list[Table]:
    """The file of a paper, with its size; nothing where no file is kept."""
    paper = snapshot.get(name)
    if not isinstance(paper, Paper) or not paper.checksum:
        return []
    found = store.file_of(paper.checksum)
    if found is None:
        return []
    file, suffix = found
    size = f"{max(1, file.stat().st_size // 1024):,} KB"
    return [
        table(
            snapshot, "The file", ("File", "Form and size"), [(name, paper)],
            lambda own, _: (
                Link("Save the file", f"{path_of(own)}/file"), f"{_CALLED[suffix]}, {size}"
            ),
        )
    ]  # fmt: skip
