"""The one quality gate: `./run check [--but] [NAME...]`.

Runs every check, two at a time, and shows the output of each that failed; a table comes last.
With names, runs only those; with `--but`, all the others. Exits 0 when everything passed, 1
when something did not, 2 for a name that is not in the list.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tools.tests import TWO_AT_A_TIME
from tools.tree import ROOT

PYTHON = sys.executable
BIN = Path(PYTHON).parent
FAST = "not slow and not browser and not postgres"


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    about: str
    command: Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    check: Check
    passed: bool
    output: str
    seconds: float = 0.0


def module(*words: str) -> list[str]:
    return [PYTHON, "-m", *words]


# The longest first, so that the short ones fill the gaps.
CHECKS = [
    Check("tests", "fast tests pass", module("pytest", "-q", *TWO_AT_A_TIME, "-m", FAST)),
    Check(
        "types-site", "types of the site", module("mypy", "--config-file", "tools/mypy_site.ini")
    ),
    Check("types", "strict types of the pure packages", module("mypy")),
    Check("imports", "rooms import downwards only", [f"{BIN}/lint-imports", "--no-cache"]),
    Check("format", "ruff's format", module("ruff", "format", "--check", ".")),
    Check("lint", "ruff's rules", module("ruff", "check", ".")),
    Check("pins", "pins agree, are hashed, name no host", module("tools.pins", "--check")),
    Check("vendored", "vendored files are unchanged", module("tools.vendor", "--check")),
    Check("glossary", "terms are in order and used", module("tools.glossary")),
    Check("documents", "links, pictures and commands", module("tools.documents")),
    Check("rooms", "the picture of the rooms is current", module("tools.rooms", "--check")),
    Check("house", "the rules of the house", module("tools.house")),
    Check("places", "no machine paths or package indexes", module("tools.places")),
]


def run(check: Check) -> Outcome:
    """Run one check to its end, keeping what it says."""
    began = time.monotonic()
    try:
        done = subprocess.run(
            check.command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as error:
        return Outcome(check, passed=False, output=f"It could not be started: {error}")
    return Outcome(check, done.returncode == 0, done.stdout, time.monotonic() - began)


def run_all(checks: Sequence[Check]) -> list[Outcome]:
    """Run the checks, showing each failure as it is found; outcomes in the order given."""
    outcomes = {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        for future in as_completed([pool.submit(run, check) for check in checks]):
            outcome = outcomes[future.result().check.name] = future.result()
            if not outcome.passed:
                print(f"\n--- {outcome.check.name}\n{outcome.output.rstrip()}", flush=True)
    return [outcomes[check.name] for check in checks]


def table(outcomes: Sequence[Outcome]) -> str:
    """A line for each check, and one that sums them up."""
    lines = [
        f"{'passed' if o.passed else 'FAILED':<7} {o.check.name:<11} "
        f"{o.check.about:<38} {o.seconds:5.1f} s"
        for o in outcomes
    ]
    failed = [o.check.name for o in outcomes if not o.passed]
    verdict = f"{len(failed)} failed: {', '.join(failed)}." if failed else "All passed."
    return "\n".join(["", *lines, "", f"{len(outcomes)} checks. {verdict}"])


def main(arguments: Sequence[str], checks: Sequence[Check] = CHECKS) -> int:
    but = list(arguments[:1]) == ["--but"]
    asked = arguments[1:] if but else arguments
    names = [check.name for check in checks]
    unknown = [name for name in asked if name not in names]
    if unknown:
        print(f"There is no check called {', '.join(unknown)}. There are: {', '.join(names)}.")
        return 2
    outcomes = run_all([c for c in checks if not asked or (c.name in asked) is not but])
    print(table(outcomes))
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
