"""The chapter on plans: what each rule finds on the record is what it is expected to find."""

from commonweal.checks import CHECKS
from commonweal_site.plans.manual import examples


def test_every_example_finds_what_is_expected_and_none_is_left_out(shipped):
    rows = shipped.get("/manual/plans.json").json()
    assert len(rows) == len(examples())
    assert [row["question"] for row in rows if row["found"] != row["expected"]] == []
    said = shipped.get("/manual/plans/").content.decode()
    assert "We expected" not in said
    assert "left out" not in said


def test_the_examples_show_each_outcome_and_only_rules_that_are_tried():
    assert {each.expect for each in examples()} == {"met", "not met", "cannot tell"}
    assert {each.rule for each in examples()} <= set(CHECKS)


def test_examples_of_what_is_not_on_this_record_are_left_out_and_counted(kent):
    assert kent.get("/manual/plans.json").json() == []
    assert f"{len(examples())} examples left out" in kent.get("/manual/plans/").content.decode()
