"""What an officer says of a file of money, and what they settle of its source."""

import json
import re
from typing import Any, NamedTuple, cast, get_args

import msgspec
from django.http import QueryDict

from commonweal.money.budgets import Version
from commonweal.money.imported.budgets import Terms, role_of
from commonweal.money.imported.mapping import Mapping, Role, mapping
from commonweal.money.imported.tables import Table
from commonweal.money.pence import BadMoney
from commonweal.record.when import MalformedDate, period
from commonweal_site.editing.desk import Desk

CARRIED = ("system", "into", "year", "holder", "version", "made", "name", "calculated")

INTO = {
    "tables": ("Only look", "Tables are read and what is wrong with them is listed."),
    "budget": (
        "A version of a budget",
        "One table, line by line; other versions stay.",
    ),
    "ledger": (
        "Entries for the ledger",
        "A line a row; the lines of an entry come to nothing.",
    ),
}

UNITS = {1: "One pound", 1000: "A thousand pounds (£000)", 1_000_000: "A million pounds (£m)"}

SIGNS = {
    "income-negative": "Spending is above nothing, income below it or in brackets",
    "income-positive": "Both are above nothing",
    "spending-negative": "Income is above nothing, spending below it or in brackets",
}

ROLES: dict[Role, str] = {
    "spending": "Spending", "income": "Income", "net": "Net", "reason": "A reason",
    "corporate": "Held centrally: yes", "nothing": "Leave it out",
}  # fmt: skip


class Given(NamedTuple):
    """What the form says: of a budget, its terms. Faults are by name of field."""

    into: str
    year: str
    terms: Terms | None
    faults: dict[str, str]


def given(form: QueryDict, desk: Desk) -> Given:
    """What is said on the first page."""
    text = {name: form.get(name, "").strip() for name in CARRIED}
    faults: dict[str, str] = {}
    if text["into"] not in INTO:
        faults["into"] = "Choose what the file is."
    if text["into"] in {"budget", "ledger"}:
        _year(text["year"], faults)
    terms = _terms(text, desk, faults) if text["into"] == "budget" else None
    return Given(text["into"], text["year"], terms, faults)


_FINANCIAL = re.compile(r"\d{4}/\d{2}")


def _year(year: str, faults: dict[str, str]) -> None:
    try:
        period(year)
    except MalformedDate as wrong:
        faults["year"] = str(wrong)
    if not _FINANCIAL.fullmatch(year):
        faults["year"] = "Give the financial year, such as 2025/26."


def _terms(text: dict[str, str], desk: Desk, faults: dict[str, str]) -> Terms | None:
    if text["version"] not in get_args(Version):
        faults["version"] = "Choose which version of the budget it is."
    holder = ""
    try:
        holder = desk.resolve(text["holder"], ("body",)) if text["holder"] else ""
    except ValueError as wrong:
        faults["holder"] = str(wrong)
    if not text["holder"]:
        faults["holder"] = "Say whose budget it is."
    elif holder and not holder.startswith(f"{text['system']}/"):
        faults["holder"] = f"{desk.name(holder)} belongs to another system's record."
    try:
        period(text["made"] or "2025")
    except MalformedDate as wrong:
        faults["made"] = str(wrong)
    if faults:
        return None
    return Terms(holder, text["year"], cast("Version", text["version"]), text["made"], text["name"])


# --- what is settled of the source ----------------------------------------------------------------


def settled(form: QueryDict) -> tuple[Mapping, str]:
    """What is settled so far, with what this page adds; or what is wrong with a mapping."""
    try:
        kept = mapping(form.get("mapping", ""))
    except BadMoney as wrong:
        return Mapping(), str(wrong)
    changes: dict[str, Any] = {}
    if (unit := form.get("unit", "")) in {str(each) for each in UNITS}:
        changes["unit"] = int(unit)
    if (sign := form.get("sign", "")) in SIGNS:
        changes["sign"] = sign
    if (table := form.get("table", "")).isdecimal():
        changes["table"] = int(table)
    roles = dict(kept.columns)
    for number, head in enumerate(form.getlist("head")):
        if (role := form.get(f"role.{number}", "")) in ROLES:
            roles[head] = role
    merged = msgspec.to_builtins(kept) | changes | {"columns": roles}
    return mapping(json.dumps(merged)), ""


class Column(NamedTuple):
    """A column to settle, as the page asks it."""

    head: str
    first: str
    role: str


def columns(table: Table | None, kept: Mapping) -> list[Column]:
    """The columns of a table that have figures, each with the first of them."""
    if table is None:
        return []
    return [
        Column(
            table.head(column),
            next((line.raw[column] for line in table.lines if column in line.figures), ""),
            role_of(table, column, kept) or "",
        )
        for column in table.columns
    ]
