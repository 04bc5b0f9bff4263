"""A source asked and its answer read: what it holds is said before anything of it is written."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

import polars as pl

from commonweal.areas.geometry import read_shapes
from commonweal.outcomes.store.measures import Measure
from commonweal.record.snapshot import Snapshot
from commonweal.sources import fingertips, organisations
from commonweal.sources.taken import WrongFile
from commonweal_site.areas import boundaries
from commonweal_site.outcomes import importing
from commonweal_site.outcomes.keeping import Store
from commonweal_site.record.book import Book
from commonweal_site.words import count

from .answers import Answers, Kept, NothingKept
from .beside_the_record import beside
from .connecting import Connection, World
from .connectors import Connector, connector

LARGEST = 2_000_000_000
"""Bytes that a file may have when it is unpacked, so that none can fill the memory."""

type Boards = Callable[[], Mapping[int, frozenset[str]]]


class Asked(NamedTuple):
    """What is asked of which source, and the address that makes."""

    name: str
    connector: Connector
    said: Mapping[str, str]

    @property
    def address(self) -> str:
        return self.connector.request(self.said)

    @property
    def also(self) -> "Asked | None":
        """What is asked besides, to know what the figures are."""
        if not self.connector.also:
            return None
        other = connector(self.connector.also)
        said = {name: text for name, text in self.said.items() if name in other.asks}
        return Asked(self.connector.also, other, other.said(said))


def connection(asked: Asked, folder: Path, world: World) -> Connection:
    """The way to a source; its answers lie in `sources` in the data folder."""
    return Connection(Answers(folder / "sources"), asked.connector.hosts, world)


def kept(asked: Asked, answers: Answers) -> Kept:
    """The answer that is kept, however old.

    raises  NothingKept
    """
    if found := answers.newest(asked.address):
        return found
    raise NothingKept(f"Nothing is kept of {asked.address}. Fetch it without --kept.")


class Found(NamedTuple):
    """What an answer holds, in words, and what is wrong with it.

    write  puts it where it belongs, and says what was done; none where it is only to be read
    """

    words: str
    faults: int = 0
    write: Callable[[], str] | None = None


class Place(NamedTuple):
    """Where what is found goes.

    record     as it stands today
    boards     codes of boards by year, by which the vintage of a figure's code is tried
    leave_out  rows with faults are left out, where a file with any is refused otherwise
    """

    folder: Path
    now: datetime
    record: Callable[[], Snapshot]
    boards: Boards
    leave_out: bool = False
    book: Callable[[], Book] = Book


def read(asked: Asked, answer: Kept, answers: Answers, place: Place) -> Found:
    """What an answer holds.

    raises  WrongFile, and what the importer of its kind raises
    """
    content = answers.content(answer)
    if asked.connector.gives == "csv":
        also = asked.also and answers.newest(asked.also.address)
        measures = fingertips.measures_of(answers.content(also)) if also else None
        return _figures(asked, answer, answers.path(answer), measures, place)
    if asked.connector.gives == "metadata":
        return Found(_measures(fingertips.measures_of(content)))
    if asked.connector.gives == "organisation":
        found = organisations.read(content, f"The answer on {asked.said['code']}")
        return Found("\n".join((_organisation(found), *beside(found, place.record()))))
    return _boundaries(asked, content, place)


def _figures(
    asked: Asked,
    answer: Kept,
    path: Path,
    measures: Mapping[str, Measure] | None,
    place: Place,
) -> Found:
    table = _table(asked, path.read_bytes())
    wanted = importing.Asked(asked.connector.source, measures=measures)
    boards = place.boards() if asked.connector.source == "fingertips" else {}
    found = importing.read(path, table, wanted, boards)._replace(
        file=f"{asked.name} of {answer.received:%Y-%m-%d}",
        origin=f"fetched from {answer.address}, {answer.received:%Y-%m-%dT%H:%M:%SZ}",
    )

    def write() -> str:
        store = Store(place.folder / "figures")
        made = importing.append(store, found, leave_out=place.leave_out, recorded=place.now)
        return f"Written as revision {made.number}."

    return Found(found.in_words(), len(found.taken.faults), write)


def _table(asked: Asked, content: bytes) -> pl.DataFrame:
    """A CSV with every column as it is written."""
    if asked.connector.packed:
        content = _unpacked(asked, content)
    try:
        table = pl.read_csv(BytesIO(content), infer_schema=False)
    except pl.exceptions.PolarsError as wrong:
        said = str(wrong).splitlines()[0]
        raise WrongFile(
            f"The answer of {asked.name} cannot be read as a table: {said}. It may have been cut "
            "short; fetch it again with --anew."
        ) from None
    most = asked.connector.most_rows
    if most is not None and table.height >= most:
        raise WrongFile(
            f"The answer of {asked.name} has {table.height:,} rows, as many as the source gives at "
            "once, so some may be missing. Ask for fewer areas at a time."
        )
    return table


def _unpacked(asked: Asked, content: bytes) -> bytes:
    """The one CSV in a zip file."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            inside = [each for each in packed.infolist() if each.filename.lower().endswith(".csv")]
            if len(inside) != 1:
                raise WrongFile(
                    f"The zip file of {asked.name} has {count(len(inside), 'CSV')} in it; it "
                    "should have one. Look at it, and take in the right one from a file."
                )
            if inside[0].file_size > LARGEST:
                raise WrongFile(
                    f"Unpacked, the answer of {asked.name} would have {inside[0].file_size:,} "
                    f"bytes, which is more than the {LARGEST:,} that are taken."
                )
            return packed.read(inside[0])
    except BadZipFile:
        raise WrongFile(
            f"The answer of {asked.name} is no zip file, or a broken one. Fetch it with --anew."
        ) from None


