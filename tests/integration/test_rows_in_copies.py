"""Copies of a remote and base files have the rows that behave like schema: buckets, and jobs of pg_cron."""

from __future__ import annotations

from pathlib import Path

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World

FILE = "20260101000000_jobs.sql"
SQL = "create table public.notes (id int primary key);\ncreate extension pg_cron;\n"
ROWS = (
    "insert into storage.buckets (id, name, public, file_size_limit) values ('avatars', 'avatars', true, 1000)",
    "select cron.schedule('tidy', '0 3 * * *', 'delete from public.notes')",
    "select cron.schedule('@hourly', 'select 1')",
    "select cron.schedule('call', '@daily', $$select 'Bearer abcdefghijklmnop'$$)",
)


@pytest.fixture
def world(place: Path, cache_dir: Path, remote: Shadow) -> World:
    """A project whose remote has its one migration, and rows that behave like schema."""
    world = Here(place, cache_dir)
    world.production_has(remote, FILE, SQL)
    with remote.session() as conn:
        for row in ROWS:
            conn.execute(row.encode())
    return world


def test_taking_the_rows_back_is_proved(world: World) -> None:
    done = world.run("diff", "production", "migrations", "--sql")
    assert "DELETE FROM storage.buckets WHERE id = 'avatars'" in done.stdout
    assert "SELECT cron.unschedule('tidy')" in done.stdout
    assert "Proved on a copy of production" in done.stderr + done.stdout, done.stderr
    world.write("20260102000000_later.sql", "update storage.buckets set public = false where id = 'avatars';")
    change = world.run("diff", "production", "migrations", "--sql")
    assert "NOT PROVED" not in change.stderr + change.stdout


def test_a_base_file_has_the_rows(world: World) -> None:
    assert world.run("check").returncode == 1
    assert world.run("snapshot", "production", "--sql", "-o", "supabase/base.sql").returncode == 0
    assert "abcdefghijklmnop" not in (world.root / "supabase/base.sql").read_text()
    world.config(f'{world.toml}[migrations]\nbase = "supabase/base.sql"\n')
    checked = world.run("check")
    assert checked.returncode == 0, checked.stdout
    assert world.run("verify").returncode == 0


def test_what_is_pending_is_proved_beside_the_rows_that_are_there(world: World) -> None:
    world.write("20260102000000_bucket.sql", "insert into storage.buckets (id, name) values ('avatars', 'avatars');")
    done = world.run("verify")
    assert done.returncode == 1
    assert "duplicate key value" in done.stderr
