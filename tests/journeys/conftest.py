"""A real server with the shipped packs, a real browser, and a reader who notices everything that goes wrong."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Milliseconds until words that are not on the page are taken to be missing.
PATIENCE = 15_000
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # A browser and a server on two busy cores: one more go, and the summary names it.
            item.add_marker(pytest.mark.flaky(reruns=1))


def free_port():
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The address of a server that serves every pack that ships."""
    folder, port = tmp_path_factory.mktemp("journeys"), free_port()
    environment = {**os.environ, "COMMONWEAL_DIR": str(folder)}
    environment.pop("COMMONWEAL_DATABASE", None)
    command = [sys.executable, "-m", "commonweal_site.command"]
    subprocess.run(
        [*command, "demo", "--dir", str(folder), "--no-serve"], check=True, env=environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [*command, "serve", "--dir", str(folder), "--port", str(port)], env=environment,
        stdout=log, stderr=log,
    )  # fmt: skip
    site = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{site}/status", server, folder / "server.log")
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_for(address, server, log):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=5):  # noqa: S310  # our own server
                return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{log.read_text()}")


# Of one file: while playwright runs, it holds this thread's event loop, and Django then refuses
# every test on a record that comes after.
@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


class Reader:
    """Somebody reading the site in a browser; what the browser complains of is remembered."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints = []
        page.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        self.fetched = []

    def _failed(self, request):
        # What a reader leaves behind by going on, such as the icon of the last page, is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url}: {request.failure}")

    def _answered(self, response):
        self.fetched.append(response.url)
        if not response.url.startswith(self.address):
            self.complaints.append(f"elsewhere: {response.url}")

    def opens(self, path, status=200):
        answer = self.page.goto(f"{self.address}{path}")
        assert answer.status == status, f"{path} answered {answer.status}"

    def sees(self, words):
        """Waits for the words, since a page that a key sent for takes its time to come."""
        from playwright.sync_api import expect

        body = self.page.locator("body")
        expect(body).to_contain_text(words, use_inner_text=True, timeout=PATIENCE)

    def presses(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self):
        """Name or text of what the keyboard is on."""
        return self.page.evaluate(
            "() => document.activeElement.id || document.activeElement.innerText.trim()"
        )

    def tabs_to(self, wanted, most=60):
        """Goes on with the tab key until something of that name or text is reached."""
        for _ in range(most):
            self.presses("Tab")
            if wanted in self.focused():
                return
        pytest.fail(f"The keyboard did not reach ‘{wanted}’ in {most} steps on {self.page.url}")

    def scrolls_sideways(self):
        return self.page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def finds_nothing_wrong(self):
        """No complaint of the browser's, and nothing that axe finds."""
        assert self.complaints == []
        # Of long pages, listing every element that passed takes axe most of its time.
        options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options)
        assert found.violations_count == 0, found.generate_report()


@pytest.fixture(params=["desk"])
def screen(request):
    return {"desk": DESK, "phone": PHONE}[request.param]


@pytest.fixture
def reader(browser, address, screen):
    """A reader without script."""
    context = browser.new_context(viewport=screen, java_script_enabled=True)
    page = context.new_page()
    yield Reader(page, address)
    context.close()


at_the_desk_and_on_a_phone = pytest.mark.parametrize("screen", ["desk", "phone"], indirect=True)
