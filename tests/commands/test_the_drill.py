"""The drill, from a terminal."""

import shutil

import pytest

HIOW_GROUP = "hampshire-and-isle-of-wight/body/ccg-d9y0v"
NORFOLK, SUFFOLK = "norfolk-and-waveney/body/icb", "suffolk-and-north-east-essex/body/icb"


def test_a_merger_lists_what_lost_its_home(commonweal, demo):
    ran = commonweal(
        "drill", "merge", NORFOLK, SUFFOLK, "--on", "2026-04-01", "--dir", demo, "--format", "json"
    )
    told = ran.json
    assert (ran.code, told["how"], told["on"]) == (1, "merge", "2026-04-01")
    assert told["without_a_home"] == 6
    assert all(each["fate"] and each["because"] for each in told["items"])


def test_in_words_it_names_the_rule_of_law_and_each_home(commonweal, demo):
    ran = commonweal("drill", "abolish", HIOW_GROUP, "--on", "2022-07-01", "--dir", demo)
    assert "Passes by scheme (ICB-EST-06)" in ran.out
    assert "-> england/power/boards-health-services" in ran.out


def test_a_merger_of_one_body_is_refused(commonweal, demo):
    ran = commonweal("drill", "merge", NORFOLK, NORFOLK, "--on", "2026-04-01", "--dir", demo)
    assert ran.code == 2
    assert "two bodies or more" in ran.err


def test_a_body_that_ended_before_is_refused(commonweal, demo):
    ran = commonweal("drill", "abolish", HIOW_GROUP, "--on", "2023-07-01", "--dir", demo)
    assert ran.code == 2
    assert "2023-06-30" in ran.err


def test_how_tangled_a_system_is_is_counted_before_and_after_a_change(commonweal, demo):
    places = ("exampleshire/body/north-place-board", "exampleshire/body/south-place-board")
    asked = ("complexity", "exampleshire", "--as-at", "2026-12-01", "--without", *places)
    told = commonweal(*asked, "--dir", demo, "--format", "json").json
    assert told["after"]["bodies"] == told["now"]["bodies"] - 1
    ran = commonweal(*asked, "--dir", demo)
    assert ran.code == 0
    assert "After the change: " in ran.out


def test_how_tangled_a_system_is_on_two_days_is_told_side_by_side(commonweal, demo):
    asked = ("complexity", "hampshire-and-isle-of-wight", "--before", "2022-06-30")
    ran = commonweal(*asked, "--after", "2022-07-01", "--dir", demo, "--format", "json")
    assert (ran.json["as_at"], ran.json["then"]) == ("2022-06-30", "On 1 July 2022")
    assert (ran.json["now"]["hand_offs"], ran.json["after"]["hand_offs"]) == (4, 1)


def test_how_tangled_an_unknown_system_is_cannot_be_told(commonweal, demo):
    ran = commonweal("complexity", "exampleshir", "--dir", demo)
    assert ran.code == 2
    assert "Did you mean 'exampleshire'" in ran.err


# A plan of homes

NEW = "exampleshire/body/one-place-board"
PLACES = ("exampleshire/body/north-place-board", "exampleshire/body/south-place-board")
MERGER = ("drill", "merge", *PLACES, "--into", NEW, "--on", "2027-02-01")


@pytest.fixture
def plan(commonweal, demo, tmp_path):
    """A plan of homes for two place boards, as the command writes it."""
    file = tmp_path / "plan.yaml"
    ran = commonweal(*MERGER, "--plan", file, "--dir", demo)
    assert ran.code == 0, ran.err
    return file


def test_a_plan_of_homes_is_written_once_and_says_what_is_still_homeless(commonweal, demo, plan):
    again = commonweal(*MERGER, "--plan", plan, "--dir", demo)
    assert again.code == 2
    assert "is there already" in again.err
    checked = commonweal("drill", "--plan", plan, "--check", "--dir", demo)
    assert checked.code == 1
    assert f"Homeless: {NEW} has no name yet." in checked.out
    told = commonweal("drill", "--plan", plan, "--check", "--dir", demo, "--format", "json").json
    assert {"homeless", "impossible", "needed"} >= {each["type"] for each in told}


def test_a_plan_of_homes_is_carried_out_on_the_record_and_logged(commonweal, demo, plan, tmp_path):
    kept = shutil.copytree(demo, tmp_path / "kept")
    text = plan.read_text(encoding="utf-8").replace("heir: not decided", f"heir: {NEW}")
    text = text.replace("name: not decided", "name: One Place Board (invented)")
    text = text.replace("document: not decided", "document: exampleshire/document/places-paper")
    plan.write_text(text, encoding="utf-8")
    apply = ("drill", "--plan", plan, "--apply", "--dir", kept)
    assert "--by WHO --because WHY" in commonweal(*apply).err
    ran = commonweal(*apply, "--by", "Board secretary", "--because", "Two places become one")
    assert ran.code == 0, ran.err
    shown = ("show", NEW, "--dir", kept, "--format", "json", "--as-at")
    assert commonweal(*shown, "2027-01-31").code == 2
    assert "One Place Board" in commonweal(*shown, "2027-02-01").out


def test_a_plan_that_is_not_there_is_refused(commonweal, demo):
    ran = commonweal("drill", "--plan", "no-such.yaml", "--check", "--dir", demo)
    assert ran.code == 2
    assert "There is no file no-such.yaml" in ran.err


def test_neither_a_plan_nor_a_change_is_a_question_that_says_what_to_add(commonweal, demo):
    ran = commonweal("drill", "--dir", demo)
    assert ran.code == 2
    assert "Say merge, split or abolish" in ran.err
