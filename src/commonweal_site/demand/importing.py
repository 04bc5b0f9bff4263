"""A folder of published files, made into the inputs of a projection: all of it, or none."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import yaml

from commonweal.demand import frames
from commonweal.demand.errors import CannotProject, near, or_refuse
from commonweal.demand.people import Activity, Inputs
from commonweal.demand.ranges import Range
from commonweal.sources import (
    beds,
    discharge,
    elicited_ranges,
    hospital_statistics,
    projected_populations,
    rates_of_care,
)
from commonweal.sources.taken import Correction, Fault, WrongFile
from commonweal_site.words import count

_SHOWN = 20
_ENDINGS = (".csv", ".csv.gz", ".parquet")


type _Read = tuple[int, tuple[Fault, ...], tuple[Correction, ...]]


class Wanted(NamedTuple):
    """What whoever makes the inputs says of them.

    variant  what to call a projection that does not name itself
    base     the year in which counts were made; none where rates come as rates
    groups   areas by the name of what they make together
    """

    edition: str
    variant: str = "principal"
    base: int | None = None
    groups: Mapping[str, tuple[str, ...]] = {}


class Found(NamedTuple):
    """One file: what it was taken for, and what was put right in it."""

    file: str
    what: str
    rows: int
    corrections: tuple[Correction, ...] = ()

    def in_words(self) -> str:
        put_right = "".join(f" {each.why} ({each.rows:,})" for each in self.corrections)
        return f"{self.file}: {self.what}, {count(self.rows, 'row')}.{put_right}"


class Gathered(NamedTuple):
    """All that a folder gave. Nothing is written yet.

    beside  tables that no projection needs, by the name of the file they go into
    ranges  elicited ranges, by name
    """

    inputs: Inputs
    people: pl.DataFrame
    rates: pl.DataFrame
    wanted: Wanted
    found: tuple[Found, ...]
    unknown: tuple[str, ...]
    beside: Mapping[str, pl.DataFrame]
    ranges: Mapping[str, Range]


class _Gathering:
    """Files read one by one, with every fault of every file kept."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.people: list[pl.DataFrame] = []
        self.rates: list[pl.DataFrame] = []
        self.counts: list[pl.DataFrame] = []
        self.labels: dict[str, str] = {}
        self.ranges: dict[str, Range] = {}
        self.beside: dict[str, pl.DataFrame] = {}
        self.found: list[Found] = []
        self.unknown: list[str] = []
        self.faults: list[str] = []

    def take(self, path: Path) -> None:
        """One file, as what its columns say it is."""
        table = _table(path)
        for fits, what, take in self._kinds():
            if fits(table.columns):
                rows, faults, corrections = take(table)
                self.faults += [each.in_words(path.name) for each in faults]
                self.found.append(Found(path.name, what, rows, tuple(corrections)))
                return
        try:
            self._statistics(path.name, table)
        except WrongFile:
            self.unknown.append(path.name)

    def _kinds(self) -> Iterator[tuple[Callable[[list[str]], bool], str, Callable[..., _Read]]]:
        yield projected_populations.fits, "people to come", self._people
        yield rates_of_care.fits, "rates of care", self._rates
        yield rates_of_care.COUNTS.fits, "counts of care by band of age", self._counts
        yield rates_of_care.LABELS.fits, "labels of kinds of care", self._labels
        yield hospital_statistics.fits, "stays in hospital", self._stays
        yield elicited_ranges.fits, "elicited ranges", self._elicited

    def _people(self, table: pl.DataFrame) -> _Read:
        read = projected_populations.take(table, variant=self.wanted.variant)
        self.people.append(read.rows)
        return read.rows.height, read.faults, read.corrections

    def _rates(self, table: pl.DataFrame) -> _Read:
        read = rates_of_care.take(table)
        self.rates.append(read.rows)
        return read.rows.height, read.faults, read.corrections

    def _counts(self, table: pl.DataFrame) -> _Read:
        read = rates_of_care.counts(table)
        self.counts.append(read.rows)
        return read.rows.height, read.faults, read.corrections

    def _labels(self, table: pl.DataFrame) -> _Read:
        self.labels |= rates_of_care.labels(table)
        return table.height, (), ()

    def _stays(self, table: pl.DataFrame) -> _Read:
        read = hospital_statistics.take(table)
        self.beside["stays.csv"] = hospital_statistics.by_year(read.rows)
        return read.rows.height, read.faults, read.corrections

    def _elicited(self, table: pl.DataFrame) -> _Read:
        ranges, faults = elicited_ranges.take(table)
        self.ranges |= ranges
        return len(ranges), faults, ()

    def _statistics(self, file: str, table: pl.DataFrame) -> None:
        """Beds or discharges of trusts and boards, kept beside the inputs by month."""
        if any(name.endswith("_occupied") for name in table.columns):
            taken, what, name = beds.take(table), "beds by month", "beds.csv"
        else:
            taken, what, name = discharge.take(table), "leaving hospital", "leaving.csv"
        self.faults += [each.in_words(file) for each in taken.faults]
        self.found.append(Found(file, what, taken.figures.height, tuple(taken.corrections)))
        made = _by_month(taken.figures)
        earlier = self.beside.get(name)
        self.beside[name] = made if earlier is None else pl.concat([earlier, made])


