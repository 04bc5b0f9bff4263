"""A pack's ledger that was changed is posted as reversals and new entries, once."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.money.ledger import Entry, Line
from commonweal.money.pence import BadMoney
from commonweal_site.money.ledger import Ledger, Source
from tests.keeping import raw

ICB = "kent/body/icb"


def paid(pence, key="k", day=date(2022, 12, 12)):
    return Entry(day, "Carers", (Line("spending", pence, ICB), Line("balance", -pence, ICB)), key)


@pytest.fixture
def ledger(book):
    return Ledger(book.using)


def keeps_up(ledger, *entries, sha):
    source = Source(sha, "kent/ledger.csv")
    return ledger.keep_up(entries, source=source, actor="ann", reason="The pack")


def spent(ledger):
    return ledger.totals([], account="spending")[0][0]


def test_what_was_taken_out_is_reversed_and_what_is_new_is_posted_as_one_import(ledger):
    keeps_up(ledger, paid(100, "a"), paid(10, "b"), sha="first")
    posted = keeps_up(ledger, paid(100, "a"), paid(11, "b"), paid(1, "c"), sha="second")
    assert (posted.first, posted.last, posted.before) == (3, 5, False)
    assert spent(ledger) == 112
    undoes = ledger.entry(3)
    assert (undoes.reverses, undoes.key, undoes.lines) == (2, "b", paid(-10).lines)
    assert [ledger.entry(number) for number in (4, 5)] == [paid(11, "b"), paid(1, "c")]
    assert ledger.counts()["imports"] == 2
    assert ledger.faults() == []


def test_the_same_file_again_does_nothing(ledger):
    keeps_up(ledger, paid(100), sha="first")
    keeps_up(ledger, paid(99), sha="second")
    again = keeps_up(ledger, paid(99), sha="second")
    assert (again.before, again.first, again.last) == (True, 2, 3)
    assert keeps_up(ledger, paid(99), sha="the same, otherwise written").before


def test_a_file_can_go_back_to_what_it_was(ledger):
    for sha, pence in (("first", 100), ("second", 99), ("first", 100), ("second", 99)):
        assert not keeps_up(ledger, paid(pence), sha=sha).before
        assert spent(ledger) == pence
    assert ledger.faults() == []


def test_entries_that_are_alike_are_counted(ledger):
    keeps_up(ledger, paid(5), paid(5), paid(5), sha="three")
    keeps_up(ledger, paid(5), sha="one")
    assert spent(ledger) == 5
    keeps_up(ledger, paid(5), paid(5), sha="two")
    assert spent(ledger) == 10


def test_an_emptied_file_takes_everything_back(ledger):
    keeps_up(ledger, paid(5), sha="one")
    keeps_up(ledger, sha="none")
    assert spent(ledger) == 0
    with pytest.raises(BadMoney, match="nothing to post"):
        ledger.keep_up([], source=Source("z", "other.csv"), actor="ann", reason="r")


def test_what_was_reversed_by_hand_is_not_reversed_again(ledger):
    keeps_up(ledger, paid(5, "a"), paid(7, "b"), sha="one")
    ledger.reverse(1, date(2022, 12, 13), actor="ann", why="Twice")
    keeps_up(ledger, paid(5, "a"), sha="still has it")
    assert spent(ledger) == 0
    assert keeps_up(ledger, sha="none").before
    assert ledger.faults() == []


def test_a_change_in_a_closed_period_is_refused_whole(ledger):
    keeps_up(ledger, paid(5, "a"), sha="one")
    ledger.close(ICB, date(2023, 1, 1), actor="ann", reason="Month 9")
    with pytest.raises(BadMoney, match="a: kent/body/icb has closed its books before 2023-01-01"):
        keeps_up(ledger, paid(6, "a"), paid(7, "b", date(2023, 1, 1)), sha="two")
    assert raw(ledger, "select count(*) from money_entry") == [(1,)]
    keeps_up(ledger, paid(5, "a"), paid(7, "b", date(2023, 1, 1)), sha="three")
    assert spent(ledger) == 12


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.lists(st.integers(1, 4), max_size=4), min_size=2, max_size=4))
def test_whatever_the_file_went_through_the_ledger_is_what_it_says_now(sqlite, tmp_path, states):
    with sqlite.fresh(tmp_path) as book:
        ledger = Ledger(book.using)
        keeps_up(ledger, paid(1), sha="to begin with")
        for number, state in enumerate(states):
            keeps_up(ledger, *(paid(pence, str(pence)) for pence in state), sha=str(number))
        assert spent(ledger) == sum(states[-1])
        assert ledger.faults() == []
