"""The command: what it prints, what it refuses, and its exit codes."""

import csv
import io
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

PLACE_BOARD = "hampshire-and-isle-of-wight/body/southampton-place-board"


def test_the_command_alone_prints_a_page_of_help(commonweal):
    ran = commonweal()
    assert ran.code == 0
    assert "examples:" in ran.out
    assert "commonweal check dorset --as-at 2022-07-01" in ran.out


@pytest.mark.parametrize("name", ["demo", "load", "export", "check", "list", "show", "verify"])
def test_each_command_has_help_that_says_what_it_does(commonweal, name):
    ran = commonweal(name, "--help")
    assert ran.code == 0
    assert "--dir D" in ran.out


def test_a_folder_without_a_record_is_answered_with_how_to_make_one(commonweal, tmp_path):
    ran = commonweal("list", "body", "--dir", tmp_path / "nothing")
    assert ran.code == 2
    assert "There is no record in" in ran.err
    assert "commonweal demo --dir" in ran.err
    assert not (tmp_path / "nothing").exists()


def test_demo_twice_changes_nothing_the_second_time(commonweal, demo, tmp_path):
    shutil.copytree(demo, tmp_path / "again")
    ran = commonweal("demo", "--dir", tmp_path / "again", "--no-serve")
    assert ran.code == 0
    assert "Nothing had changed since they were last loaded." in ran.out


@pytest.mark.parametrize(
    ("day", "boards", "groups"),
    [
        ("2022-06-30", 0, 106),
        ("2022-07-01", 42, 0),
        ("2026-03-31", 42, 0),
        ("2026-04-01", 36, 0),
    ],
)
def test_england_has_106_groups_then_42_then_36_boards(commonweal, demo, day, boards, groups):
    asked = ("--dir", demo, "--as-at", day, "--format", "json")
    assert len(commonweal("list", "body", "--type", "icb", *asked).json) == boards
    assert len(commonweal("list", "body", "--type", "ccg", *asked).json) == groups


def test_a_list_is_an_array_with_identifiers_dates_and_sources(commonweal, demo):
    rows = commonweal(
        "list", "area", "--type", "cluster", "--system", "hampshire-and-isle-of-wight",
        "--as-at", "2018-10-01", "--dir", demo, "--format", "json",
    ).json  # fmt: skip
    assert len(rows) == 36
    assert rows[0]["id"] == "hampshire-and-isle-of-wight/area/cluster-01"
    assert rows[0]["from"] == "2018-08-01"
    assert rows[0]["sources"][0]["lines"] == "371"


@pytest.mark.parametrize(
    ("asked", "where", "count"),
    [
        (("cluster",), ("hampshire-and-isle-of-wight", "2018-10-01"), 36),
        (
            (
                "area",
                "--type",
                "acute footprint",
            ),
            ("hampshire-and-isle-of-wight", "2018-10-01"),
            4,
        ),
        (("place",), ("dorset", "2021-05-17"), 2),
        (("network",), ("dorset", "2021-05-17"), 18),
        (("council",), ("north-east-and-north-cumbria", "2021-10-01"), 13),
        (("place forum",), ("north-east-and-north-cumbria", "2021-10-01"), 16),
        (("health and wellbeing board",), ("north-east-and-north-cumbria", "2021-10-01"), 12),
        (("ccg",), ("north-east-and-north-cumbria", "2021-10-01"), 8),
        (("network",), ("north-east-and-north-cumbria", "2021-10-01"), 66),
        (("seat",), ("black-country-wolverhampton", "2022-12-12"), 10),
        (("appointment",), ("black-country-wolverhampton", "2022-12-12"), 10),
    ],
)
def test_counts_tie_to_the_sources(commonweal, demo, asked, where, count):
    """36 clusters, 13 councils, 28 forums (16 and 12), 18 and 66 networks, a panel of ten."""
    system, day = where
    ran = commonweal(
        "list", *asked, "--system", system, "--as-at", day, "--dir", demo, "--format", "json"
    )
    assert len(ran.json) == count


@pytest.mark.parametrize(("kind", "count"), [("dispute", 50), ("damage", 20)])
def test_every_contradiction_and_damage_note_stands_once(commonweal, demo, kind, count):
    codes = [
        row["code"] for row in commonweal("list", kind, "--dir", demo, "--format", "json").json
    ]
    real = [code for code in codes if not code.startswith("EX")]
    assert len(real) == len(set(real)) == count


def test_invented_systems_are_listed_only_when_named(commonweal, demo):
    asked = ("list", "body", "--dir", demo, "--format", "json")
    everywhere = {row["id"].split("/")[0] for row in commonweal(*asked).json}
    named = {row["id"].split("/")[0] for row in commonweal(*asked, "--system", "exampleshire").json}
    assert "exampleshire" not in everywhere
    assert named == {"exampleshire"}


