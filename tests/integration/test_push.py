"""A push as a team trusts production with it: to the right place, shown, alone, patient, and told."""

from __future__ import annotations

import contextlib
import http.server
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from driftwatch.core.migrations import Migration
from driftwatch.core.push_progress import subject
from driftwatch.core.statements import parse
from driftwatch.postgres import progress
from driftwatch.postgres.push_lock import LOCK_KEY
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World
from relay import relayed

HERE, ELSEWHERE = "abcdefghijklmnopqrst", "zyxwvutsrqponmlkjihg"
FIRST, SECOND = "20260101000000_users.sql", "20260102000000_nick.sql"
USERS = "create table public.users (id int primary key);"
NICK = "alter table public.users add column nick text;"


@pytest.fixture
def world(place: Path, cache_dir: Path, remote: Shadow) -> World:
    return clone(place, cache_dir, remote)


def clone(place: Path, cache_dir: Path, remote: Shadow) -> World:
    info = remote.cluster.conninfo()
    made = Here(place, cache_dir)
    made.environment |= {
        "PROD_URL": f"postgresql://postgres@/postgres?host={info['host']}&port={info['port']}",
        "DRIFTWATCH_PUSH__LOCK_TIMEOUT": "1s",
        "DRIFTWATCH_VERIFY__OBSERVE": "false",
    }
    made.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    made.write(FIRST, USERS)
    return made


