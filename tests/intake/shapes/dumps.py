"""Text dumps: one function a shape, from an article to the bytes that somebody might have kept."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from itertools import zip_longest

from tests.intake.shapes.texts import Case, Text, entries, footer

_VOWELS = "aeiouyäöüéèêàáíóúаеиоуыэюя"
_LATIN = ("en", "de", "fr", "es")
_SPACED = (*_LATIN, "ru")


def _plain(text: Text, item: str = "- ") -> list[str]:
    return [
        b.removeprefix("## ").replace("- ", item, 1) if b.startswith("- ") else b.removeprefix("## ")
        for b in text.body
    ]


def _spaced(lines: list[str]) -> str:
    return "\n\n".join(lines) + "\n"


def _page(text: Text, *, middle: bool = True) -> str:
    """Return a page as a browser copies it: menu, head, text, what stands below."""
    around = text.around
    head = [text.title, around["by"].format(author=text.author), around["updated"].format(date=text.printed)]
    body = _plain(text, "")
    if middle:
        body.insert(3, around["more"])
    below = [*around["tags"], around["newsletter"], around["related"], *around["teasers"], *footer(text)]
    return (
        "\n".join([*around["menu"], text.outlet]) + "\n\n" + "\n".join(head) + "\n"
        + "\n".join(around["share"]) + "\n\n" + _spaced(body) + "\n" + "\n".join(below) + "\n"
    )  # fmt: skip


def browser(text: Text) -> Case:
    return Case(text.id, "browser", _page(text).encode(), (text,))


def crlf(text: Text) -> Case:
    around = text.around
    lines = [
        "\t".join(around["menu"]),
        "",
        text.title,
        around["by"].format(author=text.author),
        text.printed,
        "",
    ]
    lines += [f"\t{line}" for line in _plain(text)]
    lines += ["", "\t".join(footer(text))]
    return Case(text.id, "crlf-tabs", "\r\n".join(lines).encode(), (text,))


_ENCODINGS = {
    "en-dish": ("cp1252",),
    "en-suit": ("mac_roman",),
    "de-stern": ("cp1252", "iso8859_15"),
    "fr-pont": ("mac_roman", "cp1252"),
    "es-acequia": ("iso8859_1",),
    "ru-bashnya": ("koi8_r", "cp1251"),
    "ar-souq": ("cp1256",),
    "zh-tianwentai": ("gb18030",),
    "ja-denpa": ("shift_jis", "euc_jp"),
}
_SIMPLER = str.maketrans("’“”„—–", '\'"""--')


def legacy(text: Text) -> Iterator[Case]:
    for encoding in _ENCODINGS.get(text.id, ()):
        page = _page(text)
        if encoding.startswith("iso8859") or encoding == "koi8_r":
            page = page.translate(_SIMPLER).replace("«", '"').replace("»", '"')
        yield Case(f"{text.id} {encoding}", "legacy-bytes", page.encode(encoding, "replace"), (text,))


def _hyphenated(paragraph: str, width: int, mark: str = "-") -> list[str]:
    """Wrap a paragraph, parting long words before a consonant and a vowel as a typesetter might."""
    lines, line = [], ""
    for word in paragraph.split():
        if len(line) + 1 + len(word) <= width or not line:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        cuts = [
            at
            for at in range(3, min(room, len(word) - 3))
            if word[at].lower() not in _VOWELS and word[at + 1].lower() in _VOWELS and word.isalpha()
        ]
        if cuts:
            lines.append(f"{line} {word[: cuts[-1]]}{mark}")
            line = word[cuts[-1] :]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def wrapped(text: Text) -> Case | None:
    if text.lang not in _SPACED:
        return None
    blocks = [_hyphenated(block, 72) for block in _plain(text, "* ")]
    head = [text.title.upper(), text.around["by"].format(author=text.author), text.printed, ""]
    page = "\n".join(head) + "\n" + "\n\n".join("\n".join(lines) for lines in blocks) + "\n"
    return Case(text.id, "wrapped-72", page.encode(), (text,))


def mail(text: Text) -> Case:
    sender, date, subject, to = text.around["mail"]
    head = [f"{sender}: {text.author} <reader@{text.host}>", f"{date}: {text.date} 08:02",
            f"{subject}: Fwd: {text.title}", f"{to}: friend@post.example"]  # fmt: skip
    quoted = [f"> {line}".rstrip() for block in _plain(text) for line in (*_lines(block, 70), "")]
    page = [
        text.around["note"],
        "",
        "---------- Forwarded message ----------",
        *head,
        "",
        *quoted,
        "-- ",
        text.author,
    ]
    return Case(
        text.id, "forwarded-mail", "\n".join(page).encode(), (text,), frozenset({"title"}), "mail.txt"
    )


