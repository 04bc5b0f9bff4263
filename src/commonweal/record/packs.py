"""Packs: folders of plain YAML that carry facts in, out and between systems.

A pack is `pack.yaml` and one file a kind. An item is an entity over some days: `id`, `from` (left
out: since ever), `to` (left out: open), then the fields of its kind. Identifiers of the pack's
main system are written short, `kind/slug`. Reading finds every fault, with file, line and a way
to mend it, or gives the whole pack.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple, cast

import msgspec
import yaml

from .documents import Pack
from .errors import RecordError, did_you_mean
from .facts import Fact
from .identifiers import ID_PATTERN, a
from .kinds import Kind, Vocabulary
from .when import BEFORE_ALL, OPEN

_SHORT = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


class Fault(NamedTuple):
    """One thing wrong with a pack: where, what stands there, and what to do."""

    file: str
    line: int
    because: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.because}"


class BadPack(RecordError):
    """A pack cannot be read; nothing of it was used. It lists every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        noun = "fault" if len(faults) == 1 else "faults"
        super().__init__(
            f"The pack was refused whole, for {len(faults)} {noun}:\n" + "\n".join(map(str, faults))
        )


class Item(NamedTuple):
    """An entity over some days, as a pack states it."""

    entity: str
    valid_from: date
    valid_to: date
    fact: Fact
    file: str = ""
    line: int = 0


class PackRead(NamedTuple):
    """A pack that has been read."""

    slug: str
    pack: Pack
    items: list[Item]

    @property
    def main(self) -> str:
        """The system whose identifiers the pack writes short."""
        return self.pack.systems[0]

    @property
    def entity(self) -> str:
        """The identifier of the pack itself."""
        return f"{self.main}/pack/{self.slug}"


# --- YAML, with lines and without surprises ------------------------------------------------------

_NOT_TEXT = "tag:yaml.org,2002:timestamp"


def _without_dates(resolvers: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    return {
        first: [each for each in known if each[0] != _NOT_TEXT]
        for first, known in resolvers.items()
    }


class _Loader(yaml.CSafeLoader):
    """YAML in which a date is the text that was written."""

    yaml_implicit_resolvers = _without_dates(yaml.CSafeLoader.yaml_implicit_resolvers)


class _Dumper(yaml.CSafeDumper):
    """YAML as packs are written: dates bare, one source a line."""

    yaml_implicit_resolvers = _without_dates(yaml.CSafeDumper.yaml_implicit_resolvers)


class _OnOneLine(dict[str, Any]):
    """A mapping written on one line."""


_Dumper.add_representer(
    _OnOneLine,
    lambda dumper, data: dumper.represent_mapping(
        "tag:yaml.org,2002:map", data.items(), flow_style=True
    ),
)


class _Read:
    """One YAML file: its data, and the line of every part of it."""

    def __init__(self, file: str, text: str, faults: list[Fault]) -> None:
        self.file = file
        self.faults = faults
        self.node: yaml.Node | None = None
        self.data: Any = None
        loader = _Loader(text)
        try:
            self.node = loader.get_single_node()
            if self.node is not None:
                self._repeated(self.node)
                self.data = loader.construct_document(self.node)
        except yaml.MarkedYAMLError as wrong:
            line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
            faults.append(Fault(file, line, f"this is not YAML: {wrong.problem}."))
        finally:
            loader.dispose()

    def _repeated(self, node: yaml.Node) -> None:
        """Find keys given twice, which YAML would quietly let the last one win."""
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    self.fault(key, f"'{key.value}' is given twice. Keep one.")
                seen.add(key.value)
                self._repeated(value)
        elif isinstance(node, yaml.SequenceNode):
            for each in node.value:
                self._repeated(each)

    def fault(self, node: yaml.Node, because: str) -> None:
        self.faults.append(Fault(self.file, node.start_mark.line + 1, because))

    def items(self) -> Iterator[tuple[yaml.Node, dict[str, Any]]]:
        """Each item with its node."""
        if self.node is None:
            return
        if not isinstance(self.node, yaml.SequenceNode):
            self.fault(self.node, "this file must be a list: begin each fact with '- id:'.")
            return
        for node, data in zip(self.node.value, self.data, strict=True):
            if isinstance(data, dict):
                yield node, data
            else:
                self.fault(node, "this is not a fact: begin it with 'id:'.")


def _at(node: yaml.Node, path: str) -> yaml.Node:
    """The node at a path such as `$.sources[0].document`, as near as it exists."""
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        if name and isinstance(node, yaml.MappingNode):
            found = [value for key, value in node.value if key.value == name]
            node = found[0] if found else node
        elif index and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
            node = node.value[int(index)]
    return node


# --- reading -------------------------------------------------------------------------------------


_SHAPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "named values",
    "null": "left out",
}


