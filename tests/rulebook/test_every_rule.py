"""No rule is left without a check, and none speaks on a day on which it was not in force."""

import re
from datetime import date, timedelta

import pytest

from commonweal.checks import CHECKS
from commonweal.statute.rule import rule, rule_book
from commonweal.statute.runner import run
from tests.making import shipped

A_DAY = timedelta(1)
CHECKED = sorted(CHECKS)
AWAITED = {
    "ICB-CON-09", "ICB-CON-10", "ICB-CON-15", "ICB-CON-16", "ICB-NOM-01", "ICB-NOM-02",
    "ICB-POP-01", "ICB-POP-02", "ICB-QUO-02", "ICB-QUO-03", "ICB-PUB-02", "CCG-08",
}  # fmt: skip


@pytest.fixture(scope="module")
def packs():
    return shipped()


def test_every_rule_has_a_check_or_says_what_it_awaits():
    assert CHECKS.missing() == ()


def test_the_rules_that_await_facts_are_these_and_no_more():
    assert {law.id for law in rule_book()} - set(CHECKED) == AWAITED


@pytest.mark.parametrize("number", CHECKED)
def test_a_rule_finds_nothing_on_the_day_before_it_came_into_force(packs, number):
    law = rule(number)
    report = run(packs(law.starts - A_DAY), rules=[number])
    assert report.findings == ()
    assert report.idle == (law,)


@pytest.mark.parametrize("number", [n for n in CHECKED if rule(n).ends])
def test_a_rule_is_tried_on_its_last_day_and_not_on_the_day_after(packs, number):
    end = rule(number).ends
    assert run(packs(end - A_DAY), rules=[number]).rules
    assert run(packs(end), rules=[number]).findings == ()


@pytest.mark.parametrize(
    "day", [date(2018, 10, 1), date(2022, 5, 20), date(2022, 7, 1), date(2026, 4, 1)]
)
def test_every_finding_is_one_plain_sentence_about_something_on_record(packs, day):
    snapshot = packs(day)
    ended = {each.before for each in snapshot.of_kind("succession").values()}
    for found in run(snapshot).findings:
        assert found.because[-1] == "."
        assert not re.search(r"None(?! of)", found.because)
        if found.rule in CHECKED:
            on_record = snapshot.get(found.subject) is not None
            assert on_record or found.subject in ended, found


@pytest.mark.parametrize("day", [date(2022, 5, 20), date(2022, 7, 1), date(2026, 4, 1)])
def test_what_a_finding_is_about_is_on_record_too(packs, day):
    snapshot = packs(day)
    ended = {each.before for each in snapshot.of_kind("succession").values()}
    for found in run(snapshot).findings:
        missing = {each for each in found.about if snapshot.get(each) is None} - ended
        # Groups are named as predecessors, and boards of 31 March as those that ended.
        assert {each for each in missing if "/ccg-" not in each} == set(), found


def test_no_finding_on_a_breach_is_without_a_source(packs):
    for day in (date(2022, 5, 20), date(2022, 12, 12), date(2026, 11, 22)):
        for found in run(packs(day)).breaches:
            assert found.sources, found


def test_what_a_viewer_may_not_see_shows_in_no_finding(packs):
    snapshot = packs(date(2026, 11, 22))
    public = snapshot.seen_by(lambda _: False)
    hidden = {
        name
        for kind in snapshot.vocabulary
        for name in snapshot.of_kind(kind.name).keys() - public.of_kind(kind.name).keys()
    }
    assert hidden
    for found in run(public).findings:
        assert found.subject not in hidden
        assert not hidden.intersection(found.about)


def test_the_same_record_gives_the_same_findings_in_the_same_order(packs):
    assert run(packs(date(2022, 7, 1))).findings == run(packs(date(2022, 7, 1))).findings
