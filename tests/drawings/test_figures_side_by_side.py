"""Figures side by side, over time and on a map: the picture says no more than its table."""

import re

import pytest
from shapely.geometry import box

from commonweal.areas.geometry import Shape
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.run_charts import run
from commonweal_site.drawings.alone import alone
from commonweal_site.drawings.dots import Dot, Dots, dots
from commonweal_site.drawings.measure_map import Spot, measure_map, measure_tiles
from commonweal_site.drawings.over_time import Point, Years, over_time
from commonweal_site.drawings.run_chart import Run, run_chart

AREAS = [
    Dot("Vale", 12.0, 10.0, 14.0, "worse", "/kent/area/vale", group="Places"),
    Dot("Ash", None, absent="withheld", group="Places"),
    Dot("Coast", 8.0, 7.0, 9.0, "better", group="Places"),
]
SPOTS = {
    "a": Spot("Vale", "12.0%", "worse", "/a", "Kent"),
    "b": Spot("Ash", "withheld", "not compared", None, "Kent", absent=True),
}


def side_by_side(**more):
    return dots(Dots("Smokers", AREAS, "per cent", beside=("England", 9.5), **more))


def test_figures_stand_in_the_order_they_are_given():
    drawing = side_by_side()
    assert [row[0].text for row in drawing.rows] == ["Vale", "Ash", "Coast"]
    names = re.findall(r'class="cw-dots__name">([^<]+)<', drawing.svg)
    assert names == ["Vale", "Ash", "Coast"]


def test_what_is_withheld_has_a_cross_and_a_word_and_no_figure():
    drawing = side_by_side()
    assert [cell.text for cell in drawing.rows[1]] == ["Ash", "withheld", "", "not compared"]
    assert drawing.svg.count("cw-mark--absent") == 1
    assert "2 with a figure, 1 without" in drawing.description


def test_better_and_worse_differ_in_shape_and_in_words_not_only_in_colour():
    drawing = side_by_side()
    assert [row[3].text for row in drawing.rows] == ["worse", "not compared", "better"]
    better, worse = (
        re.search(
            rf'd="M[\d.]+,[\d.]+([a-z])[^"]*" class="cw-mark cw-mark--{look}"', drawing.svg
        ).group(1)
        for look in ("better", "worse")
    )
    assert better != worse


def test_without_limits_nothing_is_said_of_bars():
    bare = dots(Dots("Days", [Dot("Vale", 6.1), Dot("Coast", 7.0)], "days"))
    assert "bars" not in bare.description
    assert "cw-dots__bar" not in bare.svg


def test_names_are_escaped():
    drawing = dots(Dots("x", [Dot("<script>", 1.0, href='/"x')], "y"))
    assert "<script>" not in drawing.figure
    assert '/"x' not in drawing.figure


def test_a_period_without_a_value_breaks_the_line_and_is_said_in_the_table():
    points = [
        Point("2022", 5.0, 4.0, 6.0, 7.0),
        Point("2023", absent="withheld"),
        Point("2024", 6.0, 5.0, 7.0, 7.5),
    ]
    drawing = over_time(Years("Smokers", points, "per cent", "England", target=4.0))
    assert [cell.text for cell in drawing.rows[1]][:2] == ["2023", "withheld"]
    line = re.search(r'd="([^"]+)" class="cw-chart__series"', drawing.svg).group(1)
    assert line.count("M") == 2
    assert (
        "From 5.0 in 2022 to 6.0 in 2024. England was then 7.5. The target is 4."
        in drawing.description
    )


@pytest.mark.parametrize("values", [(), (5.0,)])
def test_one_value_or_none_is_said_plainly(values):
    points = [Point("2022", each) for each in values] or [Point("2022", absent="missing")]
    said = over_time(Years("Smokers", points, "per cent")).description
    assert said.startswith(
        "One value only: 5.00 in 2022." if values else "Smokers: no value is there"
    )


def test_tiles_stand_under_what_they_lie_in_and_say_they_are_no_map():
    drawing = measure_tiles("Smokers", list(SPOTS.values()), "Each beside England.")
    assert "It is no map of boundaries." in drawing.description
    assert drawing.svg.count(">Kent<") == 1
    assert [row[2].text for row in drawing.rows] == ["12.0%", "withheld"]


def test_an_area_without_a_boundary_is_named_and_stays_in_the_table():
    shapes = {"a": Shape("E1", "Vale", box(0, 50, 1, 51))}
    drawing = measure_map("Smokers", SPOTS, shapes, "Each beside England.")
    assert "Not drawn, for want of a boundary: Ash." in drawing.description
    assert [row[0].text for row in drawing.rows] == ["Vale", "Ash"]
    assert drawing.svg.count("cw-shade--worse") == 1


def test_a_picture_alone_carries_the_style_of_what_is_in_it():
    text = alone(side_by_side().svg)
    assert text.startswith("<svg")
    assert ".cw-dots__bar" in text
    assert ".cw-box__frame" not in text


def a_run(values, polarity=Polarity.LOWER_IS_BETTER):
    periods = [f"Month {number}" for number in range(1, len(values) + 1)]
    return run_chart(Run("Days", run(values), periods, "days", polarity))


def test_a_run_chart_has_a_median_and_no_limits():
    drawing = a_run([5.0, 7.0] * 6)
    assert "around a median of 6.00" in drawing.description
    assert "cw-chart__limit" not in drawing.svg
    assert "as chance would." in drawing.description


def test_six_in_a_row_on_one_side_are_a_shift_for_the_better_or_worse_as_polarity_says():
    values = [5.0, 7.0] * 5 + [9.0] * 6
    worse = a_run(values)
    assert worse.rows[-1][3].text == "getting worse: a shift, 6 in a row on one side"
    assert a_run(values, Polarity.HIGHER_IS_BETTER).rows[-1][3].text.startswith("improving")
    assert a_run(values, Polarity.NEITHER).rows[-1][3].text.startswith("changing")
    assert worse.rows[0][3].text == "nothing unusual"


def test_a_point_that_is_not_there_is_said_in_the_run_chart_too():
    drawing = a_run([5.0, None, 7.0, 5.0, 7.0])
    assert [cell.text for cell in drawing.rows[1]] == ["Month 2", "missing", "", "no value"]


def test_a_run_chart_needs_a_period_for_each_point():
    with pytest.raises(ValueError, match="1 periods for values of shape"):
        run_chart(Run("Days", run([1.0, 2.0]), ["Month 1"], "days", Polarity.NEITHER))