def _in_plain_words(
    wrong: msgspec.ValidationError, kind: Kind, data: Mapping[str, Any], raw: str
) -> str:
    """What a validation error means to whoever wrote the file. `raw`: the text that is wrong."""
    text, _, path = str(wrong).partition(" - at `")
    field = path.rstrip("`").removeprefix("$.") or "this fact"
    names = [each.name for each in kind.fields]
    if match := re.search(r"unknown field `(\w+)`", text):
        return f"{a(kind.name)} has no '{match[1]}'. {did_you_mean(match[1], names)}"
    if match := re.search(r"missing required field `(\w+)`", text):
        return f"{a(kind.name)} must have '{match[1]}' ({_meaning(kind, match[1])})"
    if "Invalid enum value" in text and field == "type":
        given = str(data.get("type"))
        return f"'{given}' is no type of {kind.name}. {did_you_mean(given, kind.types)}"
    if match := re.search(r"Expected `([^`]+)`, got `(\w+)`", text):
        wanted = " or ".join(_SHAPES.get(each, each) for each in match[1].split(" | "))
        quotes = " Put it in quotes." if match[2] in {"int", "float", "bool"} else ""
        hint = quotes if "str" in match[1] else ""
        return f"'{field}: {raw}' must be {wanted}.{hint} {_meaning(kind, field)}".strip()
    return f"'{field}': {text[0].lower()}{text[1:]}. {_meaning(kind, field.split('[')[0])}".strip()


def _meaning(kind: Kind, name: str) -> str:
    return next((each.description for each in kind.fields if each.name == name), "")


def _day(read: _Read, node: yaml.Node, data: dict[str, Any], key: str, default: date) -> date:
    given = data.pop(key, None)
    if given is None:
        return default
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        read.fault(
            _at(node, f"$.{key}"), f"'{key}: {given}' is not a day. Write it like 2022-07-01."
        )
        return default


class _PackReader:
    """Reads the files of one pack, gathering faults."""

    def __init__(self, slug: str, vocabulary: Vocabulary) -> None:
        self.slug = slug
        self.vocabulary = vocabulary
        self.faults: list[Fault] = []

    def full(self, short: str) -> str:
        """An identifier in full, from one that may be written short."""
        return f"{self.main}/{short}" if _SHORT.fullmatch(short) else short

    def head(self, text: str) -> Pack | None:
        """The pack's own description."""
        file = f"{self.slug}/pack.yaml"
        read = _Read(file, text, self.faults)
        if read.node is None or not isinstance(read.data, dict):
            self.faults.append(Fault(file, 1, "this must say the pack's name and systems."))
            return None
        self.main = str((read.data.get("systems") or [self.slug])[0])
        fact = self._fact(read, read.node, read.data, self.vocabulary.kind("pack"))
        return cast(Pack, fact) if fact else None

    def _fact(self, read: _Read, node: yaml.Node, data: dict[str, Any], kind: Kind) -> Fact | None:
        try:
            whole = kind.with_references(data, self.full)
            fact = msgspec.convert(whole, kind.type)
        except msgspec.ValidationError as wrong:
            path = str(wrong).partition(" - at `")[2].rstrip("`")
            spot = _at(node, path)
            raw = spot.value if isinstance(spot, yaml.ScalarNode) else "…"
            read.fault(spot, _in_plain_words(wrong, kind, data, raw))
            return None
        for fault in fact.faults():
            read.fault(node, fault)
        return fact

    def file(self, name: str, text: str) -> Iterator[Item]:
        """The items of one file."""
        read = _Read(f"{self.slug}/{name}", text, self.faults)
        for node, data in read.items():
            if item := self._item(read, node, dict(data), name):
                yield item

    def _item(self, read: _Read, node: yaml.Node, data: dict[str, Any], name: str) -> Item | None:
        entity = self.full(str(data.pop("id", "")))
        match = ID_PATTERN.fullmatch(entity)
        if not match:
            read.fault(
                node, f"'id: {entity}' must be kind/slug or system/kind/slug, in small letters."
            )
            return None
        kind = self.vocabulary.kinds.get(match[2])
        if kind is None or kind.file != name:
            known = [each.name for each in self.vocabulary if each.file == name]
            better = did_you_mean(match[2], known or list(self.vocabulary.kinds))
            read.fault(node, f"{entity}: {a(match[2])} does not belong in {name}. {better}")
            return None
        begins = _day(read, node, data, "from", BEFORE_ALL)
        ends = _day(read, node, data, "to", OPEN)
        if begins >= ends:
            read.fault(
                node, f"{entity}: 'to' must be later than 'from'; it is the day after the last."
            )
        fact = self._fact(read, node, data, kind)
        line = node.start_mark.line + 1
        return Item(entity, begins, ends, fact, read.file, line) if fact else None


