"""What the OpenAPI document says of plans."""

from typing import Any

from . import (
    answer_pages,
    chain_pages,
    due_pages,
    heard_pages,
    involvement,
    near_me,
    regard_pages,
    story_pages,
)

type _Described = dict[str, Any]


def paths() -> _Described:
    """Every address at which plans are given as data."""
    return {
        "/{system}/plans.json": _get(
            "plans", "The plans of a system on a day", "plans", chain_pages.HEADS, "system"
        ),
        "/{system}/plans/due.json": _get(
            "plans_due", "What is due of the plans of a system, and by when", "due",
            due_pages.HEADS, "system",
        ),
        "/{system}/plan/{slug}/regard.json": _get(
            "regard", "Who bore a plan in mind, item by item, blanks included", "cells",
            regard_pages.HEADS, "system", "slug",
        ),
        "/{system}/area/{slug}/what-is-planned.json": _get(
            "what_is_planned", "What is planned for an area, and what is open for views", "planned",
            near_me.HEADS, "system", "slug",
        ),
        "/{system}/case/plan/{slug}.json": _get(
            "case", "The story of one matter in order of date; any kind may stand for plan",
            "chapters", story_pages.HEADS, "system", "slug",
        ),
        "/{system}/answers.json": _get(
            "answers", "Answers given once and used often", "answers", answer_pages.HEADS, "system"
        ),
        "/{system}/involvement.json": _get(
            "involvement", "How far people are involved, and who is not on record as asked",
            "measures", involvement.HEADS, "system",
        ),
        "/{system}/you-said-we-did.json": _get(
            "you_said_we_did", "What people said, and what was done", "heard",
            heard_pages.HEADS, "system",
        ),
    }  # fmt: skip


def _get(name: str, summary: str, rows: str, heads: list[str], *parts: str) -> _Described:
    """An address that gives rows under one name, each with these fields."""
    row = {"type": "object", "properties": {head: {} for head in heads}}
    answer = {
        "type": "object",
        "required": [rows],
        "properties": {rows: {"type": "array", "items": row}},
    }
    found = {"description": summary, "content": {"application/json": {"schema": answer}}}
    missing = {"description": "Nothing of that name is on record on the day"}
    inside = [
        {"name": part, "in": "path", "required": True, "schema": {"type": "string"}}
        for part in parts
    ]
    days = [{"$ref": f"#/components/parameters/{each}"} for each in ("as_at", "known")]
    return {
        "get": {
            "operationId": name, "summary": summary, "parameters": [*inside, *days],
            "responses": {"200": found, "404": missing},
        }
    }  # fmt: skip
