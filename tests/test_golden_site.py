"""A small real archive built whole: the bytes of every file are those that were looked at and kept.

`tests/sites/small` is the archive, `tests/sites/small.expected` what comes out: some whole pages to be
read, and the SHA-256 of each file. `pytest --update-golden` writes it anew; the difference is read.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from sitegen.run.build import build
from sitegen.run.home import Home
from sitegen.run.order import Options
from tests.test_law import tree

SITES = Path(__file__).parent / "sites"
EXPECTED = SITES / "small.expected"
READABLE = (
    "2018/02/first-crossing/index.html",
    "2018/03/fahre/index.html",
    "404.html",
    "about/index.html",
    "actors/ann-bell/index.html",
    "feed.xml",
    "index.html",
    "old/first-crossing/index.html",
    "robots.txt",
    "sitemap.xml",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every file of the small site; the archive is copied, so that nothing is written into ours."""
    root = tmp_path_factory.mktemp("golden") / "small"
    shutil.copytree(SITES / "small", root, ignore=shutil.ignore_patterns("public", ".sitegen"))
    result = build(Home(root), Options(jobs=1))
    assert [(p.code, p.file) for p in result.problems if p.severity == "error"] == [
        ("slug-clash", "content/vault/Second crossing.md")
    ]
    return tree(root / "public")


def _changes_with_the_index(path: str) -> bool:
    """Say whether a file is of the search index, which is judged by what it finds."""
    return path.startswith(".sitegen") or (path.startswith("search/") and path.endswith(".js"))


def test_the_site_is_the_one_that_was_kept(site: dict[str, bytes], request: pytest.FixtureRequest) -> None:
    kept = {p: c for p, c in site.items() if not _changes_with_the_index(p)}
    manifest = "".join(f"{hashlib.sha256(c).hexdigest()}  {p}\n" for p, c in sorted(kept.items()))
    if request.config.getoption("--update-golden"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path in READABLE:
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_bytes(kept[path])
        (EXPECTED / "SHA256SUMS").write_text(manifest)
    for path in READABLE:
        assert kept[path].decode() == (EXPECTED / path).read_text(encoding="utf-8"), path
    assert manifest.splitlines() == (EXPECTED / "SHA256SUMS").read_text().splitlines()


def test_what_is_private_or_unfinished_is_nowhere(site: dict[str, bytes]) -> None:
    for word in (
        b"private letter",
        b"Hidden Person",
        b"hidden-person",
        b"draft about lanterns",
        b"Not for others",
    ):
        assert [p for p, content in site.items() if word in content] == []


def test_both_of_two_articles_with_one_address_are_there(site: dict[str, bytes]) -> None:
    assert b"Another text at the same address" in site["2018/02/first-crossing-2/index.html"]


def test_nothing_of_an_article_becomes_script(site: dict[str, bytes]) -> None:
    assert [p for p, c in site.items() if p.endswith(".html") and b"<script>alert" in c] == []
    assert b'href="javascript:' not in b"".join(site.values())
