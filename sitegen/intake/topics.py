"""What a text is about: IPTC Media Topics by words, or the nearest of the archive's own topics.

Without labelled articles a topic's score is the share of the text's weight that its words have;
words come from its names, its definition and a hand-made list, rarer ones weigh more, and what a
topic gathers counts for those above it. With labelled articles each topic is the mean of its
articles' word vectors, and a text belongs to the nearest.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from sitegen.model import Topic, TopicFound
from sitegen.text import fold
from sitegen.vocabulary import Centroids, Vocabulary
from sitegen.vocabulary.words import words

_WORD = re.compile(r"[^\W\d_]{3,}")
_NAME, _KEYWORD, _DEFINITION = 2.0, 3.0, 0.35
_MOST = 4
_ENOUGH_WORDS = 3  # of those that a person gave for a topic, or all where there are fewer
_BESIDE = 0.75
# how much of what a topic gathers counts for the one above it
_UPWARDS = 0.6
_SHARE = 0.3
_TITLE = 3
_WORDS = 2000  # of a topic learnt: the others weigh next to nothing (tests/benchmarks/topics.py)


def find_topics(
    title: str, text: str, vocabulary: Vocabulary, centroids: Centroids | None = None
) -> tuple[TopicFound, ...]:
    """Return the topics of a text, the best first, each with the words that decided.

    Centroids of the archive's own labelled articles, where there are any, are asked first.
    """
    counted = _counted(title, text)
    own = nearest(counted, centroids, vocabulary) if centroids else ()
    return own or _by_words(counted, vocabulary)


def _counted(title: str, text: str) -> Counter[str]:
    found = _stems(text)
    heads = _stems(title)
    counted = Counter(found)
    for stem in heads:
        counted[stem] += _TITLE
    return counted


def _stems(text: str) -> list[str]:
    found = _WORD.findall(fold(text))
    plain = [_stem(w) for w in found]
    stop = words("stop")
    kept = [s for s, w in zip(plain, found, strict=True) if w not in stop]
    return kept + [f"{a} {b}" for a, b in pairwise(plain)]


def _stem(word: str) -> str:
    """Return an English word without its commonest endings; enough for matching word lists."""
    for ending, put in (("ies", "y"), ("sses", "ss"), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith(("ss", "us", "is")):
            return word[: -len(ending)] + put
    return word


@lru_cache(maxsize=4)
def _lexicon(
    vocabulary: Vocabulary,
) -> tuple[Mapping[str, tuple[tuple[str, float], ...]], Mapping[str, float]]:
    """Return for each word the topics that it speaks for with weights, and how telling the word is."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for topic in vocabulary.topics.values():
        if topic.hidden:
            continue
        for phrase, weight in _phrases(topic):
            stem = " ".join(_stem(w) for w in _WORD.findall(fold(phrase)))
            if stem and stem not in words("stop"):
                weights[stem][topic.id] = max(weight, weights[stem].get(topic.id, 0.0))
    count = len(vocabulary.topics) or 1
    rarity = {
        stem: math.log(1 + count / (1 + len(topics))) / math.log(1 + count)
        for stem, topics in weights.items()
    }
    return {s: tuple(t.items()) for s, t in weights.items()}, rarity


def _phrases(topic: Topic) -> Iterable[tuple[str, float]]:
    for name in (topic.name, *topic.aliases):
        yield re.sub(r"\(.*?\)", "", name), _NAME
    for word in topic.words:
        yield word, _KEYWORD
    for word in _WORD.findall(topic.description or ""):
        if word.lower() not in words("stop"):
            yield word, _DEFINITION


def _by_words(counted: Mapping[str, int], vocabulary: Vocabulary) -> tuple[TopicFound, ...]:
    lexicon, rarity = _lexicon(vocabulary)
    above_of = _lineages(vocabulary)
    scores: dict[str, float] = defaultdict(float)
    why: dict[str, dict[str, float]] = defaultdict(dict)
    for stem, count in counted.items():
        for identity, weight in lexicon.get(stem, ()):
            gain = weight * rarity[stem] * (1 + math.log(count))
            for above in above_of[identity]:
                scores[above] += gain
                because = why[above]
                because[stem] = because.get(stem, 0.0) + gain
                gain *= _UPWARDS
    return _chosen(scores, why, vocabulary)


