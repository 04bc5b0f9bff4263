"""The drill, from a terminal."""

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


def test_how_tangled_an_unknown_system_is_cannot_be_told(commonweal, demo):
    ran = commonweal("complexity", "exampleshir", "--dir", demo)
    assert ran.code == 2
    assert "Did you mean 'exampleshire'" in ran.err
