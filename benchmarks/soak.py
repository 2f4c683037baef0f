"""A month of the watcher in minutes: python benchmarks/soak.py [CHECKS] [KILLS]

The daemon's own parts (checks, alerts, state, outbox, housekeeping) run in a child process whose clock is moved on by
hand: 30 days with flapping drifts and outages of four remotes, checked 5,000 times, while two webhooks on the loopback
listen, one of which is often down, busy or slow. In the first half the child is killed with SIGKILL at random points
and started again; in the second half it lives through, and its memory and descriptors are measured.

Afterwards what the webhooks got is held against what the checks saw. Exit code 1 when an alert was lost, came in the
wrong order, or came twice without a kill; or when memory or descriptors grew.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from driftwatch.core.alerts import AlertPolicy, Observation
from driftwatch.core.times import regular
from driftwatch.daemon import logging
from driftwatch.daemon.checks import Checks
from driftwatch.daemon.housekeeping import Housekeeping
from driftwatch.daemon.jobs import Timetable
from driftwatch.daemon.options import Configured, DaemonOptions, ProofOutcome, RemoteSchedule
from driftwatch.daemon.outbox import Outbox
from driftwatch.daemon.state import SqliteState
from driftwatch.notify import Channel, Notifier

REMOTES = ("production", "staging", "qa", "demo")
BEGIN = datetime(2025, 3, 1, tzinfo=UTC)
DAYS = 30
MEMORY_GROWTH, DESCRIPTOR_GROWTH = 8 * 1024, 2
"""KiB and descriptors in half of the time, after a warm-up."""
_LIFE = 0.3
"""Seconds that a child which is to be killed lives at most, for 5,000 checks."""
CHANGES = {"drift_began", "drift_changed", "drift_over"}


def truth(remote: str) -> Callable[[datetime], Observation]:
    """How the remote stands at every moment: spells of some hours, each in sync, drifted or unreachable."""
    chance, spells, at = random.Random(remote), [], BEGIN
    while at < BEGIN + timedelta(days=DAYS + 2):
        word = chance.choices(("in_sync", "A", "B", "C", "unreachable"), (8, 3, 2, 2, 2))[0]
        at += timedelta(hours=chance.choice((0.1, 0.4, 1, 3, 9, 20)))
        spells.append((at, word))

    def look(now: datetime) -> Observation:
        word = next(word for end, word in spells if now < end)
        if word == "in_sync":
            return Observation(remote, "in_sync")
        if word == "unreachable":
            return Observation(remote, "unreachable", reason="no route to host")
        return Observation(remote, "drifted", f"{remote}-{word}", (f"table {remote}.{word} changed",))

    return look


class Rechecks(Timetable):
    """Notes what is wanted soon, so that it can be done at a time of the simulation."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[Callable[[], object]] = []

    def soon(self, name: str, seconds: float, call: Callable[[], object]) -> None:
        self.wanted.append(call)


class Life:
    """The daemon in one process, from the last check that was written down on."""

    def __init__(self, place: Path, step: timedelta, urls: list[str]) -> None:
        self.state, self.step = SqliteState(place / "state.sqlite"), step
        known = [one.attempted_at for one in self.state.remotes() if one.attempted_at]
        self.now = max(known, default=BEGIN)
        looks = {remote: truth(remote) for remote in REMOTES}
        notifier = Notifier([Channel(f"hook{number}", url) for number, url in enumerate(urls)], time_limit=5)
        self.options = DaemonOptions(
            place,
            {remote: RemoteSchedule(300) for remote in REMOTES},
            AlertPolicy(confirmations=2, unreachable_after=3),
            gather=0,
            digest=regular("mon 09:00"),
            down_after=None,
        )
        self.configured = Configured(
            self.options, lambda: ProofOutcome(True, ""), lambda remote: looks[remote](self.now), notifier
        )
        stopping, self.rechecks = threading.Event(), Rechecks()
        self.checks = Checks(self.configured, self.state, self.clock, stopping, lambda alert: None)
        self.house = Housekeeping(
            self.configured, self.state, self.clock, stopping, self.checks.remotes, lambda alert: None
        )
        self.outbox = Outbox(self.state, notifier, self.clock, stopping, self.options)

    def clock(self) -> datetime:
        return self.now

    def live(self, end: datetime) -> None:
        self.round(lambda: self.checks.take_up(self.configured, self.rechecks))
        for number in range(1_000_000):
            if self.now >= end:
                break
            self.now += self.step
            self.round(self.check_all)
            if number % 20 == 0:
                print(json.dumps(measured()), flush=True)
        while self.state.undelivered():
            self.now += timedelta(minutes=20)
            self.outbox.deliver_due()
        print(json.dumps(measured()), flush=True)

    def check_all(self) -> None:
        for remote in REMOTES:
            self.checks.request(remote)

    def round(self, begin: Callable[[], object]) -> None:
        begin()
        self.join()
        while self.rechecks.wanted:
            self.now += timedelta(seconds=self.options.recheck)
            wanted, self.rechecks.wanted = self.rechecks.wanted, []
            for call in wanted:
                call()
            self.join()
        self.house.take_up(self.configured, Timetable())
        self.house.join(60)
        self.outbox.deliver_due()

    def join(self) -> None:
        self.checks.join(time.monotonic() + 60)


def measured() -> dict[str, int]:
    """Of this process: memory in KiB, open descriptors, threads."""
    status = Path("/proc/self/status").read_text()
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    return {"memory": memory, "descriptors": descriptors, "threads": threading.active_count()}


