"""Rows in random schemas: no plan loses any without saying so, or stops at them without saying that it may.

PLAN_EXAMPLES asks for more of them, PLAN_SEED for others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from driftwatch.core.kinds.rules import Context, Step
from driftwatch.core.plan_text import Plan, make_plan
from driftwatch.postgres.seed_rows import seed_rows

from catalog_world import running_cluster
from plan_world import PlanWorld, schemas
from schema_generator import schema

EXAMPLES = int(os.environ.get("PLAN_EXAMPLES", "10"))
SEED = int(os.environ.get("PLAN_SEED", "0"))
_TABLES = """
select format('%I.%I', n.nspname, c.relname), c.relkind = 'p', c.relispartition
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and n.nspname = 'public' order by 1
"""
_COLUMNS = """
select quote_ident(attname), format_type(atttypid, atttypmod), pg_get_serial_sequence(attrelid::regclass::text, attname)
  from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''
"""


@dataclass(frozen=True)
class Rows:
    """count: of a table. values: of its columns, by name and type, as text. behind: whose next number is taken."""

    count: int
    values: dict[tuple[str, str], list[str]]
    behind: frozenset[str]


@pytest.fixture(scope="module")
def world(cache_dir: Path) -> Iterator[PlanWorld]:
    with running_cluster(cache_dir) as cluster:
        world = PlanWorld(cluster)
        yield world
        world.close()


@pytest.mark.parametrize("seed", range(SEED, SEED + EXAMPLES))
def test_nothing_happens_to_rows_that_was_not_announced(world: PlanWorld, seed: int) -> None:
    one, other = schema(seed), schema(seed + 1_000_000, seed)
    for before, after in ((one, other), (other, one)):
        with world.sides(before, after) as (here, there):
            seed_rows(here, [name for name, _, partition in _ask(here, _TABLES) if not partition])
            plan = make_plan(Context(*schemas(here, there), world.user, database=here.info.dbname))
            rows = _rows(here)
            refused = _run(here, plan)
            if refused is None:
                assert _unsaid(plan, rows, _rows(here)) == []
            else:
                assert "may fail" in {hazard.danger for hazard in refused.hazards}, refused


def _run(conn: psycopg.Connection, plan: Plan) -> Step | None:
    """The statement that Postgres refuses, None when it takes all."""
    if plan.bodies_later:
        conn.execute("set check_function_bodies = off")
    for step in (step for planned in plan.planned for step in planned.steps if step.sql):
        try:
            conn.execute(step.sql.encode())
        except psycopg.Error:
            return step
    return None


def _unsaid(plan: Plan, before: dict[str, Rows], after: dict[str, Rows]) -> list[str]:
    """What happened to the rows of tables that are still there, and no hazard tells of."""
    words = " ".join(
        hazard.what
        for planned in plan.planned
        for step in planned.steps
        for hazard in step.hazards
        if hazard.danger == "data destroyed"
    )
    found = []
    for table, rows in before.items():
        now = after.get(table)
        if now is None or table in words:
            continue
        found += [f"{table}: {rows.count} rows became {now.count}"] if now.count < rows.count else []
        found += [f"{table}.{column[0]}" for column, is_ in now.values.items() if rows.values.get(column, is_) != is_]
        found += [f"the next {table}.{column} is taken" for column in now.behind - rows.behind]
    return found


def _rows(conn: psycopg.Connection) -> dict[str, Rows]:
    conn.execute("set search_path = ''")
    found = {}
    for table, partitioned, _ in _ask(conn, _TABLES):
        whole = table if partitioned else f"only {table}"
        values, behind = {}, set()
        for name, type_, sequence in conn.execute(_COLUMNS, [table]).fetchall():
            if "." not in type_:  # a type of the user's own may write its values in another way
                values[name, type_] = sorted(str(value) for (value,) in _ask(conn, f"select {name}::text from {whole}"))
            if sequence is not None:
                taken = f"select last_value + is_called::int <= (select max({name}) from {table}) from {sequence}"
                behind |= {name} if _ask(conn, taken)[0][0] else set()
        found[table] = Rows(_ask(conn, f"select count(*) from {whole}")[0][0], values, frozenset(behind))
    conn.execute("reset search_path")
    return found


def _ask(conn: psycopg.Connection, sql: str) -> list[tuple[Any, ...]]:
    return conn.execute(sql.encode()).fetchall()
