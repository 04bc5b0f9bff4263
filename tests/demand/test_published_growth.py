"""D10: the growth that The Strategy Unit publishes for boards and England, worked out again.

Its app prints growth since 2022 by population variant, type of activity and end year, from
demography alone. Our sum over ages and sexes comes to the same, for variants v1 to v3 (principal
life expectancy and migration) within 0.011 percentage points and for the others within 0.21.
"""

import os
from pathlib import Path

import msgspec
import polars as pl
import pytest

from commonweal.demand import frames
from commonweal.demand.futures import expect
from commonweal.demand.people import Activity, Inputs
from commonweal.demand.ranges import remaining
from commonweal.demand.scenario import Mitigation, Scenario

pytestmark = pytest.mark.slow

DATA = (
    Path(os.environ.get("COMMONWEAL_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
    / "data/icb-projections-and-rates"
)
HIOW, ENGLAND = "E54000042", "E92000001"
CLOSE, LOOSE = 0.011, 0.21


def file(name):
    path = DATA / name
    assert path.is_file(), f"{path} is not there. Set COMMONWEAL_SHARED to the shared folder."
    return path


def typed(rows):
    return rows.with_columns(type=pl.concat_str("pod", pl.lit(" "), "group"))


@pytest.fixture(scope="module")
def published():
    return typed(pl.read_csv(file("published_growth.csv.gz")))


@pytest.fixture(scope="module")
def inputs(published):
    areas = [*published["area_code"].unique().sort()]
    people = pl.read_parquet(file("population.parquet"))
    people = people.filter(pl.col("area_code").cast(pl.String).is_in(areas))
    rates = typed(pl.read_csv(file("activity_rates.csv.gz"))).rename({"area_code": "area"})
    types = [
        Activity(f"{pod} {group}", label, "bed days" if "bds" in group else "events")
        for pod, group, label in pl.read_csv(file("pods.csv")).iter_rows()
    ]
    named = {"area_code": "area", "f": "female", "m": "male"}
    return Inputs(
        frames.population(people.rename(named)),
        frames.rates(
            rates.rename({"rate_f": "female", "rate_m": "male"}).filter(
                pl.col("area").is_in(areas)
            ),
            types,
        ),
        "The Strategy Unit, 14 April 2024",
    )


def demography(variant):
    return Scenario(
        name=variant, source="published", base=2022, horizon=2040, variants={variant: 1.0}
    )


def growth(inputs, area, variant):
    """Growth in per cent by (type, end year)."""
    made = expect(inputs, demography(variant), area)
    return {
        (name, year): 100 * (made[year - 2022, at] / made[0, at] - 1)
        for at, name in enumerate(inputs.rates.names)
        for year in (2025, 2030, 2035, 2040)
    }


def test_every_published_figure_is_reproduced(inputs, published):
    apart = []
    for (area, variant), rows in published.group_by("area_code", "variant"):
        ours = growth(inputs, area, variant)
        allowed = CLOSE if variant in {"v1", "v2", "v3"} else LOOSE
        for row in rows.iter_rows(named=True):
            difference = abs(ours[row["type"], row["end_year"]] - row["end_p_nohsa"])
            if difference > allowed:
                apart.append((area, variant, row["type"], row["end_year"], difference))
    assert published.height == 5 * 11 * 4 * 13
    assert not apart


@pytest.mark.parametrize(
    ("kind", "base", "grown", "england"),
    [
        ("aae amb", 134_353.8, (12.6194, 26.4754), 26.9761),
        ("apc emer_n", 181_424.4, (10.7711, 22.1795), 22.1099),
        ("apc emer_bds", 1_081_358.5, (15.4387, 33.1579), 32.6666),
        ("apc ordelec_bds", 177_874.1, (8.2895, 14.3043), 17.6067),
        ("opc surg_first", 249_573.9, (6.7245, 12.0860), 14.6236),
    ],
)
def test_d10_hampshire_and_isle_of_wight(inputs, kind, base, grown, england):
    made = expect(inputs, demography("v1"), HIOW)[0, inputs.rates.names.index(kind)]
    assert made == pytest.approx(base, abs=0.05)
    ours = growth(inputs, HIOW, "v1")
    assert (ours[kind, 2030], ours[kind, 2040]) == pytest.approx(grown, abs=0.00006)
    assert growth(inputs, ENGLAND, "v1")[kind, 2040] == pytest.approx(england, abs=0.00006)


def test_d10_people_of_85_and_over(inputs):
    has = inputs.population
    people = has.of(HIOW, range(2022, 2043))[has.variants.index("v1")]
    assert people[[0, -1]].sum(axis=(1, 2)).tolist() == [1_827_606, 1_933_348]
    assert people[[0, -1], 85:].sum(axis=(1, 2)).tolist() == [56_828, 98_841]


def test_the_boards_add_up_to_england_but_for_the_rounding_of_their_cells():
    """Within 30 people in the years printed in D10; in any variant and year within 100 of 57 million."""
    people = pl.read_parquet(file("population.parquet")).with_columns(
        whole=pl.col("area_code").cast(pl.String) == ENGLAND
    )
    totals = people.group_by("variant", "year", "whole").agg(
        n=pl.col("f").cast(pl.Int64).sum() + pl.col("m").cast(pl.Int64).sum()
    )
    boards, england = (
        totals.filter(pl.col("whole") == whole).sort("variant", "year")["n"]
        for whole in (False, True)
    )
    assert len(england) == 11 * 26
    assert (boards - england).abs().max() <= 100
    printed = totals.filter(pl.col("variant") == "v1", pl.col("year").is_in([2022, 2042]))
    for _, both in printed.group_by("year"):
        assert abs(both["n"][0] - both["n"][1]) <= 30


def test_every_elicited_range_of_the_field_can_be_run(inputs):
    """The national elicitation prints 78 ranges, in per cent remaining, the larger number first."""
    path = DATA.parent / "nhp-mitigators/nee_table.csv"
    assert path.is_file(), f"{path} is not there. Set COMMONWEAL_SHARED to the shared folder."
    elicited = {
        name: remaining(tenth, ninetieth)
        for name, _, tenth, ninetieth in pl.read_csv(path).iter_rows()
    }
    changes = tuple(
        Mitigation(
            name=name, kind="avoidance", types=("apc emer_n",), remaining=left, share=0.01,
            starts=2022, full=2030, source="national elicitation exercise",
        )
        for name, left in elicited.items()
    )  # fmt: skip
    assert len(changes) == 78
    asked = msgspec.structs.replace(demography("v1"), mitigations=changes)
    without, acting = (expect(inputs, each, HIOW)[-1] for each in (demography("v1"), asked))
    at = inputs.rates.names.index("apc emer_n")
    assert 0.99**78 * without[at] < acting[at] < without[at]
    assert (acting[at + 1 :] == without[at + 1 :]).all()
