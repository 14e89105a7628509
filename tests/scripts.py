"""Random edits of a small archive on disk, as a person, an editor or git would make them."""

from __future__ import annotations

import os
import random
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.make import article, write

ACTORS = """\
[[actor]]
id = "harbour-council"
name = "Harbour Council"
aliases = ["the Council"]

[[actor]]
id = "ann-bell"
name = "Ann Bell"
kind = "person"
"""
TOPICS = '[[topic]]\nid = "ferries"\nname = "Ferries"\nwords = ["ferry"]\n'
SETTINGS = 'title = "Small"\nper_page = 3\n'
WORDS = [
    "ferry",
    "harbour",
    "winter",
    "council",
    "crossing",
    "timetable",
    "storm",
    "quay",
    "lantern",
    "rope",
    "engine",
    "signal",
]
PAGE = (
    '{% extends "base.html" %}{% block main %}<h1>{{ view.title }}</h1>{{ body.html|html }}{% endblock %}\n'
)

Edit = Callable[[random.Random, Path], None]


def archive(root: Path, chance: random.Random, articles: int = 7) -> Path:
    """Write a small archive with everything that an edit may touch."""
    write(
        root,
        {
            "sitegen.toml": SETTINGS,
            "content/actors.toml": ACTORS,
            "content/topics.toml": TOPICS,
            "content/pages/about.md": "---\ntitle: About\n---\n\nOn it.\n",
            "content/media/quay.png": png(3, 2),
            "content/notes/shed.png": png(1, 1),
        },
    )
    for _ in range(articles):
        add(chance, root)
    return root


