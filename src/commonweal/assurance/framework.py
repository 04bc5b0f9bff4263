"""The board assurance framework as a text: objective by objective, what may go wrong and what is
known of it. Risks of daily work stand in the register alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from commonweal.record.manuscript import (
    Block,
    Cited,
    Heading,
    Line,
    Manuscript,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import capital, listed

from .loop import late
from .register import (
    LINES,
    Objective,
    Standing,
    above,
    by_objective,
    freshness,
    in_a_sentence,
    missing_lines,
    moved,
    open_actions,
    register,
)
from .risks import Assurance, Risk, Treatment, in_three_parts

type Draw = Callable[[Standing], Picture | None]
"""Draws where a risk stands; none: nothing can be drawn."""

_WIDTHS = (2, 5, 3)


def principal(found: Iterable[Standing]) -> tuple[Standing, ...]:
    """The risks that belong in a framework: all but those said to be of daily work."""
    return tuple(each for each in found if each.risk.type != "operational")


def framework(
    snapshot: Snapshot, system: str, name: str, draw: Draw = lambda _: None
) -> Manuscript:
    """The framework of a system on the snapshot's day.

    name  of the system, as a reader knows it
    """
    every = register(snapshot, system)
    found = principal(every)
    left = len(every) - len(found)
    more = {0: "", 1: " 1 risk of daily work stands in the register alone."}
    summary = in_a_sentence(found) + more.get(
        left, f" {left} risks of daily work stand in the register alone."
    )
    return Manuscript(
        f"Board assurance framework: {name}", day=snapshot.as_at, known=snapshot.known,
        summary=summary, blocks=tuple(_blocks(snapshot, found, draw)),
        invented=system in snapshot.invented,
    )  # fmt: skip


def _blocks(snapshot: Snapshot, found: Sequence[Standing], draw: Draw) -> Iterator[Block]:
    if not found:
        return
    objectives = worst_first(by_objective(snapshot, found))
    yield Heading("Objectives at a glance")
    yield Table(
        "Objectives, and where each stands", ("Objective", "Where it stands", "Highest score"),
        tuple(_glance(each) for each in objectives), widths=(3, 6, 1),
    )  # fmt: skip
    for each in objectives:
        yield Heading(each.name)
        yield Paragraph(line(f"{where_it_stands(each)} {why(each, snapshot.as_at)}".rstrip()))
        for standing in each.risks:
            yield from _of_risk(snapshot, standing, draw)
    yield Heading("Where each risk is from")
    rows = (_from(snapshot, each) for each in found)
    yield Table("Each risk, and the paper behind it", ("Risk",), tuple(rows), widths=(1,))


def worst_first(found: Iterable[Objective]) -> list[Objective]:
    """Objectives above what is accepted, then those of which it cannot be told, then the rest."""

    def order(each: Objective) -> tuple[int, int]:
        states = [standing.risk.over for standing in each.risks]
        place = 0 if True in states else 1 if None in states else 2
        return place, -max(standing.worth for standing in each.risks)

    return sorted(found, key=order)


def _glance(each: Objective) -> Row:
    worst = max(standing.worth for standing in each.risks)
    return row(
        Run(each.name, each.entity), where_it_stands(each), str(worst or ""),
        key=each.entity or each.name,
    )  # fmt: skip


def _from(snapshot: Snapshot, each: Standing) -> Row:
    cited = [Cited.of(snapshot, source) for source in each.risk.sources]
    return row(Run(each.risk.name, each.name), key=each.name, sources=cited)


# --- an objective in a sentence -------------------------------------------------------------------


def where_it_stands(each: Objective) -> str:
    """Whether what is accepted is exceeded on the way to an objective."""
    over = [standing for standing in each.risks if standing.risk.over]
    unknown = [standing for standing in each.risks if standing.risk.over is None]
    if over:
        worst = over[0]
        more = f", and {len(over) - 1} more" if len(over) > 1 else ""
        return f"Above what is accepted: ‘{worst.risk.name}’ has a score of {_of(worst)}{more}."
    if unknown:
        of = "Its risk has" if len(each.risks) == 1 else f"{len(unknown)} of its risks have"
        return f"Cannot be told: {of} no score, or no highest score that is accepted."
    if len(each.risks) == 1:
        return f"Within what is accepted: ‘{each.risks[0].risk.name}’ has {_of(each.risks[0])}."
    return f"Within what is accepted: all of its {len(each.risks)} risks are."


def _of(standing: Standing) -> str:
    return f"{standing.worth} where up to {standing.risk.accepts} is accepted"


def why(each: Objective, on: date) -> str:
    """What speaks against the controls of an objective's risks: gaps, silence, what is late."""
    risks = [standing.risk for standing in each.risks]
    gaps = sum(len(risk.gaps) for risk in risks)
    silent = [one for one in LINES if any(one in missing_lines(risk, on) for risk in risks)]
    lines = f"line{'s' if len(silent) > 1 else ''}"
    overdue = sum(late(action, on) for risk in risks for action in risk.actions)
    worse = [standing for standing in each.risks if standing.movement == "worse"]
    said = [
        *(["it got worse"] if worse else []),
        *([f"{gaps} gap{'s are' if gaps > 1 else ' is'} stated"] if gaps else []),
        *([f"nothing fresh is on record on the {listed(silent)} {lines}"] if silent else []),
        *([f"{overdue} action{'s are' if overdue > 1 else ' is'} overdue"] if overdue else []),
    ]
    return f"{capital(listed(said))}." if said else "All three lines are fresh."


