"""A remote's drift becomes a migration that makes it, and the SQL that puts the remote back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.shadow import Shadow, ShadowOptions, Shadows

from cli_world import Here, World, url_of

ORDERS = """create table public.orders (id bigint generated always as identity primary key, note text);
alter table public.orders enable row level security;
create view public.order_notes with (security_invoker = true) as select id, note from public.orders;
"""
DRIFT = """alter table public.orders add column total numeric not null default 0;
create index orders_total on public.orders (total);
create policy read_orders on public.orders for select to authenticated using (true);
create function public.total_of(bigint) returns numeric language sql stable
  as 'select total from public.orders where id = $1';
create or replace view public.order_notes with (security_invoker = true) as
  select id, note, total from public.orders;
"""


@pytest.fixture
def world(place: Path, cache_dir: Path, production: Shadow) -> World:
    made = Here(place, cache_dir)
    made.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    made.write("20260101000000_orders.sql", ORDERS)
    made.git("add", "-A")
    made.git("commit", "-qm", "orders")
    assert made.run("sync", "to-remote", "--yes").returncode == 0
    return made


def execute(remote: Shadow, statement: str) -> None:
    with remote.session() as conn:
        conn.execute(statement.encode())


def files(world: World) -> list[str]:
    return sorted(path.name for path in world.migrations.iterdir())


def test_no_drift_gives_no_migration(world: World) -> None:
    done = world.run("capture")
    assert done.returncode == 0
    assert "nothing beyond its migrations" in done.stderr
    assert files(world) == ["20260101000000_orders.sql"]


def test_drift_is_captured_adopted_and_then_over(world: World, remote: Shadow) -> None:
    execute(remote, DRIFT)
    assert world.run("check").returncode == 1
    done = world.run("capture", "production", "--adopt", "--yes")
    assert done.returncode == 0, done.stderr
    captured = files(world)[-1]
    text = (world.migrations / captured).read_text()
    assert "ADD COLUMN IF NOT EXISTS total" in text
    assert "DROP POLICY IF EXISTS" in text
    check = world.run("check")
    assert check.returncode == 0, check.stdout
    assert world.run("verify").returncode == 0
    assert "All is in sync" in world.run("status").stdout or world.run("status").returncode == 0


def suggested(text: str) -> list[str]:
    """The commands that a text tells a person to type, at its end."""
    lines = text.partition("Next: ")[2].splitlines()
    return [line.strip().removeprefix("driftwatch ").partition("  ")[0] for line in lines]


def test_adopting_that_cannot_be_done_says_what_was_written(world: World, remote: Shadow) -> None:
    execute(remote, "create table public.more (id int primary key)")
    unasked = world.run("capture", "--adopt")
    assert unasked.returncode == 64
    assert "Untouched: Nothing was done." in unasked.stderr
    assert len(files(world)) == 1
    execute(remote, "revoke insert on supabase_migrations.schema_migrations from postgres")
    refused = world.run("capture", "--adopt", "--yes", "--name", "more")
    assert refused.returncode == 2
    version = files(world)[-1].partition("_")[0]
    assert "permission denied for table schema_migrations" in refused.stderr
    assert f"Untouched: {version}_more.sql is written; the history of production is as it was." in refused.stderr
    execute(remote, "grant insert on supabase_migrations.schema_migrations to postgres")
    assert refused.stderr.rstrip().endswith(f"driftwatch history adopt production {version}")
    assert world.run("history", "adopt", "production", version, "--yes").returncode == 0
    assert world.run("check").returncode == 0


def test_an_extension_is_captured_into_the_schema_that_the_platform_has_for_them(world: World, remote: Shadow) -> None:
    execute(remote, "create extension pg_trgm with schema extensions")
    done = world.run("capture", "--adopt", "--yes")
    assert done.returncode == 0, done.stderr
    assert "WITH SCHEMA extensions" in (world.migrations / files(world)[-1]).read_text()
    assert world.run("check").returncode == 0


def test_a_saved_schema_is_a_side_of_a_plan(world: World, remote: Shadow) -> None:
    assert world.run("snapshot", "migrations", "-o", "saved.json").returncode == 0
    execute(remote, "create table public.more (id int primary key)")
    for sides in (("saved.json", "production"), ("production", "saved.json")):
        done = world.run("diff", *sides, "--sql")
        assert done.returncode == 1, done.stderr
        assert done.stdout.startswith("-- Proved on a copy of "), done.stdout


def test_what_is_suggested_about_drift_ends_it(world: World, remote: Shadow) -> None:
    execute(remote, DRIFT)
    keep, take_back = suggested(world.run("check").stdout)
    assert (keep, take_back) == ("capture production --adopt", "diff production migrations --sql")
    assert "DROP POLICY read_orders" in world.run(*take_back.split()).stdout
    (adopt,) = suggested(world.run("capture", "production").stdout)
    assert suggested(world.run("check").stdout)[0] == adopt
    done = world.run(*adopt.split(), "--yes")
    assert done.returncode == 0, done.stderr
    assert world.run("check").returncode == 0


def test_a_version_that_only_the_remote_has_is_fetched_by_what_is_suggested(world: World) -> None:
    (world.migrations / "20260101000000_orders.sql").unlink()
    (fetch,) = suggested(world.run("check").stdout)
    world.run(*fetch.split())
    assert world.run("check").returncode == 0


def test_what_is_applied_there_without_a_file_is_said_beside_that_nothing_is_to_be_captured(world: World) -> None:
    (world.migrations / "20260101000000_orders.sql").unlink()
    done = world.run("capture")
    assert done.returncode == 0
    assert "nothing beyond its migrations" in done.stderr
    assert "unknown (applied there, not in git): 20260101000000" in done.stderr
    assert suggested(done.stderr) == ["sync from-remote production"]
    assert world.answer("capture")[1]["history"]["unknown"] == ["20260101000000"]


@pytest.mark.parametrize("drift", [DRIFT, "alter table public.orders drop column note cascade"])
def test_what_a_pending_migration_makes_is_not_captured_again(world: World, remote: Shadow, drift: str) -> None:
    execute(remote, drift)
    assert world.run("capture", "--name", "mine").returncode == 0
    written = files(world)
    again = world.run("capture", "--adopt", "--yes")
    assert (again.returncode, files(world)) == (0, written)
    assert written[-1] in again.stderr
    (adopt,) = suggested(again.stderr)
    assert adopt == f"history adopt production {written[-1].partition('_')[0]}"
    world.write("20990101000000_own.sql", "create table public.own (id int primary key);\n")
    code, body = world.answer("capture")
    assert (code, body["status"], body["made_by"]) == (0, "nothing", [written[-1]])
    done = world.run("sync", "from-remote", "--capture")
    assert suggested(done.stderr)[:1] == [adopt]
    assert len(files(world)) == len(written) + 1


def test_what_pending_migrations_make_together_is_not_captured_again(world: World, remote: Shadow) -> None:
    for number in (1, 2):
        execute(remote, f"create table public.more_{number} (id int primary key)")
        world.write(f"2026020{number}000000_more.sql", f"create table public.more_{number} (id int primary key);\n")
    done = world.run("capture")
    assert suggested(done.stderr) == ["history adopt production 20260201000000 20260202000000"]
    assert len(files(world)) == 3


def test_what_was_adopted_is_no_longer_linted_as_pending(world: World, remote: Shadow) -> None:
    assert world.run("verify").returncode == 0
    execute(remote, DRIFT)
    assert world.run("capture", "--adopt", "--yes").returncode == 0
    assert world.answer("lint")[1]["files"] == []


def test_a_captured_migration_may_run_on_the_remote_that_has_it(world: World, remote: Shadow) -> None:
    execute(remote, DRIFT)
    assert world.run("capture").returncode == 0
    pushed = world.run("sync", "to-remote", "--force", "--yes")
    assert pushed.returncode == 0, pushed.stderr
    assert world.run("check").returncode == 0


def test_a_bucket_made_in_the_dashboard_is_captured(world: World, remote: Shadow) -> None:
    execute(remote, "insert into storage.buckets (id, name, public) values ('docs', 'docs', true)")
    done = world.run("capture", "--adopt", "--yes")
    assert done.returncode == 0, done.stderr
    assert "VALUES ('docs', 'docs', true)\nON CONFLICT DO NOTHING;" in (world.migrations / files(world)[-1]).read_text()
    assert world.run("check").returncode == 0


def test_what_destroys_data_is_commented_out(world: World, remote: Shadow) -> None:
    execute(remote, "drop view public.order_notes; alter table public.orders drop column note")
    done = world.run("capture")
    assert "commented out" in done.stdout
    text = (world.migrations / files(world)[-1]).read_text()
    assert "-- ALTER TABLE public.orders DROP COLUMN" in text
    assert "\nDROP VIEW" in text


def test_a_capture_on_a_branch_leaves_the_work_tree_alone(world: World, remote: Shadow) -> None:
    execute(remote, DRIFT)
    done = world.run("capture", "--branch")
    assert done.returncode == 0, done.stderr
    assert world.git("status", "--porcelain", "--", "supabase") == ""
    assert world.git("branch", "--show-current").strip() == "main"
    (branch,) = [line.strip() for line in world.git("branch").splitlines() if "capture" in line]
    shown = world.git("show", "--stat", "--format=%an %s", branch)
    assert shown.startswith("Test Capture what production had")
    assert "1 file changed" in shown
    assert world.git("show", f"{branch}~1", "--format=%s", "--no-patch").strip() == "orders"


def test_the_other_way_puts_the_remote_back(world: World, remote: Shadow) -> None:
    execute(remote, DRIFT)
    done = world.run("diff", "production", "migrations", "--sql", "--allow-destructive")
    assert done.returncode == 1, done.stderr
    assert "-- Proved on a copy of production" in done.stdout
    execute(remote, done.stdout)
    assert world.run("check").returncode == 0


def test_equal_sides_print_nothing(world: World) -> None:
    done = world.run("diff", "production", "migrations", "--sql")
    assert (done.returncode, done.stdout) == (0, "")
    assert "nothing to do" in done.stderr


def test_the_plan_as_json_names_its_hazards(world: World, remote: Shadow) -> None:
    execute(remote, "create table public.old (id int)")
    code, answer = world.answer("diff", "production", "migrations", "--sql")
    assert code == 1
    assert answer["proved"] is True
    assert answer["held_back"] == 1
    assert [hazard["danger"] for hazard in answer["hazards"]] == ["data destroyed"]
    assert "-- DROP TABLE public.old;" in answer["sql"]


def test_what_the_dashboard_makes_is_captured_with_its_grants(world: World, remote: Shadow) -> None:
    execute(
        remote,
        """create type public.state as enum ('open', 'paid');
        create table public.invoices (id bigint generated always as identity primary key, state public.state
          not null default 'open', order_id bigint references public.orders on delete cascade);
        alter table public.invoices enable row level security;
        revoke insert, update, delete on public.invoices from anon;
        create function public.on_signup() returns trigger language plpgsql security definer set search_path = ''
          as 'begin return new; end';
        create trigger signup after insert on auth.users for each row execute function public.on_signup();
        create policy own_files on storage.objects for select to authenticated using (owner_id = 'x');
        comment on table public.invoices is 'what was billed'""",
    )
    done = world.run("capture", "--adopt", "--yes")
    assert done.returncode == 0, done.stderr
    check = world.run("check")
    assert check.returncode == 0, check.stdout
    text = (world.migrations / files(world)[-1]).read_text()
    assert "REVOKE DELETE, INSERT, UPDATE ON TABLE public.invoices FROM anon" in text
    assert "GRANT" not in text


def test_a_new_migration_takes_in_what_was_tried_out_locally(world: World) -> None:
    assert world.run("db", "start").returncode == 0
    try:
        assert world.run("db", "psql", "-c", "alter table public.orders add column total numeric").returncode == 0
        assert "driftwatch new NAME --from-diff" in world.run("diff").stderr
        done = world.run("new", "add total to orders", "--from-diff")
        assert done.returncode == 0, done.stderr
        text = (world.migrations / files(world)[-1]).read_text()
        assert "ALTER TABLE public.orders ADD COLUMN total numeric;" in text
        assert world.run("verify").returncode == 0
        (record,) = suggested(done.stdout)
        assert world.run(*record.split(), "--yes").returncode == 0
        assert world.answer("status")[1]["local"]["history"]["pending"] == []
    finally:
        world.run("db", "stop")


def test_outside_a_project_a_saved_supabase_schema_is_compared_as_one(world: World, place: Path) -> None:
    url, saved = os.environ["PROD_URL"], str(place / "saved.json")
    assert world.run("snapshot", "production", "-o", saved).returncode == 0
    world.root = place / "nowhere"
    world.root.mkdir()
    for sides in ((saved, url), (url, saved)):
        done = world.run("diff", *sides)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_a_secret_that_is_to_be_filled_in_leaves_a_plan_unproved(world: World, remote: Shadow) -> None:
    with remote.session(SUPERUSER) as conn:
        conn.execute(
            "create subscription far connection 'host=127.0.0.1 dbname=x password=s3cret' publication p "
            "with (connect = false)"
        )
    try:
        code, answer = world.answer("diff", "migrations", "production", "--sql")
        assert (code, answer["proved"]) == (1, False)
        assert any(line.startswith("TO BE FILLED IN") for line in answer["said"])
        assert "s3cret" not in json.dumps(answer)
    finally:
        with remote.session(SUPERUSER) as conn:
            conn.execute("alter subscription far disable")
            conn.execute("alter subscription far set (slot_name = none)")
            conn.execute("drop subscription far")


@pytest.mark.parametrize("postgres", ["", "/usr/lib/postgresql/15/bin"])
def test_a_plain_production_that_knows_no_history_is_captured_and_put_back(
    place: Path, cache_dir: Path, monkeypatch: pytest.MonkeyPatch, postgres: str
) -> None:
    if postgres and not Path(postgres, "postgres").exists():
        pytest.skip(f"no Postgres in {postgres}")
    plain = Shadows(ShadowOptions(cache_dir, postgres=postgres, baseline="none"))
    with plain.open(plain.ensure_base()) as server:
        monkeypatch.setenv("PROD_URL", url_of(server))
        with server.session(SUPERUSER) as conn:
            conn.execute(b"drop schema if exists supabase_migrations, driftwatch_guard cascade")
        execute(server, "create table orders (id int primary key)")
        world = World(place, cache_dir)
        world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
        assert 'set [shadow] baseline = "none" in driftwatch.toml' in world.run("check").stdout
        world.config('[remotes.production]\nurl_env = "PROD_URL"\n[shadow]\nbaseline = "none"\n')
        done = world.run("capture", "production", "--name", "initial_schema", "--adopt", "--yes")
        assert done.returncode == 0, done.stderr
        assert world.run("check").returncode == 0
        execute(server, "create index orders_id on orders (id)")
        back = world.run("diff", "production", "migrations", "--sql")
        assert (back.returncode, "DROP INDEX public.orders_id;" in back.stdout) == (1, True), back.stderr
        assert "-- Proved on a copy of production" in back.stdout
