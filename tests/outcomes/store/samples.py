"""A few figures, made up, for tests of the store."""

from datetime import date

import polars as pl

ENGLAND = "E92000001"


def observed(code, year, count=None, denominator=None, **more):
    """One observation of a proportion in percent; without a count it is missing."""
    there = count is not None or "value" in more
    return {
        "indicator": "made-up-1", "area": code, "kind": "district", "vintage": 2023,
        "starts": date(year, 4, 1), "ends": date(year + 1, 4, 1), "sex": "persons",
        "age": "all ages", "grouping": "", "group": "", "rung": None, "value": None, "lower": None,
        "upper": None, "count": count, "denominator": denominator, "state": 0 if there else 2,
        "source": "made up",
    } | more  # fmt: skip


def frame(*rows):
    """Observations as they are handed to the store."""
    from commonweal.outcomes.store.observations import COLUMNS

    types = {name: kept for name, kept in COLUMNS.items() if name != "revision"}
    return pl.DataFrame(list(rows), schema=types, orient="row")
