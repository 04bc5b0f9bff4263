"""What came nearest: by amount, by place and by day, the fewest failed tests first."""

import pytest

from commonweal.authority.answers import may, who_may
from commonweal.authority.search import Question
from tests.authority.schemes import (
    area,
    body,
    day_of,
    delegation,
    function,
    ident,
    post,
    power,
    scheme,
    succession,
    with_,
)

PLACE = ident("body", "place")


def asked(what="home", where="ward", pounds=None):
    amount = None if pounds is None else round(pounds * 100)
    return Question(function=ident("function", what), area=ident("area", where), amount=amount)


def placed(*more, **terms):
    """A place board to which the board delegates over some days."""
    model = "committee of the integrated care board"
    place = body("place", "place board", "north", parents=("board",), place_model=model)
    given = delegation("place", "board", "place", "care", **terms)
    return with_(scheme(), place, given, *more)


def test_what_begins_later_is_named_with_its_day():
    items = placed(since="2027-04-01", upper=500_000_00)
    found = may(day_of(items), PLACE, asked(pounds=400_000))
    assert found.outcome == "refused"
    assert found.because.endswith("it begins on 1 April 2027.")
    assert [fault.test for fault in found.misses[0].faults] == ["begins"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-03-31", "it begins on 1 April 2027"),
        ("2027-04-01", None),
        ("2027-06-30", None),
        ("2027-07-01", "it ended on 30 June 2027"),
    ],
)
def test_a_day_either_side_of_its_time_is_told_from_its_time(day, said):
    items = placed(since="2027-04-01", until="2027-07-01")
    found = may(day_of(items, day), PLACE, asked())
    assert (found.outcome == "allowed") == (said is None)
    assert said is None or said in found.because


def test_what_begins_later_and_reaches_too_low_says_both():
    items = placed(since="2027-04-01", upper=300_000_00)
    found = may(day_of(items), PLACE, asked(pounds=400_000))
    assert "it begins on 1 April 2027; it reaches £300,000: £100,000 short" in found.because


def test_a_power_in_law_that_begins_later_is_named():
    later = power("new", "later", every="NHS trust", since="2027-04-01")
    items = with_(scheme(), function("later"), later)
    found = may(day_of(items), ident("body", "trust"), asked("later"))
    assert "it begins on 1 April 2027" in found.because


def test_what_lapsed_at_a_merger_says_when_and_to_whom():
    items = with_(
        scheme(),
        body("trust", "NHS trust", "system", until="2026-04-01"),
        body("new", "NHS trust", "system", since="2026-04-01"),
        delegation("x", "trust", "board", "social", basis=ident("basis", "together")),
        succession("s", "trust", "new")._replace(valid_from=day_of(scheme(), "2026-04-01").as_at),
    )
    found = may(day_of(items), ident("body", "board"), asked("social"))
    assert found.outcome == "refused"
    assert "it lapsed at the merger on 1 April 2026, when New took the place of" in found.because


def test_fewer_failed_tests_come_first_whatever_the_day():
    items = placed(
        delegation("later", "board", "place", "home", since="2028-04-01", upper=1_00),
        since="2027-04-01",
    )
    found = may(day_of(items), PLACE, asked(pounds=5))
    assert [miss.by.rsplit("/", 1)[1] for miss in found.misses] == ["place", "later"]
    assert [len(miss.faults) for miss in found.misses] == [1, 2]


def test_when_nobody_may_another_day_is_named_too():
    items = with_(
        scheme(), function("later"), area("island"), post("warden", "board"),
        power("p", "later", holder="board", area="island", since="2027-04-01"),
    )  # fmt: skip
    found = who_may(day_of(items), asked("later", "island"))
    assert (found.allowed, found.misses[0].holder) == ((), ident("body", "board"))
    assert "it begins on 1 April 2027" in found.misses[0].because


def test_a_miss_on_another_day_is_never_of_what_is_exempt():
    items = placed(since="2027-04-01", exempt="Commercial terms under negotiation")
    snapshot = day_of(items)
    assert "2027" in str(may(snapshot, PLACE, asked()).misses)
    public = snapshot.seen_by(lambda _: False)
    assert may(public, PLACE, asked()).misses == ()
    assert all("2027" not in miss.because for miss in who_may(public, asked()).misses)
