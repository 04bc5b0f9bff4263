"""The questions of a form, read from the type of a fact, and how its answers are read back.

A field's type decides how it is asked: words, a number, yes or no, one of a few, the identifier of
another entity, a group of questions, or rows of any of these. Every answer travels as plain names
and texts (`fact.sources.0.document`), so a form works without script and nothing typed is lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, Literal, NamedTuple

from msgspec import NODEFAULT, inspect

from commonweal.record.kinds import Kind

Control = Literal[
    "words", "long", "number", "choice", "boxes", "reference", "lines", "group", "rows"
]

MISSING: Any = object()
"""No answer: the field keeps its default."""

_LONG = {
    "note", "detail", "handling", "purpose", "says", "resourcing", "reason", "share_basis",
    "exempt",
}  # fmt: skip
"""Fields whose answers run to a sentence or more."""

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
_MOST_ROWS = 60
_LAST = ("not stated", "other")


class Option(NamedTuple):
    """One of a few answers."""

    value: str
    text: str


class Question(NamedTuple):
    """One question as a page asks it.

    name      under which its answer travels
    texts     what stands in it now
    parts     the questions of a group, or the rows of rows
    of        kinds of entity it may name; empty for any, None where it names none
    """

    name: str
    title: str
    hint: str
    control: Control
    required: bool = False
    texts: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    parts: "tuple[Question, ...]" = ()
    of: tuple[str, ...] | None = None
    row: str = ""

    @property
    def text(self) -> str:
        """What stands in it now, as one text."""
        return self.texts[0] if self.texts else ""

    @property
    def id(self) -> str:
        """Its name as it stands in a page."""
        return self.name.replace(".", "-")


def whole(text: str) -> int | None:
    """A whole number no database would choke on; None for any other text."""
    return int(text) if re.fullmatch("[0-9]{1,15}", text) else None


class Answers:
    """What a form carries, by name."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        self.texts = {name: list(values) for name, values in texts.items()}

    def all(self, name: str) -> list[str]:
        """Every text under a name."""
        return self.texts.get(name, [])

    def text(self, name: str) -> str:
        """The text under a name, without the blanks around it."""
        found = self.texts.get(name)
        return found[-1].strip() if found else ""

    def number(self, name: str) -> int | None:
        """A whole number that the form itself carries; None where it carries none."""
        return whole(self.text(name))

    def rows(self, name: str) -> int | None:
        """How many rows a field has; None where the form has not said."""
        said = self.number(f"{name}.rows")
        return None if said is None else min(said, _MOST_ROWS)

    def put(self, name: str, *texts: str) -> None:
        """Set the texts under a name."""
        self.texts[name] = list(texts)

    def without(self, name: str) -> "Answers":
        """The answers without one field and all its parts."""
        return Answers(
            {
                each: texts
                for each, texts in self.texts.items()
                if each != name and not each.startswith(f"{name}.")
            }
        )


class Reading:
    """Answers being read: the faults found, by name of field.

    resolve  gives the identifier meant by a text, for kinds; raises ValueError with a sentence
    """

    def __init__(
        self, answers: Answers, resolve: Callable[[str, tuple[str, ...]], str] | None = None
    ) -> None:
        self.answers = answers
        self.resolve = resolve or _as_typed
        self.faults: dict[str, str] = {}


def _as_typed(text: str, kinds: tuple[str, ...]) -> str:
    return text


