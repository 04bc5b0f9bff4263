"""Spark, on one machine, gives the answers that DuckDB gives, to figures and to people."""

import subprocess
import sys

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from commonweal.outcomes.people.rows import TABLES
from commonweal.outcomes.store.observations import observations
from commonweal.outcomes.store.roll_up import MEMBERS
from commonweal_site.outcomes.engines import OnFiles
from commonweal_site.outcomes.people.engines import on_folder
from commonweal_site.outcomes.people.writing import write
from commonweal_site.outcomes.spark import NoSpark, on_spark
from tests.outcomes.asked_of_both import AS_AT, NAMES, of_figures, of_people
from tests.outcomes.store.samples import ENGLAND, frame, observed
from tools.tree import ROOT

PEOPLE = 1_500
FIGURES = frame(
    *(observed(f"E0600000{n}", 2020 + year, 10 * n + year, 500)
      for n in range(1, 6) for year in range(4)),
    observed("E06000006", 2023, state=3),
    observed("E06000007", 2023),
    observed(ENGLAND, 2023, 9_000, 100_000, kind="england"),
)  # fmt: skip
BELONG = [(f"E0600000{n}", f"place {n % 2}", 1.0 if n < 5 else 0.25) for n in range(1, 8)]


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """By the name of each question, DuckDB's answer and Spark's."""
    folder = tmp_path_factory.mktemp("both")
    members = pl.DataFrame(BELONG, schema=MEMBERS, orient="row")
    members.write_parquet(folder / "members.parquet")
    observations(FIGURES).write_parquet(folder / "figures.parquet")
    write(folder / "people", PEOPLE, as_at=AS_AT)
    _some_are_not_known(folder / "people")
    found = of_figures(OnFiles([folder / "figures.parquet"]), members)
    with on_folder(folder / "people") as engine:
        found |= of_people(engine)
    asked = [sys.executable, "-m", "tests.outcomes.asked_of_both", str(folder)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4_000:]
    return {
        name: (found[name], pl.read_parquet(folder / f"answer-{number}.parquet"))
        for number, name in enumerate(NAMES)
    }


def _some_are_not_known(folder):
    """Rows of nobody, unknown sexes and fifths, and somebody who is still in hospital."""
    file = folder / "residents" / "part-00000.parquet"
    rows = pl.read_parquet(file)
    unknown = pl.col("person") % 50 == 0
    rows.with_columns(
        pl.when(~unknown).then(pl.col(name)).alias(name) for name in ("sex", "fifth")
    ).filter(pl.col("person") % 97 != 0).write_parquet(file)
    assert set(TABLES) <= {each.name for each in folder.iterdir()}


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_spark_and_duckdb_give_one_answer(answers, name):
    by_duckdb, by_spark = answers[name]
    assert by_duckdb.height > 0
    in_order = [frame.sort(pl.all(), nulls_last=True) for frame in (by_duckdb, by_spark)]
    assert_frame_equal(*in_order, rel_tol=1e-12)


def test_without_java_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(NoSpark, match="Spark needs Java 17 or 21"), on_spark():
        pass
