"""The daemon as a process: what it does over time, and however it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from driftwatch.daemon.state import SqliteState

from daemon_support import World, receiver, until, unused_port

UNITS = Path(__file__).parents[2] / "systemd"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    for daemon in made.daemons:
        if daemon.process.poll() is None:
            daemon.kill()


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def waiting(world: World) -> int:
    """Alerts in the outbox, read past the daemon."""
    with sqlite3.connect(world.path / "state" / "state.sqlite", timeout=20) as connection:
        (number,) = connection.execute("SELECT count(*) FROM outbox").fetchone()
    connection.close()
    return int(number)


def test_it_proves_and_checks_at_once_and_then_regularly(world: World) -> None:
    world.says(production="in_sync")
    world.options(remotes={"production": 1})
    daemon = world.start()
    daemon.wait_for("migrations proved")
    until(lambda: world.calls("check production") >= 3, daemon.text)
    assert world.calls("prove") == 1
    assert daemon.terminate() == 0
    assert len(daemon.lines("daemon stopped")) == 1


def test_an_edit_is_proved_in_the_background_with_one_line(world: World) -> None:
    daemon = world.start()
    daemon.wait_for("migrations proved")
    world.says(prove="bad")
    for number in range(20):
        (world.folder / f"{number}_new.sql").write_text("select 1;")
    daemon.wait_for("migrations do not prove")
    world.says(prove="ok")
    (world.folder / "1_new.sql").write_text("select 2;")
    daemon.wait_for("migrations proved", 2)
    assert world.calls("prove") <= 4
    (line,) = daemon.lines("migrations do not prove")[:1]
    assert (line["level"], line["message"]) == ("warning", "outcome bad")


def test_a_proof_and_a_check_that_raise_are_done_again_next_time(world: World) -> None:
    world.says(prove="raise", production="raise")
    world.options(remotes={"production": 1}, unreachable_after=2)
    daemon = world.start()
    daemon.wait_for("job failed")
    daemon.wait_for("alert")
    assert daemon.lines("alert")[0]["alert"] == "unreachable"
    world.says(prove="ok", production="in_sync")
    (world.folder / "1_new.sql").write_text("select 1;")
    daemon.wait_for("migrations proved")
    daemon.wait_for("alert", 2)
    assert daemon.lines("alert")[1]["alert"] == "reachable_again"


def test_no_secret_gets_into_the_log_the_state_or_an_alert(world: World) -> None:
    world.says(production="raise")
    with receiver() as hook:
        channels = {"ops": hook.url("T1JJ3T3L2/TIiajkdnlazkcOXrIdevi7FQ")}
        world.options(remotes={"production": 60}, unreachable_after=1, channels=channels)
        daemon = world.start()
        until(lambda: hook.received, daemon.text)
        daemon.terminate()
    stored = b"".join(path.read_bytes() for path in (world.path / "state").iterdir()).decode(errors="replace")
    said = daemon.text() + stored + json.dumps(hook.received)
    assert "Traceback" in said
    for secret in ("hunter2-in-a-check", "top-secret-word", "TIiajkdnlazkcOXrIdevi7FQ"):
        assert secret not in said


def test_a_second_daemon_says_so_and_ends_with_2(world: World) -> None:
    first = world.start()
    first.wait_for("daemon started")
    second = world.start()
    assert second.ends() == 2
    assert f"Another driftwatch daemon (process {first.process.pid}) already watches" in second.text()
    assert first.process.poll() is None
    first.kill()
    third = world.start()
    third.wait_for("daemon started")


def test_an_interrupt_ends_it_with_130(world: World) -> None:
    daemon = world.start()
    daemon.wait_for("daemon started")
    daemon.signal(signal.SIGINT)
    assert daemon.ends() == 130


def test_a_drift_is_told_once_even_over_kill_9(world: World) -> None:
    world.says(production="drifted fp-a table:orders")
    with receiver() as hook:
        world.options(remotes={"production": 1}, channels={"ops": hook.url()})
        daemon = world.start()
        until(lambda: hook.received, daemon.text)
        until(lambda: waiting(world) == 0, daemon.text)
        daemon.kill()
        daemon = world.start()
        daemon.wait_for("checked", 3)
        world.says(production="in_sync")
        until(lambda: len(hook.received) >= 2, daemon.text)
    assert hook.titles[0] == "production: drift began, 1 difference"
    assert hook.titles[1].startswith("production: drift is over after")
    assert len(hook.titles) == 2


def test_alerts_wait_for_a_receiver_that_is_down_and_come_in_order_over_restarts(world: World) -> None:
    port = unused_port()
    world.says(production="drifted fp-a one")
    world.options(remotes={"production": 1}, channels={"ops": f"json://127.0.0.1:{port}/hook"})
    daemon = world.start()
    daemon.wait_for("alert")
    daemon.wait_for("alert not delivered", 2)
    daemon.kill()
    world.says(production="drifted fp-b one two")
    daemon = world.start()
    daemon.wait_for("alert")
    assert daemon.terminate() == 0
    world.says(production="in_sync")
    daemon = world.start()
    daemon.wait_for("alert")
    assert waiting(world) == 3
    with receiver(port=port) as hook:
        until(lambda: waiting(world) == 0, daemon.text)
        assert [title.split(",")[0].split(" after")[0] for title in hook.titles] == [
            "production: drift began",
            "production: drift changed",
            "production: drift is over",
        ]


def test_a_broken_channel_holds_up_no_other(world: World) -> None:
    world.says(production="drifted fp-a one")
    with receiver(lambda: 500) as broken, receiver() as good:
        world.options(remotes={"production": 1}, channels={"broken": broken.url(), "good": good.url()})
        daemon = world.start()
        until(lambda: good.received, daemon.text)
        world.says(production="in_sync")
        until(lambda: len(good.received) == 2, daemon.text)
        until(lambda: len(broken.received) >= 3, daemon.text)
        assert set(broken.titles) == {good.titles[0]}


def test_a_hanging_check_holds_up_nothing_and_counts_as_not_checked(world: World) -> None:
    port = unused_port()
    world.says(stuck="hang", production="in_sync", prove="ok")
    world.options(remotes={"stuck": 1, "production": 1}, unreachable_after=1, work_limit=2.5, web_port=port)
    daemon = world.start()
    until(lambda: world.calls("check production") >= 3, daemon.text)
    (world.folder / "1_new.sql").write_text("select 1;")
    daemon.wait_for("migrations proved", 2)
    daemon.wait_for("alert")
    assert daemon.lines("alert")[0]["title"].startswith("stuck: could not be checked")
    status, body = get(port, "/healthz")
    assert (status, json.loads(body)) == (
        503,
        {"ok": False, "problems": ["the check of stuck does not come to an end"]},
    )
    assert world.calls("check stuck") == 1
    assert daemon.terminate() == 0


def test_sigterm_ends_it_in_the_middle_of_a_proof_and_of_a_delivery(world: World) -> None:
    world.says(prove="hang", production="drifted fp one")
    with receiver(lambda: None) as hook:
        world.options(remotes={"production": 60}, channels={"ops": hook.url(query="?rto=60")})
        daemon = world.start()
        until(lambda: hook.received and world.calls("prove"), daemon.text)
        assert daemon.terminate() == 0
    assert waiting(world) == 1


def test_sighup_takes_up_a_new_configuration_and_keeps_the_old_one_when_it_is_wrong(world: World) -> None:
    port = unused_port()
    world.says(one="in_sync", two="in_sync")
    world.options(remotes={"one": 1})
    daemon = world.start()
    daemon.wait_for("checked")
    world.options(remotes={"two": 1}, web_port=port)
    daemon.signal(signal.SIGHUP)
    daemon.wait_for("configuration reloaded")
    until(lambda: world.calls("check two") >= 2, daemon.text)
    assert get(port, "/healthz")[0] == 200
    ones = world.calls("check one")
    (world.path / "options.json").write_text("{ this is no JSON")
    daemon.signal(signal.SIGHUP)
    daemon.wait_for("the old configuration stays")
    twos = world.calls("check two")
    until(lambda: world.calls("check two") >= twos + 2, daemon.text)
    assert world.calls("check one") <= ones
    (world.folder / "1_new.sql").write_text("select 1;")
    until(lambda: daemon.lines("migrations proved")[2:], daemon.text)


def test_health_and_metrics_tell_how_it_stands_on_loopback_only(world: World) -> None:
    port = unused_port()
    world.says(production="drifted fp-a one two")
    world.options(remotes={"production": 60}, web_port=port, channels={"ops": f"json://127.0.0.1:{unused_port()}/x"})
    daemon = world.start()
    daemon.wait_for("alert")
    daemon.wait_for("migrations proved")
    assert get(port, "/healthz") == (200, '{"ok": true, "problems": []}\n')
    status, body = get(port, "/metrics")
    assert status == 200
    for line in (
        "driftwatch_healthy 1.0",
        'driftwatch_remote_drifted{remote="production"} 1.0',
        'driftwatch_checks_total{remote="production",outcome="drifted"} 1.0',
        'driftwatch_alerts_waiting{channel="ops"} 1.0',
        "driftwatch_migrations_proved 1.0",
    ):
        assert line in body.splitlines()
    assert get(port, "/healthz", Host="evil.example:80")[0] == 403
    assert get(port, "/other")[0] == 404
    addresses = Path(f"/proc/{daemon.process.pid}/net/tcp").read_text()
    listening = [row.split()[1] for row in addresses.splitlines()[1:] if row.split()[3] == "0A"]
    assert f"0100007F:{port:04X}" in listening


def test_a_port_that_is_taken_is_said_and_ends_it_with_2(world: World) -> None:
    with receiver() as other:
        world.options(web_port=other.port)
        daemon = world.start()
        assert daemon.ends() == 2
    assert f"cannot serve on 127.0.0.1:{other.port}" in daemon.text()


def test_a_damaged_state_is_said_and_begun_anew(world: World) -> None:
    world.says(production="drifted fp one")
    world.options(remotes={"production": 60})
    (world.path / "state").mkdir()
    (world.path / "state" / "state.sqlite").write_bytes(b"no database at all" * 999)
    daemon = world.start()
    daemon.wait_for("alert")
    (line,) = daemon.lines("the state was damaged; begun anew")
    assert Path(line["moved_to"]).read_bytes().startswith(b"no database at all")


def test_damage_while_it_runs_is_said_too(world: World) -> None:
    world.says(production="in_sync")
    world.options(remotes={"production": 1})
    daemon = world.start()
    daemon.wait_for("checked", 2)
    path = world.path / "state" / "state.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (size - 4096))
        # Another process's write makes the cached pages invalid.
        other.execute("PRAGMA user_version = 2")
    other.close()
    daemon.wait_for("the state was damaged; begun anew")
    (line,) = daemon.lines("the state was damaged; begun anew")
    assert b"\xff" * 4096 in Path(line["moved_to"]).read_bytes()
    checks = len(daemon.lines("checked"))
    daemon.wait_for("checked", checks + 2)
    assert daemon.terminate() == 0


def test_what_cannot_be_forgotten_stops_neither_a_start_nor_a_reload(world: World) -> None:
    world.says(one="in_sync", two="in_sync")
    world.options(remotes={"one": 60})
    daemon = world.start()
    daemon.wait_for("checked")
    with sqlite3.connect(world.path / "state" / "state.sqlite") as other:
        other.execute(
            "CREATE TRIGGER full BEFORE DELETE ON remotes BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    other.close()
    world.options(remotes={"two": 60})
    daemon.signal(signal.SIGHUP)
    daemon.wait_for("configuration reloaded")
    until(lambda: world.calls("check two"), daemon.text)
    assert daemon.terminate() == 0
    again = world.start()
    again.wait_for("daemon started")
    (line,) = again.lines("what is not configured any more could not be forgotten")
    assert line["reason"] == "database or disk is full"


def test_failed_proofs_and_alerts_are_shown_on_the_desktop_if_asked_for(world: World, tmp_path: Path) -> None:
    shown, programs = tmp_path / "shown", tmp_path / "bin"
    programs.mkdir()
    (programs / "notify-send").write_text(f'#!/bin/sh\nprintf "%s|" "$@" >> {shown}\necho >> {shown}\n')
    (programs / "notify-send").chmod(0o755)
    world.says(prove="broken <b>", production="drifted fp one")
    world.options(remotes={"production": 60}, desktop=True)
    daemon = world.start(PATH=f"{programs}:{os.environ['PATH']}")
    until(lambda: shown.exists() and len(shown.read_text().splitlines()) == 2, daemon.text)
    world.says(prove="ok")
    (world.folder / "1_new.sql").write_text("select 1;")
    until(lambda: len(shown.read_text().splitlines()) == 3, daemon.text)
    assert sorted(shown.read_text().splitlines()) == [
        "--app-name=driftwatch|--|The migrations do not prove|outcome broken ‹b›|",
        "--app-name=driftwatch|--|The migrations prove again|outcome ok|",
        "--app-name=driftwatch|--|production: drift began, 1 difference|",
    ]


def test_a_digest_that_was_missed_is_sent_once(world: World) -> None:
    world.says(production="in_sync")
    with receiver() as hook:
        world.options(remotes={"production": 1}, channels={"ops": hook.url()}, digest="mon 09:00")
        state = SqliteState(world.path / "state" / "state.sqlite")
        state.set_fact("digest_at", (datetime.now(UTC) - timedelta(days=8)).isoformat())
        state.close()
        daemon = world.start()
        until(lambda: hook.received, daemon.text)
        until(lambda: waiting(world) == 0, daemon.text)
        assert "- `production`: in sync; last checked" in hook.received[0]["message"]
        daemon.kill()
        daemon = world.start()
        daemon.wait_for("checked", 2)
        assert daemon.terminate() == 0
    assert len(hook.titles) == 1
    assert hook.titles[0].startswith("driftwatch digest: 1 watched, 0 drifted")


def test_after_long_without_a_daemon_people_are_told_once(world: World) -> None:
    world.says(production="in_sync")
    with receiver() as hook:
        world.options(remotes={"production": 1}, channels={"ops": hook.url()})
        state = SqliteState(world.path / "state" / "state.sqlite")
        state.set_fact("alive_at", (datetime.now(UTC) - timedelta(hours=5, minutes=1)).isoformat())
        state.close()
        daemon = world.start()
        until(lambda: hook.received, daemon.text)
        until(lambda: waiting(world) == 0, daemon.text)
        assert daemon.terminate() == 0
        daemon = world.start()
        daemon.wait_for("checked", 2)
    assert hook.titles == ["driftwatch: was down for 5 h 1 min, watches again"]


def test_a_drift_is_looked_at_again_soon_before_it_is_told(world: World) -> None:
    world.says(production="drifted fp-a one")
    with receiver() as hook:
        world.options(remotes={"production": 3600}, channels={"ops": hook.url()}, confirmations=2, recheck=0.5)
        daemon = world.start()
        until(lambda: hook.received, daemon.text)
    assert world.calls("check production") == 2


def test_a_channel_that_fails_for_long_is_told_on_another(world: World) -> None:
    world.says(production="drifted fp-a one")
    with receiver(lambda: 500) as broken, receiver() as good:
        world.options(
            remotes={"production": 60}, channels={"broken": broken.url(), "good": good.url()}, channel_after=0.5
        )
        daemon = world.start()
        until(lambda: len(good.received) == 2, daemon.text)
        until(lambda: len(broken.received) >= 4, daemon.text)
    assert good.titles[1] == "driftwatch: the channel broken cannot be reached"
    assert len(good.titles) == 2
    assert set(broken.titles) == {good.titles[0]}


class Manager:
    """systemd's end of the notification socket."""

    def __init__(self, path: Path) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.sock.bind(str(path))
        self.sock.settimeout(30)

    def hears(self, wanted: str) -> str:
        while True:
            message = self.sock.recv(4096).decode()
            if wanted in message.splitlines():
                return message


