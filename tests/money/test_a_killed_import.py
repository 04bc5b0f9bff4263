"""An import that is killed on the way leaves nothing, and the same file is then posted once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from commonweal_site.money.ledger import Ledger, Source
from commonweal_site.money.shipping import entries
from commonweal_site.record.packing import shipped
from tests.keeping import raw

ROOT = Path(__file__).resolve().parents[2]
FILE = shipped() / "exampleshire" / "ledger.csv"
DIES = """
import json, os, signal, sys
import django
django.setup()
from tests.keeping import known
from commonweal_site.money.ledger import Ledger, Source
from commonweal_site.money.shipping import entries
def dies(*given):
    os.kill(os.getpid(), signal.SIGKILL)
asked = json.load(sys.stdin)
setattr(Ledger, asked["at"], dies)
with known(asked["settings"]) as name:
    given = entries(open(asked["file"], encoding="utf-8").read())
    Ledger(name).post(given, source=Source("s", "ledger.csv"), actor="ann", reason="dies")
"""


@pytest.mark.parametrize("at", ["_tags", "_let_in"])
def test_a_killed_import_posts_nothing_and_then_once(book, at):
    settings = connections[book.using].settings_dict
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    asked = {"settings": {each: settings[each] for each in wanted}, "at": at, "file": str(FILE)}
    connections[book.using].close()
    ran = subprocess.run(
        [sys.executable, "-c", DIES], input=json.dumps(asked, default=str), cwd=ROOT, text=True,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    for table in ("money_import", "money_entry", "money_line", "money_tags", "money_balance"):
        assert raw(book, f"select count(*) from {table}") == [(0,)], table
    given, source = entries(FILE.read_text("utf-8")), Source("s", "ledger.csv")
    ledger = Ledger(book.using)
    assert not ledger.post(given, source=source, actor="ann", reason="again").before
    assert ledger.post(given, source=source, actor="ann", reason="twice").last == len(given)
    assert ledger.faults() == []
