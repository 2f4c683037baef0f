"""Statements are timed on tables that are filled with as many made-up rows as they take."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from driftwatch.core.migrations import Migration
from driftwatch.core.observed import Size
from driftwatch.core.pace import Pace
from driftwatch.postgres.pace import Ground, measure
from driftwatch.postgres.shadow import Shadows

BASE = """
create type public.mood as enum ('happy', 'sad');
create domain public.slug as text check (value ~ '^[0-9a-f]+$');
create table public.customers (id uuid primary key default gen_random_uuid(), email varchar(20) not null unique);
create table public.profiles (id uuid primary key references public.customers, name text check (name <> ''));
create table public.orders (
    id bigint generated always as identity primary key,
    customer integer,
    status text not null check (status in ('new', 'paid')),
    stars smallint check (stars between 1 and 5),
    total numeric(4, 2),
    cents integer not null,
    feeling public.mood,
    slug public.slug,
    note varchar(12) not null,
    "odd name" timestamptz,
    twice integer generated always as (cents / 2) stored
);
create table public.codes (code text not null check (code ~ '^[A-Z]{3}$'));
create table public.nothing ();
create table public.events (id bigint, at date not null, primary key (id, at)) partition by range (at);
create table public.events_2024 partition of public.events for values from ('2024-01-01') to ('2025-01-01');
"""
ORDERS = "public.orders"


@pytest.fixture(scope="module")
def ground(shadows: Shadows) -> Shadows:
    made = Shadows(replace(shadows.options, base=BASE))
    made.ensure_base()
    return made


def paces(
    ground: Shadows, *texts: str, table: str = ORDERS, rows_from: int = 0, seconds: float = 600
) -> dict[tuple[str, int], Pace]:
    """What is measured of all lines of the files 1_m.sql, 2_m.sql …"""
    migrations = [Migration(str(n), "m", f"{n}_m.sql", text) for n, text in enumerate(texts, 1)]
    wanted = {(one.filename, 1 + line) for one in migrations for line in range(len(one.text.splitlines()))}
    opened = Ground(lambda: ground.open(ground.base_key), migrations, rows_from, time.monotonic() + seconds)
    return measure(opened, table, wanted)


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("alter table orders alter column customer type bigint;", ORDERS),
        ("create index on orders (cents);", ORDERS),
        ("alter table orders add unique (note);", ORDERS),
        ("alter table orders alter column total set not null;", ORDERS),
        ("update orders set cents = cents + 1;", ORDERS),
        ("vacuum full orders;", ORDERS),
        ("alter table profiles alter column name set not null;", "public.profiles"),
        ("create index on events_2024 (id);", "public.events_2024"),
        ("update customers set email = email;", "public.customers"),
    ],
)
def test_what_takes_as_long_as_a_table_is_big_is_timed_with_many_rows(ground: Shadows, sql: str, table: str) -> None:
    (pace,) = paces(ground, sql, table=table).values()
    assert 10_000 <= pace.smaller.rows < pace.larger.rows
    assert 500_000 < pace.smaller.bytes < pace.larger.bytes
    assert pace.smaller.seconds > 0
    assert pace.larger.seconds > 0


def test_a_table_of_a_hundred_times_the_size_takes_longer(ground: Shadows) -> None:
    (pace,) = paces(ground, "update orders set cents = cents + 1;").values()
    here, there = (pace.seconds(Size(n * 1_000_000, n * 200_000_000), sorts=False) for n in (1, 100))
    assert here is not None
    assert there is not None
    assert there > 10 * here > 0


def test_where_values_that_differ_are_in_the_way_they_are_alike(ground: Shadows) -> None:
    """A made-up customer that nobody has: the copies of the first row all have the first one."""
    people = "create table people (id int primary key); insert into people values (1), (2);"
    assert paces(ground, f"{people}\nalter table orders add foreign key (customer) references people;")


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("alter table codes alter column code type varchar;", "public.codes"),
        ("alter table orders add unique (status);", ORDERS),
        ("alter table orders alter column customer type bigint; alter table orders add unique (status);", ORDERS),
        ("alter table orders alter column customer type bigint;", "public.gone"),
    ],
)
def test_what_can_not_be_measured_leaves_a_gap(ground: Shadows, sql: str, table: str) -> None:
    assert paces(ground, sql, table=table) == {}


def test_a_table_without_columns_is_filled_too(ground: Shadows) -> None:
    assert paces(ground, "alter table nothing add column a float default random();", table="public.nothing")


def test_what_is_done_before_a_statement_that_fails_on_rows_is_measured_and_what_comes_after_it(
    ground: Shadows,
) -> None:
    texts = (
        "alter table orders alter column customer type bigint;\nalter table orders add column must text not null;",
        "alter table orders alter column customer type numeric;",
    )
    assert set(paces(ground, *texts)) == {("1_m.sql", 1)}
    assert set(paces(ground, *texts, rows_from=1)) == {("2_m.sql", 1)}


def test_when_the_time_is_used_up_nothing_is_measured_and_what_is_slow_is_broken_off(ground: Shadows) -> None:
    assert paces(ground, "update orders set cents = 1;", seconds=-1) == {}
    assert paces(ground, "do $$ begin perform pg_sleep(3600); end $$;", seconds=3) == {}
