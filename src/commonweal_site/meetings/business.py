"""Items at the clerk's desk: quorum and votes as each is taken, interests, what is on record."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec.structs import replace

from commonweal.meetings.agenda import (
    actions_at,
    comments_at,
    conflicts_at,
    decisions_at,
    promises_at,
    questions_at,
)
from commonweal.meetings.facts import AgendaItem, Conflict
from commonweal.meetings.minutes import reported_at
from commonweal.meetings.powers import authority_of
from commonweal.meetings.preparing import no_voters, seats_to_tick
from commonweal.meetings.quorum import quorum
from commonweal.meetings.touching import interests_at
from commonweal.meetings.vires import unowned
from commonweal.meetings.voting import who_may_vote
from commonweal.record.facts import Fact
from commonweal.record.writing import Change
from commonweal_site.editing.questions import Answers

from . import boxes
from .beginning import at_the_desk
from .clerk import AtItem, Clerk, Faults, made

_HOW = (
    ("", "It does not touch this item"),
    ("left the meeting", "Left the meeting for the item"),
    ("stayed without speaking or voting", "Stayed, without speaking or voting"),
    ("spoke but did not vote", "Spoke, but did not vote"),
    ("took full part", "Took full part, as the chair allowed"),
    ("nothing was done", "Nothing was done"),
    ("not stated", "What was done is not recorded"),
)
_ADDS = (
    ("discussion", "Note what was said"),
    ("question", "Record a question and its answer"),
    ("promise", "Record a promise"),
    ("decision", "Record a decision"),
    ("action", "Give somebody an action"),
)


class Entered(NamedTuple):
    """One thing on record under an item: what it is, in a sentence, and where it is changed."""

    kind: str
    sentence: str
    path: str


def items_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The items in order, each with its quorum and how much is on record."""
    clerk = Clerk(request, system, slug)
    rows = [
        (f"{clerk.path}items/{own.split('/')[2]}/", item, quorum(clerk.snapshot, own).outcome,
         len(list(entered(clerk, own))))
        for own, item in clerk.items
    ]  # fmt: skip
    return at_the_desk(
        request, clerk, "items", "Items", {},
        rows=rows,
    )  # fmt: skip


def item_desk(request: HttpRequest, system: str, slug: str, item: str) -> HttpResponse:
    """One item: whether it can be decided now, and what is to be recorded of it."""
    clerk = Clerk(request, system, slug)
    own, fact = clerk.item(item)
    adds = [(f"{clerk.path}items/{item}/{what}/", text) for what, text in _ADDS]
    adds.insert(0, (f"{clerk.path}items/{item}/interests/", "Record interests and what was done"))
    if fact.type == "confirm minutes":
        adds.insert(0, (f"{clerk.path}items/{item}/approve/", "Approve the minutes"))
    return at_the_desk(
        request, clerk, "item", f"{fact.number}. {fact.name}", {},
        item=fact, adds=adds,
        quorum=quorum(clerk.snapshot, own), nobody=no_voters(clerk.snapshot, own),
        voices=[(clerk.snapshot.name(v.seat), v) for v in who_may_vote(clerk.snapshot, own)],
        entered=list(entered(clerk, own)), after=_after(clerk, own),
    )  # fmt: skip


def _after(clerk: Clerk, own: str) -> str:
    """The address of the next item; the minutes after the last."""
    names = [name for name, _ in clerk.items]
    at = names.index(own) + 1
    return f"{clerk.path}items/{names[at].split('/')[2]}/" if at < len(names) else ""


def entered(clerk: Clerk, own: str) -> Iterator[Entered]:
    """Everything on record under an item, in the order in which minutes tell it."""
    snapshot = clerk.snapshot
    for kind, found in (
        ("Interest", conflicts_at(snapshot, own)),
        ("Said", comments_at(snapshot, own)),
        ("Question", questions_at(snapshot, own)),
        ("Promise", promises_at(snapshot, own)),
        ("Decision", decisions_at(snapshot, own)),
        ("Reported", reported_at(snapshot, own)),
        ("Action", actions_at(snapshot, own)),
    ):
        for name, fact in found:
            faults = unowned(snapshot, name, authority=authority_of)
            said_ = " ".join((fact.sentence(snapshot.name), *faults))
            yield Entered(kind, said_, f"/edit/{name}/correct/")


def kept_back(item: AgendaItem) -> str | None:
    """Why what is recorded under an item is not for publication; none if it is public."""
    return item.exempt or item.private_because


