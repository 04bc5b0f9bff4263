"""From what a scheme says to what the record would say: delegations and reservations, or faults.

Nothing is guessed: a name that is not sure is asked about, bands that overlap or leave a gap are
faults, and what the shape of the file cannot hold stays not stated.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple

from msgspec import structs

from commonweal.authority.facts import Basis, Delegation, Instrument, LimitKind, Reservation
from commonweal.authority.orders import function_order
from commonweal.bodies.facts import Body
from commonweal.record.documents import Document
from commonweal.record.errors import did_you_mean
from commonweal.record.facts import Fact, Source, Status
from commonweal.record.handed_in import note_of, paper_of
from commonweal.record.identifiers import slug
from commonweal.record.sheets import Fault, FileRead, Sheet, Spot
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal.record.wording import capital
from commonweal.record.writing import Change

from .banding import Placed, band_faults, with_ends
from .by_holder import read_by_holder
from .limits_by_role import read_limits
from .marks import Meaning
from .matrix import read_matrix
from .names import Found, Names, Past, Settled
from .said import LOSES, Asked, Help, Lines, Said, Shape

_READERS: Mapping[Shape, Callable[[Sequence[Sheet], Help], Lines]] = {
    "tick-matrix": read_matrix,
    "by-holder": read_by_holder,
    "role-by-limit": read_limits,
}
_LONGEST = 80

type _Passed = Delegation | Reservation


class Terms(NamedTuple):
    """What an officer says of a scheme that the file itself does not.

    starts      the day from which it holds
    instrument  identifier of the document of authority; it is made if it is not on record
    title       what it is called, if it is to be made
    giver       the body whose scheme it is; empty: the instrument says
    basis       the provision of law that all of it rests on; empty: not stated
    measured    what limits are measured by where the file does not say
    replaces    an instrument whose delegations and reservations end on the day; empty: none
    shared      several holders may have the very same band
    """

    system: str
    starts: date
    shape: Shape
    instrument: str
    title: str = ""
    giver: str = ""
    status: Status = "in force"
    basis: str = ""
    measured: LimitKind = "not stated"
    replaces: str = ""
    shared: bool = False


class Drawn(NamedTuple):
    """What an import would do, or what keeps it from it.

    changes  what to write; none if there is any fault, or anything is left to settle
    placed   what the file says, matched, for showing
    agreed   identifiers of what the record says already
    """

    changes: tuple[Change, ...]
    placed: tuple[Placed, ...]
    agreed: tuple[str, ...]
    faults: tuple[Fault, ...]
    asked: tuple[Asked, ...]
    remarks: tuple[str, ...]


def draw(
    file: FileRead,
    terms: Terms,
    snapshot: Snapshot,
    *,
    settled: Settled = Settled(),  # noqa: B008 - it is frozen
    marks: Mapping[str, Meaning] | None = None,
    taken: Callable[[str], bool] = lambda _: False,
    past: Iterable[Past] = (),
) -> Drawn:
    """What a file would put on record.

    snapshot  the record on the first day of the scheme
    taken     whether an identifier was ever used
    past      bodies and posts on record on other days only
    """
    remarks = list(file.remarks)
    past = tuple(past)
    giver, faults = _giver(terms, snapshot, {each.entity: each for each in past})
    if faults:
        return Drawn((), (), (), tuple(faults), (), tuple(remarks))
    names = Names(snapshot, terms.system, giver=giver, settled=settled, past=past)
    lines = _READERS[terms.shape](file.sheets, _help(names, marks or {}))
    placed, asked = _matched(lines.said, names)
    asked = _gathered([*lines.asked, *asked])
    remarks += lines.remarks
    drawing = _Drawing(file, terms, snapshot, giver, taken)
    faults = [*lines.faults, *band_faults(placed, shared=terms.shared)]
    placed = drawing.without_own(placed)
    if not (lines.said or lines.asked or faults):
        faults.append(Fault(None, "", "nothing in the file says that anybody may decide anything."))
    placed = with_ends(placed, measured=terms.measured)
    faults += drawing.faults(placed)
    changes, agreed = drawing.changes(placed)
    faults += drawing.clashes
    remarks += drawing.remarks
    keep = not faults and not asked
    return Drawn(tuple(changes) if keep else (), tuple(placed), tuple(agreed), tuple(faults),
                 tuple(asked), tuple(remarks))  # fmt: skip


def _giver(terms: Terms, snapshot: Snapshot, past: Mapping[str, Past]) -> tuple[str, list[Fault]]:
    """Whose scheme it is, and what is wrong with how the import was asked for."""
    faults: list[str] = []
    day = day_in_words(terms.starts)
    known = snapshot.get(terms.instrument)
    giver = terms.giver or (known.body or "" if isinstance(known, Instrument) else "")
    if not giver:
        faults.append(
            f"{terms.instrument} names no body on {day}, so nobody can tell who delegates. Name "
            "the body."
        )
    elif not isinstance(snapshot.get(giver), Body):
        faults.append(f"No body {giver} is on record on {day}. {_otherwise(snapshot, giver, past)}")
    if not isinstance(known, Instrument) and not terms.title:
        faults.append(
            f"No document of authority {terms.instrument} is on record on {day}. "
            f"{did_you_mean(terms.instrument, list(snapshot.all(Instrument)))} To make a new one, "
            "give its title."
        )
    for named, kind in ((terms.basis, Basis), (terms.replaces, Instrument)):
        if named and not isinstance(snapshot.get(named), kind):
            near = did_you_mean(named, list(snapshot.all(kind)))
            faults.append(f"{named} is not on record on {day}. {near}")
    return giver, [Fault(None, "", because) for because in faults]


def _otherwise(snapshot: Snapshot, giver: str, past: Mapping[str, Past]) -> str:
    if (when := past.get(giver)) is None:
        return did_you_mean(giver, list(snapshot.all(Body)))
    if when.begins > snapshot.as_at:
        first = day_in_words(when.begins)
        return f"Its record begins on {first}: choose that day or a later one."
    return f"Its record ends on {day_in_words(when.ends)}."


def _help(names: Names, marks: Mapping[str, Meaning]) -> Help:
    return Help(
        lambda text: names.is_one("holder", text),
        lambda text: names.is_one("function", text),
        lambda text: names.left_out("holder", text),
        marks,
    )


_EVERYWHERE = frozenset({"", "-", "–", "n/a", "all", "everywhere", "wherever the giver may"})


def _matched(said: Sequence[Said], names: Names) -> tuple[list[Placed], list[Asked]]:
    placed: list[Placed] = []
    asked: list[Asked] = []
    for each in said:
        function = names.find("function", each.function)
        holder = names.find("holder", each.holder)
        everywhere = each.area.strip().lower() in _EVERYWHERE
        area = Found() if everywhere else names.find("area", each.area)
        for what, raw, found, at in (
            ("function", each.function, function, each.named[:1]),
            ("holder", each.holder, holder, each.named[1:]),
            ("area", each.area, area, each.named[:1]),
        ):
            if found.because:
                asked.append(Asked(what, raw, at or (each.at,), found.because, found.near))  # type: ignore[arg-type]  # one of the three
        if function.entity and holder.entity and (everywhere or area.entity):
            kept = each.kept or holder.entity == names.giver
            placed.append(
                Placed(function.entity, holder.entity, kept, each.limit, each, area.entity or None)
            )
    return placed, asked


def _gathered(asked: Iterable[Asked]) -> list[Asked]:
    """Each question once, with every place that asks it."""
    found: dict[tuple[str, str], Asked] = {}
    for each in asked:
        key = (each.what, each.raw)
        if (before := found.get(key)) is not None:
            each = each._replace(at=tuple(dict.fromkeys((*before.at, *each.at))))  # noqa: PLW2901 - the same, with more places
        found[key] = each
    return list(found.values())


class _Drawing:
    """One scheme beside the record of its first day."""

    def __init__(
        self, file: FileRead, terms: Terms, snapshot: Snapshot, giver: str,
        taken: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self.file, self.terms, self.snapshot, self.giver = file, terms, snapshot, giver
        self.taken = taken
        self.clashes: list[Fault] = []
        self.remarks: list[str] = []
        self.given: set[str] = set()
        self.document, self.sourced = self._document()

    # --- what is wrong ----------------------------------------------------------------------------

    def faults(self, placed: Sequence[Placed]) -> Iterator[Fault]:
        """What is wrong with the scheme as a whole."""
        yield from _twice(placed, self.snapshot)
        takers = {each.holder for each in placed if not each.kept}
        circles = {taker: set(self._below(taker)) for taker in takers}
        for each in placed:
            yield from self._about_taker(each)
            if not each.kept and self.giver in circles[each.holder]:
                yield self._fault(
                    each, f"this would run in a circle: {self._name(each.holder)} passes on to "
                    f"{self._name(self.giver)} what it would be given."
                )  # fmt: skip

    def without_own(self, placed: Sequence[Placed]) -> list[Placed]:
        """All but the giver's own power up to some amount: that is neither passed on nor kept."""
        left = []
        for each in placed:
            limit = each.limit
            own = each.kept and not each.said.kept and not limit.banded
            if own and (limit.upper is not None or limit.kind == "no limit"):
                name = self._name(self.giver)
                remark = f"{each.said.at}: {name} has this already, so nothing is recorded."
                self.remarks.append(capital(remark))
            else:
                left.append(each)
        return left

    def _fault(self, placed: Placed, because: str) -> Fault:
        return Fault(placed.said.at, placed.said.raw, because)

    def _name(self, entity: str) -> str:
        return self.snapshot.name(entity)

    def _below(self, taker: str) -> Iterator[str]:
        """Everybody to whom something on record passes from a holder."""
        seen, waiting = {taker}, [taker]
        while waiting:
            for entity in self._takers.get(waiting.pop(), ()):
                if entity not in seen:
                    seen.add(entity)
                    waiting.append(entity)
                    yield entity

    @cached_property
    def _takers(self) -> dict[str, list[str]]:
        """To whom each passes something on, what would end on the day apart."""
        found: dict[str, list[str]] = {}
        for fact in self.snapshot.all(Delegation).values():
            if not self.terms.replaces or fact.instrument != self.terms.replaces:
                found.setdefault(fact.giver, []).append(fact.taker)
        return found

    def _about_taker(self, placed: Placed) -> Iterator[Fault]:
        if placed.kept and placed.limit.upper is not None:
            yield self._fault(
                placed, "what is reserved above an amount has no upper end. Leave it out."
            )
        body = self.snapshot.get(placed.holder)
        if isinstance(body, Body) and body.stage == "dissolved":
            day = day_in_words(self.terms.starts)
            yield self._fault(
                placed, f"{self._name(placed.holder)} is dissolved on {day}, so nothing can be "
                "passed on to it."
            )  # fmt: skip

    # --- what would be written --------------------------------------------------------------------

    def changes(self, placed: Sequence[Placed]) -> tuple[list[Change], list[str]]:
        """What would be written, and identifiers of what is on record already."""
        made: list[Change] = []
        agreed: list[str] = []
        for each in placed:
            fact = self._reservation(each) if each.kept else self._delegation(each)
            if (entity := self._on_record(each, fact)) is not None:
                agreed.append(entity)
            else:
                made.append(self._assert(self._identifier(each), fact))
        self.remarks += self._silences(placed)
        if made or agreed:
            made = [*self._papers(), *self._ended(agreed), *made] if made else []
        return made, agreed

    def _assert(self, entity: str, fact: Fact) -> Change:
        return Change("assert", entity, fact, self.terms.starts)

    def _papers(self) -> Iterator[Change]:
        """The file as a document, and the document of authority if it is to be made."""
        if self.sourced is not None:
            yield Change("assert", self.document, self.sourced)
        if self.snapshot.get(self.terms.instrument) is None:
            yield self._assert(
                self.terms.instrument,
                _saying(
                    Instrument, name=self.terms.title, type="scheme of reservation and delegation",
                    body=self.giver, replaces=self.terms.replaces or None,
                    status=self.terms.status, sources=(Source(document=self.document),),
                ),
            )  # fmt: skip

    def _ended(self, agreed: Sequence[str]) -> Iterator[Change]:
        if not self.terms.replaces:
            return
        recorded: Iterable[tuple[str, _Passed]] = (
            *self.snapshot.all(Delegation).items(), *self.snapshot.all(Reservation).items()
        )  # fmt: skip
        for entity, fact in recorded:
            if fact.instrument == self.terms.replaces and entity not in agreed:
                yield Change("withdraw", entity, None, self.terms.starts)

    def _document(self) -> tuple[str, Document | None]:
        """Identifier of the file as a document, and the document if it is not on record."""
        if known_as := paper_of(self.snapshot, self.terms.system, self.file):
            return known_as, None
        entity = self._free(f"{self.terms.system}/document/{slug(self.file.name)[:_LONGEST]}")
        known = self.snapshot.get(self.terms.instrument)
        title = known.name if isinstance(known, Instrument) else self.terms.title
        return entity, Document(
            title=f"{title} ({self.file.name})", issuer=self._name(self.giver), type="instrument",
            note=note_of(self.file),
        )  # fmt: skip

    def _identifier(self, placed: Placed) -> str:
        kind = "reservation" if placed.kept else "delegation"
        parts = [placed.function.rsplit("/", 1)[1], placed.holder.rsplit("/", 1)[1]]
        if placed.area:
            parts.append(placed.area.rsplit("/", 1)[1])
        if placed.limit.above is not None:
            parts.append(f"above {placed.limit.above // 100}")
        last = slug(" ".join(parts))[:_LONGEST].strip("-")
        return self._free(f"{self.terms.system}/{kind}/{last}")

    def _free(self, entity: str) -> str:
        tried, number = entity, 1
        while self.taken(tried) or self.snapshot.get(tried) is not None or tried in self.given:
            number += 1
            tried = f"{entity}-{number}"
        self.given.add(tried)
        return tried

    def _source(self, placed: Placed) -> tuple[Source, ...]:
        return (Source(document=self.document, at=capital(f"{placed.said.at}")),)

    def _note(self, placed: Placed) -> str:
        return " ".join((LOSES[self.terms.shape], *placed.said.notes))

    def _delegation(self, placed: Placed) -> Delegation:
        limit = placed.limit
        return _saying(
            Delegation,
            giver=self.giver, taker=placed.holder, function=placed.function,
            area=placed.area, limit=limit.kind,
            lower=limit.above, upper=limit.upper, vat=limit.vat, onward="not stated",
            basis=self.terms.basis or None, instrument=self.terms.instrument,
            line=placed.said.line or None, status=self.terms.status, note=self._note(placed),
            sources=self._source(placed),
        )  # fmt: skip

    def _reservation(self, placed: Placed) -> Reservation:
        return _saying(
            Reservation,
            holder=placed.holder, function=placed.function,
            area=placed.area, lower=placed.limit.above,
            instrument=self.terms.instrument, line=placed.said.line or None,
            status=self.terms.status, note=self._note(placed), sources=self._source(placed),
        )  # fmt: skip

    # --- beside the record ------------------------------------------------------------------------

    def _on_record(self, placed: Placed, fact: _Passed) -> str | None:
        """What says the same already under the same document; what contradicts it is a clash."""
        for entity, known in self._under(placed, fact):
            if _says(known, fact):
                return entity
            says, now = (each.sentence(self._name) for each in (known, fact))
            because = (
                f"the record says otherwise under the same document: “{says}” ({entity}). The file "
                f"says: “{now}” Change the one that is wrong."
            )
            self.clashes.append(Fault(placed.said.at, placed.said.raw, because))
            return entity
        return None

    def _under(self, placed: Placed, fact: _Passed) -> Iterator[tuple[str, _Passed]]:
        for entity, known in self._recorded.get((placed.kept, placed.holder, placed.function), ()):
            if placed.area not in {None, known.area}:
                continue
            if known.lower == fact.lower or (placed.kept and fact.lower is None):
                yield entity, known

    @cached_property
    def _recorded(self) -> dict[tuple[bool, str, str], list[tuple[str, _Passed]]]:
        """What stands under the same document, by whether it is kept, holder and function."""
        found: dict[tuple[bool, str, str], list[tuple[str, _Passed]]] = {}
        for entity, fact in self.snapshot.all(Delegation).items():
            if fact.instrument == self.terms.instrument and fact.giver == self.giver:
                found.setdefault((False, fact.taker, fact.function), []).append((entity, fact))
        for entity, kept in self.snapshot.all(Reservation).items():
            if kept.instrument == self.terms.instrument:
                found.setdefault((True, kept.holder, kept.function), []).append((entity, kept))
        return found

    def _silences(self, placed: Sequence[Placed]) -> Iterator[str]:
        """What an officer should know of what the file leaves out."""
        passed = [each for each in placed if not each.kept]
        if passed and not self.terms.basis:
            yield (
                "No law is named, so whether any of these holds good cannot be told until one is."
            )
        silent = sum(each.limit.kind == "not stated" for each in passed)
        if silent:
            yield (
                f"No kind of limit is stated for {silent} of the delegations ({len(passed)} in "
                "all): asked about an amount, the answer is “cannot tell”."
            )
        yield from self._within_kept(placed)
        yield from self._elsewhere(passed)

    def _elsewhere(self, passed: Sequence[Placed]) -> Iterator[str]:
        """What another document passes on to the same holder, and goes on doing so."""
        said = {(each.holder, each.function) for each in passed}
        others = [
            entity for entity, fact in self.snapshot.all(Delegation).items()
            if fact.giver == self.giver and (fact.taker, fact.function) in said
            and fact.instrument not in {self.terms.instrument, self.terms.replaces}
        ]  # fmt: skip
        if others:
            yield (
                f"Another document lets the same holders decide on the same, and goes on doing so "
                f"unless it is replaced: {', '.join(others[:5])}"
                f"{f' and {len(others) - 5} more' if len(others) > 5 else ''}."  # noqa: PLR2004 - as many as a sentence bears
            )

    def _within_kept(self, placed: Sequence[Placed]) -> Iterator[str]:
        """What is passed on although it is part of something that is kept whole."""
        whole = {each.function: each for each in placed if each.kept and not each.limit.banded}
        order = function_order(self.snapshot) if whole else None
        for each in placed if order else ():
            for wider in sorted(order.up(each.function) & whole.keys() if order else ()):
                if wider != each.function and not each.kept:
                    yield (
                        f"{capital(str(each.said.at))}: “{self._name(each.function)}” is part of "
                        f"“{self._name(wider)}”, which {self._name(self.giver)} keeps "
                        f"({whole[wider].said.at}), so this lets nobody decide."
                    )


