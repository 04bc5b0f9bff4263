"""Proofs checked for whoever holds one: pasted into a page, or sent as JSON.

What is checked is whether the proof answers its own question on the public record of its own day
and instant. Nothing is written, so no token against forged requests is asked for.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from commonweal.authority.proof import check_proof
from commonweal.authority.search import Question
from commonweal.authority.verifier import Rejected
from commonweal.record.errors import RecordError
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.pages import as_json, page, wants
from commonweal_site.record import shelf
from commonweal_site.words import capital, moment

from . import boxes

MOST_CHARACTERS = 200_000
"""As long as a proof may be."""


class Checked(NamedTuple):
    """What came of checking a proof.

    said  one sentence: what it proves, or why it does not
    """

    accepted: bool
    said: str
    day: str = ""
    known: str = ""


@csrf_exempt
def verify(request: HttpRequest) -> HttpResponse:
    """The box for a proof, and what came of it."""
    data = request.content_type == "application/json"
    text = _sent(request, as_data=data) if request.method == "POST" else ""
    checked = check(text) if text else None
    if wants(request) != "html" or data:
        if checked is None:
            return as_json({"fault": "Send a proof by POST, as a JSON object."}, status=400)
        return as_json(
            {"accepted": checked.accepted, "because": checked.said,
             "as_at": checked.day or None, "known": checked.known or None}
        )  # fmt: skip
    return page(
        request, "authority/verify.jinja", "Check a proof", plain=True,
        checked=checked, text=text, missing=request.method == "POST" and not text,
    )  # fmt: skip


def _sent(request: HttpRequest, *, as_data: bool) -> str:
    if int(request.META.get("CONTENT_LENGTH") or 0) > 4 * MOST_CHARACTERS:
        return "x" * (MOST_CHARACTERS + 1)
    if as_data:
        return request.body.decode("utf-8", errors="replace").strip()
    return request.POST.get("proof", "").strip()


def check(text: str) -> Checked:
    """Check a proof written as JSON."""
    if len(text) > MOST_CHARACTERS:
        return _refused(f"It is longer than {MOST_CHARACTERS:,} characters: no proof of ours.")
    try:
        proof = msgspec.json.decode(text)
        asked = dict(proof["question"])
        holder = asked.pop("holder")
        question = msgspec.convert(asked, Question)
        day, known = date.fromisoformat(proof["day"]), datetime.fromisoformat(proof["known"])
        whole = known.tzinfo is not None and isinstance(holder, str)
    except _UNREADABLE:
        whole = False
    if not whole:
        return _refused("It is no proof that can be read: copy it whole, from brace to brace.")
    if min(question.amount or 0, question.so_far or 0, question.budget or 0) < 0:
        return _refused("It is about an amount below nothing.")
    return _checked(shelf.SHELF.snapshot(day, known), proof, holder, question)


_UNREADABLE = (
    msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError, RecursionError,
    OverflowError,
)  # fmt: skip


def _refused(because: str, day: str = "", known: str = "") -> Checked:
    return Checked(accepted=False, said=because, day=day, known=known)


def _checked(
    snapshot: Snapshot, proof: dict[str, Any], holder: str, question: Question
) -> Checked:  # fmt: skip
    day, known = proof["day"], proof["known"]
    if snapshot.known.isoformat() != known:
        return _refused("It is pinned to an instant at which nothing was recorded here.", day)
    try:
        check_proof(snapshot, proof, holder, question)
        return Checked(accepted=True, said=_proved(snapshot, proof, holder, question), day=day,
                       known=known)  # fmt: skip
    except (Rejected, RecordError) as wrong:
        said = str(wrong).rstrip(".")
        return _refused(f"{capital(said)}.", day, known)
    except _UNREADABLE:
        return _refused("A step of it cannot be followed.", day, known)


def _proved(snapshot: Snapshot, proof: dict[str, Any], holder: str, question: Question) -> str:
    """What an accepted proof proves, in one sentence."""
    who, what = snapshot.name(holder), boxes.in_words(snapshot, question)
    said = {
        "allowed": f"{who} may decide on {what}",
        "refused": f"{who} may not decide on {what}",
    }.get(proof["outcome"], f"It cannot be told whether {who} may decide on {what}")
    day = day_in_words(snapshot.as_at)
    return f"{said}, on {day}, as the record stood on {moment(snapshot.known)}."
