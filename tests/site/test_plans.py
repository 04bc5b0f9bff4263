"""Plans as anybody may read them: the chain, one plan, who bore it in mind, what is planned near."""

import csv
import io
import re

import pytest

from tests.site.conftest import words

X = "/exampleshire"
REGARD = f"{X}/plan/strategy-2024/regard"
PAGES = [
    f"{X}/plans/", f"{X}/plans/?as_at=2023-02-10", f"{X}/plan/forward-2026", f"{X}/plan/forward-2023",
    f"{X}/plan/needs-city-2022", f"{X}/plan/report-2025", f"{X}/plan/place-market-2026", f"{REGARD}/",
    f"{X}/plan/riverside-2025/regard/", f"{X}/area/system/what-is-planned/",
    f"{X}/area/cluster-riverside/what-is-planned/", f"{X}/you-said-we-did/", "/dorset/plans/",
    "/dorset/you-said-we-did/", "/dorset/area/system/what-is-planned/", "/hampshire-and-isle-of-wight/plan/soton-health-and-care-strategy",
    f"{X}/plan-item/home-first", f"{X}/regard/hearts-2026", f"{X}/consultation/2027-public", f"{X}/engagement/carers-2025",
]  # fmt: skip


PAGES += [f"{X}/answers/", "/dorset/answers/", f"{X}/standing-answer/alliance-insurance"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_plans_answers(shipped, path):
    assert shipped.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/plans/", "/nowhere/you-said-we-did/", f"{X}/plan/none", f"{X}/plan/none/regard/",
        f"{X}/area/none/what-is-planned/", f"{X}/plan/none/regard.json", "/nowhere/plans.json",
    ],
)  # fmt: skip
def test_what_is_not_on_record_is_said_not_to_be(shipped, path):
    assert shipped.get(path).status_code == 404


def rows(shipped, path):
    return list(csv.DictReader(io.StringIO(shipped.get(path).content.decode())))


def test_the_chain_shows_each_step_and_the_plan_in_use(shipped):
    said = words(shipped.get(f"{X}/plans/"))
    for step in (
        "Needs assessments",
        "Integrated care strategy",
        "Joint forward plan",
        "Annual report",
    ):
        assert step in said
    assert "“Forward plan from 2026” (published, 28 May 2026)" in said
    assert "Forward plan from 2027, draft" in said


def test_the_same_plans_are_data_on_their_day(shipped):
    found = {row["id"]: row for row in rows(shipped, f"{X}/plans.csv")}
    assert found["exampleshire/plan/forward-2026"]["in_use"] == "yes"
    assert found["exampleshire/plan/forward-2025"]["in_use"] == "no"
    then = shipped.get(f"{X}/plans.json?as_at=2025-06-01").json()["plans"]
    in_use = {row["id"] for row in then if row["in_use"] and row["kind"] == "joint forward plan"}
    assert in_use == {"exampleshire/plan/forward-2025"}


def test_a_new_needs_assessment_opens_a_review_of_the_strategy(shipped):
    assert "What the county needs, 2025" in words(shipped.get(f"{X}/plan/strategy-2024"))
    asks = "Open: nothing on record settles it"
    assert asks not in words(shipped.get(f"{X}/plan/strategy-2024?as_at=2025-09-30"))
    assert asks in words(shipped.get(f"{X}/plan/strategy-2024?as_at=2025-10-01"))


def test_a_plan_shows_the_draft_that_a_wellbeing_board_sent_back(shipped):
    said = words(shipped.get(f"{X}/plan/forward-2023"))
    assert "does not take proper account. Smoking in pregnancy" in said
    assert "takes proper account. The new chapter answers it." in said


def test_a_plan_tells_what_it_leaves_out(shipped):
    said = words(shipped.get(f"{X}/plan/forward-2026"))
    assert "It deals with 18 of 20 things asked for" in said
    assert re.search(r"Victims of abuse (Dealt with )?No\b", said)
    assert re.search(r"Climate (Dealt with )?Not recorded", said)


def test_blanks_in_regard_stand_out_and_are_counted(shipped):
    answer = shipped.get(f"{REGARD}/")
    data = shipped.get(f"{REGARD}.json").json()
    blank = [row for row in data["cells"] if row["state"] == "blank"]
    assert len(blank) == data["blanks"] == answer.content.decode().count("cw-blank")
    assert {(row["item"], row["by"]) for row in blank} == {
        ("exampleshire/plan-item/hearts", "exampleshire/plan/forward-2026"),
        ("exampleshire/plan-item/minds", "exampleshire/decision/clinic-hours-2025"),
    }


