"""`driftwatch status`: what did not change since the last look is not read again, and what did is never missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from driftwatch.actions import check
from driftwatch.core.catalog import Catalog
from driftwatch.core.migrations import Migration
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World

FILE = "20260101000000_notes.sql"
SQL = "create table notes (id int primary key);\n"


@pytest.fixture
def world(place: Path, cache_dir: Path, remote: Shadow) -> World:
    """A project whose remote and local database have its one migration."""
    world = Here(place, cache_dir)
    world.production_has(remote, FILE, SQL)
    assert world.run("db", "reset").returncode == 0
    return world


def states(world: World) -> dict[str, str]:
    body = world.answer("status")[1]
    return {one["remote"]: one["status"] for one in (body["local"], *body["remotes"])}


def poison(world: World) -> None:
    """Writes into what was remembered, so that whoever takes it from there says so."""
    files = list((world.root.parent / "data").glob("projects/*/looks/*.json"))
    assert {file.stem for file in files} == {"local", "production"}
    for file in files:
        kept = json.loads(file.read_text())
        kept["found"]["fingerprint"] = "remembered"
        file.write_text(json.dumps(kept))


def fingerprints(world: World) -> dict[str, str]:
    body = world.answer("status")[1]
    return {one["remote"]: one["fingerprint"] for one in (body["local"], *body["remotes"])}


def test_what_did_not_change_is_not_read_again(world: World) -> None:
    first = world.answer("status")
    assert first[0] == 0
    assert world.answer("status") == first
    poison(world)
    assert fingerprints(world) == {"local": "remembered", "production": "remembered"}


CHANGES = (
    ("create table stray (i int)", "drop table stray"),
    ("comment on table notes is 'else'", "comment on table notes is null"),
    ("alter role postgres set statement_timeout = '7s'", "alter role postgres reset statement_timeout"),
    ("insert into storage.buckets (id, name) values ('stray', 'stray')", "delete from storage.buckets"),
    (
        "insert into supabase_migrations.schema_migrations (version, statements) values ('2', '{select 1}')",
        "delete from supabase_migrations.schema_migrations where version = '2'",
    ),
)


def test_a_change_is_never_missed(world: World, remote: Shadow) -> None:
    assert states(world) == {"local": "in_sync", "production": "in_sync"}
    for change, back in CHANGES:
        for statement, expected in ((change, "drifted"), (back, "in_sync")):
            with remote.session() as conn:
                conn.execute(statement.encode())
            assert states(world) == {"local": "in_sync", "production": expected}, statement


def test_a_change_of_the_local_database_is_never_missed(world: World) -> None:
    for command, expected in (
        ("db start", "in_sync"),
        ("db psql -- -c|create table stray (i int)", "drifted"),
        ("db stop", "drifted"),
        ("db start", "drifted"),
        ("db psql -- -c|drop table stray", "in_sync"),
        ("db stop", "in_sync"),
    ):
        words, _, sql = command.partition("|")
        done = world.run(*words.split(), *([sql] if sql else []))
        assert done.returncode == 0, done.stderr
        assert states(world)["local"] == expected, command


def test_an_edited_file_and_another_setting_are_looked_at_again(world: World) -> None:
    assert states(world)["production"] == "in_sync"
    world.write(FILE, SQL + "alter table notes add column extra int;\n")
    assert states(world) == {"local": "drifted", "production": "drifted"}
    world.write(FILE, SQL)
    assert states(world)["production"] == "in_sync"
    poison(world)
    world.config(world.toml + '[compare]\nexclude = ["table public.other"]\n')
    assert "remembered" not in fingerprints(world).values()


def test_a_push_while_the_schema_is_read_is_no_drift(
    world: World, remote: Shadow, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql = "create table public.later (id int primary key);\n"
    world.write("20260102000000_later.sql", sql)
    reading, pushed = check.read_catalog, []

    def then_pushed(conn: Connection) -> Catalog:
        catalog = reading(conn)
        if not pushed:
            pushed.append(True)
            with remote.runner() as runner:
                runner.apply(Migration("20260102000000", "later", "20260102000000_later.sql", sql))
        return catalog

    monkeypatch.setattr(check, "read_catalog", then_pushed)
    assert world.answer("check")[1]["status"] == "in_sync"
    assert pushed