def _measures(found: Mapping[str, Measure]) -> str:
    return "\n".join(
        f"fingertips-{number}: {each.name}. Method: {each.method}, per {each.per:g}."
        for number, each in found.items()
    )


def _organisation(found: organisations.Organisation) -> str:
    said = [f"{found.code}, {found.name}: {'open' if found.active else 'closed'}."]
    said += [f"  {_span(span)}" for span in found.spans]
    for role in found.roles:
        word = "its role above all" if role.primary else "a role"
        said.append(f"  {role.id}, {word}: {', '.join(map(_span, role.spans)) or 'no days given'}")
    if found.taken_from():
        said.append(f"  It took over from {', '.join(found.taken_from())}.")
    if found.taken_by():
        said.append(f"  It was taken over by {', '.join(found.taken_by())}.")
    return "\n".join((*said, f"  The service last changed its entry on {found.changed}."))


def _span(span: organisations.Span) -> str:
    until = f" until {span.end}, that day included" if span.end else ""
    return f"{span.type.lower()} from {span.start or 'a day not given'}{until}"


def _boundaries(asked: Asked, content: bytes, place: Place) -> Found:
    text = content.decode("utf-8-sig", errors="replace")
    field, layer = asked.said["field"], asked.said["layer"]
    shapes = read_shapes(text, file=layer, code_field=field)
    given = json.loads(text)
    # The service cuts off at a number of shapes and says so only in this word.
    if given.get("exceededTransferLimit") or given.get("properties", {}).get(
        "exceededTransferLimit"
    ):
        raise WrongFile(
            f"{layer} has more shapes than the portal gives at once: {len(shapes):,} came. "
            "Download the layer from the portal and load it with `commonweal boundaries`."
        )

    def write() -> str:
        fresh = place.folder / "sources" / f"{layer}.geojson"
        fresh.write_bytes(content)
        loaded = boundaries.load(
            fresh, scheme="ONS", vintage=asked.said["vintage"], licence=asked.connector.licence,
            directory=place.folder, book=place.book(), code_field=field,
        )  # fmt: skip
        fresh.unlink()
        return "The record had this very file." if loaded.already else loaded.says

    return Found(f"{layer}: {count(len(shapes), 'shape')}.", write=write)
