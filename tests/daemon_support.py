"""A webhook to send alerts to, and the daemon as a child process, for the tests of alerts and the daemon."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

DRIVER = Path(__file__).with_name("daemon_driver.py")
PATIENCE = 30.0


def unused_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def until(condition: Callable[[], object], what: Callable[[], str] = lambda: "") -> None:
    """Waits for the condition, for long: the machine may be busy."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what()
        time.sleep(0.05)


class Receiver:
    """A webhook: notes each request and answers with what `answer` gives (a status, or None for never)."""

    def __init__(
        self, answer: Callable[[], int | None], port: int, headers: Mapping[str, str], tls: ssl.SSLContext | None
    ) -> None:
        self.received: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.released = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.paths.append(self.path)
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append(json.loads(body))
                status = answer()
                if status is None:
                    receiver.released.wait(60)
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.server.server_port
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, path: str = "hook", query: str = "") -> str:
        return f"json://127.0.0.1:{self.port}/{path}{query}"

    @property
    def titles(self) -> list[str]:
        return [message["title"] for message in self.received]


@contextmanager
def receiver(
    answer: Callable[[], int | None] = lambda: 200,
    port: int = 0,
    headers: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Receiver]:
    """headers: of every answer."""
    made = Receiver(answer, port, headers or {}, tls)
    try:
        yield made
    finally:
        made.released.set()
        made.server.shutdown()
        made.server.server_close()


class World:
    """The folder that the driver reads, and the daemons started on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = path / "supabase" / "migrations"
        self.folder.mkdir(parents=True)
        self.daemons: list[Daemon] = []
        self.says(prove="ok")
        self.options()

    def says(self, **outcomes: str) -> None:
        """prove=…, or a remote's name; replaced at once, so that no half of it is read."""
        for name, outcome in outcomes.items():
            target = self.path / ("prove" if name == "prove" else f"check-{name}")
            draft = target.with_suffix(".draft")
            draft.write_text(outcome)
            draft.rename(target)

    def options(self, **options: Any) -> None:
        (self.path / "options.json").write_text(json.dumps(options))

    def calls(self, call: str) -> int:
        try:
            return (self.path / "calls").read_text().splitlines().count(call)
        except FileNotFoundError:
            return 0

    def start(self, **environment: str) -> Daemon:
        daemon = Daemon(self.path, len(self.daemons), environment)
        self.daemons.append(daemon)
        return daemon


class Daemon:
    def __init__(self, world: Path, number: int, environment: dict[str, str]) -> None:
        self._log = world / f"log-{number}"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(DRIVER), str(world)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | environment,
            )

    def text(self) -> str:
        return self._log.read_text()

    def lines(self, event: str) -> list[dict[str, Any]]:
        """The log lines of this event."""
        found = [json.loads(line) for line in self.text().splitlines() if line.startswith("{")]
        return [line for line in found if line["event"] == event]

    def wait_for(self, event: str, number: int = 1) -> None:
        until(lambda: len(self.lines(event)) >= number, lambda: f"no {event!r} in {self.text()}")

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def ends(self) -> int:
        return self.process.wait(PATIENCE)

    def terminate(self) -> int:
        self.signal(signal.SIGTERM)
        return self.ends()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
