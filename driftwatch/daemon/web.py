"""The page, `/healthz` and `/metrics`: on 127.0.0.1, or elsewhere with a token. Nothing here changes anything."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Protocol

from driftwatch import __version__
from driftwatch.daemon.metrics import CONTENT_TYPE, Status, metrics
from driftwatch.errors import DriftwatchError, redact
from driftwatch.pages import policy

ADDRESS = "127.0.0.1"
_NAMES = (ADDRESS, "localhost", "[::1]")
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Site(Protocol):
    """What is served. Both are called from several threads."""

    def status(self) -> Status: ...
    def page(self, path: str) -> str | None:
        """The HTML of a path, None where there is none."""


class WebServer:
    """Serves until stopped. token: what everybody has to bring, "" for nothing; may be replaced at any time.

    Raises DriftwatchError when the address cannot be had.
    """

    def __init__(self, site: Site, port: int, bind: str = ADDRESS, token: str = "") -> None:
        self.site, self.token, self.bind = site, token, bind
        handler = type("Handler", (_Handler,), {"web": self})
        try:
            self._server = (_ServerOn6 if ":" in bind else _Server)((bind, port), handler)
        except (OSError, OverflowError) as error:
            raise DriftwatchError(
                f"The daemon cannot serve on {bind}:{port}: {error}",
                next_step="Choose another port for the daemon, or 0 for none.",
            ) from error
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="web", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def server_bind(self) -> None:
        """Without asking the network what this computer is called, which may take long and is nowhere said."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is not worth a traceback on stderr."""


class _ServerOn6(_Server):
    address_family = socket.AF_INET6


class _Handler(BaseHTTPRequestHandler):
    timeout = 5
    server_version, sys_version = "driftwatch", ""
    web: WebServer

    def do_GET(self) -> None:
        token = self.web.token
        if token and not has_token(self.headers.get("Authorization", ""), token):
            return self._answer(
                401, "text/plain", "the token is missing\n", {"WWW-Authenticate": "Basic realm=driftwatch"}
            )
        # A page in somebody's browser may have its own name resolve to 127.0.0.1; it has no token.
        if not token and _host(self.headers.get("Host", ADDRESS)) not in (*_NAMES, self.web.bind):
            return self._answer(403, "text/plain", "only for 127.0.0.1\n")
        path = self.path.partition("?")[0]
        if path == "/healthz":
            problems = [redact(line) for line in self.web.site.status().problems]
            body = json.dumps({"ok": not problems, "problems": problems}) + "\n"
            return self._answer(503 if problems else 200, "application/json", body)
        if path == "/metrics":
            return self._answer(200, CONTENT_TYPE, metrics(self.web.site.status(), __version__))
        page = self.web.site.page(path)
        if page is None:
            return self._answer(404, "text/plain", "there is /, /healthz and /metrics\n")
        return self._page(page)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _page(self, page: str) -> None:
        tag = f'"{hashlib.sha256(page.encode()).hexdigest()[:32]}"'
        if self.headers.get("If-None-Match") == tag:
            return self._answer(304, "text/html", "", {"ETag": tag})
        policies = f"{policy(live=True)}; frame-ancestors 'none'"
        return self._answer(200, "text/html", page, {"ETag": tag, "Content-Security-Policy": policies})

    def _answer(self, code: int, kind: str, body: str, headers: dict[str, str] | None = None) -> None:
        content = body.encode()
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if ";" not in kind else kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (_HEADERS | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Monitors ask every few seconds; that is no news."""


def has_token(authorization: str, token: str) -> bool:
    """Whether the header brings the token: `Bearer TOKEN`, or as the password of `Basic`, which browsers ask for."""
    scheme, _, said = authorization.partition(" ")
    given = said.strip().encode("latin-1", "replace")  # as the header was read
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).partition(b":")[2]
        except binascii.Error:
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given, token.encode())


def _host(header: str) -> str:
    """The Host header without its port."""
    return header.partition("]")[0] + "]" if header.startswith("[") else header.partition(":")[0]
