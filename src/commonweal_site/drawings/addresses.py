"""Where the links of a drawing lead."""

from typing import NamedTuple, Protocol
from urllib.parse import urlencode


class Addresses(Protocol):
    """Gives the address of what a drawing shows; nothing, if it is to be no link."""

    def entity(self, entity: str) -> str | None:
        """The page of an entity, by its identifier."""

    def system(self, system: str) -> str | None:
        """The page of a system, by its slug."""

    def listing(self, system: str, kind: str, type_: str) -> str | None:
        """The page that lists a system's entities of a kind and type."""


class SiteAddresses(NamedTuple):
    """The addresses of this site.

    query  what every link keeps, such as the day: `as_at=2022-05-01`
    """

    query: str = ""

    def entity(self, entity: str) -> str:
        return self._with(f"/{entity}")

    def system(self, system: str) -> str:
        return self._with(f"/{system}/")

    def listing(self, system: str, kind: str, type_: str) -> str:
        return self._with(f"/{system}/{kind}/", urlencode({"type": type_}))

    def _with(self, path: str, more: str = "") -> str:
        query = "&".join(part for part in (more, self.query) if part)
        return f"{path}?{query}" if query else path
