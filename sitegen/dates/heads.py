"""The words before a dateline's last dash, cut into place, date and agency.

    "SOCHI, Russia, Feb 7 (Reuters)"  ->  Sochi | Russia | Feb 7 | Reuters

Every piece must be one of these, in an order that agencies use, or there is no head.
"""

from __future__ import annotations

import re
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from sitegen.dates.agencies import agency_kind, agency_name
from sitegen.dates.places import cities, find_place, find_regions
from sitegen.dates.strings import scan
from sitegen.dates.tables import words_of
from sitegen.dates.tokens import has_stranger, tokenize
from sitegen.dates.words import key, lexicon

_PIECE = re.compile(
    r"[(\[]\s{0,3}(?P<bracket>[^()\[\]]{1,80})[)\]]"
    r"|(?<![^\W\d])/\s{0,3}(?P<slash>[^\W\d_][^/]{1,40})/(?![^\W\d])"
    r"|(?P<dash>\s*(?:-{2,}|[–—―]|-(?=\s|\Z)|(?<=[\s,.)])-)\s*)"
    r"|(?P<comma>\s*[,;|]\s*)"
    r"|(?P<dot>\.\s+(?=[^\W_]))"
)
_DATE_LETTERS = frozenset("dMJywfo.,'/-nl")
# Place, state, country, day, weekday, year, agency, reporter; more is no head.
_MOST_PIECES = 8
_NO_PLACE = re.compile(r"[\d:!?\"“”«»*@#%=<>{}]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\Z")
_MONTHS = sorted(words_of("month"))
_LONG_MONTHS = frozenset(month for month in _MONTHS if len(month) > 4)
_RECOGNISE = datetime(2000, 12, 31)
_WEAK_AGENCY = re.compile(r"[^\W\d_a-z][\w.&'’-]*(?:[ /][^\W\d_a-z][\w.&'’-]*){0,3}\Z")
_NAME = re.compile(r"(?:[^\W\d_]\.|[^\W\d_][\w'’-]+)(?:\s(?:[^\W\d_]\.|[^\W\d_][\w'’-]+)){0,3}\Z")
_ABOARD = re.compile(
    r"(?:ON BOARD|ABOARD|A BORD|A BORDO)\s+(?:(?:THE|AN?|DU|DE|DEL|LE|LA)\s+){0,2}", re.IGNORECASE
)
_LISTED = re.compile(r"\s*/\s*|\s+(?:and|et|und|y|e|i|и|та)\s+|(?<=[a-zà-ž])-(?=[A-ZÀ-Ž][a-z])")

Certainty = Literal["known", "capitals", "words", ""]


class Head(Struct, frozen=True):
    """What stands before the text: texts as printed, and how sure each piece is.

    `place` is "known" where the table of places has it, "capitals" or "words" where it only looks
    like one; `agency_is` is "wire", "house" or "weak"; `bracketed` says that brackets or slashes
    are around the agency; `region` that a known country or state follows the place.
    """

    places: tuple[str, ...] = ()
    date: str | None = None
    agency: str | None = None
    agency_is: str = ""
    bracketed: bool = False
    region: bool = False
    reporter: bool = False

    def place_is(self) -> Certainty:
        """Return how sure it is that the first of the places is one."""
        return certainty(self.places[0]) if self.places else ""


class _Piece(Struct, frozen=True):
    kind: str
    text: str
    before: str


def read_head(text: str) -> Head | None:
    """Return the pieces of a head, or None if one of them is none of place, date and agency."""
    head = Head()
    dates: list[str] = []
    pieces = _pieces(text)
    if len(pieces) > _MOST_PIECES:
        return None
    for piece in pieces:
        made = _bracket(head, piece, dates) if piece.kind == "bracket" else _words(head, piece, dates)
        if made is None:
            return None
        head = made
    if dates:
        joined = _spelt(_joined(dates))
        if not is_date(joined) and not (joined.isdigit() and len(joined) <= 2):
            return None
        head = replace(head, date=joined)
    return replace(head, agency=agency_name(head.agency)) if head.agency else head


def _joined(dates: list[str]) -> str:
    """Return the pieces of a date as one, as "April, 13" and "7 Feb, 2018" mean it."""
    return "".join(part + (" " if part.isalpha() else ", ") for part in dates).rstrip(", ")


def is_date(text: str) -> bool:
    """Say whether a piece of a head is a date, with or without its year."""
    return not has_stranger(text) and scan(text, reference=_RECOGNISE).only_dates


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    start, before = 0, ""
    for m in _PIECE.finditer(text):
        if m["dot"] and _abbreviated(text[start : m.start()], text[m.end()]):
            continue
        inside = m["bracket"] or m["slash"]
        if words := text[start : m.start()].strip():
            pieces.append(_Piece("words", words, before))
            before = ""
        if inside:
            pieces.append(_Piece("bracket", inside.strip(), before))
            before = ""
        elif m["dash"]:
            before = "dash"
        else:
            before = before or ("comma" if m["comma"] else "dot")
        start = m.end()
    if words := text[start:].strip():
        pieces.append(_Piece("words", words, before))
    return pieces


