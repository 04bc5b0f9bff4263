"""The book of a scenario: each assumption, its range and source, and who agreed it or did not."""

from collections.abc import Iterator, Mapping

from commonweal.record.identifiers import identifier
from commonweal.record.manuscript import (
    Block,
    Bullets,
    Cited,
    Heading,
    Manuscript,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import capital, listed

from .eliciting import beside, disagree, said_plainly
from .errors import CannotProject
from .facts import Acts, Scenario, ScenarioAssumption
from .futures import Outlook
from .recorded import assumptions
from .scales import CARE, share_in_words
from .scenario import area_word

_DOES: dict[Acts, str] = {
    "growth": "Growth",
    "health": "Health in later life",
    "avoidance": "Avoidance: it does not happen",
    "efficiency": "Efficiency: it takes fewer bed days",
    "substitution": "Substitution: something else happens in its place",
    "baseline": "The base year put right",
    "waiting list": "Care for those who wait already",
}

type _Said = Mapping[str, ScenarioAssumption]


def book(snapshot: Snapshot, entity: str, outlook: Outlook | None = None) -> Manuscript:
    """All that a scenario assumes, and what is missing.

    outlook  what it came to, for the versions and the missing factors; none if it was not run
    raises   UnknownEntity; CannotProject for what is no scenario
    """
    held = snapshot.fact(entity)
    if not isinstance(held, Scenario):
        raise CannotProject([f"{entity} is no scenario: its assumptions are not in a book."])
    said = assumptions(snapshot, held)
    blocks = (
        *_assumed(snapshot, said),
        *_disagreed(said),
        *_missing(held, said, outlook),
        *_of_the_scenario(snapshot, held),
        *_made(held, outlook),
    )
    return Manuscript(
        f"What “{held.name}” assumes", day=snapshot.as_at, known=snapshot.known, blocks=blocks,
        summary=_summary(held, said), invented=identifier(entity).system in snapshot.invented,
    )  # fmt: skip


def _summary(held: Scenario, said: _Said) -> str:
    agreed = sum(bool(it.agreed_by) for it in said.values())
    apart = [it.name for it in said.values() if disagree(it)]
    many = f"{len(said)} assumption{'' if len(said) == 1 else 's'}"
    split = f" Those asked disagree on {listed(apart)}." if apart else ""
    purpose = f"{held.purpose} " if held.purpose else ""
    return f"{purpose}{many}, {agreed or 'none'} with a record of who agreed it.{split}"


def _of_the_scenario(snapshot: Snapshot, held: Scenario) -> Iterator[Block]:
    yield Heading("The scenario")
    about: list[tuple[str, str | Run]] = [
        ("Of", Run(snapshot.name(held.about), held.about)),
        ("Owner", Run(snapshot.name(held.owner), held.owner) if held.owner else ""),
        ("Dated", in_words(held.made) if held.made else ""),
        ("Version", held.version),
        ("Base year", str(held.base or "")),
        ("Horizon", str(held.horizon or "")),
        ("Population projections",
         "; ".join(f"{each.variant}, with probability {each.share}" for each in held.variants)),
        ("People change", "No: what was reported has them in it" if held.people_stay else "Yes"),
    ]  # fmt: skip
    rows = tuple(row(what, told, key=what) for what, told in about)
    yield Table("The scenario as recorded", ("What", "As recorded"), rows, widths=(1, 2))


def _assumed(snapshot: Snapshot, said: _Said) -> Iterator[Block]:
    yield Heading("What is assumed")
    yield Paragraph(
        line(
            "A range holds in eight cases of ten: in one it is lower, in one higher. Assumptions "
            "act in the order in which they stand."
        )
    )
    heads = ("Assumption", "In words", "Acts on", "Low", "Central", "High", "Unit", "Agreed by")
    rows = tuple(_row(snapshot, name, it) for name, it in said.items())
    yield Table(
        "Each assumption, in order", heads, rows, "Nothing that is shown.", (4, 2, 4, 1, 1, 1, 3, 3)
    )


def _row(snapshot: Snapshot, name: str, it: ScenarioAssumption) -> Row:
    agreed = ", ".join(filter(None, (it.agreed_by, it.agreed and in_words(it.agreed))))
    return row(
        [line(Run(it.name, name)), line(f"{_DOES[it.acts]}.")], said_plainly(it), _acts_on(it),
        *_ends(it), it.unit, agreed, key=name,
        sources=[Cited.of(snapshot, source) for source in it.sources],
    )  # fmt: skip


def _ends(it: ScenarioAssumption) -> tuple[str, str, str]:
    """Low, central and high, as they stand in the table."""
    ranged = it.low is not None and it.high is not None
    silent = "One number" if it.central is not None and not ranged else "Not stated"
    low, high = (silent if end is None else f"{end:f}" for end in (it.low, it.high))
    central = f"{it.central:f}" if it.central is not None else ("The middle" if ranged else silent)
    return low, central, high


def _acts_on(it: ScenarioAssumption) -> str:
    parts = [listed([each.replace("-", " ") for each in it.activities]) if it.activities else "all"]
    if it.acts in CARE:
        parts[0] = f"{share_in_words(it.acts_on)} of {parts[0]}"
    if it.from_age:
        parts.append(f"aged {it.from_age} or over")
    if it.areas:
        parts.append(f"only in {listed(area_word(area) for area in it.areas)}")
    if it.full:
        parts.append(f"in full from {it.full}")
    if it.into:
        parts.append(f"into {it.into.replace('-', ' ')}, {it.each:f} for one")
    return capital(", ".join(parts))


def _disagreed(said: _Said) -> Iterator[Block]:
    yield Heading("What those asked think")
    asked = {name: it for name, it in said.items() if it.views}
    if not asked:
        yield Paragraph(line("No view of anybody who was asked is on record."))
        return
    for it in asked.values():
        yield Paragraph(line(f"{it.name}. {beside(it)}"))
    heads = ("Assumption", "Who", "Role", "Low", "High", "Why", "When")
    rows = tuple(
        row(Run(it.name, name), view.who, view.role, f"{view.low:f}", f"{view.high:f}",
            view.reason, in_words(view.given) if view.given else "", key=f"{name} {number}")
        for name, it in asked.items() for number, view in enumerate(it.views)
    )  # fmt: skip
    yield Table("Each view", heads, rows, widths=(3, 3, 2, 1, 1, 4, 2))


def _missing(held: Scenario, said: _Said, outlook: Outlook | None) -> Iterator[Block]:
    yield Heading("What is missing")
    lacks = [*_lacking(held, said), *(outlook.missing if outlook else ())]
    yield Note(
        line(f"{len(lacks) or 'No'} {'thing is' if len(lacks) == 1 else 'things are'} missing.")
    )
    if lacks:
        yield Bullets(tuple(line(each) for each in lacks))


def _lacking(held: Scenario, said: _Said) -> Iterator[str]:
    for what, stated in (("base year", held.base), ("horizon", held.horizon)):
        if not stated:
            yield f"The scenario states no {what}, so that it cannot be run as it stands."
    for it in said.values():
        if it.number is None:
            yield f"“{it.name}” states neither a number nor a range."
        elif it.low is None:
            yield f"“{it.name}” is one number, as if it were known; its range is not stated."
        if it.acts in CARE and it.acts_on is None:
            yield f"“{it.name}” does not state the share of activity on which it acts."
        if not it.agreed_by:
            yield f"Who agreed “{it.name}” is not recorded."


def _made(held: Scenario, outlook: Outlook | None) -> Iterator[Block]:
    yield Heading("How it is run")
    used = held.inputs
    told = [("People and rates, as recorded", used.edition if used else ""),
            ("Their fingerprint, as recorded", used.fingerprint if used else "")]  # fmt: skip
    if outlook is not None:
        made = outlook.provenance
        told += [
            ("People and rates, as run here", made.data),
            ("Fingerprint of what is assumed", made.assumptions),
            ("Seed", str(made.seed)), ("Futures drawn", f"{made.draws:,}"),
            ("Method", made.rule), ("Program", made.code),
        ]  # fmt: skip
    else:
        told.append(("Run here", "No: something that it takes is not stated, or not kept here"))
    rows = tuple(row(what, said, key=what) for what, said in told)
    yield Table("Editions, versions and seed", ("What", "Which"), rows, widths=(1, 2))