# --- a risk ---------------------------------------------------------------------------------------


def _of_risk(snapshot: Snapshot, each: Standing, draw: Draw) -> Iterator[Block]:
    risk = each.risk
    yield Heading(risk.name, 2)
    yield Paragraph(line(in_three_parts(risk)))
    if picture := draw(each):
        yield picture
    else:
        yield Paragraph(line(in_numbers(each)))
    yield Paragraph(_held(snapshot, risk))
    rows = tuple(_backing(snapshot, each))
    yield Table(
        f"What stands behind ‘{risk.name}’", ("Kind", "What", "How it stands"), rows, widths=_WIDTHS
    )


def in_numbers(each: Standing) -> str:
    """The three scores, what is accepted, and how the score moved."""
    risk = each.risk
    if risk.current is None:
        return "How likely and how bad it is, is not on record."
    scores = (("without controls", risk.inherent), ("now", risk.current), ("aim", risk.target))
    said = listed(f"{name} {score.worth}" for name, score in scores if score)
    most = above(risk) or "How much is accepted is not on record"
    return f"Score {said}. {most}. {moved(each)}."


def _held(snapshot: Snapshot, risk: Risk) -> Line:
    owner = Run(snapshot.name(risk.owner), risk.owner) if risk.owner else risk.owner_printed
    appetite = f" Appetite: {risk.appetite.rstrip('.')}." if risk.appetite else ""
    told = [f"{snapshot.name(each.to)} on {in_words(each.on)}" for each in risk.reported]
    reported = f" Reported to {listed(told)}." if told else ""
    return line("Owner: ", owner or "not recorded", f".{appetite}{reported}")


def _backing(snapshot: Snapshot, each: Standing) -> Iterator[Row]:
    """Controls, assurance on each line, gaps and actions, a row each."""
    risk, on = each.risk, snapshot.as_at
    for control in risk.controls:
        by = control.shown_by
        shown = line("In place, shown by ", Run(snapshot.name(by), by)) if by else "In place"
        yield row("Control", control.what, shown, key=f"{each.name}#control {control.what}")
    for given in risk.assurances:
        yield _looked(each, given, on)
    silent = [one for one in missing_lines(risk, on) if all(a.line != one for a in risk.assurances)]
    for one in silent:
        nothing = "Nothing is on record"
        yield row(f"Assurance, {one} line", nothing, "Missing", key=f"{each.name}#{one}")
    for gap in risk.gaps:
        yield row("Gap", gap, "Open", key=f"{each.name}#gap {gap}")
    for action in risk.actions:
        by = action.by
        what = line(action.what, *((": ", Run(snapshot.name(by), by)) if by else ()))
        yield row("Action", what, state(action, on), key=f"{each.name}#action {action.what}")
    if not open_actions(risk, on):
        yield row("Action", "Nothing is still to be done", "None open", key=f"{each.name}#none")


def _looked(each: Standing, given: Assurance, on: date) -> Row:
    when = f", {in_words(given.on)}" if given.on else ""
    until = f" until {in_words(given.fresh_until)}" if given.fresh_until else ""
    return row(
        f"Assurance, {given.line} line", f"{given.what}{when}",
        [capital(given.found), f"{freshness(given, on)}{until}"],
        key=f"{each.name}#{given.line} {given.what}",
    )  # fmt: skip


def state(action: Treatment, on: date) -> str:
    """Whether an action is done, still to be done or overdue, and the day."""
    if not action.open(on):
        return f"Done, {in_words(action.done or '')}"
    if action.due is None:
        return "To be done; no day is stated"
    when = "Overdue: it was due" if late(action, on) else "To be done by"
    return f"{when} {in_words(action.due)}"
