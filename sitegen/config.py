"""The settings of an archive: text of `sitegen.toml` -> `Config`; wrong keys named with their line.

Every key has a default. Flags and environment variables are laid over the file as plain text by
`overridden`, so that a value is checked in one place, wherever it came from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Set
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.errors import Problem, SitegenError

_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")


class Limits(Struct, frozen=True):
    """What one input or article may cost before it is left out, and reported."""

    article_bytes: int = 20_000_000


class Config(Struct, frozen=True):
    """Everything that `sitegen.toml` may say.

    `base_url` ends without a slash or is empty; `theme_options` is the `[theme]` table, given to
    templates as it is.
    """

    title: str = "Reading archive"
    description: str = ""
    base_url: str = ""
    lang: str = "en"
    author: str = ""
    theme: str = "default"
    search: bool = True
    noindex: bool = True
    per_page: int = 50
    feeds: str = "excerpt"
    limits: Limits = field(default_factory=Limits)
    theme_options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def base_path(self) -> str:
        """Return the path of `base_url`, with a slash at both ends ("/" without one)."""
        path = urlsplit(self.base_url).path.strip("/")
        return f"/{path}/" if path else "/"


_TABLES = {"limits", "theme"}
_KEYS = set(Config.__struct_fields__) - {"theme_options"} | _TABLES
SETTINGS = frozenset(_KEYS - _TABLES | {"theme"})  # those that one line of text can say


def config(text: str, *, file: str = "sitegen.toml") -> Config:
    """Return the settings that the text of `sitegen.toml` gives.

    Raises SitegenError with every fault at once: syntax, unknown keys (with a "did you mean"),
    wrong types and values, each with its line.
    """
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SitegenError(_syntax_problem(str(error), text, file)) from None
    problems = [_problem(text, file, key, _unknown(key, _KEYS)) for key in table if key not in _KEYS]
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            continue
        try:
            values["theme_options" if key == "theme" and isinstance(value, dict) else key] = _checked(
                key, value
            )
        except ValueError as error:
            problems.append(_problem(text, file, key, f"{key}: {error}"))
    if problems:
        raise SitegenError(*problems)
    return Config(**values)


def overridden(base: Config, given: Mapping[str, str], *, origin: str) -> Config:
    """Return `base` with values given as text (from flags or the environment) laid over it.

    Raises SitegenError naming `origin` and the key where a value is not of the key's kind.
    """
    values: dict[str, Any] = {}
    for key, text in given.items():
        try:
            if key not in SETTINGS:
                raise ValueError(_unknown(key, SETTINGS))
            values[key] = _checked(key, _typed(key, text))
        except ValueError as error:
            raise SitegenError(Problem("settings", f"{origin} {key}: {error}")) from None
    return replace(base, **values)


def _typed(key: str, text: str) -> Any:
    default = getattr(Config(), key)
    if isinstance(default, bool):
        if text.lower() not in ("true", "false", "1", "0", "yes", "no"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text.lower() in ("true", "1", "yes")
    if isinstance(default, int):
        if not text.isdecimal():
            raise ValueError(f"{text!r} is not a whole number")
        return int(text)
    return text


def _checked(key: str, value: Any) -> Any:
    if key == "limits":
        return _limits(value)
    if key == "theme" and isinstance(value, dict):
        return value
    expected = type(getattr(Config(), key))
    if type(value) is not expected:
        names = {str: "a text in quotes", bool: "true or false", int: "a whole number"}
        raise ValueError(f"{value!r} should be {names[expected]}")
    return _CHECKS.get(key, lambda v: v)(value)


def _limits(value: Any) -> Limits:
    if not isinstance(value, dict):
        raise ValueError("should be a table: [limits]")
    known = set(Limits.__struct_fields__)
    for key, number in value.items():
        if key not in known:
            raise ValueError(_unknown(key, known))
        if type(number) is not int or number < 1:
            raise ValueError(f"{key} should be a whole number above 0")
    return Limits(**value)


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise ValueError(f"{value!r} should be an address such as https://example.org/archive")
    return value.rstrip("/")


def _lang(value: str) -> str:
    if not _LANG.match(value):
        raise ValueError(f"{value!r} should be a language tag such as en or pt-BR")
    return value


def _per_page(value: int) -> int:
    if not 1 <= value <= 1000:
        raise ValueError(f"{value} should be between 1 and 1000")
    return value


def _theme(value: str) -> str:
    if value != "default":
        raise ValueError(f"there is no theme {value!r}; put your own templates into templates/")
    return value


def _feeds(value: str) -> str:
    if value not in ("excerpt", "full"):
        raise ValueError(f"{value!r} should be excerpt or full")
    return value


_CHECKS: dict[str, Any] = {
    "base_url": _base_url,
    "lang": _lang,
    "per_page": _per_page,
    "feeds": _feeds,
    "theme": _theme,
}


def _unknown(key: str, known: Set[str]) -> str:
    near = get_close_matches(key, sorted(known), n=1)
    return f"unknown setting '{key}'" + (f", did you mean '{near[0]}'?" if near else "")


def _problem(text: str, file: str, key: str, message: str) -> Problem:
    pattern = re.compile(rf"^\s*(\[?\s*{re.escape(key)}\b|\"{re.escape(key)}\")")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return Problem(
                "settings",
                message,
                file=file,
                line=number,
                excerpt=line.strip(),
                hint="the settings are listed in docs/settings.md",
            )
    return Problem("settings", message, file=file)


def _syntax_problem(message: str, text: str, file: str) -> Problem:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line = int(place.group(1)) if place else len(text.splitlines()) or 1
    lines = text.splitlines()
    return Problem(
        "settings-syntax",
        f"is not valid TOML: {message.split(' (at')[0]}",
        file=file,
        line=line,
        column=int(place.group(2)) if place else None,
        excerpt=lines[line - 1] if line <= len(lines) else None,
        hint='texts stand in quotes, for example: title = "My archive"',
    )
