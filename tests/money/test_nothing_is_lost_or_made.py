"""What holds of every sum of money, whatever it is."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.money.bridge import bridge
from commonweal.money.capitation import Pace, converge
from commonweal.money.casting import across, down
from commonweal.money.control_totals import Change, Standing, changed, faults, kept, rules_of
from commonweal.money.forecasting import Spend, outturn
from commonweal.money.gap import Year, do_nothing
from commonweal.money.pence import BadMoney, instalments, rounded, signed, split
from commonweal.money.rolling import Contribution, Reserve, grown, next_year
from commonweal.money.sharing_risk import Available, Shared, bear, returned

pence = st.integers(-(10**13), 10**13)
sums = st.integers(0, 10**13)
weights = st.lists(st.decimals(0, 10**6, places=3), min_size=1, max_size=9).filter(any)


@given(pence, weights)
def test_the_parts_of_a_split_make_the_whole(total, by):
    assert sum(split(total, by)) == total


@given(pence, weights)
def test_no_part_is_a_penny_or_more_from_its_exact_share(total, by):
    for part, weight in zip(split(total, by), by, strict=True):
        assert abs(part - Fraction(total) * Fraction(weight) / Fraction(sum(by))) < 1


@given(sums, weights)
def test_a_sum_below_nothing_is_split_as_its_opposite(total, by):
    assert split(-total, by) == tuple(-part for part in split(total, by))


@given(sums, weights, st.integers(2, 99))
def test_only_the_proportion_of_the_weights_counts(total, by, times):
    assert split(total, by) == split(total, [weight * times for weight in by])


def test_where_two_parts_lost_alike_the_earlier_has_the_penny():
    assert split(1, [1, 1]) == (1, 0)
    assert split(101, [Decimal("0.5"), Fraction(1, 2)]) == (51, 50)


@pytest.mark.parametrize("by", [[], [0, 0], [1, -1]])
def test_weights_that_cannot_share_are_refused(by):
    with pytest.raises(BadMoney, match="weights of nothing or more"):
        split(100, by)


@given(sums, st.integers(1, 60))
def test_instalments_differ_by_a_penny_at_most_and_the_odd_pence_come_first(total, payments):
    paid = instalments(total, payments)
    assert sum(paid) == total
    assert paid[0] - paid[-1] in {0, 1}
    assert list(paid) == sorted(paid, reverse=True)


def test_a_half_is_rounded_away_from_nothing():
    assert [rounded(Decimal(x)) for x in ("0.5", "1.5", "-0.5", "0.49")] == [1, 2, -1, 0]
    assert [rounded(Fraction(x, 2)) for x in (1, 3, -1, -3)] == [1, 2, -1, -2]
    assert signed(-1) == "−£0.01"


caps = st.dictionaries(st.sampled_from("abc"), sums, max_size=3)
shares = st.fixed_dictionaries({name: st.integers(0, 100) for name in "abc"}).filter(
    lambda found: any(found.values())
)
steps = st.lists(
    st.one_of(
        st.builds(Available, st.sampled_from(["risk pool", "free"]), sums),
        st.builds(Shared, st.just("partners"), shares, st.none() | sums, caps),
    ),
    max_size=5,
)


@given(sums, steps)
def test_what_is_borne_and_what_is_left_make_the_overspend(overspend, taken):
    found = bear(overspend, taken)
    assert sum(each.pence for each in found.borne) + found.left == overspend
    assert found.left >= 0
    assert all(each.pence > 0 for each in found.borne)


@given(sums, shares, caps)
def test_no_partner_bears_more_than_its_cap(overspend, by, capped):
    borne = bear(overspend, [Shared("partners", by, None, capped)]).by_bearer()
    assert all(pence <= capped.get(name, pence) for name, pence in borne.items())


@given(sums, shares)
def test_without_caps_partners_bear_all_of_it_as_it_splits(overspend, by):
    found = bear(overspend, [Shared("partners", by)])
    parts = dict(zip(by, split(overspend, list(by.values())), strict=True))
    assert found.by_bearer() == {name: part for name, part in parts.items() if part}


def test_steps_are_taken_in_their_order_and_no_further_than_needed():
    one, other = Available("risk pool", 60), Available("free", 60)
    assert bear(100, [one, other]).by_bearer() == {"risk pool": 60, "free": 40}
    assert bear(100, [other, one]).by_bearer() == {"free": 60, "risk pool": 40}
    assert bear(60, [one, other]).by_bearer() == {"risk pool": 60}
    assert bear(121, [one, other]).left == 1


@pytest.mark.parametrize(
    ("overspend", "step"),
    [
        (-1, Available("risk pool", 1)),
        (1, Available("risk pool", -1)),
        (1, Shared("partners", {"a": 1}, -1)),
        (1, Shared("partners", {"a": 1}, None, {"a": -1})),
    ],
)
def test_sums_below_nothing_are_refused(overspend, step):
    with pytest.raises(BadMoney, match="nothing or more"):
        bear(overspend, [step])


@given(sums, st.decimals("0.1", "99.9", places=1))
def test_an_underspend_given_back_is_given_back_whole(underspend, share):
    assert sum(returned(underspend, {"health": share, "council": 100 - share}).values()) == (
        underspend
    )


TOTALS = {"board": 0, "A": -840, "B": 210}


@given(st.integers(-(10**9), 10**9))
def test_a_change_that_nets_to_nought_never_moves_the_systems_total(moved):
    change = Change({"A": -moved, "B": moved}, frozenset("AB"), regulator=True)
    after = changed(TOTALS, [change])
    assert sum(after.values()) == sum(TOTALS.values())


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (Change({"A": -150, "B": 149}, frozenset("AB"), regulator=True), "come to −£0.01"),
        (Change({"A": -150, "B": 150}, frozenset("A"), regulator=True), "B has not agreed"),
        (Change({"A": -150, "B": 150}, frozenset("AB")), "not recorded as agreeing"),
        (Change({"A": -1, "B": 1}, frozenset("AB"), regulator=False), "refused it"),
        (Change({"A": -1, "Z": 1}, frozenset("AZ"), regulator=True), "Z has no control total"),
    ],
)
def test_a_change_out_by_a_penny_or_not_agreed_by_all_is_refused(change, because):
    with pytest.raises(BadMoney, match=because):
        changed(TOTALS, [change])


def test_an_organisation_that_is_not_moved_need_not_agree():
    change = Change({"A": -1, "B": 1, "board": 0}, frozenset("AB"), regulator=True)
    assert not list(faults(change, TOTALS))


@pytest.mark.parametrize(
    ("first", "regime"),
    [(date(2025, 4, 1), "system total"), (date(2026, 4, 1), "each organisation")],
)
def test_the_rules_are_those_of_the_year(first, regime):
    assert rules_of(first).regime == regime


def test_a_year_before_any_rules_is_refused():
    with pytest.raises(BadMoney, match="No control-total rules"):
        rules_of(date(2017, 4, 1))


@pytest.mark.parametrize("regime", ["system total", "each organisation"])
def test_a_result_that_is_not_recorded_is_not_nothing(regime):
    unknown = [Standing("A", 0, 0, 5), Standing("B", 0, 0, None)]
    assert kept(unknown, regime).outcome == "cannot tell"
    assert unknown[1].against is None


def test_a_deficit_is_a_breach_though_another_result_is_not_recorded():
    standings = [Standing("A", 0, 0, -1), Standing("B", 0, 0, None)]
    assert kept(standings, "each organisation").outcome == "not met"


def test_a_system_a_penny_short_of_its_total_has_not_kept_it():
    plan = [Standing("A", -10, -12, -12), Standing("B", 5, 7, 7)]
    assert kept(plan, "system total").outcome == "met"
    short = [plan[0], plan[1]._replace(actual=6)]
    assert kept(short, "system total").outcome == "not met"


areas = st.lists(
    st.tuples(st.integers(10**6, 10**10), st.integers(1, 10**6)), min_size=1, max_size=8
)
PACE = Pace(Fraction(5, 1000), Fraction(5, 100))


@given(st.integers(10**6, 10**12), areas)
def test_allocations_make_the_total_and_the_order_by_distance_is_kept(total, found):
    baselines, by = zip(*found, strict=True)
    made = converge(total, baselines, by, PACE)
    assert sum(area.pence for area in made.areas) == total
    ordered = sorted(made.areas, key=lambda area: area.opening)
    assert all(a.closing <= b.closing for a, b in pairwise(ordered))
    assert all(a.growth >= b.growth for a, b in pairwise(ordered))


@given(st.integers(10**6, 10**12), st.integers(10**6, 10**10), st.integers(1, 99))
def test_areas_equally_far_from_target_grow_alike(total, baseline, weight):
    one, other = converge(total, [baseline, baseline], [weight, weight], PACE).areas
    assert one.growth == other.growth


@pytest.mark.parametrize(
    ("baselines", "by", "pace"),
    [([1], [1, 2], PACE), ([], [], PACE), ([0], [1], PACE), ([1], [0], PACE),
     ([1], [1], Pace(Fraction(1), Fraction(1))), ([1], [1], Pace(Fraction(0), Fraction(0)))],
)  # fmt: skip
def test_a_round_that_cannot_be_shared_is_refused(baselines, by, pace):
    with pytest.raises(BadMoney):
        converge(100, baselines, by, pace)


@given(sums, sums, sums, st.integers(-(10**9), 10**9), st.integers(0, 10**9))
def test_undoing_what_changed_a_contribution_gives_it_back(first, more, inflation, planned, less):
    rolled = next_year(Contribution(first, more, inflation, planned, less))
    assert rolled - more - inflation - planned + less == first


def test_efficiencies_are_written_as_a_sum_above_nothing():
    with pytest.raises(BadMoney, match="taken off"):
        next_year(Contribution(100, efficiencies=-1))


def test_growth_is_rounded_only_to_be_shown():
    assert list(grown(100, [Decimal("0.005")] * 3)) == [101, 101, 102]


@given(sums, sums, sums)
def test_a_reserve_used_and_put_back_is_what_it_was(opening, moved, committed):
    reserve = Reserve(opening, used=moved, added=moved, committed=committed)
    assert reserve.closing == opening
    assert reserve.uncommitted == opening - committed


@given(st.lists(st.decimals("-0.2", "0.2", places=3), max_size=6))
def test_growth_of_spend_and_money_alike_leaves_no_gap(rates):
    years = [Year(rate, Decimal(0), rate) for rate in rates]
    assert all(each.gap == 0 for each in do_nothing(10**9, 10**9, years))


@pytest.mark.parametrize("months", [0, 13])
def test_a_forecast_needs_one_to_twelve_months(months):
    with pytest.raises(BadMoney, match="one to twelve"):
        outturn(Spend(1, months), "straight line")


@given(pence, pence)
def test_a_whole_year_needs_no_forecast(spent, once):
    assert outturn(Spend(spent, 12, once), "straight line") == spent
    assert outturn(Spend(spent, 12, once), "run rate") == spent


@given(pence, pence, st.lists(st.tuples(st.just("step"), pence), max_size=6))
def test_a_bridge_gets_from_one_end_to_the_other(begins, ends, moves):
    made = bridge(begins, ends, moves)
    assert begins + sum(step.moves for step in made.steps) == ends
    assert made.unexplained == ends - begins - sum(moved for _, moved in moves)
    for one, next_one in pairwise(made.steps):
        assert one.ends == next_one.begins


@given(st.lists(st.tuples(pence, pence), min_size=1, max_size=6), st.integers(1, 99))
def test_one_wrong_figure_is_found_across_and_down_and_nothing_else_is(cells, out_by):
    table = {str(n): {"a": a, "b": b, "sum": a + b} for n, (a, b) in enumerate(cells)}
    table["total"] = {c: sum(row[c] for row in table.values()) for c in ("a", "b", "sum")}
    assert not [*across(table, "sum", ["a", "b"]), *down(table, "total")]
    table["0"]["a"] += out_by
    assert [(f.row, f.out_by) for f in across(table, "sum", ["a", "b"])] == [("0", -out_by)]
    assert [(f.column, f.out_by) for f in down(table, "total")] == [("a", -out_by)]


def test_an_empty_bridge_of_equal_ends_has_no_steps():
    assert bridge(5, 5, []).steps == ()
