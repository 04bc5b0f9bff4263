"""No figure of an indicator or an area that is not for publication is on a page, in data or in a count."""

from datetime import UTC, datetime

import pytest

from commonweal.areas.facts import Area
from commonweal.outcomes.indicators import Follows, Indicator
from commonweal_site.outcomes.reading import store
from commonweal_site.outcomes.shipping import HEADS, keep_shipped
from tests.desk import asserted, write
from tests.site.conftest import PAPER, small, the_site_on

ENGLAND = "E92000001"
OPEN, FORMER = "4321", "7654"
SHUT = "8888"
"""Counts that tell whose figures they are."""


def figures(folder):
    """Five years in which everything gets worse, with a count of its own for what is shut."""
    rows = [",".join(HEADS)]
    for year in range(2019, 2024):
        step = 300 * (year - 2019)
        for name, area, count in (
            ("open", "area/thanet", int(OPEN) + step), ("open", "area/hush", int(SHUT)),
            ("hush", "area/thanet", int(SHUT)), ("open", ENGLAND, 3_000), ("hush", ENGLAND, 3_000),
        ):  # fmt: skip
            rows.append(f"indicator/{name},{area},{year},persons,all,,,,,{count},10000,")
    rows.append(f"indicator/hush-before,area/thanet,2018,persons,all,,,,,{FORMER},10000,")
    (folder / "observations.csv").write_text("\n".join(rows))


@pytest.fixture
def kent(sqlite, tmp_path, settings):
    """An open indicator, one that is kept back, and an area that is kept back."""
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "kent"
    folder.mkdir()
    figures(folder)
    keep_shipped(folder, store(), recorded=datetime(2026, 4, 2, tzinfo=UTC))
    measure = {
        "method": "proportion", "unit": "percentage", "polarity": "lower is better",
        "comparison": "limits at 95%", "sources": PAPER,
    }  # fmt: skip
    shut = {"exempt": "Personal data"}
    before = Follows(indicator="kent/indicator/hush-before", how="renamed")
    with sqlite.fresh(tmp_path) as book:
        small(book)
        write(
            book,
            asserted("england/area/england", Area(name="England", type="country", sources=PAPER)),
            asserted("kent/area/hush", Area(name="Hushwater", type="place", **shut, sources=PAPER)),
            asserted("kent/indicator/open", Indicator(name="Open", **measure)),
            asserted("kent/indicator/hush", Indicator(name="Hushwater", **shut, **measure)),
            asserted("kent/indicator/hush-before", Indicator(name="Hushwater", **shut, **measure)),
            asserted("kent/indicator/after", Indicator(name="After", follows=(before,), **measure)),
        )  # fmt: skip
        with the_site_on(book) as client:
            yield client


EVERYWHERE = [
    "/kent/area/thanet/outcomes/", "/kent/area/thanet/outcomes.json", "/kent/area/thanet/outcomes.csv",
    "/kent/area/system/outcomes/", "/worse-and-getting-worse/", "/worse-and-getting-worse.json",
    "/worse-and-getting-worse.csv", "/kent/worse-and-getting-worse/", "/kent/worse-and-getting-worse.json",
    *(f"/kent/indicator/open{form}" for form in ("", "/figures.json", "/figures.csv", "/areas.csv",
      "/variation/", "/variation.json", "/over-time.svg")),
    "/kent/outcomes/", "/kent/indicator/", "/",
]  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
def test_nothing_exempt_is_on_any_page_or_in_any_data(kent, path):
    answer = kent.get(path)
    assert answer.status_code == 200, path
    said = answer.content.decode().lower()
    for secret in ("hush", SHUT, "8,888", FORMER):
        assert secret not in said, (path, secret)


def test_what_is_open_is_there_all_the_same(kent):
    data = kent.get("/worse-and-getting-worse.json").json()
    assert [(row["indicator"], row["area"]) for row in data["found"]] == [
        ("kent/indicator/open", "kent/area/thanet")
    ]
    assert data["judged"] == data["with_a_figure"] == 1


@pytest.mark.parametrize(
    "path",
    ["/kent/area/hush/outcomes/", "/kent/area/hush/outcomes.json", "/kent/indicator/hush",
     "/kent/indicator/hush/figures.json", "/kent/indicator/hush/figures.csv",
     "/kent/indicator/hush/areas.csv", "/kent/indicator/hush/over-time.svg",
     "/kent/indicator/hush/variation/", "/kent/indicator/hush/variation.json"],
)  # fmt: skip
def test_what_is_exempt_has_no_address(kent, path):
    assert kent.get(path).status_code == 404


@pytest.mark.parametrize("form", ["", "/figures.json", "/figures.csv", "/areas.csv"])
def test_a_new_name_does_not_bring_out_the_figures_of_an_exempt_former_one(kent, form):
    answer = kent.get(f"/kent/indicator/after{form}")
    assert FORMER not in answer.content.decode()


def test_an_area_that_is_kept_back_cannot_be_chosen(kent):
    assert kent.get("/kent/indicator/open?area=hush").status_code == 400
    assert kent.get("/kent/indicator/open/figures.json?area=hush").status_code == 400
