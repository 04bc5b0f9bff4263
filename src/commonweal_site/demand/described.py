"""What the OpenAPI document says of demand."""

from typing import Any

from .flow_pages import CALCULATORS

type _Described = dict[str, Any]

_TEXT = {"type": "string"}
_ROWS = {"type": "array", "items": {"type": "object"}}
_THING = {"type": "object"}
_MAYBE = {"type": ["object", "null"]}
_LOOK = {
    "area": "Only this area or group, as the inputs call it.",
    "type": "This type of activity, as the inputs call it.",
    "year": "This year.",
}
_CHANGED = " Any assumption may be changed by its own word, as on the page: home-as-soon-as-fit=50."


def paths() -> _Described:
    """Every address at which demand is given as data."""
    one = "/{system}/demand/{slug}"
    return {
        "/{system}/demand.json": _get(
            "scenarios", "The scenarios of a system, each with its answer",
            {"system": _TEXT, "count": {"type": "integer"}, "scenarios": _ROWS}, "system",
        ),
        f"{one}.json": _get(
            "scenario", f"What a scenario comes to.{_CHANGED}",
            {"answer": _TEXT, "changed": {"type": "array", "items": _TEXT}, "made_with": _THING,
             "futures": _ROWS, "capacity": _ROWS, "why": _THING}, "system", "slug", asked=_LOOK,
        ),
        "/{system}/demand/compare.json": _get(
            "compare_scenarios", "Two scenarios side by side, future by future",
            {"one": _TEXT, "other": _TEXT, "differences": _ROWS}, "system",
            asked={"one": "The first scenario.", "other": "The second."},
        ),
        f"{one}/run.json": _get(
            "run_of_scenario", f"How a run stands, and what it came to once it is whole.{_CHANGED}",
            {"key": _TEXT, "standing": _TEXT, "result": _MAYBE}, "system", "slug",
            asked={"draws": "How many futures.", "seed": "The same one gives the same figures."},
        ),
        f"{one}/views.json": _get(
            "views_on_scenario", "What those asked think of each assumption, and what pools them",
            {"views": _ROWS, "pooled": _THING}, "system", "slug",
        ),
        f"{one}/assumptions.json": _get(
            "assumptions_of_scenario", "The book of a scenario's assumptions",
            {"title": _TEXT, "blocks": _ROWS}, "system", "slug",
        ),
        **{
            f"/{{system}}/demand/flow/{word}.json": _get(
                f"flow_{word.replace('-', '_')}", f"{tool.title}: {tool.says}",
                {"answer": _TEXT, "given": _THING, "working": {"type": "array", "items": _TEXT}},
                "system",
            )
            for word, tool in CALCULATORS.items()
        },
    }  # fmt: skip


def _get(
    name: str,
    summary: str,
    holds: _Described,
    *parts: str,
    asked: dict[str, str] | None = None,
) -> _Described:
    """An address with what its answer holds; what cannot be worked out is said as a fault."""
    inside = [
        {"name": part, "in": "path", "required": True, "schema": _TEXT} for part in parts
    ]  # fmt: skip
    put = [
        {"name": part, "in": "query", "description": says, "schema": _TEXT}
        for part, says in (asked or {}).items()
    ]
    days = [{"$ref": f"#/components/parameters/{each}"} for each in ("as_at", "known")]
    wrong = {"type": "object", "required": ["fault"], "properties": {"fault": _TEXT}}
    return {
        "get": {
            "operationId": name, "summary": summary, "parameters": [*inside, *put, *days],
            "responses": {
                "200": _answer(summary, {
                    "type": "object", "required": list(holds), "properties": holds}),
                "400": _answer("What cannot be worked out, and why", wrong),
                "404": {"description": "Not on record on the day, or it cannot be run here"},
            },
        }
    }  # fmt: skip


def _answer(says: str, schema: _Described) -> _Described:
    return {"description": says, "content": {"application/json": {"schema": schema}}}
