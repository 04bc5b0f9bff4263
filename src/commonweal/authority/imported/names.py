"""Whom and what a scheme means: texts matched to functions, bodies and posts on record."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Literal, NamedTuple

from commonweal.areas.facts import Area
from commonweal.authority.facts import Function
from commonweal.bodies.facts import Body, Post
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words

LEFT_OUT = "nothing"
"""What somebody settles a text to that means nobody and nothing."""

LAW = "england"
"""The system of what the law says, whose functions belong to everybody."""

_SEVERAL, _CUTOFF = 3, 0.6

What = Literal["function", "holder", "area"]


class Past(NamedTuple):
    """A body or post that is on record on other days only, half-open."""

    entity: str
    names: tuple[str, ...]
    begins: date
    ends: date


class Found(NamedTuple):
    """What a text means.

    entity   empty: nobody, or nobody that is known
    because  why it cannot be told; empty if it can, or if it was settled to mean nothing
    near     identifiers that may be meant
    """

    entity: str = ""
    because: str = ""
    near: tuple[str, ...] = ()


class Settled(NamedTuple):
    """What somebody has said that texts mean: an identifier, or “nothing”."""

    functions: Mapping[str, str] = {}
    holders: Mapping[str, str] = {}
    areas: Mapping[str, str] = {}


class Names:
    """The functions and holders that a scheme of one system may mean on a day.

    giver  the body whose scheme it is: “the board” means it
    past   those on record on other days only, to say so of them
    """

    def __init__(
        self,
        snapshot: Snapshot,
        system: str,
        *,
        giver: str,
        settled: Settled,
        past: Iterable[Past] = (),
    ) -> None:
        self.snapshot, self.system, self.giver = snapshot, system, giver
        self._past: dict[str, list[Past]] = {}
        for each in past:
            for name in each.names:
                self._past.setdefault(alike(name), []).append(each)
        self._known: dict[What, dict[str, list[str]]] = {
            "function": _index(snapshot, snapshot.all(Function)),
            "holder": _index(snapshot, {**snapshot.all(Body), **snapshot.all(Post)}),
        }
        self._known["area"] = _index(snapshot, snapshot.all(Area))
        self._settled: dict[What, dict[str, str]] = {
            "area": {alike(text): to for text, to in settled.areas.items()},
            "function": {alike(text): to for text, to in settled.functions.items()},
            "holder": {alike(text): to for text, to in settled.holders.items()},
        }
        self._found: dict[tuple[What, str], Found] = {}

    def is_one(self, what: What, text: str) -> bool:
        """Whether a text names one or more, or was settled to."""
        found = self.find(what, text)
        return bool(found.entity) or text_is(found, "ambiguous") or self.left_out(what, text)

    def left_out(self, what: What, text: str) -> bool:
        """Whether a text was settled to mean nothing."""
        return self._settled[what].get(alike(text)) == LEFT_OUT

    def find(self, what: What, text: str) -> Found:
        """What a text means."""
        key = (what, alike(text))
        if key not in self._found:
            self._found[key] = self._find(what, text.strip())
        return self._found[key]

    def _find(self, what: What, text: str) -> Found:
        if settled := self._settled[what].get(alike(text)):
            return self._as_settled(what, settled)
        known = self._known[what]
        found = known.get(alike(text), [])
        if not found and text.count("/") == 2 and self.snapshot.get(text):  # noqa: PLR2004 - the dashes of an identifier
            found = [text]
        own = [each for each in found if each.startswith(f"{self.system}/")]
        found = own or [each for each in found if each.startswith(f"{LAW}/")] or found
        if len(found) == 1:
            return Found(found[0])
        if found:
            return Found("", f"ambiguous: {len(found)} on record are so called. Say which.",
                         tuple(found[:_SEVERAL * 2]))  # fmt: skip
        if what == "holder" and alike(text) in {"board", "icb board", "governing body"}:
            return Found(self.giver)
        return self._unknown(what, text)

    def _as_settled(self, what: What, entity: str) -> Found:
        if entity == LEFT_OUT:
            return Found()
        kinds = ("body", "post") if what == "holder" else (what,)
        if entity.split("/")[1:2] and entity.split("/")[1] in kinds and self.snapshot.get(entity):
            return Found(entity)
        return Found(
            "", f"it was settled to mean {entity}, which is no {' or '.join(kinds)} on record on "
            f"{day_in_words(self.snapshot.as_at)}.", self._near(what, entity.rsplit("/", 1)[-1]),
        )  # fmt: skip

    def _unknown(self, what: What, text: str) -> Found:
        for each in self._past.get(alike(text), ()):
            if what == "holder":
                return Found("", _when(each, self.snapshot.as_at), self._near(what, text))
        noun = "body or post" if what == "holder" else what
        because = f"no {noun} on record is so called. Say which is meant, or that none is."
        return Found("", because, self._near(what, text))

    def _near(self, what: What, text: str) -> tuple[str, ...]:
        known = self._known[what]
        close = get_close_matches(alike(text), list(known), n=_SEVERAL, cutoff=_CUTOFF)
        return tuple(dict.fromkeys(entity for name in close for entity in known[name]))[:_SEVERAL]


def text_is(found: Found, word: str) -> bool:
    """Whether a text was not understood for a reason that begins so."""
    return found.because.startswith(word)


def _when(past: Past, day: date) -> str:
    if past.ends <= day:
        return (
            f"it is on record only until {day_in_words(past.ends)}, so nothing can be passed on to "
            f"it from {day_in_words(day)}."
        )
    return (
        f"it is on record only from {day_in_words(past.begins)}, so nothing can be passed on to it "
        f"from {day_in_words(day)}."
    )


def _index(snapshot: Snapshot, facts: Mapping[str, Fact]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entity, fact in facts.items():
        for name in _names(snapshot, fact):
            entities = found.setdefault(alike(name), [])
            if entity not in entities:
                entities.append(entity)
    return found


def _names(snapshot: Snapshot, fact: Fact) -> Iterator[str]:
    yield fact.label(snapshot.name)
    for alias in fact.other_names():
        yield alias.name


_SMALL = re.compile(r"^(?:the|to)\s+", re.IGNORECASE)


def alike(text: str) -> str:
    """A name as it is compared: small letters and digits, without “the” or “to” before it.

    >>> alike("The Audit & Risk Committee")
    'audit and risk committee'
    """
    plain = text.lower().replace("&", " and ").replace("'", "").replace("’", "")
    return _SMALL.sub("", " ".join(re.findall(r"\w+", plain)))
