"""ciw, timed: a ward of so many beds, arrivals and stays by chance.

patients, beds, arrivals  how many of each; arrivals a mean stay
"""

import json
import sys
import time

import ciw

given = json.load(sys.stdin)
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(given["arrivals"])],
    service_distributions=[ciw.dists.Exponential(1.0)],
    number_of_servers=[given["beds"]],
)
ciw.seed(20261122)
ward = ciw.Simulation(network)
begun, used = time.perf_counter(), time.process_time()
ward.simulate_until_max_customers(given["patients"])
seconds, processor = time.perf_counter() - begun, time.process_time() - used
records = ward.get_all_records()
told = {
    "seconds": seconds,
    "processor": processor,
    "patients": len(records),
    "mean_wait": sum(each.waiting_time for each in records) / len(records),
}
print(json.dumps(told))
