"""The team's flows, typed by their own names through a real pnpm in a real repository against a real remote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.core.package_scripts import NAMES
from driftwatch.postgres.shadow import Shadow

from conftest import run_dir
from package_managers import NotInstalled, Scripted, install, scripted

TABLES = "select string_agg(tablename, ' ' order by tablename) from pg_tables where schemaname = 'public'"


@pytest.fixture(scope="session")
def programs() -> Path:
    try:
        return install(run_dir() / "package-managers")
    except NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture
def world(place: Path, cache_dir: Path, programs: Path, remote: Shadow) -> Iterator[Scripted]:
    with scripted(place, cache_dir, programs, remote) as world:
        yield world


def version_of(file: Path) -> str:
    return file.name.partition("_")[0]


def test_a_day_from_the_start_of_work_to_the_deployment(world: Scripted) -> None:
    # Start of work: a teammate pushed a migration that this clone has not.
    mine = world.add_table("users")
    world.type("pnpm db:sync:to-remote --yes")
    mine.unlink()
    assert f"Fetched {mine.name}" in world.type("pnpm db:sync:from-remote")
    assert mine.read_text().strip() == "create table public.users (id int primary key);"
    world.type("pnpm supabase:start")
    assert world.on_local(TABLES) == "users"

    # A new migration, tried locally; the remote knows nothing of it.
    orders = world.add_table("orders")
    assert version_of(orders) > version_of(mine)
    world.type("pnpm db:sync:from-remote")
    assert world.on_local(TABLES) == "orders users"
    world.type("pnpm supabase:db:diff")
    world.on_local("alter table orders add column scribble int")
    assert "public.orders.scribble" in world.type("pnpm supabase:db:diff", code=1)
    world.type("pnpm supabase:db:reset")
    assert world.on_remote(TABLES) == [("users",)]

    # Before a deployment: the proof, and what would run. Then the push; it needs somebody's yes.
    world.type("driftwatch verify")
    assert orders.name in world.type("pnpm db:sync:to-remote --dry-run")
    assert "--yes" in world.type("pnpm db:sync:to-remote", code=None)
    assert world.on_remote(TABLES) == [("users",)]
    world.type("pnpm db:sync:to-remote --yes")
    assert world.on_remote(TABLES) == [("orders users",)]

    # The weekly look.
    assert world.json("pnpm db:sync:status --json")["status"] == "in_sync"
    world.type("driftwatch check")
    world.type("driftwatch doctor")
    world.type("pnpm supabase:stop")


def test_out_of_sync_theirs_ours_or_from_scratch(world: Scripted) -> None:
    world.add_table("users")
    world.type("pnpm db:sync:to-remote --yes")
    world.type("pnpm supabase:start")

    # 1. The remote's is taken: what somebody made there by hand becomes a migration.
    world.on_remote("create table public.by_hand (id int primary key)")
    world.type("pnpm db:sync:status", code=1)
    world.type("pnpm db:sync:from-remote --capture")
    (captured,) = (file for file in world.migrations.iterdir() if "by_hand" in file.read_text())
    world.type(f"driftwatch history adopt production {version_of(captured)} --yes")
    world.type("driftwatch check")
    assert world.on_local(TABLES) == "by_hand users"

    # 2. Ours is pushed, what differs there having been seen.
    world.on_remote("create table public.more (id int primary key)")
    world.add_table("orders")
    assert "public.more" in world.type("pnpm db:sync:to-remote --yes", code=1)
    assert world.on_remote(TABLES) == [("by_hand more users",)]
    world.type("pnpm db:sync:to-remote --yes --force")
    assert world.on_remote(TABLES) == [("by_hand more orders users",)]
    world.on_remote("drop table public.more")

    # 3. A history that lies is repaired, and local made from scratch.
    world.on_remote("insert into supabase_migrations.schema_migrations (version, name) values ('20990101000000', 'x')")
    world.type("driftwatch check", code=2)
    assert "20990101000000" in world.type("driftwatch history list")
    world.type("driftwatch history repair 20990101000000 --reverted --yes")
    world.type("pnpm supabase:db:reset")
    assert world.json("pnpm db:sync:status --json")["status"] == "in_sync"


def test_what_was_broken_by_hand_is_recovered(world: Scripted) -> None:
    users = world.add_table("users")
    world.type("pnpm db:sync:to-remote --yes")
    world.type("pnpm supabase:start")

    # Local: made anew, and the broken one is kept.
    world.on_local("drop table users; drop schema supabase_migrations cascade")
    world.type("pnpm supabase:db:diff", code=1)
    world.type("pnpm supabase:db:reset")
    world.type("pnpm supabase:db:diff")
    assert world.on_local(TABLES) == "users"
    world.type("driftwatch undo")
    assert world.on_local(TABLES) == ""
    world.type("driftwatch undo")

    # The remote: a table that was dropped there comes back by the SQL that is proposed.
    world.on_remote("drop table public.users")
    assert "public.users" in world.type("driftwatch check", code=1)
    world.on_remote(world.type("driftwatch diff remote migrations --sql 2>/dev/null", code=1))
    world.type("driftwatch check")

    # A row of its history that was deleted comes back once its schema is proved to be there.
    world.on_remote("delete from supabase_migrations.schema_migrations")
    world.type("driftwatch check", code=1)
    world.type("pnpm db:sync:to-remote --yes", code=None)
    world.type(f"driftwatch history adopt production {version_of(users)} --yes")
    assert world.json("pnpm db:sync:status --json")["status"] == "in_sync"


def test_after_git_pull_the_local_database_has_what_came(world: Scripted, place: Path) -> None:
    origin, mate = place / "origin.git", place / "mate"
    world.add_table("users")
    world.type("pnpm supabase:start")
    world.git("add", "--all")
    world.git("commit", "-q", "-m", "users")
    world.git("clone", "-q", "--bare", ".", str(origin))
    world.git("remote", "add", "origin", str(origin))
    world.git("fetch", "-q")
    world.git("branch", "-q", "--set-upstream-to=origin/main")
    world.git("clone", "-q", str(origin), str(mate))
    file = mate / "supabase" / "migrations" / "20980101000000_add_orders.sql"
    file.write_text("create table public.orders (id int primary key);\n")
    world.type("git add --all && git -c user.name=m -c user.email=m@x commit -qm orders && git push -q", root=mate)
    world.type("git pull")
    assert world.on_local(TABLES) == "orders users"


# -- arguments, in the way of each package manager


def test_the_help_lists_the_flows_in_each_managers_way(world: Scripted) -> None:
    listed = world.type("pnpm run")
    assert [name for name in NAMES if name not in listed] == []
    for manager, typed in (
        ("pnpm", "pnpm db:sync:to-remote --dry-run"),
        ("npm run", "npm run db:sync:to-remote -- --dry-run"),
        ("yarn", "yarn db:sync:to-remote --dry-run"),
    ):
        assert typed in world.type(f"{manager} db:sync:help")


@pytest.mark.parametrize(
    ("run", "before_arguments"), [("pnpm", ""), ("pnpm", "-- "), ("npm run", "-- "), ("yarn", ""), ("yarn", "-- ")]
)
def test_arguments_reach_driftwatch(world: Scripted, run: str, before_arguments: str) -> None:
    world.type(f"{run} db:sync:create-migration {before_arguments}add orders --description 'A \"b\"; c' --quiet")
    (made,) = world.migrations.iterdir()
    assert made.name.endswith("_add_orders.sql")
    assert 'A "b"; c' in made.read_text()
    found = world.json(f"{run} supabase:db:diff {before_arguments}migrations migrations@nowhere --json", code=2)
    assert "no revision nowhere" in str(found["error"])
