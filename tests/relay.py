"""A TCP relay before a server's Unix socket, which loses connections when a test says so."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

Watch = Callable[[bytes], str]
"""Given what a client sends: "pass" it on, "cut" the connection instead, "last" pass it on and lose the answer."""


class Relay:
    """Every connection is passed on until `watch` says otherwise; url is the way to the server through it."""

    def __init__(self, server: Path) -> None:
        self.watch: Watch = lambda data: "pass"
        self.cuts = 0
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, host: str = "127.0.0.1", user: str = "postgres") -> str:
        return f"postgresql://{user}@{host}:{self.port}/postgres?hostaddr=127.0.0.1&sslmode=disable"

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server))
                lost = threading.Event()
                for source, sink, watched in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pump, args=(source, sink, watched, lost), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, watched: bool, lost: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                what = self.watch(data) if watched else "pass"
                if what != "pass":
                    lost.set()
                    self.cuts += 1
                    if what == "last":
                        sink.sendall(data)
                    source.shutdown(socket.SHUT_RDWR)
                    if what == "cut":
                        sink.shutdown(socket.SHUT_RDWR)
                    return
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                if not (lost.is_set() and end is sink and not watched):
                    end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def relayed(socket_dir: str, port: str) -> Iterator[Relay]:
    """A relay to the server at this socket directory."""
    relay = Relay(Path(socket_dir) / f".s.PGSQL.{port}")
    try:
        yield relay
    finally:
        relay.close()