class Asked:
    """A field, whatever its type: what is asked, how it is read, what stands for a value of it."""

    control: ClassVar[Control] = "words"

    def __init__(self, field: inspect.Field, words: Mapping[str, Any]) -> None:
        self.field = field.name
        self.title: str = words.get("title", field.name)
        self.hint: str = words.get("description", "")
        self.required = field.required
        self.default = None if field.default is NODEFAULT else field.default
        self.optional = False

    def question(self, name: str, answers: Answers) -> Question:
        """The question as it stands with some answers."""
        return Question(
            name, self.title, self.hint, self.control, self.required, tuple(answers.all(name))
        )

    def read(self, name: str, reading: Reading) -> Any:
        """The value answered, or MISSING. What is wrong goes to the reading's faults."""
        text = reading.answers.text(name)
        if not text:
            return self.unanswered(name, reading)
        return self.value(text)

    def unanswered(self, name: str, reading: Reading) -> Any:
        """No answer: a fault if there must be one."""
        if self.required:
            reading.faults[name] = f"Give {_the(self.title)}."
        return MISSING

    def value(self, text: str) -> Any:
        """The value a text stands for."""
        return text

    def texts(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """The names and texts under which a value travels."""
        if value is not None:
            yield name, str(value)


class Words(Asked):
    """Words; some fields run to a sentence or more."""

    def __init__(self, field: inspect.Field, words: Mapping[str, Any]) -> None:
        super().__init__(field, words)
        self.long = field.name in _LONG

    def question(self, name: str, answers: Answers) -> Question:
        plain = super().question(name, answers)
        return plain._replace(control="long") if self.long else plain

    def read(self, name: str, reading: Reading) -> Any:
        found = super().read(name, reading)
        # Browsers send line ends as CR LF.
        return found.replace("\r\n", "\n") if isinstance(found, str) else found


class Number(Asked):
    control: ClassVar[Control] = "number"

    def read(self, name: str, reading: Reading) -> Any:
        text = reading.answers.text(name).replace(",", "").replace(" ", "")
        if not text:
            return self.unanswered(name, reading)
        if not _NUMBER.fullmatch(text):
            reading.faults[name] = (
                f"{self.title}: ‘{reading.answers.text(name)}’ is not a number. "
                "Write it in digits, such as 1250."
            )
            return MISSING
        return self.value(text)

    def value(self, text: str) -> Any:
        return float(text) if "." in text else int(text)


class Share(Number):
    """A decimal, which travels as text so that no digit is lost."""

    def value(self, text: str) -> Any:
        return text


class Choice(Asked):
    control: ClassVar[Control] = "choice"

    def __init__(
        self, field: inspect.Field, words: Mapping[str, Any], values: Iterable[str]
    ) -> None:
        super().__init__(field, words)
        self.values = sorted(values, key=lambda each: (each in _LAST, each.lower()))

    def question(self, name: str, answers: Answers) -> Question:
        plain = super().question(name, answers)
        options = [Option(each, each[:1].upper() + each[1:]) for each in self.values]
        if self.optional:
            options.append(Option("", "Not stated"))
        texts = plain.texts or (("",) if self.optional else self.preset)
        return plain._replace(options=tuple(options), texts=texts)

    @property
    def preset(self) -> tuple[str, ...]:
        """What is chosen from the start."""
        return () if self.default is None else (str(self.default),)

    def read(self, name: str, reading: Reading) -> Any:
        found = super().read(name, reading)
        if found is not MISSING and found not in self.values:
            reading.faults[name] = f"{self.title}: choose one of those offered, not ‘{found}’."
            return MISSING
        return found


class YesNo(Choice):
    def __init__(self, field: inspect.Field, words: Mapping[str, Any]) -> None:
        super().__init__(field, words, ("yes", "no"))
        self.values = ["yes", "no"]

    @property
    def preset(self) -> tuple[str, ...]:
        return () if self.default is None else ("yes" if self.default else "no",)

    def read(self, name: str, reading: Reading) -> Any:
        found = super().read(name, reading)
        return found if found is MISSING else found == "yes"

    def texts(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if value is not None:
            yield name, "yes" if value else "no"


class Refers(Asked):
    control: ClassVar[Control] = "reference"

    def __init__(
        self, field: inspect.Field, words: Mapping[str, Any], kinds: tuple[str, ...]
    ) -> None:
        super().__init__(field, words)
        self.kinds = kinds

    def question(self, name: str, answers: Answers) -> Question:
        return super().question(name, answers)._replace(of=self.kinds)

    def read(self, name: str, reading: Reading) -> Any:
        found = super().read(name, reading)
        if found is MISSING:
            return found
        try:
            return reading.resolve(found, self.kinds)
        except ValueError as wrong:
            reading.faults[name] = str(wrong)
            return MISSING


class Lines(Asked):
    """Several short texts, one a line."""

    control: ClassVar[Control] = "lines"

    def __init__(self, field: inspect.Field, words: Mapping[str, Any]) -> None:
        super().__init__(field, words)
        self.hint = f"{self.hint} One on each line.".strip()

    def read(self, name: str, reading: Reading) -> Any:
        lines = [each.strip() for each in reading.answers.text(name).splitlines() if each.strip()]
        return lines or self.unanswered(name, reading)

    def texts(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if value:
            yield name, "\n".join(map(str, value))


class Amounts(Lines):
    """Whole numbers by name, one a line: `chair: 1`."""

    def __init__(self, field: inspect.Field, words: Mapping[str, Any]) -> None:
        super().__init__(field, words)
        self.hint = f"{self.hint[:-1]}, such as chair: 1."

    def read(self, name: str, reading: Reading) -> Any:
        found = super().read(name, reading)
        if found is MISSING:
            return found
        amounts: dict[str, int] = {}
        for line in found:
            what, _, number = line.rpartition(":")
            if not what.strip() or not (number.strip().isdecimal() and number.isascii()):
                reading.faults[name] = f"{self.title}: write each line like chair: 1, not ‘{line}’."
                return MISSING
            amounts[what.strip()] = int(number)
        return amounts

    def texts(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if value:
            yield name, "\n".join(f"{what}: {number}" for what, number in value.items())


class Boxes(Choice):
    """Any of a few."""

    control: ClassVar[Control] = "boxes"

    def question(self, name: str, answers: Answers) -> Question:
        return super().question(name, answers)._replace(texts=tuple(answers.all(name)))

    def read(self, name: str, reading: Reading) -> Any:
        chosen = [each for each in reading.answers.all(name) if each in self.values]
        return chosen or self.unanswered(name, reading)

    def texts(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        yield from ((name, each) for each in value or ())


class Group(Asked):
    """Several questions that stand together."""

    control: ClassVar[Control] = "group"

    def __init__(
        self, field: inspect.Field, words: Mapping[str, Any], shape: inspect.StructType
    ) -> None:
        super().__init__(field, words)
        self.parts = [asked(each) for each in shape.fields]

    def question(self, name: str, answers: Answers) -> Question:
        parts = tuple(each.question(f"{name}.{each.field}", answers) for each in self.parts)
        return super().question(name, answers)._replace(parts=parts)

    def blank(self, name: str, answers: Answers) -> bool:
        """Whether nobody has answered any of it: what was offered from the start does not count."""
        return all(_blank(each, f"{name}.{each.field}", answers) for each in self.parts)

    def read(self, name: str, reading: Reading) -> Any:
        if self.blank(name, reading.answers):
            return self.unanswered(name, reading)
        return read_parts(self.parts, name, reading)

    def texts(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        for each in self.parts:
            yield from each.texts(f"{name}.{each.field}", (value or {}).get(each.field))


class Rows(Asked):
    """Any number of the same question or group."""

    control: ClassVar[Control] = "rows"

    def __init__(self, field: inspect.Field, words: Mapping[str, Any], each: Asked) -> None:
        super().__init__(field, words)
        self.each = each
        self.required = field.required or field.name == "sources"

    def question(self, name: str, answers: Answers) -> Question:
        shown = answers.rows(name)
        count = int(self.required) if shown is None else shown
        parts = tuple(
            self.each.question(f"{name}.{row}", answers)._replace(
                title=f"{self.singular} {row + 1}", required=False
            )
            for row in range(count)
        )
        return super().question(name, answers)._replace(parts=parts, row=self.singular.lower())

    @property
    def singular(self) -> str:
        """What one row is called."""
        if isinstance(self.each, Refers):
            return self.each.title if self.each.kinds else "Entity"
        return self.title.removesuffix("s")

    def read(self, name: str, reading: Reading) -> Any:
        rows = [f"{name}.{row}" for row in range(reading.answers.rows(name) or 0)]
        filled = [row for row in rows if not _blank(self.each, row, reading.answers)]
        values = [self.each.read(row, reading) for row in filled]
        return [each for each in values if each is not MISSING] or MISSING

    def texts(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        yield f"{name}.rows", str(len(value or ()))
        for row, each in enumerate(value or ()):
            yield from self.each.texts(f"{name}.{row}", each)


def _blank(each: Asked, name: str, answers: Answers) -> bool:
    if isinstance(each, Group):
        return each.blank(name, answers)
    if isinstance(each, Rows):
        count = answers.rows(name) or 0
        return all(_blank(each.each, f"{name}.{row}", answers) for row in range(count))
    text = answers.text(name)
    return not text or (isinstance(each, Choice) and (text,) == each.preset)


def read_parts(parts: Iterable[Asked], name: str, reading: Reading) -> dict[str, Any]:
    """The values of several fields, those without an answer left out."""
    values = {each.field: each.read(f"{name}.{each.field}", reading) for each in parts}
    return {field: value for field, value in values.items() if value is not MISSING}


def _the(title: str) -> str:
    """A field's title as it stands in a sentence."""
    small = title[:1].lower() + title[1:] if title[1:2].islower() else title
    return f"the {small}" if not small.startswith(("the ", "a ", "who", "what", "how")) else small


# --- from types ---------------------------------------------------------------------------------


def asked(field: inspect.Field) -> Asked:
    """How a field of a type is asked."""
    words: dict[str, Any] = {}
    shape, optional, refers = field.type, False, None
    while not isinstance(shape, _PLAIN):
        if isinstance(shape, inspect.Metadata):
            words = {**(shape.extra_json_schema or {}), **words}
            refers = (shape.extra or {}).get("refers_to", refers)
            shape = shape.type
        elif isinstance(shape, inspect.UnionType):
            inner = [each for each in shape.types if not isinstance(each, inspect.NoneType)]
            optional = len(inner) < len(shape.types)
            shape = inner[0]
        else:
            raise TypeError(f"No form can ask for {shape} ({field.name}).")
    made = _plain(field, words, shape, refers)
    made.optional = optional
    return made


_PLAIN = (
    inspect.StrType, inspect.IntType, inspect.FloatType, inspect.DecimalType, inspect.BoolType,
    inspect.LiteralType, inspect.VarTupleType, inspect.StructType, inspect.DictType,
)  # fmt: skip


def _plain(
    field: inspect.Field,
    words: Mapping[str, Any],
    shape: inspect.Type,
    refers: tuple[str, ...] | None,
) -> Asked:
    if refers is not None:
        return Refers(field, words, refers)
    if isinstance(shape, inspect.StructType):
        return Group(field, words, shape)
    if isinstance(shape, inspect.VarTupleType):
        return _several(field, words, shape.item_type)
    if isinstance(shape, inspect.LiteralType):
        return Choice(field, words, map(str, shape.values))
    return _SIMPLE[type(shape)](field, words)


_SIMPLE: dict[type[inspect.Type], Callable[[inspect.Field, Mapping[str, Any]], Asked]] = {
    inspect.StrType: Words,
    inspect.IntType: Number,
    inspect.FloatType: Number,
    inspect.DecimalType: Share,
    inspect.BoolType: YesNo,
    inspect.DictType: Amounts,
}


def _several(field: inspect.Field, words: Mapping[str, Any], item: inspect.Type) -> Asked:
    if isinstance(item, inspect.StrType):
        return Lines(field, words)
    if isinstance(item, inspect.LiteralType):
        return Boxes(field, words, map(str, item.values))
    each = asked(inspect.Field(field.name, field.name, item, required=True))
    if not words:
        words = {"title": each.title, "description": each.hint}
    return Rows(field, words, each)


@cache
def fields_of(kind: Kind) -> tuple[Asked, ...]:
    """The questions of a kind of fact: its own first, then those every fact has, sources last."""
    shape = inspect.type_info(kind.type)
    by_name = {each.name: each for each in getattr(shape, "fields", ())}
    return tuple(asked(by_name[each.name]) for each in kind.fields)
