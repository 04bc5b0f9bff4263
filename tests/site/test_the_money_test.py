"""A decision's page says whether the money was there for it, and what was spent under it."""

import pytest

from commonweal_site.money.ledger import Ledger, Source
from commonweal_site.money.shipping import entries
from commonweal_site.record import packing
from tests.site.conftest import the_site_on, words

pytestmark = pytest.mark.slow  # a record of every pack is made, or a Python of its own

X = "/exampleshire/decision"


@pytest.fixture(scope="module")
def site(sqlite, tmp_path_factory):
    """The invented system with its ledger."""
    with sqlite.fresh(tmp_path_factory.mktemp("shipped")) as book:
        packs = packing.shipped()
        packing.load([packs / "england", packs / "exampleshire"], book)
        text = (packs / "exampleshire" / "ledger.csv").read_text("utf-8")
        source = Source("a" * 64, "ledger.csv")
        Ledger(book.using).post(entries(text), source=source, actor="ann", reason="the year")
        with the_site_on(book) as client:
            yield client


def test_a_decision_that_names_what_pays_shows_six_tests(site):
    said = words(site.get(f"{X}/winter-pool-2025?as_at=2025-10-31"))
    assert "Was the money there for it?" in said
    assert "Winter beds pool stands on 1 April 2025" in said
    assert "Nothing would be left of £2,500,000 of Winter beds pool" in said


def test_what_was_spent_under_it_counts_up_to_the_day_of_the_page(site):
    october = words(site.get(f"{X}/winter-pool-2025?as_at=2025-10-31"))
    assert "£1,458,333.35" in october
    assert "was spent under it by 31 October 2025." in october
    assert "more than it approved" not in october
    day_before = words(site.get(f"{X}/winter-pool-2025?as_at=2025-10-30"))
    assert "was spent under it by 30 October 2025." in day_before
    assert "£1,250,000.02" in day_before
    address = "/exampleshire/ledger/?decision=winter-pool-2025"
    assert address in site.get(f"{X}/winter-pool-2025").content.decode()


def test_a_decision_that_is_overspent_says_by_how_much(site):
    said = words(site.get(f"{X}/reablement-pool-2025?as_at=2026-03-31"))
    assert "was spent under it by 31 March 2026, £2,500,000 more than it approved." in said
    first = said.index("More was spent than decided")
    assert first < said.index("Was it within powers")  # whoever reads one screen has read it


def test_a_decision_that_does_not_say_what_pays_says_so(site):
    said = words(site.get(f"{X}/north-hub-2025"))
    assert "From which fund it is paid is not on record" in said
    assert "was spent under it" not in said


def test_a_decision_that_commits_no_money_has_no_money_test(site):
    assert "Was the money there" not in words(site.get(f"{X}/medical-report-2024"))


def test_the_money_test_is_data_beside_the_ten_lines(site):
    told = site.get(f"{X}/reablement-pool-2025/lines.json").json()["money"]
    assert [each["test"] for each in told["tests"]] == [
        "power and limit", "committed before", "purpose", "fund and agreement", "decision", "budget",
    ]  # fmt: skip
    assert told["outcome"] in {"allowed", "cannot tell"}


def test_the_overspent_pool_is_found_once_the_year_is_over(site):
    def found(rule, day):
        given = site.get(f"/findings/{rule}.json?system=exampleshire&as_at={day}").json()
        return {each["subject"]: each["outcome"] for each in given["findings"]}

    pool = "exampleshire/decision/reablement-pool-2025"
    assert found("MON-SPENT", "2025-12-31")[pool] == "met"
    assert found("MON-SPENT", "2026-03-31")[pool] == "not met"
    assert set(found("MON-COMMIT", "2026-03-31").values()) == {"met"}
    assert found("MON-LATE", "2026-06-01") == {}


def test_what_is_posted_later_is_found_though_the_record_has_not_changed(sqlite, tmp_path):
    with sqlite.fresh(tmp_path) as book:
        packs = packing.shipped()
        packing.load([packs / "england", packs / "exampleshire"], book)
        with the_site_on(book) as client:
            address = "/findings/MON-SPENT.json?system=exampleshire&as_at=2026-06-01"
            # Read by somebody for whom no page is kept, as a page is until the record changes.
            client.cookies["sessionid"] = "none"
            assert client.get(address).json()["findings"] == []
            text = (packs / "exampleshire" / "ledger.csv").read_text("utf-8")
            source = Source("a" * 64, "ledger.csv")
            Ledger(book.using).post(entries(text), source=source, actor="ann", reason="the year")
            assert len(client.get(address).json()["findings"]) == 4
