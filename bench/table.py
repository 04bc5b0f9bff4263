"""The table of results in the README, and the machine it was measured on."""

import os
import platform
import re
import sqlite3
from hashlib import sha256
from pathlib import Path

from bench.rows import watch

BETWEEN = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)
HEADINGS = ("What", "Size", "Measured", "Asked for", "Peer", "Times better")


def machine():
    """What the results were measured on."""
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "processor": _processor(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def pace():
    """Microseconds for one small SHA-256: how fast this core is at this moment."""
    salt, times = bytes(16), 200_000
    with watch() as taken:
        for _ in range(times):
            sha256(salt + b"as fast as it goes").digest()
    return round(taken.seconds / times * 1e6, 3)


def _number(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _asked(result):
    if result["at_most"] is not None:
        words = f"at most {_number(result['at_most'])} {result['unit']}"
    elif result["at_least"] is not None:
        words = f"at least {_number(result['at_least'])} {result['unit']}"
    else:
        return ""
    return f"{words}: {'met' if result['met'] else 'not met'}" if result["met"] is not None else ""


def _processor_time(result):
    used = result.get("processor")
    return f" ({_number(used)} s of processor time)" if used else ""


def _peer(result):
    if not result["peer_name"]:
        return ""
    measured = f"{_number(result['peer'])} {result['unit']}" if result["peer"] else "not measured"
    return f"{result['peer_name']}: {measured}"


def lines(results):
    """The rows of the table, as words."""
    for result in results:
        yield (
            result["name"],
            f"{result['size']:,} {result['of']}",
            f"{_number(result['value'])} {result['unit']}{_processor_time(result)}",
            _asked(result),
            _peer(result),
            _number(result["times_better"]),
        )


def markdown(found):
    """The table and the machine, in Markdown."""
    on = found["machine"]
    rows = [HEADINGS, ("---",) * len(HEADINGS), *lines(found["results"])]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    paces = [result["pace"] for result in found["results"]]
    return (
        f"{table}\n\nMeasured on {found['day']} on {on['cores']} cores ({on['processor']}), "
        f"{on['memory_gib']} GiB, Python {on['python']}, SQLite {on['sqlite']}; every size in a "
        "process of its own. How noisy the machine was: one small SHA-256 took from "
        f"{min(paces)} to {max(paces)} microseconds over the run, and the load was up to "
        f"{max(result['load'] for result in found['results'])}.\n"
    )


def into(readme, found):
    """Put the table between the marks of a README; whether it has them."""
    text = readme.read_text()
    put, times = BETWEEN.subn(lambda marks: f"{marks[1]}{markdown(found)}{marks[2]}", text)
    if times:
        readme.write_text(put)
    return bool(times)
