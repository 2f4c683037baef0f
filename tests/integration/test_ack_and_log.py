"""`driftwatch ack` and `driftwatch log`: what people do with the daemon's memory while it runs or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from driftwatch.cli.options import Options
from driftwatch.cli.project import open_project, project_id
from driftwatch.cli.remembered import STATE
from driftwatch.cli.watching import configure
from driftwatch.core.alerts import AlertPolicy, Observation, decide
from driftwatch.core.remote_state import short_name
from driftwatch.daemon.state import SqliteState
from driftwatch.postgres.shadow import Shadow
from driftwatch.settings import load

from cli_world import World

DRIFT = Observation("production", "drifted", "fp", ("table public.orders changed",))
ID = short_name("production", "fp")


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    made = World(place, cache_dir)
    # Neither variable is set here: only the daemon may have these secrets.
    made.config('[remotes.production]\nurl_env = "PROD"\n[notify.channels.ops]\nurl_env = "OPS_HOOK"\n')
    return made


@pytest.fixture
def state(place: Path, world: World) -> Iterator[SqliteState]:
    made = SqliteState(place / "data" / "projects" / project_id(world.root) / STATE)
    yield made
    made.close()


def see(state: SqliteState, seen: Observation, hours_ago: float) -> None:
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    state.observe(seen, at, 0.1, lambda before: decide(before, seen, at, AlertPolicy()), lambda alert: ("ops",))


def test_a_drift_is_acknowledged_by_its_id_and_the_channels_are_told(world: World, state: SqliteState) -> None:
    see(state, DRIFT, 1)
    code, body = world.answer("ack", ID, "--until", "3d", "--reason", "hotfix")
    assert (code, body["status"]) == (0, "acknowledged")
    known = state.remote("production")
    assert known is not None
    assert known.ack is not None
    assert (known.ack.by, known.ack.reason) == ("Test <test@example.com>", "hotfix")
    assert known.ack.until is not None
    assert timedelta(days=2, hours=23) < known.ack.until - datetime.now(UTC) <= timedelta(days=3)
    assert [one.kind for one in state.alerts_since(known.ack.at)] == ["drift_acknowledged"]
    assert state.undelivered() == {"ops": 2}
    assert world.answer("ack", ID, "--remove") == (
        *(
            0,
            {"format": 1, "command": "ack", "status": "removed", "until": None, "reason": ""}
            | {"drifts": [{"drift": ID, "remote": "production"}]},
        ),
    )
    known = state.remote("production")
    assert known is not None
    assert known.ack is None


def test_what_is_no_present_drift_is_refused_and_nothing_is_changed(world: World, state: SqliteState) -> None:
    see(state, DRIFT, 1)
    done = world.run("ack", ID, "abcdef")
    assert done.returncode == 64
    assert f"abcdef is no present drift. Present: {ID} (production)." in done.stderr
    known = state.remote("production")
    assert known is not None
    assert known.ack is None
    assert world.run("ack", ID, "--until", "2020-01-01").returncode == 64
    assert world.run("ack", ID, "--until", "whenever").returncode == 64
    assert world.run("ack", ID, "--until", "99999999d").returncode == 64


def test_the_log_folds_checks_that_saw_the_same_and_says_who_was_told(world: World, state: SqliteState) -> None:
    for hours in (9, 8, 7):
        see(state, Observation("production", "in_sync"), hours)
    for hours in (6, 5):
        see(state, DRIFT, hours)
    (head,) = state.heads(datetime.now(UTC))
    state.delivered(head, datetime.now(UTC))
    see(state, Observation("production", "unreachable", reason="connection refused"), 4)
    see(state, Observation("staging", "in_sync"), 3)
    lines = [line[39:].strip() for line in world.run("log", "production").stdout.splitlines()]
    assert lines == [
        "production: in sync (3 checks)",
        "production: drifted, 1 difference (2 checks)",
        f"told: production: drift began, 1 difference ({ID}) → ops",
        "production: could not be checked: connection refused",
    ]
    told = [one for one in world.answer("log")[1]["events"] if one["kind"] == "drift_began"]
    assert [one["drifts"] for one in told] == [{"production": ID}]
    code, body = world.answer("log", "--since", "5h30m")
    assert code == 0
    assert [(one["kind"], one["remotes"], one.get("checks")) for one in body["events"]] == [
        ("check", ["production"], 1),
        ("check", ["production"], 1),
        ("check", ["staging"], 1),
    ]


def test_check_says_what_ack_calls_the_drift_that_the_daemon_reminds_of(
    world: World, state: SqliteState, production: Shadow, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.remotes(production, "production", production="postgres")
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    with production.session() as conn:
        conn.execute(b"create table public.by_hand (id bigint primary key)")
    assert "driftwatch ack" not in world.run("check").stdout, "the daemon has not seen it yet"
    daemon = configure(open_project(Options(project=str(world.root))), load(world.root))
    see(state, daemon.check("production"), 1)
    known = state.remote("production")
    assert known is not None
    assert f" driftwatch ack {known.drift_name} " in world.run("check").stdout
    assert world.run("ack", known.drift_name).returncode == 0
    assert "driftwatch ack" not in world.run("check").stdout, "it is acknowledged"


def test_a_memory_that_can_be_read_no_more_is_said_and_nothing_unexpected(world: World, state: SqliteState) -> None:
    see(state, DRIFT, 1)
    with sqlite3.connect(state._database.path) as connection:
        connection.execute("DROP TABLE checks")
    connection.close()
    done = world.run("log")
    assert done.returncode == 2
    assert "cannot be used just now: no such table: checks" in done.stderr
    assert "unexpected" not in done.stderr
    assert world.run("log", "--since", "99999999d").returncode == 64


def test_without_a_daemon_ever_there_is_nothing_to_read(world: World) -> None:
    done = world.run("log")
    assert done.returncode == 2
    assert "No daemon has watched this project yet." in done.stderr
    assert world.run("ack", "abcdef").returncode == 2
