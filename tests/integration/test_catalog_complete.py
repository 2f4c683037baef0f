"""No system catalog and no column of one is overlooked: each is read by a kind, or left out for a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from driftwatch.postgres import catalog_queries, installation, known_catalogs
from driftwatch.postgres.known_catalogs import KNOWN, NEWEST, unknown
from driftwatch.postgres.read_catalog import queries, read_catalog

from catalog_world import SUPERUSER, running_cluster

READ_AS = {
    "pg_user_mapping": {"oid": "", "umuser": "umuser", "umserver": "srvname", "umoptions": "umoptions"},
    "pg_authid": {"oid": "oid"},
}
"""Catalogs that are read through a view (pg_user_mappings, pg_roles), and how it names their columns."""

GONE = {"pg_attribute.attcacheoff"}
"""What older servers have and the newest has not."""


@pytest.fixture(scope="module", params=[15, 16, 17, 18])
def conn(request: pytest.FixtureRequest, cache_dir: Path) -> Iterator[psycopg.Connection]:
    found = installation.find(major=request.param)
    if found.major != request.param:
        pytest.skip(f"no Postgres {request.param} here")
    with (
        running_cluster(cache_dir, found) as cluster,
        psycopg.connect(**{**cluster.conninfo(), "user": SUPERUSER}) as conn,
    ):
        yield conn


def catalogs(conn: psycopg.Connection) -> dict[str, list[str]]:
    rows = conn.execute(
        "select c.relname, array_agg(a.attname::text order by a.attnum) from pg_class c"
        " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
        " where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' group by 1"
    )
    return dict(rows.fetchall())


def test_every_catalog_is_known(conn: psycopg.Connection) -> None:
    assert set(catalogs(conn)) <= set(KNOWN)


def test_every_column_is_read_by_a_kind_or_left_out_for_a_reason(conn: psycopg.Connection) -> None:
    texts = {query.kind: query.text for query in queries(conn.info.server_version)}
    overlooked = []
    for catalog, columns in catalogs(conn).items():
        known = KNOWN[catalog]
        if not known.kinds:
            assert known.reason
            continue
        text = "\n".join(texts[kind] for kind in known.kinds)
        for column in columns:
            name = READ_AS.get(catalog, {}).get(column, column)
            if column not in known.out and not re.search(rf"\b{re.escape(name)}\b", text):
                overlooked.append(f"{catalog}.{column}")
    assert overlooked == []


def test_a_catalog_that_nothing_reads_is_read_by_nothing(conn: psycopg.Connection) -> None:
    texts = "\n".join(query.text for query in queries(conn.info.server_version))
    unread = [catalog for catalog, known in KNOWN.items() if not known.kinds]
    assert [catalog for catalog in unread if re.search(rf"\b{catalog}\b", texts)] == []


def test_every_class_of_objects_that_can_be_described_belongs_to_a_kind(conn: psycopg.Connection) -> None:
    """pg_depend names classes of objects; what it can name, a kind must read, or a reason must be given."""
    classes = {name for (name,) in conn.execute(
        "select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'oid'"
        " where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r'"
    )}  # fmt: skip
    assert [name for name in classes if not (KNOWN[name].kinds or KNOWN[name].reason)] == []


def test_nothing_is_left_out_that_the_newest_server_lacks(conn: psycopg.Connection) -> None:
    found = catalogs(conn)
    if conn.info.server_version // 10000 != NEWEST:
        pytest.skip("older servers lack some")
    stale = {
        f"{catalog}.{column}"
        for catalog, known in KNOWN.items()
        for column in known.out
        if catalog in found and column not in found[catalog]
    }
    assert stale == GONE


def test_what_is_new_to_us_is_said() -> None:
    assert unknown(180001, []) == []
    [catalog, server] = unknown((NEWEST + 1) * 10000, ["pg_propgraph_element"])
    assert catalog.what == "catalog pg_propgraph_element"
    assert server.what == f"what Postgres {NEWEST + 1} added"


def test_a_catalog_that_is_new_to_us_is_named_when_a_database_is_read(
    conn: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    conn.commit()
    assert read_catalog(conn).not_compared == ()
    monkeypatch.setattr(known_catalogs, "KNOWN", {name: KNOWN[name] for name in KNOWN if name != "pg_cast"})
    catalog_queries.everything.cache_clear()
    try:
        assert [left.what for left in read_catalog(conn).not_compared] == ["catalog pg_cast"]
    finally:
        catalog_queries.everything.cache_clear()
