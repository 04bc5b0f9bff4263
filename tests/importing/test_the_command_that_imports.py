"""The command says what an import would do, with every fault, and writes all of it or nothing."""

import pytest
import yaml

from commonweal.record.packs import read_pack
from commonweal.vocabulary import VOCABULARY
from tests.commands.conftest import commonweal, run  # noqa: F401 - the first is a fixture
from tests.importing.papers import workbook

BOARD = "exampleshire/body/icb"
POST = "Director of integrated commissioning"
GOOD = workbook(["Ref", "Function", POST], ["7.1", "Write off losses", "✓"])
UNSURE = workbook(["Function", POST], ["Write of loses", "✓"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the invented system loaded, for this file alone."""
    made = tmp_path_factory.mktemp("import")
    packs = [f"packs/{each}" for each in ("england", "exampleshire")]
    loaded = run("load", *packs, "--dir", made)
    assert loaded.code == 0, loaded.err
    return made


def imports(folder, data, *more, name="scheme.xlsx", shape="tick-matrix", day="2026-12-01"):
    file = folder / name
    file.write_bytes(data)
    return run(
        "import", "scheme", file, "--dir", folder, "--shape", shape, "--system", "exampleshire",
        "--from", day, "--instrument", "Winter scheme", "--body", BOARD, *more,
    )  # fmt: skip


def delegations(folder):
    listed = run("list", "delegation", "--system", "exampleshire", "--as-at", "2026-12-01",
                 "--format", "json", "--dir", folder)  # fmt: skip
    return {each["id"]: each for each in listed.json}


def test_a_check_says_what_would_be_written_and_writes_nothing(folder):
    before = delegations(folder)
    said = imports(folder, GOOD, "--check")
    assert said.code == 0, said.err
    assert "+ assert exampleshire/delegation/losses-integrated-commissioning" in said.out
    assert "3 would change; 0 already agreed; 0 faults; 0 to settle." in said.out
    assert delegations(folder) == before


def test_names_to_settle_and_faults_are_listed_and_nothing_is_written(folder):
    before = delegations(folder)
    said = imports(folder, UNSURE)
    assert said.code == 1
    assert (
        "? scheme.xlsx, sheet ‘Scheme’, row 2, column A: the function “Write of loses”" in said.out
    )
    assert "exampleshire/function/losses" in said.out
    wrong = workbook(["Function", POST], ["Write off losses", "(£5)"])
    said = imports(folder, wrong, shape="role-by-limit")
    assert said.code == 1
    assert (
        "! scheme.xlsx, sheet ‘Scheme’, row 2, column B (“(£5)”): an amount below nothing"
        in said.out
    )
    assert delegations(folder) == before


def test_a_mapping_settles_each_name_once(folder):
    file = folder / "mapping.yaml"
    file.write_text("functions: {Write of loses: exampleshire/function/losses}")
    said = imports(folder, UNSURE, "--mapping", file, "--check")
    assert (said.code, "0 to settle" in said.out) == (0, True)
    file.write_text("functons: {}")
    assert "Did you mean 'functions'?" in imports(folder, UNSURE, "--mapping", file).err
    file.write_text("marks: {x: perhaps}")
    assert "cannot mean ‘perhaps’" in imports(folder, UNSURE, "--mapping", file).err


def test_a_pack_can_be_written_instead_of_the_record(folder):
    before = delegations(folder)
    said = imports(folder, GOOD, "--to-pack", folder / "winter")
    assert said.code == 0, said.err
    files = {each.name: each.read_text() for each in (folder / "winter").glob("*.yaml")}
    read = read_pack("winter", files, VOCABULARY)
    assert {each.entity.split("/")[1] for each in read.items} == {
        "pack",
        "document",
        "instrument",
        "delegation",
    }
    (written,) = yaml.safe_load(files["delegations.yaml"])
    assert written["line"] == "7.1"
    assert delegations(folder) == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scheme.xlsx", b"%PDF-1.7", "but a PDF"),
        ("scheme.xlsm", GOOD, "macros"),
        ("scheme.pdf", b"%PDF-1.7", "only .xlsx"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_one_sentence(folder, name, data, said):
    answer = imports(folder, data, name=name)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("commonweal import: ")
    assert said in answer.err


def test_a_day_before_the_record_begins_is_refused_with_the_first_that_is_not(folder):
    answer = imports(folder, GOOD, day="1990-01-01")
    assert answer.code == 1
    assert "Its record begins on 1 October 2021" in answer.out


def test_what_is_imported_can_be_asked_about_and_imported_twice_changes_nothing(folder):
    basis = ("--basis", "england/basis/board-own", "--replaces", "scheme-2")
    assert "+ withdraw exampleshire/delegation/losses" in imports(folder, GOOD, *basis).out
    found = delegations(folder)
    assert "exampleshire/delegation/losses" not in found
    question = ("may", "exampleshire/post/integrated-commissioning", "--function", "losses", "--area",
                "exampleshire/area/system", "--as-at", "2026-12-02", "--dir", folder)  # fmt: skip
    assert run(*question).out.startswith("Allowed")
    assert run(*question, "--amount", "1").out.startswith("Cannot tell")
    again = imports(folder, GOOD, *basis[:2])
    assert (again.code, "0 would change; 1 already agreed" in again.out) == (0, True)
    assert delegations(folder) == found
