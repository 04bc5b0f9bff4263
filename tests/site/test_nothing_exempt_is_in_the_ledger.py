"""An entry tagged by what is not for publication is on no page, in no data and in no total."""

from datetime import date

import pytest

from commonweal.meetings.decided import Decision
from commonweal.money.funds import Fund, Scheme
from commonweal_site.money.asked import Asked
from commonweal_site.money.ledger import Ledger
from commonweal_site.money.reading import Reading
from commonweal_site.record import shelf
from tests.desk import amended, asserted, hours, write
from tests.site.conftest import PAPER, the_site_on, words
from tests.site.test_ledger import BOARD, OTHER, facts, post, spent

HUSH, PART, CHOSEN = (
    "kent/fund/hushwater",
    "kent/funded-scheme/hushwater",
    "kent/decision/hushwater",
)
WHY = "Publicity would harm the public interest"
DAY = date(2025, 6, 1)
OPEN, SHUT = 100_00, 7_777_00


@pytest.fixture
def kent(sqlite, tmp_path):
    """Open entries, and others that rest on a fund, scheme, decision or body that is kept back."""
    with sqlite.fresh(tmp_path) as book:
        facts(book)
        write(
            book,
            asserted(HUSH, Fund(name="Hushwater", type="grant", exempt=WHY, sources=PAPER)),
            asserted(PART, Scheme(name="Hushwater part", fund=HUSH, sources=PAPER)),
            asserted(
                CHOSEN,
                Decision(name="Hushwater is bought", by=BOARD, when="2025-03-01", type="consensus",
                         outcome="carried", exempt=WHY, sources=PAPER),
            ),
        )  # fmt: skip
        post(
            book, spent(DAY, OPEN), spent(DAY, SHUT, HUSH), spent(DAY, SHUT, scheme=PART),
            spent(DAY, SHUT, decision=CHOSEN), spent(DAY, SHUT, body="kent/body/secret"),
        )  # fmt: skip
        with the_site_on(book) as client:
            client.book = book
            yield client


EVERYWHERE = [
    "/kent/ledger/", "/kent/ledger.json", "/kent/ledger.csv", "/kent/ledger/?fund=pool",
    "/kent/ledger.json?account=spending&to=2025-06-15", "/kent/ledger/?year=2025-26",
    *(f"/kent/ledger/by/{by}{form}" for by in ("body", "fund", "scheme", "decision", "month", "account")
      for form in ("/", ".json", ".csv")),
    "/kent/ledger/by/fund/?from=2025-05-20&to=2025-06-20", "/kent/ledger/1", "/kent/ledger/1.json",
]  # fmt: skip


SECRETS = ("hushwater", "kent/body/secret", "7,777", "777700", "7,877", "787700")


def test_neither_its_names_nor_its_sums_are_anywhere(kent):
    answers = {path: kent.get(path) for path in EVERYWHERE}
    assert {answer.status_code for answer in answers.values()} == {200}
    told = {
        path: secret
        for path, answer in answers.items()
        for secret in SECRETS
        if secret in answer.content.decode().lower()
    }
    assert told == {}


def test_what_is_open_stays_and_is_all_that_is_counted(kent):
    found = kent.get("/kent/ledger.json").json()
    assert found["count"] == 1
    assert [each["pence"] for each in found["totals"]] == [-OPEN, OPEN]
    assert "£100 spent" in words(kent.get("/kent/ledger/by/fund/"))


def test_its_entry_cannot_be_told_from_one_that_is_not_there(kent):
    none = kent.get("/kent/ledger/999")
    assert none.status_code == 404
    for number in (2, 3, 4, 5):
        answer = kent.get(f"/kent/ledger/{number}")
        assert answer.status_code == 404
        assert words(answer).replace(f"entry {number} ", "entry 999 ") == words(none)


@pytest.mark.parametrize(
    ("tag", "name"), [("fund", "hushwater"), ("scheme", PART), ("decision", CHOSEN)]
)
def test_its_name_is_as_unknown_as_any_other(kent, tag, name):
    answer = kent.get(f"/kent/ledger/?{tag}={name}")
    none = kent.get(f"/kent/ledger/?{tag}={name.replace('hushwater', 'nothing')}")
    assert answer.status_code == none.status_code == 400
    assert words(answer).replace("hushwater", "nothing") == words(none)


def test_what_became_exempt_later_is_gone_from_earlier_days_too(kent):
    post(kent.book, spent(DAY, 5_00, OTHER), sha="b" * 64)
    assert kent.get("/kent/ledger.json?as_at=2025-06-30").json()["count"] == 2
    fund = Fund(name="Kent grant", type="grant", exempt=WHY, sources=PAPER)
    write(kent.book, amended(OTHER, fund, "2026-01-01"), at=hours(2))
    for day in ("2025-06-30", "2026-06-30"):
        assert kent.get(f"/kent/ledger.json?as_at={day}").json()["count"] == 1
    assert kent.get("/kent/ledger.json?known=2026-11-02T09:30:00Z").json()["count"] == 0


def test_an_open_entry_does_not_lead_to_a_hidden_one_that_undoes_it(kent):
    undone = Ledger(kent.book.using).reverse(3, DAY, actor="Ann", why="Twice")
    assert kent.get(f"/kent/ledger/{undone.first}").status_code == 404
    assert kent.get("/kent/ledger.json").json()["count"] == 1


def test_somebody_who_may_read_it_sees_it_all(kent):
    everybody = frozenset({"kent"})
    snapshot = shelf.SHELF.snapshot(date(2026, 11, 22), systems=everybody)
    asked = Asked("kent", {"account": "spending"}, "", None, None, date(2026, 1, 1))
    found = Reading(snapshot, "kent", systems=everybody)
    assert found.count(asked, 99) == 5
    assert found.totals([], asked)[0].pence == OPEN + 4 * SHUT
