"""Inputs and scenarios of demand from a folder of files: what a person hands in, or what ships."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import polars as pl
import yaml

from commonweal.demand import frames, scales
from commonweal.demand.changing import changed, one_assumed
from commonweal.demand.errors import CannotProject, near
from commonweal.demand.facts import UNITS
from commonweal.demand.people import Activity, Inputs, Unit
from commonweal.demand.ranges import Range, Stated
from commonweal.demand.scenario import Scenario
from commonweal.record.wording import listed
from commonweal.statute.shipped import parsed

SHIPPED = Path(__file__).parent / "exampleshire"


class Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of activity, as `inputs.yaml` names it."""

    name: str
    label: str
    unit: Unit = "events"


class Sheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `inputs.yaml` says of the files beside it.

    population, rates  files of the folder, .csv, .csv.gz or .parquet
    groups             what areas make up together
    """

    version: str
    source: str
    population: str
    rates: str
    types: tuple[Type, ...]
    groups: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    invented: bool = False


class Held(NamedTuple):
    """The inputs of a folder, and what it says of them."""

    sheet: Sheet
    inputs: Inputs


def held(folder: Path) -> Held:
    """The inputs of a folder. Raises CannotProject with what is wrong with it."""
    sheet = converted(folder / "inputs.yaml", Sheet)
    types = [Activity(each.name, each.label, each.unit) for each in sheet.types]
    people = frames.population(_table(folder / sheet.population))
    rates = frames.rates(_table(folder / sheet.rates), types)
    return Held(sheet, Inputs(people, rates, sheet.version))


def scenario(named: str) -> Scenario:
    """A scenario from a file, or one that ships by its name."""
    shipped: Mapping[str, Path] = {path.stem: path for path in sorted(SHIPPED.glob("*-*.yaml"))}
    path = shipped.get(named, Path(named))
    if path.is_file():
        return converted(path, Scenario)
    raise CannotProject(
        [f"There is no file {named}. The scenarios that ship are {near(list(shipped))}."]
    )


class Altered(NamedTuple):
    """A scenario with something changed, and a sentence that says what, with its unit."""

    scenario: Scenario
    said: str


def with_range(made: Scenario, change: str) -> Altered:
    """With one assumption changed as `NAME=LOW,HIGH` or `NAME=NUMBER` says, per cent or not."""
    name, equals, numbers = (part.strip() for part in change.partition("="))
    if not (equals and numbers):
        raise CannotProject([f"“{change}” changes nothing: write ASSUMPTION=LOW,HIGH."])
    was = one_assumed(made, name)
    stated = scales.written(was, numbers)
    said, before = (scales.in_words(was.does, each) for each in (stated, was.stated))
    kept = f" ({scales.as_kept(stated)} {UNITS[was.does]})" if "%" in said else ""
    return Altered(
        changed(made, name, stated=stated), f"{was.name}: {said}{kept}, in place of {before}."
    )


def with_share(made: Scenario, change: str) -> Altered:
    """With the share changed on which an assumption acts, as `NAME=SHARE` or `NAME=20%` says."""
    name, _, number = (part.strip() for part in change.partition("="))
    was = one_assumed(made, name)
    share = scales.share_written(name, number)
    said = (
        f"{was.name} acts on {scales.share_in_words(share)} of {listed(was.types)}, in place of "
        f"{scales.share_in_words(was.share)}."
    )
    return Altered(changed(made, name, share=share), said)


def range_of(text: str) -> Stated:
    """`LOW,HIGH` or `NUMBER`, as people type it. Raises CannotProject."""
    try:
        ends = [float(each) for each in text.split(",")]
    except ValueError:
        ends = []
    match ends:
        case [alone]:
            return alone
        case [low, high]:
            return Range(low, high)
        case _:
            raise CannotProject([f"“{text}” is neither a number nor a range: write LOW,HIGH."])


def converted[T](path: Path, kind: type[T]) -> T:
    """A YAML file as what it is to hold. Raises CannotProject with what is wrong with it."""
    if not path.is_file():
        raise CannotProject(
            [f"There is no {path.name} in {path.parent}: a folder of inputs has one."]
        )
    try:
        read: Any = parsed(path.read_text(encoding="utf-8"))
        return msgspec.convert(read, kind)
    except (yaml.YAMLError, UnicodeError, msgspec.ValidationError) as wrong:
        said = " ".join(str(wrong).split())
        raise CannotProject([f"{path.name} cannot be read: {said}."]) from None


def _table(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise CannotProject([f"inputs.yaml names {path.name}, which is not in {path.parent}."])
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema_length=None)
    except (pl.exceptions.PolarsError, OSError) as wrong:
        said = str(wrong).splitlines()[0]
        raise CannotProject([f"{path.name} cannot be read as a table: {said}"]) from None
