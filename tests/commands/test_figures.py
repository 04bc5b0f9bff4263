"""`commonweal outcomes import` beside a record that says which boards there were."""

import csv

from tests.sources.test_fingertips import row


def test_the_codes_of_boards_are_tried_against_the_record(commonweal, demo, tmp_path):
    rows = [
        row(**{"Area Code": code, "Area Type": "ICBs (from Apr 2023)"})
        for code in ("E54000042", "E54000067")
    ]
    with (tmp_path / "smokers.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    said = commonweal(
        "outcomes", "import", tmp_path / "smokers.csv", "--source", "fingertips", "--plan",
        "--dir", demo,
    )  # fmt: skip
    assert (said.code, said.err) == (1, "")
    assert "1 figure of 1 indicator, 1 area" in said.out
    assert "row 3, Area Code, “E54000067”: It is the code of a board of 2026" in said.out
