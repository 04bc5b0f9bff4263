"""Figures that should be the same in two places of a file, and are not."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from commonweal.money.pence import BadMoney
from commonweal.record.errors import did_you_mean
from commonweal.record.sheets import Spot
from commonweal.record.wording import listed

from .found import Found
from .mapping import Side, Tie
from .prose import said
from .tables import TOTAL, Table, Text

_FEW = 2
_ALL = "the total"


def between(tables: list[Table]) -> Iterator[Found]:
    """The same columns of the same rows in two tables, with different figures."""
    for one, other in combinations(tables, 2):
        told, at = list[str](), None
        for column in one.columns:
            for there in other.columns:
                if sentence := _apart(one, column, other, there):
                    told.append(sentence)
                    at = at or other.sheet.spot(column=there)
        if told:
            yield Found("tie", at, "", f"{' '.join(told)} Nothing in the tables says why.")


def _apart(one: Table, column: int, other: Table, there: int) -> str:
    """What differs between two columns that mean the same; empty if nothing does."""
    meaning = _meaning(one.head(column))
    if not one.heads.get(column) or meaning != _meaning(other.head(there)):
        return ""
    first, second = _named(one, column), _named(other, there)
    both = [name for name in first if name in second]
    apart = [name for name in both if first[name] != second[name]]
    if len(both) < _FEW or not apart:
        return ""
    name = _ALL if _ALL in apart else apart[0]
    return (
        f"{one.head(column)}, {name}: {first[name]:,} in table {one.number} and "
        f"{second[name]:,} in table {other.number}, {abs(first[name] - second[name]):,} apart; "
        f"{len(apart)} of {len(both)} rows differ."
    )


def _meaning(head: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+|\d{4}-\d{2,4}", head.lower()))


def _named(table: Table, column: int) -> dict[str, Decimal]:
    found = table.amounts(column)
    return {_ALL if TOTAL.search(name) else name: each for name, each in found.items()}


# --- ties that somebody has stated ----------------------------------------------------------------


class _Figure(NamedTuple):
    """A figure in pounds: where it stands, as it is printed, and by how much it may be rounded."""

    at: Spot
    printed: str
    pounds: Decimal
    within: Decimal


def stated(ties: tuple[Tie, ...], tables: list[Table], texts: list[Text]) -> Iterator[Found]:
    """What does not agree although a mapping says that it should.

    raises  BadMoney, if a side of a tie is not in the file
    """
    for tie in ties:
        one, other = (_side(each, tie.what, tables, texts) for each in (tie.one, tie.other))
        apart = abs(abs(one.pounds) - abs(other.pounds))
        if apart:
            holds = apart <= one.within + other.within
            yield Found(
                "rounding" if holds else "tie", one.at, one.printed,
                f"{tie.what}: £{abs(one.pounds):,.0f} here and £{abs(other.pounds):,.0f} at "
                f"{other.at} (“{other.printed}”), £{apart:,.0f} apart"
                f"{'; rounding may explain it.' if holds else '. Nothing in the file says why.'}",
            )  # fmt: skip


def _side(side: Side, what: str, tables: list[Table], texts: list[Text]) -> _Figure:
    return _words(side, what, texts) if side.text else _cell(side, what, tables)


def _words(side: Side, what: str, texts: list[Text]) -> _Figure:
    sums = said(side.text)
    place = next((each.at for each in texts if side.text in each.words), None)
    if place is None or not sums:
        raise BadMoney(f"The tie ‘{what}’: the file nowhere says a sum in “{side.text}”.")
    return _Figure(
        place, side.text, sum((each.pounds for each in sums), Decimal(0)),
        sum((each.within for each in sums), Decimal(0)),
    )  # fmt: skip


def _cell(side: Side, what: str, tables: list[Table]) -> _Figure:
    table = next((each for each in tables if each.number == side.table), None)
    if table is None:
        raise BadMoney(f"The tie ‘{what}’: the file has {len(tables)} tables, not {side.table}.")
    line = next((each for each in table.lines if each.name == side.row), None)
    if line is None:
        names = [each.name for each in table.lines if each.name]
        raise BadMoney(
            f"The tie ‘{what}’: table {table.number} has no row ‘{side.row}’. "
            f"{did_you_mean(side.row, names)}"
        )
    columns = [_column(table, each, what) for each in (side.column, side.less) if each is not None]
    amounts = [line.amount(column) for column in columns]
    unit = table.unit(columns[0]) if columns else None
    if not columns or unit is None or None in amounts:
        raise BadMoney(
            f"The tie ‘{what}’: no figure with a known unit stands in row ‘{side.row}’ of table "
            f"{table.number}, column {side.column}."
        )
    first, *off = [each for each in amounts if each is not None]
    printed = listed(line.raw[column] for column in columns)
    made = (abs(first) - sum((abs(each) for each in off), Decimal(0))) * unit
    return _Figure(table.spot(line, columns[0]), printed, made, Decimal(unit * len(columns)) / 2)


def _column(table: Table, asked: str | int, what: str) -> int:
    if isinstance(asked, int):
        return asked
    found = [column for column in table.columns if table.head(column) == asked]
    if len(found) == 1:
        return found[0]
    heads = [table.head(column) for column in table.columns]
    raise BadMoney(
        f"The tie ‘{what}’: {len(found) or 'no'} columns of table {table.number} are called "
        f"‘{asked}’. {did_you_mean(asked, heads)}"
    )
