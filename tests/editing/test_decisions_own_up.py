"""A decision that fails a line is written only with that line among what it is known to fail."""

import pytest

from commonweal.areas.facts import Area
from commonweal.authority.facts import Function, Power
from commonweal.bodies.facts import Body
from tests.accounts.officers import officer
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER, words

FORM = {
    "system": "kent", "slug": "clinic", "reason": "The minutes say so.",
    "fact.name": "The clinic closes", "fact.by": "kent/body/icb", "fact.when": "2026-05-01",
    "fact.type": "delegated", "fact.outcome": "carried", "fact.consultation": "not held",
    "fact.status": "in force", "from-day": "1", "from-month": "5", "from-year": "2026",
    "fact.sources.rows": "1", "fact.sources.0.document": "kent/document/paper",
    "fact.sources.0.at": "page 3", "fact.sources.0.how": "stated",
}  # fmt: skip


@pytest.fixture
def clerk(kent):
    client = officer("ed", ("kent", "editor"))
    client.book = kent
    return client


def sent(clerk, step="write", **changes):
    return clerk.post("/edit/add/decision/", {**FORM, **changes, "step": step})


def recorded(clerk):
    return clerk.book.exists("kent/decision/clinic")


def test_a_decision_that_fails_a_line_is_refused_with_the_line_and_the_reason(clerk):
    said = words(sent(clerk, "preview"))
    assert "fails on regard and consultation" in said
    assert "were not consulted" in said
    assert not recorded(clerk)


def test_writing_without_looking_first_is_refused_too(clerk):
    sent(clerk)
    assert not recorded(clerk)


@pytest.mark.parametrize(
    "changes",
    [
        {"fact.known_faults": "regard and consultation"},
        {"fact.status": "proposed"},
        {"fact.outcome": "lost"},
        {"fact.consultation": "not needed"},
    ],
)
def test_it_may_be_recorded_as_what_it_is(clerk, changes):
    answer = sent(clerk, "preview", **changes)
    assert answer.status_code == 200
    assert "fails on" not in words(answer)


def test_a_decision_that_only_cannot_be_told_is_no_failure(clerk):
    assert "fails on" not in words(sent(clerk, "preview", **{"fact.consultation": "not stated"}))


def test_a_decision_of_somebody_without_the_power_is_refused(clerk):
    # given a function that the law gives to another body
    write(
        clerk.book,
        asserted("kent/area/dover", Area(name="Dover", type="place", sources=PAPER)),
        asserted("kent/function/roads", Function(name="Roads", sources=PAPER)),
        asserted("kent/body/county", Body(name="Kent County", type="council", sources=PAPER)),
        asserted(
            "kent/power/roads",
            Power(function="kent/function/roads", holder="kent/body/county",
                  area="kent/area/dover", sources=PAPER),
        ),
        at=hours(5),
    )  # fmt: skip
    given = {
        "fact.consultation": "held", "fact.function": "kent/function/roads",
        "fact.area": "kent/area/dover",
    }  # fmt: skip
    assert "fails on power" in words(sent(clerk, "preview", **given))
