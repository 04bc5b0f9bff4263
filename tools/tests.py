"""The whole test suite: `./run test [anything for pytest]`.

With nothing named, all of it, two files at a time. Starts a private PostgreSQL cluster when the
machine has the programs and nothing has named a server in COMMONWEAL_TEST_POSTGRES, so that the
tests on PostgreSQL need no setting up.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.tree import ROOT

SERVER = "COMMONWEAL_TEST_POSTGRES"
# Where packagers put the server's programs, which are seldom on the path; newest first.
PLACES = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin")
# The account that comes with the programs.
OWNER = "postgres"
# The cluster is thrown away, so nothing is lost by not waiting for the disk.
PATIENCE = "300"
"""Seconds until a server that does not start or stop is given up, however busy the machine."""
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, or None."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for pattern in PLACES:
        folders += sorted(Path("/").glob(pattern), reverse=True)
    wanted = ("initdb", "pg_ctl")
    return next((f for f in folders if all((f / name).exists() for name in wanted)), None)


def as_owner(command: list[str]) -> None:
    """Run a command of PostgreSQL's, which refuses to run as root, without its chatter."""
    owner = OWNER if os.geteuid() == 0 else None
    done = subprocess.run(
        command, cwd="/", user=owner, group=owner, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(control: list[str], options: str, tries: int = 5) -> int:
    """The port on which the server was started. Somebody may take a free one before it does."""
    port = free_port()
    listen = f"{options} -c listen_addresses=127.0.0.1 -p {port}"
    try:
        as_owner([*control, "-o", listen, "start"])
    except SystemExit:
        if tries == 1:
            raise
        return started(control, options, tries - 1)
    return port


@contextmanager
def private_cluster(binaries: Path) -> Iterator[str]:
    """A PostgreSQL server that lives as long as the block; yields its address."""
    with tempfile.TemporaryDirectory(prefix="commonweal-postgres-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER, OWNER)
        data = f"{folder}/data"
        initdb = [str(binaries / "initdb"), "-D", data, "-U", "commonweal", "-A", "trust"]
        as_owner([*initdb, "--no-sync", "--encoding=UTF8", "--no-locale"])
        # A log file, or the server would hold on to our output after we have gone.
        control = [
            str(binaries / "pg_ctl"),
            "-D",
            data,
            "-w",
            "-t",
            PATIENCE,
            "-l",
            f"{folder}/log",
        ]
        port = started(control, f"{OPTIONS} -c unix_socket_directories={folder}")
        try:
            yield f"postgresql://commonweal@127.0.0.1:{port}/postgres"
        finally:
            as_owner([*control, "-m", "immediate", "stop"])


def pytest(arguments: list[str], server: str | None) -> int:
    """Run pytest, telling it of the server if there is one; its exit code."""
    environment = os.environ | ({SERVER: server} if server else {})
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


# The files of one folder share servers and packs, so a file is never split.
TWO_AT_A_TIME = ("-n", "2", "--dist", "loadfile")
"""How much is run at once: what any machine that can run the suite has room for."""


def main(arguments: list[str]) -> int:
    arguments = arguments or list(TWO_AT_A_TIME)
    binaries = None if os.environ.get(SERVER) else programs()
    if binaries is None:
        return pytest(arguments, None)
    with private_cluster(binaries) as server:
        return pytest(arguments, server)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
