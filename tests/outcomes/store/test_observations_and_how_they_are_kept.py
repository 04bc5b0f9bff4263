"""What the store takes, what it refuses, and that nothing in it is ever written over."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import BadObservations, figures_table, observations
from commonweal.outcomes.store.questions import as_known
from commonweal_site.outcomes.keeping import (
    SomebodyElseWrote,
    Store,
    UnknownIndicator,
    UnknownRevision,
)
from tests.outcomes.store.samples import frame, observed

ABOUT = {
    "source": "made up", "file": "a.csv", "checksum": "c",
    "recorded": datetime(2026, 11, 22, tzinfo=UTC),
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"state": 3, "count": 4.0}, "has a number, though it is not known"),
        ({"state": 0}, "is known but has neither a value nor a count"),
        ({"state": 9}, "has a state that there is not"),
        ({"area": ""}, "lacks one of"),
        ({"ends": date(2023, 4, 1)}, "ends on its first day or before"),
        ({"count": -1.0, "state": 0}, "has a count below nought"),
        ({"count": float("nan"), "state": 0}, "has a number that is not finite"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_number_and_reason(row, said):
    with pytest.raises(BadObservations, match=f"Row 2 .* {said}"):
        observations(frame(observed("E06000001", 2023, 1, 2), observed("E06000002", 2023, **row)))


def test_two_figures_for_one_thing_are_refused_both_named():
    twice = frame(observed("E06000001", 2023, 1, 2), observed("E06000001", 2023, 1, 3))
    with pytest.raises(BadObservations, match=r"(?s)Row 1 .* is there twice.*Row 2 "):
        observations(twice)


def test_nought_is_a_figure():
    kept = observations(frame(observed("E06000001", 2023, 0, 20)))
    assert kept.select("count", "state").row(0) == (0.0, 0)


def test_a_column_that_there_is_not_is_named_with_the_one_that_was_meant():
    with pytest.raises(BadObservations, match=r"no column 'areas'.*area"):
        observations(frame(observed("a", 2023, 1, 2)).rename({"area": "areas"}))


def test_what_is_kept_comes_back_as_it_was_revision_by_revision(tmp_path):
    store = Store(tmp_path)
    first = store.append(frame(observed("E06000001", 2023, 1, 2)), **ABOUT)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    store.append(frame(observed("E06000001", 2023, 2, 2)), **ABOUT)
    assert first.rows == {"made-up-1": 1}
    assert [each.number for each in store.revisions()] == [1, 2]
    assert all(file.read_bytes() == content for file, content in before.items())
    everything = as_known(figures_table())
    now, then = store.engine("made-up-1"), store.engine("made-up-1", revision=1)
    assert now.ask(everything)["count"].to_list() == [2.0]
    assert then.ask(everything)["count"].to_list() == [1.0]


def test_files_of_a_revision_that_is_not_listed_are_not_read(tmp_path):
    store = Store(tmp_path)
    store.append(frame(observed("E06000001", 2023, 1, 2)), **ABOUT)
    store.append(frame(observed("E06000002", 2023, 1, 2)), **ABOUT)
    (tmp_path / "revisions" / "000002.json").unlink()
    assert store.engine().ask(as_known(figures_table()))["area"].to_list() == ["E06000001"]


def test_of_two_that_write_at_once_one_is_told_so_and_nothing_of_it_is_seen(tmp_path, monkeypatch):
    store, other = Store(tmp_path), Store(tmp_path)
    monkeypatch.setattr(other, "revisions", tuple)  # as it was before the first had written
    store.append(frame(observed("E06000001", 2023, 1, 2)), **ABOUT)
    with pytest.raises(SomebodyElseWrote, match="revision 1"):
        other.append(frame(observed("E06000002", 2023, 1, 2)), **ABOUT)
    assert store.engine().ask(as_known(figures_table()))["area"].to_list() == ["E06000001"]


def test_an_unknown_indicator_or_revision_is_answered_with_what_there_is(tmp_path):
    store = Store(tmp_path)
    with pytest.raises(UnknownIndicator, match="The store is empty"):
        store.engine("made-up-1")
    store.append(frame(observed("E06000001", 2023, 1, 2)), **ABOUT)
    with pytest.raises(UnknownIndicator, match="made-up-1"):
        store.engine("made-up-11")
    with pytest.raises(UnknownRevision, match="no revision 2; there are 1"):
        store.engine("made-up-1", revision=2)


def test_the_measure_is_as_the_source_last_said_by_a_revision(tmp_path):
    store = Store(tmp_path)
    rows = frame(observed("E06000001", 2023, 1, 2))
    for name in ("Smokers", "Adults who smoke"):
        store.append(rows, **ABOUT, measures={"made-up-1": Measure(name=name)})
    assert store.measure("made-up-1").name == "Adults who smoke"
    assert store.measure("made-up-1", revision=1).name == "Smokers"
    with pytest.raises(UnknownIndicator, match="says what made-up-2 is"):
        store.measure("made-up-2")


def test_an_empty_store_answers_with_no_rows(tmp_path):
    answer = Store(tmp_path).engine().ask(as_known(figures_table()))
    assert isinstance(answer, pl.DataFrame)
    assert answer.is_empty()
