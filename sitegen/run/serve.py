"""The site on 127.0.0.1, for its owner alone: static files, and events that reload the browser.

Only loopback names are answered (a page elsewhere must not read the archive through the browser:
Host and Origin are checked against DNS rebinding), and nothing is written.
"""

from __future__ import annotations

import html
import json
import mimetypes
import os
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

EVENTS = "/__sitegen/events"
SCRIPT = "/__sitegen/reload.js"
HOST = "127.0.0.1"
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_BEAT_S = 15.0
_TIMEOUT_S = 10.0
_CHUNK = 1 << 16
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
_RELOAD = """\
"use strict";
(() => {
  const events = new EventSource("/__sitegen/events");
  let box = null;
  events.addEventListener("reload", () => location.reload());
  events.addEventListener("problems", (event) => {
    const text = JSON.parse(event.data);
    if (!text) { if (box) { box.remove(); box = null; } return; }
    if (!box) {
      box = document.createElement("dialog");
      box.className = "sitegen-problems";
      box.append(document.createElement("pre"));
      document.body.append(box);
      box.show();
    }
    box.firstChild.textContent = text;
  });
})();
"""


class Events:
    """What the open pages are told: a generation that grows with each build, and the last faults."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._generation = 0
        self._problems = ""
        self.closed = False

    def tell(self, problems: str, *, reload: bool) -> None:
        """Tell every open page: faults to show over it ("" for none), or that it is to reload."""
        with self._changed:
            self._problems = problems
            self._generation += reload
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def now(self) -> tuple[int, str]:
        with self._changed:
            return self._generation, self._problems

    def wait(self, seen: tuple[int, str], timeout: float) -> tuple[int, str]:
        """Return the newest state, as soon as it differs from `seen` or after `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or (self._generation, self._problems) != seen, timeout)
            return self._generation, self._problems


class Server(ThreadingHTTPServer):
    """A threaded server of one folder on loopback; a port of 0 takes any free one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, public: Path, port: int, events: Events, *, watching: bool) -> None:
        self.public, self.events, self.watching = Path(os.path.realpath(public)), events, watching
        super().__init__((HOST, port), _Handler)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/"

    def handle_error(self, *_: Any) -> None:
        """Say nothing: a browser that goes away in mid-answer is no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "sitegen"
    sys_version = ""
    timeout = _TIMEOUT_S

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def __getattr__(self, name: str) -> Any:
        """Answer every other method with 405 (the base class looks for `do_METHOD`)."""
        if name.startswith("do_"):
            return self._refuse_method
        raise AttributeError(name)

    def _refuse_method(self) -> None:
        self.close_connection = True
        self._send(
            HTTPStatus.METHOD_NOT_ALLOWED, b"GET and HEAD only\n", "text/plain", {"Allow": "GET, HEAD"}
        )

    def _answer(self, *, body: bool) -> None:
        if not self._is_ours():
            self._send(HTTPStatus.FORBIDDEN, b"this site answers on 127.0.0.1 only\n", "text/plain")
            return
        path = urlsplit(self.path).path
        if self.server.watching and path == EVENTS:
            self._stream(body)
        elif self.server.watching and path == SCRIPT:
            self._send(HTTPStatus.OK, _RELOAD.encode(), "text/javascript", body=body)
        else:
            self._file(path, body)

    def _is_ours(self) -> bool:
        port = self.server.server_address[1]
        names = {f"{name}:{port}" for name in _LOOPBACK} | (_LOOPBACK if port == 80 else set())
        origin = self.headers.get("Origin")
        return self.headers.get("Host", "") in names and (
            origin is None or origin.removeprefix("http://") in names
        )

    def _file(self, path: str, body: bool) -> None:
        target = self._target(path)
        if target is None:
            lost = self.server.public / "404.html"
            page = lost.read_bytes() if lost.is_file() else b"not found\n"
            self._send(HTTPStatus.NOT_FOUND, self._live(page), "text/html", body=body)
        elif target.is_dir():
            place = urlsplit(self.path).path.lstrip("/")
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", {"Location": f"/{place}/"})
        else:
            self._send_file(target, body)

    def _target(self, path: str) -> Path | None:
        """Return the file or folder that a path names below the site, or None for anything else."""
        try:
            parts = unquote(path, errors="strict").split("/")
        except UnicodeDecodeError:
            return None
        if any(p.startswith(".") or "\\" in p or "\0" in p for p in parts):
            return None
        wanted = self.server.public.joinpath(*[p for p in parts if p])
        if path.endswith("/"):
            wanted = wanted / "index.html"
        try:
            real = Path(os.path.realpath(wanted))
            inside = real == self.server.public or real.is_relative_to(self.server.public)
            return real if inside and (real.is_file() or real.is_dir()) else None
        except OSError:
            return None

    def _send_file(self, target: Path, body: bool) -> None:
        kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        try:
            content = target.read_bytes()
        except OSError:
            self._send(HTTPStatus.NOT_FOUND, b"not found\n", "text/plain", body=body)
            return
        if target.suffix == ".html":
            content = self._live(content)
        self._send(HTTPStatus.OK, content, kind, body=body)

    def _live(self, page: bytes) -> bytes:
        """Return a page with the script that reloads it, while watching."""
        tag = f'<script src="{SCRIPT}" defer></script>'.encode()
        return page.replace(b"</head>", tag + b"</head>", 1) if self.server.watching else page

    def _send(
        self,
        status: HTTPStatus,
        content: bytes,
        kind: str,
        headers: dict[str, str] | None = None,
        *,
        body: bool = True,
    ) -> None:
        text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store" if self.server.watching else "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Content-Security-Policy", _POLICY)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content)

    def _stream(self, body: bool) -> None:
        """Keep the connection and write an event for each build; a comment now and then as a beat."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if not body:
            return
        seen = self.server.events.now()
        self._event("retry: 500\n" + _problems_event(seen[1]))
        while not self.server.events.closed:
            now = self.server.events.wait(seen, _BEAT_S)
            if now == seen:
                self._event(": still here\n\n")
                continue
            reload = "event: reload\ndata: 1\n\n" if now[0] != seen[0] else ""
            self._event(reload or _problems_event(now[1]))
            seen = now

    def _event(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing for each request: errors of the build are what the terminal is for."""

    def send_error(self, code: int, message: str | None = None, _explain: str | None = None) -> None:
        """Answer a malformed request in one plain line."""
        self.close_connection = True
        if not hasattr(self, "headers"):
            self.headers = {}  # type: ignore[assignment]
        self.request_version = "HTTP/1.1"
        self._send(HTTPStatus(code), html.escape(message or "bad request").encode() + b"\n", "text/plain")


def _problems_event(text: str) -> str:
    return f"event: problems\ndata: {json.dumps(text)}\n\n"


def serve(server: Server, *, on_stop: Callable[[], None] = lambda: None) -> None:
    """Answer until interrupted, then let go of the port and the open streams."""
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        server.events.close()
        on_stop()
        server.server_close()
