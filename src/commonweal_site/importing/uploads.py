"""Files that officers have handed in and not yet written, kept for a day in the data folder."""

import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from .files import RefusedFile, too_big

_SALT = "commonweal.import"
_A_DAY = 24 * 60 * 60


def keep(name: str, data: bytes, *, officer: str) -> str:
    """Keep a file for an officer; what is given back brings it back, to them alone."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder)
    digest = sha256(officer.encode() + b"\0" + data).hexdigest()
    # It may hold what is not for publication: nobody else on the machine reads it.
    (folder / digest).touch(mode=0o600)
    (folder / digest).write_bytes(data)
    return signing.dumps({"file": digest, "name": name, "officer": officer}, salt=_SALT)


def kept(token: str, *, officer: str) -> tuple[str, bytes]:
    """The name and content of a file that an officer handed in.

    raises  RefusedFile if it is not there any more, or not theirs
    """
    try:
        said = signing.loads(token, salt=_SALT, max_age=_A_DAY)
        if said["officer"] == officer:
            return said["name"], (_folder() / said["file"]).read_bytes()
    except (signing.BadSignature, FileNotFoundError):
        pass
    raise RefusedFile("The file is not here any more. Choose it again.")


def handed_in(
    request: HttpRequest, *, officer: str, ask: str, pasted: str = ""
) -> tuple[str, bytes, str]:
    """What an officer hands in, or did on an earlier page: name, content, and how to ask again.

    ask     what to say if there is nothing
    pasted  text typed in place of a file
    raises  RefusedFile
    """
    sent = request.FILES.get("file")
    if sent is not None:
        name = sent.name or "file"
        too_big(name, sent.size or 0)
        data = sent.read()
        return name, data, keep(name, data, officer=officer)
    if stopped := getattr(request, "too_large", ""):
        raise RefusedFile(str(stopped))
    if pasted.strip():
        name, data = "pasted.txt", pasted.encode()
        too_big(name, len(data))
        return name, data, keep(name, data, officer=officer)
    if token := request.POST.get("token", ""):
        return *kept(token, officer=officer), token
    raise RefusedFile(ask)


def forget(token: str) -> None:
    """Let a kept file go, once it has been written."""
    said = signing.loads(token, salt=_SALT)
    (_folder() / said["file"]).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def _forget_old(folder: Path) -> None:
    for each in folder.iterdir():
        # Another process may forget it at the same time.
        with suppress(FileNotFoundError):
            if each.stat().st_mtime < time.time() - _A_DAY:
                each.unlink()
