"""What is overdue, and whom to remind, from a terminal."""

import csv
import io


def test_what_is_overdue_is_told_with_its_rule_as_data(commonweal, demo):
    ran = commonweal(
        "scrutiny", "overdue", "--on", "2026-12-01", "--dir", demo, "--format", "json"
    )  # fmt: skip
    late = {each["id"]: each for each in ran.json["overdue"]}
    nurse = late["exampleshire/recommendation/crisis-nurse"]
    assert (ran.code, nurse["due"], nurse["days_left"], nurse["rule"]) == (
        1, "2026-11-17", -14, "SCR-06",
    )  # fmt: skip


def test_the_same_as_a_table_and_nothing_where_nothing_is(commonweal, demo):
    ran = commonweal("scrutiny", "overdue", "--on", "2026-12-01", "--dir", demo, "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(ran.out)))) == 3
    none = commonweal(
        "scrutiny", "overdue", "--on", "2026-12-01", "--system", "dorset", "--dir", demo
    )
    assert (none.code, none.out) == (0, "Nothing on record is overdue.\n")


def test_a_dry_run_says_who_would_be_told_what_and_sends_nothing(commonweal, demo):
    ran = commonweal("remind", "--on", "2026-12-07", "--dry-run", "--dir", demo)
    assert ran.code == 0
    assert "exampleshire/body/hospitals (no address is known): Scrutiny and Healthwatch" in ran.out
    assert ran.out.endswith("would be told; nothing was sent.\n")