def _abbreviated(text: str, following: str) -> bool:
    """Say whether the dot belongs to the word before it: "N.C.", "St. Paul", "Feb. 7"."""
    word = re.search(r"[^\W\d_]*\Z", text)
    last = key(word[0]) if word else ""
    known = lexicon().get(last)
    month = bool(known and known.months) and following.isdigit()
    return len(last) < 3 or month or last in words_of("abbreviated") or bool(find_regions(last))


def _bracket(head: Head, piece: _Piece, dates: list[str]) -> Head | None:
    text = piece.text
    agency = text if agency_kind(text) else _leading_agency(text)
    if agency and not head.agency:
        return replace(head, agency=agency, agency_is=agency_kind(agency) or "", bracketed=True)
    if not dates and is_date(_spelt(text)):
        dates.append(text)
        return head
    if head.places and not head.agency and not dates and find_regions(text):
        return replace(head, places=(*head.places, text), region=True)
    if head.agency or not _WEAK_AGENCY.match(text) or set(key(text).split()) & words_of("not-agency"):
        return None
    return replace(head, agency=text, agency_is="weak", bracketed=True)


def _leading_agency(text: str) -> str | None:
    """Return the agency at the start of "Trend, I. Ivanov" or "РИА Новости - Иван Иванов"."""
    first = re.split(r"\s*[,–—]\s*|\s-\s", text, maxsplit=1)[0]
    words = first.split()
    for count in range(min(3, len(words)), 0, -1):
        agency = " ".join(words[:count])
        rest = text[len(agency) :].strip(" ,–—-")
        if not rest or not agency_kind(agency):
            continue
        parted = len(rest.split()) > 1 or count == len(words)
        named = parted and _NAME.match(rest) and not set(key(rest).split()) & words_of("not-agency")
        return agency if named or is_date(_spelt(rest)) else None
    return None


def _words(head: Head, piece: _Piece, dates: list[str]) -> Head | None:
    text = piece.text
    day, _, last = text.rpartition(" ")
    if head.places and not head.agency and _dateish(day) and agency_kind(last) == "wire":
        dates.append(day)
        return replace(head, agency=last, agency_is="wire")
    if _dateish(text) and (dates or head.places or head.agency or is_date(_spelt(text))):
        dates.append(text)
        return head
    if head.places and not dates and not head.agency:
        return _after_place(head, piece, dates)
    if head.agency or dates:
        return _after_more(head, piece, dates)
    kind = agency_kind(text)
    if kind == "wire":
        return replace(head, agency=text, agency_is=kind)
    return _place(head, text, dates)


def _after_place(head: Head, piece: _Piece, dates: list[str]) -> Head | None:
    """Read what follows the place directly: a country or state, an agency, another word with the date."""
    words, date = _cut_date(piece.text)
    if not words:
        return None
    kind = agency_kind(words)
    region = bool(find_regions(words))
    if kind and not (region and piece.before != "dash" and _lies_in(head.places[0], words)):
        if date:
            dates.append(date)
        return replace(head, agency=words, agency_is=kind)
    if piece.before == "dash" or len(head.places) > 2 or not _looks_like_place(words):
        return None
    if date:
        dates.append(date)
    return replace(head, places=(*head.places, words), region=head.region or region)


def _after_more(head: Head, piece: _Piece, dates: list[str]) -> Head | None:
    """Read what follows a date or an agency: the other one, the place, the reporter's name."""
    text = piece.text
    kind = agency_kind(text)
    if kind and not head.agency:
        return replace(head, agency=text, agency_is=kind)
    if not head.agency and (leading := _leading_agency(text)):
        return replace(head, agency=leading, agency_is=agency_kind(leading) or "", reporter=True)
    if not head.places and (head.bracketed or dates) and (head.agency or piece.before in ("comma", "dash")):
        return _place(head, text, dates)
    named = head.agency and head.agency_is != "weak" and piece.before == "comma" and _NAME.match(text)
    return replace(head, reporter=True) if named and not head.reporter else None


def _place(head: Head, text: str, dates: list[str]) -> Head | None:
    words, date = _cut_date(text)
    if not words:
        return None
    agency = None
    if not _looks_like_place(words):
        return None
    tail = words.split()
    if len(tail) > 1 and certainty(words) != "known" and agency_kind(tail[-1]) == "wire":
        words, agency = " ".join(tail[:-1]), tail[-1]
    if date:
        if dates:
            return None
        dates.append(date)
    head = replace(head, places=(words,))
    return replace(head, agency=agency, agency_is="wire") if agency and not head.agency else head


