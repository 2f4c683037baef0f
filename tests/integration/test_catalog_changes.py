"""Every single change of a schema is seen as exactly what it is, and taking it back gives the old fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.core.fingerprint import fingerprint
from driftwatch.postgres.read_catalog import queries, read_catalog

from catalog_world import Case, World, cases, running_cluster


@pytest.fixture(scope="module")
def world(cache_dir: Path) -> Iterator[World]:
    with running_cluster(cache_dir) as cluster:
        world = World(cluster.conninfo())
        yield world
        world.close()


@pytest.mark.parametrize("case", cases("changes"), ids=str)
def test_a_single_change_is_seen_as_what_it_is(world: World, case: Case) -> None:
    if not case.min_version <= world.base.server_version < case.max_version:
        pytest.skip("another version of Postgres")
    undone = False
    try:
        world.run(case.do)
        assert world.changes() == sorted(case.expect)
        if case.undo:
            world.run(case.undo)
            after = read_catalog(world.conn)
            assert world.changes() == []
            assert fingerprint(after) == fingerprint(world.base)
            undone = True
    finally:
        if not undone:
            world.renew()


LABELS = {"security_label"}
"""Kinds without a case: a provider of labels would have to be loaded."""
PART_OF_IDENTITY = {
    "table", "domain", "server of user_mapping", "role of default_privileges", "role of role_setting",
    "role of role_membership", "member of role_membership",
}  # fmt: skip
NOT_TO_BE_CHANGED = {
    "rules of collation", "deterministic of collation",  # need ICU
    "encoding of database", "collate of database", "ctype of database", "provider of database", "locale of database",
}  # fmt: skip


def test_the_base_database_has_every_kind_that_is_read(world: World) -> None:
    asked = {query.kind for query in queries(world.base.server_version)}
    assert asked - {obj.id.kind for obj in world.base} == LABELS


def test_every_facet_that_is_read_is_changed_by_some_case(world: World) -> None:
    changed = set()
    for case in cases("changes"):
        for line in case.expect:
            if line.startswith("changed "):
                kind, facets = line.split()[1], line.rpartition(": ")[2]
                changed |= {f"{facet} of {SAME_QUERY.get(kind, kind)}" for facet in facets.split(", ")}
    missing = set()
    for query in queries(world.base.server_version):
        described = world.conn.execute(f"select * from ({query.text}) q limit 0".encode()).description or []
        facets = {column.name for column in described} - {"kind", "schema", "identity", "acl_default"}
        named = {f"{facet} of {query.kind}" for facet in facets - PART_OF_IDENTITY if query.kind not in LABELS}
        missing |= named - changed - PART_OF_IDENTITY - NOT_TO_BE_CHANGED
    assert missing == set()


SAME_QUERY = {"foreign_table": "table", "procedure": "function", "aggregate": "function"}