def test_a_need_that_a_priority_answers_is_taken_up_and_another_is_blank(shipped):
    found = {r["item"]: r for r in rows(shipped, f"{X}/plan/needs-city-2022/regard.csv")
             if r["by"] == "exampleshire/plan/strategy-2024"}  # fmt: skip
    assert found["exampleshire/plan-item/need-smoking"]["state"] == "taken up"
    assert found["exampleshire/plan-item/need-transport"]["state"] == "blank"


def test_a_decision_is_asked_only_about_what_bears_on_it(shipped):
    found = {(r["item"], r["by"]): r["state"] for r in rows(shipped, f"{REGARD}.csv")}
    pool = "exampleshire/decision/carers-pool-2025"
    assert found["exampleshire/plan-item/carers", pool] == "taken up"
    assert found["exampleshire/plan-item/hearts", pool] == "not asked"


def test_a_resident_is_told_what_is_planned_here_and_not_what_is_for_others(shipped):
    def planned(area):
        return {row["what"] for row in rows(shipped, f"{X}/area/{area}/what-is-planned.csv")}

    for_the_city = "A midwife to help every mother stop smoking"
    assert for_the_city in planned("exampleton") & planned("system")
    assert for_the_city not in planned("cluster-riverside") | planned("county")
    assert "Walks from the surgery every week" in planned("cluster-riverside")
    assert "Walks from the surgery every week" not in planned("exampleton")


def test_a_resident_can_have_a_say_until_the_last_day(shipped):
    path = f"{X}/area/exampleton/what-is-planned/"
    assert "You can have your say" in words(shipped.get(f"{path}?as_at=2026-12-18"))
    assert "You can have your say" not in words(shipped.get(f"{path}?as_at=2026-12-19"))
    assert "You can have your say" in words(shipped.get(f"{path}?as_at=2026-11-02"))


def test_what_people_said_has_what_was_done_or_that_nothing_is_on_record(shipped):
    said = words(shipped.get(f"{X}/you-said-we-did/"))
    assert "Of 7 things that people said, 4 have an answer on record." in said
    assert "Not done: the councils use different systems until 2027." in said
    found = {row["said"]: row["did"] for row in rows(shipped, f"{X}/you-said-we-did.csv")}
    assert found["Nobody rings when it is hot."] == ""


def test_where_no_plan_is_on_record_the_page_does_not_say_that_there_is_none(shipped):
    said = words(shipped.get("/frimley/plans/?as_at=2024-01-01"))
    assert "There may be plans all the same." in said
    only_named = words(shipped.get("/hampshire-and-isle-of-wight/plans/"))
    assert "That one of them is in use on this day is not." in only_named


def test_the_addresses_of_data_are_in_the_document_for_programs(shipped):
    found = shipped.get("/api/openapi.json").json()["paths"]
    for path in ("plans", "plan/{slug}/regard", "area/{slug}/what-is-planned", "you-said-we-did"):
        assert "get" in found[f"/{{system}}/{path}.json"]


def test_an_answer_given_once_says_how_many_it_served_and_when_it_is_out_of_date(shipped):
    said = words(shipped.get(f"{X}/answers/"))
    assert "2 answers served 5 requests, so that 3 requests needed no new answer." in said
    assert "No, only until 9 June 2026: ask again" in said
    fresh = {row["id"]: row["fresh"] for row in rows(shipped, f"{X}/answers.csv?as_at=2026-06-09")}
    assert set(fresh.values()) == {"yes"}


# --- what is due ----------------------------------------------------------------------------------

DUE = f"{X}/plans/due"


def test_what_is_due_is_told_in_order_with_its_rule(shipped):
    said = words(shipped.get(f"{DUE}/"))
    assert "1 thing is past the day named and 2 things are open with no day set." in said
    assert "The next day to come is 18 December 2026, for “Forward plan from 2027, draft”." in said
    found = rows(shipped, f"{DUE}.csv")
    assert [row["by"] for row in found if row["by"]] == sorted(r["by"] for r in found if r["by"])
    assert {row["rule"] for row in found} == {"JFP-01", "JFP-09", "ICS-05", "JLH-01", ""}
    assert [row["past"] for row in found if row["name"] == "Forward plan from 2026"] == [
        "yes",
        "no",
    ]


