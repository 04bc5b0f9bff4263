"""Links lead somewhere, pictures are shown, commands are written about."""

import pytest

from tools import documents


@pytest.fixture
def project(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/map.png").write_bytes(b"")
    (tmp_path / "GUIDE.md").write_text("# Guide\n\n## What is *not* there yet?\n")
    return tmp_path


def page(project, text):
    path = project / "README.md"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    "text",
    [
        "[guide](GUIDE.md)",
        "[part](GUIDE.md#what-is-not-there-yet)",
        "# Here\n[up](#here)",
        "![map](docs/map.png)",
        '<img src="docs/map.png" alt="A map">',
        "[out](https://example.org/nothing)",
        "```\n[an example](nowhere.md)\n```",
        "`[an example](nowhere.md)`",
    ],
)
def test_a_link_that_leads_somewhere_is_no_fault(project, text):
    assert documents.broken(page(project, text), project) == []


@pytest.mark.parametrize(
    "text",
    ["[gone](GONE.md)", "[part](GUIDE.md#gone)", "![gone](docs/gone.png)", "[up](#gone)"],
)
def test_a_link_that_leads_nowhere_is_found(project, text):
    [fault] = documents.broken(page(project, text), project)
    assert fault.startswith("README.md leads to ")


def test_a_picture_no_document_shows_is_found(project):
    picture = project / "docs/map.png"
    without, with_it = page(project, "No map."), project / "GUIDE.md"
    assert documents.unshown([without], [picture], project) == [
        "docs/map.png is shown in no document"
    ]
    with_it.write_text("![map](docs/map.png)")
    assert documents.unshown([without, with_it], [picture], project) == []


HELP = """Commonweal: the working record.

  demo     load the packs and serve the site
  verify   check the chain again

Start with `commonweal demo`.
"""


def test_a_command_no_document_mentions_is_found():
    assert documents.undocumented(HELP, "Run `commonweal demo`.") == [
        "no document says what `commonweal verify` does"
    ]
    assert documents.undocumented(HELP, "commonweal demo and commonweal verify") == []


def test_help_without_a_list_of_commands_is_found():
    assert documents.undocumented("usage: commonweal", "commonweal demo") != []
