"""Records to test on; what a machine may lack, and what happens then.

A test that asks for `book` runs twice: on SQLite, and, marked `postgres`, on PostgreSQL.

Tests marked `browser` need Chromium and those marked `postgres` a PostgreSQL server. Without
them those tests are left out and one line says how to get them. In continuous integration
(CI=true) nothing may be left out: a missing program, or any test skipped, fails the run.
"""

import os
import shutil

import hypothesis
import pytest

from tests.keeping import Postgres, Sqlite

# A busy machine is no fault of the code: no property fails for being slow.
hypothesis.settings.register_profile("commonweal", deadline=None)
hypothesis.settings.load_profile("commonweal")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ADVICE = {
    "browser": "need Chromium on the path (on Debian: apt-get install chromium)",
    "postgres": "need PostgreSQL (on Debian: apt-get install postgresql), or an address in "
    "COMMONWEAL_TEST_POSTGRES; ./run test then does the rest",
}
UNMET = pytest.StashKey[dict[str, int]]()
SKIPPED = pytest.StashKey[list[str]]()


def lacking() -> set[str]:
    """Of the marks that need something of the machine, those it cannot meet."""
    have = {
        "browser": any(shutil.which(name) for name in CHROMIUM),
        "postgres": bool(os.environ.get("COMMONWEAL_TEST_POSTGRES")),
    }
    return {mark for mark, there in have.items() if not there}


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


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
