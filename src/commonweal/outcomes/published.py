"""The indicators of a system or a body, written out for publication."""

from collections.abc import Callable, Iterator

from commonweal.authority.scheme import cited, manuscript
from commonweal.record.facts import Fact
from commonweal.record.manuscript import (
    Block,
    Heading,
    Manuscript,
    Note,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import capital

from .indicators import Indicator, IndicatorReport
from .scorecards import Scorecard, Tally, share_doing_well

NOTHING = "No indicator of it is on record for this day."
NO_TARGET = "No target set"
_STAGES = ("start well", "live well", "age well", "die well")

type Named[T] = tuple[str, T]
type _Wanted = Callable[[str, Fact], bool]


def outcomes_of_system(snapshot: Snapshot, system: str, about: str) -> Manuscript:
    """Every indicator and scorecard of a system on the snapshot's day."""
    return _written(snapshot, about, lambda name, _: name.partition("/")[0] == system)


def outcomes_of_body(snapshot: Snapshot, body: str) -> Manuscript:
    """The indicators that a body owns or that are measured of it, and its scorecards."""
    parts = ("owner", "about", "holder")
    return _written(
        snapshot, body, lambda _, fact: body in {getattr(fact, part, None) for part in parts}
    )


def _written(snapshot: Snapshot, about: str, wanted: _Wanted) -> Manuscript:
    blocks = (*_scorecards(snapshot, wanted), *_indicators(snapshot, wanted))
    summary = "What is measured, what is wanted of it, and how it stood when last reported."
    return manuscript(
        snapshot, f"Outcomes of {snapshot.name(about)}", about,
        blocks or (Note(line(NOTHING)),), summary,
    )  # fmt: skip


def _all[T: Fact](snapshot: Snapshot, kind: type[T], wanted: _Wanted) -> list[Named[T]]:
    return sorted(each for each in snapshot.all(kind).items() if wanted(*each))


def _scorecards(snapshot: Snapshot, wanted: _Wanted) -> Iterator[Block]:
    found = _all(snapshot, Scorecard, wanted)
    if not found:
        return
    yield Heading("Scorecards")
    for entity, card in sorted(found, key=lambda each: each[1].reported, reverse=True):
        yield Table(
            f"{card.name}, {in_words(card.reported)}: {card.total} indicators by state",
            ("State", "Indicators"), tuple(map(_tallied, card.tallies)),
        )  # fmt: skip
        yield Note(
            line(Run(share_doing_well(card).in_words(), entity), f". {card.awaiting}".rstrip())
        )


def _tallied(tally: Tally) -> Row:
    apart = f" ({tally.of_which})" if tally.of_which else ""
    return row(capital(tally.state), f"{tally.number}{apart}")


def _indicators(snapshot: Snapshot, wanted: _Wanted) -> Iterator[Block]:
    found = _all(snapshot, Indicator, wanted)
    whole = [each for each in found if each[1].part_of is None]
    groups = {stage: [e for e in whole if e[1].life_stage == stage] for stage in _STAGES}
    groups[""] = [each for each in whole if each[1].life_stage is None]
    for stage, members in groups.items():
        if members:
            yield Heading(capital(stage) if stage else "Other indicators")
            yield Table(
                f"{len(members)} indicators" if len(members) > 1 else "1 indicator",
                ("Measure", "Wanted", "In", "Baseline", "Target", "Last report"),
                tuple(_row(snapshot, each, found) for each in members),
                widths=(6, 2, 3, 3, 3, 4),
            )


def _row(snapshot: Snapshot, named: Named[Indicator], among: list[Named[Indicator]]) -> Row:
    entity, indicator = named
    parts = [line("Part: ", Run(each.name, part)) for part, each in among if each.part_of == entity]
    unit = f"{indicator.unit} per {indicator.per:,}" if indicator.per else indicator.unit
    return row(
        [line(Run(indicator.name, entity)), *parts],
        capital(indicator.wanted), capital(unit),
        _baseline(indicator), indicator.target.in_words() if indicator.target else NO_TARGET,
        _last_report(snapshot, entity),
        key=entity, sources=cited(snapshot, [indicator]),
    )  # fmt: skip


def _baseline(indicator: Indicator) -> str:
    if indicator.baseline is None:
        return ""
    of = f" ({in_words(indicator.baseline_of)})" if indicator.baseline_of else ""
    return f"{indicator.baseline:,}{of}"


def _last_report(snapshot: Snapshot, indicator: str) -> str | Run:
    reports = [
        (report.of or "", entity, report)
        for entity, report in snapshot.all(IndicatorReport).items()
        if report.indicator == indicator
    ]
    if not reports:
        return ""
    _, entity, latest = max(reports, key=lambda each: each[:2])
    return Run(capital(latest.sentence(snapshot.name).partition(": ")[2]), entity)
