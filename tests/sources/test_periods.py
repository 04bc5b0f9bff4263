"""Periods as sources write them, as days."""

from datetime import date

import pytest

from commonweal.sources.periods import UnknownPeriod, period


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("2022", (2022, 1), (2023, 1)),
        ("2022/23", (2022, 4), (2023, 4)),
        ("1999/00", (1999, 4), (2000, 4)),
        ("2020 - 22", (2020, 1), (2023, 1)),
        ("1998 - 00", (1998, 1), (2001, 1)),
        ("2020-2022", (2020, 1), (2023, 1)),
        ("2020/21 - 22/23", (2020, 4), (2023, 4)),
        ("2022 Q4", (2022, 10), (2023, 1)),
        ("2022/23 Q1", (2022, 4), (2022, 7)),
        ("2022/23 Q4", (2023, 1), (2023, 4)),
        ("Dec 2022", (2022, 12), (2023, 1)),
        ("April 2022", (2022, 4), (2022, 5)),
    ],
)
def test_a_period_is_from_its_first_day_to_the_day_after_its_last(text, starts, ends):
    assert period(text) == (date(*starts, 1), date(*ends, 1))


@pytest.mark.parametrize("text", ["", "2022/24", "Spring 2022", "Foo 2022", "22/23", "2022 Q5"])
def test_anything_else_is_no_period(text):
    with pytest.raises(UnknownPeriod, match="is no period"):
        period(text)
