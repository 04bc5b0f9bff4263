"""The chapter on delivery: what each rule finds on the record is what it is expected to find."""

from commonweal.checks import CHECKS
from commonweal_site.plans.manual import examples
from commonweal_site.plans.manual_of_delivery import DELIVERY


def test_every_example_of_delivery_finds_what_is_expected_and_none_is_left_out(shipped):
    rows = shipped.get("/manual/delivery.json").json()
    assert len(rows) == len(examples(DELIVERY))
    assert [row["because"] for row in rows if row["found"] != row["expected"]] == []
    said = shipped.get("/manual/delivery/").content.decode()
    assert "We expected" not in said
    assert "left out" not in said


def test_the_examples_show_every_rule_of_delivery_and_each_outcome():
    rules = {name for name in CHECKS if name.startswith("DLV-")}
    assert {each.rule for each in examples(DELIVERY)} == rules
    assert {each.expect for each in examples(DELIVERY)} == {"met", "not met", "cannot tell"}


def test_the_chapter_is_among_those_of_the_manual(kent):
    assert 'href="/manual/delivery/"' in kent.get("/manual/").content.decode()


def test_examples_of_what_is_not_on_this_record_are_left_out_and_counted(kent):
    assert kent.get("/manual/delivery.json").json() == []
    said = kent.get("/manual/delivery/").content.decode()
    assert f"{len(examples(DELIVERY))} examples left out" in said
