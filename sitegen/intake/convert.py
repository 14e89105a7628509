"""The whole way of one input: bytes -> articles, each with the account of every line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from sitegen.dates import parse_dateline
from sitegen.errors import Problem
from sitegen.intake import meta
from sitegen.intake.account import Account, Wishes, accounted
from sitegen.intake.block import Block, Piece
from sitegen.intake.describe import describe
from sitegen.intake.dom import head_texts, page_blocks, parsed
from sitegen.intake.fields import first_sentences
from sitegen.intake.foreign import foreign
from sitegen.intake.language import language_of
from sitegen.intake.markup import as_markdown, as_text
from sitegen.intake.read import Characters, read
from sitegen.intake.unwrap import unwrapped
from sitegen.intake.vote import voted
from sitegen.model import Article, Date, Dropped, Found, SourceRules
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.shipped import shipped

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Reading:
    """An input read as one article: the account, and what a page's head said."""

    account: Account
    lines: tuple[str, ...] = ()
    extra: tuple[Dropped, ...] = ()
    source: Found[str] | None = None
    url: Found[str] | None = None
    lang: str | None = None
    title: Found[str] | None = None
    date: Found[Date] | None = None
    authors: Found[tuple[str, ...]] | None = None


def convert(
    data: bytes,
    *,
    name: str,
    vocabulary: Vocabulary | None = None,
    form: Literal["text", "html"] | None = None,
) -> tuple[Article, ...]:
    """Return the articles that the bytes of one input hold, in order; never none.

    `name` is what the input is called in messages; `form` forces a reader. An input in which no
    article can be read gives one with an empty body and the reason in `diagnostics`.
    """
    characters = read(data, form)
    if what := foreign(data, characters.form, characters.encoding):
        return (_unread(data, what, name, characters),)
    known = vocabulary or shipped()
    reading = _read_page(characters, known) if characters.form != "text" else _read_text(characters, known)
    article = _assembled(reading, known, name, sha256(data).hexdigest(), characters)
    return (article,)


def _unread(data: bytes, what: str, name: str, characters: Characters) -> Article:
    problem = Problem(
        "not-text",
        f"is {what}, which is not read",
        file=name,
        hint="save the page as HTML or text, or unpack the archive, and give that",
    )
    return Article(name, 1, sha256(data).hexdigest(), characters.encoding, diagnostics=(problem,))


# --- the two readers --------------------------------------------------------------------------------


def _read_text(characters: Characters, vocabulary: Vocabulary) -> _Reading:
    blocks = unwrapped(characters.text)
    lang = language_of("\n".join(b.text for b in blocks if len(b.text) > 60) or characters.text)
    source = _source_of(next((b.text for b in blocks[:6] if b.text.startswith("http")), None), vocabulary)
    account = accounted(blocks, Wishes(lang=lang, source=source))
    title = account.title
    if title and source and source.title_tail:
        title = replace(title, value=meta.without_tail(title.value, tail=source.title_tail))
    return _Reading(
        account,
        lines=tuple(characters.text.split("\n")),
        source=_named(source, account.url),
        url=account.url,
        lang=lang,
        title=title,
        date=account.date,
        authors=account.authors,
    )


def _read_page(characters: Characters, vocabulary: Vocabulary) -> _Reading:
    root = parsed(characters.text)
    if root is None:
        return _Reading(Account((), ()))
    said = meta.read_meta(root)
    url = meta.page_address(said)
    site = meta.page_site(said)
    source = _source_of(url.value if url else None, vocabulary) or _source_of(
        site.value if site else None, vocabulary
    )
    blocks = _absolute(voted_blocks(root), _base(root, url))
    lang = _page_language(said.lang, blocks)
    title = meta.page_title(said, site=site.value if site else None)
    if title and source and source.title_tail:
        title = replace(title, value=meta.without_tail(title.value, tail=source.title_tail))
    account = accounted(blocks, Wishes(lang=lang, source=source, title=title.value if title else None))
    date = meta.page_date(said, lang=lang, day_first=source.day_first if source else None)
    titles = (Dropped(line, text, "page-title") for line, text in head_texts(root))
    return _Reading(
        account,
        extra=tuple(titles),
        source=_named(source, url) or site,
        url=url,
        lang=lang,
        title=title or account.title,
        date=date or account.date,
        authors=meta.page_authors(said) or account.authors,
    )


def voted_blocks(root: HtmlElement) -> tuple[Block, ...]:
    """Return the blocks of a page with the second reader's vote on each."""
    return voted(root, page_blocks(root))


def _page_language(declared: str | None, blocks: Sequence[Block]) -> str | None:
    text = "\n".join(block.text for block in blocks if len(block.text) > 60 and not block.reason)
    guessed = language_of(text)
    if declared and declared[:2].isalpha() and len(declared) <= 12:
        tag = declared.replace("_", "-")
        # a theme's default language on a text of another: the text decides
        return tag if guessed is None or tag[:2].lower() == guessed else guessed
    return guessed


def _base(root: HtmlElement, url: Found[str] | None) -> str:
    base = next((e.get("href") for e in root.iter("base") if e.get("href")), None)
    return str(urljoin(url.value if url else "", base or ""))


def _absolute(blocks: Sequence[Block], base: str) -> tuple[Block, ...]:
    """Return the blocks with their links and pictures made absolute, where the page's address is known."""
    return tuple(
        replace(
            block, markup=block.markup._replace(pieces=tuple(_joined(p, base) for p in block.markup.pieces))
        )
        if block.markup and any(p.link or p.image for p in block.markup.pieces)
        else block
        for block in blocks
    )


