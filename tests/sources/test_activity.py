"""Waits, emergency departments, beds and discharge: what is taken, put right and refused."""

from datetime import date

import polars as pl
import pytest

from commonweal.outcomes.store.every_area import every_area
from commonweal.outcomes.store.observations import observations
from commonweal.sources import beds, discharge, emergency, health_index, list_sizes, waiting_times
from commonweal.sources.taken import WrongFile
from tests.outcomes.answers import table


def attended(**said):
    return {
        "nhs_trust22_code": "RHM", "total_attendances": "100", "attendances_over_4hours": "20",
        "total_emergency_admissions": "30", "emergency_admissions_over_4hours": "5",
        "date": "April 2022",
    } | said  # fmt: skip


def waited(**said):
    return {
        "nhs_trust22_code": "RHM", "date": "2022-04-01", "treatment": "Total",
        "waits_over_18_weeks": "9", "waits_over_52_weeks": "2",
    } | said  # fmt: skip


def stayed(**said):
    row = {"icb22_code": "E54000042", "date": "2022-04-01", "do_not_meet_criteria_to_reside": "7"}
    return row | said


def occupied(**said):
    row = {"nhs_trust22_code": "RHM", "date": "April 2022"}
    for figure in beds.FIGURES:
        row |= {figure.of: "10.0", figure.number: "9.0", figure.value: "0.9"}
    return row | said


def delayed(**said):
    return {
        "nhs_trust22_code": "RHM", "date": "2024-06-01",
        "delay_reason": "Capacity – Housing provision not yet available", "delay_count": "3",
    } | said  # fmt: skip


def indexed(**said):
    row = {"icb22_code": "E54000042", "year": "2021", "indicator": "smoking", "value": "101.5"}
    return row | said


def practice(**said):
    row = {"PRACTICE_CODE": "J82001", "Total": "1000", "65+": "200", "0_64": "800"}
    return row | said


TAKES = {
    "emergency": (emergency.take, attended),
    "waiting times": (waiting_times.take, waited),
    "discharge": (discharge.take, stayed),
    "delays": (discharge.take, delayed),
    "beds": (beds.take, occupied),
    "index": (health_index.take, indexed),
    "lists": (lambda table: list_sizes.take(table, "April 2020"), practice),
}


def taken(what, *rows):
    take, _ = TAKES[what]
    return take(pl.DataFrame(list(rows)))


def of(found, indicator):
    assert found.faults == ()
    return observations(found.figures).filter(pl.col("indicator") == indicator)


