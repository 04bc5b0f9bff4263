"""What the OpenAPI document says of choosing providers."""

from typing import Any

from .choosing_questions import QUESTIONS, SUMS

type _Described = dict[str, Any]

_TEXT = {"type": "string"}
_NAMES = {"type": "array", "items": _TEXT}
_DAYS = [{"$ref": f"#/components/parameters/{each}"} for each in ("as_at", "known")]


def _get(name: str, summary: str, schema: _Described, parameters: list[_Described]) -> _Described:
    wrong = {"type": "object", "required": ["fault"], "properties": {"fault": _TEXT}}
    answers = {"200": (summary, schema), "400": ("What was wrong with the question", wrong)}
    return {
        "get": {
            "operationId": name, "summary": summary, "parameters": [*parameters, *_DAYS],
            "responses": {
                code: {"description": said, "content": {"application/json": {"schema": shape}}}
                for code, (said, shape) in answers.items()
            },
        }
    }  # fmt: skip


def _asked(name: str, says: str, schema: _Described) -> _Described:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": says}


def paths() -> _Described:
    """The two addresses that give data."""
    yes_or_no = {"enum": ["yes", "no", ""]}
    asked = [_asked(each.name, each.asks, yes_or_no) for each in QUESTIONS]
    sums = [_asked(each.name, each.asks, _TEXT) for each in SUMS]
    answer = {
        "type": "object",
        "required": "on answer open unsettled rule source processes".split(),
        "properties": {
            "on": _TEXT, "answer": _TEXT, "open": _NAMES, "unsettled": _NAMES, "rule": _TEXT,
            "source": _TEXT, "processes": {"type": "array", "items": {"type": "object"}},
        },
    }  # fmt: skip
    chosen = {
        "type": "object",
        "required": ["system", "as_at", "chosen"],
        "properties": {
            "system": _TEXT, "as_at": _TEXT,
            "chosen": {"type": "array", "items": {"type": "object"}},
        },
    }  # fmt: skip
    system = {"name": "system", "in": "path", "required": True, "schema": _TEXT}
    return {
        "/which-process.json": _get(
            "which_process", "Which process chooses a provider of health care, and why",
            answer, [*asked, *sums],
        ),
        "/{system}/choosing-providers.json": _get(
            "choosing_providers", "How providers were chosen in a system, and rules broken",
            chosen, [system],
        ),
    }  # fmt: skip
