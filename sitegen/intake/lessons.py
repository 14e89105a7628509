"""What the articles of one source have in common: rules that a person may want in `sources.toml`.

    Samples (one article each, as it is in the archive) -> Lessons -> a person -> text of the file

Nothing is applied unasked, and a lesson's id is made of what it says, so a rejected one never
returns. A line is furniture where it recurs in several articles; the order of day and month is
what the dates show that can be read in one way only.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from sitegen.dates import parse_date
from sitegen.dates.lines import learn_order
from sitegen.intake.fields import authors_in
from sitegen.model import SourceRules
from sitegen.text import fold, slug, squeeze
from sitegen.vocabulary.patterns import fits, pattern_fault

Key = Literal["drop", "title_tail", "day_first", "byline"]
_LEAST = 3  # articles: what two share may be a quotation, or one story in two parts
_HEADINGS = 0.5  # of a source's articles: "Background" heads many texts and is no furniture
_SHARE = 0.05
_TAILS = 0.6
_LONGEST = 300  # characters of a line
_DIGITS = re.compile(r"\d+(?:[.,:/ -]\d+)*")
_HEAD = re.compile(r"[^:|]{3,50}[:|]\s")
_TAIL = re.compile(r"\s(?:[|·•]|[-–—])\s[^|·•]{2,50}$")
_EXAMPLES = 3


class Sample(Struct, frozen=True):
    """One article of a source: its text's blocks as plain text, the line of its date, what stood near.

    `headings` are those of the blocks that are headings; `near` are the lines next to the title that
    gave no field, by their place ("above title", "below title").
    """

    article: str
    title: str
    blocks: tuple[str, ...] = ()
    headings: frozenset[str] = frozenset()
    date_line: str = ""
    near: tuple[tuple[str, str], ...] = ()
    has_authors: bool = False


class Lesson(Struct, frozen=True):
    """A rule for a source that its articles suggest; `articles` are the keys of those it would change."""

    source: SourceRules
    key: Key
    value: str | bool
    evidence: str
    examples: tuple[str, ...]
    articles: tuple[str, ...]
    of: int

    @property
    def id(self) -> str:
        shown = str(self.value).lower() if isinstance(self.value, bool) else fold(self.value)
        return f"{self.key} {self.source.id} {shown}"


def lessons(
    samples: Mapping[str, Sequence[Sample]],
    sources: Mapping[str, SourceRules],
    rejected: Collection[str] = (),
) -> tuple[Lesson, ...]:
    """Return what each source's articles teach, by source, the most articles first.

    Nothing that `sources` has as a rule already, or that a person has turned down.
    """
    made: list[Lesson] = []
    for identity in sorted(samples):
        source = sources[identity]
        of_source = [
            *_furniture(source, samples[identity]),
            *_tails(source, samples[identity]),
            *_orders(source, samples[identity]),
            *_bylines(source, samples[identity]),
        ]
        made += sorted(of_source, key=lambda lesson: (-len(lesson.articles), lesson.id))
    return tuple(lesson for lesson in made if lesson.id not in rejected)


# --- lines that recur -----------------------------------------------------------------------------


def _furniture(source: SourceRules, samples: Sequence[Sample]) -> Iterator[Lesson]:
    """Yield a pattern for each line that stands in several articles, the same or but for some part."""
    lines: dict[str, dict[str, str]] = defaultdict(dict)
    for sample in samples:
        for block in sample.blocks:
            if len(block) <= _LONGEST and not any(fits(p, block) for p in (*source.drop, *source.keep)):
                for pattern in _patterns_of(block):
                    lines[pattern].setdefault(sample.article, block)
    heads = Counter(fold(heading) for sample in samples for heading in sample.headings)
    need = max(_LEAST, round(_SHARE * len(samples)))
    found = {p: where for p, where in lines.items() if len(where) >= need and not pattern_fault(p)}
    for pattern, where in found.items():
        shown = tuple(dict.fromkeys(where.values()))
        if pattern.count("*") and len(shown) == 1:
            continue  # the whole line is proposed as it is
        if any(pattern != p and fits(p, pattern) and len(found[p]) >= len(where) for p in found if "*" in p):
            continue  # a wider pattern says it
        if heads[fold(shown[0])] and len(where) < _HEADINGS * len(samples):
            continue
        said = "this line stands" if len(shown) == 1 else "lines like this stand"
        evidence = f"{said} in {len(where)} of {len(samples)} articles"
        yield Lesson(source, "drop", pattern, evidence, shown[:_EXAMPLES], tuple(sorted(where)), len(samples))


def _patterns_of(block: str) -> Iterator[str]:
    """Yield the line itself, the line whatever its figures, and all lines that begin with its label."""
    line = squeeze(block)
    if not any(map(str.isalpha, line)) or "*" in line:
        return
    yield line
    without = _DIGITS.sub("*", line)
    if without != line and sum(map(str.isalpha, without)) >= 6:
        yield without
    head = _HEAD.match(line)
    if head and len(head[0].split()) >= 2 and len(line) > len(head[0]):
        yield f"{head[0].strip()} *"


# --- titles, dates, bylines -------------------------------------------------------------------------


def _tails(source: SourceRules, samples: Sequence[Sample]) -> Iterator[Lesson]:
    if source.title_tail:
        return
    tails = ((s.article, _TAIL.search(s.title)) for s in samples)
    found = {article: tail[0] for article, tail in tails if tail and tail.start() > 8}
    for tail, count in Counter(found.values()).most_common(1):
        if count >= max(_LEAST, _TAILS * len(samples)):
            articles = tuple(sorted(a for a, own in found.items() if own == tail))
            examples = tuple(s.title for s in samples if s.article in articles)[:_EXAMPLES]
            evidence = f"{count} of {len(samples)} titles end so"
            yield Lesson(source, "title_tail", tail, evidence, examples, articles, len(samples))


def _orders(source: SourceRules, samples: Sequence[Sample]) -> Iterator[Lesson]:
    """Yield the order of day and month, where some dates show it and others leave it open."""
    if source.day_first is not None:
        return
    lines = {s.article: s.date_line for s in samples if s.date_line}
    sure = [line for line in lines.values() if learn_order([line]) is not None]
    order = learn_order(sure)
    doubtful = {a: line for a, line in lines.items() if (d := parse_date(line)) and d.ambiguous}
    if order is None or len(sure) < 2 or not doubtful:
        return
    first = "the day" if order else "the month"
    evidence = f"{len(sure)} dates put {first} first, none the other; {len(doubtful)} can be read both ways"
    examples = (*sure[:2], *list(doubtful.values())[:2])
    yield Lesson(source, "day_first", order, evidence, examples, tuple(sorted(doubtful)), len(samples))


def _bylines(source: SourceRules, samples: Sequence[Sample]) -> Iterator[Lesson]:
    """Yield the place next to the title where names stand, in articles of which no author is known."""
    if source.byline:
        return
    for place in ("below title", "above title"):
        found = {
            s.article: text
            for s in samples
            for where, text in s.near
            if where == place and not s.has_authors and _is_byline(text)
        }
        if len(found) >= _LEAST and len(set(found.values())) >= 2 and 2 * len(found) >= len(samples):
            evidence = f"{len(found)} of {len(samples)} articles have a name there, and no author"
            examples = tuple(dict.fromkeys(found.values()))[:_EXAMPLES]
            yield Lesson(source, "byline", place, evidence, examples, tuple(sorted(found)), len(samples))
            return


def _is_byline(text: str) -> bool:
    names = authors_in(text)
    return bool(names) and all(2 <= len(name.split()) <= 4 and name.istitle() for name in names)


def source_named(identity: str, name: str, hosts: Iterable[str]) -> SourceRules:
    """Return a source without rules, for one that `sources.toml` does not hold yet."""
    return SourceRules(identity or slug(name), name, tuple(dict.fromkeys(hosts)))
