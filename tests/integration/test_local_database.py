"""The embedded local database: who may reach it where, and how it was before."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from driftwatch.actions.reset import reset
from driftwatch.postgres.local_port import url_at, who_has
from driftwatch.postgres.shadow import Shadows

from cli_world import World
from local_world import NOW, LocalWorld, free_port
from supabase_cli import Supabase


@pytest.fixture
def world(place: Path, plain_shadows: Shadows) -> Iterator[LocalWorld]:
    made = LocalWorld(place, plain_shadows)
    made.write("20260101000000_kept.sql", "create table kept (id int primary key, text text);")
    yield made
    made.stop()


def test_it_listens_for_the_login_that_tools_expect_and_for_no_superuser(world: LocalWorld) -> None:
    port = free_port()
    world.set(local_port=port)
    reset(world.project, NOW)
    with world.local.running(), pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(url_at(port))
    assert world.local.start() == port
    assert world.local.url() == f"postgresql://postgres:postgres@127.0.0.1:{port}/postgres"
    with closing(psycopg.connect(world.local.url())) as conn:
        assert conn.execute("select current_user::text, current_setting('fsync')").fetchone() == ("postgres", "on")
    for url in (
        f"postgresql://postgres:other@127.0.0.1:{port}/postgres",
        f"postgresql://supabase_admin:postgres@127.0.0.1:{port}/postgres",
    ):
        with pytest.raises(psycopg.OperationalError, match=r"authentication failed|rejects connection"):
            psycopg.connect(url)
    reset(world.project, NOW)
    with closing(psycopg.connect(world.local.url())) as conn:
        assert conn.execute("select count(*) from kept").fetchone() == (0,)


def test_it_goes_elsewhere_where_the_port_is_taken_and_is_told_by_whom(world: LocalWorld) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        world.set(local_port=port)
        reset(world.project, NOW)
        found = world.local.start()
        assert found not in (None, port)
        with closing(psycopg.connect(world.local.url())) as conn:
            assert conn.execute("select inet_server_port()").fetchone() == (found,)
        taken.close()
    assert who_has(found or 0) == "another project's local database (driftwatch)"
    world.local.stop()
    assert world.local.start() == port


def test_a_server_that_does_not_listen_yet_does_once_it_is_asked_for(world: LocalWorld) -> None:
    port = free_port()
    reset(world.project, NOW)
    world.local.start()
    world.set(local_port=port)
    assert world.local.start() == port
    world.local.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url_at(port))


def test_undo_restores_exactly_and_a_second_undo_swaps_back(world: LocalWorld) -> None:
    reset(world.project, NOW)
    world.sql(
        "insert into kept select g, md5(g::text) from generate_series(1, 500) as g; delete from kept where id < 9"
    )
    world.sql("create table by_hand (i int); insert into by_hand values (1)")
    before = world.state()
    reset(world.project, NOW + timedelta(hours=1))
    anew = world.state()
    assert anew != before
    found = world.local.undo(NOW + timedelta(hours=2))
    assert found is not None
    assert found.until == NOW + timedelta(hours=1)
    assert world.state() == before
    world.local.undo(NOW + timedelta(hours=3))
    assert world.state() == anew


def test_the_last_few_states_are_kept(world: LocalWorld) -> None:
    world.set(kept=2)
    for hour in range(4):
        reset(world.project, NOW + timedelta(hours=hour))
    found = world.local.former()
    assert [one.until for one in found] == [NOW + timedelta(hours=3), NOW + timedelta(hours=2)]
    assert all(5_000_000 < one.size < 100_000_000 for one in found)


def test_undo_list_says_when_and_how_big(place: Path, cache_dir: Path) -> None:
    world = World(place, cache_dir)
    assert world.run("undo", "list").stdout == "No former state is kept.\n"
    refused = world.run("undo")
    assert refused.returncode == 2
    assert "no former state" in refused.stderr
    world.run("db", "reset", "--json")
    world.run("db", "reset")
    listed = world.run("undo", "list").stdout
    assert listed.count("\n") == 1
    assert listed.rstrip().endswith(" MB")
    code, body = world.answer("undo", "list")
    assert (code, body["keep"], len(body["states"])) == (0, 3, 1)
    assert body["states"][0]["bytes"] > 5_000_000


def test_db_url_is_to_be_copied_and_the_port_is_that_of_config_toml(place: Path, cache_dir: Path) -> None:
    world = World(place, cache_dir)
    del world.environment["DRIFTWATCH_LOCAL__PORT"]
    port = free_port()
    (world.root / "supabase" / "config.toml").write_text(f"[db]\nport = {port}\n")
    try:
        code, body = world.answer("db", "start")
        assert (code, body["url"], body["port"]) == (0, url_at(port), port)
        assert world.run("db", "url").stdout == f"{url_at(port)}\n"
        assert world.run("db", "psql", "-Atc", "select 1").stdout == "1\n"
    finally:
        assert world.run("db", "stop").returncode == 0
    assert world.run("db", "url").stdout == f"{url_at(port)}\n"


def test_the_supabase_cli_works_on_it_and_takes_its_seeds_for_run(place: Path, cache_dir: Path, cli: Supabase) -> None:
    world = World(place, cache_dir)
    del world.environment["DRIFTWATCH_LOCAL__PORT"]
    port = free_port()
    world.write("20260101000000_log.sql", "create table log (what text);")
    (world.root / "supabase" / "seed.sql").write_text("insert into log values ('seed');\n")
    (world.root / "supabase" / "config.toml").write_text(
        f'project_id = "local"\n[db]\nport = {port}\n[db.seed]\nenabled = true\nsql_paths = ["./seed.sql"]\n'
    )
    try:
        assert world.run("db", "start").returncode == 0
        pushed = cli.run(world.root, "db", "push", "--include-seed", "--yes")
        assert pushed.returncode == 0, pushed.stderr
        assert "up to date" in pushed.stdout + pushed.stderr
        world.write("20260102000000_more.sql", "create table more (id int);")
        assert cli.run(world.root, "db", "push", "--yes").returncode == 0
        done = world.run("sync", "from-remote")
        assert "nothing to apply" in done.stdout, done.stderr
        assert world.run("db", "psql", "-Atc", "table log").stdout == "seed\n"
    finally:
        world.run("db", "stop")
