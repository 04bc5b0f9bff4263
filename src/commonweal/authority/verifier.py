"""The verifier: re-checks a proof that somebody may decide. It searches nothing and shares no code
with the search, so that a mistake in one is not repeated in the other.

`rows` is the record on the proof's day, as known at its instant:

    row(entity)      the entry that states it, and its values as plain data
    kept(holder)     its reservations in force
    wider(function)  the function and all it is part of
    around(area)     the area and all it lies wholly in
    parts(area)      the area and all that lies in it, at least partly
    people(area)     its population
    tops(holder)     the bodies at the top of what it is a committee or post of
"""

from typing import Any

from .canonical import digest

STANDS, NO_LIMIT = {"in force", "interim"}, 10**18
UNBORN = {"proposed", "shadow", "designate", "dissolved"}
SILENT = {"consultative forum", "individual directors", "lead provider", "place forum"}
PROVIDERS = {"NHS foundation trust", "NHS trust", "NHS provider", "primary care network"}
RUNNING = {"per year", "cumulative per matter", "per 100,000 population per year"}


class Rejected(Exception):
    """A proof does not hold."""


def must(holds: object, because: str) -> None:
    if not holds:
        raise Rejected(because)


def verify(proof: dict[str, Any], question: dict[str, Any], rows: Any) -> None:
    """Raises Rejected unless the proof answers the question and every step of it holds."""
    must(proof.get("hash") == digest(proof), "its hash is not that of its content")
    try:
        said = [proof[name] for name in ("engine", "rules", "outcome", "day", "known", "question")]
        must(said == ["1", "1", "allowed", rows.day, rows.known, question], "another question")
        check, asked = Check(question, rows), [question[x] for x in ("holder", "function", "area")]
        found = [check.node(proof["route"], asked, 0), sorted(check.roots), check.used]
        must(found == [proof[x] for x in ("ceiling", "accountable", "rows")], "limit or facts")
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Rejected(f"it cannot be followed: {wrong}") from wrong


class Check:
    def __init__(self, question: dict[str, Any], rows: Any) -> None:
        self.q, self.rows, self.roots, self.used = question, rows, set[str](), dict[str, int]()

    def row(self, entity: str) -> Any:
        self.used[entity], row = self.rows.row(entity)
        unfit = (UNBORN | SILENT) & {row.get(name) for name in ("type", "stage", "place_model")}
        must(row["status"] in STANDS and not unfit, f"{entity} does not stand, or never decides")
        return row

    def kind(self, holder: str) -> Any:
        return self.row(holder).get("type", "post")

    def node(self, node: Any, asked: Any, below: int) -> int:
        (holder, f, a), kind, body = asked, self.kind(asked[0]), self.row(asked[0])
        must([node["holder"], node["function"], node["area"]] == asked, "it goes another way")
        if "power" in node:
            power, wider, around = self.row(node["power"]), self.rows.wider(f), self.rows.around(a)
            own = power["holder"] == holder or power["every"] == kind
            where = {power["area"]} if power["area"] else {*body["areas"]}
            must(own and power["function"] in wider and where & around, f"{holder} lacks the power")
            self.roots.add(holder)
            return NO_LIMIT
        by, givers = node["by"], [step["giver"] for step in node["by"]]
        joint = "joint committee" in {kind, body.get("legal"), body.get("place_model")}
        parents = body["parents"] if joint and len(body["parents"]) > 1 else givers[:1]
        apart = all(self.apart(each, givers, a) for each in node["apart"])
        must(apart and sorted([*givers, *node["apart"]]) == sorted(parents), "a parent is missing")
        must(kind not in PROVIDERS or self.rows.day >= "2022-07-01", "providers were barred")
        return min(self.hop(kind, asked, each, below) for each in by)

    def apart(self, parent: str, givers: list[str], area: str) -> bool:
        own, kind, parts = self.row(parent)["areas"], self.kind(parent), self.rows.parts
        like = {a for g in givers if self.kind(g) == kind for a in self.row(g)["areas"]}
        return (
            own
            and like & self.rows.around(area)
            and not any(parts(each) & parts(area) for each in own)
        )

    def hop(self, kind: Any, asked: Any, step: Any, below: int) -> int:
        (taker, f, a), giver, given = asked, step["giver"], self.row(step["delegation"])
        basis, ends = self.row(given["basis"]), [given["giver"], given["taker"]]
        if step["saved"]:
            save, ids = self.row(step["saved"]), {step["delegation"], given["instrument"]}
            must(ids & {*save["saves"]}, "it is not saved")
            ends = [each if each in (giver, taker) else save["body"] for each in ends]
        where, wider = {None, *self.rows.around(a)}, self.rows.wider
        must(given["function"] in wider(f) and given["area"] in where, "it covers something else")
        lawful = kind in basis["takers"] and self.kind(giver) in basis["givers"]
        must(lawful and ends == [giver, taker], "it is between others, or not by that law")
        must(not basis["own"] or self.rows.tops(giver) & self.rows.tops(taker), "it is not its own")
        shut = (wider(given["function"]) | wider(self.q["function"])) & {*basis["excludes"]}
        if basis["needs_instrument"] or given["instrument"]:
            self.row(given["instrument"])
        terms = basis if given["onward"] == "as the law says" else given
        depth = {"any": 99, "limited": terms.get("onward_depth")}.get(terms["onward"], 0)
        urgent = any(each["type"] == "urgent only" for each in given["conditions"])
        other = given["money"] != "either" and self.q["money"] not in {None, given["money"]}
        must(not other and self.q["urgent"] >= urgent, "other money, or only for emergencies")
        must(depth >= below and not shut, "it may not be passed on, or not by that law")
        up = self.node(step["above"], [giver, given["function"], given["area"] or a], below + 1)
        return min(up, self.limit(given, below), *map(self.keep, self.rows.kept(giver)))

    def limit(self, given: Any, below: int) -> int:
        kind, upper, q = given["limit"], given["upper"], self.q
        people = self.rows.people(q["area"]) if "100,000" in kind else 100_000
        known = kind == "no limit" or (kind != "not stated" and None not in (upper, people))
        cap = upper * people // 100_000 if None not in (upper, people) else NO_LIMIT
        if kind == "within approved budget":
            known = q["budget"] is not None
            cap = min(cap, q["budget"]) if known else cap
        if below and given["delegatable"] is not None:
            cap = min(cap, given["delegatable"])
        used, low = q["so_far"] if kind in RUNNING else 0, given["lower"]
        fits = q["amount"] is None or (known and (low is None or low < q["amount"]))
        must(fits and (q["amount"] is None or q["amount"] <= cap - used), "not in the limits")
        return cap

    def keep(self, name: str) -> int:
        kept, where = self.row(name), {None, *self.rows.around(self.q["area"])}
        inside = kept["function"] in self.rows.wider(self.q["function"]) and kept["area"] in where
        must(not inside or (self.q["amount"] or 0) <= (kept["lower"] or -1), "it is reserved")
        return int(kept["lower"]) if inside else NO_LIMIT