def record(
    clerk: Clerk, item: AgendaItem, kind: str, fact: Fact, reason: str, *words: str
) -> Faults:
    """Put a fact under an item on record; of a private item it is kept back with a plain name."""
    why = kept_back(item)
    held = replace(fact, exempt=why) if why else fact
    change = clerk.adds(kind, held, *((kind,) if why else words))
    return clerk.write([*clerk.document(), change], reason)


# --- interests ----------------------------------------------------------------------------------


class Row(NamedTuple):
    """An interest as the form asks about it.

    key    under which its answers travel
    words  what it shares with the item; empty: no hint
    now    what is on record of it for the item
    """

    key: str
    seat: str
    interest: str | None
    says: str
    words: tuple[str, ...]
    name: str | None
    now: Conflict | None


def interests_desk(request: HttpRequest, system: str, slug: str, item: str) -> HttpResponse:
    """Which interests touch the item, and what was done about each."""
    clerk = Clerk(request, system, slug)
    own, fact = clerk.item(item)
    rows = list(_rows(clerk, own))
    answers, faults = boxes.answers_of(request), Faults()
    seats = [
        (name, clerk.snapshot.name(name)) for name, _ in seats_to_tick(clerk.snapshot, clerk.name)
    ]
    if request.method == "POST":
        faults = _dealt_with(AtItem(clerk, own, fact), rows, answers, dict(seats))
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}items/{item}/?saved=saved")
    return at_the_desk(
        request, clerk, "interests", "Interests", faults,
        item=fact,
        answers=answers, rows=rows, how=_HOW, seats=seats,
        back=f"{clerk.path}items/{item}/",
    )  # fmt: skip


def _rows(clerk: Clerk, own: str) -> Iterator[Row]:
    had = list(conflicts_at(clerk.snapshot, own))
    for number, match in enumerate(interests_at(clerk.snapshot, own)):
        at = next((e for e in had if e[1].interest == match.interest), None)
        if at:
            had.remove(at)
        fact = clerk.snapshot.fact(match.interest)
        nature = getattr(fact, "nature", None)
        does = getattr(fact, "action", None)
        says = ". ".join(filter(None, (fact.label(clerk.snapshot.name), nature, does)))
        yield Row(f"r{number}", match.seat, match.interest, says, match.words,
                  at[0] if at else None, at[1] if at else None)  # fmt: skip
    for number, (name, conflict) in enumerate(had):
        says = f"{clerk.snapshot.name(conflict.of)}: {conflict.nature or 'an interest'}"
        yield Row(f"o{number}", conflict.of, conflict.interest, says, (), name, conflict)


def _dealt_with(at: AtItem, rows: list[Row], answers: Answers, seats: dict[str, str]) -> Faults:
    """Write what was done about each interest."""
    faults: Faults = {}
    changes: list[Change] = at.clerk.document()
    for row in rows:
        changes += _of_row(at, row, answers)
    if answers.text("new-of"):
        changes += _new(at, answers, faults, seats)
    elif answers.text("new-nature"):
        faults["new-of"] = "Say whose interest it is."
    return faults or at.clerk.write(changes, f"Interests at item {at.item.number} recorded")


def _of_row(at: AtItem, row: Row, answers: Answers) -> Iterator[Change]:
    how, because = answers.text(f"how-{row.key}"), answers.text(f"because-{row.key}")
    seen = answers.number("seen")
    if how not in dict(_HOW):
        return
    if not how:
        if row.name:
            yield at.clerk.takes_off(row.name, seen)
        return
    if row.now and row.name:
        fact = replace(row.now, type=how, because=because or None)
        if fact != row.now:
            yield at.clerk.corrects(row.name, fact, seen)
        return
    given = {"of": row.seat, "interest": row.interest, "type": how, "because": because or None}
    new, _ = _conflict(at, given)
    if new:
        yield at.clerk.adds("conflict", new, at.item.number, row.seat.split("/")[2])


def _conflict(at: AtItem, given: dict[str, str | None]) -> tuple[Conflict | None, Faults]:
    about = {"item": at.name, "declared": True, "exempt": kept_back(at.item)}
    return made(Conflict, about | given)


def _new(at: AtItem, answers: Answers, faults: Faults, seats: dict[str, str]) -> Iterator[Change]:
    """An interest that stands on no register."""
    seat, nature, how = (answers.text(f"new-{part}") for part in ("of", "nature", "how"))
    if seat not in seats:
        faults["new-of"] = "Choose one of the seats."
    if not nature:
        faults["new-nature"] = "Say what the interest is."
    if not how:
        faults["new-how"] = "Say what was done."
    if faults:
        return
    new, wrong = _conflict(at, {"of": seat, "nature": nature, "type": how})
    faults |= wrong
    if new:
        yield at.clerk.adds("conflict", new, at.item.number, seat.split("/")[2])