def gather(folder: Path, wanted: Wanted) -> Gathered:
    """Everything that the tables of a folder give.

    raises  CannotProject with every fault by file, row, column and what stands there
    """
    files = [path for path in sorted(folder.glob("*")) if path.name.endswith(_ENDINGS)]
    if not files:
        raise CannotProject([f"There is no table in {folder}: give files of CSV or Parquet."])
    made = _Gathering(wanted)
    for path in files:
        made.take(path)
    _refuse(made.faults)
    _refuse(list(_lacking(made, folder)))
    people, said = projected_populations.together(made.people)
    _refuse(said)
    rates = _rates(made, people)
    inputs = _inputs(made, people, rates)
    return Gathered(
        inputs, people, rates, wanted, tuple(made.found), tuple(made.unknown), made.beside,
        made.ranges,
    )  # fmt: skip


def _lacking(made: _Gathering, folder: Path) -> Iterator[str]:
    there = near([f"{each.file} ({each.what})" for each in made.found], 12) or "nothing known"
    if not made.people:
        yield f"{folder} has no file of people to come. It has: {there}."
    if not (made.rates or made.counts):
        yield f"{folder} has no file of rates, or of counts to make rates of. It has: {there}."
    if made.counts and made.wanted.base is None:
        yield "Counts become rates by the people of their year: say which with --base."


def _rates(made: _Gathering, people: pl.DataFrame) -> pl.DataFrame:
    """All rates, those made of counts among them."""
    if not made.counts:
        return pl.concat(made.rates)
    first = people["variant"].min()
    then = people.filter(pl.col("year") == made.wanted.base, pl.col("variant") == first)
    if then.is_empty():
        raise CannotProject([f"The people to come have no {made.wanted.base}: choose their years."])
    rates, said = rates_of_care.per_person(pl.concat(made.counts), then)
    _refuse(said)
    return pl.concat([*made.rates, rates.cast({"age": pl.Int16})])


def _inputs(made: _Gathering, people: pl.DataFrame, rates: pl.DataFrame) -> Inputs:
    known, used = set(people["area"].unique()), set(rates["area"].unique())
    if strangers := sorted(used - known):
        said = (
            f"The rates have areas that the people to come do not: {near(strangers)}. Codes change "
            f"when boundaries do: use those of one year. There are: {near(sorted(known))}."
        )
        raise CannotProject([said])
    or_refuse([
        f"“{name}” is made of areas that have no rates: {near(lacking)}."
        for name, members in made.wanted.groups.items()
        if (lacking := [each for each in members if each not in used])
    ])  # fmt: skip
    types = _types(made, rates)
    has = frames.population(people)
    return Inputs(has, frames.rates(rates, types), made.wanted.edition)


def _types(made: _Gathering, rates: pl.DataFrame) -> list[Activity]:
    names = rates["type"].unique(maintain_order=True).to_list()
    labels = {name: name.replace("-", " ").capitalize() for name in names} | made.labels
    return [Activity(name, labels[name], rates_of_care.unit(name, labels[name])) for name in names]


def _by_month(figures: pl.DataFrame) -> pl.DataFrame:
    """Figures as the mean of each month, of every area."""
    month = pl.col("starts").dt.truncate("1mo")
    return (
        figures.group_by("area", "indicator", "group", month=month)
        .agg(
            number=pl.col("count").mean().round(1), of=pl.col("denominator").mean().round(1),
            days=pl.len(),
        )
        .sort("area", "indicator", "group", "month")
    )  # fmt: skip


def _refuse(faults: list[str]) -> None:
    more = len(faults) - _SHOWN
    if more > 0:
        faults = [*faults[:_SHOWN], f"And {more:,} more like these. Nothing was written."]
    or_refuse(faults)


def _table(path: Path) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, gzip.BadGzipFile) as wrong:
        said = str(wrong).splitlines()[0]
        raise CannotProject([f"{path.name} cannot be read as a table: {said}"]) from None


# --- writing -------------------------------------------------------------------------------------


def write(given: Gathered, folder: Path) -> list[str]:
    """Write the inputs into a folder that is new or empty; the names of the files are returned."""
    if folder.exists() and any(folder.iterdir()):
        raise CannotProject([f"{folder} is not empty: name a new folder, so that none is lost."])
    folder.mkdir(parents=True, exist_ok=True)
    given.people.write_parquet(folder / "population.parquet")
    given.rates.write_parquet(folder / "rates.parquet")
    for name, table in given.beside.items():
        table.write_csv(folder / name)
    if given.ranges:
        _yaml(folder / "mitigations.yaml", _mitigations(given.ranges))
    _yaml(folder / "inputs.yaml", _sheet(given))
    return sorted(path.name for path in folder.iterdir())


def _sheet(given: Gathered) -> dict[str, Any]:
    return {
        "version": given.wanted.edition,
        "source": "; ".join(f"{each.file} ({each.what})" for each in given.found),
        "population": "population.parquet",
        "rates": "rates.parquet",
        "types": [
            {"name": each.name, "label": each.label, "unit": each.unit}
            for each in given.inputs.rates.types
        ],
        "groups": {name: list(members) for name, members in given.wanted.groups.items()},
    }


def _mitigations(ranges: Mapping[str, Range]) -> dict[str, Any]:
    """Elicited ranges in the form of a scenario; what they do not say is left to be said."""
    return {
        "mitigations": [
            {
                "name": name, "kind": "avoidance", "types": [], "share": None,
                "remaining": {"low": each.low, "high": each.high, "least": 0, "most": 1},
                "source": elicited_ranges.LAYOUT.source,
            }
            for name, each in ranges.items()
        ]
    }  # fmt: skip


def _yaml(path: Path, said: dict[str, Any]) -> None:
    text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=110)
    path.write_text(text, encoding="utf-8")
