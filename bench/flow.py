"""How fast patients pass through a ward; beside simpy and ciw, which do the same one by one.

simpy takes the same patients and must put each into a bed at the same moment; ciw draws its own. A
peer passes through 20,000 at most, and its time for more is taken in proportion.
"""

from datetime import date

import numpy as np
import simpy

from bench.peer import environment
from bench.rows import Measured, row, watch
from commonweal.demand.flow import bands, discharge, futures, pool
from commonweal.demand.flow.arrivals import Pattern
from commonweal.demand.flow.futures import Service, Today
from commonweal.demand.flow.stays import Stay

BEDS, LOAD = 28, 25.76
PEERS_TAKE = 20_000
SIZES = (10_000, 100_000, 1_000_000)


def patients(size):
    """Arrivals and stays by chance, in mean stays: 92 beds in 100 full."""
    chance = np.random.default_rng(20261122)
    came = np.cumsum(chance.exponential(1 / LOAD, size))
    return pool.Patients(came, chance.exponential(1, size), np.full(size, np.inf))


def through(people, *, compiled):
    """What became of them, and how long it took."""
    ward = pool.beds(BEDS)
    with watch() as taken:
        found = pool.run(people, ward, compiled=compiled)
    return found, taken


def in_simpy(people, starts):
    """Seconds simpy takes for as many, from the time of some."""
    size = min(people.arrivals.size, PEERS_TAKE)
    env, waits = simpy.Environment(), []
    ward = simpy.Resource(env, BEDS)

    def stay(who):
        with ward.request() as bed:
            yield bed
            waits.append(env.now)
            yield env.timeout(stays[who])

    def arrive():
        for who in range(size):
            yield env.timeout(came[who] - env.now)
            env.process(stay(who))

    came, stays = people.arrivals.tolist(), people.stays.tolist()
    with watch() as taken:
        env.process(arrive())
        env.run()
    np.testing.assert_allclose(waits, starts[:size])
    return taken.seconds * people.arrivals.size / size


def in_ciw(size):
    """The same of ciw; none where its environment is not there."""
    some = min(size, PEERS_TAKE)
    told = environment.run("ciw", {"patients": some, "beds": BEDS, "arrivals": LOAD})
    return told["seconds"] * size / some if told else None


def beside_simpy(size, *, compiled):
    through(patients(10), compiled=compiled)  # the first time compiles
    people = patients(size)
    found, taken = through(people, compiled=compiled)
    peer = in_simpy(people, found.starts)
    return Measured(taken.seconds, peer=peer, processor=taken.processor)


@row(
    "Patients through a ward of 28 beds, compiled",
    sizes=SIZES, of="patients", unit="s", at_most=2, peer="simpy, by its pace",
)  # fmt: skip
def with_a_compiler(size):
    return beside_simpy(size, compiled=True)


@row(
    "Patients through a ward of 28 beds, compiled, beside ciw",
    sizes=SIZES, of="patients", unit="s", at_most=2, peer="ciw, by its pace",
)  # fmt: skip
def compiled_beside_ciw(size):
    through(patients(10), compiled=True)
    _, taken = through(patients(size), compiled=True)
    return Measured(taken.seconds, peer=in_ciw(size), processor=taken.processor)


@row(
    "Patients through a ward of 28 beds, without a compiler",
    sizes=SIZES, of="patients", unit="s", at_most=5, peer="simpy, by its pace",
)  # fmt: skip
def without_a_compiler(size):
    return beside_simpy(size, compiled=False)


@row(
    "Futures of 90 days of a way out of hospital with 62 places, from today",
    sizes=(10, 100, 1_000), of="futures", unit="s", at_most=5,
)  # fmt: skip
def from_today(size):
    way = discharge.WayOut("Support at home", 9.5, 6, place_pence=8_000, delayed_pence=40_000)
    today = Today(in_beds=(2.0,) * 62, waiting=(1.0,) * 30)
    with watch() as taken:
        found = futures.futures(
            discharge.service(way, 62, today=today), date(2026, 11, 23), 90,
            replications=size, seed=20261122, compiled=False,
        )  # fmt: skip
    assert found.waiting.shape == (size, 90)
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Bed numbers tried on one ward, the same 30 winters each",
    sizes=(2, 8, 32), of="numbers of beds", unit="s",
)  # fmt: skip
def bed_numbers(size):
    ward = Service(60, Pattern(9.5), Stay(6))
    with watch() as taken:
        found = futures.what_more_beds_buy(
            ward, date(2026, 12, 1), 90, more=range(1, size), replications=30, seed=20261122
        )
    assert len(found) == size
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Relief of a waiting list of 104 weekly bands in a year, the least capacity found",
    sizes=(5, 25, 100), of="lists", unit="s",
)  # fmt: skip
def relieved(size):
    chance = np.random.default_rng(20261122)
    lists = chance.poisson(30, (size, 104)).astype(float)
    with watch() as taken:
        for waiting in lists:
            bands.relief(waiting, [30.0] * 52, 27, share=0.92, within=126, most=500)
    return Measured(taken.seconds, processor=taken.processor)
