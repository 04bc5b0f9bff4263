"""Worked answers, published or done by hand, each with where it comes from.

Numbers M1 to M11 are those of the house's note on money, section 2.1.
"""

import csv
import gzip
import os
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from commonweal.money.bridge import bridge
from commonweal.money.capital import Spend as Capital
from commonweal.money.capital import charged
from commonweal.money.capitation import Pace, converge, need_index
from commonweal.money.casting import Tie, across, down
from commonweal.money.control_totals import Change, Standing, changed, kept
from commonweal.money.forecasting import Line, Spend, as_share, outturn, total
from commonweal.money.gap import Year, do_nothing, share_as_printed
from commonweal.money.pence import instalments, split, variance_in_words
from commonweal.money.rolling import Contribution, Reserve, below_the_floor, next_year, together
from commonweal.money.sharing_risk import Available, Shared, bear

DATA = (
    Path(os.environ.get("COMMONWEAL_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
    / "data"
)
POUND, MILLION = 100, 100_000_000
SOUTHAMPTON = (Decimal("63.7"), Decimal("36.3"))


def millions(text):
    """Millions of pounds, in pence."""
    return int(Decimal(text) * MILLION)


def rows(name):
    path = DATA / name
    assert path.is_file(), f"{path} is not there. Set COMMONWEAL_SHARED to the shared folder."
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("pence", "weights", "parts"),
    [
        # Southampton's pool, "around £135 million" at 63.7% and 36.3%
        (135_000_000_00, SOUTHAMPTON, (85_995_000_00, 49_005_000_00)),
        (2_500_000_00, SOUTHAMPTON, (1_592_500_00, 907_500_00)),
        (1_234_567_89, SOUTHAMPTON, (786_419_75, 448_148_14)),
        (100_00, (1, 1, 1), (33_34, 33_33, 33_33)),
        # The adult social care discharge fund of 2022: £500m, 40% to councils
        (500_000_000_00, (40, 60), (200_000_000_00, 300_000_000_00)),
    ],
)
def test_m1_a_sum_is_split_to_the_penny(pence, weights, parts):
    assert split(pence, weights) == parts


def test_m1_four_quarterly_payments_put_the_odd_penny_first():
    assert instalments(49_005_000_01, 4) == (12_251_250_01, *[12_251_250_00] * 3)


BEFORE = [
    Available("underspends elsewhere in the pool", 600_000_00),
    Available("risk pool", 900_000_00),
    Available("uncommitted schemes", 400_000_00),
]
SHARES = dict(zip(("health", "council"), SOUTHAMPTON, strict=True))


def test_m2_what_the_steps_before_leave_is_borne_by_share():
    borne = bear(2_500_000_00, [*BEFORE, Shared("partners", SHARES)])
    assert borne.by_bearer()["health"] == 382_200_00
    assert borne.by_bearer()["council"] == 217_800_00
    assert borne.left == 0


@pytest.mark.parametrize(
    ("steps", "health", "council"),
    [
        # the first £1.0m by share, the rest to the lead commissioner
        ([Shared("first", SHARES, MILLION), Shared("lead", {"council": 1})], 637_000, 1_863_000),
        # health at most £0.9m
        ([Shared("by share", SHARES, caps={"health": 900_000_00})], 900_000, 1_600_000),
        # an aligned budget: the lead bears all
        ([Shared("lead", {"council": 1})], 0, 2_500_000),
    ],
)
def test_m2_partner_steps_that_agreements_use(steps, health, council):
    borne = bear(2_500_000_00, steps).by_bearer()
    assert (borne.get("health", 0), borne["council"]) == (health * POUND, council * POUND)


def test_m3_two_years_of_the_nhs_minimum_compound():
    # Better Care Fund: 5.66% in 2022/23 and again in 2023/24
    assert together([Decimal("0.0566")] * 2) == Decimal("0.11640356")


def test_m3_only_what_recurs_rolls_on_and_the_minimum_is_a_floor_to_check():
    this = Contribution(
        recurrent=1_000, recurrent_in_year=50, inflation=30, planned=-20, efficiencies=10
    )
    assert next_year(this) == 1_050
    assert below_the_floor(next_year(this), 1_050) == 0
    assert below_the_floor(next_year(this), 1_051) == 1


def test_m4_oldhams_pooled_outturn_of_2018_19_is_reported_against_the_revised_budget():
    # Oldham 2018/19, published minutes, £m
    original = sum(map(millions, ("124.986", "1.447", "9.192")))
    assert original == millions("135.625")
    revised = original + millions("-2.163")
    assert revised == millions("133.462")
    variance = millions("4.325") + millions("4.487")
    assert variance == millions("8.812")
    assert round(as_share(variance, revised) * 100, 3) == Decimal("6.603")
    assert millions("1.615") + millions("2.710") == millions("4.325")


def test_m5_a_change_that_nets_to_nought_leaves_the_systems_total_as_it_was():
    totals = {"board": 0, "A": millions("-8.4"), "B": millions("2.1"), "C": millions("-5.7")}
    moved = Change({"A": millions("-1.5"), "B": millions("1.5")}, frozenset("AB"), regulator=True)
    after = changed(totals, [moved])
    assert (after["A"], after["B"]) == (millions("-9.9"), millions("3.6"))
    assert sum(totals.values()) == sum(after.values()) == millions("-12.0")


def test_m5_from_april_2026_each_organisation_is_tried_alone():
    standings = [Standing("A", 0, 0, 500), Standing("B", 0, 0, -1)]
    assert kept(standings, "system total").outcome == "met"
    assert kept(standings, "each organisation").outcome == "not met"


def test_m6_the_gap_of_2018_is_consistent_with_its_print():
    # Hampshire and Isle of Wight 2018: £577m of £2.5bn, stated as 23%
    assert round(Decimal(577) / 2500 * 100, 2) == Decimal("23.08")
    least, most = share_as_printed(millions("577"), millions("2500"), millions("50"))
    assert (round(least * 100, 2), round(most * 100, 2)) == (Decimal("22.63"), Decimal("23.55"))


def test_m6_the_gap_rolled_forward_with_invented_rates():
    rates = Year(Decimal("0.035"), Decimal("0.031"), Decimal("0.02"))
    gaps = list(do_nothing(millions("2500"), millions("2500"), [rates] * 4))
    found = [
        (Decimal(each.gap) / MILLION).quantize(Decimal("0.001"), ROUND_HALF_UP) for each in gaps
    ]
    assert found == [Decimal(x) for x in ("117.713", "245.676", "384.625", "535.345")]
    assert round(gaps[-1].of_year * 100, 2) == Decimal("19.78")
    assert gaps[-1].of_base > gaps[-1].of_year


def test_m8_allocations_move_to_target_at_the_pace_allowed():
    pence = [millions(each) for each in ("270", "235", "285", "210")]
    found = converge(
        millions("1040"), pence, (28, 22, 30, 20), Pace(Fraction(5, 1000), Fraction(5, 100))
    )
    assert round(float(found.common) * 100, 6) == 3.982917
    opening = [
        (round(float(a.opening) * 100, 4), round(float(a.convergence) * 100, 4))
        for a in found.areas
    ]
    assert opening == [(-3.5714, 0.3571), (6.8182, -0.5), (-5.0, 0.5), (5.0, -0.5)]
    # The answers were worked from allocations rounded to a thousand pounds.
    thousands = [round(a.pence / MILLION, 3) for a in found.areas]
    growth = [round((a / b * MILLION - 1) * 100, 4) for a, b in zip(thousands, pence, strict=True)]
    assert growth == [4.3544, 3.4630, 4.5028, 3.4629]
    closing = [
        round((a / float(b.target) * MILLION - 1) * 100, 4)
        for a, b in zip(thousands, found.areas, strict=True)
    ]
    assert closing == [-3.2428, 6.2666, -4.5407, 4.4577]
    exact = [a.closing - Fraction(a.pence) / a.target + 1 for a in found.areas]
    assert max(map(abs, exact)) < Fraction(1, 10**9)
    assert [round(a.pence / MILLION, 3) for a in found.areas] == [
        281.757,
        243.138,
        297.833,
        217.272,
    ]
    assert sum(a.pence for a in found.areas) == millions("1040")


def test_m8_five_years_of_national_growth_compound():
    # NHS England core growth 2019/20 to 2023/24
    rates = [Decimal(x) / 100 for x in ("5.65", "4.14", "4.00", "3.78", "3.54")]
    assert round(together(rates) * 100, 4) == Decimal("22.9539")


def test_m9_a_one_off_does_not_come_again():
    spent = Spend(6_420_000_00, 6, 300_000_00)
    assert outturn(spent, "straight line") == 12_840_000_00
    assert outturn(spent, "run rate") == 12_540_000_00


def test_m10_wolverhamptons_public_health_reserve():
    # Wolverhampton Health Scrutiny Panel, 12 December 2022, £000
    reserve = Reserve(7_936, used=1_797, committed=2_218)
    assert (reserve.closing, reserve.uncommitted) == (6_139, 3_921)


def test_m11_the_limit_counts_spend_whatever_pays_for_it():
    trusts = [Capital("A", 1_000, disposals=100, given=50, national=200), Capital("B", 400)]
    assert charged(trusts, 1_000) == (1_050, 1_000)
    assert charged(trusts, 1_000).headroom == -50


# Wolverhampton's tables of December 2022 (£000)


PRINTED = "Net Budget Requirement (printed total)"


def draft():
    found = rows("wolverhampton-budget-2022/draft_budget_2023_24.csv")
    return {row.pop("panel"): {k: int(v or 0) for k, v in row.items()} for row in found}


def test_every_row_and_column_of_wolverhamptons_draft_budget_foots():
    table = draft()
    resources, challenge = table.pop("Corporate Resources"), table.pop("Budget Challenge (printed)")
    gross = ["gross_expenditure_2022_23", "gross_income_2022_23"]
    assert len(table) == 8
    assert not list(across(table, "net_2022_23", gross))
    moves = ["net_2022_23", "pay_inflation_2023_24", "growth_2023_24", "savings_2023_24"]
    assert not list(across(table, "draft_net_2023_24", moves))
    assert not list(down(table, PRINTED))
    assert not list(across({"Resources": resources}, "draft_net_2023_24", moves))
    left = table[PRINTED]["draft_net_2023_24"] + resources["draft_net_2023_24"]
    assert left == challenge["draft_net_2023_24"] == 7_142


def test_a_thousand_pounds_too_much_is_found_across_and_down():
    table = {
        "A": {"net": 5, "pay": 1, "draft": 7}, "B": {"net": 2, "pay": 0, "draft": 2},
        "Total": {"net": 7, "pay": 1, "draft": 8},
    }  # fmt: skip
    assert [fault.row for fault in across(table, "draft", ["net", "pay"])] == ["A"]
    (found,) = down(table, "Total")
    assert (found.column, found.out_by) == ("draft", -1)
    assert found.in_words("k") == (
        "Total, draft: the table prints 8k, which is 1k less than its parts, 9k."
    )


def test_gross_variances_of_quarter_2_differ_though_every_net_variance_is_nil():
    found = rows("wolverhampton-budget-2022/q2_forecast_2022_23.csv")
    lines = [
        Line(
            row["service"],
            *(
                int(row[each]) * 1000 * POUND
                for each in (
                    "gross_expenditure_budget", "gross_income_budget", "forecast_expenditure",
                    "forecast_income",
                )
            ),
        )
        for row in found
        if "total" not in row["service"].lower()
    ]  # fmt: skip
    assert [line.gross_variance // (1000 * POUND) for line in lines] == [-60, -36, 63, -22, 0]
    whole = total("All", lines)
    assert (whole.gross_variance, whole.net_variance) == (-55_000_00, 0)
    assert variance_in_words(whole.gross_variance) == "£55,000 favourable"
    assert variance_in_words(lines[2].gross_variance) == "£63,000 adverse"
    assert variance_in_words(whole.net_variance) == "nil"


def test_the_same_budget_in_two_tables_does_not_tie_and_nothing_explains_it():
    tie = Tie("Budget 2022/23", "quarter 2", "the draft budget", 22_482, 21_886)
    assert not tie.holds
    assert "596k apart, they do not agree, and nothing says why" in tie.in_words("k")
    assert bridge(22_482, 21_886, []).unexplained == -596


def test_income_by_source_ties_within_the_rounding_of_its_print():
    assert Tie("Income", "text", "table", 22_460, 22_427, within=100).holds
    assert not Tie("Income", "text", "table", 22_460, 22_427, within=32).holds


# The 2025/26 practice table of weighted populations (NHS England, Open Government Licence)

NEEDS = {
    "Final WP": "0.987", "G&A WP": "0.918", "CS WP": "0.787", "MH WP": "1.243",
    "Mat WP": "1.090", "Health Ineq WP": "1.299", "Prescr WP": "0.860",
    "Primary Medical Care WP": "0.960", "Final PMC WP": "1.004",
}  # fmt: skip
DISTRICTS = {
    "Basingstoke and Deane": "8562085.58", "East Hampshire": "6084166.30",
    "Eastleigh": "5903555.59", "Fareham": "6218290.50", "Gosport": "4772791.14",
    "Hart": "1410784.52", "Havant": "7304228.39", "Isle of Wight": "8629205.55",
    "New Forest": "10682804.68", "Portsmouth": "11796278.31", "Southampton": "16696077.34",
    "Test Valley": "5836130.74", "Winchester": "6103601.36",
}  # fmt: skip


@pytest.fixture(scope="module")
def practices():
    """Sums over practices, by column: of England, of each board (code) and of each district."""
    path = DATA / "icb-weighted-populations-2025-26/practice_weighted_populations_2025_26.csv.gz"
    assert path.is_file(), f"{path} is not there. Set COMMONWEAL_SHARED to the shared folder."
    sums = {}
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for place in ("England", row["ICB"], (row["ICB"], row["LTLA"])):
                here = sums.setdefault(place, dict.fromkeys(["Population", *NEEDS], Decimal(0)))
                for column in here:
                    here[column] += Decimal(row[column] or 0)
    return sums


def test_m7_hampshires_share_and_index_from_the_practice_table(practices):
    england, hampshire = practices["England"], practices["QRL"]
    assert round(hampshire["Population"], 1) == Decimal("1981006.0")
    assert round(hampshire["Final WP"], 1) == Decimal("1957305.1")
    assert round(hampshire["Final WP"] / england["Final WP"] * 100, 4) == Decimal("3.0655")
    of = (england["Final WP"], england["Population"])
    assert need_index(hampshire["Final WP"], hampshire["Population"], of) == Decimal("0.988")


@pytest.mark.parametrize(("stream", "answer"), NEEDS.items())
def test_m7_southamptons_need_beside_that_of_its_board(practices, stream, answer):
    place, board = practices["QRL", "Southampton"], practices["QRL"]
    of = (board[stream], board["Population"])
    assert need_index(place[stream], place["Population"], of) == Decimal(answer)


def test_m7_a_hundred_million_pounds_over_hampshires_districts(practices):
    weights = {place[1]: sums["Final WP"] for place, sums in practices.items() if place[0] == "QRL"}
    parts = dict(zip(weights, split(100_000_000_00, list(weights.values())), strict=True))
    assert {name: Decimal(pence) / 100 for name, pence in parts.items()} == {
        name: Decimal(answer) for name, answer in DISTRICTS.items()
    }
    assert sum(parts.values()) == 100_000_000_00
