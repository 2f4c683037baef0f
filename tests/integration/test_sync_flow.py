"""Pull, push and check as a team types them, on a remote, a local database and a git folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World

USERS = "create table public.users (id uuid primary key, name text not null);"
NICK = "alter table public.users add column nick text;"


@pytest.fixture
def world(place: Path, cache_dir: Path, production: Shadow) -> Iterator[World]:
    made = Here(place, cache_dir)
    made.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    made.write("20260101000000_users.sql", USERS)
    yield made
    made.run("db", "stop")


def execute(remote: Shadow, statement: str) -> None:
    with remote.session() as conn:
        conn.execute(statement.encode())


def sql(world: World, statement: str) -> str:
    done = world.run("db", "psql", "-Atqc", statement)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_status_tells_every_state_and_the_next_command(world: World, remote: Shadow) -> None:
    assert "not made yet" in world.run("status").stdout
    assert world.run("db", "start").returncode == 0
    pending = world.run("status")
    assert pending.returncode == 0
    assert "1 pending" in pending.stdout
    assert "Next: driftwatch sync to-remote production" in pending.stdout
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    assert "All is in sync." in world.run("status").stdout
    execute(remote, "create table by_hand (id int)")
    drifted = world.run("status")
    assert drifted.returncode == 1
    assert "drifted (1 object)" in drifted.stdout
    world.config('[remotes.production]\nurl = "postgresql://postgres@127.0.0.1:1/postgres"\n')
    unreachable = world.run("status", "--json")
    assert unreachable.returncode == 2
    assert json.loads(unreachable.stdout)["remotes"][0]["status"] == "could_not"


def test_check_explains_drift_facet_by_facet_and_ends_with_it(world: World, remote: Shadow) -> None:
    world.run("sync", "to-remote", "--yes")
    assert world.run("check").returncode == 0
    execute(remote, "alter table public.users alter column name drop not null")
    found = world.run("check", "production", "--json")
    assert found.returncode == 1
    (change,) = json.loads(found.stdout)["remotes"][0]["changes"]
    assert (change["kind"], change["identity"], change["change"]) == ("column", "public.users.name", "changed")
    assert change["facets"] == [{"name": "not_null", "from": True, "to": False}]
    execute(remote, "alter table public.users alter column name set not null")
    assert world.run("check").returncode == 0


def test_rows_statistics_and_vacuum_are_no_drift(world: World, remote: Shadow) -> None:
    world.run("sync", "to-remote", "--yes")
    for statement in (
        "insert into users values (gen_random_uuid(), 'a')",
        "analyze",
        "vacuum full users",
        "reindex table users",
    ):
        execute(remote, statement)
    assert world.run("check").returncode == 0


def test_a_drifted_remote_is_not_pushed_to_unless_forced(world: World, remote: Shadow) -> None:
    world.run("sync", "to-remote", "--yes")
    execute(remote, "create table by_hand (id int)")
    world.write("20260102000000_nick.sql", NICK)
    refused = world.run("sync", "to-remote", "--yes")
    assert refused.returncode == 1
    assert "production has drifted" in refused.stderr
    assert world.run("sync", "to-remote", "--yes", "--force").returncode == 0


def test_nothing_is_pushed_without_a_yes(world: World) -> None:
    asked = world.run("sync", "to-remote")
    assert asked.returncode == 2
    assert "Next: driftwatch sync to-remote production --yes" in asked.stderr
    dry = json.loads(world.run("sync", "to-remote", "--dry-run", "--json").stdout)
    assert (dry["pending"], dry["applied"]) == (["20260101000000_users.sql"], [])
    assert "1 pending" in world.run("check").stdout


def test_migrations_that_only_the_remote_has_become_files(world: World, remote: Shadow) -> None:
    world.run("sync", "to-remote", "--yes")
    execute(remote, NICK)
    execute(
        remote,
        "insert into supabase_migrations.schema_migrations (version, name, statements) "
        f"values ('20260103000000', 'nick', array['-- by the dashboard\n{NICK} -- so'])",
    )
    assert world.run("check").returncode == 1
    done = world.run("sync", "from-remote")
    assert done.returncode == 0, done.stderr
    assert "Fetched 20260103000000_nick.sql" in done.stdout
    world.run("db", "start")
    assert sql(world, "select count(nick) from users") == "0"
    assert world.run("check").returncode == 0
    assert world.run("verify").returncode == 0


def test_a_version_that_no_file_can_have_writes_no_file(world: World, remote: Shadow) -> None:
    execute(
        remote,
        "create schema if not exists supabase_migrations;"
        "insert into supabase_migrations.schema_migrations (version, name, statements) "
        "values ('../../../out', 'of', array['select 1']), ('20250101000000', 'early', array['select 1'])",
    )
    before = sorted(world.migrations.iterdir())
    done = world.run("sync", "from-remote")
    assert done.returncode == 2
    assert "has the version '../../../out' applied, which no file of the folder can have" in done.stderr
    assert "driftwatch history repair ../../../out --reverted --on production" in done.stderr
    assert sorted(world.migrations.iterdir()) == before
    assert not list(world.root.parent.glob("out*"))
    assert world.run("history", "repair", "../../../out", "--reverted", "--on", "production", "--yes").returncode == 0
    assert "Fetched 20250101000000_early.sql" in world.run("sync", "from-remote").stdout


def test_half_a_push_is_no_reason_not_to_sync(world: World, remote: Shadow) -> None:
    half = "create table half (i int); create unique index concurrently u on twice (i);"
    world.write("20260102000000_half.sql", half)
    world.write("20251231000000_twice.sql", "create table twice (i int);")
    execute(remote, "create table if not exists twice (i int); insert into twice values (1), (1)")
    assert world.run("history", "adopt", "production", "20251231000000", "--yes").returncode == 0
    stopped = world.run("sync", "to-remote", "--yes")
    assert stopped.returncode == 1, stopped.stdout
    assert "Of 20260102000000_half.sql the first 1 statements are applied" in stopped.stderr
    synced = world.run("sync", "from-remote")
    assert synced.returncode == 0, synced.stderr
    assert "on top what is pending there: 20260102000000" in synced.stdout


def test_a_file_that_cannot_be_read_is_neither_in_sync_nor_fetched_again(world: World) -> None:
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    [file] = world.migrations.iterdir()
    file.rename(file.with_name(f"{file.stem}_too.sql")).write_bytes(b"-- caf\xe9\n")
    fetched = world.run("sync", "from-remote")
    assert fetched.returncode == 1
    assert "is not valid UTF-8" in fetched.stderr
    assert len(list(world.migrations.iterdir())) == 1
    file.with_name(f"{file.stem}_too.sql").rename(world.migrations / "20990101000000_late.sql")
    file.write_text(USERS, encoding="utf-8")
    code, answer = world.answer("status")
    assert (code, answer["status"], answer["next_step"]) == (2, "could_not", "driftwatch verify")
    assert answer["problems"] == ["20990101000000_late.sql is not valid UTF-8"]


def test_local_becomes_the_remote_with_what_is_pending_on_top_and_rows_stay_where_asked(world: World) -> None:
    world.run("sync", "to-remote", "--yes")
    assert world.run("db", "start").returncode == 0
    sql(world, "insert into users values (gen_random_uuid(), 'ann')")
    world.write("20260102000000_nick.sql", NICK)
    done = world.run("sync", "from-remote", "--data", "keep")
    assert "Carried over 1 rows of 1 tables." in done.stdout
    assert "has the schema of production, and on top what is pending there: 20260102000000. Next:" in done.stdout
    assert sql(world, "select name, nick is null from users") == "ann|t"
    again = world.run("sync", "from-remote")
    assert "nothing to apply" in again.stdout
    assert sql(world, "select name from users") == "ann", "nothing was to be done, so nothing was built"
    world.write("20260103000000_more.sql", "create table more (id int);")
    assert world.run("sync", "from-remote").returncode == 0
    assert sql(world, "select count(*) from users") == "0"


def test_a_file_edited_after_it_was_applied_is_no_way_to_the_remotes_schema(world: World) -> None:
    world.run("sync", "to-remote", "--yes")
    world.run("db", "start")
    sql(world, "insert into users values (gen_random_uuid(), 'ann')")
    world.write("20260101000000_users.sql", USERS.replace("name text not null", "name varchar(3) not null"))
    done = world.run("sync", "from-remote")
    assert done.returncode == 1
    assert "20260101000000_users.sql was edited after it was applied there" in done.stderr
    assert "column public.users.name changed" in done.stderr
    assert sql(world, "select name from users") == "ann"


def test_drift_becomes_a_migration_where_asked_and_local_then_has_it(world: World, remote: Shadow) -> None:
    world.run("sync", "to-remote", "--yes")
    execute(remote, "create table by_hand (id int primary key)")
    told = world.run("sync", "from-remote")
    assert told.returncode == 1
    assert "has the schema of production without its drift" in told.stdout
    done = world.run("sync", "from-remote", "--capture")
    assert done.returncode == 0, done.stderr
    assert "from 2" in done.stdout.splitlines()[-1]
    world.run("db", "start")
    assert sql(world, "select count(*) from by_hand") == "0"


def test_the_same_content_under_another_version_is_matched_and_never_duplicated(world: World, remote: Shadow) -> None:
    execute(
        remote,
        f"{USERS} insert into supabase_migrations.schema_migrations (version, name, statements) "
        f"values ('20260105000000', 'users', array['{USERS}'])",
    )
    done = world.run("sync", "from-remote")
    assert "20260101000000 is applied there as 20260105000000. Next: driftwatch history adopt production" in done.stdout
    assert [path.name for path in world.migrations.iterdir()] == ["20260101000000_users.sql"]
    assert done.stdout.splitlines()[-1] == "Local has the schema of production."


def test_a_history_that_no_longer_fits_builds_anew_and_undo_brings_it_back(world: World) -> None:
    world.run("db", "start")
    sql(world, "insert into users values (gen_random_uuid(), 'ann')")
    world.write("20260101000000_users.sql", USERS.replace("name text not null", "name text"))
    assert "built anew" in world.run("sync", "from-remote").stdout
    assert sql(world, "select count(*) from users") == "0"
    assert world.run("undo").returncode == 0
    assert sql(world, "select name from users") == "ann"


def test_a_migration_that_fails_leaves_the_local_database_as_it_was(world: World) -> None:
    world.run("db", "start")
    sql(world, "insert into users values (gen_random_uuid(), 'ann')")
    world.write("20260102000000_wrong.sql", f"{NICK}\nalter table users add unique (nome);")
    done = world.run("sync", "from-remote")
    assert done.returncode == 1
    assert "20260102000000_wrong.sql:2: column" in done.stderr
    assert "The local database is as it was." in done.stderr
    assert sql(world, "select name from users") == "ann"


def test_what_local_has_besides_is_shown_and_told_when_it_goes(world: World) -> None:
    world.run("db", "start")
    sql(world, "alter table users add column scribble int")
    shown = world.run("diff")
    assert shown.returncode == 1
    assert "public.users.scribble" in shown.stdout
    assert (
        "The former one had what no migration makes: column public.users.scribble."
        in world.run("sync", "from-remote").stdout
    )


def test_a_project_that_never_exposed_new_tables_is_recognised_and_then_in_sync(world: World, remote: Shadow) -> None:
    closed = "alter default privileges in schema public revoke all on {} from anon, authenticated, service_role"
    for kind in ("tables", "sequences", "functions"):
        execute(remote, closed.format(kind))
    world.run("sync", "to-remote", "--yes")
    found = world.run("check")
    assert found.returncode == 1
    assert 'set [shadow] new_tables = "closed"' in found.stdout
    world.config(f'{world.toml}[shadow]\nnew_tables = "closed"\n')
    assert world.run("check").returncode == 0


def test_a_short_version_twice_is_proved_and_noted_but_not_pushed(world: World) -> None:
    world.write("001_a.sql", "create table one (i int);")
    world.write("001_b.sql", "create table two (i int);")
    proved = world.run("verify", "--offline")
    assert proved.returncode == 0, proved.stderr
    assert "note: 001_b.sql has the version 001, which 001_a.sql has too" in proved.stdout
    refused = world.run("sync", "to-remote", "--yes")
    assert refused.returncode == 1
    assert "001_b.sql has the version 001" in refused.stderr


NOWHERE = '[remotes.production]\nurl = "postgresql://postgres@127.0.0.1:1/postgres"\n'
UNKNOWN = "insert into supabase_migrations.schema_migrations (version, statements) values ('20260105000000', '{%s}')"


def test_the_next_step_is_one_that_can_work(world: World) -> None:
    assert world.run("db", "start").returncode == 0
    sql(world, UNKNOWN % "select 1")
    assert "Next: driftwatch sync from-remote\n" in world.run("status").stdout
    with_remote = world.toml
    world.config(NOWHERE)
    apart = world.run("status").stdout
    assert "Next: Check that it runs" in apart
    assert "Local without production: driftwatch db reset\n" in apart
    sql(
        world,
        "update supabase_migrations.schema_migrations set statements = '{select nothing}' where version > '20260102'",
    )
    assert "Next: driftwatch db reset\n" in world.run("status").stdout
    world.config("")
    assert "Next: driftwatch db reset\n" in world.run("status").stdout
    assert world.run("db", "reset").returncode == 0
    assert "All is in sync." in world.run("status").stdout
    world.config(with_remote + with_remote.replace("production", "staging"))
    sql(world, UNKNOWN % "select 1")
    assert "Next: driftwatch sync from-remote production\n" in world.run("status").stdout


def test_status_names_what_is_pending_out_of_order(world: World) -> None:
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    world.write("20250101000000_early.sql", "create table public.early (id int);")
    assert world.run("db", "start").returncode == 0
    told = world.run("status").stdout
    assert "out of order (pending, but older than what is applied): 20250101000000" in told
    assert "Next: driftwatch rebase\n" in told


def test_what_is_pending_on_a_drifted_remote_is_not_called_ready_to_be_pushed(world: World, remote: Shadow) -> None:
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    execute(remote, "create table by_hand (id int)")
    world.write("20260102000000_nick.sql", NICK)
    told = world.run("sync", "from-remote").stdout
    assert "sync to-remote" not in told
    assert "Next: driftwatch check production." in told


def test_what_was_written_as_a_migration_is_not_called_lost(world: World) -> None:
    world.config("")
    assert world.run("db", "start").returncode == 0
    sql(world, "create table public.mine (id int primary key)")
    assert world.run("new", "mine", "--from-diff").returncode == 0
    sql(world, "create table public.other (id int primary key)")
    told = world.run("sync", "from-remote").stdout
    assert "The former one had what no migration makes: table public.other" in told
    assert "public.mine" not in told
