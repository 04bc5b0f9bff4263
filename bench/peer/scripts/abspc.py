"""abspc, timed: limits and rules of many series, one after the other, as it works.

file   CSV with the columns `series` and `value`, in order, read before the clock starts
chart  XmR, p, u, c, t, g or run
to     CSV to write the points and their flags to, for comparing (or absent)
"""

import json
import sys
import time

import abspc
import pandas as pd

given = json.load(sys.stdin)
series = [each for _, each in pd.read_csv(given["file"]).groupby("series", sort=False)]
begun, used = time.perf_counter(), time.process_time()
found = [
    abspc.detect_special_causes(abspc.calculate_control_limits(each, given.get("chart", "XmR")))
    for each in series
]
seconds, processor = time.perf_counter() - begun, time.process_time() - used
if "to" in given:
    pd.concat(found).to_csv(given["to"], index=False)
flags = int(sum(each["special_cause"].sum() for each in found))
print(json.dumps({"seconds": seconds, "processor": processor, "flags": flags}))
