"""What sources answered, kept as it came: by its hash, with when and from which address.

Nothing kept is rewritten. An answer whose file no longer has its hash is as good as none.
"""

import hashlib
from datetime import datetime
from pathlib import Path

import msgspec

from commonweal.record.errors import SpeakingError


class NothingKept(SpeakingError):
    """No answer of this address is kept, or its file was changed since."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One answer.

    received  when it came
    checked   when its source last said that nothing had changed
    etag, modified  what the source wants to be told when it is asked again
    """

    address: str
    sha256: str
    size: int
    received: datetime
    checked: datetime
    media: str = ""
    etag: str = ""
    modified: str = ""


class Answers:
    """The answers in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, address: str) -> tuple[Kept, ...]:
        """Every answer of an address, the first first."""
        file = self._list(address)
        if not file.is_file():
            return ()
        return msgspec.json.decode(file.read_bytes(), type=tuple[Kept, ...])

    def newest(self, address: str) -> Kept | None:
        """The last answer, if its file is still what came."""
        kept = self.of(address)
        return kept[-1] if kept and self._whole(kept[-1]) else None

    def every(self) -> tuple[Kept, ...]:
        """The last answer of every address, by address."""
        files = (self.folder / "asked").glob("*.json")
        lists = (msgspec.json.decode(each.read_bytes(), type=tuple[Kept, ...]) for each in files)
        return tuple(sorted((each[-1] for each in lists), key=lambda kept: kept.address))

    def keep(self, fresh: Kept, content: bytes) -> Kept:
        """Keep an answer under its hash; the same content again is the same answer, seen later."""
        self._write(self.path(fresh), content)
        before = self.of(fresh.address)
        if before and before[-1].sha256 == fresh.sha256:
            fresh = msgspec.structs.replace(fresh, received=before[-1].received)
            before = before[:-1]
        self._write(self._list(fresh.address), msgspec.json.encode((*before, fresh)))
        return fresh

    def confirm(self, kept: Kept, at: datetime) -> Kept:
        """Note that the source said at an instant that nothing had changed."""
        confirmed = msgspec.structs.replace(kept, checked=at)
        said = (*self.of(kept.address)[:-1], confirmed)
        self._write(self._list(kept.address), msgspec.json.encode(said))
        return confirmed

    def content(self, kept: Kept) -> bytes:
        """What came.

        raises  NothingKept
        """
        if not self._whole(kept):
            raise NothingKept(f"The answer of {kept.address} is no longer as it came. Fetch it.")
        return self.path(kept).read_bytes()

    def path(self, kept: Kept) -> Path:
        """The file that holds it."""
        return self.folder / "answers" / kept.sha256

    def _whole(self, kept: Kept) -> bool:
        path = self.path(kept)
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == kept.sha256

    def _list(self, address: str) -> Path:
        return self.folder / "asked" / f"{hashlib.sha256(address.encode()).hexdigest()}.json"

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        """Never half a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.fresh")
        fresh.write_bytes(content)
        fresh.replace(path)
