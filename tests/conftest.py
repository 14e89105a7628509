"""What all tests share: options, how long hypothesis may look, and Ctrl-C."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.needs import browser as installed_browser

# no test is timed: a busy machine is no fault; a submission is judged by the same examples each time
settings.register_profile("suite", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("suite")


# a shell has Ctrl-C ignored in what it begins in the background, and all that tests start would have it so
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what comes out as what is expected")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A real browser, one a process: its driver cannot be started twice."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = installed_browser()
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with sync_api.sync_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        opened = driver.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()
