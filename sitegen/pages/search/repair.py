"""Words one letter away from one that is nowhere: what a mistyped word may have meant."""

from __future__ import annotations

from sitegen.pages.search.reader import Index
from sitegen.pages.search.words import form_of

_MOST_REPAIRS = 4
_MOST_FILES = 4


def nearest(index: Index, word: str) -> list[str]:
    """Return the forms one letter away from a folded word, the most frequent first.

    One letter more, less, other, or two swapped. It lies in the word's second half, then the first
    half begins the form; or in the first, then the second half ends it.
    """
    half = len(word) // 2
    if half < 2:
        return []
    found: dict[str, int] = {}
    for row in index.rows(word[:half], word[:half] + "\uffff", _MOST_FILES):
        form = form_of(row.key)
        if _one_away(word, form):
            found[form] = max(row.size.bit_length(), found.get(form, 0))
    ending = word[half + 1 :][::-1]
    if len(ending) > 1:
        for turned, size in index.forms(ending, _MOST_FILES):
            form = turned[::-1]
            if _one_away(word, form):
                found[form] = max(size, found.get(form, 0))
    return sorted(found, key=lambda f: (-found[f], f))[:_MOST_REPAIRS]


def _one_away(word: str, form: str) -> bool:
    if word == form or abs(len(word) - len(form)) > 1:
        return False
    shorter = min(len(word), len(form))
    same = 0
    while same < shorter and word[same] == form[same]:
        same += 1
    if len(word) == len(form):
        swapped = word[same : same + 2] == form[same : same + 2][::-1]
        return word[same + 1 :] == form[same + 1 :] or (swapped and word[same + 2 :] == form[same + 2 :])
    if len(word) > len(form):
        return word[same + 1 :] == form[same:]
    return word[same:] == form[same + 1 :]
