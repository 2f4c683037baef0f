"""A local database that is not ours to make: rebuilt in place, nothing of Supabase's touched, and taken back."""

from __future__ import annotations

import socket
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from driftwatch.actions import local_url
from driftwatch.actions.local_url import LocalAtUrl
from driftwatch.actions.reset import reset
from driftwatch.actions.sync_local import bring_local, sync_local
from driftwatch.core.fingerprint import fingerprint
from driftwatch.errors import DriftwatchError, Unreachable
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.local_port import stack_at
from driftwatch.postgres.shadow import Shadow, ShadowOptions, Shadows

from local_world import NOW, LocalWorld, free_port

SHOP = """
create extension if not exists pgcrypto with schema extensions;
create type mood as enum ('ok', 'bad');
create schema private;
create table items (id int generated always as identity primary key, name text, mood mood default 'ok');
create table private.parts (item int references items, n int, twice int generated always as (n * 2) stored);
create function touched() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touched before update on items for each row execute function touched();
alter table items enable row level security;
create policy readers on items for select using (true);
create view names as select name from items;
create materialized view counted as select count(*) from items;
create index concurrently items_name on items (name);
insert into items (name) values ('of a migration');
"""
OF_SUPABASE = """
create policy mine on storage.objects for select using (bucket_id = 'mine');
create function new_user() returns trigger language plpgsql security definer as $$ begin return new; end $$;
create trigger on_signup after insert on auth.users for each row execute function new_user();
insert into storage.buckets (id, name) values ('mine', 'mine');
alter publication supabase_realtime add table items;
"""


@pytest.fixture
def server(remote: Shadow) -> Shadow:
    """What stands for a stack: its `postgres` is no superuser, and owns nothing of auth and storage."""
    return remote


@pytest.fixture
def world(place: Path, shadows: Shadows, server: Shadow) -> LocalWorld:
    made = LocalWorld(place, shadows)
    info = server.cluster.conninfo()
    made.set(local_url=f"postgresql://postgres@/postgres?host={info['host']}&port={info['port']}")
    made.write("20260101000000_shop.sql", SHOP)
    made.write("20260102000000_supabase.sql", OF_SUPABASE)
    return made


def sql(server: Shadow, statement: str) -> list[tuple[object, ...]]:
    with server.session() as conn:
        cursor = conn.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def state(world: LocalWorld, server: Shadow) -> tuple[str, list[tuple[object, ...]]]:
    seen = LocalAtUrl(world.project, world.project.local_url or "").see()
    rows = sql(server, "select t::text from items as t union all select t::text from private.parts as t order by 1")
    return fingerprint(seen.catalog), rows


def test_it_is_rebuilt_in_place_and_supabase_s_own_stays(world: LocalWorld, server: Shadow) -> None:
    world.seed("insert into items (name) values ('of a seed'); insert into private.parts values (1, 4);")
    world.write(
        "20260103000000_jobs.sql", "create extension pg_cron; select cron.schedule('n', '0 3 * * *', 'select 1');"
    )
    sql(server, "create table junk (i int); create function junk() returns int language sql as 'select 1'")
    sql(server, "insert into auth.users (id, email) values (gen_random_uuid(), 'a@example.com')")
    done = bring_local(world.project, NOW)
    assert done.built is not None
    assert done.built.seeded == ("supabase/seed.sql",)
    assert [one.partition(":")[0] for one in done.built.missing] == ["cron_job n"]
    assert {change.id.identity for change in done.own_changes} >= {"public.junk", "public.junk()"}
    assert sql(server, "select id, name, mood::text from items order by 1") == [
        (1, "of a migration", "ok"),
        (2, "of a seed", "ok"),
    ]
    assert sql(server, "select twice from private.parts") == [(8,)]
    assert sql(server, "table counted") == [(2,)]
    assert sql(server, "select to_regclass('junk'), email from auth.users") == [(None, "a@example.com")]
    assert sql(server, "select version from supabase_migrations.schema_migrations order by 1") == [
        ("20260101000000",),
        ("20260102000000",),
        ("20260103000000",),
    ]
    assert sql(server, "select id from storage.buckets") == [("mine",)]
    sql(server, "insert into items (name) values ('next')")
    assert sql(server, "select max(id) from items") == [(3,)]
    assert bring_local(world.project, NOW).built is None, "nothing is to be done now"


