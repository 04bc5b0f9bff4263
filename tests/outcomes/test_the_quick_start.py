"""The pages on methods and outcomes can be followed line by line."""

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize(("page", "most"), [("methods.md", 5), ("outcomes.md", 0)])
def test_every_example_of_the_page_comes_out_as_printed(page, most):
    path = DOCS / page
    blocks = re.findall(r"```pycon\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > most
    session = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page, str(path), 0)
    said = []
    found = doctest.DocTestRunner().run(session, out=said.append)
    assert found.failed == 0, "".join(said)
    assert found.attempted > 4 * most
