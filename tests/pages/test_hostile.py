"""Whatever an article's fields hold, a page shows it as text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import urlsplit

import html5lib
import pytest
from msgspec.structs import replace

from sitegen.model import Actor, Dropped, Quote, Topic
from sitegen.pages.views import FreePage
from sitegen.vocabulary import vocabulary
from tests.pages.sites import ACTORS, HOSTILE, TOPICS, MadeSite, article, hostile_article, renderer, site

pytestmark = pytest.mark.quick

XHTML = "{http://www.w3.org/1999/xhtml}"
SCRIPTS = ("/assets/site.js", "/search/directory.js")


def hostile_site() -> MadeSite:
    made = site(
        hostile_article(), *(article(n) for n in range(5)), title=HOSTILE, description=HOSTILE, author=HOSTILE
    )
    actors = (*ACTORS, Actor("x", HOSTILE, aliases=(HOSTILE + "2",), description=HOSTILE, parent="ada-quill"))
    topics = (*TOPICS, Topic("y", HOSTILE, description=HOSTILE, parent="probes"))
    key = next(e.key for e in made.library.entries if e.front.title == HOSTILE)
    quotes = ((key, (Quote("x", HOSTILE, 1, HOSTILE), Quote("ada-quill", HOSTILE, 1))),)
    free = (FreePage("about", HOSTILE, HOSTILE, HOSTILE),)
    place = next(iter(made.library.places))
    return replace(
        made, words=vocabulary(actors, topics), quotes=quotes, free=free, coordinates=((place, (10.0, 20.0)),)
    )


def _own(source: str) -> bool:
    return source.startswith((".", "/")) and (source.endswith(SCRIPTS) or "/assets/search" in source)


def elements(text: str) -> Iterator[ET.Element]:
    tree = html5lib.parse(text, treebuilder="etree")
    return (e for e in tree.iter() if isinstance(e.tag, str))


def faults(path: str, text: str) -> Iterator[str]:
    for element in elements(text):
        tag = element.tag.rpartition("}")[2]
        if tag == "script" and not _own(str(element.get("src"))):
            yield f"{path}: a script"
        if tag in ("iframe", "object", "embed", "style", "base", "template", "math", "foreignObject"):
            yield f"{path}: <{tag}>"
        for name, value in element.attrib.items():
            local = str(name).rpartition("}")[2]
            if local.startswith("on") or local == "style":
                yield f"{path}: {local}={value!r}"
            if local in ("href", "src", "action"):
                scheme = urlsplit(value.strip()).scheme
                if scheme not in ("", "http", "https"):
                    yield f"{path}: {local}={value!r}"
            if local == "src" and "://" in value:
                yield f"{path}: loads {value!r}"


def test_no_field_becomes_a_tag_an_attribute_or_an_address() -> None:
    files = hostile_site().files()
    found = [f for path, text in files.items() if path.endswith(".html") for f in faults(path, text)]
    assert found == []


def test_no_field_is_read_as_a_template() -> None:
    assert not any("49" in text and "{{ 7*7 }}" not in text for text in hostile_site().files().values())


def test_feeds_sitemap_and_pictures_stay_well_formed() -> None:
    for path, text in hostile_site().files().items():
        if path.endswith((".xml", ".svg")):
            ET.fromstring(text)


def test_output_paths_are_plain() -> None:
    for path in hostile_site().plan():
        assert all(part and part not in (".", "..") for part in path.split("/")), path
        assert path.isascii()


def test_removed_lines_are_shown_as_text() -> None:
    made = hostile_site()
    page = next(p for p in made.plan().values() if p.kind == "article")
    from sitegen.pages.bodies import render_body

    bodies = {page.bodies[0]: render_body("Text.")}
    text = renderer(made.config).render(
        page.path, page.kind, page.template, page.view(), bodies, (Dropped(1, HOSTILE, HOSTILE),)
    )
    assert list(faults(page.path, text.decode())) == []


def test_every_page_carries_the_policy() -> None:
    for path, text in site().files().items():
        if path.endswith(".html"):
            assert '<meta http-equiv="Content-Security-Policy" content="default-src \'self\';' in text


def test_nothing_is_inline() -> None:
    for path, text in site().files().items():
        if path.endswith(".html"):
            assert "<style" not in text
            assert " style=" not in text
            assert "<script>" not in text
