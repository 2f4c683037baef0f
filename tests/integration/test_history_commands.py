"""`new`, `rebase` and `history` as a team types them, on a real remote and a real git repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import World

USERS = "create table public.users (id bigint primary key);"
ORDERS = "create table public.orders (id bigint primary key);"


@pytest.fixture
def world(place: Path, cache_dir: Path, production: Shadow) -> World:
    made = World(place, cache_dir)
    made.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    made.write("20260301000000_users.sql", USERS)
    made.git("add", "-A")
    made.git("commit", "-qm", "users")
    return made


def execute(remote: Shadow, statement: str) -> None:
    with remote.session() as conn:
        conn.execute(statement.encode())


def files(world: World) -> list[str]:
    return sorted(path.name for path in world.migrations.iterdir())


def rows(remote: Shadow) -> list[tuple[str, ...]]:
    with remote.session() as conn:
        return conn.execute("select * from supabase_migrations.schema_migrations order by version").fetchall()


def test_a_new_migration_comes_after_every_known_version_and_proves(world: World) -> None:
    world.write("29991231235959_far.sql", ORDERS)
    done = world.run("new", "create", "invoices", "table", "--description", "What was billed")
    assert done.returncode == 0, done.stderr
    newest = files(world)[-1]
    assert newest == "30000101000000_create_invoices_table.sql"
    text = (world.migrations / newest).read_text()
    assert "-- What was billed" in text
    assert "CREATE TABLE IF NOT EXISTS public.invoices" in text
    assert "ENABLE ROW LEVEL SECURITY" in text
    assert world.run("verify", "--offline").returncode == 0


@pytest.mark.parametrize("name", ["update", "fix", "test1", "my new migration", "20260101"])
def test_a_name_that_says_nothing_is_refused_with_a_better_one(world: World, name: str) -> None:
    done = world.run("create-migration", name)
    assert done.returncode == 64
    assert "driftwatch new add_" in done.stderr
    assert len(files(world)) == 1


def test_rebase_moves_unapplied_files_behind_the_remote_in_their_order(world: World, remote: Shadow) -> None:
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    world.write("20260101000000_first.sql", "create table first (i int);")
    world.write("20260102000000_second.sql", "create table second (i int);")
    (world.root / "notes.md").write_text("see 20260101000000_first for why\n")
    world.git("add", "-A")
    world.git("commit", "-qm", "late")
    dry = world.run("rebase", "--dry-run")
    assert "20260101000000_first.sql -> 20260301000001_first.sql" in dry.stdout
    assert "20260101000000_first.sql" in files(world)
    assert world.run("rebase", "--yes").returncode == 0
    assert files(world) == [
        "20260301000000_users.sql", "20260301000001_first.sql", "20260301000002_second.sql",
    ]  # fmt: skip
    assert (world.root / "notes.md").read_text() == "see 20260301000001_first for why\n"
    assert "R  supabase/migrations/20260101000000_first.sql" in world.git("status", "--porcelain")
    assert world.run("rebase", "--yes").stdout.startswith("Every unapplied migration")
    assert world.run("sync", "to-remote", "--yes").returncode == 0


def test_a_repair_changes_only_what_was_named_and_is_undone_exactly(world: World, remote: Shadow) -> None:
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    execute(remote, "alter table supabase_migrations.schema_migrations add column created_by text")
    execute(remote, "update supabase_migrations.schema_migrations set created_by = 'someone'")
    before = rows(remote)
    refused = world.run("history", "repair", "20990101000000", "--reverted")
    assert refused.returncode == 64
    assert rows(remote) == before
    unasked = world.run("history", "repair", "20260301000000", "--reverted")
    assert unasked.returncode == 64
    assert rows(remote) == before
    done = world.run("history", "repair", "20260301000000", "--reverted", "--on", "production", "--yes")
    assert done.returncode == 0, done.stderr
    assert "it is pending again" in done.stdout
    assert rows(remote) == []
    assert world.run("history", "repair", "--undo", "--on", "production", "--yes").returncode == 0
    assert rows(remote) == before


def test_adopt_records_only_what_the_schema_really_has(world: World, remote: Shadow) -> None:
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    world.write("20260302000000_orders.sql", ORDERS)
    refused = world.run("history", "adopt", "production", "20260302000000", "--yes")
    assert refused.returncode == 2
    assert "does not have what 20260302000000 makes" in refused.stderr
    execute(remote, ORDERS)
    adopted = world.run("history", "adopt", "production", "20260302000000", "--yes")
    assert adopted.returncode == 0, adopted.stderr
    assert world.run("check").returncode == 0
    listed = world.run("history", "list").stdout
    assert [line.split()[-1] for line in listed.splitlines() if "orders" in line] == ["applied"]


def test_adopt_takes_the_version_that_the_remote_has_for_the_same_content(world: World, remote: Shadow) -> None:
    execute(remote, USERS)
    execute(
        remote,
        "insert into supabase_migrations.schema_migrations (version, name, statements) "
        f"values ('20260301120000', 'users', array['{USERS}'])",
    )
    code, answer = world.answer("history", "list")
    assert code == 0
    assert answer["versions"][0]["same_as"] == {"production": "20260301120000"}
    assert world.run("history", "adopt", "production", "--yes").returncode == 0
    assert files(world) == ["20260301120000_users.sql"]
    assert world.run("check").returncode == 0
