"""What the keys of an article's head mean: values typed by our schema, never by YAML's own guesses.

Other generators' habits are understood (`author`, `categories`, `published: false`, comma lists);
keys that sitegen does not know belong to the person and are left alone.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sitegen.archive.yamltext import Key
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
SYNONYMS = {
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
MAX_VALUES = 1000  # of one key: each becomes a page


def typed(keys: Mapping[str, Key], *, file: str, title: str) -> FrontMatter:
    """Return the front matter that the keys mean; `title` is used where they give none.

    Raises SitegenError with every wrong value at once, each with its line and a way out.
    """
    values: dict[str, Any] = {"title": title}
    problems: list[Problem] = []
    for name, key in _canonical(keys):
        if key.value is None or (name == "title" and key.value == ""):
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
    return SYNONYMS.get(name, name), value


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
    found = _iso_date(iso) if iso else _other_date(text)
    if found is None:
        raise ValueError(f"{text!r} is not a date", f"{hint}, or remove the line to have it found again")
    if found.ambiguous:
        raise ValueError(f"{text!r} can be read as two different days", hint)
    return found


def _other_date(text: str) -> Date | None:
    from sitegen.dates import parse_date  # late: its grammar takes longer to load than an article to build

    return parse_date(text)


def _moment(value: Any) -> str:
    """Return a point in time as it is written, if it is one as sitegen writes it, else as that."""
    text = _text(value).strip()
    return text if (iso := _ISO.match(text)) and _iso_date(iso) else str(read_date(text))


def _iso_date(match: re.Match[str]) -> Date | None:
    year, month, day, time, offset = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if time and not (int(time[:2]) < 24 and int(time[3:5]) < 60 and int(time[6:] or 0) < 60):
        return None
    if offset and offset != "Z" and not (int(offset[1:3]) < 15 and int(offset[-2:]) < 60):
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
            "original",
            "text",
        ),
        _text,
    ),
    "date": read_date,
    "added": _moment,
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


def is_iso(text: str) -> bool:
    """Say whether a text is a date as sitegen writes it."""
    return _ISO.match(text) is not None
