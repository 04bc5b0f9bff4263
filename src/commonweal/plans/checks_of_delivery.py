"""Checks of milestones and of matrices of maturity."""

from collections.abc import Iterator

from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from .delivery import STANDINGS, Stands, milestones, waits
from .maturity import MaturityAssessment, MaturityMatrix, MaturityStatement
from .milestones import Milestone, due_in_words

type Dated = tuple[str, Milestone | MaturityAssessment]


@check("DLV-DATE", over=milestones)
def reached_by_its_date(snapshot: Snapshot, each: Stands) -> Iterator[Finding]:
    del snapshot
    law, more = rule("DLV-DATE"), {"sources": each.fact.sources}
    due = due_in_words(each.when, each.firm)
    said = f"It was due {due}"
    match each.standing:
        case "reached":
            yield law.met(each.name, f"{said} and is on record as reached.", **more)
        case "reached late":
            when = due_in_words(each.fact.reached_on, "in")
            yield law.not_met(each.name, f"{said} and was reached {when}.", **more)
        case "late":
            state = f"is {each.fact.reached}"
            yield law.not_met(each.name, f"{said}; by its source it {state}.", **more)
        case "passed in silence":
            because = f"{said}; nothing on record says whether it was reached."
            yield law.cannot_say(each.name, because, **more)


@check("DLV-ORDER", over=milestones)
def not_before_what_it_waits_for(snapshot: Snapshot, each: Stands) -> Iterator[Finding]:
    law, more = rule("DLV-ORDER"), {"sources": each.fact.sources}
    due = due_in_words(each.when, each.firm)
    for wait in waits(snapshot, each):
        about = (wait.what,) if wait.what else ()
        if wait.there is None or each.when is None:
            because = f"It waits for “{wait.words}”; one of the two has no date on record."
            yield law.cannot_say(each.name, because, about=about, **more)
            continue
        there = in_words(wait.there.isoformat())
        because = f"It is due {due}; “{wait.words}”, which it waits for, is due by {there}."
        say = law.not_met if wait.too_soon else law.met
        yield say(each.name, because, about=about, **more)


_OPEN = frozenset({"to come", "due now", "late", "passed in silence", "no date"})


@check("DLV-OWNER", over=milestones)
def has_an_owner_who_is_there(snapshot: Snapshot, each: Stands) -> Iterator[Finding]:
    law, more = rule("DLV-OWNER"), {"sources": each.fact.sources}
    fact = each.fact
    if each.standing not in _OPEN:
        return
    state = STANDINGS[each.standing].lower()
    if fact.owner is None and not fact.owner_printed:
        yield law.cannot_say(each.name, f"Who owns it is not on record ({state}).", **more)
    elif fact.owner is None:
        because = f"Its owner, {fact.owner_printed}, is printed but not on record as a body."
        yield law.cannot_say(each.name, because, **more)
    elif snapshot.get(fact.owner) is None:
        because = f"Its owner, {snapshot.name(fact.owner)}, is not there on this day ({state})."
        yield law.not_met(each.name, because, about=(fact.owner,), **more)
    else:
        because = f"{snapshot.name(fact.owner)} owns it."
        yield law.met(each.name, because, about=(fact.owner,), **more)


def _dated(snapshot: Snapshot) -> Iterator[Dated]:
    for name, fact in snapshot.all(Milestone).items():
        if fact.reached != "not recorded":
            yield name, fact
    yield from snapshot.all(MaturityAssessment).items()


@check("DLV-EVIDENCE", over=_dated)
def no_older_than_its_evidence(snapshot: Snapshot, each: Dated) -> Iterator[Finding]:
    law, (name, fact) = rule("DLV-EVIDENCE"), each
    if isinstance(fact, Milestone):
        on, papers = fact.reached_on or "", fact.shown_by
    else:
        on = fact.on
        papers = tuple(shown.document for shown in fact.evidence if shown.document)
    if not papers:
        because = f"Nothing on record shows what is said of it as at {in_words(on)}."
        yield law.cannot_say(name, because, sources=fact.sources)
    for paper in papers:
        yield _written_by(snapshot, name, fact, paper, on)


def _written_by(
    snapshot: Snapshot, name: str, fact: Milestone | MaturityAssessment, paper: str, on: str
) -> Finding:
    law, title = rule("DLV-EVIDENCE"), snapshot.name(paper)
    more = {"sources": fact.sources, "about": (paper,)}
    dated = getattr(snapshot.get(paper), "date", None)
    if dated is None:
        return law.cannot_say(name, f"“{title}”, which shows it, has no date on record.", **more)
    told = in_words(on)
    if isinstance(fact, Milestone) and period(dated)[1] <= period(on)[0]:
        because = f"“{title}” of {in_words(dated)} cannot show what was so only in {told}."
        return law.not_met(name, because, **more)
    if isinstance(fact, MaturityAssessment) and period(dated)[0] >= period(on)[1]:
        because = f"It was found in {told}, on “{title}” of {in_words(dated)}, written later."
        return law.not_met(name, because, **more)
    because = f"“{title}” of {in_words(dated)} shows what is said of it as at {told}."
    return law.met(name, because, **more)


# --- matrices -------------------------------------------------------------------------------------


@check("DLV-CELL")
def findings_lie_in_a_cell(snapshot: Snapshot) -> Iterator[Finding]:
    """Only what lies in no cell is told one by one; for the rest, one finding a matrix."""
    law = rule("DLV-CELL")
    for name, matrix in snapshot.all(MaturityMatrix).items():
        inside = 0
        units = {level.key: {unit.who for unit in level.units} for level in matrix.levels}
        for own, statement in snapshot.referring(name, MaturityStatement):
            if because := _unfit(statement, matrix):
                yield law.not_met(own, because, sources=statement.sources, about=(name,))
                continue
            inside += 1
            for cell, fact in snapshot.referring(own, MaturityAssessment):
                if fact.unit not in units[statement.level]:
                    because = f"{snapshot.name(fact.unit)} is no unit of its statement’s level."
                    yield law.not_met(cell, because, sources=fact.sources, about=(own,))
        because = f"{inside} statements stand under its levels, subjects and times."
        yield law.met(name, because, sources=matrix.sources)


def _unfit(statement: MaturityStatement, matrix: MaturityMatrix) -> str:
    for word, key, known in (
        ("level", statement.level, matrix.levels),
        ("subject", statement.domain, matrix.domains),
        ("time", statement.horizon, matrix.horizons),
    ):
        keys = [each.key for each in known]
        if key not in keys:
            return f"Its matrix has no {word} ‘{key}’. There are: {', '.join(keys)}."
    return ""
