"""What if a body ended? Asked on a page, and nothing exempt is told by it."""

import pytest

from commonweal.assurance.homes import read
from tests.desk import asserted, write
from tests.site.conftest import the_site_on
from tests.site.test_nothing_exempt_is_answered import BOARD, FACTS, PANEL

GROUP = "hampshire-and-isle-of-wight/body/ccg-d9y0v"


def words_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_page_tells_what_lost_its_home_and_what_found_one(shipped):
    text = words_of(shipped, f"/drill/?body={GROUP}&as_at=2022-07-01")
    assert "have no home on record from that day" in text
    assert "Pooled budget of the commissioning group and the council in Southampton" in text
    assert "/england/power/boards-health-services" in text


def test_a_committee_that_ends_with_its_board_is_named(shipped):
    text = words_of(shipped, "/drill/?body=exampleshire/body/icb&as_at=2027-04-01")
    assert "/exampleshire/body/north-place-board" in text
    assert "Invented." in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?body=nobody-at-all", "is not on record"),
        (f"?body={GROUP}&as_at=2023-07-01", "is not on record"),
        ("?body=england/document/ccgs-2021", "is no body"),
    ],
)
def test_a_body_that_is_not_there_is_answered_with_what_to_do(shipped, query, said):
    assert said in words_of(shipped, f"/drill/{query}", 400)
    assert said in shipped.get(f"/drill.json{query}").json()["fault"]


def test_nothing_asked_shows_the_boxes(shipped):
    assert "Which body ends" in words_of(shipped, "/drill/")
    assert shipped.get("/drill.json").status_code == 400


@pytest.fixture
def kent(sqlite, tmp_path):
    with sqlite.fresh(tmp_path) as book:
        write(book, *(asserted(name, fact, "2022-07-01") for name, fact in FACTS.items()))
        with the_site_on(book) as client:
            yield client


@pytest.mark.parametrize("ending", ["/", ".json"])
def test_nothing_exempt_is_lost_found_or_counted(kent, ending):
    told = kent.get(f"/drill{ending}?body={BOARD}&as_at=2024-05-01")
    assert told.status_code == 200
    assert "ushwater" not in told.content.decode()
    assert kent.get(f"/drill{ending}?body={PANEL}&as_at=2024-05-01").status_code == 400


def test_what_is_exempt_is_in_no_count_of_what_is_lost(kent):
    told = kent.get(f"/drill.json?body={BOARD}&as_at=2024-05-01").json()
    assert told["lost"] == len(told["items"])
    assert {each["id"] for each in told["items"]} >= {"kent/delegation/open"}


# Filters, downloads, replays

MERGER = (
    "body=exampleshire/body/north-place-board&and=exampleshire/body/south-place-board"
    "&as_at=2027-04-01"
)


def test_the_page_answers_in_numbers_first_and_says_what_to_do_next(shipped):
    text = words_of(shipped, f"/drill/?{MERGER}")
    assert "23 facts lose their home: 7 lapse unless they are given anew" in text
    assert "1 still names a body that would have ended" in text
    assert "/drill/plan.yaml?" in text
    assert "/exampleshire/complexity/?body=" in text


def test_a_page_shows_only_what_was_asked_for(shipped):
    text = words_of(shipped, f"/drill/?{MERGER}&room=plans&fate=needs a new holder")
    assert "Needs a new holder: 4" in text
    assert "Lapses: " not in text
    assert "Choose “All”" in words_of(shipped, f"/drill/?{MERGER}&room=money")


def test_who_may_decide_is_told_for_the_day_before_and_the_day(shipped):
    text = words_of(shipped, f"/drill/?{MERGER}")
    before, after = text.index("31 March 2027</th>"), text.index("1 April 2027</th>")
    assert before < after
    assert "/exampleshire/body/two-rivers-place-board" in text
    assert "Nobody on record" in text


def test_a_drill_is_given_as_a_table_and_as_a_plan_to_fill_in(shipped):
    table = shipped.get(f"/drill.csv?{MERGER}").content.decode()
    assert table.startswith("room,kind,id,")
    assert "exampleshire/delegation/south-council" in table
    answer = shipped.get(f"/drill/plan.yaml?{MERGER}&into=exampleshire/body/two-rivers-place-board")
    plan = read(answer.content.decode())
    assert len(plan.homes) == 24
    assert plan.makes == ()


@pytest.mark.parametrize("query", ["", "?body=nobody-at-all", f"?{MERGER}&how=marry"])
def test_a_plan_that_cannot_be_written_is_answered_with_what_to_do(shipped, query):
    answer = shipped.get(f"/drill/plan.yaml{query}")
    assert answer.status_code == 400
    assert answer.json()["fault"]


def test_a_day_on_which_bodies_ended_is_told_with_what_was_left_behind(shipped):
    text = words_of(shipped, "/drill/replays/?as_at=2022-07-01")
    assert "On 1 July 2022, 107 bodies ended and 43 took their place" in text
    assert "Pooled budget of the commissioning group and the council in Southampton" in text
    told = shipped.get("/drill/replays.json?as_at=2022-07-01").json()
    left = [each for each in told["ended"] if each["left_behind"]]
    assert {each["body"].split("/")[0] for each in left} == {"hampshire-and-isle-of-wight"}


def test_what_was_made_up_is_told_apart_from_what_happened(shipped):
    assert "Invented." in words_of(shipped, "/drill/replays/?as_at=2027-04-01")
    text = words_of(shipped, "/drill/replays/?as_at=2026-04-02")
    assert "Up to 2 April 2026, 119 bodies on record gave way to others" in text
    assert "/drill/replays/?as_at=2022-07-01" in text


@pytest.mark.parametrize("address", ["/drill.csv", "/drill/plan.yaml"])
def test_nothing_exempt_is_in_a_table_or_a_plan(kent, address):
    told = kent.get(f"{address}?body={BOARD}&as_at=2024-05-01")
    assert told.status_code == 200
    assert "kent/delegation/open" in told.content.decode()
    assert "ushwater" not in told.content.decode()


def test_nothing_exempt_is_in_a_replay(kent):
    assert "ushwater" not in words_of(kent, "/drill/replays/?as_at=2024-05-01")
