"""Answers about people: what is withheld, what is not, and that no row ever gets out."""

import json
import logging
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.methods.disclosure import findable, with_totals
from commonweal.outcomes.people import released
from commonweal.outcomes.people.released import Control
from commonweal.outcomes.people.rows import TABLES, BadPeople
from commonweal_site.command import main
from commonweal_site.outcomes.people.asking import People
from commonweal_site.outcomes.people.engines import on_folder
from tests.outcomes.people.made import AS_AT, Village

NAMES = ("a", "b", "c")
TABLES_OF_COUNTS = st.lists(
    st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=2, max_size=6
)


def long(table):
    rows = [
        {"place": f"place {row}", "part": part + 1, "people": n}
        for row, counts in enumerate(table)
        for part, n in enumerate(counts)
    ]
    return pl.DataFrame(rows)


@given(TABLES_OF_COUNTS)
def test_no_small_count_of_a_part_is_shown_or_can_be_found_by_subtraction(table):
    exact = released.parts(long(table), ["place"], NAMES, Control(fewest=8, to=1_000_000))
    hidden = (exact["state"] == "suppressed").to_numpy().reshape(len(table) + 1, 3)
    whole = with_totals(table)
    for (row, column), n in {
        (r, c): int(whole[r, c]) for r in range(len(table)) for c in range(3)
    }.items():
        assert hidden[row, column] or not 0 < n < 8
    # The totals of rows may be withheld too; a reader is given them here, and still cannot tell.
    marks = [[*flags, False] for flags in hidden.tolist()]
    if not (whole[:, -1] < 8).any() and not hidden[-1].any():
        assert all(
            each.most is None or each.most > each.least for each in findable(whole, marks).values()
        )


@given(TABLES_OF_COUNTS)
def test_what_is_shown_is_rounded_and_so_are_the_people_it_is_a_part_of(table):
    shown = released.parts(long(table), ["place"], NAMES, Control())
    for column in ("count", "of"):
        assert (shown[column].drop_nulls() % 5 == 0).all()
    gone = shown.filter(pl.col("state") == "suppressed")
    assert gone["value"].is_null().all()
    assert (gone["count"].is_null() | gone["of"].is_null()).all()


def test_a_use_of_care_by_few_people_is_withheld_however_often_they_came():
    people = pl.DataFrame({"place": ["x", "y"], "people": [4_000, 5_000]})
    events = pl.DataFrame(
        {"place": ["x", "y"], "use": ["visits"] * 2, "events": [900, 1_000], "users": [7, 800]}
    )
    shown = released.used(events, people, ["place"], ["visits"], Control())
    by_place = {row["place"]: row for row in shown.to_dicts()}
    assert (by_place["x"]["count"], by_place["x"]["state"]) == (None, "suppressed")
    # With the total and the other place it could be worked out, so one of them goes with it.
    assert by_place["all"]["count"] is None or by_place["y"]["count"] is None


def test_places_that_are_many_are_shown_without_a_total_of_all():
    shown = released.parts(long([[20, 30, 40]] * 61), ["place"], NAMES, Control())
    assert shown.height == 61 * 3
    assert "all" not in set(shown["place"])


def test_a_group_that_is_not_known_says_so():
    frame = pl.DataFrame({"fifth": [1, None], "part": [1, 1], "people": [100, 50]})
    shown = released.parts(frame, ["fifth"], ["a"], Control())
    assert set(shown["fifth"]) == {"1", "not known"}


# --- bad tables: faults by table, column and number of rows, never a value ------------------------

TELLTALE = 4_910_283_756


@pytest.fixture
def village():
    made = Village()
    for number in range(12):
        made.person(f"person {number}", "asthma")
    return made


def refused(folder):
    with on_folder(folder) as engine, pytest.raises(BadPeople) as raised:
        People(engine, AS_AT)
    chain = raised.value.__cause__, raised.value.__suppress_context__
    assert chain == (None, True) or raised.value.__context__ is None
    return str(raised.value)


WRONG = {
    ("residents", "sex", "TELLTALE"): "1 row of residents: sex is neither female nor male.",
    ("residents", "fifth", 9): "1 row of residents: fifth is not from 1 to 5.",
    ("residents", "born", date(2026, 4, 2)): "born is after the day asked about.",
    ("residents", "place", None): "1 row of residents: place is empty.",
    ("conditions", "until", date(2001, 2, 3)): "1 row of conditions: until is before since.",
}


def test_wrong_values_are_told_by_their_columns_and_not_repeated(village, tmp_path):
    for number, (table, column, value) in enumerate(WRONG):
        village.rows[table][number][column] = value
    village.rows["residents"][10]["person"] = 1
    text = refused(village.written(tmp_path))
    for said in (*WRONG.values(), "1 row of residents: person is there more than once."):
        assert said in text
    for telltale in ("TELLTALE", "9", "2026", "2001"):
        assert telltale not in text


