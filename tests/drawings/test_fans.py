"""A fan says every year in its table, breaks where nothing is planned, and is there for a small screen too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal_site.drawings.beds_curve import Curve, beds_curve
from commonweal_site.drawings.fan_chart import Fan, fan_chart

YEARS = [2026, 2027, 2028]
FAN = Fan(
    "Beds", "beds", YEARS, [100.0, 110.0, 120.0],
    (([100.0, 90.0, 80.0], [100.0, 130.0, 160.0]), ([100.0, 105.0, 110.0], [100.0, 115.0, 130.0])),
    (105.0, 115.0, None), "Beds needed.",
)  # fmt: skip


def cells(drawing):
    return [[cell.text for cell in row] for row in drawing.rows]


def test_every_year_stands_in_the_table_with_its_range_and_its_plan():
    assert cells(fan_chart(FAN)) == [
        ["2026", "100", "known", "105"],
        ["2027", "110", "90 and 130", "115"],
        ["2028", "120", "80 and 160", "Not stated"],
    ]


def test_means_alone_have_no_bands_and_say_so():
    drawing = fan_chart(FAN._replace(bands=(), planned=()))
    assert drawing.headings == ("Year", "Mean of all futures")
    assert "polygon" not in drawing.svg
    assert "eight of ten" not in drawing.svg


def test_the_line_of_what_is_planned_ends_with_the_plan():
    line = 'class="cw-chart__target"'
    assert line in fan_chart(FAN).svg
    assert "planned</text>" in fan_chart(FAN).svg
    assert line not in fan_chart(FAN._replace(planned=())).svg


def test_a_fan_and_a_curve_are_there_for_a_phone_too():
    for drawing in (fan_chart(FAN), beds_curve(CURVE)):
        assert 'viewBox="0 0 900' in drawing.svg
        assert 'viewBox="0 0 300' in drawing.narrow


CURVE = Curve(
    "Enough", "futures of 100", [100.0, 110.0, 120.0], [0.0, 50.0, 100.0], [110.0, 115.0], ""
)


def test_a_number_of_beds_is_enough_as_often_as_the_largest_that_is_no_more():
    assert cells(beds_curve(CURVE)) == [["110", "50 of 100"], ["115", "50 of 100"]]


@pytest.mark.parametrize("room", ["svg", "narrow"])
@given(middle=st.lists(st.floats(1, 1e7), min_size=3, max_size=3))
def test_no_line_leaves_the_picture(room, middle):
    import re

    drawing = fan_chart(FAN._replace(middle=middle, bands=(), planned=()))
    svg = getattr(drawing, room)
    wide, high = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups())
    points = re.search(r'<polyline points="([^"]+)"', svg)[1].split()
    for x, y in (map(float, each.split(",")) for each in points):
        assert 0 <= x <= wide
        assert 0 <= y <= high
