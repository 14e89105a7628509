"""Pages and feeds: the same articles as HTML, as a browser saves them, and as a feed holds them whole."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tests.intake.shapes.texts import Case, Text, footer


def as_html(text: Text) -> str:
    """Return the text's own markup: paragraphs, sub-headings, lists."""
    made: list[str] = []
    for block in text.body:
        if block.startswith("## "):
            made.append(f"<h2>{escape(block[3:])}</h2>")
        elif block.startswith("- "):
            made.append(f"<li>{escape(block[2:])}</li>")
        else:
            made.append(f"<p>{escape(block)}</p>")
    joined = "\n".join(made)
    return joined.replace("</p>\n<li>", "</p>\n<ul>\n<li>").replace("</li>\n<p>", "</li>\n</ul>\n<p>")


def page(text: Text) -> Case:
    """Return a page that says of itself what it is only in part: the byline stands in its text."""
    around = text.around
    direction = ' dir="rtl"' if text.lang == "ar" else ""
    links = "".join(f'<li><a href="/{n}">{escape(word)}</a></li>' for n, word in enumerate(around["menu"]))
    teasers = "".join(f'<li><a href="/t{n}">{escape(t)}</a></li>' for n, t in enumerate(around["teasers"]))
    said = "".join(
        f'<div class="comment"><b>{escape(who)}</b><p>{escape(what)}</p><a>{around["reply"][0]}</a></div>'
        for who, what in around["said"]
    )
    made = f"""<!doctype html>
<html lang="{text.lang}"{direction}>
<head><meta charset="utf-8"><title>{escape(text.title)} | {escape(text.outlet)}</title>
<link rel="canonical" href="{text.address}">
<meta property="og:site_name" content="{escape(text.outlet)}">
</head>
<body>
<header><a href="/">{escape(text.outlet)}</a><nav><ul>{links}</ul></nav></header>
<main><article>
<h1>{escape(text.title)}</h1>
<p class="byline">{escape(around["by"].format(author=text.author))}</p>
<time datetime="{text.date}">{escape(text.printed)}</time>
<div class="share">{"".join(f'<a href="#">{escape(w)}</a> ' for w in around["share"])}</div>
{as_html(text)}
</article>
<aside><h3>{escape(around["related"])}</h3><ul>{teasers}</ul></aside>
<section id="comments"><h3>{escape(around["comments"])}</h3>{said}</section>
</main>
<footer>{"".join(f"<p>{escape(line)}</p>" for line in footer(text))}</footer>
</body></html>
"""
    return Case(
        text.id, "html", made.encode(), (text,), frozenset({"title", "date", "author", "lang"}), "page.html"
    )


def feed(texts: tuple[Text, ...]) -> Case:
    """Return a full-text feed of some articles."""
    items = "".join(
        f"""<item><title>{escape(text.title)}</title><link>{text.address}</link>
<dc:creator>{escape(text.author)}</dc:creator><pubDate>{text.date}T09:00:00+00:00</pubDate>
<content:encoded><![CDATA[{as_html(text)}
<p><a href="{text.address}">{escape(text.around["share"][0])}</a></p>]]></content:encoded>
</item>
"""
        for text in texts
    )
    first = texts[0]
    made = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{escape(first.outlet)}</title><link>https://{first.host}/</link>
{items}</channel></rss>
"""
    return Case(" ".join(t.id for t in texts), "full-text-rss", made.encode(), texts, file="feed.xml")


def pages(texts: tuple[Text, ...]) -> Iterator[Case]:
    for text in texts:
        yield page(text)
    for lang in dict.fromkeys(text.lang for text in texts):
        yield feed(tuple(text for text in texts if text.lang == lang))
