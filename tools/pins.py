"""Remake the pins from pyproject.toml: `python -m tools.pins [--upgrade | --check]`.

constraints.txt          exact versions, for people and for `pip install -c`
requirements.lock        the same with hashes, for `./run`, continuous integration and production
requirements-spark.lock  those of Spark, apart from it: they are large, and few need them

Needs uv on the path. Versions already pinned stay as they are, unless `--upgrade` is given;
then nothing younger than a week is taken, so that a bad release has time to be found out.
"""

import datetime as dt
import os
import re
import subprocess
import sys

from tools.tree import ROOT

PINS = {
    "constraints.txt": ["--no-annotate"],
    "requirements.lock": ["--no-annotate", "--generate-hashes", "--constraints", "constraints.txt"],
}
SPARK = "requirements-spark.lock"
OF_SPARK = ("pyspark", "py4j")
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--no-header"]
COMPILE += ["--python-version", "3.12", "--all-extras", "--no-emit-index-url"]

# An address in a lock ties a stranger to the mirror of whoever made it.
ADDRESS = re.compile(
    r"https?://\S+|file://\S+|--(?:extra-)?index-url.*|--find-links.*|--trusted-host.*"
)
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
HASHED = re.compile(
    r"^[A-Za-z0-9._-]+==[^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+", re.MULTILINE
)


def faults(constraints: str, lock: str) -> list[str]:
    """What is wrong with the two files of pins, a sentence each."""
    found = [
        f"{name} holds an address: {match.group()}"
        for name, text in (("constraints.txt", constraints), ("requirements.lock", lock))
        for match in ADDRESS.finditer(text)
    ]
    loose, locked = pinned(constraints), pinned(lock)
    found += [
        f"{name} is {loose.get(name, 'absent')} in constraints.txt "
        f"but {locked.get(name, 'absent')} in requirements.lock; run python -m tools.pins"
        for name in sorted(loose.keys() | locked.keys())
        if loose.get(name) != locked.get(name)
    ]
    hashed = set(pinned("\n".join(HASHED.findall(lock))))
    return found + [
        f"{name} has no hash in requirements.lock" for name in locked if name not in hashed
    ]


def pinned(text: str) -> dict[str, str]:
    """The version of each package pinned in `text`, by name."""
    return {match["name"]: match["version"] for match in PIN.finditer(text)}


def python_faults(wanted: str, script: str, running: tuple[int, ...] | None) -> list[str]:
    """Does continuous integration run the Python that .python-version names?

    wanted   the text of .python-version
    script   the text of .ci/run, which must read that file and name no Python itself
    running  the version running now, when this is continuous integration; otherwise None
    """
    found = []
    if not re.fullmatch(r"3\.\d+\n?", wanted):
        found.append(f".python-version should be a line such as 3.13, not {wanted!r}")
    if ".python-version" not in script:
        found.append(".ci/run does not read .python-version")
    found += [
        f".ci/run names a Python of its own: {name}" for name in re.findall(r"python3\.\d+", script)
    ]
    if running and f"{running[0]}.{running[1]}" != wanted.strip():
        found.append(f".python-version is {wanted.strip()} but this is {running[0]}.{running[1]}")
    return found


def compile_pins(*, upgrade: bool) -> None:
    week_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=7)
    fresh = ["--upgrade", "--exclude-newer", week_ago.isoformat(timespec="seconds")]
    for name, options in PINS.items():
        more = fresh if upgrade and name == "constraints.txt" else []
        command = [*COMPILE, *options, *more, "-o", name, "pyproject.toml"]
        subprocess.run(command, cwd=ROOT, check=True)
    both = parted((ROOT / "requirements.lock").read_text())
    for name, text in zip(("requirements.lock", SPARK), both, strict=True):
        (ROOT / name).write_text(text)


def parted(lock: str) -> tuple[str, str]:
    """A lock without the packages of Spark, and a lock of those."""
    kept, apart = lock, ""
    for entry in HASHED.finditer(lock):
        if entry.group().split("==")[0] in OF_SPARK:
            kept = kept.replace(entry.group(), "")
            apart += entry.group()
    return kept, apart


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        compile_pins(upgrade=arguments == ["--upgrade"])
    constraints, *locks = ((ROOT / name).read_text() for name in (*PINS, SPARK))
    found = faults(constraints, "".join(locks))
    wanted, script = (ROOT / ".python-version").read_text(), (ROOT / ".ci/run").read_text()
    in_ci = os.environ.get("CI", "").lower() == "true"
    found += python_faults(wanted, script, sys.version_info[:2] if in_ci else None)
    print("\n".join(found) or "The pins agree, are hashed, and hold no address.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
