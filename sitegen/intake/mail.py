"""A letter that somebody sent on: its header, the forwarder's note above it, the signature below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from sitegen.dates import parse_date
from sitegen.intake.block import Block
from sitegen.model import Date, Found

_HEADER = re.compile(
    r"[*]?(?:(?P<sender>from|von|de|da|van|от|من|发件人|差出人)"
    r"|(?P<date>date|sent|datum|gesendet|fecha|enviado|envoyé(?: le)?"
    r"|inviato|дата|отправлено|التاريخ|日期|发送时间|日時)|(?P<subject>subject|betreff|asunto|objet|oggetto|assunto|onderwerp|тема"
    r"|الموضوع|主题|件名)|(?P<to>to|an|para|à|a|aan|кому|إلى|收件人|宛先|cc|reply-to|bcc))\s*[:：][*]?\s*(?P<value>.*)",
    re.I,
)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|i|enc|пер|отв)\s*:\s*)+", re.I)
_SIGNATURE = re.compile(r"--\s?|_{5,}|-{5,}")
_NEAR_TOP = 25  # blocks: a header further down is that of an older letter, quoted below the text


class Letter(Struct, frozen=True):
    """The blocks of a forwarded letter, what is not its text marked with a reason."""

    blocks: tuple[Block, ...]
    title: Found[str] | None
    date: Found[Date] | None


def is_header(line: str) -> bool:
    """Tell whether a line looks like one of a letter's header: "Subject: …"."""
    return (":" in line[:30] or "：" in line[:12]) and bool(_HEADER.match(line))


def letter(blocks: Sequence[Block]) -> Letter | None:
    """Return the letter in a dump, or None where no header of one stands near its top."""
    start = _header_start(blocks)
    if start is None:
        return None
    end = start
    title: Found[str] | None = None
    date: Found[Date] | None = None
    while end < len(blocks) and (found := _HEADER.fullmatch(blocks[end].text)):
        value, line = found["value"].strip(), blocks[end].first
        if found["subject"] and not title and value:
            title = Found(_PREFIX.sub("", value), value, line, "mail-subject")
        if found["date"] and not date and (when := parse_date(value)):
            date = Found(when, value, line, "mail-date")
        end += 1
    signature = next(
        (at for at in range(end + 1, len(blocks)) if _SIGNATURE.fullmatch(blocks[at].text)), len(blocks)
    )
    made = [
        block._replace(reason=block.reason or _reason(at, start, end, signature))
        for at, block in enumerate(blocks)
    ]
    return Letter(tuple(made), title, date)


def _header_start(blocks: Sequence[Block]) -> int | None:
    for at in range(min(_NEAR_TOP, len(blocks))):
        kinds: set[str] = set()
        for block in blocks[at : at + 6]:
            found = _HEADER.fullmatch(block.text)
            if not found:
                break
            kinds.add(_kind(found))
        if len(kinds) >= 3 and "subject" in kinds:
            return at
    return None


def _kind(found: re.Match[str]) -> str:
    return next(name for name in ("sender", "date", "subject", "to") if found[name])


def _reason(at: int, start: int, end: int, signature: int) -> str | None:
    if at < start:
        return "forwarders-note"
    if at < end:
        return "mail-header"
    return "signature" if at >= signature else None
