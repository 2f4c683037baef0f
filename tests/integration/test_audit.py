"""Who did it: the audit on a remote, from the statement to the name in an alert."""

from __future__ import annotations

import contextlib
import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.migrations import Migration
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.errors import Unreachable
from driftwatch.postgres import audit
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.connect import connect
from driftwatch.postgres.queries import query
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.read_role import read_role_sql
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World, url_of
from daemon_support import Receiver, receiver, until

MIGRATION = """
create table public.orders (id int primary key, total int);
alter table public.orders enable row level security;
create view public.totals as select sum(total) as total from public.orders;
"""


@pytest.fixture
def world(place: Path, cache_dir: Path, remote: Shadow) -> World:
    made = Here(place, cache_dir)
    made.remotes(remote, "production", production="postgres", admin=SUPERUSER)
    made.write("20260101000000_orders.sql", MIGRATION)
    pushed = made.run("sync", "to-remote", "--yes")
    assert pushed.returncode == 0, pushed.stdout + pushed.stderr
    return made


@contextlib.contextmanager
def somebody(
    remote: Shadow, application: str = "dashboard", user: str = "postgres"
) -> Iterator[psycopg.Connection[Any]]:
    with contextlib.closing(connect({**remote.cluster.conninfo(user), "application_name": application})) as conn:
        yield conn


def install_as_postgres(remote: Shadow) -> None:
    """As hosted Supabase lets it: only CREATE EVENT TRIGGER takes more than `postgres` has."""
    with remote.runner() as runner:
        runner.apply(Migration("20990101000000", "audit", "audit.sql", query("audit_install")))
    with remote.session(SUPERUSER) as conn:
        conn.execute("delete from supabase_migrations.schema_migrations where version = '20990101000000'")


def recorded(remote: Shadow) -> list[tuple[str, str, str]]:
    with remote.session(SUPERUSER) as conn:
        return conn.execute("select command, kind, identity from driftwatch_audit.changes order by id").fetchall()


def by(body: dict[str, Any]) -> dict[str, Any]:
    [found] = body["remotes"]
    return {f"{one['kind']} {one['identity']}": one["by"] for one in found["changes"]}


def test_check_and_status_say_who_made_each_difference(world: World, remote: Shadow) -> None:
    install_as_postgres(remote)
    assert world.run("check", "production").returncode == 0
    with somebody(remote, "supabase-dashboard") as conn:
        conn.execute("alter table public.orders add column note text")
        conn.execute("create policy open on public.orders using (true)")
    with somebody(remote, "psql") as conn:
        conn.execute("set role authenticated; reset role; grant select on public.orders to anon")
        conn.execute("drop view public.totals")
        conn.execute("create index by_total on public.orders (total)")
    code, body = world.answer("check", "production")
    assert code == 1
    found = by(body)
    dashboard = {"column public.orders.note", "policy open on public.orders"}
    for name, one in found.items():
        wanted = "supabase-dashboard" if name in dashboard else "psql"
        assert one is not None, name
        assert (one["login"], one["application"], one["client"]) == ("postgres", wanted, None)
    assert dashboard < found.keys()
    with somebody(remote, "studio") as conn:
        conn.execute("alter table public.orders rename column total to sum")
    text = world.run("check", "production").stdout
    changed_by = text.partition("Changed by:\n")[2].splitlines()
    assert any("postgres (application supabase-dashboard), 20" in line for line in changed_by)
    assert any("(application studio), 20" in line and "column public.orders.sum" in line for line in changed_by)
    assert "by postgres (application studio), 20" in world.run("status").stdout


def test_what_was_changed_before_it_was_installed_is_nobodys(world: World, remote: Shadow) -> None:
    with somebody(remote) as conn:
        conn.execute("create table public.before (id int)")
    install_as_postgres(remote)
    with somebody(remote) as conn:
        conn.execute("create table public.later (id int)")
    found = by(world.answer("check", "production")[1])
    assert found["table public.before"] is None
    assert found["column public.before.id"] is None
    assert found["table public.later"]["command"] == "CREATE TABLE"
    assert found["column public.later.id"]["command"] == "CREATE TABLE"


