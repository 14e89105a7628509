"""Cleaning side by side with its peers, on the development pages of `../shared/eval/extract`; run by hand.

    python -m tests.benchmarks.peers             # print the table; peers that are not installed are left out
    python -m tests.benchmarks.peers --write     # write it into docs/cleaning.md
    python -m tests.benchmarks.peers --every 10  # a quick look: one page in ten

The peers are an extra: pip install 'sitegen-archive[bench]'. Our bodies' figures are those that the
trainer cross-validated by web domain: the shipped weights have seen these pages. Times are CPU, all
in this run; ours is that of cleaning, without the description by actors and topics.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from unittest.mock import patch

from sitegen.intake import convert
from sitegen.intake.describe import Description
from tests.benchmarks.pages import dump, gold, summary

TOP = Path(__file__).parents[2]
DOCUMENT = TOP / "docs" / "cleaning.md"
WEIGHTS = TOP / "sitegen" / "data" / "line-weights.json"
WARM = 12  # pages
START, END = "<!-- peers -->", "<!-- /peers -->"
HEAD = "| input | cleaned by | F1 aeb | F1 wcxb | under .5 | ms a page |"
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Tool:
    """A way to clean: its name, the package that it needs, the kind of dump it takes."""

    name: str
    package: str | None
    kind: str
    clean: Clean
    note: str = ""


# --- ours and the baselines -----------------------------------------------------------------------


def ours(form: str) -> Clean:
    def clean(text: str) -> str:
        with patch("sitegen.intake.assemble.describe", lambda *_, **__: Description()):
            return convert(text.encode(), name="page", form=form)[0].body  # type: ignore[arg-type]

    return clean


def whole(text: str) -> str:
    return text


def long_lines(text: str) -> str:
    """Return the lines of more than ten words that end as sentences do."""
    return "\n".join(
        line for line in text.split("\n") if len(line.split()) > 10 and _SENTENCE.search(line.rstrip())
    )


# --- peers ----------------------------------------------------------------------------------------


def trafilatura(page: str) -> str:
    return import_module("trafilatura").extract(page, include_comments=False) or ""


def trafilatura_with_fields(page: str) -> str:
    """Return the text where title, date and authors are found as well, as ours are."""
    made = import_module("trafilatura").extract(page, include_comments=False, with_metadata=True) or ""
    return str(made.partition("\n---\n")[2])


def readability(page: str) -> str:
    summary_ = import_module("readability").Document(page).summary()
    return import_module("lxml.html").document_fromstring(summary_).text_content()


def justext(page: str) -> str:
    module = import_module("justext")
    paragraphs = module.justext(page.encode(), module.get_stoplist("English"), encoding="utf-8")
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def newspaper(page: str) -> str:
    module = import_module("newspaper")
    article = module.Article("https://page.example/", language="en", fetch_images=False)
    article.download(input_html=page)
    article.parse()
    return article.text or ""


def of_lines(clean: Clean) -> Clean:
    """Return the tool for bare text: each line is given to it as a paragraph of a page."""

    def wrapped(text: str) -> str:
        lines = "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
        return clean(f"<html><body>{lines}</body></html>")

    return wrapped


TOOLS = (
    Tool("sitegen", None, "html", ours("html")),
    Tool("trafilatura", "trafilatura", "html", trafilatura),
    Tool("trafilatura", "trafilatura", "html", trafilatura_with_fields, " with title, date, authors"),
    Tool("readability-lxml", "readability-lxml", "html", readability),
    Tool("newspaper4k", "newspaper4k", "html", newspaper),
    Tool("jusText", "jusText", "html", justext),
    Tool("sitegen", None, "block", ours("text")),
    Tool("trafilatura", "trafilatura", "block", of_lines(trafilatura)),
    Tool("jusText", "jusText", "block", of_lines(justext)),
    Tool("long lines that end as sentences", None, "block", long_lines),
    Tool("nothing (the whole page)", None, "block", whole),
    Tool("sitegen", None, "lynx80", ours("text")),
    Tool("long lines that end as sentences", None, "lynx80", long_lines),
)
_INPUTS = {"html": "HTML", "block": "bare text", "lynx80": "bare text, wrapped at 80"}


def row(tool: Tool, pages: list[str]) -> str:
    texts = {page: dump(tool.kind, page).decode("utf-8", "replace") for page in pages}
    for page in pages[:WARM]:
        tool.clean(texts[page])  # what is loaded once, or on a page in doubt, is not the page's cost
    start = time.process_time()
    bodies = {page: {"articleBody": cleaned(tool, text)} for page, text in texts.items()}
    spent = (time.process_time() - start) / len(pages) * 1000
    figures = {part: summary(bodies, part) for part in ("aeb", "wcxb")}
    f1 = {part: figures[part]["f1"] for part in figures}
    bad = summary(bodies)["pages_lt_50"]
    if tool.name == "sitegen":
        f1, bad = validated(tool.kind)
    return _line(tool, f1["aeb"], f1["wcxb"], bad, spent)


def cleaned(tool: Tool, text: str) -> str:
    try:
        return tool.clean(text)
    except Exception:  # noqa: BLE001 - a peer that fails on a page has found nothing there
        return ""


def validated(kind: str) -> tuple[dict[str, float], float]:
    """Return our F1 by part and the share of pages under .5, as the trainer cross-validated them."""
    said = json.loads(WEIGHTS.read_text("utf-8"))["cross-validated"][kind]
    found = re.findall(r"(aeb|wcxb) F1 ([\d.]+) \(.*?<\.5 ([\d.]+)\)", said)
    counts = {part: sum(page.startswith(part) for page in gold()) for part, _, _ in found}
    bad = sum(float(share) * counts[part] for part, _, share in found) / sum(counts.values())
    return {part: float(f1) for part, f1, _ in found}, bad


def _line(tool: Tool, aeb: float, wcxb: float, bad: float, spent: float) -> str:
    known = f" {version(tool.package)}" if tool.package else ""
    figures = (f"{aeb:.3f}".lstrip("0"), f"{wcxb:.3f}".lstrip("0"), f"{bad:.1%}".replace("%", " %"))
    return f"| {_INPUTS[tool.kind]} | {tool.name}{known}{tool.note} | {' | '.join(figures)} | {spent:.1f} |"


def table(pages: list[str]) -> str:
    lines = [HEAD, "| --- | --- | ---: | ---: | ---: | ---: |"]
    for tool in TOOLS:
        if is_here(tool):
            lines.append(row(tool, pages))
            print(lines[-1], flush=True)
    return "\n".join(lines)


def is_here(tool: Tool) -> bool:
    try:
        return tool.package is None or bool(version(tool.package))
    except PackageNotFoundError:
        return False


def write(made: str) -> None:
    text = DOCUMENT.read_text("utf-8")
    before, rest = text.split(START, 1)
    after = rest.split(END, 1)[1]
    DOCUMENT.write_text(f"{before}{START}\n{made}\n{END}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="take one page in N")
    parser.add_argument("--write", action="store_true", help="write the table into docs/cleaning.md")
    wish = parser.parse_args()
    pages = [page for page in sorted(gold()) if not page.startswith("traf")][:: wish.every]
    made = table(pages)
    if wish.write:
        write(made)


if __name__ == "__main__":
    main()
