"""What the OpenAPI document says of milestones, programmes and maturity."""

from typing import Any

from . import delivery, maturity

type _Described = dict[str, Any]

_TEXT = {"type": "string"}


def paths() -> _Described:
    """Every address at which delivery and maturity are given as data."""
    return {
        "/{system}/delivery.json": _get(
            "delivery", "The milestones and programmes of a system, as they stand on a day",
            {"answer": _TEXT, "milestones": _rows(delivery.HEADS),
             "programmes": _rows(["id", "name", "type", "parts", "milestones"])},
            "system",
        ),
        "/care-models.json": _get(
            "care_models", "Care models: where each was taken up, at what stage, to what effect",
            {"answer": _TEXT, "care_models": _rows(
                ["id", "name", "system", "invented", "purpose", "effects", "adopted"])},
        ),
        "/milestones.json": _get(
            "milestones", "Milestones of every system, and one milestone side by side in many",
            {"answer": _TEXT, "count": {"type": "integer"}, "milestones": _rows(delivery.HEADS),
             "side_by_side": _rows(["wider", "own"])},
        ),
        "/{system}/maturity.json": _get(
            "maturity", "The matrices of maturity of a system, with what was found in each cell",
            {"matrices": _rows(["id", "name", "answer", "cells", "recorded", "found", "levels"])},
            "system",
        ),
        "/{system}/body/{slug}/maturity.json": _get(
            "maturity_of_unit", "How far one unit has come; for an area, write area for body",
            {"answer": _TEXT, "cells": _rows(maturity.HEADS)}, "system", "slug",
        ),
    }  # fmt: skip


def _rows(heads: list[str]) -> _Described:
    row = {"type": "object", "properties": {head: {} for head in heads}}
    return {"type": "array", "items": row}


def _get(name: str, summary: str, fields: _Described, *parts: str) -> _Described:
    """An address that gives some fields, the day it was asked for among them."""
    fields = {"as_at": _TEXT, **fields}
    answer = {"type": "object", "required": list(fields), "properties": fields}
    inside = [{"name": part, "in": "path", "required": True, "schema": _TEXT} for part in parts]
    days = [{"$ref": f"#/components/parameters/{each}"} for each in ("as_at", "known")]
    found = {"description": summary, "content": {"application/json": {"schema": answer}}}
    missing = {"description": "Nothing of that name is on record on the day"}
    return {
        "get": {
            "operationId": name, "summary": summary, "parameters": [*inside, *days],
            "responses": {"200": found, "404": missing},
        }
    }  # fmt: skip
