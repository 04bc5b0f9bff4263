"""A programme runs across tiers: it is a row of a matrix, and not a branch of a tree."""

from datetime import date

from commonweal.plans.milestones import Milestone
from commonweal.plans.programmes import Part, Programme, programmes, tiers_of
from tests.making import a, record_of

URGENT = Programme(
    name="Urgent care",
    parts=(
        Part(tier="place", printed="Places", role="delivers"),
        Part(tier="system", printed="The system", role="sets the strategy"),
        Part(tier="place", printed="Councils", role="takes part"),
    ),
)
RECORD = record_of(
    a("kent/programme/urgent", URGENT),
    a("kent/programme/cancer", Programme(name="Cancer")),
    a("surrey/programme/other", Programme(name="Theirs")),
    a("kent/milestone/a", Milestone(name="A", programmes=("kent/programme/urgent",))),
)


def test_a_tier_holds_everybody_with_a_part_there():
    cancer, urgent = programmes(RECORD(date(2022, 7, 1)), "kent")
    assert (cancer.name, cancer.at) == ("kent/programme/cancer", {})
    assert [part.printed for part in urgent.at["place"]] == ["Places", "Councils"]
    assert [name for name, _ in urgent.milestones] == ["kent/milestone/a"]


def test_tiers_come_from_the_widest_and_only_where_somebody_has_a_part():
    assert tiers_of(programmes(RECORD(date(2022, 7, 1)), "kent")) == ("system", "place")


def test_a_part_that_says_nothing_is_refused():
    empty = Programme(name="Cancer", parts=(Part(tier="place"),))
    assert list(empty.faults()) == [
        "Its part at the tier ‘place’ says nothing. Say who, or what is done."
    ]
