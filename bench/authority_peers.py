"""The same questions put to casbin and cedarpy: one policy a delegation, the whole register.

Neither follows a chain or gives a proof, so only the delegation itself is asked of them: holder,
function, area and amount, with wider functions and areas given to the matcher. Needs both packages:
`pip install casbin cedarpy`.
"""

import time
from itertools import islice
from statistics import median

from commonweal.authority.facts import Delegation
from commonweal.authority.register import register
from commonweal.authority.search import Question
from commonweal.record.snapshot import Snapshot

ASKED = 12
"""Questions put to each peer: at 100,000 policies one takes long."""

MODEL = """
[request_definition]
r = who, functions, areas, amount
[policy_definition]
p = who, function, area, upper
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.who == p.who && within(p.function, r.functions) && within(p.area, r.areas) \
 && below(r.amount, p.upper)
"""


def measure(snapshot: Snapshot, asked: list[tuple[str, Question]], own: float) -> None:
    """Ask both, and print how many times longer they take.

    own  microseconds of the same check by Commonweal, chain and proof included
    """
    some = list(islice(asked, ASKED))
    for name, peer in (("casbin", _casbin), ("cedarpy", _cedar)):
        try:
            times = peer(snapshot, some)
        except ImportError:
            print(f"        {name}: not installed; `pip install {name}` to measure it")
            continue
        middle = median(times)
        print(f"        {name}: p50 {middle / 1000:.1f} ms; {middle / own:,.0f} times as long")


def _casbin(snapshot: Snapshot, asked: list[tuple[str, Question]]) -> list[float]:
    import casbin

    model = casbin.Enforcer.new_model(text=MODEL)
    enforcer = casbin.Enforcer(model)
    enforcer.add_function("within", lambda one, every: one in every)
    enforcer.add_function("below", lambda amount, upper: amount <= int(upper))
    # Straight into the model: adding one by one tests each against all before it.
    rules = [
        [fact.taker, fact.function, fact.area, str(fact.upper)]
        for fact in snapshot.all(Delegation).values()
    ]
    enforcer.get_model().model["p"]["p"].policy.extend(rules)
    entries = register(snapshot)
    times = []
    for who, question in asked:
        functions, areas = entries.functions.up(question.function), entries.land.up(question.area)
        begins = time.perf_counter_ns()
        enforcer.enforce(who, functions, areas, question.amount or 0)
        times.append((time.perf_counter_ns() - begins) / 1000)
    return times


def _cedar(snapshot: Snapshot, asked: list[tuple[str, Question]]) -> list[float]:
    import cedarpy

    policies = "\n".join(
        f'permit(principal == H::"{fact.taker}", action in Action::"{fact.function}", '
        f'resource in A::"{fact.area}") when {{ context.amount <= {fact.upper} }};'
        for fact in snapshot.all(Delegation).values()
    )
    ready = cedarpy.PolicySet.from_str(policies) if hasattr(cedarpy, "PolicySet") else policies
    entries = register(snapshot)
    times = []
    for who, question in asked:
        entities = [_entity("A", question.area, entries.land.up(question.area))]
        entities.append(
            _entity("Action", question.function, entries.functions.up(question.function))
        )
        request = {
            "principal": f'H::"{who}"', "action": f'Action::"{question.function}"',
            "resource": f'A::"{question.area}"', "context": {"amount": question.amount or 0},
        }  # fmt: skip
        begins = time.perf_counter_ns()
        cedarpy.is_authorized(request, ready, entities)
        times.append((time.perf_counter_ns() - begins) / 1000)
    return times


def _entity(kind: str, name: str, wider: frozenset[str]) -> dict[str, object]:
    parents = [{"type": kind, "id": each} for each in sorted(wider - {name})]
    return {"uid": {"type": kind, "id": name}, "attrs": {}, "parents": parents}