def pushed(world: World, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = world.run("sync", "to-remote", "--yes", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def ask(remote: Shadow, question: str) -> list[Any]:
    with remote.session() as conn:
        return [row[0] for row in conn.execute(question.encode()).fetchall()]


def wait_for(remote: Shadow, question: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not any(ask(remote, question)):
        assert time.monotonic() < deadline, question
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


@contextlib.contextmanager
def held(remote: Shadow, statement: str) -> Iterator[psycopg.Connection[Any]]:
    """A session in whose transaction the statement was run."""
    with remote.session() as conn:
        conn.execute("set application_name = 'the other one'")
        conn.execute("begin")
        conn.execute(statement.encode())
        yield conn


def test_a_dry_run_says_every_statement_and_its_transaction_and_changes_nothing(world: World, remote: Shadow) -> None:
    world.write(SECOND, f"{NICK}\ncreate index concurrently by_nick on public.users (nick);\ntruncate public.users;")
    done = world.run("sync", "to-remote", "--dry-run")
    assert done.returncode == 0, done.stderr
    told = done.stdout[done.stdout.index(f"{SECOND}:\n") :]
    assert [line.strip() for line in told.splitlines()] == [
        f"{SECOND}:",
        "BEGIN",
        "line 1: alter table public.users add column nick text",
        "progress: so far applied",
        "COMMIT",
        "line 2: create index concurrently by_nick on public.users (nick)",
        "BEGIN",
        "line 3: truncate public.users",
        "history row: version 20260102000000, name nick, 3 statements",
        "COMMIT",
        "Nothing was changed (--dry-run).",
    ]
    assert ask(remote, "select to_regclass('public.users')") == [None]
    pushed(world)
    world.write("20260103000000_more.sql", "drop table public.users;")
    code, body = world.answer("sync", "to-remote", "--dry-run")
    assert (code, body["status"], body["applied"], body["pending"]) == (0, "done", [], ["20260103000000_more.sql"])
    [migration] = body["plan"]["migrations"]
    assert migration["parts"] == [{"transaction": True, "statements": [{"line": 1, "text": "drop table public.users"}]}]
    assert migration["risks"] == ["destroys data: drops the table public.users: line 1"]
    (world.migrations / "20260103000000_more.sql").unlink()
    assert "Nothing is pending on production." in world.run("sync", "to-remote", "--dry-run").stdout


def test_a_project_other_than_the_linked_one_has_to_be_named(world: World, remote: Shadow) -> None:
    info = remote.cluster.conninfo()
    link = world.root / "supabase" / ".temp" / "project-ref"
    link.parent.mkdir()
    with relayed(info["host"], info["port"]) as relay:
        world.environment["PROD_URL"] = relay.url(host=f"db.{HERE}.supabase.co")
        link.write_text(f"{ELSEWHERE}\n")
        refused = world.run("sync", "to-remote", "--yes")
        assert refused.returncode == 2
        assert f"BUT the linked project is {ELSEWHERE}" in refused.stdout
        assert f"Next: If it is meant: driftwatch sync to-remote production --project-ref {HERE}" in refused.stderr
        wrong = world.run("sync", "to-remote", "--yes", "--project-ref", ELSEWHERE)
        assert (wrong.returncode, f"leads to the project {HERE}" in wrong.stderr) == (2, True)
        unasked = world.run("sync", "to-remote", "--project-ref", HERE)
        assert f"project {HERE}? Nobody is there to answer." in unasked.stderr
        assert ask(remote, "select to_regclass('public.users')") == [None]
        pushed(world, "--project-ref", HERE)
        world.write(SECOND, NICK)
        link.write_text(HERE)
        pushed(world)


def test_a_login_of_the_platform_becomes_postgres_and_the_row_is_the_supabase_clis(
    world: World, remote: Shadow
) -> None:
    world.environment["PROD_URL"] = world.environment["PROD_URL"].replace("postgres@", "supabase_admin@")
    text = "-- who\nset role anon; set role postgres;\ncreate table public.mine (id int); -- what\n"
    world.write(SECOND, f"{text}create index concurrently on mine (id);")
    pushed(world)
    ours = "relnamespace in ('public'::regnamespace, 'supabase_migrations'::regnamespace)"
    owners = f"select relowner::regrole::text from pg_class where relkind = 'r' and {ours}"
    assert set(ask(remote, owners)) == {"postgres"}
    rows = ask(remote, "select row_to_json(h) from supabase_migrations.schema_migrations h order by version")
    assert rows[1] == {
        "version": "20260102000000",
        "statements": [
            "-- who\nset role anon",
            "set role postgres",
            "create table public.mine (id int)",
            "-- what\ncreate index concurrently on mine (id)",
        ],
        "name": "nick",
    }


def test_a_client_encoding_of_the_environment_changes_no_text(world: World, remote: Shadow) -> None:
    world.environment["PGCLIENTENCODING"] = "LATIN1"
    world.write(SECOND, "comment on table public.users is 'naïve'; comment on column public.users.id is '€';")
    assert "production is what the migrations make" in pushed(world).stdout
    assert ask(remote, "select obj_description('public.users'::regclass)") == ["naïve"]
    assert "in sync" in world.run("check").stdout


def test_what_a_block_committed_itself_before_it_failed_is_said(world: World, remote: Shadow) -> None:
    pushed(world)
    ask(remote, "insert into public.users values (1) returning 1")
    world.write(
        SECOND,
        "-- pg-delta: transaction=false\ndo $$ begin insert into public.users values (2); commit;"
        " perform 1 / (select 1 - count(*) from public.users where id = 1); end $$;",
    )
    done = world.run("sync", "to-remote", "--yes")
    assert done.returncode == 1
    assert "What it committed itself before it failed is there, and it runs from its beginning." in done.stderr


def test_what_the_last_file_sets_for_its_session_does_not_decide_what_is_seen(world: World, remote: Shadow) -> None:
    world.write("20260101500000_price.sql", "comment on table users is 'who pays €';")
    world.write(SECOND, NICK + " set search_path = ''; set role anon; set client_encoding = 'LATIN1';")
    assert "production is what the migrations make" in pushed(world).stdout


def test_a_lock_that_is_held_is_waited_for_in_turns_and_who_holds_it_is_said(world: World, remote: Shadow) -> None:
    pushed(world)
    world.write(SECOND, f"create table public.before ();\n{NICK}")
    with held(remote, "select 'secret' from users") as other:
        code, body = world.answer("sync", "to-remote", "--yes")
        assert (code, body["status"], body["applied"], body["not_applied"]) == (2, "could_not", [], [SECOND])
        assert body["error"]["message"].startswith(f"{SECOND}:2 got no lock in 5 tries of 1 s")
        assert "(the other one, postgres, idle in transaction since" in body["error"]["details"]
        assert "secret" not in str(body)
        assert ask(remote, "select to_regclass('public.before')") == [None]
        process = world.start("sync", "to-remote", "--yes")
        wait_for(remote, "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'", process)
        time.sleep(1.2)
        other.execute("rollback")
        out, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    assert f"{SECOND}:2: canceling statement due to lock timeout; once more in 0.2 s (try 2 of 5)" in told
    assert "is what the migrations make" in out


def test_of_two_pushes_one_waits_and_is_then_told(place: Path, cache_dir: Path, remote: Shadow) -> None:
    folders = [place / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir(mode=0o711)
    clones = [clone(folder, cache_dir, remote) for folder in folders]
    for one in clones:
        one.write(FIRST, f"{USERS} insert into users values (1);")
        one.environment["DRIFTWATCH_PUSH__LOCK_TIMEOUT"] = "20s"
    with remote.session() as conn:
        conn.execute("select pg_advisory_lock(%s)", (LOCK_KEY,))
        both = [one.start("sync", "to-remote", "--yes") for one in clones]
        waiting = [next(line for line in process.stderr if "waiting for up to 120 s" in line) for process in both]  # type: ignore[union-attr]
        assert all("Another push to production is under way (process" in line for line in waiting)
    ended = [process.communicate(timeout=120) for process in both]
    assert sorted(process.returncode for process in both) == [0, 2], ended
    assert "production changed while this was planned: 20260101000000 is applied there now." in str(ended)
    with remote.session() as conn:
        conn.execute("select pg_advisory_lock(%s)", (LOCK_KEY,))
        clones[0].write(SECOND, NICK)
        told = clones[0].run("sync", "to-remote", "--yes", env={"DRIFTWATCH_PUSH__LOCK_TIMEOUT": "1s"})
    assert told.returncode == 2
    assert "driftwatch: Another push to production is under way (process" in told.stderr


def test_a_remote_that_moved_after_it_was_planned_on_is_left_alone(world: World, remote: Shadow) -> None:
    pushed(world)
    world.write(SECOND, NICK)
    with remote.session() as conn:
        conn.execute("select pg_advisory_lock(%s)", (LOCK_KEY,))
        process = world.start("sync", "to-remote", "--yes", env={"DRIFTWATCH_PUSH__LOCK_TIMEOUT": "20s"})
        assert any("waiting for up to" in line for line in process.stderr or ())
        conn.execute("create table public.by_hand (id int)")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "production changed while this was planned: its schema is another one." in told
    assert ask(remote, "select count(*) from pg_attribute where attname = 'nick'") == [0]


def test_a_tool_that_knows_no_lock_and_was_quicker_leaves_nothing_to_apply_twice(world: World, remote: Shadow) -> None:
    pushed(world)
    world.write(SECOND, NICK)
    row = "insert into supabase_migrations.schema_migrations (version, name) values ('20260102000000', 'nick')"
    with held(remote, row) as other:
        process = world.start("sync", "to-remote", "--yes", env={"DRIFTWATCH_PUSH__LOCK_TIMEOUT": "60s"})
        wait_for(remote, "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'", process)
        other.execute("commit")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Version 20260102000000 was applied to production by somebody else meanwhile." in told
    assert ask(remote, "select count(*) from pg_attribute where attname = 'nick'") == [0]


@pytest.mark.parametrize(("doing", "answer"), [("insert into users values (1);", "in_sync"), (NICK, "could_not")])
def test_a_check_while_a_push_runs_sees_no_drift(world: World, remote: Shadow, doing: str, answer: str) -> None:
    """What is half applied is pending; where a lock keeps the schema from being read, that is what is said."""
    pushed(world)
    waiting = "select pg_advisory_xact_lock(42);"
    world.write(SECOND, f"create index concurrently u on public.users (id);\n{doing}\n{waiting}")
    with held(remote, "select pg_advisory_lock(42)"):
        process = world.start("sync", "to-remote", "--yes", env={"DRIFTWATCH_PUSH__LOCK_TIMEOUT": "60s"})
        wait_for(remote, "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'", process)
        code, body = world.answer("check")
        assert (code, body["status"]) == ({"in_sync": 0, "could_not": 2}[answer], answer), body
    out, told = process.communicate(timeout=60)
    assert process.returncode == 0, out + told
    assert world.run("check").returncode == 0


def test_the_channels_hear_of_success_and_of_failure_and_may_fail_themselves(world: World, remote: Shadow) -> None:
    with receiver() as (port, messages):
        world.environment["HOOK"] = f"json://127.0.0.1:{port}/hook"
        world.environment["DEAD"] = "json://127.0.0.1:1/dead"
        channels = '[notify.channels.team]\nurl_env = "HOOK"\n[notify.channels.dead]\nurl_env = "DEAD"\n'
        world.config(f"{world.toml}{channels}")
        done = pushed(world)
        assert "The channel dead was not told: " in done.stderr
        world.write(SECOND, NICK)
        with held(remote, "select from users"):
            code, body = world.answer("sync", "to-remote", "--yes")
        assert (code, [one["ok"] for one in body["told"]]) == (2, [True, False])
    success, failure = messages
    assert success["title"] == "production: 1 migration pushed"
    assert "Test <test@example.com>".replace("<", "‹").replace("@", "＠").replace(">", "›") in success["message"]
    assert FIRST in success["message"]
    assert (failure["title"], failure["type"]) == ("production: a push failed", "failure")
    assert "got no lock" in failure["message"]
    assert f"Nothing of {SECOND} is applied." in failure["message"]


def test_a_detaching_that_stopped_between_its_transactions_is_recognised_and_ended(remote: Shadow) -> None:
    text = "alter table whole detach partition part concurrently"
    about = subject(parse(Migration("1", "a", "1_a.sql", text)).statements[0])
    with remote.session() as conn:
        conn.execute("create table whole (i int) partition by list (i); create table part partition of whole default")
        conn.execute("drop table part; create table part partition of whole for values in (1)")
        assert progress.outcome(conn, about).state == "again"
        conn.execute("set lock_timeout = '200ms'")
        with held(remote, "select from whole"), pytest.raises(psycopg.errors.LockNotAvailable):
            conn.execute(text.encode())
        assert progress.outcome(conn, about).state == "unfinished"
        progress.finish_detaching(conn, about)
        assert progress.outcome(conn, about).state == "done"


@contextlib.contextmanager
def receiver() -> Iterator[tuple[int, list[dict[str, str]]]]:
    """An HTTP server here that keeps what is posted to it."""
    messages: list[dict[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], messages
        server.shutdown()
