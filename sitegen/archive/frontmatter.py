"""The head of an article's file: read leniently, written strictly, rewritten a key at a time.

Other generators' habits are read as what they mean (`author`, `categories`, `published: false`,
comma lists, TOML between `+++`, JSON, Pelican's bare lines); what sitegen writes is always YAML
with the keys of `ORDER`. Keys that it does not know belong to the person and are left alone.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sitegen.archive.yamltext import Key, read_mapping, write_key
from sitegen.dates import parse_date
from sitegen.errors import Problem, SitegenError
from sitegen.model import Date, FrontMatter, Highlight, Related
from sitegen.text import one_line

ORDER = (
    "title",
    "date",
    "dateline",
    "place",
    "agency",
    "authors",
    "source",
    "url",
    "lang",
    "summary",
    "tags",
    "topics",
    "actors",
    "pinned",
    "removed",
    "related",
    "highlights",
    "slug",
    "aliases",
    "draft",
    "added",
    "original",
    "private",
    "text",
)
_SYNONYMS = {
    "author": "authors",
    "byline": "authors",
    "categories": "topics",
    "category": "topics",
    "topic": "topics",
    "actor": "actors",
    "tag": "tags",
    "keywords": "tags",
    "description": "summary",
    "excerpt": "summary",
    "language": "lang",
    "redirect_from": "aliases",
    "alias": "aliases",
    "created": "added",
}
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]+(\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?\Z",
    re.ASCII,
)
_PELICAN = re.compile(r"[A-Za-z][\w -]{0,40}:(?:\s|$)")
# Blank lines and marks that editors leave above the head; text with a rule at its top has none.
_ABOVE = re.compile(r"[\s\ufeff]*(?=(?:---|\+\+\+)[ \t]*\n[ \t]*[\w\"'-]+[ \t]*[:=])")
_JSON = re.compile(r"\{\s*\"")
_TELLING = ("title:", "date:", "private:", "draft:")
MAX_VALUES = 1000  # of one key: each becomes a page
_FENCES = {"---": "yaml", "+++": "toml"}


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head of a file's text lies: its kind, its text, and where the body starts.

    `kind` is yaml, toml, json, pelican or none; `line` is the file's line on which `text` starts,
    `body_line` that of the body; `body_at` is the body's first character in the file's text.
    """

    kind: str
    text: str
    line: int
    body_line: int
    body_at: int


def find_head(text: str, *, file: str) -> Head:
    """Return where the front matter of a file's text lies; kind "none" where it has none.

    Raises SitegenError where a head is opened and never closed: broken front matter is never
    shown as text.
    """
    above = _ABOVE.match(text)
    begin = above.end() if above else 0
    stop = text.find("\n", begin)
    first = text[begin:] if stop < 0 else text[begin:stop]
    fence = first.rstrip()
    if fence in _FENCES:
        return _fenced(text, fence, begin + len(first) + 1, file)
    if _JSON.match(text):
        return _json_head(text, file)
    end = text.find("\n\n")
    end = len(text) if end < 0 else end
    if _is_pelican(text[:end]):
        return Head("pelican", text[:end], 1, text.count("\n", 0, end) + 3, min(end + 2, len(text)))
    return Head("none", "", 1, 1, 0)


def _fenced(text: str, fence: str, start: int, file: str) -> Head:
    closing = re.compile(rf"^{re.escape(fence)}[ \t]*$", re.MULTILINE).search(text, start)
    if closing is None:
        raise SitegenError(
            Problem(
                "front-matter",
                f"front matter is opened with {fence} and never closed",
                file=file,
                line=1,
                hint=f"put a line {fence} under the last key",
            )
        )
    body_at = min(closing.end() + 1, len(text))
    head = text[start : closing.start()]
    line = text.count("\n", 0, start) + 1
    return Head(_FENCES[fence], head, line, text.count("\n", 0, body_at) + 1, body_at)


def _is_pelican(block: str) -> bool:
    lines = block.lower().split("\n")
    if not _PELICAN.match(lines[0]):
        return False
    keys = all(_PELICAN.match(line) or line[:1] in (" ", "\t") for line in lines)
    return lines[0].startswith(_TELLING[:2]) or (keys and any(line.startswith(_TELLING) for line in lines))


