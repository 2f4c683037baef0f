"""The forms that do not keep writers out for long arrive at the same schema as the plain ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from driftwatch.core.kinds.rules import Context
from driftwatch.core.plan_text import make_plan

from catalog_world import SUPERUSER, running_cluster
from plan_world import PlanWorld, run, schema


@dataclass(frozen=True)
class Case:
    """forms: the statements that lead from before to after, in their order."""

    name: str
    before: str
    after: str
    forms: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


_AB = "create table a (id int primary key); create table b (a int, n int);"
_ROWS = "insert into a values (1); insert into b values (1, 2);"
_PARTED = "create table m (id int not null, v int) partition by range (id); create table m1 partition of m default;"
_ADD_B = "ALTER TABLE public.b ADD CONSTRAINT"
_CHECK_B = "ALTER TABLE public.b VALIDATE CONSTRAINT"
_UNIQUE_B = "CREATE UNIQUE INDEX CONCURRENTLY"

CASES = (
    Case(
        "foreign key",
        _AB + _ROWS,
        _AB + "alter table b add constraint f foreign key (a) references a on delete cascade;",
        (
            f"{_ADD_B} f FOREIGN KEY (a) REFERENCES public.a(id) ON DELETE CASCADE NOT VALID",
            f"{_CHECK_B} f",
        ),
    ),
    Case(
        "deferred foreign key",
        _AB + _ROWS,
        _AB + "alter table b add constraint f foreign key (a) references a deferrable initially deferred;",
        (
            f"{_ADD_B} f FOREIGN KEY (a) REFERENCES public.a(id) DEFERRABLE INITIALLY DEFERRED NOT VALID",
            f"{_CHECK_B} f",
        ),
    ),
    Case(
        "check with a name that needs quotes",
        _AB + _ROWS,
        _AB + """alter table b add constraint "Odd name" check (n > 0);""",
        (f"""{_ADD_B} "Odd name" CHECK ((n > 0)) NOT VALID""", f"""{_CHECK_B} "Odd name\""""),
    ),
    Case(
        "check without inheritance",
        _AB + _ROWS + "create table c () inherits (b); insert into c values (-1, -1);",
        _AB + "create table c () inherits (b); alter table b add constraint k check (n > 0) no inherit;",
        (f"{_ADD_B} k CHECK ((n > 0)) NO INHERIT NOT VALID", f"{_CHECK_B} k"),
    ),
    Case(
        "check of a partitioned table",
        _PARTED,
        _PARTED + "alter table m add constraint k check (v > 0);",
        (
            "ALTER TABLE public.m ADD CONSTRAINT k CHECK ((v > 0)) NOT VALID",
            "ALTER TABLE public.m VALIDATE CONSTRAINT k",
        ),
    ),
    Case(
        "primary key over what may be null",
        _AB + _ROWS,
        _AB + "alter table b add constraint p primary key (a);",
        (
            f"{_ADD_B} a_is_not_null CHECK (a IS NOT NULL) NOT VALID",
            f"{_CHECK_B} a_is_not_null",
            "ALTER TABLE public.b ALTER COLUMN a SET NOT NULL",
            "ALTER TABLE public.b DROP CONSTRAINT a_is_not_null",
            f"{_UNIQUE_B} p ON public.b (a)",
            f"{_ADD_B} p PRIMARY KEY USING INDEX p",
        ),
    ),
    Case(
        "unique, with all that it may have",
        _AB + _ROWS,
        _AB + "alter table b add constraint u unique nulls not distinct (n) include (a) deferrable initially deferred;"
        " comment on constraint u on b is 'one each';",
        (
            f"{_UNIQUE_B} u ON public.b (n) INCLUDE (a) NULLS NOT DISTINCT",
            f"{_ADD_B} u UNIQUE USING INDEX u DEFERRABLE INITIALLY DEFERRED",
            "COMMENT ON CONSTRAINT u ON public.b IS 'one each'",
        ),
    ),
    Case(
        "unique with a storage parameter",
        _AB + _ROWS,
        _AB + "alter table b add constraint u unique (n) with (fillfactor = 70);",
        (
            f"{_UNIQUE_B} u ON public.b (n)",
            f"{_ADD_B} u UNIQUE USING INDEX u",
            "ALTER INDEX public.u SET (fillfactor=70)",
        ),
    ),
    Case(
        "unique of a partitioned table, which has no such form",
        _PARTED,
        _PARTED + "alter table m add constraint u unique (id);",
        (
            "ALTER TABLE public.m1 ADD CONSTRAINT m1_id_key UNIQUE (id)",
            "ALTER TABLE public.m ADD CONSTRAINT u UNIQUE (id)",
        ),
    ),
    Case(
        "not null where the name is taken",
        _AB + "alter table b add constraint n_is_not_null check (n > 0);" + _ROWS,
        _AB + "alter table b add constraint n_is_not_null check (n > 0), alter n set not null;",
        (
            f"{_ADD_B} n_is_not_null1 CHECK (n IS NOT NULL) NOT VALID",
            f"{_CHECK_B} n_is_not_null1",
            "ALTER TABLE public.b ALTER COLUMN n SET NOT NULL",
            "ALTER TABLE public.b DROP CONSTRAINT n_is_not_null1",
        ),
    ),
    Case(
        "not null of a partitioned table",
        _PARTED,
        _PARTED + "alter table m alter v set not null;",
        (
            "ALTER TABLE public.m ADD CONSTRAINT v_is_not_null CHECK (v IS NOT NULL) NOT VALID",
            "ALTER TABLE public.m VALIDATE CONSTRAINT v_is_not_null",
            "ALTER TABLE public.m ALTER COLUMN v SET NOT NULL",
            "ALTER TABLE public.m DROP CONSTRAINT v_is_not_null",
        ),
    ),
    Case(
        "indexes come and go",
        _AB + "create index i on b (a); create index j on b (n);" + _ROWS,
        _AB + "create unique index i on b (a); create index k on b (n) where a > 0;",
        (
            "DROP INDEX CONCURRENTLY public.i",
            "CREATE UNIQUE INDEX CONCURRENTLY i ON public.b USING btree (a)",
            "CREATE INDEX CONCURRENTLY k ON public.b USING btree (n) WHERE (a > 0)",
            "DROP INDEX CONCURRENTLY public.j",
        ),
    ),
    Case(
        "index of a partitioned table goes as ever",
        _PARTED + "create index i on m (v);",
        _PARTED,
        ("DROP INDEX public.i",),
    ),
    Case(
        "index of a materialised view",
        "create materialized view v as select 1 as a; create index i on v (a);",
        "create materialized view v as select 1 as a; create index j on v (a);",
        (
            "CREATE INDEX CONCURRENTLY j ON public.v USING btree (a)",
            "DROP INDEX CONCURRENTLY public.i",
        ),
    ),
    Case(
        "tables that are made in the same plan have no rows yet",
        "create table a (id int primary key);",
        "create table a (id int primary key); create table b (a int not null unique references a check (a > 0));"
        " create index i on b (a);",
        (
            "CREATE TABLE public.b (\n  a integer NOT NULL,\n  CONSTRAINT b_a_key UNIQUE (a),"
            "\n  CONSTRAINT b_a_check CHECK ((a > 0)),"
            "\n  CONSTRAINT b_a_fkey FOREIGN KEY (a) REFERENCES public.a(id)\n)",
            "CREATE INDEX i ON public.b USING btree (a)",
        ),
    ),
    Case(
        "a primary key with those who point at it",
        "create table a (id int not null, k int not null, constraint p primary key (id));"
        " create table b (a int, constraint f foreign key (a) references a);",
        "create table a (id int not null, k int not null, constraint p primary key (k));"
        " create table b (a int, constraint f foreign key (a) references a);",
        (
            "ALTER TABLE public.b DROP CONSTRAINT f",
            "ALTER TABLE public.a DROP CONSTRAINT p",
            f"{_UNIQUE_B} p ON public.a (k)",
            "ALTER TABLE public.a ADD CONSTRAINT p PRIMARY KEY USING INDEX p",
            f"{_ADD_B} f FOREIGN KEY (a) REFERENCES public.a(k) NOT VALID",
            f"{_CHECK_B} f",
        ),
    ),
)


