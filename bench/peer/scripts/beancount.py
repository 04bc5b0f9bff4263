"""beancount, timed: a whole ledger in its text form read, balanced and held in memory.

file  the ledger
"""

import json
import sys
import time

from beancount import loader

given = json.load(sys.stdin)
begun, used = time.perf_counter(), time.process_time()
entries, errors, _ = loader.load_file(given["file"])
seconds, processor = time.perf_counter() - begun, time.process_time() - used
told = {
    "seconds": seconds,
    "processor": processor,
    "transactions": sum(type(each).__name__ == "Transaction" for each in entries),
    "errors": [each.message for each in errors[:10]],
}
print(json.dumps(told))
