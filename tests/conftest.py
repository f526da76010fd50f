"""Fixtures for every room: services that may be missing, a real browser, and a clean start for each test."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from bench import contact_points
from scripts import services
from tests import browsing, migrated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ON_POSTGRES = os.environ.get("TORV_TEST_DATABASE") == "postgres"
#: Set where PostgreSQL's run follows on this one.
POSTGRES_FOLLOWS = os.environ.get("TORV_TEST_POSTGRES_FOLLOWS") == "1"
MISSING = "missing: "
#: Modules about templates, forms, files and settings: what they show is made of rows that both databases
#: give alike, so PostgreSQL's run leaves them to SQLite's.
ALIKE = (
    *("test_admin", "test_alerts_frame", "test_article", "test_blocks", "test_checks"),
    *("test_choosers", "test_contact_p", "test_detail_extras", "test_entry_details"),
    *("test_event_page", "test_fields", "test_file_text", "test_filters", "test_frame", "test_host"),
    *("test_import_cells", "test_import_files", "test_import_maps", "test_import_memory"),
    *("test_import_xlsx", "test_pages", "test_pdf", "test_position", "test_query_log"),
    *("test_reading_versions", "test_schedule_form", "test_service_form", "test_service_page"),
    *("test_service_translation", "test_spreadsheets", "test_structured_data", "test_translation"),
)


def need_service(name: str, *, found: object, how: str) -> None:
    """Skip the test at a desk, fail it in CI, when a service it needs is not there."""
    if found:
        return
    reason = f"{MISSING}{name}; {how}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def need_contact_points() -> Path:
    """Where they are. Their owner does not share them with everybody: skips, unless somebody named a file."""
    if reason := contact_points.missing():
        if contact_points.is_asked_for():
            pytest.fail(MISSING + reason, pytrace=False)
        pytest.skip(MISSING + reason)
    return contact_points.file()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to the other database's run what is its own; start transactional tests from migrated tables.

    What installs comes first: it takes longest, and would else keep one worker busy when the other is done.
    """
    items.sort(key=lambda item: item.get_closest_marker("install") is None)
    for item in items:
        if ON_POSTGRES and needs_real_transactions(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    if elsewhere := [item for item in items if is_run_elsewhere(item)]:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def is_run_elsewhere(item: pytest.Item) -> bool:
    """The search meets both databases; what else needs one meets PostgreSQL alone where it is there."""
    if ON_POSTGRES:
        return not is_of_postgres(item)
    if item.get_closest_marker("postgres"):
        return True
    is_content = item.path.parent.name in ("cms_blocks", "directory")
    return POSTGRES_FOLLOWS and (is_of_elasticsearch(item, 9) or (is_content and is_of_postgres(item)))


def is_of_postgres(item: pytest.Item) -> bool:
    if any(item.get_closest_marker(name) for name in ("browser", "install")):
        return False
    is_alike = item.path.name.startswith(ALIKE) or is_of_elasticsearch(item, 8)
    return bool(item.get_closest_marker("postgres")) or (needs_database(item) and not is_alike)


def needs_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or "db" in getattr(item, "fixturenames", [])


def is_of_elasticsearch(item: pytest.Item, major: int) -> bool:
    """Elasticsearch 8 meets SQLite and 9 PostgreSQL: they differ in what surrounds the engine."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return bool(
        {f"elasticsearch {major}", major} & {parameters.get(name) for name in ("engine", "major", "server")}
    )


def needs_real_transactions(item: pytest.Item) -> bool:
    """Such a test empties all tables at its end, also the rows that migrations put there."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", [])
    marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return marked or bool({"transactional_db", "live_server"} & set(names))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say last what was skipped for want of a service, and why."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    missing = [reason.removeprefix("Skipped: ") for reason in reasons if MISSING in reason]
    for reason in sorted(set(missing)):
        terminalreporter.write_line(f"Skipped {missing.count(reason)} tests, {reason}", yellow=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite tests run on a file of their own: in memory, the live server's threads would share one
    connection, and two requests at a time would fail with "database table is locked"."""
    if connection.vendor == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Start from the tables of an earlier run, where they are still right; what came since is migrated."""
    if connection.vendor != "sqlite":
        return False
    return migrated.put_in_place(str(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keeps the migrated tables for the next run, and for what empties them.

    On SQLite a transactional test ends with a copy of them: to empty a hundred tables and to write again
    what migrations put there takes a hundred times as long.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with django_db_blocker.unblock(), closing(sqlite3.connect(":memory:")) as pristine:
        connection.ensure_connection()
        migrated.keep(connection.connection)
        connection.connection.backup(pristine)
        connection.close()

        def put_back(_test: TransactionTestCase) -> None:
            connection.close()  # also where a test left a transaction open
            connection.ensure_connection()
            pristine.backup(connection.connection)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
            yield


@pytest.fixture(scope="session", autouse=True)
def _own_media_folder() -> Iterator[None]:
    """Each worker has a media folder of its own (settings.test names it), empty before and after."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where workers share the demo that one of them loaded."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Wagtail caches the addresses of sites across tests."""
    cache.clear()


@pytest.fixture
def postgres(db: None) -> None:
    """For tests of what only PostgreSQL does; mark them `postgres`."""
    is_postgres = connection.vendor == "postgresql"
    need_service("PostgreSQL", found=is_postgres, how="run `make services`, then `make test STAGES=postgres`")


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator["Browser"]:
    """Chromium, closed at the end of the module: Playwright's event loop runs as long as it is open.

    That loop makes Django take the tests for asynchronous code, which they are not.
    """
    program = services.chromium()
    need_service("Chromium", found=program, how="run `make services`, or set TORV_CHROMIUM")
    migrated_rows = getattr(connection, "_test_serialized_contents", "[]")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with browsing.running_browser(str(program)) as running:
            # Inside the loop this is another connection, which has to know the rows to start from.
            connection._test_serialized_contents = migrated_rows  # type: ignore[attr-defined]
            yield running


@pytest.fixture
def live_address(live_server: Any) -> str:
    """Where the live server answers; the default site carries the same host and port."""
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = live_server.thread.host, live_server.thread.port
    site.save()
    return str(live_server.url)


@pytest.fixture
def browser_page(browser: "Browser", live_address: str) -> Iterator["Page"]:
    """A page of a desk's size. The test fails on console errors, CSP violations and foreign requests."""
    with browsing.watched_page(browser, live_address, width=1280, height=900) as page:
        yield page


@pytest.fixture
def phone_page(browser: "Browser", live_address: str) -> Iterator["Page"]:
    """A page of a small phone's size, watched like `browser_page`."""
    with browsing.watched_page(browser, live_address, width=360, height=740) as page:
        yield page


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[["Page"], None]:
    """`assert_accessible(page)`: axe finds nothing against WCAG 2.2 A and AA."""
    need_service("axe-core", found=browsing.AXE.is_file(), how="run `make assets`")

    def check(page: "Page") -> None:
        assert browsing.accessibility_faults(page) == []

    return check
