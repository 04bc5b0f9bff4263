"""A writer that dies at any point leaves the record as it was before, or as it is after: never between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from tests.record.crashing import begin

ROOT = Path(__file__).resolve().parents[2]


def crashes(book, how, times=20):
    """How so many killed writes ended: before, after, or (not killed in time) finished."""
    settings = connections[book.using].settings_dict
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    asked = {
        "settings": {name: settings[name] for name in wanted},
        "how": how,
        "times": times,
        "entries": book.head.number,
    }
    connections[book.using].close()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.record.crashing"],
        input=json.dumps(asked),
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.slow
def test_a_writer_killed_between_statements(book):
    begin(book)
    ends = crashes(book, "statement")
    assert ends["before"] > 5
    assert ends["finished"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("empty", [False, True])
def test_a_writer_killed_within_a_statement(sqlite, tmp_path, empty):
    """Into an empty record, storing goes on beside working out what comes next."""
    with sqlite.fresh(tmp_path) as book:
        if not empty:
            begin(book)
        ends = crashes(book, "step")
        assert ends["before"] > 5


@pytest.mark.slow
def test_a_writer_killed_at_any_moment(book):
    begin(book)
    ends = crashes(book, "moment")
    assert ends["before"] + ends["after"] > 5
