"""Records to test on; what a machine may lack, and what happens then.

A test that asks for `book` runs twice: on SQLite, and, marked `postgres`, on PostgreSQL.

Tests marked `browser` need Chromium, those marked `postgres` a PostgreSQL server and those marked
`spark` Java and PySpark. Without them those tests are left out and one line says how to get them.
In continuous integration (CI=true) nothing may be left out: a missing program, or any test skipped,
fails the run.
"""

import os
import shutil
from datetime import UTC, date, datetime, time
from importlib.util import find_spec

import hypothesis
import pytest
from django.test import override_settings

from commonweal_site import day
from tests.keeping import Postgres, Sqlite

# A busy machine is no fault of the code: no property fails for being slow.
PATIENT = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
# Somebody at work wants new examples every time. Continuous integration says the same of the same
# code every time: a failure there was made by the change.
hypothesis.settings.register_profile("at work", **PATIENT)
hypothesis.settings.register_profile("the gate", **PATIENT, derandomize=True)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TEST_DAY, TODAY = "COMMONWEAL_TEST_DAY", "2026-11-22"
ADVICE = {
    "browser": "need Chromium on the path (on Debian: apt-get install chromium)",
    "postgres": "need PostgreSQL (on Debian: apt-get install postgresql), or an address in "
    "COMMONWEAL_TEST_POSTGRES; ./run test then does the rest",
    "spark": "need Java 17 or 21 (on Debian: apt-get install default-jre-headless) and PySpark, "
    "which ./run spark fetches (434 MB)",
}
UNMET = pytest.StashKey[dict[str, int]]()
SKIPPED = pytest.StashKey[list[str]]()


def lacking() -> set[str]:
    """Of the marks that need something of the machine, those it cannot meet."""
    have = {
        "browser": any(shutil.which(name) for name in CHROMIUM),
        "postgres": bool(os.environ.get("COMMONWEAL_TEST_POSTGRES")),
        "spark": bool(shutil.which("java") and find_spec("pyspark")),
    }
    return {mark for mark, there in have.items() if not there}


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


hypothesis.settings.load_profile("the gate" if in_ci() else "at work")


# Last, so that tests deselected by -m or -k ask for nothing.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    unmet = config.stash[UNMET] = {}
    for mark in sorted(lacking()):
        wanting = [item for item in items if item.get_closest_marker(mark)]
        if wanting and in_ci():
            message = f"{len(wanting)} tests marked {mark} {ADVICE[mark]}."
            raise pytest.UsageError(message)
        for item in wanting:
            item.add_marker(pytest.mark.skip(reason=f"needs {mark}"))
        if wanting:
            unmet[mark] = len(wanting)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    session.config.stash[SKIPPED] = [report.nodeid for report in skipped] if in_ci() else []
    if session.config.stash[SKIPPED] and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    for mark, count in config.stash.get(UNMET, {}).items():
        terminalreporter.line(f"{count} tests were left out: they {ADVICE[mark]}.", yellow=True)
    for name in config.stash.get(SKIPPED, []):
        terminalreporter.line(f"Skipped, which fails continuous integration: {name}", red=True)


@pytest.fixture(scope="session", autouse=True)
def the_day():
    """Today, of which every page in these tests is: the same one whenever they are run.

    COMMONWEAL_TEST_DAY  another day, to see whether anything hangs on it
    """
    noon = datetime.combine(date.fromisoformat(os.environ.get(TEST_DAY, TODAY)), time(12), UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(day, "_now", lambda: noon)
        yield noon.date()


@pytest.fixture(scope="session", autouse=True)
def own_folder(tmp_path_factory):
    """Keys and papers that a test does not place go where no other process looks."""
    with override_settings(DATA_DIR=tmp_path_factory.mktemp("data")):
        yield


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():
        yield Sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres(django_db_blocker):
    with django_db_blocker.unblock():
        server = Postgres()
        yield server
        server.drop(server.template)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def databases(request):
    """What makes fresh records: on the one kind of database, then on the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def book(databases, tmp_path):
    """An empty record of its own."""
    with databases.fresh(tmp_path) as fresh:
        yield fresh
