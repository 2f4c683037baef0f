"""What the watcher costs while nothing happens, and how soon it tells when something does.

python -m benchmarks.idle                 ten minutes with one remote at its default interval
python -m benchmarks.idle --minutes 2     shorter
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.connect import connect
from driftwatch.postgres.shadow import Shadow, ShadowOptions, Shadows

from benchmarks import migrations

MIGRATIONS = 50
TIMES = 10
CPU_BAR, MEMORY_BAR, ALERT_BAR = 0.2, 80.0, 1.0
"""Percent of a core, megabytes, seconds."""
_TICKS = os.sysconf("SC_CLK_TCK")


class Receiver:
    """A webhook that notes when something arrived."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                receiver.arrived.set()
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nobody wants to read it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.idle")
    parser.add_argument("--minutes", type=float, default=10.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="driftwatch-idle-") as name:
        home = Path(name)
        home.chmod(0o711)
        shadows = Shadows(ShadowOptions(home / "cache"))
        with shadows.open(shadows.ensure_base()) as remote:
            measure(home, remote, given.minutes * 60)


def measure(home: Path, remote: Shadow, seconds: float) -> None:
    receiver = Receiver()
    environment, project = prepare(home, remote, receiver)
    driftwatch(project, environment, "sync", "to-remote", "production", "--yes")
    driftwatch(project, environment, "remote", "audit", "install", "production", "--yes")
    log = home / "log"
    with log.open("w") as stderr:
        daemon = subprocess.Popen(
            [sys.executable, "-m", "driftwatch", "daemon", "run", "--json"], cwd=project, env=environment, stderr=stderr
        )
    try:
        wait_for(log, "migrations proved")
        wait_for(log, "hears of changes at once")
        wait_for(log, "checked")
        print(f"load {os.getloadavg()[0]:.1f}; {MIGRATIONS} migrations, one remote with an audit")
        time.sleep(10)  # what was begun comes to its end
        before, began = cpu_seconds(daemon.pid), time.monotonic()
        time.sleep(seconds)
        used = (cpu_seconds(daemon.pid) - before) / (time.monotonic() - began) * 100
        show(f"CPU over {seconds / 60:g} minutes, % of a core", used, CPU_BAR)
        show("memory, MB", resident(daemon.pid), MEMORY_BAR)
        show("  of it this process's own", resident(daemon.pid, "RssAnon"), MEMORY_BAR)
        delays = [alert_delay(remote, receiver) for _ in range(TIMES)]
        show("statement to webhook, median s", statistics.median(delays), ALERT_BAR)
        show("statement to webhook, longest s", max(delays), ALERT_BAR)
        show(f"memory after {TIMES} drifts, MB", resident(daemon.pid), MEMORY_BAR)
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(30)


def prepare(home: Path, remote: Shadow, receiver: Receiver) -> tuple[dict[str, str], Path]:
    project = home / "project"
    folder = project / "supabase" / "migrations"
    migrations.write(folder, MIGRATIONS)
    port = receiver.server.server_port
    (project / "driftwatch.toml").write_text(
        f'[remotes.production]\nurl_env = "PROD_URL"\n[notify.channels.ops]\nurl = "json://127.0.0.1:{port}/hook"\n'
    )
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    host = remote.cluster.conninfo()["host"]
    environment = {
        **os.environ,
        "PROD_URL": f"postgresql://{SUPERUSER}@/postgres?host={host}",
        "DRIFTWATCH_PATHS__CACHE": str(home / "cache"),
        "DRIFTWATCH_PATHS__DATA": str(home / "data"),
        "DRIFTWATCH_LOCAL__PORT": "0",
        "HOME": str(home),
    }
    return environment, project


def driftwatch(project: Path, environment: dict[str, str], *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "driftwatch", *words],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise SystemExit(f"driftwatch {' '.join(words)} ended with {done.returncode}:\n{done.stderr[-2000:]}")


def alert_delay(remote: Shadow, receiver: Receiver) -> float:
    """Seconds from the end of a statement to the alert; the drift is mended again before this returns."""
    took = []
    somebody = {**remote.cluster.conninfo("postgres"), "application_name": "by hand"}
    with contextlib.closing(connect(somebody)) as conn:
        for statement in ("CREATE TABLE public.by_hand (id int)", "DROP TABLE public.by_hand"):
            receiver.arrived.clear()
            conn.execute(statement.encode())
            began = time.monotonic()
            if not receiver.arrived.wait(60):
                raise SystemExit("no alert came within a minute")
            took.append(time.monotonic() - began)
    return took[0]


def wait_for(log: Path, event: str) -> None:
    deadline = time.monotonic() + 120
    while not any(json.loads(line)["event"] == event for line in log.read_text().splitlines() if line[:1] == "{"):
        if time.monotonic() > deadline:
            raise SystemExit(f"no {event!r} in the daemon's log:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def cpu_seconds(pid: int) -> float:
    """Of the process and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def resident(pid: int, field: str = "VmRSS") -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:"))


def show(what: str, value: float, bar: float) -> None:
    print(f"{what:<40}{value:>10.3f}   {'under' if value < bar else 'OVER'} {bar:g}", flush=True)


if __name__ == "__main__":
    main()
