"""The language of a text: by its script where that is enough, else by its small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from sitegen.intake.words import letter_runs, stop_words

_SAMPLE = 4_000  # characters
_LINE, _HEAD = 60, 200  # characters of a line that may be text, and of those that are looked at
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
}
# one letter of any of these, or of the kanji that Japanese shares with Chinese
_ANY_SCRIPT = re.compile(
    "[\u0370-\u03ff\u0530-\u05ff\u0900-\u0bff\u0e00-\u0e7f\u10a0-\u10ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
)
_LEAST_LETTERS = 20


def language_of_lines(lines: Iterable[str]) -> str | None:
    """Return the code of the language of the longer lines of a page, None where nothing tells it."""
    # each once: menus and notices come again and again
    return language_of("\n".join(dict.fromkeys([line[:_HEAD] for line in lines if len(line) > _LINE])))


def language_of(text: str) -> str | None:
    """Return the code of the language that `text` is in, or None where nothing tells it."""
    sample = text[:_SAMPLE]
    found = letter_runs(sample)
    if sum(map(len, found[:_LEAST_LETTERS])) < _LEAST_LETTERS:
        return None
    if not sample.isascii() and _ANY_SCRIPT.search(sample):
        by_script = _by_script(sample, sum(map(len, found)))
        if by_script:
            return by_script
    known = _languages()
    hits: Counter[str] = Counter()
    for word, count in Counter(filter(known.__contains__, found)).items():
        for lang in known[word]:
            hits[lang] += count
    best = max(sorted(hits), key=hits.__getitem__, default="")
    return best if hits[best] >= 2 and hits[best] > 0.08 * len(found) else None


@cache
def _languages() -> Mapping[str, tuple[str, ...]]:
    """Return the languages of which each small word is one."""
    found: dict[str, tuple[str, ...]] = {}
    for lang, words in stop_words().items():
        for word in words:
            found[word] = (*found.get(word, ()), lang)
    return found


def _by_script(sample: str, letters: int) -> str | None:
    counts = {lang: len(pattern.findall(sample)) for lang, pattern in _SCRIPTS.items()}
    if counts["ja"] > 0.1 * (counts["zh"] + counts["ja"]) and counts["ja"] > 0.1 * letters:
        return "ja"
    best = max(counts, key=counts.__getitem__)
    return best if best != "ja" and counts[best] > 0.3 * letters else None