def test_systemd_hears_of_start_life_reload_and_end(world: World, tmp_path: Path) -> None:
    manager = Manager(tmp_path / "notify")
    daemon = world.start(NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="3000000")
    try:
        assert "STATUS=Watching" in manager.hears("READY=1")
        manager.hears("WATCHDOG=1")
        manager.hears("WATCHDOG=1")
        daemon.signal(signal.SIGHUP)
        assert "MONOTONIC_USEC=" in manager.hears("RELOADING=1")
        manager.hears("READY=1")
        daemon.signal(signal.SIGTERM)
        manager.hears("STOPPING=1")
        assert daemon.ends() == 0
    finally:
        manager.sock.close()


@pytest.mark.parametrize("unit", ["driftwatch.service", "driftwatch-check.service", "driftwatch-check.timer"])
def test_systemd_finds_nothing_wrong_with_the_unit(unit: str, tmp_path: Path) -> None:
    analyze = ["systemd-analyze", "verify", "--user", "--man=no", "--recursive-errors=no", str(UNITS / unit)]
    try:
        done = subprocess.run(
            analyze,
            capture_output=True,
            text=True,
            timeout=60,
            env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
        )
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not installed")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_is_hardened(tmp_path: Path) -> None:
    analyze = ["systemd-analyze", "security", "--user", "--offline=true", "--no-pager"]
    try:
        done = subprocess.run(
            [*analyze, "--threshold=60", str(UNITS / "driftwatch.service")],
            capture_output=True,
            text=True,
            timeout=60,
            env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
        )
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not installed")
    assert done.returncode == 0, done.stdout


def options_of(unit: str) -> dict[str, Any]:
    lines = (UNITS / unit).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def test_the_unit_restarts_a_failure_but_not_a_wrong_configuration() -> None:
    options = options_of("driftwatch.service")
    assert options["Type"] == "notify"
    assert float(options["WatchdogSec"]) > 30
    assert options["Restart"] == "on-failure"
    assert set(options["RestartPreventExitStatus"].split()) == {"64", "78"}
    assert float(options["TimeoutStopSec"]) > 5
