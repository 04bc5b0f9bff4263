"""Which process chooses a provider, from a terminal."""

from tests.serving import run


def test_which_process_is_told_with_reasons_and_waits_without_any_record(commonweal, tmp_path):
    ran = commonweal(
        "choose-provider", "--only-capable", "no", "--choice-offered", "no", "--replaces-ending",
        "no", "--identifiable", "no", "--on", "2025-11-12", "--format", "json", "--dir", tmp_path,
    )  # fmt: skip
    assert (ran.code, ran.json["open"], ran.json["unsettled"]) == (0, ["competition"], [])
    competition = next(p for p in ran.json["processes"] if p["process"] == "competition")
    assert any("from 26 November 2025" in step["what"] for step in competition["steps"])
    in_words = commonweal("choose-provider", "--only-capable", "yes", "--on", "2025-11-12")
    assert in_words.out.startswith("Direct award A has to be used.\n")
    before = commonweal("choose-provider", "--only-capable", "yes", "--on", "2023-12-31")
    assert before.out.startswith("None of these: on 31 December 2023")


def test_a_sum_that_is_none_is_refused_with_a_sentence(commonweal):
    ran = commonweal("choose-provider", "--old", "much")
    assert ran.code != 0
    assert "'much' is not an amount" in ran.err


def test_the_day_is_today_where_none_is_named(tmp_path):
    # in a program of its own, which has set nothing up before
    told = run(tmp_path, "choose-provider", "--framework", "no", "--only-capable", "yes")
    assert told.startswith("Direct award A has to be used.\n")
