"""Tags: phrases that a text keeps coming back to and that are neither topics nor actors.

The archive shows those that two articles share; here each text proposes its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from sitegen.text import fold
from sitegen.vocabulary.tokens import Token
from sitegen.vocabulary.words import words

MOST = 8
_WIDEST = 3
_CONSIDERED = 200


def find_tags(
    tokens: Sequence[Token], taken: Collection[str], topics: Collection[str], shared: Collection[str] = ()
) -> tuple[str, ...]:
    """Return at most eight phrases in lower case that occur twice or more, the most telling first.

    `taken` are the folded words of names; a phrase with one of them, or one that names a topic in
    `topics` (folded), is no tag. A phrase that the archive has as a tag already (`shared`) counts
    from its first mention.
    """
    runs = _runs(tokens, taken)
    counted: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        for size in range(2, _WIDEST + 1):
            counted.update(run[at : at + size] for at in range(len(run) - size + 1))
    known = {fold(t) for t in topics}
    often = sorted(((n, p) for p, n in counted.items() if n > 1 or " ".join(p) in shared), reverse=True)[
        :_CONSIDERED
    ]
    kept = {p: n for n, p in often if " ".join(p) not in known}
    # a phrase inside a longer one that is as frequent says nothing more
    whole = {
        p: n
        for p, n in kept.items()
        if not any(n <= m and len(q) > len(p) and _within(p, q) for q, m in kept.items())
    }
    ranked = sorted(whole.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))
    return tuple(" ".join(p) for p, _ in ranked[:MOST])


def _runs(tokens: Sequence[Token], taken: Collection[str]) -> list[tuple[str, ...]]:
    runs: list[tuple[str, ...]] = []
    run: list[str] = []
    for token in tokens:
        plain = token.shape == "lower" and len(token.key) > 2 and token.key not in taken
        content = plain and token.key not in words("common") and token.key not in words("verb")
        if run and (not content or token.gap != " "):
            runs.append(tuple(run))
            run = []
        if content and not token.key.endswith("ly"):
            run.append(token.key)
    return [r for r in (*runs, tuple(run)) if len(r) > 1]


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
