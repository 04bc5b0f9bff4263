"""Settings, read from the environment.

COMMONWEAL_DIR         folder of the database, secret key, boundaries and papers (./commonweal-data)
COMMONWEAL_DATABASE    postgresql://user:password@host:port/name, when SQLite is outgrown
COMMONWEAL_SECRET_KEY  signing key; made once and kept in the folder if not given
COMMONWEAL_HOSTS       host names served, comma-separated (localhost)
COMMONWEAL_DEBUG       1 for error pages with their workings; never in public
COMMONWEAL_HTTPS       1 where the site is reached over https only: cookies travel no other way
COMMONWEAL_PROXIES     how many trusted proxies stand before the site (0)
COMMONWEAL_NAME        name of the organisation that runs the site (none: the project's own)
COMMONWEAL_COPYRIGHT   what the foot of every page says of copyright
COMMONWEAL_LOGO        path under the static files of the picture in the header
COMMONWEAL_MAIL        such as smtp://mail.example.org:25 (none: mail goes to the terminal)
COMMONWEAL_MAIL_FROM   address that reminders come from (commonweal@localhost)
COMMONWEAL_IMPORT_MB   megabytes that an imported spreadsheet or document may have (5)
COMMONWEAL_IMPORT_UNPACKED_MB  the same once unpacked (40)
COMMONWEAL_IMPORT_ROWS         rows that one of its sheets or tables may have (20000)
"""

import os
import secrets
from contextlib import suppress
from datetime import timedelta
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
        _make_key(file)
    return file.read_text()


def _make_key(file: Path) -> None:
    """Put a key there whole: of several processes that start at once, one key stands for all."""
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    ours = DATA_DIR / f"secret-key-{secrets.token_hex(8)}"
    ours.touch(mode=0o600)
    ours.write_text(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        os.link(ours, file)
    ours.unlink()


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
DATABASES = {"default": {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, **_database()}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "commonweal_site.record",
    "commonweal_site.money",
    "commonweal_site.accounts",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "commonweal_site.kept.KeptPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "commonweal_site.accounts.viewing.Viewing",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "commonweal_site.day.AskedDay",
    "commonweal_site.pages.PlainErrors",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "commonweal_site.urls"
WSGI_APPLICATION = "commonweal_site.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "environment": "commonweal_site.jinja.environment",
            "trim_blocks": True,
            "lstrip_blocks": True,
        },
    }
]

FILE_UPLOAD_HANDLERS = [
    "commonweal_site.meetings.sending.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/assets/"
STATIC_ROOT = DATA_DIR / "assets"
STATIC_ROOT.mkdir(
    parents=True, exist_ok=True
)  # WhiteNoise wants it there before anything is gathered
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "commonweal_site.assets.Hashed"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_AUTOREFRESH = False

# No page has script or style of its own, so nothing needs a nonce and whole pages can be kept.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Signing in. scrypt is in Python itself and as slow to guess as Argon2: no package more.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]  # fmt: skip
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "sign-in"
# Five wrong tries of one name from one address stop that name from there for a while.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Beyond that, in the same while: so many wrong tries of one name from several addresses stop the
# name, but not for a browser from which it has signed in before; so many from one address, which
# may be that of a whole office, stop the address. The reasons are in accounts/limits.py.
TRIES_A_NAME = 30
TRIES_AN_ADDRESS = 60
KNOWN_FOR = 90 * 24 * 60 * 60
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "commonweal_site.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "commonweal_site.accounts.viewing.address"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
PROXIES = int(os.environ.get("COMMONWEAL_PROXIES", "0"))
# A session ends after two hours of doing nothing, after twelve in all, and with the browser.
# What was typed when it ends is kept, so a short session costs nobody any work.
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_AT_MOST = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("COMMONWEAL_HTTPS") == "1"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "commonweal_site.accounts.views.token_refused"

# A file that is handed in costs some fifty times its unpacked size in memory while it is read.
IMPORT_MOST_BYTES = int(float(os.environ.get("COMMONWEAL_IMPORT_MB", "5")) * 10**6)
IMPORT_MOST_UNPACKED = int(float(os.environ.get("COMMONWEAL_IMPORT_UNPACKED_MB", "40")) * 10**6)
IMPORT_MOST_ROWS = int(os.environ.get("COMMONWEAL_IMPORT_ROWS", "20000"))

# A larger record is not packed while somebody waits; `commonweal export` writes it.
DOWNLOAD_MOST_FACTS = int(os.environ.get("COMMONWEAL_DOWNLOAD_FACTS", "50000"))

BRAND = {
    "name": os.environ.get("COMMONWEAL_NAME", ""),
    "logo": os.environ.get("COMMONWEAL_LOGO", "commonweal/mark.svg"),
    "copyright": os.environ.get(
        "COMMONWEAL_COPYRIGHT", "Code and invented examples © the Commonweal contributors"
    ),
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}


def _mailers() -> dict[str, Any]:
    """Mail goes to the terminal, unless a server is named."""
    server = urlsplit(os.environ.get("COMMONWEAL_MAIL", ""))
    if not server.hostname:
        return {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    options = {
        "host": server.hostname, "port": server.port or 25, "use_ssl": server.scheme == "smtps",
        "username": server.username or "", "password": server.password or "", "timeout": 30,
    }  # fmt: skip
    return {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    }


MAILERS = _mailers()
DEFAULT_FROM_EMAIL = os.environ.get("COMMONWEAL_MAIL_FROM", "commonweal@localhost")
