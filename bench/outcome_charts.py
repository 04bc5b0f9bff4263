"""How fast control charts and funnels are, many at once; beside abspc, which charts one by one.

abspc (MIT) brings a plotting library, so it is run in an environment of its own. On another machine
the R package NHSRplotthedots took 45 s for 10,000 series. No peer in Python widens a funnel.
"""

import tempfile
from pathlib import Path

import numpy as np

from bench.peer import environment
from bench.rows import Measured, row, watch
from commonweal.outcomes.methods.control_charts import xmr
from commonweal.outcomes.methods.disclosure import protected
from commonweal.outcomes.methods.funnels import ratio_funnel
from commonweal.outcomes.methods.overdispersion import overdispersed_ratio

POINTS = 36


def series(size):
    """Values made up, some with a shift and some with a drift."""
    chance = np.random.default_rng(20250701)
    values = chance.normal(100, 10, (size, POINTS))
    values[::3, 18:] += 12
    values[1::7] += np.linspace(0, 25, POINTS)
    return values.round(3)


def one_by_one(values):
    """Seconds that the peer takes; none where its environment is not there."""
    if not environment.ready():
        return None
    with tempfile.TemporaryDirectory(prefix="commonweal-bench-") as folder:
        file = Path(folder) / "series.csv"
        rows = np.column_stack([np.repeat(np.arange(len(values)), POINTS), values.ravel()])
        np.savetxt(file, rows, ["%d", "%.3f"], ",", header="series,value", comments="")
        return environment.run("abspc", {"file": str(file)})["seconds"]


@row(
    "Control charts of 36 points, with every signal",
    sizes=(100, 1_000, 10_000), of="series", unit="s", at_most=0.5, peer="abspc",
)  # fmt: skip
def control_charts(size):
    values = series(size)
    with watch() as taken:
        chart = xmr(values)
    assert chart.signals.any()
    return Measured(taken.seconds, peer=one_by_one(values), processor=taken.processor)


def counts(size):
    """Observed and expected events, made up, of units that differ by more than chance."""
    chance = np.random.default_rng(20250701)
    expected = chance.gamma(2, 30, size) + 1
    return chance.poisson(expected * chance.gamma(40, 1 / 40, size)), expected


@row(
    "Funnel widened for overdispersion, two levels",
    sizes=(70, 700, 7_000), of="units", unit="s", at_most=0.1,
)  # fmt: skip
def widened(size):
    observed, expected = counts(size)
    with watch() as taken:
        funnel = overdispersed_ratio(observed, expected)
    assert funnel.tau2 > 0
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Funnel with exact limits, two levels", sizes=(70, 700, 7_000), of="units", unit="s", at_most=1
)
def exact(size):
    observed, expected = counts(size)
    with watch() as taken:
        funnel = ratio_funnel(observed, expected)
    assert funnel.sides.any()
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Withhold small counts of a table so that none can be found by subtraction",
    sizes=(100, 400, 1_600), of="counts", unit="s", at_most=5,
)  # fmt: skip
def withholding(size):
    side = round(size**0.5)
    table = np.random.default_rng(20250701).poisson(12, (side, side))
    with watch() as taken:
        shown = protected(table, fewest=8)
    assert not shown.known.all()
    return Measured(taken.seconds, processor=taken.processor)
