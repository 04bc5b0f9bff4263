"""Questions of authority as a person puts them in a terminal."""

import pytest

SOUTHAMPTON = ("--function", "reablement", "--area", "southampton", "--as-at", "2022-05-01")
NORTH = ("--function", "reablement", "--area", "exampleshire/area/north", "--as-at", "2026-12-01")


def test_who_may_lists_everybody_with_the_chain_and_who_is_accountable(commonweal, demo):
    done = commonweal("who-may", *SOUTHAMPTON, "--amount", "400000", "--dir", demo)
    assert done.code == 0
    assert "Southampton City Council holds “Adult social care” for Southampton by law" in done.out
    assert (
        "Cannot tell. It cannot be told whether Southampton Joint Commissioning Board may"
        in done.out
    )


def test_may_answers_in_json_with_a_proof(commonweal, demo):
    done = commonweal(
        "may", "north-place-board", *NORTH, "--amount", "900,000", "--format", "json", "--dir", demo
    )
    assert (done.code, done.json["outcome"], done.json["ceiling_pence"]) == (
        0,
        "allowed",
        900_000_00,
    )
    assert done.json["proof"]["day"] == "2026-12-01"
    assert done.json["accountable"] == ["exampleshire/body/icb"]


def test_a_refusal_ends_with_exit_code_1_and_says_what_came_nearest(commonweal, demo):
    done = commonweal("may", "place-lead-north", *NORTH, "--amount", "100000.01", "--dir", demo)
    assert done.code == 1
    assert "£0.01 short" in done.out


def test_powers_lists_what_one_may_decide(commonweal, demo):
    done = commonweal(
        "powers", "exampleshire/body/south-place-board", "--as-at", "2026-12-01", "--dir", demo
    )
    assert (
        "“Reablement after a stay in hospital” for South Exampleshire, up to £600,000" in done.out
    )


def test_the_shipped_schemes_have_gaps_and_no_faults(commonweal, demo):
    done = commonweal("authority", "audit", "exampleshire", "--as-at", "2026-12-01", "--dir", demo)
    assert done.code == 0
    assert "Pay of the most senior staff" in done.out, "the one line that names no amount"
    assert done.out.strip().endswith("No faults, 1 gap.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("may", "nobody", *NORTH), "A body called 'nobody' is not on record on 1 December 2026."),
        (("may", "north-place-board", *NORTH, "--amount", "-1"), "An amount cannot be below nothing"),
        (("may", "north-place-board", *NORTH, "--amount", "lots"), "'lots' is not an amount"),
        (("who-may", "--function", "reablemnt", "--area", "exampleshire/area/north"), "Did you mean 'Reablement after"),
        (("who-may", "--function", "reablement", "--area", "nowhere"), "An area called 'nowhere' is not on record"),
        (("who-may", *SOUTHAMPTON[:4], "--as-at", "2022-02-30"), "'2022-02-30' is not a day"),
        (("authority", "audit", "nowhere"), "No system is called 'nowhere'"),
        (("powers", "dorset/area/system"), "dorset/area/system is no body or post"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_gets_a_sentence(commonweal, demo, arguments, sentence):
    done = commonweal(*arguments, "--dir", demo)
    assert done.code == 2
    assert sentence in done.err
