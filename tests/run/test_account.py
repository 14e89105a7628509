"""What an import says of an article is kept, and read again by those who decide."""

from __future__ import annotations

from pathlib import Path

from sitegen.archive.document import document, file_text, front_matter
from sitegen.archive.library import library
from sitegen.intake.convert import convert
from sitegen.run.account import account_text, read, read_actors
from sitegen.run.home import Home
from sitegen.run.scan import _with_account
from sitegen.run.sightings import sightings
from sitegen.vocabulary.shipped import shipped
from tests.make import facts, write

DUMP = """Ferries wait for the council

7 February 2018

Transport Minister Mara Quillfeather opened the new quay in the harbour on Tuesday before noon.

"We have waited nine years for this day," Quillfeather said, and the pilots of the harbour cheered.

The tide gate was closed for the feast, and the tide gate will open again when the guests have left.
"""


def imported(root: Path) -> tuple[Home, object]:
    (article,) = convert(DUMP.encode(), name="a.txt")
    base = f"content/originals/{article.sha256[:2]}/{article.sha256}.json"
    text = file_text(front_matter(article, shipped(), added=None), article.markdown)
    mine = text.replace("tags: [tide gate]", "tags: [tide gate, harbours I like]")
    assert mine != text
    write(root, {base: account_text(article)})
    return Home(root), facts(mine.encode(), path="content/articles/2018/02/a.md")


def test_an_account_tells_a_persons_tags_and_the_roles_of_people(tmp_path: Path) -> None:
    home, made = imported(tmp_path)
    kept = read(home, made.front)  # type: ignore[attr-defined]
    assert kept is not None
    assert dict(kept.own) == {"tags": ("harbours I like",)}
    assert ("mara-quillfeather", "Transport Minister") in kept.roles


def test_sightings_have_the_kind_and_the_forms_that_cleaning_found(tmp_path: Path) -> None:
    home, made = imported(tmp_path)
    entries = library([_with_account(tmp_path, made)], shipped()).entries  # type: ignore[list-item]
    (seen,) = [s for s in sightings(home, entries, shipped()) if s.id == "mara-quillfeather"]
    assert (seen.kind, seen.sure) == ("person", True)
    assert "Quillfeather" in seen.forms


def test_a_broken_account_is_none(tmp_path: Path) -> None:
    home, made = imported(tmp_path)
    front = made.front  # type: ignore[attr-defined]
    name = str(front.original).removeprefix("sha256:")
    for text in ("", "[]", "{", '{"actors": 3}', '{"actors": [{"id": 1}]}'):
        write(tmp_path, {f"content/originals/{name[:2]}/{name}.json": text})
        assert read(home, front) is None
        assert read_actors(home, front) == ()
    assert document(b"# x\n", file="x.md").front.original is None
