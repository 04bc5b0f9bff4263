"""What the OpenAPI document says of outcomes: figures, scorecards and what is getting worse."""

from typing import Any

type _Described = dict[str, Any]

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_NUMBER = {"type": ["number", "null"]}
_ROWS = {"type": "array", "items": {"type": "object"}}


def _object(required: str, **properties: Any) -> _Described:
    return {"type": "object", "required": required.split(), "properties": properties}


def _part(name: str) -> _Described:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _box(name: str, about: str) -> _Described:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": _TEXT}


_OF = [_part("system"), _part("slug")]
_CHOICE = [
    _box("area", "An area with figures: an identifier, or the last part of it."),
    _box("sex", "persons, female or male, where there are figures of each."),
    _box("age", "As the source of the figures puts it."),
]


def _get(name: str, summary: str, schema: str, parameters: list[_Described]) -> _Described:
    days = [{"$ref": f"#/components/parameters/{each}"} for each in ("as_at", "known")]
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    wrong = {"application/json": {"schema": _object("fault", fault=_TEXT)}}
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
    """Every address of outcomes that gives data."""
    return {
        "/{system}/indicator/{slug}/figures.json": _get(
            "figures", "Every area and period of an indicator, after disclosure control", "Figures",
            [*_OF, *_CHOICE],
        ),
        "/{system}/indicator/{slug}/variation.json": _get(
            "variation", "Which areas differ by more than chance explains", "Variation",
            [*_OF, *_CHOICE],
        ),
        "/{system}/area/{slug}/outcomes.json": _get(
            "scorecard_of_area", "How an area does by every indicator", "AreaScorecard", _OF
        ),
        "/worse-and-getting-worse.json": _get(
            "worse", "What is worse than England and getting worse, over all real systems",
            "Worsening", [],
        ),
        "/{system}/worse-and-getting-worse.json": _get(
            "worse_in_system", "The same in one system", "Worsening", [_part("system")]
        ),
    }  # fmt: skip


def schemas() -> _Described:
    """The shapes of what is answered."""
    whole = {"type": ["integer", "null"]}
    line = _object(
        "indicator name value compared course state worse_and_getting_worse", indicator=_TEXT,
        name=_TEXT, stage=_TEXT, period=_TEXT, figure=_TEXT, value=_NUMBER, lower_95=_NUMBER,
        upper_95=_NUMBER, state_of_figure=_TEXT, compared=_TEXT, beside=_TEXT, course=_TEXT,
        trend=_MAYBE, signal=_MAYBE, gap=_TEXT, state=_TEXT, because=_TEXT,
        worse_and_getting_worse={"type": "boolean"},
    )  # fmt: skip
    return {
        "Figures": _object("indicator areas series", indicator=_TEXT, areas=_ROWS, series=_ROWS),
        "Variation": _object("indicator as_at units", indicator=_TEXT, as_at=_TEXT, units=_ROWS),
        "AreaScorecard": _object(
            "area name as_at measures", area=_TEXT, name=_TEXT, as_at=_TEXT, known=_MAYBE,
            revision=whole, beside=_TEXT, measures={"type": "array", "items": line},
        ),
        "Worsening": _object(
            "system as_at judged found", system=_MAYBE, as_at=_TEXT, revision=whole,
            judged={"type": "integer"}, with_a_figure={"type": "integer"},
            indicators_without_figures={"type": "integer"}, found=_ROWS,
        ),
    }  # fmt: skip
