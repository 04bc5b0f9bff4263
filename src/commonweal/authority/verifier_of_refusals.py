"""The verifier of refusals, and of answers that cannot be told. It searches nothing either.

A refusal is proved by a closed set. Each node of it is a holder with what it would have to decide;
beside it stand every power in law that comes near and every delegation to it of the function or a
wider one. Each delegation fails a test, which is named, or its giver is a node of the set as well:
so nobody in the set can have begun. Of a joint committee one parent that is needed is enough, for
one part of the area; or that its parents are not on record to cover the area.

What this confirms: on the rows it looks up there is no way, and no row it was shown was left out
of the set. What it cannot: that those rows are the whole record. To that end the proof pins how
many powers, delegations and reservations the record had that day, with their digest; the log
proves those.

A matter that cannot be told is proved twice: a way on which nothing fails, but something is not
recorded, and a closed set for what is recorded. Or nothing of the holder's scheme is on record.
"""

from typing import Any

from .canonical import digest
from .verifier import LONGEST, SILENT, UNBORN, Check, Rejected, at, must

TESTS = (
    "status", "giver", "taker", "law", "document", "function", "area", "passing on", "money",
    "urgent", "limit", "reserved",
)  # fmt: skip
"""What a delegation is tried for, in this order; a proof names the first it does not pass."""


def verify_refusal(proof: dict[str, Any], question: dict[str, Any], rows: Any) -> None:
    """Raises Rejected unless the proof shows that it may not be decided, or cannot be told."""
    must(proof.get("hash") == digest(proof), "its hash is not that of its content")
    said = [proof[name] for name in ("engine", "rules", "day", "known", "question", "register")]
    must(said == ["3", "1", rows.day, rows.known, question, rows.register], "another question")
    strict, lenient = Check(question, rows), Check(question, rows, lenient=True)
    found = _outcome(proof["route"], proof["refuted"], strict, lenient)
    must(found == proof["outcome"], "another answer follows")
    must(strict.used | lenient.used == proof["rows"], "it rests on other facts")


def _outcome(route: Any, nodes: Any, strict: Check, lenient: Check) -> str:
    body, vote = strict.look("voter", strict.q["holder"])
    asked = [body, strict.q["function"], strict.q["area"], strict.q["area"]]
    if vote == "none":
        must(route is None and nodes == [], "a seat without a vote needs no more")
        return "refused"
    if route is None:
        _refute(lenient, nodes, asked)
        first = nodes[0]
        tried = first["barred"] or first["powers"] or first["parent"] or first["cover"]
        return "refused" if tried or lenient.look("said", body) else "cannot tell"
    must(nodes or vote == "not stated", "nothing keeps it from being told")
    (lenient if nodes else strict).node(route, asked, 0)
    if nodes:
        _refute(strict, nodes, asked)
    return "cannot tell"


def _refute(check: Check, nodes: Any, asked: list[str]) -> None:
    """Whether nothing in a set may be decided, and the set is exactly what that takes."""
    open_: dict[tuple[Any, ...], int] = {tuple(asked): 0}
    for node in nodes:
        for state in _left_open(check, node):
            open_[state] = min(open_.get(state, LONGEST), node["below"] + 1)
    said = [(_state(node), node["below"]) for node in nodes]
    must(said and said[0][0] == tuple(asked), "it begins elsewhere")
    must(len(said) == len(dict(said)) and dict(said) == open_, "it leaves a way open")


def _state(node: Any) -> tuple[Any, ...]:
    """What a holder would have to decide, and where the way to it has come."""
    return (node["holder"], node["function"], node["area"], *node["where"])


def _left_open(check: Check, node: Any) -> list[tuple[str, ...]]:
    """What the givers of the delegations that pass every test would have to hold."""
    asked, only, part = [*_state(node)], node["parent"], node["part"]
    barred = check.bar(asked[0], UNBORN | SILENT)
    powers, given, needed, cover = dict[str, Any](), list[str](), list[Any](), "whole"
    if not barred:
        powers = check.look("powers", *asked[:2])
        needed, cover = check.look("needed", asked[0], asked[2])
        given = [] if node["cover"] else check.look("given_to", *asked[:2])
    held = check.look("around", asked[2]) & set().union(*powers.values())
    must(not held, f"{asked[0]} has it by law")
    listed = [way["delegation"] for way in node["ways"]]
    must([node["barred"], node["powers"], listed] == [barred, [*powers], given], "not all is told")
    if node["cover"]:
        must(cover == "short" or (cover == "unsaid" and not check.lenient), "they cover it")
        must([node["cover"], only, part] == [cover, None, None], "it says too much")
        return []
    must([only, part] in (needed or [[None, None]]), "that parent is not needed")
    passed = [_passed(check, at(asked, part), way, node["below"]) for way in node["ways"]]
    return [tuple(state) for state in passed if state and only in {None, state[0]}]


def _passed(check: Check, asked: list[str], way: Any, below: int) -> list[str]:
    """What its giver would have to hold, or nothing if it fails the test that is named."""
    try:
        above = check.passes(asked, way, below)[1]
    except Rejected as why:
        must(str(why) in TESTS and str(why) == way["fails"], f"{way['delegation']}: {why}")
        return []
    must(way["fails"] is None, f"{way['delegation']} passes every test")
    return above
