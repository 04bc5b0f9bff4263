"""Figures of the boards of one year are carried over to those of another, by the record."""

from datetime import date

import pytest

from commonweal.outcomes.store.observations import figures_table
from commonweal.outcomes.store.questions import of_indicator
from commonweal.outcomes.store.roll_up import in_none, members_table, rolled_up
from commonweal.outcomes.store.vintages import boards_carried_over, codes_of_boards
from tests.making import PACKS, shipped
from tests.outcomes.store.samples import frame, observed

DAYS = {
    2022: date(2022, 7, 1), 2023: date(2023, 4, 1), 2024: date(2024, 4, 1),
    2026: date(2026, 4, 1),
}  # fmt: skip
FRIMLEY, HAMPSHIRE, HERTFORDSHIRE = "E54000034", "E54000042", "E54000025"
CENTRAL_EAST, ESSEX, HAMPSHIRE_2026 = "E54000065", "E54000066", "E54000067"
SURREY_AND_SUSSEX, THAMES_VALLEY = "E54000069", "E54000070"
ASKED = of_indicator(figures_table(), "made-up-1", as_at=date(2026, 11, 22))


@pytest.fixture(scope="module")
def the_record():
    real = [each.name for each in PACKS.iterdir() if each.is_dir() and each.name != "exampleshire"]
    return shipped(*sorted(real))


def weights(the_record, earlier, later, scheme="ONS"):
    made = boards_carried_over(the_record(DAYS[earlier]), the_record(DAYS[later]), scheme)
    return {(row["member"], row["area"]): row["weight"] for row in made.iter_rows(named=True)}


@pytest.mark.parametrize(("year", "boards"), [(2022, 42), (2023, 42), (2024, 42), (2026, 36)])
def test_every_board_of_a_year_has_a_code(the_record, year, boards):
    assert len(set(codes_of_boards(the_record(DAYS[year]), "ODS").values())) == boards


def test_a_board_whose_code_alone_changed_is_carried_over_whole(the_record):
    assert weights(the_record, 2022, 2024)["E54000052", "E54000063"] == 1


def test_boards_that_merged_are_carried_over_whole(the_record):
    assert weights(the_record, 2024, 2026, "ODS")["QU9", "S0E4D"] == 1


def test_frimley_is_divided_by_the_weights_on_record_and_hampshire_goes_on(the_record):
    found = weights(the_record, 2024, 2026)
    shares = {after: weight for (before, after), weight in found.items() if before == FRIMLEY}
    assert shares == {
        THAMES_VALLEY: 0.588619, SURREY_AND_SUSSEX: 0.182042, HAMPSHIRE_2026: 0.229339,
    }  # fmt: skip
    assert found[HAMPSHIRE, HAMPSHIRE_2026] == 1


def test_a_board_that_was_divided_without_a_known_share_has_no_weight(the_record):
    found = weights(the_record, 2024, 2026)
    assert found[HERTFORDSHIRE, CENTRAL_EAST] is None
    assert found[HERTFORDSHIRE, ESSEX] is None


def test_figures_of_2024_are_restated_for_the_boards_of_2026(the_record, holding):
    old, new = (the_record(DAYS[year]) for year in (2024, 2026))
    codes = codes_of_boards(old).values()
    engine = holding(frame(*(observed(code, 2023, 100, 1000) for code in (*codes, "E54000999"))))
    tables = {"members": boards_carried_over(old, new)}
    question = rolled_up(ASKED, members_table(), kind="board", vintage=2026)
    rows = {row["area"]: row for row in engine.ask(question, tables).iter_rows(named=True)}
    hampshire, essex = rows[HAMPSHIRE_2026], rows[ESSEX]
    assert (hampshire["state"], round(hampshire["count"], 4)) == (0, 122.9339)
    assert (essex["state"], essex["count"]) == (2, None)
    assert essex["missing"] == 2  # what came of Hertfordshire and of Suffolk
    lost = engine.ask(in_none(ASKED, members_table()), tables)
    assert lost["area"].to_list() == ["E54000999"]
