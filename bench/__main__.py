"""Run the benchmarks: `./run bench [NAME...] [--largest N] [--peers] [--list]`.

Prints a line for each size of each row as it is measured, keeps bench/results.json, and puts the
table into the README. With names (any part of one), measures only those rows and keeps the rest.
With --peers, first makes the environment of the peers that may not be dependencies (.venv-peers);
without it they are measured if it is there, and said not to be measured if it is not.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.peer.environment import make

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"


def prepare():
    """Start Django on the benchmark's own settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from bench.everything import gather

    return gather()


def one(name, size):
    """Measure one size of one row, in this process."""
    from bench.table import pace

    row = prepare()[name]
    before = pace()
    measured = row.measure(size)
    result = {
        "name": name, "size": size, "of": row.of, "unit": row.unit, "value": measured.value,
        "peer_name": row.peer, "peer": measured.peer, "times_better": row.times_better(measured),
        "at_most": row.at_most, "at_least": row.at_least,
        "met": row.meets(size, measured.value),
        "processor": measured.processor, "pace": max(before, pace()),
        "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    print(json.dumps(result))


def apart(name, size, folder):
    """Measure one size of one row, in a process of its own; none if it failed, which is printed."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        places = {"COMMONWEAL_DIR": own, "COMMONWEAL_BENCH_DIR": folder}
        ran = subprocess.run(
            [sys.executable, "-m", "bench", "--one", name, str(size)],
            env=os.environ
            | places
            | {"PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE.parent / 'src'}"},
            capture_output=True,
            text=True,
            check=False,
        )
    if ran.returncode:
        print(f"{name}, {size:,}: failed\n{ran.stderr}")
        return None
    return json.loads(ran.stdout.splitlines()[-1])


def asked(arguments):
    parser = argparse.ArgumentParser(prog="./run bench", description="Run the benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of the name of a row")
    parser.add_argument("--largest", type=int, metavar="N", help="leave out sizes above N")
    parser.add_argument("--peers", action="store_true", help="make .venv-peers first")
    parser.add_argument("--list", action="store_true", help="name the rows and stop")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments):
    given = asked(arguments)
    if given.one:
        one(given.one[0], int(given.one[1]))
        return 0
    rows = prepare()
    if given.list:
        print("\n".join(rows))
        return 0
    chosen = [name for name in rows if _wanted(name, given.names)]
    if not chosen:
        print(f"No benchmark has that name. There are: {', '.join(rows)}.")
        return 2
    if given.peers:
        make()
    results, failed = measure(rows, chosen, given.largest, named=bool(given.names))
    keep(rows, results)
    return 1 if failed else 0


def _wanted(name, parts):
    return not parts or any(part.lower() in name.lower() for part in parts)


def measure(rows, chosen, largest, *, named):
    """Measure the chosen rows, each line printed as it comes; the results, and how many failed.

    named  whether somebody named them, and so wants even the sizes that take long
    """
    from bench.table import lines

    results, failed = [], 0
    with tempfile.TemporaryDirectory(prefix="commonweal-bench-") as folder:
        for name in chosen:
            for size in rows[name].sizes:
                heavy = rows[name].by_name
                if (largest and size > largest) or (heavy and size >= heavy and not named):
                    continue
                result = apart(name, size, folder)
                if result is None:
                    failed += 1
                    continue
                results.append(result)
                print(" | ".join(cell for cell in next(lines([result])) if cell), flush=True)
    return results, failed


def keep(rows, results):
    """Write results.json, earlier results of rows not measured now among them, and the table."""
    from bench.table import into, machine

    earlier = json.loads(RESULTS.read_text())["results"] if RESULTS.exists() else []
    every = {(each["name"], each["size"]): each for each in (*earlier, *results)}
    in_order = [
        every[name, size]
        for name, row in rows.items()
        for size in row.sizes
        if (name, size) in every
    ]
    day = datetime.now(UTC).date()
    found = {"day": day.isoformat(), "machine": machine(), "results": in_order}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    if not into(HERE.parent / "README.md", found):
        print("The README has no marks (<!-- bench -->) to put the table between.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
