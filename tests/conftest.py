"""What holds for every test: what the machine must have, what may be skipped, where compiled code is kept."""

import copy
import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from tests.needs import CI, NEEDS
from tests.shared import ROOT, needs_shared

os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / "var" / "numba"))
# Playwright's own event loop and the ORM meet in one thread of a test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ALONE = (
    "tests/acceptance/test_acceptance.py",
    "tests/acceptance/test_api.py",
    "tests/planning/test_e5_workers.py",
    "tests/config/test_run.py",
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "office: opens workbooks with LibreOffice")
    config.addinivalue_line(
        "markers", "alone: holds a limit of time on several cores, so nothing runs beside it"
    )
    config.addinivalue_line("markers", "database: touches the database (set on its own, by what a test uses)")


def pytest_report_header() -> list[str]:
    return [
        f"{need.marker}: {need.find() or f'absent, its tests are skipped ({need.install})'}" for need in NEEDS
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        uses = set(getattr(item, "fixturenames", ()))
        if item.nodeid.startswith(ALONE):
            item.add_marker("alone")
        if item.get_closest_marker("django_db") or uses & {"db", "transactional_db", "live_server"}:
            item.add_marker("database")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for need in NEEDS:
        if item.get_closest_marker(need.marker) and need.find() is None:
            (pytest.fail if CI else pytest.skip)(need.missing)


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files and cached values of the tests are never the installation's, nor another test process's."""
    folder = tmp_path_factory.mktemp("data")
    storages, caches = copy.deepcopy(settings.STORAGES), copy.deepcopy(settings.CACHES)
    storages["default"]["OPTIONS"]["location"] = folder / "blobs"
    if str(caches["default"]["LOCATION"]).startswith("redis"):
        server, database = caches["default"]["LOCATION"].rsplit("/", 1)
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        caches["default"]["LOCATION"] = f"{server}/{int(database) + worker}"
    else:
        caches["default"]["LOCATION"] = folder / "cache"
    with override_settings(DATA_DIR=folder, STORAGES=storages, CACHES=caches):
        yield


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page asked for in Russian leaves its thread Russian: the next test begins in the default language."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> object:
    """Where CI runs, only what needs the material beside the checkout may be skipped."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if CI and skipped and needs_shared.kwargs["reason"] not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where everything must run: {report.longrepr}"
    return report