def test_undo_restores_schema_and_rows_exactly(world: LocalWorld, server: Shadow) -> None:
    reset(world.project, NOW)
    sql(server, "insert into items (name, mood) select 'x' || g, 'bad' from generate_series(1, 99) as g")
    sql(
        server,
        "insert into private.parts select id, id from items; alter table items add column scribble int default 5",
    )
    before = state(world, server)
    world.write("20260103000000_less.sql", "drop table private.parts; alter table items drop column mood;")
    reset(world.project, NOW + timedelta(hours=1))
    assert sql(server, "select count(*), to_regclass('private.parts') from items") == [(1, None)]
    there = LocalAtUrl(world.project, world.project.local_url or "")
    assert [one.until for one in there.former()] == [NOW + timedelta(hours=1), NOW]
    found = there.undo(NOW + timedelta(hours=2))
    assert found is not None
    assert found.until == NOW + timedelta(hours=1)
    assert state(world, server) == before
    assert sql(server, "select count(*) from supabase_migrations.schema_migrations") == [(2,)]
    sql(server, "insert into items (name) values ('next')")
    assert sql(server, "select max(id) from items") == [(101,)]


def test_rows_are_carried_over_where_they_fit(world: LocalWorld, server: Shadow) -> None:
    reset(world.project, NOW)
    sql(server, "insert into items (name) values ('mine'); insert into private.parts values (2, 3)")
    world.write("20260103000000_more.sql", "alter table items add column price int not null default 1;")
    done = bring_local(world.project, NOW, data="keep")
    assert done.built is not None
    assert done.built.carried is not None
    assert done.built.carried.left == ()
    assert sql(server, "select name, price from items order by id") == [("of a migration", 1), ("mine", 1)]
    assert sql(server, "select n, twice from private.parts") == [(3, 6)]


def test_what_can_t_be_rebuilt_stays_as_it_was(world: LocalWorld, server: Shadow) -> None:
    reset(world.project, NOW)
    before = state(world, server)
    with server.session(SUPERUSER) as conn:
        conn.execute("create schema theirs")
    with pytest.raises(DriftwatchError, match="must be owner of schema theirs") as failed:
        reset(world.project, NOW + timedelta(hours=1))
    assert "as it was" in failed.value.untouched
    with server.session(SUPERUSER) as conn:
        conn.execute("drop schema theirs")
        conn.execute("alter table auth.users add constraint late check (email <> 'late@example.com')")
    world.seed("insert into auth.users (id, email) values (gen_random_uuid(), 'late@example.com')")
    with pytest.raises(DriftwatchError, match='violates check constraint "late"'):
        reset(world.project, NOW + timedelta(hours=1))
    assert state(world, server) == before
    assert len(LocalAtUrl(world.project, world.project.local_url or "").former()) == 1


def test_an_interrupt_after_the_commit_leaves_the_way_back(
    world: LocalWorld, server: Shadow, monkeypatch: pytest.MonkeyPatch
) -> None:
    reset(world.project, NOW)
    sql(server, "insert into items (name) values ('mine')")
    before = state(world, server)

    def interrupted(point: str) -> None:
        if point == "url: put":
            raise KeyboardInterrupt

    monkeypatch.setattr(local_url, "stop_point", interrupted)
    with pytest.raises(KeyboardInterrupt):
        reset(world.project, NOW + timedelta(hours=1))
    assert sql(server, "select count(*) from items") == [(1,)]
    assert LocalAtUrl(world.project, world.project.local_url or "").undo(NOW + timedelta(hours=2)) is not None
    assert state(world, server) == before


