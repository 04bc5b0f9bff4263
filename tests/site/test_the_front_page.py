"""What the front page counts."""

import re

import pytest


def numbers(client, day):
    page = client.get(f"/?as_at={day}").content.decode()
    part = page[page.index('class="cw-numbers"') :]
    return {
        noun: int(number.replace(",", ""))
        for number, noun in re.findall(r"<strong>([\d,]+)</strong> <a [^>]*>([^<]+)</a>", part)
    }


@pytest.mark.parametrize(
    ("day", "boards", "clusters"), [("2022-07-01", 42, 36), ("2026-04-01", 36, 36)]
)
def test_invented_systems_are_not_counted(shipped, day, boards, clusters):
    counted = numbers(shipped, day)
    assert counted["integrated care boards"] == boards
    assert counted["clusters"] == clusters
    assert counted["disputes"] == 50
