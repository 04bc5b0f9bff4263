"""The record as it lies before one officer: cut to what they may see, and asked for by name."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from commonweal.record.errors import UnknownEntity
from commonweal.record.facts import Fact
from commonweal.record.identifiers import ID_PATTERN, a, identifier
from commonweal.record.kinds import Kind
from commonweal.record.snapshot import Snapshot
from commonweal.record.writing import Live, Version
from commonweal_site.record import shelf
from commonweal_site.record.book import Book
from commonweal_site.record.lives import lives
from commonweal_site.record.search import index
from commonweal_site.viewer import Viewer

_OFFERED = 300
"""How many names a box offers, at most; the search page finds the rest."""

_FOUND = 30


class Desk:
    """The record on a day, as one officer may see it."""

    def __init__(self, viewer: Viewer, day: date) -> None:
        self.viewer = viewer
        self.day = day
        self.shelf = shelf.SHELF

    @property
    def book(self) -> Book:
        """The whole record, nothing cut: for writing, never for showing."""
        return self.shelf.book

    @cached_property
    def snapshot(self) -> Snapshot:
        return self.on(self.day)

    def on(self, day: date) -> Snapshot:
        """The record on another day, cut the same way."""
        return self.shelf.snapshot(day, systems=self.viewer.systems)

    # --- what they may see ----------------------------------------------------------------------

    @property
    def _kinds(self) -> Mapping[str, Kind]:
        return self.snapshot.vocabulary.kinds

    def sees(self, entity: str) -> bool:
        """Whether an entity is on record, on any day, for this officer."""
        if self.snapshot.get(entity) is not None:
            return True
        return bool(lives(self.shelf, self.snapshot, entity, self.viewer.systems))

    def may_know(self, entity: str, fact: Fact) -> bool:
        """Whether they may see what a version says, or once said."""
        if self.viewer.may_read(entity):
            return True
        kind = self.snapshot.vocabulary.kind_of(entity)
        return not fact.exempt and all(self.sees(each.entity) for each in kind.references(fact))

    def live(self, entity: str) -> Live:
        """An entity as it stands.

        raises  UnknownEntity, in the same words whether it is not there or not for them to see
        """
        live = self.book.live(entity)
        decode = self.snapshot.vocabulary.kind_of(entity).decode
        seen = [each for each in live.versions if self.may_know(entity, decode(each.content))]
        if not seen and (live.versions or not self._once_known(entity)):
            raise UnknownEntity(self._unknown(entity))
        return live._replace(versions=seen)

    def _once_known(self, entity: str) -> bool:
        """Whether it was on record once, and all of that is theirs to see."""
        decode = self.snapshot.vocabulary.kind_of(entity).decode
        history = self.book.history(entity)
        return bool(history) and all(
            self.may_know(entity, decode(each.content)) for each in history
        )

    def _unknown(self, entity: str) -> str:
        try:
            self.snapshot.fact(entity)
        except UnknownEntity as unknown:
            return str(unknown)
        return f"Nothing is on record as {entity}."

    def saw(self, entity: str) -> bool:
        """Whether an entity is on record for this officer, or was before it was withdrawn."""
        try:
            self.live(entity)
        except UnknownEntity:
            return False
        return True

    def hides(self, version: Version) -> bool:
        """Whether a version is not for them to see."""
        fact = self.snapshot.vocabulary.kind_of(version.entity).decode(version.content)
        return not self.may_know(version.entity, fact)

    def fit(self, words: str) -> str:
        """A sentence with the identifiers taken out that they may not see."""
        hidden = {
            match[0] for match in ID_PATTERN.finditer(words)
            if identifier(match[0]).kind in self._kinds
            and self.book.exists(match[0]) and not self.sees(match[0])
        }  # fmt: skip
        for each in sorted(hidden, key=len, reverse=True):
            words = words.replace(each, "a fact that is not for publication")
        return words

    # --- finding by name ------------------------------------------------------------------------

    def resolve(self, text: str, kinds: tuple[str, ...]) -> str:
        """The identifier that a text means: itself, a web address of ours, or a name of one entity.

        raises  ValueError with a sentence to show beside the box
        """
        given = text.strip().strip("/")
        wanted = a(" or ".join(kinds)) if kinds else "something on record"
        if ID_PATTERN.fullmatch(given):
            if kinds and identifier(given).kind not in kinds:
                raise ValueError(f"‘{given}’ is {a(identifier(given).kind)}; name {wanted}.")
            if not self.sees(given):
                raise ValueError(f"‘{given}’ is not on record. {self._near(given, kinds)}")
            return given
        named = [
            each for each in self._hits(given, kinds)
            if any(given.casefold() == name.casefold() for name in self.names(each))
        ]  # fmt: skip
        if len(named) == 1:
            return named[0]
        if named:
            raise ValueError(
                f"Several are called ‘{given}’: {', '.join(named[:4])}. Give the identifier of one."
            )
        raise ValueError(f"Nothing on record is called ‘{given}’. {self._near(given, kinds)}")

    def _near(self, text: str, kinds: tuple[str, ...]) -> str:
        near = self._hits(text.rsplit("/", 1)[-1].replace("-", " "), kinds)[:3]
        if not near:
            return "Use Find to look for it by name."
        return f"Did you mean {' or '.join(near)}?"

    def names(self, entity: str) -> Iterator[str]:
        """Every name of an entity on the day."""
        yield self.snapshot.name(entity)
        if fact := self.snapshot.get(entity):
            yield from (alias.name for alias in fact.other_names())

    def _hits(self, text: str, kinds: tuple[str, ...]) -> list[str]:
        hits = [hit.entity for hit in index(self.snapshot).find(text)]
        return [each for each in hits if not kinds or identifier(each).kind in kinds]

    def find(self, text: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
        """Identifiers and names that fit a text, the best first."""
        return [(each, self.snapshot.name(each)) for each in self._hits(text, kinds)[:_FOUND]]

    def offered(self, kinds: tuple[str, ...], system: str) -> list[tuple[str, str]]:
        """Identifiers and names that a box offers: those of the system first."""
        names = [
            name for kind in kinds or ("area", "body") for name in self.snapshot.of_kind(kind)
        ]  # fmt: skip
        names.sort(key=lambda each: (not each.startswith(f"{system}/"), each))
        return [(each, self.snapshot.name(each)) for each in names[:_OFFERED]]

    def name(self, entity: str) -> str:
        """What an entity is called on the day, or was when it was last on record."""
        if self.snapshot.get(entity) is None and entity.split("/")[1] in self._kinds:
            decode = self.snapshot.vocabulary.kind_of(entity).decode
            for past in reversed(self.book.history(entity)):
                fact = decode(past.content)
                if self.may_know(entity, fact):
                    return fact.label(self.snapshot.name)
        return self.snapshot.name(entity)

    @cached_property
    def systems(self) -> list[str]:
        """Systems they may change, of those on record."""
        known = {
            name.split("/", 1)[0]
            for kind in self.snapshot.vocabulary
            for name in self.snapshot.of_kind(kind.name)
        }
        return sorted(each for each in known if self.viewer.may_propose(f"{each}/"))
