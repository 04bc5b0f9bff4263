"""The verifier: re-checks a proof that somebody may decide. It searches nothing and shares no code
with the search, so that a mistake in one is not repeated in the other.

`rows` reads the record of the proof's day, as known at its instant: see `rows.SnapshotRows`. Each
look-up gives what is asked, and the entries that state it.
"""

from typing import Any

from .canonical import digest

STANDS, NO_LIMIT, LONGEST, ASKED = {"in force", "interim"}, 10**18, 12, ("function", "area", "area")
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
    said = [proof[name] for name in ("engine", "rules", "outcome", "day", "known", "question")]
    must(said == ["3", "1", "allowed", rows.day, rows.known, question], "another question")
    check = Check(question, rows)
    holder, vote = check.look("voter", question["holder"])
    must(vote == "voting", "the seat has no vote")
    ceiling = check.node(proof["route"], [holder, *(question[x] for x in ASKED)], 0)
    found = [ceiling, sorted(check.roots), check.used]
    must(found == [proof[x] for x in ("ceiling", "accountable", "rows")], "limit or facts")


def at(asked: list[str], part: str | None) -> list[str]:
    """What is asked, of a part of its area. Behind it stand the places that count for limits."""
    same = part in {None, asked[2]}
    return asked if same else [*asked[:2], str(part), *sorted({*asked[3:]} - {part}), str(part)]


class Check:
    def __init__(self, question: dict[str, Any], rows: Any, *, lenient: bool = False) -> None:
        self.q, self.rows, self.lenient = question, rows, lenient
        self.roots, self.used = set[str](), dict[str, int]()

    def look(self, what: str, *asked: Any) -> Any:
        found, entries = getattr(self.rows, what)(*asked)
        self.used |= entries
        return found

    def bar(self, holder: str, never: set[str]) -> bool:
        row = self.look("row", holder)
        fit = never.isdisjoint(map(row.get, ("type", "stage", "place_model")))
        return not fit or row.get("status") not in STANDS

    def node(self, node: Any, asked: list[str], below: int) -> int:
        must([node["holder"], node["function"], node["area"]] == asked[:3], "it goes another way")
        must(not self.bar(asked[0], UNBORN | SILENT), f"{asked[0]} may decide nothing")
        if "power" in node:
            where = self.look("powers", *asked[:2]).get(node["power"], set())
            must(where & self.look("around", asked[2]), f"{asked[0]} lacks the power")
            self.roots.add(asked[0])
            return NO_LIMIT
        by, (needed, cover) = node["by"], self.look("needed", asked[0], asked[2])
        parts = needed or [[way["giver"], None] for way in by[:1]]
        must(parts and [way["giver"] for way in by] == [x for x, _ in parts], "a parent is missing")
        self.test("cover", cover == "short", cover != "whole")
        steps = [(w["above"], *self.passes(at(asked, p), w, below)) for w, (_, p) in zip(by, parts)]  # noqa: B905  # as long as each other, see above
        return min(min(cap, self.node(above, up, below + 1)) for above, cap, up in steps)

    def test(self, name: str, fails: object, unsure: object = None) -> None:
        must(not fails and (self.lenient or not unsure), name)

    def passes(self, asked: list[str], way: Any, below: int) -> tuple[int, list[str]]:
        """The pence up to which a delegation reaches, and what its giver in turn must hold."""
        look, q, (taker, f, a, *where) = self.look, self.q, asked
        given, basis, paper, giver, *ends = look("given", way["delegation"])
        must([giver, *ends] == [way["giver"], taker, way["saved"]], "it is between others")
        gives, takes = (look("row", each).get("type", "post") for each in (giver, taker))
        tops, joined = look("tops", giver) & look("tops", taker), look("joined", taker)
        shut = look("wider", q["function"]) | look("wider", given["function"])
        wider, inside, perhaps = look("wider", f), {None, *look("around", a)}, look("perhaps", a)
        people, kept = look("people", where[-1]), look("kept", giver, q["function"], where)
        onward = (basis if basis and given["onward"] == "as the law says" else given)["onward"]
        depth = {"none": 0, "any": 99, "limited": given["onward_depth"]}.get(onward)
        lawful = basis.get("status") in STANDS and (
            (gives in basis["givers"] and takes in basis["takers"] and (tops or not basis["own"]))
            and ((giver in joined or not joined) and not shut & {*basis["excludes"]})
        )
        unsaid = not given["basis"] or (lawful and basis["all_parents"] and not joined)
        free = given["instrument"] or not basis.get("needs_instrument", True)
        self.test("status", given["status"] not in STANDS)
        self.test("giver", self.bar(giver, UNBORN))
        barred = self.rows.day < "2022-07-01" and takes in PROVIDERS
        self.test("taker", self.bar(taker, UNBORN | SILENT) or barred)
        self.test("law", given["basis"] and not lawful, unsaid)
        self.test("document", given["instrument"] and paper.get("status") not in STANDS, not free)
        self.test("function", given["function"] not in wider)
        self.test("area", given["area"] not in inside | perhaps, given["area"] not in inside)
        far = below >= LONGEST or (depth is not None and depth < below)
        self.test("passing on", far, below and depth is None)
        self.test("money", given["money"] not in {"either", q["money"] or given["money"]})
        urgent = any(each["type"] == "urgent only" for each in given["conditions"])
        self.test("urgent", urgent and not q["urgent"])
        cap = self.limit(given, people, below)
        self.test("reserved", any(not above or (q["amount"] or 0) > above for above in kept))
        return min([cap, *kept]), [giver, given["function"], given["area"] or a, *where]

    def limit(self, given: Any, people: int | None, below: int) -> int:
        kind, upper, low, q = given["limit"], given["upper"], given["lower"], self.q
        heads = people if "100,000" in kind else 100_000
        known = kind == "no limit" or (kind != "not stated" and None not in (upper, heads))
        caps = [NO_LIMIT if None in (upper, heads) else upper * heads // 100_000]
        if kind == "within approved budget":
            known, caps = q["budget"] is not None, [*caps, q["budget"]]
        caps += [given["delegatable"]] if below else []
        cap = min(each for each in caps if each is not None)
        if q["amount"] is not None:
            used, told = (q["so_far"], q["so_far"] is not None) if kind in RUNNING else (0, True)
            over = q["amount"] + (used or 0) > cap or (low is not None and q["amount"] <= low)
            self.test("limit", known and over, not known or not told)
        return cap
