"""What holds for every drawing: sound markup, no script, no style attribute, everything also in words."""

import re
import shutil
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.areas.facts import Area, Containment, Population
from commonweal.areas.geometry import Shape
from commonweal.bodies.facts import Body, Relation
from commonweal.record.documents import Event
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.drawings.areas_diagram import areas_diagram, lies
from commonweal_site.drawings.bodies_diagram import bodies_diagram
from commonweal_site.drawings.boundary_map import Layer, Place, area_map, england_map
from commonweal_site.drawings.control_chart import control_chart, signs
from commonweal_site.drawings.funnel import funnel_plot
from commonweal_site.drawings.populations import People, in_full, not_recorded, population_bars
from commonweal_site.drawings.succession import Passage, share_in_words, succession_diagram
from commonweal_site.drawings.svg import shortened, tag, width, wrapped
from commonweal_site.drawings.tile_map import england_in_tiles
from commonweal_site.drawings.timeline import happenings, lives, timeline
from tests.areas.test_boundaries import square
from tests.drawings.test_charts import COUNTS, FLAT, series, units
from tests.making import a, record_of, shipped

DAY = date(2022, 10, 1)
LINKS = SiteAddresses("as_at=2022-10-01")
STATIC = Path(__file__).resolve().parents[2] / "src/commonweal_site/static"
SYSTEMS = ("hampshire-and-isle-of-wight", "north-east-and-north-cumbria", "exampleshire", "frimley")


@pytest.fixture(scope="module")
def record():
    return shipped()


def every_drawing(snapshot):
    """One or more of each sort, on real facts where there are any."""
    yield england_in_tiles(snapshot, LINKS.system, here=["dorset"])
    for system in SYSTEMS:
        yield areas_diagram(snapshot, system, LINKS)
        yield bodies_diagram(snapshot, system, LINKS)
    squares = [Shape(f"E{n}", f"Square {n}", square(n, 51)) for n in range(3)]
    places = [Place(shape.name, shape, f"/{shape.code}/", ("Square",)) for shape in squares]
    yield england_map(places, day="today", layer=Layer("Regions", tuple(squares)))
    yield area_map(places[:1], places[1:], day="today")
    yield a_timeline(snapshot)
    yield succession_diagram(PASSAGES, names={}, links={"x": "/x"}, of="Y")
    yield population_bars(PEOPLE, title="Populations")
    yield not_recorded("the seats of the board")
    yield control_chart(series([*FLAT, None, 30], target=20, title="Waits"))
    yield signs(series([*FLAT, None, 30], target=20, title="Waits"))
    yield funnel_plot(units(*COUNTS))


def a_timeline(snapshot):
    board = Body(name="Board <of> & Co", type="integrated care board", stage="shadow")
    statutory = Body(name="Board <of> & Co", type="integrated care board", stage="statutory")
    held = [
        ("kent/body/icb", date(2021, 10, 1), date(2022, 7, 1), board),
        ("kent/body/icb", date(2022, 7, 1), date(9999, 12, 31), statutory),
    ]
    events = [
        ("kent/event/one", Event(name="Strategy", when="2022-12", planned=True, replanned="2023")),
        ("kent/event/two", Event(name="Established", when="2022-07-01")),
    ]
    return timeline(lives(held, LINKS), happenings(events, LINKS), day=DAY, of="Kent")


PASSAGES = [
    Passage("x", "y", "merge", "1 April 2026"),
    Passage(
        "x", "z", "split", "1 April 2026", Decimal("0.229339"), "A weight, not a division in law"
    ),
]
PEOPLE = [
    People("North", Population(of="kent/area/a", people=324_000, year="2021", approximate=True)),
    People("South", Population(of="kent/area/b", people=701_000, basis="resident")),
    People("East", Population(of="kent/area/c", printed="some 5,OOO")),
    People("West", None),
]


def test_every_drawing_is_sound_markup_without_script_or_style(record):
    drawn = list(every_drawing(record(DAY)))
    assert len(drawn) == 18
    for drawing in drawn:
        for markup in (drawing.svg, drawing.narrow, drawing.figure):
            if markup:
                ET.fromstring(markup)
            assert not re.search(r"\sstyle=|<style|<script|\son\w+=", markup)
        assert drawing.title
        assert drawing.description