def _cut_date(text: str) -> tuple[str, str | None]:
    """Return "DETROIT June 18" as ("DETROIT", "June 18"); None where no date ends the words."""
    if not any(c.isdigit() for c in text):
        before, _, last = text.rpartition(" ")
        return (before, last) if before and last.lower() in _LONG_MONTHS else (text, None)
    words = text.split()
    for at in range(len(words)):
        tail = _spelt(" ".join(words[at:]))
        if is_date(tail):
            return " ".join(words[:at]), tail
    return text, None


def _dateish(text: str) -> bool:
    """Say whether a piece can be part of a date: "7 Feb", "2018", "April", "szerda", "8"."""
    letters = tokenize(_spelt(text)).letters
    if not set(letters) <= _DATE_LETTERS:
        return False
    return any(c in "dny" for c in letters) or (letters.strip(".") in ("M", "w") and len(text) > 3)


def _spelt(text: str) -> str:
    """Return the text with one misspelt English month ("Marchg 12", "Apri 1") put right."""

    def put_right(m: re.Match[str]) -> str:
        return _close_month(m[0].lower()) or m[0]

    if not any(c.isdigit() for c in text) or not text.isascii():
        return text
    return re.sub(r"(?<![A-Za-z])[A-Za-z]{4,10}(?![A-Za-z])", put_right, text[:60], count=2)


@lru_cache(maxsize=2048)
def _close_month(word: str) -> str | None:
    """Return the month that a word misspells, if it does."""
    close = [] if key(word) in lexicon() else get_close_matches(word, _MONTHS, 1, 0.8)
    return close[0] if close else None


def certainty(place: str) -> Certainty:
    """Return how sure it is that words are a place: "known" in the tables, or by their capitals."""
    first = _LISTED.split(_ABOARD.sub("", place))[0]
    if _ABOARD.match(place) or cities(first) or find_place(first):
        return "known"
    cased = [c for c in first if c.isalpha() and c.lower() != c.upper()]
    upper = sum(c.isupper() for c in cased)
    return "capitals" if cased and upper >= 0.8 * len(cased) else "words"


def _looks_like_place(words: str) -> bool:
    """Say whether words have the shape of a place: few, without digits, capitals but for particles."""
    parts = re.split(r"[\s/]+", words)
    if len(words) > 50 or len(parts) > 7 or _NO_PLACE.search(words) or not words[0].isalpha():
        return False
    return certainty(words) == "known" or all(map(_name_like, parts))


def _name_like(part: str) -> bool:
    caseless = part[:1].lower() == part[:1].upper()
    return caseless or part[:1].isupper() or part.lower() in words_of("particle")


def _lies_in(town: str, region: str) -> bool:
    areas = {area.country for area in find_regions(region)}
    return any(city.country in areas for city in cities(town))


def place_text(head: Head) -> str | None:
    """Return the place as shown: "Sochi, Russia", "Amman/Beirut", "USS Theodore Roosevelt"."""
    if not head.places:
        return None
    parts = [_ABOARD.sub("", head.places[0]), *head.places[1:]]
    return ", ".join(part if len(part) == 2 else _each(part) for part in parts)


def _each(part: str) -> str:
    names = [n.strip() for n in part.split("/")]
    return "/".join(_titled(n if _abbreviated(n[:-1], "") or "." in n[:-1] else n.rstrip(".")) for n in names)


def _titled(words: str) -> str:
    """Return words in capitals as a name: "RIO DE JANEIRO" as "Rio de Janeiro"."""
    cased = [c for c in words if c.isalpha()]
    if sum(c.isupper() for c in cased) < 0.8 * len(cased) or len(cased) < 2:
        return words
    known = [c.name for c in cities(words) if c.name.casefold() == words.casefold()]
    if known:
        return known[0]
    return re.sub(r"[^\s/-]+", lambda m: _titled_word(m[0], m.start() == 0), words)


def _titled_word(word: str, first: bool) -> str:
    if not first and word.lower() in words_of("particle"):
        return word.lower()
    if word in words_of("ship") or word in words_of("initials") or _INITIALS.match(word):
        return word
    return re.sub(r"[^\W\d_]+", lambda m: _capital(m[0], m.start() == 0), word)


def _capital(letters: str, first: bool) -> str:
    """Return "N'DJAMENA" as "N'Djamena" and "SANA'A" as "Sana'a", piece by piece."""
    small = letters.lower().replace("i\u0307", "i")
    return letters[0] + small[1:] if first or len(letters) > 2 else small
