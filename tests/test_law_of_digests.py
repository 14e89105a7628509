"""Two pages of one path with equal digests are equal: no digest forgets what its view is made from.

Each run takes a random archive through random edits and keeps every page it has seen by path and
digest. One that comes again with the same digest must show the same, whatever lies between.
"""

from __future__ import annotations

import random

import pytest
from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.columns import BLOCK, KeptEntries, packed
from sitegen.model import Facts
from sitegen.pages import pairs
from sitegen.pages.memory import Memory
from sitegen.pages.page import Context, Page, context
from sitegen.pages.plan import pages_of
from sitegen.run.plans import Quotes, edit_of, plan_of
from sitegen.run.state import Seen
from tests.worlds import World, edit, merged, world

Shown = tuple[object, ...]


def around_of(of: World, memory: Memory) -> Context:
    library = of.library()
    return context(
        library,
        of.config,
        of.free,
        memory=memory,
        media=dict(of.media),
        quotes=Quotes(library),
        coordinates={i: at for i, at in of.coordinates if i in library.places},
    )


def plan(of: World, memory: Memory | None = None) -> list[Page]:
    return list(pages_of(around_of(of, memory or Memory()), of.free))


def small_edit(chance: random.Random, of: World) -> tuple[World, list[Facts]]:
    """Give one or two articles another title or text, and say what they are now."""
    now, changed = list(of.facts), []
    for at in chance.sample(range(len(now)), min(len(now), chance.choice((1, 1, 2)))):
        title = chance.choice((now[at].front.title, "Title 1", "Title 2", f"Another {chance.random()}"))
        front = replace(now[at].front, title=title, summary=chance.choice((None, "In short.")))
        excerpt = front.summary or chance.choice((now[at].excerpt, f"Text {chance.random()}."))
        now[at] = replace(
            now[at], front=front, excerpt=excerpt, digest=str(chance.random()), words=chance.choice((1, 500))
        )
        changed.append(now[at])
    return replace(of, facts=tuple(now)), changed


def all_of(page: Page, of: World) -> Shown:
    """Return all that the bytes of a page are made from, besides templates and settings."""
    by_key = of.library().by_key if page.bodies else {}
    bodies = [(k, by_key[k].facts.digest, by_key[k].facts.account) for k in page.bodies]
    if page.kind != "article":
        bodies = [(k, text) for k, text, _ in bodies]  # type: ignore[misc]
    return (page.kind, page.template, bodies, page.view())


def difference(one: object, other: object, at: str = "") -> str:
    """Return where two values differ first."""
    if type(one) is type(other) and isinstance(one, Struct):
        names = [name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name)]
        return difference(getattr(one, names[0]), getattr(other, names[0]), f"{at}.{names[0]}")
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)) and len(one) == len(other):
        n = next(n for n in range(len(one)) if one[n] != other[n])
        return difference(one[n], other[n], f"{at}[{n}]")
    return f"{at}: {one!r} is not {other!r}"


def walk(seed: int, edits: int, articles: int) -> tuple[int, list[str]]:
    """Take one archive through its edits; return how many pages came again, and what was forgotten."""
    chance = random.Random(seed)
    now, seen, again, faults = world(chance, articles), {}, 0, []
    for step in range(edits):
        name, now = ("", now) if step == 0 else edit(chance, now)
        for page in plan(now):
            shows = all_of(page, now)
            before = seen.setdefault((page.path, page.digest), shows)
            again += before is not shows
            if before != shows:
                where = difference(before, shows)
                faults.append(f"seed {seed}, edit {step} ({name}): {page.path} ({page.kind}) {where}")
    return again, faults


@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=pytest.mark.quick) if n < 12 else n for n in range(60)]
)
def test_equal_digests_mean_equal_pages(seed: int) -> None:
    again, faults = walk(seed, edits=12, articles=1 + seed % 9)
    assert again > 20, "the edits leave nothing to compare"
    assert not faults, "\n".join(faults[:5])


