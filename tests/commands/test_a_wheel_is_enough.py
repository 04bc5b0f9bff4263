"""A wheel alone has what the demo needs: packs, glossary, rules, templates."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ASKS = """
import sys
from commonweal_site.command import main
for arguments in ({load}, {ask}):
    code = main(arguments)
    if code:
        sys.exit(code)
from commonweal_site import glossary
print("terms:", len(glossary.terms()), glossary.__file__)
"""


@pytest.mark.slow
def test_the_demo_runs_from_a_wheel_without_a_checkout(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    data = str(tmp_path / "data")
    script = ASKS.format(
        load=["demo", "--no-serve", "--dir", data],
        ask=["list", "body", "--type", "icb", "--as-at", "2026-04-01", "--dir", data],
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "from 13 packs" in done.stdout
    assert "NHS Dorset Integrated Care Board" in done.stdout
    last = done.stdout.strip().splitlines()[-1]
    assert str(site) in last, "the code of the wheel was asked, not that of the checkout"
    assert int(last.split()[1]) > 50
