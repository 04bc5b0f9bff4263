"""Peers under another licence are measured apart, and nothing of ours depends on them."""

import re
import sys

import pytest

from bench.peer import environment
from tools.tree import ROOT, files

APART = ("beancount", "phstatsmethods", "abspc", "ciw")
IMPORTS = re.compile(
    rf"^\s*(?:import|from)\s+(?:{'|'.join(APART)})\b", re.MULTILINE | re.IGNORECASE
)


@pytest.mark.parametrize("file", ["pyproject.toml", "constraints.txt", "requirements.lock"])
def test_no_list_of_what_we_need_names_them(file):
    named = re.findall(r"[\w-]+", (ROOT / file).read_text().lower())
    assert not set(APART) & set(named)


def test_only_their_own_scripts_import_them():
    scripts = environment.HERE / "scripts"
    found = [path for path in files() if path.suffix == ".py" and IMPORTS.search(path.read_text())]
    assert [path for path in found if path.parent != scripts] == []
    assert found


def test_without_their_environment_they_are_not_measured(tmp_path):
    assert environment.run("abspc", {}, place=tmp_path / "none") is None


def test_an_environment_of_other_versions_is_not_measured(tmp_path):
    (tmp_path / "peers.txt").write_text("abspc==0.0.1\n")
    assert environment.run("abspc", {}, place=tmp_path) is None


def test_a_peer_that_fails_says_so(tmp_path):
    (tmp_path / "peers.txt").write_text("")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    with pytest.raises(environment.PeerFailed, match="abspc: "):
        environment.run("abspc", {}, tmp_path, tmp_path / "peers.txt")
