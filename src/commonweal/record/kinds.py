"""The kinds of fact, read from their types: how to store them, what they name and mean."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from .errors import UnknownKind, did_you_mean
from .facts import Fact
from .garbage import without_collecting
from .identifiers import identifier, slug


class Reference(NamedTuple):
    """A field of a fact that names another entity."""

    field: str
    entity: str
    kinds: tuple[str, ...]


class Field(NamedTuple):
    """What a field means, for forms, schemas and documentation."""

    name: str
    title: str
    description: str
    type: inspect.Type
    required: bool
    refers_to: tuple[str, ...] | None


type Named = dict[tuple[str, ...], set[str]]
"""The entities that facts name, by the kinds that they must be of."""

type _Gatherer = Callable[[Any, Named], None]
"""Adds what a value names. A bulk load asks millions of times, so no iterators here."""


def _gatherer(shape: inspect.Type) -> _Gatherer | None:
    """How to gather what a value of this shape names; None where it names nothing."""
    plain, extra = _inside(shape)
    if (kinds := extra.get("refers_to")) is not None:
        return lambda value, named: named[kinds].add(value)
    if isinstance(plain, inspect.VarTupleType) and (inner := _gatherer(plain.item_type)):

        def gather_each(values: Any, named: Named) -> None:
            for value in values:
                inner(value, named)

        return gather_each
    return _struct_gatherer(plain) if isinstance(plain, inspect.StructType) else None


def _names_nothing(value: Any, named: Named) -> None:
    del value, named


def _struct_gatherer(shape: inspect.StructType) -> _Gatherer | None:
    gatherers = [(each.name, inner) for each in shape.fields if (inner := _gatherer(each.type))]
    if not gatherers:
        return None

    def gather(value: Any, named: Named) -> None:
        for name, inner in gatherers:
            if found := getattr(value, name):
                inner(found, named)

    return gather


type _Reader = Callable[[Any, list[Reference]], None]
"""Adds the references in a value to a list."""


def _metadata(shape: inspect.Type) -> tuple[inspect.Type, dict[str, Any], dict[str, Any]]:
    """A type without its wrapper, its words and its extras."""
    if isinstance(shape, inspect.Metadata):
        return shape.type, shape.extra_json_schema or {}, shape.extra or {}
    return shape, {}, {}


def _inside(shape: inspect.Type) -> tuple[inspect.Type, dict[str, Any]]:
    """A type without its wrapper and without its being optional, and its extras."""
    plain, _, extra = _metadata(shape)
    if isinstance(plain, inspect.UnionType):
        some = [each for each in plain.types if not isinstance(each, inspect.NoneType)]
        if len(some) == 1:
            inner, _, more = _metadata(some[0])
            return inner, more | extra
    return plain, extra


def _one(field: str, kinds: tuple[str, ...]) -> _Reader:
    def read(value: Any, found: list[Reference]) -> None:
        found.append(Reference(field, value, kinds))

    return read


def _each(read_one: _Reader) -> _Reader:
    def read(values: Any, found: list[Reference]) -> None:
        for value in values:
            read_one(value, found)

    return read


def _reader(field: str, shape: inspect.Type) -> _Reader | None:
    """How to find the references in a value of this shape; None where there are none."""
    plain, extra = _inside(shape)
    if "refers_to" in extra:
        return _one(field, extra["refers_to"])
    if isinstance(plain, inspect.VarTupleType) and (inner := _reader(field, plain.item_type)):
        return _each(inner)
    if isinstance(plain, inspect.StructType):
        return _struct_reader(plain)
    return None


def _struct_reader(shape: inspect.StructType) -> _Reader | None:
    readers = [
        (each.name, read) for each in shape.fields if (read := _reader(each.name, each.type))
    ]
    if not readers:
        return None

    def read_all(value: Any, found: list[Reference]) -> None:
        for name, read in readers:
            if inner := getattr(value, name):
                read(inner, found)

    return read_all


class Kind:
    """One kind of fact: its type, and all that is read from it."""

    def __init__(self, room: str, type_: type[Fact]) -> None:
        self.room = room
        self.type = type_
        self.name = type_.kind
        self.plural = type_.plural
        # A fact from its stored form. No method around it: a bulk load asks a million times.
        self.decode: Callable[[str | bytes], Fact] = msgspec.json.Decoder(type_).decode
        self.finds_faults = (type_.faults, type_.faults_as) != (Fact.faults, Fact.faults_as)
        self._many = msgspec.json.Decoder(list[type_])  # type: ignore[valid-type]  # a runtime type

    def decode_many(self, contents: str | bytes) -> list[Fact]:
        """Facts from a JSON array of stored forms, in one go."""
        with without_collecting():
            return self._many.decode(contents)

    @cached_property
    def file(self) -> str:
        """The name of its file in a pack."""
        return f"{slug(self.plural)}.yaml"

    @cached_property
    def summary(self) -> str:
        """What a fact of this kind says, in a sentence or two."""
        return re.sub(r"\s+", " ", (self.type.__doc__ or "").strip())

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Its fields: its own first, then those that every fact has, sources last."""
        shared = list(Fact.__struct_fields__)
        return tuple(
            sorted(
                fields_of(self.type),
                key=lambda field: shared.index(field.name) if field.name in shared else -1,
            )
        )

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The values of its field `type`, if it has one."""
        for field in self.fields:
            if field.name == "type":
                plain, _, _ = _metadata(field.type)
                return (
                    tuple(map(str, plain.values)) if isinstance(plain, inspect.LiteralType) else ()
                )
        return ()

    def type_named(self, words: str) -> str:
        """The value of `type` that a person means by `words`, acronym included.

        raises  UnknownKind, with the nearest names
        """
        wanted = slug(words)
        for value in self.types:
            initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", value) if word != "of")
            if wanted in {slug(value), initials.lower()}:
                return value
        raise UnknownKind(
            f"No kind of {self.name} is called '{words}'. {did_you_mean(words, self.types)}"
        )

    def type_of_thing(self, words: str) -> str | None:
        """The type that words name, if facts of this kind are things with a name of their own."""
        if "name" not in self.type.__struct_fields__:
            return None
        try:
            return self.type_named(words)
        except UnknownKind:
            return None

    @cached_property
    def _references(self) -> _Reader | None:
        shape = inspect.type_info(self.type)
        return _struct_reader(shape) if isinstance(shape, inspect.StructType) else None

    def references(self, fact: Fact) -> list[Reference]:
        """Every other entity that a fact names, its documents included."""
        found: list[Reference] = []
        if self._references:
            self._references(fact, found)
        return found

    @cached_property
    def gather(self) -> _Gatherer:
        """Adds every other entity that a fact names to those that are named already."""
        shape = inspect.type_info(self.type)
        found = _struct_gatherer(shape) if isinstance(shape, inspect.StructType) else None
        return found or _names_nothing

    @cached_property
    def _rewriter(self) -> "_Rewriter | None":
        shape = inspect.type_info(self.type)
        return _struct_rewriter(shape) if isinstance(shape, inspect.StructType) else None

    def with_references(
        self, values: dict[str, Any], rewrite: Callable[[str], str]
    ) -> dict[str, Any]:
        """A fact's plain values with every identifier in them rewritten."""
        if self._rewriter is None:
            return values
        rewritten: dict[str, Any] = self._rewriter(values, rewrite)
        return rewritten


