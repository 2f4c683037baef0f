"""Every pair of schemas is turned into the other and back, by statements that all run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.core.plan_text import as_sql

from catalog_world import running_cluster
from plan_world import Pair, PlanWorld, pairs

SAMPLE = 8
"""Of so many pairs one is planned from all of both sides too: most of a test's time is reading catalogs."""


@pytest.fixture(scope="module")
def world(cache_dir: Path) -> Iterator[PlanWorld]:
    with running_cluster(cache_dir) as cluster:
        world = PlanWorld(cluster)
        yield world
        world.close()


@pytest.mark.parametrize(("number", "pair"), list(enumerate(pairs())), ids=str)
def test_plans_arrive_where_they_are_meant_to(world: PlanWorld, number: int, pair: Pair) -> None:
    if world.cluster.installation.major * 10000 < pair.from_version:
        pytest.skip("another version of Postgres")
    for direction, outcome in world.both_ways(pair.before, pair.after, whole=number % SAMPLE == 0).items():
        assert outcome.left == (), direction
        assert outcome.dump == (), direction
        assert outcome.whole == as_sql(outcome.plan), direction
        assert outcome.plan.unplanned == (), direction
