"""Measures topics learnt from labelled articles: each of the demo's is told from all the others.

usage: PYTHONPATH=. python -m tests.benchmarks.topics

`topics.toml` has one topic for each of the 48 articles, given by hand. Printed is the share of
articles whose best topic is the labelled one: with all topics that have three articles, with those
that have ten, and with ten labelled articles of each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from sitegen.archive.document import document, plain_text
from sitegen.intake.topics import centroids, find_topics
from sitegen.vocabulary.shipped import shipped

ROOT = Path(__file__).resolve().parents[2]
Texts = Mapping[str, tuple[str, str]]


def main() -> None:
    labels = tomllib.loads((Path(__file__).parent / "topics.toml").read_text("utf-8"))
    texts = {key: text_of(key) for keys in labels.values() for key in keys}
    for least, most in ((3, 99), (10, 99), (10, 11)):
        chosen = {topic: keys[:most] for topic, keys in labels.items() if len(keys) >= least}
        tell(f"topics of {least} articles and more" + (f", {most} of each" * (most < 99)), chosen, texts)


def text_of(key: str) -> tuple[str, str]:
    path = ROOT / "content" / "articles" / f"{key}.md"
    read = document(path.read_bytes(), file=str(path))
    return read.front.title, plain_text(read.body)


def tell(what: str, labels: Mapping[str, list[str]], texts: Texts) -> None:
    of = {key: topic for topic, keys in labels.items() for key in keys}
    right, wrong = 0, []
    for key, topic in of.items():
        known = centroids((*texts[k], (t,)) for k, t in of.items() if k != key)
        found = find_topics(*texts[key], shipped(), known)
        first = found[0].id if found else "none"
        right += first == topic
        wrong += [f"  {key}: {first} ({', '.join(found[0].words) if found else ''})"] * (first != topic)
    print(f"{what}: {len(labels)} topics, {right} of {len(of)} right = {right / len(of):.3f}")
    print("\n".join(wrong))


if __name__ == "__main__":
    main()
