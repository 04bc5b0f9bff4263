"""Reports on money on the site: pages, workbooks whose formulas hold, and nothing exempt."""

from datetime import date

import pytest

from commonweal.money.funds import Fund, Scheme
from commonweal.money.ledger import Entry, Line
from commonweal_site.money.ledger import Ledger, Source
from commonweal_site.published.forms import FORMS
from commonweal_site.published.named import REPORTS
from tests.desk import asserted, write
from tests.published.formulas import formulas, workbook
from tests.published.test_nothing_exempt_is_published import text_of
from tests.site.conftest import PAPER, small, the_site_on, words

POOL, BOARD = "kent/fund/pool", "kent/body/icb"
PART, HUSH = "kent/funded-scheme/part", "kent/funded-scheme/hushwater"
WHY = "Publicity would harm the public interest"
QUARTER = f"/{POOL}/quarter/2025-26/1"


@pytest.mark.parametrize("word", REPORTS)
@pytest.mark.parametrize("of", ["exampleshire", "exampleshire/body/icb"])
def test_each_report_is_a_page_that_leads_to_the_others(shipped, of, word):
    page = shipped.get(f"/{of}/money/{word}/?as_at=2026-06-01")
    assert page.status_code == 200
    told = page.content.decode()
    assert f"<h1>{REPORTS[word].called}" in told
    for other in set(REPORTS) - {word}:
        assert f'href="/{of}/money/{other}/?as_at=2026-06-01"' in told


def test_the_page_of_a_fund_leads_to_its_reports(shipped):
    told = shipped.get("/exampleshire/fund/reablement-pool").content.decode()
    assert "/exampleshire/fund/reablement-pool/quarter/2025-26/4/" in told
    assert "/exampleshire/fund/reablement-pool/year/2025-26/" in told


def test_the_document_on_money_leads_to_every_report(shipped):
    told = shipped.get("/exampleshire/money/").content.decode()
    assert all(f"/exampleshire/money/{word}/" in told for word in REPORTS)


@pytest.mark.parametrize(
    "path",
    [
        *(f"/exampleshire/money/{w}" for w in REPORTS if w not in {"pools", "years-to-come"}),
        "/black-country-wolverhampton/money/years-to-come",
        "/exampleshire/fund/reablement-pool/year/2025-26",
    ],
)
def test_every_formula_of_a_workbook_comes_to_the_penny_that_is_stored_beside_it(shipped, path):
    found = list(formulas(shipped.get(f"{path}.xlsx?as_at=2026-06-01").content))
    assert found
    for sheet, cell, comes_to, stored in found:
        assert round(comes_to * 100) == round(stored * 100), f"{sheet}, {cell}"


def test_a_drawing_has_no_style_of_its_own_and_a_table_beside_it(shipped):
    told = shipped.get("/exampleshire/money/reserves/").content.decode()
    assert 'class="cw-money cw-money--less"' in told
    assert "style=" not in told.partition("<main")[2]
    assert "step by step" in told


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/exampleshire/fund/reablement-pool/quarter/2025-26/4/", 200),
        ("/exampleshire/fund/reablement-pool/quarter/2025-26/5/", 404),
        ("/exampleshire/fund/reablement-pool/year/2025-27/", 400),
        ("/exampleshire/fund/no-such-pool/year/2025-26/", 404),
        ("/exampleshire/money/no-such-report/", 404),
    ],
)
def test_an_address_that_is_not_quite_right_is_answered(shipped, path, status):
    assert shipped.get(path).status_code == status


# --- what came in and went out, and what is not for publication -----------------------------------


@pytest.fixture
def kent(sqlite, tmp_path):
    """A fund with an open scheme and one that is kept back, each with spending of the first quarter."""
    with sqlite.fresh(tmp_path) as book:
        small(book)
        write(
            book,
            asserted(POOL, Fund(name="Kent pool", type="pooled", year="2025/26", sources=PAPER)),
            asserted(PART, Scheme(name="Open part", fund=POOL, sources=PAPER)),
            asserted(HUSH, Scheme(name="Hushwater part", fund=POOL, exempt=WHY, sources=PAPER)),
            asserted("kent/fund/hushwater", Fund(name="Hushwater", type="pooled", exempt=WHY, sources=PAPER)),
        )  # fmt: skip
        days = (date(2025, 6, 30), date(2025, 7, 1))
        found = [
            spent(day, pence, PART) for day, pence in zip(days, (100_00, 5_555_00), strict=True)
        ]
        Ledger(book.using).post(
            [*found, spent(days[0], 7_777_00, HUSH)],
            source=Source("s", "s"),
            actor="ann",
            reason="r",
        )
        with the_site_on(book) as client:
            yield client


def spent(day, pence, scheme):
    lines = (
        Line("spending", pence, BOARD, POOL, scheme), Line("balance", -pence, BOARD, POOL, scheme)
    )  # fmt: skip
    return Entry(day, "spent", lines)


def test_a_quarter_counts_its_last_day_and_not_the_day_after(kent):
    told = words(kent.get(f"{QUARTER}/?as_at=2026-01-01"))
    assert "£100" in told
    assert "5,655" not in told
    assert "£5,655" in words(kent.get(f"/{POOL}/quarter/2025-26/2/?as_at=2026-01-01"))


def test_a_report_read_the_day_before_its_last_does_not_know_of_it(kent):
    assert "£100" not in words(kent.get(f"{QUARTER}/?as_at=2025-06-29"))
    assert "£100" in words(kent.get(f"{QUARTER}/?as_at=2025-06-30"))


def test_a_figure_opens_to_its_entries(kent):
    told = kent.get(f"{QUARTER}/?as_at=2026-01-01").content.decode()
    where = "/kent/ledger/?account=spending&amp;fund=pool&amp;scheme=part&amp;year=2025-26&amp;to=2025-07-01"
    assert where in told
    assert "£100" in words(kent.get(f"{where.replace('&amp;', '&')}&as_at=2026-01-01"))


def test_what_is_kept_back_is_in_no_report_by_name_sum_or_total(kent):
    for path in (QUARTER, f"/{POOL}/year/2025-26", "/kent/money/pools"):
        for form in ("", *(set(FORMS) - {"html"})):
            answer = kent.get(
                f"{path}.{form}?as_at=2026-01-01" if form else f"{path}/?as_at=2026-01-01"
            )
            assert answer.status_code == 200, (path, form)
            told = text_of(answer, form).lower()
            assert [e for e in ("hushwater", "7,777", "7777", "7,877", "7877") if e in told] == []


def test_the_report_on_a_fund_that_is_kept_back_cannot_be_told_from_nothing(kent):
    answer = kent.get("/kent/fund/hushwater/year/2025-26/")
    assert answer.status_code == kent.get("/kent/fund/nothing/year/2025-26/").status_code == 404
    assert "Hushwater" not in answer.content.decode()


def test_the_command_writes_the_report_on_a_fund(commonweal, demo, tmp_path):
    to = tmp_path / "report.xlsx"
    asked = ("--fund", "exampleshire/fund/reablement-pool", "--year", "2025/26", "--quarter", "3")
    done = commonweal("publish", "fund", *asked, "--to", to, "--dir", demo)
    assert (done.code, done.err) == (0, "")
    live, _ = workbook(to.read_bytes())
    assert live["About"]["A1"].value == "Quarterly report: Reablement pool, 2025/26 Q3"
    wrong = commonweal("publish", "fund", *asked[:2], "--to", to, "--dir", demo)
    assert wrong.code == 2
    assert "needs --fund and --year" in wrong.err
