"""What is no change of the schema leaves the fingerprint as it was, whoever reads it and however it was made."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.core.drift import align, compare
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.errors import DriftwatchError, Unreachable
from driftwatch.postgres import installation
from driftwatch.postgres.cluster import Cluster
from driftwatch.postgres.read_catalog import read_catalog
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from catalog_world import SUPERUSER, Case, World, cases, described, running_cluster

PLAIN = Scope.plain()


@pytest.fixture(scope="module")
def cluster(cache_dir: Path) -> Iterator[Cluster]:
    with running_cluster(cache_dir) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def world(cluster: Cluster) -> Iterator[World]:
    world = World(cluster.conninfo())
    yield world
    world.close()


@pytest.mark.parametrize("case", cases("same"), ids=str)
def test_a_non_change_leaves_the_fingerprint(world: World, case: Case) -> None:
    try:
        world.run(case.do)
        assert world.changes() == []
        assert fingerprint(read_catalog(world.conn)) == fingerprint(world.base)
    except BaseException:
        world.renew()
        raise
    world.conn.execute("discard all")


def test_a_dump_restored_has_the_same_catalog(cluster: Cluster, world: World) -> None:
    world.renew()
    world.conn.execute("drop language plself")  # pg_dump takes it for an extension's
    before = read_catalog(world.conn)
    socket = cluster.conninfo()["host"]
    login = ["-h", socket, "-U", SUPERUSER]
    dump = [cluster.installation.tool("pg_dump"), *login, world.name]
    sql = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
    with world.connect("postgres") as admin:
        admin.execute("create database restored template template0")
    psql = [cluster.installation.tool("psql"), *login, "-qX", "-v", "ON_ERROR_STOP=1", "restored"]
    subprocess.run(psql, input=sql, check=True, capture_output=True, text=True)
    with world.connect("restored") as conn:
        conn.execute("alter database restored set search_path = 'public', 'app'")  # not part of a plain dump
        conn.execute("alter role app_reader in database restored set work_mem = '8MB'")
        assert [described(change) for change in compare(before, read_catalog(conn))] == []
        conn.execute("alter subscription sub set (slot_name = none)")
        conn.execute("drop subscription sub")
    with world.connect("postgres") as admin:
        admin.execute("drop database restored with (force)")
    world.renew()


def test_a_second_database_made_from_the_same_statements_has_the_same_fingerprint(world: World) -> None:
    before = fingerprint(world.base)
    world.renew()
    assert fingerprint(world.base) == before


@pytest.mark.parametrize("major", [15, 16, 18])
def test_the_same_statements_on_another_major_make_no_difference(world: World, major: int, cache_dir: Path) -> None:
    found = installation.find(major=major)
    if found.major != major:
        pytest.skip(f"no Postgres {major} here")
    with running_cluster(cache_dir, found) as cluster:
        other = World(cluster.conninfo())
        other.conn.execute("alter subscription sub set (streaming = off)")  # its default changed in 18
        theirs, ours = apply_scope(read_catalog(other.conn), PLAIN), apply_scope(world.base, PLAIN)
        other.close()
    assert [described(change) for change in compare(theirs, ours)] == []
    theirs, ours = align(theirs, ours)
    assert fingerprint(theirs) == fingerprint(ours)
    said = [left for left in theirs.not_compared if left.reason.startswith("the two sides run different majors")]
    assert bool(said) == (major < 17)  # what 17 and 18 differ in, the base database does not use


def test_a_plain_login_reads_what_a_superuser_reads(world: World) -> None:
    with world.connect(world.name, user="app_writer") as conn:
        catalog = read_catalog(conn)
    assert catalog.not_compared == ()
    assert [described(change) for change in compare(world.base, catalog)] == [
        "changed user_mapping app_reader on srv: options"  # Postgres hides them
    ]
    catalogs = [apply_scope(one, PLAIN) for one in (world.base, catalog)]
    assert compare(*catalogs) == ()
    assert fingerprint(catalogs[0]) == fingerprint(catalogs[1])


def test_a_kind_that_may_not_be_read_is_named_and_the_rest_is_read(world: World) -> None:
    world.conn.execute("revoke select on pg_catalog.pg_conversion from public")
    try:
        with world.connect(world.name, user="app_writer") as conn:
            catalog = read_catalog(conn)
            assert conn.info.transaction_status is TransactionStatus.IDLE
    finally:
        world.conn.execute("grant select on pg_catalog.pg_conversion to public")
    assert [left.what for left in catalog.not_compared] == ["kind conversion"]
    changes = [described(change) for change in compare(world.base, catalog)]
    assert changes == [
        "added system_grant table pg_catalog.pg_conversion",
        "changed user_mapping app_reader on srv: options",
    ]


@pytest.mark.parametrize("autocommit", [True, False])
def test_the_session_is_left_as_it_was(world: World, autocommit: bool) -> None:
    with world.connect(world.name) as conn:
        conn.execute("set search_path = app")
        conn.execute("set statement_timeout = '77s'")
        conn.autocommit = autocommit
        conn.row_factory = dict_row  # type: ignore[assignment]
        catalog = read_catalog(conn)
        assert compare(world.base, catalog) == ()
        assert conn.autocommit is autocommit
        assert conn.info.transaction_status is TransactionStatus.IDLE
        shown = conn.execute("select current_setting('search_path') p, current_setting('statement_timeout') t")
        assert shown.fetchone() == {"p": "app", "t": "77s"}


def test_no_setting_stays_on_a_session_after_a_failure(world: World) -> None:
    with world.connect(world.name) as conn:
        with pytest.raises(DriftwatchError, match="longer than"):
            read_catalog(conn, statement_timeout=0.001)
        assert conn.info.transaction_status is TransactionStatus.IDLE
        assert conn.execute("show statement_timeout").fetchone() == ("0",)
        assert compare(world.base, read_catalog(conn)) == ()


def test_a_locked_table_is_said_and_not_waited_for(world: World) -> None:
    with world.connect(world.name) as locker, world.connect(world.name) as conn:
        locker.execute("begin")
        locker.execute("lock table app.customers in access exclusive mode")
        with pytest.raises(DriftwatchError, match="locked"):
            read_catalog(conn, attempts=2)
        locker.execute("rollback")
        assert compare(world.base, read_catalog(conn)) == ()


def test_a_lost_connection_is_unreachable_and_no_drift(world: World) -> None:
    with world.connect(world.name) as conn:
        world.conn.execute("select pg_terminate_backend(%s)", (conn.info.backend_pid,))
        with pytest.raises(Unreachable, match="lost"):
            read_catalog(conn)


def test_an_open_transaction_is_refused(world: World) -> None:
    with world.connect(world.name) as conn:
        conn.execute("begin")
        with pytest.raises(ValueError, match="idle"):
            read_catalog(conn)


def test_a_read_amid_changes_is_never_a_mixture(world: World) -> None:
    world.renew()
    one = fingerprint(world.base)
    there = (
        "begin; alter table app.orders add column extra int;"
        " create or replace view public.simple as select a, b from public.plain where c is null;"
        " alter table app.customers rename column name to full_name; commit"
    )
    back = (
        "begin; alter table app.orders drop column extra;"
        " create or replace view public.simple as select a, b from public.plain;"
        " alter table app.customers rename column full_name to name; commit"
    )
    world.conn.execute(there)
    other = fingerprint(read_catalog(world.conn))
    world.conn.execute(back)
    stop = threading.Event()

    def toggle() -> None:
        with world.connect(world.name) as conn:
            while not stop.is_set():
                conn.execute(there)
                stop.wait(0.31)
                conn.execute(back)
                stop.wait(0.37)

    thread = threading.Thread(target=toggle)
    thread.start()
    seen = []
    try:
        with world.connect(world.name) as conn:
            for _ in range(20):
                try:
                    seen.append(fingerprint(read_catalog(conn, attempts=3)))
                except DriftwatchError:
                    continue  # it may give up, but not lie
    finally:
        stop.set()
        thread.join()
        world.renew()
    assert seen
    assert set(seen) <= {one, other}


def test_secrets_are_nowhere_in_the_catalog(world: World) -> None:
    for obj in world.base:
        for value in obj.facets.values():
            assert "secret" not in str(value)
            assert "password=p" not in str(value)
            assert "abc" not in str(value)


def test_nothing_is_read_of_other_sessions_temporary_objects(world: World) -> None:
    with world.connect(world.name) as conn:
        conn.execute("create temp table scratch (a int)")
        assert compare(world.base, read_catalog(conn)) == ()
