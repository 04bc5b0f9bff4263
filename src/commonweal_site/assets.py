"""Style sheets and pictures: gathered once, named by their content, compressed."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Hashed(CompressedManifestStaticFilesStorage):
    """Names by content where the files have been gathered, else names as they are."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))


def gather() -> None:
    """Bring the gathered files up to date; quick where nothing has changed."""
    stamp = Path(settings.STATIC_ROOT) / "gathered"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def _fingerprint() -> str:
    found = sha256()
    for folder in settings.STATICFILES_DIRS:
        for file in sorted(Path(folder).rglob("*")):
            if file.is_file():
                found.update(f"{file.relative_to(folder)}".encode())
                found.update(file.read_bytes())
    return found.hexdigest()