def _json_head(text: str, file: str) -> Head:
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:  # also for a number of thousands of digits
        raise SitegenError(
            Problem(
                "front-matter",
                f"front matter is not valid JSON: {error}",
                file=file,
                line=getattr(error, "lineno", 1),
                hint='keys and texts stand in quotes: {"title": "…"}',
            )
        ) from None
    return Head("json", text[:end], 1, text.count("\n", 0, end) + 1, end)


def read_head(head: Head, *, file: str) -> dict[str, Key]:
    """Return the keys of a head whatever its kind, as text values with their lines in the file.

    Raises SitegenError for what cannot be read.
    """
    try:
        return _keys(head, file)
    except RecursionError:
        problem = Problem("front-matter", "values are nested too deeply", file=file, line=head.line)
        raise SitegenError(problem) from None


def _keys(head: Head, file: str) -> dict[str, Key]:
    if head.kind == "yaml":
        keys = read_mapping(head.text, file=file, first_line=head.line)
        shift = head.line - 1
        return {n: Key(k.value, k.first + shift, k.last + shift, k.comment) for n, k in keys.items()}
    if head.kind == "toml":
        return _located(_toml(head, file), head)
    if head.kind == "json":
        return _located(json.loads(head.text), head)
    if head.kind == "pelican":
        rows = (line.partition(":") for line in head.text.split("\n"))
        return _located({k.strip().lower(): v.strip() for k, colon, v in rows if colon}, head)
    return {}


