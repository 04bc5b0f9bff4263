"""Official boundaries: read from GeoJSON, checked, simplified, projected, and who borders on whom.

Coordinates come in as WGS84 degrees. Maps are drawn on a plain equirectangular projection:
longitudes are shrunk by the cosine of 53 degrees north, in the middle of England. That looks
British and is right for a picture on a screen; it is not for measuring.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from commonweal.record.errors import SpeakingError

MIDDLE = 53.0
"""Degrees north at which east-west distances are right."""

KM_PER_DEGREE = 111.2
_AREAS = ("Polygon", "MultiPolygon")
_DRAWN = (*_AREAS, "Point")
_FEWEST_CORNERS = 3
_EARTH = (-180.0, -90.0, 180.0, 90.0)


class GeometryError(SpeakingError):
    """Base of every error about boundaries."""


class BadBoundaries(GeometryError):
    """A file of boundaries was refused whole. It lists every fault, with file and feature."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        noun = "fault" if len(faults) == 1 else "faults"
        listed = "\n".join(f"{file}, {fault}" for fault in faults)
        super().__init__(f"The boundaries were refused whole, for {len(faults)} {noun}:\n{listed}")


class Shape(NamedTuple):
    """One area or point of a file, in degrees.

    mended  its outline crossed or touched itself, mostly from rounding, and was put right
    """

    code: str
    name: str
    geometry: BaseGeometry
    mended: bool = False

    @property
    def is_point(self) -> bool:
        """A point has no extent: it can be marked on a map but has no border."""
        return isinstance(self.geometry, Point)


# --- reading ----------------------------------------------------------------------------------


def read_shapes(
    text: str, *, file: str, code_field: str | None = None, name_field: str | None = None
) -> tuple[Shape, ...]:
    """The shapes of a GeoJSON FeatureCollection of polygons or points.

    file        its name, for what has to be said about it
    code_field  the property that holds each area's code; found from the names, if none is given
    raises      BadBoundaries, with every fault
    """
    features = _features(text, file)
    code_field = code_field or _field(features, "code", file)
    name_field = name_field or _field(features, "name", file, needed=False)
    faults: list[str] = []
    shapes: list[Shape] = []
    for number, feature in enumerate(features, 1):
        found = _shape(feature, code_field, name_field)
        if isinstance(found, Shape):
            shapes.append(found)
        else:
            faults.append(f"feature {number}: {found}")
    faults.extend(_twice(shapes))
    if faults:
        raise BadBoundaries(file, faults)
    return tuple(shapes)


def _features(text: str, file: str) -> list[Any]:
    try:
        data = json.loads(text)
    except ValueError as wrong:
        raise BadBoundaries(file, [f"the whole file: it is not JSON ({wrong})."]) from wrong
    kind = data.get("type") if isinstance(data, dict) else None
    if kind != "FeatureCollection":
        said = f"it is a GeoJSON {kind}" if kind else "it is no GeoJSON"
        raise BadBoundaries(file, [f"the whole file: {said}; give a FeatureCollection."])
    features = data.get("features")
    if not isinstance(features, list) or not features:
        raise BadBoundaries(file, ["the whole file: it holds no features."])
    return features


