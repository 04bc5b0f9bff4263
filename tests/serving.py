"""The site as somebody serves it: a process of its own, on a folder and a port of its own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import urlopen

COMMAND = [sys.executable, "-m", "commonweal_site.command"]
# Only a server that hangs takes so long, in seconds, however busy the machine.
START, A_TRY, STOP = 300, 30, 60


def run(folder, *arguments, typed=""):
    """Run a command on the record in a folder; what it printed."""
    done = subprocess.run(
        [*COMMAND, *arguments, "--dir", str(folder)],
        env=surroundings(folder), input=typed, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def surroundings(folder):
    """The environment of a command that sees no other record than the one in a folder."""
    ours = {name: text for name, text in os.environ.items() if not name.startswith("COMMONWEAL")}
    return ours | {"COMMONWEAL_DIR": str(folder)}


@contextmanager
def a_port():
    """A port that is kept from everybody else while the block lasts.

    The server may share it with us, since both say so (SO_REUSEPORT). We never listen, so all
    who call reach the server.
    """
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        kept.bind(("127.0.0.1", 0))
        yield kept.getsockname()[1]


@contextmanager
def served(folder, command="serve"):
    """The address of a server on the record in a folder, while the block lasts.

    command  `demo` loads first what ships
    """
    log = folder / "server.log"
    with a_port() as port, log.open("wb") as out:
        server = subprocess.Popen(
            [*COMMAND, command, "--dir", str(folder), "--port", str(port)],
            env=surroundings(folder), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            site = f"http://127.0.0.1:{port}"
            _wait_for(f"{site}/status", server, log)
            yield site
        finally:
            _stop(server)


def _wait_for(address, server, log):
    until = time.monotonic() + START
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address, timeout=A_TRY):  # noqa: S310  # our own server
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


def _stop(server):
    server.terminate()
    try:
        server.wait(timeout=STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