def png(width: int, height: int, shade: int = 0) -> bytes:
    """Return a whole little picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def articles_of(root: Path) -> list[Path]:
    places = (root / "content/articles", root / "content/notes")
    return sorted(p for place in places for p in place.rglob("*.md"))


def one(chance: random.Random, root: Path) -> Path:
    return chance.choice(articles_of(root) or [add(chance, root)])


def text(chance: random.Random) -> str:
    words = [" ".join(chance.choices(WORDS, k=chance.randint(5, 30))).capitalize() + "." for _ in range(3)]
    extra = (
        "![quay](../../../media/quay.png)",
        "![shed](shed.png)",
        "See [it](../notes/n1.md).",
        "## Part\n\nMore.",
    )
    return "\n\n".join((*words, *chance.sample(extra, chance.randint(0, 2))))


def add(chance: random.Random, root: Path) -> Path:
    date = chance.choice(
        ("2018-02-07", "2018-02-07T10:20", "2018-02", "2018-03-01", "2017", "2017-02-07", "")
    )
    number = chance.randint(0, 99)
    known = {
        "actors": ("harbour-council", "Ann Bell", "the Council", "nato", "Nobody Known"),
        "topics": ("ferries", "Storms", "politics"),
        "tags": ("rope", "Rope", "quay side"),
    }
    fields: dict[str, object] = {
        name: tuple(chance.sample(of, chance.randint(0, len(of)))) for name, of in known.items()
    }
    fields["source"] = chance.choice((None, "The Harbour Post", "harbour post"))
    fields["place"] = chance.choice((None, "Riga, Latvia", "Nowhere"))
    fields["added"] = chance.choice((None, "2020-01-02T03:04:05Z"))
    fields["lang"] = chance.choice((None, "de"))
    folder = chance.choice(("articles/2018/02", "articles/undated", "notes"))
    title = f"{chance.choice(WORDS)} {chance.choice(WORDS)}".capitalize()
    path = root / "content" / folder / f"n{number}.md"
    write(root, {str(path.relative_to(root)): article(title, text(chance), date, **fields)})
    return path


def body(chance: random.Random, root: Path) -> None:
    path = one(chance, root)
    path.write_text(path.read_text() + "\n" + text(chance) + "\n")


def head(chance: random.Random, root: Path) -> None:
    path = one(chance, root)
    line = chance.choice(
        (
            f"title: Another {chance.choice(WORDS)}",
            "tags: [rope, new]",
            "actors: [ann-bell, harbour-council]",
            "topics: [ferries]",
            "draft: true",
            "private: true",
            "draft: false",
            "aliases: [/old/, /2018/02/n1/]",
            "slug: own",
            "date: 2016-05-06",
            "source: The Evening Post",
            "place: Bonn",
            "summary: In short.",
            "related: [Harbour winter]",
        )
    )
    lines = [x for x in path.read_text().split("\n") if not x.startswith(line.partition(":")[0] + ":")]
    path.write_text("\n".join([lines[0], line, *lines[1:]]))


def break_it(chance: random.Random, root: Path) -> None:
    one(chance, root).write_text("---\ntitle: [x\n---\n\nText.\n")


def rename(chance: random.Random, root: Path) -> None:
    path = one(chance, root)
    path.rename(path.with_name(f"r{chance.randint(0, 20)}.md"))


def move(chance: random.Random, root: Path) -> None:
    path = one(chance, root)
    target = (
        root / "content" / chance.choice(("articles/2017/11", "notes/deep", "articles/undated")) / path.name
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)


def swap(chance: random.Random, root: Path) -> None:
    a, b, between = one(chance, root), one(chance, root), root / "between"
    if a != b:
        a.rename(between)
        b.rename(a)
        between.rename(b)


def swap_same_times(chance: random.Random, root: Path) -> None:
    """Two files of one size and time change places: only the inode tells."""
    a, b = one(chance, root), one(chance, root)
    for path in (a, b):
        os.utime(path, ns=(10**18, 10**18))
    swap(chance, root)


def delete(chance: random.Random, root: Path) -> None:
    one(chance, root).unlink()


def touch(chance: random.Random, root: Path) -> None:
    os.utime(one(chance, root))


def same_size_and_time(chance: random.Random, root: Path) -> None:
    path = one(chance, root)
    before, content = path.stat(), path.read_bytes()
    path.write_bytes(content.replace(b"harbour", b"rabbits").replace(b"storm", b"moths"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def template(chance: random.Random, root: Path) -> None:
    path = root / "templates" / chance.choice(("page.html", "parts/searchbox.html", "404.html"))
    if path.exists():
        path.unlink()
    else:
        made = PAGE if path.name == "page.html" else f"<p>{chance.random()}</p>\n"
        write(root, {str(path.relative_to(root)): made})


def asset(chance: random.Random, root: Path) -> None:
    write(
        root, {f"templates/assets/{chance.choice(('tokens.css', 'own.css'))}": f"/* {chance.random()} */\n"}
    )


def setting(chance: random.Random, root: Path) -> None:
    line = chance.choice(
        (
            'title = "Other"', 'lang = "de"', "per_page = 1", "per_page = 50", "search = false",
            'base_url = "https://example.org/x"', "noindex = false", 'feeds = "full"', 'author = "A. Reader"',
            "[theme]\nmarkdown = false", "",
        )
    )  # fmt: skip
    write(root, {"sitegen.toml": f"{'' if 'title' in line or 'per' in line else SETTINGS}{line}\n"})


def vocabulary(chance: random.Random, root: Path) -> None:
    name, shown = chance.choice((("actors", ACTORS), ("topics", TOPICS)))
    old, new = chance.choice(
        (
            ("Harbour Council", "Council of the Harbour"),
            ('kind = "person"', 'kind = "party"'),
            ("the Council", "Nobody Known"),
            ('id = "ann-bell"', 'id = "bell"\nwas = ["ann-bell"]'),
            ('name = "Ferries"', 'name = "Boats"'),
            ('name = "Ferries"', 'name = "Ferries"\nhidden = true'),
            ("x", "x"),
        )
    )
    write(root, {f"content/{name}.toml": shown.replace(old, new)})


def sources(chance: random.Random, root: Path) -> None:
    name = chance.choice(("The Harbour Post", "Harbour Post Daily"))
    write(
        root,
        {"content/sources.toml": f'[[source]]\nid = "post"\nname = "{name}"\naliases = ["harbour post"]\n'},
    )


def media(chance: random.Random, root: Path) -> None:
    path = root / chance.choice(("content/media/quay.png", "content/notes/shed.png"))
    write(root, {str(path.relative_to(root)): png(chance.randint(1, 9), 3, chance.randint(0, 9))})


def same_media(chance: random.Random, root: Path) -> None:
    """Another picture of the same size, with the time of the old one."""
    path = root / "content/media/quay.png"
    if path.exists():
        content, before = path.read_bytes(), path.stat()
        path.write_bytes(content[:-20] + bytes([chance.randint(0, 255)]) + content[-19:])
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def media_gone(chance: random.Random, root: Path) -> None:
    (root / chance.choice(("content/media/quay.png", "content/notes/shed.png"))).unlink(missing_ok=True)


def free_page(chance: random.Random, root: Path) -> None:
    path = root / "content/pages" / chance.choice(("about.md", "method.md", "search.md"))
    if path.exists() and chance.random() < 0.4:
        path.unlink()
    else:
        write(
            root,
            {str(path.relative_to(root)): f"---\ntitle: {chance.choice(WORDS)}\n---\n\n{text(chance)}\n"},
        )


def folder_renamed(chance: random.Random, root: Path) -> None:
    notes, other = root / "content/notes", root / "content/vault"
    if notes.exists() and not other.exists():
        notes.rename(other)
    elif other.exists() and not notes.exists():
        other.rename(notes)


def restored(chance: random.Random, root: Path) -> None:
    """A copy of an article comes back with its old time, as from a backup."""
    path = one(chance, root)
    copy = root / "backup"
    shutil.copy2(path, copy)
    path.unlink()
    copy.rename(path)


EDITS: tuple[Edit, ...] = (
    lambda chance, root: add(chance, root) and None,
    body, head, head, head, break_it, rename, move, swap, swap_same_times, delete, touch, same_size_and_time,
    template, asset, setting, vocabulary, sources, media, same_media, media_gone, free_page, folder_renamed,
    restored,
)  # fmt: skip
