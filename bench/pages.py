"""The site: how long a reader waits while others read too, and how much a first visit carries."""

import gzip
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from re import findall

from bench.rows import Measured, row, watch
from bench.tried import fresh
from commonweal_site.money.shipping import post_shipped
from commonweal_site.outcomes.reading import store
from commonweal_site.outcomes.shipping import keep_shipped
from commonweal_site.record import packing
from commonweal_site.record.book import Book

READERS = (1, 8)
SEED = 2022
PAGES = 600
KINDS = ("area", "body", "seat", "post", "appointment", "document", "dispute", "event", "code")
FIXED = (
    "/", "/?as_at=2018-10-01", "/?as_at=2022-07-01", "/findings/", "/rules/", "/changes/",
    "/glossary/", "/documents/", "/kinds/", "/kinds/body/", "/kinds/area/", "/data/", "/about/",
    "/log/", "/search/?q=southamton", "/search/?q=QRL",
)  # fmt: skip


def free_port():
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def served(workers=2):
    """The port of a server of the shipped packs."""
    fresh()
    packing.load([packing.shipped()], Book())
    for folder in packing.folders([packing.shipped()]):
        post_shipped(folder, actor=packing.ACTOR)
        keep_shipped(folder, store(), recorded=datetime.now(UTC))
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws",
         "--workers", str(workers), "--blocking-threads", "2", "--no-log",
         "commonweal_site.wsgi:application"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "commonweal_site.settings"},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(port):
    """Wait until every worker has started and looked ahead."""
    for _ in range(120):
        try:
            asked(port, "/status")
        except OSError:
            time.sleep(0.5)
        else:
            time.sleep(4)
            return
    raise TimeoutError("The server did not start.")


def asked(port, path):
    """The answer's body and whether it was compressed."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body, answer.getheader("Content-Encoding") == "gzip"


def addresses(port):
    """Every fixed page and system, and pages of entities drawn by lot; the same every time."""
    names = []
    for kind in KINDS:
        body, squeezed = asked(port, f"/kinds/{kind}.json")
        found = json.loads(gzip.decompress(body) if squeezed else body)
        names += [each["id"] for each in found["facts"]]
    systems = sorted({f"/{name.split('/', 1)[0]}/" for name in names})
    lot = random.Random(SEED)
    drawn = [f"/{name}" for name in lot.sample(names, min(PAGES, len(names)))]
    every = [*FIXED, *systems, *drawn]
    lot.shuffle(every)
    return every


def waits(readers):
    """Milliseconds that each page took, every page read once, none kept from before."""
    kept = Path(os.environ["COMMONWEAL_BENCH_DIR"]) / f"waits-{readers}.json"
    if not kept.exists():
        with served() as port, ThreadPoolExecutor(readers) as pool:
            taken = list(pool.map(lambda path: _time(port, path), addresses(port)))
        kept.write_text(json.dumps(sorted(taken)))
    return json.loads(kept.read_text())


def _time(port, path):
    with watch() as one:
        asked(port, path)
    return one.seconds * 1000


@row(
    "A public page, not kept from before: median",
    sizes=READERS, of="readers at once", unit="ms", at_most=50,
)  # fmt: skip
def median_wait(readers):
    taken = waits(readers)
    return Measured(taken[len(taken) // 2])


@row(
    "A public page, not kept from before: 95 in 100 within",
    sizes=READERS, of="readers at once", unit="ms", at_most=150,
)  # fmt: skip
def slowest_but_few(readers):
    taken = waits(readers)
    return Measured(taken[int(len(taken) * 0.95)])


X = "/exampleshire"
FUNDS = ("better-care-exampleton", "equipment", "public-health-grant", "reablement-pool")
MONEY = (
    *(f"{X}/area/{place}/where-the-money-goes/" for place in ("north", "south", "exampleton")),
    *(f"{X}/body/{way}-place-board/where-the-money-goes/" for way in ("north", "south")),
    "/hampshire-and-isle-of-wight/area/southampton/where-the-money-goes/",
    *(f"{X}/ledger/by/{by}/" for by in ("body", "fund", "scheme", "partner", "decision", "month")),
    *(f"{X}/ledger/?fund={fund}&year=2025-26" for fund in FUNDS),
    *(f"{X}/ledger/?fund={fund}&account=spending&to=2025-10-10" for fund in FUNDS),
    *(f"{X}/ledger/{number}" for number in range(1, 101, 5)),
)  # fmt: skip


@row(
    "A page of a place's money or of its entries, not kept from before: 95 in 100 within",
    sizes=(1,), of="readers at once", unit="ms", at_most=100,
)  # fmt: skip
def pages_of_money(_):
    with served() as port:
        for path in ("/exampleshire/ledger/", "/dorset/money/"):  # templates and record read once
            asked(port, path)
        taken = sorted(_time(port, path) for path in MONEY)
    return Measured(taken[int(len(taken) * 0.95)])


SCORED = (
    "alder", "ash", "beech", "birch", "elm", "hazel", "holly", "lime", "maple", "oak", "rowan",
    "willow",
)  # fmt: skip
MEASURED = (
    "bed-days-delayed", "school-ready", "smoking-adults", "smoking-at-birth", "vaccinated-by-five",
)  # fmt: skip
OUTCOMES = {
    "A scorecard": (
        *(f"{X}/area/{area}/outcomes/" for area in ("system", "north", "south", "exampleton")),
        *(f"{X}/area/network-{area}/outcomes/" for area in SCORED),
    ),
    "An indicator's page, with chart, comparison, map and gap": tuple(
        f"{X}/indicator/{name}?area={area}"
        for name in MEASURED
        for area in ("system", "north", "south", "exampleton")
    ),
}  # fmt: skip


def waits_for_outcomes(pages, readers):
    """Milliseconds of each page, every one read once, after another read the figures."""
    kept = Path(os.environ["COMMONWEAL_BENCH_DIR"]) / f"outcomes-{readers}.json"
    if not kept.exists():
        with served() as port, ThreadPoolExecutor(readers) as pool:
            for _ in range(8):  # templates, record and figures read by each worker
                asked(port, f"{X}/outcomes/")
                asked(port, f"{X}/area/castle/outcomes/")
            taken = {
                name: list(pool.map(lambda path: _time(port, path), paths))
                for name, paths in OUTCOMES.items()
            }
        kept.write_text(json.dumps(taken))
    return sorted(json.loads(kept.read_text())[pages])


@row(
    "A scorecard, not kept from before: 95 in 100 within",
    sizes=(1, 4, 8), of="readers at once", unit="ms", at_most=500,
)  # fmt: skip
def scorecards(readers):
    taken = waits_for_outcomes("A scorecard", readers)
    return Measured(taken[int(len(taken) * 0.95)])


@row(
    "An indicator's page, with chart, comparison, map and gap: 95 in 100 within",
    sizes=(1, 4, 8), of="readers at once", unit="ms", at_most=1_000,
)  # fmt: skip
def pages_of_indicators(readers):
    name = "An indicator's page, with chart, comparison, map and gap"
    taken = waits_for_outcomes(name, readers)
    return Measured(taken[int(len(taken) * 0.95)])


@row("A first visit to the home page", sizes=(1,), of="visits", unit="kB", at_most=350)
def first_visit(_):
    with served(workers=1) as port:
        page, squeezed = asked(port, "/")
        text = (gzip.decompress(page) if squeezed else page).decode()
        files = set(findall(r'(?:href|src)="(/assets/[^"]+)"', text))
        total = len(page) + sum(len(asked(port, each)[0]) for each in files)
    return Measured(total / 1000)
