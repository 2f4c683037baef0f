"""Reading is cheap and harmless: few round trips, little memory, no lock in anybody's way, nothing left behind."""

from __future__ import annotations

import contextlib
import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from driftwatch.core.catalog import Catalog, ObjectId
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import catalog_queries
from driftwatch.postgres.catalog_queries import Query
from driftwatch.postgres.cluster import Cluster
from driftwatch.postgres.connect import Connection, connect
from driftwatch.postgres.read_catalog import catalog_version, read_catalog
from driftwatch.postgres.read_fingerprint import read_fingerprint

from catalog_world import SUPERUSER, World, running_cluster

PLAIN = Scope.plain()
SCOPES = {
    "plain": PLAIN,
    "supabase": Scope.supabase(),
    "narrowed": Scope.plain(exclude=["table app.*", "* public.*"], include=["column *.id", "function *"]),
}


@pytest.fixture(scope="module")
def cluster(cache_dir: Path) -> Iterator[Cluster]:
    with running_cluster(cache_dir) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def world(cluster: Cluster) -> Iterator[World]:
    world = World(cluster.conninfo())
    world.conn.execute("create role nobody_special login")
    world.base = read_catalog(world.conn)
    yield world
    world.close()


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_the_fingerprint_alone_is_that_of_the_catalog(world: World, scope: Scope) -> None:
    found = read_fingerprint(world.conn, scope)
    catalog = apply_scope(world.base, scope)
    assert (found.value, found.server_version) == (fingerprint(catalog), catalog.server_version)
    assert found.not_compared == catalog.not_compared


def test_a_fingerprint_needs_a_fraction_of_the_catalogs_memory(world: World) -> None:
    script = ["create schema wide"]
    for table in range(300):
        columns = ", ".join(f"c{number} text default '{table} {number} {'x' * 500}'" for number in range(40))
        script.append(f"create table wide.t{table} ({columns})")
    world.conn.execute("; ".join(script).encode())
    try:
        read_fingerprint(world.conn, PLAIN), read_catalog(world.conn)  # what is made once is made now
        alone = _peak(lambda: read_fingerprint(world.conn, PLAIN))
        whole = _peak(lambda: read_catalog(world.conn))
    finally:
        world.conn.execute("set client_min_messages = warning; drop schema wide cascade")
        world.conn.execute("reset client_min_messages")
    assert alone < whole / 2


def test_objects_that_equal_those_of_another_catalog_are_shared_with_it(world: World) -> None:
    column = ObjectId("column", "app.orders.id")
    world.conn.execute("comment on column app.orders.id is 'another'")
    try:
        found = read_catalog(world.conn, like=world.base)
    finally:
        world.conn.execute("comment on column app.orders.id is null")
    assert {id_ for id_, obj in found.objects.items() if obj is not world.base.objects[id_]} == {column}
    assert found.objects[column].facets["comment"] == "another"
    assert fingerprint(found) != fingerprint(world.base) == fingerprint(read_catalog(world.conn))


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


