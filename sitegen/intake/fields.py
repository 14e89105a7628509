"""Title, date, byline and address, read off the blocks around and at the head of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from sitegen.dates import find_date as date_of_lines
from sitegen.dates import is_date_line
from sitegen.intake.block import Block
from sitegen.intake.headline import Head, candidates, measure
from sitegen.intake.judge import title_scores
from sitegen.model import Date, Found
from sitegen.text import fold, slug, squeeze
from sitegen.vocabulary.patterns import PLACES, names_in

_DATE_SHAPE = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[۰-۹٠-٩]{4}|\d{1,2}月\d{1,2}日|\d{1,2}:\d\d"
)
_DIGIT = re.compile(r"\d")
_ADDRESS_LINE = re.compile(r"(?:\w+\s*:\s*)?<?(https?://[^\s<>\"]{4,2000})>?", re.I)
_BYLINE = re.compile(
    r"(?:(?:written|posted|reported|published|story|words|text) )?\bby:?\s+|von:?\s+|par:?\s+"
    r"|por:?\s+|di:?\s+|door:?\s+|av:?\s+|af:?\s+"
    r"|(?:author|autor(?:in)?|auteur|autore|автор|текст|yazar|penulis|oleh)s?\s*[:：]\s*"
    r"|بقلم\s*[:：]?\s*|كتب\s*[:：]\s*"
    r"|(?:作者|记者|記者|文|撰文|取材・文|文・写真)\s*[:：/／]\s*",
    re.I,
)
_NO_TITLE = re.compile(r"©|\(c\)\s|(?:photo|foto|bild|image|picture|credit|crédit|фото)s?\s*[:/]", re.I)
_AND = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bи\b|\sو\s|、|，)\s*")
_NAME = re.compile(
    r"(?:[^\W\d_][\w'’.-]*\.?|de|del|della|van|von|der|den|da|di|la|le|el|al|bin"
    r"|ibn)(?:\s+(?:[^\W\d_][\w'’.-]*\.?)){0,5}"
)
_BYLINE_TAIL = re.compile(
    r"\s*(?:\bon\s+|\bam\s+|\ble\s+|\bel\s+|\|.*|\s[–—•·-]\s.*|\bpublished\b.*|\bupdated\b.*"
    r"|,?\s*\b(?:staff|senior|chief|political|"
    r"special|editor|correspondent|reporter|writer|contributor|columnist)\b.*|\(.*|\d.*)",
    re.I,
)
_LEAST_TITLE = -5.0  # logits: below that no line is better than the text's own first words
_REACH = 14  # blocks above the text in which its byline may stand
_ABOVE, _BELOW, _FAR = 40, 8, 80  # blocks around the text in which its date may stand
_DATED = ("published", "date-line", "date-in-line")
_HOUR = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?)?", re.I)
_BARS = re.compile(r"\s[|·•∙⋅]\s")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD, _FOOT = 6, 3  # blocks in which the address of a text may stand
_PROSE = 80  # characters: a line around a text has hardly more
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|epub|jpe?g|png|gif|webp|svg|mp[34])\Z", re.I)
_LONG_NUMBER = re.compile(r"\d{4}")


def find_title(head: Head, *, lang: str | None = None) -> tuple[int, Found[str]] | None:
    """Return the block that looks most like the title above or at the start of the text."""
    places = candidates(head)
    ranked = sorted(zip(title_scores(measure(head, places)), places, strict=True), reverse=True)
    for score, at in ranked[:4]:
        block = head.blocks[at]
        if score < _LEAST_TITLE:
            return None
        if _NO_TITLE.match(block.text) or byline_names(block.text):
            continue
        if not is_date_line(block.text, lang=lang) and not _ADDRESS_LINE.fullmatch(block.text):
            return at, Found(block.text, block.text, block.first, "headline-model")
    return None


def find_date(
    head: Head, *, lang: str | None, day_first: bool | None, title: int | None
) -> tuple[int, Found[Date]] | None:
    """Return the date of the line that says when the article came out, the nearest to its title.

    A line that says only when the article was changed gives none, but for a live blog's: on the
    development pages every second such date was not that of publication.
    """
    top = title if title is not None else head.start
    count = len(head.blocks)
    nearest = range(max(0, top - 3), min(count, head.start + 3))
    above = range(max(0, top - _ABOVE), max(0, top - 3))
    below = range(head.end, min(count, head.end + _BELOW))
    inside = range(head.start, min(head.end, head.start + _BELOW))
    far = (*range(max(0, top - _FAR), head.start), *range(head.end, min(count, head.end + _FAR)))
    for places, kinds in (
        (nearest, _DATED),
        (above, _DATED),
        (below, _DATED),
        (inside, ("published", "date-line")),
        (far, ("published",)),
    ):
        lines = [(at, _dated_part(head.blocks[at].text)) for at in places if _may_date(head.blocks[at])]
        found = date_of_lines(lines, lang=lang, day_first=day_first) if lines else None
        if not found or found.line is None or len(found.value.date) < (7 if places is nearest else 10):
            continue
        rule = found.rule.partition(":")[0]
        if rule in kinds or (rule == "updated" and _is_live(head)):
            block = head.blocks[found.line]
            return found.line, Found(found.value, block.text.strip(), block.first, found.rule)
    return None


def _is_live(head: Head) -> bool:
    """Tell whether an article is told in entries, each under its time of the day."""
    return sum(bool(_HOUR.fullmatch(block.text)) for block in head.blocks[head.start : head.end]) >= 2


def _may_date(block: Block) -> bool:
    text = block.text
    return len(text) <= 160 and _DIGIT.search(text) is not None and _DATE_SHAPE.search(text) is not None


def _dated_part(text: str) -> str:
    """Return what stands between bars or dots around a line's date: "By A. Writer | 7 Feb 2018 | News"."""
    parts = [part for part in _BARS.split(text) if _YEAR.search(part)]
    return parts[0] if len(parts) == 1 else text