def _joined(piece: Piece, base: str) -> Piece:
    try:
        if piece.image:
            return piece._replace(image=urljoin(base, piece.image))
        return piece._replace(link=urljoin(base, piece.link)) if piece.link not in ("", "#") else piece
    except ValueError:
        return piece._replace(link="#" if piece.link else "", image="")


def _source_of(hint: str | None, vocabulary: Vocabulary) -> SourceRules | None:
    """Return the known source that an address's host or a publisher's name means."""
    if not hint:
        return None
    try:
        host = urlsplit(hint).hostname or ""
    except ValueError:
        host = ""
    for name in (host, host.removeprefix("www."), hint):
        known = vocabulary.source_names.get(name.casefold()) if name else None
        if known:
            return vocabulary.sources[known]
    return None


def _named(source: SourceRules | None, url: Found[str] | None) -> Found[str] | None:
    return Found(source.name, url.value if url else source.name, None, "known-source") if source else None


# --- putting together -------------------------------------------------------------------------------


def _assembled(
    reading: _Reading, vocabulary: Vocabulary, name: str, digest: str, characters: Characters
) -> Article:
    account = reading.account
    body = account.body
    text = as_text(body)
    title = reading.title.value if reading.title else ""
    bare = Article(name, 1, digest, characters.encoding, title, lang=reading.lang)
    problems = _problems(reading, characters, name, text)
    if not text:
        return replace(bare, dropped=_dropped(reading, bare), diagnostics=problems)
    published = reading.date.value if reading.date else None
    dateline, line = _dateline(body, reading, published)
    if published is None and dateline and dateline.date:
        published = dateline.date
    description = describe(title, text, lang=reading.lang, published=published, vocabulary=vocabulary)
    article = replace(
        bare,
        title=title or (first_sentences([text], most=100) or ""),
        body=text,
        markdown=as_markdown(body),
        date=published,
        dateline=line.value if line else None,
        place=dateline.place if dateline else None,
        agency=dateline.agency if dateline else None,
        authors=reading.authors.value if reading.authors else (),
        source=reading.source.value if reading.source else None,
        url=reading.url.value if reading.url else None,
        summary=first_sentences([b.text for b in body if b.kind in ("paragraph", "quotation")]),
        tags=description.tags,
        topics=description.topics,
        actors=description.actors,
        quotes=description.quotes,
        related=account.related,
        evidence=_evidence(reading, line),
        diagnostics=problems,
    )
    return replace(article, dropped=_dropped(reading, article))


def _dateline(
    body: Sequence[Block], reading: _Reading, published: Date | None
) -> tuple[Any, Found[str] | None]:
    """Return the dateline at the head of the first paragraph, and the line to print for it."""
    first = next((block for block in body if block.kind in ("paragraph", "quotation")), None)
    found = parse_dateline(first.text) if first else None
    if found and first and (found.place or found.agency):
        printed = first.text[: found.end].rstrip(" -–—:")
        return found, Found(printed, printed, first.first, "dateline")
    date = reading.account.date
    if date is None:
        return None, None
    block = next((b for b in reading.account.blocks if b.first == date.line and date.text in b.text), None)
    printed = block.text if block else date.text
    return None, Found(printed, printed, date.line, date.rule)


def _evidence(reading: _Reading, dateline: Found[str] | None) -> dict[str, Found[str]]:
    found: dict[str, Found[str]] = {}
    for field, value in (
        ("title", reading.title),
        ("date", reading.date),
        ("dateline", dateline),
        ("authors", reading.authors),
        ("source", reading.source),
        ("url", reading.url),
    ):
        if value is not None:
            shown = ", ".join(value.value) if isinstance(value.value, tuple) else str(value.value)
            found[field] = Found(shown, value.text, value.line, value.rule)
    return found


def _dropped(reading: _Reading, article: Article) -> tuple[Dropped, ...]:
    """Return every line that is in no field and not in the body, with the reason.

    A line that gave a field stays here when it says more than the field does ("By A. Writer").
    """
    held = _words(" ".join((article.title, article.dateline or "", article.url or "", *article.authors)))
    made = list(reading.extra)
    for block, fate in zip(reading.account.blocks, reading.account.fates, strict=True):
        if fate == "body" or not block.text or (fate.startswith("field:") and _words(block.text) <= held):
            continue
        if not reading.lines:
            made.append(Dropped(block.first, block.text, fate))
            continue
        for number in range(block.first, block.last + 1):
            line = reading.lines[number - 1].strip("\f ")
            if line:
                made.append(Dropped(number, line, fate))
    return tuple(sorted(made, key=lambda d: d.line))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _problems(reading: _Reading, characters: Characters, name: str, text: str) -> tuple[Problem, ...]:
    problems = []
    if characters.unreadable:
        problems.append(
            Problem(
                "encoding",
                f"{characters.unreadable} bytes are not {characters.encoding}",
                "warning",
                file=name,
                hint="save the input as UTF-8 and convert it again",
            )
        )
    if reading.account.paywall is not None:
        block = reading.account.paywall
        problems.append(
            Problem(
                "paywall",
                "the text seems to stop where its publisher asks for a subscription",
                "warning",
                file=name,
                line=block.first,
                excerpt=block.text[:120],
            )
        )
    if not text:
        problems.append(
            Problem(
                "no-article",
                "no article's text was found in it",
                file=name,
                hint="if there is one, `sitegen convert --explain` says why each line was dropped",
            )
        )
    return tuple(problems)
