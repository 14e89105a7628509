"""Text -> the words of the index: parted, folded, stemmed; the same as `search-text.js`, by test.

A word is a run of letters, digits and marks. Points inside an abbreviation and what stands alone
beside an apostrophe are dropped ("U.S." is "us", "Biden's" is "biden", "l'homme" is "homme").
Accents are folded before the stem is taken, so that a query without accents gets the same stem;
a word with an umlaut counts under "u" and under "ue". Scripts written without blanks, and Hangul,
whose particles stick to the word, are cut into pairs of characters, whatever the language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

try:
    import Stemmer
except ImportError:
    Stemmer = None

from sitegen.pages.search.stops import STOPS

LONGEST = 40
_CACHED = 1 << 16
_APOSTROPHES = "'’ʼ"
_TOGETHER = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_PAIRED = re.compile(f"([{_TOGETHER}]+)")
_ASCII = re.compile(r"[A-Za-z0-9]+")
_LOOSE = re.compile(r"''| '|' ")
_ABBREVIATED = re.compile(r"\.[a-z]\.")
_BLANKS = bytes(ord(chr(c).lower()) if chr(c).isalnum() or chr(c) in "\n'" else 32 for c in range(128)).ljust(
    256
)
_QUOTES = (*((mark, "'") for mark in _APOSTROPHES[1:]), *((mark, " ") for mark in "\xa0‘“”„«»–—…"))
_ACCENT = re.compile(
    r"([\u0438\u0443]\u0306|\u0456\u0308)|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
_UMLAUT = re.compile(r"[äöü]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ς": "σ", "ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "þ": "th",
        "ð": "d", "ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي",
    }
)  # fmt: skip
# one set of characters begins them all, which keeps the search fast and linear
_SENTENCE = re.compile(
    r"[\n.!?。！？](?:(?<=\w\w\w\w[.!?])[\"”’»)]?\s+(?=[^\W\d_a-z])|(?<=\n)\n*|(?<=[。！？]))"
)
_LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


Word = tuple[int, str]
"""One word of a token: how many places after the token's first it stands, and its key in the index."""


@cache
def marks() -> str:
    """Return the combining marks of the basic plane as the inside of a character class."""
    return "".join(
        chr(c) for c in range(0x300, 0x10000) if unicodedata.category(chr(c)) in ("Mn", "Mc", "Me")
    )


@cache
def _token() -> re.Pattern[str]:
    letters = f"[\\w{marks()}]+"
    return re.compile(
        rf"(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![\w{marks()}]))?|{letters}(?:[{_APOSTROPHES}]{letters})*"
    )


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in order: in small letters where that is quick, else as written."""
    plain = _plain(text)
    if plain is not None:
        return plain.split()
    found = _token().findall(text)
    return [t for t in found if t.strip("_")] if "_" in text else found


def tokens_by_sentence(text: str) -> list[list[str]]:
    """Return the tokens of each sentence of a text; only for places, so a missed end does no harm."""
    parts = _SENTENCE.split(text)
    plain = _plain("\n".join(parts))
    return [line.split() for line in plain.split("\n")] if plain is not None else [*map(tokens, parts)]


def _plain(text: str) -> str | None:
    """Return a text of ASCII words, quotation marks and dashes in small letters with blanks between its
    tokens; None for any other.
    """
    if not text.isascii():
        for mark, plain in _QUOTES:
            text = text.replace(mark, plain)
        if not text.isascii():
            return None
    small = text.lower()
    if _ABBREVIATED.search(small):
        return None
    small = small.encode().translate(_BLANKS).decode()
    if "'" in small:  # it stays where it stands inside a word
        small = f" {small} ".replace("\n", " \n ").replace(" '", "  ").replace("' ", "  ")
        if "_" in text or _LOOSE.search(small):
            return None
    return small


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and text of each token."""
    for found in _token().finditer(text):
        yield found.start(), found.end(), found.group()


def fold(word: str) -> str:
    """Return a word without case and accents; й, ў and ї stay letters of their own."""
    if word.isascii():
        return word.lower()
    plain = _ACCENT.sub(r"\1", unicodedata.normalize("NFKD", word.lower()))
    return unicodedata.normalize("NFKC", plain).translate(_LETTERS)


