"""The parts of the daemon that need no process of their own: workers, the timetable, the log, the lock."""

from __future__ import annotations

import io
import json
import logging as stdlib_logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import structlog
from driftwatch.daemon import jobs, logging
from driftwatch.daemon.jobs import Timetable, Worker
from driftwatch.daemon.lock import only_instance, running_pid
from driftwatch.daemon.systemd import ServiceManager
from driftwatch.errors import DriftwatchError, remember_secret

from daemon_support import until


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The daemon's log of this test; what pytest had set up is put back."""
    root = stdlib_logging.getLogger()
    before = (root.handlers[:], root.level, stdlib_logging.raiseExceptions)
    stream = io.StringIO()
    logging.configure(stream)
    yield stream
    root.handlers[:], root.level, stdlib_logging.raiseExceptions = before
    structlog.reset_defaults()


class Gate:
    """Work that waits until it may go on, and counts how many are at it at once."""

    def __init__(self) -> None:
        self.open, self.runs, self.inside, self.most = threading.Event(), 0, 0, 0

    def work(self) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.open.wait(30)
        self.inside -= 1
        self.runs += 1


def test_a_worker_never_overlaps_itself_and_drops_what_it_cannot_do_now(log: io.StringIO) -> None:
    gate = Gate()
    worker = Worker("w", gate.work)
    assert [worker.request() for _ in range(3)] == [True, False, False]
    assert worker.running_for() > 0
    gate.open.set()
    until(lambda: worker.running_for() == 0)
    assert (gate.runs, gate.most) == (1, 1)
    assert worker.request()
    until(lambda: gate.runs == 2)


def test_a_worker_that_may_not_miss_anything_runs_once_more(log: io.StringIO) -> None:
    gate = Gate()
    worker = Worker("w", gate.work, again=True)
    for _ in range(5):
        worker.request()
    gate.open.set()
    until(lambda: worker.running_for() == 0)
    assert (gate.runs, gate.most) == (2, 1)


def test_a_worker_for_whom_there_was_no_thread_begins_when_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    done = threading.Event()
    worker = Worker("w", done.set)
    with monkeypatch.context() as crowded:
        crowded.setattr(threading.Thread, "start", refused)
        with pytest.raises(RuntimeError):
            worker.request()
    assert worker.running_for() == 0
    assert worker.request()
    assert done.wait(30)


def test_what_a_worker_raises_is_logged_and_the_next_run_comes(log: io.StringIO) -> None:
    def work() -> None:
        raise RuntimeError("broken")

    worker = Worker("fragile", work)
    for number in (1, 2):
        assert worker.request()
        until(lambda: worker.running_for() == 0)
        assert log.getvalue().count("RuntimeError: broken") == number


def test_a_timetable_goes_on_after_a_job_that_raises(log: io.StringIO) -> None:
    calls = []

    def call() -> None:
        calls.append(1)
        raise RuntimeError("broken")

    table = Timetable()
    table.every(1, call)
    table.tick()
    assert calls == []

    def called_twice() -> bool:
        table.tick()
        return len(calls) >= 2

    until(called_twice)


