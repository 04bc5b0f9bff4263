"""The questions over HTTP in the shapes of AuthZEN's Authorization API 1.0 (OpenID, January 2026).

A subject is a body, post or seat; the one action is to decide; a resource is a function, with the
area and the amount among its properties. The day and the instant stand in the context. The
decision is true for "allowed" alone: both "refused" and "cannot tell" are false, and the context
says which. Everybody is answered like the public, as the context says too: no cookie is looked at
and nothing is written, which is also why no token against forged requests is asked for.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from commonweal.authority.answers import may, who_may
from commonweal.authority.search import Question
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal_site.pages import as_json

from . import asking, authzen_pages
from .authzen_words import (
    Malformed,
    asked_of,
    asked_when,
    has_only,
    holder_of,
    part,
    subject_type,
    what_of,
)

MOST_BYTES = 64 * 1024
"""As long as a request may be."""

MOST_EVALUATIONS = 100
"""As many questions as one request may put."""

_SEMANTICS = {"execute_all": None, "deny_on_first_deny": False, "permit_on_first_permit": True}
"""By what the caller asks for: the decision after which no more questions are answered."""

_LONGEST_ID = 256

type _Answering = Callable[[dict[str, Any]], dict[str, Any]]


def _spoken(answering: _Answering) -> Callable[[HttpRequest], HttpResponse]:
    """A view that reads a request's JSON object and writes what is answered, or one sentence."""

    @csrf_exempt
    @wraps(answering)
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return _marked(request, HttpResponse(status=204))
        try:
            said = msgspec.json.encode(answering(_read(request)))
            answer = HttpResponse(said, content_type="application/json")
        except Malformed as wrong:
            answer = HttpResponse(
                str(wrong), status=wrong.status, content_type="text/plain; charset=utf-8"
            )
            if wrong.status == 405:  # noqa: PLR2004  # HTTP's own number
                answer.headers["Allow"] = "POST, OPTIONS"
        return _marked(request, answer)

    return view


