"""Imports run one way, the core reads and writes nothing, each outside package has one door."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.make import article, write

pytestmark = pytest.mark.quick

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "sitegen"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = ("errors", "text", "model", "config", "dates", "vocabulary", "intake", "archive", "pages")

READS_AND_WRITES = {
    *("asyncio", "concurrent", "fileinput", "glob", "http", "io", "locale", "mmap", "multiprocessing", "os"),
    *("pathlib", "platform", "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3"),
    *("ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib.request", "webbrowser"),
}
PURE_PARTS = {"PurePosixPath", "NAMESPACE_URL", "uuid5"}  # these name files and hash names, no more
IMPURE_CALLS = {"open", "input", "print", "exec", "eval", "__import__"}
IMPURE_METHODS = {"now", "utcnow", "today", "uuid1", "uuid4", "getnode", "urandom"}

VALUES = "msgspec"
"""Makes the frozen values of every module, so it has no door."""
DOORS = {
    "Stemmer": {"pages/search/words.py"},
    "charset_normalizer": {"intake/read.py"},
    "imagesize": {"run/whole.py"},
    "jinja2": {"pages/compiling.py", "pages/render.py"},
    "lxml": {
        "intake/authors.py",
        "intake/convert.py",
        "intake/dom.py",
        "intake/elements.py",
        "intake/feed.py",
        "intake/meta.py",
        "intake/notes.py",
        "intake/pictures.py",
        "intake/tree.py",
        "intake/vote.py",
    },
    "markdown": {"pages/markdown.py"},
    "markupsafe": {"pages/compiling.py", "pages/render.py"},
    "merge3": {"archive/merging.py"},
    "nh3": {"pages/markdown.py"},
    "rjsmin": {"pages/scripts.py"},
    "shtab": {"cli/ask.py"},
    "slugify": {"text.py"},
    "text_unidecode": {"text.py"},
    "snowballstemmer": {"pages/search/words.py"},
    "tomlkit": {"run/begin.py", "vocabulary/edit.py"},
    "tqdm": {"cli/talk.py"},
    "trafilatura": {"intake/vote.py"},
    "watchdog": {"run/watch.py"},
    "yaml": {"archive/yamlevents.py"},
}
LATE = {
    ("__init__.py", "sitegen.dates"): "the package's names are for others; the command does not need them",
    ("__init__.py", "sitegen.intake"): "the package's names are for others; the command does not need them",
    ("__init__.py", "sitegen.model"): "the package's names are for others; the command does not need them",
    ("cli/make.py", "sitegen.run.begin"): "a build with nothing to do is quick",
    ("cli/make.py", "sitegen.cli.intake"): "an inbox is mostly empty",
    ("cli/make.py", "sitegen.run.inbox"): "an inbox is mostly empty",
    ("cli/keys.py", "termios"): "no such thing on Windows",
    ("cli/keys.py", "tty"): "no such thing on Windows",
    ("cli/talk.py", "tqdm"): "only a terminal shows a bar",
    ("intake/read.py", "charset_normalizer"): "most inputs say their encoding",
    ("intake/vote.py", "trafilatura"): "half a second, for pages only",
    ("pages/search/words.py", "Stemmer"): "the quicker of two where it is installed",
    ("pages/search/words.py", "snowballstemmer"): "most have the compiled one",
    ("archive/frontmatter.py", "sitegen.dates"): "the grammar is large, and most dates are ISO",
    ("text.py", "slugify"): "its tables are large, and most names are simple",
    ("text.py", "text_unidecode"): "its tables are large, and most names are simple",
    ("archive/yamltext.py", "sitegen.archive.yamlevents"): "heads that sitegen wrote want no parser",
    ("__main__.py", "sitegen.cli"): "while it loads, Ctrl-C would show a stack trace",
    ("run/pool.py", "concurrent.futures"): "most builds are of one edit, and need no other process",
    ("run/pool.py", "sitegen.run.worker"): "most builds are of one edit, and need no other process",
    ("pages/bodies.py", "sitegen.pages.markdown"): "most articles are plain prose",
    ("run/whole.py", "sitegen.dates"): "the tables are large, and places once found are kept",
    ("run/make.py", "sitegen.run.whole"): "most builds are of one edit, and need no vocabulary",
    ("run/make.py", "sitegen.run.searching"): "a site may go without, and stemmers are large",
    ("run/whole.py", "imagesize"): "it loads an HTTP client; few articles have images",
    ("run/build.py", "sitegen.run.cluster"): "few runs go to a cluster",
    ("run/lastbuild.py", "sitegen.run.plans"): "a type's name: a build with nothing to do makes no plan",
    ("run/build.py", "sitegen.run.make"): "jinja2 and markdown cost more than a build with nothing to do",
}
LONG: dict[str, int] = {}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> Iterator[tuple[ast.stmt, str, str]]:
    """Give each import of a module: the statement, the module, and the name taken from it or ""."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports by dots"
            yield from ((node, node.module or "", alias.name) for alias in node.names)


