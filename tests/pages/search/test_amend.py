"""The run of a block with some articles edited is the same, made from the run before or anew."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.pages.search import amended, digests_of, index_block, places_of_edits
from sitegen.pages.search.documents import Named, SearchDoc
from sitegen.text import digest

pytestmark = pytest.mark.quick

WORDS = st.sampled_from(
    ["moon", "Moons", "the", "of", "lunar", "U.S.", "don't", "Müller", "漢字帳", "x" * 70, "\ud800"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=6).map(". ".join)
NAMES = st.sampled_from(["", "Ann Bell", "Moon Agency", "Müller"])


@st.composite
def articles(draw, at):
    name = draw(NAMES)
    named = (Named(digest(name.encode()), name, ("Lunar Office",)),) if name else ()
    title, text = draw(TEXTS), draw(TEXTS)
    made_from = digest(repr((at, title, text, name)).encode("utf-8", "surrogatepass"))
    return SearchDoc(f"2020/{at}", title, made_from, actors=named, authors=(name,) if name else ()), text


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_an_amended_run_is_that_of_the_block_indexed_anew(data):
    count = data.draw(st.integers(2, 9))
    made = [data.draw(articles(at)) for at in range(count)]
    run = index_block([doc for doc, _ in made], {doc.key: text for doc, text in made})
    changed = data.draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=count // 2))
    for at in changed:
        made[at] = data.draw(articles(at))
    docs, texts = [doc for doc, _ in made], {doc.key: text for doc, text in made}
    places = places_of_edits(digests_of(run), [d.digest for d in docs])
    assert set(places) <= changed
    again = amended(run, docs, places, {docs[at].key: texts[docs[at].key] for at in places})
    assert again == index_block(docs, texts)


def test_a_run_of_other_articles_is_of_no_use():
    docs = [SearchDoc(f"2020/{at}", "Moon", digest(b"%d" % at)) for at in range(9)]
    run = index_block(docs, dict.fromkeys([d.key for d in docs], "text"))
    before = digests_of(run)
    assert before == [d.digest for d in docs]
    assert places_of_edits(before, before[1:]) == ()
    assert places_of_edits(before, [""] * 9) == ()
    assert places_of_edits(before, ["", *before[1:]]) == (0,)
