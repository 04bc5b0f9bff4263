"""The page on queues can be followed line by line."""

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs/queues.md"


def test_every_example_of_the_page_comes_out_as_printed():
    said = []
    page = PAGE.read_text(encoding="utf-8").replace("```", "")
    session = doctest.DocTestParser().get_doctest(page, {}, "queues.md", str(PAGE), 0)
    found = doctest.DocTestRunner().run(session, out=said.append)
    assert found.failed == 0, "".join(said)
    assert found.attempted > 20
