"""A person's last word on actors and topics, from the command line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from sitegen.text import digest
from tests.cli.conftest import ENVIRONMENT, sitegen
from tests.make import article, write

NAMES = {
    "a": ("Harbour Pilots Union", "Nadia Velmont"),
    "b": ("HPU", "N. Velmont"),
    "c": ("HPU", "Petra Lindqvist"),
    "d": ("Harbour Pilots Union", "Petra Lindkvist"),
    "e": ("Harbour Pilots Union", "nato"),
}
PARAGRAPHS = (
    "NATO opened its spring meeting in the old customs house on Wednesday with a long list of speakers.",
    "Officials of NATO said that the harbour would stay open for ferries while the delegates were in town.",
)
FILLER = "The meeting goes on until Friday, and the town has put out flags along the whole of the quay."


@pytest.fixture
def noisy(tmp_path: Path) -> Path:
    """Return an archive whose articles name three actors under several names, built."""
    files = {
        f"content/articles/2018/02/{key}.md": article(f"Title {key}", actors=names)
        for key, names in NAMES.items()
    }
    write(tmp_path, {"sitegen.toml": 'title = "Noisy"\n', **files})
    assert sitegen("build", cwd=tmp_path).returncode == 0
    return tmp_path


def rows(*words: str, cwd: Path) -> list[dict[str, object]]:
    done = sitegen(*words, "--json", cwd=cwd)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def suggested(cwd: Path) -> list[object]:
    return [row["id"] for row in rows("actors", "suggest", cwd=cwd)]


def decisions(cwd: Path) -> str:
    path = cwd / "content/actors.toml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def pages(cwd: Path) -> dict[str, str]:
    public = cwd / "public"
    return {
        p.relative_to(public).as_posix(): digest(p.read_bytes()) for p in public.rglob("*") if p.is_file()
    }


def test_suggesting_changes_nothing_and_says_which_pages_would_change(noisy: Path) -> None:
    (merge,) = [r for r in rows("actors", "suggest", cwd=noisy) if r["id"] == "harbour-pilots-union=hpu"]
    assert merge["pages"] == ["2018/02/b", "2018/02/c"]
    assert merge["why"] == "the initials of the long name"
    assert decisions(noisy) == ""
    assert "2018/02/b" in sitegen("-v", "actors", "suggest", cwd=noisy).stdout


def test_an_accepted_proposal_is_done_and_the_old_address_redirects(noisy: Path) -> None:
    done = sitegen("-v", "actors", "accept", "harbour", cwd=noisy)
    assert done.returncode == 0, done.stderr
    assert "changes /2018/02/b/" in done.stderr
    assert sitegen("build", cwd=noisy).returncode == 0
    assert "/actors/harbour-pilots-union/" in (noisy / "public/actors/hpu/index.html").read_text()
    assert [
        r["articles"] for r in rows("actors", "list", cwd=noisy) if r["id"] == "harbour-pilots-union"
    ] == [5]
    assert "harbour-pilots-union=hpu" not in suggested(noisy)


def test_a_rejected_proposal_never_returns_until_it_is_taken_back(noisy: Path) -> None:
    assert sitegen("actors", "reject", "harbour-pilots-union=hpu", cwd=noisy).returncode == 0
    assert decisions(noisy) == 'rejected = ["harbour-pilots-union=hpu"]\n'
    assert "harbour-pilots-union=hpu" not in suggested(noisy)
    shutil.rmtree(noisy / ".sitegen")
    assert "harbour-pilots-union=hpu" not in suggested(noisy)
    assert sitegen("actors", "reject", "--undo", "harbour-pilots-union=hpu", cwd=noisy).returncode == 0
    assert "harbour-pilots-union=hpu" in suggested(noisy)


def test_numbers_are_those_of_the_list_before_the_first_answer(noisy: Path) -> None:
    first, second, *_ = suggested(noisy)
    assert sitegen("actors", "reject", "2", "1", cwd=noisy).returncode == 0
    assert decisions(noisy) == f'rejected = [\n    "{second}",\n    "{first}",\n]\n'


def test_an_id_that_is_no_proposal_or_fits_several_is_refused(noisy: Path) -> None:
    for given in ("nobody", ""):
        done = sitegen("actors", "accept", given, cwd=noisy)
        assert (done.returncode, decisions(noisy)) == (1, ""), done.stderr
        assert "suggest" in done.stderr


def test_a_dry_run_writes_nothing(noisy: Path) -> None:
    for words in (
        ("accept", "harbour-pilots-union=hpu"),
        ("reject", "harbour-pilots-union=hpu"),
        ("merge", "hpu", "nato"),
        ("hide", "nato"),
    ):
        assert sitegen("actors", *words, "--dry-run", cwd=noisy).returncode == 0
        assert sitegen("actors", "--dry-run", *words, cwd=noisy).returncode == 0
        assert decisions(noisy) == ""


def test_merges_stand_when_the_state_is_deleted(noisy: Path) -> None:
    before = pages(noisy)
    for gone, into in (
        ("hpu", "Harbour Pilots Union"),
        ("n-velmont", "nadia-velmont"),
        ("Petra Lindkvist", "Petra Lindqvist"),
    ):
        assert sitegen("actors", "merge", gone, into, cwd=noisy).returncode == 0
    assert sitegen("build", cwd=noisy).returncode == 0
    after = pages(noisy)
    untouched = {p for p in before if p.startswith("2018/02/e")}
    assert {p for p in untouched if before[p] != after[p]} <= {"2018/02/e/index.html"}
    shutil.rmtree(noisy / ".sitegen")
    shutil.rmtree(noisy / "public")
    assert sitegen("build", cwd=noisy).returncode == 0
    assert pages(noisy) == after
    assert {r["id"] for r in rows("actors", "list", cwd=noisy)} == {
        "harbour-pilots-union", "nadia-velmont", "nato", "petra-lindqvist"
    }  # fmt: skip
    assert all("=" not in str(p) for p in suggested(noisy))


def test_a_merge_of_one_with_itself_is_refused(noisy: Path) -> None:
    assert sitegen("actors", "merge", "hpu", "HPU", cwd=noisy).returncode == 1
    assert decisions(noisy) == ""


def test_hiding_and_showing_again(noisy: Path) -> None:
    assert sitegen("actors", "hide", "hpu", cwd=noisy).returncode == 0
    assert "hpu" not in {r["id"] for r in rows("actors", "list", cwd=noisy)}
    assert sitegen("actors", "hide", "--undo", "hpu", cwd=noisy).returncode == 0
    assert "hpu" in {r["id"] for r in rows("actors", "list", cwd=noisy)}


def test_what_was_merged_is_split_again(noisy: Path) -> None:
    assert sitegen("actors", "merge", "hpu", "harbour-pilots-union", cwd=noisy).returncode == 0
    assert sitegen("actors", "split", "harbour-pilots-union", "HPU", cwd=noisy).returncode == 0
    counted = {r["id"]: r["articles"] for r in rows("actors", "list", cwd=noisy)}
    assert (counted["hpu"], counted["harbour-pilots-union"]) == (2, 3)
    assert "was" not in decisions(noisy)


def test_why_says_what_a_person_did_and_what_the_text_says(noisy: Path) -> None:
    dump = "\n\n".join(("Pilots of the alliance meet", "1 May 2019", *[f"{p} {FILLER}" for p in PARAGRAPHS]))
    write(noisy / "content/inbox", {"a.txt": dump})
    assert sitegen("build", cwd=noisy).returncode == 0
    (key,) = [str(r["key"]) for r in rows("list", cwd=noisy) if "alliance" in str(r["key"])]
    (row,) = rows("actors", "why", key, "nato", cwd=noisy)
    assert row["has"]
    (about,) = rows("actors", "stats", "nato", cwd=noisy)
    assert (about["articles"], about["first"], about["latest"]) == (2, "2018-02-07", "2019-05-01")
    assert "mentions" in row["why"][0]  # type: ignore[index]
    assert "paragraph" in sitegen("actors", "why", key, "nato", cwd=noisy).stdout
    assert "has not" in sitegen("actors", "why", "2018/02/e", "hpu", cwd=noisy).stdout
    assert sitegen("actors", "merge", "hpu", "harbour-pilots-union", cwd=noisy).returncode == 0
    assert "'HPU', which is Harbour Pilots Union" in sitegen("actors", "why", "b", "hpu", cwd=noisy).stdout


def test_like_named_topics_are_proposed_as_one_and_shared_tags_as_topics(tmp_path: Path) -> None:
    files = {
        f"content/{n}.md": article(
            f"T {n}", topics=("Ferry" if n % 2 else "Ferries Traffic",), tags=("tide gate",)
        )
        for n in range(3)
    } | {"content/x.md": article("X", topics=("Ferry Traffic",))}
    write(tmp_path, {"sitegen.toml": "", **files})
    ids = [r["id"] for r in rows("topics", "suggest", cwd=tmp_path)]
    assert ids == ["ferries-traffic=ferry-traffic", "+tide-gate"]
    assert sitegen("topics", "accept", *map(str, ids), cwd=tmp_path).returncode == 0
    assert rows("topics", "suggest", cwd=tmp_path) == []
    assert sitegen("build", cwd=tmp_path).returncode == 0


# --- review ---------------------------------------------------------------------------------------


def review(cwd: Path, keys: str, *words: str) -> tuple[str, str]:
    done = sitegen("actors", "review", *words, cwd=cwd, stdin=keys)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_a_review_is_answered_with_keys_from_a_pipe(noisy: Path) -> None:
    first, second, *_ = suggested(noisy)
    out, err = review(noisy, "w\n?\na\nr\nq\n", "--json")
    assert [json.loads(line)["answer"] for line in out.splitlines()] == ["accept", "reject"]
    assert "1 accepted, 1 rejected, 0 skipped" in err
    assert "Title b" in err
    assert f'rejected = ["{second}"]' in decisions(noisy)
    assert not {first, second} & set(suggested(noisy))


def test_the_last_answer_is_undone(noisy: Path) -> None:
    write(noisy, {"content/actors.toml": "# mine\n"})
    _, err = review(noisy, "auruu")
    assert decisions(noisy) == "# mine\n"
    assert "nothing to undo" in err


def test_what_is_skipped_comes_back_next_time(noisy: Path) -> None:
    before = suggested(noisy)
    _, err = review(noisy, "s" * len(before))
    assert "nothing is left to decide" in err
    assert suggested(noisy) == before
    assert decisions(noisy) == ""


def test_a_review_goes_on_after_an_edit_made_meanwhile(noisy: Path) -> None:
    write(noisy, {"content/actors.toml": "[[actor]]\nid = 'x'\nname = 3\n"})
    done = sitegen("actors", "review", cwd=noisy, stdin="a")
    assert done.returncode == 1
    assert "actors.toml:3" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX systems")
@pytest.mark.parametrize("end", ["q", "\x04", "\x03", "kill"])
def test_a_terminal_is_as_before_after_a_review(noisy: Path, end: str) -> None:
    import fcntl
    import pty
    import subprocess
    import termios

    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    command = [sys.executable, "-m", "sitegen", "actors", "review"]
    run = subprocess.Popen(
        command, cwd=noisy, stdin=theirs, stdout=theirs, stderr=theirs, env=ENVIRONMENT,
        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    shown = read_until(ours, "[?]")
    os.write(ours, b"a")
    shown += read_until(ours, "[?]")
    if end == "kill":
        assert not termios.tcgetattr(theirs)[3] & termios.ICANON, "keys come singly"
        run.send_signal(signal.SIGTERM)
    else:
        os.write(ours, end.encode())
    code = run.wait(20)
    assert termios.tcgetattr(theirs)[:4] == before[:4]
    assert code == {"\x03": 130, "kill": 143}.get(end, 0), shown
    assert "accepted" in shown
    assert "[[actor]]" in decisions(noisy)
    os.close(ours)
    os.close(theirs)


def read_until(handle: int, text: str) -> str:
    import select

    shown, deadline = "", time.monotonic() + 20
    while text not in shown:
        assert time.monotonic() < deadline, shown
        if select.select([handle], [], [], 0.2)[0]:
            shown += os.read(handle, 4096).decode()
    return shown


def test_names_of_articles_give_the_terminal_no_commands(tmp_path: Path) -> None:
    names = ("Harbour\x1b[2J Pilots Union", "Harbour\x1b[2J Pilots' Union")
    files = {f"content/{n}.md": article(f"T\x1b]0;x\x07 {n}", actors=(name,)) for n, name in enumerate(names)}
    write(tmp_path, {"sitegen.toml": "", **files})
    for words in (("list",), ("suggest",), ("review",), ("-v", "suggest")):
        done = sitegen("actors", *words[-1:], *words[:-1], cwd=tmp_path, stdin="wa")
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout + done.stderr


def test_a_dry_review_goes_on_and_says_that_it_writes_nothing(noisy: Path) -> None:
    count = len(suggested(noisy))
    done = sitegen("actors", "--dry-run", "review", cwd=noisy, stdin="a" * (count + 3))
    assert done.returncode == 0, done.stderr
    assert f"{count} accepted, 0 rejected, 0 skipped; nothing is written" in done.stderr
    assert decisions(noisy) == ""


def test_rejected_that_is_no_list_is_told_with_its_line(noisy: Path) -> None:
    write(noisy, {"content/actors.toml": '# mine\nrejected = "x"\n'})
    done = sitegen("actors", "reject", "--undo", "x", cwd=noisy)
    assert done.returncode == 1
    assert "actors.toml:2" in done.stderr
    assert "Traceback" not in done.stderr
