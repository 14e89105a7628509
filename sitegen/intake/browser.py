"""What a text browser (lynx, w3m) writes where a page has a picture, a button or a field to fill in."""

from __future__ import annotations

import re

_PICTURES = re.compile(
    r"(?:\[[^\s\[\]]{1,300}\.(?:jpe?g|png|gif|svg|webp|avif)(?:\?[^\s\[\]]*)?\]\s*|\[svg%3E\]\s*)+", re.I
)
_BUTTON = "(BUTTON)"
_FIELD = "_" * 8
_MOST_WORDS = 14  # that stand with a field or on a button


def is_pictures(text: str) -> bool:
    """Tell whether a line is nothing but the names of pictures' files: "[hero.jpg]"."""
    return text[:1] == "[" and _PICTURES.fullmatch(text) is not None


def is_control(text: str) -> bool:
    """Tell whether a line is a button or a field with its label: "Search ________ (BUTTON) Go"."""
    shown = text.startswith(_BUTTON) or _FIELD in text
    return shown and len(text.split(None, _MOST_WORDS)) <= _MOST_WORDS


def stands_alone(text: str) -> bool:
    """Tell whether a line is a picture's name or a control, and no text."""
    return is_pictures(text) or is_control(text)
