"""Which code belongs to which, and how much of it: lookups of areas, practices and trusts.

What comes out is what `commonweal.outcomes.store.roll_up` makes up figures with.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import polars as pl

from commonweal.outcomes.store.roll_up import MEMBERS
from commonweal.record.errors import SpeakingError, did_you_mean

from .periods import day
from .taken import (
    Correction,
    Fault,
    WrongFile,
    dated,
    in_its_words,
    numbers,
    rows_of,
    without,
    wrong,
)

SHARES = "proportion_trust_came_from_icb"
CHANGES = {"U": "unchanged", "M": "merged", "S": "split", "X": "redrawn"}
"""What became of a small area of 2011, by the Office's code of the change."""

_NONE = "U99999"
"""The code of practices that are in no network."""

_AGREES = 1e-6


class UnknownLevel(SpeakingError):
    """A file has no column of that kind of area."""


class _Lookup(NamedTuple):
    """A file's columns: the code of each member, the codes it can belong to, and how much."""

    member: str
    into: Mapping[str, str]
    weight: str = ""
    change: str = ""


LOOKUPS = (
    _Lookup(
        "practice",
        {"network": "pcn_code", "sub-board location": "sicbl_code",
         "integrated care board": "icb_code"},
    ),
    _Lookup(
        "lsoa21_code",
        {"ward": "ward24_code", "district": "ltla24_code", "upper tier": "utla23_code",
         "sub-board location": "sicbl24_code", "integrated care board": "icb24_code",
         "region": "region24_code"},
    ),
    _Lookup(
        "lsoa11_code", {"small area of 2021": "lsoa21_code", "district": "ltla22_code"},
        change="change_code",
    ),
    _Lookup(
        "lsoa11_code",
        {"sub-board location": "sicbl22_code", "integrated care board": "icb22_code",
         "district": "ltla22_code"},
    ),
    _Lookup("nhs_trust22_code", {"integrated care board": "icb22_code"}, weight=SHARES),
)  # fmt: skip
"""The lookups that geographr and FingertipsNext publish, by the columns that tell one."""


class Membership(NamedTuple):
    """Who belongs to whom: a table of `roll_up.MEMBERS`, and all there is to say of it."""

    members: pl.DataFrame
    faults: tuple[Fault, ...]
    corrections: tuple[Correction, ...]


def take(table: pl.DataFrame, of: str) -> Membership:
    """What each member of a lookup belongs to.

    of      the kind of area that is made up, such as integrated care board
    raises  WrongFile; UnknownLevel
    """
    lookup = _which(table)
    if of not in lookup.into:
        near = did_you_mean(of, list(lookup.into))
        raise UnknownLevel(f"The lookup has no {of!r}. {near}")
    form = {lookup.member: "member", lookup.into[of]: "area"}
    form |= {each: name for each, name in ((lookup.weight, "weight"), (lookup.change, "change"))
             if each}  # fmt: skip
    rows = rows_of(table, list(form), "lookups").rename(form)
    rows, alone = _in_none(rows)
    rows, faults = _weighed(rows)
    faults += list(_nameless(rows))
    rows = without(rows, faults)
    faults += list(_shared(rows, weighed=bool(lookup.weight or lookup.change)))
    # The parts of what was split are all of it, where they are in one area.
    alone_in = pl.col("area").n_unique().over("member") == 1
    whole = pl.when(pl.col("weight").is_null() & alone_in).then(1.0).otherwise(pl.col("weight"))
    members = without(rows, faults).select("member", "area", whole.alias("weight"))
    return Membership(members.unique(maintain_order=True), in_its_words(faults, form), tuple(alone))


def _which(table: pl.DataFrame) -> _Lookup:
    for lookup in LOOKUPS:
        needed = {lookup.member, *lookup.into.values(), lookup.weight, lookup.change} - {""}
        if needed <= set(table.columns):
            return lookup
    told = "; ".join(f"{each.member} with {', '.join(each.into.values())}" for each in LOOKUPS)
    raise WrongFile(
        f"No lookup has the columns of this file, {', '.join(map(repr, table.columns[:8]))}. "
        f"Known: {told}."
    )


