"""The engines that answer questions of the store. Nothing else opens DuckDB or PostgreSQL for it.

Ibis writes the statement, the engine's own library runs it: a question is never written twice.
Spark, which few need, is in `spark`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, LiteralString, Protocol

import duckdb
import ibis
import polars as pl

from commonweal.outcomes.store.observations import COLUMNS

_TYPES: dict[Any, LiteralString] = {
    pl.String: "text", pl.Date: "date", pl.Float64: "double precision", pl.Int8: "smallint",
    pl.Int16: "smallint", pl.Int32: "integer", pl.Int64: "bigint", pl.Boolean: "boolean",
}  # fmt: skip


class Engine(Protocol):
    """Answers an expression on `figures` and on whatever other tables are given by name."""

    def ask(
        self, question: Any, tables: Mapping[str, pl.DataFrame] | None = None
    ) -> pl.DataFrame: ...


def as_asked(answer: pl.DataFrame, question: Any) -> pl.DataFrame:
    """An answer with the types of its question, whatever the engine makes of a sum."""
    wanted: Mapping[str, Any] = question.schema().to_polars()
    return answer.select(pl.col(name).cast(kind) for name, kind in wanted.items())


class OnFiles:
    """DuckDB on Parquet files; each question has a connection of its own, in memory."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = tuple(files)

    def ask(self, question: Any, tables: Mapping[str, pl.DataFrame] | None = None) -> pl.DataFrame:
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
            if self.files:
                kept = connection.read_parquet([str(file) for file in self.files])
            else:
                kept = connection.from_arrow(pl.DataFrame(schema=COLUMNS).to_arrow())
            kept.create_view("figures")
            for name, frame in (tables or {}).items():
                connection.register(name, frame.to_arrow())
            answer = connection.sql(ibis.to_sql(question, dialect="duckdb")).pl()
            return as_asked(answer, question)


class OnPostgres:
    """PostgreSQL, by a connection of psycopg whose tables hold the figures."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def keep(self, name: str, frame: pl.DataFrame) -> None:
        """Put a frame into a temporary table, by copying."""
        from psycopg import sql

        columns = sql.SQL(", ").join(
            sql.Identifier(c) + sql.SQL(" ") + sql.SQL(_TYPES[kept.base_type()])
            for c, kept in frame.schema.items()
        )
        table = sql.Identifier(name)
        with self.connection.cursor() as cursor:
            # Only a temporary one of that name goes, never a table that somebody keeps.
            cursor.execute(sql.SQL("drop table if exists pg_temp.{}").format(table))
            cursor.execute(sql.SQL("create temporary table {} ({})").format(table, columns))
            with cursor.copy(sql.SQL("copy {} from stdin").format(table)) as copy:
                for row in frame.iter_rows():
                    copy.write_row(row)

    def ask(self, question: Any, tables: Mapping[str, pl.DataFrame] | None = None) -> pl.DataFrame:
        for name, frame in (tables or {}).items():
            self.keep(name, frame)
        with self.connection.cursor() as cursor:
            cursor.execute(ibis.to_sql(question, dialect="postgres"))
            rows = cursor.fetchall()
        return pl.DataFrame(rows, schema=question.schema().to_polars(), orient="row")
