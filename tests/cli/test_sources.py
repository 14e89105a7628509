"""`sitegen sources`: suggestions with evidence; what is accepted stands in the file, with its comments."""

import json
from pathlib import Path

import pytest

from sitegen.vocabulary.user import parse_sources
from tests.cli.conftest import sitegen
from tests.cli.inputs import page
from tests.make import write

OURS = "The Harbour Post belongs to those who read it, and to nobody else in the whole town."
FILE = "content/sources.toml"


@pytest.fixture
def papers(archive: Path) -> Path:
    pages = {f"{n}.html": page(n, extra=f"<p>{OURS}</p>\n") for n in range(4)}
    write(archive.parent / "pages", pages)
    write(archive, {FILE: '# mine\n[[source]]\nid = "other"\nname = "Other" # a comment\n'})
    assert sitegen("add", str(archive.parent / "pages"), cwd=archive).returncode == 0
    return archive


def suggested(archive: Path) -> list[dict[str, object]]:
    done = sitegen("sources", "suggest", "--json", cwd=archive)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_that_recurs_is_suggested_accepted_and_gone(papers: Path) -> None:
    before = (papers / FILE).read_text()
    assert OURS in "".join(p.read_text() for p in (papers / "content/articles").rglob("*.md"))
    rows = suggested(papers)
    wanted = next(row for row in rows if row["value"] == OURS)
    assert wanted["evidence"] == "this line stands in 4 of 4 articles"
    assert (papers / FILE).read_text() == before, "writes nothing unasked"
    told = sitegen("sources", "suggest", cwd=papers).stdout
    assert OURS in told
    done = sitegen("sources", "accept", str(wanted["number"]), cwd=papers)
    assert done.returncode == 0, done.stderr
    text = (papers / FILE).read_text()
    assert "# mine" in text
    assert "# a comment" in text
    made = next(source for source in parse_sources(text) if source.name == "The Harbour Post")
    assert made.drop == (OURS,)
    assert made.hosts == ("post.example",)
    assert sitegen("add", "--again", cwd=papers).returncode == 0
    articles = list((papers / "content/articles").rglob("*.md"))
    assert OURS not in "".join(p.read_text() for p in articles)
    why = sitegen("sources", "why", "council-number-0-reopens-the-ferry", cwd=papers).stdout
    assert "drop 'The Harbour Post belongs" in why
    assert not [row for row in suggested(papers) if row["value"] == OURS]


def test_what_is_rejected_does_not_return(papers: Path) -> None:
    wanted = next(row for row in suggested(papers) if row["value"] == OURS)
    assert sitegen("sources", "reject", str(wanted["id"]), cwd=papers).returncode == 0
    assert not [row for row in suggested(papers) if row["value"] == OURS]
    assert "# a comment" in (papers / FILE).read_text()


def test_a_dry_run_keeps_nothing(papers: Path) -> None:
    before = (papers / FILE).read_text()
    for word in ("accept", "reject"):
        assert sitegen("sources", "--dry-run", word, "1", cwd=papers).returncode == 0
    assert (papers / FILE).read_text() == before


def test_sources_are_listed_counted_and_renamed(papers: Path) -> None:
    assert "The Harbour Post" in sitegen("sources", "list", cwd=papers).stdout
    assert "articles without a source" in sitegen("sources", "stats", cwd=papers).stdout
    assert sitegen("sources", "rename", "the-harbour-post", "Harbour Post", cwd=papers).returncode == 0
    (_, renamed) = parse_sources((papers / FILE).read_text())
    assert (renamed.name, renamed.aliases) == ("Harbour Post", ("The Harbour Post",))
    assert sitegen("sources", "accept", "99", cwd=papers).returncode == 1
    assert sitegen("sources", "rename", "nobody", "X", cwd=papers).returncode == 1


def test_a_rule_that_no_build_could_read_is_neither_suggested_nor_written(archive: Path) -> None:
    odd = "^ Back to the top of this page of the Harbour Post"
    write(archive.parent / "pages", {f"{n}.html": page(n, extra=f"<p>{odd}</p>\n") for n in range(4)})
    assert sitegen("add", str(archive.parent / "pages"), cwd=archive).returncode == 0
    assert odd not in [row["value"] for row in suggested(archive)]
    before = (archive / FILE).read_text() if (archive / FILE).exists() else ""
    done = sitegen("sources", "rename", "The Harbour Post", "", cwd=archive)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert ((archive / FILE).read_text() if (archive / FILE).exists() else "") == before
    assert sitegen("build", cwd=archive).returncode == 0
