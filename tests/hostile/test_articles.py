"""Hostile articles: what they say can be read in the site, and nothing in it acts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.hostile.site import Built, build, dangers

HEAD = "---\ntitle: {title}\ndate: 2017-05-04\n---\n\n{body}\n"
GOOD = {"content/good.md": HEAD.format(title="Calm waters", body="Nothing at all happened on the lake.")}

BODIES = {
    "script": "Before <script>go(1)</script> the lake.",
    "handler": '<p title="x" onpointerdown="go(2)">the lake</p>',
    "unclosed tag": "the lake <b data-x='",
    "comment and cdata": "<!-- x --!><![CDATA[ ]]><plaintext> the lake",
    "foreign markup": "<svg><style><!--</style><i id='--><b onload=go(3)>'></svg> the lake",
    "script address": "[the lake](javascript:go(4)) and [b](JaVa\tScRiPt:go(4))",
    "entity address": "[the lake](java&#115;cript&colon;go(5)) [x](&#x01;javascript:go(5))",
    "reference address": '[the lake][r]\n\n[r]: vbscript:go(6) "t"',
    "auto address": "<javascript:go(7)> the lake <data:text/html,hi>",
    "picture elsewhere": "![the lake](https://tracker.example/pixel.png) ![x](//tracker.example/y.gif)",
    "picture that is text": "![the lake](data:image/svg+xml,<svg/onload=go(8)>)",
    "picture quotes": '![the lake" onerror="go(9)](https://a.example/x.png "t\' onload=go(9)")',
    "attribute list": "the lake {: onclick=go(10) style=color:red id=forms }",
    "template marks": "{{ 9801 * 9801 }} {% raw %} ${7*7} <%= 7 %> the lake",
    "nested quotes": "> " * 2000 + "the lake",
    "nested lists": "\n".join("    " * n + "- x" for n in range(120)) + "\n\nthe lake",
    "markers in one block": "\\" * 60_000 + " the lake",
    "brackets": "[" * 30_000 + " the lake",
    "rules": "---\n" * 8000 + "\nthe lake",
    "empty items": "- \n" * 8000 + "\nthe lake",
    "open fences": "```a\n" * 8000 + "\nthe lake",
    "headings": "# x\n\n" * 3000 + "the lake",
    "one word": "word " * 200_000 + "\n\nthe lake",
    "controls": "a\x00b\x0b\x7f\ufffe\uffff the lake",
    "fence language": '```"><img src=x onerror=go(11)>\nx\n```\n\nthe lake',
    "footnote name": 'the lake[^"><i onclick=go(12)>]\n\n[^"><i onclick=go(12)>]: x',
    "table": '|a|b|\n|:-"onclick=go(13)|-|\n|<script>|the lake|',
    "stash marks": "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 the lake",
}


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Built:
    names = {name: f"Case {number}" for number, name in enumerate(BODIES)}
    files = {
        f"content/{names[name].replace(' ', '-')}.md": HEAD.format(
            title=names[name], body=body + f"\n\nThe last line of {names[name]} is this.\n"
        )
        for name, body in BODIES.items()
    }
    return build(tmp_path_factory.mktemp("bodies"), {**GOOD, **files})


def test_no_body_puts_anything_that_acts_into_the_site(bodies: Built) -> None:
    assert bodies.code == 0, bodies.said
    assert dangers(bodies) == []
    assert not bodies.bytes_hold("96059601")


@pytest.mark.parametrize("number", range(len(BODIES)), ids=list(BODIES))
def test_a_body_can_be_read_to_its_last_line(bodies: Built, number: int) -> None:
    page = bodies.pages[f"2017/05/case-{number}/index.html"]
    assert "the lake" in page
    assert f"The last line of Case {number} is this." in page


def _field(name: str, value: object) -> str:
    return f"---\ntitle: Fields\ndate: 2017-05-04\n{name}: {json.dumps(value)}\n---\n\nAt the lake.\n"


FIELDS = {
    "markup in a name": ("actors", ["<img src=x onerror=go(1)>\"'"]),
    "markup in a tag": ("tags", ["</title><script>go(2)</script>"]),
    "markup in a place": ("place", "<b onclick=go(3)>Ur"),
    "address that acts": ("url", "javascript:go(4)//https://a.example"),
    "address without a scheme": ("url", "//a.example/x"),
    "language": ("lang", 'en" onload="go(5)'),
    "device names": ("tags", ["aux", "NUL", "com7"]),
    "no letters": ("tags", ["\U0001f300", "\u202e\u2066", "???"]),
    "reading order": ("authors", ["gnp\u202egpj.exe", "a\u2067b"]),
    "controls": ("summary", "a\u0000b\u001b[31m\ud800\uffff"),
    "address above": ("slug", "../../../etc/x"),
    "long slug": ("slug", "long " * 500),
    "read more": ("related", [{"title": "<i>x", "url": "data:text/html,x"}]),
    "highlight": ("highlights", [{"quote": "<b>lake</b>\u202e", "note": "<script>"}]),
    "dateline": ("dateline", "<svg onload=go(6)>"),
}


@pytest.mark.parametrize("name", list(FIELDS))
def test_a_field_is_shown_as_text_and_acts_nowhere(tmp_path: Path, name: str) -> None:
    made = build(tmp_path, {**GOOD, "content/fields.md": _field(*FIELDS[name])})
    assert made.shows("At the lake.") or "content/fields.md" in made.said
    assert made.shows("Nothing at all happened")
    assert dangers(made) == []
    assert all(p.is_relative_to(tmp_path) for p in tmp_path.rglob("*"))


HEADS = {
    "nested yaml": "---\ntitle: " + "[" * 5000 + "\n---\n",
    "aliases in yaml": "---\na: &a [x, x]\nb: [*a, *a]\n---\n",
    "python tag": "---\ntitle: !!python/object/apply:os.getcwd []\n---\n",
    "never closed": "---\ntitle: x\n",
    "digits in json": '{"title": "x", "n": ' + "1" * 6000 + "}\n",
    "nested json": '{"title": "x", "tags": ' + "[" * 900 + "]" * 900 + "}\n",
    "broken json": '{"title": "x", "private": true\n\nhidden',
    "dotted toml": "+++\n" + ".".join(["a"] * 5000) + " = 1\n+++\n",
    "digits in toml": "+++\nn = " + "1" * 6000 + "\n+++\n",
    "too many tags": f"---\ntitle: x\ntags: {json.dumps([f't{n}' for n in range(5000)])}\n---\n",
    "alias above": "---\ntitle: x\naliases: [../../x, /a/../../y]\n---\n",
    "no utf-8": b"---\ntitle: x\n---\n\n\xff\xfe\x00",
    "a map for a text": "---\ntitle: {a: b}\n---\n",
}


@pytest.mark.parametrize("name", list(HEADS))
def test_a_head_that_cannot_be_read_is_named_and_left_out(tmp_path: Path, name: str) -> None:
    made = build(tmp_path, {**GOOD, "content/head.md": HEADS[name]})
    assert made.code == 1
    assert "content/head.md" in made.said
    assert max(map(len, made.said.split("\n"))) < 3000
    assert made.shows("Nothing at all happened")
    assert dangers(made) == []


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Mine\nprivate: true\n---\n",
        "\n\n---\ntitle: Mine\nprivate: true\n---\n",
        "\ufeff\ufeff---\nPrivate: yes\n---\n",
        "---\rtitle: Mine\rprivate: true\r---\r",
        "author: Me\nprivate: true\ntitle: Mine\n\n",
        '{"private": true}\n',
        "+++\nprivate = true\n+++\n",
        "---\nprivate: perhaps\n---\n",
    ],
)
def test_private_text_is_nowhere_in_the_site(tmp_path: Path, head: str) -> None:
    body = "The quiet heron waits. ![h](heron.png)\n"
    files: dict[str, str | bytes] = {
        **GOOD,
        "content/mine.md": head + body,
        "content/heron.png": b"heron bytes",
    }
    made = build(tmp_path, files)
    assert not made.bytes_hold("heron")
    assert not made.bytes_hold("Mine")


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_links_and_pipes_bring_nothing_into_the_site(tmp_path: Path) -> None:
    root, outside = tmp_path / "archive", tmp_path / "outside.png"
    outside.write_text("bytes beyond the fence")
    pictures = "".join(f"![x]({name}.png)\n\n" for name in ("out", "text", "pipe", "self", "kept"))
    files: dict[str, str | bytes] = {
        "content/pictures.md": HEAD.format(title="Pictures", body=pictures + "By the lake."),
        "content/mine.md": "---\ntitle: M\nprivate: true\n---\nThe quiet heron.\n",
        "content/originals/ab/abcd.md": "---\ntitle: M\n---\nThe quiet heron.\n",
        "content/real.png": b"real bytes",
        "content/media/set.png": b"set bytes",
        "content/set.md": HEAD.format(title="Set", body="![x](media/set.png)"),
        "content/pages/about.md": "# About\n\nOf this.\n",
    }
    build(root, {**GOOD, **files})
    for name, target in {
        "out.png": outside,
        "text.png": root / "content/mine.md",
        "self.png": root / "content/self.png",
        "kept.png": root / "content/real.png",
        "out.md": outside,
        "base.md": root / "content/originals/ab/abcd.md",
        "zero.md": "/dev/zero",
        "gone.md": "/nowhere",
        "up": "..",
        "pages/out.md": outside,
        "inbox/out.txt": outside,
    }.items():
        (root / "content" / name).parent.mkdir(exist_ok=True)
        (root / "content" / name).symlink_to(target)
    os.mkfifo(root / "content/pipe.png")
    os.mkfifo(root / "content/pipe.md")
    made = build(root, {})
    assert made.shows("By the lake.")
    assert made.shows("Of this.")
    assert made.bytes_hold("real bytes")
    assert made.bytes_hold("set bytes")
    assert not made.bytes_hold("beyond the fence")
    assert not made.bytes_hold("heron")
    for name in ("out.md", "base.md", "zero.md", "gone.md", "pipe.md", "pages/out.md", "inbox/out.txt"):
        assert f"content/{name}" in made.said
    assert dangers(made) == []


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_names_of_files_do_no_harm(tmp_path: Path) -> None:
    names = [
        "a\nb.md",
        "-rf.md",
        "$(x).md",
        "x'\"<b>.md",
        "aux.md",
        "\u202edm.md",
        "CASE.MD",
        "case.markdown",
    ]
    files: dict[str, str | bytes] = {
        f"content/{n}": f"---\ntitle: T{i}\n---\nlake {i}\n" for i, n in enumerate(names)
    }
    build(tmp_path, {**GOOD, **files})
    with open(os.fsencode(tmp_path / "content") + b"/\xff\x1b[2J.md", "w") as file:
        file.write("lake\n")
    made = build(tmp_path, {})
    assert all(made.shows(f"lake {number}") for number in range(len(names)))
    assert "\x1b" not in made.said
    assert "\\xff" in made.said
    assert dangers(made) == []


def test_two_articles_of_one_address_are_both_published(tmp_path: Path) -> None:
    pairs = [
        ("a/x.md", "A/x.md"),
        ("b/caf\u00e9.md", "b/cafe\u0301.md"),
        ("c/\U0001f300.md", "d/\U0001f300.md"),
    ]
    files = {
        f"content/{name}": f"---\ntitle: Two\ndate: 2017-05-04\n---\nlake {row} {column}\n"
        for row, pair in enumerate(pairs)
        for column, name in enumerate(pair)
    }
    made = build(tmp_path, {**GOOD, **files})
    assert all(made.shows(f"lake {row} {column}") for row in range(len(pairs)) for column in range(2))
    assert dangers(made) == []