@pytest.fixture(scope="module")
def world(cache_dir: Path) -> Iterator[PlanWorld]:
    with running_cluster(cache_dir) as cluster:
        world = PlanWorld(cluster)
        yield world
        world.close()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_online_plan_arrives_by_these_statements(world: PlanWorld, case: Case) -> None:
    outcome = world.turn(case.before, case.after, online=True)
    assert outcome.left == ()
    assert outcome.dump == ()
    assert tuple(step.sql for step in outcome.plan.steps) == case.forms


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_online_plan_goes_back(world: PlanWorld, case: Case) -> None:
    outcome = world.turn(case.after, case.before, online=True)
    assert outcome.left == ()
    assert outcome.dump == ()


def test_not_null_takes_the_word_of_the_check(world: PlanWorld) -> None:
    before, after = "create table t (a int); insert into t values (1)", "create table t (a int not null)"
    said: list[str] = []
    with world.sides(before, after) as (here, there):
        plan = make_plan(Context(schema(here), schema(there), creator=SUPERUSER, online=True))
        here.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
        here.execute("set client_min_messages = debug1")
        run(here, plan, in_transactions=True)
    assert any("sufficient to prove" in one for one in said)


def test_nothing_online_keeps_writers_out(world: PlanWorld) -> None:
    after = _AB + (
        "alter table b add constraint f foreign key (a) references a, add constraint u unique (n),"
        " add constraint k check (n > 0), alter n set not null; create index i on b (a)"
    )
    with world.sides(_AB, after) as (here, there):
        sides = schema(here), schema(there)
        dangers = [
            {hazard.danger for hazard in make_plan(Context(*sides, creator=SUPERUSER, online=online)).hazards}
            for online in (False, True)
        ]
    assert "lock" in dangers[0]
    assert "lock" not in dangers[1]
