"""Labelled blocks -> what is the body, what is a field, what is dropped and why: every block once."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sitegen.dates import is_date_line
from sitegen.intake import rules
from sitegen.intake.block import SENTENCE_END, Block
from sitegen.intake.boxes import box_reasons
from sitegen.intake.choice import choice
from sitegen.intake.fields import (
    authors_in,
    byline_names,
    find_authors,
    find_date,
    find_title,
    foot_address,
    head_address,
    same,
)
from sitegen.intake.follow import arranged, follow
from sitegen.intake.headline import Head
from sitegen.intake.vote import Referee, is_sentence
from sitegen.intake.wishes import Lines, decided, is_kept
from sitegen.intake.words import category
from sitegen.model import Date, Found, Related, SourceRules
from sitegen.vocabulary.patterns import fits

IN_TEXT = ("body", "caption")  # fates of what is in the Markdown: a caption stands at its picture
_LONGEST_WALL = 160  # characters: a longer paragraph says more than that it goes on elsewhere
_STOPS = (".", ",", ";", ":", "!", "…", "。", "，", "：", "！", "،", "؛", "-", "–", "—")


class Account(Struct, frozen=True):
    """Where each block of an input went: `fates` is parallel to `blocks`.

    A fate is "body", "field:NAME", or the reason why the block is in none of them; `scores` has the
    logits of those that the line model was asked about. `in_doubt` says that no run of blocks reads as an
    article, so that the likeliest sentences alone were kept.
    """

    blocks: tuple[Block, ...]
    fates: tuple[str, ...]
    title: Found[str] | None = None
    date: Found[Date] | None = None
    authors: Found[tuple[str, ...]] | None = None
    url: Found[str] | None = None
    related: tuple[Related, ...] = ()
    paywall: Block | None = None
    scores: tuple[float | None, ...] = ()
    in_doubt: bool = False

    @property
    def body(self) -> tuple[Block, ...]:
        """Return the body's blocks, with sub-headings and verse told from paragraphs."""
        return shaped([b for b, fate in zip(self.blocks, self.fates, strict=True) if fate == "body"])


class Wishes(Struct, frozen=True):
    """What is known before the text is read: its language, and what a person has decided.

    `source` are the rules for the publisher, `lines` the decisions for this one text.
    """

    lang: str | None = None
    source: SourceRules | None = None
    title: Found[str] | None = None
    authors: tuple[str, ...] = ()
    lines: Lines | None = None


def accounted(blocks: Sequence[Block], wishes: Wishes, referee: Referee | None = None) -> Account:
    """Return the account of a text: the article's run chosen, fields taken out, rules applied in it.

    `referee` is asked which blocks of a page are its text, where the line model is in doubt.
    """
    blocks = decided(blocks, wishes.lines)
    fates, scores, in_doubt = choice(blocks, referee)
    source = wishes.source
    held = _obey(blocks, fates, wishes)
    head = Head(blocks, *extent(blocks, fates))
    title = _given_title(blocks, wishes.title) or find_title(head, lang=wishes.lang)
    if title and wishes.title and fates[title[0]] == "body" and _is_text(blocks[title[0]]):
        title = None  # the title is known, and does not stand above the text: this is its first sentence
    top = title[0] if title else None
    url = head_address(blocks) or foot_address(blocks, title[1].value if title else "")
    date = find_date(head, lang=wishes.lang, day_first=source.day_first if source else None, title=top)
    authors = find_authors(head, byline=source.byline if source else None, title=top)
    for name, place in (("url", url), ("authors", authors), ("date", date), ("title", title)):
        if place and place[0] not in held:
            fates[place[0]] = f"field:{name}"
    _clear_head(blocks, fates, title, head, wishes)
    for at in held:
        fates[at] = "body"
    wall = rules.paywall(blocks[max(0, head.end - 3) : head.end + 4])
    for at in range(max(0, head.end - 3), min(head.end, len(blocks))):
        if blocks[at] is wall and at not in held and len(wall.text) <= _LONGEST_WALL:
            fates[at] = "paywall"
    related = _apply_rules(blocks, fates, held)
    blocks = follow(blocks, fates)
    return Account(
        blocks,
        tuple(fates),
        title[1] if title else None,
        date[1] if date else None,
        authors[1] if authors else None,
        url[1] if url else None,
        related,
        wall,
        scores,
        in_doubt,
    )


def _is_text(block: Block) -> bool:
    return block.kind != "heading" and is_sentence(block)


def whole(blocks: Sequence[Block], wishes: Wishes) -> Account:
    """Return the account of a text that is an article by where it stands, such as a feed's entry."""
    blocks = decided(blocks, wishes.lines)
    fates = [reason or "body" for reason in rules.certain_reasons(blocks)]
    _drop_tail(blocks, fates)
    related = _apply_rules(blocks, fates, _obey(blocks, fates, wishes))
    blocks = follow(blocks, fates)
    return Account(blocks, tuple(fates), related=related)


