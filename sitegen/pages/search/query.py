"""Answering a query from the index files; the same steps as `search-engine.js`, by one table of tests.

All words first. If nothing has them all, a word that is nowhere is repaired by one letter. Where
fewer than five articles have all words, those with all but one follow. Order: best (the sum
over words of rarity times weight), newest or oldest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Literal

from msgspec import Struct

from sitegen.pages.search.cards import day_of
from sitegen.pages.search.grammar import Either, Every, Leaf, Node, Without, parse
from sitegen.pages.search.reader import Card, Hits, Index, Row
from sitegen.pages.search.repair import nearest
from sitegen.pages.search.runs import HALVES, WEIGHTS
from sitegen.pages.search.words import form_of, pieces, spans, stem, tokens, twins

Sort = Literal["best", "newest", "oldest"]
Scores = dict[int, float]

_SHORTEST_BEGINNING = 3
_MOST_FILES = 2
_MOST_BEGINNINGS = 40
_KIN_WEIGHT = 0.45
_BEGINNING_WEIGHT = 0.3
_PHRASE_WEIGHT = 1.5
_FEW = 5
_FILTERS = {"topic": "T", "actor": "A", "source": "S", "place": "P", "tag": "G"}


class Result(Struct, frozen=True):
    """One article found: `title_marks` and `summary_marks` are (start, end) of what matched."""

    card: Card
    title_marks: tuple[tuple[int, int], ...]
    summary_marks: tuple[tuple[int, int], ...]


class Answer(Struct, frozen=True):
    """What was found: how many articles have all words, how many almost all, and the first of them.

    `instead` has (word asked, word searched for) pairs.
    """

    whole: int
    almost: int
    results: tuple[Result, ...]
    instead: tuple[tuple[str, str], ...] = ()


class _Found(Struct, frozen=True):
    whole: Scores
    almost: Scores
    instead: list[tuple[str, str]]


class _Matched(Struct):
    """The words of the index that a query's word stands for: itself, those of its stem, longer ones."""

    own: list[Hits]
    kin: list[Hits]
    longer: list[Hits]


def search(
    query: str,
    index: Index,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    after: str = "",
    before: str = "",
    sort: Sort = "best",
    limit: int = 10,
) -> Answer:
    """Return the articles that a query finds; `filters` maps topic, actor, ... to ids."""
    tree = parse(query)
    wanted = [node for node in tree.nodes if not isinstance(node, Leaf) or _words(node.text)]
    bounds = [Leaf(after, "after")] * bool(after) + [Leaf(before, "before")] * bool(before)
    exact = [Leaf(f":{_FILTERS[k]}={i}", "=") for k, ids in (filters or {}).items() for i in ids]
    fixed = (*bounds, *exact)
    if not wanted and not fixed:
        return Answer(0, 0, ())
    found = _found(index, wanted, fixed)
    order = [*_sorted(index, found.whole, sort), *_sorted(index, found.almost, sort)]
    marked = _Marked(index, _positive(wanted), dict(found.instead))
    results = tuple(marked.result(article) for article in order[:limit])
    return Answer(len(found.whole), len(found.almost), results, tuple(found.instead))


def _found(index: Index, wanted: list[Node], fixed: Sequence[Leaf]) -> _Found:
    whole = _every(index, (*wanted, *fixed))
    instead: list[tuple[str, str]] = []
    if not whole and wanted:
        wanted, instead = _repaired(index, wanted)
        if instead:
            whole = _every(index, (*wanted, *fixed))
    if len(whole) >= _FEW or not wanted:
        return _Found(whole, {}, instead)
    almost = _almost(index, wanted, fixed, alone=not whole)
    return _Found(whole, {a: s for a, s in almost.items() if a not in whole}, instead)


def _almost(index: Index, nodes: Sequence[Node], fixed: Sequence[Leaf], *, alone: bool) -> Scores:
    """Return the articles that have all but one of the words; one of two only if nothing has both."""
    leaves = [n for n in nodes if not isinstance(n, Without) and not _idle(index, n)]
    rest = [n for n in nodes if isinstance(n, Without)]
    if len(leaves) < (2 if alone else 3):
        return {}
    scores: Scores = {}
    counts: dict[int, int] = {}
    for leaf in leaves:
        for article, score in _node(index, leaf).items():
            scores[article] = scores.get(article, 0.0) + score
            counts[article] = counts.get(article, 0) + 1
    need = len(leaves) - 1
    kept = {a: s * counts[a] / len(leaves) for a, s in scores.items() if counts[a] >= need}
    if not rest and not fixed:
        return kept
    allowed = _every(index, (*rest, *fixed))
    return {a: s for a, s in kept.items() if a in allowed}


def _idle(index: Index, node: Node) -> bool:
    return isinstance(node, Leaf) and not node.field and all(w in index.stops for w in _words(node.text))