def _toml(head: Head, file: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(head.text)
    except (ValueError, RecursionError) as error:  # also for a number of thousands of digits
        found = re.search(r"\(at line (\d+)", str(error))
        raise SitegenError(
            Problem(
                "front-matter",
                f"front matter is not valid TOML: {str(error).split(' (at')[0]}",
                file=file,
                line=head.line - 1 + int(found.group(1)) if found else head.line,
                hint="texts stand in quotes, lists in [ ]",
            )
        ) from None
    for inner in ("taxonomies", "extra"):
        if isinstance(table.get(inner), dict):
            table = {**table.pop(inner), **table}
    return table


def _located(table: Any, head: Head) -> dict[str, Key]:
    lines = head.text.split("\n")

    def line_of(name: str) -> int:
        at = next((i for i, line in enumerate(lines) if name.lower() in line.lower()), 0)
        return head.line + at

    return {str(n): Key(_as_text(v), line_of(str(n)), line_of(str(n)), "") for n, v in table.items()}


def _as_text(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return {str(k): _as_text(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_as_text(v) for v in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


# --- typing by our schema ------------------------------------------------------------------------


def typed(keys: Mapping[str, Key], *, file: str, title: str) -> FrontMatter:
    """Return the front matter that the keys mean; `title` is used where they give none.

    Raises SitegenError with every wrong value at once, each with its line and a way out.
    """
    values: dict[str, Any] = {"title": title}
    problems: list[Problem] = []
    for name, key in _canonical(keys):
        if key.value is None:
            continue
        try:
            values[name] = _TYPES[name](key.value)
        except ValueError as error:
            problems.append(
                Problem(
                    "date" if name == "date" else "front-matter",
                    f"{name}: {error.args[0]}",
                    file=file,
                    line=key.first,
                    excerpt=f"{name}: {_shown(key.value)}",
                    hint=error.args[1] if len(error.args) > 1 else None,
                )
            )
    if problems:
        raise SitegenError(*problems)
    return FrontMatter(**values)


def _canonical(keys: Mapping[str, Key]) -> Iterable[tuple[str, Key]]:
    """Give each key under our own name; our own spelling wins over another generator's."""
    found: dict[str, Key] = {}
    for given, key in keys.items():
        name, value = _meaning(given.lower(), key.value)
        if name in _TYPES and (name not in found or given == name):
            found[name] = Key(value, key.first, key.last, key.comment)
    return found.items()


def _meaning(name: str, value: Any) -> tuple[str, Any]:
    text = value if isinstance(value, str) else ""
    if name == "published":
        flag = text.lower() in ("true", "false", "yes", "no")
        return ("draft", "false" if text.lower() in ("true", "yes") else "true") if flag else ("date", value)
    if name == "status" and text.lower() == "draft":
        return "draft", "true"
    if name == "source" and text.startswith(("http://", "https://")):
        return "url", value
    if name == "url" and text.startswith("/") and not text.startswith("//"):
        return "aliases", value
    return _SYNONYMS.get(name, name), value


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return one_line(value)
    raise ValueError("should be one text", "write one text on the line, in quotes if need be")


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        parts: Sequence[Any] = value.split(";" if ";" in value else ",")
    elif isinstance(value, Mapping):
        parts = (value.get("name", ""),)
    else:
        parts = [v.get("name", "") if isinstance(v, Mapping) else v for v in value]
    if len(parts) > MAX_VALUES:
        raise ValueError(f"holds {len(parts):,} values", f"{MAX_VALUES:,} are the most")
    return tuple(dict.fromkeys(p.strip() for p in map(_item, parts) if p and p.strip()))


def _item(value: Any) -> str:
    if value is None or isinstance(value, str):
        return one_line(value or "")
    raise ValueError("should be a list of texts", "write it as [one, two]")


def _author_list(value: Any) -> tuple[str, ...]:
    one = isinstance(value, str) and ";" not in value and value.count(",") < 2
    return (_text(value).strip(),) if one and value.strip() else _texts(value)


def _addresses(value: Any) -> tuple[str, ...]:
    found = _texts(value)
    for address in found:
        if "\\" in address or ".." in address.split("/"):
            raise ValueError(f"{address!r} leads out of the site", "write it as /2018/02/old-name/")
    return found


def _flag(value: Any) -> bool:
    if isinstance(value, str) and value.lower() in ("true", "yes", "on", "1"):
        return True
    if isinstance(value, str) and value.lower() in ("false", "no", "off", "0"):
        return False
    raise ValueError(f"{_shown(value)!r} is neither true nor false", "write true or false")


def read_date(value: Any) -> Date:
    """Return the date that a front-matter text gives.

    Raises ValueError(message, hint) for what is no date, or could be two different ones.
    """
    text = _text(value).strip()
    hint = "write it as 2018-02-07T22:58, 2018-02-07, 2018-02 or 2018"
    iso = _ISO.match(text)
    found = _iso_date(iso) if iso else parse_date(text)
    if found is None:
        raise ValueError(f"{text!r} is not a date", f"{hint}, or remove the line to have it found again")
    if found.ambiguous:
        raise ValueError(f"{text!r} can be read as two different days", hint)
    return found


def _iso_date(match: re.Match[str]) -> Date | None:
    year, month, day, time, offset = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if time and not (int(time[:2]) < 24 and int(time[3:5]) < 60):
        return None
    zone = "+00:00" if offset == "Z" else f"{offset[:3]}:{offset[-2:]}" if offset else None
    return Date("-".join(p for p in (year, month, day) if p), time, zone)


def _decisions(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, Mapping):
        raise ValueError("should be a map", "write it as {actors: [nato]}")
    return tuple((name, _texts(v)) for name, v in value.items() if v)


def _related(value: Any) -> tuple[Related, ...]:
    rows = value if isinstance(value, tuple) else (value,)
    return tuple(
        Related(_item(r.get("title")), _item(r.get("url")) or None)
        if isinstance(r, Mapping)
        else Related(_item(r))
        for r in rows
    )


def _highlights(value: Any) -> tuple[Highlight, ...]:
    rows = value if isinstance(value, tuple) else (value,)
    return tuple(
        Highlight(_item(r.get("quote")), _item(r.get("note")) or None, _item(r.get("date")) or None)
        if isinstance(r, Mapping)
        else Highlight(_item(r))
        for r in rows
    )


_TYPES: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        (
            "title",
            "dateline",
            "place",
            "agency",
            "source",
            "url",
            "lang",
            "summary",
            "slug",
            "added",
            "original",
            "text",
        ),
        _text,
    ),
    "date": read_date,
    "authors": _author_list,
    **dict.fromkeys(("tags", "topics", "actors"), _texts),
    "aliases": _addresses,
    "pinned": _decisions,
    "removed": _decisions,
    "related": _related,
    "highlights": _highlights,
    "draft": _flag,
    "private": _flag,
}


# --- writing -------------------------------------------------------------------------------------


def plain_values(front: FrontMatter) -> dict[str, Any]:
    """Return the keys of `front` that are not empty, in order, as YAML values."""
    values: dict[str, Any] = {}
    for name in ORDER:
        value = getattr(front, name)
        if value in (None, (), "", False):
            continue
        values[name] = _PLAIN_FORMS.get(name, lambda v: v)(value)
    return values


_PLAIN_FORMS: Mapping[str, Callable[[Any], Any]] = {
    "date": str,
    "draft": lambda _: _Bare("true"),
    "private": lambda _: _Bare("true"),
    "pinned": dict,
    "removed": dict,
    "related": lambda rows: tuple({"title": r.title, "url": r.url} if r.url else r.title for r in rows),
    "highlights": lambda rows: tuple(
        {k: v for k, v in (("quote", h.quote), ("note", h.note), ("date", h.date)) if v} for h in rows
    ),
}


class _Bare(str):
    """A word that is written without quotes although another reader types it."""


def _lines(name: str, value: Any) -> str:
    bare = isinstance(value, _Bare) or (name in ("date", "added") and _ISO.match(value))
    return f"{name}: {value}\n" if bare else write_key(name, value)


def write_head(front: FrontMatter) -> str:
    """Return the front matter as sitegen writes it, between `---` lines."""
    return "---\n" + "".join(_lines(n, v) for n, v in plain_values(front).items()) + "---\n"


def rewrite_head(text: str, front: FrontMatter, names: Iterable[str], *, file: str) -> str:
    """Return a file's text in which the keys `names` say what `front` says, and all else stands.

    Lines of other keys, their order and every comment survive; a key that `front` leaves empty
    goes. Raises SitegenError where the head is not YAML: such a file is the person's to edit.
    """
    head = find_head(text, file=file)
    if head.kind == "none":
        return write_head(front) + "\n" + text.lstrip("\n")
    if head.kind != "yaml":
        raise SitegenError(
            Problem("front-matter", f"its front matter is {head.kind}; sitegen rewrites only YAML", file=file)
        )
    keys = read_mapping(head.text, file=file, first_line=head.line)
    lines = head.text.split("\n")[:-1]
    values = plain_values(front)
    spans = {n: keys[given] for n in names if (given := _spelling(n, keys))}
    after: dict[int, list[str]] = {}
    for name in names:
        if name not in values:
            continue
        if name in spans:
            key = spans[name]
            made = _lines(name, values[name])[:-1].split("\n")
            made[-1] += key.comment if len(made) == 1 else ""
            after.setdefault(key.first - 2, []).extend(made)
        else:
            after.setdefault(_place(name, keys), []).extend(_lines(name, values[name])[:-1].split("\n"))
    gone = {row for key in spans.values() for row in range(key.first - 1, key.last)}
    out = list(after.get(-1, ()))
    for row, line in enumerate(lines):
        if row not in gone:
            out.append(line)
        out.extend(after.get(row, ()))
    start = len(text) - len(text.split("\n", head.line - 1)[-1])
    return text[:start] + "".join(f"{line}\n" for line in out) + text[start + len(head.text) :]


def _spelling(name: str, keys: Mapping[str, Key]) -> str | None:
    """Return how the file spells the key that means `name`."""
    if name in keys:
        return name
    return next((given for given in keys if _SYNONYMS.get(given.lower()) == name), None)


def _place(name: str, keys: Mapping[str, Key]) -> int:
    """Return the row behind which a new key goes: that of the nearest key before it in `ORDER`."""
    before = ORDER[: ORDER.index(name)]
    rows = [key.last - 1 for given, key in keys.items() if given in before]
    return max(rows, default=-1)