@lru_cache(maxsize=4)
def _lineages(vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """Return each topic with those above it, itself first."""
    return {i: tuple(_ancestry(i, vocabulary)) for i in vocabulary.topics}


def _ancestry(identity: str, vocabulary: Vocabulary) -> Iterable[str]:
    seen: set[str] = set()
    current: str | None = identity
    while current and current not in seen and current in vocabulary.topics:
        seen.add(current)
        yield current
        current = vocabulary.topics[current].parent


def _chosen(
    scores: Mapping[str, float], why: Mapping[str, Mapping[str, float]], vocabulary: Vocabulary
) -> tuple[TopicFound, ...]:
    """Return the archive's own topics that fit, then the leading top topics with the best below each."""
    own = _own(scores, why, vocabulary)
    tops = sorted((i for i in scores if not vocabulary.topics[i].parent), key=lambda i: (-scores[i], i))
    above_of = _lineages(vocabulary)
    total = sum(scores[i] for i in tops)
    if not tops or scores[tops[0]] < _LEAST:
        return ()
    tops = [i for i in tops if i not in vocabulary.decided_topics] or tops
    chosen = [i for i in tops if scores[i] >= 0.72 * scores[tops[0]]][:2]
    found = list(own)
    for top in chosen:
        below = [i for i in scores if i != top and top in above_of[i] and len(why[i]) > 1]
        found.append(top)
        best = min(below, key=lambda i: (-scores[i], i), default=None)
        if best and scores[best] > _SHARE * scores[top]:
            found.append(best)
    return tuple(
        _found(vocabulary.topics[i], min(1.0, scores[i] / total), _leading(why[i]))
        for i in [*dict.fromkeys(found)][:_MOST]
    )


def _own(
    scores: Mapping[str, float], why: Mapping[str, Mapping[str, float]], vocabulary: Vocabulary
) -> list[str]:
    """Return the two best of the topics that a person has given words for, if enough of them occur.

    What a person set up is what the archive is about: it need not outweigh the shipped topics.
    """
    given = [i for i in scores if i in vocabulary.decided_topics and vocabulary.topics[i].words]
    fit = [i for i in given if _occur(_given_words(vocabulary.topics[i]), why[i])]
    fit.sort(key=lambda i: (-scores[i], i))
    return [i for i in fit if scores[i] >= _BESIDE * scores[fit[0]]][:2]


def _occur(given: Sequence[str], why: Mapping[str, float]) -> bool:
    return sum(w in why for w in given) >= min(_ENOUGH_WORDS, len(given))


def _given_words(topic: Topic) -> list[str]:
    return [" ".join(_stem(w) for w in _WORD.findall(fold(word))) for word in topic.words]


def _leading(weights: Mapping[str, float]) -> list[str]:
    """Return the six heaviest words."""
    return sorted(weights, key=lambda w: (-weights[w], w))[:6]


_LEAST = 4.0


def _found(topic: Topic, score: float, because: Sequence[str]) -> TopicFound:
    code = f"medtop:{topic.iptc}" if topic.iptc else None
    return TopicFound(topic.id, topic.name, round(score, 3), code, tuple(because))


def centroids(labelled: Iterable[tuple[str, str, Sequence[str]]]) -> Centroids:
    """Return what (title, text, topic ids) of the archive's labelled articles say of each topic."""
    counted = [(_counted(title, text), tuple(ids)) for title, text, ids in labelled]
    spread: Counter[str] = Counter()
    for counts, _ in counted:
        spread.update(counts.keys())
    rarity = {w: math.log((1 + len(counted)) / (1 + n)) + 0.1 for w, n in spread.items() if n > 1}
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for counts, ids in counted:
        vector = _vector(counts, rarity)
        for identity in ids:
            for word, weight in vector.items():
                sums[identity][word] += weight
    return Centroids(rarity, {i: _unit(_heaviest(s)) for i, s in sorted(sums.items())})


def _heaviest(weights: Mapping[str, float]) -> dict[str, float]:
    kept = sorted(weights, key=lambda w: (-weights[w], w))[:_WORDS]
    return {word: weights[word] for word in kept}


def nearest(counted: Mapping[str, int], known: Centroids, vocabulary: Vocabulary) -> tuple[TopicFound, ...]:
    """Return the topics whose labelled articles a text is most like, none where it is like none."""
    vector = _vector(counted, known.rarity)
    found = []
    for identity, centre in known.topics.items():
        shared = {w: v * centre[w] for w, v in vector.items() if w in centre}
        score = sum(shared.values())
        if score > _NEAR:
            because = _leading(shared)
            found.append(_found(vocabulary.topic(identity), min(1.0, score), because))
    found.sort(key=lambda t: (-t.score, t.id))
    return tuple(t for t in found[:3] if t.score >= 0.8 * found[0].score)


_NEAR = 0.08


def _vector(counted: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    return _unit({w: (1 + math.log(n)) * rarity[w] for w, n in counted.items() if w in rarity})


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(v * v for v in vector.values())) or 1.0
    return {w: v / length for w, v in vector.items()}