def _every(index: Index, nodes: Iterable[Node]) -> Scores:
    """Return the articles that match all nodes, with the sum of their scores.

    Words without meaning of their own are left out where there are others.
    """
    listed = list(nodes)
    telling = [n for n in listed if not _idle(index, n)]
    if any(not isinstance(n, Without) for n in telling):
        listed = telling
    found: Scores | None = None
    for node in listed:
        if isinstance(node, Without):
            continue
        scores = _node(index, node)
        found = scores if found is None else {a: s + scores[a] for a, s in found.items() if a in scores}
        if not found:
            return {}
    if found is None:
        found = dict.fromkeys(range(len(index.days)), 0.0)
    for node in listed:
        if isinstance(node, Without):
            gone = _node(index, node.node)
            found = {a: s for a, s in found.items() if a not in gone}
    return found


def _node(index: Index, node: Node) -> Scores:
    if isinstance(node, Leaf):
        return _leaf(index, node)
    if isinstance(node, Every):
        return _every(index, node.nodes)
    if isinstance(node, Without):
        return _every(index, (node,))
    found: Scores = {}
    for part in node.nodes:
        for article, score in _node(index, part).items():
            found[article] = found.get(article, 0.0) + score
    return found


def _leaf(index: Index, leaf: Leaf) -> Scores:
    if leaf.field in ("after", "before"):
        return _dated(index, leaf)
    if leaf.field == "=":
        return {
            a: 0.0 for h in _matched(index, leaf.text, "=", opened=False, placed=False).own for a in h.ids
        }
    words = _words(leaf.text)
    if leaf.field and leaf.field != "title":
        return _every_word(index, words, leaf)
    if len(words) == 1 and leaf.field != "title":
        return _scored(index, _matched(index, words[0], "", opened=leaf.open, placed=False))
    return _phrase(index, words, leaf)


def _dated(index: Index, leaf: Leaf) -> Scores:
    day = day_of(leaf.text)
    if leaf.field == "after":
        return {a: 0.0 for a, d in enumerate(index.days) if d >= day and d}
    return {a: 0.0 for a, d in enumerate(index.days) if 0 < d < day}


def _every_word(index: Index, words: Sequence[str], leaf: Leaf) -> Scores:
    found: Scores | None = None
    for at, word in enumerate(words):
        opened = leaf.open and at == len(words) - 1
        scores = _scored(index, _matched(index, word, leaf.field, opened=opened, placed=False))
        found = scores if found is None else {a: s + scores[a] for a, s in found.items() if a in scores}
    return found or {}


def _phrase(index: Index, words: Sequence[str], leaf: Leaf) -> Scores:
    """Return the articles where the words stand in a row, in the title for that field."""
    matched = [
        (at, _matched(index, w, "", opened=leaf.open and at == len(words) - 1, placed=True))
        for at, w in enumerate(words)
        if w not in index.stops or len(words) == 1
    ]
    if not matched:
        return _every(index, (Leaf(w) for w in words))
    scored = [_scored(index, m) for _, m in matched]
    common = set(scored[0]).intersection(*scored[1:])
    rows: Scores = {}
    placed = [(at, _placed(m, common)) for at, m in matched]
    for article in sorted(common):
        starts: set[int] | None = None
        for at, places in placed:
            here = {p - at for p in places.get(article, ()) if leaf.field != "title" or p >> 16 == 0}
            starts = here if starts is None else starts & here
        if starts:
            rows[article] = sum(s[article] for s in scored) * (_PHRASE_WEIGHT if len(words) > 1 else 1.0)
    return rows


def _placed(matched: _Matched, wanted: set[int]) -> dict[int, set[int]]:
    """Return the places in each wanted article as numbers: 65,536 times the sentence, plus the place."""
    found: dict[int, set[int]] = {}
    for hits in (*matched.own, *matched.kin, *matched.longer):
        for article, listed in zip(hits.ids, hits.places, strict=True):
            if article in wanted:
                places = found.setdefault(article, set())
                for at in range(0, len(listed) - 1, 2):
                    places.add(_code(listed[at]) << 16 | _code(listed[at + 1]))
    return found


def _code(character: str) -> int:
    code = ord(character)
    return code - 35 - (code > 92)


def _scored(index: Index, matched: _Matched) -> Scores:
    """Return each article's score for a word: rarity times weight, of its best form."""
    total = len(index.days)
    found: Scores = {}
    own = sum(len(hits.ids) for hits in matched.own)
    kin = sum(len(hits.ids) for hits in matched.kin)
    for hits in matched.own:
        _best(index, found, hits, _rarity(total, own))
    for hits in matched.kin:
        _best(index, found, hits, _rarity(total, own + kin) * _KIN_WEIGHT)
    for hits in matched.longer:
        _best(index, found, hits, _rarity(total, len(hits.ids)) * _BEGINNING_WEIGHT)
    return found


def _rarity(total: int, count: int) -> float:
    return log(1 + (total - min(count, total) + 0.5) / (count + 0.5))


