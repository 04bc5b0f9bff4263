"""The few boxes of a short form: asked in the words of a clerk, and read back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, QueryDict

from commonweal_site.day import MalformedDay, from_parts
from commonweal_site.editing.questions import Answers, Option, Question

from .clerk import Faults

type Options = Sequence[tuple[str, str]]

LONGEST = 20_000
"""Characters of one answer, at most."""


def words(name: str, title: str, hint: str = "", *, required: bool = False) -> Question:
    """A line of words."""
    return Question(name, title, hint, "words", required)


def long(name: str, title: str, hint: str = "", *, required: bool = False) -> Question:
    """Some sentences."""
    return Question(name, title, hint, "long", required)


def lines(name: str, title: str, hint: str = "") -> Question:
    """Several answers, one on each line."""
    return Question(name, title, f"{hint} One on each line.".strip(), "lines")


def day(name: str, title: str, hint: str = "", *, required: bool = False) -> Question:
    """A day in three boxes."""
    said = hint or "For example, 1 12 2026."
    return Question(name, title, said, "number", required, row="day")


def choice(
    name: str, title: str, options: Options, hint: str = "", *, required: bool = False,
    first: str = "",
) -> Question:  # fmt: skip
    """One of a few; `first` is chosen from the start."""
    offered = tuple(Option(value, text) for value, text in options)
    chosen = (first,) if first in dict(options) else ()
    return Question(name, title, hint, "choice", required, chosen, offered)


def ticks(name: str, title: str, options: Options, hint: str = "") -> Question:
    """Any of a few."""
    return Question(name, title, hint, "boxes", options=tuple(Option(*each) for each in options))


def filled(questions: Iterable[Question], answers: Answers) -> Iterator[Question]:
    """Questions with what has been answered so far."""
    for each in questions:
        given = tuple(answers.all(each.name))
        yield each._replace(texts=given or each.texts)


def answers_of(request: HttpRequest) -> Answers:
    """What a form carries."""
    return Answers(dict(request.POST.lists()) if request.method == "POST" else {})


def read(questions: Iterable[Question], answers: Answers) -> tuple[dict[str, Any], Faults]:
    """The value of each answer (none: not answered), and what is wrong, by name."""
    values: dict[str, Any] = {}
    faults: Faults = {}
    for each in questions:
        try:
            values[each.name] = _value(each, answers)
        except ValueError as wrong:
            values[each.name], faults[each.name] = None, str(wrong)
        if each.required and not values[each.name] and each.name not in faults:
            faults[each.name] = f"Answer this: {each.title}."
    return values, faults


def _value(question: Question, answers: Answers) -> Any:
    if question.row == "day":
        return _day(question.name, answers)
    if question.control == "boxes":
        offered = {option.value for option in question.options}
        return [text for text in answers.all(question.name) if text in offered]
    text = answers.text(question.name).replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise ValueError(
            f"{question.title}: {LONGEST:,} characters at most; these are {len(text):,}."
        )
    if question.control == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if question.control == "choice" and text not in {"", *(o.value for o in question.options)}:
        raise ValueError(f"{question.title}: choose one of those offered.")
    return text or None


def _day(name: str, answers: Answers) -> str | None:
    query = QueryDict(mutable=True)
    for part in ("day", "month", "year"):
        query[f"{name}-{part}"] = answers.text(f"{name}-{part}")
    try:
        return from_parts(query, name) or None
    except MalformedDay as wrong:
        raise ValueError(str(wrong)) from None


def put_day(answers: Answers, name: str, when: str | None) -> None:
    """Fill the three boxes of a day."""
    if when:
        for part, text in zip(("year", "month", "day"), when.split("-"), strict=False):
            answers.put(f"{name}-{part}", str(int(text)))
