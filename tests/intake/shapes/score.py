"""Scores as the article extraction benchmark defines them: bags of four-token shingles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sitegen.intake import convert
from sitegen.model import Article
from tests.intake.account import missing_words
from tests.intake.shapes.texts import Case, Text, entries

_TOKEN = re.compile(r"\w+")
_WIDE = re.compile("[\u3040-\u9fff]")


@dataclass(slots=True)
class Row:
    """One case's scores; a field's flag is there where the shape says the field."""

    case: Case
    f1: float
    hits: dict[str, bool] = field(default_factory=dict)
    lost: int = 0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the bag of four-token runs; the letters of Chinese and Japanese are tokens of their own."""
    found = _TOKEN.findall(_WIDE.sub(lambda m: f" {m[0]} ", text))
    return Counter(tuple(found[at : at + 4]) for at in range(max(1, len(found) - 3))) if found else Counter()


def f1(gold: str, made: str) -> float:
    """Return 2TP / (2TP + FP + FN) over the shingles."""
    wanted, found = shingles(gold), shingles(made)
    same = sum((wanted & found).values())
    return 2 * same / (sum(wanted.values()) + sum(found.values())) if wanted or found else 1.0


def scored(case: Case) -> Row:
    """Return the scores of one case: the mean over its articles."""
    articles = convert(case.content, name=case.file)
    pairs = list(zip(case.texts, articles, strict=False))
    values = [f1("\n".join(gold_of(case, text)), article.body) for text, article in pairs]
    row = Row(case, sum(values) / max(len(case.texts), len(articles)))
    row.hits = {name: bool(pairs) and all(_right(name, t, a) for t, a in pairs) for name in sorted(case.has)}
    row.lost = len(missing_words(case.content, articles))
    return row


def gold_of(case: Case, text: Text) -> Iterable[str]:
    """Return the text's blocks; a live blog's have their hours."""
    return entries(text) if case.shape == "live-blog" else text.plain


def _right(name: str, text: Text, article: Article) -> bool:
    if name == "title":
        return _words(article.title) == _words(text.title)
    if name == "date":
        return article.date is not None and article.date.date == text.date
    if name == "lang":
        return article.lang == text.lang
    return article.authors == (text.author,)


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())
