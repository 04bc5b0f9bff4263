"""The page on methods can be followed line by line."""

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/methods.md"


def test_every_example_of_the_page_comes_out_as_printed():
    blocks = re.findall(r"```pycon\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > 5
    session = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "methods.md", str(PAGE), 0)
    said = []
    found = doctest.DocTestRunner().run(session, out=said.append)
    assert found.failed == 0, "".join(said)
    assert found.attempted > 20
