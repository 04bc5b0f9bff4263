"""All that was passed on to a place is followed to what it is for; what is left over is shown as such."""

from datetime import date

import pytest

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.meetings.decided import Decision
from commonweal.money.allocations import Allocation
from commonweal.money.budgets import Budget, BudgetLine
from commonweal.money.funds import Fund, Scheme
from commonweal.money.sums import Sum
from commonweal_site.money.following import follow, years_of
from commonweal_site.money.places import followed
from commonweal_site.money.reading import Reading
from tests.desk import amended, asserted, hours, write
from tests.site.conftest import PAPER, small, the_site_on, words
from tests.site.test_ledger import BOARD, post, spent

PLACE, PANEL, POOL = "kent/area/swale", "kent/body/panel", "kent/fund/pool"
BEDS, HOMES, GIVEN = "kent/funded-scheme/beds", "kent/funded-scheme/homes", "kent/decision/beds"
WHY = "Publicity would harm the public interest"
ALLOTTED = Allocation(
    giver=BOARD, taker=PANEL, year="2025/26", sum=Sum(pence=1_000_00), sources=PAPER
)


def line(name, pence):
    return BudgetLine(name=name, spending=pence)


@pytest.fixture
def swale(sqlite, tmp_path):
    """£1,000 passed on, £800 of it in a pool, £600 of that planned for two schemes."""
    with sqlite.fresh(tmp_path) as book:
        small(book)
        write(
            book,
            asserted(PLACE, Area(name="Swale", type="place", sources=PAPER)),
            asserted(PANEL, Body(name="Swale Panel", type="place board", areas=(PLACE,), sources=PAPER)),
            asserted("kent/allocation/swale", ALLOTTED),
            asserted(
                POOL,
                Fund(name="Swale pool", type="pooled", area=PLACE, year="2025/26",
                     total=Sum(pence=800_00), sources=PAPER),
            ),
            asserted(GIVEN, Decision(name="More beds", by=BOARD, when="2025-03-01", type="consensus",
                                     outcome="carried", sources=PAPER)),
            asserted(BEDS, Scheme(name="Beds", fund=POOL, decision=GIVEN, outcome="Fewer delays",
                                  sources=PAPER)),
            asserted(HOMES, Scheme(name="Homes", fund=POOL, sources=PAPER)),
            asserted(
                "kent/budget/pool",
                Budget(name="Swale pool", holder=BOARD, year="2025/26", version="approved", fund=POOL,
                       lines=(line("Beds", 450_00), line("Homes", 150_00)), sources=PAPER),
            ),
        )  # fmt: skip
        post(
            book, spent(date(2025, 6, 1), 900_00, POOL, scheme=BEDS, decision=GIVEN, body=BOARD),
            spent(date(2025, 7, 1), 7_00, POOL, body=BOARD),
            spent(date(2026, 4, 1), 99_00, POOL, scheme=BEDS, body=BOARD),
        )  # fmt: skip
        with the_site_on(book) as client:
            client.book = book
            yield client


AT = "/kent/area/swale/where-the-money-goes"


def test_the_page_says_in_short_what_came_what_it_is_in_and_what_is_left(swale):
    said = words(swale.get(f"{AT}/"))
    assert "£1,000 was passed on to Swale for 2025/26. £800 is in one fund of its own." in said
    assert "£200 was passed on and is in no fund that is shown." in said
    assert "Swale pool: £200 is planned for no scheme that is shown." in said
    assert "£907 was spent from it by 31 March 2026. That is £107 more than it comes to." in said
    assert "no decision that is shown authorised Homes ." in said
    assert "not recorded is what is to be achieved by Homes ." in said
    assert "Swale pool: £7 was spent on no scheme that is shown: see the entries ." in said


def test_the_body_of_a_place_has_the_same_page_and_both_lead_to_it(swale):
    assert "£1,000 was passed on to Swale" in words(
        swale.get("/kent/body/panel/where-the-money-goes/")
    )
    for entity in ("kent/body/panel", "kent/area/swale"):
        assert f'href="/{entity}/where-the-money-goes/"' in swale.get(f"/{entity}").content.decode()
    assert "where-the-money-goes" not in swale.get("/kent/area/thanet").content.decode()


