"""`/healthz` and `/metrics` on 127.0.0.1, for a monitor on the same machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from driftwatch.core.alerts import RemoteState
from driftwatch.errors import DriftwatchError, redact

ADDRESS = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Status:
    """The daemon at one moment. problems: why it does not do its work, nothing when it does.

    checks: (remote, outcome) -> how many of the kept checks; waiting: channel -> undelivered alerts;
    proved: whether the migrations were last proved, None if that is not known.
    """

    problems: tuple[str, ...]
    remotes: Sequence[RemoteState]
    checks: Mapping[tuple[str, str], int]
    waiting: Mapping[str, int]
    proved: bool | None


class WebServer:
    """Serves until stopped. Raises DriftwatchError when the port cannot be had."""

    def __init__(self, port: int, status: Callable[[], Status]) -> None:
        handler = type("Handler", (_Handler,), {"status": staticmethod(status)})
        try:
            self._server = _Server((ADDRESS, port), handler)
        except (OSError, OverflowError) as error:
            raise DriftwatchError(
                f"The daemon cannot serve on {ADDRESS}:{port}: {error}",
                next_step="Choose another port for the daemon, or 0 for none.",
            ) from error
        self.port = port
        self._thread = threading.Thread(target=self._server.serve_forever, name="web", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is not worth a traceback on stderr."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 5
    server_version, sys_version = "driftwatch", ""
    status: Callable[[], Status]

    def do_GET(self) -> None:
        # A page in somebody's browser may have its own name resolve to 127.0.0.1.
        if self.headers.get("Host", ADDRESS).split(":")[0] not in (ADDRESS, "localhost"):
            return self._answer(403, "text/plain", "only for 127.0.0.1\n")
        if self.path == "/healthz":
            problems = [redact(line) for line in self.status().problems]
            body = json.dumps({"ok": not problems, "problems": problems}) + "\n"
            return self._answer(503 if problems else 200, "application/json", body)
        if self.path == "/metrics":
            return self._answer(200, "text/plain; version=0.0.4", metrics(self.status()))
        return self._answer(404, "text/plain", "there is /healthz and /metrics\n")

    def _answer(self, code: int, kind: str, body: str) -> None:
        content = body.encode()
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if ";" not in kind else kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Monitors ask every few seconds; that is no news."""


def metrics(status: Status) -> str:
    """The status as Prometheus reads it."""
    remotes = status.remotes
    checked = [(state.remote, state.checked_at) for state in remotes if state.checked_at]
    families = [
        _family("healthy", "1 when the daemon does its work.", [({}, not status.problems)]),
        _family(
            "remote_drifted",
            "1 while the remote is known to have drifted.",
            [({"remote": state.remote}, state.drift_id is not None) for state in remotes],
        ),
        _family(
            "remote_failed_checks",
            "Checks in a row that could not be done.",
            [({"remote": state.remote}, state.failures) for state in remotes],
        ),
        _family(
            "remote_checked_timestamp_seconds",
            "When the remote was last really compared.",
            [({"remote": remote}, at.timestamp()) for remote, at in checked],
        ),
        _family(
            "checks_kept",
            "Checks in the log, by outcome; the newest of each remote are kept.",
            [({"remote": key[0], "outcome": key[1]}, number) for key, number in status.checks.items()],
        ),
        _family(
            "alerts_waiting",
            "Alerts not yet delivered.",
            [({"channel": channel}, number) for channel, number in status.waiting.items()],
        ),
        _family(
            "migrations_proved",
            "1 when the migrations in the folder were proved.",
            [] if status.proved is None else [({}, status.proved)],
        ),
    ]
    return "".join(families)


def _family(name: str, text: str, samples: Iterable[tuple[Mapping[str, str], float]]) -> str:
    lines = [f"# HELP driftwatch_{name} {text}", f"# TYPE driftwatch_{name} gauge"]
    for labels, value in samples:
        shown = ",".join(f'{label}="{_escaped(of)}"' for label, of in labels.items())
        lines.append(f"driftwatch_{name}{f'{{{shown}}}' if shown else ''} {float(value)!r}")
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
