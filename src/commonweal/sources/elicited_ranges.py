"""What people of the field expect changes in care to leave, as the national elicitation prints it.

Per cent of today's activity that remains, at the 10th and 90th centile of the *reduction*: so the
first is the larger number. What share of all activity each acts on, it does not say.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from commonweal.demand.ranges import Range, remaining

from .tables import Layout, known, nearest
from .taken import Fault, in_its_words, without, wrong

LAYOUT = Layout(
    "the national elicitation exercise",
    {"name": "param_name", "mean": "mean", "tenth": "percentile10", "ninetieth": "percentile90"},
    ("mean", "tenth", "ninetieth"),
)


def fits(headings: Sequence[str]) -> bool:
    """Whether a file with these headings is one of elicited ranges."""
    return LAYOUT.fits(headings)


def take(table: pl.DataFrame) -> tuple[dict[str, Range], tuple[Fault, ...]]:
    """The share that each leaves, by name, and what is wrong with other rows.

    raises  WrongFile
    """
    layout = nearest(table, [LAYOUT], "elicited ranges")
    rows, faults = known(table, layout)
    faults += _strange(rows)
    kept = without(rows, faults).select("name", "tenth", "ninetieth")
    form = {theirs: ours for ours, theirs in layout.columns.items()}
    found = {name: remaining(tenth, ninetieth) for name, tenth, ninetieth in kept.iter_rows()}
    return found, in_its_words(faults, form)


def _strange(rows: pl.DataFrame) -> Iterator[Fault]:
    for column in ("tenth", "ninetieth"):
        over = rows.filter(pl.col(column) > 100)  # noqa: PLR2004  # per cent
        yield from wrong(over, column, "More than 100% remains, which is no reduction.")
    turned = rows.filter(pl.col("tenth") < pl.col("ninetieth"))
    because = (
        "It is above percentile10: what remains at the 10th centile of a reduction is the larger."
    )
    yield from wrong(turned, "ninetieth", because)
    yield from wrong(rows.filter(pl.col("name").is_duplicated()), "name", "It is there twice.")
