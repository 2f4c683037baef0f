"""`driftwatch verify` says what pending migrations do to the tables that the remote really has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World

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
    made = Here(place, cache_dir)
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


def make_big(remote: Shadow, table: str) -> None:
    """12 M rows and some GB by its own statistics."""
    with remote.session("supabase_admin") as conn:
        conn.execute("update pg_class set reltuples = 1.2e7, relpages = 5e5 where relname = %s", (table,))


def test_how_long_it_takes_is_measured_where_the_table_is_big_and_kept(world: World, filled: Shadow) -> None:
    make_big(filled, "orders")
    world.write(
        RETYPE,
        "alter table fresh alter column id type bigint;\n"
        "alter table events_2024 add primary key (id);\n"
        "alter table orders alter column cents type bigint;\n"
        "create index on orders (cents);\n"
        "update orders set cents = cents + 1;\n",
    )
    first = world.run("verify", "--json", "--verbose")
    assert "measuring with rows in public.orders" in first.stderr
    found = {(one["line"], one["kind"]): one for one in json.loads(first.stdout)["observed"]}
    assert [key for key, one in found.items() if one["seconds"] is not None] == [
        (3, "rewrite"), (4, "index"), (5, "changes"),
    ]  # fmt: skip
    assert all(one["seconds"] > 0 for one in found.values() if one["seconds"] is not None)
    assert "measured on this computer with 40,000 and 160,000 rows" in found[3, "rewrite"]["sentence"]
    make_big(filled, "fresh")
    again = world.run("verify", "--json", "--verbose")
    assert "watching" not in again.stderr
    assert "rows in public.fresh" in again.stderr
    assert "rows in public.orders" not in again.stderr
    kept = {(one["line"], one["kind"]): one["seconds"] for one in json.loads(again.stdout)["observed"]}
    assert [kept[line, kind] for line, kind in ((3, "rewrite"), (5, "changes"))] == [
        found[3, "rewrite"]["seconds"], found[5, "changes"]["seconds"],
    ]  # fmt: skip
    assert kept[1, "rewrite"] > 0


def test_where_it_can_not_be_measured_the_size_speaks_and_it_is_not_tried_again(world: World, filled: Shadow) -> None:
    with filled.session() as conn:
        conn.execute(
            "create table public.codes (code text primary key check (code ~ '^[A-Z]{3}$')); analyze public.codes"
        )
    make_big(filled, "codes")
    world.write(RETYPE, "create index on public.codes (code);")
    said = world.run("verify", "--verbose")
    assert said.returncode == 0
    assert "rows in public.codes" in said.stderr
    assert "nobody can write to it for seconds, perhaps minutes\n" in said.stdout
    assert "rows in public.codes" not in world.run("verify", "--verbose").stderr


GAPS = """
create table public.people (id int primary key, email text, name text, "Odd" int);
insert into public.people
select g, nullif('secret' || g % 50, 'secret0'), 'n' || g, 7 from generate_series(1, 1000) as g;
analyze public.people;
"""
STRICT = """alter table people alter email set not null;
alter table people alter name set not null;
create unique index on people (email);
create unique index on people (name);
create unique index on people ("Odd");
"""


def failing(answer: list[dict[str, Any]]) -> dict[int, str]:
    """Severity by line."""
    return {one["line"]: one["severity"] for one in answer if one["kind"] == "fails_on_rows"}


def test_what_the_remotes_rows_contradict_is_known_without_reading_them(world: World, filled: Shadow) -> None:
    with filled.session() as conn:
        conn.execute(GAPS.encode())
    world.write(RETYPE, STRICT)
    found = observed(world)
    assert failing(found) == {1: "error", 3: "error", 5: "error"}
    said = next(one["sentence"] for one in found if one["line"] == 1 and one["kind"] == "fails_on_rows")
    assert "about 2 % of the rows had NULL in email when it was last analysed" in said
    for file in (world.root.parent / "data").rglob("*"):
        assert not file.is_file() or b"secret1" not in file.read_bytes()
    away = world.answer("verify", env={"PROD_URL": "postgresql://postgres@127.0.0.1:1/postgres"})[1]
    assert failing(away["observed"]) == {1: "error", 3: "error", 5: "error"}
    world.write(RETYPE, f"update people set email = id;\n{STRICT}")
    assert failing(observed(world)) == {2: "advice", 4: "advice", 6: "advice"}


def test_a_login_that_may_not_read_the_statistics_still_has_the_sizes(world: World, filled: Shadow) -> None:
    with filled.session() as conn:
        conn.execute(GAPS.encode())
    with filled.session("supabase_admin") as conn:
        conn.execute("revoke select on pg_catalog.pg_stats from public; revoke pg_read_all_data from postgres")
    world.write(RETYPE, STRICT)
    found = observed(world)
    assert failing(found) == {}
    assert {one["rows"] for one in found if one["table"] == "public.people"} == {1000}


def test_a_remote_that_was_last_seen_without_statistics_is_still_known(world: World, filled: Shadow) -> None:
    with filled.session() as conn:
        conn.execute(GAPS.encode())
    world.write(RETYPE, STRICT)
    observed(world)
    (file,) = (world.root.parent / "data").rglob("seen/production.json")
    seen = json.loads(file.read_text())
    seen["sizes"] = {table: size[:2] for table, size in seen["sizes"].items()}
    file.write_text(json.dumps(seen))
    answer = world.answer("verify", env={"PROD_URL": "postgresql://postgres@127.0.0.1:1/postgres"})[1]
    assert failing(answer["observed"]) == {}
    assert {one["rows"] for one in answer["observed"] if one["table"] == "public.people"} == {1000}


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
