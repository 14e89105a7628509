"""What `check` says of hosts before a site is too large for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.run import check
from tests.make import write

pytestmark = pytest.mark.quick


def told(folder: Path, files: int, articles: int) -> list[str]:
    write(folder, {f"{number}/index.html": "x" for number in range(files)})
    return [p.message for p in check._host_problems(folder, "cloudflare", articles)]


@pytest.fixture(autouse=True)
def _small_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "HOSTS", {"cloudflare": check.Host(files=200)})


def test_a_host_that_will_be_too_small_is_told_with_the_number_of_articles(tmp_path: Path) -> None:
    assert told(tmp_path, 124, 93) == ["cloudflare: 124 files, over its 200 at about 150 articles"]


def test_nothing_is_foretold_of_a_small_site(tmp_path: Path) -> None:
    assert told(tmp_path, 60, 90) == []


def test_nothing_is_foretold_from_few_articles(tmp_path: Path) -> None:
    assert told(tmp_path, 120, 10) == []


def test_what_is_over_the_limit_is_an_error(tmp_path: Path) -> None:
    assert told(tmp_path, 201, 150) == ["cloudflare: 201 files, its limit is 200"]
