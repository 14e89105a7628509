"""The whole way of one input: bytes -> articles, each with the account of every line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Literal
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from msgspec.structs import replace

from sitegen.dates import parse_date
from sitegen.errors import Problem
from sitegen.intake import meta
from sitegen.intake.account import IN_TEXT, Account, Wishes, accounted, whole
from sitegen.intake.assemble import Input, Reading, assembled
from sitegen.intake.authors import author_links, labelled_authors, page_authors
from sitegen.intake.block import Block
from sitegen.intake.dom import page_blocks
from sitegen.intake.feed import Entry, Feed, parsed_feed
from sitegen.intake.fields import authors_in, head_address
from sitegen.intake.foreign import foreign
from sitegen.intake.keywords import page_keywords
from sitegen.intake.language import language_of, language_of_lines
from sitegen.intake.mail import letter
from sitegen.intake.media import located, located_address
from sitegen.intake.parts import Part, parted
from sitegen.intake.publisher import find_publisher
from sitegen.intake.read import Characters, read
from sitegen.intake.tree import parsed
from sitegen.intake.unwrap import unwrapped
from sitegen.intake.vote import referee_of
from sitegen.intake.wishes import Lines, decided
from sitegen.model import Article, Date, Dropped, Found, Picture, SourceRules
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.shipped import shipped


def convert(
    data: bytes,
    *,
    name: str,
    vocabulary: Vocabulary | None = None,
    form: Literal["text", "html"] | None = None,
    lines: Lines | None = None,
) -> tuple[Article, ...]:
    """Return the articles that the bytes of one input hold, in order; never none.

    `name` is what the input is called in messages; `form` forces a reader; `lines` are those that a
    person has decided to keep or to drop. An input in which no article can be read gives one with
    an empty body and the reason in `diagnostics`.
    """
    characters = read(data, form)
    if what := foreign(data, characters.form, characters.encoding):
        return (_unread(data, what, name, characters),)
    known = vocabulary or shipped()
    origin = Input(name, sha256(data).hexdigest(), characters)
    readings = _readings(characters, known, lines)
    return tuple(assembled(reading, known, origin, number) for number, reading in enumerate(readings, 1))


def _readings(characters: Characters, vocabulary: Vocabulary, lines: Lines | None) -> tuple[Reading, ...]:
    if characters.form == "html":
        return (_read_page(characters, vocabulary, lines),)
    feed = parsed_feed(characters.text) if characters.form == "feed" else None
    if feed and feed.entries:
        return tuple(_read_entry(feed, at, vocabulary, lines) for at in range(len(feed.entries)))
    return tuple(_read_text(part, vocabulary, lines) for part in parted(characters.text))


def _unread(data: bytes, what: str, name: str, characters: Characters) -> Article:
    problem = Problem(
        "not-text",
        f"is {what}, which is not read",
        file=name,
        hint="save the page as HTML or text, or unpack the archive, and give that",
    )
    return Article(name, 1, sha256(data).hexdigest(), characters.encoding, diagnostics=(problem,))


# --- text -------------------------------------------------------------------------------------------


def _read_text(part: Part, vocabulary: Vocabulary, lines: Lines | None) -> Reading:
    raw = tuple(part.text.split("\n"))
    lines = replace(lines, first=part.first_line) if lines else None
    blocks = decided(unwrapped(part.text), lines, raw)
    sent = letter(blocks)
    blocks = sent.blocks if sent else blocks
    lang = language_of_lines([block.text for block in blocks]) or language_of(part.text)
    publisher = find_publisher(blocks, vocabulary)
    address = head_address(blocks)
    source = _source_of(address[1].value if address else None, vocabulary)
    source = source or _source_of(publisher.value if publisher else None, vocabulary)
    account = accounted(blocks, Wishes(lang, source, sent.title if sent else None, lines=lines))
    return Reading(
        account,
        lines=raw,
        source=_named(source, account.url) or publisher,
        url=account.url,
        lang=lang,
        title=_untailed((sent.title if sent else None) or account.title, source),
        date=(sent.date if sent else None) or account.date,
        authors=account.authors,
        problems=part.problems,
        first_line=part.first_line,
    )


# --- HTML -------------------------------------------------------------------------------------------


def _read_page(characters: Characters, vocabulary: Vocabulary, lines: Lines | None) -> Reading:
    root = parsed(characters.text)
    if root is None:
        return Reading(Account((), ()))
    # what nobody holds is made anew from the parser's tree each time that it is looked at
    _held = tuple(root.iter())
    said = meta.read_meta(root)
    url = meta.page_address(said)
    site = meta.page_site(said)
    source = _source_of(url.value if url else None, vocabulary)
    source = source or _source_of(site.value if site else None, vocabulary)
    base = _base(root, url)
    titles = tuple(Dropped(line, text, "page-title") for line, text in meta.head_texts(root))
    blocks = page_blocks(root)
    lang = _page_language(said.lang, blocks)
    title = _untailed(meta.page_title(said, site=site.value if site else None), source)
    authors = page_authors(
        said.nodes, said.metas, author_links(root), site=site.value if site else None
    ) or labelled_authors(blocks)
    wishes = Wishes(lang, source, title, authors.value if authors else (), lines)
    account = accounted(blocks, wishes, referee_of(root))
    account, pictures = _located(account, base)
    day_first = source.day_first if source else None
    return Reading(
        account,
        extra=titles,
        source=_named(source, url) or site,
        url=url,
        lang=lang,
        keywords=page_keywords(said.metas, said.nodes),
        title=title or account.title,
        date=meta.page_date(said, account.date, lang=lang, day_first=day_first),
        authors=authors or account.authors,
        pictures=pictures,
    )


def _located(account: Account, base: str) -> tuple[Account, Mapping[str, Picture]]:
    """Return an account in which what is shown of a page leads to whole addresses, and its pictures."""
    blocks, pictures = located(account.blocks, base, [fate in IN_TEXT for fate in account.fates])
    related = tuple(
        replace(link, url=None if (url := located_address(base, link.url)) == "#" else url)
        if link.url
        else link
        for link in account.related
    )
    return replace(account, blocks=blocks, related=related), pictures


def _page_language(declared: str | None, blocks: Sequence[Block]) -> str | None:
    guessed = language_of_lines([block.text for block in blocks if not block.reason])
    if declared and declared[:2].isalpha() and len(declared) <= 12:
        tag = declared.replace("_", "-")
        # a theme's default language on a text of another: the text decides
        return tag if guessed is None or tag[:2].lower() == guessed else guessed
    return guessed


def _base(root: HtmlElement, url: Found[str] | None) -> str:
    base = next((e.get("href") for e in root.iter("base") if e.get("href")), None)
    page = url.value if url else ""
    try:
        return str(urljoin(page, base or ""))
    except ValueError:  # no address at all, such as "//[x"
        return page


# --- feeds ------------------------------------------------------------------------------------------


def _read_entry(feed: Feed, at: int, vocabulary: Vocabulary, lines: Lines | None) -> Reading:
    """Return the reading of one entry; what the feed says of itself is counted with the first."""
    entry = feed.entries[at]
    root = parsed(f"<html><body>{entry.page}</body></html>")
    made = page_blocks(root, entry.page_line) if root is not None else ()
    source = _source_of(entry.address, vocabulary) or _source_of(feed.title, vocabulary)
    account, pictures = _located(whole(made, Wishes(source=source, lines=lines)), entry.address)
    lang = language_of("\n".join(block.text for block in made)) or feed.lang or None
    site = _named(source, None) or (Found(feed.title, feed.title, None, "feed") if feed.title else None)
    own = (said for said in feed.rest if at == 0 and not (site and said.text == site.value))
    title, authors = _untailed(_of_feed(entry, entry.title), source), _entry_authors(entry)
    return Reading(
        account,
        extra=(*own, *_rest("title", title), *_rest("authors", authors), *entry.rest),
        source=site,
        url=Found(entry.address, entry.address, entry.line, "feed") if entry.address else None,
        lang=lang,
        title=title,
        date=_entry_date(entry),
        authors=authors,
        pictures=pictures,
    )


def _rest(name: str, found: Found[str] | Found[tuple[str, ...]] | None) -> tuple[Dropped, ...]:
    """Return what an entry said for a field, where that is more than the field holds."""
    if found is None:
        return ()
    held = found.value if isinstance(found.value, str) else " ".join(found.value)
    more = {*found.text.split()} - {*held.split()}
    return (Dropped(found.line or 0, found.text, f"field:{name}"),) if more else ()


def _of_feed(entry: Entry, value: str) -> Found[str] | None:
    return Found(value, value, entry.line, "feed") if value else None


def _entry_date(entry: Entry) -> Found[Date] | None:
    date = parse_date(entry.date) if entry.date else None
    return Found(date, entry.date, entry.line, "feed") if date else None


def _entry_authors(entry: Entry) -> Found[tuple[str, ...]] | None:
    names = authors_in(entry.author) or ((entry.author,) if entry.author else ())
    return Found(names, entry.author, entry.line, "feed") if names else None


# --- sources ----------------------------------------------------------------------------------------


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


def _untailed(title: Found[str] | None, source: SourceRules | None) -> Found[str] | None:
    if title and source and source.title_tail:
        return replace(title, value=meta.without_tail(title.value, tail=source.title_tail))
    return title
