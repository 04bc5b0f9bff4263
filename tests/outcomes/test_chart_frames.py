"""Control charts, funnels and disclosure control on tables, as an analyst has them."""

from datetime import date
from functools import partial

import polars as pl
import pytest

from commonweal.outcomes.methods import control_charts as charts
from commonweal.outcomes.methods.chart_frames import (
    KINDS,
    Charting,
    OutOfStep,
    UnknownKindOfChart,
    charted,
    funnel,
    points,
    released,
    signs,
)
from commonweal.outcomes.methods.disclosure import NotACount
from commonweal.outcomes.methods.frames import DuplicateRow, UnknownColumn
from commonweal.outcomes.methods.funnels import proportion_funnel
from commonweal.outcomes.methods.phases import BadPhases
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.rule_sets import UnknownRuleSet

FLAT = [10.0, 11.0] * 7
BY = Charting(by=("place",), polarity=Polarity.HIGHER_IS_BETTER)


def table():
    """Two places over fifteen periods, the second without its third."""
    rows = [("North", number, value) for number, value in enumerate([*FLAT, 30.0], 1)]
    rows += [("South", number, value) for number, value in enumerate([*FLAT, 10.5], 1)]
    frame = pl.DataFrame(rows, schema=["place", "period", "value"], orient="row")
    return frame.filter((pl.col("place") == "North") | (pl.col("period") != 3))


def test_every_series_has_a_row_for_every_period_whatever_order_its_rows_come_in():
    made = points(table().reverse(), BY)
    assert made["place"].unique(maintain_order=True).to_list() == ["South", "North"]
    assert len(made) == 30
    north = made.filter(place="North")
    alone = charts.xmr([*FLAT, 30.0])
    assert north["upper"].to_list() == alone.upper.tolist()
    assert north.row(-1, named=True)["shows"].startswith("Improving")
    assert north.row(-1, named=True)["why"] == "above the upper process limit"


def test_a_period_without_a_row_is_a_missing_point():
    gap = points(table(), BY).filter(place="South", period=3).row(0, named=True)
    assert (gap["value"], gap["state"], gap["shows"]) == (None, "missing", "No value to judge")


def test_signs_are_one_row_a_series_with_the_period_they_rest_on():
    made = signs(table(), BY._replace(target=50))
    assert made["variation"].to_list()[1] == "No significant change"
    assert made["period"].to_list() == [15, 15]
    assert made["assurance"].str.starts_with("Will keep missing").to_list() == [True, True]


def test_a_month_that_no_row_has_is_missing_once_the_step_is_told():
    days = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 4, 1)]
    frame = pl.DataFrame({"period": days, "value": [1.0, 2, 3]})
    assert len(points(frame, Charting())) == 3
    whole = points(frame, Charting(every="1mo"))
    assert whole["period"].to_list()[2] == date(2024, 3, 1)
    assert whole["state"].to_list() == ["known", "known", "missing", "known"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_is_the_function_of_its_name(kind):
    frame = pl.DataFrame({"period": range(5), "value": [3, 5, 4, 2, 6], "denominator": [9] * 5})
    shares = (frame["value"], frame["denominator"]) if kind in {"p", "u"} else (frame["value"],)
    made, alone = charted(frame, Charting(kind=kind)).chart, getattr(charts, kind)(*shares)
    assert made.upper[0].tolist() == alone.upper.tolist()


def test_a_chart_is_rebased_by_the_name_of_a_period():
    frame = pl.DataFrame({"period": ["a", "b", "c", "d"], "value": [1.0, 3, 11, 13]})
    assert points(frame, Charting(rebased=["c"]))["centre"].to_list() == [2, 2, 12, 12]


def test_withheld_values_stay_withheld_in_the_chart():
    frame = pl.DataFrame({"period": [1, 2, 3], "value": ["4", "[c]", "6"]})
    assert points(frame, Charting())["state"].to_list() == ["known", "suppressed", "known"]


@pytest.mark.parametrize(
    ("how", "error", "said"),
    [
        (Charting(kind="xbar"), UnknownKindOfChart, "xmr"),
        (Charting(period="month"), UnknownColumn, "'month'"),
        (Charting(by=("plaice",)), UnknownColumn, "place"),
        (BY._replace(value="worth"), UnknownColumn, "worth"),
        (Charting(), DuplicateRow, "more than one row"),
        (BY._replace(every="1mo"), OutOfStep, "not days"),
        (BY._replace(rebased=[99]), BadPhases, "none of the periods"),
        (BY._replace(rules="seven"), UnknownRuleSet, "plot-the-dots"),
    ],
)
def test_what_cannot_be_charted_is_said(how, error, said):
    with pytest.raises(error, match=said):
        points(table(), how)


def test_a_day_out_of_step_is_refused():
    frame = pl.DataFrame({"period": [date(2024, 1, 1), date(2024, 2, 2)], "value": [1.0, 2]})
    with pytest.raises(OutOfStep, match="2024-02-02"):
        points(frame, Charting(every="1mo"))


def test_a_funnel_adds_limits_and_sides_to_each_row():
    frame = pl.DataFrame({"unit": ["a", "b", "c"], "count": ["90", "20", "*"], "denominator": 100})
    made = funnel(frame, partial(proportion_funnel, confidence=0.95))
    assert made["side_95"].to_list() == ["above", "below", None]
    assert made["state"].to_list() == ["known", "known", "suppressed"]
    assert made["upper_95"].is_null().to_list() == [False, False, True]


def test_small_counts_and_what_gives_them_away_do_not_leave():
    frame = pl.DataFrame({"count": [3, 40, 0], "rate": [1.5, 20.0, 0], "people": [200, 200, 90]})
    made = released(frame, fewest=5, with_it=["rate"])
    assert made["count"].to_list() == [None, 40, 0]
    assert made["rate"].to_list() == [None, 20, 0]
    assert made["state"].to_list() == ["suppressed", "known", "known"]
    assert "3.0" not in made.write_csv()
    with pytest.raises(NotACount):
        released(frame, fewest=5, count="rate")
