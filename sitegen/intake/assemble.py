"""A reading of an input -> its article: fields, description, and the account of what was dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.dates import parse_dateline
from sitegen.errors import Problem
from sitegen.intake.account import IN_TEXT, Account
from sitegen.intake.block import Block
from sitegen.intake.describe import describe
from sitegen.intake.fields import first_sentences
from sitegen.intake.keywords import fitting
from sitegen.intake.markup import as_markdown, as_text, cut_head
from sitegen.intake.media import shown
from sitegen.intake.read import Characters
from sitegen.model import Article, Date, Dateline, Dropped, Found, Picture
from sitegen.text import fold
from sitegen.vocabulary import Vocabulary

_DASHES = " -–—:|"
_LEADS = 2  # paragraphs that may have the dateline: a lead may stand above the text
_WORD = re.compile(r"\w+")


class Reading(Struct, frozen=True):
    """An input, or a part of it, read as one article: the account, and the fields found so far.

    `lines` are those of a text dump; `extra` is what a page or feed says outside its blocks;
    `pictures` those that came with it, by the address that stands for them in the blocks.
    """

    account: Account
    lines: tuple[str, ...] = ()
    extra: tuple[Dropped, ...] = ()
    source: Found[str] | None = None
    url: Found[str] | None = None
    lang: str | None = None
    title: Found[str] | None = None
    date: Found[Date] | None = None
    authors: Found[tuple[str, ...]] | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    keywords: tuple[Found[str], ...] = ()
    problems: tuple[Problem, ...] = ()
    first_line: int = 1


class Input(Struct, frozen=True):
    """What an article says of the input it came from."""

    name: str
    sha256: str
    characters: Characters


def assembled(reading: Reading, vocabulary: Vocabulary, origin: Input, number: int) -> Article:
    """Return the article of a reading, described, with every line of the input accounted for."""
    account = reading.account
    body = account.body
    text = as_text(body)
    title = reading.title.value if reading.title else ""
    bare = Article(
        origin.name,
        number,
        origin.sha256,
        origin.characters.encoding,
        title,
        lang=reading.lang,
        date=reading.date.value if reading.date else None,
        authors=reading.authors.value if reading.authors else (),
        source=reading.source.value if reading.source else None,
        url=reading.url.value if reading.url else None,
    )
    problems = _problems(reading, origin, text)
    if not text:
        return replace(bare, dropped=_dropped(reading, bare), diagnostics=problems)
    published = bare.date
    dateline, line, told = _dateline(body, reading)
    if told is not body:
        body, text = told, as_text(told)
    if published is None and dateline and dateline.date and len(dateline.date.date) >= 7:
        published = dateline.date
    description = describe(title, text, lang=reading.lang, published=published, vocabulary=vocabulary)
    named = [*(t.name for t in description.topics), *(a.name for a in description.actors)]
    keywords = fitting(reading.keywords, title, text, vocabulary, named)
    article = replace(
        bare,
        title=title or (first_sentences([text], most=100) or ""),
        body=text,
        markdown=as_markdown(body),
        date=published,
        dateline=line.value if line else None,
        place=dateline.place if dateline else None,
        agency=dateline.agency if dateline else None,
        summary=first_sentences([b.text for b in body if b.kind in ("paragraph", "quotation")]),
        tags=_tags(keywords, description.tags),
        topics=description.topics,
        actors=description.actors,
        quotes=description.quotes,
        related=account.related,
        pictures=shown(body, reading.pictures),
        evidence={
            **_evidence(reading, line),
            **_told(keywords),
            "body": _body_lines(account, reading.first_line - 1),
        },
        diagnostics=problems,
    )
    return replace(article, dropped=_dropped(reading, article))


def _tags(keywords: tuple[Found[str], ...], found: tuple[str, ...]) -> tuple[str, ...]:
    """Return the page's own keywords and what the text keeps coming back to, each once."""
    own = {fold(k.value): k.value for k in keywords}
    return (*own.values(), *(tag for tag in found if fold(tag) not in own))


def _told(keywords: tuple[Found[str], ...]) -> dict[str, Found[str]]:
    if not keywords:
        return {}
    first = keywords[0]
    return {"keywords": Found(", ".join(k.value for k in keywords), first.text, first.line, first.rule)}


