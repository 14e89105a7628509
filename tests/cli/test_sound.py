"""Nothing kept is lost, shown by accident or taken for something else, whatever a person did to it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import sitegen
from tests.cli.inputs import page
from tests.cli.test_add import articles
from tests.make import write


def test_a_private_article_saved_with_other_line_ends_stays_private_when_cleaned_again(
    archive: Path, tmp_path: Path
) -> None:
    write(tmp_path, {"a.html": page(0)})
    sitegen("add", str(tmp_path / "a.html"), cwd=archive)
    (mine,) = articles(archive)
    mine.write_bytes(mine.read_bytes().replace(b"---\n", b"---\nprivate: true\n", 1).replace(b"\n", b"\r\n"))
    (base,) = (archive / "content/originals").rglob("*.md")
    base.write_text(base.read_text().replace("lang: en", "lang: fr"))
    assert sitegen("add", "--again", cwd=archive).returncode == 0
    kept = mine.read_bytes()
    assert b"<<<<<<<" not in kept
    assert b"private: true\r\n" in kept
    sitegen("build", cwd=archive)
    assert not list((archive / "public/2019").rglob("*.html"))


def test_two_versions_of_a_head_are_told_and_never_shown(archive: Path) -> None:
    one = archive / "content/articles/2018/02/one.md"
    one.write_text("<<<<<<< yours\n---\nprivate: true\n=======\n---\n>>>>>>> cleaned again\n---\n\nSecret.\n")
    done = sitegen("build", cwd=archive)
    assert done.returncode == 1
    assert "two versions" in done.stderr
    assert not (archive / "public/2018/02/one").exists()


def test_a_broken_article_is_not_taken_for_a_deleted_one(archive: Path, tmp_path: Path) -> None:
    write(tmp_path, {"a.html": page(0)})
    sitegen("add", str(tmp_path / "a.html"), cwd=archive)
    (mine,) = articles(archive)
    mine.write_text(mine.read_text().replace("---\n", "---\ndate: [\n", 1))
    for words in (["add"], ["add", "--again"]):
        done = sitegen(*words, str(tmp_path / "a.html"), cwd=archive)
        assert done.returncode == 1
        assert "repair that first" in done.stderr
    assert articles(archive) == [mine]


def test_the_inbox_keeps_the_bytes_of_what_was_removed(archive: Path, tmp_path: Path) -> None:
    write(tmp_path, {"a.html": page(0)})
    sitegen("add", str(tmp_path / "a.html"), cwd=archive)
    (mine,) = articles(archive)
    (original,) = (archive / "content/originals").rglob("*.html")
    mine.unlink()
    original.unlink()
    write(archive, {"content/inbox/a.html": page(0)})
    sitegen("build", cwd=archive)
    assert original.read_bytes() == (tmp_path / "a.html").read_bytes()


def test_pages_that_call_the_sites_root_their_address_are_different_articles(
    archive: Path, tmp_path: Path
) -> None:
    write(tmp_path / "in", {f"{n}.html": page(n, url="https://post.example/") for n in range(2)})
    sitegen("add", str(tmp_path / "in"), cwd=archive)
    assert len(articles(archive)) == 2


def test_an_archive_that_is_named_is_that_one_or_none(archive: Path) -> None:
    done = sitegen("--archive", "typo", "list", cwd=archive)
    assert done.returncode == 1
    assert "no archive here" in done.stderr


def test_a_word_to_leave_out_is_no_option(archive: Path) -> None:
    sitegen("build", cwd=archive)
    done = sitegen("search", "text", "-second", cwd=archive)
    assert done.returncode == 0
    assert "One" in done.stdout
    assert "Two" not in done.stdout


def test_a_link_to_a_draft_is_told(archive: Path) -> None:
    write(
        archive, {"content/articles/2018/02/d.md": "---\ntitle: D\ndate: 2018-02-01\ndraft: true\n---\n\nx\n"}
    )
    one = archive / "content/articles/2018/02/one.md"
    one.write_text(one.read_text() + "\n[d](d.md)\n")
    done = sitegen("build", cwd=archive)
    assert "is a draft or private" in done.stderr


def test_an_old_address_of_a_file_leads_on(archive: Path) -> None:
    one = archive / "content/articles/2018/02/one.md"
    one.write_text(one.read_text().replace("---\n", "---\naliases: [/2018/02/Old_One.html]\n", 1))
    sitegen("build", cwd=archive)
    assert "2018/02/one/" in (archive / "public/2018/02/Old_One.html").read_text()


def test_an_old_address_without_room_is_told(archive: Path) -> None:
    one = archive / "content/articles/2018/02/one.md"
    old = "aliases: [/2018/02/old/, /articles/, /assets/x/, '?']"
    one.write_text(one.read_text().replace("---\n", f"---\n{old}\n", 1))
    sitegen("build", cwd=archive)
    done = sitegen("check", cwd=archive)
    told = [line for line in done.stderr.splitlines() if "has the old address" in line]
    assert [line.split(" old address ")[1].split(",")[0] for line in told] == [
        "/articles/",
        "/assets/x/",
        "?",
    ]
    assert all("content/articles/2018/02/one.md" in line for line in told)


def test_a_private_text_in_the_site_is_found_however_its_head_is_written(archive: Path) -> None:
    words = " ".join(f"word{n}" for n in range(40))
    write(archive, {"content/articles/2018/02/p.md": f"---\ntitle: P\nPrivate: True\n---\n\n{words}\n"})
    sitegen("build", cwd=archive)
    (archive / "public/left.html").write_text(f"<p>{words}</p>")
    done = sitegen("check", cwd=archive)
    assert done.returncode == 1
    assert "shows text of the private article" in done.stderr


def test_what_the_system_refuses_is_one_sentence(archive: Path) -> None:
    for words in (["explain", "x" * 300], ["convert", "y" * 300], ["init", "sitegen.toml"]):
        done = sitegen(*words, cwd=archive)
        assert done.returncode == 1, words
        assert "Traceback" not in done.stderr


def test_of_a_dump_with_several_articles_each_is_known_by_its_number(archive: Path, tmp_path: Path) -> None:
    dump = tmp_path / "several.txt"
    shutil.copy(Path(__file__).parents[1] / "golden/several-in-one/dump.txt", dump)
    assert "3 new" in sitegen("add", str(dump), cwd=archive).stderr
    (first,) = (archive / "content/articles/2021").rglob("*.md")
    (second,) = (archive / "content/articles/2022").rglob("*.md")
    assert "#" not in first.read_text().split("original:")[1].split("\n")[0]
    assert "#2" in second.read_text()
    second.write_text(second.read_text().replace("title: Le pont", "title: Mon pont"))
    assert "3 duplicates" in sitegen("add", str(dump), cwd=archive).stderr
    assert "Lavandi" in sitegen("explain", "Mon pont", "title", cwd=archive).stdout
    first.unlink()
    assert "1 new" in sitegen("add", "--again", str(dump), cwd=archive).stderr
    assert first.exists()
    assert "Mon pont" in second.read_text()
    assert sitegen("verify", cwd=archive).returncode == 0


def test_a_free_pages_links_and_pictures_work_and_a_dead_one_is_told(archive: Path) -> None:
    links = "[m](method.md) [one](../articles/2018/02/one.md) [all](../articles/) [no](gone.md)"
    text = f"{links}\n\n![p](../media/p.png)"
    write(archive, {"content/pages/info.md": f"---\ntitle: Info\n---\n\n{text}\n"})
    write(
        archive,
        {"content/pages/method.md": "---\ntitle: Method\n---\n\nSo.\n", "content/media/p.png": b"\x89PNG"},
    )
    done = sitegen("build", cwd=archive)
    assert done.returncode == 1
    assert "content/pages/info.md" in done.stderr
    assert "gone.md" in done.stderr
    page = (archive / "public/info/index.html").read_text()
    for address in ("../method/", "../2018/02/one/", "../articles/", "../media/p.png"):
        assert f'"{address}"' in page, address


def test_a_decision_about_lines_of_one_article_leaves_its_neighbours_alone(
    archive: Path, tmp_path: Path
) -> None:
    dump = tmp_path / "several.txt"
    shutil.copy(Path(__file__).parents[1] / "golden/several-in-one/dump.txt", dump)
    sitegen("add", str(dump), cwd=archive)
    (second,) = (archive / "content/articles/2022").rglob("*.md")
    (third,) = (archive / "content/articles/2023").rglob("*.md")
    (first,) = (archive / "content/articles/2021").rglob("*.md")
    third.unlink()
    second.write_text(second.read_text().replace("---\n", "---\ndate: [\n", 1))
    first.write_bytes(first.read_bytes().replace(b"\n", b"\r\n"))
    line = first.read_text().splitlines()[-1]
    done = sitegen("explain", first.stem, "--drop", line[:40] + "*", cwd=archive)
    assert "merged" in done.stdout + done.stderr
    assert not third.exists(), "what was deleted does not come back"
    assert line not in first.read_text()
    assert "removed: {lines:" in first.read_text()
    assert b"\n" not in first.read_bytes().replace(b"\r\n", b"")


def test_what_a_person_takes_out_is_nowhere_in_the_site(archive: Path, tmp_path: Path) -> None:
    write(tmp_path, {"a.html": page(0, extra="<p>Call Nadia under 555 0199, at any hour of the day.</p>\n")})
    sitegen("add", str(tmp_path / "a.html"), cwd=archive)
    (mine,) = articles(archive)
    sitegen("explain", mine.stem, "--drop", "Call Nadia*", cwd=archive)
    sitegen("build", cwd=archive)
    for path in (archive / "public").rglob("*"):
        assert path.is_dir() or b"555 0199" not in path.read_bytes(), path


def test_an_old_address_never_takes_the_place_of_a_file_or_a_folder(archive: Path) -> None:
    one = archive / "content/articles/2018/02/one.md"
    plain, public = one.read_text(), archive / "public"
    taken = ("/robots.txt", "/feed.xml", "/_headers", "/assets/site.css", "/ACTORS", "/search/x")
    for old in ((*taken, "/a.html"), ("/a.html/b", "/old"), ("/a.html", "/old/b"), ()):
        one.write_text(plain.replace("---\n", f"---\naliases: [{', '.join(old)}]\n", 1) if old else plain)
        done = sitegen("build", cwd=archive)
        assert done.returncode == 0, done.stderr
        assert (public / "robots.txt").is_file()
        assert (public / "feed.xml").is_file()
        assert not (public / "ACTORS").exists()
        assert (public / "a.html").is_file() == ("/a.html" in old)
        assert (public / "a.html/b/index.html").is_file() == ("/a.html/b" in old)
        assert not [p for p in public.rglob("*") if p.is_dir() and not list(p.iterdir())]


def test_a_template_may_extend_a_default_one_that_is_not_replaced(archive: Path) -> None:
    text = '{% extends "default/base.html" %}{% block main %}<p>Our own.</p>{% endblock %}\n'
    write(archive, {"templates/404.html": text})
    done = sitegen("build", cwd=archive)
    assert done.returncode == 0, done.stderr
    assert "Our own." in (archive / "public/404.html").read_text()


def test_cleaning_again_brings_an_account_up_to_date_where_the_text_stays(
    archive: Path, tmp_path: Path
) -> None:
    write(tmp_path, {"a.html": page(0)})
    sitegen("add", str(tmp_path / "a.html"), cwd=archive)
    (account,) = (archive / "content/originals").rglob("*.json")
    now = account.read_bytes()
    account.write_text('{"dropped": [], "quotes": [], "evidence": {}}\n')
    done = sitegen("add", "--again", cwd=archive)
    assert "1 duplicates" in done.stderr
    assert account.read_bytes() == now
