import functools
import http.server
import shutil
import threading
from pathlib import Path

import pytest

from sitegen.pages.scripts import slim

from .small import ASSETS, archive, index

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Search</title>
<link rel="icon" href="{root}assets/none.svg">"""
FORM = (
    '<form role="search" action="{root}search/" data-search data-root="{root}">'
    '<input type="search" name="q" {more} aria-label="Search"></form>'
)
SEARCH_PAGE = (
    HEAD
    + "".join(
        f'<script src="{{root}}{path}" defer></script>'
        for path in (
            "assets/search-text.js",
            "assets/search-engine.js",
            "search/directory.js",
            "assets/search.js",
        )
    )
    + "</head><body data-kind='search'><header></header><main>"
    + FORM
    + "<div data-search-host></div><div class='browse'>A to Z</div></main></body></html>"
)
OTHER_PAGE = (
    HEAD
    + '<script src="{root}assets/search.js" defer></script></head><body><header>'
    + FORM
    + "</header><main><p>Text</p></main></body></html>"
)


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    """Write index files with a search page and another page around them."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    shutil.copytree(ASSETS, folder / "assets", dirs_exist_ok=True)
    for script in (folder / "assets").glob("*.js"):
        script.write_bytes(slim(script.read_bytes()))
    (folder / "assets/none.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (folder / "search/index.html").write_text(SEARCH_PAGE.format(root="../", more='id="q"'))
    (folder / "index.html").write_text(OTHER_PAGE.format(root="./", more=""))
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    return lay(tmp_path_factory.mktemp("site"), index(*archive()))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def serve():
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(params=["served", "from disk"])
def page(request, chromium, site, serve):
    """The search page, under a strict policy; a console error fails the test."""
    address = serve(site) + "search/" if request.param == "served" else f"file://{site}/search/index.html"
    opened = chromium.new_page()
    faults: list[str] = []
    opened.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda e: faults.append(str(e)))
    opened.goto(address)
    yield opened
    opened.close()
    assert faults == []
