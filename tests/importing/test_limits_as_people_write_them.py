"""Limits are read as people write them, or refused: never guessed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.authority.imported.amounts import Limit, UnreadLimit, limit

POUND = 100


@pytest.mark.parametrize(
    ("text", "upper", "kind"),
    [
        ("£50k", 50_000, "not stated"),
        ("up to £250,000", 250_000, "not stated"),
        ("£1m", 1_000_000, "not stated"),
        ("£1.5 million", 1_500_000, "not stated"),
        ("Not exceeding £5,000", 5_000, "not stated"),
        ("50000", 50_000, "not stated"),
        ("≤ £10k", 10_000, "not stated"),
        ("£50,000 p.a.", 50_000, "per year"),
        ("up to £5k each", 5_000, "per decision"),
        ("£20,000 whole life cost", 20_000, "whole life"),
        ("£20,000 in total", 20_000, "cumulative per matter"),
        ("£10,000 per 100,000 population per year", 10_000, "per 100,000 population per year"),
        ("up to £50k within approved budget", 50_000, "within approved budget"),
        # as Commonweal itself publishes them
        ("Up to £10,000 a year for every 100,000 people", 10_000, "per 100,000 population per year"),
        ("Up to £1,500,000 in all on one matter", 1_500_000, "cumulative per matter"),
        ("Up to £250,000 over the whole life of a contract", 250_000, "whole life"),
        ("Up to £50,000 (how it is counted is not recorded)", 50_000, "not stated"),
    ],
)  # fmt: skip
def test_an_amount_is_a_limit_that_is_included(text, upper, kind):
    assert limit(text) == Limit(upper=upper * POUND, kind=kind)


@pytest.mark.parametrize(
    ("text", "above", "least", "upper"),
    [
        ("over £50k to £1m", 50_000, None, 1_000_000),
        ("£50,001 to £250,000", None, 50_001, 250_000),
        ("£50,001-£250,000", None, 50_001, 250_000),
        ("£50k – £250k", None, 50_000, 250_000),
        ("between £5,000 and £10,000", None, 5_000, 10_000),
        ("above £5,000 but not exceeding £10,000", 5_000, None, 10_000),
    ],
)  # fmt: skip
def test_a_band_keeps_whether_its_first_amount_is_in_it(text, above, least, upper):
    found = limit(text)
    ends = [end and end * POUND for end in (above, least, upper)]
    assert [found.above, found.least, found.upper] == ends


@pytest.mark.parametrize("text", ["over £1m", "£1m+", ">£1m", "£1m and above", "from £1m"])
def test_a_band_without_an_upper_end_has_no_limit(text):
    found = limit(text)
    assert (found.kind, found.upper) == ("no limit", None)
    assert (found.above or found.least) == 1_000_000 * POUND


def test_below_an_amount_leaves_it_out():
    assert limit("under £100").upper == 99_99


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing"), ("-", "nothing"), ("n/a", "not applicable"), ("N/A", "not applicable"),
        ("nil", "nil"), ("£0", "nil"), ("None", "nil"), ("unlimited", "limit"),
        ("within budget", "limit"),
    ],
)  # fmt: skip
def test_nothing_not_applicable_nought_and_a_limit_are_four_things(text, says):
    assert limit(text).says == says


@pytest.mark.parametrize(("text", "vat"), [
    ("£5,000 (excluding VAT)", "excluding"), ("£5,000 inc VAT", "including"), ("£5,000", "not stated"),
])  # fmt: skip
def test_value_added_tax_is_kept(text, vat):
    assert limit(text).vat == vat


@pytest.mark.parametrize("text", ["£-5,000", "-£5,000", "(£5,000)", "−£5,000", "-5"])
def test_an_amount_below_nothing_is_refused(text):
    with pytest.raises(UnreadLimit, match="below nothing"):
        limit(text)


@pytest.mark.parametrize(
    "text", ["TBC", "£5Ok", "5%", "£1,00,000", "£50-250k", "£10,000 to £5,000", "0.001", "see note"]
)
def test_what_is_not_sure_is_refused(text):
    with pytest.raises(UnreadLimit):
        limit(text)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_what_we_write_we_read_again(one, other):
    low, high = sorted((one * POUND, (one + other) * POUND))
    said = Limit(above=low, upper=high, kind="per year")
    assert limit(said.words) == said
