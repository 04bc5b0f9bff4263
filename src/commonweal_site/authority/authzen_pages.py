"""Long answers of a search, page by page, with a token for the next.

A token is signed and holds the day, the instant and the head of the log, so that later pages are of
the same record as the first. Should less be shown by then, because something was struck out or
is no longer for publication, the search is refused and not carried on with a gap.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import msgspec
from django.core import signing
from django.http import QueryDict
from django.utils.http import urlencode

from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal_site.day import asked_day

from .asking import PUBLIC_ONLY
from .authzen_words import Malformed, When, has_only

A_PAGE, MOST = 100, 1000
"""As many results as a page has if nothing is asked for, and at most."""

_SALT = "authzen"

type Found = Callable[[Snapshot], tuple[list[Any], dict[str, Any]]]
"""Gives every result, and what the context of the first page says besides."""


class Token(msgspec.Struct, frozen=True, array_like=True):
    """Where to go on, in which record, and for which search."""

    after: int
    as_at: str
    known: str
    head: int
    asked: str
    results: str


def answered(given: dict[str, Any], when: When, found: Found) -> dict[str, Any]:
    """One page of what is found, and how to ask for the next.

    raises  Malformed
    """
    asked = _print({name: value for name, value in given.items() if name != "page"})
    token, limit = _page(given.get("page"))
    begun = _token(token, asked) if token else None
    snapshot = (_when(begun) if begun else when).snapshot()
    if begun and begun.head != snapshot.head:
        raise Malformed("The record was made anew since; begin the search again without a token.")
    try:
        results, more = found(snapshot)
    except Malformed:
        raise
    except SpeakingError as unknown:
        raise Malformed(str(unknown)) from None
    whole = _print(results)
    if begun and begun.results != whole:
        raise Malformed("Less may be shown than before; begin the search again without a token.")
    start = begun.after if begun else 0
    shown = results[start : start + limit]
    after = start + len(shown)
    day, known = snapshot.as_at.isoformat(), snapshot.known.isoformat()
    goes_on = Token(after, day, known, snapshot.head, asked, whole)
    return {
        "results": shown,
        "page": {
            "next_token": _signed(goes_on) if after < len(results) else "",
            "count": len(shown),
            "total": len(results),
        },
        "context": {
            "as_at": day,
            "known": known,
            "answered_from": PUBLIC_ONLY,
            **({} if begun else more),
        },
    }


def _page(page: object) -> tuple[str, int]:
    if page is None:
        return "", A_PAGE
    if not isinstance(page, dict):
        raise Malformed("“page” must be an object.")
    has_only(page, "“page”", ("token", "limit"), needed=())
    token, limit = page.get("token") or "", page.get("limit", A_PAGE)
    if not isinstance(token, str):
        raise Malformed("“page.token” must be the text that the page before gave as next_token.")
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
        raise Malformed("“page.limit” must be a whole number, not below nothing.")
    return token, min(limit, MOST)


def _print(data: Any) -> str:
    """A short mark of some data."""
    return sha256(msgspec.json.encode(data, order="sorted")).hexdigest()[:24]


def _signed(token: Token) -> str:
    return signing.dumps(msgspec.to_builtins(token), salt=_SALT)


def _token(text: str, asked: str) -> Token:
    try:
        found = msgspec.convert(signing.loads(text, salt=_SALT), Token)
    except (signing.BadSignature, msgspec.ValidationError, ValueError):
        raise Malformed("“page.token” is none that a page of ours gave; begin again.") from None
    if found.asked != asked:
        raise Malformed("“page.token” belongs to another search; ask that one, or begin again.")
    return found


def _when(token: Token) -> When:
    found = asked_day(QueryDict(urlencode({"as_at": token.as_at, "known": token.known})))
    return When(found.as_at, found.known)
