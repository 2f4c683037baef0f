"""`driftwatch scope`, and how the commands that compare take the scope from the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from driftwatch.core.scope import DATA
from driftwatch.postgres.execute import Runner
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World, url_of

BUCKETS = "insert into storage.buckets (id, name) values ('avatars', 'avatars');"
REMOTE = '[remotes.production]\nurl_env = "PROD_URL"\n'


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    made = Here(place, cache_dir)
    made.write("20260101000000_buckets.sql", BUCKETS)
    made.config(REMOTE)
    return made


@pytest.fixture
def production(remote: Shadow, world: World) -> Shadow:
    """A server that plays a remote, to which the migration was applied."""
    with remote.runner() as runner:
        apply_all(world, runner)
    return remote


def apply_all(world: World, runner: Runner) -> None:
    from driftwatch.migrations_folder import read_folder

    for migration in read_folder(world.migrations).migrations:
        runner.apply(migration)


def check(world: World, shadow: Shadow) -> dict[str, Any]:
    """The one remote's part of what `check` answers."""
    _, answer = world.answer("check", env={"PROD_URL": url_of(shadow)})
    [remote] = answer["remotes"]
    return dict(remote)


def changed(remote: dict[str, Any]) -> list[str]:
    return [f"{one['change']} {one['kind']} {one['identity']}" for one in remote["changes"]]


def as_superuser(shadow: Shadow, sql: str) -> None:
    with shadow.session("supabase_admin") as conn:
        conn.autocommit = True
        conn.execute(sql.encode())


def test_what_a_migration_puts_into_storage_is_no_drift_and_what_the_dashboard_does_is(
    world: World, production: Shadow
) -> None:
    assert check(world, production)["status"] == "in_sync"
    as_superuser(production, "insert into storage.buckets (id, name, public) values ('leaks', 'leaks', true)")
    as_superuser(production, "alter role anon bypassrls")
    as_superuser(production, "grant select on auth.users to anon")
    assert sorted(changed(check(world, production))) == [
        "added storage_bucket leaks",
        "changed role anon",
        "changed table auth.users",
    ]
    world.config(REMOTE + '[compare]\ndata = []\nexclude = ["role anon", "table auth.users"]\n')
    rest = check(world, production)
    assert rest["status"] == "in_sync"
    assert any('"storage_bucket" is not in [compare] data' in one["reason"] for one in rest["not_compared"])


def test_rows_that_row_security_hides_are_no_drift_and_are_named(world: World, production: Shadow) -> None:
    as_superuser(production, "create role looks_on login; grant pg_read_all_data to looks_on")
    world.config(REMOTE + '[compare]\nexclude = ["role looks_on", "role_membership looks_on in *"]\n')
    code, answer = world.answer("check", env={"PROD_URL": url_of(production, "looks_on")})
    [remote] = answer["remotes"]
    assert (code, changed(remote)) == (0, [])
    assert "kind storage_bucket" in [one["what"] for one in remote["not_compared"]]


def test_the_rules_are_told_in_words(world: World) -> None:
    world.config('[compare]\nexclude = ["table public.tmp_*"]\ndata = ["vault_secret"]\n')
    code, answer = world.answer("scope")
    assert (code, answer["status"]) == (0, "done")
    assert answer["data"] == {name: name == "vault_secret" for name in DATA}
    reasons = {one["reason"]: one for one in answer["rules"]}
    assert reasons["excluded by the configuration (table public.tmp_*)"]["does"] == "left_out"
    assert (
        "table _prisma_migrations of Prisma" in reasons["the record that another tool keeps of its migrations"]["about"]
    )
    roles = reasons["Supabase's own roles, as Supabase makes them"]
    assert roles["does"] == "deviations"
    assert "bypass_rls" in roles["facets"]
    text = world.run("scope").stdout
    assert all(part in text for part in ("Left out:", "table public.tmp_*", "cron_job: not compared"))


def test_with_a_target_every_object_is_counted_once(world: World) -> None:
    code, answer = world.answer("scope", "migrations")
    assert (code, answer["target"]) == (0, "migrations")
    ruled = [one for rule in answer["rules"] for one in rule.get("objects", ())]
    assert len(ruled) == len(set(ruled)) == sum(rule.get("count", 0) for rule in answer["rules"])
    assert {"table auth.users", "storage_bucket avatars"} <= set(ruled)
    assert 10 < answer["compared"] < 30
    assert not [one for rule in answer["rules"] for one in rule.get("deviating", ())]


def test_what_deviates_is_named(world: World, production: Shadow) -> None:
    as_superuser(production, "grant usage on schema vault to anon")
    url = url_of(production)
    _, answer = world.answer("scope", "production", env={"PROD_URL": url})
    assert [one for rule in answer["rules"] for one in rule.get("deviating", ())] == ["schema vault"]
    assert "deviates: schema vault" in world.run("scope", "production", env={"PROD_URL": url}).stdout


def test_without_supabase_nothing_is_supabases(world: World) -> None:
    world.config('[shadow]\nbaseline = "none"\n')
    text = world.run("scope").stdout
    assert "Supabase" not in text.replace("supabase_realtime", "").replace("supabase_migrations", "")
    assert "the record that another tool keeps of its migrations" in text
