"""A push that is killed, cut off or kept waiting: history and schema agree, and the next push goes on from there."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.postgres.shadow import Shadow, Shadows

from cli_world import World
from relay import Relay, Watch, relayed

FIRST, SECOND, THIRD = "20260101000000_first.sql", "20260102000000_second.sql", "20260103000000_third.sql"
STEPS = (
    "set search_path = app, public; create schema app; create table ran (step text);\n"
    "insert into ran values ('one');\n"
    "create index concurrently ran_step on ran (step);\n"
    "insert into ran values ('two'); -- with the history row\n"
)
KILLED = (
    ("push: locked", []),
    ("push: ready", []),
    ("push: before commit", []),
    ("push: committed", ["one"]),
    ("push: announced", ["one"]),
    ("push: ran alone", ["one"]),
    ("push: before commit", ["one"]),
    ("push: committed", ["one", "two"]),
)
"""Where the same push is killed, one time after the other, and which of its steps the remote has then."""


@pytest.fixture
def relay(remote: Shadow) -> Iterator[Relay]:
    info = remote.cluster.conninfo()
    with relayed(info["host"], info["port"]) as relay:
        yield relay


@pytest.fixture
def world(place: Path, cache_dir: Path, relay: Relay) -> World:
    made = World(place, cache_dir)
    made.environment |= {"PROD_URL": relay.url(), "DRIFTWATCH_PUSH__LOCK_TIMEOUT": "1s"}
    made.environment["DRIFTWATCH_VERIFY__OBSERVE"] = "false"
    made.config('[remotes.production]\nurl_env = "PROD_URL"\n[shadow]\nbaseline = "none"\n')
    return made


@pytest.fixture
def remote(plain_shadows: Shadows) -> Iterator[Shadow]:
    with plain_shadows.open(plain_shadows.ensure_base()) as shadow:
        yield shadow


def ask(remote: Shadow, question: str) -> list[object]:
    with remote.session() as conn:
        return [row[0] for row in conn.execute(question.encode()).fetchall()]


def steps(remote: Shadow) -> list[object]:
    return (
        ask(remote, "select step from app.ran order by ctid") if ask(remote, "select to_regclass('app.ran')")[0] else []
    )


def versions(remote: Shadow) -> list[object]:
    return ask(remote, "select version from supabase_migrations.schema_migrations order by 1")


def progress_table(remote: Shadow) -> bool:
    return ask(remote, "select to_regclass('supabase_migrations.driftwatch_progress')")[0] is not None


def killed(world: World, point: str) -> None:
    done = world.run("sync", "to-remote", "--yes", env={"DRIFTWATCH_STOP_AT": point})
    assert done.returncode == -signal.SIGKILL, (point, done.stdout, done.stderr)


def pushed(world: World) -> str:
    done = world.run("sync", "to-remote", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wait_for(remote: Shadow, question: str, process: subprocess.Popen[str] | None = None) -> None:
    deadline = time.monotonic() + 60
    while not any(ask(remote, question)):
        assert time.monotonic() < deadline, question
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.05)


def test_killed_anywhere_the_remote_has_whole_steps_and_a_rerun_runs_none_twice(world: World, remote: Shadow) -> None:
    world.write(FIRST, STEPS)
    for point, there in KILLED:
        killed(world, point)
        wait_for(remote, "select count(*) = 1 from pg_stat_activity where datname = 'postgres'")
        assert (steps(remote), bool(versions(remote))) == (there, "two" in there), point
    assert not progress_table(remote)
    world.write(SECOND, "create index concurrently ran_again on app.ran (step);\ninsert into app.ran values ('three');")
    killed(world, "push: noted")
    assert world.run("check").returncode == 0
    killed(world, "push: applied")
    assert steps(remote) == ["one", "two", "three"]
    assert "Nothing is pending" in pushed(world)
    assert not progress_table(remote)
    assert world.run("check").returncode == 0


def test_the_points_are_all_there_are() -> None:
    package = Path(__file__).parents[2] / "driftwatch"
    found = [
        line for path in package.rglob("*.py") for line in path.read_text().splitlines() if 'stop_point("push' in line
    ]
    named = {line.partition('stop_point("')[2].partition('"')[0] for line in found}
    assert named == {point for point, _ in KILLED} | {"push: noted", "push: applied"}


def test_cut_at_its_commit_only_the_history_tells_and_nothing_runs_twice(
    world: World, remote: Shadow, relay: Relay
) -> None:
    world.write(FIRST, "create schema app; create table app.ran (step text); insert into app.ran values ('one');")
    relay.watch = at_its_commit("cut")
    code, body = world.answer("sync", "to-remote", "--yes")
    assert (code, body["applied"], body["not_applied"]) == (2, [], [FIRST])
    assert "The connection was lost while" in body["error"]["message"]
    assert (steps(remote), versions(remote)) == ([], [])
    wait_until_left_alone(remote)
    relay.watch = at_its_commit("last")
    code, body = world.answer("sync", "to-remote", "--yes")
    assert (code, body.get("applied"), body.get("not_applied")) == (2, [FIRST], []), body
    assert steps(remote) == ["one"]
    assert "Nothing is pending" in pushed(world)


def wait_until_left_alone(remote: Shadow) -> None:
    """A server notices late that a session's other end is gone, and keeps its locks until then."""
    others = "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
    with remote.session() as conn:
        for _ in range(100):
            if conn.execute(others).fetchone() == (0,):
                return
            time.sleep(0.1)


