"""Every single change of a schema is seen as exactly what it is, and taking it back gives the old fingerprint."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driftwatch.core.fingerprint import fingerprint
from driftwatch.postgres.read_catalog import queries, read_catalog

from catalog_world import FOLDER, Case, World, cases, running_cluster


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with running_cluster() as cluster:
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


def test_the_base_database_has_every_kind_that_is_read(world: World) -> None:
    kinds = {obj.id.kind for obj in world.base}
    asked = {query.kind for query in queries(world.base.server_version)}
    assert asked - kinds == {"security_label", "tablespace"}  # a label provider and a directory are needed for them


def test_every_kind_of_the_base_database_is_changed_by_some_case() -> None:
    expected = " ".join(line for case in cases("changes") for line in case.expect)
    for path in (FOLDER.parents[2] / "driftwatch" / "postgres" / "sql" / "catalog").glob("*.sql"):
        if path.stem not in {"security_label", "tablespace"}:
            assert f" {path.stem} " in expected, path.stem
