"""Between any two schemas of a generator there is a plan that arrives. PLAN_EXAMPLES asks for more of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.core.plan_text import as_sql
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_world import running_cluster
from plan_world import PlanWorld
from schema_generator import schema

EXAMPLES = int(os.environ.get("PLAN_EXAMPLES", "12"))


@pytest.fixture(scope="module")
def world(cache_dir: Path) -> Iterator[PlanWorld]:
    with running_cluster(cache_dir) as cluster:
        world = PlanWorld(cluster)
        yield world
        world.close()


@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(one=st.integers(0, 10**6), other=st.integers(0, 10**6), alike=st.booleans())
def test_a_plan_between_random_schemas_arrives(world: PlanWorld, one: int, other: int, alike: bool) -> None:
    outcome = world.turn(schema(one), schema(other, one if alike else None))
    assert outcome.left == ()
    assert outcome.dump == ()
    assert outcome.whole == as_sql(outcome.plan)
