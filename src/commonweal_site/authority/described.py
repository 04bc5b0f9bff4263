"""What the OpenAPI document says of questions of authority."""

from typing import Any

type _Described = dict[str, Any]

_TEXT = {"type": "string"}
_MAYBE_TEXT = {"type": ["string", "null"]}
_PENCE = {"type": ["integer", "null"], "minimum": 0}
_NAMES = {"type": "array", "items": _TEXT}


def _object(required: str, **properties: Any) -> _Described:
    return {"type": "object", "required": required.split(), "properties": properties}


def _closed(required: str, **properties: Any) -> _Described:
    return {**_object(required, **properties), "additionalProperties": False}


def _ref(name: str) -> _Described:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: _Described) -> _Described:
    return {"application/json": {"schema": schema}}


# --- addresses -----------------------------------------------------------------------------------


def paths() -> _Described:
    """Every address at which a question of authority is asked."""
    return {
        "/who-decides.json": _asked(
            "who_decides", "Who may decide something, with a proof for each", "WhoMay", _QUESTION
        ),
        "/who-decides/may.json": _asked(
            "may_decide", "Whether one body, post or seat may decide something", "AuthorityAnswer",
            [_box("holder", "Who: an identifier or a name.", required=True), *_QUESTION],
        ),
        "/who-decides/over-time.json": _asked(
            "answers_over_time", "The days on which the answer changes", "Turns", _QUESTION
        ),
        "/{system}/body/{slug}/powers.json": _asked(
            "powers", "What a body may decide; for a post, write post in place of body", "Powers",
            [_part("system"), _part("slug")],
        ),
        "/manual/who-decides.json": _plain(
            "manual", "Questions of authority that sources settle, each with its answer", "Settled"
        ),
        "/who-decides/verify.json": _put("verify", "Check a proof", "Proof", "Verified"),
        "/access/v1/evaluation": _put(
            "access_evaluation", "May this holder decide that? (AuthZEN 1.0)",
            "AccessQuestion", "AccessDecision",
        ),
        "/access/v1/evaluations": _put(
            "access_evaluations", "The same for many questions (AuthZEN 1.0)",
            "AccessQuestions", "AccessDecisions",
        ),
        "/access/v1/search/subject": _put(
            "search_subject", "Who may decide that? (AuthZEN 1.0)", "AccessSearch", "AccessFound"
        ),
        "/access/v1/search/resource": _put(
            "search_resource", "What may this holder decide? (AuthZEN 1.0)",
            "AccessSearch", "AccessFound",
        ),
        "/access/v1/search/action": _put(
            "search_action", "What may this holder do with that? (AuthZEN 1.0)",
            "AccessSearch", "AccessFound",
        ),
        "/.well-known/authzen-configuration": {
            "get": {
                "operationId": "authzen_configuration",
                "summary": "Where these questions are asked",
                "responses": {"200": {"description": "The addresses", "content": _json(
                    {"type": "object", "additionalProperties": _TEXT})}},
            }
        },
    }  # fmt: skip


def _box(name: str, about: str, *, required: bool = False) -> _Described:
    return {
        "name": name, "in": "query", "required": required, "description": about, "schema": _TEXT,
    }  # fmt: skip


_QUESTION = [
    _box("function", "What is to be decided: an identifier or a name.", required=True),
    _box("area", "For where: an identifier or a name.", required=True),
    _box("amount", "How much, in pounds."),
    _box("money", "revenue or capital."),
    _box("urgent", "yes, if it cannot wait for a meeting."),
    _box("so_far", "Spent already this year or on this matter, in pounds."),
    _box("budget", "Left in the approved budget, in pounds."),
]


def _part(name: str) -> _Described:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _asked(name: str, summary: str, schema: str, parameters: list[_Described]) -> _Described:
    day = [{"$ref": f"#/components/parameters/{each}"} for each in ("as_at", "known")]
    wrong = _json(_object("fault", fault=_TEXT))
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [*parameters, *day],
            "responses": {
                "200": {"description": summary, "content": _json(_ref(schema))},
                "400": {"description": "What was wrong with the question", "content": wrong},
            },
        }
    }


def _plain(name: str, summary: str, schema: str) -> _Described:
    """An address at which nothing is asked: each thing there has its own day."""
    known = {"$ref": "#/components/parameters/known"}
    answer = {"200": {"description": summary, "content": _json(_ref(schema))}}
    return {
        "get": {
            "operationId": name, "summary": summary, "parameters": [known], "responses": answer,
        }
    }  # fmt: skip


