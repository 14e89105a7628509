"""Where the head of an article's file lies, and its keys as text with their lines, whatever its kind.

YAML between `---`, TOML between `+++`, JSON, Pelican's bare lines: other generators' habits are
read as what they mean.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sitegen.archive.yamltext import Key, read_mapping
from sitegen.errors import Problem, SitegenError

CONFLICT = "<<<<<<<"
_PELICAN = re.compile(r"[A-Za-z][\w -]{0,40}:(?:\s|$)")
# Blank lines and marks that editors leave above the head; text with a rule at its top has none.
_ABOVE = re.compile(r"[\s\ufeff]*(?=(?:---|\+\+\+)[ \t]*\n[ \t]*[\w\"'-]+[ \t]*[:=])")
_JSON = re.compile(r"\{\s*\"")
_TELLING = ("title:", "date:", "private:", "draft:")
_NAMES = re.compile(r"(?:^|[{,])\s*[\"']?([\w-]+(?: [\w-]+)*)[\"']?\s*[:=]")
_FENCES = {"---": "yaml", "+++": "toml"}


class Head(Struct, frozen=True):
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
    if fence.startswith(CONFLICT):
        raise _conflict("begins with two versions of its front matter", text, begin, file)
    if fence in _FENCES:
        return _fenced(text, fence, begin + len(first) + 1, file)
    if _JSON.match(text):
        return _json_head(text, file)
    end = text.find("\n\n")
    end = len(text) if end < 0 else end
    if _is_pelican(text[:end]):
        return Head("pelican", text[:end], 1, text.count("\n", 0, end) + 3, min(end + 2, len(text)))
    return Head("none", "", 1, 1, 0)


def _conflict(message: str, text: str, at: int, file: str) -> SitegenError:
    hint = f"keep what is right and remove the lines of {CONFLICT}, ======= and >>>>>>>"
    line = text.count("\n", 0, at) + 1
    return SitegenError(Problem("merge-conflict", message, file=file, line=line, hint=hint))


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
    if (marks := f"\n{head}".find(f"\n{CONFLICT}")) >= 0:
        raise _conflict("has two versions of a key in its front matter", text, start + marks, file)
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
    lines: dict[str, int] = {}
    for at, line in enumerate(head.text.split("\n"), head.line):
        for name in _NAMES.findall(line):
            lines.setdefault(name.lower(), at)
    found = ((str(n), v, lines.get(str(n).lower(), head.line)) for n, v in table.items())
    return {name: Key(_as_text(value), line, line, "") for name, value, line in found}


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