def test_every_picture_names_itself_and_no_two_on_a_page_share_an_identifier(record):
    snapshot = record(DAY)
    kinds = [
        england_in_tiles(snapshot, LINKS.system), areas_diagram(snapshot, "frimley", LINKS),
        bodies_diagram(snapshot, "frimley", LINKS), a_timeline(snapshot),
        succession_diagram(PASSAGES, names={}, links={}, of="Y"), population_bars(PEOPLE, title="P"),
    ]  # fmt: skip
    page = "".join(each.figure for each in kinds)
    named = re.findall(r'\sid="([^"]+)"', page)
    assert len(named) == len(set(named))
    for reference in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page):
        assert reference in named


def test_a_picture_with_links_is_a_group_and_one_without_is_an_image(record):
    for drawing in every_drawing(record(DAY)):
        for markup in filter(None, (drawing.svg, drawing.narrow)):
            inside = "<a " in markup
            assert f'role="{"group" if inside else "img"}"' in markup, drawing.title


def test_every_link_in_a_picture_has_its_name_and_keeps_the_day(record):
    drawing = areas_diagram(record(DAY), "hampshire-and-isle-of-wight", LINKS)
    for link in ET.fromstring(drawing.svg).iter("{http://www.w3.org/2000/svg}a"):
        assert link.get("aria-label")
        assert "as_at=2022-10-01" in link.get("href")


def test_text_from_the_record_cannot_become_markup():
    assert tag("text", "<b>&") == "<text>&lt;b&gt;&amp;</text>"
    assert 'href="/?q=&#34;&gt;"' in tag("a", "x", href='/?q=">')


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=200))
def test_no_line_of_text_is_wider_than_its_room(text):
    for line in wrapped(text, 14, 120, 3):
        assert width(line, 14) <= 120


def test_text_that_fits_is_left_whole_and_text_that_does_not_says_so():
    assert shortened("Frimley", 14, 100) == "Frimley"
    assert shortened("Bedfordshire, Luton and Milton Keynes", 14, 100).endswith("…")


def test_a_map_of_numbers_stands_with_its_key_open(record):
    drawings = {each.title: each for each in every_drawing(record(DAY))}
    numbered = next(each for each in drawings.values() if each.key)
    assert '<details class="cw-drawing__details" open="">' in numbered.figure
    assert " open=" not in a_timeline(record(DAY)).figure


# --- areas ----------------------------------------------------------------------------------------


def test_an_area_in_two_systems_is_drawn_in_its_own_and_says_that_it_lies_in_the_other(record):
    drawing = areas_diagram(record(DAY), "hampshire-and-isle-of-wight", LINKS)
    assert "Partly also in Frimley" in drawing.svg
    row = next(row for row in drawing.rows if row[0].text == "Hampshire")
    assert "Frimley (part)" in row[2].text


def test_thirty_six_clusters_are_drawn_as_counts_that_add_up_and_listed_one_by_one(record):
    drawing = areas_diagram(record(date(2018, 10, 1)), "hampshire-and-isle-of-wight", LINKS)
    counts = re.findall(r">(\d+) clusters?<", drawing.svg)
    assert sum(map(int, counts)) >= 36
    assert sum(row[1].text == "cluster" for row in drawing.rows) == 36


def test_a_sub_area_is_drawn_in_its_partnership_though_a_council_area_holds_it_too(record):
    where = lies(record(DAY), "hampshire-and-isle-of-wight/area/sub-southampton")
    assert (
        where.within
        == "hampshire-and-isle-of-wight/area/acute-southampton-and-south-west-hampshire"
    )
    assert [each.whole for each in where.also] == [
        "hampshire-and-isle-of-wight/area/hwb-southampton"
    ]


def test_every_area_of_the_system_stands_in_the_table(record):
    snapshot = record(DAY)
    for system in SYSTEMS:
        drawing = areas_diagram(snapshot, system, LINKS)
        own = [name for name in snapshot.all(Area) if name.startswith(f"{system}/")]
        drawn = {row[0].href for row in drawing.rows}
        missing = [name for name in own if LINKS.entity(name) not in drawn]
        assert all(snapshot.get(name).type in {"country", "region"} for name in missing)


def test_an_area_that_lies_in_nothing_is_drawn_beside_the_system():
    on = record_of(
        a("kent/area/system", Area(name="Kent", type="system")),
        a("kent/area/place", Area(name="Thanet", type="place")),
    )
    drawing = areas_diagram(on(DAY), "kent", LINKS)
    assert "Areas not recorded as lying inside the system" in drawing.svg


