"""The boxes in which a question is put, and what was written in them."""

from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest

from commonweal.authority.facts import Function, pounds
from commonweal.authority.search import Question
from commonweal.record.snapshot import Snapshot

from . import asking

BOXES = ("holder", "function", "area", "amount", "money", "urgent", "so_far", "budget")
"""Names of the boxes, as they stand in an address."""

_MOST_WRITTEN = 200

_NEEDED = {"function": "what is to be decided", "area": "for where"}


class Put(NamedTuple):
    """What was written in the boxes; empty where nothing was."""

    written: Mapping[str, str]

    @property
    def anything(self) -> bool:
        """Whether a question was put at all."""
        return any(self.written[name] for name in ("holder", "function", "area"))

    @property
    def query(self) -> dict[str, str]:
        """The question as it stands in an address."""
        return {name: text for name, text in self.written.items() if text}

    @property
    def unfolded(self) -> bool:
        """Whether any of the boxes that few people need is filled."""
        return any(self.written[name] for name in ("money", "urgent", "so_far", "budget"))


def put(request: HttpRequest) -> Put:
    """What an address asks."""
    return Put({name: request.GET.get(name, "").strip()[:_MOST_WRITTEN] for name in BOXES})


def holder(snapshot: Snapshot, given: Put) -> str:
    """Who is asked about.

    raises  BadQuestion, UnknownEntity with the nearest names
    """
    if not given.written["holder"]:
        raise asking.BadQuestion("Say who: a body, a post or a seat.")
    return asking.found(snapshot, given.written["holder"], *asking.HOLDERS)


def question(snapshot: Snapshot, given: Put, *, near: str = "") -> Question:
    """The question meant.

    near    whose system a name is taken from that several have
    raises  BadQuestion, UnknownEntity with the nearest names
    """
    written = given.written
    for name, title in _NEEDED.items():
        if not written[name]:
            raise asking.BadQuestion(f"Say {title}.")
    area = asking.found(snapshot, written["area"], "area", near=near)
    if written["money"] not in {"", "revenue", "capital"}:
        raise asking.BadQuestion("Money is revenue or capital; leave it open if you do not know.")
    if written["urgent"] not in {"", "yes"}:
        raise asking.BadQuestion("Write “yes” if it is urgent; leave it empty if not.")
    amount, so_far, budget = (
        asking.pence(written[name]) if written[name] else None
        for name in ("amount", "so_far", "budget")
    )
    return Question(
        function=asking.found(snapshot, written["function"], "function", near=near or area),
        area=area, amount=amount, so_far=so_far, budget=budget,
        money=written["money"] or None, urgent=written["urgent"] == "yes",
    )  # fmt: skip


def in_words(snapshot: Snapshot, asked: Question) -> str:
    """What is asked about, in words."""
    much = f", {pounds(asked.amount)}" if asked.amount is not None else ""
    return f"{snapshot.name(asked.function)}, for {snapshot.name(asked.area)}{much}"


def subjects(snapshot: Snapshot, *, real: bool = False) -> list[str]:
    """Names of what can be asked about.

    real  leave out what only an invented system has
    """
    return sorted(
        {
            snapshot.name(name)
            for name in snapshot.all(Function)
            if not real or name.split("/", 1)[0] not in snapshot.invented
        }
    )
