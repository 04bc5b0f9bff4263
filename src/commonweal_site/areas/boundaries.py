"""Boundary files: taken in whole or refused whole, kept by their hash, and read back for drawing.

The record says which file was loaded, of what vintage and on what terms. The file itself lies in
the data folder under its SHA-256, so that no picture can rest on a file that has changed since.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from commonweal.areas.facts import BoundaryFile
from commonweal.areas.geometry import Shape, read_shapes, simplified
from commonweal.record.entries import Verb
from commonweal.record.identifiers import slug
from commonweal.record.naming import Code
from commonweal.record.snapshot import Snapshot
from commonweal.record.writing import Change
from commonweal_site.record.book import Book

ON_SCREEN_KM = 2.0
"""How far a line may move on a map of England 640 units wide, where a unit is 0.86 km."""

_ANY_DAY = date(2022, 7, 1)
"""A file's entry is of no day, so that any will do."""

CLOSE_UP_KM = 0.5
"""How far a line may move on the map of one system."""


class Loaded(NamedTuple):
    """What became of a file.

    entity   identifier of the fact that records it
    mended   codes of shapes whose outline crossed itself and was put right
    already  the record had this very file, so nothing was written
    says     what can and cannot be drawn from it, in one or two sentences
    """

    entity: str
    fact: BoundaryFile
    mended: tuple[str, ...]
    already: bool
    says: str


def load(
    file: Path,
    *,
    scheme: str,
    vintage: str,
    licence: str,
    directory: Path,
    book: Book,
    code_field: str | None = None,
    actor: str = "commonweal",
) -> Loaded:
    """Take in a GeoJSON file of boundaries.

    scheme      whose codes its shapes carry, such as ONS
    vintage     the year or date of the boundaries, such as 2023
    directory   the data folder; the file is kept in `boundaries` in it
    code_field  the property with the codes; found, if none is given
    raises      BadBoundaries with every fault, and nothing is kept
    """
    content = file.read_bytes()
    shapes = read_shapes(_text(content), file=file.name, code_field=code_field)
    digest = hashlib.sha256(content).hexdigest()
    entity = f"england/boundary-file/{slug(file.stem)}-{digest[:8]}"
    fact = BoundaryFile(
        name=file.stem.replace("_", " "), vintage=vintage, scheme=scheme, shapes=len(shapes),
        sha256=digest, licence=licence, code_field=code_field,
    )  # fmt: skip
    _keep(content, directory, digest)
    before = book.fact(entity, _ANY_DAY) if book.exists(entity) else None
    if not (already := before == fact):
        verb: Verb = "correct" if before else "assert"
        book.write(
            [Change(verb, entity, fact)], actor=actor, reason=f"Boundaries loaded: {file.name}"
        )
    mended = tuple(shape.code for shape in shapes if shape.mended)
    return Loaded(entity, fact, mended, already, what_can_be_drawn(shapes))


def _text(content: bytes) -> str:
    # A byte that is not UTF-8 stays visible in the sentence about the fault it causes.
    return content.decode("utf-8-sig", errors="replace")


def _keep(content: bytes, directory: Path, digest: str) -> None:
    """Keep the file under its hash; never half a file."""
    folder = directory / "boundaries"
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{digest}.geojson"
    fresh.write_bytes(content)
    fresh.replace(folder / f"{digest}.geojson")


def what_can_be_drawn(shapes: Iterable[Shape]) -> str:
    """What a map can show of shapes, and what it cannot."""
    shapes = list(shapes)
    points = sum(shape.is_point for shape in shapes)
    areas, mended = len(shapes) - points, sum(shape.mended for shape in shapes)
    said = []
    if areas:
        said.append(f"{areas:,} areas can be drawn with their borders.")
    if mended:
        said.append(f"{mended:,} of them had an outline that crossed itself, and were mended.")
    if points:
        said.append(
            f"{points:,} points can only be marked on a map: a point has no border, so it can be "
            "neither filled nor compared with a footprint."
        )
    return " ".join(said)


# --- reading back -----------------------------------------------------------------------------


def loaded_files(snapshot: Snapshot) -> Mapping[str, BoundaryFile]:
    """The boundary files on record, the oldest vintage first."""
    found = snapshot.all(BoundaryFile)
    return dict(sorted(found.items(), key=lambda each: (each[1].vintage, each[0])))


def missing_files(snapshot: Snapshot, directory: Path) -> tuple[str, ...]:
    """Boundary files on record whose content is not in the data folder, to be loaded again."""
    return tuple(
        entity
        for entity, fact in loaded_files(snapshot).items()
        if not _kept(directory, fact.sha256).exists()
    )


def _kept(directory: Path, digest: str) -> Path:
    return directory / "boundaries" / f"{digest}.geojson"


@lru_cache(maxsize=16)
def _read(path: Path, code_field: str | None, tolerance_km: float) -> tuple[Shape, ...]:
    """The shapes of a kept file. Its name is its hash, so what was read once stays true."""
    text = path.read_text(encoding="utf-8-sig")
    shapes = read_shapes(text, file=path.name, code_field=code_field)
    return simplified(shapes, tolerance_km=tolerance_km)


def shapes_by_code(
    snapshot: Snapshot, directory: Path, *, tolerance_km: float = ON_SCREEN_KM
) -> dict[str, Shape]:
    """Every loaded shape by its official code; of several, the one of the latest vintage."""
    found: dict[str, Shape] = {}
    for fact in loaded_files(snapshot).values():
        path = _kept(directory, fact.sha256)
        if path.exists():
            shapes = _read(path, fact.code_field, tolerance_km)
            found.update((shape.code, shape) for shape in shapes)
    return found


def shapes_of(
    snapshot: Snapshot,
    entities: Iterable[str],
    directory: Path,
    *,
    tolerance_km: float = ON_SCREEN_KM,
) -> dict[str, Shape]:
    """The shapes of areas or bodies, by the official codes they have on the snapshot's day.

    An entity without a code, or whose code no loaded file draws, is left out.
    """
    by_code = shapes_by_code(snapshot, directory, tolerance_km=tolerance_km)
    if not by_code:
        return {}
    return {
        entity: by_code[code.code]
        for entity in entities
        for _, code in snapshot.referring(entity, Code)
        if code.of == entity and code.code in by_code
    }


def licences(snapshot: Snapshot, directory: Path) -> tuple[str, ...]:
    """What must stand under a map drawn from the loaded files, a sentence a file."""
    return tuple(
        f"Boundaries: {fact.name}, {fact.vintage}. {fact.licence}".strip()
        for fact in loaded_files(snapshot).values()
        if _kept(directory, fact.sha256).exists()
    )
