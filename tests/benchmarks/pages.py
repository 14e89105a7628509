"""The development pages of `../shared/eval/extract`: gold, dumps, folds by web domain, scores."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from tests.shared import needed

TEXT_KINDS = ("block", "inner", "lynx80", "seedlike")
FOLDS = 5
_TOKEN = re.compile(r"\w+")
_SECOND_LEVEL = re.compile(r"\.(?:co|com|org|net|gov|ac|edu|or|ne)\.[a-z]{2}$")


def folder() -> Path:
    """Return the folder of the pages."""
    return needed("eval", "extract")


@cache
def gold() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads((folder() / "gold.json").read_text("utf-8"))
    return loaded


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extract_score", folder() / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def dump(kind: str, page: str) -> bytes:
    """Return the bytes of a page's dump; `html` is a kind too."""
    path = f"html/{page}.html.gz" if kind == "html" else f"text/{kind}/{page}.txt.gz"
    return gzip.decompress((folder() / path).read_bytes())


def domain(page: str) -> str:
    """Return the web domain of a page, for folds that never part one."""
    url = gold()[page]["url"]
    host = urlsplit(url).netloc
    if host == "web.archive.org":
        host = urlsplit(url[url.rfind("http") :]).netloc
    return ".".join(host.split(".")[-3 if _SECOND_LEVEL.search(host) else -2 :])


def fold(page: str) -> int:
    return int(hashlib.sha1(domain(page).encode()).hexdigest(), 16) % FOLDS


def shares(blocks: list[str], body: str) -> tuple[list[float], list[int]]:
    """Return for each block the share of its words that stand in the gold body, and their number.

    A word counts when a run of four that it belongs to is in the body; runs reach over the ends of
    blocks, so that a short heading is known by the paragraph after it.
    """
    wanted = _TOKEN.findall(body)
    runs = Counter(tuple(wanted[at : at + 4]) for at in range(len(wanted) - 3))
    words: list[str] = []
    owners: list[int] = []
    for number, block in enumerate(blocks):
        own = _TOKEN.findall(block)
        words += own
        owners += [number] * len(own)
    covered = [False] * len(words)
    for at in range(len(words) - 3):
        if tuple(words[at : at + 4]) in runs:
            covered[at : at + 4] = [True] * 4
    totals, hits = [0] * len(blocks), [0] * len(blocks)
    for owner, hit in zip(owners, covered, strict=True):
        totals[owner] += 1
        hits[owner] += hit
    return [hit / total if total else 0.0 for hit, total in zip(hits, totals, strict=True)], totals


def summary(predicted: dict[str, dict[str, str]], prefix: str = "") -> dict[str, float]:
    """Return the scorer's figures for the pages of one part ("aeb", "wcxb", "traf"; "" for all)."""
    wanted = {page: gold()[page] for page in predicted if page.startswith(prefix)}
    made: dict[str, float] = scorer().summary(scorer().score(wanted, predicted))
    return made