def _lines(block: str, width: int) -> list[str]:
    if any(c.isspace() for c in block[:40]):
        return textwrap.wrap(block, width)
    return [block[at : at + width // 2] for at in range(0, len(block), width // 2)]


def pdf(text: Text) -> Iterator[Case]:
    """Pages with running heads and numbers: with form feeds, and as a viewer copies them, without."""
    lines = [line for block in _plain(text, "• ") for line in (*_lines(block, 88), "")]
    first = [text.title, "", text.around["by"].format(author=text.author), text.printed, ""]
    sheets = [first + lines[:14], *(lines[at : at + 16] for at in range(14, len(lines), 16))]
    for feed in ("\n\f", "\n"):
        pages = [
            "\n".join(
                [
                    f"{text.outlet}    {text.printed}",
                    "",
                    *sheet,
                    "",
                    text.around["page"].format(n=n, of=len(sheets)),
                ]
            )
            for n, sheet in enumerate(sheets, 1)
        ]
        has = frozenset({"title", "author"})
        name = f"{text.id} {'feeds' if chr(12) in feed else 'numbers'}"
        yield Case(name, "pdf-copy", feed.join(pages).encode(), (text,), has)


_LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))


def ocr(text: Text) -> Case | None:
    if text.lang not in _LATIN:
        return None
    blocks = ["\n".join(_hyphenated(block, 58, "\xad")) for block in _plain(text)]
    page = "\n".join([text.title, "", text.author, text.printed, ""]) + "\n" + "\n\n".join(blocks) + "\n"
    for plain, ligature in _LIGATURES:
        page = page.replace(plain, ligature)
    return Case(text.id, "ocr", page.encode(), (text,), frozenset({"title", "date"}))


def phone(text: Text) -> Case:
    page = [text.address, text.title, "", *_plain(text), "", text.around["shared"].format(outlet=text.outlet)]
    return Case(text.id, "phone-share", "\n".join(page).encode(), (text,), frozenset({"title"}))


def comments(text: Text) -> Case:
    around = text.around
    lines = [around["comments"], ""]
    for (who, said), ago in zip(around["said"], around["ago"], strict=True):
        lines += [who, ago, said, *around["reply"], ""]
    lines += [*around["leave"], "", around["related"], *around["teasers"], *footer(text)]
    head = [*around["menu"], "", text.title, "", around["by"].format(author=text.author), text.printed, ""]
    page = "\n".join(head) + "\n" + _spaced(_plain(text)) + "\n" + "\n".join(lines) + "\n"
    return Case(text.id, "comments", page.encode(), (text,))


def live(text: Text) -> Case:
    """Entries with their hours, newest first."""
    shown = [line for entry in entries(text) for line in (entry, "")]
    around = text.around
    head = [*around["menu"][:4], "", text.title, "", f"{text.printed} 18:00", "", around["live"], ""]
    page = "\n".join([*head, *shown, *around["share"], *footer(text)]) + "\n"
    return Case(text.id, "live-blog", page.encode(), (text,), frozenset({"title", "date"}))


def print_view(text: Text) -> Case:
    around = text.around
    head = [
        f"{around['printed'].format(outlet=text.outlet)} | {text.address}",
        "",
        text.outlet,
        "",
        text.title,
        "",
    ]
    body = [around["by"].format(author=text.author), text.printed, *_plain(text)]
    foot = ["", text.address, "1/2", *footer(text)[-1:]]
    page = "\n".join(head) + "\n" + _spaced(body) + "\n".join(foot) + "\n"
    return Case(text.id, "print-view", page.encode(), (text,))


def several(one: Text, other: Text) -> Case:
    """Two articles in one file, parted by a rule of signs."""
    pages = [
        "\n".join([text.title, text.printed, text.around["by"].format(author=text.author), ""])
        + "\n"
        + _spaced(_plain(text))
        for text in (one, other)
    ]
    return Case(
        f"{one.id} {other.id}", "several", ("\n" + "=" * 40 + "\n").join(pages).encode(), (one, other)
    )


SHAPES: tuple[Callable[[Text], Case | Iterator[Case] | None], ...] = (
    browser, crlf, legacy, wrapped, mail, pdf, ocr, phone, comments, live, print_view,
)  # fmt: skip


def dumps(all_texts: tuple[Text, ...]) -> Iterator[Case]:
    """Yield every text case, shape by shape."""
    for shape in SHAPES:
        for text in all_texts:
            made = shape(text)
            if isinstance(made, Case):
                yield made
            elif made is not None:
                yield from made
    for one, other in zip_longest(all_texts[0:6:2], all_texts[1:6:2]):
        yield several(one, other)
