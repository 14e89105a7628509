"""Undocumented means failing; and what the documents say, works."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.archive.document import document
from sitegen.cli.parser import parser
from sitegen.config import Config, Limits, config
from sitegen.model import Actor, FrontMatter, SourceRules, Topic
from sitegen.pages.render import Renderer, Site
from sitegen.run.order import default_templates
from sitegen.text import slug
from sitegen.vocabulary.user import parse_actors, parse_sources, parse_topics
from tests.benchmarks import peers
from tests.cli.conftest import ENVIRONMENT
from tests.cli.inputs import page
from tests.make import write

TOP = Path(__file__).parents[1]
DOCS = [TOP / "README.md", TOP / "SECURITY.md", TOP / "CHANGELOG.md", *sorted((TOP / "docs").glob("*.md"))]
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in DOCS}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def code_words(name: str) -> set[str]:
    """Return every word that a document shows as code."""
    spans = re.findall(r"`([^`\n]+)`", TEXTS[name]) + [code for _, code in _FENCE.findall(TEXTS[name])]
    return {word for span in spans for word in re.findall(r"[\w.-]+", span)}


def commands(of: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, below in action.choices.items():
                yield verb, below
                yield from ((f"{verb} {name}", child) for name, child in commands(below))


COMMANDS = dict(commands(parser()))


@pytest.mark.quick
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    known = code_words("commands.md")
    options = {o for a in COMMANDS[command]._actions for o in a.option_strings if o.startswith("--")}
    assert set(command.split()) <= known
    assert options - known - {"--help"} == set()


@pytest.mark.quick
def test_no_document_names_a_verb_or_an_option_that_is_not_there() -> None:
    known = {o for p in (parser(), *COMMANDS.values()) for a in p._actions for o in a.option_strings}
    for name, text in TEXTS.items():
        for line in re.findall(r"sitegen ([^`\n#|]+)", "\n".join(re.findall(r"`sitegen [^`]+`", text))):
            words = [w for w in line.replace("`", "").split() if re.fullmatch(r"-{0,2}[a-z][a-z-]*", w)]
            assert not [w for w in words if w.startswith("--") and w not in known], f"{name}: {line}"
            if words and not words[0].startswith("-"):
                assert words[0] in COMMANDS, f"{name}: sitegen {line}"


@pytest.mark.quick
def test_every_setting_is_documented() -> None:
    names = set(Config.__struct_fields__) - {"theme_options", "limits", "extensions"}
    limits = set(Limits.__struct_fields__)
    assert names | limits <= code_words("settings.md")


@pytest.mark.quick
def test_every_front_matter_key_is_documented() -> None:
    assert set(FrontMatter.__struct_fields__) <= code_words("getting-started.md")


@pytest.mark.quick
def test_every_key_of_the_vocabulary_is_documented() -> None:
    known = code_words("actors-and-topics.md") | code_words("cleaning.md")
    own = {"never": "not"}  # a word that Python keeps for itself
    for entry in (Actor, Topic, SourceRules):
        assert {own.get(name, name) for name in entry.__struct_fields__} - known - {"iptc"} == set(), (
            entry.__name__
        )


@pytest.mark.quick
def test_what_a_template_may_use_is_documented() -> None:
    from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE

    environment = Renderer({}, Config())._environment
    known = code_words("theming.md")
    assert set(environment.filters) - set(DEFAULT_FILTERS) - known == set()
    assert set(environment.globals) - set(DEFAULT_NAMESPACE) - {w.split(".")[0] for w in known} == set()
    assert set(Site.__struct_fields__) - known == set()
    assert {p.name for p in default_templates().glob("*.html")} - known == set()


@pytest.mark.quick
def test_examples_of_settings_and_vocabulary_are_read() -> None:
    readers = (config, parse_actors, parse_topics, parse_sources)
    for name, text in TEXTS.items():
        for language, code in _FENCE.findall(text):
            if language == "toml" and "[build" not in code and "[[redirects" not in code:
                kind = re.search(r"\[\[(actor|topic|source)\]\]", code)
                at = {"actor": 1, "topic": 2, "source": 3}[kind.group(1)] if kind else 0
                readers[at](code, file=name) if at == 0 else readers[at](code, name)  # type: ignore[operator]
            if language in ("yaml", "markdown", "md") and code.startswith("---"):
                document(code.encode(), file=name)


@pytest.mark.quick
def test_links_between_documents_resolve() -> None:
    heads = {path: re.findall(r"^#+ (.+)$", TEXTS[path.name], re.M) for path in DOCS}
    headings = {path: {slug(h.replace("`", "")) for h in found} for path, found in heads.items()}
    for path in DOCS:
        plain = _FENCE.sub("", TEXTS[path.name])
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", plain):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, part = target.partition("#")
            there = (path.parent / name).resolve() if name else path
            assert there.exists(), f"{path.name}: {target}"
            assert not part or part in headings[there], f"{path.name}: {target}"


@pytest.mark.quick
def test_the_table_of_peers_has_the_form_that_its_benchmark_writes() -> None:
    block = TEXTS["cleaning.md"].split(peers.START)[1].split(peers.END)[0].strip().split("\n")
    assert block[0] == peers.HEAD
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block[2:]]
    assert {row[1] for row in rows} >= {"sitegen"}
    for row in rows:
        assert len(row) == 6
        assert re.fullmatch(r"\.\d{3}", row[2])
        assert re.fullmatch(r"\d+\.\d", row[5])


def test_pictures_of_documents_are_there() -> None:
    for path in DOCS:
        for target in re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", TEXTS[path.name]):
            assert (path.parent / target).is_file(), f"{path.name}: {target}"


def shell_lines() -> list[str]:
    """Return the README's commands, without comments."""
    blocks = [code for language, code in _FENCE.findall(TEXTS["README.md"]) if language == "sh"]
    return [line.split("  #")[0].strip() for code in blocks for line in code.splitlines() if line.strip()]


NEEDS_MORE = ("make ", "pip install")  # a network


def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    write(tmp_path / "Downloads/saved-pages", {"a.html": page(0), "b.html": page(1)})
    here, ran = tmp_path, []
    for line in " && ".join(shell_lines()).split(" && "):
        if line.startswith(NEEDS_MORE) or "serve" in line:
            continue
        if line.startswith("cd "):
            here = here / line[3:]
            continue
        words = shlex.split(line.replace("~/", f"{tmp_path}/").replace(".venv/bin/", ""))
        assert words[0] == "sitegen", line
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, cwd=here, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stderr)
        ran.append(words[1])
    assert {"init", "add", "build"} <= set(ran)
    assert (tmp_path / "my-archive/public/2019/05/council-number-0-reopens-the-ferry/index.html").is_file()


def test_the_make_targets_of_the_readme_are_there() -> None:
    if not shutil.which("make"):
        pytest.skip("no make")
    for line in shell_lines():
        if line.startswith("make "):
            done = subprocess.run(["make", "-n", line.split()[1]], cwd=TOP, capture_output=True, check=False)
            assert done.returncode == 0, line


def test_the_example_of_the_python_api_runs() -> None:
    blocks = [code for language, code in _FENCE.findall(TEXTS["python.md"]) if language in ("python", "py")]
    assert blocks
    for code in blocks:
        compile(code, "python.md", "exec")
