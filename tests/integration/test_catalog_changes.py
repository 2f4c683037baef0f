"""Every single change of a schema is seen as exactly what it is, and taking it back gives the old fingerprint."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driftwatch.core.fingerprint import fingerprint
from driftwatch.postgres import installation
from driftwatch.postgres.read_catalog import queries, read_catalog

from catalog_world import Case, World, cases, running_cluster

DEFAULT = 17
MAJORS = (15, 16, 18)
EVERYWHERE = "CATALOG_EVERYWHERE" in os.environ
"""Whether to try every case on every Postgres here, not only where the default one is too old or too new for it."""


@pytest.fixture(scope="module")
def worlds(cache_dir: Path) -> Iterator[Callable[[int], World]]:
    """A world by major version. Skips where there is none."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def world_of(major: int) -> World | None:
            found = installation.find(major=major)
            if major != DEFAULT and found.major != major:
                return None
            world = World(stack.enter_context(running_cluster(cache_dir, found)).conninfo())
            stack.callback(world.close)
            return world

        def get(major: int) -> World:
            world = world_of(major)
            if world is None:
                pytest.skip(f"no Postgres {major} here")
            return world

        yield get


@pytest.fixture
def world(worlds: Callable[[int], World]) -> World:
    return worlds(DEFAULT)


def fits(case: Case, major: int) -> bool:
    return case.min_version <= major * 10000 < case.max_version


def tried() -> Iterator[tuple[int, Case]]:
    """Every case on the default Postgres, and on others what only they have."""
    for case in cases("changes"):
        for major in (DEFAULT, *MAJORS):
            elsewhere = EVERYWHERE or case.needs_icu or not fits(case, DEFAULT)
            if fits(case, major) and (major == DEFAULT or elsewhere):
                yield major, case


@pytest.mark.parametrize(("major", "case"), list(tried()), ids=str)
def test_a_single_change_is_seen_as_what_it_is(worlds: Callable[[int], World], major: int, case: Case) -> None:
    world = worlds(major)
    if case.needs_icu and not world.has_icu():
        pytest.skip("built without ICU")
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
    "bootstrap of role", "initial of system_grant",  # fixed when the server was made
    "rules of database", "tablespace of database",  # fixed when a database is made, or while nobody is connected
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
