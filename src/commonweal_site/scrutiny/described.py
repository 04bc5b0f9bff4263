"""What the OpenAPI document says of scrutiny: what is owed, and what of it is overdue."""

from typing import Any

type _Described = dict[str, Any]

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_NUMBER = {"type": "integer"}
_NAMES = {"type": "array", "items": _TEXT}
_LIST = {"type": "array", "items": {"type": "object"}}
_STATES = [
    "not started", "running", "due today", "overdue", "met", "met late", "unknown", "no limit",
]  # fmt: skip


def _object(required: str, **properties: Any) -> _Described:
    return {"type": "object", "required": required.split(), "properties": properties}


def _json(schema: _Described) -> _Described:
    return {"application/json": {"schema": schema}}


def _part(name: str) -> _Described:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _get(name: str, summary: str, schema: str, *parameters: _Described) -> _Described:
    days = [{"$ref": f"#/components/parameters/{each}"} for each in ("as_at", "known")]
    answer = _json({"$ref": f"#/components/schemas/{schema}"})
    wrong = _json(_object("fault", fault=_TEXT))
    return {
        "get": {
            "operationId": name, "summary": summary, "parameters": [*parameters, *days],
            "responses": {
                "200": {"description": summary, "content": answer},
                "400": {"description": "What was wrong with the question", "content": wrong},
            },
        }
    }  # fmt: skip


def paths() -> _Described:
    """Every address of scrutiny that gives data."""
    asked = {"name": "system", "in": "query", "required": False, "schema": _TEXT,
             "description": "Only what is owed in this system."}  # fmt: skip
    part = _part("system")
    return {
        "/overdue.json": _get("overdue", "What is overdue over all systems", "Overdue", asked),
        "/{system}/scrutiny.json": _get(
            "scrutiny", "What was asked in a system, of whom, due when, and where it stands",
            "Scrutiny", part,
        ),
        "/{system}/who-does-what-in-scrutiny.json": _get(
            "scrutiny_roles", "Who does what when health services are scrutinised",
            "ScrutinyRoles", part,
        ),
        "/{system}/body/{committee}/year-of-scrutiny/{year}.json": _get(
            "year_of_scrutiny", "A year of a scrutiny committee: what it asked and what came of it",
            "YearOfScrutiny", part, _part("committee"), _part("year"),
        ),
        "/manual/scrutiny.json": {
            "get": {
                "operationId": "scrutiny_examples",
                "summary": "Worked examples of the clocks of scrutiny, each with its answer",
                "responses": {"200": {"description": "The examples", "content": _json(
                    {"type": "array", "items": {"type": "object"}})}},
            }
        },
    }  # fmt: skip


def schemas() -> _Described:
    """The shapes of what is answered."""
    owed = {"type": "array", "items": {"$ref": "#/components/schemas/Owed"}}
    return {
        "Owed": _object(
            "id kind what owed who to started due done state days_left rule source working "
            "invented as_at",
            id=_TEXT, kind=_TEXT, what=_TEXT, owed=_TEXT, who=_TEXT, to=_MAYBE, started=_MAYBE,
            due=_MAYBE, done=_MAYBE, state={"enum": _STATES},
            days_left={"type": ["integer", "null"]}, rule=_MAYBE, source=_MAYBE, working=_MAYBE,
            invented={"type": "boolean"}, as_at=_TEXT,
        ),
        "ScrutinyRoles": _object("system as_at roles", system=_TEXT, as_at=_TEXT, roles=_LIST),
        "YearOfScrutiny": _object(
            "committee year as_at summary recommendations requests reviews work_programme changes "
            "benefits",
            committee=_TEXT, year=_TEXT, as_at=_TEXT, summary=_TEXT, recommendations=_LIST,
            requests=_NAMES, reviews=_NAMES, work_programme=_NAMES, changes=_NAMES, benefits=_LIST,
        ),
        "Overdue": _object(
            "as_at count overdue milestones", as_at=_TEXT, count=_NUMBER, overdue=owed,
            milestones={"type": "array", "items": {"type": "object"}},
        ),
        "Scrutiny": _object(
            "system as_at count owed sections", system=_TEXT, as_at=_TEXT, count=_NUMBER,
            owed=owed, sections={"type": "object"},
        ),
    }  # fmt: skip
