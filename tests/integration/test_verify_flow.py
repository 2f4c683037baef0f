"""`driftwatch verify` as a user types it: receipts, what is refused and why, a remote's actual schema, a base file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from driftwatch.postgres.connect import connect
from driftwatch.postgres.execute import Runner
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World, url_of

USERS = "create table public.users (id uuid primary key, name text not null);"
ORDERS = "create table public.orders (id bigint generated always as identity primary key, buyer uuid references users);"


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    return Here(place, cache_dir)


def execute(shadow: Shadow, statement: str) -> None:
    with shadow.session() as conn:
        conn.execute(statement.encode())


def configure(world: World, remote: Shadow, more: str = "") -> dict[str, str]:
    world.config(f'[remotes.production]\nurl_env = "PROD_URL"\n{more}')
    return {"PROD_URL": url_of(remote)}


def test_the_second_run_takes_the_receipt_and_a_new_migration_replays_alone(world: World) -> None:
    world.write("20260101000000_users.sql", USERS)
    first = world.run("verify", "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["status"] == "proved"
    again = json.loads(world.run("verify", "--json").stdout)
    assert (again["from_receipt"], again["replayed"]) == (True, 0)
    world.write("20260102000000_orders.sql", ORDERS)
    more = json.loads(world.run("verify", "--json").stdout)
    assert (more["from_receipt"], more["replayed"]) == (False, 1)
    assert more["fingerprint"] != again["fingerprint"]


def test_a_receipt_is_for_content_not_for_names_of_commits(world: World) -> None:
    world.write("20260101000000_users.sql", USERS)
    world.git("add", "-A")
    world.git("commit", "-qm", "one")
    assert world.run("verify").returncode == 0
    (Path(world.root) / "note.txt").write_text("nothing about migrations")
    world.git("add", "-A")
    world.git("commit", "-qm", "two")
    assert json.loads(world.run("verify", "--rev", "HEAD", "--json").stdout)["from_receipt"] is True


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("alter table auth.users add column age int;", "must be owner of table users"),
        ("copy (select 1) to program 'touch /tmp/never';", "permission denied to COPY to or from an external program"),
        ("select pg_read_file('/etc/passwd');", "permission denied for function pg_read_file"),
        ("create function f() returns int language c as '/lib/libc.so', 'abs';", "permission denied for language c"),
        ("reset role; create extension file_fdw;", 'permission denied to create extension "file_fdw"'),
        ("set session authorization supabase_admin;", "permission denied to set session authorization"),
    ],
)
def test_what_postgres_may_not_do_on_supabase_fails_in_postgres_words(world: World, sql: str, words: str) -> None:
    world.write("20260101000000_users.sql", f"{USERS}\n{sql}")
    done = world.run("verify", "--json")
    assert done.returncode == 1
    failure = json.loads(done.stdout)["failure"]
    assert words in failure["message"]
    assert (failure["line"], failure["sqlstate"]) == (2, "42501")


def test_what_supabase_allows_though_plain_postgres_does_not_is_proved(world: World) -> None:
    world.write(
        "20260101000000_all.sql",
        """
        create extension if not exists pg_trgm with schema extensions;
        create policy "own files" on storage.objects for select using (owner_id = (select auth.uid())::text);
        create function public.greet() returns trigger language plpgsql as $$ begin return new; end $$;
        create trigger greet after insert on auth.users for each row execute function public.greet();
        create function public.watch() returns event_trigger language plpgsql as $$ begin end $$;
        create event trigger watch on ddl_command_end execute function public.watch();
        create publication everything for all tables;
        alter role authenticator set pgrst.db_schemas = 'public';
        do $$ begin create policy p on storage.buckets for select using (true); end $$;
        """,
    )
    done = world.run("verify")
    assert done.returncode == 0, done.stderr


def test_an_edit_of_what_was_applied_is_refused(world: World, remote: Shadow) -> None:
    environment = configure(world, remote)
    world.write("20260101000000_users.sql", USERS)
    assert world.run("sync", "to-remote", "--yes", env=environment).returncode == 0
    world.write("20260101000000_users.sql", USERS.replace("not null", ""))
    done = world.run("verify", env=environment)
    assert done.returncode == 1
    assert "20260101000000_users.sql was edited after it was applied to production" in done.stderr
    assert f"\n-{USERS}" in done.stderr
    listed = world.run("history", "list", env=environment)
    assert f"\n  -{USERS}" in listed.stdout


def test_pending_migrations_are_proved_on_the_remotes_actual_schema(world: World, remote: Shadow) -> None:
    environment = configure(world, remote)
    world.write("20260101000000_users.sql", USERS)
    assert world.run("sync", "to-remote", "--yes", env=environment).returncode == 0
    execute(remote, "alter table public.users add column age int")
    world.write("20260102000000_age.sql", "alter table public.users add column age int;")
    done = world.run("verify", env=environment)
    assert done.returncode == 1
    assert 'column "age" of relation "users" already exists' in done.stderr
    assert "On a copy of production's actual schema" in done.stderr
    assert world.run("verify", "--offline", env=environment).returncode == 0


def test_a_receipt_made_without_the_remote_does_not_stand_for_the_proof_on_its_schema(
    world: World, remote: Shadow
) -> None:
    environment = configure(world, remote)
    world.write("20260101000000_users.sql", USERS)
    assert world.run("sync", "to-remote", "--yes", env=environment).returncode == 0
    execute(remote, "alter table public.users add column age int")
    world.write("20260102000000_age.sql", "alter table public.users add column age int;")
    assert world.run("verify", "--offline", env=environment).returncode == 0
    refused = world.run("verify", env=environment)
    assert refused.returncode == 1
    assert "On a copy of production's actual schema" in refused.stderr
    execute(remote, "alter table public.users drop column age")
    assert world.run("verify", env=environment).returncode == 0
    again = json.loads(world.run("verify", "--json", env=environment).stdout)
    assert (again["from_receipt"], again["replayed"]) == (True, 0)


def test_a_remote_that_does_not_answer_is_said_and_its_last_seen_schema_is_used(world: World, remote: Shadow) -> None:
    environment = configure(world, remote)
    world.write("20260101000000_users.sql", USERS)
    assert world.run("sync", "to-remote", "--yes", env=environment).returncode == 0
    world.write("20260102000000_users.sql", USERS.replace("public.users", "public.others"))
    away = {"PROD_URL": "postgresql://postgres@127.0.0.1:1/postgres"}
    done = world.run("verify", env=away)
    assert done.returncode == 0, done.stderr
    assert "Could not connect to the remote production" in done.stdout
    assert "production's schema and history as of 20" in done.stdout
    assert "1 pending" in done.stdout


def test_where_only_a_copy_is_proved_the_receipt_is_found_again(world: World, remote: Shadow) -> None:
    environment = configure(world, remote, "[verify]\nreplay = 'remote'\n[hooks]\nbefore_push = 'require'\n")
    world.write("20260101000000_users.sql", USERS)
    world.git("add", "-A")
    world.git("commit", "-qm", "one")
    head = world.git("rev-parse", "HEAD").strip()
    pushed = f"refs/heads/main {head} refs/heads/main {'0' * 40}\n"
    line = ("hook", "pre-push", "origin", "nowhere")
    assert world.run(*line, env=environment, stdin=pushed).returncode == 1
    assert world.run("verify", "--rev", "HEAD", env=environment).returncode == 0
    assert world.run(*line, env=environment, stdin=pushed).returncode == 0


def test_a_beginning_that_was_never_written_down_is_said_in_one_sentence_with_two_ways_on(
    world: World, remote: Shadow
) -> None:
    environment = configure(world, remote)
    execute(remote, USERS)
    execute(remote, "create policy mine on storage.objects for select using (true)")
    execute(remote, "create role reporting")
    execute(remote, "grant select on public.users to reporting")
    world.write("20260101000000_nick.sql", "alter table public.users add column nick text;")
    world.write("20260102000000_orders.sql", ORDERS)
    done = world.run("verify", env=environment)
    assert done.returncode == 1
    assert "The migrations do not build from nothing: 20260101000000_nick.sql:1 needs public.users" in done.stderr
    assert "driftwatch snapshot remote --sql -o supabase/base.sql" in done.stderr
    assert 'replay = "remote"' in done.stderr

    world.config(f"{world.toml}\n[verify]\nreplay = 'remote'\n")
    on_copy = world.run("verify", env=environment)
    assert on_copy.returncode == 0, on_copy.stderr
    assert "only the pending migrations were proved, on a copy of production" in on_copy.stdout

    configure(world, remote)
    assert world.run("snapshot", "remote", "--sql", "-o", "supabase/base.sql", env=environment).returncode == 0
    configure(world, remote, '[migrations]\nbase = "supabase/base.sql"\n')
    on_base = world.run("verify", env=environment)
    assert on_base.returncode == 0, on_base.stderr
    assert world.run("check", env=environment).returncode == 0
    assert world.run("sync", "to-remote", "--yes", env=environment).returncode == 0
    assert world.run("check", env=environment).returncode == 0
    assert world.run("diff", "migrations", "production", env=environment).returncode == 0


def test_a_base_that_contains_versions_is_not_replayed_twice(world: World, remote: Shadow) -> None:
    environment = configure(world, remote)
    execute(remote, USERS)
    world.write("20260101000000_nick.sql", "alter table public.users add column nick text;")
    with connect(remote.cluster.conninfo()) as conn:
        from driftwatch.core.migrations import Migration
        from driftwatch.postgres import history

        history.ensure(conn)
        text = (Path(world.root) / "supabase/migrations/20260101000000_nick.sql").read_text()
        Runner(conn).apply(Migration("20260101000000", "nick", "20260101000000_nick.sql", text))
    assert world.run("snapshot", "remote", "--sql", "-o", "supabase/base.sql", env=environment).returncode == 0
    configure(world, remote, '[migrations]\nbase = "supabase/base.sql"\n')
    assert world.run("check", env=environment).returncode == 0
    done = json.loads(world.run("verify", "--json", env=environment).stdout)
    assert (done["status"], done["replayed"]) == ("proved", 0)


def test_a_baseline_of_ones_own_is_the_ground_and_runs_as_postgres(world: World) -> None:
    world.config('[shadow]\nbaseline = "ground.sql"\n')
    (Path(world.root) / "ground.sql").write_text("create schema app; create role reader; create table app.t (i int);")
    world.write("20260101000000_grant.sql", "grant select on app.t to reader;")
    assert world.run("verify").returncode == 0
    (Path(world.root) / "ground.sql").write_text("select 1;\ncopy (select 1) to program 'touch never';")
    done = world.run("verify")
    assert done.returncode == 1
    assert "ground.sql:2: permission denied to COPY" in done.stderr


@pytest.mark.parametrize(
    ("sql", "advice"),
    [
        ("discard all;", "Take it out"),
        ("create table p (i int) partition by range (i); create index on p (i);\nreindex table p;", "CONCURRENTLY"),
    ],
)
def test_what_a_push_can_not_run_is_not_proved(world: World, remote: Shadow, sql: str, advice: str) -> None:
    environment = configure(world, remote)
    world.write("20260101000000_alone.sql", f"-- pg-delta: transaction=false\n{sql}")
    done = world.run("verify", env=environment)
    assert done.returncode == 1
    assert "cannot run inside a transaction block" in done.stderr
    assert advice in done.stderr


def test_a_base_is_only_asked_of_a_remote_where_there_is_one(world: World, remote: Shadow) -> None:
    world.write("20260101000000_nick.sql", "alter table public.users add column nick text;")
    alone = world.run("verify")
    assert "driftwatch snapshot postgresql://… --sql -o supabase/base.sql" in alone.stderr
    assert "replay =" not in alone.stderr
    world.config("".join(f'[remotes.{name}]\nurl_env = "PROD_URL"\n' for name in ("production", "staging")))
    several = world.run("verify", env={"PROD_URL": url_of(remote)})
    assert "driftwatch snapshot production --sql" in several.stderr


def test_what_is_replayed_twice_is_counted_apart(world: World, remote: Shadow) -> None:
    environment = configure(world, remote)
    world.write("20260101000000_one.sql", "create table public.counted (id int primary key);")
    world.write("20260102000000_two.sql", "create table public.apart (id int primary key);")
    assert "(2 replayed, 2 on a copy of production, 2 pending)" in world.run("verify", env=environment).stdout


def test_a_note_steers_no_terminal(world: World) -> None:
    world.write("20260101000000_users.sql", 'create table public."\x1b[31mred" (id int primary key);')
    done = world.run("verify")
    assert "red" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
