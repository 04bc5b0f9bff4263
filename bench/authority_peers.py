"""The same register and questions given to casbin and cedarpy: one policy a delegation.

Equal, as far as the peers can say it: who, function, area, amount and day, on the whole register,
with the wider functions and areas of each question worked out beforehand and not counted. What they
cannot say, and are let off: following the chain to a power in law, limits that narrow along it,
how often something may be passed on, joint committees that need every parent, reservations that win
below whoever reserves, what is not recorded, and a proof. So theirs is the lighter task; ours is
timed with the chain and the proof. Whatever we allow, they must allow, or the questions differ.
"""

import time
from statistics import median

import casbin
import cedarpy

from bench.authority import SIZES, ready, timed
from bench.rows import Measured, row
from commonweal.authority.answers import route_and_proof
from commonweal.authority.facts import Delegation
from commonweal.authority.register import register

ASKED = 12
"""Questions put to each peer: at 100,000 policies one takes long."""

DAY, STARTS, ENDS = 20261201, 20220701, 99991231

MODEL = """
[request_definition]
r = who, functions, areas, amount, day
[policy_definition]
p = who, function, area, upper, starts, ends
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.who == p.who && within(p.function, r.functions) && within(p.area, r.areas) \
 && below(r.amount, p.upper) && holds(r.day, p.starts, p.ends)
"""


def _ask(size, peer):
    """The median time of both for the same questions, in microseconds of processor time."""
    snapshot, asked = ready(size)
    some = asked[:ASKED]
    ours = [route_and_proof(snapshot, *each)[0] is not None for each in some]
    own = timed(lambda who, q: route_and_proof(snapshot, who, q), some * 50)
    theirs, times = peer(snapshot, some)
    assert all(they or not we for we, they in zip(ours, theirs, strict=True))
    assert 0 < sum(ours) < len(ours)
    return Measured(median(own), peer=median(times))


def _times(ask, requests):
    """What was answered to each request, and how long it took."""
    answers, times = [], []
    for each in requests:
        begins = time.thread_time_ns()
        answers.append(ask(each))
        times.append((time.thread_time_ns() - begins) / 1000)
    return answers, times


def _casbin(snapshot, asked):
    enforcer = casbin.Enforcer(casbin.Enforcer.new_model(text=MODEL))
    enforcer.add_function("within", lambda one, every: one in every)
    enforcer.add_function("below", lambda amount, upper: amount <= int(upper))
    enforcer.add_function("holds", lambda day, starts, ends: int(starts) <= day < int(ends))
    # Straight into the model: adding one by one tests each against all before it.
    enforcer.get_model().model["p"]["p"].policy.extend(
        [fact.taker, fact.function, fact.area, str(fact.upper), str(STARTS), str(ENDS)]
        for fact in snapshot.all(Delegation).values()
    )
    functions, areas = register(snapshot).functions, register(snapshot).land
    requests = [
        (who, functions.up(q.function), areas.up(q.area), q.amount or 0, DAY) for who, q in asked
    ]
    return _times(lambda each: enforcer.enforce(*each), requests)


def _cedar(snapshot, asked):
    policies = cedarpy.PolicySet.from_str(
        "\n".join(
            f'permit(principal == H::"{fact.taker}", action in Action::"{fact.function}", '
            f'resource in A::"{fact.area}") when {{ context.amount <= {fact.upper} && '
            f"context.day >= {STARTS} && context.day < {ENDS} }};"
            for fact in snapshot.all(Delegation).values()
        )
    )
    functions, areas = register(snapshot).functions, register(snapshot).land
    requests = [
        (
            {
                "principal": f'H::"{who}"', "action": f'Action::"{q.function}"',
                "resource": f'A::"{q.area}"', "context": {"amount": q.amount or 0, "day": DAY},
            },
            [_entity("A", q.area, areas), _entity("Action", q.function, functions)],
        )
        for who, q in asked
    ]  # fmt: skip
    return _times(lambda each: cedarpy.is_authorized(each[0], policies, each[1]).allowed, requests)


def _entity(kind, name, order):
    parents = [{"type": kind, "id": each} for each in sorted(order.up(name) - {name})]
    return {"uid": {"type": kind, "id": name}, "attrs": {}, "parents": parents}


def _named(peer):
    return {
        "sizes": SIZES, "of": "delegations", "unit": "µs of processor time", "peer": peer,
    }  # fmt: skip


@row("May this holder decide? On the whole register, beside casbin", **_named("casbin"))
def beside_casbin(size):
    return _ask(size, _casbin)


@row("May this holder decide? On the whole register, beside Cedar", **_named("cedarpy"))
def beside_cedar(size):
    return _ask(size, _cedar)
