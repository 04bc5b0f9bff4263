"""The gate runs everything, and shows every failure rather than the first."""

import subprocess
import sys

import pytest

from tools import check
from tools.tree import ROOT


def saying(name, words, code):
    script = f"import sys; print({words!r}); sys.exit({code})"
    return check.Check(name, f"says {words}", [sys.executable, "-c", script])


THREE = [
    saying("one", "first fault", 1),
    saying("two", "all well", 0),
    saying("six", "last fault", 3),
]


def test_every_failure_is_shown_and_the_table_comes_last(capsys):
    assert check.main([], THREE) == 1
    said = capsys.readouterr().out
    assert "first fault" in said.split("passed")[0]
    assert "last fault" in said
    assert said.rstrip().endswith("3 checks. 2 failed: one, six.")


def test_a_check_that_passes_keeps_quiet(capsys):
    assert check.main(["two"], THREE) == 0
    said = capsys.readouterr().out
    assert "all well" not in said.splitlines()
    assert said.rstrip().endswith("1 checks. All passed.")


def test_what_is_named_after_but_is_left_to_another(capsys):
    assert check.main(["--but", "one", "six"], THREE) == 0
    said = capsys.readouterr().out
    assert said.rstrip().endswith("1 checks. All passed.")
    assert check.main(["--but", "typo"], THREE) == 2


def test_a_program_that_is_not_there_is_a_failure_and_not_a_crash(capsys):
    assert check.main([], [check.Check("gone", "is gone", ["commonweal-no-such-program"])]) == 1
    assert "It could not be started" in capsys.readouterr().out


def test_an_unknown_name_is_answered_with_those_that_exist(capsys):
    assert check.main(["typo"], THREE) == 2
    assert "There are: one, two, six." in capsys.readouterr().out


def test_the_gate_holds_every_kind_of_check_that_was_promised():
    names = {each.name for each in check.CHECKS}
    promised = "tests types types-site imports format lint pins vendored glossary documents rooms house places"
    assert names == set(promised.split())


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_the_front_door_and_the_build_can_be_started(script):
    assert (ROOT / script).stat().st_mode & 0o111


def test_help_comes_without_making_anything_and_an_unknown_word_is_answered():
    assert (
        "./run demo"
        in subprocess.run([ROOT / "run"], capture_output=True, text=True, check=True).stdout
    )
    wrong = subprocess.run([ROOT / "run", "typo"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "There is no './run typo'. There are: demo," in wrong.stderr
