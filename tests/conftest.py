"""What all tests share: options, and how long hypothesis may look."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# no test is timed: a busy machine is no fault; a submission is judged by the same examples each time
settings.register_profile("suite", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what comes out as what is expected")
