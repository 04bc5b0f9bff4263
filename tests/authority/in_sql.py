"""The same question put to SQLite: a formulation of its own, to hold the engine against.

The facts go into plain tables; what is lawful, what covers what and who may decide are worked out
there, in statements that share no code with the engine. Only joint committees are put together
here, parent by parent. Do not ANALYZE these tables: with statistics the planner builds a Bloom
filter on every step of the recursion, and a question takes hundreds of times longer.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from commonweal.areas.facts import Area, Containment, Population
from commonweal.authority.facts import (
    Basis,
    Delegation,
    Function,
    Instrument,
    Power,
    Reservation,
)
from commonweal.authority.search import Question
from commonweal.bodies.facts import Body, Post
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot

_TABLES: dict[type[Fact], str] = {
    Area: "status",
    Containment: "part whole extent status",
    Population: "of people status",
    Function: "status",
    Basis: "own onward needs_instrument status",
    Power: "function holder every area status",
    Instrument: "status",
    Delegation: "giver taker function area upper lower delegatable money onward onward_depth "
    "basis instrument status",
    Reservation: "holder function area lower instrument status",
    Body: "type legal stage place_model council_tier status",
    Post: "area status",
}
_LISTS: dict[tuple[type[Fact], str], str] = {
    (Area, "made_up_of"): "area_part",
    (Function, "part_of"): "function_part",
    (Basis, "givers"): "basis_giver",
    (Basis, "takers"): "basis_taker",
    (Basis, "excludes"): "basis_shut",
    (Body, "areas"): "body_area",
    (Body, "parents"): "body_parent",
    (Post, "bodies"): "post_body",
}

_VIEWS = """
CREATE TABLE law_holder AS
    SELECT id, type AS kind,
        (place_model IN ('consultative forum', 'individual directors', 'lead provider')
         OR type = 'place forum') AS silent,
        ('joint committee' IN (type, legal, ifnull(place_model, '')) AND
         (SELECT count(*) FROM body_parent p WHERE p.id = body.id) > 1) AS joint
    FROM body WHERE status IN ('in force', 'interim')
        AND stage NOT IN ('proposed', 'shadow', 'designate', 'dissolved')
    UNION ALL SELECT id, 'post', 0, 0 FROM post WHERE status IN ('in force', 'interim');
CREATE UNIQUE INDEX law_holder_id ON law_holder (id);
UPDATE law_holder SET silent = 0 WHERE silent IS NULL;

CREATE TABLE function_up AS
    WITH RECURSIVE up (id, wider) AS (
        SELECT id, id FROM function
        UNION SELECT up.id, part.value FROM up JOIN function_part part ON part.id = up.wider)
    SELECT id, wider FROM up;
CREATE UNIQUE INDEX function_up_id ON function_up (id, wider);
CREATE TABLE area_up AS
    WITH RECURSIVE up (id, wider) AS (
        SELECT id, id FROM area
        UNION SELECT up.id, lies.whole FROM up JOIN containment lies ON lies.part = up.wider
            JOIN area ON area.id = lies.whole
            WHERE lies.extent = 'whole' AND lies.status IN ('in force', 'interim'))
    SELECT id, wider FROM up;
CREATE UNIQUE INDEX area_up_id ON area_up (id, wider);
CREATE TABLE owner AS
    WITH RECURSIVE above (id, top) AS (
        SELECT id, id FROM body UNION SELECT id, id FROM post
        UNION SELECT above.id, p.value FROM above JOIN body_parent p ON p.id = above.top
        UNION SELECT above.id, p.value FROM above JOIN post_body p ON p.id = above.top)
    SELECT id, top FROM above WHERE NOT EXISTS (SELECT 1 FROM body_parent p WHERE p.id = top)
        AND NOT EXISTS (SELECT 1 FROM post_body p WHERE p.id = top);
CREATE INDEX owner_id ON owner (id, top);

CREATE TABLE root AS
    SELECT h.id AS holder, power.function, coalesce(power.area, a.value, post.area) AS area
    FROM power JOIN law_holder h
        ON (h.id = power.holder OR h.kind = power.every) AND NOT h.silent
    LEFT JOIN body ON body.id = h.id LEFT JOIN post ON post.id = h.id
    LEFT JOIN body_area a ON a.id = h.id AND power.area IS NULL
    WHERE power.status IN ('in force', 'interim')
        AND NOT (power.every IS NOT NULL AND ifnull(body.council_tier, '') = 'district')
        AND coalesce(power.area, a.value, post.area) IS NOT NULL;
CREATE INDEX root_holder ON root (holder);

