"""Measures names, actors, topics and speed on the development data beside the repository.

usage: PYTHONPATH=. python tests/benchmarks/actors.py [../shared/eval/actors]

Prints the figures of the data's own scorer, then milliseconds of processor time an article of 600
words, and articles a second in matching with 50,000 made-up names.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitegen.intake.describe import describe
from sitegen.intake.names import find_names
from sitegen.model import Actor
from sitegen.vocabulary import vocabulary
from sitegen.vocabulary.match import index
from sitegen.vocabulary.shipped import shipped
from sitegen.vocabulary.tokens import tokens
from tests.shared import needed


def main(data: Path) -> None:
    articles = [json.loads(line) for line in (data / "articles.jsonl").read_text("utf-8").splitlines()]
    texts = [json.loads(line) for line in (data / "ner.jsonl").read_text("utf-8").splitlines()]
    print("ner", scored(data, "ner", "ner.jsonl", (names(t) for t in texts)))
    for only_salient in (True, False):
        print("actors", scored(data, "actors", "articles.jsonl", (actors(a, only_salient) for a in articles)))
    print("topics", scored(data, "topics", "articles.jsonl", (topics(a) for a in articles)))
    speed([t["text"] for t in texts])


def names(item: dict[str, Any]) -> dict[str, Any]:
    found = find_names(item["text"])
    return {"id": item["id"], "spans": [[n.start, n.end, n.type] for n in found]}


def actors(item: dict[str, Any], only_salient: bool) -> dict[str, Any]:
    found = describe(item["title"], item["text"]).actors
    kept = [a for a in found if a.salient or not only_salient]
    return {"id": item["id"], "actors": [{"name": a.name, "aliases": a.aliases} for a in kept]}


def topics(item: dict[str, Any]) -> dict[str, Any]:
    found = describe(item["title"], item["text"]).topics
    return {"id": item["id"], "topics": [t.iptc for t in found if t.iptc and t.iptc.endswith("000000")]}


def scored(data: Path, task: str, gold: str, answers: Iterable[dict[str, Any]]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "answers.jsonl"
        given.write_text("\n".join(json.dumps(a) for a in answers), encoding="utf-8")
        command = [sys.executable, str(data / "score.py"), task, str(data / gold), str(given)]
        return " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def speed(texts: list[str]) -> None:
    words = sum(len(t.split()) for t in texts)
    started = time.process_time()
    for text in texts:
        describe("", text)
    print(f"describe: {(time.process_time() - started) * 600_000 / words:.1f} ms an article of 600 words")
    known = index(vocabulary((*shipped().actors.values(), *made_up(50_000)), ()), "en")
    article = tokens(" ".join(" ".join(texts).split()[:600]))
    started = time.process_time()
    for _ in range(500):
        known.matches(article)
    print(
        f"matching: {500 / (time.process_time() - started):.0f} articles a second, {len(known.names)} names"
    )


def made_up(count: int) -> list[Actor]:
    chance = random.Random(1)
    sounds = ("ka", "lo", "mi", "ter", "ven", "dra", "shu", "pol", "ni", "ras", "bo", "gul")

    def word() -> str:
        return "".join(chance.choice(sounds) for _ in range(3)).capitalize()

    return [Actor(f"a{n}", " ".join(word() for _ in range(chance.randint(1, 3)))) for n in range(count)]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else needed("eval", "actors"))
