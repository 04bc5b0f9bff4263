"""Runs that take a while: begun, watched, stopped, and kept by all that their figures hang on.

A run is a folder named by its key. A state is written whole or not at all, and a result is there
only when every area is done, so that nothing half is ever shown. Whoever asks the same finds it.
"""

import json
import os
import shutil
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from threading import Thread
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
from django.conf import settings

from commonweal.demand.errors import Stopped
from commonweal.demand.futures import (
    RULE,
    Futures,
    Outlook,
    Provenance,
    Run,
    assumptions,
    fingerprint,
    project,
)
from commonweal.demand.scenario import Scenario
from commonweal.record.errors import SpeakingError

from .scenarios import CODE, Grounds

MOST_KEPT = 100
"""Runs kept; the oldest go first."""

_OURS = f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"
"""This process, told from another that has its number later."""

type Standing = Literal["running", "done", "stopped", "failed"]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How a run stands.

    done, of  areas done, of how many
    why       why it ended without a result; empty if it did not
    process   that works on it
    """

    standing: Standing
    done: int
    of: int
    begun: datetime
    process: str
    why: str = ""


class Wanted(NamedTuple):
    """A run as it was asked for."""

    on: Grounds
    scenario: Scenario
    seed: int
    draws: int

    @property
    def key(self) -> str:
        """Changes with anything that changes a figure."""
        parts = (
            assumptions(self.scenario), fingerprint(self.on.held.inputs), sorted(self.on.groups),
            self.seed, self.draws, RULE, CODE,
        )  # fmt: skip
        return blake2b(repr(parts).encode(), digest_size=12).hexdigest()

    @property
    def folder(self) -> Path:
        return Path(settings.DATA_DIR, "demand-runs", self.key)


def standing(wanted: Wanted) -> State | None:
    """How a run stands; none if nobody has begun it. One whose server is gone has failed."""
    try:
        state = msgspec.json.decode((wanted.folder / "state.json").read_bytes(), type=State)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    if state.standing == "running" and not _alive(state.process):
        why = "The server that worked on it stopped before it was done."
        return msgspec.structs.replace(state, standing="failed", why=why)
    return state


def _alive(process: str) -> bool:
    """Whether a process still works on it, as far as can be told from here."""
    host, number, _ = process.split(":")
    if process == _OURS or host != socket.gethostname():
        return True
    if int(number) == os.getpid():
        return False  # an earlier process that had our number
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def in_the_background(work: Callable[[], None]) -> None:
    """Do it beside the pages that are being answered."""
    Thread(target=work, daemon=True).start()


def begin(wanted: Wanted) -> None:
    """Begin a run, unless it is under way or done."""
    now = standing(wanted)
    if now is not None and now.standing in {"running", "done"}:
        return
    shutil.rmtree(wanted.folder, ignore_errors=True)
    wanted.folder.mkdir(parents=True)
    _forget(wanted.folder.parent)
    of = len(wanted.on.held.inputs.rates.areas)
    state = State(standing="running", done=0, of=of, begun=datetime.now(UTC), process=_OURS)
    _write(wanted, state)
    in_the_background(lambda: carry_out(wanted, state))


def stop(wanted: Wanted) -> None:
    """Ask a run to stop; it does so before its next area."""
    if (now := standing(wanted)) and now.standing == "running":
        (wanted.folder / "stop").touch()


def carry_out(wanted: Wanted, state: State) -> None:
    """Do all of a run, from its state at the beginning to its last."""
    said = msgspec.structs.replace

    def told(_: str, done: int, of: int) -> None:
        nonlocal state
        state = said(state, done=done, of=of)
        _write(wanted, state)

    def stopped() -> bool:
        return (wanted.folder / "stop").exists()

    try:
        run = Run(seed=wanted.seed, draws=wanted.draws, code=CODE)
        made = project(
            wanted.on.held.inputs, wanted.scenario, run, groups=wanted.on.groups,
            kept=wanted.on.names[:1], done=told, stop=stopped,
        )  # fmt: skip
        _keep(wanted, made)
        _write(wanted, said(state, standing="done"))
    except Stopped as wrong:
        _write(wanted, said(state, standing="stopped", why=str(wrong)))
    except SpeakingError as wrong:
        _write(wanted, said(state, standing="failed", why=str(wrong)))
    except (MemoryError, OSError):
        why = "It took more memory or room on the disk than there is: ask for fewer futures."
        _write(wanted, said(state, standing="failed", why=why))


def result(wanted: Wanted) -> Outlook | None:
    """What a run came to; none unless it is done and whole."""
    now = standing(wanted)
    if now is None or now.standing != "done":
        return None
    inputs = wanted.on.held.inputs
    with np.load(wanted.folder / "futures.npz", allow_pickle=False) as held:
        told = json.loads(str(held["told"]))
        expected, centiles, counts = held["expected"], held["centiles"], held["counts"]
    futures = {
        name: Futures(name, expected[at], centiles[at], counts if at == 0 else None)
        for at, name in enumerate(wanted.on.names)
    }
    made, missing = Provenance(**told["made"]), tuple(told["missing"])
    return Outlook(made, wanted.scenario.years, inputs.rates.types, futures, missing)


def _keep(wanted: Wanted, made: Outlook) -> None:
    each = [made[name] for name in wanted.on.names]
    told = json.dumps({"made": asdict(made.provenance), "missing": list(made.missing)})
    before = wanted.folder / "futures.part.npz"
    np.savez(
        before, told=np.array(told), expected=np.stack([it.expected for it in each]),
        centiles=np.stack([it.centiles for it in each]), counts=np.asarray(each[0].counts),
    )  # fmt: skip
    before.rename(wanted.folder / "futures.npz")


def _write(wanted: Wanted, state: State) -> None:
    before = wanted.folder / f"state.{os.urandom(4).hex()}.part"
    with suppress(FileNotFoundError):  # the folder was cleared away meanwhile
        before.write_bytes(msgspec.json.encode(state))
        before.rename(wanted.folder / "state.json")


def _forget(folder: Path) -> None:
    """Clear away the oldest runs beyond those kept."""
    found = list[tuple[float, Path]]()
    for each in folder.iterdir():
        with suppress(FileNotFoundError):
            found.append((each.stat().st_mtime, each))
    for _, each in sorted(found, reverse=True)[MOST_KEPT:]:
        shutil.rmtree(each, ignore_errors=True)


def under_way() -> int:
    """How many runs are being worked on."""
    folder = Path(settings.DATA_DIR, "demand-runs")
    states = list[dict[str, Any]]()
    for each in folder.glob("*/state.json"):
        with suppress(FileNotFoundError, ValueError):
            states.append(json.loads(each.read_bytes()))
    return sum(it["standing"] == "running" and _alive(it["process"]) for it in states)
