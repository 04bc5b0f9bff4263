"""Reckons the formulas of a workbook from the file alone, knowing nothing of what wrote it.

It reads cells, ranges, SUM, plus, minus and divided by: all that our formulas use.
"""

import io
import re
from fractions import Fraction

import openpyxl


def workbook(body):
    """The workbook with its formulas, and the same with the values stored beside them."""
    read = (openpyxl.load_workbook(io.BytesIO(body), data_only=only) for only in (False, True))
    return tuple(read)


def formulas(body):
    """Every formula: its sheet, its cell, what it comes to, and what is stored beside it."""
    live, stored = workbook(body)
    for sheet in live:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    beside = stored[sheet.title][cell.coordinate].value
                    yield sheet.title, cell.coordinate, value(sheet, cell.coordinate), beside


def value(sheet, at):
    """What a cell comes to, exactly."""
    given = sheet[at].value
    if isinstance(given, str) and given.startswith("="):
        return _added(sheet, given[1:])
    return Fraction(str(given))


def _added(sheet, text):
    parts = re.findall(r"([+-]?)(SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+(?:/[A-Z]+\d+)?|0)", text)
    assert "".join(sign + part for sign, part in parts) == text, f"strange formula: {text}"
    return sum(-_part(sheet, part) if sign == "-" else _part(sheet, part) for sign, part in parts)


def _part(sheet, part):
    if part == "0":
        return Fraction(0)
    if part.startswith("SUM("):
        (first, last) = part[4:-1].split(":")
        return sum(value(sheet, cell.coordinate) for (cell,) in sheet[f"{first}:{last}"])
    whole, _, of = part.partition("/")
    return value(sheet, whole) / value(sheet, of) if of else value(sheet, whole)
