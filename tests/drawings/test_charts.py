"""Control charts, their signs and funnels as pictures: sound, readable without colour, all in words."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.methods import control_charts as charts
from commonweal.outcomes.methods.funnels import proportion_funnel
from commonweal.outcomes.methods.overdispersion import overdispersed_ratio
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.states import State
from commonweal_site.drawings.axes import axis, rounded
from commonweal_site.drawings.control_chart import Series, control_chart, signs
from commonweal_site.drawings.funnel import Units, funnel_plot
from commonweal_site.drawings.svg import width

FLAT = [10.0, 11.0] * 7
MONTHS = [f"Month {number}" for number in range(1, 40)]
SVG = "{http://www.w3.org/2000/svg}"


def series(
    values, *, better=Polarity.HIGHER_IS_BETTER, target=None, title="Seen & <treated>", **more
):
    chart = charts.xmr(values, **more)
    return Series(title, chart, MONTHS[: len(values)], "per cent of people", better, target)


def units(count, people, **more):
    names = [f"Unit {number}" for number in range(1, len(count) + 1)]
    funnel = proportion_funnel(count, people, **more)
    return Units("Screened, by <unit>", funnel, names, "per cent", "people asked")


def drawn():
    yield control_chart(series([*FLAT, 30], target=20))
    yield control_chart(series([*FLAT, None, State.SUPPRESSED, 3], better=Polarity.LOWER_IS_BETTER))
    yield control_chart(series([7.0], better=Polarity.NEITHER))
    yield control_chart(series([None]))
    yield signs(series([*FLAT, 30], target=50))
    yield funnel_plot(units([30, 20, 90, 0], [100, 100, 100, 0]))
    yield funnel_plot(units([3], [10], confidence=None))
    ratios = overdispersed_ratio([2, 50, 31, 9, 77, 120, 64, 8, 30, 41], [40.0] * 10)
    yield funnel_plot(Units("Ratios", ratios, [*"ABCDEFGHIJ"], "per 100", "expected"))


def test_every_chart_is_sound_markup_without_script_or_style():
    for drawing in drawn():
        for markup in filter(None, (drawing.svg, drawing.narrow, drawing.figure)):
            ET.fromstring(markup)
            assert not re.search(r"\sstyle=|<style|<script|\son\w+=", markup)
            assert "nan" not in markup
        assert drawing.description


def test_no_text_runs_out_of_its_picture():
    for drawing in drawn():
        for markup in filter(None, (drawing.svg, drawing.narrow)):
            root = ET.fromstring(markup)
            room = float(root.get("viewBox").split()[2])
            for text in root.iter(f"{SVG}text"):
                size = 14 if text.get("class") in {"cw-chart__unit", "cw-chart__key"} else 12
                x, long = float(text.get("x")), width(text.text, size)
                begins = {"end": x - long, "middle": x - long / 2}.get(text.get("text-anchor"), x)
                assert begins >= -1
                assert begins + long <= room + 1, text.text


# --- control charts -------------------------------------------------------------------------------


def test_the_sentence_says_the_latest_value_why_it_stands_out_and_what_of_the_target():
    said = control_chart(series([*FLAT, 30], target=20)).description
    assert "15 values, from Month 1 to Month 15." in said
    assert "Month 15, is 30.0: improving" in said
    assert "above the upper process limit" in said
    assert "rules: plot-the-dots" in said
    assert "The target is 20.0: will keep missing" in said


def test_the_sentence_owns_up_to_trial_limits_and_to_having_none():
    assert "rest on 4 values only" in control_chart(series([1.0, 2, 1, 2])).description
    assert "too few values for limits" in control_chart(series([1.0])).description
    assert "no value is there" in control_chart(series([None])).description


def test_the_table_has_every_point_and_says_why_one_is_not_there():
    rows = control_chart(series([*FLAT, None, State.SUPPRESSED, 30])).rows
    assert len(rows) == 17
    assert [cell.text for cell in rows[14]] == ["Month 15", "missing", "", "", "", "no value"]
    assert rows[15][1].text == "suppressed"
    assert rows[16][-1].text.startswith("Improving: above the upper")


def marks(markup):
    return re.findall(r'class="cw-mark cw-mark--(\w+)"', markup)


def test_each_meaning_has_a_shape_of_its_own():
    good = control_chart(series([*FLAT, 30, None, -9])).svg
    shapes = {}
    for element in ET.fromstring(good).iter():
        look = re.search(r"cw-mark--(\w+)", element.get("class", ""))
        if look:
            path = re.sub(r"[\d.,-]+", "", element.get("d", "circle"))
            shapes.setdefault(look[1], set()).add(path)
    assert set(shapes) == {"common", "better", "worse", "absent"}
    assert all(len(each) == 1 for each in shapes.values())
    assert len({path for each in shapes.values() for path in each}) == 4


def test_a_missing_point_breaks_the_line_and_is_marked():
    svg = control_chart(series([1.0, 2, None, 1, 2])).svg
    line = re.search(r'd="([^"]+)" class="cw-chart__series"', svg)[1]
    assert (line.count("M"), line.count("L")) == (2, 2)
    assert marks(svg).count("absent") == 2  # the point, and its sample in the key


def test_the_key_has_only_what_is_drawn():
    plain = control_chart(series(FLAT)).svg
    assert "no significant change" in plain
    assert "getting worse" not in plain
    assert ">target<" not in plain
    assert ">target<" in control_chart(series(FLAT, target=12)).svg


def test_limits_of_two_phases_are_two_lines():
    values = [*FLAT, *[each + 40 for each in FLAT]]
    svg = control_chart(series(values, phases=[14])).svg
    centre = re.search(r'd="([^"]+)" class="cw-chart__centre"', svg)[1]
    assert centre.count("M") == 2


def test_periods_that_do_not_fit_the_points_are_refused():
    with pytest.raises(ValueError, match="3 periods"):
        control_chart(series(FLAT)._replace(periods=MONTHS[:3]))


@pytest.mark.parametrize(
    ("values", "target", "words", "looks"),
    [
        ([*FLAT, 30], 1, ("Improving", "Will keep meeting"), ("better", "better")),
        ([*FLAT, -9], 50, ("Getting worse", "Will keep missing"), ("worse", "worse")),
        (FLAT, 10.5, ("No significant change", "May meet"), ("common", "common")),
        (FLAT, None, ("No significant change", "No target"), ("common", "common")),
        ([None], 5, ("No value", "Cannot tell"), ("common", "common")),
    ],
)
def test_both_signs_have_a_shape_and_words(values, target, words, looks):
    drawing = signs(series(values, target=target))
    assert [
        row[1].text.startswith(word) for row, word in zip(drawing.rows, words, strict=True)
    ] == [
        True,
        True,
    ]
    assert tuple(re.findall(r"cw-sign--(\w+)", drawing.svg)) == looks


def test_signs_for_better_and_worse_differ_in_shape_and_arrows_say_which_way():
    up, down = signs(series([*FLAT, 30])).svg, signs(series([*FLAT, -9])).svg
    frames = [re.search(r'd="([^"]+)" class="cw-sign cw-sign', each)[1] for each in (up, down)]
    arrows = [re.search(r'd="([^"]+)" class="cw-sign__inside', each)[1] for each in (up, down)]
    assert frames[0] != frames[1]
    assert arrows[0] != arrows[1]


# --- funnels --------------------------------------------------------------------------------------

COUNTS = ([30, 20, 90, 28, 0], [100, 100, 100, 100, 0])


def test_the_funnel_says_who_lies_outside_and_how_many_chance_would_put_there():
    said = funnel_plot(units(*COUNTS)).description
    assert "4 units around 42.0. 1 more has no value." in said
    assert "Above the limits at 99.8% lie 1 and below them 1" in said
    assert "chance alone would put about 0.008 outside" in said


def test_units_stand_in_the_order_given_and_not_in_that_of_their_values():
    rows = funnel_plot(units(*COUNTS)).rows
    assert [row[0].text for row in rows] == [f"Unit {number}" for number in range(1, 6)]
    assert rows[2][-1].text == "above the limits at 99.8%"
    assert rows[0][-1].text == "below the limits at 95%"
    assert [cell.text for cell in rows[4]] == ["Unit 5", "not applicable", "", "", "", "no value"]


def test_units_outside_are_triangles_that_point_their_way_and_are_named():
    drawing = funnel_plot(units(*COUNTS))
    for look, sign in (("high", "-"), ("low", "")):
        found = re.findall(
            rf'd="M[\d.]+,[\d.]+l6,({"" if sign else "-"}11)[^"]*" class="cw-mark cw-funnel__{look}"',
            drawing.svg,
        )
        assert len(found) == 2  # one unit, and the sample in the key
    assert ">Unit 3<" in drawing.svg
    assert ">Unit 1<" not in drawing.svg
    assert ">Unit 3<" not in drawing.narrow


def test_a_funnel_that_was_widened_says_so():
    drawing = list(drawn())[-1]
    assert "The limits are widened" in drawing.description
    assert "widened" not in funnel_plot(units(*COUNTS)).description


def test_seven_thousand_units_are_one_path():
    rng = np.random.default_rng(2)
    people = rng.integers(500, 9_000, 7_000)
    drawing = funnel_plot(units(rng.binomial(people, 0.2), people))
    assert len(drawing.svg) < 200_000
    assert drawing.svg.count('class="cw-funnel__inside"') == 2


def test_names_that_do_not_fit_the_units_are_refused():
    with pytest.raises(ValueError, match="1 names for 5 units"):
        funnel_plot(units(*COUNTS)._replace(names=["Only one"]))


# --- scales ---------------------------------------------------------------------------------------


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_every_value_lies_on_an_axis_of_few_round_numbers(values):
    line = axis(values, 0, 100)
    assert line.low <= min(values)
    assert line.high >= max(values)
    assert 2 <= len(line.ticks) <= 9


def test_an_axis_says_its_numbers_with_no_more_places_than_they_need():
    line = axis([0.1, 0.42], 0, 100)
    assert [line.said(each) for each in line.ticks] == ["0.1", "0.2", "0.3", "0.4", "0.5"]
    assert axis([3_000, 12_000], 0, 100).said(10_000) == "10,000"


def test_a_value_is_said_a_little_finer_than_the_axis_and_a_gap_is_not_a_number():
    assert rounded(71.26, 5) == "71.3"
    assert rounded(float("nan"), 5) == "no value"
