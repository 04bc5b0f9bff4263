"""The one way to ask a source: only the hosts it names, only over https, and with manners.

What of the world is needed - sending, the clock, waiting, chance - is passed in, so that every rule
can be tried without a network.
"""

import hashlib
import http.client
import random
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from commonweal.record.errors import SpeakingError

from .answers import Answers, Kept


class CannotFetch(SpeakingError):
    """A source that gave no answer to be used; the text says why, and what to do."""


class NotAllowed(CannotFetch):
    """An address that the source's entry does not name."""


class NoAnswer(Exception):
    """Nothing came, or it broke off; the text says how."""


class Answer(NamedTuple):
    """What came: its status, its headers by lower-case name, and its content."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""


type Send = Callable[[str, Mapping[str, str], float, int], Answer]
"""Ask an address with headers, waiting so many seconds and reading so many bytes at most."""


class World(NamedTuple):
    """What asking needs of the world.

    ticks   seconds that only ever grow
    chance  from 0 to 1, so that many who failed together do not all come back together
    say     tells whoever waits why
    """

    send: Send
    now: Callable[[], datetime]
    ticks: Callable[[], float]
    wait: Callable[[float], None]
    chance: Callable[[], float]
    say: Callable[[str], object]


class Manners(NamedTuple):
    """How a source is asked.

    apart       seconds between two questions to one host, at least
    patience    seconds to wait for an answer
    tries       how often to ask before giving up
    first_wait  seconds before the second try; each later one waits twice as long
    longest     seconds that a try waits at most
    largest     bytes that are read at most
    """

    apart: float = 1
    patience: float = 60
    tries: int = 4
    first_wait: float = 2
    longest: float = 120
    largest: int = 500_000_000


ORDINARY = Manners()
_NAME = "commonweal (integrated care system record; public statistics only)"
_LATER = {429, 500, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}
_MOVES = 3
_UNCHANGED = 304
_SHOWN = 300


class Connection:
    """Asks the hosts of one source, and keeps what they answer."""

    def __init__(
        self,
        answers: Answers,
        hosts: Collection[str],
        world: World,
        manners: Manners = ORDINARY,
    ) -> None:
        self.answers = answers
        self.hosts = frozenset(hosts)
        self.world = world
        self.manners = manners
        self._asked: dict[str, float] = {}

    def get(self, address: str, *, fresh_for: timedelta, anew: bool = False) -> Kept:
        """The answer of an address: the one that is kept while it is fresh, or else a new one.

        anew    ask, however fresh the kept one is
        raises  NotAllowed; CannotFetch
        """
        self._allowed(address)
        before = self.answers.newest(address)
        now = self.world.now()
        if before and not anew and now - before.checked < fresh_for:
            return before
        answer = self._followed(address, _headers(before))
        if answer.status == _UNCHANGED and before:
            return self.answers.confirm(before, now)
        self._usable(address, answer)
        fresh = Kept(
            address=address, sha256=hashlib.sha256(answer.content).hexdigest(),
            size=len(answer.content), received=now, checked=now,
            media=answer.headers.get("content-type", ""), etag=answer.headers.get("etag", ""),
            modified=answer.headers.get("last-modified", ""),
        )  # fmt: skip
        return self.answers.keep(fresh, answer.content)

    def would(self, address: str, *, fresh_for: timedelta, anew: bool = False) -> dict[str, object]:
        """What `get` would do, with no question asked.

        raises  NotAllowed
        """
        self._allowed(address)
        before = self.answers.newest(address)
        fresh = bool(before and not anew and self.world.now() - before.checked < fresh_for)
        return {
            "method": "GET", "address": address, "ask": not fresh, "headers": _headers(before),
            "kept": before.checked.isoformat() if before else None,
        }  # fmt: skip

    def _allowed(self, address: str) -> None:
        parts = urlsplit(address)
        if (
            parts.scheme != "https"
            or parts.hostname not in self.hosts
            or parts.port
            or "@" in (parts.netloc)
        ):
            raise NotAllowed(
                f"{address} is not asked: this source is asked only over https, at "
                f"{', '.join(sorted(self.hosts))}."
            )

    def _followed(self, address: str, headers: Mapping[str, str]) -> Answer:
        """The answer at the end of its redirections, each of which must be allowed too."""
        at = address
        for _ in range(_MOVES + 1):
            answer = self._persisted(at, headers)
            if answer.status not in _MOVED:
                return answer
            at = urljoin(at, answer.headers.get("location", ""))
            self._allowed(at)
        raise CannotFetch(f"{address} sends us on more than {_MOVES} times. Look at the address.")

    def _persisted(self, address: str, headers: Mapping[str, str]) -> Answer:
        """The first answer that is not "later"; after as many tries as there are, no more."""
        why = ""
        for number in range(self.manners.tries):
            wait = 0.0
            try:
                answer = self._once(address, headers)
                if answer.status not in _LATER:
                    return answer
                why = f"it answered {answer.status}"
                wait = self._asked_to_wait(address, answer)
            except NoAnswer as nothing:
                why = str(nothing)
            if number + 1 < self.manners.tries:
                wait = max(wait, self._back_off(number))
                host = urlsplit(address).hostname
                self.world.say(f"No answer of {host} yet: {why}. Asking again in {wait:.0f} s.")
                self.world.wait(wait)
        kept = self.answers.newest(address)
        instead = ", or say --kept to use what was kept of it" if kept else ""
        raise CannotFetch(
            f"{address} gave no answer in {self.manners.tries} tries: {why}. Nothing was changed. "
            f"Try again later{instead}."
        )

    def _back_off(self, number: int) -> float:
        """Twice as long each time, and by chance between half of that and all of it."""
        whole = min(self.manners.first_wait * 2.0**number, self.manners.longest)
        return whole * (1 + self.world.chance()) / 2

    def _asked_to_wait(self, address: str, answer: Answer) -> float:
        said = answer.headers.get("retry-after", "").strip()
        if not said:
            return 0.0
        try:
            seconds = float(said) if said.isdigit() else self._until(said)
        except ValueError:
            return 0.0
        if seconds > self.manners.longest:
            raise CannotFetch(
                f"{address} asks to be left alone for {seconds:,.0f} seconds. Come back then."
            )
        return seconds

    def _until(self, said: str) -> float:
        until: timedelta = parsedate_to_datetime(said) - self.world.now()
        return until.total_seconds()

    def _once(self, address: str, headers: Mapping[str, str]) -> Answer:
        """One question, no sooner after the last to the same host than manners allow."""
        host = urlsplit(address).hostname or ""
        if host in self._asked:
            early = self._asked[host] + self.manners.apart - self.world.ticks()
            if early > 0:
                self.world.wait(early)
        self._asked[host] = self.world.ticks()
        manners = self.manners
        answer = self.world.send(address, headers, manners.patience, manners.largest)
        if len(answer.content) > manners.largest:
            raise CannotFetch(f"{address} is larger than {manners.largest:,} bytes; not taken.")
        length = answer.headers.get("content-length", "")
        if length.isdigit() and answer.content and len(answer.content) < int(length):
            raise NoAnswer(f"it broke off after {len(answer.content):,} of {int(length):,} bytes")
        return answer

    def _usable(self, address: str, answer: Answer) -> None:
        if answer.status == http.client.NOT_FOUND:
            raise CannotFetch(
                f"There is nothing at {address} (404). Look whether the source has moved it, or "
                "whether a number or code in it is wrong."
            )
        if answer.status != http.client.OK:
            said = answer.content[:_SHOWN].decode(errors="replace")
            raise CannotFetch(f"{address} answered {answer.status}: {said}")
        begins = answer.content[:_SHOWN].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        if begins.startswith((b"<!doctype html", b"<html")):
            raise CannotFetch(
                f"{address} gave a web page in place of data. Open it in a browser: it may have "
                "moved, be closed for maintenance, or stand behind a notice of the network."
            )
        if not answer.content:
            raise CannotFetch(f"{address} answered with nothing in it.")


def _headers(before: Kept | None) -> dict[str, str]:
    said = {"User-Agent": _NAME, "Accept-Encoding": "identity"}
    if before and before.etag:
        said["If-None-Match"] = before.etag
    if before and before.modified:
        said["If-Modified-Since"] = before.modified
    return said


# --- the real world ----------------------------------------------------------------------------


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Where a source sends us on to is looked at first, by `Connection`."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def send(address: str, headers: Mapping[str, str], patience: float, largest: int) -> Answer:
    """One question over the network.

    raises  NoAnswer
    """
    opener = urllib.request.build_opener(_StayHere)
    # The scheme and the host were tried by `Connection`.
    request = urllib.request.Request(address, headers=dict(headers))  # noqa: S310 - tried before
    try:
        with opener.open(request, timeout=patience) as came:
            return _answer(came.status, came.headers, came.read(largest + 1))
    except urllib.error.HTTPError as said:
        with said:
            return _answer(said.code, said.headers, said.read(largest + 1))
    except http.client.IncompleteRead as broken:
        raise NoAnswer(f"it broke off after {len(broken.partial):,} bytes") from None
    except (OSError, http.client.HTTPException) as nothing:
        raise NoAnswer(str(getattr(nothing, "reason", nothing)) or "nothing came") from None


def _answer(status: int, headers: Message, content: bytes) -> Answer:
    return Answer(status, {name.lower(): said for name, said in headers.items()}, content)


def real_world() -> World:
    """The network, this machine's clock, and chance."""
    return World(
        send=send, now=lambda: datetime.now(UTC), ticks=time.monotonic, wait=time.sleep,
        chance=random.random, say=lambda text: sys.stderr.write(f"{text}\n"),
    )  # fmt: skip