def read_pack(slug: str, files: Mapping[str, str], vocabulary: Vocabulary) -> PackRead:
    """Read one pack.

    files   text of each file, by name
    raises  BadPack, listing every fault in the pack itself
    """
    reader = _PackReader(slug, vocabulary)
    if "pack.yaml" not in files:
        raise BadPack([Fault(f"{slug}/pack.yaml", 1, "there is no such file; a pack needs one.")])
    pack = reader.head(files["pack.yaml"])
    if pack is None:
        raise BadPack(reader.faults)
    items: list[Item] = []
    known = {kind.file for kind in vocabulary}
    for name in sorted(set(files) - {"pack.yaml"}):
        if name in known:
            items.extend(reader.file(name, files[name]))
        else:
            because = f"no kind of fact is kept in it. {did_you_mean(name, sorted(known))}"
            reader.faults.append(Fault(f"{slug}/{name}", 1, because))
    reader.faults.extend(_overlaps(items))
    reader.faults.extend(_strangers(items, pack, slug))
    if reader.faults:
        raise BadPack(sorted(reader.faults))
    own = Item(f"{pack.systems[0]}/pack/{slug}", BEFORE_ALL, OPEN, pack, f"{slug}/pack.yaml", 1)
    return PackRead(slug, pack, [own, *items])


def _overlaps(items: Iterable[Item]) -> Iterator[Fault]:
    """Two items of one entity that hold on the same day."""
    for entity, versions in groupby(sorted(items, key=lambda i: i[:2]), key=lambda i: i.entity):
        last: Item | None = None
        for item in versions:
            if last and item.valid_from < last.valid_to:
                yield Fault(
                    item.file, item.line,
                    f"{entity} stands at line {last.line} too, and both hold on "
                    f"{item.valid_from.isoformat()}. Let one end before the other begins.",
                )  # fmt: skip
            last = item


def _strangers(items: Iterable[Item], pack: Pack, slug: str) -> Iterator[Fault]:
    """Items of systems that the pack does not say it carries."""
    for item in items:
        system = item.entity.split("/", 1)[0]
        if system not in pack.systems:
            yield Fault(
                item.file, item.line,
                f"{item.entity} belongs to the system '{system}', which {slug}/pack.yaml does not "
                f"list. {did_you_mean(system, pack.systems)}",
            )  # fmt: skip


def reference_faults(
    packs: Sequence[PackRead],
    vocabulary: Vocabulary,
    exists: Callable[[str], bool] = lambda _: False,
) -> list[Fault]:
    """References of packs, taken together, to what is neither in them nor on record."""
    known = {item.entity for pack in packs for item in pack.items}
    faults = []
    for pack in packs:
        for item in pack.items:
            for field, entity, kinds in vocabulary.kind_of(item.entity).references(item.fact):
                if entity not in known and not exists(entity):
                    near = did_you_mean(
                        entity, [name for name in known if _same_kind(name, entity)]
                    )
                    because = (
                        f"{item.entity}: {field} names {entity}, which is not on record. {near}"
                    )
                elif kinds and entity.split("/")[1] not in kinds:
                    because = (
                        f"{item.entity}: {field} must name {a(' or '.join(kinds))}, not {entity}."
                    )
                else:
                    continue
                faults.append(Fault(item.file, item.line, because))
    return sorted(faults)


def _same_kind(name: str, other: str) -> bool:
    return name.split("/")[1:2] == other.split("/")[1:2]


# --- writing -------------------------------------------------------------------------------------


def write_pack(pack: Pack, items: Iterable[Item], vocabulary: Vocabulary) -> dict[str, str]:
    """The files of a pack, in the one canonical form: the same facts always give the same bytes."""
    files = {"pack.yaml": _dump(_written(vocabulary.kind("pack"), pack, pack.systems[0]))}

    def by_file(item: Item) -> str:
        return vocabulary.kind_of(item.entity).file

    ordered = sorted(items, key=lambda item: (by_file(item), item.entity, item.valid_from))
    for file, of_file in groupby(ordered, key=by_file):
        if file != "packs.yaml":
            written = [_written_item(item, vocabulary, pack.systems[0]) for item in of_file]
            files[file] = "\n".join(_dump([each]) for each in written)
    return files


def _dump(data: Any) -> str:
    return yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100,
        default_flow_style=False,
    )  # fmt: skip


def _written_item(item: Item, vocabulary: Vocabulary, main: str) -> dict[str, Any]:
    written = {"id": item.entity.removeprefix(f"{main}/")}
    if item.valid_from != BEFORE_ALL:
        written["from"] = item.valid_from.isoformat()
    if item.valid_to != OPEN:
        written["to"] = item.valid_to.isoformat()
    return {**written, **_written(vocabulary.kind_of(item.entity), item.fact, main)}


def _written(kind: Kind, fact: Fact, main: str) -> dict[str, Any]:
    """A fact as a pack writes it: fields in the kind's order, sources one to a line."""
    plain = msgspec.to_builtins(fact)
    short = kind.with_references(plain, lambda entity: entity.removeprefix(f"{main}/"))
    ordered = {each.name: short[each.name] for each in kind.fields if each.name in short}
    return {name: _compact(value) for name, value in ordered.items()}


def _compact(value: Any) -> Any:
    """Lists of flat mappings with each mapping on one line."""
    if isinstance(value, list | tuple):
        return [_compact(each) for each in value]
    if isinstance(value, dict):
        flat = not any(isinstance(each, dict | list | tuple) for each in value.values())
        return _OnOneLine(value) if flat else {name: _compact(each) for name, each in value.items()}
    return value
