"""A large archive's facts are not held while its pages are planned: the site is the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.run import scan
from sitegen.run.build import build
from sitegen.run.home import Home
from sitegen.run.order import Options
from tests.test_golden_site import SITES
from tests.test_law import tree


def built(root: Path) -> dict[str, bytes]:
    build(Home(root), Options(jobs=1))
    return tree(root / "public")


@pytest.mark.parametrize("again", [False, True])
def test_facts_that_are_read_again_give_the_same_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    held, let_go = tmp_path / "held", tmp_path / "let-go"
    for root in (held, let_go):
        shutil.copytree(SITES / "small", root)
    expected = built(held)
    monkeypatch.setattr(scan, "_HELD", 0)
    if again:
        built(let_go)
        for root in (held, let_go):
            article = min((root / "content").rglob("*.md"))
            article.rename(article.with_name("renamed.md"))
        expected = built(held)
    assert built(let_go) == expected
