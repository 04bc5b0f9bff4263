"""The figures that come with a pack, as they reach the store and leave it again."""

import hashlib
from datetime import UTC, date, datetime

import polars as pl
import pytest

from commonweal.outcomes.indicators import Indicator
from commonweal.outcomes.store.observations import BadObservations
from commonweal_site.outcomes import shipping
from commonweal_site.outcomes.keeping import Store
from commonweal_site.outcomes.newest import newest
from commonweal_site.outcomes.reading import COUNTRY, reading, readings, store
from commonweal_site.outcomes.shipping import FILE, HEADS, keep_shipped, observed
from commonweal_site.outcomes.worsening import worsening
from commonweal_site.record import packing, shelf
from tests.site.conftest import the_site_on

NOW = datetime(2026, 4, 2, tzinfo=UTC)
DAY = date(2026, 12, 1)
EXAMPLESHIRE = packing.shipped() / "exampleshire"


def text(*rows):
    return "\n".join([",".join(HEADS), *rows])


@pytest.fixture(scope="module")
def snapshot(sqlite, tmp_path_factory):
    """The invented system, on a day."""
    with sqlite.fresh(tmp_path_factory.mktemp("shipped")) as book:
        packing.load([packing.shipped() / "england", EXAMPLESHIRE], book)
        with the_site_on(book):
            yield shelf.SHELF.snapshot(DAY)


@pytest.fixture
def kept(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return keep_shipped(EXAMPLESHIRE, store(), recorded=NOW)


def test_the_file_of_the_pack_is_kept_once(kept):
    assert sum(kept.rows.values()) > 2_000
    assert keep_shipped(EXAMPLESHIRE, store(), recorded=NOW) is None
    assert newest().number == 1
    assert newest(datetime(2026, 4, 1, tzinfo=UTC)) is None


def test_every_indicator_with_figures_is_on_record(kept, snapshot):
    own = {name for name in snapshot.all(Indicator) if name.startswith("exampleshire/")}
    former = {each.indicator for name in own for each in snapshot.fact(name).follows}
    assert set(kept.rows) <= own | former


@pytest.mark.usefixtures("kept")
def test_there_is_something_suppressed_missing_retired_and_renamed(snapshot):
    def states(name):
        rows = reading(snapshot, f"exampleshire/indicator/{name}").rows
        return set(rows["state"].to_list())

    assert 3 in states("smoking-at-birth")
    assert 2 in states("school-ready")
    assert reading(snapshot, "exampleshire/indicator/delayed-transfers").of()["ends"].max() == date(
        2023, 4, 1
    )
    both = reading(snapshot, "exampleshire/indicator/talking-therapies")
    assert both.of()["starts"].min() == date(2023, 10, 1)


@pytest.mark.usefixtures("kept")
def test_no_small_count_of_the_pack_is_read(snapshot):
    names = [name for name in snapshot.all(Indicator) if name.startswith("exampleshire/")]
    for each in readings(snapshot, names).values():
        fewest = each.measure.minimum_count
        small = each.rows.filter((pl.col("count") > 0) & (pl.col("count") < fewest))
        assert small.is_empty(), each.name


@pytest.mark.usefixtures("kept")
def test_as_at_an_earlier_day_later_figures_are_not_yet_there(snapshot):
    earlier = shelf.SHELF.snapshot(date(2025, 6, 1))
    now = reading(snapshot, "exampleshire/indicator/smoking-adults").of()["ends"].max()
    assert now == date(2026, 4, 1)
    then = reading(earlier, "exampleshire/indicator/smoking-adults").of()["ends"].max()
    assert then == date(2025, 4, 1)


@pytest.mark.usefixtures("kept")
def test_as_known_before_the_figures_came_there_are_none(snapshot):
    name = "exampleshire/indicator/smoking-adults"
    assert not reading(snapshot, name, datetime(2026, 1, 1, tzinfo=UTC))
    assert reading(snapshot, name, NOW)


@pytest.mark.usefixtures("kept")
def test_what_is_worse_and_getting_worse_is_found_with_why(snapshot):
    found = {
        (row.indicator.rpartition("/")[2], row.area_name): row.why
        for row in worsening(snapshot, "exampleshire").rows
    }
    assert found["vaccinated-by-five", "Exampleton place"] == "trend of five years"
    assert found["talking-therapies", "South Exampleshire"] == "control chart"
    assert not any(name == "England" for _, name in found)


@pytest.mark.usefixtures("kept")
def test_the_invented_is_never_among_what_is_worse_in_england(snapshot):
    assert worsening(snapshot).rows == ()


@pytest.mark.usefixtures("kept")
def test_england_stands_beside_every_area(snapshot):
    table = reading(snapshot, "exampleshire/indicator/smoking-adults").table
    assert COUNTRY in table["area"].to_list()
    assert set(table["compared"]) >= {"better", "worse", "similar"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("indicator/a,area/b,last year,persons,all,,,,,1,2,", "Line 2: ‘last year’ is no period"),
        ("indicator/a,area/b,2025,persons,all,,x,,,1,2,", "Line 2: ‘x’ is no number of value"),
        ("indicator/a,area/b,2025,persons,all,,,,,,,hidden", "Line 2: ‘hidden’ is no state"),
        ("indicator/a,area/b,2025,persons,all,6,,,,1,2,", "Line 2: ‘6’ is no fifth"),
        ("indicator/a,area/b", "Line 2: it has not 12 columns"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_nothing_is_kept(row, said):
    with pytest.raises(BadObservations, match=said):
        observed(text(row), "kent")


def test_a_file_with_other_columns_is_refused():
    with pytest.raises(BadObservations, match="The first row of observations"):
        observed("area,value\n", "kent")


def test_a_pack_that_changes_its_file_adds_a_revision(tmp_path):
    folder, kept_in = tmp_path / "kent", Store(tmp_path / "figures")
    folder.mkdir()
    for count in (10, 12):
        (folder / FILE).write_text(text(f"indicator/a,area/b,2025,persons,all,,,,,{count},100,"))
        keep_shipped(folder, kept_in, recorded=NOW)
    assert [each.number for each in kept_in.revisions()] == [1, 2]
    assert (
        kept_in.revisions()[1].checksum == hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    )


def test_a_pack_without_figures_adds_none(tmp_path):
    assert keep_shipped(tmp_path, Store(tmp_path / "figures"), recorded=NOW) is None
    assert shipping.GROUPING == "deprivation fifths"