CREATE TABLE kept AS
    SELECT holder, function, area, ifnull(lower, 0) AS above FROM reservation r
    WHERE status IN ('in force', 'interim') AND (instrument IS NULL OR EXISTS (
        SELECT 1 FROM instrument i WHERE i.id = r.instrument AND i.status IN ('in force', 'interim')));
CREATE INDEX kept_holder ON kept (holder);

CREATE TABLE hop AS
    SELECT d.id, d.giver, d.taker, d.function, d.area, d.upper, d.lower, d.delegatable, d.money,
        d.kind, d.urgent, d.basis,
        CASE CASE d.onward WHEN 'as the law says' THEN b.onward ELSE d.onward END
            WHEN 'none' THEN 0 WHEN 'any' THEN 99 WHEN 'limited' THEN d.onward_depth END AS onward,
        (d.basis IS NULL OR (d.instrument IS NULL AND b.needs_instrument)) AS unsure
    FROM delegation d
    JOIN law_holder g ON g.id = d.giver JOIN law_holder t ON t.id = d.taker
    LEFT JOIN basis b ON b.id = d.basis
    WHERE d.status IN ('in force', 'interim') AND NOT t.silent
        AND NOT (:day < '2022-07-01' AND t.kind IN
            ('NHS foundation trust', 'NHS trust', 'NHS provider', 'primary care network'))
        AND (d.basis IS NULL OR (b.status IN ('in force', 'interim')
            AND g.kind IN (SELECT value FROM basis_giver x WHERE x.id = b.id)
            AND t.kind IN (SELECT value FROM basis_taker x WHERE x.id = b.id)
            AND (NOT b.own OR EXISTS (SELECT 1 FROM owner x JOIN owner y ON x.top = y.top
                WHERE x.id = g.id AND y.id = t.id))
            AND NOT EXISTS (SELECT 1 FROM basis_shut s JOIN function_up f ON f.wider = s.value
                WHERE s.id = b.id AND f.id = d.function)
            AND (NOT t.joint OR d.giver IN (SELECT value FROM body_parent p WHERE p.id = t.id))))
        AND (d.instrument IS NULL OR EXISTS (SELECT 1 FROM instrument i
            WHERE i.id = d.instrument AND i.status IN ('in force', 'interim')));
CREATE INDEX hop_taker ON hop (taker);
"""

_PASSES = """
    hop.function IN (SELECT wider FROM function_up WHERE id = chain.function)
    AND (hop.area IS NULL OR EXISTS (
        SELECT 1 FROM area_up u WHERE u.id = chain.area AND u.wider = hop.area))
    AND (:lenient OR NOT hop.unsure)
    AND (chain.below = 0 OR ifnull(hop.onward >= chain.below, :lenient))
    AND (hop.money = 'either' OR :money IS NULL OR hop.money = :money)
    AND (NOT hop.urgent OR :urgent)
    AND NOT EXISTS (SELECT 1 FROM basis_shut s JOIN function_up f ON f.wider = s.value
        WHERE s.id = hop.basis AND f.id = :function)
    AND NOT EXISTS (SELECT 1 FROM kept k
        JOIN function_up f ON f.id = :function AND f.wider = k.function
        WHERE k.holder = hop.giver AND (k.above = 0 OR ifnull(:amount, 0) > k.above)
        AND (k.area IS NULL OR EXISTS (
            SELECT 1 FROM json_each(:places) p JOIN area_up u ON u.id = p.value
            WHERE u.wider = k.area)))
    AND (:amount IS NULL OR (
        (hop.lower IS NULL OR :amount > hop.lower OR (:lenient AND {unknown}))
        AND (chain.below = 0 OR hop.delegatable IS NULL OR {unknown} OR {total} <= hop.delegatable)
        AND CASE WHEN {unknown} THEN :lenient
            WHEN {total} > ifnull({cap}, 9e18) THEN 0
            ELSE {running} = 0 OR :so_far IS NOT NULL OR :lenient END))
