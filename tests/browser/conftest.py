"""A built site in a real browser, served by our own server and opened from disk."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.run.build import build
from sitegen.run.home import Home
from sitegen.run.order import Options
from sitegen.run.serve import Events, Server, serve
from tests.test_golden_site import SITES


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("browser") / "small"
    shutil.copytree(SITES / "small", root)
    build(Home(root), Options(jobs=1))
    return root / "public"


@pytest.fixture(scope="session")
def served(public: Path) -> Iterator[str]:
    server = Server(public, 0, Events(), watching=False)
    thread = threading.Thread(target=serve, args=(server,))
    thread.start()
    yield server.url
    server.shutdown()
    thread.join()


class Visit:
    """A browser's page that writes down what goes wrong: console, page errors, policy, other hosts."""

    def __init__(self, chromium: object, home: str, **options: object) -> None:
        self.home, self.faults = home, []
        self.context = chromium.new_context(**options)  # type: ignore[attr-defined]
        self.page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)

    def _on_console(self, message: object) -> None:
        text = message.text  # type: ignore[attr-defined]
        if message.type in ("error", "warning") and "crbug/" not in text:  # type: ignore[attr-defined]
            self.faults.append(f"console: {text}")

    def _on_request(self, request: object) -> None:
        if not request.url.startswith((self.home, "data:")):  # type: ignore[attr-defined]
            self.faults.append(f"request: {request.url}")  # type: ignore[attr-defined]

    def _on_response(self, response: object) -> None:
        if response.status >= 400:  # type: ignore[attr-defined]
            self.faults.append(f"{response.status}: {response.url}")  # type: ignore[attr-defined]

    def to(self, path: str) -> object:
        """Open a page of the site."""
        on_disk = self.home.startswith("file:") and (path.endswith("/") or not path)
        self.page.goto(self.home + path + ("index.html" if on_disk else ""))
        return self.page


@pytest.fixture(params=["served", "from disk"])
def home(request: pytest.FixtureRequest, public: Path, served: str) -> str:
    return served if request.param == "served" else f"{public.as_uri()}/"


@pytest.fixture
def visit(chromium: object, home: str) -> Iterator[Visit]:
    made = Visit(chromium, home)
    yield made
    made.context.close()
    assert made.faults == []
