"""Take the pictures in README.md from the running site. `./run python -m tools.screenshots`."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from tools.tree import ROOT

PICTURES = {
    "england": ("/?as_at=2022-07-01", 1280, 1240),
    "system": ("/hampshire-and-isle-of-wight/?as_at=2022-05-01#areas-drawn", 1280, 1100),
    "place-board": (
        "/hampshire-and-isle-of-wight/body/southampton-place-board?as_at=2022-05-01",
        1280,
        1240,
    ),
    "findings": ("/findings/REC-WEEKDAY/?as_at=2022-12-12", 1280, 900),
    "demand": ("/exampleshire/demand/do-nothing/", 1280, 1400),
    "overdue": ("/overdue/", 1280, 1240),
}
"""Name of the picture: address, width and height in pixels."""


@contextlib.contextmanager
def site() -> Iterator[str]:
    """The site on the shipped packs, in a folder of its own."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        arguments = ["demo", "--dir", folder, "--port", str(port)]
        server = subprocess.Popen([sys.executable, "-m", "commonweal_site.command", *arguments])
        try:
            yield _ready(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def _ready(address: str) -> str:
    for _ in range(120):
        with contextlib.suppress(OSError), urlopen(f"{address}/status"):  # noqa: S310  (our own server, on this machine)
            return address
        time.sleep(0.5)
    message = f"The site did not answer at {address}."
    raise SystemExit(message)


def main() -> None:
    """Take every picture anew."""
    into = Path(ROOT) / "docs" / "screenshots"
    into.mkdir(parents=True, exist_ok=True)
    browser_path = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, (path, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address + path)
            page.screenshot(path=into / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