"""
_RUNNING = "(hop.kind IN ('per year', 'cumulative per matter', 'per 100,000 population per year'))"
_PEOPLE = """(SELECT p.people FROM population p WHERE p.of = :area AND p.people IS NOT NULL
    AND p.status IN ('in force', 'interim') ORDER BY p.id LIMIT 1)"""
_CAP = f"""(CASE hop.kind WHEN 'no limit' THEN NULL
    WHEN 'within approved budget' THEN min(:budget, ifnull(hop.upper, 9e18))
    WHEN 'per 100,000 population per year' THEN hop.upper * {_PEOPLE} / 100000
    ELSE hop.upper END)"""
_UNKNOWN = f"(hop.kind <> 'no limit' AND (hop.kind = 'not stated' OR {_CAP} IS NULL))"
_TOTAL = f"(:amount + CASE WHEN {_RUNNING} THEN ifnull(:so_far, 0) ELSE 0 END)"
_PASS = _PASSES.format(unknown=_UNKNOWN, cap=_CAP, running=_RUNNING, total=_TOTAL)

CHAIN = f"""
WITH RECURSIVE chain (holder, function, area, below) AS (
    SELECT :holder, :at_function, :at_area, :below
    UNION
    SELECT hop.giver, hop.function, ifnull(hop.area, chain.area), chain.below + 1
    FROM chain CROSS JOIN hop ON hop.taker = chain.holder
    WHERE chain.below < 12 AND (:giver IS NULL OR chain.below > :below OR hop.giver = :giver)
        AND NOT (chain.below > :below AND EXISTS (
            SELECT 1 FROM law_holder j WHERE j.id = chain.holder AND j.joint))
        AND {_PASS}
)
SELECT chain.*, EXISTS (
    SELECT 1 FROM root JOIN function_up f ON f.wider = root.function AND f.id = chain.function
    JOIN area_up a ON a.wider = root.area AND a.id = chain.area
    WHERE root.holder = chain.holder) AS held,
    ifnull((SELECT joint FROM law_holder j WHERE j.id = chain.holder), 0) AS joint
FROM chain
"""
"""One holder's chain upwards. It stops at a joint committee, which needs more than one way on."""


class InSql:
    """The authority of one day in tables."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.database = sqlite3.connect(":memory:")
        self._fill(snapshot)
        day = {"day": snapshot.as_at.isoformat()}
        for statement in filter(str.strip, _VIEWS.split(";\n")):
            self.database.execute(statement, day if ":day" in statement else {})
        self.database.commit()

    def close(self) -> None:
        """Give the tables up."""
        self.database.close()

    def _fill(self, snapshot: Snapshot) -> None:
        for type_, columns in _TABLES.items():
            names = columns.split()
            extra = ["kind", "urgent"] if type_ is Delegation else []
            self._create(type_.kind, ["id", *names, *extra])
            rows = (
                (name, *(_plain(getattr(fact, each)) for each in names), *_more(fact))
                for name, fact in snapshot.all(type_).items()
            )
            self._insert(type_.kind, 1 + len(names) + len(extra), rows)
        for (type_, field), table in _LISTS.items():
            self._create(table, ["id", "value"])
            pairs = (
                (name, value)
                for name, fact in snapshot.all(type_).items()
                for value in getattr(fact, field)
            )
            self._insert(table, 2, pairs)
            self.database.execute(f"CREATE INDEX {table}_id ON {table} (id)")

    def _create(self, table: str, columns: list[str]) -> None:
        self.database.execute(f'CREATE TABLE "{table}" ({", ".join(columns)})')

    def _insert(self, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * width)
        self.database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)

    def may(self, holder: str, question: Question, *, lenient: bool = False) -> bool:
        """Whether a holder may decide what is asked."""
        silent = "SELECT silent FROM law_holder WHERE id = ?"
        found = self.database.execute(silent, [holder]).fetchone()
        if found is None or found[0]:
            return False
        values = {**msgspec.structs.asdict(question), "lenient": lenient}
        values["places"] = json.dumps([question.area])
        start = (holder, question.function, question.area, 0)
        return self._holds(start, values, frozenset())

    def _holds(
        self, start: tuple[str, str, str, int], values: dict[str, Any], path: frozenset[str]
    ) -> bool:
        rows = self._chain(start, values, None)
        holder, held, joint = rows[0][0], rows[0][4], rows[0][5]
        if held:
            return True
        if joint:
            return holder not in path and self._joint_holds(start, values, path | {holder})
        return any(row[4] for row in rows) or any(
            self._holds(tuple(row[:4]), values, path | {holder})
            for row in rows
            if row[5] and row[0] not in path
        )

    def _joint_holds(
        self, start: tuple[str, str, str, int], values: dict[str, Any], path: frozenset[str]
    ) -> bool:
        holder, function, area, below = start
        parts = list(self._needed(holder, area))
        if not self._covered(area, [part for _, part in parts], values):
            return False
        return all(
            any(
                self._holds((row[0], row[1], row[2], row[3]), there, path)
                for row in self._chain((holder, function, part, below), there, parent)
                if row[3] == below + 1 and row[0] == parent and parent not in path
            )
            for parent, part in parts
            for there in [values if part == area else _moved(values, part)]
        )

    def _covered(self, area: str, parts: list[str], values: dict[str, Any]) -> bool:
        """Whether the parents cover the area; leniently, whether they may."""
        asked = {"area": area, "parts": json.dumps(parts)}
        gap, alone = self.database.execute(_GAPS, asked).fetchone()
        return not gap or (values["lenient"] and not alone)

    def _chain(
        self, start: tuple[str, str, str, int], values: dict[str, Any], giver: str | None
    ) -> list[tuple[Any, ...]]:
        holder, function, area, below = start
        asked = {
            **values, "holder": holder, "at_function": function, "at_area": area, "below": below,
            "giver": giver,
        }  # fmt: skip
        return sorted(self.database.execute(CHAIN, asked), key=lambda row: row[3])

    def _needed(self, committee: str, area: str) -> Iterator[tuple[str, str]]:
        """The parents it needs, each with its part, by the rule on silence: `Register.needed`."""
        for parent, kind, own in list(self.database.execute(_PARENTS, [committee])):
            asked = {"committee": committee, "area": area, "parent": parent}
            areas = self.database.execute(_OWN, asked).fetchall()
            met = [each for each, meets, _ in areas if meets]
            like = [row[0] for row in self.database.execute(_LIKE, {**asked, "kind": kind})]
            others = {"area": area, "parts": json.dumps(like)}
            if own and not met and not self.database.execute(_GAPS, others).fetchone()[0]:
                continue
            named = self.database.execute(_NAMED, asked).fetchone()[0]
            if not own or named or any(holds for _, _, holds in areas):
                yield parent, area
            else:
                yield from ((parent, each) for each in met or [each for each, _, _ in areas])

    def plan(self) -> str:
        """How SQLite means to run a chain."""
        names = (
            "holder at_function at_area below giver function area amount money urgent so_far "
            "budget lenient places"
        )
        rows = self.database.execute(f"EXPLAIN QUERY PLAN {CHAIN}", dict.fromkeys(names.split()))
        return "\n".join(row[3] for row in rows)


_INSIDE = """
WITH RECURSIVE step (id, wider) AS (
    SELECT part, whole FROM containment WHERE status IN ('in force', 'interim')
        AND part IN (SELECT id FROM area) AND whole IN (SELECT id FROM area)),
