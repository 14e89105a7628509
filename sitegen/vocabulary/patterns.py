"""A person's patterns for lines: plain text, in which `*` stands for anything.

    "Advertisement"          the whole line, case and spaces aside
    "Join our readers*"      a line that begins so
    "*Page * of *"           and so on

They are no regular expressions: whatever somebody writes, a line is read once.
"""

from __future__ import annotations

from sitegen.text import squeeze

NAMES = "{names}"
PLACES = ("above title", "below title", "above text", "below text")


def fits(pattern: str, line: str) -> bool:
    """Tell whether a whole line is what the pattern says."""
    text, parts = _plain(line), _plain(pattern).split("*")
    if len(parts) == 1:
        return text == parts[0]
    first, last = parts[0].rstrip(), parts[-1].lstrip()
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for part in parts[1:-1]:
        found = text.find(part.strip(), at, end)
        if found < 0:
            return False
        at = found + len(part.strip())
    return True


def names_in(pattern: str, line: str) -> str | None:
    """Return what stands in a line where the pattern has `{names}`, or None where it is another line."""
    text = squeeze(line)
    head, _, tail = squeeze(pattern).partition(NAMES)
    start = _after(head, text)
    if start is None:
        return None
    end = _before(tail, text, start)
    return text[start:end].strip() or None if end is not None else None


def pattern_fault(pattern: str, *, byline: bool = False) -> tuple[str, str] | None:
    """Return what is wrong with a pattern, and the way out; None where nothing is."""
    if byline and pattern in PLACES:
        return None
    if byline and pattern.count(NAMES) != 1:
        places = ", ".join(f"'{place}'" for place in PLACES)
        return "has no {names}", f"write where the names stand: 'Words: {NAMES}'; or one of {places}"
    if byline and "*" in pattern.strip("*"):
        return "has a * inside", "a byline may begin or end with *, and with nothing else"
    if not pattern.replace(NAMES, "x").strip("* "):
        return "fits every line", "write the words that the line holds"
    if pattern.startswith("^") or pattern.endswith("$") or ".*" in pattern or "\\" in pattern:
        return "looks like a regular expression", f"patterns are plain text: '{_as_plain(pattern)}'"
    return None


def _plain(text: str) -> str:
    return squeeze(text).casefold()


def _as_plain(pattern: str) -> str:
    """Return about what a regular expression would be as a pattern of ours."""
    inner = pattern.removeprefix("^").removesuffix("$").replace(".*", "*").replace("\\", "")
    before = "" if pattern.startswith("^") or inner.startswith("*") else "*"
    return before + inner + ("" if pattern.endswith("$") or inner.endswith("*") else "*")


def _after(head: str, text: str) -> int | None:
    if head.startswith("*"):
        wanted = head.lstrip("* ").casefold()
        at = _folded(text).find(wanted)
        return None if at < 0 else at + len(wanted)
    return len(head) if text[: len(head)].casefold() == head.casefold() else None


def _before(tail: str, text: str, start: int) -> int | None:
    if tail.endswith("*"):
        wanted = tail.rstrip("* ").casefold()
        at = _folded(text).find(wanted, start) if wanted else len(text)
        return None if at < 0 else at
    end = len(text) - len(tail)
    return end if end >= start and text[end:].casefold() == tail.casefold() else None


def _folded(text: str) -> str:
    """Return the text without regard to case, as long as places in it stay those of the text."""
    folded = text.casefold()
    return folded if len(folded) == len(text) else text
