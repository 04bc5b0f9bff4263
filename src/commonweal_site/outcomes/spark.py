"""Spark: the same questions, on a cluster or on one machine, for figures and for people.

Ibis writes the statement in Spark's words and Spark runs it. Tables go in and answers come out as
Parquet files, in folders that the driver and the cluster can both reach.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import ibis
import polars as pl

from commonweal.outcomes.people.rows import TABLES, BadPeople
from commonweal.record.errors import SpeakingError

from .engines import as_asked

ON_THIS_MACHINE = "local[*]"
_WORDS = {"bigint": "int64", "int": "int32", "smallint": "int16", "tinyint": "int8"}


class NoSpark(SpeakingError):
    """PySpark or Java is not there."""


class OnSpark:
    """A session of Spark, with the tables it was given by name."""

    def __init__(self, session: Any, scratch: Path) -> None:
        self.session = session
        self.scratch = scratch
        self.held: set[str] = set()

    def hold(self, name: str, files: Sequence[str | Path]) -> None:
        """Hold the rows of Parquet files under a name."""
        with _unspoken():
            rows = self.session.read.parquet(*(str(file) for file in files))
            rows.createOrReplaceTempView(name)
        self.held.add(name)

    def hold_people(self, folder: str) -> None:
        """Hold the tables of people in a folder, which may be an address that Spark knows."""
        for name in TABLES:
            for place in (f"{folder}/{name}", f"{folder}/{name}.parquet"):
                try:
                    self.hold(name, [place])
                except BadPeople:
                    continue  # not there: `kinds` has not got it, and whoever asks says so
                break

    def kinds(self) -> dict[str, dict[str, str]]:
        """For each table of people there is, the kind of each column, in the words of Ibis."""
        return {
            name: {c: _WORDS.get(kind, kind) for c, kind in self.session.table(name).dtypes}
            for name in TABLES
            if name in self.held
        }

    def take(self, name: str, frame: pl.DataFrame) -> None:
        """Hold a small table that is handed in."""
        file = self.scratch / f"{uuid4().hex}.parquet"
        frame.write_parquet(file)
        self.hold(name, [file])

    def keep(self, name: str, question: Any) -> None:
        """Hold the answer to a question inside, under a name, until the engine is left.

        It lies in `scratch`: planning the question again with every later one takes Spark longer.
        """
        kept = self.scratch / f"{name}-{uuid4().hex}"
        with _unspoken():
            self.session.sql(_statement(question)).write.parquet(str(kept))
        self.hold(name, [kept])

    def ask(self, question: Any, tables: Mapping[str, pl.DataFrame] | None = None) -> pl.DataFrame:
        """The answer to a question, of the types of its schema; the tables are held before."""
        for name, frame in (tables or {}).items():
            self.take(name, frame)
        answer = self.scratch / uuid4().hex
        with _unspoken():
            self.session.sql(_statement(question)).write.parquet(str(answer))
        try:
            return as_asked(pl.read_parquet(answer / "*.parquet"), question)
        finally:
            shutil.rmtree(answer)


@lru_cache(maxsize=64)
def _statement(question: Any) -> str:
    statement: str = ibis.to_sql(question, dialect="pyspark")
    return statement


@contextmanager
def _unspoken() -> Iterator[None]:
    """What Spark says when it fails may quote a row."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as wrong:
        raise BadPeople(
            f"Spark could not answer ({type(wrong).__name__}). Look whether every file of a table "
            "has the same columns, of the kinds listed in docs/people.md."
        ) from None


@contextmanager
def on_spark(
    master: str = ON_THIS_MACHINE,
    scratch: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[OnSpark]:
    """An engine on Spark for as long as the block lasts.

    master    where the cluster is: an address such as spark://host:7077, or this machine
    scratch   a folder that the driver and the cluster reach; one of this machine unless given
    settings  of Spark, such as {"spark.executor.memory": "8g"}
    raises    NoSpark
    """
    with TemporaryDirectory(prefix="commonweal-spark-", dir=scratch) as folder:
        # Or Spark makes a folder for tables wherever it is started.
        own = {"spark.sql.warehouse.dir": f"{folder}/warehouse"}
        session = _session(master, own | dict(settings or {}))
        try:
            yield OnSpark(session, Path(folder))
        finally:
            session.stop()


def _session(master: str, settings: Mapping[str, str]) -> Any:
    if shutil.which("java") is None:
        raise NoSpark(
            "Spark needs Java 17 or 21 (on Debian: apt-get install default-jre-headless)."
        )
    try:
        from pyspark.sql import SparkSession

        ibis.pyspark.name  # noqa: B018 - until it is looked at, Ibis has not the options it writes with
    except ModuleNotFoundError:
        raise NoSpark("PySpark is not installed: pip install 'commonweal[spark]'.") from None
    usual = {
        "spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }  # fmt: skip
    if master.startswith("local"):
        # Or it asks what this machine is called, and a machine may not know its own name.
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        usual |= {
            "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "4",
            # On one machine, writing code for rows so wide takes longer than reading them.
            "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        }  # fmt: skip
    builder = SparkSession.builder.appName("commonweal").master(master)
    for name, value in (usual | dict(settings)).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # a log may quote a row
    return session