READERS: dict[str, Callable[[Connection], object]] = {
    "catalog": read_catalog,
    "fingerprint": lambda conn: read_fingerprint(conn, PLAIN),
    "version": catalog_version,
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_reading_takes_one_round_trip(cluster: Cluster, world: World, reader: Callable[[Connection], object]) -> None:
    with _counted(cluster, world) as (conn, turns):
        before = turns()
        reader(conn)
        assert turns() - before == 1


def test_a_commit_elsewhere_costs_one_more_and_a_change_of_the_schema_a_second_reading(
    cluster: Cluster, world: World
) -> None:
    world.conn.execute("create table public.busy (id int)")
    fingerprints = []
    for sql, most in (("insert into public.busy values (1)", 2), ("comment on table public.busy is 'now {n}'", 12)):
        stop = threading.Event()
        thread = threading.Thread(target=_repeat, args=(world, sql, stop))
        with _counted(cluster, world) as (conn, turns):
            thread.start()
            try:
                before = turns()
                with contextlib.suppress(DriftwatchError):  # it may give up
                    fingerprints.append(read_fingerprint(conn, PLAIN).value)
                taken = turns() - before
            finally:
                stop.set()
                thread.join()
        assert 2 <= taken <= most
    world.conn.execute("drop table public.busy")


def _repeat(world: World, sql: str, stop: threading.Event) -> None:
    with world.connect(world.name) as conn:
        number = 0
        while not stop.is_set():
            number += 1
            conn.execute(sql.replace("{n}", str(number)).encode())


def test_a_fingerprint_amid_changes_is_never_a_mixture(world: World) -> None:
    there = (
        "begin; alter table app.orders add column extra int; create or replace view public.simple as select a, b from"
        " public.plain where c is null; comment on table app.orders is 'there'; commit"
    )
    back = (
        "begin; alter table app.orders drop column extra; create or replace view public.simple as select a, b from"
        " public.plain; comment on table app.orders is null; commit"
    )
    expected = set()
    for script in (there, back):
        world.conn.execute(script)
        expected.add(read_fingerprint(world.conn, PLAIN).value)
    assert len(expected) == 2
    stop = threading.Event()
    thread = threading.Thread(target=_toggle, args=(world, (there, back), stop))
    thread.start()
    seen = set()
    try:
        with world.connect(world.name) as conn:
            for _ in range(8):
                with contextlib.suppress(DriftwatchError):  # it may give up, but not lie
                    seen.add(read_fingerprint(conn, PLAIN).value)
    finally:
        stop.set()
        thread.join()
        world.renew()
    assert seen
    assert seen <= expected


def _toggle(world: World, scripts: tuple[str, str], stop: threading.Event) -> None:
    with world.connect(world.name) as conn:
        while not stop.is_set():
            for script in scripts:
                conn.execute(script.encode())
                stop.wait(0.3)


def test_reading_is_in_the_way_of_nothing_but_an_exclusive_lock(world: World) -> None:
    with world.connect(world.name) as locker:
        locker.execute("begin")
        locker.execute("lock table app.customers, app.orders in exclusive mode")  # conflicts with all but ACCESS SHARE
        assert read_fingerprint(world.conn, PLAIN).value == fingerprint(apply_scope(world.base, PLAIN))
        locker.execute("rollback")


def test_nothing_stays_on_the_session(world: World) -> None:
    with world.connect(world.name) as conn:
        before = _state(conn)
        read_fingerprint(conn, PLAIN)
        read_catalog(conn)
        catalog_version(conn)
        assert _state(conn) == before
        assert conn.execute("select count(*) from pg_prepared_statements").fetchone() == (0,)


def _state(conn: psycopg.Connection) -> list[Any]:
    return conn.execute("select name, setting from pg_settings where name not like '%\\_id' order by 1").fetchall()


CHANGES = (
    "create table public.versioned (id int)",
    "alter table public.versioned add column note text",
    "comment on column public.versioned.note is 'x'",
    "alter table public.versioned alter column note set default 'y'",
    "create policy p on public.versioned using (true)",
    "grant select on public.versioned to app_reader",
    "alter subscription sub set (binary = true)",
    "alter user mapping for app_reader server srv options (add extra 'x')",
    "alter role app_reader createdb",
    "drop table public.versioned",
)
NO_CHANGES = (
    "insert into public.plain select from generate_series(1, 10)",
    "analyze",
    "vacuum",
    "vacuum freeze",
    "select nextval('app.ticket_numbers')",
    "begin; create table public.never (id int); rollback",
    "checkpoint",
)


def test_the_catalog_version_changes_with_every_change_of_the_schema_and_with_no_other(world: World) -> None:
    world.conn.execute("create sequence if not exists app.ticket_numbers")
    seen = [catalog_version(world.conn)]
    try:
        for sql in CHANGES:
            world.conn.execute(sql.encode())
            seen.append(catalog_version(world.conn))
        assert len(set(seen)) == len(CHANGES) + 1
        for sql in NO_CHANGES:
            world.conn.execute(sql.encode())
            assert catalog_version(world.conn) == seen[-1], sql
    finally:
        world.renew()


def test_a_login_that_owns_nothing_can_ask_for_the_catalog_version(world: World) -> None:
    with world.connect(world.name, user="nobody_special") as conn:
        before = catalog_version(conn)
        world.conn.execute("create table public.noticed ()")
        assert catalog_version(conn) != before
        world.conn.execute("drop table public.noticed")


@pytest.fixture
def shop(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Query]:
    """Optional kinds: the rows of tables that not every database has."""
    text = "select 'shop' as schema, name as identity, price from shop.things"
    query = Query("thing", text, holds_locks=False, needs="shop.things")
    other = Query(
        "deal", "select 'shop' as schema, name as identity from shop.deals", holds_locks=False, needs="shop.deals"
    )
    monkeypatch.setattr(catalog_queries, "optional_queries", lambda _: (query, other))
    for cached in (catalog_queries.everything, catalog_queries.optional_tables):
        cached.cache_clear()
    yield query
    for cached in (catalog_queries.everything, catalog_queries.optional_tables):
        cached.cache_clear()
    world.conn.execute("drop schema if exists shop cascade")


def things(catalog: Catalog) -> dict[ObjectId, object]:
    return {obj.id: obj.facets["price"] for obj in catalog if obj.id.kind == "thing"}


def test_rows_of_a_table_that_is_not_there_are_not_missed(world: World, shop: Query) -> None:
    catalog = read_catalog(world.conn)
    assert things(catalog) == {}
    assert catalog.not_compared == ()


def test_rows_that_behave_like_schema_are_objects_where_their_table_is(world: World, shop: Query) -> None:
    world.conn.execute("create schema shop create table things (name text, price int)")
    before = read_fingerprint(world.conn, PLAIN)
    world.conn.execute("insert into shop.things values ('a', 1), ('b', 2)")
    catalog = read_catalog(world.conn)
    assert things(catalog) == {ObjectId("thing", "a"): 1, ObjectId("thing", "b"): 2}
    after = read_fingerprint(world.conn, PLAIN)
    assert after.value == fingerprint(apply_scope(catalog, PLAIN)) != before.value


def test_all_rows_that_behave_like_schema_cost_one_more_round_trip(cluster: Cluster, world: World, shop: Query) -> None:
    world.conn.execute("create schema shop create table things (name text, price int) create table deals (name text)")
    with _counted(cluster, world) as (conn, turns):
        before = turns()
        read_catalog(conn)
        assert turns() - before == 2


FORBIDDEN = {
    "no right": ("", "the login may not read shop.things"),
    "no right on the schema": ("grant select on shop.things to nobody_special", "the login may not read shop.things"),
    "hidden by row security": (
        "grant usage on schema shop to nobody_special; grant select on shop.things to nobody_special;"
        " alter table shop.things enable row level security",
        "row security of shop.things hides rows from the login",
    ),
    "one column closed": (
        "grant usage on schema shop to nobody_special; grant select (name) on shop.things to nobody_special",
        "the login may not read them: permission denied for table things",
    ),
}


@pytest.mark.parametrize(("granted", "reason"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_rows_that_the_login_does_not_see_are_named_and_never_just_missing(
    world: World, shop: Query, granted: str, reason: str
) -> None:
    world.conn.execute("create schema shop create table things (name text, price int) create table deals (name text)")
    world.conn.execute("insert into shop.things values ('a', 1); insert into shop.deals values ('d')")
    world.conn.execute(f"{granted}; grant select on shop.deals to nobody_special".strip("; ").encode())
    with world.connect(world.name, user="nobody_special") as conn:
        for found in (read_catalog(conn), read_fingerprint(conn, PLAIN)):
            said = [(one.what, one.reason) for one in found.not_compared]
            assert ("kind thing", reason) in said


@contextlib.contextmanager
def _counted(cluster: Cluster, world: World) -> Iterator[tuple[Connection, Callable[[], int]]]:
    """A session through a relay that counts how often the client speaks after it was answered."""
    info = cluster.conninfo(SUPERUSER)
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket(socket.AF_UNIX) as server:
        server.connect(f"{info['host']}/.s.PGSQL.{info['port']}")
        relay = _Relay(listener, server)
        relay.start()
        try:
            port = str(listener.getsockname()[1])
            with contextlib.closing(connect({**info, "host": "127.0.0.1", "port": port, "dbname": world.name})) as conn:
                yield conn, lambda: relay.turns
        finally:
            relay.join()


class _Relay(threading.Thread):
    def __init__(self, listener: socket.socket, server: socket.socket) -> None:
        super().__init__()
        self.turns = 0
        self._listener, self._server, self._answered = listener, server, True

    def run(self) -> None:
        client, _ = self._listener.accept()
        back = threading.Thread(target=self._to_client, args=(client,))
        back.start()
        while data := client.recv(65536):
            self.turns += self._answered
            self._answered = False
            self._server.sendall(data)
        self._server.shutdown(socket.SHUT_RDWR)
        back.join()
        client.close()

    def _to_client(self, client: socket.socket) -> None:
        while data := self._server.recv(65536):
            self._answered = True
            client.sendall(data)
