"""Every pair of schemas is turned into the other and back, by statements that all run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.core.plan_text import as_sql

from catalog_world import running_cluster
from plan_world import Pair, PlanWorld, pairs


@pytest.fixture(scope="module")
def world(cache_dir: Path) -> Iterator[PlanWorld]:
    with running_cluster(cache_dir) as cluster:
        world = PlanWorld(cluster)
        yield world
        world.close()


@pytest.mark.parametrize("direction", ["forward", "back"])
@pytest.mark.parametrize("pair", pairs(), ids=str)
def test_a_plan_arrives_where_it_is_meant_to(world: PlanWorld, pair: Pair, direction: str) -> None:
    if world.cluster.installation.major * 10000 < pair.from_version:
        pytest.skip("another version of Postgres")
    before, after = (pair.before, pair.after) if direction == "forward" else (pair.after, pair.before)
    outcome = world.turn(before, after)
    assert outcome.left == ()
    assert outcome.dump == ()
    assert outcome.whole == as_sql(outcome.plan)
    assert outcome.plan.unplanned == ()