def at_its_commit(what: str) -> Watch:
    """Lets everything pass up to the first COMMIT after a history row was written."""
    recorded = []

    def watch(data: bytes) -> str:
        if b"INSERT INTO supabase_migrations.schema_migrations" in data:
            recorded.append(data)
        return what if b"COMMIT" in data and len(recorded) == 1 and not recorded.append(data) else "pass"

    return watch


def test_cut_in_the_middle_of_a_build_the_half_built_index_goes_and_it_is_built_again(
    world: World, remote: Shadow
) -> None:
    world.write(FIRST, STEPS)
    with waiting_build(world, remote) as (process, backend):
        ask(remote, f"select pg_terminate_backend({backend})")
        _, told = process.communicate(timeout=60)
        assert process.returncode == 2
        assert "The connection was lost while" in told
        assert "Of 20260101000000_first.sql the first 4 statements are applied" in told
    assert ask(remote, "select indisvalid from pg_index where indexrelid = 'app.ran_step'::regclass") == [False]
    assert world.run("check").returncode == 0, "half applied is pending, not drift"
    assert "Drops the index" in world.run("sync", "to-remote", "--yes").stderr
    assert steps(remote) == ["one", "two"]
    assert ask(remote, "select indisvalid from pg_index where indexrelid = 'app.ran_step'::regclass") == [True]


def test_killed_while_the_server_goes_on_building_the_next_push_waits_and_takes_it_for_done(
    world: World, remote: Shadow
) -> None:
    world.write(FIRST, STEPS)
    with waiting_build(world, remote) as (process, _):
        process.kill()
        process.communicate()
        code, body = world.answer("sync", "to-remote", "--yes")
        assert (code, "Another push to production is under way" in body["error"]["message"]) == (2, True)
    wait_for(remote, "select indisvalid from pg_index where indexrelid = 'app.ran_step'::regclass")
    assert "goes on after 5 of its 6 statements" in pushed(world)
    assert steps(remote) == ["one", "two"]


@contextlib.contextmanager
def waiting_build(world: World, remote: Shadow) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A push whose index build waits for an older transaction, and the server's process that it waits in."""
    killed(world, "push: committed")
    with remote.session() as older:
        older.execute("begin")
        older.execute("insert into app.ran values ('never')")
        process = world.start("sync", "to-remote", "--yes")
        blocked = "query like 'create index concurrently%' and wait_event_type = 'Lock'"
        wait_for(remote, f"select count(*) > 0 from pg_stat_activity where {blocked}", process)
        [backend] = ask(remote, f"select pid from pg_stat_activity where {blocked}")
        assert isinstance(backend, int)
        try:
            yield process, backend
        finally:
            older.execute("rollback")
            process.kill()
            process.communicate()


def test_a_file_that_fails_at_its_end_is_mended_and_goes_on_where_it_was(world: World, remote: Shadow) -> None:
    """What the remote holds may make a migration fail that nothing failed before."""
    world.write(FIRST, STEPS)
    pushed(world)
    ask(remote, "insert into app.ran values ('two') returning 1")
    text = "create index concurrently a on app.ran (step);\ncreate unique index concurrently b on app.ran (step);"
    world.write(SECOND, text)
    world.write(THIRD, "create table app.third ();")
    code, body = world.answer("sync", "to-remote", "--yes")
    assert (code, body.get("applied"), body.get("not_applied")) == (1, [], [THIRD]), body
    assert body["begun"] == [{"file": SECOND, "statements": 1}]
    assert body["failure"]["line"] == 2
    assert ask(remote, "select to_regclass('app.b')") == [None], "no index that is not valid is left"
    world.write(SECOND, text.replace(" a ", " renamed "))
    refused = world.run("sync", "to-remote", "--yes")
    assert refused.returncode == 1
    assert "was edited where it is applied already" in refused.stderr
    world.write(SECOND, text.replace("unique", ""))
    pushed(world)
    assert ask(remote, "select to_regclass('app.b')::text") == ["app.b"]