def _put(name: str, summary: str, sent: str, answered: str) -> _Described:
    return {
        "post": {
            "operationId": name,
            "summary": summary,
            "requestBody": {"required": True, "content": _json(_ref(sent))},
            "responses": {
                "200": {"description": summary, "content": _json(_ref(answered))},
                "400": {
                    "description": "What was wrong, in one sentence",
                    "content": {"text/plain": {"schema": _TEXT}},
                },
            },
        }
    }


# --- shapes --------------------------------------------------------------------------------------


def schemas() -> _Described:
    """The shapes of questions and answers."""
    answers = {"type": "array", "items": _ref("AuthorityAnswer")}
    misses = {"type": "array", "items": {"type": "object"}}
    return {
        "AuthorityAnswer": _object(
            "outcome holder function area as_at known because",
            outcome={"enum": ["allowed", "refused", "cannot tell"]},
            holder=_TEXT, function=_TEXT, area=_TEXT, amount_pence=_PENCE, ceiling_pence=_PENCE,
            as_at=_TEXT, known=_TEXT, because=_TEXT, accountable=_NAMES, liable=_NAMES,
            consult=_NAMES, inform=_NAMES, conditions=_NAMES, excepts=_NAMES, steps=_NAMES,
            misses=misses, answered_from=_TEXT, proof={"oneOf": [_ref("Proof"), {"type": "null"}]},
        ),
        "WhoMay": _object(
            "answer answered_from allowed cannot_tell nearest", answer=_TEXT, answered_from=_TEXT,
            allowed=answers, cannot_tell=answers, nearest=misses,
        ),
        "Turns": _object(
            "function area as_at known changes", function=_TEXT, area=_TEXT, amount_pence=_PENCE,
            as_at=_TEXT, known=_TEXT, answered_from=_TEXT,
            changes={"type": "array", "items": {"type": "object"}},
        ),
        "Powers": _object(
            "holder as_at known powers", holder=_TEXT, as_at=_TEXT, known=_TEXT, powers=answers
        ),
        "Settled": {
            "type": "array",
            "items": _object(
                "chapter day question expected answer because settled_by ask_again",
                chapter=_TEXT, day=_TEXT, question=_TEXT, expected=_TEXT, answer=_TEXT,
                because=_TEXT, settled_by=_TEXT, ask_again=_TEXT,
            ),
        },
        "Proof": _object(
            "engine rules day known question outcome rows hash", engine=_TEXT, rules=_TEXT,
            day=_TEXT, known=_TEXT, question={"type": "object"}, outcome=_TEXT,
            rows={"type": "object"}, hash=_TEXT,
        ),
        "Verified": _object(
            "accepted because", accepted={"type": "boolean"}, because=_TEXT, as_at=_MAYBE_TEXT,
            known=_MAYBE_TEXT,
        ),
        **_access_schemas(),
    }  # fmt: skip


def _access_schemas() -> _Described:
    subject = {"enum": ["body", "post", "seat"]}
    about = _closed(
        "area", area=_TEXT, amount_pence=_PENCE, so_far_pence=_PENCE, budget_pence=_PENCE,
        money={"enum": ["revenue", "capital", None]}, urgent={"type": ["boolean", "null"]},
    )  # fmt: skip
    resource = _closed("type", type={"const": "function"}, id=_TEXT, properties=about)
    parts = {
        "subject": _closed("type", type=subject, id=_TEXT, properties={"type": "object"}),
        "action": _closed("name", name={"const": "decide"}, properties={"type": "object"}),
        "resource": resource,
        "context": _closed("", as_at=_TEXT, known=_TEXT, time=_TEXT),
    }
    context = _object("", answered_from=_TEXT)
    decision = _object("decision", decision={"type": "boolean"}, context=context)
    options = _closed(
        "", evaluations_semantic={"enum": [
            "execute_all", "deny_on_first_deny", "permit_on_first_permit"]},
    )  # fmt: skip
    count = {"type": "integer", "minimum": 0}
    return {
        "AccessQuestion": _closed("subject action resource", **parts),
        "AccessQuestions": _closed(
            "", **parts, options=options,
            evaluations={"type": "array", "maxItems": 100, "items": {"type": "object"}},
        ),
        "AccessSearch": _closed(
            "subject resource", **parts, page=_closed("", token=_TEXT, limit=count)
        ),
        "AccessDecision": decision,
        "AccessDecisions": _object(
            "", evaluations={"type": "array", "items": decision}, decision={"type": "boolean"}
        ),
        "AccessFound": _object(
            "results page", results={"type": "array", "items": {"type": "object"}},
            page=_object("next_token", next_token=_TEXT, count=count, total=count),
            context=context,
        ),
    }  # fmt: skip
