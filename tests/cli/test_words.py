"""Words in, words out, exit code: what every verb keeps to."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.cli.parser import parser
from tests.cli.conftest import ENVIRONMENT, sitegen
from tests.cli.inputs import page
from tests.make import article, write

DIAGNOSTIC = {"code", "severity", "file", "line", "column", "message", "hint"}


def verbs(of: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


VERBS = dict(verbs(parser()))


@pytest.mark.quick
@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_verb_has_examples(verb: str) -> None:
    text = VERBS[verb].format_help()
    assert f"\n  sitegen {verb}" in text.partition("examples:")[2] or "| sitegen" in text
    undescribed = [
        a for a in VERBS[verb]._actions if not a.help and not isinstance(a, argparse._SubParsersAction)
    ]
    assert undescribed == []


@pytest.mark.quick
@pytest.mark.parametrize("words", [["--version"], ["--help"], ["build", "--help"]])
def test_help_and_version_go_to_standard_output(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        parser().parse_args(words)
    assert end.value.code == 0
    out, err = capsys.readouterr()
    assert "sitegen" in out
    assert err == ""


@pytest.mark.quick
@pytest.mark.parametrize(
    "words", [[], ["biuld"], ["build", "--jobs", "0"], ["serve", "--port", "99999"], ["add", "-x"]]
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        parser().parse_args(words)
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "--help" in err
    assert len(err.splitlines()) == 2


def test_a_wrong_verb_gets_a_near_one(tmp_path: Path) -> None:
    assert "did you mean build?" in sitegen("biuld", cwd=tmp_path).stderr


@pytest.fixture
def full(archive: Path) -> Path:
    """Return an archive with an imported article, built."""
    write(archive / "content/inbox", {"a.html": page(0)})
    assert sitegen("build", cwd=archive).returncode == 0
    return archive


JSON = {
    ("list",): {"key", "file", "title", "date", "source", "url", "topics", "actors", "tags"},
    ("stats",): {"articles", "words", "topics", "actors", "tags", "sources", "places", "drafts", "private"},
    ("verify",): {"originals", "articles", "wrong"},
    ("check",): {"articles"},
    ("build",): {"articles", "files", "written", "removed", "errors", "warnings"},
    ("search", "first"): {"key", "title", "date", "source", "summary", "lang"},
    ("actors", "list"): {"id", "name", "kind", "aliases", "articles"},
    ("explain", "council-number-0-reopens-the-ferry"): {
        "input",
        "title",
        "date",
        "body",
        "dropped",
        "evidence",
    },
}


def test_json_has_one_object_a_line_with_the_keys_that_scripts_use(full: Path) -> None:
    for words, keys in JSON.items():
        for place in ((*words, "--json"), ("--json", *words)):
            done = sitegen(*place, cwd=full)
            assert done.returncode == 0, (words, done.stderr)
            rows = [json.loads(line) for line in done.stdout.splitlines()]
            assert rows, words
            assert all(keys <= row.keys() for row in rows), (words, rows[0].keys())


def test_diagnostics_are_json_too(full: Path) -> None:
    write(full, {"content/x.md": "---\ntitle: [x\n---\n"})
    for verb in ("build", "check", "verify"):
        done = sitegen(verb, "--json", "-q", cwd=full)
        rows = [json.loads(line) for line in done.stderr.splitlines()]
        assert done.returncode == 1, verb
        assert [set(row) for row in rows if row["severity"] == "error"] == [DIAGNOSTIC]
        assert rows[0]["line"] == 2


CONVERTED = {
    *("input", "article", "title", "date", "dateline", "place", "agency", "authors", "source", "url", "lang"),
    *("summary", "tags", "topics", "actors", "quotes", "related", "body", "markdown", "dropped", "evidence"),
    *("sha256", "diagnostics"),
}


def test_convert_gives_one_object_an_article_and_goes_on_after_a_bad_one(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": page(0), "bad.html": "", "c.html": page(2)})
    done = sitegen("convert", "--json", "a.html", "bad.html", "c.html", cwd=tmp_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [row["input"] for row in rows if row.get("body")] == ["a.html", "c.html"]
    assert all(row.keys() >= CONVERTED for row in rows)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "bad.html", "c.html"], (
        "writes nothing else"
    )


def test_convert_reads_standard_input_and_writes_to_a_folder(tmp_path: Path) -> None:
    done = sitegen("convert", "-", cwd=tmp_path, stdin=page(0))
    assert done.stdout.startswith("---\ntitle: Council number 0")
    write(tmp_path, {"a.html": page(0)})
    assert sitegen("convert", "--out", "out", "a.html", cwd=tmp_path).returncode == 0
    made = list((tmp_path / "out").rglob("*.md"))
    assert [p.read_text() for p in made] == [sitegen("convert", "a.html", cwd=tmp_path).stdout]


def test_explain_accounts_for_fields_and_lines(full: Path) -> None:
    whole = sitegen("explain", "Council number 0", cwd=full).stdout
    assert "dropped:" in whole
    assert "2019-05-01" in whole
    one = sitegen("explain", "Council number 0", "date", cwd=full).stdout
    assert "2019-05-01" in one
    assert "dropped:" not in one
    assert sitegen("explain", "One", cwd=full).returncode == 1
    assert sitegen("explain", "no-such-thing", cwd=full).returncode == 1


def test_verify_finds_a_changed_and_a_missing_original(full: Path) -> None:
    assert sitegen("verify", cwd=full).returncode == 0
    original = next((full / "content/originals").rglob("*.html"))
    content = original.read_bytes()
    original.write_bytes(content + b" ")
    changed = sitegen("verify", cwd=full)
    assert changed.returncode == 1
    assert "is not what it was" in changed.stderr
    original.unlink()
    gone = sitegen("verify", cwd=full)
    assert gone.returncode == 1
    assert "is not in content/originals/" in gone.stderr
    original.write_bytes(content)
    assert sitegen("verify", cwd=full).returncode == 0


def test_check_names_dead_links_missing_files_and_leaks(full: Path) -> None:
    assert sitegen("check", cwd=full).returncode == 0
    write(full, {"content/x.md": article("X", "See [it](gone.md).")})
    (full / "public/timeline/index.html").unlink()
    words = "the lantern hangs behind the third door of the quay near the old customs house wall"
    write(full, {"content/s.md": article("S", words, private=True), "public/leak.html": f"<p>{words}</p>"})
    done = sitegen("check", cwd=full)
    assert done.returncode == 1
    assert "links to 'gone.md'" in done.stderr
    assert "timeline/index.html: is missing" in done.stderr
    assert "shows text of the private article content/s.md" in done.stderr


def test_list_is_newest_first_and_filters_by_any_name(full: Path) -> None:
    rows = sitegen("list", cwd=full).stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["2019-05-01T09:00+00:00", "2018-03-01", "2018-02-07"]
    assert "One" in sitegen("list", "--actor", "NATO", cwd=full).stdout
    assert sitegen("list", "--actor", "nobody", cwd=full).stdout == ""
    assert len(sitegen("list", "--limit", "1", cwd=full).stdout.splitlines()) == 1
    assert len(sitegen("list", "--source", "The Harbour Post", cwd=full).stdout.splitlines()) == 1


def test_stats_count_what_is_there_and_what_is_missing(full: Path) -> None:
    row = json.loads(sitegen("stats", "--json", cwd=full).stdout)
    assert (row["articles"], row["sources"], row["without_original"]) == (3, 1, 2)
    assert "without original" in sitegen("stats", cwd=full).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_is_a_script_that_knows_the_verbs(tmp_path: Path, shell: str) -> None:
    done = sitegen("completion", shell, cwd=tmp_path)
    assert done.returncode == 0
    assert all(verb in done.stdout for verb in VERBS)
    if shell == "bash":
        assert subprocess.run(["bash", "-n"], input=done.stdout, text=True, check=False).returncode == 0


def test_colours_are_for_terminals_and_who_asks(archive: Path) -> None:
    write(archive, {"content/x.md": "---\ntitle: [x\n---\n"})
    assert "\x1b[" not in sitegen("build", cwd=archive).stderr
    assert "\x1b[" in sitegen("build", "--color", "always", cwd=archive).stderr
    assert "\x1b[" not in sitegen("build", "--color", "never", cwd=archive).stderr
    assert "\x1b[" not in sitegen("build", cwd=archive, NO_COLOR="1").stderr


def test_quiet_says_only_what_is_wrong(archive: Path) -> None:
    done = sitegen("-q", "build", cwd=archive)
    assert (done.stdout, done.stderr) == ("", "")
    write(archive, {"content/x.md": "---\ntitle: [x\n---\n"})
    assert sitegen("build", "-q", cwd=archive).stderr.startswith("error: content/x.md:2: ")


def test_init_makes_an_archive_that_builds_and_leaves_an_old_one_alone(tmp_path: Path) -> None:
    write(tmp_path / "a", {"content/pages/about.md": "mine"})
    assert sitegen("init", "a", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a/content/pages/about.md").read_text() == "mine"
    assert sitegen("build", "--strict", cwd=tmp_path / "a").returncode == 0
    assert sitegen("check", cwd=tmp_path / "a").returncode == 0
    before = {p: p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    again = sitegen("init", "a", cwd=tmp_path)
    assert again.returncode == 1
    assert "archive already" in again.stderr
    assert {p: p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()} == before


def test_a_closed_pipe_is_no_fault(full: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m sitegen list | head -n 1 >/dev/null; exit ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", cwd=full, capture_output=True, text=True, check=False,
        env=ENVIRONMENT,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
