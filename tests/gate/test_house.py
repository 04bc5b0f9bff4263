"""The rules of the house that no linter holds."""

import pytest

from tools import house

QUIET = "# no" + "qa: S105"
UNTYPED = "# type: " + "ignore[misc]"


@pytest.mark.parametrize(
    "comment", [QUIET, UNTYPED, f"{UNTYPED}  {QUIET}", f"{QUIET} -", f"{QUIET} - stub"]
)
def test_a_warning_silenced_without_a_reason_is_found(comment):
    assert house.faults("src/a.py", f"x = 1\ny = 2  {comment}\n") == [
        "src/a.py:2 silences a warning without a reason"
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"y = 2  {QUIET} - a key for tests guards nothing\n",
        f"y = 2  {UNTYPED}  # the package ships no types\n",
        f"# The package ships no types.\ny = 2  {UNTYPED}\n",
        f"y = '{QUIET}'\n",
    ],
)
def test_one_with_a_reason_is_not(text):
    assert house.faults("src/a.py", text) == []


def test_a_file_may_have_six_hundred_lines_and_no_more():
    assert house.faults("src/a.py", "x = 1\n" * 600) == []
    assert house.faults("src/a.py", "x = 1\n" * 601) == [
        "src/a.py has 601 lines; divide it before it passes 600"
    ]


@pytest.mark.parametrize("path", ["src/commonweal/utils.py", "src/commonweal/common/areas.py"])
def test_a_drawer_is_found(path):
    assert house.faults(path, "") == [f"{path} is a drawer: name it for what is in it"]


def test_a_name_that_only_holds_the_word_is_not_a_drawer():
    assert house.faults("src/commonweal/commonwealth.py", "") == []
