"""The scripts of search: typed, small, and what others wrote as they published it."""

import gzip
import hashlib
import shutil
import subprocess
import tomllib

import pytest

from sitegen.pages.scripts import slim
from sitegen.pages.search.words import _LANGUAGES

from .small import ASSETS, HERE

OWN = sorted(ASSETS.glob("search*.js"))
VENDOR = ASSETS / "vendor"


@pytest.mark.quick
def test_every_vendored_script_is_listed_with_its_licence_and_hash():
    listed = tomllib.loads((VENDOR / "vendor.toml").read_text("utf-8"))["script"]
    hashes = {path: value for entry in listed for path, value in entry["sha256"].items()}
    there = {p.relative_to(VENDOR).as_posix(): p for p in VENDOR.rglob("*.js")}
    assert sorted(hashes) == sorted(there)
    for path, file in there.items():
        assert hashlib.sha256(file.read_bytes()).hexdigest() == hashes[path], path
    for entry in listed:
        assert entry["name"]
        assert entry["version"]
        assert entry["licence"]
        assert (VENDOR / entry["licence_file"]).read_text("utf-8").strip()


@pytest.mark.quick
def test_every_language_has_its_stemmer_for_the_browser():
    for name in {*_LANGUAGES.values(), "base"}:
        assert (VENDOR / f"snowball/{name}-stemmer.js").exists(), name


@pytest.mark.quick
def test_search_scripts_stay_small():
    assert sum(len(gzip.compress(slim(script.read_bytes()))) for script in OWN) <= 14_000


@pytest.mark.quick
def test_script_of_every_page_stays_small():
    assert len(gzip.compress(slim((ASSETS / "site.js").read_bytes()))) <= 2_000


@pytest.mark.quick
def test_search_scripts_make_no_requests_but_scripts_and_store_nothing():
    for script in OWN:
        text = script.read_text("utf-8")
        for word in (
            "fetch(",
            "XMLHttpRequest",
            "eval(",
            "localStorage",
            "innerHTML",
            ".style",
            "WebAssembly",
        ):
            assert word not in text, (script.name, word)


def test_scripts_pass_the_type_check(tmp_path):
    if not shutil.which("npx"):
        pytest.skip("no npx")
    command = ["npx", "--no-install", "tsc"]
    if subprocess.run([*command, "--version"], capture_output=True, cwd=HERE, check=False).returncode:
        pytest.skip("no tsc: npm install --no-save typescript")
    options = [
        "--noEmit",
        "--checkJs",
        "--allowJs",
        "--strict",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom,dom.iterable",
    ]
    done = subprocess.run(
        [*command, *options, str(HERE / "globals.d.ts"), *map(str, OWN), str(ASSETS / "site.js")],
        capture_output=True,
        text=True,
        cwd=HERE,
        check=False,
    )
    assert done.returncode == 0, done.stdout