def test_a_list_as_csv_has_a_line_of_names_and_a_line_a_fact(commonweal, demo):
    ran = commonweal("list", "population", "--dir", demo, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    cumbria = next(row for row in rows if row["people"] == "324000")
    assert cumbria["kind"] == "population"


def test_show_has_facts_sources_disputes_and_history(commonweal, demo):
    ran = commonweal(
        "show", PLACE_BOARD, "--as-at", "2022-05-01", "--dir", demo, "--format", "json"
    )
    shown = ran.json
    wanted = {"id", "kind", "as_at", "known", "facts", "sources", "disputes", "history"}
    assert wanted <= set(shown)
    assert shown["as_at"] == "2022-05-01"
    assert shown["facts"][0]["status"] == "interim"
    assert shown["sources"][0]["document"] == "hampshire-and-isle-of-wight/document/soton-2022"
    assert [each["code"] for each in shown["disputes"]] == ["CON-11"]


def test_before_july_2022_eight_seats_vote_and_the_providers_are_barred(commonweal, demo):
    rows = commonweal(
        "list", "seat", "--system", "hampshire-and-isle-of-wight", "--as-at", "2022-05-01",
        "--dir", demo, "--format", "json",
    ).json  # fmt: skip
    votes = [row["voting"] for row in rows if row["body"] == PLACE_BOARD]
    assert votes.count("voting") == 8
    assert votes.count("barred") == 3


def test_the_record_as_it_was_known_before_it_began_is_empty(commonweal, demo):
    ran = commonweal("list", "body", "--known", "2001-01-01", "--dir", demo, "--format", "json")
    assert ran.json == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("list", "bodys"), "Did you mean 'body'?"),
        (("list", "body", "--type", "counsil"), "Did you mean 'council'?"),
        (("show", "dorset/body/icbb"), "Did you mean 'dorset/body/icb'"),
        (("show", "nonsense"), "Write system/kind/slug"),
        (("check", "dorsett"), "Did you mean 'dorset'?"),
        (("check", "--rule", "ICB-CON-99"), "ICB-CON-9"),
        (("list", "body", "--as-at", "1 July"), "write it like 2022-07-01"),
        (("export", "--to", "x", "dorsett"), "Did you mean 'dorset'?"),
    ],
)
def test_a_wrong_question_is_answered_with_what_to_do(commonweal, demo, arguments, says):
    ran = commonweal(*arguments, "--dir", demo)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_verify_proves_the_record(commonweal, demo):
    ran = commonweal("verify", "--dir", demo)
    assert ran.code == 0
    assert "entries prove" in ran.out


def test_verify_names_the_first_broken_entry(commonweal, demo, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(demo, broken)
    with closing(sqlite3.connect(broken / "commonweal.sqlite3")) as database, database:
        for (trigger,) in database.execute("select name from sqlite_master where type = 'trigger'"):
            database.execute(f"drop trigger {trigger}")
        database.execute(
            "update record_entry set content = replace(content, 'e', 'a') where number = 7"
        )
    ran = commonweal("verify", "--dir", broken)
    assert ran.code == 1
    assert ran.out.startswith("Entry 7 is broken: it is not as it was sealed")


def test_check_answers_in_json_and_ends_with_1_when_a_rule_is_not_met(commonweal, demo):
    ran = commonweal(
        "check", "black-country-wolverhampton", "--as-at", "2022-12-12", "--dir", demo,
        "--format", "json",
    )  # fmt: skip
    report = ran.json
    assert ran.code == 1
    assert report["as_at"] == "2022-12-12"
    assert set(report) >= {"as_at", "known", "findings", "counts"}
    for finding in report["findings"]:
        assert set(finding) >= {"rule", "outcome", "subject", "because", "source"}
        assert finding["outcome"] in {"met", "not met", "cannot tell"}
    broken = {(each["rule"], each["outcome"]) for each in report["findings"]}
    assert ("REC-WEEKDAY", "not met") in broken


def test_check_of_one_rule_that_is_met_ends_with_0(commonweal, demo):
    ran = commonweal("check", "--rule", "ICB-EST-05", "--as-at", "2022-07-01", "--dir", demo)
    assert ran.code == 0


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "html"])
def test_check_writes_every_form(commonweal, demo, form):
    ran = commonweal("check", "dorset", "--dir", demo, "--format", form)
    assert ran.out.strip()
    assert not ran.err


# --- packs in and out ---------------------------------------------------------------------------------------