def core() -> list[Path]:
    return [p for p in MODULES if p.relative_to(PACKAGE).parts[0].removesuffix(".py") in CORE]


def test_rooms_import_in_one_direction() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_core_imports_nothing_that_reads_or_writes() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno} {module} {name}"
        for path in core()
        for node, module, name in imports(path)
        if (module in READS_AND_WRITES or module.split(".")[0] in READS_AND_WRITES) and name not in PURE_PARTS
    ]
    assert wrong == []


def test_the_core_opens_prints_and_asks_the_clock_nowhere() -> None:
    wrong = []
    for path in core():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Name) and called.id in IMPURE_CALLS:
                wrong.append(f"{name_of(path)}:{node.lineno} {called.id}()")
            if isinstance(called, ast.Attribute) and called.attr in IMPURE_METHODS:
                wrong.append(f"{name_of(path)}:{node.lineno} .{called.attr}()")
    assert wrong == []


def test_each_outside_package_has_its_door() -> None:
    found: dict[str, set[str]] = {}
    for path in MODULES:
        for _, module, _ in imports(path):
            package = module.split(".")[0]
            if package not in ("sitegen", VALUES) and package not in sys.stdlib_module_names:
                found.setdefault(package, set()).add(name_of(path))
    assert found == DOORS


def test_each_dependency_is_imported_and_each_import_declared() -> None:
    declared = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.match(r"[\w.-]+", row).group().lower() for row in declared}  # type: ignore[union-attr]
    called = {
        "stemmer": "pystemmer",
        "slugify": "python-slugify",
        "text_unidecode": "text-unidecode",
        "yaml": "pyyaml",
        "charset_normalizer": "charset-normalizer",
        "markupsafe": "jinja2",  # its other half
    }
    assert {called.get(p.lower(), p.lower()) for p in (*DOORS, VALUES)} == names


def test_imports_stand_at_the_top_but_for_those_that_say_why() -> None:
    found = set()
    for path in MODULES:
        top = {id(node) for node in tree(path).body}
        late = {(name_of(path), module) for node, module, _ in imports(path) if id(node) not in top}
        found |= late
    assert found == LATE.keys()


def test_modules_have_one_subject() -> None:
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > LONG.get(name, 400)} == {}
    assert [name for name in LONG if sizes.get(name, 0) <= 400] == [], "take these off the list"


def test_nothing_is_called_utils_and_no_module_state_is_changed() -> None:
    assert not [p for p in MODULES if p.stem in ("utils", "helpers", "misc", "common_utils")]
    wrong = [
        f"{name_of(p)}:{n.lineno}" for p in MODULES for n in ast.walk(tree(p)) if isinstance(n, ast.Global)
    ]
    assert wrong == []


def test_faults_are_swallowed_only_at_the_border() -> None:
    wrong = []
    for path in core():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                if caught in ("", "Exception", "BaseException"):
                    wrong.append(f"{name_of(path)}:{node.lineno}")
    assert wrong == []


def test_private_names_stay_in_their_module() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno} {name}"
        for path in MODULES
        for node, module, name in imports(path)
        if module.startswith("sitegen") and name.startswith("_") and not name.startswith("__")
    ]
    assert wrong == []


def test_a_build_with_nothing_to_do_loads_no_engine(tmp_path: Path) -> None:
    write(tmp_path, {"sitegen.toml": "", "content/articles/2018/02/one.md": article("One")})
    code = (
        "import sys; from sitegen.cli import main; code = main(['build', '-q']); "
        "print(code, *sorted({m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names)))"
    )
    for loaded in ({"jinja2"}, set()):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={"PYTHONPATH": str(TOP), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        code_of_build, *modules = done.stdout.split()
        assert code_of_build == "0", done.stderr
        engines = {
            "jinja2",
            "markdown",
            "yaml",
            "lxml",
            "trafilatura",
            "tomlkit",
            "nh3",
            "watchdog",
            "merge3",
        }
        assert loaded <= set(modules)
        assert loaded or not engines & set(modules)
