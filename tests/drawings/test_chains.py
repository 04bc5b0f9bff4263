"""The drawing of a chain: everybody in it, in the picture, in the small one, and in words."""

import re
import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal_site.drawings.chain_diagram import WIDE, Given, Holder, chain_diagram
from commonweal_site.drawings.svg import Cell

SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
)
ROOTS = st.builds(Holder, name=NAMES, href=st.just("/kent/body/icb"), law=NAMES, given=st.just(()))
CHAINS = st.recursive(
    ROOTS,
    lambda above: st.builds(
        Holder, name=NAMES, href=st.just("/kent/body/panel"), law=st.just(""),
        given=st.lists(
            st.builds(Given, words=st.lists(NAMES, max_size=2).map(tuple), giver=above),
            min_size=1, max_size=2,
        ).map(tuple),
    ),
    max_leaves=4,
)  # fmt: skip


def drawn(end):
    return chain_diagram(end, [(Cell("1"),) * 7], key="chain", of="care")


def everybody(holder):
    yield holder
    for each in holder.given:
        yield from everybody(each.giver)


def texts(markup):
    return "".join("".join(each.itertext()) for each in ET.fromstring(markup).iter(f"{SVG}text"))


@settings(max_examples=40)
@given(CHAINS)
def test_everybody_in_a_chain_is_in_the_picture_and_in_its_words(end):
    made = drawn(end)
    for each in everybody(end):
        assert each.name in made.description
    for markup in (made.svg, made.narrow):
        boxes = ET.fromstring(markup).findall(f".//{SVG}rect")
        everyone = list(everybody(end))
        assert len(boxes) == len(everyone) + sum(bool(each.law) for each in everyone)
        assert not re.search(r"\sstyle=|<script", markup)


@settings(max_examples=40)
@given(CHAINS)
def test_no_box_leaves_the_picture_or_covers_another(end):
    for markup in (drawn(end).svg, drawn(end).narrow):
        root = ET.fromstring(markup)
        _, _, wide, high = map(float, root.get("viewBox").split())
        boxes = [
            tuple(float(each.get(name)) for name in ("x", "y", "width", "height"))
            for each in root.findall(f".//{SVG}rect")
        ]
        for at, (x, y, w, h) in enumerate(boxes):
            assert min(x, y) >= -0.01
            assert x + w <= wide + 0.01
            assert y + h <= high + 0.01
            for x2, y2, w2, h2 in boxes[at + 1 :]:
                assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_each_giver_of_a_joint_committee_stands_beside_the_other():
    one, two = (Holder(name, f"/{name}", law="An Act") for name in ("Board", "Council"))
    end = Holder("Joint", "/joint", given=(Given(("Up to £5",), one), Given((), two)))
    made = drawn(end)
    boxes = {
        each.find(f"{SVG}text").text: each.find(f"{SVG}rect")
        for each in ET.fromstring(made.svg).iter(f"{SVG}a")
    }
    assert boxes["Board"].get("y") == boxes["Council"].get("y")
    assert float(boxes["Board"].get("x")) < WIDE / 2 < float(boxes["Council"].get("x"))
    assert float(boxes["Joint"].get("y")) > float(boxes["Board"].get("y"))
    assert "Joint needs all of them." in made.description
    assert "Up to £5" in texts(made.svg)
    assert "From Board: Up to £5" in texts(made.narrow)