type _Rewriter = Callable[[Any, Callable[[str], str]], Any]


def _rewriter_of(shape: inspect.Type) -> "_Rewriter | None":
    """How to rewrite the identifiers in plain values of this shape; None where there are none."""
    plain, extra = _inside(shape)
    if "refers_to" in extra:
        return lambda value, rewrite: rewrite(value) if isinstance(value, str) else value
    if isinstance(plain, inspect.VarTupleType) and (inner := _rewriter_of(plain.item_type)):
        return lambda values, rewrite: (
            [inner(each, rewrite) for each in values]
            if isinstance(values, list | tuple)
            else values
        )
    if isinstance(plain, inspect.StructType):
        return _struct_rewriter(plain)
    return None


def _struct_rewriter(shape: inspect.StructType) -> "_Rewriter | None":
    rewriters = {each.name: inner for each in shape.fields if (inner := _rewriter_of(each.type))}

    def rewrite_all(values: Any, rewrite: Callable[[str], str]) -> Any:
        if not isinstance(values, dict):
            return values
        return {
            name: rewriters[name](value, rewrite) if name in rewriters else value
            for name, value in values.items()
        }

    return rewrite_all if rewriters else None


@cache
def fields_of(type_: type[msgspec.Struct]) -> tuple[Field, ...]:
    """The fields of a fact, or of a part of one, in the order they are written."""
    return tuple(_field(each) for each in getattr(inspect.type_info(type_), "fields", ()))


def _field(each: inspect.Field) -> Field:
    plain, words, extra = _metadata(each.type)
    refers = extra.get("refers_to")
    if isinstance(plain, inspect.VarTupleType):
        _, inner_words, inner = _metadata(plain.item_type)
        refers = inner.get("refers_to", refers)
        words = words or inner_words
    return Field(
        each.name,
        words.get("title", each.name),
        words.get("description", ""),
        each.type,
        each.required,
        refers,
    )


class Vocabulary:
    """Every kind of fact there is, by name."""

    def __init__(self, rooms: Mapping[str, Sequence[type[Fact]]]) -> None:
        self.rooms = {room: tuple(types) for room, types in rooms.items()}
        self.kinds = {
            type_.kind: Kind(room, type_) for room, types in rooms.items() for type_ in types
        }

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds.values())

    def kind(self, name: str) -> Kind:
        """The kind of that name, singular or plural.

        raises  UnknownKind, with the nearest names
        """
        if found := self.kinds.get(name):
            return found
        for kind in self:
            if slug(name) in {slug(kind.plural), slug(kind.name)}:
                return kind
        raise UnknownKind(
            f"There is no kind of fact called '{name}'. {did_you_mean(name, list(self.kinds))}"
        )

    def meant(self, words: str) -> tuple[Kind, str | None]:
        """The kind that words name, or the kind and type: `cluster` means areas of type cluster.

        raises  UnknownKind, with the nearest names
        """
        try:
            return self.kind(words), None
        except UnknownKind:
            named = [(kind, value) for kind in self if (value := kind.type_of_thing(words))]
            if len(named) != 1:
                raise
            return named[0]

    def kind_of(self, entity: str) -> Kind:
        """The kind of an entity, by its identifier."""
        return self.kind(identifier(entity).kind)

    def schema(self) -> dict[str, Any]:
        """JSON Schema (2020-12) of every kind of fact, as `components`."""
        _, components = msgspec.json.schema_components(
            [kind.type for kind in self], ref_template="#/components/schemas/{name}"
        )
        return components
