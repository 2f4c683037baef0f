"""`driftwatch verify` says what pending migrations do to the tables that the remote really has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import World

RETYPE = "20260102000000_retype.sql"
TABLES = """
create table public.orders (id bigint generated always as identity primary key, cents integer not null);
create table public.fresh (id int primary key, note text);
insert into public.orders (cents) select g from generate_series(1, 5000) as g;
create table public.events (id bigint, at date not null) partition by range (at);
create table public.events_2024 partition of public.events for values from ('2024-01-01') to ('2025-01-01');
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
insert into public.events select g, '2024-06-01' from generate_series(1, 3000) as g;
analyze public.orders;
analyze public.events_2024;
"""


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    made = World(place, cache_dir)
    made.config('[remotes.production]\nurl_env = "PROD_URL"\n[verify]\nreplay = "remote"\n')
    return made


@pytest.fixture
def filled(production: Shadow) -> Shadow:
    with production.session() as conn:
        conn.execute(TABLES.encode())
    return production


def observed(world: World, *more: str) -> list[dict[str, Any]]:
    code, answer = world.answer("verify", *more)
    assert (code, answer["status"]) == (0, "proved"), answer
    return list(answer["observed"])


@pytest.mark.usefixtures("filled")
def test_the_size_is_what_the_remote_says_and_unknown_where_it_does_not(world: World) -> None:
    world.write(
        RETYPE,
        "alter table orders alter column cents type bigint;\n"
        "alter table fresh alter column id type bigint;\n"
        "alter table events alter column id type int;\n",
    )
    found = {one["table"]: one for one in observed(world) if one["kind"] == "rewrite"}
    orders, fresh = found["public.orders"], found["public.fresh"]
    assert (orders["rows"], orders["file"], orders["line"]) == (5000, RETYPE, 1)
    assert orders["bytes"] > 100_000
    assert orders["lock"] == "ACCESS EXCLUSIVE"
    assert fresh["rows"] is None
    assert "never analysed" in fresh["sentence"]
    assert found["public.events_2024"]["rows"] == 3000


@pytest.mark.usefixtures("filled")
def test_people_read_it_by_migration_with_how_to_do_better(world: World) -> None:
    world.write(RETYPE, "alter table orders alter column cents type bigint;")
    world.write("20260103000000_twice.sql", "create table public.twice (id int);")
    said = world.run("verify").stdout
    first, second = said.index(f"\n  {RETYPE}\n"), said.index("\n  20260103000000_twice.sql\n")
    assert first < second
    assert "advice: line 1: rewrites public.orders, about 5,000 rows" in said[first:second]
    assert 'advice: line 1: is not safe to run twice: relation "twice" already exists' in said[second:]


def test_what_was_seen_is_kept_and_judged_anew_by_the_remotes_sizes(world: World, filled: Shadow) -> None:
    world.write(RETYPE, "alter table orders alter column cents type bigint;")
    first = world.run("verify", "--json", "--verbose")
    assert "watching 1 pending" in first.stderr
    with filled.session("supabase_admin") as conn:
        conn.execute("update pg_class set reltuples = 9e8, relpages = 9e6 where relname = 'orders'")
    again = world.run("verify", "--json", "--verbose")
    assert "watching" not in again.stderr
    severities = [
        next(one for one in json.loads(done.stdout)["observed"] if one["kind"] == "rewrite")["severity"]
        for done in (first, again)
    ]
    assert severities == ["advice", "error"]


@pytest.mark.usefixtures("filled")
def test_a_remote_that_is_away_has_the_sizes_that_were_last_seen(world: World) -> None:
    world.write(RETYPE, "alter table orders alter column cents type bigint;")
    observed(world)
    code, answer = world.answer("verify", env={"PROD_URL": "postgresql://postgres@127.0.0.1:1/postgres"})
    assert code == 0
    assert [one["rows"] for one in answer["observed"] if one["kind"] == "rewrite"] == [5000]


@pytest.mark.usefixtures("filled")
def test_it_stops_verify_only_where_the_settings_say_so(world: World) -> None:
    world.write(RETYPE, "alter table orders add column must text not null;")
    assert any(one["severity"] == "error" for one in observed(world))
    world.config(f'{world.toml}fail_on = "error"\n')
    done = world.run("verify")
    assert done.returncode == 1
    assert f"{RETYPE}:1: fails on public.orders, about 5,000 rows" in done.stderr
    assert "Give the column a DEFAULT" in done.stderr
    world.write(RETYPE, "alter table orders add column may text;")
    assert world.run("verify").returncode == 0


@pytest.mark.usefixtures("filled")
def test_nothing_is_watched_where_nothing_is_pending_or_nobody_wants_it(world: World) -> None:
    world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    world.write("20260101000000_own.sql", "create table public.own (id int);")
    assert world.run("sync", "to-remote", "--yes", "--force").returncode in (0, 1)
    assert "watching" not in world.run("verify", "--verbose").stderr
    world.write(RETYPE, "alter table own add column b int;")
    assert observed(world)
    world.config(f"{world.toml}[verify]\nobserve = false\n")
    assert observed(world) == []
