"""What the daemon remembers survives kill -9, restarts and a damaged file."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from driftwatch.core.alerts import Alert, AlertPolicy, Decision, Observation, RemoteState, decide, trial
from driftwatch.core.remote_state import Ack, Pending
from driftwatch.daemon.outbox import retry_delay
from driftwatch.daemon.state import SqliteState, database
from driftwatch.daemon.state import sqlite as sqlite_state
from driftwatch.daemon.state.database import queries
from driftwatch.errors import DriftwatchError

NOW = datetime(2025, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
DRIFT = Observation("production", "drifted", "fp", ("table public.t: changed", "view ‹ü› public.v: added"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "state.sqlite"


@pytest.fixture
def state(path: Path) -> Iterator[SqliteState]:
    made = SqliteState(path)
    yield made
    made.close()


def observe(
    state: SqliteState,
    seen: Observation,
    channels: tuple[str, ...] = ("ops",),
    at: datetime = NOW,
) -> Alert | None:
    decision = state.observe(
        seen, at, 1.5, lambda before: decide(before, seen, at, AlertPolicy()), lambda alert: channels
    )
    return decision.alerts[0] if decision.alerts else None


def alert(number: int) -> Alert:
    return replace(trial(NOW), key=f"key-{number}", title=f"alert {number}")


def test_a_state_comes_back_as_it_was(path: Path, state: SqliteState) -> None:
    full = RemoteState(
        "production",
        *(NOW, NOW, "fp", NOW, ("a", "b"), NOW, 3, NOW, NOW, "odd \udcff bytes and 'quotes'"),
        *("security", "ada", Ack("ada", NOW, NOW, "why"), 1, NOW, "process 1", NOW, "h", "dw1:x"),
        (Pending("1_a.sql", NOW, True), Pending("2_b.sql", NOW)),
    )
    state.observe(DRIFT, NOW, 1.0, lambda before: Decision(full), lambda alert: ())
    state.close()
    again = SqliteState(path)
    assert again.remote("production") == replace(full, reason="odd ? bytes and 'quotes'")
    assert again.remote("other") is None
    assert [known.remote for known in again.remotes()] == ["production"]
    again.close()


def test_a_check_and_what_follows_from_it_are_written_together_or_not_at_all(state: SqliteState) -> None:
    def fail(alert: Alert) -> tuple[str, ...]:
        raise RuntimeError("no route")

    with pytest.raises(RuntimeError, match="no route"):
        state.observe(DRIFT, NOW, 1.0, lambda before: decide(before, DRIFT, NOW, AlertPolicy()), fail)
    assert state.remotes() == ()
    assert state.checks("production") == ()
    told = observe(state, DRIFT)
    assert told is not None
    assert state.undelivered() == {"ops": 1}
    (check,) = state.checks("production")
    assert (check.outcome, check.differences, check.fingerprint, check.at) == ("drifted", 2, "fp", NOW)


def test_the_next_alert_of_each_channel_comes_in_the_order_of_events(state: SqliteState) -> None:
    for number in range(3):
        state.enqueue(alert(number), ("ops", "mail"))
    ops, mail = state.heads(NOW)
    assert (ops.channel, ops.alert, mail.channel) == ("ops", alert(0), "mail")
    state.put_off(ops, NOW, NOW + timedelta(minutes=1), "down")
    state.delivered(mail, NOW)
    ops, mail = state.heads(NOW)
    assert (ops.alert.title, ops.attempts, ops.last_reason) == ("alert 0", 1, "down")
    assert ops.next_try_at == NOW + timedelta(minutes=1)
    assert mail.alert.title == "alert 1"
    assert state.undelivered() == {"mail": 2, "ops": 3}


def test_one_event_is_in_the_outbox_once_per_channel(state: SqliteState) -> None:
    state.enqueue(alert(1), ("ops",))
    state.enqueue(alert(1), ("ops", "mail"))
    assert state.undelivered() == {"mail": 1, "ops": 1}


def test_what_is_not_configured_any_more_is_forgotten(state: SqliteState) -> None:
    observe(state, DRIFT, ("ops", "gone"))
    observe(state, replace(DRIFT, remote="old"), ())
    assert state.keep_only(remotes=["production"], channels=["ops"]) == 1
    assert [known.remote for known in state.remotes()] == ["production"]
    assert state.undelivered() == {"ops": 1}


def test_only_the_newest_checks_of_a_remote_are_kept(state: SqliteState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_state, "KEPT_CHECKS", 3)
    observe(state, replace(DRIFT, remote="other"))
    for number in range(6):
        observe(state, DRIFT, at=NOW + timedelta(hours=number))
    assert [check.at.hour for check in state.checks("production")] == [17, 16, 15]
    assert len(state.checks("other")) == 1


def test_a_digest_and_its_date_are_written_together(state: SqliteState) -> None:
    assert state.fact("digest_at") is None
    state.enqueue(alert(1), ("ops",), digest_at="today")
    assert state.fact("digest_at") == "today"


def test_several_threads_lose_nothing(state: SqliteState) -> None:
    def work(name: str) -> None:
        for number in range(20):
            observe(state, replace(DRIFT, remote=name), at=NOW + timedelta(days=2 * number))

    threads = [threading.Thread(target=work, args=(f"r{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state.undelivered() == {"ops": 80}


def test_kill_9_in_the_middle_of_writing_loses_nothing_that_was_written(path: Path) -> None:
    script = """
