"""Peers in a Python environment of their own, so that the project depends on none of them.

    told = run("phstats", {"call": "ph_dsr", "file": "rates.csv", "arguments": {...}})
    told["processor"] if told else None

A script of `bench/peer/scripts` is run there as a process of its own. It reads what it is given as
JSON, and writes one object as JSON in its last line: `seconds` and `processor` of the part it
timed, and whatever shows that it did the same work.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers.txt"
PLACE = HERE.parents[1] / ".venv-peers"


def _python(place):
    return place / ("Scripts" if os.name == "nt" else "bin") / "python"


def _made_of(place):
    """The file of pins that a place was made of; it is written last."""
    return place / "peers.txt"


def ready(place=PLACE, peers=PEERS):
    """Whether the environment is there, whole, and of the versions that are pinned now."""
    made_of = _made_of(place)
    return made_of.is_file() and made_of.read_text() == peers.read_text()


def make(place=PLACE, peers=PEERS):
    """Make the environment, unless it is ready. It needs a package index."""
    if ready(place, peers):
        return
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    install = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", str(peers)]
    subprocess.run([_python(place), *install], check=True)
    shutil.copy(peers, _made_of(place))


def run(script, given, place=PLACE, peers=PEERS):
    """What a peer's script tells of what it is given; none where its environment is not ready.

    script  name of a file in bench/peer/scripts, without .py
    given   whatever JSON can hold; large data as the path of a file

    raises  PeerFailed, with what the script said
    """
    if not ready(place, peers):
        return None
    # -I: nothing of ours is on its path, and a script may be called after the package it runs.
    ran = subprocess.run(
        [_python(place), "-I", str(HERE / "scripts" / f"{script}.py")],
        input=json.dumps(given), text=True, capture_output=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise PeerFailed(f"{script}: {ran.stderr}")
    return json.loads(ran.stdout.splitlines()[-1])


class PeerFailed(Exception):
    """A peer's script ended before it told anything."""
