"""Settings, read from the environment.

COMMONWEAL_DIR         folder of the embedded database, the secret key and loaded boundaries (./commonweal-data)
COMMONWEAL_DATABASE    postgresql://user:password@host:port/name, when SQLite is outgrown
COMMONWEAL_SECRET_KEY  signing key; made once and kept in the folder if not given
COMMONWEAL_HOSTS       host names served, comma-separated (localhost)
COMMONWEAL_DEBUG       1 for error pages with their workings; never in public
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
DATA_DIR = Path(os.environ.get("COMMONWEAL_DIR", "commonweal-data")).absolute()


def _secret_key() -> str:
    if given := os.environ.get("COMMONWEAL_SECRET_KEY"):
        return given
    file = DATA_DIR / "secret-key"
    if not file.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _database() -> dict[str, Any]:
    if address := os.environ.get("COMMONWEAL_DATABASE"):
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": parts.username or "",
            "PASSWORD": parts.password or "",
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": False},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "commonweal.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-65536;"
            ),
        },
    }


DEBUG = os.environ.get("COMMONWEAL_DEBUG") == "1"
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("COMMONWEAL_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(
    ","
)
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "commonweal_site.record",
]
ROOT_URLCONF = "commonweal_site.urls"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/assets/"
