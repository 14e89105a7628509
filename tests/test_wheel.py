"""The wheel carries all that the command needs: templates, tables, and nothing of the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an unpacked wheel, built from the repository as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", str(TOP), "--no-deps", "-q", "-w", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and ("Could not find a version" in done.stderr or "connection" in done.stderr.lower()):
        pytest.skip("the build's own packages cannot be had without a network")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("sitegen_archive-*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def test_templates_and_tables_are_inside(unpacked: Path) -> None:
    for folder, inside in (("templates", "sitegen/templates"), ("sitegen/data", "sitegen/data")):
        ours = {
            p.relative_to(TOP / folder)
            for p in (TOP / folder).rglob("*")
            if p.is_file() and "__pycache__" not in p.parts
        }
        there = {p.relative_to(unpacked / inside) for p in (unpacked / inside).rglob("*") if p.is_file()}
        assert ours - there == set()
    tops = {p.name for p in unpacked.iterdir() if not p.name.endswith(".dist-info")}
    assert tops == {"sitegen"}
    assert (unpacked / "sitegen/py.typed").is_file()


def test_the_wheel_alone_makes_an_archive_and_its_site(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}

    def sitegen(*words: str, cwd: Path) -> None:
        command = [sys.executable, "-m", "sitegen", *words]
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    sitegen("init", "a", cwd=tmp_path)
    sitegen("build", cwd=tmp_path / "a")
    sitegen("check", cwd=tmp_path / "a")
    made = tmp_path / "a/public"
    assert "Welcome to your archive" in (made / "index.html").read_text()
    assert (made / "assets/site.css").is_file()
    code = "import sitegen; print(sitegen.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(unpacked))