def test_without_an_audit_nothing_is_said_of_anybody(world: World, remote: Shadow) -> None:
    with somebody(remote) as conn:
        conn.execute("create table public.new (id int)")
    assert set(by(world.answer("check", "production")[1]).values()) == {None}
    assert "Changed by:" not in world.run("check", "production").stdout


def test_the_role_that_a_session_became_and_what_a_function_of_the_owner_did_are_told_apart(
    world: World, remote: Shadow
) -> None:
    install_as_postgres(remote)
    with somebody(remote) as conn:
        conn.execute("create role builder; grant builder to postgres; grant create on schema public to builder")
        conn.execute("set role builder; create table public.built (id int)")
    with remote.session(SUPERUSER) as conn:
        rows = conn.execute(
            "select login, role from driftwatch_audit.changes where identity = 'public.built'"
        ).fetchall()
    assert set(rows) == {("postgres", "builder")}


def test_no_text_of_a_statement_is_kept(world: World, remote: Shadow) -> None:
    install_as_postgres(remote)
    with somebody(remote) as conn:
        conn.execute("create view public.secret as select 'hunter2-in-a-view'::text as s")
        conn.execute("comment on view public.secret is 'hunter2-in-a-comment'")
    with remote.session(SUPERUSER) as conn:
        [(everything,)] = conn.execute("select string_agg(c::text, ' ') from driftwatch_audit.changes c").fetchall()
    assert "public.secret" in everything
    assert "hunter2" not in everything


def test_a_grant_names_what_was_granted_and_not_what_the_transaction_did_not_touch(remote: Shadow) -> None:
    install_as_postgres(remote)
    with somebody(remote) as conn:
        conn.execute("create table public.a (id int, x int); create table public.b (id int)")
        before = len(recorded(remote))
        conn.execute("begin; savepoint one; grant select (x) on public.a to anon; release one; commit")
        conn.execute("grant select on public.b to anon")
        conn.execute("create function public.f() returns int language sql as 'select 1'")
        conn.execute("revoke execute on function public.f() from public")
        conn.execute("alter default privileges for role postgres in schema public grant select on tables to anon")
    named = {one for one in recorded(remote)[before:] if one[2]}
    assert named == {
        ("GRANT", "table column", "public.a.x"),
        ("GRANT", "table", "public.b"),
        ("CREATE FUNCTION", "function", "public.f()"),
        ("REVOKE", "function", "public.f()"),
        ("ALTER DEFAULT PRIVILEGES", "default acl", "for role postgres in schema public on tables"),
    }


def test_the_statement_takes_place_whatever_is_wrong_with_the_audit(remote: Shadow) -> None:
    install_as_postgres(remote)
    with remote.session(SUPERUSER) as conn:
        conn.execute("drop table driftwatch_audit.changes")
    said: list[str] = []
    with somebody(remote) as conn:
        conn.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
        conn.execute("create table public.made (id int)")
        conn.execute("drop table public.made")
        assert conn.execute("select to_regclass('public.made')").fetchone() == (None,)
    assert len(said) >= 2
    assert all(line.startswith("driftwatch did not record who did this") for line in said)