def test_a_ring_of_containments_loses_no_area_and_does_not_hang():
    on = record_of(
        a("kent/area/system", Area(name="Kent", type="system")),
        a("kent/area/one", Area(name="One", type="place")),
        a("kent/area/two", Area(name="Two", type="place")),
        a("kent/containment/a", Containment(part="kent/area/one", whole="kent/area/two")),
        a("kent/containment/b", Containment(part="kent/area/two", whole="kent/area/one")),
    )
    drawing = areas_diagram(on(DAY), "kent", LINKS)
    assert {row[0].text for row in drawing.rows} == {"Kent", "One", "Two"}


# --- bodies ---------------------------------------------------------------------------------------


def two_bodies(**relation):
    fields = {"who": "kent/body/a", "to_whom": "kent/body/b", **relation}
    return record_of(
        a("kent/area/system", Area(name="Kent", type="system")),
        a("kent/body/a", Body(name="Alpha", type="committee")),
        a("kent/body/b", Body(name="Beta", type="council")),
        a("kent/relation/r", Relation(**fields)),
    )(DAY)


def test_to_answer_to_a_body_is_drawn_otherwise_than_to_be_directed_by_it():
    answers = bodies_diagram(two_bodies(type="accountable to"), "kent", LINKS)
    directs = bodies_diagram(two_bodies(type="directs"), "kent", LINKS)
    assert "cw-line--answers" in answers.svg
    assert ">accountable to<" in answers.svg
    assert "cw-line--directs" in directs.svg
    assert ">directed by<" in directs.svg


def test_that_a_body_cannot_be_directed_is_written_and_never_drawn_as_a_line():
    drawing = bodies_diagram(two_bodies(type="cannot direct"), "kent", LINKS)
    assert "cw-line" not in drawing.svg
    assert "cannot direct Beta" in drawing.svg


def test_bodies_that_answer_to_each_other_are_drawn_once_each():
    on = record_of(
        a("kent/area/system", Area(name="Kent", type="system")),
        a("kent/body/a", Body(name="Alpha", type="committee", parents=("kent/body/b",))),
        a("kent/body/b", Body(name="Beta", type="committee", parents=("kent/body/a",))),
    )
    drawing = bodies_diagram(on(DAY), "kent", LINKS)
    assert drawing.svg.count(">Alpha</text>") == 1
    assert drawing.svg.count(">Beta</text>") == 1


def test_many_bodies_of_a_kind_become_one_box_with_their_number():
    networks = [
        a(f"kent/body/n{n}", Body(name=f"Network {n}", type="primary care network", named=False))
        for n in range(66)
    ]
    on = record_of(a("kent/area/system", Area(name="Kent", type="system")), *networks)
    drawing = bodies_diagram(on(DAY), "kent", LINKS)
    assert ">66 primary care networks</text>" in drawing.svg
    assert "not named in the sources" in drawing.svg
    assert len(drawing.rows) == 66


def test_a_hundred_and_fifty_bodies_still_make_a_picture_a_person_can_scroll():
    kinds = ("council", "partner", "committee", "team", "place board")
    bodies = [a(f"kent/body/b{n}", Body(name=f"Body {n}", type=kinds[n % 5])) for n in range(150)]
    on = record_of(a("kent/area/system", Area(name="Kent", type="system")), *bodies)
    drawing = bodies_diagram(on(DAY), "kent", LINKS)
    assert drawing.svg.count("<rect") <= 40


# --- time, shares and people ------------------------------------------------------------------------


def test_a_day_is_a_mark_and_a_month_is_a_band(record):
    drawing = a_timeline(record(DAY))
    marks = re.findall(r"<(path|rect)[^>]*cw-time__mark cw-time__mark--(\w+)", drawing.svg)
    assert marks == [("path", "reported"), ("rect", "planned")]


def test_what_was_planned_says_so_in_words_and_what_became_of_it(record):
    drawing = a_timeline(record(DAY))
    assert 'aria-label="December 2022: Strategy (planned); replanned to 2023"' in drawing.svg
    assert drawing.rows[-1][3].text == "planned; replanned to 2023"


def test_stages_of_one_life_are_told_apart_and_an_open_end_goes_on(record):
    rows = a_timeline(record(DAY)).rows
    assert [row[0].text for row in rows[:2]] == [
        "Board <of> & Co (shadow)",
        "Board <of> & Co (statutory)",
    ]
    assert rows[0][2].text == "1 July 2022"
    assert rows[1][2].text == "Goes on"