@cache
def _usual(type_: type[Fact]) -> dict[str, object]:
    return {field.name: field.default for field in structs.fields(type_)}


def _saying[F: Fact](type_: type[F], **fields: Any) -> F:
    """A fact without the fields that would only repeat what holds anyway."""
    usual = _usual(type_)
    return type_(**{name: value for name, value in fields.items() if value != usual[name]})


def _says(known: _Passed, fact: _Passed) -> bool:
    """Whether the record says what a file says, as far as the file says anything."""
    if isinstance(known, Reservation) or isinstance(fact, Reservation):
        return known.lower == fact.lower or fact.lower is None
    if fact.upper is not None and known.upper != fact.upper:
        return False
    return fact.limit in {"not stated", known.limit}


def _twice(placed: Sequence[Placed], snapshot: Snapshot) -> Iterator[Fault]:
    """The same said twice, and what is kept and given away at once."""
    first: dict[tuple[str, str, str | None, bool, int | None], Spot] = {}
    kept = {
        (each.function, each.area): each
        for each in placed
        if each.kept and each.limit.above is None
    }
    for each in placed:
        key = (each.function, each.holder, each.area, each.kept, each.limit.above)
        if key in first:
            because = f"the same was said at {first[key]}. Keep one."
            yield Fault(each.said.at, each.said.raw, because)
        first.setdefault(key, each.said.at)
        reserved = kept.get((each.function, each.area)) or kept.get((each.function, None))
        if not each.kept and reserved is not None:
            yield Fault(
                each.said.at, each.said.raw,
                f"{snapshot.name(reserved.holder)} keeps this to itself ({reserved.said.at}), and "
                f"it is passed on to {snapshot.name(each.holder)} as well. Say which.",
            )  # fmt: skip
