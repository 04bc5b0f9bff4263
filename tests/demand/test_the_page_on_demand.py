"""The page on demand can be followed line by line, and what it points to is there."""

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/demand.md"


def test_every_example_of_the_page_comes_out_as_printed():
    said = []
    page = PAGE.read_text(encoding="utf-8").replace("```", "")
    session = doctest.DocTestParser().get_doctest(page, {}, "demand.md", str(PAGE), 0)
    found = doctest.DocTestRunner().run(session, out=said.append)
    assert found.failed == 0, "".join(said)
    assert found.attempted > 15


def test_every_file_that_the_page_points_to_is_there():
    pointed = re.findall(r"\]\(([^)#]+)", PAGE.read_text(encoding="utf-8"))
    assert len(pointed) > 5
    assert [each for each in pointed if not (PAGE.parent / each).exists()] == []