@pytest.mark.parametrize(
    ("what", "said", "column", "because"),
    [
        ("emergency", {"attendances_over_4hours": "101"}, "attendances_over_4hours", "more than"),
        ("emergency", {"nhs_trust22_code": "E54000042"}, "nhs_trust22_code", "no code of: trust"),
        ("emergency", {"date": "Spring 2022"}, "date", "“Spring 2022” is no"),
        ("emergency", {"total_attendances": "1O0"}, "total_attendances", "no number"),
        ("emergency", {"total_attendances": "-1"}, "total_attendances", "below nought"),
        ("waiting times", {"waits_over_52_weeks": "10"}, "waits_over_52_weeks", "more than"),
        ("waiting times", {"date": "2022-04-02"}, "date", "not the first day of a month"),
        ("waiting times", {"treatment": ""}, "treatment", "no name"),
        ("discharge", {"date": "2022-04-31"}, "date", "is no day"),
        ("discharge", {"icb22_code": "QRL"}, "icb22_code", "no code of: integrated care board"),
        ("delays", {"delay_count": "several"}, "delay_count", "no number"),
        ("beds", {"general_acute_beds_occupancy_rate": "0.5"},
         "general_acute_beds_occupancy_rate", "occupied over those available"),
        ("index", {"icb22_code": "Hampshire"}, "icb22_code", "no code of"),
        ("index", {"year": "2021/23"}, "year", "is no period"),
        ("lists", {"65+": "300"}, "Total", "under 65 and those over"),
        ("lists", {"PRACTICE_CODE": "82001"}, "PRACTICE_CODE", "no code of: practice"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_named_with_its_place_and_left_out(what, said, column, because):
    good = TAKES[what][1]
    found = taken(what, good(), good(**said))
    assert {(fault.row, fault.column) for fault in found.faults} >= {(3, column)}
    assert because in next(f.because for f in found.faults if f.column == column)
    assert observations(found.figures).height == taken(what, good()).figures.height


@pytest.mark.parametrize("what", TAKES)
def test_a_file_of_another_shape_is_refused(what):
    with pytest.raises(WrongFile, match=r"this one has|the file has"):
        taken(what, {"constituency": "Romsey"})


@pytest.mark.parametrize("what", TAKES)
def test_the_same_row_twice_is_taken_once_and_two_that_differ_are_not_taken(what):
    good = TAKES[what][1]
    number = [name for name in good() if good()[name].replace(".", "").isdigit()][-1]
    same = taken(what, good(), good())
    assert (same.faults, [each.name for each in same.corrections]) == ((), ["repeated rows"])
    other = taken(what, good(), good(**{number: ""}))
    assert other.figures.is_empty()
    assert {fault.row for fault in other.faults} == {2, 3}


def test_what_nobody_reported_is_missing_and_what_was_withheld_is_suppressed_never_nought():
    found = taken("emergency", attended(attendances_over_4hours="", total_emergency_admissions="*"))
    states = dict(observations(found.figures).select("indicator", "state").iter_rows())
    assert states == {
        "ae-attendances": 0, "ae-over-4-hours": 2, "ae-admissions": 3,
        "ae-admitted-after-4-hours": 3,
    }  # fmt: skip


def test_a_month_ends_where_the_next_begins_and_a_day_on_the_day_after():
    month = of(taken("waiting times", waited(date="2022-12-01")), "rtt-over-18-weeks")
    assert month.select("starts", "ends").row(0) == (date(2022, 12, 1), date(2023, 1, 1))
    day = of(taken("discharge", stayed(date="2022-12-31")), "no-criteria-to-reside")
    assert day.select("starts", "ends").row(0) == (date(2022, 12, 31), date(2023, 1, 1))


def test_a_specialty_has_its_later_name_throughout_and_the_total_is_of_no_specialty():
    found = taken("waiting times", waited(), waited(treatment="Geriatric Medicine"))
    assert [(each.name, each.rows) for each in found.corrections] == [("specialties renamed", 1)]
    rows = of(found, "rtt-over-18-weeks").select("grouping", "group").rows()
    assert rows == [("", ""), ("specialty", "Elderly Medicine Service")]


def test_both_names_of_a_specialty_in_one_month_are_two_figures_of_one_thing():
    old, new = waited(treatment="Urology"), waited(treatment="Urology Service")
    found = taken("waiting times", old, new | {"waits_over_18_weeks": "4"})
    assert {fault.row for fault in found.faults} == {2, 3}


def test_a_row_with_neither_code_nor_figure_is_left_out_and_said():
    nobody = stayed(icb22_code=None, do_not_meet_criteria_to_reside=None)
    found = taken("discharge", stayed(), nobody)
    assert (found.faults, found.figures.height) == ((), 1)
    assert [(each.name, each.rows) for each in found.corrections] == [("rows of nobody", 1)]


def test_a_figure_without_a_code_is_a_fault():
    assert len(taken("discharge", stayed(), stayed(icb22_code=None)).faults) == 1


def test_where_there_are_no_beds_there_is_no_rate_of_them():
    none = {"neonatal_intensive_care_bed_available": "0", "neonatal_intensive_care_bed_occupied": "0",
            "neonatal_intensive_care_occupancy_rate": "1.0"}  # fmt: skip
    found = taken("beds", occupied(**none))
    row = of(found, "beds-occupied-newborn-intensive-care")
    assert row.select("state", "value").row(0) == (1, None)
    assert [(each.name, each.rows) for each in found.corrections] == [("rates of no beds", 1)]
    assert of(found, "beds-occupied-general-and-acute")["value"].item() == pytest.approx(90)


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        ("Interface\u00a0process – Homeless with no recourse to public funds?",
         "Interface process – Homeless with no recourse to public funds"),
        ("Care transfer hub process– Awaiting necessary referrals",
         "Care transfer hub process – Awaiting necessary referrals"),
        ("Wellbeing concerns - Issues with readiness", "Wellbeing concerns – Issues with readiness"),
        ("Arrangement still underway?(Pathway 1-3)", "Arrangement still underway (Pathway 1-3)"),
    ],
)  # fmt: skip
def test_reasons_are_written_alike(said, alike):
    found = taken("delays", delayed(delay_reason=said))
    assert of(found, "discharge-delayed")["group"].item() == alike


def monthly(code="RHM", name="A trust", period="MSitAE-APRIL-2022", of=(100, 0, 50)):
    row = {"Period": period, "Org Code": code, "Parent Org": "A region", "Org name": name}
    for number, (attended_, over) in zip(of, emergency.MONTHLY.values(), strict=True):
        row |= {attended_: str(number), over: str(number // 10)}
    return row


TOTAL = {"code": "TOTAL", "name": "TOTAL", "period": "TOTAL"}


def test_the_published_file_is_taken_by_type_of_department_and_adds_up_to_its_total():
    rows = monthly(), monthly("RDU"), monthly(**TOTAL, of=(200, 0, 100))
    found = emergency.take(pl.DataFrame(rows))
    attended_ = of(found, "ae-attendances")
    assert attended_.height == 6
    assert attended_["starts"].unique().to_list() == [date(2022, 4, 1)]
    assert [each.name for each in found.corrections] == ["row of totals"]


def test_a_published_file_that_was_cut_short_or_does_not_add_up_is_refused():
    with pytest.raises(WrongFile, match="cut short"):
        emergency.take(pl.DataFrame([monthly(), monthly("RDU")]))
    with pytest.raises(WrongFile, match="A&E attendances Type 1, 100 and not 200"):
        emergency.take(pl.DataFrame([monthly(), monthly(**TOTAL, of=(200, 0, 50))]))


def test_a_published_file_whose_column_was_renamed_is_refused_with_its_name():
    rows = pl.DataFrame([monthly(), monthly(**TOTAL)])
    renamed = rows.rename({"A&E attendances Type 1": "Type 1 attendances"})
    with pytest.raises(WrongFile, match=r"'A&E attendances Type 1'.*renamed a column"):
        emergency.take(renamed)


def england(**said):
    parts = {"No. within 18 weeks": "60", "No. > 18 weeks": "40", "No. > 52 weeks": "5",
             "Total waiting": "100"}  # fmt: skip
    given = {"month": "2024-05-01"}
    return pl.DataFrame(
        [given | {"type_of_wait": k, "count": v} for k, v in (parts | said).items()]
    )


def test_the_waits_of_england_are_a_share_of_all_who_wait():
    rows = of(waiting_times.take(england()), "rtt-within-18-weeks")
    assert rows.select("count", "denominator").row(0) == (60, 100)


def test_a_month_of_england_whose_parts_are_not_its_total_is_refused():
    with pytest.raises(WrongFile, match="not its total"):
        waiting_times.take(england(**{"Total waiting": "101"}))


def registered(**said):
    return {
        "PUBLICATION": "GP_PRAC_PAT_LIST", "EXTRACT_DATE": "01JUL2026", "TYPE": "GP",
        "CODE": "J82001", "SEX": "ALL", "AGE": "ALL", "NUMBER_OF_PATIENTS": "8900",
    } | said  # fmt: skip


def test_a_list_of_a_day_is_of_that_day_and_the_totals_of_systems_are_not_practices():
    rows = registered(), registered(TYPE="ICB", CODE="QRL"), registered(SEX="MALE", AGE="7")
    found = of(list_sizes.take(pl.DataFrame(rows), None), "list-size")
    assert found.select("sex", "age", "count").rows() == [
        ("persons", "all ages", 8900), ("male", "7", 8900),
    ]  # fmt: skip
    assert found["starts"][0] == date(2026, 7, 1)
    assert found["ends"][0] == date(2026, 7, 2)


RECORDED = {
    "nhs-flow-healthyr/england_icb_accidents_emergency.csv.gz": (emergency.take, 6_720),
    "nhs-flow-healthyr/england_trust_accidents_emergency.csv.gz": (emergency.take, 31_580),
    "nhsr-datasets/ae_attendances.csv.gz": (emergency.take, 38_295),
    "nhs-activity/rtt_trust_monthly.parquet": (waiting_times.take, 604_306),
    "nhs-flow-healthyr/england_rtt_flow_stp.csv.gz": (waiting_times.take, 7_434),
    "nhs-flow-healthyr/england_rtt_overview.csv.gz": (waiting_times.take, 808),
    "nhs-flow-healthyr/england_critical_general_acute_beds.csv.gz": (beds.take, 33_342),
    "nhs-flow-healthyr/england_icb_criteria_to_reside.csv.gz": (discharge.take, 51_727),
    "nhs-activity/no_criteria_to_reside_trust_daily.parquet": (discharge.take, 149_239),
    "nhs-flow-healthyr/england_icb_discharged_patients.csv.gz": (discharge.take, 103_454),
    "nhs-flow-healthyr/england_delayed_discharge_reasons.csv.gz": (discharge.take, 52_651),
    "ons-health-index/icb22_indicators_2015_2021.parquet": (health_index.take, 16_464),
    "ons-health-index/icb22_scores_2015_2021.csv": (health_index.take, 1_176),
    "ons-health-index/ltla21_indicators_2015_2021.parquet": (health_index.take, 120_344),
    "gp-qof-2020/practice_demographics.csv": (TAKES["lists"][0], 20_391),
    "gp-qof-2020/patients_per_gp_ltla24.csv": (TAKES["lists"][0], 296),
}


@pytest.mark.parametrize("file", RECORDED)
def test_the_recorded_file_is_taken_whole(file):
    take, height = RECORDED[file]
    found = take(table(file))
    assert found.faults == ()
    assert observations(found.figures).height == height
    assert set(found.figures["indicator"].unique()) == set(found.measures)


def test_the_recorded_waits_of_a_board_come_out_as_published():
    found = emergency.take(table("nhs-flow-healthyr/england_icb_accidents_emergency.csv.gz"))
    rows = observations(found.figures).filter(
        (pl.col("indicator") == "ae-over-4-hours") & (pl.col("starts") == date(2022, 4, 1))
    )
    made = every_area(rows, found.measures["ae-over-4-hours"])
    board = made.filter(pl.col("area") == "E54000040")
    assert board["value"].item() == pytest.approx(7170 / 25706 * 100)
