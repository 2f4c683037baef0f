"""Between a realistic database and what random DDL makes of it there is a plan that arrives, and one back.

For a long run: PLAN_EXAMPLES (pairs of each shape), PLAN_SEED (the first one's number), PLAN_MAJOR (on which Postgres).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from driftwatch.postgres import installation

from catalog_world import running_cluster
from oracle.schema_pairs import SchemaPairs
from plan_world import PlanWorld

EXAMPLES = int(os.environ.get("PLAN_EXAMPLES", "3"))
SEED = int(os.environ.get("PLAN_SEED", "0"))
SHAPES = ((0, 1), (0, 4), (3, 5))
"""How many statements have run in the one database, and how many in the other."""


@pytest.fixture(scope="module")
def pairs(cache_dir: Path) -> Iterator[SchemaPairs]:
    major = int(os.environ.get("PLAN_MAJOR", "17"))
    found = installation.find(major=major)
    if found.major != major:
        pytest.skip(f"no Postgres {major} here")
    with running_cluster(cache_dir, found) as cluster:
        world = PlanWorld(cluster)
        yield SchemaPairs(world)
        world.close()


@pytest.mark.parametrize("number", range(SEED, SEED + EXAMPLES))
@pytest.mark.parametrize(("one", "other"), SHAPES)
def test_a_plan_between_what_random_statements_make_arrives(
    pairs: SchemaPairs, one: int, other: int, number: int
) -> None:
    rng = Random(f"{one} {other} {number}")
    ran = pairs.make("one", one, rng), pairs.make("other", other, rng)
    assert pairs.left("one", "other") == [], ran
    assert pairs.left("other", "one") == [], ran