def files(folder: Path):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_export_then_load_into_an_empty_record_gives_the_same_bytes(commonweal, demo, tmp_path):
    commonweal("export", "--to", tmp_path / "first", "--dir", demo)
    loaded = commonweal("load", tmp_path / "first", "--dir", tmp_path / "new")
    assert loaded.code == 0, loaded.err
    commonweal("export", "--to", tmp_path / "second", "--dir", tmp_path / "new")
    assert files(tmp_path / "second") == files(tmp_path / "first")


def test_export_then_load_gives_the_same_snapshot(commonweal, demo, tmp_path):
    commonweal("export", "--everything", "--to", tmp_path / "packs", "--dir", demo)
    commonweal("load", tmp_path / "packs", "--dir", tmp_path / "new")
    for kind in ("area", "body", "seat", "code", "dispute"):
        asked = ("list", kind, "--as-at", "2022-05-01", "--format", "json", "--dir")
        assert commonweal(*asked, demo).json == commonweal(*asked, tmp_path / "new").json


def test_the_shipped_packs_are_in_canonical_form(commonweal, demo, tmp_path):
    commonweal("export", "--everything", "--to", tmp_path, "--dir", demo)
    assert files(tmp_path) == files(Path(__file__).parents[2] / "packs")


def test_export_leaves_out_what_is_not_for_publication_and_says_so(commonweal, demo, tmp_path):
    ran = commonweal("export", "exampleshire", "--to", tmp_path, "--dir", demo)
    assert "not for publication" in ran.out
    assert all(b"exempt:" not in text for text in files(tmp_path).values())


@pytest.fixture
def edited(commonweal, demo, tmp_path):
    """A record of the shipped packs, and the packs with one name changed in Dorset."""
    shutil.copytree(demo, tmp_path / "record")
    packs = tmp_path / "packs"
    shutil.copytree(Path(__file__).parents[2] / "packs", packs)
    areas = packs / "dorset" / "areas.yaml"
    areas.write_text(areas.read_text().replace("name: Dorset\n", "name: Dorset and its coast\n", 1))
    return tmp_path / "record", packs


def test_a_plan_shows_the_difference_and_writes_nothing(commonweal, edited):
    record, packs = edited
    ran = commonweal("load", packs / "dorset", "--plan", "--dir", record)
    assert "Name: Dorset → Dorset and its coast" in ran.out
    assert "1 would change" in ran.out
    again = commonweal("load", packs / "dorset", "--plan", "--dir", record)
    assert again.out == ran.out


def test_a_changed_pack_changes_only_what_differs(commonweal, edited):
    record, packs = edited
    assert "1 changed" in commonweal("load", packs / "dorset", "--dir", record).out
    assert "0 changed" in commonweal("load", packs / "dorset", "--dir", record).out
    assert commonweal("verify", "--dir", record).code == 0


def test_a_bad_pack_is_refused_whole(commonweal, edited):
    record, packs = edited
    bodies = packs / "dorset" / "bodies.yaml"
    bodies.write_text(bodies.read_text().replace("  type: council\n", "  type: counsil\n"))
    ran = commonweal("load", packs / "dorset", "--dir", record)
    assert ran.code == 2
    assert "dorset/bodies.yaml, line" in ran.err
    assert "Did you mean 'council'" in ran.err
    shown = commonweal("show", "dorset/area/system", "--dir", record, "--format", "json").json
    assert "coast" not in shown["label"]


def test_what_a_pack_no_longer_holds_is_withdrawn_only_when_asked(commonweal, edited):
    record, packs = edited
    (packs / "dorset" / "damage-notes.yaml").unlink()
    kept = commonweal("load", packs / "dorset", "--dir", record)
    assert "On record but not in the packs" in kept.out
    asked = ("list", "damage", "--system", "dorset", "--format", "json", "--dir", record)
    assert commonweal(*asked).json
    commonweal("load", packs / "dorset", "--prune", "--dir", record)
    assert commonweal(*asked).json == []


# --- proofs -------------------------------------------------------------------------------------------------


def test_an_entry_is_proved_to_stand_in_the_log(commonweal, demo):
    proof = commonweal("prove", "--entry", "7", "--dir", demo).json
    assert proof["number"] == 7
    assert proof["holds"] is True


def test_the_log_is_proved_only_to_have_grown(commonweal, demo):
    proof = commonweal("prove", "--grown-from", "70", "--dir", demo).json
    assert proof["old"] == 70
    assert proof["holds"] is True


def test_an_entry_that_is_not_in_the_log_cannot_be_proved(commonweal, demo):
    ran = commonweal("prove", "--entry", "999999", "--dir", demo)
    assert ran.code == 2
    assert "999,999" in ran.err or "999999" in ran.err
