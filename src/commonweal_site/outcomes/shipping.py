"""The figures that come with a pack: `observations.csv` beside its facts, one figure a row."""

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import polars as pl

from commonweal.outcomes.methods.states import State
from commonweal.outcomes.store.observations import BadObservations
from commonweal.record.when import MalformedDate, period

from .keeping import Revision, Store

FILE = "observations.csv"
HEADS = (
    "indicator area period sex age group value lower upper count denominator state"
).split()  # fmt: skip
GROUPING = "deprivation fifths"
"""What the groups of a shipped file are: 1 is the most deprived fifth, 5 the least."""

_NUMBERS = ("value", "lower", "upper", "count", "denominator")
_STATES = {"": State.KNOWN} | {each.words: each for each in State if each is not State.KNOWN}
_FIFTHS = ("", "1", "2", "3", "4", "5")

type _Row = dict[str, str]


def keep_shipped(folder: Path, store: Store, *, recorded: datetime) -> Revision | None:
    """Add a pack's figures to the store, once for each state of its file; none, if it has none.

    raises  BadObservations, naming every row that cannot be read; nothing is then kept
    """
    file = folder / FILE
    if not file.exists():
        return None
    data = file.read_bytes()
    checksum = hashlib.sha256(data).hexdigest()
    name = f"{folder.name}/{FILE}"
    earlier = [each for each in store.revisions() if each.file == name]
    if earlier and earlier[-1].checksum == checksum:
        return None
    frame = observed(data.decode(), folder.name)
    return store.append(
        frame, source=frame["source"][0], file=name, checksum=checksum, recorded=recorded
    )


def observed(text: str, system: str) -> pl.DataFrame:
    """The observations of a pack's file.

    raises  BadObservations
    """
    table = csv.DictReader(io.StringIO(text))
    if table.fieldnames != HEADS:
        raise BadObservations(f"The first row of {FILE} is: {','.join(HEADS)}.")
    rows = [(table.line_num, each) for each in table]
    if wrong := [f"Line {at}: {fault}" for at, row in rows for fault in _faults(row)]:
        raise BadObservations("\n".join(["Nothing was kept.", *wrong[:20]]))
    return pl.DataFrame([_observation(row, system) for _, row in rows], infer_schema_length=None)


def _faults(row: _Row) -> Iterator[str]:
    if None in row or None in row.values():
        yield f"it has not {len(HEADS)} columns."
        return
    try:
        period(row["period"])
    except MalformedDate:
        yield f"‘{row['period']}’ is no period. Write it like 2025, 2025/26 or 2025-04."
    for name in _NUMBERS:
        if not _number(row[name]):
            yield f"‘{row[name]}’ is no number of {name}."
    if row["state"] not in _STATES:
        yield f"‘{row['state']}’ is no state. Write {', '.join(filter(None, _STATES))}, or nothing."
    if row["group"] not in _FIFTHS:
        yield f"‘{row['group']}’ is no fifth. Write 1 for the most deprived to 5, or nothing."


def _number(text: str) -> bool:
    try:
        return text == "" or float(text) == float(text)
    except ValueError:
        return False


def _observation(row: _Row, system: str) -> dict[str, object]:
    starts, ends = period(row["period"])
    own = f"{system}/{row['area']}" if "/" in row["area"] else row["area"]
    kind = row["area"].partition("/")[0] if "/" in row["area"] else "code"
    rung = int(row["group"]) if row["group"] else None
    return {
        "indicator": f"{system}/{row['indicator']}", "area": own, "kind": kind, "starts": starts,
        "ends": ends, "sex": row["sex"], "age": row["age"], "grouping": GROUPING if rung else "",
        "group": f"fifth {rung}" if rung else "", "rung": rung,
        **{name: float(row[name]) if row[name] else None for name in _NUMBERS},
        "state": _STATES[row["state"]].value, "source": f"the pack {system}",
    }  # fmt: skip
