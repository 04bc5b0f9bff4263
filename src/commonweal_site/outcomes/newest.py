"""Which revision of the store of figures is the newest; read without opening the store."""

from datetime import datetime
from pathlib import Path

import msgspec
from django.conf import settings


class Newest(msgspec.Struct, frozen=True):
    """A revision, in as far as pages hang on it."""

    number: int
    recorded: datetime


def newest(known: datetime | None = None) -> Newest | None:
    """The newest revision of the site's store at an instant, now unless given; None, if none."""
    folder = Path(settings.DATA_DIR) / "figures" / "revisions"
    for file in sorted(folder.glob("*.json"), reverse=True):
        found = msgspec.json.decode(file.read_bytes(), type=Newest)
        if known is None or found.recorded <= known:
            return found
    return None
