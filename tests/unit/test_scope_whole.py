"""A server for itself: all that a dump of it has, and nothing that no dump has."""

from __future__ import annotations

import pytest
from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value
from driftwatch.core.scope import apply_scope
from driftwatch.core.scope_whole import whole


def kept(kind: str, identity: str, schema: str = "", **facets: Value) -> Catalog:
    return apply_scope(Catalog.of([DbObject(ObjectId(kind, identity), schema, facets)], 170000), whole())


@pytest.mark.parametrize(
    ("kind", "identity"),
    [
        ("role", "boss"),
        ("tablespace", "fast"),
        ("database", "this database"),
        ("parameter_grant", "work_mem"),
        ("system_grant", "function pg_catalog.pg_sleep(pg_catalog.float8)"),
        ("system_grant", "schema pg_catalog"),
        ("system_grant", "language plpgsql"),
        ("extension", "plpgsql"),
    ],
)
def test_what_belongs_to_the_server_counts(kind: str, identity: str) -> None:
    assert len(kept(kind, identity)) == 1


@pytest.mark.parametrize("identity", ["schema information_schema", "view information_schema.tables", "language sql"])
def test_grants_that_no_dump_has_do_not_count_and_are_said(identity: str) -> None:
    catalog = kept("system_grant", identity)
    assert len(catalog) == 0
    assert [left.what for left in catalog.not_compared] == [f"system_grant {identity}"]


def test_whether_a_subscription_is_switched_on_does_not_count_and_is_said() -> None:
    catalog = kept("subscription", "s", enabled=True, slot="s")
    assert [dict(obj.facets) for obj in catalog] == [{"slot": "s"}]
    assert "whether subscriptions are switched on" in [left.what for left in catalog.not_compared]


def test_driftwatchs_own_does_not_count() -> None:
    assert len(kept("table", "driftwatch.runs", "driftwatch")) == 0
