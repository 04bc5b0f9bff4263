"""What a machine lacks is said once; in continuous integration it fails the run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
CHAPTER = """
import pytest

@pytest.mark.postgres
def test_on_postgres():
    pass

@pytest.mark.browser
def test_in_a_browser():
    pass

def test_anywhere():
    pass
"""
SKIPS = "import pytest\n\ndef test_left_out():\n    pytest.skip('not today')\n"


@pytest.fixture
def suite(tmp_path):
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text())
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  postgres\n  browser\n")

    def run(chapter, *options, ci="", path="/nowhere", server=""):
        (tmp_path / "test_chapter.py").write_text(chapter)
        told = {"CI": ci, "PATH": path, "COMMONWEAL_TEST_POSTGRES": server, "HOME": str(tmp_path)}
        command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:xdist", *options]
        environment = {k: v for k, v in os.environ.items() if k == "SYSTEMROOT"}
        settings = {"DJANGO_SETTINGS_MODULE": "commonweal_site.settings"}
        environment |= {"PYTHONPATH": str(CONFTEST.parents[1]), **settings, **told}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return run


def test_on_a_bare_machine_they_are_left_out_with_one_line_each(suite):
    done = suite(CHAPTER)
    assert done.returncode == 0, done.stdout
    assert "1 passed, 2 skipped" in done.stdout
    assert done.stdout.count("1 tests were left out: they need Chromium") == 1
    assert done.stdout.count("1 tests were left out: they need PostgreSQL") == 1


@pytest.mark.parametrize("mark", ["browser", "postgres"])
def test_in_continuous_integration_a_missing_program_fails(suite, mark):
    done = suite(CHAPTER, "-m", mark, ci="true")
    assert done.returncode != 0
    assert f"1 tests marked {mark} need" in done.stderr


def test_tests_that_were_deselected_ask_for_nothing(suite):
    done = suite(CHAPTER, "-m", "not postgres and not browser", ci="true")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_with_what_they_need_they_run(suite, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/chromium").write_text("#!/bin/sh\n")
    (tmp_path / "bin/chromium").chmod(0o755)
    done = suite(CHAPTER, ci="true", path=str(tmp_path / "bin"), server="postgresql://anywhere")
    assert "3 passed" in done.stdout


def test_in_continuous_integration_any_skip_fails(suite):
    assert suite(SKIPS).returncode == 0
    done = suite(SKIPS, ci="true")
    assert done.returncode == 1
    assert (
        "Skipped, which fails continuous integration: test_chapter.py::test_left_out" in done.stdout
    )
