"""Questions of authority as people ask them: names in, plain answers out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

import msgspec

from commonweal.authority.answers import Answer, Held, WhoMay, may, route_and_proof
from commonweal.authority.audit import Finding
from commonweal.authority.facts import Reservation, pounds
from commonweal.authority.nearest import Miss
from commonweal.authority.search import Question
from commonweal.bodies.facts import Seat
from commonweal.record.errors import RecordError, UnknownEntity, did_you_mean
from commonweal.record.identifiers import ID_PATTERN, a, slug
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal.record.wording import counted
from commonweal_site.record.shelf import EVERY

from .turning import Answers, Turn

MOST = 10**15
"""More pounds than any question is about."""

HOLDERS = ("body", "post", "seat")
"""What may be asked whether it may decide."""

_FEW = 20
"""As many gaps as are worth a line each."""

_OFFERED, _LISTED = 4, 40
"""How many names like one that nothing has are offered; how many of a system are listed whole."""


PUBLIC_ONLY = (
    "Answered from the public record only: what is not for publication, if there is any, is not "
    "looked at."
)


class BadQuestion(RecordError):
    """A question that cannot be answered as it was put; the text says how to put it."""


class NotCalledSo(UnknownEntity):
    """Nothing has that name.

    said    so much in a sentence, without the hint that follows it
    kind    what was looked for
    offers  identifiers of what may have been meant
    """

    def __init__(self, said: str, hint: str, kind: str, offers: Iterable[str]) -> None:
        super().__init__(f"{said} {hint}")
        self.said, self.kind, self.offers = said, kind, tuple(offers)


class SeveralCalledSo(BadQuestion):
    """Several have that name; its parts are as those of `NotCalledSo`."""

    def __init__(self, said: str, hint: str, kind: str, offers: Iterable[str]) -> None:
        super().__init__(f"{said} {hint}")
        self.said, self.kind, self.offers = said, kind, tuple(offers)


_AMOUNT = re.compile(r"(?i)(?P<number>[-\d.]+)(?P<times>k|m|bn|thousand|million|billion)?")
_TIMES = {"k": 10**3, "m": 10**6, "bn": 10**9}
_TIMES |= {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def pence(text: str) -> int:
    """An amount of pounds as a person writes it, in pence.

    raises  BadQuestion

    >>> pence("£400,000"), pence("0.01"), pence("£1.5m"), pence("12 thousand")
    (40000000, 1, 150000000, 1200000)
    """
    plain = text.strip().replace("£", "").replace(",", "").replace(" ", "")
    written = _AMOUNT.fullmatch(plain)
    try:
        amount = Decimal(written["number"] if written else "NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not written or not amount.is_finite():
        raise BadQuestion(f"'{text}' is not an amount; write it like 400000, 1250.50 or £1.5m.")
    amount *= _TIMES.get((written["times"] or "").lower(), 1)
    if amount < 0:
        raise BadQuestion(f"An amount cannot be below nothing, but this one is {text}.")
    if amount >= MOST:
        raise BadQuestion(f"{text} pounds is more than anybody decides on; look again.")
    whole = amount * 100
    if whole != whole.to_integral_value():
        raise BadQuestion(f"{text} has more than two places of pence; round it first.")
    return int(whole)


def found(
    snapshot: Snapshot, text: str, *kinds: str, near: str = "", system: str | None = None
) -> str:
    """The entity meant by an identifier, slug, name or other name.

    near    an identifier from whose system a name that several have is taken
    system  look only there
    raises  BadQuestion, with the nearest names or with all that are called so
    """
    if ID_PATTERN.fullmatch(text):
        snapshot.fact(text)
        return _of_kind(text, kinds)
    wanted = slug(text)
    entities = [
        entity
        for kind in kinds
        for entity in snapshot.of_kind(kind)
        if system in {None, entity.partition("/")[0]}
    ]
    # The last part of an identifier is the surest name; then come names, then other names.
    matches = (
        [each for each in entities if each.split("/")[2] == wanted]
        or [each for each in entities if slug(snapshot.name(each)) == wanted]
        or [each for each in entities if wanted in _other_names(snapshot, each)]
    )
    if len(matches) > 1 and near:
        own = [each for each in matches if each.partition("/")[0] == near.partition("/")[0]]
        matches = own or matches
    if len(matches) == 1:
        return matches[0]
    if matches:
        listed = "\n".join(f"  {each}  {snapshot.name(each)}" for each in matches[:20])
        raise SeveralCalledSo(
            f"Several are called '{text}'.", f"Write one of these:\n{listed}", kinds[0], matches
        )
    if not entities:
        raise BadQuestion(_nothing(snapshot, kinds[0]))
    raise _not_called_so(snapshot, text, kinds[0], entities, near)


def _not_called_so(
    snapshot: Snapshot, text: str, kind: str, entities: Iterable[str], near: str
) -> NotCalledSo:
    """What to say of a name that nothing has, with what else there is."""
    day = day_in_words(snapshot.as_at)
    said = f"{a(kind).capitalize()} called '{text}' is not on record on {day}."
    every = {each: snapshot.name(each) for each in entities}
    own = {each: name for each, name in every.items() if _same_system(each, near)} or every
    if like := (_alike(text, own) or _alike(text, every)):
        words = " or ".join(f"'{every[each]}' ({each})" for each in like)
        return NotCalledSo(said, f"Did you mean {words}?", kind, like)
    hint = "Nothing on record has a similar name."
    if own is every or len(own) > _LISTED:
        return NotCalledSo(said, hint, kind, ())
    there = sorted(own, key=own.__getitem__)
    where = snapshot.name(f"{near.partition('/')[0]}/area/system")
    listed = "; ".join(own[each] for each in there)
    return NotCalledSo(said, f"{hint} On record for {where}: {listed}.", kind, there)


def _same_system(entity: str, other: str) -> bool:
    return entity.partition("/")[0] == other.partition("/")[0]


def _alike(text: str, names: Mapping[str, str]) -> list[str]:
    """Those whose names hold every word of a text; else those spelt most like it."""
    words = set(slug(text).split("-"))
    held = [
        each
        for each, name in names.items()
        if words <= {*slug(name).split("-"), *each.split("/")[2].split("-")}
    ]
    if held:
        return sorted(held, key=lambda each: len(names[each]))[:_OFFERED]
    spelt = {slug(name): each for each, name in names.items()}
    spelt |= {each.split("/")[2]: each for each in names}
    near = get_close_matches(slug(text), list(spelt), n=_OFFERED, cutoff=0.7)
    return list(dict.fromkeys(spelt[each] for each in near))


def _of_kind(entity: str, kinds: Iterable[str]) -> str:
    wanted = tuple(kinds)
    if entity.split("/")[1] not in wanted:
        raise BadQuestion(f"{entity} is no {' or '.join(wanted)}.")
    return entity


def _other_names(snapshot: Snapshot, entity: str) -> set[str]:
    return {slug(alias.name) for alias in snapshot.fact(entity).other_names()}


def _nothing(snapshot: Snapshot, kind: str) -> str:
    day = day_in_words(snapshot.as_at)
    return f"No {kind} is on record on {day}; the record begins later. Ask about a later day."


def checked_system(snapshot: Snapshot, text: str | None) -> str | None:
    """A system by name; None stays None.

    raises  UnknownEntity, with the nearest names
    """
    if text is None:
        return None
    known = sorted({*snapshot.systems, *(e.split("/")[0] for e in snapshot.of_kind("function"))})
    if text not in known:
        raise UnknownEntity(f"No system is called '{text}'. {did_you_mean(text, known)}")
    return text


def decidable(snapshot: Snapshot, holder: str, question: Question) -> list[str]:
    """The functions that a holder may decide where, and up to what, the question asks.

    question  whatever its function, which is not looked at
    """
    seat = snapshot.get(holder)
    decider = seat.body if isinstance(seat, Seat) else holder
    asked = (
        (function, msgspec.structs.replace(question, function=function))
        for function in sorted(snapshot.of_kind("function"))
    )
    return [
        function
        for function, each in asked
        if route_and_proof(snapshot, decider, each)[0] is not None
        and (decider == holder or may(snapshot, holder, each).outcome == "allowed")
    ]


# --- as text -------------------------------------------------------------------------------------


def answer_text(snapshot: Snapshot, answer: Answer) -> str:
    """An answer as lines of text."""
    name = snapshot.name
    lines = [f"{answer.outcome.capitalize()}. {answer.because}"]
    lines += [f"  {number}. {step}" for number, step in enumerate(answer.steps, 1)]
    for title, who in (
        ("Accountable", answer.accountable),
        ("Answers at law", answer.liable),
        ("Must be asked first", answer.consult),
        ("Must be told", answer.inform),
        ("Except", answer.excepts),
    ):
        if who:
            lines.append(f"  {title}: {', '.join(name(each) for each in who)}.")
    lines += [f"  Provided that {each}." for each in answer.conditions]
    if answer.proof:
        lines.append(f"  Proof: {answer.proof['hash']}")
    if answer.outcome != "allowed" and len(answer.misses) > 1:
        lines += ["  Nearest:", *(f"    {_miss_text(name(m.holder), m)}" for m in answer.misses)]
    return "\n".join(lines)


def _miss_text(holder: str, miss: Miss) -> str:
    return f"{holder}, {miss.because}."


def who_may_text(snapshot: Snapshot, found_: WhoMay) -> str:
    """Everybody who may, as lines of text."""
    question, name = found_.question, snapshot.name
    much = f", {pounds(question.amount)}" if question.amount is not None else ""
    what = f"“{name(question.function)}” for {name(question.area)}{much}"
    lines = [f"Who may decide on {what}, on {day_in_words(snapshot.as_at)}:"]
    lines += [answer_text(snapshot, each) for each in (*found_.allowed, *found_.cannot_tell)]
    if not found_.allowed:
        lines.append("Nobody on record may." if not found_.cannot_tell else "Nobody for certain.")
        lines += [f"  Nearest: {_miss_text(name(m.holder), m)}" for m in found_.misses]
    return "\n".join(lines)


def powers_text(snapshot: Snapshot, holder: str, held: Iterable[Held]) -> str:
    """What a holder may decide, as lines of text."""
    every = tuple(held)
    day = day_in_words(snapshot.as_at)
    if not every:
        return f"Nothing on record lets {snapshot.name(holder)} decide anything on {day}."
    lines = [f"What {snapshot.name(holder)} may decide on {day}:"]
    return "\n".join(
        [*lines, *(f"  {e.answer.outcome.capitalize()}. {e.answer.because}" for e in every)]
    )


def audit_text(findings: Iterable[Finding]) -> str:
    """The faults of a scheme, as lines of text; gaps one by one only while they are few."""
    every = tuple(findings)
    faults = [each for each in every if not each.gap]
    gaps = [each for each in every if each.gap]
    listed = faults + (gaps if len(gaps) <= _FEW else [])
    lines = [
        f"{'Gap' if each.gap else 'Fault'} ({each.kind}): {each.because}\n  {each.about}"
        for each in listed
    ]
    if len(gaps) > _FEW:
        kinds = Counter(each.kind for each in gaps)
        lines += [
            f"Gap ({kind}): {number} times. JSON lists each." for kind, number in kinds.items()
        ]
    return "\n".join(
        [*lines, f"{counted(len(faults), 'fault')}, {counted(len(gaps), 'gap')}.".capitalize()]
    )


# --- as JSON -------------------------------------------------------------------------------------


def answered_from(systems: frozenset[str]) -> str:
    """On what part of the record an answer rests, whether or not there is any other.

    systems  those whose exempt facts the one who asks may see
    """
    if not systems:
        return PUBLIC_ONLY
    if EVERY in systems:
        return "Answered from the whole record, what is not for publication included."
    return (
        "Answered from the public record and what you may see besides of "
        f"{', '.join(sorted(systems))}: what else is not for publication, if there is any, is not "
        "looked at."
    )


def answer_json(snapshot: Snapshot, answer: Answer) -> dict[str, Any]:
    """An answer as plain data."""
    question = answer.question
    return {
        "outcome": answer.outcome,
        "holder": answer.holder,
        "function": question.function,
        "area": question.area,
        "amount_pence": question.amount,
        "as_at": snapshot.as_at.isoformat(),
        "known": snapshot.known.isoformat(),
        "because": answer.because,
        "ceiling_pence": answer.ceiling,
        "accountable": list(answer.accountable),
        "liable": list(answer.liable),
        "consult": list(answer.consult),
        "inform": list(answer.inform),
        "conditions": list(answer.conditions),
        "excepts": list(answer.excepts),
        "steps": list(answer.steps),
        "misses": [miss_json(each) for each in answer.misses],
        "proof": answer.proof,
    }


def miss_json(miss: Miss) -> dict[str, Any]:
    """A near miss as plain data."""
    return {
        "holder": miss.holder,
        "by": miss.by or None,
        "because": miss.because,
        "failed": [
            {"test": each.test, "state": each.state, "short_pence": each.short}
            for each in miss.faults
        ],
    }


def who_may_json(snapshot: Snapshot, found_: WhoMay) -> dict[str, Any]:
    """Everybody who may, as plain data. Never cut short."""
    return {
        "allowed": [answer_json(snapshot, each) for each in found_.allowed],
        "cannot_tell": [answer_json(snapshot, each) for each in found_.cannot_tell],
        "nearest": [miss_json(each) for each in found_.misses],
    }


def powers_json(snapshot: Snapshot, held: Iterable[Held]) -> list[dict[str, Any]]:
    """What a holder may decide, as plain data."""
    return [{"by": each.source, **answer_json(snapshot, each.answer)} for each in held]


def kept_in_words(fact: Reservation) -> str:
    """Which amounts a reservation keeps."""
    return "All" if fact.lower is None else f"Above {pounds(fact.lower)}"


def proof_text(answer: Answer) -> str:
    """The proof of an answer as it is handed round: JSON, names in order."""
    return msgspec.json.encode(answer.proof, order="sorted").decode()


def turns_json(snapshot: Snapshot, question: Question, turns: Iterable[Turn]) -> dict[str, Any]:
    """The days on which an answer changes, as plain data."""

    def side(answers: Answers) -> dict[str, Any]:
        return {
            "allowed": [
                {"holder": holder, "ceiling_pence": ceiling} for holder, ceiling in answers.allowed
            ],
            "cannot_tell": list(answers.cannot_tell),
        }

    return {
        "function": question.function,
        "area": question.area,
        "amount_pence": question.amount,
        "as_at": snapshot.as_at.isoformat(),
        "known": snapshot.known.isoformat(),
        "changes": [
            {"on": each.day.isoformat(), "before": side(each.before), "after": side(each.after)}
            for each in turns
        ],
    }


# --- as a table ----------------------------------------------------------------------------------

HEADS = (
    "outcome holder name function area amount_pounds up_to_pounds because accountable liable "
    "consult inform conditions proof as_at known"
).split()
"""Columns of a table of answers."""


def who_may_rows(snapshot: Snapshot, found_: WhoMay) -> list[dict[str, Any]]:
    """Everybody who may, who perhaps may, and what came nearest, a row each."""
    rows = [answer_row(snapshot, each) for each in (*found_.allowed, *found_.cannot_tell)]
    near = [
        {
            "outcome": "near miss", "holder": each.holder, "name": snapshot.name(each.holder),
            "because": each.because, "as_at": snapshot.as_at.isoformat(),
            "known": snapshot.known.isoformat(),
        }
        for each in found_.misses
    ]  # fmt: skip
    return rows + near


def answer_row(snapshot: Snapshot, answer: Answer) -> dict[str, Any]:
    """An answer as a row."""
    question = answer.question
    several = {
        name: " | ".join(getattr(answer, name))
        for name in ("accountable", "liable", "consult", "inform", "conditions")
    }
    return {
        "outcome": answer.outcome,
        "holder": answer.holder,
        "name": snapshot.name(answer.holder),
        "function": question.function,
        "area": question.area,
        "amount_pounds": in_pounds(question.amount),
        "up_to_pounds": in_pounds(answer.ceiling),
        "because": answer.because,
        **several,
        "proof": answer.proof["hash"] if answer.proof else None,
        "as_at": snapshot.as_at.isoformat(),
        "known": snapshot.known.isoformat(),
    }


def in_pounds(pence_: int | None) -> str | None:
    """Pence as pounds for a spreadsheet; none stays none."""
    return None if pence_ is None else f"{pence_ // 100}.{pence_ % 100:02}"
