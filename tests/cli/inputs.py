"""Pages to add, written by us: each with its own words."""

from __future__ import annotations

SUBJECTS = ("ferry", "lighthouse", "tram", "orchard", "observatory", "archive", "granary", "tannery")


def page(number: int, *, url: str | None = None, title: str | None = None, extra: str = "") -> str:
    """Return a saved page; two of different numbers share no sentence."""
    what = SUBJECTS[number % len(SUBJECTS)]
    title = title or f"Council number {number} reopens the {what}"
    address = url or f"https://post.example/2019/05/{number}"
    sentences = [
        f"The {what} of district {number} opened again on Tuesday after {number + 3} months of repairs.",
        f"Engineers replaced {number * 7 + 2} of its beams, district {number} said in a letter.",
        f"Some {number * 11 + 40} residents came to see the {what}, {number + 5} of them until dusk.",
        f"A second stage of the works on the {what}, worth {number + 1} million crowns, begins soon.",
    ]
    text = "".join(f"<p>{s}</p>\n" for s in sentences)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - The Harbour Post</title>
<link rel="canonical" href="{address}">
<meta property="article:published_time" content="2019-05-{number % 27 + 1:02d}T09:00:00+00:00">
<meta property="og:site_name" content="The Harbour Post"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><article><h1>{title}</h1>
{text}{extra}</article></main>
<footer><p>Copyright The Harbour Post</p></footer></body></html>
"""
