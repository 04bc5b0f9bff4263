"""The chapter on assurance: what each rule finds on the record is what it is expected to find."""

from commonweal.checks import CHECKS
from commonweal_site.assurance.manual import ASSURANCE
from commonweal_site.plans.manual import examples


def test_every_example_finds_what_is_expected_and_none_is_left_out(shipped):
    rows = shipped.get("/manual/assurance.json").json()
    assert len(rows) == len(examples(ASSURANCE))
    assert [row["question"] for row in rows if row["found"] != row["expected"]] == []
    said = shipped.get("/manual/assurance/").content.decode()
    assert "We expected" not in said
    assert "left out" not in said


def test_each_rule_of_assurance_that_is_tried_one_by_one_has_an_example_of_each_side():
    sides = {(each.rule, each.expect) for each in examples(ASSURANCE)}
    assert {rule for rule, _ in sides} <= set(CHECKS)
    for rule in ("OVR-APPETITE", "OVR-ASSURED", "OVR-ONE-PLAN", "OVR-FRESH", "NOF-02"):
        assert {(rule, "met"), (rule, "not met")} <= sides
