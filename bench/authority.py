"""A made-up England of authority: how fast questions are answered on it, at three sizes.

42 boards, functions in a tree of three levels, areas in places in systems, and delegations in
chains of up to three. Times are processor time of the one thread that answers, for the machines
that measure are seldom quiet. `bench.authority_peers` puts the same questions to others.
"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from statistics import median

import msgspec

from bench.rows import Measured, row, watch
from commonweal.areas.facts import Area, Containment
from commonweal.authority.answers import holders, route_and_proof
from commonweal.authority.audit import audit
from commonweal.authority.facts import Basis, Delegation, Function, Instrument, Power
from commonweal.authority.proof import refusal_of
from commonweal.authority.register import Register, register
from commonweal.authority.search import Question, Search
from commonweal.bodies.facts import Body, Post
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Held, Rows, Snapshot
from commonweal.vocabulary import VOCABULARY

BOARDS, PLACES, HEADS, LEAVES = 42, 6, 20, 20
DAY = date(2026, 12, 1)
OWN = "e/basis/own"
_KINDS = ("committee", "post")


class Made:
    """Facts in memory, read as a snapshot reads them."""

    def __init__(self, facts: dict[str, Fact]) -> None:
        self.kinds: dict[str, dict[str, Fact]] = {}
        for name in sorted(facts):
            self.kinds.setdefault(name.split("/")[1], {})[name] = facts[name]

    def rows(self, kind: str, _as_at: date, _head: int) -> Rows:
        found = self.kinds.get(kind, {})
        return Rows(list(found), msgspec.json.encode(list(found.values())).decode())

    def held(self, kind: str, _as_at: date, _head: int) -> list[Held]:
        return [Held("2022-07-01", "9999-12-31", 1)] * len(self.kinds.get(kind, {}))

    def days(self, _kind: str, _head: int) -> list[str]:
        return ["2022-07-01", "9999-12-31"]

    def exempt(self, _as_at: date | None, _head: int) -> list[str]:
        return []


def england(delegations: int) -> dict[str, Fact]:
    """The facts: that many delegations, and all that they name."""
    facts: dict[str, Fact] = dict(_functions())
    facts["e/instrument/scheme"] = Instrument(name="Scheme", type="agreement")
    facts[OWN] = Basis(
        name="Own committees and posts", law="An Act", own=True, onward="any",
        givers=("integrated care board", "committee", "post"), takers=("committee", "post"),
    )  # fmt: skip
    for board in range(BOARDS):
        facts.update(_board(board))
    by = random.Random(7)
    for number in range(delegations):
        facts[f"e/delegation/d{number}"] = _delegation(by, number, delegations)
    return facts


def _functions() -> Iterator[tuple[str, Fact]]:
    yield "e/function/all", Function(name="All")
    for head in range(HEADS):
        yield f"e/function/h{head}", Function(name=f"Head {head}", part_of=("e/function/all",))
        for leaf in range(LEAVES):
            part = (f"e/function/h{head}",)
            yield f"e/function/h{head}-{leaf}", Function(name=f"Leaf {leaf}", part_of=part)


def _board(n: int) -> Iterator[tuple[str, Fact]]:
    yield f"e/area/s{n}", Area(name=f"System {n}", type="system")
    yield (
        f"e/body/b{n}",
        Body(name=f"Board {n}", type="integrated care board", areas=(f"e/area/s{n}",)),
    )
    yield f"e/power/b{n}", Power(function="e/function/all", holder=f"e/body/b{n}", law="An Act")
    for place in range(PLACES):
        where = f"e/area/s{n}-p{place}"
        yield where, Area(name=f"Place {place}", type="place")
        yield f"e/containment/s{n}-p{place}", Containment(part=where, whole=f"e/area/s{n}")


def _delegation(by: random.Random, number: int, total: int) -> Delegation:
    """Number 0, 3, 6 … from a board to a committee, the next from it to a post, and to another."""
    board, step = number // 3 % BOARDS, number % 3
    group = number // 3 // BOARDS
    chain = group % max(total // 3 // BOARDS // 4, 1)
    head, place = group % HEADS, group % PLACES
    who = ["b", "c", "p", "q"][step : step + 2]
    names = [
        f"e/{_holder(each)}/{each}{board}" + ("" if each == "b" else f"-{chain}") for each in who
    ]
    return Delegation(
        giver=names[0], taker=names[1], basis=OWN, instrument="e/instrument/scheme",
        function=f"e/function/h{head}" + (f"-{by.randrange(LEAVES)}" if step > 1 else ""),
        area=f"e/area/s{board}" if step == 0 else f"e/area/s{board}-p{place}",
        limit="per decision", upper=(4 - step) * 100_000_00, onward="any" if step < 2 else "none",
    )  # fmt: skip


def _holder(letter: str) -> str:
    return "body" if letter in "bc" else "post"


def _takers(facts: dict[str, Fact]) -> Iterator[tuple[str, Fact]]:
    for fact in list(facts.values()):
        if isinstance(fact, Delegation):
            for each in (fact.giver, fact.taker):
                board = each.split("/")[2].partition("-")[0][1:]
                if each in facts:
                    continue
                if "/body/c" in each:
                    yield (
                        each,
                        Body(name="Committee", type="committee", parents=(f"e/body/b{board}",)),
                    )
                elif "/post/" in each:
                    yield each, Post(name="Post", bodies=(f"e/body/b{board}",))


def snapshot_of(delegations: int) -> Snapshot:
    facts = england(delegations)
    facts.update(_takers(facts))
    known = datetime(2026, 12, 1, tzinfo=UTC)
    return Snapshot(VOCABULARY, Made(facts), as_at=DAY, known=known, head=1)


def questions(snapshot: Snapshot, count: int) -> list[tuple[str, Question]]:
    """Half near a delegation that exists, half anywhere."""
    by = random.Random(11)
    given = list(snapshot.all(Delegation).values())
    asked = []
    for number in range(count):
        one = by.choice(given)
        amount = by.choice([None, 50_000_00, 150_000_00, 250_000_00, 600_000_00])
        function = (
            one.function
            if number % 2
            else f"e/function/h{by.randrange(HEADS)}-{by.randrange(LEAVES)}"
        )
        asked.append((one.taker, Question(function=function, area=one.area or "", amount=amount)))
    return asked


def timed(run, asked):
    """Microseconds of processor time of each call."""
    times = []
    for each in asked:
        begins = time.thread_time_ns()
        run(*each)
        times.append((time.thread_time_ns() - begins) / 1000)
    return times


def p95(times):
    return sorted(times)[int(len(times) * 0.95)]


def ready(size):
    """A snapshot with its register built, and questions to ask of it."""
    snapshot = snapshot_of(size)
    register(snapshot)
    asked = questions(snapshot, 4000)
    route_and_proof(snapshot, *asked[0])
    return snapshot, asked


SIZES = (1_000, 10_000, 100_000)


@row("May this holder decide? 95th percentile, an allowed answer with its proof",
     sizes=SIZES, of="delegations", unit="µs of processor time", at_most=50)  # fmt: skip
def check(size):
    snapshot, asked = ready(size)
    return Measured(p95(timed(lambda who, q: route_and_proof(snapshot, who, q), asked)))


@row("The same when refused, with the proof of that, 95th percentile",
     sizes=SIZES, of="delegations", unit="µs of processor time")  # fmt: skip
def refuse(size):
    snapshot, asked = ready(size)
    refused = [each for each in asked if route_and_proof(snapshot, *each)[0] is None]

    def prove(who, question):
        search = Search(register(snapshot), question, lenient=True)
        if search.route(who) is None:
            refusal_of(snapshot, question, who, outcome="refused", against=search)

    prove(*refused[0])
    return Measured(p95(timed(prove, refused)))


@row("Who may decide? Median",
     sizes=SIZES, of="delegations", unit="ms of processor time", at_most=1)  # fmt: skip
def who(size):
    snapshot, asked = ready(size)
    times = timed(lambda q: holders(snapshot, q), [(q,) for _, q in asked[:1000]])
    return Measured(median(times) / 1000)


@row("Audit every delegation",
     sizes=SIZES, of="delegations", unit="s of processor time", at_most=5)  # fmt: skip
def audited(size):
    snapshot, _ = ready(size)
    with watch() as taken:
        assert audit(snapshot) == ()
    return Measured(taken.processor)


@row("Make the register of a day, facts already read",
     sizes=SIZES, of="delegations", unit="s of processor time", at_most=2)  # fmt: skip
def index(size):
    snapshot = snapshot_of(size)
    for type_ in (Delegation, Post, Body, Function, Containment, Power):
        snapshot.entries_of(type_), snapshot.all(type_)
    with watch() as taken:
        Register(snapshot)
    return Measured(taken.processor)