import sys
from datetime import UTC, datetime
from dataclasses import replace
from pathlib import Path
from driftwatch.core.alerts import trial
from driftwatch.daemon.state import SqliteState
state, now, number = SqliteState(Path(sys.argv[1])), datetime(2025, 3, 1, tzinfo=UTC), 0
while True:
    state.enqueue(replace(trial(now), key=str(number)), ("ops",))
    print(number, flush=True)
    number += 1
"""
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        last = -1
        for line in child.stdout:
            last = int(line)
            if last >= 30:
                break
        os.kill(child.pid, signal.SIGKILL)
        rest = child.stdout.read().split()
    last = int(rest[-1]) if rest else last
    state = SqliteState(path)
    assert state.moved_aside is None
    # The one after the last may have been written and not yet said.
    assert state.undelivered()["ops"] in (last + 1, last + 2)
    state.close()


@pytest.mark.parametrize("damage", ["not a database", "torn"])
def test_a_damaged_file_is_moved_aside_and_kept(path: Path, damage: str) -> None:
    state = SqliteState(path)
    for number in range(200):
        observe(state, replace(DRIFT, remote=f"r{number}"))
    state.close()
    content = path.read_bytes()
    path.write_bytes(b"this is no database" * 400 if damage == "not a database" else content[:4096] * 9)
    damaged = path.read_bytes()
    again = SqliteState(path)
    assert again.moved_aside is not None
    assert again.moved_aside.read_bytes() == damaged
    assert again.remotes() == ()
    observe(again, DRIFT)
    again.close()
    third = SqliteState(path)
    assert third.moved_aside is None
    assert third.undelivered() == {"ops": 1}
    third.close()


def test_damage_while_running_is_moved_aside_too_and_the_write_is_done(path: Path) -> None:
    state = SqliteState(path)
    for number in range(200):
        observe(state, replace(DRIFT, remote=f"r{number}"))
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    # Another process's write makes the cached pages invalid.
    observe(state, DRIFT)
    observe(state, replace(DRIFT, remote="another"))
    assert state.moved_aside is not None
    assert state.remote("another") is not None
    state.close()


def test_the_file_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    SqliteState(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(DriftwatchError, match="newer driftwatch"):
        SqliteState(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()
    assert not list(path.parent.glob("*damaged*"))


def test_what_an_older_version_wrote_is_taken_over(path: Path) -> None:
    path.parent.mkdir()
    schema = (Path(database.__file__).parent / "schema.sql").read_text()
    with sqlite3.connect(path) as old:
        old.executescript(schema)
        old.execute("PRAGMA user_version = 1")
        at = NOW.isoformat()
        row = ("production", at, at, "fp", at, '["a", "b"]', at, 0, None, None, "")
        old.execute(f"INSERT INTO remotes VALUES ({', '.join('?' * len(row))})", row)
        alert = ("ops", "k", "drift_began", "production", "title", "body", at, at)
        old.execute(
            "INSERT INTO outbox (channel, key, kind, remote, title, body, at, next_try_at) VALUES "
            "(?, ?, ?, ?, ?, ?, ?, ?)",
            alert,
        )
        old.execute("INSERT INTO checks VALUES (1, 'production', ?, 'drifted', 'fp', 2, '', 1.0)", (at,))
    old.close()
    state = SqliteState(path)
    known = RemoteState("production", NOW, NOW, "fp", NOW, ("a", "b"), NOW)
    assert state.remote("production") == known
    assert decide(known, DRIFT, NOW, AlertPolicy()).alerts == ()
    (head,) = state.heads(NOW)
    assert (head.alert.kind, head.alert.remotes, head.alert.title) == ("drift_began", ("production",), "title")
    assert [check.differences for check in state.checks("production")] == [2]
    state.close()


def test_what_is_old_is_forgotten(state: SqliteState) -> None:
    observe(state, DRIFT)
    observe(state, replace(DRIFT, fingerprint="other"), at=NOW + timedelta(days=300))
    for head in state.heads(NOW):
        state.delivered(head, NOW)
    state.prune(NOW + timedelta(days=500))
    long_ago = NOW - timedelta(days=1)
    assert [one.kind for one in state.alerts_since(long_ago)] == ["drift_changed"]
    assert len(state.checks_since(long_ago)) == 1
    assert state.deliveries_since(long_ago) == ()


def test_of_drifts_the_newest_are_kept_with_all_that_differed(
    state: SqliteState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_state, "KEPT_DRIFTS", 2)
    for number in range(4):
        seen = replace(DRIFT, fingerprint=f"fp{number % 3}", details=f"details {number} \udcff")
        observe(state, seen, at=NOW + timedelta(hours=number))
    assert state.drifts("production") == {"fp2": NOW + timedelta(hours=2), "fp0": NOW + timedelta(hours=3)}
    assert state.drift("production", "fp0").startswith("details 3")
    assert state.drift("production", "fp1") == ""
    assert state.drifts("staging") == {}
    last = replace(DRIFT, fingerprint="fp0", details="details 3 \udcff")
    state.explain(last, "explained")
    assert state.drift("production", "fp0") == state.details("production") == "explained"
    observe(state, Observation("production", "in_sync", details="all is well"), at=NOW + timedelta(hours=5))
    state.explain(last, "explained late")
    assert (state.drift("production", "fp0"), state.details("production")) == ("explained late", "all is well")


def test_a_damaged_file_is_left_to_the_daemon_by_others(path: Path) -> None:
    SqliteState(path).close()
    path.write_bytes(b"no database" * 500)
    with pytest.raises(DriftwatchError, match="cannot be opened"):
        SqliteState(path, mend=False)
    assert not list(path.parent.glob("*damaged*"))


def test_a_disk_that_destroys_what_is_written_is_not_filled_with_damaged_files(path: Path) -> None:
    for number in range(8):
        SqliteState(path).close()
        path.write_bytes(b"no database %d" % number * 500)
    SqliteState(path).close()
    damaged = sorted(path.parent.glob("*damaged*"))
    assert len(damaged) == 5
    assert damaged[-1].read_bytes().startswith(b"no database 7")


def test_a_full_disk_loses_no_alert(path: Path) -> None:
    state = SqliteState(path)
    full = state._database._connection
    (pages,) = full.execute("PRAGMA page_count").fetchone()
    full.execute(f"PRAGMA max_page_count = {pages}")
    huge = replace(DRIFT, changes=tuple(f"table public.t{number} changed" for number in range(5000)))
    with pytest.raises(sqlite3.OperationalError, match="full"):
        observe(state, huge)
    assert state.remotes() == ()
    full.execute("PRAGMA max_page_count = 1000000")
    assert observe(state, huge) is not None
    assert state.undelivered() == {"ops": 1}
    state.close()


def test_a_path_that_cannot_be_opened_is_our_error_and_not_damage(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").mkdir()
    with pytest.raises(DriftwatchError, match="cannot be opened"):
        SqliteState(tmp_path / "state.sqlite")
    assert (tmp_path / "state.sqlite").is_dir()


def test_only_the_owner_can_read_the_state(path: Path, state: SqliteState) -> None:
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_every_query_is_valid_for_the_schema(path: Path, state: SqliteState) -> None:
    with sqlite3.connect(path) as connection:
        for text in queries().values():
            assert connection.execute(f"EXPLAIN {text}", _Anything()).fetchall()
    connection.close()


class _Anything(dict[str, None]):
    def __missing__(self, key: str) -> None:
        return None


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 5), (1, 10), (4, 80), (9, 900), (5000, 900)])
def test_the_wait_doubles_up_to_the_longest(attempts: int, seconds: float) -> None:
    assert retry_delay(attempts, 5, 900) == timedelta(seconds=seconds)
