"""Questions of authority over HTTP, each answered with its proof: in process, and by a server."""

import http.client
import json
import os
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.test import Client
from django.test.utils import override_settings

from bench.authority import DAY, SIZES, _takers, england, p95, questions, snapshot_of
from bench.pages import free_port
from bench.rows import Measured, row
from bench.tried import fresh
from commonweal.record.writing import Change
from commonweal_site.record.book import Book

ASKED = 1_000
PATH = "/access/v1/evaluation"
HEADERS = {"Content-Type": "application/json"}


def loaded(size):
    """A record with that many delegations, and questions to ask of it as they are sent."""
    facts = england(size)
    facts.update(_takers(facts))
    fresh()
    changes = (Change("assert", name, fact) for name, fact in facts.items())
    Book().write(changes, actor="bench", reason="Load", at=datetime(2026, 11, 1, tzinfo=UTC))
    return [_sent(*each) for each in questions(snapshot_of(size), ASKED)]


def _sent(who, question):
    about = {"area": question.area, "amount_pence": question.amount}
    resource = {"type": "function", "id": question.function, "properties": about}
    return json.dumps(
        {
            "subject": {"type": who.split("/")[1], "id": who},
            "action": {"name": "decide"},
            "resource": resource,
            "context": {"as_at": DAY.isoformat()},
        }
    )


@row("Over HTTP: may this holder decide? With the proof, in process, 95th percentile",
     sizes=SIZES, of="delegations", unit="ms of processor time", at_most=5)  # fmt: skip
def in_process(size):
    asked = loaded(size)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.post(PATH, asked[0], content_type="application/json")
        taken = [_processor(client, each) for each in asked]
    return Measured(p95(taken))


def _processor(client, body):
    begins = time.thread_time_ns()
    answer = client.post(PATH, body, content_type="application/json")
    taken = (time.thread_time_ns() - begins) / 1e6
    if answer.status_code != 200 or "proof" not in answer.json()["context"]:
        raise RuntimeError(answer.content)
    return taken


@row("The same asked of a server, one question after the other, 95th percentile",
     sizes=SIZES, of="delegations", unit="ms", at_most=5)  # fmt: skip
def of_a_server(size):
    asked = loaded(size)
    with _server() as (line, server):
        for each in asked[:50]:
            _wait(line, each)
        used = _used(server.pid)
        taken = [_wait(line, each) for each in asked]
        return Measured(p95(taken), processor=(_used(server.pid) - used) / len(asked))


def _used(process):
    """Seconds of processor time that a process and its children have used."""
    total = 0
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = each.read_text().rpartition(")")[2].split()
            if process in {int(each.parent.name), int(fields[1])}:
                total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


@contextmanager
def _server():
    """A line to a server of the record, which stays open, and the server."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws",
         "--workers", "1", "--blocking-threads", "1", "--no-log",
         "commonweal_site.wsgi:application"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "commonweal_site.settings"},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(240):
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as tried:
                    tried.request("GET", "/robots.txt")
                    tried.getresponse().read()
                break
            except OSError:
                time.sleep(0.5)
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
            yield line, server
    finally:
        server.terminate()
        server.wait()


def _wait(line, body):
    begins = time.perf_counter()
    line.request("POST", PATH, body=body, headers=HEADERS)
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"The server answered {answer.status}.")
    return (time.perf_counter() - begins) * 1000