def test_a_clock_set_back_by_hours_does_not_stop_the_timetable(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_LATE", 0.1)
    calls: list[int] = []
    table = Timetable()
    table.every(1, lambda: calls.append(1))
    (entry,) = table._entries
    entry.job.next_run = datetime.now() + timedelta(hours=5)

    def called() -> bool:
        table.tick()
        return bool(calls)

    until(called)
    assert calls == [1]


def test_what_is_wanted_soon_is_done_once_and_the_earlier_time_counts(log: io.StringIO) -> None:
    table, calls = Timetable(), []
    table.soon("a", 3600, lambda: calls.append("late"))
    table.soon("a", 0.05, lambda: calls.append("soon"))
    table.soon("a", 3600, lambda: calls.append("late"))
    table.soon("b", 0.05, lambda: 1 / 0)
    table.tick()
    assert calls == []

    def called() -> bool:
        table.tick()
        return bool(calls)

    until(called)
    table.tick()
    assert calls == ["soon"]
    assert "ZeroDivisionError" in log.getvalue()


def test_an_interval_is_longer_by_up_to_its_jitter() -> None:
    table = Timetable()
    for _ in range(40):
        table.every(100, lambda: None, jitter=50)
    waits = {round((entry.job.next_run - datetime.now()).total_seconds()) for entry in table._entries}
    assert 99 <= min(waits) < max(waits) <= 150


def test_a_time_of_day_is_met_also_when_it_passed_in_sleep() -> None:
    table, calls = Timetable(), []
    now = datetime.now()
    at = (now + timedelta(minutes=2)).time().replace(second=0, microsecond=0)
    table.daily(at, lambda: calls.append(1))
    (entry,) = table._entries
    assert entry.job.next_run.time() == at
    table.tick()
    assert calls == []
    entry.job.next_run -= timedelta(hours=10)
    table.tick()
    assert calls == [1]
    assert entry.job.next_run.time() == at
    assert entry.job.next_run > now


def test_the_log_is_json_without_secrets_also_for_other_libraries_and_tracebacks(log: io.StringIO) -> None:
    # Not one word, so that the traceback's own source lines do not contain it.
    secret = "qu" + 'oted"se' + "cret\\here"
    remember_secret(secret)
    logger = logging.get_logger("test")
    logger.info("at %s", "postgresql://me:hunter2@db/x", nested={"deep": ["password=hunter2 ok"]})
    try:
        raise RuntimeError(f"postgresql://me:hunter2@db/x {secret}")
    except RuntimeError:
        logger.exception("failed")
        stdlib_logging.getLogger("other").exception("failed with %s", "postgresql://me:hunter2@db")
    first, second, third = (json.loads(line) for line in log.getvalue().splitlines())
    assert first["event"] == "at postgresql://me:***@db/x"
    assert first["nested"] == {"deep": ["password=*** ok"]}
    assert (first["level"], first["logger"]) == ("info", "test")
    assert "RuntimeError: postgresql://me:***@db/x ***" in second["exception"]
    assert (third["logger"], third["level"]) == ("other", "error")
    assert "RuntimeError" in third["exception"]
    assert "hunter2" not in log.getvalue()
    assert json.dumps(secret)[1:-1] not in log.getvalue()


def test_on_a_terminal_the_log_is_for_people_and_shows_no_local_variables(log: io.StringIO) -> None:
    stream = io.StringIO()
    logging.configure(stream, json=False)
    local_password = "hunter2-local"
    try:
        raise RuntimeError(f"failed with {len(local_password)}")
    except RuntimeError:
        logging.get_logger("test").exception("failed", remote="production")
    shown = stream.getvalue()
    assert "RuntimeError: failed with 13" in shown
    assert "hunter2-local" not in shown.replace('local_password = "hunter2-local"', "")
    assert not shown.startswith("{")


def test_the_lock_is_told_of_and_ends_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert running_pid(path) is None
    script = (
        "import sys, time, pathlib; from driftwatch.daemon.lock import only_instance\n"
        "with only_instance(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert running_pid(path) == child.pid
        with pytest.raises(DriftwatchError, match=f"process {child.pid}"), only_instance(path):
            pass
        child.kill()
        child.wait()
    assert running_pid(path) is None
    with only_instance(path):
        pass


def test_asking_who_holds_the_lock_does_not_keep_a_daemon_from_starting(tmp_path: Path) -> None:
    path, stop = tmp_path / "lock", threading.Event()
    path.touch()

    def ask() -> None:
        while not stop.is_set():
            running_pid(path)
            time.sleep(0.001)

    thread = threading.Thread(target=ask)
    thread.start()
    started = 0
    try:
        for _ in range(20):
            with only_instance(path):
                started += 1
    finally:
        stop.set()
        thread.join()
    assert started == 20


def test_the_service_managers_variables_are_taken_out_of_the_environment() -> None:
    environment = {"NOTIFY_SOCKET": "/none/there", "WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "1", "A": "b"}
    manager = ServiceManager.from_environment(environment)
    assert environment == {"A": "b"}
    assert manager.watchdog_seconds is None
    manager.ready("to nobody")
    ours = ServiceManager.from_environment({"WATCHDOG_USEC": "5000000"})
    assert ours.watchdog_seconds == 5
    assert ServiceManager.from_environment({"WATCHDOG_USEC": "x"}).watchdog_seconds is None