def _best(index: Index, found: Scores, hits: Hits, rarity: float) -> None:
    for article, grade in zip(hits.ids, hits.grades, strict=True):
        weight = WEIGHTS[grade]
        score = rarity * weight / (weight + HALVES[index.lengths[article]])
        if score > found.get(article, -1.0):
            found[article] = score


def _matched(index: Index, word: str, letter: str, *, opened: bool, placed: bool) -> _Matched:
    """Return the hits of a folded word: its own, those of words with its stem, and of longer ones."""
    head = "" if letter == "=" or not letter else f":{letter}="
    stems = {head + word, *(head + stem(word, name) for name in index.languages)} if letter != "=" else {word}
    own = head + word
    opened = opened and (len(word) >= _SHORTEST_BEGINNING or not word.isascii())
    found: dict[str, dict[str, list[Row]]] = {"own": {}, "kin": {}, "longer": {}}
    seen = set()
    for beginning in sorted({own, *stems}):
        high = beginning + ("\uffff" if opened and beginning == own else ",\uffff")
        for row in index.rows(beginning, high, _MOST_FILES):
            how = _how(row.key, own, stems, opened=opened)
            if how and (row.segment, row.key) not in seen:
                seen.add((row.segment, row.key))
                found[how].setdefault(row.key, []).append(row)
    roots = {_root(key) for key in found["own"]}
    if roots and index.languages and letter != "=":
        # "lunar" is no form of the Spanish "lunes" where no Spanish article has it
        roots.add(head + stem(word, index.languages[0]))
        found["kin"] = {key: rows for key, rows in found["kin"].items() if _root(key) in roots}
    longer = sorted(found["longer"].items(), key=lambda x: (-sum(r.size for r in x[1]), x[0]))
    return _Matched(
        *(
            [index.hits(rows, placed=placed) for _, rows in chosen]
            for chosen in (
                sorted(found["own"].items()),
                sorted(found["kin"].items()),
                longer[:_MOST_BEGINNINGS],
            )
        )
    )


def _how(key: str, own: str, stems: set[str], *, opened: bool) -> str:
    """Return "own", "kin" (same stem), "longer" or "" for how a key of the index matches a word."""
    form = form_of(key)
    if form == own:
        return "own"
    if _root(key) in stems:
        return "kin"
    return "longer" if opened and form.startswith(own) else ""


def _root(key: str) -> str:
    return key.partition(",")[0]


def _words(text: str) -> list[str]:
    return [p for token in tokens(text) for p in pieces(token)]


# --- repair ---------------------------------------------------------------------------------------


def _repaired(index: Index, nodes: Sequence[Node]) -> tuple[list[Node], list[tuple[str, str]]]:
    """Return the nodes with each unknown word as the known words one letter away, and what was taken."""
    made: list[Node] = []
    instead: list[tuple[str, str]] = []
    for node in nodes:
        if isinstance(node, Leaf) and not node.field and not node.quoted and not _leaf(index, node):
            words = _words(node.text)
            known = nearest(index, words[0]) if len(words) == 1 else []
            if known:
                instead.append((node.text, known[0]))
                made.append(Either(tuple(Leaf(form) for form in known)))
                continue
        made.append(node)
    return made, instead


# --- order and marks ------------------------------------------------------------------------------


def _sorted(index: Index, found: Scores, sort: Sort) -> list[int]:
    days = index.days
    if sort == "best":
        return sorted(found, key=lambda a: (-found[a], -days[a], -a))
    if sort == "newest":
        return sorted(found, key=lambda a: (-days[a], -a))
    return sorted(found, key=lambda a: (days[a] == 0, days[a], a))


def _positive(nodes: Iterable[Node]) -> Iterable[Leaf]:
    for node in nodes:
        if isinstance(node, Leaf):
            if node.field in ("", "title"):
                yield node
        elif not isinstance(node, Without):
            yield from _positive(node.nodes)


class _Marked:
    """Cards with what the query's words match in them."""

    def __init__(self, index: Index, leaves: Iterable[Leaf], instead: Mapping[str, str]) -> None:
        self._index = index
        self._stems: set[str] = set()
        self._beginnings: list[str] = []
        for leaf in leaves:
            words = _words(instead.get(leaf.text, leaf.text))
            for word in words:
                if word in index.stops and len(words) == 1:
                    continue
                self._stems.update((word, *(stem(word, name) for name in index.languages)))
            if leaf.open and words and len(words[-1]) >= _SHORTEST_BEGINNING:
                self._beginnings.append(words[-1])

    def result(self, article: int) -> Result:
        card = self._index.card(article)
        return Result(card, self.marks(card.title), self.marks(card.summary))

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where the query's words stand in a text."""
        return tuple((start, end) for start, end, token in spans(text) if self._hit(token))

    def _hit(self, token: str) -> bool:
        for form in (*pieces(token), *twins(token)):
            if form in self._stems or any(form.startswith(b) for b in self._beginnings):
                return True
            if any(stem(form, name) in self._stems for name in self._index.languages):
                return True
        return False
