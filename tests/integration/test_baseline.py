"""The Supabase baseline: what `postgres` may do as on hosted Supabase, what it may not, and what must never work."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.installation import EXTENSIONS
from driftwatch.postgres.shadow import Shadow, Shadows


@pytest.fixture(scope="module")
def shadow(shadows: Shadows) -> Iterator[Shadow]:
    with shadows.open(shadows.ensure_base()) as opened:
        yield opened


@pytest.fixture
def conn(shadow: Shadow) -> Iterator[Connection]:
    """As `postgres`, in a transaction that is rolled back: the tests share one server."""
    with shadow.session() as opened:
        opened.execute("BEGIN")
        yield opened
        opened.execute("ROLLBACK")


def run(conn: Connection, text: str) -> None:
    conn.execute(text.encode())


def problem(conn: Connection, text: str) -> str | None:
    """What Postgres says against it."""
    try:
        run(conn, text)
    except psycopg.Error as error:
        return str(error)
    return None


def elevated(shadow: Shadow, conn: Connection, statement: str) -> None:
    run(conn, shadow.embedded.elevate(statement))


def refused(conn: Connection, text: str) -> tuple[str | None, str]:
    """The sqlstate and the first line with which Postgres refuses it."""
    with pytest.raises(psycopg.Error) as failed:
        run(conn, text)
    return failed.value.sqlstate, str(failed.value).splitlines()[0]


def value(conn: Connection, query: str) -> object:
    row = conn.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


FUNCTION = "create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;"
TRIGGER = "create trigger t after insert on auth.users for each row execute function public.f();"


@pytest.mark.parametrize(
    "text",
    [
        "create policy p on storage.objects for select to authenticated using (bucket_id = 'a')",
        "do $$ begin execute 'create policy p on storage.buckets using (true)'; end $$",
        "create policy p on realtime.messages using (true); alter policy p on realtime.messages using (false)",
        "create policy p on auth.users using (auth.uid() = id)",
        "alter table storage.objects enable row level security; alter table auth.users enable row level security",
        "alter table storage.objects owner to supabase_storage_admin",
        f"{FUNCTION} {TRIGGER} drop trigger t on auth.users",
        f"{FUNCTION} {TRIGGER} drop function f() cascade",
        "insert into auth.users (id, email) values (gen_random_uuid(), 'a@b.c'); update auth.users set email = 'x'",
        "insert into storage.buckets (id, name, public) values ('a', 'a', true) on conflict (id) do nothing",
        "create table public.p (id uuid primary key default uuid_generate_v4() references auth.users)",
        "grant usage on schema auth to anon; grant select on auth.users to anon; grant all on storage.objects to anon",
        "comment on table auth.users is 'x'; comment on extension pgcrypto is 'x'; notify pgrst, 'reload schema'",
        "create table t (a int); alter publication supabase_realtime add table t",
        "drop publication supabase_realtime; create publication supabase_realtime",
        "alter role authenticator set pgrst.db_schemas = 'public, api'; alter role anon set statement_timeout = '5s'",
        "create role app; grant app to authenticator; grant authenticated to app",
        "set session_replication_role = replica",
        "drop extension pg_graphql; select graphql_public.graphql(); create extension pg_graphql with schema graphql",
        'alter extension "uuid-ossp" set schema public',
        "create extension hstore; alter extension hstore set schema extensions",
        "create extension postgres_fdw; create server s foreign data wrapper postgres_fdw",
        "select vault.create_secret('s', 'n'); delete from vault.secrets",
        "create table h (a int); create trigger w after insert on h for each row "
        "execute function supabase_functions.http_request('https://x', 'POST', '{}'); insert into h values (1)",
    ],
)
def test_what_hosted_supabase_allows_works(conn: Connection, text: str) -> None:
    assert problem(conn, text) is None


DUMP = """
SET statement_timeout = 0; SET check_function_bodies = false; SET row_security = off; SET client_min_messages = warning;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE EXTENSION IF NOT EXISTS "pg_net" WITH SCHEMA "extensions";
CREATE EXTENSION IF NOT EXISTS "pgsodium" WITH SCHEMA "pgsodium";
CREATE EXTENSION IF NOT EXISTS "pg_graphql" WITH SCHEMA "graphql";
CREATE EXTENSION IF NOT EXISTS "pg_stat_statements" WITH SCHEMA "extensions";
CREATE EXTENSION IF NOT EXISTS "pgjwt" WITH SCHEMA "extensions";
CREATE EXTENSION IF NOT EXISTS "supabase_vault" WITH SCHEMA "vault";
COMMENT ON EXTENSION "pgcrypto" IS 'cryptographic functions';
ALTER SCHEMA "public" OWNER TO "pg_database_owner"; COMMENT ON SCHEMA "public" IS 'standard public schema';
CREATE SCHEMA IF NOT EXISTS "auth"; ALTER SCHEMA "auth" OWNER TO "supabase_admin";
CREATE FUNCTION "public"."f"() RETURNS "uuid" LANGUAGE "sql" AS $$ SELECT "auth"."uid"() $$;
ALTER FUNCTION "public"."f"() OWNER TO "postgres";
CREATE TABLE "public"."t" ("id" "uuid" DEFAULT "extensions"."uuid_generate_v4"() NOT NULL);
ALTER TABLE "public"."t" OWNER TO "postgres";
ALTER PUBLICATION "supabase_realtime" OWNER TO "postgres";
ALTER PUBLICATION "supabase_realtime" ADD TABLE ONLY "public"."t";
GRANT USAGE ON SCHEMA "public" TO "postgres"; GRANT ALL ON TABLE "public"."t" TO "anon";
ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" GRANT ALL ON TABLES TO "service_role";
RESET ALL;
"""


def test_a_dump_of_supabase_db_pull_replays(conn: Connection) -> None:
    assert problem(conn, DUMP) is None
    assert value(conn, "select pubname from pg_publication_tables where tablename = 't'") == "supabase_realtime"
    assert value(conn, "select has_table_privilege('anon', 'public.t', 'insert')") is True
    assert value(conn, "select pg_get_userbyid(relowner) from pg_class where oid = 'public.t'::regclass") == "postgres"
    assert value(conn, "select public.f() is null") is True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("alter table auth.users add column x int", "must be owner of table users"),
        ("alter table auth.users add column if not exists x int", "must be owner of table users"),
        ("alter table auth.users drop column email", "must be owner of table users"),
        ("alter table auth.users rename to u", "must be owner of table users"),
        ("alter table auth.users set schema public", "must be owner of table users"),
        ("alter table auth.users disable row level security", "must be owner of table users"),
        ("alter table storage.objects add constraint c check (true)", "must be owner of table objects"),
        ("alter table storage.objects alter name set not null", "must be owner of table objects"),
        ("set session_replication_role = replica; alter table auth.users add x int", "must be owner of table users"),
        ("create index i on auth.users (email)", "must be owner of table users"),
        ("create rule r as on insert to auth.users do nothing", "must be owner of table users"),
        ("create policy p on auth.schema_migrations using (true)", "must be owner of table schema_migrations"),
        ("drop table auth.users cascade", "must be owner of table users"),
        ("drop index auth.users_instance_id_idx", "must be owner of index users_instance_id_idx"),
        ("drop function auth.uid() cascade", "must be owner of function uid"),
        ("drop type auth.aal_level cascade", "must be owner of type auth.aal_level"),
        ("drop schema auth cascade", "must be owner of schema auth"),
        ("drop owned by supabase_auth_admin cascade", "must be owner of"),
        ("alter type auth.aal_level add value 'aal4'", "must be owner of type auth.aal_level"),
        ("alter function auth.uid() security definer", "must be owner of function uid"),
        ("create or replace function auth.uid() returns uuid return null::uuid", "permission denied for schema auth"),
        ("create function auth.mine() returns int language sql as 'select 1'", "permission denied for schema auth"),
        ("create table storage.t (a int)", "permission denied for schema storage"),
        ("create table t (a int); alter table t set schema auth", "permission denied for schema auth"),
        ("create type realtime.t as enum ('a')", "permission denied for schema realtime"),
        ("alter event trigger driftwatch_guard_ddl disable", "must be owner of event trigger"),
        ("update driftwatch_guard.settings set legacy = true", "permission denied for table settings"),
    ],
)  # fmt: skip
def test_what_hosted_supabase_refuses_is_refused_in_postgres_own_words(conn: Connection, text: str, words: str) -> None:
    state, line = refused(conn, text)
    assert (state, words in line) == ("42501", True), line


def test_objects_of_ones_own_in_managed_schemas_belong_to_the_time_when_they_were_allowed(shadows: Shadows) -> None:
    with shadows.open(shadows.ensure_base()) as shadow, shadow.session() as conn, shadow.session(SUPERUSER) as admin:
        admin.execute("UPDATE driftwatch_guard.settings SET legacy = true")
        run(conn, "create function auth.mine() returns int language sql as 'select 1'; create table storage.t (a int)")
        run(conn, "create index i on auth.users (email); create view auth.v as select 1 as a")
        assert refused(conn, "alter table auth.users add column x int") == ("42501", "must be owner of table users")
        admin.execute("UPDATE driftwatch_guard.settings SET legacy = false")
        assert refused(conn, "create view auth.w as select 1") == ("42501", "permission denied for schema auth")
        run(conn, "alter table storage.t add b int; drop table storage.t; drop function auth.mine(); drop index auth.i")


ATTACKS = [
    "copy (select 1) to program 'touch {trace}'",
    "copy (select 1) to '{trace}'",
    "create table t (a text); copy t from '/etc/passwd'",
    "select pg_read_file('/etc/passwd')",
    "select pg_read_file('driftwatch_secret')",
    "select * from driftwatch_guard.secret",
    "insert into driftwatch_guard.secret values ('x')",
    "select pg_ls_dir('.')",
    "select lo_import('/etc/passwd')",
    "create function f() returns int language c as 'libc', 'system'",
    "create extension file_fdw",
    "create extension plpython3u",
    "load 'auto_explain'; set local_preload_libraries = 'x'",
    "alter system set archive_command = 'x'",
    "alter database postgres set session_preload_libraries = 'x'",
    "alter role postgres superuser",
    "create role x superuser",
    "create role x in role pg_execute_server_program",
    "grant pg_execute_server_program to postgres",
    "grant pg_read_server_files to postgres",
    "grant pg_write_all_data to postgres",
    "grant supabase_admin to postgres",
    "set role supabase_admin",
    "set session authorization supabase_admin",
    "update pg_authid set rolsuper = true",
    "create foreign data wrapper w",
    "create event trigger e on ddl_command_end execute function extensions.pgrst_ddl_watch()",
    "create extension dblink; select dblink_connect('{login} password=x')",
    "create extension dblink; select dblink_connect('{login}')",
    "create extension dblink; select dblink_connect_u('c', '{login}')",
    "create extension dblink with schema extensions; select extensions.dblink_connect_u('c', '{login}')",
    "create extension postgres_fdw; create server s foreign data wrapper postgres_fdw options (host '{host}');"
    "create user mapping for postgres server s options (user 'supabase_admin', password_required 'false')",
    "create extension postgres_fdw; create server s foreign data wrapper postgres_fdw options (host '{host}');"
    "create user mapping for postgres server s options (user 'supabase_admin', password 'x');"
    "create foreign table t (a int) server s; select * from t",
    "create subscription s connection '{login} password=x' publication p with (connect = false)",
    "select driftwatch_guard.elevate('create role x superuser', 'abc')",
    "select driftwatch_guard.run_elevated('create role x superuser', 'abc', 'public')",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_sql_runs_no_program_reads_no_file_and_becomes_no_superuser(
    shadow: Shadow, conn: Connection, place: Path, attack: str
) -> None:
    place.chmod(0o777)
    trace, host = place / "trace", conn.info.host
    login = f"host={host} dbname=postgres user=supabase_admin"
    with pytest.raises(psycopg.Error):
        run(conn, attack.format(trace=trace, host=host, login=login))
    assert not trace.exists()


SIGNED_ATTACKS = [
    "copy (select 1) to program 'touch {trace}'",
    "do $$ begin end $$",
    "create role x superuser",
    "alter role postgres superuser",
    "create role x in role supabase_admin",
    "alter database postgres set session_preload_libraries = 'x'",
    "alter database postgres set plperl.on_init = 'x'",
    "create foreign data wrapper w validator v",
    "create foreign/**/data wrapper w validator public.v",
    "create publication p for tables in schema auth, table public.d where (c = '{{1}}')",
    "create event trigger e on login execute function extensions.pgrst_ddl_watch()",
    "create publication p with (publish = 'x\\', y = '; create role x superuser; --')",
]


@pytest.mark.parametrize("attack", SIGNED_ATTACKS)
def test_even_a_signed_statement_gives_no_power_away(
    shadow: Shadow, conn: Connection, place: Path, attack: str
) -> None:
    place.chmod(0o777)
    trace = place / "trace"
    program = f"copy (select 1) to program 'touch {trace}'"
    run(conn, f"create function v(text[], oid) returns void language plpgsql as $$ begin {program}; end $$")
    run(conn, f"create function b(int) returns boolean language plpgsql as $$ begin {program}; return true; end $$")
    run(
        conn,
        "create domain dom as int check (b(value)); create table d (c dom[]); set standard_conforming_strings = off",
    )
    with pytest.raises(psycopg.Error):
        elevated(shadow, conn, attack.format(trace=trace))
    assert not trace.exists()


SPY = """
create table seen (who text, tag text);
create function spy() returns event_trigger language plpgsql as $$
begin insert into public.seen values (current_user, tg_tag); end $$;
"""


def test_event_triggers_of_migrations_work_and_never_run_as_the_superuser(shadow: Shadow, conn: Connection) -> None:
    run(conn, SPY)
    elevated(shadow, conn, "create event trigger spy on ddl_command_end execute function spy()")
    run(conn, "create table t (a int); alter event trigger spy owner to postgres")
    elevated(shadow, conn, "alter event trigger spy enable always")
    run(conn, "create extension hstore; create extension pg_net")
    elevated(shadow, conn, "create publication everything for all tables")
    run(conn, "create table u (a int)")
    assert value(conn, "select string_agg(who || ' ' || tag, ', ') from seen") == (
        "postgres CREATE TABLE, postgres CREATE TABLE"
    )
    assert value(conn, "select evtowner::regrole || evtenabled::text from pg_event_trigger where evtname = 'spy'") == (
        "postgresA"
    )
    assert value(conn, "select count(*) from pg_roles where rolsuper and rolname !~ '^pg_'") == 1


START = """create event trigger {name} on ddl_command_start when tag in ('CREATE EXTENSION')
execute function {function}()"""


def test_one_event_trigger_cannot_wake_another_while_the_superuser_works(shadow: Shadow, conn: Connection) -> None:
    run(conn, SPY)
    run(
        conn,
        "create function waker() returns event_trigger language plpgsql as $$ begin"
        " alter event trigger spy enable always; exception when insufficient_privilege then null; end $$;"
        "create function nester() returns event_trigger language plpgsql as $$ begin"
        " if not exists (select from pg_extension where extname = 'cube')"
        " and current_setting('my.nested', true) is distinct from 'on' then"
        " perform set_config('my.nested', 'on', true); create extension cube; end if; end $$",
    )
    elevated(shadow, conn, "create event trigger spy on ddl_command_end execute function spy()")
    elevated(
        shadow,
        conn,
        "create event trigger zz1 on ddl_command_start when tag in ('CREATE EXTENSION') execute function waker()",
    )
    run(conn, "create extension hstore; drop event trigger zz1")
    elevated(
        shadow,
        conn,
        "create event trigger zz2 on ddl_command_start when tag in ('CREATE EXTENSION') execute function nester()",
    )
    run(conn, "create extension ltree")
    assert value(conn, "select count(*) from seen where who <> 'postgres'") == 0
    assert value(conn, "select count(*) from pg_extension where extname in ('hstore', 'cube', 'ltree')") == 3
    run(conn, "create table t (a int)")
    assert value(conn, "select count(*) from seen where tag = 'CREATE TABLE'") == 1


def test_names_of_a_teammate_are_not_found_by_what_runs_as_the_superuser(
    shadow: Shadow, conn: Connection, place: Path
) -> None:
    place.chmod(0o777)
    trace = place / "trace"
    evil = (
        f"begin if current_user <> 'postgres' then copy (select 1) to program 'touch {trace}'; end if; return true; end"
    )
    run(conn, f"create function public.evil() returns boolean language plpgsql as $$ {evil} $$")
    for catalog in (
        "pg_roles",
        "pg_authid",
        "pg_event_trigger",
        "pg_extension",
        "pg_proc",
        "pg_namespace",
        "pg_depend",
    ):
        run(conn, f"create temp view {catalog} as select * from pg_catalog.{catalog} where public.evil()")
    run(conn, "create domain pg_temp.text as pg_catalog.text check (public.evil())")
    run(conn, "create schema pgmq; create function pgmq.same(oid, regnamespace) returns boolean language plpgsql as "
              "$$ begin return public.evil(); end $$")  # fmt: skip
    run(conn, "create operator pgmq.= (function = pgmq.same, leftarg = oid, rightarg = regnamespace)")
    run(conn, "set search_path = public, pg_temp, pg_catalog")
    elevated(shadow, conn, "create publication p for all tables")
    run(conn, "create extension pgmq; create extension hstore; drop extension pg_graphql; drop table if exists nothing")
    run(conn, "create table t (a int); create policy p on storage.objects using (true)")
    assert refused(conn, "alter table auth.users add column x int")[1] == "must be owner of table users"
    assert not trace.exists()


def test_elevated_objects_belong_to_postgres_and_errors_are_postgres_own(shadow: Shadow, conn: Connection) -> None:
    elevated(shadow, conn, "create publication every for all tables")
    elevated(shadow, conn, "alter publication supabase_realtime set tables in schema public")
    elevated(shadow, conn, "create foreign data wrapper w")
    elevated(shadow, conn, "-- app's own\nalter database postgres set \"app.settings.jwt_secret\" to 'x'")
    run(conn, "create server s foreign data wrapper w; drop publication every")
    with pytest.raises(psycopg.errors.DuplicateObject, match='foreign-data wrapper "w" already exists'):
        elevated(shadow, conn, "create foreign data wrapper w")


def test_names_in_an_elevated_statement_are_found_on_the_callers_path(shadow: Shadow, conn: Connection) -> None:
    run(conn, "create schema app; set search_path = app")
    run(conn, "create function e() returns event_trigger language plpgsql as 'begin end'")
    elevated(shadow, conn, "create event trigger mine on ddl_command_end execute function e()")
    assert value(conn, "select evtfoid::regprocedure::text from pg_event_trigger where evtname = 'mine'") == "e()"


def test_the_managed_tables_are_all_there(conn: Connection) -> None:
    def columns(table: str) -> object:
        return value(conn, f"select count(*) from pg_attribute where attrelid = '{table}'::regclass and attnum > 0")

    assert value(conn, "select count(*) from pg_tables where schemaname = 'auth'") == 23
    assert (columns("auth.users"), columns("storage.buckets"), columns("storage.objects")) == (35, 12, 15)
    assert value(conn, "show search_path") == '"\\$user", public, extensions'
    assert value(conn, "select rolsuper from pg_roles where rolname = 'postgres'") is False


@pytest.mark.parametrize("name", sorted(path.stem for path in EXTENSIONS.glob("*.control")))
def test_every_stand_in_can_be_created_and_dropped(shadow: Shadow, conn: Connection, name: str) -> None:
    made = f"select count(*) from pg_extension where extname = '{name}'"
    run(conn, f'create schema away; drop extension if exists "{name}" cascade; create extension "{name}" cascade')
    run(conn, f"comment on extension \"{name}\" is 'x'")
    assert value(conn, made) == 1
    if value(conn, f"select extrelocatable from pg_extension where extname = '{name}'"):
        run(conn, f'alter extension "{name}" set schema away')
        assert value(conn, f"{made} and extnamespace = 'away'::regnamespace") == 1
    run(conn, f'drop extension "{name}" cascade')
    assert value(conn, made) == 0


def test_uuid_ossp_gives_the_right_name_based_uuids(conn: Connection) -> None:
    name = "www.example.com"
    assert value(conn, f"select uuid_generate_v5(uuid_ns_dns(), '{name}')") == uuid.uuid5(uuid.NAMESPACE_DNS, name)
    assert value(conn, f"select uuid_generate_v3(uuid_ns_dns(), '{name}')") == uuid.uuid3(uuid.NAMESPACE_DNS, name)
    mac = value(conn, "select uuid_generate_v1mc()")
    assert isinstance(mac, uuid.UUID)
    assert (mac.version, mac.node >> 40 & 1) == (1, 1)


def test_cron_jobs_are_rows(conn: Connection) -> None:
    run(conn, "create extension pg_cron with schema extensions; grant usage on schema cron to postgres")
    run(conn, "grant all privileges on all tables in schema cron to postgres")
    run(conn, "select cron.schedule('a', '*/5 * * * *', 'select 1'); select cron.schedule('0 3 * * *', 'select 2')")
    run(conn, "select cron.alter_job(2, active := false); select cron.unschedule('a')")
    assert value(conn, "select schedule || active || username from cron.job") == "0 3 * * *falsepostgres"
    state, line = refused(conn, "select cron.unschedule('a')")
    assert (state, line) == ("XX000", "could not find valid entry for job 'a'")


def test_queues_are_tables_that_work(conn: Connection) -> None:
    run(conn, "create extension pgmq; select pgmq.create('jobs'); select pgmq.send('jobs', '{\"a\": 1}')")
    run(conn, "select pgmq.send('jobs', '{}', 60); select pgmq.send_batch('jobs', array['{}', '{}']::jsonb[])")
    assert value(conn, "select count(*) from pgmq.read('jobs', 30, 10)") == 3
    assert value(conn, "select pgmq.archive('jobs', 1)") is True
    run(conn, "alter table pgmq.q_jobs enable row level security; create policy p on pgmq.q_jobs using (true)")
    assert value(conn, "select tableowner from pg_tables where tablename = 'q_jobs'") == "postgres"


def test_vectors_and_their_indexes(conn: Connection) -> None:
    run(conn, "create extension vector with schema extensions; create table d (e vector(3))")
    run(conn, "create index on d using hnsw (e vector_cosine_ops); create index on d using ivfflat (e vector_l2_ops)")
    run(conn, "insert into d select '[1,2,3]' from generate_series(1, 500)")
    assert value(conn, "select round((e <-> '[1,2,5]')::numeric, 3)::text from d limit 1") == "2.000"
    assert value(conn, "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'd'::regclass "
                       "and attname = 'e'") == "vector(3)"  # fmt: skip


def test_places_on_earth_and_their_indexes(conn: Connection) -> None:
    run(conn, "create extension postgis with schema extensions; create table g (p geography(Point, 4326), q geometry)")
    run(conn, "create index on g using gist (p); create index on g using gist (q)")
    run(conn, "insert into g select st_point(i, i)::geography, st_point(i, 1) from generate_series(1, 2000) i")
    metres = value(conn, "select st_distance(st_point(0, 0)::geography, st_point(0, 1)::geography)")
    assert isinstance(metres, float)
    assert 111_000 < metres < 111_400


def test_signed_tokens_are_the_real_ones(conn: Connection) -> None:
    run(conn, "create extension pgjwt with schema extensions")
    token = value(
        conn, 'select extensions.sign(\'{"sub":"1234567890","name":"John Doe","iat":1516239022}\', \'secret\')'
    )
    assert str(token).endswith(".XbPfbIHMI6arZ3Y922BhjWgQzWXcXNrz0ogtVhfEd2o")