def _dateline(
    body: tuple[Block, ...], reading: Reading
) -> tuple[Dateline | None, Found[str] | None, tuple[Block, ...]]:
    """Return the dateline at the head of the text, the line to print for it, and the body without it."""
    long = [n for n, block in enumerate(body[:4]) if block.kind == "paragraph" and len(block.text) > 80]
    for at in long[:_LEADS]:
        first = body[at]
        found = parse_dateline(first.text)
        if found is None or not (found.place or found.agency):
            continue
        printed = first.text[: found.end].strip(_DASHES)
        rest = cut_head(first, found.end)
        return found, Found(printed, printed, first.first, "dateline"), (*body[:at], rest, *body[at + 1 :])
    date = reading.account.date
    if date is None:
        return None, None, body
    block = next((b for b in reading.account.blocks if b.first == date.line and date.text in b.text), None)
    printed = block.text if block else date.text
    return None, Found(printed, printed, date.line, date.rule), body


def _evidence(reading: Reading, dateline: Found[str] | None) -> dict[str, Found[str]]:
    found: dict[str, Found[str]] = {}
    for name, value in (
        ("title", reading.title),
        ("date", reading.date),
        ("dateline", dateline),
        ("authors", reading.authors),
        ("source", reading.source),
        ("url", reading.url),
    ):
        if value is not None:
            shown = ", ".join(value.value) if isinstance(value.value, tuple) else str(value.value)
            line = value.line and value.line + reading.first_line - 1
            found[name] = Found(shown, value.text, line, value.rule)
    return found


def _body_lines(account: Account, before: int) -> Found[str]:
    """Return the lines of the input that the body was made of: "6-18, 22-30"; `before` stand above it."""
    ranges: list[list[int]] = []
    last = ""
    for block, fate in zip(account.blocks, account.fates, strict=True):
        if fate in IN_TEXT and last in IN_TEXT:
            ranges[-1][1] = block.last
        elif fate in IN_TEXT:
            ranges.append([block.first, block.last])
        last = fate
    head = next(b for b, fate in zip(account.blocks, account.fates, strict=True) if fate == "body")
    lines = ", ".join(f"{a + before}-{b + before}" if a != b else str(a + before) for a, b in ranges)
    return Found(
        lines,
        head.text,
        head.first + before,
        "lines-in-doubt" if account.in_doubt else "lines-of-the-article",
    )


def _dropped(reading: Reading, article: Article) -> tuple[Dropped, ...]:
    """Return every line that is in no field and not in the body, with the reason.

    A line that gave a field stays here when it says more than the field does ("By A. Writer").
    """
    held = _words(" ".join((article.title, article.dateline or "", article.url or "", *article.authors)))
    made = list(reading.extra)
    account = reading.account
    scores = account.scores or (None,) * len(account.blocks)
    for block, fate, logit in zip(account.blocks, account.fates, scores, strict=True):
        if fate in IN_TEXT or not block.text or (fate.startswith("field:") and _words(block.text) <= held):
            continue
        score = round(logit, 1) if logit is not None and fate == "outside" else None
        if not reading.lines:
            made.append(Dropped(block.first, block.text, fate, score))
            continue
        for number in range(block.first, block.last + 1):
            line = reading.lines[number - 1].strip("\f ")
            if line:
                made.append(Dropped(reading.first_line + number - 1, line, fate, score))
    return tuple(sorted(made, key=lambda d: d.line))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _problems(reading: Reading, origin: Input, text: str) -> tuple[Problem, ...]:
    problems = [replace(problem, file=origin.name) for problem in reading.problems]
    characters = origin.characters
    if characters.unreadable:
        problems.append(
            Problem(
                "encoding",
                f"{characters.unreadable} bytes are not {characters.encoding}",
                "warning",
                file=origin.name,
                hint="save the input as UTF-8 and convert it again",
            )
        )
    wall = reading.account.paywall
    if wall is not None:
        problems.append(
            Problem(
                "paywall",
                "the text seems to stop where its publisher asks for a subscription",
                "warning",
                file=origin.name,
                line=wall.first + reading.first_line - 1,
                excerpt=wall.text[:120],
            )
        )
    if reading.account.in_doubt and text:
        problems.append(
            Problem(
                "in-doubt",
                "no run of its lines reads as an article; only its likeliest sentences were kept",
                "warning",
                file=origin.name,
                hint="`sitegen explain` accounts for each line; --keep and --drop change what stays",
            )
        )
    if not text:
        problems.append(
            Problem(
                "no-article",
                "no article's text was found in it",
                file=origin.name,
                hint="if there is one, `sitegen convert --explain` says why each line was dropped",
            )
        )
    return tuple(problems)
