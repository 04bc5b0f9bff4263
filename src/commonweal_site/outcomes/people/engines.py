"""Where rows about people are held and asked: DuckDB on Parquet files in a folder.

Spark does the same in `commonweal_site.outcomes.spark`. What an engine says when it fails may hold
a value of a row, so it is never passed on: only what kind of failure it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import duckdb
import ibis
import polars as pl

from commonweal.outcomes.people.rows import TABLES, BadPeople
from commonweal_site.outcomes.engines import as_asked

MEMORY = "3GB"
"""What DuckDB may use; beyond it, it works on disk."""


class Engine(Protocol):
    """Holds the tables of `rows.TABLES`, and whatever is kept or handed in beside them."""

    def kinds(self) -> dict[str, dict[str, str]]:
        """For each table there is, the kind of each column, in the words of Ibis."""
        ...

    def take(self, name: str, frame: pl.DataFrame) -> None:
        """Hold a small table that is not about anybody."""
        ...

    def keep(self, name: str, question: Any) -> None:
        """Hold the answer to a question inside, under a name."""
        ...

    def ask(self, question: Any) -> pl.DataFrame:
        """The answer to a question, of the types of its schema."""
        ...


def files_of(folder: Path, name: str) -> list[Path]:
    """The files of a table: name.parquet, or all in the folder name."""
    if (alone := folder / f"{name}.parquet").is_file():
        return [alone]
    return sorted((folder / name).glob("*.parquet"))


class OnFolder:
    """DuckDB on the Parquet files of a folder, with a bound on memory.

    raises  BadPeople, without a value of any row
    """

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.folder = folder
        self.connection = connection
        self.files = {name: found for name in TABLES if (found := files_of(folder, name))}
        with _unspoken():
            for name, found in self.files.items():
                rows = connection.read_parquet([str(file) for file in found])
                rows.create_view(name)

    def kinds(self) -> dict[str, dict[str, str]]:
        found = {}
        with _unspoken():
            for name, files in self.files.items():
                schema = pl.read_parquet_schema(files[0])
                found[name] = {c: str(k) for c, k in ibis.Schema.from_polars(schema).items()}
        return found

    def take(self, name: str, frame: pl.DataFrame) -> None:
        self.connection.register(name, frame.to_arrow())

    def keep(self, name: str, question: Any) -> None:
        with _unspoken():
            statement = _statement(question)
            self.connection.execute(f'create or replace temporary table "{name}" as {statement}')

    def ask(self, question: Any) -> pl.DataFrame:
        with _unspoken():
            answer = self.connection.sql(_statement(question)).pl()
        return as_asked(answer, question)


@contextmanager
def on_folder(folder: Path, *, memory: str = MEMORY) -> Iterator[OnFolder]:
    """An engine on a folder, with a place on disk for what memory cannot hold."""
    with (
        TemporaryDirectory(prefix="commonweal-people-") as spill,
        duckdb.connect(
            config={
                "memory_limit": memory, "temp_directory": spill,
                "preserve_insertion_order": "false", "autoinstall_known_extensions": "false",
            }
        ) as connection,
    ):  # fmt: skip
        # It would be drawn into whatever is being written.
        connection.execute("set enable_progress_bar = false")
        yield OnFolder(folder, connection)


@lru_cache(maxsize=64)
def _statement(question: Any) -> str:
    statement: str = ibis.to_sql(question, dialect="duckdb")
    return statement


@contextmanager
def _unspoken() -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise BadPeople(
            "The question needed more memory and disk than it was given: give it more memory, or "
            "use Spark."
        ) from None
    except (duckdb.Error, pl.exceptions.PolarsError) as wrong:
        # Its text may quote a row.
        raise BadPeople(
            f"The tables could not be read ({type(wrong).__name__}). Look whether every file of a "
            "table has the same columns, of the kinds listed in docs/people.md."
        ) from None