def pieces(token: str) -> list[str]:
    """Return the folded words that a token as written stands for, in order; none for accents alone."""
    if _ASCII.fullmatch(token):
        return [token.lower()[:LONGEST]]
    if "." in token:
        return [fold(token.replace(".", ""))[:LONGEST]]
    for apostrophe in _APOSTROPHES[1:]:
        token = token.replace(apostrophe, "'")
    parts = [p for p in token.replace("_", " ").replace("'", " ' ").split() if p]
    kept = [
        p
        for at, p in enumerate(parts)
        if p != "'" and not (len(p) == 1 and "'" in (parts[at - 1 : at] + parts[at + 1 : at + 2]))
    ]
    return [piece for part in kept for piece in _pairs(part) if piece]


def _pairs(part: str) -> list[str]:
    composed = unicodedata.normalize("NFKC", part)
    if not _PAIRED.search(composed):
        return [fold(part)[:LONGEST]]
    found = []
    for run in _PAIRED.split(composed):
        if _PAIRED.fullmatch(run) and len(run) > 1:
            found += [fold(run[at : at + 2]) for at in range(len(run) - 1)]
        elif run:
            found.append(fold(run)[:LONGEST])
    return found


def twins(token: str) -> list[str]:
    """Return the folded words under which a token with an umlaut is found as well ("mueller")."""
    written = unicodedata.normalize("NFC", token.lower())
    return pieces(written.translate(_UMLAUTS)) if _UMLAUT.search(written) else []


def language_of(lang: str) -> str:
    """Return the name of a language's stemmer ("en-GB": "english"), or "" where there is none."""
    return _LANGUAGES.get(lang.split("-")[0].lower(), "")


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    """Return a language's stemmer: the compiled one where it is there in the release that we ship.

    Both and the browser's are made from one grammar; the compiled one is fifty times as fast, without
    a memory of its own (`Keys` has one).
    """
    if Stemmer:
        made = Stemmer.Stemmer(language, 0)
    else:
        import snowballstemmer  # late: most have the compiled one

        made = snowballstemmer.stemmer(language)
    stem_word: Callable[[str], str] = made.stemWord
    return stem_word


def stem(form: str, language: str) -> str:
    """Return the stem of a folded word."""
    if not language or form.isdigit():
        return form
    return fold(_stemmer(language)(form)) or form


def key_of(form: str, language: str) -> str:
    """Return a folded word's key: its stem and how it ends ("investig,ation"), or the stem alone.

    Forms of one stem are neighbours in the index, and each has its own hits. A form that does not
    begin with its stem follows "=" as a whole.
    """
    root = stem(form, language)
    if form == root:
        return root
    return f"{root},{form[len(root) :]}" if form.startswith(root) else f"{root},={form}"


def form_of(key: str) -> str:
    """Return the folded word that a key stands for."""
    root, _, end = key.partition(",")
    return end[1:] if end.startswith("=") else root + end


@lru_cache(maxsize=_CACHED // 8)
def words(token: str, language: str) -> tuple[tuple[Word, ...], int]:
    """Return the words of one token and the number of places it takes."""
    plain = pieces(token)
    found = [(at, key_of(p, language)) for at, p in enumerate(plain)]
    found += [(at, key_of(p, language)) for at, p in enumerate(twins(token))]
    return tuple(found), len(plain)


class Keys(dict[str, str]):
    """Token -> its key, or "" for a token that is more or less than one word."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.stops = frozenset(key_of(form, language) for form in STOPS.get(language, ()))

    def __missing__(self, token: str) -> str:
        if len(self) > _CACHED:
            self.clear()
        if token.isascii() and token.isalnum():
            made = key_of(token.lower()[:LONGEST], self.language)
        else:
            found, width = words(token, self.language)
            made = found[0][1] if width == len(found) == 1 else ""
        made = token if made == token else made  # one text in memory
        self[token] = made
        return made


@cache
def keys(language: str) -> Keys:
    """Return the keys of a language's tokens, which the whole process shares."""
    return Keys(language)
