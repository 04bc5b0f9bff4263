"""Every rule on duties and plans is tried, or the page on plans says why it is not."""

import re
from pathlib import Path

from commonweal.checks import CHECKS

PAGE = (Path(__file__).parents[2] / "docs" / "plans.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([A-Z][A-Z0-9-]+) \| (.+) \|$", PAGE, re.MULTILINE))


def numbered(prefix, first, last, digits=2):
    return [f"{prefix}-{number:0{digits}}" for number in range(first, last + 1)]


# The catalogue of the law, sections 3 and 4.
CATALOGUE = [
    *numbered("DUT", 32, 45), "DUT-49", "DUT-51", "DUT-116B", "DUT-FIN", *numbered("DUT-X", 1, 9, 1),
    *numbered("PLN-JSNA", 1, 2), *numbered("ICP", 1, 4), *numbered("ICS", 1, 7), *numbered("JLH", 1, 2),
    *numbered("REG", 1, 2), *numbered("JFP", 1, 15), *numbered("CAP", 1, 3), *numbered("REP", 1, 4),
    *numbered("ASM", 1, 2), *numbered("HWB", 1, 12),
]  # fmt: skip
SPELT = [number.replace("DUT-X-", "DUT-X") for number in CATALOGUE]


def test_no_rule_of_the_catalogue_is_left_out_and_none_is_made_up():
    assert sorted(ROWS) == sorted(SPELT)


def test_a_rule_is_tried_if_and_only_if_the_page_says_so():
    said = {number for number, how in ROWS.items() if how.startswith("tried")}
    assert said == set(CHECKS) & set(SPELT)


def test_every_rule_that_is_not_tried_has_a_reason():
    reasons = [how for how in ROWS.values() if not how.startswith("tried")]
    assert reasons
    assert all(re.match(r"not tried( under this number)?: \w", how) for how in reasons)