def test_a_first_day_that_is_only_first_stated_is_marked():
    body = Body(name="Board", type="place board", start="first stated")
    held = [("kent/body/b", date(2022, 3, 1), date(2022, 7, 1), body)]
    drawing = timeline(lives(held, LINKS), [], day=DAY, of="Kent")
    assert "cw-time__vague" in drawing.svg
    assert drawing.rows[0][3].text == "first stated then"


def test_nothing_dated_makes_no_picture_but_a_sentence():
    drawing = timeline([], [], day=DAY, of="Kent")
    assert not drawing.svg
    assert "Nothing dated is on record." in drawing.figure


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Decimal("0.229339"), "22.9%"), (Decimal(1), "100.0%"), (Decimal(0), "0.0%"),
        (None, "share not recorded"),
    ],
)  # fmt: skip
def test_a_share_that_is_not_recorded_is_not_nought(share, words):
    assert share_in_words(share) == words


def test_a_succession_says_its_share_and_the_limits_of_it():
    drawing = succession_diagram(PASSAGES, names={}, links={}, of="Y")
    assert [row[3 + 1].text for row in drawing.rows] == ["All of it", "22.9%"]
    assert drawing.notes == ("A weight, not a division in law",)


def test_a_population_carries_its_year_and_basis_and_its_silences():
    assert [in_full(each.population) for each in PEOPLE] == [
        "about 324,000 (basis not stated, 2021)",
        "701,000 (residents, year not stated)",
        "“some 5,OOO”; no number recorded",
        "not recorded",
    ]
    notes = population_bars(PEOPLE, title="P").notes
    assert "not all of the same year" in " ".join(notes)
    assert "count different people" in " ".join(notes)


def test_bars_of_population_are_to_one_scale_and_nobody_unrecorded_has_one():
    drawing = population_bars(PEOPLE, title="P")
    wide = [
        float(each)
        for each in re.findall(r'width="([\d.]+)" height="16" class="cw-people', drawing.svg)
    ]
    assert wide[1] / wide[0] == pytest.approx(324 / 701, rel=1e-3)
    assert drawing.svg.count("cw-silence__words") == 2


# --- in a browser ---------------------------------------------------------------------------------

SITE = "http://drawings.test"
POLICY = "default-src 'self'; style-src 'self'; script-src 'self'; object-src 'none'"


def html(snapshot):
    """A page with a picture of each kind, one system's; a page has no two of a kind."""
    others = ("North East and", "Exampleshire", "Frimley")
    shown = [each for each in every_drawing(snapshot) if not any(o in each.title for o in others)]
    body = "".join(f"<h2>{each.title}</h2>{each.figure}" for each in shown)
    sheets = "".join(
        f'<link rel="stylesheet" href="/{name}">'
        for name in ("vendored/nhsuk-frontend.min.css", "commonweal/drawings.css")
    )
    return (
        '<!doctype html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><title>Drawings</title>{sheets}<body>'
        f'<main class="nhsuk-width-container"><h1>Drawings</h1>{body}</main></body></html>'
    )


@pytest.fixture
def page(record):
    """That page in Chromium, under the site's strict policy. Nothing leaves the machine."""
    from playwright.sync_api import sync_playwright

    text = html(record(DAY))

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path == "/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=text, content_type="text/html", headers=headers)
        elif (STATIC / path[1:]).is_file():
            route.fulfill(path=STATIC / path[1:])
        else:
            route.fulfill(status=204)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.route("**", answer)
        yield page
        browser.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("wide", [320, 1280])
def test_given_any_drawing_when_it_is_read_then_axe_finds_nothing_and_nothing_sticks_out(
    page, wide
):
    from axe_playwright_python.sync_playwright import Axe

    said = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": wide, "height": 800})
    page.goto(SITE + "/")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()
    assert said == []


@pytest.mark.browser
@pytest.mark.slow
def test_given_a_map_when_the_keyboard_reaches_a_tile_then_it_can_be_seen_and_followed(page):
    page.goto(SITE + "/")
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.getAttribute('href')").startswith("/north-east")
    fill = page.evaluate(f"getComputedStyle({focused}.querySelector('rect')).fill")
    assert fill == "rgb(255, 235, 59)"