def test_the_rules_of_time_are_those_of_the_day(shipped):
    first = words(shipped.get(f"{DUE}/?as_at=2023-06-30"))
    assert "First plan published by June 2023 23 December 2022" in " ".join(
        each for each in first.replace(" Rule ", " ").replace(" From ", " ").split()
    )
    assert "1 April 2024 (not included) On this day In force" in first
    assert "1 April 2024 (not included) On this day Not in force" in words(shipped.get(f"{DUE}/"))


def test_days_of_plans_can_be_subscribed_to(shipped):
    text = shipped.get(f"{X}/plans.ics").content.decode()
    assert text.count("BEGIN:VEVENT") == 6
    assert "DTSTART;VALUE=DATE:20261218" in text
    assert len(set(re.findall(r"UID:(.*)", text))) == 6


@pytest.mark.parametrize("path", ["/nowhere/plans/due/", "/nowhere/plans.ics"])
def test_nothing_is_due_of_a_system_that_is_not_on_record(shipped, path):
    assert shipped.get(path).status_code == 404


def test_a_system_without_plans_is_told_what_the_law_asks_of_its_board(shipped):
    assert "Prepare the forward plan for 2027/28" in words(shipped.get("/dorset/plans/due/"))


# --- what a plan is for ---------------------------------------------------------------------------


def test_a_strategy_says_whose_work_it_determines_informs_or_frames(shipped):
    city = words(shipped.get("/nottingham-and-nottinghamshire/plan/nottingham-wellbeing-strategy"))
    assert "(it determines their work)" in city
    county = words(shipped.get("/suffolk-and-north-east-essex/plan/essex-wellbeing-strategy"))
    assert "Places within Essex (it frames their work)" in county
    assert "How far it has come is not recorded." in county


def test_benefits_are_told_by_whom_they_are_for(shipped):
    said = words(shipped.get("/dorset/plan/what-it-is-to-bring"))
    assert re.search(r"Care and treatment joined up when needed (For whom )?Communities", said)
    assert re.search(r"Freedom to do what helps everyone in Dorset (For whom )?The system", said)
    assert "Follows from" not in said


def test_a_benefit_is_nothing_to_be_done(shipped):
    found = {row["what"] for row in rows(shipped, "/dorset/area/system/what-is-planned.csv")}
    assert "Care and treatment joined up when needed" not in found
    assert "One approach and means for all of Dorset" in found


def test_an_objective_without_a_purpose_stands_out(shipped):
    said = words(shipped.get("/hampshire-and-isle-of-wight/plan/system-reform-proposal"))
    assert re.search(r"Support people to stay well[^.]*Purpose Not recorded", said)
    with_purposes = words(shipped.get(f"{X}/plan/forward-2026"))
    assert "Improve outcomes and productivity and value" in with_purposes


@pytest.mark.parametrize(
    ("path", "items"),
    [
        ("/england/plan/place-functions", 10),
        ("/hampshire-and-isle-of-wight/plan/needs-of-integration", 8),
        ("/hampshire-and-isle-of-wight/plan/expectations-of-partnerships", 5),
        ("/hampshire-and-isle-of-wight/plan/national-benefits", 4),
    ],
)
def test_what_is_expected_nationally_is_told_item_by_item(shipped, path, items):
    assert f"{items} items of it on record" in words(shipped.get(path))


# --- how people are involved ----------------------------------------------------------------------


def test_involvement_tells_how_often_people_were_asked_and_who_was_not(shipped):
    said = words(shipped.get(f"{X}/involvement/"))
    assert "4 times people were asked about services, and 6 times the public was asked" in said
    assert "People without a telephone" in said
    assert "(second version, in the words of carers themselves)" in said
    data = shipped.get(f"{X}/involvement.json").json()
    easy = next(each for each in data["measures"] if "easy" in each["question"])
    assert (easy["shown"], easy["of"]) == (3, 4)
    assert "exampleshire/body/exampleton-council" in {
        who for each in data["coverage"] for who in each["not_asked"]
    }
    assert len(rows(shipped, f"{X}/involvement.csv")) == len(data["measures"])


def test_where_nobody_is_on_record_as_asked_no_score_is_given(shipped):
    said = words(shipped.get("/dorset/involvement/"))
    assert "They may have been all the same." in said
    assert "What the record shows" not in said
    assert shipped.get("/nowhere/involvement/").status_code == 404
