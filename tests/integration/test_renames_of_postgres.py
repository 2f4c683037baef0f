"""What Postgres makes of a rename, in whatever refers to it, is told as that one rename."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.core.drift import compare
from driftwatch.core.report import entries
from driftwatch.postgres.read_catalog import read_catalog

from catalog_world import World, running_cluster


@pytest.fixture(scope="module")
def world(cache_dir: Path) -> Iterator[World]:
    with running_cluster(cache_dir) as cluster:
        world = World(cluster.conninfo())
        yield world
        world.close()


RENAMES = [
    ("alter table app.{} rename to {}", "orders", "purchases", "table", True),
    ("alter table app.{} rename to {}", "customers", "clients", "table", True),
    ("alter table app.{} rename to {}", "events", '"Happ enings"', "table", True),
    ("alter table app.orders rename column {} to {}", "price", '"a.b"', "column", True),
    ("alter table app.orders rename column {} to {}", "note", "remark", "column", True),
    ("alter function app.{} rename to {}", "touch()", "touched", "function", True),
    ("alter policy {} on app.orders rename to {}", '"own orders"', "mine", "policy", False),
    ("alter index app.{} rename to {}", "orders_customer", "by_customer", "index", False),
    ("alter table app.customers rename constraint {} to {}", "name_not_empty", "named", "constraint", False),
    ("alter view app.{} rename to {}", "order_view", "seen_orders", "view", False),
    ("alter materialized view app.{} rename to {}", "order_totals", "sums", "materialized_view", True),
    ("alter type app.{} rename to {}", "mood", "feeling", "type", True),
    ("alter type app.mood rename value '{}' to '{}'", "ok", "fine", "enum_label", True),
    ("alter domain app.{} rename to {}", "email", "mail", "domain", True),
    ("alter trigger {} on app.orders rename to {}", "orders_touch", "touching", "trigger", False),
    ("alter sequence app.{} rename to {}", "ticket", "number", "sequence", False),
    ("alter rule {} on app.orders rename to {}", "orders_no_delete", "keep", "rule", False),
    ("alter schema {} rename to {}", "app", "shop", "schema", True),
]


@pytest.mark.parametrize(
    ("sql", "old", "new", "kind", "certain"), RENAMES, ids=[f"{one[3]} {one[1]}" for one in RENAMES]
)
def test_a_rename_and_all_that_follows_from_it_is_one_entry(
    world: World, sql: str, old: str, new: str, kind: str, certain: bool
) -> None:
    world.run(sql.format(old, new))
    try:
        [entry] = entries(compare(world.base, read_catalog(world.conn)))
        assert entry.rename is not None
        assert (entry.rename.kind, entry.rename.certain) == (kind, certain)
        assert old.removesuffix("()") in entry.rename.before
        assert new in entry.rename.after
    finally:
        world.run(sql.format(f"{new}()" if old.endswith("()") else new, old.removesuffix("()")))
    assert world.changes() == []