def _properties(feature: Any) -> dict[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _field(features: Sequence[Any], word: str, file: str, *, needed: bool = True) -> str:
    """The property whose name is the word, or the only or first one that ends in it."""
    fields = list(_properties(features[0]))
    for fits in (
        [field for field in fields if field.lower() == word],
        [field for field in fields if field.lower().endswith(word)],
        [field for field in fields if field.lower().endswith({"code": "cd", "name": "nm"}[word])],
    ):
        if fits:
            return fits[0]
    if not needed:
        return ""
    said = f"feature 1: no property looks like a {word}; it has {', '.join(fields) or 'none'}."
    raise BadBoundaries(file, [f"{said} Name the one to use."])


def _shape(feature: Any, code_field: str, name_field: str) -> Shape | str:
    """A shape, or what is wrong with the feature."""
    properties = _properties(feature)
    if not (code := str(properties.get(code_field) or "").strip()):
        return f"it has no “{code_field}”; it has {', '.join(properties) or 'no properties'}."
    raw = feature.get("geometry")
    kind = raw.get("type") if isinstance(raw, dict) else None
    if kind not in _DRAWN:
        said = f"a {kind}" if kind else "nothing"
        return f"{code} is {said}; only polygons and points can be drawn."
    try:
        geometry = shapely.from_geojson(json.dumps(raw))
    except shapely.errors.GEOSException as wrong:
        return f"{code} cannot be read as a {kind}: {wrong}."
    if said := _where_wrong(geometry):
        return f"{code} {said}"
    return _mended(code, str(properties.get(name_field) or code), geometry)


def _where_wrong(geometry: BaseGeometry) -> str:
    """What is wrong with a geometry's place on Earth; empty if nothing."""
    if geometry.is_empty:
        return "is empty."
    if not all(map(math.isfinite, geometry.bounds)):
        return "has a coordinate that is no number."
    if shapely.box(*_EARTH).covers(shapely.box(*geometry.bounds)):
        return ""
    return (
        f"reaches to {geometry.bounds[2]:g}, {geometry.bounds[3]:g}, which is no longitude and "
        "latitude. Convert the file to WGS84 degrees."
    )


def _mended(code: str, name: str, geometry: BaseGeometry) -> Shape | str:
    if geometry.is_valid:
        return Shape(code, name, geometry)
    sound = areas_only(shapely.make_valid(geometry))
    if sound.is_empty:
        return f"{code} has an outline without any area."
    return Shape(code, name, sound, mended=True)


def areas_only(geometry: BaseGeometry) -> MultiPolygon:
    """The polygons of a geometry; stray lines and points are dropped."""
    parts = [
        part
        for part in shapely.get_parts(geometry, return_index=False)
        if isinstance(part, Polygon | MultiPolygon)
    ]
    polygons = [
        polygon
        for part in parts
        for polygon in (part.geoms if isinstance(part, MultiPolygon) else (part,))
        if polygon.area > 0
    ]
    return MultiPolygon(polygons)


def _twice(shapes: Iterable[Shape]) -> Iterator[str]:
    seen: set[str] = set()
    for shape in shapes:
        if shape.code in seen:
            yield f"code {shape.code} stands on more than one feature."
        seen.add(shape.code)


# --- borders ----------------------------------------------------------------------------------


def adjacent(shapes: Sequence[Shape], *, shared_km: float = 0.2) -> frozenset[tuple[str, str]]:
    """Pairs of codes that share a border, each pair in order of code.

    shared_km  the shortest shared border that counts, so that a corner or a rounding does not
    """
    areas = [shape for shape in shapes if not shape.is_point]
    flat = [_flat(shape.geometry) for shape in areas]
    # Rounded coordinates leave hair gaps: a border is what lies within 20 m of the other area.
    near = [each.buffer(0.02, quad_segs=1) for each in flat]
    pairs: set[tuple[str, str]] = set()
    for first, second in _meeting(near):
        shared = flat[first].boundary.intersection(near[second]).length
        if shared >= shared_km:
            codes = sorted((areas[first].code, areas[second].code))
            pairs.add((codes[0], codes[1]))
    return frozenset(pairs)


def _meeting(geometries: Sequence[BaseGeometry]) -> Iterator[tuple[int, int]]:
    """Places in the sequence of every two that meet."""
    if geometries:
        for first, second in STRtree(geometries).query(geometries, predicate="intersects").T:
            if first < second:
                yield int(first), int(second)


class Partition(NamedTuple):
    """How well shapes divide a territory, in square kilometres.

    overlaps  pairs of codes that lie over each other, and how far
    gaps      the areas of the holes that no shape fills
    """

    overlaps: Mapping[tuple[str, str], float]
    gaps: tuple[float, ...]


def partition(shapes: Sequence[Shape], *, least_km2: float = 1.0) -> Partition:
    """Overlaps and gaps between shapes of at least a size; smaller ones are rounding."""
    areas = [shape for shape in shapes if not shape.is_point]
    flat = [_flat(shape.geometry) for shape in areas]
    overlaps = {}
    for first, second in _meeting(flat):
        over = flat[first].intersection(flat[second]).area
        if over >= least_km2:
            overlaps[areas[first].code, areas[second].code] = over
    whole = areas_only(shapely.union_all(flat))
    holes = (Polygon(ring).area for part in whole.geoms for ring in part.interiors)
    return Partition(overlaps, tuple(sorted(hole for hole in holes if hole >= least_km2)))


def _flat(geometry: BaseGeometry) -> BaseGeometry:
    """In kilometres on the plain projection."""
    shrink = math.cos(math.radians(MIDDLE))
    return shapely.transform(geometry, lambda xy: xy * (KM_PER_DEGREE * shrink, KM_PER_DEGREE))


# --- drawing ----------------------------------------------------------------------------------


def simplified(shapes: Sequence[Shape], *, tolerance_km: float) -> tuple[Shape, ...]:
    """Shapes with fewer points. Simplified together, so that a border of two areas stays one line.

    tolerance_km  about how far a line may move; islands smaller than its square are left out,
                  unless an area would vanish
    """
    areas = [shape for shape in shapes if not shape.is_point]
    if not areas or tolerance_km <= 0:
        return tuple(shapes)
    degrees = tolerance_km / KM_PER_DEGREE
    lighter = shapely.coverage_simplify([area.geometry for area in areas], degrees)
    drawn = {
        area.code: area._replace(geometry=_without_specks(light, degrees**2) or area.geometry)
        for area, light in zip(areas, lighter, strict=True)
    }
    return tuple(drawn.get(shape.code, shape) for shape in shapes)


def _without_specks(geometry: BaseGeometry, least: float) -> MultiPolygon | None:
    parts = areas_only(geometry).geoms
    kept = [part for part in parts if part.area >= least] or list(parts)
    return MultiPolygon(kept) if kept else None


class Frame:
    """The window of a map: what part of the Earth it shows, and how large.

    west, south, east, north  degrees
    width                     of the picture, in its own units; the height follows
    margin                    room left on every side, in those units
    """

    def __init__(
        self, bounds: tuple[float, float, float, float], *, width: float, margin: float = 4.0
    ) -> None:
        self.west, self.south, self.east, self.north = bounds
        self.width, self.margin = width, margin

    @classmethod
    def around(cls, shapes: Iterable[Shape], *, width: float, beyond: float = 0.0) -> "Frame":
        """The window that holds shapes, and beyond them on each side a part of their size."""
        west, south, east, north = shapely.total_bounds([each.geometry for each in shapes])
        wide, high = max(east - west, 0.01) * beyond, max(north - south, 0.01) * beyond
        return cls((west - wide, south - high, east + wide, north + high), width=width)

    @cached_property
    def _scale(self) -> float:
        """Units for a degree north."""
        across = (self.east - self.west) * math.cos(math.radians(MIDDLE))
        return (self.width - 2 * self.margin) / max(across, 1e-9)

    @property
    def height(self) -> float:
        """Of the picture."""
        return (self.north - self.south) * self._scale + 2 * self.margin

    @property
    def km_per_unit(self) -> float:
        """Kilometres to one unit of the picture."""
        return KM_PER_DEGREE / self._scale

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a spot on Earth stands in the picture, from its upper left corner."""
        across = (longitude - self.west) * math.cos(math.radians(MIDDLE)) * self._scale
        return self.margin + across, self.margin + (self.north - latitude) * self._scale

    def holds(self, geometry: BaseGeometry) -> bool:
        """Whether any of a geometry can be seen."""
        return bool(shapely.box(self.west, self.south, self.east, self.north).intersects(geometry))

    def path(self, geometry: BaseGeometry) -> str:
        """The `d` of an SVG path: each ring in whole tenths of a unit."""
        return "".join(self._ring(ring) for ring in _rings(geometry))

    def _ring(self, ring: Sequence[tuple[float, float]]) -> str:
        points: list[str] = []
        for longitude, latitude in ring:
            x, y = self.at(longitude, latitude)
            point = f"{x:.1f} {y:.1f}"
            if not points or point != points[-1]:
                points.append(point)
        return f"M{'L'.join(points)}Z" if len(points) >= _FEWEST_CORNERS else ""


def _rings(geometry: BaseGeometry) -> Iterator[Sequence[tuple[float, float]]]:
    shape = mapping(areas_only(geometry))
    for polygon in shape["coordinates"]:
        yield from (ring[:-1] for ring in polygon)


class Spot(NamedTuple):
    """The middle of the largest circle inside an area, in degrees, and its radius."""

    longitude: float
    latitude: float
    radius: float


@lru_cache(maxsize=4096)
def widest_spot(geometry: BaseGeometry) -> Spot:
    """Where an area, or its largest part, is widest: there its name has most room."""
    if isinstance(geometry, Point):
        return Spot(geometry.x, geometry.y, 0.0)
    largest = max(areas_only(geometry).geoms, key=lambda part: part.area)
    radius = shapely.maximum_inscribed_circle(largest, 0.01)
    longitude, latitude = radius.coords[0]
    return Spot(longitude, latitude, radius.length)


def label_at(geometry: BaseGeometry) -> tuple[float, float]:
    """A spot well inside the largest part of an area, for its name: longitude and latitude."""
    return widest_spot(geometry)[:2]


def codes_touching(code: str, pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Codes of the areas that border on one."""
    return frozenset(other for pair in pairs if code in pair for other in pair if other != code)
