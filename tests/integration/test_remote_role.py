"""The login that `driftwatch remote role --sql` makes: what it may read, and that nothing else comes of it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from driftwatch.__main__ import run
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.errors import UsageError
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.connect import connect
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.read_role import read_role_sql
from driftwatch.postgres.shadow import Shadow, Shadows

from cli_world import Here, World

READER = "driftwatch_reader"
MIGRATION = """
create extension pg_cron;
create schema hidden;
create table hidden.orders (id int primary key, secret text);
revoke all on schema hidden from public;
alter table hidden.orders enable row level security;
create policy own on hidden.orders using (secret = current_user);
create function hidden.f() returns int language sql security definer begin atomic select 1; end;
revoke all on function hidden.f() from public;
create view hidden.v as select id from hidden.orders;
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true);
select cron.schedule('nightly', '0 3 * * *', 'select 1');
select vault.create_secret('s3cret-value', 'stripe');
"""


@pytest.fixture
def world(place: Path, cache_dir: Path, remote: Shadow) -> World:
    made = Here(place, cache_dir)
    made.remotes(remote, "admin", production=READER, admin="postgres")
    made.write("20260101000000_all.sql", MIGRATION)
    assert made.run("sync", "to-remote", "admin", "--yes").returncode == 0
    return made


def make_role(shadow: Shadow, name: str = READER) -> list[str]:
    """As `postgres`, which is no superuser; what the server said meanwhile."""
    said: list[str] = []
    with shadow.session() as conn:
        conn.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
        conn.execute(read_role_sql(name).encode())
    return said


@contextlib.contextmanager
def reading(shadow: Shadow, user: str = READER) -> Iterator[psycopg.Connection[Any]]:
    with contextlib.closing(connect(shadow.cluster.conninfo(user))) as conn:
        yield conn


def scoped(shadow: Shadow, user: str) -> Any:
    with reading(shadow, user) as conn:
        return apply_scope(read_catalog(conn), Scope.supabase())


def test_the_reader_sees_the_same_schema_as_the_superuser_and_no_drift_comes_of_it(
    world: World, remote: Shadow
) -> None:
    before = scoped(remote, SUPERUSER)
    assert make_role(remote) == []
    assert make_role(remote) == []  # twice is as good as once
    with remote.session(SUPERUSER) as conn:
        raw = read_catalog(conn)
    with reading(remote) as conn:
        assert fingerprint(read_catalog(conn)) == fingerprint(raw)
    read = scoped(remote, READER)
    assert fingerprint(read) == fingerprint(scoped(remote, SUPERUSER)) == fingerprint(before)
    assert read.not_compared == scoped(remote, SUPERUSER).not_compared
    shown = world.run("fingerprint", "production")
    assert (shown.returncode, shown.stdout) == (0, f"{fingerprint(before)}\n")
    checked = world.run("check", "production")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    status = world.run("status", "--json")
    assert {one["status"] for one in json.loads(status.stdout)["remotes"]} == {"in_sync"}


def test_the_reader_can_change_nothing_and_read_no_rows_but_those_it_is_for(world: World, remote: Shadow) -> None:
    make_role(remote)
    with reading(remote) as conn:
        for refused in (
            "create table public.mine (id int)",
            "create temporary table mine (id int)",
            "update storage.buckets set public = false",
            "create role another",
        ):
            with pytest.raises((psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.InsufficientPrivilege)):
                conn.execute(refused.encode())
        for closed in ("hidden.orders", "auth.users", "vault.decrypted_secrets", "storage.objects"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(f"select * from {closed}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select secret from vault.secrets")
        assert conn.execute("select name from vault.secrets").fetchall() == [("stripe",)]
        assert conn.execute("select id, public from storage.buckets").fetchall() == [("avatars", True)]
        assert conn.execute("select jobname from cron.job").fetchall() == [("nightly",)]
        settings = "select current_setting('default_transaction_read_only'), current_setting('statement_timeout')"
        assert conn.execute(settings.encode()).fetchone() == ("on", "2min")
        owned = "select count(*) from pg_shdepend where refobjid = current_user::regrole and deptype = 'o'"
        assert conn.execute(owned.encode()).fetchone() == (0,)
    with remote.session(SUPERUSER) as conn:
        attributes = (
            "select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolcanlogin, rolpassword "
            "from pg_authid where rolname = %s"
        )
        assert conn.execute(attributes, (READER,)).fetchone() == (False, False, False, False, True, True, None)


def test_before_the_first_push_it_says_to_run_it_again(plain_shadows: Shadows) -> None:
    with plain_shadows.open(plain_shadows.ensure_base()) as shadow:
        with shadow.session() as conn:
            conn.execute("drop schema supabase_migrations cascade")
        (said,) = make_role(shadow, "driftwatch_watcher")
        assert said == "no migration was applied here yet: run this again after the first push"
        with shadow.session() as conn, reading(shadow, "driftwatch_watcher") as reader:
            conn.execute("create schema s; create table s.t (id int); revoke all on schema s from public")
            assert fingerprint(read_catalog(reader)) == fingerprint(read_catalog(conn))


def test_a_login_that_may_not_read_the_history_is_told_what_to_do(world: World, remote: Shadow) -> None:
    with remote.session() as conn:
        conn.execute(f"create role {READER} login")
    refused = world.run("check", "production")
    assert refused.returncode == 2
    assert "permission denied for schema supabase_migrations" in refused.stderr
    assert "Next: driftwatch remote role --sql" in refused.stderr


def test_a_role_of_that_name_that_can_do_more_is_drift(world: World, remote: Shadow) -> None:
    make_role(remote)
    with remote.session() as conn:
        conn.execute(f"alter role {READER} createrole")
    assert world.run("check", "production").returncode == 1


def test_the_script_has_no_password_and_takes_only_plain_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["remote", "role", "--sql"]) == 0
    text = capsys.readouterr().out
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
    assert "password" not in code.casefold()
    assert "--     \\password driftwatch_reader\n" in text
    assert run(["remote", "role"]) == 64
    assert "--sql" in capsys.readouterr().err
    assert run(["remote", "role", "--sql", "--name", "driftwatch_ci", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["status"], body["role"]) == ("done", "driftwatch_ci")
    assert "ALTER ROLE driftwatch_ci PASSWORD" in body["sql"]
    for name in ('driftwatch_"b', "driftwatch_$driftwatch$", "driftwatch_a b", "driftwatch_", "", "ci", "Driftwatch_a"):
        with pytest.raises(UsageError):
            read_role_sql(name)
