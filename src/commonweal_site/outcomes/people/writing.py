"""Invented residents written as Parquet files, a folder for each table."""

from datetime import date
from pathlib import Path

from commonweal.outcomes.people.invented import residents
from commonweal.outcomes.people.rows import BadPeople

from .engines import files_of


def write(folder: Path, people: int, *, as_at: date, seed: int = 1) -> None:
    """Invent residents and write them; one part of them is in memory at a time.

    raises  BadPeople, if the folder has residents already
    """
    if files_of(folder, "residents"):
        raise BadPeople(f"{folder} has residents already. Name an empty folder.")
    for number, part in enumerate(residents(people, as_at=as_at, seed=seed)):
        for name, frame in part.items():
            (folder / name).mkdir(parents=True, exist_ok=True)
            frame.write_parquet(folder / name / f"part-{number:05}.parquet")