def test_a_table_and_a_column_that_are_not_there_are_named(village, tmp_path):
    village.written(tmp_path)
    (tmp_path / "care.parquet").unlink()
    frame = pl.read_parquet(tmp_path / "spells.parquet").rename({"admitted": "admited"})
    frame.write_parquet(tmp_path / "spells.parquet")
    text = refused(tmp_path)
    assert "There is no table care, with person, starts, ends, kind." in text
    assert "The table spells has no column 'admitted'. Did you mean 'admited'?" in text


def test_a_column_of_another_kind_is_named_with_the_kind_it_should_be(village, tmp_path):
    village.written(tmp_path)
    frame = pl.read_parquet(tmp_path / "residents.parquet")
    frame.with_columns(born=pl.lit("TELLTALE")).write_parquet(tmp_path / "residents.parquet")
    assert refused(tmp_path) == "Nothing was counted.\nresidents.born holds string, not date."


def test_a_file_that_is_no_table_is_refused_without_its_content(village, tmp_path):
    village.written(tmp_path)
    (tmp_path / "spells.parquet").write_bytes(b"TELLTALE" * 40)
    with pytest.raises(BadPeople) as raised, on_folder(tmp_path):
        pass
    assert "TELLTALE" not in str(raised.value)
    assert "could not be read" in str(raised.value)


def test_rows_of_nobody_and_names_that_are_not_counted_are_left_out_and_said_so(village, tmp_path):
    village.add("conditions", "person 1", condition="warts", since=date(2020, 1, 1))
    village.rows["conditions"][0]["person"] = TELLTALE
    with on_folder(village.written(tmp_path)) as engine:
        people = People(engine, AS_AT)
        assert people.left_out == [
            "Left out: 1 row of conditions: condition is a name that nothing is counted by.",
            "Left out: 1 row of conditions: person is nobody among residents.",
        ]
        counted = people.recorded(["place"]).filter(pl.col("condition") == "asthma")
    assert counted["count"].to_list() == [10]  # eleven, to the nearest five


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """People with numbers that would be seen if they got out, in a folder."""
    from commonweal_site.outcomes.people.writing import write

    folder = tmp_path_factory.mktemp("people")
    write(folder, 3_000, as_at=AS_AT)
    for name in TABLES:
        file = folder / name / "part-00000.parquet"
        pl.read_parquet(file).with_columns(pl.col("person") + TELLTALE).write_parquet(file)
    return folder


def fit_to_leave(rows):
    """Whether what is written of some groups says nothing of a person."""
    counts = [row[name] for row in rows for name in ("count", "recorded") if name in row]
    assert all(count is None or count == 0 or count >= 8 for count in counts)
    assert not any(column in row for row in rows for column in ("person", "born"))
    return str(TELLTALE)[:6] not in json.dumps(rows)


def test_every_answer_is_of_groups_and_never_of_a_person(kept, caplog):
    caplog.set_level(logging.DEBUG)
    by = ["place", "sex"]
    with on_folder(kept) as engine:
        people = People(engine, AS_AT)
        answers = [
            people.segments(by), people.segments(by, "bridges"), people.frailty(by),
            people.hospital_frailty(by), people.strata(by), people.recorded(by), people.uses(by),
            people.undetected(by, "hypertension"), people.undetected(by, "atrial fibrillation"),
        ]  # fmt: skip
    for table in answers:
        assert set(table["place"]) >= {"Invented city", "Invented hills"}
        assert fit_to_leave(table.to_dicts())
    assert str(TELLTALE)[:6] not in caplog.text


def test_the_command_writes_counts_of_groups_and_never_a_person(kept, capsys, caplog):
    caplog.set_level(logging.DEBUG)
    asked = ["outcomes", "segment", "--people", str(kept), "--as-at", "2026-04-01"]
    assert main([*asked, "--show", "undetected", "--format", "json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["invented"] is False
    assert fit_to_leave(found["rows"])
    assert str(TELLTALE)[:6] not in said.out + said.err + caplog.text


def test_without_people_of_its_own_it_counts_invented_ones_and_says_so(capsys):
    asked = ["outcomes", "segment", "--people", "400", "--as-at", "2026-04-01"]
    assert main([*asked, "--by", "system"]) == 0
    said = capsys.readouterr()
    assert said.err.startswith("These 400 people are invented.")
    assert said.out.splitlines()[0] == "system,part,count,of,value,lower_95,upper_95,state"
    assert len(said.out.splitlines()) == 8


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--by", "street"], "People are not counted by 'street'."),
        (["--scheme", "sufolk"], "Did you mean 'suffolk'?"),
        (["--people", "nowhere"], "--people nowhere is neither a folder nor a number of people"),
        (["--people", "0"], "0 people are none to draw: ask for 1 or more."),
        (["--fewest", "1"], "Counts from 1 to below 1 are none: give 2 or more."),
        (["--show", "undetected", "--condition", "gout"], "Nothing says how many people have"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(capsys, kept, wrong, said):
    people = [] if "--people" in wrong else ["--people", str(kept)]
    asked = ["outcomes", "segment", "--as-at", "2026-04-01", *people, *wrong]
    assert main(asked) == 2
    assert said in capsys.readouterr().err
