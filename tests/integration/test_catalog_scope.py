"""On a fresh Supabase project hardly anything is the team's, and what a team then makes is seen wherever it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driftwatch.core.catalog import Catalog
from driftwatch.core.drift import compare
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.shadow import Shadows

SCOPE = Scope.supabase()


@pytest.fixture(scope="module")
def project(shadows: Shadows) -> Iterator[Connection]:
    with shadows.open(shadows.ensure_base()) as shadow, shadow.session("supabase_admin") as conn:
        conn.autocommit = True
        yield conn


def ours(conn: Connection) -> Catalog:
    return apply_scope(read_catalog(conn), SCOPE)


def test_a_fresh_project_is_nearly_empty(project: Connection) -> None:
    kinds = {obj.id.kind for obj in ours(project)}
    assert kinds == {
        "schema",
        "default_privileges",
        "role_setting",
        "publication",
        "extension",
        "role",
        "role_membership",
    }
    assert len(ours(project)) < 25
    assert not [obj for obj in ours(project) if obj.normal is not None]


TEAMS = [
    ("create policy p on storage.objects for select using (true)", "policy p on storage.objects"),
    (
        "create function public.f() returns trigger language plpgsql as 'begin return new; end';"
        " create trigger on_user after insert on auth.users for each row execute function public.f()",
        "trigger on_user on auth.users",
    ),
    ("create table public.t (id int); alter publication supabase_realtime add table public.t", "publication"),
    ("alter role authenticated set statement_timeout = '1min'", "role_setting authenticated"),
    ("alter database postgres set statement_timeout = '1min'", "database_setting this database"),
    ("create role team_role; grant team_role to authenticator", "role_membership authenticator in team_role"),
    ("create extension hstore schema extensions", "extension hstore"),
    ("alter default privileges for role postgres in schema public revoke all on tables from anon", "default_priv"),
    ("revoke usage on schema public from anon", "schema public"),
]


@pytest.mark.parametrize(("sql", "seen"), TEAMS, ids=[seen for _, seen in TEAMS])
def test_what_a_team_does_is_seen(project: Connection, sql: str, seen: str) -> None:
    before = ours(project)
    project.execute(sql.encode())
    changes = [f"{change.id.kind} {change.id.identity}" for change in compare(before, ours(project))]
    assert any(change.startswith(seen) for change in changes), changes


PLATFORMS = [
    "create table auth.new_feature (id int); create index on auth.new_feature (id)",
    "create function storage.helper() returns int language sql as 'select 1'",
    "create role supabase_new_admin; grant anon to supabase_new_admin",
    "alter role supabase_auth_admin set statement_timeout = '1min'",
    "create event trigger platform on ddl_command_end execute function extensions.pgrst_ddl_watch()",
    "alter extension pg_graphql set schema graphql",
    "grant all on all tables in schema auth to dashboard_user",
    "alter role anon noinherit",
    "alter role supabase_auth_admin nocreaterole",
    "drop role supabase_etl_admin",
    "drop extension pg_stat_statements",
    "create role pgsodium_keyholder; grant pgsodium_keyholder to service_role",
    "alter role authenticator set session_preload_libraries = supautils, safeupdate",
    "alter role authenticator reset lock_timeout",
    "alter role postgres set safeupdate.enabled = 0",
    "create table realtime.messages_2026_01_01 partition of realtime.messages for values from ('2026-01-01') to"
    " ('2026-01-02'); grant insert, select, update on realtime.messages_2026_01_01 to anon, authenticated",
    "grant usage on schema extensions to public",
    "comment on schema public is null",
    "alter schema public owner to postgres",
    "revoke all on storage.s3_multipart_uploads from anon",
    "create table public._prisma_migrations (id text primary key); create schema drizzle;"
    " create table drizzle.__drizzle_migrations (id serial primary key); drop table drizzle.__drizzle_migrations;"
    " drop schema drizzle",
]


@pytest.mark.parametrize("sql", PLATFORMS)
def test_what_supabase_does_raises_no_alarm(project: Connection, sql: str) -> None:
    before = ours(project)
    project.execute(sql.encode())
    assert compare(before, ours(project)) == ()