def _marked(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with the caller's own mark on it, open to pages of any site."""
    mark = request.headers.get("X-Request-ID", "")
    if mark and len(mark) <= _LONGEST_ID and mark.isascii() and mark.isprintable():
        answer.headers["X-Request-ID"] = mark
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Allow-Methods"] = "POST, OPTIONS"
    answer.headers["Access-Control-Allow-Headers"] = "Content-Type, X-Request-ID"
    answer.headers["Access-Control-Expose-Headers"] = "X-Request-ID"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _read(request: HttpRequest) -> dict[str, Any]:
    if request.method != "POST":
        raise Malformed("Questions are put here by POST, with a JSON object.", status=405)
    if request.content_type != "application/json":
        raise Malformed("Send the question as JSON: Content-Type: application/json.", status=415)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Malformed(f"A request may have {MOST_BYTES:,} bytes and no more.", status=413)
    try:
        given = msgspec.json.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed("The request is no JSON that can be read.") from None
    if not isinstance(given, dict):
        raise Malformed("The request must be a JSON object.")
    return given


# --- evaluations ---------------------------------------------------------------------------------

_QUESTION = ("subject", "action", "resource", "context")


def _evaluated(given: dict[str, Any]) -> dict[str, Any]:
    """The decision on one question, with the reasons as its context.

    What is not on record is a decision too, and false: nobody may act on it.
    """
    snapshot, holder, question = _understood(given)
    try:
        holder = holder_of(snapshot, given["subject"], holder)
        answer = may(snapshot, holder, what_of(snapshot, question))
    except SpeakingError as unknown:
        return _failed(404, str(unknown))
    return {
        "decision": answer.outcome == "allowed",
        "context": {**asking.answer_json(snapshot, answer), "answered_from": asking.PUBLIC_ONLY},
    }


def _understood(given: dict[str, Any]) -> tuple[Snapshot, str, Question]:
    has_only(given, "The question", _QUESTION, needed=_QUESTION[:3])
    holder = subject_type(given, with_id=True)
    asked_of(given)
    question = part(given["resource"])
    return asked_when(given).snapshot(), holder, question


def _failed(status: int, message: str) -> dict[str, Any]:
    return {"decision": False, "context": {"error": {"status": status, "message": message}}}


@_spoken
def evaluation(given: dict[str, Any]) -> dict[str, Any]:
    """May this holder decide that?"""
    return _evaluated(given)


@_spoken
def evaluations(given: dict[str, Any]) -> dict[str, Any]:
    """The same for many questions, answered in their order; what they share stands once."""
    has_only(given, "The request", (*_QUESTION, "evaluations", "options"), needed=())
    stops_at = _semantics(given.get("options"))
    every = given.get("evaluations")
    shared = {name: given[name] for name in _QUESTION if name in given}
    if every is None or every == []:
        return _evaluated(shared)
    if not isinstance(every, list) or len(every) > MOST_EVALUATIONS:
        raise Malformed(f"“evaluations” must be a list of at most {MOST_EVALUATIONS} questions.")
    return {"evaluations": list(_until(stops_at, shared, every))}


def _semantics(options: object) -> str:
    if options is None:
        return "execute_all"
    if not isinstance(options, dict):
        raise Malformed("“options” must be an object.")
    has_only(options, "“options”", ("evaluations_semantic",), needed=())
    wanted = options.get("evaluations_semantic", "execute_all")
    if not isinstance(wanted, str) or wanted not in _SEMANTICS:
        raise Malformed(f"“evaluations_semantic” must be one of: {', '.join(_SEMANTICS)}.")
    return wanted


def _until(semantic: str, shared: dict[str, Any], every: list[Any]) -> Iterable[dict[str, Any]]:
    last = _SEMANTICS[semantic]
    for each in every:
        said = _one_of_many(shared, each)
        stops = last is not None and said["decision"] is last
        if stops:
            said["context"]["reason"] = semantic
        yield said
        if stops:
            return


def _one_of_many(shared: dict[str, Any], own: Any) -> dict[str, Any]:
    if not isinstance(own, dict):
        return _failed(400, "Each of the evaluations must be an object.")
    try:
        return _evaluated(shared | own)
    except Malformed as wrong:
        return _failed(wrong.status, str(wrong))


# --- searches ------------------------------------------------------------------------------------


@_spoken
def search_subject(given: dict[str, Any]) -> dict[str, Any]:
    """Who may decide that? Every body, or every post, and apart those of whom it cannot be told."""
    has_only(given, "The search", (*_QUESTION, "page"), needed=_QUESTION[:3])
    subject_type(given, with_id=False, kinds=("body", "post"))
    asked_of(given)
    kind, question = given["subject"]["type"], part(given["resource"])

    def found(snapshot: Snapshot) -> tuple[list[Any], dict[str, Any]]:
        said = who_may(snapshot, what_of(snapshot, question), misses=False)
        ours, unsure = (
            [_entity(snapshot, kind, name) for name in sorted(each.holder for each in every)
             if name.split("/")[1] == kind]
            for every in (said.allowed, said.cannot_tell)
        )  # fmt: skip
        return ours, {"cannot_tell": unsure}

    return authzen_pages.answered(given, asked_when(given), found)


@_spoken
def search_resource(given: dict[str, Any]) -> dict[str, Any]:
    """What may this holder decide there? Every function, the narrower ones too."""
    has_only(given, "The search", (*_QUESTION, "page"), needed=_QUESTION[:3])
    holder = subject_type(given, with_id=True)
    asked_of(given)
    question = part(given["resource"], with_id=False)

    def found(snapshot: Snapshot) -> tuple[list[Any], dict[str, Any]]:
        return (
            [
                _entity(snapshot, "function", function)
                for function in asking.decidable(
                    snapshot, holder_of(snapshot, given["subject"], holder),
                    what_of(snapshot, question, function=False),
                )
            ],
            {},
        )  # fmt: skip

    return authzen_pages.answered(given, asked_when(given), found)


@_spoken
def search_action(given: dict[str, Any]) -> dict[str, Any]:
    """What may this holder do with that? Decide it, or nothing."""
    has_only(given, "The search", ("subject", "resource", "context", "page"),
             needed=("subject", "resource"))  # fmt: skip
    holder, question = subject_type(given, with_id=True), part(given["resource"])

    def found(snapshot: Snapshot) -> tuple[list[Any], dict[str, Any]]:
        who = holder_of(snapshot, given["subject"], holder)
        answer = may(snapshot, who, what_of(snapshot, question))
        names = [{"name": "decide"}] if answer.outcome == "allowed" else []
        return names, {"outcome": answer.outcome, "because": answer.because}

    return authzen_pages.answered(given, asked_when(given), found)


def _entity(snapshot: Snapshot, kind: str, name: str) -> dict[str, Any]:
    return {"type": kind, "id": name, "properties": {"name": snapshot.name(name)}}


# --- what there is -------------------------------------------------------------------------------


def configuration(request: HttpRequest) -> HttpResponse:
    """Where each of these is asked."""
    here = request.build_absolute_uri("/").rstrip("/")
    endpoints = {
        f"{name}_endpoint": f"{here}/access/v1/{path}"
        for name, path in (
            ("access_evaluation", "evaluation"),
            ("access_evaluations", "evaluations"),
            ("search_subject", "search/subject"),
            ("search_resource", "search/resource"),
            ("search_action", "search/action"),
        )
    }
    answer = as_json({"policy_decision_point": here, **endpoints})
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