def test_every_sum_spent_opens_to_entries_that_make_it(swale):
    [place] = swale.get(f"{AT}.json").json()["places"]
    [fund] = place["funds"]
    figures = [(fund["entries"], fund["spent_pence"])]
    figures += [(e["entries"], e["spent"] or 0) for e in fund["schemes"]]
    for address, pence in figures:
        found = swale.get(address.replace("/ledger/?", "/ledger.json?")).json()
        assert sum(each["pence"] for each in found["totals"]) == pence
    assert (place["passed_on_pence"], place["in_no_fund_pence"]) == (1_000_00, 200_00)
    assert fund["spent_on_no_scheme_pence"] == 7_00


def test_a_day_within_the_year_shows_what_was_spent_by_then(swale):
    said = words(swale.get(f"{AT}/?as_at=2025-06-30"))
    assert "£900 was spent from it by 30 June 2025." in said


def test_the_table_has_a_row_for_each_step_and_for_what_is_left(swale):
    rows = swale.get(f"{AT}.csv").content.decode().splitlines()
    kinds = [row.split(",")[2] for row in rows[1:]]
    assert kinds == ["passed on", "fund", "scheme", "scheme", "for no scheme", "in no fund"]


def test_a_year_that_is_not_there_is_answered_with_those_that_are(swale):
    answer = swale.get(f"{AT}/?year=2019-20")
    assert answer.status_code == 400
    assert "No money of ‘2019-20’ is on record for it. On record: 2025-26." in words(answer)


def test_what_is_no_place_leads_to_the_places_of_its_system(swale):
    said = words(swale.get("/kent/body/icb/where-the-money-goes/"))
    assert "Places of Kent with money on record Swale" in said
    assert swale.get("/kent/area/nowhere/where-the-money-goes/").status_code == 404


def test_a_fund_and_a_decision_lead_to_their_entries(swale):
    assert 'href="/kent/ledger/?fund=pool"' in swale.get(f"/{POOL}").content.decode()
    assert 'href="/kent/ledger/?decision=beds"' in swale.get(f"/{GIVEN}").content.decode()
    assert "/ledger/" not in swale.get(f"/{HOMES}").content.decode()


@pytest.mark.parametrize("form", ["/", ".json", ".csv"])
def test_a_scheme_kept_back_is_neither_shown_nor_told_from_what_was_never_planned(swale, form):
    hidden = Scheme(name="Hushwater", fund=POOL, outcome="Quiet", exempt=WHY, sources=PAPER)
    write(swale.book, amended(BEDS, hidden, "2025-04-01"), at=hours(2))
    said = swale.get(f"{AT}{form}").content.decode()
    for secret in ("Hushwater", "Quiet", "funded-scheme/beds", "90000", "£900", "90700", "£907"):
        assert secret not in said


def test_a_place_whose_fund_is_kept_back_shows_the_whole_as_in_no_fund(swale):
    fund = Fund(name="Hushwater", type="pooled", area=PLACE, exempt=WHY, sources=PAPER)
    write(swale.book, amended(POOL, fund, "2025-04-01"), at=hours(2))
    said = words(swale.get(f"{AT}/"))
    assert "Hushwater" not in said
    assert "£1,000 was passed on and is in no fund that is shown." in said


def test_in_every_pack_the_parts_of_a_place_make_its_whole(shipped):
    snapshot = shipped.book.snapshot(date(2026, 11, 22))
    places = followed(snapshot)
    assert {"exampleshire/area/north", "hampshire-and-isle-of-wight/area/southampton"} <= places
    for place in places:
        reading = Reading(snapshot, place.partition("/")[0])
        for year in [None, *years_of(snapshot, [place])]:
            told = follow(snapshot, reading, place, year)
            if told.left is not None and told.passed_on is not None:
                assert told.passed_on == told.left + sum(pot.total or 0 for pot in told.pots)
            for pot in told.pots:
                assert (pot.spent or 0) == pot.otherwise + sum(e.spent or 0 for e in pot.schemes)