def _drop_tail(blocks: Sequence[Block], fates: list[str]) -> None:
    """Drop the short lines of furniture that a feed puts below its entries."""
    for at in range(len(blocks) - 1, -1, -1):
        text = blocks[at].text
        if fates[at] != "body":
            continue
        if len(text) > 160 or category(text) is None:
            return
        fates[at] = "feed-tail"


def _obey(blocks: Sequence[Block], fates: list[str], wishes: Wishes) -> set[int]:
    """Lay a person's decisions over the model's choice; return the blocks that stay whatever follows."""
    held: set[int] = set()
    if not wishes.source and not wishes.lines:
        return held
    keep = wishes.source.keep if wishes.source else ()
    drop = wishes.source.drop if wishes.source else ()
    for at, block in enumerate(blocks):
        kept = is_kept(block, wishes.lines)
        if kept or (block.reason is None and any(fits(pattern, block.text) for pattern in keep)):
            fates[at] = "body"
            held.add(at)
        elif any(fits(pattern, block.text) for pattern in drop):
            fates[at] = block.reason or "source-rule"
    return held


def extent(blocks: Sequence[Block], fates: Sequence[str]) -> tuple[int, int]:
    """Return where the kept text begins (its first real sentence) and ends."""
    kept = [at for at, fate in enumerate(fates) if fate == "body"]
    if not kept:
        return 0, 0
    prose = [at for at in kept if len(blocks[at].text) > 60 or SENTENCE_END.search(blocks[at].text)]
    return (prose or kept)[0], kept[-1] + 1


def _given_title(blocks: Sequence[Block], title: Found[str] | None) -> tuple[int, Found[str]] | None:
    if title is None:
        return None
    for at, block in enumerate(blocks):
        if block.kind in ("heading", "paragraph") and not block.reason and same(block.text, title.value):
            return at, Found(title.value, block.text, block.first, title.rule)
    return None


def _clear_head(
    blocks: Sequence[Block],
    fates: list[str],
    title: tuple[int, Found[str]] | None,
    head: Head,
    wishes: Wishes,
) -> None:
    """Take out of the first blocks of the run what repeats a field: title, byline, date line."""
    for at in range(min(len(blocks), head.start + 3)):
        block = blocks[at]
        if fates[at] != "body" or len(block.text) > 200:
            continue
        if title and same(block.text, title[1].value):
            fates[at] = "title-again"
        elif is_date_line(block.text, lang=wishes.lang):
            fates[at] = "field:date"
        elif byline_names(block.text) or (wishes.authors and authors_in(block.text) == wishes.authors):
            fates[at] = "field:authors"


def _apply_rules(blocks: Sequence[Block], fates: list[str], held: set[int]) -> tuple[Related, ...]:
    places = [at for at, fate in enumerate(fates) if fate == "body"]
    kept = [blocks[at] for at in places]
    for at, reason, box in zip(places, rules.reasons(kept), box_reasons(kept), strict=True):
        if (reason or box) and at not in held:
            fates[at] = reason or box or ""
    found: list[Related] = []
    low, high = (places[0], places[-1] + 8) if places else (0, 0)
    for at in range(low, min(high, len(blocks))):
        if fates[at] == "read-more":
            link = rules.related_of(blocks[at])
            found += [link] if link else []
    return tuple(dict.fromkeys(found))


# --- sub-headings and verse -----------------------------------------------------------------------


def shaped(kept: Sequence[Block]) -> tuple[Block, ...]:
    """Return the body with sub-headings and verse marked as such; pages know most of their own."""
    if not kept or kept[0].markup is not None:
        return arranged(kept)
    verse = _verse_places(kept)
    made = []
    for at, block in enumerate(kept):
        after = kept[at + 1] if at + 1 < len(kept) else None
        if at in verse:
            block = block._replace(kind="verse", gap=block.gap if at - 1 in verse else 1)
        elif block.kind == "paragraph" and after is not None and _is_heading(block, after):
            block = block._replace(kind="heading", level=2)
        made.append(block)
    return tuple(made)


def _is_heading(block: Block, after: Block) -> bool:
    text = block.text
    if len(text) > 90 or len(text.split()) > 12 or text.endswith(_STOPS) or text[:1].islower():
        return False
    if not any(map(str.isalnum, text)):
        return False
    return after.kind in ("paragraph", "list", "quotation") and len(after.text) > max(60, len(text))


def _verse_places(kept: Sequence[Block]) -> set[int]:
    """Return the blocks that are lines of verse: three and more short ones with no empty line between."""
    found: set[int] = set()
    start = 0
    for at in range(1, len(kept) + 1):
        if at < len(kept) and kept[at].gap == 0 and kept[at].kind == "paragraph" == kept[at - 1].kind:
            continue
        run = kept[start:at]
        if len(run) >= 3 and all(block.kind == "paragraph" for block in run):
            words = [len(block.text.split()) for block in run]
            if max(words) <= 14 and 2.5 <= sum(words) / len(words) <= 11:
                found.update(range(start, at))
        start = at
    return found
