"""Each folder of tests/golden: a dump, and what must become of it. `--update-golden` rewrites."""

import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.intake import convert
from sitegen.model import Article
from tests.intake.account import missing_words

pytestmark = pytest.mark.quick
GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def dump_of(case: str) -> Path:
    return next(path for path in sorted((GOLDEN / case).iterdir()) if path.stem == "dump")


def shown(articles: tuple[Article, ...]) -> str:
    """Return the Markdown bodies as they are kept in `expected.md`."""
    return "\n\n<!-- next article -->\n\n".join(article.markdown for article in articles) + "\n"


def fields(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "date": str(article.date) if article.date else None,
        "dateline": article.dateline,
        "place": article.place,
        "agency": article.agency,
        "authors": list(article.authors),
        "source": article.source,
        "url": article.url,
        "lang": article.lang,
        "encoding": article.encoding,
        "related": [related.title for related in article.related],
        "diagnostics": [problem.code for problem in article.diagnostics],
        "dropped": [f"{d.line} {d.reason}: {d.text}" for d in article.dropped],
    }


@pytest.mark.parametrize("case", CASES)
def test_dump_becomes_the_article(case: str, pytestconfig: pytest.Config) -> None:
    articles = convert(dump_of(case).read_bytes(), name=dump_of(case).name)
    made = json.dumps([fields(article) for article in articles], ensure_ascii=False, indent=1) + "\n"
    if pytestconfig.getoption("--update-golden"):
        (GOLDEN / case / "expected.md").write_text(shown(articles), "utf-8")
        (GOLDEN / case / "expected.json").write_text(made, "utf-8")
    assert shown(articles) == (GOLDEN / case / "expected.md").read_text("utf-8")
    assert made == (GOLDEN / case / "expected.json").read_text("utf-8")


@pytest.mark.parametrize("case", CASES)
def test_every_word_of_the_dump_is_accounted_for(case: str) -> None:
    raw = dump_of(case).read_bytes()
    assert missing_words(raw, convert(raw, name=case)) == []


@pytest.mark.parametrize("case", CASES)
def test_every_case_says_why_it_exists(case: str) -> None:
    assert (GOLDEN / case / "why.txt").read_text("utf-8").strip()