def replanned(before: World, after: World, changed: list[Facts], memory: Memory) -> list[Page] | None:
    """Return the pages that an edit touches, as they are planned by what was kept of the plan before."""
    around = around_of(before, memory)
    [*pages_of(around, before.free)]
    plan = plan_of("", around, before.free)
    parts = [packed(plan.entries[low : low + BLOCK]) for low in range(0, len(plan.entries), BLOCK)]
    told = {facts.path: facts for facts in before.facts}
    entries = KeptEntries.of((of_all for of_all, _ in parts), lambda number: parts[number][1], told)
    edit = edit_of(replace(plan, entries=entries), (Seen(f.path, f) for f in changed), after.config)
    if edit is None:
        return None
    return list(pages_of(edit.context(after.config, Memory(memory.used)), before.free))


@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=pytest.mark.quick) if n < 8 else n for n in range(40)]
)
def test_a_plan_of_an_edit_is_that_of_the_whole(seed: int, any_two: None) -> None:
    chance = random.Random(seed)
    now, taken = world(chance, 3 + seed % 9), 0
    for _ in range(30):
        if chance.random() < 0.3:
            now = edit(chance, now)[1]
        plain = (replace(f, links=()) if chance.random() < 0.5 else f for f in now.facts)
        now = replace(now, facts=tuple(plain))
        after, changed = small_edit(chance, now)
        if (touched := replanned(now, after, changed, Memory())) is not None:
            taken += 1
            new = {page.path: page for page in plan(after)}
            kept = {page.path: page.digest for page in plan(now)}
            kept.update((page.path, page.digest) for page in touched)
            assert {path: page.digest for path, page in new.items()} == kept
            assert all(page.view() == new[page.path].view() for page in touched)
        now = after
    assert taken


@pytest.fixture
def any_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a pair of any two actors that one article names."""
    monkeypatch.setattr(pairs, "SHARED", 1)
    monkeypatch.setattr(pairs, "CHANCE", -1e9)


@pytest.mark.quick
@pytest.mark.parametrize("seed", range(12))
def test_equal_digests_mean_equal_pages_of_pairs(seed: int, any_two: None) -> None:
    again, faults = walk(seed + 100, edits=10, articles=3 + seed % 6)
    assert again > 20
    assert not faults, "\n".join(faults[:5])


@pytest.mark.parametrize("seed", range(20))
def test_what_earlier_plans_worked_out_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    now, memory = world(chance, 12), Memory()
    for _ in range(12):
        now, memory = edit(chance, now)[1], Memory(memory.used)
        remembered, anew = plan(now, memory), plan(now)
        assert [(p.path, p.digest, p.view()) for p in remembered] == [
            (p.path, p.digest, p.view()) for p in anew
        ]


def test_every_page_has_a_path_of_its_own(any_two: None) -> None:
    for seed in range(30):
        chance = random.Random(seed)
        now = world(chance, 6)
        for _ in range(10):
            now = edit(chance, now)[1]
            paths = [page.path for page in plan(now)]
            assert len(paths) == len(set(paths)), sorted({p for p in paths if paths.count(p) > 1})


@pytest.mark.parametrize("seed", range(30))
def test_a_merge_makes_no_page_stale_that_stays_the_same(seed: int, any_two: None) -> None:
    """But for articles (judged by all terms of those closest), the front page (by all), and drawn counts."""
    chance = random.Random(seed)
    before = world(chance, 12)
    after = merged(before, *chance.sample([a.id for a in before.actors], 2))
    old = {p.path: p for p in plan(before)}
    stale = [p for p in plan(after) if p.path in old and p.digest != old[p.path].digest]
    judged = [p for p in stale if p.kind not in ("article", "home", "spark")]
    assert [p.path for p in judged if p.view() == old[p.path].view()] == []
