"""PHStatsMethods, timed: one of its functions on a file of rows.

call       name of the function, such as ph_dsr
file       CSV, read before the clock starts
arguments  by name
to         CSV to write the answers to, for comparing (or absent)
"""

import json
import sys
import time

import pandas as pd
import PHStatsMethods

given = json.load(sys.stdin)
rows = pd.read_csv(given["file"])
begun, used = time.perf_counter(), time.process_time()
found = getattr(PHStatsMethods, given["call"])(rows, **given.get("arguments", {}))
seconds, processor = time.perf_counter() - begun, time.process_time() - used
if "to" in given:
    found.to_csv(given["to"], index=False)
print(json.dumps({"seconds": seconds, "processor": processor, "rows": len(found)}))
