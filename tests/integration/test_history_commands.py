"""`new`, `rebase` and `history` as a team types them, on a real remote and a real git repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World

USERS = "create table public.users (id bigint primary key);"
ORDERS = "create table public.orders (id bigint primary key);"


@pytest.fixture
def world(place: Path, cache_dir: Path, production: Shadow) -> World:
    made = Here(place, cache_dir)
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
    assert "1 migration (not applied to production)" in world.run("lint").stdout
    adopted = world.run("history", "adopt", "production", "20260302000000", "--yes")
    assert adopted.returncode == 0, adopted.stderr
    assert "0 migrations (not applied to production)" in world.run("lint").stdout
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


def test_rebase_mends_whole_names_at_once_the_files_own_too_and_leaves_what_is_applied(
    world: World, remote: Shadow
) -> None:
    applied = "-- before 20260201000000_note\n" + USERS
    world.write("20260301000000_users.sql", applied)
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    execute(remote, "insert into supabase_migrations.schema_migrations (version, statements) values ('v1', '{}')")
    world.write("20260201000000_note.sql", "-- 20260201000000_note\ncreate table first (i int);")
    world.write("20260301000001_note.sql", "-- 20260301000001_note\ncreate table second (i int);")
    notes = world.root / "notes.md"
    notes.write_text("20260201000000_note.sql, 20260301000001_note; 120260201000000_note, 20260201000000_notes\n")
    world.git("add", "-A")
    world.git("commit", "-qm", "late")
    code, answer = world.answer("rebase", "--yes")
    assert code == 0
    assert answer["mended"] == [
        "notes.md", "supabase/migrations/20260201000000_note.sql", "supabase/migrations/20260301000001_note.sql",
    ]  # fmt: skip
    assert notes.read_text() == (
        "20260301000001_note.sql, 20260301000002_note; 120260201000000_note, 20260201000000_notes\n"
    )
    for version in ("20260301000001", "20260301000002"):
        assert (world.migrations / f"{version}_note.sql").read_text().startswith(f"-- {version}_note\n")
    assert (world.migrations / "20260301000000_users.sql").read_text() == applied


def test_a_rebase_onto_a_file_that_is_there_renames_nothing(world: World, remote: Shadow) -> None:
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    world.write("20260101000000_first.sql", "create table first (i int);")
    world.write("20260102000000_second.sql", "create table second (i int);")
    (world.migrations / "20260301000002_second.sql").mkdir()
    done = world.run("rebase", "--yes")
    assert done.returncode == 2
    assert "Untouched: Nothing was renamed." in done.stderr
    assert "20260101000000_first.sql" in files(world)


def test_a_list_without_a_database_that_could_not_be_asked_is_no_whole_list(world: World) -> None:
    code, answer = world.answer("history", "list")
    assert (code, answer["status"], answer["could_not_ask"]) == (0, "done", {})
    world.config('[remotes.gone]\nurl = "postgresql://postgres@127.0.0.1:1/postgres"\n')
    code, answer = world.answer("history", "list")
    assert (code, answer["status"], list(answer["could_not_ask"])) == (2, "could_not", ["gone"])
    done = world.run("history", "list")
    assert done.returncode == 2
    assert "gone could not be asked: Could not connect" in done.stderr


def test_an_undo_of_a_repair_is_of_this_database_and_says_what_goes(world: World, remote: Shadow) -> None:
    world.environment["EU_URL"] = _url(remote)
    world.config('[remotes.prod]\nurl_env = "PROD_URL"\ndefault = true\n[remotes."prod.eu"]\nurl_env = "EU_URL"\n')
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    repaired = world.run("history", "repair", "20260301000000", "--reverted", "--on", "prod.eu", "--yes")
    assert repaired.returncode == 0, repaired.stderr
    other = world.run("history", "repair", "--undo", "--on", "prod", "--yes")
    assert other.returncode == 2
    assert "No repair of prod's history was made here." in other.stderr
    assert rows(remote) == []
    execute(remote, "insert into supabase_migrations.schema_migrations (version) values ('20260401000000')")
    undone = world.run("history", "repair", "--undo", "--on", "prod.eu", "--yes")
    assert undone.returncode == 0, undone.stderr
    assert "  20260301000000: prod.eu will say again that it was applied." in undone.stdout
    assert "  20260401000000: prod.eu will no longer say that it was applied: it is pending again." in undone.stdout
    assert [row[0] for row in rows(remote)] == ["20260301000000"]


def test_a_repair_of_a_database_by_its_url_hides_the_password_and_is_undone(world: World, remote: Shadow) -> None:
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    url = _url(remote).replace("postgres@", "postgres:hunter22@")
    for what in (("20260301000000", "--reverted"), ("--undo",)):
        done = world.run("history", "repair", *what, "--on", url, "--yes")
        assert done.returncode == 0, done.stderr
        assert "postgresql://postgres:***@" in done.stdout
        assert "hunter22" not in done.stdout + done.stderr
    assert [row[0] for row in rows(remote)] == ["20260301000000"]


def _url(remote: Shadow) -> str:
    info = remote.cluster.conninfo()
    return f"postgresql://{info['user']}@/{info['dbname']}?host={info['host']}"


def test_the_list_of_one_database_asks_no_other(world: World) -> None:
    world.config(f'{world.toml}[remotes.staging]\nurl = "postgresql://postgres@127.0.0.1:1/postgres"\n')
    assert world.run("history", "list").returncode == 2
    alone = world.run("history", "list", "production")
    assert alone.returncode == 0, alone.stderr
    assert "staging" not in alone.stdout + alone.stderr
    assert "20260301000000 users" in alone.stdout
    assert world.run("history", "list", "nowhere").returncode == 64
