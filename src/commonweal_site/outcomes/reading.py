"""What the store says of the indicators on record, as it may be shown to somebody.

Every page, command and file takes figures from here, so that nothing passes by disclosure control
(`commonweal.outcomes.store.release`), and no figure is shown of an area or an indicator that is not
on record for whoever asks.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import polars as pl
from django.conf import settings

from commonweal.areas.containment import direct_parts
from commonweal.areas.facts import Area
from commonweal.outcomes.indicators import Indicator
from commonweal.outcomes.store.every_area import NoFigures, SeveralFigures, every_area
from commonweal.outcomes.store.gaps import gaps
from commonweal.outcomes.store.measures import Measure, measure_for, store_name
from commonweal.outcomes.store.observations import COLUMNS, ENGLAND, figures_table
from commonweal.outcomes.store.questions import of_indicators
from commonweal.outcomes.store.release import released
from commonweal.record.naming import Code
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot

from .keeping import Revision, Store, UnknownIndicator
from .newest import newest

COUNTRY = "england/area/england"
"""The area that the code of England stands for on record."""

_EVERYBODY = "persons"


def store() -> Store:
    """The store of figures of this site."""
    return Store(Path(settings.DATA_DIR) / "figures")


class Choice(NamedTuple):
    """Of whom figures are shown, where there are several: None is everybody, or the first."""

    sex: str | None = None
    age: str | None = None


EVERYBODY = Choice()


class Reading:
    """The figures of one indicator on record, as known on a day, after disclosure control.

    rows      observations of every area, sex and group, areas named as the record names them
    revision  the last that any of the figures came by
    """

    def __init__(
        self, name: str, indicator: Indicator, measure: Measure, rows: pl.DataFrame,
        revision: Revision | None,
    ) -> None:  # fmt: skip
        self.name = name
        self.indicator = indicator
        self.measure = measure
        self.rows = rows
        self.revision = revision
        self._gaps: dict[Choice, pl.DataFrame] = {}

    def __bool__(self) -> bool:
        return not self.rows.is_empty()

    @property
    def sexes(self) -> tuple[str, ...]:
        """Everybody first."""
        found = self.rows.filter(pl.col("grouping") == "")["sex"].unique().to_list()
        return tuple(sorted(found, key=lambda sex: (sex != _EVERYBODY, sex)))

    @property
    def ages(self) -> tuple[str, ...]:
        return tuple(sorted(self.rows["age"].unique()))

    def of(self, choice: Choice = EVERYBODY) -> pl.DataFrame:
        """The rows of all people, for one sex and one age."""
        return self._chosen(choice).filter(pl.col("grouping") == "")

    def by_group(self, choice: Choice = EVERYBODY) -> pl.DataFrame:
        """The rows of groups of people."""
        return self._chosen(choice).filter(pl.col("grouping") != "")

    def _chosen(self, choice: Choice) -> pl.DataFrame:
        sex = choice.sex or next(iter(self.sexes), _EVERYBODY)
        age = choice.age or next(iter(self.ages), "")
        return self.rows.filter(pl.col("sex") == sex, pl.col("age") == age)

    @cached_property
    def table(self) -> pl.DataFrame:
        """Every area for everybody, as `every_area` judges it; empty, if there are no figures.

        raises  SeveralFigures
        """
        return self.judged(self.of())

    def judged(self, rows: pl.DataFrame, choice: Choice = EVERYBODY) -> pl.DataFrame:
        """Every area of some rows, beside England, with the gap where there are groups."""
        try:
            made = every_area(rows, self.measure, benchmark=COUNTRY)
        except NoFigures:
            return pl.DataFrame(schema={"area": pl.String})
        return made.join(
            _gap_columns(self.gaps(choice)), on="area", how="left", maintain_order="left"
        )

    def gaps(self, choice: Choice = EVERYBODY) -> pl.DataFrame:
        """The gap by deprivation of each area that has groups."""
        if choice not in self._gaps:
            self._gaps[choice] = gaps(self.by_group(choice), self.measure)
        return self._gaps[choice]


def _gap_columns(found: pl.DataFrame) -> pl.DataFrame:
    kept = ("area", "slope", "slope_lower", "slope_upper", "ratio", "ratio_lower", "ratio_upper")
    return found.select(kept).rename(
        {name: f"gap_{name}" for name in ("slope", "slope_lower", "slope_upper")}
    )


# --- what is read ---------------------------------------------------------------------------------


def reading(snapshot: Snapshot, name: str, known: datetime | None = None) -> Reading:
    """The figures of one indicator on record.

    known   as the store stood then; None: as it stands now
    raises  UnknownIndicator
    """
    fact = snapshot.get(name)
    if not isinstance(fact, Indicator):
        raise UnknownIndicator(f"No indicator {name} is on record for {snapshot.as_at}.")
    return readings(snapshot, [name], known)[name]


def readings(
    snapshot: Snapshot, names: Iterable[str], known: datetime | None = None
) -> Mapping[str, Reading]:
    """The figures of several indicators on record, asked for at once."""
    at, last = store().folder, newest(known)
    revision = last.number if last else None
    wanted = {name: fact for name in names if isinstance(fact := snapshot.get(name), Indicator)}
    kept = _kept(snapshot)
    missing = {name: wanted[name] for name in wanted if (at, revision, name) not in kept}
    for made in _made_of(snapshot, missing, at, revision):
        kept[at, revision, made.name] = made
    return {name: kept[at, revision, name] for name in wanted}


type _Read = dict[tuple[Path, int | None, str], Reading]


@remembered
def _kept(snapshot: Snapshot) -> _Read:
    """What was read already, for as long as the snapshot is kept."""
    del snapshot
    return {}


def _made_of(
    snapshot: Snapshot, indicators: Mapping[str, Indicator], folder: Path, revision: int | None
) -> Iterator[Reading]:
    if not indicators:
        return
    stored = {name: list(_names(snapshot, name, fact)) for name, fact in indicators.items()}
    every = tuple(sorted({each for several in stored.values() for each in several}))
    rows = _rows(folder, every, snapshot.as_at, revision)
    revisions = {each.number: each for each in store().revisions()} if revision else {}
    for name, fact in indicators.items():
        own = rows.filter(pl.col("indicator").is_in(stored[name]))
        yield _made(snapshot, name, fact, _one_series(own, store_name(name, fact)), revisions)


def _names(snapshot: Snapshot, name: str, fact: Indicator) -> Iterator[str]:
    """Under which names the store has its figures: its own, and those it had before."""
    yield store_name(name, fact)
    for each in fact.follows:
        if each.how == "renamed":
            before = snapshot.get(each.indicator)
            yield (
                store_name(each.indicator, before)
                if isinstance(before, Indicator)
                else (each.indicator)
            )


@lru_cache(maxsize=64)
def _rows(folder: Path, names: tuple[str, ...], as_at: date, revision: int | None) -> pl.DataFrame:
    """Rows of a store, whose revisions never change."""
    if revision is None:
        return pl.DataFrame(schema=COLUMNS)
    question = of_indicators(figures_table(), names, as_at=as_at, revision=revision)
    return Store(folder).engine(revision=revision).ask(question)


def _made(
    snapshot: Snapshot,
    name: str,
    fact: Indicator,
    rows: pl.DataFrame,
    revisions: Mapping[int, Revision],
) -> Reading:
    named = _as_on_record(snapshot, name, rows)
    measure = measure_for(fact, _published(store_name(name, fact), revisions))
    sums = made_of(snapshot, named["area"].unique())
    last = max(rows["revision"].to_list(), default=0)
    shown = released(named, measure, sums)
    return Reading(name, fact, measure, shown, revisions.get(last))


def _published(name: str, revisions: Mapping[int, Revision]) -> Measure | None:
    """What the source of some figures last said of them."""
    said = (revisions[number].measures.get(name) for number in sorted(revisions, reverse=True))
    return next(filter(None, said), None)


def _one_series(rows: pl.DataFrame, own: str) -> pl.DataFrame:
    """Figures under a former name, where there are none under its own."""
    key = ["area", "kind", "vintage", "starts", "ends", "sex", "age", "grouping", "group"]
    former = pl.col("indicator") != own
    return rows.sort(former, maintain_order=True).unique(key, keep="first", maintain_order=True)


def _as_on_record(snapshot: Snapshot, name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Areas by their names on record; those that are not on record, and of other systems, go."""
    system = name.partition("/")[0]
    codes = areas_by_code(snapshot)
    area = rows["area"].replace_strict(codes, default=None, return_dtype=pl.String)
    named = rows.with_columns(area.alias("area")).filter(pl.col("area").is_not_null())
    if system == "england":
        return named
    own = pl.col("area").str.starts_with(f"{system}/") | (pl.col("area") == COUNTRY)
    return named.filter(own)


@remembered
def areas_by_code(snapshot: Snapshot) -> Mapping[str, str]:
    """The area on record that a code of the store stands for; an area stands for itself too."""
    there = snapshot.all(Area)
    coded = {code.code: code.of for code in snapshot.all(Code).values() if code.of in there}
    itself = {name: name for name in there}
    country = {ENGLAND: COUNTRY} if COUNTRY in there else {ENGLAND: ENGLAND}
    return {**coded, **itself, **country}


def made_of(snapshot: Snapshot, areas: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Which areas may add up to which: the direct parts of each, a set for each type."""
    made: dict[str, list[tuple[str, ...]]] = {}
    for area in areas:
        by_type: dict[str, list[str]] = {}
        for lie in direct_parts(snapshot, area) if snapshot.get(area) else ():
            part = snapshot.get(lie.area)
            if isinstance(part, Area):
                by_type.setdefault(part.type, []).append(lie.area)
        made[area] = [tuple(sorted(each)) for each in by_type.values()]
    return made


__all__ = ["COUNTRY", "Choice", "Reading", "SeveralFigures", "reading", "readings", "store"]
