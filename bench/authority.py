"""How fast questions of authority are answered, at three sizes, beside casbin and cedarpy.

    python -m bench.authority [--peers] [--sizes 1000 10000 100000]

A made-up England: 42 boards, functions in a tree of three levels, areas in places in systems, and
delegations in chains of up to three. The peers are asked the same questions on the whole register,
with one policy a delegation; they follow no chain, so their task is the lighter one.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from statistics import median

import msgspec

from commonweal.areas.facts import Area, Containment
from commonweal.authority.answers import holders, route_and_proof
from commonweal.authority.audit import audit
from commonweal.authority.facts import Basis, Delegation, Function, Instrument, Power
from commonweal.authority.register import Register, register
from commonweal.authority.search import Question
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

    def exempt(self, _as_at: date, _head: int) -> list[str]:
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


def timed(run: Callable[..., object], asked: list[tuple[object, ...]]) -> list[float]:
    """Microseconds of each call."""
    times = []
    for each in asked:
        begins = time.perf_counter_ns()
        run(*each)
        times.append((time.perf_counter_ns() - begins) / 1000)
    return times


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def measure(size: int, *, peers: bool) -> None:
    snapshot = snapshot_of(size)
    snapshot.all(Delegation), snapshot.all(Post), snapshot.all(Body)
    begins = time.perf_counter()
    Register(snapshot)
    index = time.perf_counter() - begins
    register(snapshot)
    asked = questions(snapshot, 5000)
    route_and_proof(snapshot, *asked[0])
    checks = timed(lambda who, q: route_and_proof(snapshot, who, q), asked)
    allowed = sum(route_and_proof(snapshot, who, q)[0] is not None for who, q in asked[:1000])
    who = timed(lambda q: holders(snapshot, q), [(q,) for _, q in asked[:1000]])
    begins = time.perf_counter()
    faults = len(audit(snapshot))
    audited = time.perf_counter() - begins
    print(
        f"{size:>7,} delegations: index {index:.2f} s; audit {audited:.2f} s, {faults} found\n"
        f"        check with proof p50 {median(checks):.1f} p95 {p95(checks):.1f} µs "
        f"({allowed / 10:.0f}% allowed); who-may p50 {median(who) / 1000:.3f} "
        f"p95 {p95(who) / 1000:.3f} ms"
    )
    if peers:
        from bench import authority_peers

        authority_peers.measure(snapshot, asked, median(checks))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peers", action="store_true")
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    chosen = options.parse_args()
    for each_size in chosen.sizes:
        measure(each_size, peers=chosen.peers)
