"""Proofs: an answer written out so that a verifier can follow it without searching."""

from typing import Any

from commonweal.record.errors import RecordError
from commonweal.record.snapshot import Snapshot

from .canonical import digest
from .pinned import Pinned
from .refuting import refutation
from .register import Hop, Register, register
from .rows import SnapshotRows, whole_register
from .search import Question, Route, Search, part_of
from .verifier import Rejected, verify
from .verifier_of_refusals import verify_refusal

ENGINE = "3"
"""Version of the search and of the form of its proofs."""

RULES = "1"
"""Version of the rules built into it: places that never decide, providers before July 2022."""

type Proof = dict[str, Any]


def proof_of(snapshot: Snapshot, question: Question, route: Route, *, seat: str = "") -> Proof:
    """The proof that a matter may be decided.

    seat  who asks, if not the body itself but a member of it who votes
    """
    writing = _Writing(snapshot, question, seat)
    return _sealed(
        {
            **_headed(writing.register, question, seat or route.holder),
            "outcome": "allowed",
            "route": writing.node(route, (question.area,)),
            "ceiling": route.ceiling,
            "accountable": sorted(writing.roots),
            "rows": writing.pinned.rows,
        }
    )


def refusal_of(
    snapshot: Snapshot,
    question: Question,
    holder: str,
    *,
    outcome: str,
    seat: str = "",
    against: Search | None = None,
    route: Route | None = None,
) -> Proof:
    """The proof that a matter may not be decided, or that it cannot be told.

    against  the search, strict or lenient, that found no way; none where the seat settles it
    route    if it cannot be told: the way that what is not recorded leaves open
    """
    writing = _Writing(snapshot, question, seat)
    nodes = refutation(against, holder) if against else []
    for node in nodes:
        writing.refuted(node)
    if against and route is None and not _tried(nodes[0]):
        writing.pinned.names.add(writing.register.said(holder))
    return _sealed(
        {
            **_headed(writing.register, question, seat or holder),
            "outcome": outcome,
            "route": writing.node(route, (question.area,)) if route else None,
            "refuted": nodes,
            "register": whole_register(snapshot),
            "rows": writing.pinned.rows,
        }
    )


def _tried(node: dict[str, Any]) -> bool:
    return bool(node["barred"] or node["powers"] or node["parent"] or node["cover"])


def _headed(entries: Register, question: Question, holder: str) -> Proof:
    day, known = entries.stamp
    return {
        "engine": ENGINE,
        "rules": RULES,
        "day": day,
        "known": known,
        "question": asked(holder, question),
    }


def _sealed(proof: Proof) -> Proof:
    proof["hash"] = digest(proof)
    return proof


def asked(holder: str, question: Question) -> dict[str, Any]:
    """A question as it stands in a proof."""
    return {
        "holder": holder,
        "function": question.function,
        "area": question.area,
        "amount": question.amount,
        "money": question.money,
        "urgent": question.urgent,
        "so_far": question.so_far,
        "budget": question.budget,
    }


def check_proof(snapshot: Snapshot, proof: Proof, holder: str, question: Question) -> None:
    """Re-check a proof against the record, whatever its outcome.

    raises  Rejected, saying at which step
    """
    try:
        check = verify if proof.get("outcome") == "allowed" else verify_refusal
        check(proof, asked(holder, question), SnapshotRows(snapshot))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecordError) as wrong:
        raise Rejected(f"it cannot be followed: {wrong}") from wrong


class _Writing:
    """A proof being written: what it rests on, and whose powers it starts from."""

    def __init__(self, snapshot: Snapshot, question: Question, seat: str) -> None:
        self.register, self.question = register(snapshot), question
        self.pinned = Pinned(self.register)
        self.roots: set[str] = set()
        self._asked: set[tuple[str, ...]] = set()
        if seat:
            self.pinned.names.add(seat)

    def node(self, route: Route, where: tuple[str, ...]) -> dict[str, Any]:
        """A step of the way, and all above it."""
        holder, function, area = route.holder, route.function, route.area
        if route.root is not None:
            self.pinned.root(holder, function, area)
            self.roots.add(holder)
            return {
                "holder": holder, "function": function, "area": area, "power": route.root.power,
            }  # fmt: skip
        self.pinned.joint(holder, area)
        by = []
        for hop, above, part in zip(route.hops, route.above, route.parts or (area,), strict=True):
            inner = part_of(where, area, part)
            self.way(hop, function, part, inner)
            step = {"delegation": hop.name, "giver": hop.giver, "saved": hop.saved_by}
            by.append({**step, "above": self.node(above, inner)})
        return {"holder": holder, "function": function, "area": area, "by": by}

    def way(self, hop: Hop, function: str, area: str, where: tuple[str, ...]) -> None:
        """Pin what a delegation rests on, passed or not."""
        self.pinned.way(hop, function, area)
        if where not in self._asked:
            self._asked.add(where)
            self.pinned.asked(self.question.function, where[-1])
        if hop.giver in self.register.kept:
            for each in where:
                self.pinned.kept(hop.giver, self.question.function, each)

    def refuted(self, node: dict[str, Any]) -> None:
        """Pin what a node of a refutation rests on."""
        holder, function, area = node["holder"], node["function"], node["area"]
        names = self.pinned.names
        names.update((holder, *self.register.land.through(area)))
        if not node["barred"]:
            names.update(node["powers"])
            self.pinned.joint(holder, area)
            part = node["part"] or area
            where = part_of(tuple(node["where"]), area, part)
            for way in node["ways"]:
                self.way(self.register.hops[way["delegation"]], function, part, where)
