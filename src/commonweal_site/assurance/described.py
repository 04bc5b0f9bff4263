"""What the OpenAPI document says of risks, oversight and evidence."""

from typing import Any

type _Described = dict[str, Any]

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_NUMBER = {"type": "integer"}
_PERHAPS = {"type": ["integer", "null"]}
_COST = {"type": ["number", "null"]}


def _object(required: str, **properties: Any) -> _Described:
    return {"type": "object", "required": required.split(), "properties": properties}


def _many(schema: str) -> _Described:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}


def _get(name: str, summary: str, schema: str, **asked: str) -> _Described:
    part = {"name": "system", "in": "path", "required": True, "schema": _TEXT}
    more = [
        {"name": name, "in": "query", "description": about, "schema": _TEXT}
        for name, about in asked.items()
    ]
    days = [{"$ref": f"#/components/parameters/{each}"} for each in ("as_at", "known")]
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    told = {"200": {"description": summary, "content": answer}}
    return {
        "get": {
            "operationId": name, "summary": summary, "parameters": [part, *more, *days],
            "responses": told,
        }
    }  # fmt: skip


def paths() -> _Described:
    """Every address of assurance that gives data."""
    replays = _get("replays", "Bodies that ended, and what they left behind that day", "Replays")
    del replays["get"]["parameters"][0]  # it is of no one system
    return {
        "/drill/replays.json": replays,
        "/{system}/risks.json": _get(
            "risks",
            "The risks of a system, and which are above what is accepted",
            "Risks",
            held_by="Only those on the register of this body.",
            only="above: only those above.",
        ),
        "/{system}/assurance-framework.json": _get(
            "assurance_framework",
            "Each objective, where it stands and why, and its risks",
            "AssuranceFramework",
        ),
        "/{system}/issues.json": _get(
            "issues",
            "What went wrong, where each issue has stopped, and the recovery plans",
            "Issues",
        ),
        "/{system}/who-oversees-whom.json": _get(
            "oversight", "Who oversees whom, what it costs, and what is asked twice", "Overseen"
        ),
        "/{system}/evidence-library.json": _get(
            "evidence", "Evidence for reviewers by theme, and themes without any", "Library"
        ),
        "/{system}/complexity.json": _get(
            "complexity",
            "Bodies, overlaps and hand-offs of each function",
            "Complexity",
            body="Bodies that become one; one alone ends.",
            then="A day to set beside the one shown, such as 2022-07-01.",
        ),
    }


def schemas() -> _Described:
    """The shapes of what is answered."""
    asked = {"type": "array", "items": {"type": "object"}}
    return {
        "Replays": _object("as_at changes ended", as_at=_TEXT, changes=asked, ended=asked),
        "Risk": _object(
            "id name held_by current accepts above_appetite movement as_at",
            id=_TEXT, name=_TEXT, held_by=_TEXT, objective=_MAYBE, owner=_MAYBE,
            inherent=_PERHAPS, current=_PERHAPS, target=_PERHAPS, accepts=_PERHAPS,
            above_appetite={"type": ["boolean", "null"]},
            movement={"enum": ["worse", "better", "the same", "new", "not scored"]},
            before=_PERHAPS, open_actions=_NUMBER, lines_missing=_TEXT, as_at=_TEXT,
        ),
        "Risks": _object(
            "system as_at count above_appetite risks", system=_TEXT, as_at=_TEXT, count=_NUMBER,
            above_appetite=_NUMBER, risks=_many("Risk"),
        ),
        "Objective": _object(
            "id name stands because risks", id=_MAYBE, name=_TEXT, stands=_TEXT, because=_TEXT,
            risks={"type": "array", "items": {
                "allOf": [
                    {"$ref": "#/components/schemas/Risk"},
                    _object(
                        "cause event effect controls gaps assurances actions", cause=_MAYBE,
                        event=_MAYBE, effect=_MAYBE, appetite=_MAYBE, controls=asked,
                        gaps={"type": "array", "items": _TEXT}, assurances=asked, actions=asked,
                    ),
                ]
            }},
        ),
        "AssuranceFramework": _object(
            "system as_at summary objectives", system=_TEXT, as_at=_TEXT, summary=_TEXT,
            objectives=_many("Objective"),
        ),
        "IssueStanding": _object(
            "id name held_by open missing as_at", id=_TEXT, name=_TEXT, held_by=_TEXT,
            owner=_MAYBE, raised=_MAYBE, closed=_MAYBE, open={"type": "boolean"}, found_by=_TEXT,
            risk=_MAYBE, recovery=_MAYBE, missing=_MAYBE, as_at=_TEXT,
        ),
        "Recovery": _object(
            "id name service of runs stands story asks", id=_TEXT, name=_TEXT, service=_TEXT,
            of=_TEXT, runs={"type": "boolean"}, stands=_TEXT, story=asked, asks=asked,
        ),
        "Issues": _object(
            "system as_at count issues recovery_plans", system=_TEXT, as_at=_TEXT, count=_NUMBER,
            issues=_many("IssueStanding"), recovery_plans=_many("Recovery"),
        ),
        "OverseenBy": _object(
            "id name by of as_at", id=_TEXT, name=_TEXT, by=_TEXT, of=_TEXT, on=_TEXT,
            times_a_year=_PERHAPS, hours=_COST, hours_a_year=_COST, asks=_TEXT, as_at=_TEXT,
        ),
        "Overseen": _object(
            "system as_at count oversight hours asked_twice", system=_TEXT, as_at=_TEXT,
            count=_NUMBER, oversight=_many("OverseenBy"), hours=asked, asked_twice=asked,
            assessments=asked,
        ),
        "HeldEvidence": _object(
            "id name asker theme freshness as_at", id=_TEXT, name=_TEXT, asker=_TEXT, theme=_TEXT,
            freshness={"enum": ["fresh", "gone stale", "not stated"]}, on=_MAYBE,
            fresh_until=_MAYBE, owner=_MAYBE, document=_MAYBE, as_at=_TEXT,
        ),
        "Library": _object(
            "system as_at count evidence missing", system=_TEXT, as_at=_TEXT, count=_NUMBER,
            evidence=_many("HeldEvidence"), missing=asked,
            gone_stale={"type": "array", "items": _TEXT},
            answers_several={"type": "array", "items": _TEXT},
        ),
        "Complexity": _object(
            "system as_at now after functions", system=_TEXT, as_at=_TEXT,
            now=_object(
                "bodies overlaps hand_offs hours_a_year", bodies=_NUMBER, overlaps=_NUMBER,
                hand_offs=_NUMBER, hours_a_year={"type": "number"},
            ),
            after={"type": ["object", "null"]}, then=_MAYBE, functions=asked,
        ),
    }  # fmt: skip
