"""The full extract of waiting times: bands of weeks added up, tried against their total."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.outcomes.store.observations import observations
from commonweal.sources import waiting_times, weeks_waited
from commonweal.sources.taken import WrongFile

WEEKS = [f"Gt {n:02} To {n + 1:02} Weeks SUM 1" for n in range(104)] + ["Gt 104 Weeks SUM 1"]


def waiting(people=None, **said):
    """A row; people by the week in which they began to wait, all others empty."""
    people = {0: 5, 17: 3, 18: 2, 52: 1, 104: 1} if people is None else people
    row = {
        "Period": "RTT-April-2026", "Provider Org Code": "RHM", "Commissioner Org Code": "QRL",
        "RTT Part Type": "Part_2", "Treatment Function Name": "Total",
    }  # fmt: skip
    row |= {name: str(people[n]) if n in people else "" for n, name in enumerate(WEEKS)}
    return row | {"Total All": str(sum(people.values()))} | said


def taken(*rows):
    return waiting_times.take(pl.DataFrame(list(rows)))


def counts(found):
    rows = observations(found.figures).select("indicator", "count")
    return dict(rows.iter_rows())


def test_eighteen_whole_weeks_are_within_and_a_day_more_is_not():
    found = taken(waiting())
    assert found.faults == ()
    assert counts(found) == {
        "rtt-within-18-weeks": 8, "rtt-over-18-weeks": 4, "rtt-over-52-weeks": 2,
        "rtt-waiting": 12,
    }  # fmt: skip
    first = observations(found.figures).row(0, named=True)
    assert (first["starts"], first["kind"], first["denominator"]) == (
        date(2026, 4, 1), "trust", 12,
    )  # fmt: skip


def test_the_commissioners_of_a_provider_are_added_up_and_only_of_those_still_waiting():
    other = {"Commissioner Org Code": "QNQ"}
    found = taken(waiting(), waiting(**other), waiting(**{"RTT Part Type": "Part_1A"}))
    assert counts(found)["rtt-waiting"] == 24


def test_a_specialty_is_a_group_and_the_total_is_of_none():
    found = taken(waiting(), waiting(**{"Treatment Function Name": "Urology Service"}))
    rows = observations(found.figures).select("grouping", "group").unique().sort("group").rows()
    assert rows == [("", ""), ("specialty", "Urology Service")]


@settings(max_examples=5, deadline=None)
@given(st.dictionaries(st.integers(0, 104), st.integers(0, 500), max_size=20))
def test_within_and_over_18_weeks_are_all_who_wait(people):
    found = counts(taken(waiting(people)))
    within, over = found["rtt-within-18-weeks"], found["rtt-over-18-weeks"]
    assert within + over == found["rtt-waiting"] == sum(people.values())
    assert found["rtt-over-52-weeks"] <= over


@pytest.mark.parametrize(
    ("said", "column", "because"),
    [
        ({"Total All": "13"}, "Total All", "not the sum of the bands"),
        ({"Total All": ""}, "Total All", "not the sum of the bands"),
        ({WEEKS[3]: "few"}, WEEKS[3], "no number"),
        ({"Provider Org Code": "Southampton"}, "Provider Org Code", "no code of: trust"),
        ({"Period": "April"}, "Period", "is no"),
        ({"Treatment Function Name": ""}, "Treatment Function Name", "no name"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_place(said, column, because):
    other = {"Commissioner Org Code": "QNQ", "Provider Org Code": "RDU"}
    found = taken(waiting(**{"RTT Part Type": "Part_3"}), waiting(**other), waiting(**said))
    fault = next(each for each in found.faults if each.column == column)
    assert (fault.row, because in fault.because) == (4, True)
    assert found.figures["area"].unique().to_list() == ["RDU"]


def test_a_provider_with_a_row_that_is_wrong_is_left_out_and_not_made_too_small():
    wrong = waiting(**{"Commissioner Org Code": "QNQ", "Total All": "99"})
    assert taken(waiting(), wrong).figures.is_empty()


def test_a_commissioner_that_stands_there_twice_is_a_fault():
    found = taken(waiting(), waiting())
    assert {fault.row for fault in found.faults} == {2, 3}
    assert "stands there twice" in found.faults[0].because


def test_an_extract_without_those_who_are_still_waiting_is_refused():
    with pytest.raises(WrongFile, match="still waiting"):
        taken(waiting(**{"RTT Part Type": "Part_3"}))


@pytest.mark.parametrize("gone", [WEEKS[0], WEEKS[40], WEEKS[104]])
def test_a_file_without_one_of_its_bands_is_refused(gone):
    row = waiting()
    del row[gone]
    with pytest.raises(WrongFile, match="without a gap"):
        taken(row)


def test_the_older_extract_ends_at_a_year():
    names = [*WEEKS[:52], "Gt 52 Weeks SUM 1"]
    assert weeks_waited.bands(names)[-1] == ("Gt 52 Weeks SUM 1", 52, None)
