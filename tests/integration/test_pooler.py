"""Reading and checking through PgBouncer: no prepared statements, no session state."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from driftwatch.actions.audit import hear
from driftwatch.actions.project import Remote
from driftwatch.core.fingerprint import fingerprint
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.audit import install_sql
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.connect import connect
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.server_account import as_server
from driftwatch.postgres.shadow import Shadow

from cli_world import World

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(PGBOUNCER is None, reason="pgbouncer is not installed")


@contextlib.contextmanager
def pooled(remote: Shadow, place: Path, mode: str, clients: str = "postgres") -> Iterator[str]:
    """The URL of a pool of two sessions on the remote."""
    info = remote.cluster.conninfo()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "listen_addr": "127.0.0.1",
        "listen_port": port,
        "unix_socket_dir": "",
        "auth_type": "any",
        "pool_mode": mode,
        "default_pool_size": 2,
        "max_client_conn": 20,
        "ignore_startup_parameters": "extra_float_digits",
    }
    config = place / "pgbouncer.ini"
    lines = [f"{name} = {value}" for name, value in settings.items()]
    database = f"postgres = host={info['host']} port=5432 dbname=postgres user={clients}"
    config.write_text("\n".join(["[databases]", database, "[pgbouncer]", *lines]) + "\n")
    config.chmod(0o644)
    log = (place / "pgbouncer.log").open("w")
    # It refuses to run as root, and has to reach the server's socket: it runs as the server does.
    process = subprocess.Popen(
        [str(PGBOUNCER), str(config)], stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", **as_server()
    )
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    try:
        deadline = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None, (place / "pgbouncer.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield url
    finally:
        process.terminate()
        process.wait()
        log.close()


@pytest.mark.parametrize("mode", ["transaction", "session"])
def test_the_fingerprint_through_a_pooler_is_the_one_without(remote: Shadow, place: Path, mode: str) -> None:
    with remote.session() as conn:
        conn.execute("create view public.late as select timestamptz '2026-01-01' as at")
        expected = fingerprint(read_catalog(conn))
    with pooled(remote, place, mode) as url:
        # A neighbour leaves settings behind in the sessions of the pool, as others' clients do.
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as neighbour:
            neighbour.execute("set search_path = public; set timezone = 'Asia/Tokyo'; set extra_float_digits = -5")
        for _ in range(4):
            with contextlib.closing(connect(url)) as conn:
                assert fingerprint(read_catalog(conn)) == expected
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as neighbour:
            row = neighbour.execute("select count(*) from pg_prepared_statements").fetchone()
            assert row == (0,)
            kept = neighbour.execute("select current_setting('statement_timeout'), current_setting('lock_timeout')")
            assert kept.fetchone() == ("0", "0")  # nothing of the reader stays in the pool


def test_check_sees_drift_through_a_transaction_pooler(remote: Shadow, place: Path, cache_dir: Path) -> None:
    world = World(place, cache_dir)
    with pooled(remote, place, "transaction") as url:
        world.environment["PROD_URL"] = url
        world.environment["DIRECT_URL"] = f"postgresql://postgres@/postgres?host={remote.cluster.conninfo()['host']}"
        world.config(
            '[remotes.production]\nurl_env = "PROD_URL"\ndefault = true\n[remotes.direct]\nurl_env = "DIRECT_URL"\n'
        )
        world.write("20260101000000_users.sql", "create table public.users (id int primary key);")
        pushed = world.run("sync", "to-remote", "direct", "--yes")
        assert pushed.returncode == 0, pushed.stdout + pushed.stderr
        assert world.run("check", "production").returncode == 0
        with remote.session() as conn:
            conn.execute("alter table public.users add column by_hand text")
        code, body = world.answer("check", "production")
        assert (code, [one["identity"] for one in body["remotes"][0]["changes"]][:1]) == (1, ["public.users.by_hand"])


def test_a_push_goes_through_a_session_pooler_and_not_through_one_that_keeps_no_session(
    remote: Shadow, place: Path, cache_dir: Path
) -> None:
    world = World(place, cache_dir)
    world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    world.write("20260101000000_users.sql", "create table public.users (id int primary key);")
    with pooled(remote, place, "transaction") as url:
        refused = world.run("sync", "to-remote", "--yes", env={"PROD_URL": url})
        assert refused.returncode == 2
        assert "is reached through a transaction pooler" in refused.stderr
        assert "Use the session pooler" in refused.stderr
    with remote.session() as conn:
        assert conn.execute("select to_regclass('public.users')").fetchone() == (None,)
    with pooled(remote, place, "session") as url:
        pushed = world.run("sync", "to-remote", "--yes", env={"PROD_URL": url})
        assert pushed.returncode == 0, pushed.stdout + pushed.stderr


def test_changes_are_heard_of_through_a_session_pooler_and_not_through_one_that_keeps_no_session(
    remote: Shadow, place: Path
) -> None:
    with remote.session(SUPERUSER) as conn:
        conn.execute(install_sql().encode())
    with (
        pooled(remote, place, "transaction") as url,
        pytest.raises(DriftwatchError, match="transaction pooler") as said,
    ):
        hear(Remote("production", lambda: url))
    assert said.value.untouched == "It is checked at its regular times."
    with pooled(remote, place, "session") as url:
        hearing = hear(Remote("production", lambda: url))
        assert hearing is not None
        with contextlib.closing(hearing), remote.session() as conn:
            conn.execute("create table public.heard (id int)")
            assert hearing.wait(30)


def test_a_pooler_without_a_server_behind_it_is_unreachable(remote: Shadow, place: Path, cache_dir: Path) -> None:
    world = World(place, cache_dir)
    with pooled(remote, place, "transaction", clients="nobody_there") as url:
        world.environment["PROD_URL"] = url
        world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
        refused = world.run("check")
        assert refused.returncode == 2
        assert "nobody_there" in refused.stderr
