"""Fresh databases for a measurement."""

import os
import shutil
import sqlite3
from pathlib import Path

from django.core.management import call_command
from django.db import connection


def file():
    """Where the measured record lies."""
    return Path(os.environ["COMMONWEAL_DIR"]) / "commonweal.sqlite3"


class database:  # noqa: N801  # reads as what it is: database(file).copy(other)
    """An SQLite database in a file."""

    def __init__(self, path):
        self.path = path

    def copy(self, to):
        """Copy it whole, its journal included."""
        connection.close()
        with sqlite3.connect(self.path) as source:
            source.execute("pragma wal_checkpoint(truncate)")
        shutil.copy(self.path, to)


def fresh(template=None):
    """Begin with an empty record, or with a copy of one."""
    connection.close()
    for left in file().parent.glob("commonweal.sqlite3*"):
        left.unlink()
    if template:
        shutil.copy(template, file())
    else:
        call_command("migrate", verbosity=0)
