"""The annual report of a scrutiny committee: what belongs to a year, and what became of it."""

from datetime import date

import pytest

from commonweal.record.manuscript import Table, words
from commonweal.scrutiny import reviews
from commonweal.scrutiny.evaluating import BENEFITS, Judged, ScrutinyProtocol, SelfEvaluation
from commonweal.scrutiny.reports import Progress
from commonweal.scrutiny.reviews import Effects, Evidence
from commonweal.scrutiny.yearly import in_short, report, shown, state_of, year, year_of, years
from tests.making import a
from tests.scrutiny.committees import ADVICE, COMMITTEE, TRUST, advice, asked, councils, review

YEAR = "2026/27"
ON = date(2027, 4, 20)


def record(*facts, on=ON):
    return councils(*facts)(on)


def told(*facts, on=ON):
    return year(record(*facts, on=on), COMMITTEE, YEAR)


@pytest.mark.parametrize(
    ("made", "there"),
    [("2026-03-31", False), ("2026-04-01", True), ("2027-03-31", True), ("2027-04-01", False)],
)
def test_a_year_runs_from_the_first_of_april_to_the_last_of_march(made, there):
    assert bool(told(advice(made=made)).recommendations) is there


def test_what_happened_after_the_day_is_not_told():
    assert told(advice(made="2027-03-30"), on=date(2027, 3, 29)).empty


def test_the_years_on_record_are_those_in_which_anything_began():
    found = record(advice(made="2025-05-01"), asked(asked="2027-04-01"), review(began="2026-03-31"))
    assert years(found, COMMITTEE) == ("2027/28", "2025/26")
    assert year_of(date(2000, 1, 1)) == "1999/00"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"asks": False}, "No response asked for"),
        ({"requested": "2026-06-01", "responded": "2026-06-29"}, "In time"),
        ({"requested": "2026-06-01", "responded": "2026-06-30"}, "Late"),
        ({"requested": "2026-06-01"}, "Overdue"),
        ({"requested": "2027-04-19"}, "Still to come"),
        ({"asks": True}, "Cannot be told"),
    ],
)
def test_each_recommendation_says_what_became_of_its_response(fields, state):
    found = told(advice(made="2026-05-01", **fields))
    assert state_of(found.owed.get(ADVICE), ON) == state


def test_the_year_is_told_in_two_sentences():
    done = Progress(on="2026-12-01", state="done", what="It opens later.")
    fields = {"requested": "2026-06-01", "responded": "2026-06-29", "accepted": "accepted"}
    found = told(advice(made="2026-05-01", progress=(done,), **fields))
    assert in_short(found, ON) == (
        "In 2026/27 the committee made 1 recommendation; 1 response was asked for: 1 in time. "
        "1 was accepted wholly or in part, and 1 is on record as done."
    )
    assert in_short(told(), ON) == "Nothing that the committee did in 2026/27 is on record."


@pytest.mark.parametrize(
    ("began", "ended", "there"),
    [
        ("2025-01-01", "2026-03-31", False),
        ("2025-01-01", "2026-04-01", True),
        ("2025-01-01", None, True),
        ("2027-04-01", None, False),
    ],
)
def test_a_review_belongs_to_every_year_in_which_it_ran(began, ended, there):
    assert bool(told(review(began=began, ended=ended)).reviews) is there


def table(text, caption):
    found = next(b for b in text.blocks if isinstance(b, Table) and b.caption == caption)
    return {
        words(row.cells[0][0]): [" ".join(map(words, cell)) for cell in row.cells[1:]]
        for row in found.rows
    }


def test_the_five_principles_stand_side_by_side_and_blanks_show():
    kept = reviews.Tested(principle="inclusive", how="Two open evenings")
    text = report(record(review(began="2026-05-01", principles=(kept,))), COMMITTEE, YEAR)
    found = table(text, "Work of the year against the five principles")
    assert found["Inclusive"] == ["no items", "Waiting: Two open evenings"]
    assert found["Balanced"] == ["no items", "Not recorded"]


def test_each_benefit_has_what_the_record_shows_and_the_committees_own_view():
    heard = Evidence(what="Open evenings", type="experience of people")
    facts = (
        review(began="2026-05-01", considered=(heard,), invited=(TRUST,), effects=Effects(some="x")),
        a(
            "kent/self-evaluation/one",
            SelfEvaluation(
                by=COMMITTEE, year=YEAR,
                benefits=(Judged(benefit=BENEFITS[1], how="Well.", better="More of it."),),
            ),
        ),
    )  # fmt: skip
    found = table(report(record(*facts), COMMITTEE, YEAR), "The five benefits of scrutiny")
    assert len(found) == len(BENEFITS)
    heard_of = found["People are heard on the quality of services"]
    assert heard_of[0].startswith("1 piece of evidence came from people who use services")
    assert heard_of[1] == "Well. To do better: More of it."
    assert found["Services are made better"][1] == "The committee’s own view is not on record"


def test_what_the_record_shows_of_a_benefit_is_counted_up_to_the_day():
    fields = {"requested": "2026-06-01", "responded": "2026-06-29", "accepted": "accepted"}
    facts = (advice(made="2026-05-01", **fields),)
    for on, was in ((date(2026, 6, 28), "0 were given"), (date(2026, 6, 29), "1 was given")):
        found = year(record(*facts, on=on), COMMITTEE, YEAR)
        assert was in shown(record(*facts, on=on), found, BENEFITS[2])


def test_the_capacity_of_the_work_programme_is_said_with_what_is_kept_free():
    protocol = ScrutinyProtocol(name="Our rules", by=COMMITTEE, items_a_year=12, kept_free=3)
    text = report(record(a("kent/scrutiny-protocol/one", protocol)), COMMITTEE, YEAR)
    said = " ".join(words(b.line) for b in text.blocks if hasattr(b, "line"))
    assert "It can take up 12 items a year, and none is planned; room for 12 more is left." in said
    assert "It keeps 3 free for what cannot be foreseen." in said


@pytest.mark.parametrize(
    ("fact", "words_"),
    [
        (ScrutinyProtocol(name="R", by=COMMITTEE, items_a_year=2, kept_free=3), "More items"),
        (ScrutinyProtocol(name="R", by=COMMITTEE, kept_free=-1), "fewer than no"),
        (
            SelfEvaluation(
                by=COMMITTEE, year=YEAR, benefits=(Judged(benefit=BENEFITS[0], how="x"),) * 2
            ),
            "there twice",
        ),
        (SelfEvaluation(by=COMMITTEE, year=YEAR, made="soon"), "soon"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_a_sentence(fact, words_):
    assert any(words_ in each for each in fact.faults())