def _in_none(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Correction]]:
    """Without members that the file puts nowhere."""
    left = rows.filter((pl.col("area").fill_null("") != "") & (pl.col("area") != _NONE))
    gone = rows.height - left.height
    why = "The file says of these members that they belong to none; they are left out."
    return left, [Correction("members of none", gone, why)] if gone else []


def _weighed(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Fault]]:
    """With the weight of each row: what the file says, or all; null for what was split."""
    if "weight" in rows.columns:
        rows, faults = numbers(rows, "weight")
        outside = rows.filter((pl.col("weight") < 0) | (pl.col("weight") > 1))
        return rows, [*faults, *wrong(outside, "weight", "A share is from 0 to 1.")]
    if "change" not in rows.columns:
        return rows.with_columns(weight=pl.lit(1.0)), []
    strange = rows.filter(~pl.col("change").fill_null("").is_in(list(CHANGES)))
    known = pl.when(pl.col("change").is_in(["U", "M"])).then(pl.lit(1.0))
    because = f"Changes are written {', '.join(CHANGES)}."
    return rows.with_columns(weight=known), list(wrong(strange, "change", because))


def _nameless(rows: pl.DataFrame) -> Iterator[Fault]:
    nameless = rows.filter(pl.col("member").fill_null("") == "")
    yield from wrong(nameless, "member", "The member has no code.")


def _shared(rows: pl.DataFrame, *, weighed: bool) -> Iterator[Fault]:
    """Members in two areas without a share, and shares that do not make up the whole."""
    if not weighed:
        several = rows.filter(pl.col("area").n_unique().over("member") > 1)
        yield from wrong(several, "member", "It is in several areas, and no share is given.")
        return
    whole = pl.col("weight").sum().over("member")
    told = pl.col("weight").is_not_null().all().over("member")
    off = rows.filter(told & ((whole - 1).abs() > _AGREES))
    yield from wrong(off, "member", "Its shares do not add up to 1.")


SUCCESSIONS = {"old_code": "member", "new_code": "area", "date": "period"}


def successions(table: pl.DataFrame, on: date) -> Membership:
    """Each code that had been followed by another by a day, with the one that stood at the end.

    A code that several follow has no known weight in any of them.

    table   old code, new code and the day of each, as geographr publishes them
    raises  WrongFile
    """
    rows = rows_of(table, list(SUCCESSIONS), "successions").rename(SUCCESSIONS)
    days, faults = dated(rows, day)
    rows = without(rows, faults)
    own = rows.filter(pl.col("member") == pl.col("area"))
    first = pl.col("period").replace_strict({text: d for text, (d, _) in days.items()})
    steps = rows.filter((first <= on) & (pl.col("member") != pl.col("area")))
    after: dict[str, list[str]] = {}
    for member, area in steps.select("member", "area").unique().sort("member", "area").iter_rows():
        after.setdefault(member, []).append(area)
    round_ = [code for code in after if not _ends(code, after)]
    faults += wrong(
        steps.filter(pl.col("member").is_in(round_)), "member", "It follows itself in the end."
    )
    said = [
        (code, end, 1.0 if len(ends) == 1 else None)
        for code in after
        if code not in round_
        for ends in [_ends(code, after)]
        for end in sorted(ends)
    ]
    why = "A code that is said to follow itself goes on, and is left out."
    alone = [Correction("codes that follow themselves", own.height, why)] if own.height else []
    members = pl.DataFrame(said, schema=MEMBERS, orient="row")
    return Membership(members, in_its_words(faults, SUCCESSIONS), tuple(alone))


def _ends(code: str, after: Mapping[str, list[str]]) -> set[str]:
    """The codes at the end of every way from one; none where a way comes round again."""
    ends: set[str] = set()
    ways = [(code, frozenset({code}))]
    while ways:
        at, been = ways.pop()
        for following in after.get(at, ()):
            if following in been:
                return set()
            ways.append((following, been | {following}))
        if at not in after:
            ends.add(at)
    return ends