def test_a_role_without_any_right_is_recorded_and_reads_nothing(remote: Shadow) -> None:
    install_as_postgres(remote)
    with somebody(remote) as conn:
        conn.execute("create role plain login; grant create on schema public to plain")
    with somebody(remote, "app", "plain") as conn:
        conn.execute("create table public.mine (id int); create temporary table passing (id int)")
        for refused in ("select * from driftwatch_audit.changes", "select driftwatch_audit.touched('', '', 0)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(refused.encode())
    names = [identity for _, _, identity in recorded(remote)]
    assert "public.mine" in names
    assert not any("passing" in (name or "") for name in names)


def test_old_records_go_and_nobody_waits_for_that(remote: Shadow) -> None:
    install_as_postgres(remote)
    with remote.session(SUPERUSER) as conn:
        conn.execute(
            "insert into driftwatch_audit.changes (command, at) select 'OLD', now() - interval '91 days'"
            " from generate_series(1, 300)"
        )
    with somebody(remote) as open_one, somebody(remote) as other:
        open_one.execute("begin")
        for number in range(60):
            open_one.execute(f"create table public.t{number} (id int)".encode())
        for number in range(60):
            other.execute(f"create table public.u{number} (id int)".encode())  # waits for nothing
        open_one.execute("commit")
    assert all(command != "OLD" for command, _, _ in recorded(remote))


def test_it_is_no_drift_is_named_by_scope_and_goes_without_a_trace(world: World, remote: Shadow) -> None:
    def whole() -> str:
        with remote.session(SUPERUSER) as conn:
            return fingerprint(read_catalog(conn))

    before = whole()
    installed = world.run("remote", "audit", "install", "admin", "--yes")
    assert installed.returncode == 0, installed.stderr
    assert whole() != before
    with remote.session(SUPERUSER) as conn:
        scoped = apply_scope(read_catalog(conn), Scope.supabase())
    assert not [one for one in scoped.objects if "driftwatch_audit" in one.identity]
    assert any("driftwatch_audit" in one.what for one in scoped.not_compared)
    assert world.run("check", "production").returncode == 0
    assert "driftwatch_audit" in world.run("scope").stdout
    again = world.run("remote", "audit", "install", "admin", "--yes")
    assert (again.returncode, again.stdout.splitlines()[0]) == (0, "admin has it already.")
    assert world.run("remote", "audit", "status", "admin").returncode == 0
    # A verified push copies the remote's schema, and runs on a server of its own.
    world.write("20260102000000_more.sql", "create table public.more (id int);")
    pushed = world.run("sync", "to-remote", "--yes")
    assert pushed.returncode == 0, pushed.stderr
    assert by(world.answer("check", "production")[1]) == {}
    with remote.session(SUPERUSER) as conn:
        conn.execute(
            "drop table public.more; delete from supabase_migrations.schema_migrations where version > '20260101000000'"
        )
    removed = world.run("remote", "audit", "remove", "admin", "--yes")
    assert removed.returncode == 0, removed.stderr
    assert whole() == before
    assert world.run("remote", "audit", "status", "admin").returncode == 1
    assert world.run("remote", "audit", "remove", "admin", "--yes").stdout == "admin has no audit.\n"


def test_where_event_triggers_are_not_allowed_it_says_so_and_changes_nothing(world: World, remote: Shadow) -> None:
    refused = world.run("remote", "audit", "install", "production", "--yes")
    assert refused.returncode == 2
    assert "production lets this login make no audit: " in refused.stderr
    assert "its next regular check" in refused.stderr
    code, body = world.answer("remote", "audit", "status", "production")
    assert (code, body["status"]) == (1, "not_installed")
    nobody = world.run("remote", "audit", "install", "production")
    assert (nobody.returncode, "Add --yes." in nobody.stderr) == (64, True)


def test_the_printed_sql_does_the_same(world: World, remote: Shadow) -> None:
    printed = world.run("remote", "audit", "install", "--sql").stdout
    with remote.session(SUPERUSER) as conn:
        conn.execute(printed.encode())
        conn.execute(printed.encode())  # twice is as good as once
        assert audit.status(conn) == audit.AuditStatus(audit.VERSION, True, True, True, True)
        conn.execute(world.run("remote", "audit", "remove", "--sql").stdout.encode())
        assert audit.status(conn) == audit.AuditStatus()


def test_triggers_that_were_switched_off_are_said_and_mended(world: World, remote: Shadow) -> None:
    world.run("remote", "audit", "install", "admin", "--yes")
    with remote.session(SUPERUSER) as conn:
        conn.execute("alter event trigger driftwatch_audit_ddl disable")
    code, body = world.answer("remote", "audit", "status", "admin")
    assert (code, body["status"]) == (1, "switched_off")
    assert world.run("remote", "audit", "install", "admin", "--yes").returncode == 0
    assert world.run("remote", "audit", "status", "admin").returncode == 0


@pytest.mark.parametrize("role_first", [True, False])
def test_the_login_for_reading_can_tell_who(world: World, remote: Shadow, role_first: bool) -> None:
    with remote.session() as conn:
        steps = [lambda: conn.execute(read_role_sql("driftwatch_reader").encode()), lambda: install_as_postgres(remote)]
        for step in steps if role_first else reversed(steps):
            step()
    with somebody(remote) as conn:
        conn.execute("create table public.new (id int)")
    url = url_of(remote, "driftwatch_reader")
    code, body = world.answer("check", "production", env={"PRODUCTION_URL": url})
    assert code == 1
    assert by(body)["table public.new"]["login"] == "postgres"


def test_a_session_hears_of_a_change_at_once_and_of_its_own_end(remote: Shadow) -> None:
    install_as_postgres(remote)
    with contextlib.closing(audit.Hearing(connect(remote.cluster.conninfo()), "it")) as hearing:
        assert not hearing.wait(0.05)
        with somebody(remote) as conn:
            conn.execute("create table public.new (id int)")
            assert hearing.wait(30)
            conn.execute("create temporary table passing (id int)")
            conn.execute("insert into public.new values (1)")
            assert not hearing.wait(0.2)
        with remote.session(SUPERUSER) as conn:
            conn.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'LISTEN%'")
        with pytest.raises(Unreachable, match="hears of changes on it"):
            until(lambda: hearing.wait(0.1))


class Watcher:
    """A daemon with one remote that is checked once a day, and what it logged so far."""

    def __init__(self, world: World, hook: Receiver) -> None:
        self.hook = hook
        only_admin = '[remotes.admin]\nurl_env = "ADMIN_URL"\n[daemon]\nevery = "1d"\n'
        world.config(only_admin + f'[notify.channels.ops]\nurl = "{hook.url()}"\n')
        self.process = world.start("daemon", "run", "--json")
        self._lines: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def logged(self, event: str, number: int = 1) -> None:
        """Waits until it was logged so many times."""
        until(
            lambda: sum(one["event"] == event for one in self._lines) >= number, lambda: f"no {event!r}: {self._lines}"
        )

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self._reader.join()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self._lines += (json.loads(line) for line in self.process.stderr if line.startswith("{"))


@pytest.fixture
def watcher(world: World) -> Iterator[Watcher]:
    with receiver() as hook:
        made = Watcher(world, hook)
        try:
            yield made
        finally:
            made.end()


def test_an_alert_comes_without_waiting_for_the_interval_and_says_who(
    world: World, remote: Shadow, watcher: Watcher
) -> None:
    watcher.logged("checked")
    installed = world.run("remote", "audit", "install", "admin", "--yes")
    assert installed.returncode == 0, installed.stderr
    watcher.logged("hears of changes at once")  # it was told to look again
    watcher.logged("checked", 2)
    with somebody(remote, "supabase-dashboard") as conn:
        conn.execute("create policy open on public.orders using (true)")
        until(lambda: watcher.hook.titles)
        assert "admin: drift began" in watcher.hook.titles[0]
        assert "postgres (application supabase-dashboard)" in watcher.hook.received[0]["message"]
        # The session is lost: it listens again, and looks at what happened meanwhile.
        with remote.session(SUPERUSER) as admin:
            admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'LISTEN%'")
        conn.execute("drop policy open on public.orders")
        watcher.logged("hears of changes at once", 2)
        until(lambda: len(watcher.hook.titles) > 1)
    assert "admin: drift is over" in watcher.hook.titles[1]


def test_a_push_of_driftwatch_is_no_news(world: World, remote: Shadow, watcher: Watcher) -> None:
    watcher.logged("checked")
    world.run("remote", "audit", "install", "admin", "--yes")
    watcher.logged("hears of changes at once")
    watcher.logged("checked", 2)
    world.write("20260102000000_more.sql", "create table public.more (id int);")
    pushed = world.run("sync", "to-remote", "admin", "--yes")
    assert pushed.returncode == 0, pushed.stderr
    watcher.logged("checked", 3)
    with somebody(remote) as conn:
        conn.execute("create table public.by_hand (id int)")
    until(lambda: any("drift began, 1 difference" in title for title in watcher.hook.titles))
    assert not any("more" in one["message"] for one in watcher.hook.received if "drift" in one["title"])
