"""The server answers its owner's browser, and nobody else, with the site and nothing beside it."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.run.serve import EVENTS, Events, Server, serve
from tests.make import write

pytestmark = pytest.mark.quick


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    write(
        tmp_path,
        {
            "secret.txt": "secret",
            "public/index.html": "<html><head><title>t</title></head></html>",
            "public/a/index.html": "a",
            "public/404.html": "<head></head>lost",
            "public/feed.xml": "<feed/>",
            "public/.sitegen-manifest": "index.html\n",
        },
    )
    (tmp_path / "public/link.txt").symlink_to(tmp_path / "secret.txt")
    made = Server(tmp_path / "public", 0, Events(), watching=True)
    thread = threading.Thread(target=serve, args=(made,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()


def ask(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[int, str, http.client.HTTPMessage]:
    port = server.server_address[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path, headers={"Host": f"127.0.0.1:{port}", **headers})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.headers


def test_pages_are_served_with_a_script_that_reloads_them(server: Server) -> None:
    status, body, headers = ask(server, "/")
    assert status == 200
    assert '<script src="/__sitegen/reload.js" defer></script></head>' in body
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"


def test_a_folder_without_its_slash_is_redirected_and_a_miss_shows_the_404_page(server: Server) -> None:
    status, _, headers = ask(server, "/a")
    assert (status, headers["Location"]) == (301, "/a/")
    status, body, _ = ask(server, "/nowhere/")
    assert status == 404
    assert "lost" in body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/a/%2e%2e/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "/%00",
        "/link.txt",
        "/.sitegen-manifest",
        "//secret.txt",
        "/%ff",
    ],
)
def test_nothing_beside_the_site_is_given_out(server: Server, path: str) -> None:
    status, body, _ = ask(server, path)
    assert status == 404
    assert "secret" not in body


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Host": "127.0.0.1.evil.example:80"}, {"Origin": "http://evil.example"}],
)
def test_a_page_elsewhere_cannot_read_the_site_through_the_browser(
    server: Server, headers: dict[str, str]
) -> None:
    assert ask(server, "/", **headers)[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "FOO"])
def test_only_reading_is_allowed(server: Server, method: str) -> None:
    status, _, headers = ask(server, "/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_a_build_is_told_to_open_pages(server: Server) -> None:
    port = server.server_address[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", EVENTS, headers={"Host": f"127.0.0.1:{port}"})
    stream = connection.getresponse()
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    lines = iter(lambda: stream.readline().decode().strip(), None)
    assert "event: problems" in [next(lines) for _ in range(4)]
    server.events.tell("content/x.md:3: wrong", reload=False)
    assert 'data: "content/x.md:3: wrong"' in [next(lines) for _ in range(2)]
    next(lines)
    server.events.tell("", reload=True)
    assert next(lines) == "event: reload"
    connection.close()
