"""Checks of how providers of health care were chosen."""

from collections.abc import Iterator
from datetime import date

from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words
from commonweal.record.wording import counted, listed
from commonweal.statute.clock import clock
from commonweal.statute.days import exact, happened, last_day
from commonweal.statute.errors import CalendarRunsOut
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .considerable import considerable, modification, must_be_announced, own_so_far
from .facts import CRITERIA, WITH_STANDSTILL, Circumstances, ProviderSelection
from .processes import REGIME, which
from .standstill import Standstill, in_time, standstill

type _Named = tuple[str, ProviderSelection]


def begun(selection: ProviderSelection) -> date | None:
    """The first day on record of a selection: it settles which law holds."""
    stated = (selection.begun, selection.meant, selection.intended, selection.awarded)
    return next((day for day in map(exact, stated) if day), None)


def _under_the_regime(snapshot: Snapshot) -> Iterator[_Named]:
    for name, each in snapshot.all(ProviderSelection).items():
        first = begun(each)
        if first is None or first >= REGIME:
            yield name, each


def _more(selection: ProviderSelection) -> dict[str, tuple[object, ...]]:
    return {"sources": selection.sources, "about": (selection.by,)}


@check("CMP-01")
def chosen_under_the_law_of_competition(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("CMP-01")
    for name, each in snapshot.all(ProviderSelection).items():
        first = begun(each)
        if first and first < REGIME and happened(each.begun, snapshot.as_at):
            because = "It was begun while the law was that of competition, which is not tried here."
            yield law.cannot_say(name, because, **_more(each))


@check("PSR-01")
def the_process_is_open(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-01")
    for name, each in _under_the_regime(snapshot):
        if each.process == "not stated":
            because = "How the provider was chosen is not on record."
            yield law.cannot_say(name, because, **_more(each))
            continue
        choice = which(each.circumstances or Circumstances(), begun(each) or snapshot.as_at)
        ground = next(known for known in choice.grounds if known.process == each.process)
        tell = {True: law.met, False: law.not_met, None: law.cannot_say}[ground.open]
        yield tell(name, f"Chosen by {each.process}. {ground.because}", **_more(each))


@check("PSR-02")
def considerable_change_is_held_to_be_so(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-02")
    for name, each in _under_the_regime(snapshot):
        if each.process != "direct award C":
            continue
        judged = considerable(each.circumstances or Circumstances())
        if judged.holds is None or each.held_considerable is None:
            silent = "" if each.held_considerable is not None else " What was held is not recorded."
            yield law.cannot_say(name, f"{judged.because}{silent}", **_more(each))
            continue
        held = "considerable" if each.held_considerable else "not considerable"
        tell = law.met if judged.holds == each.held_considerable else law.not_met
        yield tell(name, f"The authority held it {held}. {judged.because}", **_more(each))


@check("PSR-03")
def the_five_criteria_are_considered(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-03")
    for name, each in _under_the_regime(snapshot):
        if each.process not in WITH_STANDSTILL:
            continue
        if each.considered is None:
            because = "Which of the five criteria were considered is not on record."
            yield law.cannot_say(name, because, **_more(each))
            continue
        named = {one.criterion for one in each.considered}
        silent = [one for one in CRITERIA if one not in named]
        if silent:
            yield law.not_met(name, f"It did not consider: {listed(silent)}.", **_more(each))
        else:
            yield law.met(name, "All five criteria were considered.", **_more(each))


def _published(
    law: Rule, named: _Named, done: str | None, published: str | None, on: date
) -> Iterator[Finding]:
    """A finding on a notice that has to follow an act within a number of days."""
    name, selection = named
    first = exact(done)
    due = last_day(law.id, first) if first else None
    if due is None or first is None or first > on:
        return
    limit = f"the last day for its notice {'is' if on <= due else 'was'} {day_in_words(due)}"
    told = f"{clock(law.id).title}: {limit}"
    if happened(published, on):
        late = not happened(published, due)
        tell = law.not_met if late else law.met
        because = f"{told}; it was published on {in_words(published or '')}."
        yield tell(name, because, **_more(selection))
    elif due < on:
        yield law.cannot_say(name, f"{told}; none is on record.", **_more(selection))
    else:
        yield law.met(name, f"{told}; there is still time.", **_more(selection))


@check("PSR-04")
def awards_are_published(snapshot: Snapshot) -> Iterator[Finding]:
    for name, each in _under_the_regime(snapshot):
        if each.process not in {"urgent award", "not stated"}:
            named = name, each
            yield from _published(
                rule("PSR-04"), named, each.awarded, each.announced, snapshot.as_at
            )


@check("PSR-05")
def the_most_suitable_are_waited_for(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-05")
    for name, each in _under_the_regime(snapshot):
        sent, settled = exact(each.meant), exact(each.settled)
        if each.process != "most suitable provider" or not happened(each.settled, snapshot.as_at):
            continue
        last = last_day("PSR-05", sent) if sent else None
        if last is None or settled is None:
            because = "The day of the first notice, or of settling, is not on record."
            yield law.cannot_say(name, because, **_more(each))
            continue
        words = f"The wait lasted until {day_in_words(last)}; they were settled on "
        tell = law.met if settled > last else law.not_met
        yield tell(name, f"{words}{day_in_words(settled)}.", **_more(each))


def _waited(snapshot: Snapshot, law: Rule) -> Iterator[tuple[_Named, Standstill]]:
    """Each selection whose standstill has begun; a calendar that ends is said by PSR-11."""
    for name, each in _under_the_regime(snapshot):
        try:
            found = standstill(each, snapshot.as_at)
        except CalendarRunsOut:
            continue
        if found and law.in_force(found.starts):
            yield (name, each), found


@check("PSR-06")
def providers_may_be_heard(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-06")
    for (name, each), found in _waited(snapshot, law):
        yield law.met(name, found.because, **_more(each))
    for name, each in _under_the_regime(snapshot):
        made = each.contracted or each.awarded
        bound = each.process in WITH_STANDSTILL and happened(made, snapshot.as_at)
        if bound and each.intended is None:
            because = "No notice of an intention to award is on record."
            yield law.cannot_say(name, because, **_more(each))


@check("PSR-07")
def representations_are_reviewed(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-07")
    for (name, each), found in _waited(snapshot, law):
        on, made = snapshot.as_at, happened(each.contracted, snapshot.as_at)
        for said in in_time(each, found.heard.due, on):
            first = f"{said.by} was heard on {in_words(said.received)}"
            if not happened(said.decided, on):
                because = f"{first}; no further decision is on record"
                tell = law.not_met if made else law.cannot_say
                also = ", yet the contract was made." if made else "."
                yield tell(name, f"{because}{also}", **_more(each))
            elif said.reviewed is False:
                yield law.not_met(name, f"{first}; nothing was reviewed.", **_more(each))
            elif said.reviewed is None or not said.decision:
                because = f"{first}; the review or its reasons are not on record."
                yield law.cannot_say(name, because, **_more(each))
            else:
                because = f"{first}; it was reviewed and answered with reasons on "
                yield law.met(name, f"{because}{in_words(said.decided or '')}.", **_more(each))


@check("PSR-08")
def no_contract_in_the_standstill(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-08")
    for (name, each), found in _waited(snapshot, law):
        made = exact(each.contracted)
        if made is None or made > snapshot.as_at:
            continue
        if found.ends is None or made <= found.ends:
            because = f"The contract was made on {day_in_words(made)}. {found.because}"
            yield law.not_met(name, because, **_more(each))
        else:
            because = f"The contract was made on {day_in_words(made)}, after it had ended."
            yield law.met(name, f"{because} {found.because}", **_more(each))


@check("PSR-09")
def changes_of_contracts(snapshot: Snapshot) -> Iterator[Finding]:
    law, on = rule("PSR-09"), snapshot.as_at
    for name, each in _under_the_regime(snapshot):
        for number, change in enumerate(each.changes):
            if not happened(change.on, on):
                continue
            own = own_so_far(each.changes, number)
            first = each.worth.pence if each.worth else None
            judged = modification(change, own, first)
            tell = {True: law.met, False: law.not_met, None: law.cannot_say}[judged.holds]
            because = f"Changed on {in_words(change.on)}: {change.what}. {judged.because}"
            yield tell(name, because, **_more(each))
            if must_be_announced(change, own):
                yield from _published(law, (name, each), change.on, change.announced, on)


@check("PSR-10")
def urgent_awards(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-10")
    for name, each in _under_the_regime(snapshot):
        if each.process == "urgent award":
            yield from _published(law, (name, each), each.awarded, each.announced, snapshot.as_at)


@check("PSR-11")
def the_days_of_the_regime(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("PSR-11")
    for name, each in _under_the_regime(snapshot):
        try:
            found = standstill(each, snapshot.as_at)
        except CalendarRunsOut as unknown:
            yield law.cannot_say(name, str(unknown), **_more(each))
            continue
        if found:
            over = len(found.heard.rows)
            off = counted(len(found.heard.skipped), "day")
            because = f"Of the {over} days counted over, {off} off work were left out."
            yield law.met(name, because, **_more(each))
