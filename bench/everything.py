"""The modules that add rows to the table. Add yours to the end of the list."""

from importlib import import_module

MODULES = (
    "bench.record",
    "bench.pages",
    "bench.meetings",
    "bench.imports",
    "bench.authority",
    "bench.authority_peers",
    "bench.asking",
    "bench.published",
    "bench.money",
    "bench.money_reports",
    "bench.outcomes",
    "bench.outcome_charts",
    "bench.store",
    "bench.scorecards",
    "bench.people",
    "bench.flow",
    "bench.demand",
    "bench.scrutiny",
    "bench.plans",
    "bench.planning",
    "bench.assurance",
    "bench.drill",
)


def gather():
    """Every row, by name."""
    from bench.rows import ROWS

    for module in MODULES:
        import_module(module)
    return ROWS
