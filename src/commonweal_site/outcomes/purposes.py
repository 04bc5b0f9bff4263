"""What is meant to move an indicator: plans, money and decisions; and the way back from each.

A plan's item names the measures that would show it and the money that pays for it; a scheme names
the decision that authorised it. So two steps lead from a measure to the money and to the decision.
"""

from collections.abc import Iterator

from commonweal.meetings.agenda import meeting_of
from commonweal.meetings.decided import Decision
from commonweal.money.funds import Fund, Scheme
from commonweal.outcomes.indicators import Indicator
from commonweal.plans.items import PlanItem
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import capital
from commonweal.scrutiny.reports import Recommendation
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.money.reading import entries_of
from commonweal_site.record.presenting import Link, link_to


def purposes(snapshot: Snapshot, indicator: str, systems: frozenset[str]) -> list[Grid]:
    """What an indicator is for, a table for each sort that there is something of.

    systems  those whose exempt entries the viewer may see
    """
    items = _items(snapshot, indicator)
    money = list(dict.fromkeys(each for _, item in items for each in item.money))
    schemes = [fact for name in money if isinstance(fact := snapshot.get(name), Scheme)]
    decided = [each.decision for each in schemes if each.decision]
    made = [
        grid(
            "Which plans it is to show", ("What is planned", "Plan", "Who answers for it"),
            (
                (
                    link_to(snapshot, name), link_to(snapshot, item.plan),
                    link_to(snapshot, item.owner) if item.owner else None,
                )
                for name, item in items
            ),
        ),
        grid(
            "What money is to move it", ("For what", "Out of", "Meant to achieve", "Spent"),
            (_paid(snapshot, name, systems) for name in money),
        ),
        grid(
            "What was decided for it", ("Decision", "Made by", "When"),
            (_decided(snapshot, name) for name in dict.fromkeys(decided)),
        ),
        grid(
            "What scrutiny asked for", ("Recommendation", "Made by", "Accepted"),
            _asked(snapshot, indicator),
        ),
    ]  # fmt: skip
    return [each for each in made if each.rows]


def _items(snapshot: Snapshot, indicator: str) -> list[tuple[str, PlanItem]]:
    found = snapshot.referring(indicator, PlanItem)
    return sorted((name, item) for name, item in found if indicator in item.measures)


def _paid(snapshot: Snapshot, name: str, systems: frozenset[str]) -> tuple[Link | str | None, ...]:
    fact = snapshot.get(name)
    fund = link_to(snapshot, fact.fund) if isinstance(fact, Scheme) else "Itself"
    outcome = fact.outcome if isinstance(fact, Scheme) else None
    entries = entries_of(snapshot, name, systems)
    spent = Link("Its entries in the ledger", entries) if entries else "None in the ledger"
    return link_to(snapshot, name), fund, outcome, spent


def _asked(snapshot: Snapshot, indicator: str) -> Iterator[tuple[Link | str | None, ...]]:
    """What scrutiny or Healthwatch asked for, with how it was answered."""
    for name, asked in sorted(snapshot.referring(indicator, Recommendation)):
        if asked.measure == indicator:
            answered = asked.accepted if asked.accepted != "not stated" else "Not stated"
            yield link_to(snapshot, name), link_to(snapshot, asked.by), capital(answered)


def _decided(snapshot: Snapshot, name: str) -> tuple[Link | str | None, ...]:
    fact = snapshot.get(name)
    if not isinstance(fact, Decision):
        return link_to(snapshot, name), None, None
    _, meeting, _ = meeting_of(snapshot, fact.item) if fact.item else ("", None, None)
    by, when = fact.by or (meeting and meeting.body), fact.when or (meeting and meeting.when)
    return (
        link_to(snapshot, name), link_to(snapshot, by) if by else None,
        in_words(when) if when else None,
    )  # fmt: skip


# --- the way back ---------------------------------------------------------------------------------


def shown_by(snapshot: Snapshot, name: str) -> tuple[Link, ...]:
    """The indicators that would show the effect of a decision, a fund or a scheme."""
    found = [
        measure
        for each in _paid_for(snapshot, name)
        for _, item in snapshot.referring(each, PlanItem)
        if each in item.money
        for measure in item.measures
    ]
    there = [each for each in dict.fromkeys(found) if isinstance(snapshot.get(each), Indicator)]
    return tuple(link_to(snapshot, each) for each in sorted(there))


def _paid_for(snapshot: Snapshot, name: str) -> list[str]:
    """The fund or scheme itself, or the schemes that a decision authorised."""
    fact = snapshot.get(name)
    if isinstance(fact, Fund | Scheme):
        return [name]
    if isinstance(fact, Decision):
        return [own for own, each in snapshot.referring(name, Scheme) if each.decision == name]
    return []