class Hook:
    """A webhook; `mood` says what it answers: a status, None for hanging up."""

    def __init__(self, mood: Callable[[], int | None]) -> None:
        self.keys: list[str] = []
        self.refused = 0
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = mood()
                if answer == 200:
                    hook.keys.append(body["driftwatch"]["key"])
                else:
                    hook.refused += 1
                if answer is None:
                    return
                self.send_response(answer)
                self.send_header("Retry-After", "900")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server.server_port}/hook"


def moody(seed: int) -> Callable[[], int | None]:
    """Spells of good and bad answers, the bad ones short or for hours."""
    chance, left, answer = random.Random(seed), [0], [200]
    answers: list[Any] = [200, 500, 429, None]

    def mood() -> int | None:
        if not left[0]:
            answer[0] = chance.choices(answers, (6, 1, 1, 1))[0]
            left[0] = chance.choice((1, 3, 12)) if answer[0] != 200 else chance.randint(1, 30)
        left[0] -= 1
        return answer[0]

    return mood


def lived(place: Path, step: timedelta, end: datetime, hooks: list[Hook]) -> subprocess.Popen[str]:
    arguments = [str(place), str(step.total_seconds()), end.isoformat(), *(hook.url for hook in hooks)]
    command = [sys.executable, "-W", "ignore", __file__, "--child", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def main(checks: int, kills: int) -> int:
    step = timedelta(days=DAYS) * len(REMOTES) / checks
    middle, end = BEGIN + timedelta(days=DAYS / 2), BEGIN + timedelta(days=DAYS)
    hooks, chance, killed = [Hook(lambda: 200), Hook(moody(1))], random.Random(2), 0
    with scratch() as place:
        while killed < kills:
            child = lived(place, step, middle, hooks)
            assert child.stdout is not None
            child.stdout.readline()
            try:
                child.wait(chance.uniform(0, _LIFE * checks / 5000))
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                killed += 1
            if child.wait() == 0:
                break
        last = lived(place, step, end, hooks)
        assert last.stdout is not None
        sizes = [json.loads(line) for line in last.stdout]
        if last.wait() != 0:
            print("The child failed.")
            return 1
        return judged(SqliteState(place / "state.sqlite"), hooks, killed, sizes)


def judged(state: SqliteState, hooks: list[Hook], killed: int, sizes: list[dict[str, int]]) -> int:
    """Prints what was found; 1 for anything that may not be."""
    wrong = []
    told = [alert for alert in state.alerts_since(BEGIN - timedelta(days=1)) if alert.kind in CHANGES]
    seen = state.checks_since(BEGIN - timedelta(days=1))
    for remote in REMOTES:
        expected = transitions([one for one in seen if one.remote == remote])
        found = [(alert.kind, alert.at) for alert in told if alert.remotes == (remote,)]
        if found != expected:
            wrong.append(f"{remote}: {len(expected)} changes of state, {len(found)} alerts about them")
    every = state.alerts_since(BEGIN - timedelta(days=1))
    twice = 0
    for number, hook in enumerate(hooks):
        wanted = [alert.key for alert in every if number == 0 or alert.kind != "channel_failing"]
        first = list(dict.fromkeys(hook.keys))
        twice += len(hook.keys) - len(first)
        if first != wanted:
            lost, order = set(wanted) - set(first), "" if set(first) == set(wanted) else " and others"
            wrong.append(f"hook {number}: {len(lost)} of {len(wanted)} alerts lost, or out of order{order}")
    if twice > killed * len(hooks):
        wrong.append(f"{twice} deliveries came twice, with {killed} kills")
    settled, last = sizes[len(sizes) // 4], sizes[-1]
    for what, limit in (("memory", MEMORY_GROWTH), ("descriptors", DESCRIPTOR_GROWTH)):
        if last[what] - settled[what] > limit:
            wrong.append(f"{what} grew from {settled[what]} to {last[what]}")
    kinds = Counter(alert.kind for alert in every)
    print(
        f"{len(seen)} checks in {DAYS} days, {killed} kills, {sum(hook.refused for hook in hooks)} refused deliveries"
    )
    print("alerts: " + ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))
    print(f"delivered: {[len(set(hook.keys)) for hook in hooks]}, twice: {twice}")
    print(f"after a quarter of the last life: {settled}; at its end: {last}")
    print("\n".join(wrong) or "Nothing was lost, doubled or out of order; nothing grew.")
    return 1 if wrong else 0


def transitions(seen: list[Any]) -> list[tuple[str, datetime]]:
    """What must have been told, out of the checks alone: a second look confirms, what was unreachable says nothing."""
    found, known, unconfirmed = [], None, 0
    for one in seen:
        if one.outcome == "unreachable":
            continue
        if one.fingerprint == known:
            unconfirmed = 0
        elif one.fingerprint is None:
            found.append(("drift_over", one.at))
            known, unconfirmed = None, 0
        else:
            unconfirmed += 1
            if unconfirmed == 2:
                found.append(("drift_changed" if known else "drift_began", one.at))
                known, unconfirmed = one.fingerprint, 0
    return found


@contextmanager
def scratch() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        yield place
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        where, seconds, until, *urls = sys.argv[2:]
        logging.configure((Path(where) / "log").open("a"), level="ERROR")
        life = Life(Path(where), timedelta(seconds=float(seconds)), urls)
        print(json.dumps(measured()), flush=True)
        life.live(datetime.fromisoformat(until))
        sys.exit(0)
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [5000, 25][len(given) :])))
