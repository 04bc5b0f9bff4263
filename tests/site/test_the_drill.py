"""What if a body ended? Asked on a page, and nothing exempt is told by it."""

import pytest

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
    assert "without a home on record from that day" in text
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
