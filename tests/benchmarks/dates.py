"""Measures dates and datelines on the labelled set beside the repository; run by hand.

PYTHONPATH=. python tests/benchmarks/dates.py [--show]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from typing import Any

from sitegen.dates import parse_date, parse_dateline
from tests.shared import needed

ORDER = {"DMY": True, "MDY": False, None: None}


def dates(gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out = []
    for g in gold:
        lang = None if g["lang"] == "und" else g["lang"]
        d = parse_date(g["text"], lang=lang, day_first=ORDER[g.get("order")], reference=g.get("ref"))
        out.append({"id": g["id"], "date": d and d.date, "time": d and d.time, "offset": d and d.offset})
    return out


def datelines(gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out = []
    for g in gold:
        d = parse_dateline(g["text"], published=g["pubdate"])
        out.append(
            {
                "id": g["id"],
                "place": d and d.place,
                "date": d and d.date and d.date.date,
                "agency": d and d.agency,
                "end": d and d.end,
            }
        )
    return out


def differs(task: str, g: dict[str, Any], p: dict[str, Any]) -> bool:
    if task == "dates":
        return any((p[k] or None) != g[k] for k in ("date", "time", "offset"))
    fields = ("place", "date", "agency", *(["end"] if "end" in g else []))
    return any((str(p[k] or "")).casefold() != str(g[k] or "").casefold() for k in fields)


def main() -> None:
    data = needed("eval", "actors")
    for task, name, predict in (
        ("dates", "dates.json", dates),
        ("datelines", "datelines.json", datelines),
        ("datelines", "datelines_reuters.json", datelines),
    ):
        gold = json.loads((data / name).read_text(encoding="utf-8"))
        predict(gold)
        start = time.process_time()
        predicted = predict(gold)
        each_ms = (time.process_time() - start) * 1000 / len(gold)
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
            f.writelines(json.dumps(p) + "\n" for p in predicted)
            f.flush()
            command = [sys.executable, str(data / "score.py"), task, str(data / name), f.name]
            scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(name, json.dumps(scores), f"{each_ms:.3f} ms each")
        if "--show" in sys.argv:
            for g, p in zip(gold, predicted, strict=True):
                if differs(task, g, p):
                    print("   ", repr(g["text"][:90]), {k: g.get(k) for k in p}, "GOT", p)


if __name__ == "__main__":
    main()
