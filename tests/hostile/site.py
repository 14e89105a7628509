"""A small archive of hostile files, built for real, and what a browser would make of its pages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import html5lib

REPOSITORY = Path(__file__).resolve().parents[2]
ACTIVE = {
    "iframe",
    "object",
    "embed",
    "base",
    "math",
    "template",
    "frame",
    "applet",
    "dialog",
    "foreignobject",
}
CHROME = {"form", "input", "button", "svg", "style", "script", "textarea", "select"}
SCHEMES = {"", "http", "https"}
LOADING = {"src", "srcset", "poster", "data", "background"}
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Built:
    """One build: its exit code, all that it said, and the site's folder."""

    code: int
    said: str
    public: Path

    @property
    def pages(self) -> dict[str, str]:
        return {
            p.relative_to(self.public).as_posix(): p.read_text("utf-8")
            for p in sorted(self.public.rglob("*.html"))
        }

    def shows(self, words: str) -> bool:
        return any(words in "".join(_tree(page).itertext()) for page in self.pages.values())

    def bytes_hold(self, words: str) -> bool:
        return any(words.encode() in p.read_bytes() for p in self.public.rglob("*") if p.is_file())


def lay(root: Path, files: Mapping[str, str | bytes]) -> None:
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "sitegen.toml").write_text('title = "Test"\n')
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def run(root: Path, *words: str) -> Built:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "--archive", str(root), *words],
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
    )
    said = (done.stdout + done.stderr).decode("utf-8")
    assert "Traceback" not in said, said
    return Built(done.returncode, said, root / "public")


def build(root: Path, files: Mapping[str, str | bytes]) -> Built:
    lay(root, files)
    return run(root, "build", "--jobs", "1")


def dangers(built: Built) -> list[str]:
    """Return all that must not be in a site, as a browser reads it."""
    found = [f"{name}: {what}" for name, page in built.pages.items() for what in _page_dangers(page)]
    for path in built.public.rglob("*"):
        name = path.relative_to(built.public).as_posix()
        if path.is_symlink():
            found.append(f"{name}: a link")
        if path.suffix == ".xml":
            ElementTree.fromstring(path.read_bytes())
        if path.suffix == ".json":
            json.loads(path.read_text("utf-8"))
        parts = name.split("/")
        if not name.startswith(("assets/", ".sitegen", "_headers")) and not re.fullmatch(
            r"[a-z0-9._/-]+", name
        ):
            found.append(f"{name}: a name beyond ASCII")
        found += [f"{name}: a device" for p in parts if re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", p)]
        found += [f"{name}: too long" for p in parts if len(p) > 100]
    return found


def _page_dangers(page: str) -> Iterator[str]:
    if NO_TEXT.search(page):
        yield "a control character"
    root = _tree(page)
    title = "".join(root.find(".//title").itertext())
    if TURNING.search(title):
        yield "a title that turns the reading order"
    inside = {id(e) for article in root.iter("article") for e in article.iter()}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.lower()
        if tag in ACTIVE or (id(element) in inside and tag in CHROME):
            yield f"<{tag}>"
        if tag == "script" and "src" not in element.attrib:
            yield "an inline script"
        for name, value in element.attrib.items():
            name = str(name).lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping", "nonce"):
                yield f"{tag} {name}"
            if name in LOADING | {"href", "action", "cite", "xlink:href"}:
                scheme = _scheme(value)
                if scheme not in SCHEMES:
                    yield f"{tag} {name}={value}"
                if name in LOADING and (scheme or value.strip().startswith(("//", "\\", "/\\"))):
                    yield f"{tag} loads {value}"


def _scheme(address: str) -> str:
    plain = re.sub(r"[\t\r\n]", "", address).strip("".join(map(chr, range(33))))
    found = re.match(r"([^/?#:]*):", plain)
    return found.group(1).lower() if found else ""


def _tree(page: str) -> ElementTree.Element:
    return html5lib.parse(page, namespaceHTMLElements=False)
