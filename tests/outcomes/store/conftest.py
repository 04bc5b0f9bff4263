"""The engines that every question of the store is put to."""

import os
from contextlib import contextmanager

import psycopg
import pytest

from commonweal.outcomes.store.observations import observations
from commonweal_site.outcomes.engines import OnFiles, OnPostgres
from tests.keeping import SERVER


@contextmanager
def on_files(folder):
    def engine(*frames):
        files = []
        for number, frame in enumerate(frames):
            files.append(folder / f"{number}.parquet")
            frame.write_parquet(files[-1])
        return OnFiles(files)

    yield engine


@contextmanager
def on_postgres(_folder):
    with psycopg.connect(os.environ[SERVER]) as connection:

        def engine(*frames):
            made = OnPostgres(connection)
            made.keep("figures", frames[0].vstack(frames[1]) if frames[1:] else frames[0])
            return made

        yield engine


@pytest.fixture(params=[on_files, pytest.param(on_postgres, marks=pytest.mark.postgres)])
def holding(request, tmp_path):
    """An engine that holds some frames of observations, a revision each: DuckDB, then PostgreSQL."""
    with request.param(tmp_path) as engine:
        yield lambda *frames: engine(
            *(
                observations(frame.with_columns(revision=number))
                for number, frame in enumerate(frames, 1)
            )
        )
