"""Fresh records in real databases, for tests: SQLite in a file, PostgreSQL on a server.

Each database is migrated once in a run and then copied for every test that asks for one.
"""

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.management import call_command
from django.db import connections

from commonweal_site.record.book import Book
from commonweal_site.settings import DATABASES

SERVER = "COMMONWEAL_TEST_POSTGRES"


def sqlite(file):
    """Settings of a database in a file."""
    options = {**_DEFAULT["OPTIONS"]} if "sqlite" in _DEFAULT["ENGINE"] else {}
    # Seconds that a writer waits for its turn: on a busy machine the other may be slow.
    options["timeout"] = 120
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": options}


def postgres(name):
    """Settings of a database on the test server."""
    server = urlsplit(os.environ[SERVER])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name or server.path.lstrip("/"),
        "USER": server.username or "",
        "PASSWORD": server.password or "",
        "HOST": server.hostname or "",
        "PORT": str(server.port or ""),
    }


_DEFAULT = DATABASES["default"]


def address(settings):
    """What COMMONWEAL_DATABASE holds for a database on the test server."""
    return urlsplit(os.environ[SERVER])._replace(path=f"/{settings['NAME']}").geturl()


@contextmanager
def known(settings):
    """A name by which Django knows a database while the block lasts."""
    name = f"test-{uuid4().hex[:12]}"
    connections.databases[name] = connections.configure_settings({"default": {}, name: settings})[
        name
    ]
    try:
        yield name
    finally:
        connections[name].close()
        del connections[name], connections.databases[name]


def migrate(settings):
    """Make the tables of a database."""
    with known(settings) as name:
        call_command("migrate", database=name, verbosity=0)


class Sqlite:
    """Makes records in SQLite files."""

    def __init__(self, folder):
        self.template = Path(folder) / "template.sqlite3"
        migrate(sqlite(self.template))

    @contextmanager
    def fresh(self, folder):
        """A record in a new file."""
        file = Path(folder) / "commonweal.sqlite3"
        shutil.copy(self.template, file)
        with known(sqlite(file)) as name:
            yield Book(name)


class Postgres:
    """Makes records in databases of the test server."""

    def __init__(self):
        self.template = f"commonweal_{uuid4().hex[:12]}"
        self._run(f"create database {self.template}")
        migrate(postgres(self.template))

    def _run(self, statement):
        with known(postgres("")) as name, connections[name].cursor() as cursor:
            cursor.execute(statement)

    @contextmanager
    def fresh(self, _folder):
        """A record in a new database."""
        fresh = f"commonweal_{uuid4().hex[:12]}"
        self._run(f"create database {fresh} template {self.template}")
        try:
            with known(postgres(fresh)) as name:
                yield Book(name)
        finally:
            self.drop(fresh)

    def drop(self, name):
        with suppress(KeyError):
            self._run(f"drop database {name} with (force)")


def raw(book, sql, parameters=None):
    """Rows of a statement put straight to the database."""
    with connections[book.using].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def vendor(book):
    """Which database it is: sqlite or postgresql."""
    return connections[book.using].vendor
