"""How a conversion is told: each field with its evidence, each actor and topic, each dropped line."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.errors import Problem, SitegenError
from sitegen.model import Article, Dropped
from sitegen.text import clip

WIDTH = 100
_SHOWN = ("title", "date", "dateline", "place", "agency", "authors", "source", "url", "lang", "summary")


def explanation(article: Article, field: str | None = None) -> str:
    """Return the account of an article: all of it, or that of one field ("dropped" for the lines)."""
    sections = {
        **{name: _field(article, name) for name in _SHOWN},
        "body": _body(article),
        "related": [f"  {r.title}" for r in article.related],
        "actors": [
            f"  {a.name} [{a.kind}] {a.mentions}x, score {a.score:.2f}{'' if a.salient else ', in passing'}"
            f"{': ' + ', '.join(a.aliases) if a.aliases else ''} ({a.rule})"
            for a in article.actors
        ],
        "topics": [f"  {t.name} {t.score:.2f}: {', '.join(t.words)}" for t in article.topics],
        "tags": [f"  {', '.join(article.tags)}"] if article.tags else [],
        "lines": [f"  {where:>9}  {what}" for where, what in _by_line(article)],
        "dropped": [f"  line {d.line}: {_why(d)}: {clip(d.text, WIDTH)}" for d in article.dropped],
    }
    if field and field not in sections:
        raise SitegenError(Problem("field", f"is no field; there are {', '.join(sections)}", file=field))
    wanted = [field] if field else [name for name in sections if name != "lines"]
    return "".join(_section(article, wanted, sections))


def _section(article: Article, wanted: list[str], sections: dict[str, list[str]]) -> Iterator[str]:
    yield f"# {article.input}, article {article.number} ({article.encoding})\n"
    for name in wanted:
        lines = sections[name] or ["  nothing found"]
        yield f"{name}:\n" + "".join(f"{line}\n" for line in lines)


def _body(article: Article) -> list[str]:
    """Return which lines of the input were kept as the text."""
    found = article.evidence.get("body")
    return [f"  lines {found.value} ({len(article.body.split()):,} words)"] if found else []


def _field(article: Article, name: str) -> list[str]:
    value = getattr(article, name)
    shown = ", ".join(value) if isinstance(value, tuple) else value
    found = article.evidence.get(name)
    if not shown:
        return []
    if found is None:
        return [f"  {shown}"]
    place = f"line {found.line}: " if found.line else ""
    return [f"  {shown}", f"    {found.rule}: {place}{clip(found.text, WIDTH)}"]


def _why(dropped: Dropped) -> str:
    """Return the reason why a line was dropped, with its score where that decided."""
    return dropped.reason if dropped.score is None else f"{dropped.reason} ({dropped.score:+.1f})"


def _by_line(article: Article) -> Iterator[tuple[str, str]]:
    """Give the account in the order of the input: which lines went where, and why."""
    rows = [(d.line, str(d.line), f"dropped, {_why(d)}: {clip(d.text, WIDTH)}") for d in article.dropped]
    for name, found in article.evidence.items():
        if name == "body":
            ranges = str(found.value).split(", ")
            rows += [(int(lines.split("-")[0]), lines, "body") for lines in ranges]
        elif found.line:
            rows.append((found.line, str(found.line), f"{name}, {found.rule}: {clip(found.text, WIDTH)}"))
    for _, where, what in sorted(rows, key=lambda row: row[0]):
        yield where, what