def find_authors(
    head: Head, *, byline: str | None = None, title: int | None = None
) -> tuple[int, Found[tuple[str, ...]]] | None:
    """Return the names of a byline near the head of the article, else of one right below it.

    `byline` is a person's pattern or place for this source; it is asked before our own rules.
    """
    # where the run takes in the title, the byline comes below it, perhaps behind a lead
    top = head.start if title is None else max(head.start, title + 2)
    near = (
        *range(max(0, head.start - _REACH), min(len(head.blocks), top + 2)),
        *range(head.end, min(len(head.blocks), head.end + 2)),
    )
    for at in _byline_places(head, byline, title) if byline else ():
        text = head.blocks[at].text[:400]
        found = text if byline in PLACES else names_in(byline or "", text)
        if found and (names := byline_names(found) or authors_in(found)):
            return at, Found(names, head.blocks[at].text, head.blocks[at].first, "source-byline")
    for at in near:
        block = head.blocks[at]
        if names := byline_names(block.text):
            return at, Found(names, block.text, block.first, "byline")
    return None


def _byline_places(head: Head, byline: str | None, title: int | None) -> Sequence[int]:
    """Return the blocks in which a source's byline stands, the likeliest first."""
    top = title if title is not None else max(0, head.start - 1)
    wanted = {
        "above title": (top - 1, top - 2),
        "below title": (top + 1, top + 2, top + 3),
        "above text": (head.start - 1, head.start - 2),
        "below text": (head.end, head.end + 1, head.end - 1),
    }.get(byline or "")
    places = wanted or (
        *range(max(0, head.start - _REACH), head.start + 2),
        *range(head.end - 1, head.end + _REACH),
    )
    return [at for at in places if 0 <= at < len(head.blocks) and at != title]


def byline_names(line: str) -> tuple[str, ...]:
    """Return the names that a byline gives, () where the line is none."""
    found = _BYLINE.match(line)
    if not found or len(line) > 140:
        return ()
    return authors_in(line[found.end() :])


def authors_in(text: str) -> tuple[str, ...]:
    """Return the names in "A, B and C (Agency) | 7 Feb"; () where one of them is not like a name."""
    text = _BYLINE.sub("", squeeze(text), count=1) if _BYLINE.match(text) else squeeze(text)
    cut = _BYLINE_TAIL.search(text)
    text = text[: cut.start()] if cut else text
    names = [
        name.strip(" .") if not name.endswith("Jr.") else name
        for name in _AND.split(text)
        if name.strip(" .")
    ]
    if not names or not all(_is_name(name) for name in names):
        return ()
    return tuple(dict.fromkeys(names))


def _is_name(name: str) -> bool:
    if not _NAME.fullmatch(name) or len(name) < 2:
        return False
    first = name[0]
    return first.isupper() or not (first.islower() or first.isdigit())


def head_address(blocks: Sequence[Block]) -> tuple[int, Found[str]] | None:
    """Return the address that stands alone on a line above a text, or below no more than its lead."""
    long = [len(block.text) > _PROSE for block in blocks]
    for at in range(min(_HEAD, len(blocks))):
        above, below = sum(long[:at]), sum(long[at + 1 :])
        if above and above >= below:
            return None
        if found := _ADDRESS_LINE.fullmatch(blocks[at].text):
            return at, Found(found[1], blocks[at].text, blocks[at].first, "address-line")
    return None


def foot_address(blocks: Sequence[Block], title: str) -> tuple[int, Found[str]] | None:
    """Return the address on a line at the foot of a text, where nothing speaks against its being the text's.

    There a line may be a source, an advertisement, anything: it is believed where it stands by
    itself, no line announces it ("Sources:"), and its path is like one of an article, for its
    numbers or for words of the title.
    """
    places = range(max(0, len(blocks) - _FOOT), len(blocks))
    found = [(at, line) for at in places if (line := _ADDRESS_LINE.fullmatch(blocks[at].text))]
    if len(found) != 1:
        return None
    at, line = found[0]
    announced = at > 0 and blocks[at - 1].text.endswith((":", "："))
    if announced or not _is_of_article(line[1], title):
        return None
    return at, Found(line[1], blocks[at].text, blocks[at].first, "address-line-below")


def _is_of_article(address: str, title: str) -> bool:
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return False
    if _FILE.search(path):
        return False
    own = {word for word in slug(title).split("-") if len(word) > 3}
    shared = own & set(slug(path).split("-"))
    return len(shared) >= 2 or shared == own != set() or _LONG_NUMBER.search(path) is not None


def same(one: str, other: str) -> bool:
    """Tell whether two lines say the same, case, accents and marks aside."""
    return re.sub(r"\W+", " ", fold(one)).strip() == re.sub(r"\W+", " ", fold(other)).strip()


def first_sentences(paragraphs: Sequence[str], *, most: int = 300) -> str | None:
    """Return the first sentence or two of a text as its summary."""
    for text in paragraphs:
        flat = squeeze(text)
        if len(flat) < 40:
            continue
        ends = [m.end() for m in re.finditer(r"[.!?…。！？؟]+[\"'”’»)\]」]*(?=\s|$)|[。！？]", flat[:600])]
        fitting = [end for end in ends[:2] if end <= most]
        if fitting:
            return flat[: fitting[-1]]
        if ends and ends[0] <= most * 2:
            return flat[: ends[0]]
        return flat if len(flat) <= most else flat[: flat.rfind(" ", 0, most)] + "…"
    return None
