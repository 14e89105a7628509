"""The nine faults of a content author: file, line, a way out, no stack trace, nothing dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import sitegen
from tests.make import article, write

X = "content/articles/2018/02/x.md"


@dataclass(frozen=True)
class Fault:
    """What is put into a sound archive, and what must be said of it."""

    files: dict[str, bytes | str]
    says: str
    words: tuple[str, ...] = ("build",)
    code: int = 1
    published: bool = True  # the sound articles are


FAULTS = {
    "front-matter syntax": Fault({X: "---\ntitle: [x\n---\n\nText.\n"}, f"{X}:2: "),
    "impossible date": Fault(
        {X: "---\ntitle: X\ndate: 2018-02-31\n---\n\nText.\n"}, f"{X}:3: date: '2018-02-31'"
    ),
    "template error": Fault(
        {"templates/article.html": "\n{% if %}\n"}, "templates/article.html:2: ", published=False
    ),
    "settings syntax": Fault({"sitegen.toml": "\ntitle = Two\n"}, "sitegen.toml:2: ", published=False),
    "unknown setting": Fault({"sitegen.toml": 'titel = "Two"\n'}, "sitegen.toml:1: ", published=False),
    "unknown flag": Fault({}, "did you mean --clean?", ("build", "--cleen"), code=2, published=False),
    "one address twice": Fault(
        {"content/notes/one.md": article("Also one", "Another text.")},
        "content/notes/one.md: has the address",
    ),
    "not UTF-8": Fault({X: "---\ntitle: X\n---\n\ncafé\n".encode("latin-1")}, f"{X}:5: is not UTF-8"),
    "broken internal link": Fault({X: article("X", "See [it](gone.md).")}, f"{X}:6: links to 'gone.md'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_place_and_a_way_out(archive: Path, name: str) -> None:
    fault = FAULTS[name]
    write(archive, fault.files)
    done = sitegen(*fault.words, cwd=archive)
    assert done.returncode == fault.code
    assert fault.says in done.stderr
    assert "Traceback" not in done.stderr
    told = done.stderr.splitlines()
    place = next(n for n, line in enumerate(told) if fault.says in line)
    assert any(line.startswith("    ") for line in told[place + 1 : place + 4]), "no way out is shown"
    assert (archive / "public/2018/02/one/index.html").is_file() == fault.published


def test_a_fault_is_told_again_by_a_build_with_nothing_to_do(archive: Path) -> None:
    write(archive, {X: "---\ntitle: [x\n---\n"})
    first, second = sitegen("build", cwd=archive), sitegen("build", cwd=archive)
    assert (first.returncode, second.returncode) == (1, 1)
    assert f"{X}:2: " in second.stderr


def test_a_template_fault_leaves_the_old_site_as_it_was(archive: Path) -> None:
    assert sitegen("build", cwd=archive).returncode == 0
    page = archive / "public/2018/02/one/index.html"
    before = page.read_bytes()
    write(archive, {"templates/article.html": "{{ nothing.here }}", X: article("X")})
    assert sitegen("build", cwd=archive).returncode == 1
    assert page.read_bytes() == before
    assert not (archive / "public/2018/02/x").exists()
