"""The same queue in simpy, which knows nothing of ours."""

import numpy as np
import simpy


def simulated(patients, beds, *, present=(), cleaning=0.0):
    """When each patient gets a bed, NaN for one who left before."""
    env = simpy.Environment()
    ward = simpy.PriorityResource(env, capacity=beds)
    starts = np.full(patients.arrivals.size, np.nan)
    for left in present:
        env.process(_stays(env, ward, left + cleaning))
    for who in range(starts.size):
        env.process(_comes(env, ward, patients, who, starts, cleaning=cleaning))
    env.run()
    return starts


def _stays(env, ward, held):
    with ward.request(priority=-1) as bed:
        yield bed
        yield env.timeout(held)


def _comes(env, ward, patients, who, starts, *, cleaning):
    yield env.timeout(patients.arrivals[who])
    rank = 0 if patients.ranks is None else int(patients.ranks[who])
    with ward.request(priority=rank) as bed:
        patience = patients.patience[who]
        given_up = [env.timeout(patience)] if np.isfinite(patience) else []
        found = yield simpy.AnyOf(env, [bed, *given_up])
        if bed in found:
            starts[who] = env.now
            yield env.timeout(patients.stays[who] + cleaning)


def hospital(people, beds, places, *, cleaning=0.0):
    """When each gets a hospital bed and leaves it, where a bed is kept until there is a place.

    people  arrivals, stays, ways and cares
    """
    env = simpy.Environment()
    ward = simpy.Resource(env, capacity=beds)
    ways = [simpy.Resource(env, capacity=each) for each in places]
    starts, leaves = np.empty((2, people[0].size))

    def care(place, way, days):
        yield env.timeout(days)
        ways[way].release(place)

    def turn_over(bed):
        yield env.timeout(cleaning)
        ward.release(bed)

    def patient(who):
        came, stay, way, days = (each[who] for each in people)
        yield env.timeout(came)
        bed = ward.request()
        yield bed
        starts[who] = env.now
        yield env.timeout(stay)
        if way >= 0:
            place = ways[way].request()
            yield place
            env.process(care(place, way, days))
        leaves[who] = env.now
        env.process(turn_over(bed))

    for who in range(starts.size):
        env.process(patient(who))
    env.run()
    return starts, leaves
