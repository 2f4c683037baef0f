"""One history, two tools: what driftwatch writes the real Supabase CLI understands, and the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from driftwatch.actions import to_remote
from driftwatch.actions.from_remote import fetch
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.history import HistoryDrift
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import parse, same_content
from driftwatch.postgres import history
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.shadow import Shadows

from supabase_cli import Supabase, World

PROJECTS = Path(__file__).parents[1] / "cases" / "projects"
IN_SYNC = HistoryDrift()

SIMPLE = {
    "20240101000000_shops.sql": "-- where we sell\ncreate table public.shops (id int primary key);\n\n-- people\n"
    "create table public.owners (id int primary key, shop_id int references public.shops);\n",
    "20240102000000_names.sql": "alter table public.shops add column name text; -- shown to all\n",
    "20240103000000_own_transaction.sql": "begin;\ncreate index on public.owners (shop_id);\ncommit;\n",
}
LATER = {"20240201000000_later.sql": "create table public.later (id int);\n"}

HARD = {
    "01_bom.sql": b"\xef\xbb\xbfcreate table public.bom (id int);\n",
    "02_crlf.sql": "-- a comment\r\ncreate table public.crlf (\r\n  id int\r\n);\r\n\r\n"
    "create function public.two() returns int language plpgsql as $$\r\nbegin\r\n  return 2; -- ;\r\nend $$;\r\n",
    "03_atomic.sql": "create function public.at(a int) returns int language sql begin atomic\n  select 1;\n"
    "  select case when a > 1 then 2 else 3 end;\nend;\ncreate table public.ruled (id int);\n"
    "create rule twice as on insert to public.ruled do also (select 1; select 2);\n",
    "04_quotes.sql": "create table public.\"a;b\" (t text default 'x;y''z', u text default E'it\\'s; $$');\n"
    "do $outer$ begin execute $inner$create table public.inner_one (id int); $inner$; end $outer$;\n",
    "05_comments.sql": "/* a; /* nested; */ ' -- */ create table public.c1 (id int /* ; */); -- after; it\n;\n;;\n"
    "-- before\n/* two */ create table public.c2 (id int) -- no semicolon, then one\n;\n/* alone */;\n-- the end;\n",
    "06_own_transaction.sql": "-- ours\nBEGIN;\ncreate table public.own (id int);\nCOMMIT;\n",
    "07_größe.sql": 'create table public."größe 😀" (id int);\ncomment on table public."größe 😀" is \'ÄÖÜ; 漢字\';\n',
    "08_concurrently.sql": "-- on a busy table\ncreate index concurrently own_id on public.own (id);\n"
    "drop index concurrently public.own_id;\n",
    "09_one_by_one.sql": "-- pg-delta: transaction=false\ncreate table public.nt (id int);\n-- more\nselect 1;\n",
    "10_only_a_comment.sql": "-- nothing to do\n",
    "11_empty.sql": "",
    "12_blank.sql": " \n\n;\n",
    "13_no_end.sql": "create table public.no_end (id int) -- no line end;",
}


@pytest.fixture
def worlds(place: Path, shadows: Shadows, cli: Supabase) -> Iterator[Callable[[], World]]:
    """Makes worlds, each with a server of its own."""
    with ExitStack() as stack:

        def make() -> World:
            root = place / f"project{len(list(place.iterdir()))}"
            return World(root, shadows, stack.enter_context(shadows.open(shadows.ensure_base())), cli)

        yield make


@pytest.fixture
def world(worlds: Callable[[], World]) -> World:
    return worlds()


def apply_by_driftwatch(world: World) -> None:
    with world.shadow.runner() as runner:
        for one in world.migrations:
            runner.apply(one)


def fingerprint_of(world: World) -> str:
    with world.shadow.session() as conn:
        return fingerprint(apply_scope(read_catalog(conn), world.project.scope))


def table_definition(world: World) -> list[list[tuple[object, ...]]]:
    """Columns, constraints, owners and privileges of the history."""
    here = "table_schema = 'supabase_migrations'"
    return [
        world.sql(
            "SELECT table_name, ordinal_position, column_name, data_type, udt_name, is_nullable, column_default "
            f"FROM information_schema.columns WHERE {here} ORDER BY 1, 2"
        ),
        world.sql(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'supabase_migrations'::regnamespace ORDER BY 1"
        ),
        world.sql(
            "SELECT relname, relkind, relowner::regrole::text, relacl::text FROM pg_class "
            "WHERE relnamespace = 'supabase_migrations'::regnamespace ORDER BY 1"
        ),
        world.sql(
            "SELECT nspowner::regrole::text, nspacl::text FROM pg_namespace WHERE nspname = 'supabase_migrations'"
        ),
    ]


def test_what_driftwatch_pushed_is_applied_for_the_cli_which_goes_on_from_there(world: World) -> None:
    world.write(SIMPLE)
    pushed = world.driftwatch("sync", "to-remote")
    assert pushed["applied"] == list(SIMPLE)
    assert world.listed() == [(version, version) for version in world.versions]
    dry_run = world.supabase("db", "push", "--dry-run")
    assert (dry_run["upToDate"], dry_run["migrations"]) == (True, [])

    world.write(LATER)
    assert world.listed()[-1] == ("20240201000000", "")
    assert world.push() == list(LATER)
    [remote] = world.driftwatch("check")["remotes"]
    assert (remote["status"], remote["changes"]) == ("in_sync", [])
    assert not any(remote["history"].values())
    assert world.driftwatch("status")["remotes"] == [remote]


@pytest.mark.parametrize("name", ["billing", "odd_names", "marketplace", "hard"])
def test_both_tools_make_the_same_rows_and_the_same_schema_of_the_same_files(
    name: str, worlds: Callable[[], World]
) -> None:
    ours, theirs = worlds(), worlds()
    for world in (ours, theirs):
        world.write(HARD) if name == "hard" else world.copy(PROJECTS / name / "migrations")
    apply_by_driftwatch(ours)
    pushed = theirs.push()
    assert pushed == [one.filename for one in theirs.migrations]
    rows = theirs.rows()
    assert ours.rows() == rows
    assert [(row.version, row.name) for row in rows] == [(one.version, one.name) for one in theirs.migrations]
    assert [one.filename for one, row in zip(theirs.migrations, rows, strict=True) if not same_content(one, row)] == []
    assert fingerprint_of(ours) == fingerprint_of(theirs)
    assert ours.supabase("db", "push", "--dry-run")["upToDate"]
    assert ours.listed() == [(version, version) for version in ours.versions]


def test_the_history_table_is_the_same_whoever_makes_it(worlds: Callable[[], World]) -> None:
    ours, theirs = worlds(), worlds()
    for world in (ours, theirs):
        world.sql("DROP SCHEMA supabase_migrations CASCADE")
        world.write(LATER)
    theirs.push()
    with ours.shadow.session() as conn:
        history.ensure(conn)
    definition = table_definition(theirs)
    assert [row[2] for row in definition[0]] == ["version", "statements", "name"]
    assert table_definition(ours) == definition


def test_an_edit_after_a_push_of_the_cli_is_seen_and_another_comment_is_none(world: World) -> None:
    world.write(SIMPLE)
    world.push()
    assert world.check().history == IN_SYNC
    shops, names, _ = SIMPLE
    world.write({shops: SIMPLE[shops].replace("-- where we sell", "-- where we buy").replace("\n", "\r\n")})
    world.write({names: SIMPLE[names].replace("name text", "name varchar")})
    assert world.supabase("db", "push", "--dry-run")["upToDate"]
    checked = world.check()
    assert checked.history == HistoryDrift(edited=("20240102000000",))
    assert checked.changes == ()


@pytest.mark.parametrize("name", ["odd_names", "hard"])
def test_lost_files_come_back_from_a_history_of_the_cli(name: str, world: World) -> None:
    world.write(HARD) if name == "hard" else world.copy(PROJECTS / name / "migrations")
    world.push()
    lost = [one for one in world.migrations if parse(one).recorded]  # of an empty file nothing is kept
    before = fingerprint_of(world)
    for one in lost:
        (world.folder / one.filename).unlink()
    fetched = fetch(world.project, world.remote)
    assert len(fetched.written) == len(lost)
    assert fetched.checked.history == IN_SYNC
    assert (fetched.checked.fingerprint, fetched.checked.expected) == (before, before)
    rows = {row.version: row for row in world.rows()}
    assert {one.version: parse(one).recorded for one in world.migrations} == {
        version: row.statements for version, row in rows.items()
    }
    assert world.listed() == [(version, version) for version in rows]


def test_lost_files_come_back_from_a_history_of_driftwatch_by_the_cli(world: World) -> None:
    # Not the one in which a comment stands before a semicolon: there the CLI's own fetch loses the semicolon.
    world.write({name: text for name, text in HARD.items() if name != "05_comments.sql"})
    apply_by_driftwatch(world)
    for one in world.migrations:
        (world.folder / one.filename).unlink()
    world.supabase("migration", "fetch")
    assert world.check().history == IN_SYNC


def test_a_version_repaired_to_reverted_is_pending(world: World) -> None:
    world.write(SIMPLE)
    world.push()
    world.supabase("migration", "repair", "--status", "reverted", "20240103000000")
    checked = world.check()
    assert checked.history == HistoryDrift(pending=("20240103000000",))
    assert [change.id.identity for change in checked.changes] == ["public.owners_shop_id_idx"]


def test_a_version_repaired_to_applied_without_being_run_is_drift_of_the_schema(world: World) -> None:
    world.write(SIMPLE)
    world.push()
    world.write(LATER)
    world.supabase("migration", "repair", "--status", "applied", "20240201000000")
    assert world.supabase("db", "push", "--dry-run")["upToDate"]
    checked = world.check()
    assert checked.history == IN_SYNC
    assert "public.later" in [change.id.identity for change in checked.changes]


def test_a_row_without_statements_is_unproved(world: World) -> None:
    world.write(SIMPLE)
    world.push()
    world.sql("UPDATE supabase_migrations.schema_migrations SET statements = NULL WHERE version = '20240102000000'")
    checked = world.check()
    assert checked.history == HistoryDrift(unproved=("20240102000000",))
    assert not checked.drifted


def test_columns_of_hosted_projects_are_kept_and_left_empty(world: World) -> None:
    world.write(SIMPLE)
    world.push()
    world.sql(
        "ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN created_by text, "
        "ADD COLUMN idempotency_key text UNIQUE, ADD COLUMN rollback text[]"
    )
    world.sql(
        "UPDATE supabase_migrations.schema_migrations SET created_by = 'ada@example.com', "
        "idempotency_key = version, rollback = '{drop table t}'"
    )
    everything = "SELECT * FROM supabase_migrations.schema_migrations ORDER BY version"
    before = world.sql(everything)
    world.write(LATER)
    world.driftwatch("sync", "to-remote")
    *kept, added = world.sql(everything)
    assert kept == before
    assert added == ("20240201000000", ["create table public.later (id int)"], "later", None, None, None)
    assert world.listed() == [(version, version) for version in world.versions]
    assert world.check().history == IN_SYNC


def test_a_migration_under_a_time_stamp_of_the_server_is_recognised_by_its_content(world: World) -> None:
    """As an agent's apply_migration leaves it: applied and recorded whole, under the server's time."""
    world.write(SIMPLE)
    world.push()
    world.write(LATER)
    [text] = LATER.values()
    world.sql(text)
    world.sql("INSERT INTO supabase_migrations.schema_migrations VALUES ('20240131235959', %s, 'later')", [text])
    assert world.listed()[-2:] == [("", "20240131235959"), ("20240201000000", "")]
    checked = world.check()
    assert checked.history.renumbered == (("20240201000000", "20240131235959"),)
    assert checked.changes == ()
    planned = to_remote.plan(world.project, world.remote, datetime.now(UTC), force=True, progress=lambda line: None)
    assert planned.pending == ()
    assert fetch(world.project, world.remote).written == ()
