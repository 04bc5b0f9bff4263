"""What each source that can be asked is: a table that a person can read and mend."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import quote

import msgspec

from commonweal.record.errors import SpeakingError, did_you_mean


class UnknownConnector(SpeakingError):
    """No source of that name can be asked."""


class BadRequest(SpeakingError):
    """What is asked of a source lacks something, or has what it does not know."""


class Ask(msgspec.Struct, frozen=True, rename={"what": "is", "default": "else"}):
    """One thing that a person says when asking.

    like  the pattern that the whole of it fits
    """

    what: str
    like: str
    default: str | None = None


class Connector(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One source, and how it is asked.

    gives      what its answer is, which says what can be done with it
    source     of files: the name by which `outcomes import` knows them
    also       another source, of the same host, that says what the figures of this one are
    packed     whether a file comes alone in a zip file
    most_rows  as many rows as the source gives at once, at which an answer is cut off
    """

    title: str
    publisher: str
    about: str
    licence: str
    hosts: tuple[str, ...]
    address: str
    asks: dict[str, Ask]
    gives: Literal["csv", "metadata", "organisation", "boundaries"]
    source: str = ""
    also: str = ""
    packed: bool = False
    most_rows: int | None = None
    fresh_days: int

    @property
    def fresh_for(self) -> timedelta:
        return timedelta(days=self.fresh_days)

    def said(self, given: Mapping[str, str]) -> dict[str, str]:
        """What is asked, with what is taken for granted.

        raises  BadRequest, with every fault
        """
        faults = [
            f"It is not asked for {name!r}. {did_you_mean(name, list(self.asks))}"
            for name in given
            if name not in self.asks
        ]
        whole: dict[str, str] = {}
        for name, ask in self.asks.items():
            text = given.get(name, ask.default)
            if text is None:
                faults.append(f"Say --with {name}=…: {ask.what}.")
            elif not re.fullmatch(ask.like, text):
                faults.append(f"“{text}” is no {name}: {ask.what}.")
            else:
                whole[name] = text
        if faults:
            raise BadRequest("\n".join(faults))
        return whole

    def request(self, said: Mapping[str, str]) -> str:
        """The address to ask."""
        return self.address.format_map({name: quote(s, safe=",/") for name, s in said.items()})


@cache
def connectors() -> Mapping[str, Connector]:
    """Every source that can be asked, by name."""
    text = (files("commonweal_site.sources") / "connectors.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[str, Connector])


def connector(name: str) -> Connector:
    """The source of that name.

    raises  UnknownConnector
    """
    try:
        return connectors()[name]
    except KeyError:
        near = did_you_mean(name, list(connectors()))
        raise UnknownConnector(f"No source that can be asked is called {name!r}. {near}") from None
