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
