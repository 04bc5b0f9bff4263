"""A real server with the shipped packs, a real browser, and a reader who notices everything that goes wrong."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.serving import run, served

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Milliseconds until what has not come is taken to be missing. Only a failing test waits so long.
PATIENCE = 90_000
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # A browser and a server on two busy cores: one more go, and the summary names it.
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A folder with every pack that ships on record, to be copied by who writes to it."""
    folder = tmp_path_factory.mktemp("demo")
    run(folder, "demo", "--no-serve")
    return folder


@pytest.fixture(scope="session")
def address(demo):
    """The address of the demonstration, as somebody starts it a second time."""
    with served(demo, "demo") as site:
        yield site


# Of one file: while playwright runs, it holds this thread's event loop, and Django then refuses
# every test on a record that comes after.
@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    program = next(filter(None, map(shutil.which, CHROMIUM)))
    # In a container the shared memory is often too small for a page.
    options = ["--no-sandbox", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=program, args=options, timeout=PATIENCE
        )
        yield launched
        launched.close()


@contextmanager
def window(browser, **options):
    """A window with nothing remembered from another."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        context.close()


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

    def rests(self):
        """Waits for all that the page itself asks for, so that going on breaks nothing off."""
        self.page.wait_for_load_state("load")

    def opens(self, path, status=200):
        self.rests()
        answer = self.page.goto(f"{self.address}{path}")
        assert answer.status == status, f"{path} answered {answer.status}"

    def follows(self, link):
        """Clicks what leads to another page, and waits until that has come."""
        self.rests()
        with self.page.expect_navigation():
            link.click()

    def sees(self, words):
        """Waits for the words, since a page that a key sent for takes its time to come."""
        from playwright.sync_api import expect

        expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True)

    def is_told(self, status):
        """The browser notes the status of a page that says what is wrong, as it should."""
        noted = f"status of {status}"
        if not any(noted in each for each in self.complaints):
            self.page.wait_for_event("console", lambda message: noted in message.text)
        assert [each for each in self.complaints if noted not in each] == []
        self.complaints.clear()

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
        self.rests()
        return self.page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def finds_nothing_wrong(self):
        """No complaint of the browser's, and nothing that axe finds."""
        self.rests()
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
    """Somebody at a screen of that size."""
    with window(browser, viewport=screen) as context:
        yield Reader(context.new_page(), address)


at_the_desk_and_on_a_phone = pytest.mark.parametrize("screen", ["desk", "phone"], indirect=True)
