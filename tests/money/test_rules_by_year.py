"""Rules that change by financial year: chosen by the year, with a source, and blind to later ones."""

from datetime import date
from decimal import Decimal

import pytest

from commonweal.money.control_totals import Standing, as_planned, kept, rules_of
from commonweal.money.pence import BadMoney
from commonweal.money.statements import control_totals
from commonweal.money.years import (
    STREAMS,
    Rules,
    allocation_parameters,
    better_care_of,
    better_care_rules,
    control_total_rules,
    parameters_of,
    read,
)
from tests.making import shipped

LATER = Rules(
    from_day=date(2030, 4, 1), regime="system total", source="A rule of the future", seen=True
)


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        (date(2018, 4, 1), "system total"),
        (date(2026, 3, 31), "system total"),
        (date(2026, 4, 1), "each organisation"),
    ],
)
def test_whom_a_control_total_binds_turns_on_the_day_its_rule_does(day, regime):
    assert rules_of(day).regime == regime


def test_no_rule_is_on_record_on_the_day_before_the_first():
    with pytest.raises(BadMoney, match="No control-total rules are on record"):
        rules_of(date(2018, 3, 31))


def test_a_plan_over_april_2026_is_tested_under_both_rules():
    deficit = [Standing("Hospitals", -500, -500, None), Standing("Board", 500, 500, None)]
    tested = as_planned({"2026/27": deficit, "2025/26": deficit})
    assert [(each.year, each.rules.regime, each.verdict.outcome) for each in tested] == [
        ("2025/26", "system total", "met"),
        ("2026/27", "each organisation", "not met"),
    ]
    assert "Hospitals" in tested[1].verdict.because


def test_a_plan_in_balance_for_everybody_keeps_both_rules():
    balance = [Standing("Hospitals", 0, 0, None), Standing("Board", 0, 0, None)]
    tested = as_planned({"2025/26": balance, "2026/27": balance})
    assert {each.verdict.outcome for each in tested} == {"met"}


def test_a_rule_added_later_changes_no_earlier_year():
    grown = (*(each for each in control_total_rules() if each.from_day < date(2026, 4, 1)),
             control_total_rules()[-1].__replace__(to_day=LATER.from_day), LATER)  # fmt: skip
    years = [date(year, 4, 1) for year in range(2018, 2030)]
    assert [rules_of(day, grown).regime for day in years] == [rules_of(day).regime for day in years]
    assert rules_of(date(2030, 4, 1), grown) == LATER


def test_the_statement_of_2025_26_still_says_what_it_said():
    told = control_totals(
        shipped("england", "exampleshire")(date(2026, 6, 1)), "exampleshire", "2025/26"
    )
    assert told.rules.regime == "system total"
    assert [(e.plan, e.changed, e.actual) for e in told.standings] == [
        (-570_000_000, -570_000_000, None),
        (-840_000_000, -990_000_000, -990_000_000),
        (210_000_000, 360_000_000, 360_000_000),
        (0, 0, 1_000_000),
    ]
    assert told.verdict.outcome == "cannot tell"
    assert kept(told.standings, "each organisation").outcome == "not met"


RULE = "what: A rule\nversions:\n"
LINE = "  - {from: 2025-04-01, to: 2026-04-01, regime: system total, source: A paper, seen: true}\n"


@pytest.mark.parametrize(
    ("words", "because"),
    [
        (LINE.replace("A paper", "''"), "has no source"),
        (LINE.replace(", source: A paper", ""), "source"),
        (LINE.replace("2026-04-01", "2025-04-01"), "ends before it begins"),
        (LINE.replace("2025-04-01", "2025-05-01"), "not the first day of a year"),
        (LINE + LINE.replace("2026-04-01", "2027-04-01"), "two rules hold on 1 April 2025"),
        (LINE.replace("regime", "regimen"), "regimen"),
    ],
)
def test_a_rule_by_year_has_a_source_whole_years_and_no_rival(words, because):
    with pytest.raises(BadMoney, match=because):
        read(RULE + words, Rules)


def test_rules_end_on_the_day_the_next_begin():
    following = LINE.replace("2026", "2027").replace("2025", "2026")
    assert len(read(RULE + following + LINE, Rules)) == 2


def test_every_shipped_rule_by_year_says_where_it_is_said():
    for each in (*control_total_rules(), *better_care_rules(), *allocation_parameters()):
        assert each.source.strip()


def test_the_pace_of_change_is_not_recorded_rather_than_nought():
    pace = parameters_of("core", date(2022, 4, 1))
    assert pace.known.most is None
    assert pace.known.full is None
    assert len(pace.missing) == 2


def test_growth_of_2019_to_2024_is_what_the_notes_on_money_come_to():
    """Notes on money, M8: five years of growth compound to 22.9539%."""
    product = Decimal(1)
    for year in range(2019, 2024):
        product *= 1 + parameters_of("core", date(year, 4, 1)).known.growth
    assert round((product - 1) * 100, 4) == Decimal("22.9539")


@pytest.mark.parametrize("stream", [each for each in STREAMS if each != "core"])
def test_a_stream_that_is_not_recorded_says_so(stream):
    with pytest.raises(BadMoney, match="is not recorded"):
        parameters_of(stream, date(2022, 4, 1))


def test_a_year_before_any_parameters_names_the_years_that_have_some():
    with pytest.raises(BadMoney, match="2016, 2019"):
        parameters_of("core", date(2016, 3, 31))


@pytest.mark.parametrize(
    ("day", "uplift"),
    [
        (date(2022, 4, 1), Decimal("0.0566")),
        (date(2024, 4, 1), Decimal("0.0566")),
        (date(2025, 4, 1), None),
    ],
)
def test_the_uplift_of_better_care_money_is_that_of_its_year(day, uplift):
    assert better_care_of(day).uplift == uplift


def test_before_2022_nothing_is_on_record_of_the_better_care_funds_rules():
    assert better_care_of(date(2021, 4, 1)) is None
