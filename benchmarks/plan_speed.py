"""How long a plan takes between two large schemas that differ in twenty places, part by part."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from driftwatch.core.kinds.reach import schemas_between
from driftwatch.core.kinds.rules import Context
from driftwatch.core.plan_text import as_sql, make_plan
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.read_dependencies import read_dependencies

from benchmarks.generate import grow
from plan_world import PlanWorld

ROUNDS = 5
Side = psycopg.Connection[Any]
CHANGES = """
alter table bench.t1 add column extra int default 3;
alter table bench.t2 drop column note;
alter table bench.t3 alter column quantity type bigint;
alter table bench.t4 alter column kind drop default;
alter table bench.t5 alter column note set not null;
alter table bench.t6 add constraint few check (quantity < 1000);
alter table bench.t7 drop constraint t7_amount_check;
drop index bench.t8_lower;
create index t9_tags on bench.t9 using gin (tags);
alter policy read_own on bench.t10 using (active);
drop policy write_own on bench.t11;
grant delete on bench.t12 to bench_reader;
revoke select on bench.t13 from bench_reader;
comment on table bench.t14 is 'changed';
drop trigger touch on bench.t15;
alter table bench.t16 add constraint to_other foreign key (id) references bench.t17 (id);
create view bench.overview as select t.id, t.name from bench.t18 t;
drop table bench.t19;
create table bench.added (id int primary key, at timestamptz default now());
create or replace function bench.touch() returns trigger language plpgsql as 'begin return new; end';
"""


def run(world: PlanWorld, tables: int) -> None:
    """Prints how long each part takes."""
    with world.database("") as first:
        name = first.info.dbname
        grow(first, 0, tables)
        first.close()
        with world.connect("postgres") as admin:
            admin.execute(f"create database {name}_changed template {name}".encode())
            try:
                with world.connect(name) as here, world.connect(f"{name}_changed") as there:
                    there.execute(CHANGES.encode())
                    _print(here, there, tables, world.user)
            finally:
                admin.execute(f"drop database {name}_changed with (force)".encode())


def _print(here: Side, there: Side, tables: int, user: str) -> None:
    readers = partial(read_dependencies, here), partial(read_dependencies, there)
    one, other = read_catalog(here), read_catalog(there)
    sides = schemas_between(one, other, *readers)
    plan = make_plan(Context(*sides, user))
    print(f"{tables} tables, {len(one)} objects on each side, of which the plan can touch {len(sides[0].catalog)}")
    print(f"{len(plan.steps)} statements, {len(as_sql(plan))} characters; medians of {ROUNDS}, in seconds")
    print(f"{'':<34}{'wall':>8}{'own':>8}{'server':>8}")
    for what, work in {
        "reading both catalogs": lambda: (read_catalog(here), read_catalog(there)),
        "comparing, reading dependencies": lambda: schemas_between(one, other, *readers),
        "the plan and its SQL": lambda: as_sql(make_plan(Context(*sides, user))),
    }.items():
        taken = [_taken(work, (here, there)) for _ in range(ROUNDS)]
        print(f"{what:<34}" + "".join(f"{statistics.median(column):>8.3f}" for column in zip(*taken, strict=True)))


def _taken(work: Callable[[], object], sides: tuple[Side, Side]) -> tuple[float, float, float]:
    """Seconds on the clock, and CPU seconds of this process and of the server: the rest is waiting for others."""
    start, own, server = time.perf_counter(), time.process_time(), sum(map(_server_cpu, sides))
    work()
    return (
        time.perf_counter() - start,
        time.process_time() - own,
        sum(map(_server_cpu, sides)) - server,
    )


def _server_cpu(side: Side) -> float:
    """CPU seconds of a session's own process, where Linux tells."""
    stat = Path(f"/proc/{side.info.backend_pid}/stat")
    fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * 13
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
