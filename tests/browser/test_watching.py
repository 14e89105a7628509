"""The editing loop: an edit reloads the open page, a fault is shown over the last good one."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.cli.conftest import ENVIRONMENT
from tests.make import article, write

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Return a small archive and the address at which `serve --watch` shows it."""
    root = write(
        tmp_path / "a", {"sitegen.toml": "", "content/articles/2018/02/one.md": article("One", "First.")}
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "sitegen", "serve", "--watch", "--port", "0"],
        cwd=root,
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    told = iter(process.stderr.readline, "")
    address = next(found.group() for line in told if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
    yield root, address
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) in (0, 130)


def test_an_edit_reloads_and_a_fault_is_shown_over_the_page(
    chromium: object, watched: tuple[Path, str]
) -> None:
    root, address = watched
    path = root / "content/articles/2018/02/one.md"
    visit = Visit(chromium, address)
    page = visit.to("2018/02/one/")
    page.set_default_timeout(20_000)
    with page.expect_request("**/__sitegen/events"):
        page.reload()

    path.write_bytes(article("One", "Second."))
    page.get_by_text("Second.").first.wait_for()

    path.write_text("---\ntitle: [x\n---\n\nThird.\n")
    problems = page.locator("dialog.sitegen-problems")
    problems.wait_for()
    assert "one.md:2: " in problems.inner_text()
    assert page.get_by_text("Second.").first.is_visible(), "the last good page stays"

    path.write_bytes(article("One", "Fourth."))
    page.get_by_text("Fourth.").first.wait_for()
    assert problems.count() == 0
    write(root, {"templates/404.html": "{% if %}"})
    problems.wait_for()
    assert "404.html:1" in problems.inner_text()
    visit.context.close()
    assert visit.faults == []