def test_a_connection_lost_meanwhile_is_no_answer_and_keeps_the_former_state(world: LocalWorld, server: Shadow) -> None:
    reset(world.project, NOW)
    sql(server, "insert into auth.users (id, email) values (gen_random_uuid(), 'a@example.com')")
    before = state(world, server)
    world.write(
        "20260103000000_lost.sql",
        "create function lost() returns bool language sql security definer as "
        "'select case when exists (select from auth.users) then pg_terminate_backend(pg_backend_pid()) else true end';"
        "create table lost (i int check (lost())); insert into lost values (1);",
    )
    with pytest.raises(Unreachable, match="The connection to the local database was lost") as failed:
        reset(world.project, NOW + timedelta(hours=1))
    assert "or as it was to be" in failed.value.untouched
    assert state(world, server) == before
    assert len(LocalAtUrl(world.project, world.project.local_url or "").former()) == 2


@pytest.mark.parametrize("postgres", ["", "/usr/lib/postgresql/15/bin"])
def test_a_plain_server_is_rebuilt_too_an_older_one_included(place: Path, cache_dir: Path, postgres: str) -> None:
    if postgres and not Path(postgres, "postgres").exists():
        pytest.skip(f"no Postgres in {postgres}")
    ours, theirs = (Shadows(ShadowOptions(cache_dir, postgres=one, baseline="none")) for one in ("", postgres))
    with theirs.open(theirs.ensure_base()) as server:
        world = LocalWorld(place, ours)
        info = server.cluster.conninfo()
        world.set(local_url=f"postgresql://postgres@/postgres?host={info['host']}&port={info['port']}")
        world.write("20260101000000_shop.sql", SHOP.partition("extensions;")[2])
        world.write(
            "20260102000000_a b.sql",
            "create table \"we'ird\" (id int, t text); insert into \"we'ird\" values (1, 'a\\b');",
        )
        world.seed("insert into items (name) values ('SET transaction_timeout = 0;');")
        assert bring_local(world.project, NOW).built is not None
        assert sql(server, "select name from items order by id") == [
            ("of a migration",),
            ("SET transaction_timeout = 0;",),
        ]
        assert sql(server, 'select t from "we\'ird"') == [("a\\b",)]
        assert bring_local(world.project, NOW).built is None


def test_another_computer_s_database_is_never_rebuilt(world: LocalWorld) -> None:
    from driftwatch.actions.local_url import is_here

    class Info:
        def __init__(self, host: str, hostaddr: str) -> None:
            self.host, self.hostaddr = host, hostaddr

    for host, address, here in (
        ("/run/socket", "", True),
        ("localhost", "127.0.0.1", True),
        ("::1", "::1", True),
        ("db.example.com", "203.0.113.7", False),
        ("10.0.0.5", "10.0.0.5", False),
    ):
        assert is_here(Info(host, address)) is here, host


def test_a_pull_changes_no_database_of_another_computer(
    world: LocalWorld, server: Shadow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_url, "is_here", lambda info: False)
    for act in (sync_local, bring_local):
        with pytest.raises(DriftwatchError, match="another computer"):
            act(world.project, NOW)
    assert sql(server, "select to_regclass('items')") == [(None,)]


def test_a_running_stack_at_the_project_s_port_is_the_local_database(
    place: Path, shadows: Shadows, world: LocalWorld
) -> None:
    other = LocalWorld(place / "stack", shadows)
    port = free_port()
    other.set(local_port=port)
    reset(other.project, NOW)
    try:
        assert other.local.start() == port
        world.set(local_url=None, local_port=port)
        (world.root / "supabase" / "config.toml").write_text(f"[db]\nport = {port}\n")
        assert world.project.local_at is None, "another project's embedded database is no stack"
        with other.local.session(SUPERUSER) as conn:
            for (name,) in conn.execute(
                "select quote_ident(evtname) from pg_event_trigger where evtname like 'driftwatch%'"
            ).fetchall():
                conn.execute(f"drop event trigger {name}".encode())
            conn.execute("alter schema driftwatch_guard rename to hidden")
        assert stack_at(port)
        world.set(local_port=port)
        assert world.project.local_at == f"postgresql://postgres:postgres@127.0.0.1:{port}/postgres"
        with closing(psycopg.connect(world.project.local_at)) as conn:
            conn.execute("insert into supabase_migrations.schema_migrations values ('19990101000000')")
            conn.commit()
        with pytest.raises(DriftwatchError, match="none of this project's migrations"):
            bring_local(world.project, NOW)
    finally:
        other.stop()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert not stack_at(silent.getsockname()[1])
