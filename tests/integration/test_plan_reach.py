"""A plan is the same whether both schemas are looked at as a whole, or only what it can touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest
from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value
from driftwatch.core.kinds.parts import RELATIONS, schema_of
from driftwatch.core.kinds.reach import schemas_between
from driftwatch.core.kinds.rules import Context
from driftwatch.core.plan_text import as_sql, make_plan
from driftwatch.postgres.read_dependencies import read_dependencies

from catalog_world import World, running_cluster
from plan_world import PlanWorld, schemas

SAMPLE = 80
PARTS = {"column", "constraint", "trigger"}


@pytest.fixture(scope="module")
def world(cache_dir: Path) -> Iterator[World]:
    with running_cluster(cache_dir) as cluster:
        world = World(cluster.conninfo())
        yield world
        world.close()


@pytest.fixture(scope="module")
def pairs(cache_dir: Path) -> Iterator[PlanWorld]:
    with running_cluster(cache_dir) as cluster:
        world = PlanWorld(cluster)
        yield world
        world.close()


def test_whatever_differs_the_plan_is_that_of_the_whole_schemas(world: World) -> None:
    needs = read_dependencies(world.conn)
    reader = partial(read_dependencies, world.conn)
    for name, changed in Random(1).sample(list(_changes(world.base)), SAMPLE):
        for sides in ((world.base, changed), (changed, world.base)):
            whole = make_plan(Context(*(schema_of(side, needs) for side in sides)))
            part = make_plan(Context(*schemas_between(*sides, reader, reader)))
            assert as_sql(part) == as_sql(whole), name


def _changes(base: Catalog) -> Iterator[tuple[str, Catalog]]:
    """The catalog without one object and its parts, and with one facet changed. No role: it goes last."""
    for id_, obj in base.objects.items():
        if id_.kind == "role":
            continue
        kept = {other: one for other, one in base.objects.items() if other != id_ and not _is_part(one, id_)}
        yield f"without {id_}", replace(base, objects=kept)
        for name, value in obj.facets.items():
            if name not in ("table", "owned_by") and (other := _another(value)) is not None:
                changed = replace(obj, facets={**obj.facets, name: other})
                yield f"{name} of {id_}", replace(base, objects={**base.objects, id_: changed})


def _is_part(obj: DbObject, whole: ObjectId) -> bool:
    return whole.kind in RELATIONS and obj.facets.get("table") == whole.identity


def _another(value: Value) -> Value:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value[:-1] if isinstance(value, tuple) else None


COMMON = """
create function bump() returns trigger language plpgsql as 'begin return new; end';
create type mood as enum ('sad', 'ok');
create table a (id int primary key);
create table b (id int primary key, a int references a, c int, d mood default 'ok');
create view v as select b.c from b;
create table e (id int primary key, f int);
create trigger bumped before update on e for each row execute function bump();
"""


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        ("alter table e add g int", {"e.id", "e.f", "e.g", "e_pkey on e", "bumped on e"}),
        ("drop table a cascade", {"a.id", "a_pkey on a", "b_a_fkey on b", "b.id", "b.a", "b.c", "b.d", "b_pkey on b"}),
        ("alter type mood add value 'fine'", {"b.d"}),
        ("create or replace function bump() returns trigger language plpgsql as 'begin return old; end'", set()),
        ("comment on type mood is 'how one feels'", set()),
        ("create table f (e int references e)", {"f.e", "f_e_fkey on f", "e.id", "e_pkey on e"}),
    ],
)
def test_what_nothing_reaches_is_left_out(pairs: PlanWorld, change: str, reached: set[str]) -> None:
    with pairs.sides(COMMON, f"{COMMON};{change}") as (here, there):
        before, after = schemas(here, there)
    parts = (id_ for side in (before, after) for id_ in side.catalog.objects if id_.kind in PARTS)
    assert {id_.identity.replace("public.", "") for id_ in parts} == reached
