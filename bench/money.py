"""How fast the ledger takes entries in and adds them up, and sums are split to the penny.

beancount, which does the same in memory, loads the same entries from its text (bench.peer).
"""

import tempfile
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from bench.peer.environment import run
from bench.rows import Measured, row, watch
from bench.tried import fresh
from commonweal.money.ledger import Entry, Line
from commonweal.money.pence import split
from commonweal.money.plain_text import Kept, beancount
from commonweal_site.money.ledger import Ledger, Source

_FIRST = date(2025, 4, 1)
_SHARES = (Decimal("63.7"), Decimal("36.3"))


def entries(size):
    """Payments over a year by six bodies, out of four funds, for forty schemes."""
    return [_payment(number) for number in range(size)]


def _payment(number):
    body, fund = f"e/body/b{number % 6}", f"e/fund/f{number % 4}"
    pence = 1_000 + number % 977
    spent = Line("spending", pence, body, fund, f"e/funded-scheme/s{number % 40}")
    paid = Line("balance", -pence, body, fund)
    day = _FIRST + timedelta(number % 365)
    return Entry(day, f"Payment {number}", (spent, paid), str(number))


@row(
    "Post entries of money, balance and report them",
    sizes=(1_000, 10_000, 100_000), of="entries", unit="s", at_most=3,
    peer="beancount, loading the same",
)  # fmt: skip
def post(size):
    fresh()
    made, ledger = entries(size), Ledger()
    with watch() as taken:
        ledger.post(made, source=Source("bench", "made up"), actor="bench", reason="Load")
        assert ledger.totals([]) == [(0, 2 * size)]
        ledger.totals(["fund", "scheme", "month"], account="spending")
    return Measured(taken.seconds, peer=_in_beancount(made), processor=taken.processor)


def _in_beancount(made):
    """Seconds that beancount takes to load the same; none if it is not there."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.beancount"
        kept = (Kept(number, 1, entry) for number, entry in enumerate(made, 1))
        file.write_text("\n".join(beancount(kept)) + "\n")
        told = run("beancount", {"file": str(file)})
    if told is None:
        return None
    assert (told["transactions"], told["errors"]) == (len(made), []), told
    return told["seconds"]


@row(
    "Split a sum in two to the penny",
    sizes=(100, 1_000, 10_000), of="sums", unit="s", at_most=0.2, peer="Decimal, by hand",
)  # fmt: skip
def splits(size):
    sums = [13_500_000_000 + number for number in range(size)]
    with watch() as taken:
        ours = [split(each, _SHARES) for each in sums]
    with watch() as theirs:
        peer = [_by_hand(each) for each in sums]
    assert ours == peer
    return Measured(taken.seconds, peer=theirs.seconds, processor=taken.processor)


def _by_hand(pence):
    """The same with Decimal: rounded down, the penny left over to the larger remainder."""
    exact = [Decimal(pence) * share / sum(_SHARES) for share in _SHARES]
    down = [each.quantize(Decimal(1), ROUND_DOWN) for each in exact]
    left = int(pence - sum(down))
    first = left and exact[0] - down[0] >= exact[1] - down[1]
    return int(down[0]) + (left if first else 0), int(down[1]) + (0 if first else left)
