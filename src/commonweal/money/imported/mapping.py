"""What the figures of one source mean, settled once and kept for its next file."""

import re
from typing import Annotated, Literal

import msgspec
import yaml
from msgspec import Meta, Struct

from commonweal.money.pence import BadMoney
from commonweal.record.errors import did_you_mean

Role = Literal["line", "spending", "income", "net", "reason", "corporate", "nothing"]
"""What a column holds; corporate: a yes for what no service owns; nothing: it is left out."""

Sign = Literal["income-negative", "income-positive", "spending-negative"]
"""How spending and income are told apart.

income-negative    spending above nothing, income below it or in brackets
income-positive    both above nothing
spending-negative  spending below nothing, income above it
"""

Unit = Literal[1, 1000, 1000000]
"""Pounds to one of the figures."""


class Side(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One side of a tie: a cell of a table, or words of the file that say a sum.

    column  its heading, or its number from 1
    less    a column whose figure is taken off
    text    words as the file has them; all their sums are added up
    """

    table: int | None = None
    row: str = ""
    column: str | int | None = None
    less: str | int | None = None
    text: str = ""


class Tie(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two figures that should be the same."""

    what: Annotated[str, Meta(min_length=1)]
    one: Side
    other: Side


class Mapping(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the figures of a source mean.

    columns     headings, as they are read, and what their columns hold
    units       pounds to one of the figures, for a heading that says nothing or says it wrongly
    nil         marks that mean nil, beside the usual ones
    not_stated  marks that mean that nothing is stated, such as tbc
    leave_out   rows that are no lines of the budget
    """

    source: str = ""
    table: int | None = None
    unit: Unit | None = None
    units: dict[str, Unit] = {}
    sign: Sign | None = None
    columns: dict[str, Role] = {}
    nil: tuple[str, ...] = ()
    not_stated: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()


def mapping(text: str) -> Mapping:
    """The mapping that a file in YAML holds.

    raises  BadMoney
    """
    try:
        data = yaml.safe_load(text) or {}
        return msgspec.convert(data, Mapping)
    except yaml.YAMLError as wrong:
        raise BadMoney(f"The mapping is not YAML: {wrong}") from wrong
    except msgspec.ValidationError as wrong:
        raise BadMoney(f"The mapping cannot be used. {_because(data, wrong)}") from wrong


def _because(data: object, wrong: Exception) -> str:
    parts = Mapping.__struct_fields__
    unknown = [str(each) for each in data if each not in parts] if isinstance(data, dict) else []
    if unknown:
        return f"It has no part ‘{unknown[0]}’. {did_you_mean(unknown[0], parts)}"
    return f"{wrong}."


_OF_A_YEAR = re.compile(
    r"\b20\d\d(?:[-/]\d{2,4})?\b|\bQ[1-4]\b|\b(?:month|period) \d+\b", re.IGNORECASE
)


def _bare(head: str) -> str:
    return " ".join(_OF_A_YEAR.sub(" ", head).lower().split())


def under[T](settled: dict[str, T], head: str) -> T | None:
    """What is settled for a heading: itself, or the same heading of another year or quarter."""
    if head in settled:
        return settled[head]
    return next((each for known, each in settled.items() if _bare(known) == _bare(head)), None)


def as_yaml(kept: Mapping) -> str:
    """A mapping as a file that the next import reads."""
    return yaml.safe_dump(msgspec.to_builtins(kept), allow_unicode=True, sort_keys=False)
