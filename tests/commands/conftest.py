"""The command as a person runs it: a process of its own, on a record of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)  # each starts a Python of its own


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def run(*arguments, stdin=None):
    """Run `commonweal` with arguments, away from any record of the person who runs the tests."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("COMMONWEAL")
    }
    done = subprocess.run(
        [sys.executable, "-m", "commonweal_site.command", *map(str, arguments)],
        capture_output=True, text=True, check=False, env=environment, input=stdin,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def commonweal():
    return run


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A folder with the shipped packs loaded. Tests must not write to it."""
    folder = tmp_path_factory.mktemp("demo")
    made = run("demo", "--dir", folder, "--no-serve")
    assert made.code == 0, made.err
    return folder
