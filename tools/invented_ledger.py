"""Writes the ledger of the invented system: `python -m tools.invented_ledger`.

The shared money of 2025/26, by month: what partners paid in, what it bought, and how the overspend
of the reablement pool was met. The sums are those of the facts in the same pack.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from commonweal.money.pence import instalments
from commonweal.money.sharing_risk import Available, Shared, bear

FILE = Path(__file__).resolve().parents[1] / "packs/exampleshire/ledger.csv"
HEADS = "date key what account pounds body fund scheme partner decision".split()
COUNTY, CITY, BOARD = "exampleshire-council", "exampleton-council", "icb"
POOL, CARE, KIT = "reablement-pool", "better-care-exampleton", "equipment"
THERAPIES, GRANT = "talking-therapies", "public-health-grant"
WINTER, CARERS = "winter-pool", "carers-pool"

type Row = tuple[str, ...]
type Made = tuple[date, str, str, list[Row]]

# Fund, partner, who keeps the money, pounds. Aligned money stays with each partner.
PAID = (
    (POOL, COUNTY, COUNTY, 4_356_000), (POOL, BOARD, COUNTY, 7_644_000),
    (CARE, CITY, BOARD, 8_000_000), (CARE, BOARD, BOARD, 12_000_000),
    (KIT, COUNTY, COUNTY, 1_500_000), (KIT, BOARD, BOARD, 1_500_000),
    (THERAPIES, BOARD, BOARD, 4_500_000),
    (WINTER, COUNTY, BOARD, 1_000_000), (WINTER, BOARD, BOARD, 1_500_000),
    (CARERS, CITY, CITY, 700_000), (CARERS, BOARD, CITY, 300_000),
)  # fmt: skip
# Fund, scheme, decision, who pays, who is paid (nobody: a supplier outside), pounds.
SPENT = (
    (POOL, "home-first", "reablement-pool-2025", COUNTY, "mental-health", 9_100_000),
    (POOL, "bedded-reablement", "reablement-pool-2025", COUNTY, "hospitals", 5_400_000),
    (CARE, "discharge-hub", "", BOARD, "hospitals", 12_000_000),
    (CARE, "disabled-facilities", "", BOARD, CITY, 8_000_000),
    (KIT, "home-equipment", "equipment-2025", COUNTY, "", 1_500_000),
    (KIT, "home-equipment", "equipment-2025", BOARD, "", 1_500_000),
    (THERAPIES, "talking-therapies", "", BOARD, "federation", 4_500_000),
    (GRANT, "", "", COUNTY, "", 14_980_000),
    (WINTER, "winter-wards", "winter-pool-2025", BOARD, "hospitals", 2_500_000),
    (CARERS, "carers", "carers-pool-2025", CITY, "", 980_000),
)  # fmt: skip
STEPS = (
    Available("Underspends elsewhere in the pool", 60_000_000),
    Available("Risk pool", 90_000_000),
    Available("Schemes not yet begun", 40_000_000),
    Shared("Partners by share", {BOARD: 637, COUNTY: 363}),
)


def line(
    account: str, pence: int, body: str, fund: str = "", scheme: str = "", *, partner: str = "",
    decision: str = "",
) -> Row:  # fmt: skip
    """One side of an entry."""

    def full(kind: str, slug: str) -> str:
        return slug and f"exampleshire/{kind}/{slug}"

    pounds = f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"
    return (
        account, pounds, full("body", body), full("fund", fund), full("funded-scheme", scheme),
        full("body", partner), full("decision", decision),
    )  # fmt: skip


def paid_in(fund: str, partner: str, keeper: str, pence: int) -> list[Row]:
    """Out of the partner's general books, into the fund's."""
    return [
        line("contribution", pence, partner, partner=partner),
        line("balance", -pence, partner),
        line("contribution", -pence, keeper, fund, partner=partner),
        line("balance", pence, keeper, fund),
    ]


def bought(
    fund: str, scheme: str, decision: str, *, payer: str, paid: str, pence: int
) -> list[Row]:
    """Out of the fund's books, into those of whoever is paid, if they are in the system."""
    lines = [
        line("spending", pence, payer, fund, scheme, decision=decision),
        line("balance", -pence, payer, fund, scheme, decision=decision),
    ]
    if paid:
        lines += [line("income", -pence, paid, partner=payer), line("balance", pence, paid)]
    return lines


def entries() -> Iterator[Made]:
    """Day, key, what, lines."""
    for at in range(12):
        first = date(2025 + (at + 3) // 12, (at + 3) % 12 + 1, 1)
        month, last = f"{first:%Y-%m}", (first + timedelta(31)).replace(day=1) - timedelta(1)
        pence = instalments(1_500_000_000, 12)[at]
        lines = [line("income", -pence, COUNTY, GRANT), line("balance", pence, COUNTY, GRANT)]
        yield first.replace(day=15), f"grant {month}", "Public health grant", lines
        for number, (fund, partner, keeper, pounds) in enumerate(PAID, 1):
            lines = paid_in(fund, partner, keeper, instalments(pounds * 100, 12)[at])
            yield first.replace(day=15), f"paid {month} {number}", f"Payment {at + 1} of 12", lines
        for number, (*what, payer, paid, pounds) in enumerate(SPENT, 1):
            pence = instalments(pounds * 100, 12)[at]
            lines = bought(*what, payer=payer, paid=paid, pence=pence)
            yield last, f"spent {month} {number}", f"Spending of {first:%B %Y}", lines
    yield from overspent()


def overspent() -> Iterator[Made]:
    """How the overspend was met at the end of the year, step by step."""
    for number, each in enumerate(bear(250_000_000, STEPS).borne, 1):
        if each.bearer == each.step:
            lines = [line("reserve", -each.pence, COUNTY, POOL),
                     line("balance", each.pence, COUNTY, POOL)]  # fmt: skip
        else:
            lines = paid_in(POOL, each.bearer, COUNTY, each.pence)
        yield date(2026, 3, 31), f"overspend {number}", f"Overspend: {each.step}", lines


def written() -> str:
    """The whole file."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEADS)
    for day, key, what, lines in entries():
        table.writerows((day.isoformat(), key, what, *each) for each in lines)
    return text.getvalue()


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
