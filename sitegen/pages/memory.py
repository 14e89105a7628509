"""What earlier plans have worked out, kept by a digest of all that it follows from.

Most of a plan is counting: who appears with whom, which articles are near. A result stands here
under a key that names everything it was made from, so that it is right for ever or never asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

T = TypeVar("T")
_UNKNOWN = object()


class Memory:
    """Plain values (numbers, texts, tuples) by key: those from `before`, `used` now, and `made` for it."""

    def __init__(self, before: Mapping[str, Any] = MappingProxyType({})) -> None:
        self._before = before
        self._held: list[str] = []
        self.used: dict[str, Any] = {}
        self.made: dict[str, Any] = {}

    def recall(self, key: str, make: Callable[[], T]) -> T:
        """Return the value under a key, made now if it is not known; the same key means the same value."""
        if key not in self.used:
            value = self._before.get(key, _UNKNOWN)
            self.used[key] = self._made(key, make()) if value is _UNKNOWN else value
        found: T = self.used[key]
        return found

    def _made(self, key: str, value: T) -> T:
        self.made[key] = value
        return value

    def latest(self, key: str) -> Any:
        """Return what was last put under a key that says nothing of its value, or None."""
        return self._before.get(key)

    def put(self, key: str, value: object) -> None:
        """Keep a value under such a key; it has to say itself what it was made from."""
        self.used[key] = self._made(key, value)

    def hold(self, prefix: str) -> None:
        """Keep all that is known under keys that begin so, though nobody asked for it this time."""
        self._held.append(prefix)

    def unasked(self) -> tuple[str, ...]:
        """Return the keys from before that nobody asked for and nobody holds."""
        held = tuple(self._held)
        return tuple(key for key in self._before if key not in self.used and not key.startswith(held))
