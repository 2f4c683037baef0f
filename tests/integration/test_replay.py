"""How migrations run in a shadow: transactions, history rows, error places, templates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driftwatch.actions.replay import keys_of, replay
from driftwatch.core.migrations import Migration
from driftwatch.errors import Findings
from driftwatch.postgres import history
from driftwatch.postgres.execute import MigrationFailed, Runner
from driftwatch.postgres.shadow import Shadow, Shadows


def migration(version: str, text: str) -> Migration:
    return Migration(version, "m", f"{version}_m.sql", text)


@pytest.fixture
def shadow(plain_shadows: Shadows) -> Iterator[Shadow]:
    with plain_shadows.open(plain_shadows.ensure_base()) as opened:
        yield opened


@pytest.fixture
def runner(shadow: Shadow) -> Iterator[Runner]:
    with shadow.runner() as opened:
        yield opened


def tables(runner: Runner) -> list[str]:
    rows = runner.conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    return [name for (name,) in rows]


def versions(runner: Runner) -> list[str]:
    return [row.version for row in history.read(runner.conn)]


def test_a_migration_and_its_history_row_come_together(runner: Runner) -> None:
    runner.apply(migration("1", "create table a (i int); create table b (i int);"))
    (row,) = history.read(runner.conn)
    assert (row.version, row.name, row.statements) == ("1", "m", ("create table a (i int)", "create table b (i int)"))
    assert tables(runner) == ["a", "b"]


def test_a_failure_leaves_neither_schema_nor_history(runner: Runner) -> None:
    with pytest.raises(MigrationFailed) as failed:
        runner.apply(migration("1", "create table a (i int);\n\nselect 1;\ninsert into nope values (1);"))
    assert (failed.value.failure.line, failed.value.failure.sqlstate) == (4, "42P01")
    assert failed.value.failure.statement == "insert into nope values (1)"
    assert not failed.value.partly_applied
    assert (tables(runner), versions(runner)) == ([], [])


def test_the_failing_statement_is_named_even_where_postgres_gives_no_position(runner: Runner) -> None:
    runner.apply(migration("1", "create table a (i int primary key);"))
    with pytest.raises(MigrationFailed) as failed:
        runner.apply(migration("2", "insert into a values (1);\n-- é\ninsert into a\n values (1);\nselect 1;"))
    assert failed.value.failure.line == 3
    assert failed.value.failure.sqlstate == "23505"
    assert "already exists" in failed.value.failure.detail


def test_a_deferred_constraint_that_fails_at_commit_is_a_failure(runner: Runner) -> None:
    runner.apply(
        migration("1", "create table a (i int primary key, p int references a deferrable initially deferred);")
    )
    with pytest.raises(MigrationFailed) as failed:
        runner.apply(migration("2", "insert into a values (1, 7);"))
    assert failed.value.failure.sqlstate == "23503"
    assert versions(runner) == ["1"]


def test_statements_that_must_be_alone_run_and_what_came_before_stays(runner: Runner) -> None:
    runner.apply(
        migration("1", "create table a (i int); create index concurrently x on a (i); create table b (i int);")
    )
    assert tables(runner) == ["a", "b"]
    with pytest.raises(MigrationFailed) as failed:
        runner.apply(migration("2", "create index concurrently y on a (i);\ncreate table a (i int);"))
    assert failed.value.partly_applied
    assert versions(runner) == ["1"]


def test_a_files_own_transactions_are_kept_apart(runner: Runner) -> None:
    runner.apply(migration("1", "create type mood as enum ('a');"))
    text = "begin; alter type mood add value 'b'; commit; begin; create table t (m mood default 'b'); commit;"
    runner.apply(migration("2", text))
    assert (tables(runner), versions(runner)) == (["t"], ["1", "2"])


def test_a_new_enum_value_used_in_its_own_transaction_fails_as_on_the_real_thing(runner: Runner) -> None:
    runner.apply(migration("1", "create type mood as enum ('a');"))
    with pytest.raises(MigrationFailed) as failed:
        runner.apply(migration("2", "alter type mood add value 'b';\ncreate table t (m mood default 'b');"))
    assert (failed.value.failure.line, failed.value.failure.sqlstate) == (2, "55P04")


def test_settings_and_roles_of_one_file_do_not_reach_the_next(runner: Runner) -> None:
    runner.apply(
        migration(
            "1", "create role app; grant app to postgres; set role app; select set_config('search_path', '', false);"
        )
    )
    runner.apply(migration("2", "create table a (i int);"))
    assert tables(runner) == ["a"]
    assert runner.conn.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'a'").fetchone() == ("postgres",)


def test_what_was_found_before_running_runs_nothing(runner: Runner) -> None:
    with pytest.raises(Findings, match=r"1_m.sql:2: BEGIN without a COMMIT"):
        runner.apply(migration("1", "create table a (i int);\nbegin; create table b (i int);"))
    assert tables(runner) == []


def test_a_syntax_error_is_told_in_postgres_words_with_its_line(runner: Runner) -> None:
    with pytest.raises(MigrationFailed) as failed:
        runner.apply(migration("1", "create table a (i int);\ncreate tabel b (i int);"))
    assert (failed.value.failure.line, failed.value.failure.sqlstate) == (2, "42601")


def test_roles_and_database_settings_of_one_replay_do_not_reach_another(plain_shadows: Shadows) -> None:
    files = [migration("1", "create role leak; alter database postgres set work_mem = '9MB';")]
    replay(plain_shadows, files)
    with plain_shadows.open(plain_shadows.base_key) as shadow, shadow.session() as conn:
        assert conn.execute("SELECT count(*) FROM pg_roles WHERE rolname = 'leak'").fetchone() == (0,)
        assert conn.execute("SHOW work_mem").fetchone() == ("4MB",)
    with plain_shadows.open(keys_of(plain_shadows, files)[-1]) as shadow, shadow.session() as conn:
        assert conn.execute("SHOW work_mem").fetchone() == ("9MB",)


def test_one_new_migration_replays_just_that_one(plain_shadows: Shadows) -> None:
    files = [migration(str(number), f"create table reuse{number} (i int);") for number in range(3)]
    assert replay(plain_shadows, files).replayed == 3
    assert replay(plain_shadows, files).replayed == 0
    assert replay(plain_shadows, [*files, migration("3", "create table reuse3 (i int);")]).replayed == 1


def test_editing_the_newest_file_again_and_again_replays_just_that_one(plain_shadows: Shadows) -> None:
    files = [migration(str(number), f"create table edit{number} (i int);") for number in range(3)]
    replay(plain_shadows, files)
    replay(plain_shadows, [*files[:2], migration("2", "create table edited (i int);")])
    assert replay(plain_shadows, [*files[:2], migration("2", "create table edited_again (i int);")]).replayed == 1


def test_after_a_failure_the_files_before_it_are_not_replayed_again(plain_shadows: Shadows) -> None:
    files = [migration(str(number), f"create table mend{number} (i int);") for number in range(3)]
    with pytest.raises(MigrationFailed):
        replay(plain_shadows, [*files, migration("3", "create tabel mend3 (i int);")])
    assert replay(plain_shadows, [*files, migration("3", "create table mend3 (i int);")]).replayed == 1


@pytest.mark.parametrize(
    ("version", "sql", "note"),
    [
        ("20230101000000", "alter database postgres set \"app.settings.x\" = 'y';", "app.settings.x"),
        (
            "20230101000000",
            "alter default privileges for role supabase_admin grant all on tables to anon;",
            "passed over",
        ),
        ("20260101000000", "create table a (); alter table a owner to supabase_admin;", "passed over"),
        ("20260101000000", "create extension hstore with schema extensions version '1.0-of-long-ago';", "version"),
    ],
)
def test_what_old_histories_hold_is_replayed_and_noted(shadows: Shadows, version: str, sql: str, note: str) -> None:
    (line,) = replay(shadows, [migration(version, sql)]).notes
    assert note in line
    assert line.startswith(f"{version}_m.sql:1: ")
    assert replay(shadows, [migration(version, sql)]).notes == (line,)


def test_a_setting_that_the_platform_no_longer_allows_fails_in_a_new_file(shadows: Shadows) -> None:
    with pytest.raises(MigrationFailed) as failed:
        replay(shadows, [migration("20260101000000", "alter database postgres set \"app.settings.x\" = 'y';")])
    assert failed.value.failure.sqlstate == "42501"


def test_objects_in_managed_schemas_are_allowed_to_files_of_their_time_only(shadows: Shadows) -> None:
    make = "create function auth.tenant() returns int language sql as 'select 1';"
    replay(shadows, [migration("20240101000000", make)])
    with pytest.raises(MigrationFailed) as failed:
        replay(shadows, [migration("20260101000000", make)])
    assert failed.value.failure.message == "permission denied for schema auth"


def test_a_catalog_kept_by_another_reader_is_read_again(plain_shadows: Shadows) -> None:
    files = [migration("1", "create table kept (i int);")]
    made = replay(plain_shadows, files)
    notes = plain_shadows.notes(made.key)
    assert notes is not None
    stale = {**notes, "reader": "older", "catalog": "{}"}
    plain_shadows.note(made.key, stale)
    again = replay(plain_shadows, files)
    assert again.catalog == made.catalog
    assert again.replayed == 0
    assert plain_shadows.notes(made.key) == notes
