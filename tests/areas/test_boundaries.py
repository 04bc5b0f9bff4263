"""Official boundaries: read whole or refused whole, kept by their hash, drawn to fit."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, box, mapping

from commonweal.areas.facts import Area
from commonweal.areas.geometry import (
    BadBoundaries,
    Frame,
    Shape,
    adjacent,
    codes_touching,
    label_at,
    partition,
    read_shapes,
    simplified,
)
from commonweal.record.naming import Code
from commonweal.record.writing import Change
from commonweal_site.areas import boundaries

SHARED = Path(
    os.environ.get("COMMONWEAL_SHARED", Path(__file__).resolve().parents[2].parent / "shared")
)
FILES = {  # what each holds, from the table beside them
    "ctyua_2023": 153,
    "icb_2023": 42,
    "lsoa21_four_icbs": 4201,
    "ltla_2024": 296,
    "nhs_trusts_2022_points": 218,
    "nhser_2024": 7,
    "sicbl_2023": 106,
}
TERMS = {"scheme": "ONS", "vintage": "2023", "licence": "Open Government Licence v3.0"}


def square(x, y, size=1.0):
    return box(x, y, x + size, y + size)


def feature(code, geometry, **more):
    return {
        "type": "Feature",
        "properties": {"code": code, "name": f"Area {code}", **more},
        "geometry": mapping(geometry) if geometry is not None else None,
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def shared(name):
    file = SHARED / f"data/boundaries/{name}.geojson"
    assert file.exists(), (
        f"{file.name} is wanted: put the shared data beside the repository, or name its folder in "
        "COMMONWEAL_SHARED."
    )
    return file


def read(name):
    file = shared(name)
    return read_shapes(file.read_text(), file=file.name)


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "count"), FILES.items())
def test_every_published_file_is_read_and_every_area_is_sound(name, count):
    shapes = read(name)
    assert len(shapes) == count
    assert all(shape.geometry.is_valid for shape in shapes)
    assert all(re.fullmatch(r"[A-Z0-9]{3,9}", shape.code) for shape in shapes)


def test_points_are_read_but_it_is_said_that_they_have_no_border():
    shapes = read("nhs_trusts_2022_points")
    assert all(shape.is_point for shape in shapes)
    assert adjacent(shapes) == frozenset()
    assert "218 points can only be marked on a map" in boundaries.what_can_be_drawn(shapes)


def test_an_outline_that_crosses_itself_is_mended_and_said_to_be():
    said = boundaries.what_can_be_drawn(read("icb_2023"))
    assert said.startswith("42 areas can be drawn with their borders. 7 of them")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "the whole file: it is not JSON"),
        ('{"type": "Feature"}', "it is a GeoJSON Feature; give a FeatureCollection"),
        ("[]", "it is no GeoJSON"),
        (collection(), "it holds no features"),
        (collection(feature("A", None)), "feature 1: A is nothing; only polygons and points"),
        (collection(feature("", square(0, 51))), "feature 1: it has no “code”; it has code, name."),
        (
            collection(feature("A", square(0, 51)), feature("A", square(1, 51))),
            "code A stands on more than one feature",
        ),
        (
            collection(feature("A", square(400_000, 100_000))),
            "which is no longitude and latitude. Convert the file to WGS84",
        ),
        (
            json.dumps({"type": "FeatureCollection", "features": [{"properties": {"x": 1}}]}),
            "feature 1: no property looks like a code; it has x. Name the one to use.",
        ),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_file_feature_and_what_is_wrong(text, fault):
    with pytest.raises(BadBoundaries) as refused:
        read_shapes(text, file="bad.geojson")
    assert fault in str(refused.value)
    assert "bad.geojson, " in str(refused.value)


def test_every_fault_is_listed_not_only_the_first():
    text = collection(feature("A", None), feature("B", square(0, 51)), feature("", None))
    with pytest.raises(BadBoundaries) as refused:
        read_shapes(text, file="bad.geojson")
    assert len(refused.value.faults) == 2


def test_the_code_is_found_by_its_name_or_named():
    text = collection(feature("A", square(0, 51), icb23cd="B"))
    assert read_shapes(text, file="x")[0].code == "A"
    assert read_shapes(text, file="x", code_field="icb23cd")[0].code == "B"


# --- borders --------------------------------------------------------------------------------------


@given(st.integers(1, 5), st.integers(1, 5))
def test_in_a_grid_only_squares_that_share_an_edge_are_neighbours(wide, high):
    cells = [(x, y) for x in range(wide) for y in range(high)]
    shapes = [Shape(f"{x}-{y}", "", square(x / 10, 51 + y / 10, 0.1)) for x, y in cells]
    assert len(adjacent(shapes)) == wide * (high - 1) + high * (wide - 1)


def test_a_hair_gap_from_rounding_is_still_a_border_and_a_corner_is_not():
    shapes = [
        Shape("A", "", square(0, 51)),
        Shape("B", "", square(1.0001, 51)),
        Shape("C", "", square(1.0001, 52)),
    ]
    assert adjacent(shapes) == {("A", "B"), ("B", "C")}


def test_boards_border_on_the_boards_that_anyone_would_name():
    pairs = adjacent(read("icb_2023"))
    codes = {shape.name: shape.code for shape in read("icb_2023")}
    dorset = codes["NHS Dorset Integrated Care Board"]
    names = {code: name for name, code in codes.items()}
    near = {
        names[code].removeprefix("NHS ").removesuffix(" Integrated Care Board")
        for code in codes_touching(dorset, pairs)
    }
    assert near == {
        "Devon",
        "Somerset",
        "Hampshire and Isle of Wight",
        "Bath and North East Somerset, Swindon and Wiltshire",
    }


@pytest.mark.parametrize("name", ["icb_2023", "nhser_2024", "sicbl_2023"])
def test_england_is_divided_without_overlap_or_gap(name):
    found = partition(read(name))
    assert not found.overlaps
    assert not found.gaps


def test_an_overlap_and_a_gap_are_found_and_measured():
    ring = square(0, 51).difference(square(0.4, 51.4, 0.2))
    found = partition([Shape("A", "", ring), Shape("B", "", square(0.9, 51))])
    assert set(found.overlaps) == {("A", "B")}
    one_tenth = 0.1 * 111.2 * 111.2 * 0.6018  # of a degree by a degree, at 53 degrees north
    assert found.overlaps["A", "B"] == pytest.approx(one_tenth, rel=1e-3)
    assert found.gaps == pytest.approx([0.4 * one_tenth], rel=1e-3)


# --- drawing --------------------------------------------------------------------------------------


def test_simplifying_keeps_every_area_and_every_border_between_two():
    shapes = read("icb_2023")
    lighter = simplified(shapes, tolerance_km=2)
    assert [shape.code for shape in lighter] == [shape.code for shape in shapes]
    assert adjacent(lighter) == adjacent(shapes)
    assert not partition(lighter).overlaps
    points = [sum(len(part.exterior.coords) for part in shape.geometry.geoms) for shape in lighter]
    assert sum(points) < 6000


def test_an_area_smaller_than_the_tolerance_is_still_drawn():
    islet = Shape("A", "", MultiPolygon([square(-6, 50, 0.001)]))
    assert not simplified([islet], tolerance_km=5)[0].geometry.is_empty


@given(st.floats(-6, 1), st.floats(50, 55))
def test_every_spot_of_a_map_lies_inside_its_picture(x, y):
    frame = Frame((-6, 50, 1, 55), width=640)
    across, down = frame.at(x, y)
    assert 0 <= across <= 640
    assert 0 <= down <= frame.height


def test_north_is_up_and_east_is_right_and_a_degree_north_is_longer():
    frame = Frame((0, 50, 1, 51), width=640)
    assert frame.at(0, 51)[1] < frame.at(0, 50)[1]
    assert frame.at(0, 50)[0] < frame.at(1, 50)[0]
    assert frame.height > frame.width


def test_a_label_stands_inside_its_area():
    for shape in read("icb_2023"):
        assert shape.geometry.contains(Point(label_at(shape.geometry)))


# --- loading --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_loaded_file_is_on_record_with_its_terms_and_hash(book, tmp_path, name):
    made = boundaries.load(shared(name), directory=tmp_path, book=book, **TERMS)
    fact = book.snapshot(date(2023, 1, 1)).fact(made.entity)
    assert fact == made.fact
    assert fact.shapes == FILES[name]
    assert fact.licence == TERMS["licence"]
    kept = tmp_path / "boundaries" / f"{fact.sha256}.geojson"
    assert kept.read_bytes() == shared(name).read_bytes()


def test_loading_a_file_twice_writes_once(book, tmp_path):
    first = boundaries.load(shared("nhser_2024"), directory=tmp_path, book=book, **TERMS)
    head = book.head
    again = boundaries.load(shared("nhser_2024"), directory=tmp_path, book=book, **TERMS)
    assert not first.already
    assert again.already
    assert again.entity == first.entity
    assert book.head == head


def test_a_refused_file_leaves_neither_a_fact_nor_a_copy(book, tmp_path):
    bad = tmp_path / "bad.geojson"
    bad.write_text(collection(feature("A", square(0, 51)), feature("B", None)))
    with pytest.raises(BadBoundaries):
        boundaries.load(bad, directory=tmp_path, book=book, **TERMS)
    assert book.head.number == 0
    assert not (tmp_path / "boundaries").exists()


def test_an_area_gets_the_shape_of_the_code_it_has_on_the_day(book, tmp_path):
    area = "hampshire-and-isle-of-wight/area/system"
    code = "hampshire-and-isle-of-wight/code/ons"
    book.write(
        [
            Change("assert", area, Area(name="Hampshire and Isle of Wight", type="system")),
            Change(
                "assert", code, Code(of=area, type="ONS", code="E54000042"),
                date(2022, 7, 1), date(2026, 4, 1),
            ),
            Change(
                "assert", code, Code(of=area, type="ONS", code="E54000067"), date(2026, 4, 1)
            ),
        ],
        actor="Ann",
        reason="Codes",
    )  # fmt: skip
    boundaries.load(shared("icb_2023"), directory=tmp_path, book=book, **TERMS)

    def shape(day):
        return boundaries.shapes_of(book.snapshot(day), [area], tmp_path)

    assert shape(date(2026, 3, 31))[area].code == "E54000042"
    assert shape(date(2026, 4, 1)) == {}  # the file of 2023 does not know the code of 2026


def test_a_named_code_field_is_remembered_when_the_file_is_read_back(book, tmp_path):
    file = tmp_path / "two-codes.geojson"
    file.write_text(collection(feature("A", square(0, 51), old="Z")))
    boundaries.load(file, directory=tmp_path, book=book, code_field="old", **TERMS)
    assert list(boundaries.shapes_by_code(book.snapshot(date(2023, 1, 1)), tmp_path)) == ["Z"]


def test_a_file_loaded_again_with_another_column_of_codes_is_read_by_that_one(book, tmp_path):
    file = tmp_path / "two-codes.geojson"
    file.write_text(collection(feature("A", square(0, 51), old="Z")))
    first = boundaries.load(file, directory=tmp_path, book=book, **TERMS)
    again = boundaries.load(file, directory=tmp_path, book=book, code_field="old", **TERMS)
    assert (first.already, again.already, first.entity) == (False, False, again.entity)
    assert again.fact.code_field == "old"
    assert list(boundaries.shapes_by_code(book.snapshot(date(2023, 1, 1)), tmp_path)) == ["Z"]
    assert boundaries.load(
        file, directory=tmp_path, book=book, code_field="old", **TERMS
    ).already, "the very same file, read the same way, is not written again"


def test_of_two_vintages_the_later_draws_the_area(book, tmp_path):
    # The later vintage comes first by name and by order of loading.
    for name, vintage, west in (("a", "2024", 1), ("b", "2023", 0)):
        file = tmp_path / f"{name}.geojson"
        file.write_text(collection(feature("A", square(west, 51))))
        terms = {**TERMS, "vintage": vintage}
        boundaries.load(file, directory=tmp_path, book=book, **terms)
    shapes = boundaries.shapes_by_code(book.snapshot(date(2023, 1, 1)), tmp_path)
    assert shapes["A"].geometry.bounds[0] == 1


def test_a_file_that_has_gone_missing_is_named_and_draws_nothing(book, tmp_path):
    made = boundaries.load(shared("nhser_2024"), directory=tmp_path, book=book, **TERMS)
    (tmp_path / "boundaries" / f"{made.fact.sha256}.geojson").unlink()
    snapshot = book.snapshot(date(2023, 1, 1))
    assert boundaries.missing_files(snapshot, tmp_path) == (made.entity,)
    assert boundaries.shapes_by_code(snapshot, tmp_path) == {}