inside (id, wider) AS (
    SELECT id, wider FROM area_up
    UNION SELECT step.id, u.wider FROM step JOIN area_up u ON u.id = step.wider)
"""
_PARENTS = """
SELECT p.value, b.type, EXISTS (SELECT 1 FROM body_area a WHERE a.id = p.value)
FROM body_parent p LEFT JOIN body b ON b.id = p.value WHERE p.id = ?
"""
_LIKE = """
SELECT a.value FROM body_parent p JOIN body b ON b.id = p.value AND b.type = :kind
JOIN body_area a ON a.id = b.id WHERE p.id = :committee AND p.value <> :parent
"""
_OWN = f"""{_INSIDE}
SELECT a.value, EXISTS (
    SELECT 1 FROM inside i JOIN inside k ON k.id = i.id AND k.wider = :area WHERE i.wider = a.value),
    EXISTS (SELECT 1 FROM area_up u WHERE u.id = :area AND u.wider = a.value)
FROM body_area a WHERE a.id = :parent
"""
_NAMED = """
SELECT EXISTS (SELECT 1 FROM power JOIN area_up u ON u.id = :area AND u.wider = power.area
    WHERE power.holder = :parent AND power.status IN ('in force', 'interim'))
"""
_GAPS = f"""{_INSIDE},
land (id) AS (SELECT value FROM json_each(:parts)),
held (id) AS (SELECT u.id FROM area_up u JOIN land ON land.id = u.wider),
gap (id) AS (
    SELECT :area WHERE :area NOT IN (SELECT id FROM held)
    UNION SELECT part.value FROM gap JOIN area_part part ON part.id = gap.id
        WHERE part.value NOT IN (SELECT id FROM held)),
hole (id) AS (
    SELECT id FROM gap WHERE id NOT IN (SELECT id FROM area_part)
    UNION SELECT part.id FROM hole JOIN area_part part ON part.value = hole.id
        JOIN gap ON gap.id = part.id)
SELECT EXISTS (SELECT 1 FROM hole WHERE id = :area), EXISTS (
    SELECT 1 FROM hole WHERE NOT EXISTS (
        SELECT 1 FROM inside i JOIN inside k ON k.id = i.id JOIN land ON land.id = k.wider
        WHERE i.wider = hole.id))
"""
"""Whether some land leaves a gap in an area, and whether a part of that meets none of it.

What is not held falls apart into what makes it up; a part that does not, is a hole in all above it.
"""


def _moved(values: dict[str, Any], part: str) -> dict[str, Any]:
    """The question above a joint committee, where a parent gives for a part."""
    places = [*json.loads(values["places"]), part]
    return {**values, "area": part, "places": json.dumps(places)}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def _more(fact: Fact) -> tuple[Any, ...]:
    if not isinstance(fact, Delegation):
        return ()
    return fact.limit, any(each.type == "urgent only" for each in fact.conditions)
